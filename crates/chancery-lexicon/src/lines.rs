//! Rules that know a line of a page by its words: buttons, notices, section labels, invitations.
//!
//! The rules are data (`data/lines.toml`). A pattern is a whole line: `*` stands for any words, `_` for one word, `#` for a
//! number; everything else is compared folded ([`crate::fold`]). A rule knows nothing of a line's neighbours.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::fold::Words;
use crate::hash::Table;

/// Lines of more words than this are prose to every rule that does not say otherwise.
const MAX_WORDS: usize = 12;
/// Lines of more words than this are prose to every rule.
const MOST_WORDS: usize = 90;

/// One rule of `lines.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRule {
    /// Its name, for `why`.
    pub id: String,
    /// What such a line is, in the words of the wire's furniture reasons.
    pub reason: String,
    /// Whether the line is a label that opens a list of links.
    #[serde(default)]
    pub opens_list: bool,
    /// The most words that a line of this kind has.
    #[serde(default)]
    max_words: Option<usize>,
    /// The patterns.
    lines: Vec<String>,
    /// Lines that it knows.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the rules"))]
    yes: Vec<String>,
    /// Lines that look alike and are none.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the rules"))]
    no: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    rule: Vec<LineRule>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// The word of this number.
    Word(u32),
    Number,
    One,
    Any,
}

/// A word of a line: its number among the words of the patterns, `STRANGE` if none has it, and whether it begins with a digit.
#[derive(Clone, Copy, Debug)]
struct Word {
    id: u32,
    digit: bool,
}

/// The number of every word that no pattern has.
const STRANGE: u32 = 0;

/// The compiled rules.
pub struct LineRules {
    rules: Vec<LineRule>,
    patterns: Vec<(usize, Vec<Part>)>,
    ids: Table<String, u32>,
    /// Patterns that begin with a word, by that word's number.
    by_first: Vec<Vec<u32>>,
    /// Patterns that begin with a wildcard, by the longest word that they have.
    by_word: Vec<Vec<u32>>,
    /// Patterns without a word.
    wild: Vec<u32>,
}

static SHIPPED: LazyLock<LineRules> = LazyLock::new(|| {
    let file: File = toml::from_str(include_str!("../data/lines.toml")).expect("lines.toml is tested");
    LineRules::new(file.rule)
});

impl LineRules {
    /// The rules that come with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    fn new(rules: Vec<LineRule>) -> Self {
        let mut ids = Table::default();
        let mut patterns = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            patterns.extend(rule.lines.iter().map(|line| (at, compile(line, &mut ids))));
        }
        let mut lengths = vec![0; ids.len() + 1];
        ids.iter().for_each(|(word, id)| lengths[*id as usize] = word.len());
        let (mut by_first, mut by_word) = (vec![Vec::new(); lengths.len()], vec![Vec::new(); lengths.len()]);
        let mut wild = Vec::new();
        for (at, (_, parts)) in patterns.iter().enumerate() {
            let at = at as u32;
            match (parts.first(), longest(parts, &lengths)) {
                (Some(Part::Word(word)), _) => by_first[*word as usize].push(at),
                (_, Some(word)) => by_word[word as usize].push(at),
                _ => wild.push(at),
            }
        }
        Self { rules, patterns, ids, by_first, by_word, wild }
    }

    /// The rule that knows the line, by the pattern that says most.
    pub fn find(&self, line: &str) -> Option<&LineRule> {
        // A line of prose is not folded at all: it is much longer than any rule allows.
        if line.len() > MOST_WORDS * 12 {
            return None;
        }
        let words = Words::of(line);
        if words.len() > MOST_WORDS {
            return None;
        }
        let numbered = |word: &str| Word {
            id: self.ids.get(word).copied().unwrap_or(STRANGE),
            digit: word.starts_with(|c: char| c.is_ascii_digit()),
        };
        let words: Vec<Word> = words.iter().map(numbered).collect();
        self.find_words(&words)
    }

    fn find_words(&self, words: &[Word]) -> Option<&LineRule> {
        let first = &self.by_first[words.first()?.id as usize];
        let within = words.iter().flat_map(|word| &self.by_word[word.id as usize]);
        let near = first.iter().chain(within).chain(&self.wild).map(|at| *at as usize);
        let fitting = near.filter(|at| self.fits(*at, words));
        let hit = fitting.max_by_key(|at| (self.literals(*at), usize::MAX - *at))?;
        Some(&self.rules[self.patterns[hit].0])
    }

    /// How many words of a pattern stand as they are: the pattern that says most decides.
    fn literals(&self, at: usize) -> usize {
        self.patterns[at].1.iter().filter(|p| matches!(p, Part::Word(_) | Part::Number)).count()
    }

    fn fits(&self, at: usize, words: &[Word]) -> bool {
        let (rule, parts) = &self.patterns[at];
        words.len() <= self.rules[*rule].max_words.unwrap_or(MAX_WORDS) && fits(parts, words)
    }
}

