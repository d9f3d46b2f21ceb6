//! Stances that hang on a predicate of the lexicon.

use chancery_lexicon::stances::{PredicateKind, StancePredicate, StancePredicates};
use chancery_model::{Act, Deprel, Upos, Why, Xpos};

use super::{Found, Scene, holder, terms};
use crate::clause;

/// The stances that the word at `token` carries, one for each of its holders.
pub(super) fn at(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let Some((kind, predicate)) = predicate(scene, token) else { return Vec::new() };
    let Some(act) = Act::ALL.into_iter().find(|act| act.word() == predicate.act) else { return Vec::new() };
    if clause::is_supposed(scene.text, token) {
        return Vec::new();
    }
    let Some(act) = settled(scene, token, act) else { return Vec::new() };
    let holders = match predicate.judged {
        true => holder::speakers(scene, token),
        false if kind == PredicateKind::Noun => holder::of_noun(scene, token),
        false => holder::of_clause(scene, token),
    };
    let range = terms::of(scene, token);
    let about = terms::antecedents(scene, token);
    let why = Why { rule: rule(act), confidence: if predicate.with.is_empty() { 0.7 } else { 0.8 } };
    holders
        .into_iter()
        .map(|(holder, party)| Found { token, act, holder, party, terms: range, about: about.clone(), why })
        .collect()
}

/// The id of the rule, for `why`.
pub(super) fn rule(act: Act) -> &'static str {
    match act {
        Act::Demands => "stance/demands",
        Act::Rejects => "stance/rejects",
        Act::Supports => "stance/supports",
        Act::Accepts => "stance/accepts",
        Act::Offers => "stance/offers",
        Act::Conditions => "stance/conditions",
        Act::Open => "stance/open",
        Act::Undecided => "stance/undecided",
    }
}

fn predicate(scene: &Scene<'_>, token: u32) -> Option<(PredicateKind, &'static StancePredicate)> {
    let text = scene.text;
    let kind = match text.upos(token) {
        Upos::Verb => PredicateKind::Verb,
        Upos::Noun => PredicateKind::Noun,
        Upos::Adj if text.deprel(token) != Deprel::Amod => PredicateKind::Adjective,
        _ => return None,
    };
    let listed = StancePredicates::built_in().of_lemma(kind, text.lemma(token));
    let fits = |predicate: &&StancePredicate| {
        predicate.with.iter().all(|word| goes_with(scene, token, word))
            && (!predicate.passive || clause::is_passive(text, token))
            && (kind != PredicateKind::Verb || has_terms(scene, token))
    };
    listed.iter().find(fits).map(|predicate| (kind, predicate))
}

/// Whether `word` stands as a particle of `token`, or marks one of its complements.
fn goes_with(scene: &Scene<'_>, token: u32, word: &str) -> bool {
    let text = scene.text;
    text.dependents(token).iter().any(|&d| {
        let particle = matches!(
            text.deprel(d).general(),
            Deprel::Compound | Deprel::Advmod | Deprel::Obl | Deprel::Case | Deprel::Mark
        ) && text.lemma(d) == word;
        let marks = matches!(
            text.deprel(d).general(),
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl | Deprel::Xcomp | Deprel::Ccomp
        ) && text.dependents(d).iter().any(|&m| {
            matches!(text.deprel(m).general(), Deprel::Case | Deprel::Mark) && text.lemma(m) == word
        });
        particle || marks
    })
}

/// Whether something is demanded, rejected, offered: an object, a clause, an oblique, or the subject of a passive.
fn has_terms(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    let complement = text.dependents(token).iter().any(|&d| {
        matches!(
            text.deprel(d).general(),
            Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Obl | Deprel::Advcl | Deprel::Parataxis
        ) || text.deprel(d) == Deprel::NsubjPass
    });
    complement || clause::described(text, token).is_some()
}

/// The act after denial, condition and modality have had their say; `None` where nothing is settled.
fn settled(scene: &Scene<'_>, token: u32, act: Act) -> Option<Act> {
    let text = scene.text;
    let denied = clause::is_denied(text, token);
    let modals: Vec<&str> = clause::modals(text, token).collect();
    let may = modals.iter().any(|m| matches!(*m, "could" | "may" | "might" | "should" | "must"));
    if may && act != Act::Open {
        return None;
    }
    // "said it would" and "if it would" are told apart above; a plain infinitive under "to" of purpose is no stance.
    if text.xpos(token) == Xpos::Vb && text.deprel(token).general() == Deprel::Advcl {
        return None;
    }
    Some(match (act, denied) {
        (Act::Rejects, true) => Act::Open,
        (Act::Accepts | Act::Supports | Act::Offers | Act::Open, true) => Act::Rejects,
        (Act::Demands, true) => return None,
        (Act::Undecided, true) => return None,
        (Act::Accepts | Act::Supports | Act::Offers | Act::Open, false)
            if clause::condition(text, token).is_some() =>
        {
            Act::Conditions
        }
        (act, false) => act,
        (Act::Conditions, true) => Act::Conditions,
    })
}
