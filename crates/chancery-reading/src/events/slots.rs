//! Who stands in the slots around a trigger: who does it, and to whom.

use chancery_lexicon::frames::{Frame, Slot};
use chancery_model::{Deprel, NameKind, Upos};

use super::around::{Around, phrases, preposition};
use super::clause::{modifiers, subjects};
use super::parties::Parties;
use crate::who::is_tight;

/// Parties of one event, at most, on a side.
const MAX_PARTIES: usize = 24;

impl Parties<'_> {
    /// Actors and recipients of an event.
    ///
    /// `inner` answers to whom what an infinitive below it tells is done, by that verb's own frame.
    pub(super) fn of(
        &self,
        frame: &Frame,
        around: &Around,
        inner: &dyn Fn(u32) -> Vec<u32>,
    ) -> (Vec<u32>, Vec<u32>) {
        let noun = !matches!(self.text.upos(around.trigger), Upos::Verb | Upos::Adj);
        let mut actors = self.doers(&around.subject);
        let mut recipients = Vec::new();
        let of = |around: &Around| {
            around.phrases.iter().filter(|(n, _)| n == "of").map(|(_, h)| *h).collect::<Vec<_>>()
        };
        if noun && actors.is_empty() && FROM_ACTOR.contains(&frame.kind.as_str()) {
            let from = around.phrases.iter().filter(|(name, _)| name == "from").map(|(_, head)| *head);
            actors = self.all_in(&from.collect::<Vec<_>>());
        }
        let joins = frame.name_recipient || frame.kind == "CONSULT" && self.is_with_somebody(around);
        if noun && actors.is_empty() && joins {
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
        let of_actor = frame.of_actor || frame.kind == "CONSULT" && !frame.name_recipient;
        if noun && of_actor && actors.is_empty() {
            actors = self.all_in(&of(around));
        } else if noun && recipients.is_empty() {
            recipients = self.all_in(&of(around));
        }
        let mut below = false;
        for slot in &frame.recipient {
            if !recipients.is_empty() || self.blames_deed(frame, around) {
                break;
            }
            recipients = self.in_slot(slot, around, inner);
            recipients.retain(|&r| !actors.contains(&r) && !self.belongs_to(r, &actors));
            below = *slot == Slot::Open;
        }
        if PEACEFUL.contains(&frame.kind.as_str())
            && !frame.recipient.contains(&Slot::Preposition("in".to_owned()))
        {
            // "Refused to send troops to a village IN THE NORTH": what an infinitive is about may lie anywhere.
            recipients.retain(|&r| below || !self.is_venue(r));
            actors.retain(|&a| !self.is_venue(a));
        }
        if actors.is_empty() && frame.kind == "ASSAULT" {
            actors = self.strikers(around);
        }
        if actors.is_empty() && self.gives_up_own(frame, around) {
            actors = std::mem::take(&mut recipients);
        }
        let addressed = frame.kind != "PROTEST" || recipients.iter().any(|&r| self.is_addressed(r));
        if recipients.is_empty() || !addressed {
            let mut found = self.further(frame, around);
            found.retain(|r| !actors.contains(r));
            if !found.is_empty() {
                recipients = found;
            }
        }
        actors.truncate(MAX_PARTIES);
        recipients.truncate(MAX_PARTIES);
        if frame.swapped { (recipients, actors) } else { (actors, recipients) }
    }

    /// "A deal in the north": a place where, not a party.
    pub(super) fn is_venue(&self, at: u32) -> bool {
        let place = matches!(self.text.name_kind(at), Some(NameKind::Place | NameKind::Facility))
            || self.in_class("place_noun", self.text.lemma(at));
        place
            && matches!(preposition(self.text, at).as_str(), "in" | "at" | "near")
            && !self.text.is_rel(at, Deprel::Conj)
    }

    /// "Condemned the violation of the treaty with ORSK": who suffers a deed is not blamed for it; who did it stands before it or behind "by".
    fn blames_deed(&self, frame: &Frame, around: &Around) -> bool {
        let text = self.text;
        let deed = |&object: &u32| {
            self.in_class("deed", text.lemma(object)) || self.in_class("force_noun", text.lemma(object))
        };
        let nobody = |&object: &u32| {
            let done_by = phrases(text, object, Deprel::Nmod).iter().any(|(name, _)| name == "by");
            !done_by && self.owners_named(object).is_empty() && self.by_whom(object).is_empty()
        };
        frame.kind == "ACCUSE"
            && !around.object.is_empty()
            && around.object.iter().all(|object| deed(object) && nobody(object))
    }

    /// "mounted ITS invasion": a possessive that means one of those who act, or nobody that is known.
    fn belongs_to(&self, at: u32, actors: &[u32]) -> bool {
        let owner = self.text.deprel(at) == Deprel::NmodPoss && self.text.upos(at) == Upos::Pron;
        let chain = |at: u32| crate::who::who_of(self.text, self.reading, at).chain.ok();
        owner && chain(at).is_none_or(|own| actors.iter().any(|&actor| chain(actor) == Some(own)))
    }

    fn in_slot(&self, slot: &Slot, around: &Around, inner: &dyn Fn(u32) -> Vec<u32>) -> Vec<u32> {
        match slot {
            Slot::Subject => self.all_in(&around.subject),
            Slot::Object => self.all_in(&around.object),
            Slot::Indirect => self.all_in(&around.indirect),
            Slot::Open => self.told_of(&around.open, inner),
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
    fn told_of(&self, open: &[u32], inner: &dyn Fn(u32) -> Vec<u32>) -> Vec<u32> {
        for &verb in open {
            let own = inner(verb);
            if !own.is_empty() {
                return own;
            }
            let around = super::clause::around(self.text, verb);
            let slots = [Slot::Indirect, Slot::Object];
            let further = ["with", "to", "from", "for", "on", "against", "of", "in"]
                .map(|p| Slot::Preposition(p.to_owned()));
            for slot in slots.iter().chain(&further) {
                let found = self.in_slot(slot, &around, inner);
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// The parties in these phrases: their heads with all that are joined to them, or else whom the phrase names inside.
    pub(super) fn all_in(&self, heads: &[u32]) -> Vec<u32> {
        let mut out = Vec::new();
        for &head in heads {
            let joined: Vec<u32> = self.joined(head).into_iter().filter(|&h| self.is_party(h)).collect();
            let found = if joined.is_empty() { self.inside(head) } else { joined };
            out.extend(found.into_iter().filter(|h| !out.contains(h)).collect::<Vec<_>>());
        }
        out
    }

    /// Who acts: whose proposal it is does not act in what it does.
    fn doers(&self, heads: &[u32]) -> Vec<u32> {
        let mut out = self.all_in(heads);
        out.retain(|&at| {
            heads.iter().all(|&head| self.owner(head) != Some(at) || self.owners_named(head).contains(&at))
        });
        out
    }

    /// A head with what is joined to it, also where it is joined to the name behind it ("envoy A and B"); a title is not somebody
    /// beside the name that it stands before.
    fn joined(&self, head: u32) -> Vec<u32> {
        let text = self.text;
        let named = text.dependents_by(head, Deprel::Appos).find(|&a| is_tight(text, head, a));
        // "Leaders and President A": an apposition behind "and" is another one.
        let joins = |d: &u32| {
            text.is_rel(*d, Deprel::Conj)
                || text.is_rel(*d, Deprel::Appos) && text.dependent(*d, Deprel::Cc).is_some()
        };
        let more = |at: u32| text.dependents(at).iter().copied().filter(joins);
        let mut all: Vec<u32> =
            std::iter::once(head).chain(more(head)).chain(named.into_iter().flat_map(more)).collect();
        all.sort_unstable();
        if let (Some(name), false) = (named, self.is_party(head)) {
            all.push(name);
            all.sort_unstable();
        }
        let starts = |next: u32| text.name(next).map_or(next, |name| name.tokens.start);
        let title = |at: u32| {
            text.upos(at) == Upos::Noun && all.iter().any(|&next| next > at && starts(next) == at + 1)
        };
        all.iter().copied().filter(|&at| !title(at)).map(|at| self.counted(at).unwrap_or(at)).collect()
    }

    /// "A group of leaders": who is in it.
    fn counted(&self, head: u32) -> Option<u32> {
        let text = self.text;
        let shell = matches!(
            text.lemma(head),
            "group" | "number" | "team" | "series" | "part" | "most" | "some" | "member"
        ) || self.in_class("shell", text.lemma(head));
        let new = text.name(head).is_none()
            && text.dependents_by(head, Deprel::Det).all(|d| text.lemma(d) != "the");
        let of = text.dependents_by(head, Deprel::Nmod).filter(|&d| preposition(text, d) == "of");
        of.filter(|_| shell && new).find(|&d| self.is_party(d))
    }

    /// Whom a phrase that is nobody itself names inside: "the mayor's plan", "a plan by the mayor", "Orsk troops"; or whose proposal it is.
    fn inside(&self, head: u32) -> Vec<u32> {
        let owners = self.owners_named(head);
        let owners = if owners.is_empty() { self.by_whom(head) } else { owners };
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
        self.owner(head).into_iter().collect()
    }

    /// Names and possessors before a noun.
    pub(super) fn owners_named(&self, head: u32) -> Vec<u32> {
        modifiers(self.text, head).into_iter().filter(|&m| self.is_name_or_possessor(m)).collect()
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

/// Types of acts in which what stands behind "in" is no party.
const PEACEFUL: [&str; 7] = ["CONSULT", "AGREE", "COOPERATE", "REQUEST", "ACCUSE", "REJECT", "SUPPORT"];

/// Types whose nouns have their actor behind "from": "pressure from the guild".
const FROM_ACTOR: [&str; 7] = ["REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "AID", "AGREE", "REJECT"];
