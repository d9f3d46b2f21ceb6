//! Rows of a page of plain text: what a reader sees as one line or one paragraph.
//!
//! Text is saved with a paragraph on a line, or hard-wrapped at some column with blank lines between the paragraphs. Wrapped
//! lines are joined into one row; their line breaks stay in the words, because they stand on the page.

use crate::recognise::shape::Shape;
use crate::recognise::{byline, stamp};

/// Rows of one page. What lies beyond is not read.
pub(super) const MAX_ROWS: usize = 200_000;
/// Columns at which text is wrapped, at most: a line of more is a paragraph of its own.
const MAX_COLUMNS: usize = 100;
/// The narrowest column of wrapped text.
const MIN_COLUMNS: usize = 40;

/// Lines of a head that may stand together without a blank line: author, date, place, reading time.
const MAX_HEAD_LINES: usize = 4;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Where its words begin in the decoded page, a bullet's mark left out.
    pub(super) start: usize,
    /// Where its words end.
    pub(super) end: usize,
    /// Blank lines before it.
    pub(super) blank: usize,
    /// Whether it began with the mark of a list.
    pub(super) bullet: bool,
}

impl Row {
    /// Its words.
    pub(super) fn words<'t>(&self, text: &'t str) -> &'t str {
        &text[self.start..self.end]
    }
}

/// The rows of `text`, and whether some were left out.
pub(super) fn rows(text: &str) -> (Vec<Row>, bool) {
    let (lines, cut) = lines(text);
    let mut rows = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let end = at + paragraph(text, &lines[at..]);
        if is_wrapped(text, &lines[at..end]) {
            join(text, &lines[at..end], &mut rows);
        } else {
            rows.extend(lines[at..end].iter().map(|line| marked(text, line)));
        }
        at = end;
    }
    (rows, cut)
}

/// Lines with words, white space cut off at both ends.
fn lines(text: &str) -> (Vec<Row>, bool) {
    let mut out = Vec::new();
    let (mut at, mut blank) = (0, 0);
    while at < text.len() {
        if out.len() == MAX_ROWS {
            return (out, true);
        }
        let (end, next) = line_end(text, at);
        let words = text[at..end].trim_matches(is_blank);
        if words.is_empty() {
            blank += 1;
        } else {
            let start = at + (text[at..end].len() - text[at..end].trim_start_matches(is_blank).len());
            out.push(Row { start, end: start + words.len(), blank, bullet: false });
            blank = 0;
        }
        at = next;
    }
    (out, false)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{0}')
}

/// Where the line at `at` ends and the next begins: LF, CR LF, CR, form feed and the separators of Unicode end a line.
fn line_end(text: &str, at: usize) -> (usize, usize) {
    let rest = &text[at..];
    let Some(found) = rest.find(['\n', '\r', '\u{c}', '\u{2028}', '\u{2029}']) else {
        return (text.len(), text.len());
    };
    let mark = if rest[found..].starts_with("\r\n") {
        2
    } else {
        rest[found..].chars().next().map_or(1, char::len_utf8)
    };
    (at + found, at + found + mark)
}

/// How many lines stand together without a blank line between them.
fn paragraph(text: &str, lines: &[Row]) -> usize {
    let more =
        lines.iter().skip(1).take_while(|line| line.blank == 0 && bullet_mark(line.words(text)) == 0).count();
    1 + more
}

/// Whether lines that stand together are one wrapped paragraph: all but the last reach for one column, and most of them break
/// inside a sentence. A date or an author on a line of its own is no part of one.
fn is_wrapped(text: &str, lines: &[Row]) -> bool {
    let apart = |row: &Row| {
        let words = row.words(text);
        !stamp::of_line(words).is_empty()
            || byline::read(words).is_some_and(|b| b.sure && !Shape::of(words).stopped)
    };
    if lines.len() <= MAX_HEAD_LINES && lines.iter().any(apart) {
        return false;
    }
    let Some((_, full)) = lines.split_last().filter(|(_, full)| !full.is_empty()) else { return false };
    let columns = |row: &Row| row.words(text).chars().take(MAX_COLUMNS + 1).count();
    let widest = full.iter().map(columns).max().unwrap_or(0);
    if !(MIN_COLUMNS..=MAX_COLUMNS).contains(&widest) {
        return false;
    }
    let fits_next = |pair: &[Row]| {
        // A wrapped line breaks because the next word did not fit.
        let word = pair[1].words(text).split_whitespace().next().unwrap_or("").chars().count();
        columns(&pair[0]) + 1 + word > widest.saturating_sub(2)
    };
    let forced = lines.windows(2).filter(|pair| fits_next(pair)).count();
    let open = lines.windows(2).filter(|pair| runs_on(text, &pair[0], &pair[1])).count();
    forced == full.len() && open * 2 >= full.len()
}

