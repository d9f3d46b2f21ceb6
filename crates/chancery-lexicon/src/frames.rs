//! Which words tell of an event, and where in the sentence its parties stand.
//!
//! The rules are data (`data/events/*.toml`, one file for each event type): frames, each with the words that call it up and what must
//! stand around them, and yes and no examples. This module knows words and slots; what stands in a slot of a sentence is for the
//! reader of the tree to say.

mod pattern;

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

pub use pattern::{Atom, Constraint, FrameError, Slot};
use pattern::{Source, words_of};
use serde::Deserialize;

/// Part of speech of a trigger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// A verb.
    Verb,
    /// A noun.
    Noun,
    /// An adjective.
    Adjective,
}

/// One way of telling of an event.
#[derive(Debug)]
pub struct Frame {
    /// Its name, for `why`: "event/consult/meet".
    pub id: String,
    /// The PLOVER type.
    pub kind: String,
    /// Whether its words only look like an event of the type, and tell of none.
    pub none: bool,
    /// The PLOVER mode.
    pub mode: Option<String>,
    /// Where the recipients stand, the first slot that is filled by a party counts.
    pub recipient: Vec<Slot>,
    /// The subject is who it is done to, as in "receive a visitor": actors and recipients change places.
    pub swapped: bool,
    /// Whether "of" behind the noun names the actor, as in "the resignation of the minister".
    pub of_actor: bool,
    /// Whether a name in front of the noun is the recipient, as in "their Moscow visit".
    pub name_recipient: bool,
    /// Whether the event lasts: a war, sanctions.
    pub lasting: bool,
    /// Whether a party must be found for the event to be told.
    pub bare: bool,
    /// Whether who speaks of it is the actor where no other side is named: "unacceptable", "talks with Orsk".
    pub voiced: bool,
}

/// A word that calls up a frame, with what must stand around it.
#[derive(Debug)]
pub struct Entry {
    /// Index of the frame.
    pub frame: usize,
    /// What must hold.
    pub constraints: Vec<Constraint>,
    /// The mode that this entry gives.
    pub mode: Option<String>,
}

/// All frames.
#[derive(Debug, Default)]
pub struct Frames {
    frames: Vec<Frame>,
    entries: Vec<Entry>,
    by_word: HashMap<Part, HashMap<String, Vec<u32>>>,
    classes: BTreeMap<String, HashSet<String>>,
    examples: Vec<Example>,
}

/// A sentence that a frame must know, or must leave alone.
#[derive(Clone, Debug)]
pub struct Example {
    /// The frame's name.
    pub frame: String,
    /// The type of its file.
    pub kind: String,
    /// Whether the frame keeps events of the type from being told, where words only look like one.
    pub keeps_out: bool,
    /// The sentence.
    pub sentence: String,
    /// Whether it tells of such an event.
    pub yes: bool,
}

impl Part {
    /// Every part of speech.
    pub const ALL: [Part; 3] = [Self::Verb, Self::Noun, Self::Adjective];
}

macro_rules! files {
    ($($name:literal,)*) => {
        &[$(Source { name: concat!("events/", $name, ".toml"), text: include_str!(concat!("../data/events/", $name, ".toml")) },)*]
    };
}

const FILES: &[Source<'static>] = files![
    "accuse",
    "agree",
    "aid",
    "assault",
    "coerce",
    "concede",
    "consult",
    "cooperate",
    "mobilize",
    "protest",
    "reject",
    "request",
    "retreat",
    "sanction",
    "support",
    "threaten",
];

const CLASSES: Source<'static> =
    Source { name: "events/classes.toml", text: include_str!("../data/events/classes.toml") };

static SHIPPED: LazyLock<Frames> = LazyLock::new(|| {
    Frames::of(&CLASSES, FILES).expect("the files of frames are part of the program and tested")
});

impl Frames {
    /// The frames that come with the program.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Entries for a word, in the order of the files.
    pub fn entries(&self, part: Part, word: &str) -> impl Iterator<Item = &Entry> {
        let at = self.by_word.get(&part).and_then(|words| words.get(word));
        at.into_iter().flatten().map(|at| &self.entries[*at as usize])
    }

    /// Whether any frame has an entry for the word.
    pub fn knows(&self, part: Part, word: &str) -> bool {
        self.by_word.get(&part).is_some_and(|words| words.contains_key(word))
    }

    /// The frame of an entry.
    pub fn frame(&self, entry: &Entry) -> &Frame {
        &self.frames[entry.frame]
    }

    /// Whether a class of nouns or verbs holds a word.
    pub fn in_class(&self, class: &str, word: &str) -> bool {
        self.classes.get(class).is_some_and(|words| words.contains(word))
    }

    /// The words of a class, in no order that means anything.
    pub fn class(&self, class: &str) -> impl Iterator<Item = &str> {
        self.classes.get(class).into_iter().flatten().map(String::as_str)
    }

    /// All yes and no examples.
    pub fn examples(&self) -> &[Example] {
        &self.examples
    }

