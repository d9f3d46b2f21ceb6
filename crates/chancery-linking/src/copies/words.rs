//! The words of a text as copies are told by them: in lower case, without marks, each with its place.
//!
//! Two outlets that quote one speech share its words without copying each other, so every word knows whether it stands inside
//! quotation marks.

use chancery_lexicon::stem::stem;
use chancery_model::Span;

use crate::background::Background;

/// A word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// A hash of its letters in lower case.
    pub(super) hash: u32,
    /// How much it tells, 0 to 255.
    pub(super) telling: u8,
    /// Its bytes.
    pub(super) span: Span,
    /// Whether it stands in quotation marks.
    pub(super) quoted: bool,
    /// Whether a sentence begins with it.
    pub(super) opens: bool,
}

impl Word {
    /// How much it tells that two texts share the word, 0 to 1: little for common words and for names.
    pub(super) fn weight(self) -> f32 {
        f32::from(self.telling) / 255.0
    }
}

/// The words of `text[span]`. Quotation marks and sentences do not reach beyond it.
pub(super) fn words(text: &str, span: Span) -> Vec<Word> {
    let mut scan = Scan { text, out: Vec::new(), quote: None, opens: true };
    let mut at = span.start as usize;
    let end = span.end as usize;
    while let Some(c) = text[at..end].chars().next() {
        if c.is_alphanumeric() {
            let length = word_length(&text[at..end]);
            scan.word(Span::new(at, at + length));
            at += length;
        } else {
            scan.mark(at, c);
            at += c.len_utf8();
        }
    }
    scan.out
}

/// Letters and digits, and apostrophes between them.
fn word_length(rest: &str) -> usize {
    let mut length = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let joins = is_apostrophe(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        if !c.is_alphanumeric() && !joins {
            break;
        }
        length = at + c.len_utf8();
    }
    length
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

struct Scan<'a> {
    text: &'a str,
    out: Vec<Word>,
    /// The mark that closes the quotation that is open.
    quote: Option<char>,
    opens: bool,
}

impl Scan<'_> {
    fn word(&mut self, span: Span) {
        let word = &self.text[span.range()];
        let is_name = !self.opens && word.starts_with(char::is_uppercase);
        let telling = (rarity(word) * if is_name { NAME } else { 1.0 } * 255.0) as u8;
        self.out.push(Word {
            hash: hash(word),
            telling,
            span,
            quoted: self.quote.is_some(),
            opens: self.opens,
        });
        self.opens = false;
    }

    fn mark(&mut self, at: usize, c: char) {
        match (self.quote, c) {
            (Some(close), c) if c == close && self.closes(at, c) => self.quote = None,
            (None, '"') => self.quote = Some('"'),
            (None, '“') => self.quote = Some('”'),
            (None, '«') => self.quote = Some('»'),
            (None, '‘') => self.quote = Some('’'),
            _ => {}
        }
        if matches!(c, '.' | '!' | '?') && self.is_end(at) {
            self.opens = true;
        }
    }

    /// A single mark is an apostrophe where a letter follows.
    fn closes(&self, at: usize, c: char) -> bool {
        c != '’' || !self.text[at + c.len_utf8()..].starts_with(char::is_alphanumeric)
    }

    /// Whether a sentence ends with the mark at `at`: closing marks and a blank follow, and no short title or initial stands before.
    fn is_end(&self, at: usize) -> bool {
        let rest =
            self.text[at + 1..].trim_start_matches(['"', '”', '’', '\'', ')', ']', '»', '.', '!', '?']);
        let before = self.out.last().map_or("", |word| &self.text[word.span.range()]);
        let is_short =
            before.chars().count() <= SHORT && before.chars().next().is_some_and(char::is_uppercase);
        let capital = |c: char| !c.is_lowercase();
        match self.text.as_bytes()[at] {
            b'.' if is_short && self.out.last().is_some_and(|word| word.span.end as usize == at) => false,
            _ => rest.starts_with(char::is_whitespace) && rest.trim_start().starts_with(capital),
        }
    }
}

/// "Mr.", "Gen.", "U." have at most so many letters and a capital: a sentence that ends in such a word goes on, which only makes a
/// passage longer.
const SHORT: usize = 3;

/// A word as rare as this weighs as much as any.
const RARE: f32 = 6.5;
/// What the commonest words weigh.
const LEAST: f32 = 0.1;

/// What a name weighs of what another word as rare does: whoever tells of one matter names the same people and offices.
const NAME: f32 = 0.35;

/// Numbers count as rare words.
fn rarity(word: &str) -> f32 {
    let rarity = stem(word).map_or(RARE, |stem| Background::table().rarity(&stem));
    (rarity / RARE).clamp(LEAST, 1.0)
}

/// FNV-1a over the letters in lower case; one apostrophe for both.
fn hash(word: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    let mut eat = |byte: u8| hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    for c in word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase) {
        c.encode_utf8(&mut [0; 4]).bytes().for_each(&mut eat);
    }
    hash
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(&str, Word)> {
        words(text, Span::new(0, text.len())).into_iter().map(|w| (&text[w.span.range()], w)).collect()
    }

    #[test]
    fn words_are_compared_without_case_and_marks() {
        let hashes = |text| words(text, Span::new(0, text.len())).iter().map(|w| w.hash).collect::<Vec<_>>();
        assert_eq!(hashes("The harbour’s gate, closed."), hashes("the HARBOUR'S gate — closed"));
        assert_ne!(hashes("gate"), hashes("gates"));
    }

    #[test]
    fn quoted_words_are_known() {
        let quoted: Vec<&str> = all("He said “no gate,” then ‘it’s shut’ and \"left\" us")
            .iter()
            .filter(|(_, w)| w.quoted)
            .map(|(word, _)| *word)
            .collect();
        assert_eq!(quoted, ["no", "gate", "it’s", "shut", "left"]);
    }

    #[test]
    fn sentences_open_after_an_end_mark() {
        let text = "Mr. Vale left. “Not a word.” He met Gen. R. Orr at 5.30 p.m. on Monday. Then? Nothing.";
        let opens: Vec<&str> = all(text).iter().filter(|(_, w)| w.opens).map(|(word, _)| *word).collect();
        assert_eq!(opens, ["Mr", "Not", "He", "Then", "Nothing"]);
    }
}
