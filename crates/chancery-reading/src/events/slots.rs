//! Who stands in the slots around a trigger: who does it, and to whom.

use chancery_lexicon::frames::{Frame, Slot};
use chancery_model::{Deprel, NameKind, Upos};

use super::around::{Around, phrases, preposition};
use super::clause::{is_passive, modifiers, subjects};
use super::parties::Parties;
use crate::who::is_tight;

/// Parties of one event, at most, on a side.
const MAX_PARTIES: usize = 24;

impl Parties<'_> {
    /// Actors and recipients of an event.
    pub(super) fn of(&self, frame: &Frame, around: &Around) -> (Vec<u32>, Vec<u32>) {
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
        for slot in &frame.recipient {
            if !recipients.is_empty() {
                break;
            }
            recipients = self.in_slot(slot, frame, around);
            recipients.retain(|&r| !actors.contains(&r) && !self.belongs_to(r, &actors));
        }
        if PEACEFUL.contains(&frame.kind.as_str())
            && !frame.recipient.contains(&Slot::Preposition("in".to_owned()))
        {
            recipients.retain(|&r| !self.is_venue(r));
            actors.retain(|&a| !self.is_venue(a));
        }
        if actors.is_empty() && frame.kind == "ASSAULT" {
            actors = self.strikers(around);
        }
        if actors.is_empty() && self.gives_up_own(frame, around) {
            actors = std::mem::take(&mut recipients);
        }
        if recipients.is_empty() {
            recipients = self.pressed(around);
            recipients.retain(|r| !actors.contains(r));
        }
        if recipients.is_empty() && YIELDING.contains(&frame.kind.as_str()) {
            recipients = self.demander(around.trigger);
            recipients.retain(|r| !actors.contains(r));
        }
        actors.truncate(MAX_PARTIES);
        recipients.truncate(MAX_PARTIES);
        if frame.swapped { (recipients, actors) } else { (actors, recipients) }
    }

    /// "Killed in AN ISRAELI strike".
    fn strikers(&self, around: &Around) -> Vec<u32> {
        let passive = self.text.upos(around.trigger) == Upos::Verb && is_passive(self.text, around.trigger);
        let within = around.phrases.iter().filter(|(name, head)| {
            passive
                && matches!(name.as_str(), "in" | "during" | "from")
                && self.in_class("force_noun", self.text.lemma(*head))
        });
        within.flat_map(|(_, head)| self.owners_named(*head)).collect()
    }

    /// "The plan was revised", "the troops were withdrawn": of a passive without an agent, what is given up belongs to who gives it up.
    fn gives_up_own(&self, frame: &Frame, around: &Around) -> bool {
        let text = self.text;
        let own = |&head: &u32| match frame.kind.as_str() {
            "CONCEDE" => !self.is_party(head),
            "RETREAT" => self.in_class("troop", text.lemma(head)),
            _ => false,
        };
        is_passive(text, around.trigger) && !around.object.is_empty() && around.object.iter().all(own)
    }

    /// Pressure: "revised under pressure from THE GUILD", and of the noun itself whose plan it is that was revised.
    fn pressed(&self, around: &Around) -> Vec<u32> {
        let text = self.text;
        let under = |noun: u32| text.lemma(noun) == "pressure" && preposition(text, noun) == "under";
        if under(around.trigger) {
            let held = text.head(around.trigger);
            return held.map_or(Vec::new(), |head| self.all_in(&subjects(text, head, 4)));
        }
        let pressure = around.phrases.iter().filter(|(_, head)| under(*head));
        let from = pressure.flat_map(|(_, head)| phrases(text, *head, Deprel::Nmod));
        self.all_in(&from.filter(|(name, _)| name == "from").map(|(_, head)| head).collect::<Vec<_>>())
    }

    /// "A deal in the north": a place where, not a party.
    fn is_venue(&self, at: u32) -> bool {
        let place = matches!(self.text.name_kind(at), Some(NameKind::Place | NameKind::Facility))
            || self.in_class("place_noun", self.text.lemma(at));
        place
            && matches!(preposition(self.text, at).as_str(), "in" | "at" | "near")
            && !self.text.is_rel(at, Deprel::Conj)
    }

    /// Who demands it: "THE GUILD demanded that the owners sign".
    fn demander(&self, trigger: u32) -> Vec<u32> {
        let text = self.text;
        let verb = text
            .above(trigger)
            .take(MAX_CLIMB)
            .find(|&at| text.upos(at) == Upos::Verb && self.in_class("presses", text.lemma(at)));
        let between = |verb: u32| text.above(trigger).take_while(move |&at| at != verb);
        // What is told of a noun on the way up is told beside the demand.
        let told_apart =
            |at: u32| matches!(text.deprel(at), Deprel::AclRelcl | Deprel::Parataxis | Deprel::Conj);
        let within = verb.filter(|&verb| !told_apart(trigger) && !between(verb).any(told_apart));
        within.map_or(Vec::new(), |verb| self.all_in(&subjects(text, verb, 4)))
    }

    /// "mounted ITS invasion": a possessive that means one of those who act, or nobody that is known.
    fn belongs_to(&self, at: u32, actors: &[u32]) -> bool {
        let owner = self.text.deprel(at) == Deprel::NmodPoss && self.text.upos(at) == Upos::Pron;
        let chain = |at: u32| crate::who::who_of(self.text, self.reading, at).chain.ok();
        owner && chain(at).is_none_or(|own| actors.iter().any(|&actor| chain(actor) == Some(own)))
    }

    /// "A meeting WITH THE MAYOR", "a call TO HIM".
    fn is_with_somebody(&self, around: &Around) -> bool {
        around
            .phrases
            .iter()
            .any(|(name, head)| matches!(name.as_str(), "with" | "to") && !self.all_in(&[*head]).is_empty())
    }

    /// "she said during a visit to Orsk", "he gave in after a call with the mayor": who does what the visit goes with.
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
        let by = self.by_whom(head);
        if by.is_empty() { self.owner(head).into_iter().collect() } else { by }
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

/// Types of acts that somebody who demands them stands to gain from.
const YIELDING: [&str; 4] = ["CONCEDE", "RETREAT", "AID", "SUPPORT"];

/// Words above a trigger among which a demand is looked for.
const MAX_CLIMB: usize = 4;

/// Types whose nouns have their actor behind "from": "pressure from the guild".
const FROM_ACTOR: [&str; 7] = ["REQUEST", "ACCUSE", "THREATEN", "SUPPORT", "AID", "AGREE", "REJECT"];
