//! Parties that stand further off than the slots of a frame: who demands what is conceded, on whose doing a threat hangs, against whom
//! people march.

use chancery_lexicon::frames::Frame;
use chancery_model::{Deprel, Upos};

use super::around::{Around, phrases, preposition};
use super::clause::{around as clause_around, is_passive, subjects};
use super::parties::Parties;

impl Parties<'_> {
    /// To whom an act was done, where no slot of its frame names somebody.
    pub(super) fn further(&self, frame: &Frame, around: &Around) -> Vec<u32> {
        let mut found = self.pressed(around);
        if found.is_empty() && YIELDING.contains(&frame.kind.as_str()) {
            found = self.demander(around.trigger);
        }
        if found.is_empty() {
            found = match frame.kind.as_str() {
                "PROTEST" => self.protested(around),
                "THREATEN" => self.on_condition(around),
                "ASSAULT" | "COERCE" => self.aimed(around.trigger),
                _ => Vec::new(),
            };
        }
        found
    }

    /// "Marched in protest against THE LEVY'S makers", "blocked the bridge to demand reforms by THE COUNCIL".
    fn protested(&self, around: &Around) -> Vec<u32> {
        let text = self.text;
        let against = around.phrases.iter().filter(|(name, head)| {
            name == "in" && matches!(text.lemma(*head), "protest" | "defiance" | "opposition" | "anger")
        });
        let named = against.flat_map(|(_, head)| phrases(text, *head, Deprel::Nmod)).map(|(_, head)| head);
        let found = self.all_in(&named.collect::<Vec<_>>());
        if !found.is_empty() {
            return found;
        }
        let verb = if text.upos(around.trigger) == Upos::Verb { Some(around.trigger) } else { around.verb };
        let clauses = verb.map_or(&[][..], |verb| text.dependents(verb)).iter().copied().filter(|&d| {
            matches!(text.deprel(d).general(), Deprel::Advcl | Deprel::Xcomp | Deprel::Conj)
                && (self.in_class("presses", text.lemma(d))
                    || matches!(text.lemma(d), "protest" | "denounce" | "show"))
        });
        for clause in clauses {
            let inner = clause_around(text, clause);
            let behind =
                |name: &str| inner.phrases.iter().filter(|(n, _)| n == name).map(|(_, head)| *head).collect();
            for heads in
                [behind("against"), behind("on"), inner.object.clone(), behind("for"), behind("from")]
            {
                let found: Vec<u32> =
                    self.all_in(&heads).into_iter().filter(|&at| self.is_addressed(at)).collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        Vec::new()
    }

    /// Whether somebody can be meant: no bare road, bridge or square.
    pub(super) fn is_addressed(&self, at: u32) -> bool {
        self.text.name(at).is_some()
            || !self.in_class("place_noun", self.text.lemma(at)) && !self.is_venue(at)
    }

    /// "Will strike unless THE OWNERS sign": on whose doing it hangs.
    fn on_condition(&self, around: &Around) -> Vec<u32> {
        let text = self.text;
        let verbs = std::iter::once(around.trigger)
            .chain(around.open.iter().copied())
            .chain(around.clause.iter().copied());
        let is_condition = |&clause: &u32| {
            text.is_rel(clause, Deprel::Advcl)
                && text.dependents_by(clause, Deprel::Mark).any(|m| matches!(text.lemma(m), "if" | "unless"))
        };
        let conditions = verbs.flat_map(|verb| text.dependents(verb).iter().copied().filter(is_condition));
        self.all_in(&conditions.flat_map(|clause| subjects(text, clause, 0)).collect::<Vec<_>>())
    }

    /// "Opened fire to disperse THE CROWD".
    fn aimed(&self, trigger: u32) -> Vec<u32> {
        let text = self.text;
        let purpose = text
            .dependents_by(trigger, Deprel::Advcl)
            .filter(|&clause| text.dependents_by(clause, Deprel::Mark).any(|m| text.lemma(m) == "to"));
        let objects = purpose.flat_map(|clause| clause_around(text, clause).object);
        objects.filter(|&object| self.is_party(object)).collect()
    }

    /// "Killed in AN ISRAELI strike".
    pub(super) fn strikers(&self, around: &Around) -> Vec<u32> {
        let passive = self.text.upos(around.trigger) == Upos::Verb && is_passive(self.text, around.trigger);
        let within = around.phrases.iter().filter(|(name, head)| {
            passive
                && matches!(name.as_str(), "in" | "during" | "from")
                && self.in_class("force_noun", self.text.lemma(*head))
        });
        within.flat_map(|(_, head)| self.owners_named(*head)).collect()
    }

    /// "The plan was revised", "the troops were withdrawn": of a passive without an agent, what is given up belongs to who gives it up.
    pub(super) fn gives_up_own(&self, frame: &Frame, around: &Around) -> bool {
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

    /// "A meeting WITH THE MAYOR", "a call TO HIM".
    pub(super) fn is_with_somebody(&self, around: &Around) -> bool {
        around
            .phrases
            .iter()
            .any(|(name, head)| matches!(name.as_str(), "with" | "to") && !self.all_in(&[*head]).is_empty())
    }

    /// "she said during a visit to Orsk", "he gave in after a call with the mayor": who does what the visit goes with.
    pub(super) fn traveller(&self, visit: u32) -> Vec<u32> {
        let text = self.text;
        let verb =
            text.head(visit).filter(|&head| text.is_rel(visit, Deprel::Obl) && text.upos(head) == Upos::Verb);
        verb.map_or(Vec::new(), |verb| self.all_in(&subjects(text, verb, 4)))
    }
}

/// Words above a trigger among which a demand is looked for.
const MAX_CLIMB: usize = 4;

/// Types of acts that somebody who demands them stands to gain from.
const YIELDING: [&str; 4] = ["CONCEDE", "RETREAT", "AID", "SUPPORT"];
