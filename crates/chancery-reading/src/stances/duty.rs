//! Stances of a speaker that hang on a modal verb: what must be, and what the speaker's own side will not do.

use chancery_model::{Act, Deprel, Upos, Why};

use super::{Found, Scene, holder, terms};
use crate::clause;
use crate::who::who_of;

/// Nouns for what somebody is after: "our task is to end the war".
const AIMS: [&str; 12] = [
    "task",
    "goal",
    "aim",
    "objective",
    "priority",
    "motivation",
    "purpose",
    "wish",
    "intention",
    "ambition",
    "demand",
    "condition",
];

/// Every "must" and every "will not" inside a statement, and every aim.
pub(super) fn all(scene: &Scene<'_>) -> Vec<Found> {
    let tokens = || scene.text.tokens();
    tokens().flat_map(|token| at(scene, token)).chain(tokens().flat_map(|token| aim(scene, token))).collect()
}

/// "Lasia's aim is to keep the strait": who has an aim demands what it is.
fn aim(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    if !AIMS.contains(&text.lemma(token)) || !text.is_rel(token, Deprel::Nsubj) {
        return Vec::new();
    }
    let Some(predicate) = text.head(token) else { return Vec::new() };
    let infinitive = text.dependents_by(predicate, Deprel::Mark).any(|m| text.lemma(m) == "to");
    if !infinitive || clause::is_supposed(text, predicate) {
        return Vec::new();
    }
    let range = terms::of(scene, predicate);
    let why = Why { rule: "stance/aim", confidence: 0.65 };
    let found = |(holder, party)| Found {
        token: predicate,
        act: Act::Demands,
        holder,
        party,
        terms: range,
        about: Vec::new(),
        weak: false,
        why,
    };
    holder::of_noun(scene, token).into_iter().map(found).collect()
}

fn at(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let is_predicate =
        matches!(text.upos(token), Upos::Verb | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron);
    if !is_predicate || scene.statement_at(token).is_none() || clause::is_supposed(text, token) {
        return Vec::new();
    }
    let Some(act) = act(scene, token) else { return Vec::new() };
    let range = terms::of(scene, token);
    let why =
        Why { rule: if act == Act::Demands { "stance/must" } else { "stance/will-not" }, confidence: 0.65 };
    holder::speakers(scene, token)
        .into_iter()
        .filter(|(_, party)| act != Act::Rejects || is_own(scene, token, party))
        .map(|(holder, party)| Found {
            token,
            act,
            holder,
            party,
            terms: range,
            about: Vec::new(),
            weak: true,
            why,
        })
        .collect()
}

fn act(scene: &Scene<'_>, token: u32) -> Option<Act> {
    let text = scene.text;
    let modals: Vec<&str> = clause::modals(text, token).collect();
    let denied = clause::is_denied(text, token);
    let has = |list: &[&str]| modals.iter().any(|m| list.contains(m));
    let must = has(&["must", "should", "ought", "shall"]) || has_to(scene, token);
    match () {
        () if must => Some(Act::Demands),
        () if denied
            && has(&["will", "would", "'ll", "wo", "can", "ca", "could"])
            && text.upos(token) == Upos::Verb =>
        {
            Some(Act::Rejects)
        }
        () => None,
    }
}

/// "has to", "needs to": the infinitive carries the demand.
fn has_to(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    text.deprel(token) == Deprel::Xcomp
        && text.head(token).is_some_and(|head| matches!(text.lemma(head), "have" | "need"))
        && text.dependents_by(token, Deprel::Mark).any(|m| text.lemma(m) == "to")
}

/// Whether the subject of a clause is the speaker's own side.
fn is_own(scene: &Scene<'_>, token: u32, party: &str) -> bool {
    let Some(subject) = clause::subject(scene.text, token) else { return false };
    if matches!(scene.text.lemma(subject), "we" | "i") {
        return true;
    }
    let who = who_of(scene.text, scene.reading, subject);
    holder::party(scene.reading, &who).as_deref() == Some(party)
}
