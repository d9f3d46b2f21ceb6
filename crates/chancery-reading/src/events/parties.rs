//! Who can act or be acted upon, and who of them does so in an event.

use chancery_lexicon::frames::{Frame, Frames, Slot};
use chancery_model::{Deprel, EntityKind, NameKind, Reading, Upos};

use super::around::{Around, phrases};
use super::clause::{modifiers, subjects};
use crate::Text;

/// Parties of one event, at most, on a side.
const MAX_PARTIES: usize = 24;

/// Knows which words mean a person, a body, a group or a country.
pub(super) struct Parties<'a> {
    text: &'a Text<'a>,
    reading: &'a Reading,
    /// Index of the mention that a token heads, plus one.
    mentions: Vec<u32>,
    frames: &'static Frames,
}

impl<'a> Parties<'a> {
    pub(super) fn new(text: &'a Text<'a>, reading: &'a Reading) -> Self {
        let mut mentions = vec![0; text.len()];
        for (at, mention) in reading.mentions.iter().enumerate() {
            mentions[mention.head as usize] = at as u32 + 1;
        }
        Self { text, reading, mentions, frames: Frames::shipped() }
    }

    /// Whether the noun or pronoun at `at` means somebody.
    pub(super) fn is_party(&self, at: u32) -> bool {
        if self.kind(at).is_some_and(|kind| kind != EntityKind::Thing) {
            return true;
        }
        let text = self.text;
        if let Some(kind) = text.name_kind(at) {
            return kind != NameKind::Other;
        }
        match text.upos(at) {
            Upos::Pron => PRONOUNS.contains(&text.lemma(at)),
            Upos::Noun => self.names_somebody(text.lemma(at)),
            Upos::Propn => {
                let low = text.lemma(at).to_lowercase();
                self.names_somebody(low.strip_suffix('s').unwrap_or(&low)) || self.names_somebody(&low)
            }
            Upos::Num => text.dependents_by(at, Deprel::Nmod).any(|d| self.is_party(d)),
            _ => false,
        }
    }

