//! Who holds a stance, and the side that it counts for.

use chancery_model::{Deprel, EntityKind, Reading, Who};

use super::Scene;
use crate::clause;
use crate::who::{noun_phrase, who_of};

/// Holders at a clause: its subjects, or the agents of a passive.
pub(super) fn of_clause(scene: &Scene<'_>, predicate: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    let passive = clause::is_passive(text, predicate);
    let head = if passive { clause::agent(text, predicate) } else { clause::subject(text, predicate) };
    head.map_or_else(Vec::new, |head| with_conjuncts(scene, head))
}

/// Holders at a noun: "Lasia's refusal", "the refusal of Lasia", "demands by the union".
pub(super) fn of_noun(scene: &Scene<'_>, noun: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    let owner = text.dependents(noun).iter().copied().find(|&d| {
        text.deprel(d) == Deprel::NmodPoss
            || text.is_rel(d, Deprel::Nmod) && matches!(clause::case(text, d), Some("by" | "from"))
            || matches!(text.deprel(d), Deprel::Amod | Deprel::Compound) && is_side(scene, d)
    });
    owner.map_or_else(Vec::new, |head| with_conjuncts(scene, head))
}

/// Holders at a noun for them: in "Quarn, a backer of the plan," and "Quarn is a backer of the plan", Quarn.
pub(super) fn of_agent(scene: &Scene<'_>, noun: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    let head = match text.is_rel(noun, Deprel::Appos) {
        true => text.head(noun),
        false => clause::subject(text, noun),
    };
    head.map_or_else(Vec::new, |head| with_conjuncts(scene, head))
}

fn is_side(scene: &Scene<'_>, token: u32) -> bool {
    scene.reading.mentions.iter().any(|mention| mention.head == token)
}

/// The speakers of the statement that a word stands in.
pub(super) fn speakers(scene: &Scene<'_>, token: u32) -> Vec<(Who, String)> {
    let Some((_, statement)) = scene.statement_at(token) else { return Vec::new() };
    statement.speakers.iter().filter_map(|who| Some((who.clone(), party(scene.reading, who)?))).collect()
}

/// A noun and those joined to it by "and".
fn with_conjuncts(scene: &Scene<'_>, head: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    let mut heads = vec![head];
    heads.extend(text.dependents_by(head, Deprel::Conj));
    let mut out: Vec<(Who, String)> = Vec::new();
    for head in heads {
        // The clause behind a name is not who it is.
        let span = text.span(noun_phrase(text, head));
        let who = Who { span, ..who_of(text, scene.reading, head) };
        let Some(party) = party(scene.reading, &who) else { continue };
        if !out.iter().any(|(_, other)| *other == party) {
            out.push((who, party));
        }
    }
    out
}

/// The side of a holder: the side of its chain; for a country, body or people its own name.
pub(super) fn party(reading: &Reading, who: &Who) -> Option<String> {
    let chain = reading.chains.get(*who.chain.as_ref().ok()? as usize)?;
    match (&chain.side, chain.kind) {
        (Some(side), _) => Some(side.name.clone()),
        (None, EntityKind::Thing) => None,
        (None, _) => chain.name.clone().filter(|name| name.chars().next().is_some_and(char::is_uppercase)),
    }
}
