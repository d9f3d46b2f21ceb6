//! A sentence as rows of words, with its tree drawn as lines at their left.
//!
//! It knows columns and box-drawing characters and nothing of how a tree is found.

use chancery_model::{Doc, NameKind, Sentence, Token};
use unicode_width::UnicodeWidthStr;

use crate::layout::{cut, one_line, pad};

/// How a drawing looks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Escape sequences for colours.
    pub(super) colour: bool,
    /// Columns that a line may take.
    pub(super) width: usize,
}

/// Columns of a word; longer ones are cut with an ellipsis.
const MAX_WORD: usize = 28;
/// Columns that the tags, the relation and the name take at the right of the word.
const RIGHT: usize = 46;

/// All sentences, an empty line between two.
pub(super) fn draw(text: &str, doc: &Doc, look: Look) -> String {
    let sentences: Vec<String> = doc.sentences.iter().map(|s| draw_sentence(text, doc, s, look)).collect();
    sentences.join("\n")
}

fn draw_sentence(text: &str, doc: &Doc, sentence: &Sentence, look: Look) -> String {
    let tokens = doc.within(sentence.tokens);
    let first = sentence.tokens.start;
    let words: Vec<String> = tokens.iter().map(|t| cut(&one_line(&text[t.span.range()]), MAX_WORD)).collect();
    let widest = words.iter().map(|w| w.width()).max().unwrap_or(0);
    let heads: Vec<usize> = tokens.iter().map(|t| (t.head - first) as usize).collect();
    let lines = lines(&heads, look.width.saturating_sub(RIGHT + widest));
    let mut out = String::new();
    for (i, token) in tokens.iter().enumerate() {
        let word = pad(&words[i], widest);
        let head = doc.head(first + i as u32).map_or("", |head| &words[(head - first) as usize]);
        let relation = relation(token, head);
        let name = name(doc, first + i as u32);
        let row = Row { lines: &lines[i], word: &word, token, relation: &relation, name };
        out.push_str(row.show(look.colour).trim_end());
        out.push('\n');
    }
    out
}

/// "nsubj of said"; a root names itself.
fn relation(token: &Token, head: &str) -> String {
    match head {
        "" => token.deprel.word().to_owned(),
        head => format!("{} of {head}", token.deprel.word()),
    }
}

struct Row<'a> {
    lines: &'a str,
    word: &'a str,
    token: &'a Token,
    relation: &'a str,
    name: Option<(bool, NameKind)>,
}

impl Row<'_> {
    fn show(&self, colour: bool) -> String {
        let paint = |code: &str, words: &str| match colour && !words.trim().is_empty() {
            true => format!("\x1b[{code}m{words}\x1b[0m"),
            false => words.to_owned(),
        };
        let word = if self.token.deprel == chancery_model::Deprel::Root {
            paint("1", self.word)
        } else {
            self.word.to_owned()
        };
        let name = match self.name {
            Some((true, kind)) => paint("33", kind.word()),
            Some((false, _)) => paint("33", "│"),
            None => String::new(),
        };
        let tags = format!("{:<5} {:<5}", self.token.upos.word(), self.token.xpos.word());
        let name_column = if self.name.is_some() { format!("  {name}") } else { String::new() };
        let relation = pad(self.relation, if self.name.is_some() { 24 } else { 0 });
        format!("{} {word}  {}  {relation}{name_column}", paint("36", self.lines), paint("2", &tags))
    }
}

fn name(doc: &Doc, token: u32) -> Option<(bool, NameKind)> {
    let at = doc.names.partition_point(|n| n.tokens.end <= token);
    let name = doc.names.get(at).filter(|n| n.tokens.holds(token))?;
    Some((name.tokens.start == token, name.kind))
}

/// A head and all that depends on it, as rows of the sentence: one upright line, which leads into each of these rows.
struct Fan {
    rows: Vec<usize>,
}

impl Fan {
    fn top(&self) -> usize {
        self.rows.first().copied().unwrap_or(0)
    }

    fn bottom(&self) -> usize {
        self.rows.last().copied().unwrap_or(0)
    }
}

/// Short ones first, so that they are drawn next to the words.
fn fans(heads: &[usize]) -> Vec<Fan> {
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); heads.len()];
    for (dependent, head) in heads.iter().enumerate().filter(|(dependent, head)| dependent != *head) {
        rows[*head].push(dependent);
    }
    let with_head = |(head, mut rows): (usize, Vec<usize>)| {
        rows.push(head);
        rows.sort_unstable();
        Fan { rows }
    };
    let mut fans: Vec<Fan> =
        rows.into_iter().enumerate().filter(|(_, rows)| !rows.is_empty()).map(with_head).collect();
    fans.sort_by_key(|fan| (fan.bottom() - fan.top(), fan.top()));
    fans
}

