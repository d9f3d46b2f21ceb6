//! What the words around an event noun make of it: "planned talks", "no deal", "held a meeting", "ahead of the visit".

use chancery_model::{Deprel, EventKind, Status, Xpos};

use super::Look;
use crate::events::around::preposition;

impl Look<'_> {
    pub(super) fn noun(&self, at: u32, lasting: bool, steps: usize) -> Status {
        if steps == 0 {
            return Status::Occurred;
        }
        if let Some(status) = self.by_modifier(at) {
            let denied = status == Status::Possible && self.by_place(at, steps) == Some(Status::Denied);
            return if denied { Status::Denied } else { status };
        }
        // "Moscow's demands": what somebody demands stands until it is met.
        let stands = self.kind == EventKind::Request && self.text.xpos(at) == Xpos::Nns;
        let default = if lasting || stands { Status::Ongoing } else { Status::Occurred };
        self.by_place(at, steps).unwrap_or(default)
    }

    /// "planned talks", "a possible strike", "no talks".
    fn by_modifier(&self, at: u32) -> Option<Status> {
        let text = self.text;
        text.dependents(at).iter().find_map(|&d| {
            let word = text.lemma(d);
            let form = text.word(d).to_lowercase();
            let is = |class: &str| self.frames.in_class(class, word) || self.frames.in_class(class, &form);
            match text.deprel(d).general() {
                Deprel::Det if matches!(word, "no" | "neither") => Some(Status::Denied),
                Deprel::Det if word == "any" => Some(Status::Possible),
                Deprel::Amod | Deprel::Compound | Deprel::Acl if is("noun_planned") => Some(Status::Planned),
                Deprel::Amod | Deprel::Compound | Deprel::Acl if is("noun_possible") => {
                    Some(Status::Possible)
                }
                Deprel::Amod | Deprel::Compound if is("noun_ongoing") => Some(Status::Ongoing),
                Deprel::Amod | Deprel::Acl if is("noun_denied") => Some(Status::Denied),
                _ => None,
            }
        })
    }

    /// What the word that a noun hangs on makes of it.
    fn by_place(&self, at: u32, steps: usize) -> Option<Status> {
        let text = self.text;
        let head = text.head(at)?;
        match text.deprel(at) {
            Deprel::Conj => Some(self.noun(head, false, steps - 1)),
            Deprel::Obj | Deprel::NsubjPass => self.of_object(head, steps),
            Deprel::Nsubj => self.of_subject(head, steps),
            Deprel::Obl | Deprel::Nmod | Deprel::OblAgent => self.of_phrase(at, head, steps),
            _ => None,
        }
    }

    fn of_object(&self, verb: u32, steps: usize) -> Option<Status> {
        let word = self.text.lemma(verb);
        let is = |class: &str| self.frames.in_class(class, word);
        let own = self.above(verb, steps);
        match () {
            // A demand that is rejected was made.
            () if is("says_no") && self.is_speech() => Some(Status::Occurred),
            // What somebody wants to end goes on.
            () if is("stop") && !self.is_speech() && !matches!(own, Status::Occurred | Status::Denied) => {
                Some(Status::Ongoing)
            }
            () if is("ends") && own != Status::Denied => Some(Status::Denied),
            () if self.is_called_off(verb) && own != Status::Denied => Some(Status::Denied),
            () if is("demands") => Some(Status::Demanded),
            () if is("maybe") => Some(Status::Possible),
            () if is("planning") => Some(Status::Planned),
            () if is("keeps_on") && own == Status::Occurred && self.is_perfect(verb) => Some(Status::Ongoing),
            () if is("gives_actor") || is("light") => Some(own),
            () => None,
        }
    }

    /// "called off".
    fn is_called_off(&self, verb: u32) -> bool {
        let mut particles = self.text.dependents_by(verb, Deprel::CompoundPrt);
        self.text.lemma(verb) == "call" && particles.any(|particle| self.text.lemma(particle) == "off")
    }

    /// "has stepped up".
    fn is_perfect(&self, verb: u32) -> bool {
        self.helpers(verb).any(|d| self.text.lemma(d) == "have" && self.text.xpos(d) != Xpos::Vbd)
    }

    fn of_subject(&self, verb: u32, steps: usize) -> Option<Status> {
        match self.above(verb, steps) {
            status @ (Status::Planned | Status::Possible | Status::Demanded) => Some(status),
            Status::Denied if self.frames.in_class("happens", self.text.lemma(verb)) => Some(Status::Denied),
            Status::Ongoing if self.frames.in_class("happens", self.text.lemma(verb)) => {
                Some(Status::Ongoing)
            }
            _ => None,
        }
    }

    fn is_blamed_now(&self, at: u32, head: u32) -> bool {
        let text = self.text;
        let now = self.helpers(head).any(|d| matches!(text.xpos(d), Xpos::Vbz | Xpos::Vbp));
        let many = text.xpos(at) == Xpos::Nns
            || text.dependents_by(at, Deprel::Nmod).any(|d| text.xpos(d) == Xpos::Nns);
        now && many && self.frames.in_class("blames", text.lemma(head))
    }

    /// "No sign".
    fn is_none(&self, at: u32) -> bool {
        self.text.dependents_by(at, Deprel::Det).any(|d| self.text.lemma(d) == "no")
    }

    fn of_phrase(&self, at: u32, head: u32, steps: usize) -> Option<Status> {
        let word = self.text.lemma(head);
        match preposition(self.text, at).as_str() {
            // "Said during a visit": he was still there.
            "during" if matches!(self.text.lemma(at), "visit" | "trip" | "tour") => Some(Status::Ongoing),
            "of" if self.is_none(head) => Some(Status::Denied),
            "before" | "ahead of" | "until" | "till" => Some(Status::Planned),
            "without" => Some(Status::Denied),
            // "A spate of raids".
            "of" if self.frames.in_class("shell", word) => self.by_place(head, steps.saturating_sub(1)),
            // "Is blamed for raids": what somebody is blamed for as a habit goes on.
            "for" if self.is_blamed_now(at, head) => Some(Status::Ongoing),
            "after" | "following" | "since" | "during" | "despite" | "amid" => Some(Status::Occurred),
            "for" | "to" | "of" | "on" | "about" | "against" | "in" => self.turn(word).map(|status| {
                if self.above(head, steps) == Status::Denied { Status::Denied } else { status }
            }),
            _ => None,
        }
    }
}
