//! Codebooks: the issues that a negotiation turns on, as data that a user writes and reads.
//!
//! An issue has an id, a name, phrases that name it, and examples that must and must not match. This module reads codebooks,
//! says with file, line and caret what is wrong with one, and finds issues among base forms. It knows no stance.
//!
//! A user's own codebooks stand beside the built-in ones: an issue that has the id of a built-in one adds its phrases to that
//! one, and where an own issue and a built-in one fit the same words, the own one counts.

use std::collections::HashMap;
use std::fmt;
use std::sync::LazyLock;

use serde::Deserialize;

/// Words that `...` in a phrase may stand for, at most.
pub const MAX_GAP: usize = 4;
/// Words and gaps of a phrase, at most: every gap is tried at each of its lengths.
pub const MAX_SLOTS: usize = 8;
/// Bytes of a codebook, at most.
pub const MAX_BYTES: usize = 1 << 20;

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
    /// How little it says, from 0: what every story of its kind names ("the plan itself") gives way to a matter that it is about.
    #[serde(default)]
    pub general: u8,
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
        if text.len() > MAX_BYTES {
            return Err(wrong(format!("a codebook has at most {MAX_BYTES} bytes; this has {}", text.len())));
        }
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
            if let Some(phrase) = issue.phrases.iter().find(|p| p.split_whitespace().count() > MAX_SLOTS) {
                return Err(fault(format!("a phrase has at most {MAX_SLOTS} words and gaps"), phrase));
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
    issues: Vec<Known>,
    phrases: Vec<Phrase>,
    /// Phrases by each word that they may begin with.
    begins: HashMap<String, Vec<u32>>,
}

/// What is known of an issue beside its phrases.
#[derive(Clone, Debug)]
struct Known {
    id: String,
    /// Its codebook, by number.
    book: u32,
    general: u8,
    own: bool,
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
        Self::beside(books, &[])
    }

    /// With codebooks of a user beside others.
    pub fn beside(own: &[Codebook], others: &[Codebook]) -> Self {
        let mut finder = Self { issues: Vec::new(), phrases: Vec::new(), begins: HashMap::new() };
        for (at, book) in own.iter().chain(others).enumerate() {
            for issue in &book.issues {
                let known = Known {
                    id: issue.id.clone(),
                    book: at as u32,
                    general: issue.general,
                    own: at < own.len() && !others.is_empty(),
                };
                finder.add(known, &issue.phrases);
            }
        }
        finder
    }

    fn add(&mut self, known: Known, phrases: &[String]) {
        let issue = self.issues.len() as u32;
        self.issues.push(known);
        for slots in phrases.iter().filter_map(|phrase| slots(phrase)) {
            let at = self.phrases.len() as u32;
            if let Some(Slot::Either(words)) = slots.first() {
                words.iter().for_each(|word| self.begins.entry(word.clone()).or_default().push(at));
            }
            self.phrases.push(Phrase { issue, slots });
        }
    }

    /// The finder of the built-in codebooks.
    pub fn built_in() -> &'static Self {
        static FINDER: LazyLock<IssueFinder> = LazyLock::new(|| IssueFinder::of(Codebook::built_in()));
        &FINDER
    }

    /// The id of an issue.
    pub fn id(&self, issue: u32) -> &str {
        &self.issues[issue as usize].id
    }

    /// The number of the codebook of an issue, in the order given.
    pub fn book(&self, issue: u32) -> u32 {
        self.issues[issue as usize].book
    }

    /// How little an issue says: [`Issue::general`].
    pub fn general(&self, issue: u32) -> u8 {
        self.issues[issue as usize].general
    }

    /// Whether an issue is of a codebook that a user gave beside others.
    pub fn is_own(&self, issue: u32) -> bool {
        self.issues[issue as usize].own
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
        Slot::Gap => {
            // The hyphen of a compound is no word between.
            let words = |from: usize| lemmas[at..from].iter().filter(|word| *word != "-").count();
            let within = (at..=lemmas.len()).take_while(|&from| words(from) <= MAX_GAP);
            within.into_iter().find_map(|from| ends(rest, lemmas, from))
        }
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
    fn own_issues_stand_beside_the_built_in_ones() {
        let book =
            "id = 'w'\nname = 'W'\n[[issue]]\nid = 'releases'\nname = 'R'\nphrases = ['release ... water']\n";
        let own = [Codebook::parse(book, "w.toml").unwrap()];
        let words: Vec<String> = "release more water and uranium".split(' ').map(str::to_owned).collect();
        let found = |finder: &IssueFinder| -> Vec<(String, bool)> {
            let hits = finder.find(&words);
            hits.iter().map(|h| (finder.id(h.issue).to_owned(), finder.is_own(h.issue))).collect()
        };
        let both = IssueFinder::beside(&own, Codebook::built_in());
        assert_eq!(found(&both), [("releases".to_owned(), true), ("nuclear".to_owned(), false)]);
        assert_eq!(found(&IssueFinder::of(&own)), [("releases".to_owned(), false)]);
    }

    #[test]
    fn phrases_and_codebooks_have_limits() {
        let book = |phrase: String| {
            format!("id = 'b'\nname = 'B'\n[[issue]]\nid = 'x'\nname = 'X'\nphrases = [\"{phrase}\"]\n")
        };
        assert!(Codebook::parse(&book(["a"; MAX_SLOTS].join(" ")), "b.toml").is_ok());
        let error = Codebook::parse(&book(["a"; MAX_SLOTS + 1].join(" ")), "b.toml").unwrap_err().to_string();
        assert!(error.contains("line 6, column 13: a phrase has at most 8 words and gaps"), "{error}");
        let long = format!("{}#{}", book("a".to_owned()), " ".repeat(MAX_BYTES));
        assert!(Codebook::parse(&long, "b.toml").unwrap_err().to_string().contains("at most 1048576 bytes"));
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
