//! Whether an event occurred, as the words put it: tense, aspect, mood, negation, and what the words above make of it.
//!
//! A verb tells by its own form first; an infinitive, a gerund or a noun by what governs it: "agreed to leave" is planned,
//! "demanded that they leave" demanded, "refused to leave" denied.

use chancery_lexicon::frames::{Frame, Frames};
use chancery_model::{BlockKind, Deprel, EventKind, Status, Upos, Xpos};

use super::around::Around;
use crate::Text;

mod nouns;

/// How far up the tree is looked.
const MAX_STEPS: usize = 8;

/// The status of an event.
pub(super) fn of(
    text: &Text<'_>,
    frames: &Frames,
    kind: EventKind,
    frame: &Frame,
    around: &Around,
) -> Status {
    let look = Look { text, frames, kind };
    match text.upos(around.trigger) {
        Upos::Verb => look.verb(around.trigger, MAX_STEPS),
        Upos::Adj => look.adjective(around.trigger),
        _ => look.noun(around.trigger, frame.lasting, MAX_STEPS),
    }
}

/// Whether somebody says of himself that he will not: "will not release them", "cannot accept it", "does not intend to attend".
pub(super) fn is_refusal(text: &Text<'_>, at: u32) -> bool {
    let has = |at: u32, rel: Deprel, words: &[&str]| {
        text.dependents_by(at, rel).any(|d| words.contains(&text.lemma(d)))
    };
    let not = |at: u32| has(at, Deprel::Advmod, &["not", "never", "n't", "n’t"]);
    let will = || has(at, Deprel::Aux, &["will", "would", "'ll", "wo", "’ll"]);
    let can = || {
        has(at, Deprel::Aux, &["can", "could", "ca"])
            && matches!(text.lemma(at), "accept" | "agree" | "allow")
    };
    let intends = |head: u32| {
        text.is_rel(at, Deprel::Xcomp) && matches!(text.lemma(head), "intend" | "plan" | "want") && not(head)
    };
    text.upos(at) == Upos::Verb && (not(at) && (will() || can()) || text.head(at).is_some_and(intends))
}

struct Look<'a> {
    text: &'a Text<'a>,
    frames: &'a Frames,
    kind: EventKind,
}

