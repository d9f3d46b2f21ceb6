//! Codebooks: the issues that a negotiation turns on, as data that a user writes and reads.
//!
//! An issue has an id, a name, phrases that name it, and examples that must and must not match. This module reads codebooks,
//! says with file, line and caret what is wrong with one, and finds issues among base forms. It knows no stance.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

/// Words that `...` in a phrase may stand for, at most.
pub const MAX_GAP: usize = 4;

/// The issues that one kind of negotiation turns on.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// "peace".
    pub id: String,
    /// For readers.
    pub name: String,
    /// In the order of the file; where two fit equally well, the first one counts.
    #[serde(rename = "issue", default)]
    pub issues: Vec<Issue>,
}

/// One issue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// "territory".
    pub id: String,
    /// For readers.
    pub name: String,
    /// What belongs to it.
    #[serde(default)]
    pub description: String,
    /// The issue that it is a part of.
    #[serde(default)]
    pub within: Option<String>,
    /// What names it: base forms; `a|b` is either word, `...` up to four words between.
    pub phrases: Vec<String>,
    /// Sentences that it must be found in.
    #[serde(default)]
    pub yes: Vec<String>,
    /// Sentences that it must not be found in.
    #[serde(default)]
    pub no: Vec<String>,
}

/// What is wrong with a codebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodebookError {
    /// The file, as it was named.
    pub file: String,
    /// What is wrong, with the line and a caret under the place.
    pub message: String,
}

impl fmt::Display for CodebookError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.file, self.message.trim_end())
    }
}

impl std::error::Error for CodebookError {}

impl Codebook {
    /// Reads a codebook. `file` names it in errors.
    pub fn parse(text: &str, file: &str) -> Result<Self, CodebookError> {
        let wrong = |message: String| CodebookError { file: file.to_owned(), message };
        let book: Self = toml::from_str(text).map_err(|error| wrong(error.to_string()))?;
        for (at, issue) in book.issues.iter().enumerate() {
            let fault = |what: String, word: &str| wrong(pointed(text, word, &what));
            if issue.id.is_empty()
                || !issue.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            {
                return Err(fault(
                    "an id is made of small letters, digits and hyphens".to_owned(),
                    &issue.id,
                ));
            }
            if book.issues[..at].iter().any(|other| other.id == issue.id) {
                return Err(fault(format!("the issue `{}` stands here twice", issue.id), &issue.id));
            }
            if let Some(within) = issue.within.as_deref().filter(|w| !book.issues.iter().any(|i| i.id == **w))
            {
                return Err(fault(format!("`within` names an issue `{within}` that is not there"), within));
            }
            if let Some(phrase) = issue.phrases.iter().find(|p| slots(p).is_none()) {
                let what = "a phrase begins and ends with a word: base forms, `a|b`, and `...` between words";
                return Err(fault(what.to_owned(), phrase));
            }
        }
        Ok(book)
    }

    /// The codebooks that come with the program: peace, labour, trade.
    pub fn built_in() -> &'static [Codebook] {
        static BOOKS: LazyLock<Vec<Codebook>> = LazyLock::new(|| {
            BUILT_IN
                .iter()
                .map(|(file, text)| Codebook::parse(text, file).expect("part of the program and tested"))
                .collect()
        });
        &BOOKS
    }
}

/// The files of the built-in codebooks.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("peace.toml", include_str!("../data/codebooks/peace.toml")),
    ("labour.toml", include_str!("../data/codebooks/labour.toml")),
    ("trade.toml", include_str!("../data/codebooks/trade.toml")),
];

/// A message with the line of the file that holds `word`, and a caret under it.
fn pointed(text: &str, word: &str, what: &str) -> String {
    let quoted = format!("\"{word}\"");
    let found = text.lines().enumerate().find_map(|(n, line)| Some((n, line, line.find(&quoted)?)));
    match found {
        None => what.to_owned(),
        Some((n, line, at)) => {
            let column = line[..at].chars().count();
            format!("line {}, column {}: {what}\n  {line}\n  {}^", n + 1, column + 2, " ".repeat(column + 1))
        }
    }
}

/// Finds issues of several codebooks.
#[derive(Clone, Debug)]
pub struct IssueFinder {
    issues: Vec<String>,
    /// The codebook of each issue, by number.
    books: Vec<u32>,
    phrases: Vec<Phrase>,
    /// Phrases by each word that they may begin with.
    begins: HashMap<String, Vec<u32>>,
}

#[derive(Clone, Debug)]
struct Phrase {
    issue: u32,
    slots: Vec<Slot>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Slot {
    Either(Vec<String>),
    Gap,
}

/// An issue found among words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Index for [`IssueFinder::id`].
    pub issue: u32,
    /// First word.
    pub start: usize,
    /// One past the last word.
    pub end: usize,
    /// Words of the phrase itself, gaps left out: how much it says.
    pub weight: usize,
}

