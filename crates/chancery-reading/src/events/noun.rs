//! What stands around a noun that tells of an event: "the talks between A and B", "their attack on C", "D held a rally against E".

use chancery_lexicon::frames::Frames;
use chancery_model::Deprel;

use super::around::{Around, phrases};
use super::clause::{is_passive, modifiers, subjects};
use super::parties::Parties;
use crate::Text;

/// What stands around the noun at `at`.
pub(super) fn around(text: &Text<'_>, parties: &Parties<'_>, frames: &Frames, at: u32) -> Around {
    let mut out = Around { trigger: at, ..Around::default() };
    out.modifiers = modifiers(text, at);
    out.phrases = phrases(text, at, Deprel::Nmod);
    for &clause in text.dependents(at).iter().filter(|&&d| text.deprel(d) == Deprel::Acl) {
        if text.dependents_by(clause, Deprel::Mark).any(|m| text.lemma(m) == "to") {
            out.open.push(clause);
        } else if text.dependents_by(clause, Deprel::Mark).any(|m| text.lemma(m) == "that") {
            out.clause.push(clause);
        }
    }
    let together = ["by", "between", "among"];
    let agents = out.phrases.iter().filter(|(name, _)| together.contains(&name.as_str()));
    out.subject = agents.map(|(_, head)| *head).collect();
    if out.subject.is_empty() {
        out.subject = out.modifiers.iter().copied().filter(|&m| parties.is_name_or_possessor(m)).collect();
    }
    light_verb(text, frames, at, &mut out);
    out
}

/// A verb that says no more than that the event took place gives the noun its subject and its phrases.
fn light_verb(text: &Text<'_>, frames: &Frames, at: u32, out: &mut Around) {
    let first = conjunct(text, at);
    let Some(head) = text.head(first) else { return };
    let general = text.deprel(first).general();
    let passive = text.deprel(first) == Deprel::NsubjPass;
    let participle = text.dependents(at).iter().copied().find(|&d| {
        text.deprel(d) == Deprel::Acl && is_passive(text, d) && frames.in_class("light", text.lemma(d))
    });
    if let Some(participle) = participle {
        let (agents, others): (Vec<_>, Vec<_>) =
            phrases(text, participle, Deprel::Obl).into_iter().partition(|(name, _)| name == "by");
        out.phrases.extend(others);
        out.subject.extend(agents.into_iter().map(|(_, head)| head));
    }
    if general != Deprel::Obj && general != Deprel::Nsubj {
        return;
    }
    if general == Deprel::Obj || passive {
        out.verb = Some(head);
    }
    let word = text.lemma(head);
    let gives = frames.in_class("gives_actor", word);
    if !gives && !frames.in_class("light", word) {
        return;
    }
    out.phrases.extend(phrases(text, head, Deprel::Obl).into_iter().filter(|(name, _)| name != "by"));
    if gives && out.subject.is_empty() {
        out.subject = match passive {
            true => phrases(text, head, Deprel::Obl)
                .into_iter()
                .filter(|(n, _)| n == "by")
                .map(|(_, h)| h)
                .collect(),
            false if general == Deprel::Obj => subjects(text, head, 6),
            false => Vec::new(),
        };
    }
}

/// The first of the nouns that `at` is joined to: "talks" for "attacks" in "talks and attacks".
fn conjunct(text: &Text<'_>, at: u32) -> u32 {
    let mut first = at;
    while text.deprel(first) == Deprel::Conj {
        match text.head(first) {
            Some(head) => first = head,
            None => break,
        }
    }
    first
}