impl Look<'_> {
    fn verb(&self, at: u32, steps: usize) -> Status {
        if steps == 0 {
            return Status::Occurred;
        }
        if self.is_negated(at) {
            return Status::Denied;
        }
        // "Occupied territories", "frozen assets": what was done lasts.
        if self.text.is_rel(at, Deprel::Amod) && self.frames.in_class("standing", self.text.lemma(at)) {
            return Status::Ongoing;
        }
        if let Some(status) = self.by_helper(at) {
            return status;
        }
        if self.is_conditional(at) {
            return Status::Possible;
        }
        let text = self.text;
        let infinitive = text.dependents_by(at, Deprel::Mark).any(|m| text.lemma(m) == "to");
        if let Some(status) = self.of_described(at, steps) {
            return status;
        }
        match text.xpos(at) {
            Xpos::Vb if infinitive && self.helpers(at).any(|d| text.lemma(d) == "be") => Status::Planned,
            Xpos::Vb if infinitive => self.governed(at, steps),
            Xpos::Vb | Xpos::Vbg if !self.has_helper(at) => self.governed(at, steps),
            Xpos::Vbn if !self.has_helper(at) && text.deprel(at) == Deprel::Conj => self.governed(at, steps),
            _ => self.by_governor(at).unwrap_or_else(|| self.by_tense(at)),
        }
    }

    /// "A plan to see a force deployed", "proposals for troops to be deployed": a participle behind the object of what is not real yet.
    fn of_described(&self, at: u32, steps: usize) -> Option<Status> {
        let text = self.text;
        let noun = text.head(at).filter(|_| text.deprel(at) == Deprel::Acl && text.xpos(at) == Xpos::Vbn)?;
        let verb =
            text.head(noun).filter(|_| text.is_rel(noun, Deprel::Obj) && text.xpos(noun) != Xpos::Unread)?;
        let bare = text.xpos(verb) == Xpos::Vb && text.upos(verb) == Upos::Verb;
        let above = bare.then(|| self.verb(verb, steps - 1))?;
        (!matches!(above, Status::Occurred | Status::Ongoing)).then_some(above)
    }

    fn helpers(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        let text = self.text;
        text.dependents(at)
            .iter()
            .copied()
            .filter(move |&d| matches!(text.deprel(d), Deprel::Aux | Deprel::AuxPass | Deprel::Cop))
    }

    fn has_helper(&self, at: u32) -> bool {
        self.helpers(at).next().is_some()
    }

    fn is_negated(&self, at: u32) -> bool {
        let text = self.text;
        let no = |d: u32| matches!(text.lemma(d), "not" | "never" | "n't" | "n’t" | "no" | "neither" | "nor");
        let advmod = text.dependents_by(at, Deprel::Advmod).any(no);
        let subject = text.dependents_by(at, Deprel::Nsubj).any(|s| {
            matches!(text.lemma(s), "nobody" | "none" | "no-one")
                || text.dependents_by(s, Deprel::Det).any(no)
        });
        let object = text.dependents_by(at, Deprel::Obj).any(|o| text.dependents_by(o, Deprel::Det).any(no));
        let without = text.dependents_by(at, Deprel::Mark).any(|m| text.lemma(m) == "without");
        advmod || subject || object || without
    }

    /// "will", "could", "must", "going to".
    fn by_helper(&self, at: u32) -> Option<Status> {
        let text = self.text;
        self.helpers(at).find_map(|d| match text.lemma(d) {
            "will" | "shall" | "'ll" | "wo" | "’ll" => Some(Status::Planned),
            "would" | "'d" | "’d" => Some(self.would(at)),
            "can" | "could" | "may" | "might" | "ca" => Some(Status::Possible),
            "must" | "should" | "ought" | "need" => Some(Status::Demanded),
            _ => None,
        })
    }

    /// "said they would leave" tells of a plan, "would leave if" of a possibility.
    fn would(&self, at: u32) -> Status {
        let text = self.text;
        let reported = text.head(at).is_some_and(|head| {
            text.is_rel(at, Deprel::Ccomp) && matches!(text.xpos(head), Xpos::Vbd | Xpos::Vbn)
        });
        let hangs = text.dependents_by(at, Deprel::Advcl).any(|c| self.is_conditional(c));
        if reported && !hangs { Status::Planned } else { Status::Possible }
    }

    fn is_conditional(&self, at: u32) -> bool {
        let text = self.text;
        text.dependents_by(at, Deprel::Mark)
            .any(|m| matches!(text.lemma(m), "if" | "unless" | "whether" | "lest"))
    }

    fn by_tense(&self, at: u32) -> Status {
        let text = self.text;
        let helpers: Vec<&str> = self.helpers(at).map(|d| text.lemma(d)).collect();
        let present = |d: u32| matches!(text.xpos(d), Xpos::Vbz | Xpos::Vbp);
        let be_present = self.helpers(at).any(|d| text.lemma(d) == "be" && present(d));
        match text.xpos(at) {
            Xpos::Vbg if helpers.contains(&"be") || helpers.contains(&"have") => Status::Ongoing,
            Xpos::Vbg => Status::Occurred,
            Xpos::Vbn
                if be_present
                    && !helpers.contains(&"have")
                    && self.kind != EventKind::Support
                    && !self.in_headline(at) =>
            {
                Status::Ongoing
            }
            Xpos::Vbz | Xpos::Vbp if self.lasts() && !self.in_headline(at) => Status::Ongoing,
            _ => Status::Occurred,
        }
    }

    /// The present tense of an act of words tells that it was done; of another act, that it goes on.
    fn lasts(&self) -> bool {
        matches!(
            self.kind,
            EventKind::Assault
                | EventKind::Coerce
                | EventKind::Mobilize
                | EventKind::Sanction
                | EventKind::Aid
                | EventKind::Cooperate
                | EventKind::Protest
        )
    }

    fn is_speech(&self) -> bool {
        matches!(self.kind, EventKind::Request | EventKind::Accuse | EventKind::Threaten | EventKind::Agree)
    }

    fn in_headline(&self, at: u32) -> bool {
        let block = self.text.sentence(at).block as usize;
        self.text
            .article
            .blocks
            .get(block)
            .is_some_and(|b| matches!(b.kind, BlockKind::Headline | BlockKind::Heading))
    }

    /// What the verb above a finite clause makes of it.
    fn by_governor(&self, at: u32) -> Option<Status> {
        let head = self.text.head(at)?;
        match self.text.deprel(at).general() {
            // "Insisted that it had been sent": what is told in the past is claimed, not demanded.
            Deprel::Ccomp => self
                .turn(self.text.lemma(head))
                .filter(|turned| *turned != Status::Demanded || !self.is_told_in_past(at)),
            Deprel::Conj => None,
            _ => None,
        }
    }

    fn is_told_in_past(&self, at: u32) -> bool {
        self.text.xpos(at) == Xpos::Vbd || self.helpers(at).any(|d| self.text.xpos(d) == Xpos::Vbd)
    }

    /// An infinitive, a gerund or a participle takes its status from what governs it.
    fn governed(&self, at: u32, steps: usize) -> Status {
        let text = self.text;
        let Some(head) = text.head(at) else {
            // Without a subject it is a command; with one, a tense that the tags did not tell.
            let told = text.dependent(at, Deprel::Nsubj).is_some();
            return match text.xpos(at) {
                Xpos::Vb if !told => Status::Demanded,
                Xpos::Vbg => Status::Ongoing,
                _ => Status::Occurred,
            };
        };
        let mark = text.dependents_by(at, Deprel::Mark).next().map_or("", |m| text.lemma(m));
        match (mark, text.xpos(at)) {
            ("before", _) => return Status::Planned,
            ("after" | "since" | "while" | "when" | "by", _) => return self.above(head, steps),
            _ => {}
        }
        // "were to present", "is to visit".
        if text.lemma(head) == "be" && text.is_rel(at, Deprel::Xcomp) && mark == "to" {
            return Status::Planned;
        }
        if self.is_own_will(at, head) {
            return if self.above(head, steps) == Status::Denied { Status::Denied } else { Status::Planned };
        }
        // "Speaking at noon, she urged …": a participle beside a clause is no part of what its verb makes of others.
        let beside = text.is_rel(at, Deprel::Advcl) && mark.is_empty();
        // "Remains due to meet": the adjective beside the infinitive says it.
        let due = text.dependents_by(head, Deprel::Xcomp).filter(|&d| d < at && text.upos(d) == Upos::Adj);
        let turned =
            self.turn(text.lemma(head)).or_else(|| due.into_iter().find_map(|d| self.turn(text.lemma(d))));
        // "Blocked the bridge to demand": what somebody does to reach an end is not kept from happening.
        let end = mark == "to"
            && turned == Some(Status::Denied)
            && self.frames.in_class("hinders", text.lemma(head));
        if let Some(status) = turned.filter(|_| !beside && !end) {
            return match (self.above(head, steps), status) {
                // "Have not ruled out making arrests".
                (Status::Denied, Status::Denied) if self.is_negated(head) => Status::Possible,
                (Status::Denied, _) => Status::Denied,
                _ => status,
            };
        }
        let above = self.above(head, steps);
        let purpose = mark == "to" && matches!(text.deprel(at).general(), Deprel::Advcl | Deprel::Acl);
        match above {
            // "Marched to demand a reform": who comes to say it says it.
            Status::Occurred | Status::Ongoing
                if purpose && self.is_speech() && text.is_rel(at, Deprel::Advcl) =>
            {
                Status::Occurred
            }
            Status::Occurred | Status::Ongoing if purpose => Status::Possible,
            above => above,
        }
    }

    /// "wants to meet them": what somebody wants to do himself is his plan; what he wants of others is a demand.
    fn is_own_will(&self, at: u32, head: u32) -> bool {
        let text = self.text;
        text.is_rel(at, Deprel::Xcomp)
            && text.dependent(head, Deprel::Obj).is_none()
            && text.upos(head) == Upos::Verb
            && self.frames.in_class("own_will", text.lemma(head))
    }

    fn above(&self, head: u32, steps: usize) -> Status {
        match self.text.upos(head) {
            Upos::Verb => self.verb(head, steps - 1),
            Upos::Adj => self.adjective(head),
            _ if self.text.dependent(head, Deprel::Cop).is_some() => self.adjective(head),
            _ => self.noun(head, false, steps - 1),
        }
    }

    fn adjective(&self, at: u32) -> Status {
        if self.is_negated(at) {
            return Status::Denied;
        }
        self.by_helper(at).unwrap_or(if self.is_conditional(at) {
            Status::Possible
        } else {
            Status::Occurred
        })
    }

    /// What a governing verb, noun or adjective makes of what it governs.
    fn turn(&self, word: &str) -> Option<Status> {
        let is = |class: &str| self.frames.in_class(class, word);
        match () {
            () if is("turns_planned") => Some(Status::Planned),
            () if is("turns_demanded") => Some(Status::Demanded),
            () if is("turns_denied") => Some(Status::Denied),
            () if is("turns_possible") => Some(Status::Possible),
            () => None,
        }
    }
}