    /// Whether a noun names people or a body by what they do: by the list, or by its ending ("ferryman", "trader").
    fn names_somebody(&self, noun: &str) -> bool {
        let ending = || {
            self.frames.class("party_endings").any(|end| noun.len() > end.len() + 2 && noun.ends_with(end))
        };
        self.frames.in_class("party", noun) || (ending() && !self.frames.in_class("not_party", noun))
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

    /// Actors and recipients of an event.
    pub(super) fn of(&self, frame: &Frame, around: &Around) -> (Vec<u32>, Vec<u32>) {
        let noun = !matches!(self.text.upos(around.trigger), Upos::Verb | Upos::Adj);
        let mut actors = self.all_in(&around.subject);
        let mut recipients = Vec::new();
        let of = |around: &Around| {
            around.phrases.iter().filter(|(n, _)| n == "of").map(|(_, h)| *h).collect::<Vec<_>>()
        };
        if noun && actors.is_empty() && FROM_ACTOR.contains(&frame.kind.as_str()) {
            let from = around.phrases.iter().filter(|(name, _)| name == "from").map(|(_, head)| *head);
            actors = self.all_in(&from.collect::<Vec<_>>());
        }
        if noun && actors.is_empty() && frame.name_recipient {
            actors = self.traveller(around.trigger);
        }
        if noun && frame.name_recipient {
            let names: Vec<u32> = around
                .modifiers
                .iter()
                .copied()
                .filter(|&m| self.is_name_or_possessor(m) && self.text.deprel(m) == Deprel::Compound)
                .collect();
            actors.retain(|a| !names.contains(a));
            recipients = self.all_in(&names);
        }
        if noun && frame.of_actor && actors.is_empty() {
            actors = self.all_in(&of(around));
        } else if noun && recipients.is_empty() {
            recipients = self.all_in(&of(around));
        }
        for slot in &frame.recipient {
            if !recipients.is_empty() {
                break;
            }
            recipients = self.in_slot(slot, frame, around);
            recipients.retain(|r| !actors.contains(r));
        }
        actors.truncate(MAX_PARTIES);
        recipients.truncate(MAX_PARTIES);
        if frame.swapped { (recipients, actors) } else { (actors, recipients) }
    }

    /// "she said during a visit to Orsk": who does what the visit goes with.
    fn traveller(&self, visit: u32) -> Vec<u32> {
        let text = self.text;
        let verb =
            text.head(visit).filter(|&head| text.is_rel(visit, Deprel::Obl) && text.upos(head) == Upos::Verb);
        verb.map_or(Vec::new(), |verb| self.all_in(&subjects(text, verb, 4)))
    }

    fn in_slot(&self, slot: &Slot, frame: &Frame, around: &Around) -> Vec<u32> {
        match slot {
            Slot::Subject => self.all_in(&around.subject),
            Slot::Object => self.all_in(&around.object),
            Slot::Indirect => self.all_in(&around.indirect),
            Slot::Open => self.told_of(&around.open, frame),
            Slot::Clause => {
                let subjects: Vec<u32> =
                    around.clause.iter().flat_map(|&c| subjects(self.text, c, 2)).collect();
                self.all_in(&subjects)
            }
            Slot::Preposition(name) => {
                let named = around
                    .phrases
                    .iter()
                    .filter(|(n, _)| n == name || n.strip_prefix(name).is_some_and(|r| r.starts_with(' ')));
                self.all_in(&named.map(|(_, head)| *head).collect::<Vec<_>>())
            }
            Slot::Particle | Slot::Modifier | Slot::Verb => Vec::new(),
        }
    }

    /// Whom the infinitive is about: "refused to meet the MAYOR".
    fn told_of(&self, open: &[u32], frame: &Frame) -> Vec<u32> {
        for &verb in open {
            let inner = super::clause::around(self.text, verb);
            let slots = [Slot::Indirect, Slot::Object];
            let further = ["with", "to", "from", "for", "on", "against", "of", "in"]
                .map(|p| Slot::Preposition(p.to_owned()));
            for slot in slots.iter().chain(&further) {
                let found = self.in_slot(slot, frame, &inner);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The parties in these phrases: their heads with all that are joined to them, or else whom the phrase names inside.
    fn all_in(&self, heads: &[u32]) -> Vec<u32> {
        let mut out = Vec::new();
        for &head in heads {
            let joined = std::iter::once(head).chain(self.text.dependents_by(head, Deprel::Conj));
            let joined: Vec<u32> = joined.filter(|&h| self.is_party(h)).collect();
            let found = if joined.is_empty() { self.inside(head) } else { joined };
            out.extend(found.into_iter().filter(|h| !out.contains(h)).collect::<Vec<_>>());
        }
        out
    }

    /// Whom a phrase that is nobody itself names inside: "the mayor's plan", "a plan by the mayor", "Orsk troops".
    fn inside(&self, head: u32) -> Vec<u32> {
        let owners: Vec<u32> =
            modifiers(self.text, head).into_iter().filter(|&m| self.is_name_or_possessor(m)).collect();
        if !owners.is_empty() {
            return owners;
        }
        let inner = phrases(self.text, head, Deprel::Nmod);
        for wanted in ["by", "of", "from", "against", "on", "with", "to", "for", "in", "between"] {
            let named = inner.iter().filter(|(name, _)| name == wanted);
            let found: Vec<u32> = named
                .flat_map(|(_, h)| std::iter::once(*h).chain(self.text.dependents_by(*h, Deprel::Conj)))
                .filter(|&h| self.is_party(h))
                .collect();
            if !found.is_empty() {
                return found;
            }
        }
        self.by_whom(head)
    }

    /// "missiles fired by the army".
    fn by_whom(&self, head: u32) -> Vec<u32> {
        let clauses =
            self.text.dependents(head).iter().copied().filter(|&d| self.text.deprel(d) == Deprel::Acl);
        let agents =
            clauses.flat_map(|c| phrases(self.text, c, Deprel::Obl)).filter(|(name, _)| name == "by");
        agents.map(|(_, h)| h).filter(|&h| self.is_party(h)).collect()
    }
}

/// Types whose nouns have their actor behind "from": "pressure from the guild".
const FROM_ACTOR: [&str; 7] = ["REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "AID", "AGREE", "REJECT"];

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
