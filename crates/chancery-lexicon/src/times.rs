//! The grammar of times: lists of words with values, and rules that put them together.
//!
//! The grammar is data (`data/times.toml`, which opens with a description of its language). This module reads that language; it knows
//! no calendar and no text.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

/// The lists and rules of `data/times.toml`, lists rewritten as rules.
pub struct TimeGrammar {
    /// In the order of the file; of two readings of the same words the earlier rule's is taken.
    pub rules: Vec<TimeRule>,
}

/// One way to say something.
pub struct TimeRule {
    /// The rule's name, for messages.
    pub id: String,
    /// The kind of what it makes: "dur", "day".
    pub makes: String,
    /// The words and kinds it is made of; never empty.
    pub says: Vec<Part>,
    /// What it means.
    pub means: Call,
    /// Words that must stand right before; empty for any.
    pub after: Vec<String>,
    /// Words that must not stand right before.
    pub not_after: Vec<String>,
    /// Words of which one must stand right behind, "" for the end; empty for any.
    pub before: Vec<String>,
    /// Words that must not stand right behind.
    pub not_before: Vec<String>,
    /// Texts with their expressions in brackets and the values of these: "on [Monday] = 2025-12-01".
    pub yes: Vec<String>,
    /// Texts without any expression.
    pub no: Vec<String>,
}

/// One place of a rule.
pub struct Part {
    /// What stands there.
    pub what: What,
    /// Whether it may be left out.
    pub optional: bool,
}

/// What stands at one place of a rule.
pub enum What {
    /// One of these words, folded, with the part of speech it must have.
    Word(Vec<String>, Option<Guard>),
    /// Something of this kind.
    Kind(String),
}

/// What the tags must say of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Guard {
    /// A noun or a name.
    Noun,
    /// Capitalised, and a name or a noun.
    Name,
    /// An adverb.
    Adv,
    /// An adjective.
    Adj,
    /// Anything but a verb.
    Noverb,
}

/// A meaning: a name and what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The name of a meaning: "shift".
    pub name: String,
    /// What it is made of.
    pub of: Vec<Piece>,
}

/// One piece of a meaning.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// `$1`: what stood at the first place that is no plain word, and so on.
    Given(usize),
    /// A number.
    Number(f64),
    /// A word.
    Word(String),
    /// A meaning inside.
    Call(Call),
}