const NORTH: u8 = 1;
const SOUTH: u8 = 2;
const EAST: u8 = 4;
const WEST: u8 = 8;

/// The lines at the left of each row, at most `room` columns wide; what finds no room is left out.
fn lines(heads: &[usize], room: usize) -> Vec<String> {
    let levels = (room.saturating_sub(2) / 2).min(heads.len());
    let mut grid = vec![vec![0_u8; levels]; heads.len()];
    let mut used = 0;
    for fan in fans(heads) {
        let is_free =
            |level: &usize| (fan.top()..=fan.bottom()).all(|row| grid[row][*level] & (NORTH | SOUTH) == 0);
        // A line stands left of everything inside it, as far as there is room.
        let inner = (fan.top()..=fan.bottom())
            .filter_map(|row| grid[row].iter().rposition(|c| c & (NORTH | SOUTH) > 0));
        let lowest = inner.max().map_or(0, |level| level + 1);
        let Some(level) = (lowest..levels).find(is_free) else { continue };
        used = used.max(level + 1);
        lay(&fan, level, &mut grid);
    }
    let is_dependent = |row: usize| heads[row] != row;
    grid.iter().enumerate().map(|(row, cells)| line(&cells[..used], is_dependent(row))).collect()
}

fn lay(fan: &Fan, level: usize, grid: &mut [Vec<u8>]) {
    let (top, bottom) = (fan.top(), fan.bottom());
    for (row, cells) in grid.iter_mut().enumerate().take(bottom + 1).skip(top) {
        cells[level] |= if row > top { NORTH } else { 0 } | if row < bottom { SOUTH } else { 0 };
    }
    for row in &fan.rows {
        grid[*row][level] |= EAST;
        for cell in &mut grid[*row][..level] {
            *cell |= EAST | WEST;
        }
    }
}

/// The outermost level stands leftmost; an arrow points at a word that depends on another.
fn line(cells: &[u8], is_dependent: bool) -> String {
    let mut out = String::new();
    for cell in cells.iter().rev() {
        out.push(box_char(*cell));
        out.push(if cell & EAST > 0 { '─' } else { ' ' });
    }
    let reached = cells.first().is_some_and(|cell| cell & EAST > 0);
    out.push(match (reached, is_dependent) {
        (true, true) => '▶',
        (true, false) => '─',
        (false, _) => ' ',
    });
    out
}

fn box_char(cell: u8) -> char {
    const CHARS: [char; 16] =
        [' ', '╵', '╷', '│', '╶', '└', '┌', '├', '╴', '┘', '┐', '┤', '─', '┴', '┬', '┼'];
    CHARS[usize::from(cell & 15)]
}

#[cfg(test)]
mod tests {
    use chancery_model::{Deprel, Name, Span, TokenRange, Upos, Xpos};

    use super::*;

    fn doc(words: &str, heads: &[u32]) -> Doc {
        let mut doc = Doc::default();
        let mut at = 0;
        for (i, word) in words.split(' ').enumerate() {
            let mut token = Token::unread(Span::new(at, at + word.len()), i as u32, true);
            token.head = heads[i];
            token.deprel = if heads[i] == i as u32 { Deprel::Root } else { Deprel::Dep };
            (token.upos, token.xpos) = (Upos::Noun, Xpos::Nn);
            doc.tokens.push(token);
            at += word.len() + 1;
        }
        doc.sentences.push(Sentence { tokens: TokenRange::new(0, heads.len()), block: 0 });
        doc.names.push(Name { tokens: TokenRange::new(1, 2), kind: NameKind::Place });
        doc
    }

    #[test]
    fn a_tree_is_drawn() {
        let words = "a Vell minister spoke";
        let drawn = draw(words, &doc(words, &[2, 2, 3, 3]), Look { colour: false, width: 80 });
        let want = "\
┌───▶ a         NOUN  NN     dep of minister
├───▶ Vell      NOUN  NN     dep of minister           PLACE
└─┬─▶ minister  NOUN  NN     dep of spoke
  └── spoke     NOUN  NN     root
";
        assert_eq!(drawn, want, "\n{drawn}");
    }

    #[test]
    fn narrow_terminals_and_strange_words_are_no_trouble() {
        let words = "\u{202e}x 漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 \u{1b}[2J y";
        for width in [0, 1, 10, 60, 200] {
            let drawn = draw(words, &doc(words, &[3, 0, 1, 3]), Look { colour: false, width });
            assert!(!drawn.contains(['\u{202e}', '\u{1b}']));
        }
        assert!(
            draw(words, &doc(words, &[3, 0, 1, 3]), Look { colour: true, width: 80 }).contains("\x1b[36m")
        );
        assert_eq!(draw("", &Doc::default(), Look { colour: false, width: 80 }), "");
    }
}
