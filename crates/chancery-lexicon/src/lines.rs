//! Rules that know a line of a page by its words: buttons, notices, section labels, invitations.
//!
//! The rules are data (`data/lines.toml`). A pattern is a whole line: `*` stands for any words, `_` for one word, `#` for a
//! number; everything else is compared folded ([`crate::fold`]). A rule knows nothing of a line's neighbours.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::fold;

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

#[derive(Debug, PartialEq)]
enum Part {
    Word(String),
    Number,
    One,
    Any,
}

/// The compiled rules.
pub struct LineRules {
    rules: Vec<LineRule>,
    patterns: Vec<(usize, Vec<Part>)>,
    /// Patterns that begin with a word, by that word.
    by_first: HashMap<String, Vec<usize>>,
    /// Patterns that begin with a wildcard.
    open: Vec<usize>,
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
        let mut patterns = Vec::new();
        for (at, rule) in rules.iter().enumerate() {
            patterns.extend(rule.lines.iter().map(|line| (at, compile(line))));
        }
        let mut by_first: HashMap<String, Vec<usize>> = HashMap::new();
        let mut open = Vec::new();
        for (at, (_, parts)) in patterns.iter().enumerate() {
            match parts.first() {
                Some(Part::Word(word)) => by_first.entry(word.clone()).or_default().push(at),
                _ => open.push(at),
            }
        }
        Self { rules, patterns, by_first, open }
    }

    /// The rule that knows the line, by the pattern that says most.
    pub fn find(&self, line: &str) -> Option<&LineRule> {
        // A line of prose is not folded at all: it is much longer than any rule allows.
        if line.len() > MOST_WORDS * 12 {
            return None;
        }
        self.find_words(&fold::words(line))
    }

    /// The rule that knows these folded words.
    pub fn find_words(&self, words: &[String]) -> Option<&LineRule> {
        let first = words.first()?;
        if words.len() > MOST_WORDS {
            return None;
        }
        let near = self.by_first.get(first).map_or(&[][..], Vec::as_slice);
        let fitting = near.iter().chain(&self.open).filter(|at| self.fits(**at, words));
        let hit = *fitting.max_by_key(|at| (self.literals(**at), usize::MAX - **at))?;
        Some(&self.rules[self.patterns[hit].0])
    }

    /// How many words of a pattern stand as they are: the pattern that says most decides.
    fn literals(&self, at: usize) -> usize {
        self.patterns[at].1.iter().filter(|p| matches!(p, Part::Word(_) | Part::Number)).count()
    }

    fn fits(&self, at: usize, words: &[String]) -> bool {
        let (rule, parts) = &self.patterns[at];
        words.len() <= self.rules[*rule].max_words.unwrap_or(MAX_WORDS) && fits(parts, words)
    }
}

fn compile(line: &str) -> Vec<Part> {
    let part = |piece: &str| match piece {
        "*" => vec![Part::Any],
        "_" => vec![Part::One],
        "#" => vec![Part::Number],
        ":" => vec![Part::Word(":".to_owned())],
        words => fold::words(words).into_iter().map(Part::Word).collect(),
    };
    line.split_whitespace().flat_map(part).collect()
}

/// Whether `parts` cover all of `words`. The greedy walk with one point of return is linear for each wildcard.
fn fits(parts: &[Part], words: &[String]) -> bool {
    let (mut p, mut w) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while w < words.len() {
        match parts.get(p) {
            Some(Part::Any) => {
                back = Some((p + 1, w));
                p += 1;
            }
            Some(part) if fits_one(part, &words[w]) => {
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

fn fits_one(part: &Part, word: &str) -> bool {
    match part {
        Part::Word(w) => w == word,
        Part::One => true,
        Part::Number => word.starts_with(|c: char| c.is_ascii_digit()),
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
        let fit = |pattern: &str, line: &str| fits(&compile(pattern), &fold::words(line));
        assert!(fit("share on *", "Share on Birdsong"));
        assert!(fit("share on *", "Share on"));
        assert!(!fit("share _", "Share"));
        assert!(fit("# / #", "1 / 12"));
        assert!(!fit("# / #", "one / two"));
        assert!(fit("* sign up * newsletter *", "Please sign up for the daily newsletter today"));
        assert!(!fit("* sign up * newsletter", "Please sign up for the newsletter today"));
    }
}