    /// Number of words with their constraints.
    pub fn len(&self) -> usize {
        self.by_word.values().flat_map(HashMap::values).map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    fn of(classes: &Source<'_>, files: &[Source<'_>]) -> Result<Self, FrameError> {
        let mut frames = Self { classes: read_classes(classes)?, ..Self::default() };
        for source in files {
            let file: File = toml::from_str(source.text).map_err(|e| source.toml(&e))?;
            for raw in file.frame {
                frames.add(source, &file.r#type, raw)?;
            }
        }
        Ok(frames)
    }

    fn add(&mut self, source: &Source<'_>, kind: &str, raw: RawFrame) -> Result<(), FrameError> {
        let examples = |list: &[String], yes| list.iter().map(move |s| (s.clone(), yes)).collect::<Vec<_>>();
        let id = format!("event/{}", raw.id);
        for (sentence, yes) in [examples(&raw.yes, true), examples(&raw.no, false)].concat() {
            self.examples.push(Example {
                frame: id.clone(),
                kind: kind.to_owned(),
                keeps_out: raw.none,
                sentence,
                yes,
            });
        }
        let at = self.frames.len();
        for line in words_of(source, &raw.words)? {
            self.check(source, &line)?;
            let entry = self.entries.len() as u32;
            for word in &line.words {
                self.by_word.entry(line.part).or_default().entry(word.clone()).or_default().push(entry);
            }
            self.entries.push(Entry { frame: at, constraints: line.constraints, mode: line.mode });
        }
        self.frames.push(Frame {
            id,
            kind: kind.to_owned(),
            none: raw.none,
            mode: raw.mode,
            recipient: raw.recipient.split_whitespace().map(Slot::parse).collect(),
            swapped: raw.swapped,
            of_actor: raw.of_actor,
            name_recipient: raw.name_recipient,
            lasting: raw.lasting,
            bare: raw.bare,
            voiced: raw.voiced,
        });
        Ok(())
    }

    /// A class that no file defines is a mistake.
    fn check(&self, source: &Source<'_>, line: &pattern::Line) -> Result<(), FrameError> {
        for constraint in &line.constraints {
            for atom in &constraint.atoms {
                match atom {
                    Atom::Class(name) if !self.classes.contains_key(name) => {
                        return Err(source.at(line.at, &format!("no class is named @{name}")));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn read_classes(source: &Source<'_>) -> Result<BTreeMap<String, HashSet<String>>, FrameError> {
    let file: BTreeMap<String, String> = toml::from_str(source.text).map_err(|e| source.toml(&e))?;
    let mut out: BTreeMap<String, HashSet<String>> = BTreeMap::new();
    for (name, words) in &file {
        out.insert(name.clone(), words.split_whitespace().map(str::to_owned).collect());
    }
    // A class may take in another: "@weapon" among its words.
    for _ in 0..NESTED_CLASSES {
        let before = out.clone();
        for words in out.values_mut() {
            let inner: Vec<String> = words.iter().filter(|w| w.starts_with('@')).cloned().collect();
            for name in inner {
                let Some(more) = before.get(&name[1..]) else {
                    return Err(source.at(0, &format!("no class is named {name}")));
                };
                words.extend(more.iter().cloned());
            }
        }
    }
    Ok(out)
}

/// How deep classes may stand in classes.
const NESTED_CLASSES: usize = 3;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    r#type: String,
    frame: Vec<RawFrame>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFrame {
    id: String,
    #[serde(default)]
    none: bool,
    #[serde(default)]
    mode: Option<String>,
    #[serde(default)]
    recipient: String,
    #[serde(default)]
    swapped: bool,
    #[serde(default)]
    of_actor: bool,
    #[serde(default)]
    name_recipient: bool,
    #[serde(default)]
    lasting: bool,
    #[serde(default)]
    bare: bool,
    #[serde(default)]
    voiced: bool,
    words: toml::Spanned<String>,
    yes: Vec<String>,
    no: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_frames_are_whole() {
        let frames = Frames::of(&CLASSES, FILES).unwrap_or_else(|e| panic!("{e}"));
        for frame in &frames.frames {
            let has = |yes| frames.examples.iter().any(|e| e.frame == frame.id && e.yes == yes);
            assert!(frame.none || has(true), "{} lacks a yes example", frame.id);
            assert!(has(false) || frame.none, "{} lacks a no example", frame.id);
        }
        assert!(frames.len() > 1000, "{} words", frames.len());
    }

    #[test]
    fn mistakes_show_their_line() {
        let classes = Source { name: "classes.toml", text: "aid = \"aid relief\"" };
        let text = "type = \"AID\"\n[[frame]]\nid = \"aid/give\"\nwords = \"\"\"\nv give\nv send | obj=@help\n\"\"\"\nyes = []\nno = []\n";
        let error = Frames::of(&classes, &[Source { name: "aid.toml", text }]).unwrap_err();
        assert_eq!(error.to_string(), "aid.toml:6: no class is named @help\n  v send | obj=@help\n  ^");
        let text = text.replace("obj=@help", "obj");
        let error = Frames::of(&classes, &[Source { name: "aid.toml", text: &text }]).unwrap_err();
        assert!(error.to_string().starts_with("aid.toml:6: a condition is written slot=words"), "{error}");
    }
}
