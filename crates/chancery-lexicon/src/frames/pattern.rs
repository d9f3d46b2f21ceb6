//! A line of a frame's words: `v cut suspend | obj=@aid to=* -> discontinue`.
//!
//! First the part of speech (`v`, `n`, `a`), then the words, then conditions behind a bar, then the mode behind an arrow.
//! A condition is `slot=alternatives`, or `slot!=alternatives` where none of them may stand. Slots are named in [`Slot`];
//! alternatives are base forms, `@class`, `*` for anything, `-` for nothing, `WHO` for a party, `PERSON` for a person, `MUST` for a clause of what a
//! party must do, `IF` for one of what follows if; a bar sets them apart.

use std::fmt;

use super::Part;

/// A place in the sentence, seen from the trigger.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// The subject of the active clause: who does it.
    Subject,
    /// The object of the active clause.
    Object,
    /// The second object: "gave them arms".
    Indirect,
    /// A clause without a subject of its own: "agreed to leave".
    Open,
    /// A clause with its own subject: "demanded that they leave".
    Clause,
    /// A particle or an adverb beside a verb: "called off".
    Particle,
    /// An adjective or a noun before a noun, or the possessor's class.
    Modifier,
    /// The verb that a noun is the object of.
    Verb,
    /// A phrase with this preposition.
    Preposition(String),
}

/// What may stand in a slot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Atom {
    /// Anything.
    Any,
    /// Nothing.
    Absent,
    /// A party: somebody or some body that can act.
    Who,
    /// A person, by name or pronoun or office; no body.
    Person,
    /// A clause that says what somebody must do.
    Must,
    /// A clause that says what will follow if something is done, or is not.
    If,
    /// This base form.
    Word(String),
    /// A word of this class.
    Class(String),
}

/// What must stand in a slot, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Where.
    pub slot: Slot,
    /// What: one of these.
    pub atoms: Vec<Atom>,
    /// Whether none of them may stand there.
    pub not: bool,
}

impl Slot {
    /// Reads a slot's name; what is no other slot is a preposition.
    pub fn parse(name: &str) -> Self {
        match name {
            "subj" => Self::Subject,
            "obj" => Self::Object,
            "iobj" => Self::Indirect,
            "xcomp" => Self::Open,
            "ccomp" => Self::Clause,
            "prt" => Self::Particle,
            "mod" => Self::Modifier,
            "verb" => Self::Verb,
            preposition => Self::Preposition(preposition.replace('_', " ")),
        }
    }
}

/// A mistake in a file of frames: where, and what.
pub struct FrameError(String);

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of frames.
pub(super) struct Source<'a> {
    pub(super) name: &'a str,
    pub(super) text: &'a str,
}

/// A line of words.
pub(super) struct Line {
    pub(super) part: Part,
    pub(super) words: Vec<String>,
    pub(super) constraints: Vec<Constraint>,
    pub(super) mode: Option<String>,
    /// Where it begins in the file, in bytes.
    pub(super) at: usize,
}

impl Source<'_> {
    /// A mistake in the line that begins at this byte.
    pub(super) fn at(&self, at: usize, what: &str) -> FrameError {
        let number = self.text[..at].matches('\n').count() + 1;
        let line = self.text[at..].lines().next().unwrap_or("");
        FrameError(format!("{}:{number}: {what}\n  {line}\n  ^", self.name))
    }

    /// A mistake that the reader of TOML found.
    pub(super) fn toml(&self, error: &toml::de::Error) -> FrameError {
        FrameError(format!("{}: {error}", self.name))
    }
}

/// The lines of a frame.
pub(super) fn words_of(source: &Source<'_>, words: &toml::Spanned<String>) -> Result<Vec<Line>, FrameError> {
    let raw = &source.text[words.span()];
    let mut at = words.span().start;
    let mut out = Vec::new();
    for line in raw.split_inclusive('\n') {
        let bare = line.trim_matches(|c: char| c == '"' || c.is_whitespace());
        if !bare.is_empty() && !bare.starts_with('#') {
            out.push(one(bare, at).map_err(|what| source.at(at, &what))?);
        }
        at += line.len();
    }
    Ok(out)
}

fn one(line: &str, at: usize) -> Result<Line, String> {
    let (line, mode) = match line.split_once("->") {
        Some((line, mode)) => (line, Some(mode.trim().to_owned())),
        None => (line, None),
    };
    let (words, conditions) = match line.split_once(" | ") {
        Some((words, conditions)) => (words, conditions),
        None => (line, ""),
    };
    let mut words = words.split_whitespace();
    let part = match words.next() {
        Some("v") => Part::Verb,
        Some("n") => Part::Noun,
        Some("a") => Part::Adjective,
        _ => return Err("a line begins with v, n or a".to_owned()),
    };
    let words: Vec<String> = words.map(str::to_owned).collect();
    if words.is_empty() {
        return Err("a line names at least one word".to_owned());
    }
    let constraints = conditions.split_whitespace().map(condition).collect::<Result<_, _>>()?;
    Ok(Line { part, words, constraints, mode, at })
}

fn condition(written: &str) -> Result<Constraint, String> {
    let Some((slot, atoms)) = written.split_once('=') else {
        return Err(format!("a condition is written slot=words, not {written}"));
    };
    let (slot, not) = slot.strip_suffix('!').map_or((slot, false), |slot| (slot, true));
    let atom = |word: &str| match word {
        "*" => Atom::Any,
        "-" => Atom::Absent,
        "WHO" => Atom::Who,
        "PERSON" => Atom::Person,
        "MUST" => Atom::Must,
        "IF" => Atom::If,
        _ => match word.strip_prefix('@') {
            Some(class) => Atom::Class(class.to_owned()),
            None => Atom::Word(word.to_owned()),
        },
    };
    Ok(Constraint { slot: Slot::parse(slot), atoms: atoms.split('|').map(atom).collect(), not })
}