impl TimeGrammar {
    /// The grammar that comes with the program.
    pub fn built_in() -> &'static Self {
        static GRAMMAR: LazyLock<TimeGrammar> = LazyLock::new(|| {
            TimeGrammar::read(include_str!("../data/times.toml")).expect("data/times.toml is tested")
        });
        &GRAMMAR
    }

    /// Reads a grammar; the error names the rule that is wrong.
    fn read(words: &str) -> Result<Self, String> {
        let file: File = toml::from_str(words).map_err(|e| e.to_string())?;
        let mut rules = Vec::new();
        for list in file.list {
            for (words, value) in &list.of {
                rules.push(list.entry(words, value)?);
            }
        }
        for rule in file.rule {
            rule.compile(&mut rules).map_err(|e| format!("{}: {e}", rule.id))?;
        }
        Ok(Self { rules })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    list: Vec<List>,
    rule: Vec<Record>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    kind: String,
    guard: Option<Guard>,
    of: BTreeMap<String, toml::Value>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Record {
    id: String,
    makes: String,
    says: Vec<String>,
    means: String,
    #[serde(default)]
    after: Vec<String>,
    #[serde(default)]
    not_after: Vec<String>,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    not_before: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

impl List {
    /// "new year's day" = "fixed 1 1" as a rule.
    fn entry(&self, words: &str, value: &toml::Value) -> Result<TimeRule, String> {
        let piece = match value {
            toml::Value::Integer(n) => Piece::Number(*n as f64),
            toml::Value::String(word) => Piece::Word(word.clone()),
            other => return Err(format!("{words}: {other} is neither a number nor a word")),
        };
        let part = |word: &str| Part { what: What::Word(vec![word.to_owned()], self.guard), optional: false };
        Ok(TimeRule {
            id: self.kind.clone(),
            makes: self.kind.clone(),
            says: words.split_whitespace().map(part).collect(),
            means: Call { name: "is".to_owned(), of: vec![piece] },
            after: Vec::new(),
            not_after: Vec::new(),
            before: Vec::new(),
            not_before: Vec::new(),
            yes: Vec::new(),
            no: Vec::new(),
        })
    }
}

impl Record {
    fn compile(&self, rules: &mut Vec<TimeRule>) -> Result<(), String> {
        let means = Call::read(&self.means)?;
        for (n, says) in self.says.iter().enumerate() {
            for (m, says) in openings(says)?.into_iter().enumerate() {
                // Examples are told once a record.
                let told = n + m == 0;
                rules.push(self.rule(says, &means, told));
            }
        }
        Ok(())
    }

    fn rule(&self, says: Vec<Part>, means: &Call, told: bool) -> TimeRule {
        TimeRule {
            id: self.id.clone(),
            makes: self.makes.clone(),
            says,
            means: means.clone(),
            after: self.after.clone(),
            not_after: self.not_after.clone(),
            before: self.before.clone(),
            not_before: self.not_before.clone(),
            yes: if told { self.yes.clone() } else { Vec::new() },
            no: if told { self.no.clone() } else { Vec::new() },
        }
    }
}

/// A way to say something, once with and once without each word at its head that may be left out: rules are found by their first
/// word.
fn openings(says: &str) -> Result<Vec<Vec<Part>>, String> {
    let read = |words: &[&str]| words.iter().map(|w| Part::read(w)).collect::<Result<Vec<_>, _>>();
    let words: Vec<&str> = says.split_whitespace().collect();
    let mut out = Vec::new();
    for from in 0..words.len() {
        let mut parts = read(&words[from..])?;
        let optional = std::mem::replace(&mut parts[0].optional, false);
        out.push(parts);
        if !optional {
            return Ok(out);
        }
    }
    Err(format!("{says:?} may be left out as a whole"))
}

impl Part {
    /// Reads `<kind>`, `word|other`, `word/noun`, each with `?` where it may be left out.
    fn read(words: &str) -> Result<Self, String> {
        let (words, optional) = match words.strip_suffix('?') {
            Some(words) => (words, true),
            None => (words, false),
        };
        if let Some(kind) = words.strip_prefix('<').and_then(|w| w.strip_suffix('>')) {
            if optional {
                return Err(format!("<{kind}> cannot be left out"));
            }
            return Ok(Self { what: What::Kind(kind.to_owned()), optional });
        }
        let (words, guard) = match words.split_once('/').filter(|(w, _)| !w.is_empty()) {
            Some((words, guard)) => (words, Some(Guard::read(guard)?)),
            None => (words, None),
        };
        let words = words.split('|').map(str::to_owned).collect();
        Ok(Self { what: What::Word(words, guard), optional })
    }
}

impl Guard {
    fn read(word: &str) -> Result<Self, String> {
        Ok(match word {
            "noun" => Self::Noun,
            "name" => Self::Name,
            "adv" => Self::Adv,
            "adj" => Self::Adj,
            "noverb" => Self::Noverb,
            other => return Err(format!("{other} is no part of speech of this file")),
        })
    }
}

impl Call {
    /// Reads `shift ago (dur 1 $1)`.
    fn read(words: &str) -> Result<Self, String> {
        let spaced = words.replace('(', " ( ").replace(')', " ) ");
        let mut tokens = spaced.split_whitespace().peekable();
        let call = Self::of(&mut tokens)?;
        match tokens.next() {
            None => Ok(call),
            Some(left) => Err(format!("{left} is left over in {words:?}")),
        }
    }

    fn of<'a>(tokens: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> Result<Self, String> {
        let name = tokens.next().ok_or("a meaning begins with its name")?.to_owned();
        let mut of = Vec::new();
        while let Some(token) = tokens.next_if(|t| *t != ")") {
            of.push(match token {
                "(" => {
                    let inner = Self::of(tokens)?;
                    tokens.next_if_eq(&")").ok_or("a bracket is never closed")?;
                    Piece::Call(inner)
                }
                given if given.starts_with('$') => {
                    Piece::Given(given[1..].parse().map_err(|_| format!("{given} counts nothing"))?)
                }
                word => word.parse().map_or_else(|_| Piece::Word(word.to_owned()), Piece::Number),
            });
        }
        Ok(Self { name, of })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_reads_and_every_rule_has_its_yes_and_its_no() {
        let file: File = toml::from_str(include_str!("../data/times.toml")).unwrap();
        for rule in &file.rule {
            assert!(!rule.yes.is_empty() && !rule.no.is_empty(), "{} lacks an example", rule.id);
        }
        assert!(TimeGrammar::built_in().rules.len() > 300);
    }

    #[test]
    fn what_is_wrong_is_named() {
        let rule = |says: &str, means: &str| {
            let words = format!(
                "list = []\n[[rule]]\nid = \"x\"\nmakes = \"day\"\nsays = [\"{says}\"]\nmeans = \"{means}\"\nyes = []\nno = []"
            );
            TimeGrammar::read(&words).err()
        };
        assert_eq!(rule("the <unit>", "is $1"), None);
        assert_eq!(rule("the? <unit>", "is $1"), None);
        assert!(rule("the? last?", "is 1").unwrap().starts_with("x: "));
        assert!(rule("<unit>?", "is $1").is_some());
        assert!(rule("the/verbose <unit>", "is $1").is_some());
        assert!(rule("the <unit>", "shift (dur 1").is_some());
        assert!(rule("the <unit>", "shift 1)").is_some());
        assert!(rule("the <unit>", "is $one").is_some());
    }
}