impl IssueFinder {
    /// With these codebooks; where two issues fit equally well the first one counts.
    pub fn of(books: &[Codebook]) -> Self {
        let mut finder =
            Self { issues: Vec::new(), books: Vec::new(), phrases: Vec::new(), begins: HashMap::new() };
        let all =
            books.iter().enumerate().flat_map(|(at, book)| book.issues.iter().map(move |issue| (at, issue)));
        for (book, issue) in all {
            finder.books.push(book as u32);
            let number = finder.issues.len() as u32;
            finder.issues.push(issue.id.clone());
            for slots in issue.phrases.iter().filter_map(|phrase| slots(phrase)) {
                let at = finder.phrases.len() as u32;
                if let Some(Slot::Either(words)) = slots.first() {
                    words.iter().for_each(|word| finder.begins.entry(word.clone()).or_default().push(at));
                }
                finder.phrases.push(Phrase { issue: number, slots });
            }
        }
        finder
    }

    /// The finder of the built-in codebooks.
    pub fn built_in() -> &'static Self {
        static FINDER: LazyLock<IssueFinder> = LazyLock::new(|| IssueFinder::of(Codebook::built_in()));
        &FINDER
    }

    /// The id of an issue.
    pub fn id(&self, issue: u32) -> &str {
        &self.issues[issue as usize]
    }

    /// The number of the codebook of an issue, in the order given.
    pub fn book(&self, issue: u32) -> u32 {
        self.books[issue as usize]
    }

    /// Every phrase that stands among `lemmas` (small letters), in text order.
    pub fn find(&self, lemmas: &[String]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for start in 0..lemmas.len() {
            for &at in self.begins.get(&lemmas[start]).map_or(&[][..], Vec::as_slice) {
                let phrase = &self.phrases[at as usize];
                if let Some(end) = ends(&phrase.slots, lemmas, start) {
                    let weight = phrase.slots.iter().filter(|slot| **slot != Slot::Gap).count();
                    hits.push(Hit { issue: phrase.issue, start, end, weight });
                }
            }
        }
        hits
    }
}

/// Where the phrase that begins at `at` ends.
fn ends(slots: &[Slot], lemmas: &[String], at: usize) -> Option<usize> {
    let Some((slot, rest)) = slots.split_first() else { return Some(at) };
    match slot {
        Slot::Either(words) => {
            let fits = lemmas.get(at).is_some_and(|lemma| words.contains(lemma));
            fits.then(|| ends(rest, lemmas, at + 1)).flatten()
        }
        Slot::Gap => (at..=at + MAX_GAP).find_map(|from| ends(rest, lemmas, from)),
    }
}

/// `None` for a phrase that does not begin and end with a word.
fn slots(phrase: &str) -> Option<Vec<Slot>> {
    let slots: Vec<Slot> = phrase
        .split_whitespace()
        .map(|word| match word {
            "..." => Slot::Gap,
            _ => Slot::Either(word.split('|').map(str::to_lowercase).collect()),
        })
        .collect();
    let bounded = !matches!(slots.first()?, Slot::Gap) && !matches!(slots.last()?, Slot::Gap);
    bounded.then_some(slots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_codebooks_read_and_ids_stand_once() {
        let mut ids: Vec<&str> = Codebook::built_in()
            .iter()
            .flat_map(|book| book.issues.iter().map(|issue| issue.id.as_str()))
            .collect();
        let count = ids.len();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }

    #[test]
    fn phrases_may_have_gaps() {
        let book = "id = 'b'\nname = 'B'\n[[issue]]\nid = 'x'\nname = 'X'\nphrases = ['withdraw ... troops|army', 'pull out']\n";
        let finder = IssueFinder::of(&[Codebook::parse(book, "b.toml").unwrap()]);
        let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(finder.find(&words("they withdraw all their army")).len(), 1);
        assert_eq!(finder.find(&words("they withdraw one two three four five army")).len(), 0);
        assert_eq!(finder.find(&words("pull it out")).len(), 0);
    }

    #[test]
    fn an_error_shows_line_and_caret() {
        let book = "id = \"b\"\nname = \"B\"\n[[issue]]\nid = \"x\"\nname = \"X\"\nwithin = \"nowhere\"\nphrases = [\"a\"]\n";
        let error = Codebook::parse(book, "b.toml").unwrap_err().to_string();
        assert!(error.starts_with("b.toml: line 6, column 11: "), "{error}");
        assert!(error.contains("\n  within = \"nowhere\"\n            ^"), "{error}");
        let broken = Codebook::parse("id = \n", "c.toml").unwrap_err().to_string();
        assert!(broken.contains("line 1"), "{broken}");
    }
}
