//! Words laid out for a terminal: cut to a width, wrapped, put in columns. Widths are those that a terminal gives to characters.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::terminal::plain;

/// Words of a page on one line: white space folded, nothing that steers a terminal.
pub(crate) fn one_line(words: &str) -> String {
    let folded: Vec<&str> = words.split_whitespace().collect();
    plain(&folded.join(" ")).into_owned()
}

/// The words, cut to `width` with an ellipsis where they are longer.
pub(crate) fn cut(words: &str, width: usize) -> String {
    if words.width() <= width {
        return words.to_owned();
    }
    let (mut out, mut used) = (String::new(), 0);
    for c in words.chars() {
        used += c.width().unwrap_or(0);
        if used + 1 > width {
            break;
        }
        out.push(c);
    }
    out.push('…');
    out
}

/// The words, with blanks up to `width`.
pub(crate) fn pad(words: &str, width: usize) -> String {
    format!("{words}{}", " ".repeat(width.saturating_sub(words.width())))
}

/// The words in lines of at most `width`, broken at blanks; a word longer than a line stands alone.
pub(crate) fn wrap(words: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last_mut().expect("one line at least");
        if line.is_empty() {
            line.push_str(word);
        } else if line.width() + 1 + word.width() <= width {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Rows in columns as wide as their widest cell. Where a `width` is given, the column `flexible` gives way to fit it.
pub(crate) fn table(rows: &[Vec<String>], flexible: usize, width: Option<usize>) -> Vec<Vec<String>> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let mut widths: Vec<usize> = (0..columns).map(|column| widest(column).unwrap_or(0)).collect();
    if let Some(width) = width {
        let others: usize = widths.iter().sum::<usize>() - widths[flexible] + 2 * (columns - 1);
        widths[flexible] = widths[flexible].min(width.saturating_sub(others).max(16));
    }
    let cell = |(column, words): (usize, &String)| pad(&cut(words, widths[column]), widths[column]);
    rows.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_as_wide() {
        assert_eq!(cut("talks in Geneva", 8), "talks i…");
        assert_eq!(cut("会談は続く", 6), "会談…");
        assert_eq!(wrap("one two three", 7), ["one two", "three"]);
        let rows =
            [vec!["a".to_owned(), "a long title".to_owned()], vec!["bb".to_owned(), "会談".to_owned()]];
        assert_eq!(table(&rows, 1, None)[1], ["bb", "会談        "]);
        assert_eq!(one_line("two\n lines\u{1b}[1m"), "two lines\\u{1b}[1m");
    }
}