/// The longest word of a pattern: the one that the fewest lines have.
fn longest(parts: &[Part], lengths: &[usize]) -> Option<u32> {
    let words = parts.iter().filter_map(|part| if let Part::Word(word) = part { Some(*word) } else { None });
    words.max_by_key(|word| lengths[*word as usize])
}

fn compile(line: &str, ids: &mut Table<String, u32>) -> Vec<Part> {
    let mut parts = Vec::new();
    for piece in line.split_whitespace() {
        match piece {
            "*" => parts.push(Part::Any),
            "_" => parts.push(Part::One),
            "#" => parts.push(Part::Number),
            ":" => parts.push(Part::Word(number(":", ids))),
            words => parts.extend(Words::of(words).iter().map(|word| Part::Word(number(word, ids)))),
        }
    }
    parts
}

fn number(word: &str, ids: &mut Table<String, u32>) -> u32 {
    let next = STRANGE + 1 + ids.len() as u32;
    *ids.entry(word.to_owned()).or_insert(next)
}

/// Whether `parts` cover all of `words`. The greedy walk with one point of return is linear for each wildcard.
fn fits(parts: &[Part], words: &[Word]) -> bool {
    let (mut p, mut w) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while w < words.len() {
        match parts.get(p) {
            Some(Part::Any) => {
                back = Some((p + 1, w));
                p += 1;
            }
            Some(part) if fits_one(*part, words[w]) => {
                p += 1;
                w += 1;
            }
            _ => {
                let Some((after, from)) = back else { return false };
                back = Some((after, from + 1));
                (p, w) = (after, from + 1);
            }
        }
    }
    parts[p..].iter().all(|part| *part == Part::Any)
}

fn fits_one(part: Part, word: Word) -> bool {
    match part {
        Part::Word(id) => id == word.id,
        Part::One => true,
        Part::Number => word.digit,
        Part::Any => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_knows_its_own_lines_and_no_others() {
        let shipped = LineRules::shipped();
        let mut wrong = Vec::new();
        for rule in &shipped.rules {
            assert!(!rule.yes.is_empty() && !rule.no.is_empty(), "{} lacks an example", rule.id);
            for line in &rule.yes {
                match shipped.find(line) {
                    Some(found) if found.id == rule.id => {}
                    found => wrong.push(format!("{}: yes {line:?} gave {:?}", rule.id, found.map(|f| &f.id))),
                }
            }
            for line in &rule.no {
                if let Some(found) = shipped.find(line) {
                    wrong.push(format!("{}: no {line:?} gave {:?}", rule.id, found.id));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn wildcards_stand_for_words() {
        let fit = |pattern: &str, line: &str| {
            let mut ids = Table::default();
            let parts = compile(pattern, &mut ids);
            let word = |word: &str| Word {
                id: ids.get(word).copied().unwrap_or(STRANGE),
                digit: word.starts_with(|c: char| c.is_ascii_digit()),
            };
            fits(&parts, &Words::of(line).iter().map(word).collect::<Vec<_>>())
        };
        assert!(fit("share on *", "Share on Birdsong"));
        assert!(fit("share on *", "Share on"));
        assert!(!fit("share _", "Share"));
        assert!(fit("# / #", "1 / 12"));
        assert!(!fit("# / #", "one / two"));
        assert!(fit("* sign up * newsletter *", "Please sign up for the daily newsletter today"));
        assert!(!fit("* sign up * newsletter", "Please sign up for the newsletter today"));
    }
}
