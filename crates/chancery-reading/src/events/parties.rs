//! Who can act or be acted upon: which words mean a person, a body, a group or a country.

use std::collections::BTreeSet;

use chancery_lexicon::frames::Frames;
use chancery_model::{Deprel, EntityKind, NameKind, Reading, Upos};

use super::owners::Owners;
use crate::Text;

/// Knows which words mean a person, a body, a group or a country.
pub(super) struct Parties<'a> {
    pub(super) text: &'a Text<'a>,
    pub(super) reading: &'a Reading,
    /// Index of the mention that a token heads, plus one.
    mentions: Vec<u32>,
    /// Whether a token is part of a time expression.
    timed: Vec<bool>,
    owners: Owners,
    /// Capitalised words of the names of the text: "the Compact" is the Highland Compact.
    short: BTreeSet<&'a str>,
    frames: &'static Frames,
}

impl<'a> Parties<'a> {
    pub(super) fn new(text: &'a Text<'a>, reading: &'a Reading) -> Self {
        let mut mentions = vec![0; text.len()];
        // Of two with one head the shorter comes first; the longer is a list.
        for (at, mention) in reading.mentions.iter().enumerate().rev() {
            mentions[mention.head as usize] = at as u32 + 1;
        }
        let mut timed = vec![false; text.len()];
        for time in &reading.times {
            timed[text.tokens_in(time.span).range()].fill(true);
        }
        let mut parties = Self {
            text,
            reading,
            mentions,
            timed,
            owners: Owners::default(),
            short: short_names(text),
            frames: Frames::shipped(),
        };
        parties.owners = Owners::find(&parties);
        parties
    }

    /// Whether the noun or pronoun at `at` means somebody.
    pub(super) fn is_party(&self, at: u32) -> bool {
        let text = self.text;
        if self.timed[at as usize] && !matches!(text.name_kind(at), Some(NameKind::Person)) {
            return false;
        }
        match self.kind(at) {
            Some(EntityKind::Thing) if text.upos(at) == Upos::Pron => return false,
            Some(EntityKind::Thing) | None => {}
            Some(_) => return true,
        }
        if let Some(kind) = text.name_kind(at) {
            return kind != NameKind::Other;
        }
        match text.upos(at) {
            Upos::Pron => PRONOUNS.contains(&text.lemma(at)),
            // "The Littoral", which the reader took for a common noun.
            Upos::Noun if text.word(at).starts_with(char::is_uppercase) => {
                self.short.contains(text.word(at)) || self.names_somebody(text.lemma(at))
            }
            Upos::Noun => self.names_somebody(text.lemma(at)),
            Upos::Propn => {
                let low = text.lemma(at).to_lowercase();
                self.names_somebody(low.strip_suffix('s').unwrap_or(&low))
                    || self.names_somebody(&low)
                    || self.short.contains(text.word(at))
            }
            Upos::Num => text.dependents_by(at, Deprel::Nmod).any(|d| self.is_party(d)),
            _ => false,
        }
    }

    /// Whether the noun or pronoun at `at` means a person.
    pub(super) fn is_person(&self, at: u32) -> bool {
        let named = self.text.name_kind(at) == Some(NameKind::Person);
        named || self.is_party(at) && self.kind(at) == Some(EntityKind::Person)
    }

    /// Whether a noun names people or a body by what they do: by the list, or by its ending ("ferryman", "trader").
    fn names_somebody(&self, noun: &str) -> bool {
        let ending = || {
            self.frames.class("party_endings").any(|end| noun.len() > end.len() + 2 && noun.ends_with(end))
        };
        self.frames.in_class("party", noun) || (ending() && !self.frames.in_class("not_party", noun))
    }

    /// Who made the proposal that the noun or pronoun at `at` means, as the text says it elsewhere.
    pub(super) fn owner(&self, at: u32) -> Option<u32> {
        self.owners.of(self, at)
    }

    /// The heads of all mentions of what the word at `at` means.
    pub(super) fn mentioned(&self, at: u32) -> Vec<u32> {
        let own = (self.mentions[at as usize] as usize).checked_sub(1);
        let chain = own.and_then(|own| self.reading.mentions.get(own)?.chain.as_ref().ok());
        let chain = chain.and_then(|&chain| self.reading.chains.get(chain as usize));
        let all = chain.map_or(&[][..], |chain| &chain.mentions);
        all.iter().filter_map(|&m| Some(self.reading.mentions.get(m as usize)?.head)).collect()
    }

    /// What is the same for all mentions of one side: its name, else the chain.
    pub(super) fn side_key(&self, at: u32) -> Option<String> {
        let who = crate::who::who_of(self.text, self.reading, at);
        let chain = who.chain.ok()?;
        let side = self.reading.chains.get(chain as usize)?.side.as_ref();
        Some(side.map_or_else(|| format!("#{chain}"), |side| side.name.clone()))
    }

    pub(super) fn in_class(&self, class: &str, word: &str) -> bool {
        self.frames.in_class(class, word)
    }

    fn kind(&self, at: u32) -> Option<EntityKind> {
        let mention = self.reading.mentions.get((self.mentions[at as usize] as usize).checked_sub(1)?)?;
        let chain = mention.chain.as_ref().ok()?;
        self.reading.chains.get(*chain as usize).map(|chain| chain.kind)
    }

    /// Whether a word before a noun is a name of somebody or somebody's possessive.
    pub(super) fn is_name_or_possessor(&self, at: u32) -> bool {
        // Of the words of one name, the one that the others hang on stands for it.
        let inner = self.text.name(at).is_some_and(|n| self.text.head(at).is_some_and(|h| n.tokens.holds(h)));
        if inner {
            return false;
        }
        let name = matches!(
            self.text.name_kind(at),
            Some(NameKind::Person | NameKind::Organization | NameKind::Place | NameKind::Group)
        );
        match self.text.deprel(at) {
            Deprel::NmodPoss => self.is_party(at) || self.text.upos(at) == Upos::Pron,
            Deprel::Compound => name || (self.text.upos(at) == Upos::Noun && self.is_party(at)),
            _ => name,
        }
    }
}

/// The words with a capital letter of names of several words that are not of people.
fn short_names<'a>(text: &'a Text<'_>) -> BTreeSet<&'a str> {
    let long = text.doc.names.iter().filter(|name| {
        name.tokens.len() > 1
            && matches!(name.kind, NameKind::Organization | NameKind::Group | NameKind::Place)
    });
    let words = long.flat_map(|name| (name.tokens.start..name.tokens.end).map(|at| text.word(at)));
    words.filter(|word| word.len() > 3 && word.starts_with(char::is_uppercase)).collect()
}

const PRONOUNS: [&str; 22] = [
    "he",
    "she",
    "they",
    "we",
    "i",
    "you",
    "it",
    "him",
    "her",
    "them",
    "us",
    "me",
    "who",
    "whom",
    "his",
    "their",
    "its",
    "our",
    "my",
    "your",
    "himself",
    "themselves",
];
