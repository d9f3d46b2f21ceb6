//! The shape of a line: how long it is, how it ends, how its words are written.

use chancery_lexicon::fold::is_letter_or_digit;

/// The longest headline, in words.
const HEADLINE_WORDS: usize = 30;

/// The longest headline that is made of sentences ("The ferries stopped. Now the port is closing"), in words.
const SHORT_SENTENCES: usize = 18;

/// What the eye sees of a line without reading it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Words that hold a letter or a digit.
    pub(crate) words: usize,
    /// Words that begin with a capital.
    pub(crate) capitalised: usize,
    /// Words of two letters and more in capitals only.
    pub(crate) shouted: usize,
    /// Whether it ends as a sentence ends, closing quotation marks and brackets aside.
    pub(crate) stopped: bool,
    /// Whether it ends with a question mark.
    pub(crate) asks: bool,
    /// Whether a sentence ends within it.
    pub(crate) sentences: bool,
    /// Whether its first letter is a small one.
    pub(crate) starts_small: bool,
}

impl Shape {
    /// The shape of `line`.
    pub(crate) fn of(line: &str) -> Self {
        let line = line.trim();
        let mut shape = Self::default();
        for word in line.split_whitespace() {
            shape.count(word);
        }
        let bare = without_closing(line);
        shape.stopped = is_stopped(bare);
        shape.asks = bare.ends_with('?');
        shape.sentences = ends_sentence_within(line);
        let first = line.chars().find(|c| c.is_alphabetic());
        shape.starts_small = first.is_some_and(char::is_lowercase);
        shape
    }

    /// How many of its words hold a letter or a digit; no more than `most` are counted.
    pub(crate) fn words_up_to(line: &str, most: usize) -> usize {
        line.split_whitespace().filter(|word| word.chars().any(is_letter_or_digit)).take(most).count()
    }

    fn count(&mut self, word: &str) {
        let Some(first) = word.chars().find(|c| is_letter_or_digit(*c)) else { return };
        self.words += 1;
        self.capitalised += usize::from(first.is_uppercase() || first.is_numeric());
        let letters = word.chars().filter(|c| c.is_alphabetic()).count();
        self.shouted += usize::from(letters > 1 && !word.chars().any(char::is_lowercase));
    }

    /// Whether it can be running text: it ends like a sentence, or it is long and made of sentences.
    pub(crate) fn is_prose(self) -> bool {
        (self.stopped && self.words >= 4)
            || (self.sentences && self.words > SHORT_SENTENCES)
            || (self.words > HEADLINE_WORDS)
            || (self.asks && self.words > 14)
    }

    /// Whether most of its words are capitalised, as in a title of American papers.
    pub(crate) fn is_title_case(self) -> bool {
        self.words >= 2 && self.capitalised * 3 >= self.words * 2
    }
}

/// Whether a line ends as a sentence ends, without a look at the rest of it.
pub(crate) fn stops(line: &str) -> bool {
    is_stopped(without_closing(line))
}

fn without_closing(line: &str) -> &str {
    line.trim_end_matches(|c: char| is_closing(c) || c.is_whitespace())
}

fn is_stopped(bare: &str) -> bool {
    bare.ends_with(['.', '!', '…'])
}

/// Marks that close what a sentence's end stands in.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»' | '*' | '♦' | '■')
}

/// Whether a sentence ends inside the line: a stop, then a capital. One-letter words and short abbreviations end none.
fn ends_sentence_within(line: &str) -> bool {
    let mut words = line.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let Some(next) = words.peek() else { return false };
        let bare = word.trim_end_matches(is_closing);
        let stops = bare.ends_with(['.', '!', '?']) && !is_abbreviation(bare);
        if stops && next.chars().find(|c| is_letter_or_digit(*c)).is_some_and(char::is_uppercase) {
            return true;
        }
    }
    false
}

/// "U.S.", "J.", "Sen.", "St.": a stop that ends no sentence.
fn is_abbreviation(word: &str) -> bool {
    let Some(stem) = word.strip_suffix('.') else { return false };
    stem.contains('.') || (stem.chars().count() <= 4 && stem.chars().next().is_some_and(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::Shape;

    #[test]
    fn prose_and_headlines_differ_in_shape() {
        let headlines = [
            "Ferry talks resume in Aldmoor",
            "What next?",
            "U.S. and Norland sign grain accord",
            "The ferries stopped in May. Now the port is closing",
        ];
        let prose = [
            "The two sides met on Monday.",
            "“We will not sign,” she said.",
            "The ferry strike is over. Boats left the port at dawn, said the company, and the queue was gone by noon",
        ];
        for line in headlines {
            let shape = Shape::of(line);
            assert!(!shape.is_prose(), "{line}: {shape:?}");
        }
        for line in prose {
            assert!(Shape::of(line).is_prose(), "{line}");
        }
    }

    #[test]
    fn case_is_part_of_the_shape() {
        assert!(Shape::of("Norland Closes Its Ports").is_title_case());
        assert!(!Shape::of("Norland closes its ports at dawn").is_title_case());
        assert_eq!(Shape::of("FILE PHOTO").shouted, 2);
        assert!(Shape::of("and then they left").starts_small);
    }
}
