//! What stands around a noun that tells of an event: "the talks between A and B", "their attack on C", "D held a rally against E".

use chancery_lexicon::frames::Frames;
use chancery_model::{Deprel, Upos, Xpos};

use super::around::{Around, antecedent, phrases, preposition};
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
    // "ITS raids, including a strike on the harbour": part of what the same one does.
    if out.subject.is_empty() && preposition(text, at) == "including" {
        let owners = |whole: u32| {
            modifiers(text, whole)
                .into_iter()
                .filter(|&m| parties.is_name_or_possessor(m))
                .collect::<Vec<_>>()
        };
        let wholes = text.above(at).take(2).take_while(|&whole| text.upos(whole) != Upos::Verb);
        out.subject = wholes.map(owners).find(|owners| !owners.is_empty()).unwrap_or_default();
    }
    // "ITS raids and long-range attacks": whose the one is, the other is.
    if out.subject.is_empty() && text.deprel(at) == Deprel::Conj && text.dependent(at, Deprel::Det).is_none()
    {
        let first = modifiers(text, conjunct(text, at)).into_iter();
        out.subject = first.filter(|&m| text.deprel(m) == Deprel::NmodPoss).collect();
    }
    if out.subject.is_empty() {
        out.subject = blamed(text, frames, at);
    }
    out.phrases.extend(shared(text, at));
    out.phrases.extend(targets(text, at).into_iter().map(|object| ("on".to_owned(), object)));
    light_verb(text, frames, at, &mut out);
    out
}

/// "The duke is BLAMED FOR a spate of raids, killings and fires", "RESPONSIBLE for the massacre": whose act it is said to be.
fn blamed(text: &Text<'_>, frames: &Frames, at: u32) -> Vec<u32> {
    let mut top = conjunct(text, at);
    while preposition(text, top) == "of"
        && text.head(top).is_some_and(|head| frames.in_class("shell", text.lemma(head)))
    {
        top = conjunct(text, text.head(top).unwrap_or(top));
    }
    let Some(head) = text.head(top) else { return Vec::new() };
    let before = preposition(text, top);
    // "ITS role in the massacre".
    let part = matches!(text.lemma(head), "role" | "part" | "involvement" | "participation" | "complicity");
    if before == "in" && part {
        return text
            .dependents(head)
            .iter()
            .copied()
            .filter(|&d| text.deprel(d) == Deprel::NmodPoss)
            .collect();
    }
    if !matches!(before.as_str(), "for" | "of") || !frames.in_class("blames", text.lemma(head)) {
        return Vec::new();
    }
    match text.upos(head) {
        Upos::Verb if !is_passive(text, head) => {
            text.dependents_by(head, Deprel::Obj).map(|d| antecedent(text, d)).collect()
        }
        _ => subjects(text, head, 2),
    }
}

/// "Raids, fires and killings IN THE NORTH": what stands behind the last of several nouns is said of all.
fn shared(text: &Text<'_>, at: u32) -> Vec<(String, u32)> {
    let first = conjunct(text, at);
    let Some(last) = text.dependents_by(first, Deprel::Conj).last().filter(|&last| last > at) else {
        return Vec::new();
    };
    let own = phrases(text, at, Deprel::Nmod).is_empty();
    let behind = phrases(text, last, Deprel::Nmod).into_iter();
    behind.filter(|(name, _)| own && matches!(name.as_str(), "in" | "on" | "against" | "across")).collect()
}

/// "Strikes TARGETING the harbour", "an attack that KILLED nine": at whom it was aimed.
fn targets(text: &Text<'_>, at: u32) -> Vec<u32> {
    let aims = |&d: &u32| {
        matches!(text.deprel(d), Deprel::Acl) && text.xpos(d) == Xpos::Vbg && AIMS.contains(&text.lemma(d))
    };
    let clauses = text.dependents(at).iter().copied().filter(aims);
    clauses.flat_map(|clause| text.dependents_by(clause, Deprel::Obj)).collect()
}

/// Verbs that only say at whom an attack was aimed.
pub(super) const AIMS: [&str; 3] = ["target", "hit", "strike"];

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