/// Whether a sentence runs from one line into the next.
fn runs_on(text: &str, line: &Row, next: &Row) -> bool {
    let words = line.words(text);
    let small = next.words(text).chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_lowercase);
    let comma = words.ends_with([',', ';', '—', '-']);
    small || comma || !Shape::of(words).stopped
}

fn join(text: &str, lines: &[Row], rows: &mut Vec<Row>) {
    let first = marked(text, &lines[0]);
    let end = lines.last().map_or(first.end, |last| last.end);
    rows.push(Row { end, ..first });
}

/// The row with the mark of a list taken off.
fn marked(text: &str, line: &Row) -> Row {
    let mark = bullet_mark(line.words(text));
    Row { start: line.start + mark, bullet: mark > 0, ..line.clone() }
}

/// The bytes of a list's mark and the blanks behind it: "• ", "- ", "* ", "3. ", "4) ". Zero for a line without one, and for a
/// cross-head between dashes ("- What now -").
fn bullet_mark(words: &str) -> usize {
    let rest = words.trim_start_matches(['•', '◦', '▪', '●', '‣', '⁃', '∙', '■', '►', '▶', '➤', '✓']);
    let dash = words.strip_prefix(['-', '*', '–', '·']).filter(|r| r.starts_with([' ', '\t', '\u{a0}']));
    let rest = match dash {
        _ if rest.len() < words.len() => rest,
        Some(rest) if !words.trim_end().ends_with(['-', '*', '–']) => rest,
        Some(_) => return 0,
        None => match numbered(words) {
            Some(rest) => rest,
            None => return 0,
        },
    };
    let body = rest.trim_start_matches(is_blank);
    if body.is_empty() { 0 } else { words.len() - body.len() }
}

/// "3. ", "14) ": what follows the number of a list.
fn numbered(words: &str) -> Option<&str> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words.get(digits..).filter(|_| (1..=2).contains(&digits))?;
    let rest = rest.strip_prefix(['.', ')'])?;
    rest.starts_with([' ', '\t', '\u{a0}']).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        rows(text).0.iter().map(|row| row.words(text)).collect()
    }

    #[test]
    fn a_line_is_a_row() {
        let text = "Ferries stop\r\n\r\n\u{a0}The ferries stopped on Monday after the talks on pay had failed again, the firm said.\rBoats lay idle.\u{2028}So did the port.";
        let want = [
            "Ferries stop",
            "The ferries stopped on Monday after the talks on pay had failed again, the firm said.",
            "Boats lay idle.",
            "So did the port.",
        ];
        assert_eq!(shown(text), want);
        assert_eq!(rows(text).0[1].blank, 1);
    }

    #[test]
    fn wrapped_lines_are_one_row() {
        let text = "The ferries stopped on Monday after the talks on pay\nhad failed for a third time in as many weeks, the\nfirm said, and nobody could tell when they would\nsail again.\n\nThe port lay idle.";
        assert_eq!(shown(text).len(), 2);
        assert!(shown(text)[0].ends_with("sail again."));
    }

    #[test]
    fn lists_and_short_paragraphs_are_not_joined() {
        let text = "Kelmar signs\nNorland waits\nThe port reopens";
        assert_eq!(shown(text).len(), 3);
        let text = "Boats lay idle in the old harbour on Monday evening.\nThe firm said that it would pay nobody for the week.\nThe union called the plan an insult to its members.";
        assert_eq!(shown(text).len(), 3);
    }

    #[test]
    fn marks_of_lists_are_left_out() {
        let table = [
            ("• Pay rises by a tenth", true, "Pay rises by a tenth"),
            ("- Boats sail at dawn", true, "Boats sail at dawn"),
            ("3. Boats sail at dawn", true, "Boats sail at dawn"),
            ("- What now -", false, "- What now -"),
            ("-5 degrees", false, "-5 degrees"),
            ("2031 was calm", false, "2031 was calm"),
            ("•", false, "•"),
        ];
        for (text, bullet, words) in table {
            let row = &rows(text).0[0];
            assert_eq!((row.bullet, row.words(text)), (bullet, words));
        }
    }

    #[test]
    fn the_rows_of_a_page_are_limited() {
        let text = "a\n".repeat(MAX_ROWS);
        assert!(!rows(&text).1);
        let text = "a\n".repeat(MAX_ROWS + 1);
        let (found, cut) = rows(&text);
        assert!(cut && found.len() == MAX_ROWS);
    }
}
