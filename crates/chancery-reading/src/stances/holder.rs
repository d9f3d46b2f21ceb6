//! Who holds a stance, and the side that it counts for.

use chancery_lexicon::countries::country;
use chancery_model::{Chain, Deprel, EntityKind, Reading, Who};

use super::{Scene, bodies, named};
use crate::Text;
use crate::clause;
use crate::who::{noun_phrase, who_of};

/// Holders at a clause: its subjects, or the agents of a passive.
pub(super) fn of_clause(scene: &Scene<'_>, predicate: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    let passive = clause::is_passive(text, predicate);
    let head = if passive { clause::agent(text, predicate) } else { clause::subject(text, predicate) };
    head.map_or_else(Vec::new, |head| with_conjuncts(scene, head))
}

/// Holders at a predicate that is no passive, whatever its tag says: "is worried".
pub(super) fn of_subject(scene: &Scene<'_>, predicate: u32) -> Vec<(Who, String)> {
    clause::subject(scene.text, predicate).map_or_else(Vec::new, |head| with_conjuncts(scene, head))
}

/// Holders of a judgement: for whom a thing is so ("unacceptable to Lasia", "a red line for the union"), who calls it so ("Lasia
/// called the draft workable"), or else who says it.
pub(super) fn of_judgement(scene: &Scene<'_>, predicate: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    let whose = text.dependents(predicate).iter().copied().find(|&d| {
        matches!(text.deprel(d).general(), Deprel::Obl | Deprel::Nmod)
            && matches!(clause::case(text, d), Some("for" | "to"))
    });
    let named = whose.map_or_else(Vec::new, |head| with_conjuncts(scene, head));
    match (named.is_empty(), clause::judging(text, predicate)) {
        (false, _) => named,
        (true, Some(verb)) => of_clause(scene, verb),
        (true, None) => speakers(scene, predicate),
    }
}

/// Holders at a noun: "Lasia's refusal", "the refusal of Lasia", "demands by the union".
pub(super) fn of_noun(scene: &Scene<'_>, noun: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    let owner = text.dependents(noun).iter().copied().find(|&d| {
        text.deprel(d) == Deprel::NmodPoss
            || text.is_rel(d, Deprel::Nmod) && matches!(clause::case(text, d), Some("by" | "from"))
            || matches!(text.deprel(d), Deprel::Amod | Deprel::Compound) && is_side(scene, d)
    });
    let owned = owner.map_or_else(Vec::new, |head| with_conjuncts(scene, head));
    match light_verb(text, noun).filter(|_| owned.is_empty()) {
        Some(verb) => of_clause(scene, verb),
        None => owned,
    }
}

/// The verb of "voiced its support for", "made the case for": it adds nothing, and its subject holds what the noun says.
pub(super) fn light_verb(text: &Text<'_>, noun: u32) -> Option<u32> {
    const LIGHT: [&str; 19] = [
        "drop",
        "abandon",
        "withdraw",
        "make",
        "have",
        "give",
        "express",
        "voice",
        "issue",
        "reiterate",
        "repeat",
        "maintain",
        "declare",
        "signal",
        "announce",
        "raise",
        "set",
        "renew",
        "state",
    ];
    let object = text.is_rel(noun, Deprel::Obj);
    text.head(noun)
        .filter(|&verb| object && LIGHT.contains(&text.lemma(verb)) && !clause::is_passive(text, verb))
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
    statement.speakers.iter().filter_map(|who| Some((who.clone(), party(scene, who)?))).collect()
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
        let own = own_side(scene, &who);
        let held = match own {
            Some(_) => Vec::new(),
            None => behind(scene, head),
        };
        let held = match (held.is_empty(), party(scene, &who)) {
            (true, Some(party)) => vec![(who, party)],
            _ => held,
        };
        for (who, party) in held {
            if !out.iter().any(|(_, other)| *other == party) {
                out.push((who, party));
            }
        }
    }
    sided(scene.reading, out)
}

/// Of people named together, one whose side no words tell stands with the others: "Oake and Brandt", envoys of one council.
fn sided(reading: &Reading, mut holders: Vec<(Who, String)>) -> Vec<(Who, String)> {
    let chain = |who: &Who| who.chain.as_ref().ok().and_then(|&at| reading.chains.get(at as usize));
    let person = |who: &Who| chain(who).is_some_and(|c| c.kind == EntityKind::Person);
    let has_side = |who: &Who| chain(who).is_some_and(|c| c.side.is_some());
    if holders.iter().any(|(who, _)| person(who) && has_side(who)) {
        holders.retain(|(who, _)| has_side(who) || !person(who));
    }
    holders
}

/// Who stands behind a body that the words do not name: in a statement of Lasia's minister "the government", "our troops" and "we"
/// are Lasia's; elsewhere "his troops" are those of whoever "he" is.
fn behind(scene: &Scene<'_>, head: u32) -> Vec<(Who, String)> {
    let text = scene.text;
    if let Some(both) = joint(scene, head) {
        return both;
    }
    let first_person = |at: u32| matches!(text.lemma(at), "we" | "i" | "our" | "my" | "us");
    let owner = text.dependents(head).iter().copied().find(|&d| text.deprel(d) == Deprel::NmodPoss);
    let own_body = BODIES.contains(&text.lemma(head)) && owner.is_none_or(first_person);
    if first_person(head) || own_body {
        let mut speakers = speakers(scene, head);
        speakers.retain(|(_, party)| bodies::may_be_called(text.lemma(head), party));
        return speakers;
    }
    let Some(owner) = owner.filter(|_| BODIES.contains(&text.lemma(head))) else { return Vec::new() };
    let who = who_of(text, scene.reading, owner);
    party(scene, &who).map(|party| (who, party)).into_iter().collect()
}

/// Who "both sides" and "the two delegations" are: the last two that were named together before.
fn joint(scene: &Scene<'_>, head: u32) -> Option<Vec<(Who, String)>> {
    let text = scene.text;
    let sides = matches!(
        text.lemma(head),
        "side"
            | "delegation"
            | "party"
            | "country"
            | "government"
            | "team"
            | "negotiator"
            | "capital"
            | "army"
    );
    let two = text
        .dependents(head)
        .iter()
        .any(|&d| matches!(text.lemma(d), "two" | "both" | "2") && !text.is_rel(d, Deprel::Punct));
    if !sides || !two {
        return None;
    }
    (head.saturating_sub(MAX_BACK)..head).rev().find_map(|at| pair(scene, at))
}

/// Tokens that are looked back, at most, for two that were named together.
const MAX_BACK: u32 = 300;

/// Two sides that stand joined at a word: "Lasia and Kael", "the Lasian and Kaelish delegations".
fn pair(scene: &Scene<'_>, at: u32) -> Option<Vec<(Who, String)>> {
    let text = scene.text;
    let first = text.head(at).filter(|_| text.is_rel(at, Deprel::Conj))?;
    let named = |token: u32| {
        let who = who_of(text, scene.reading, token);
        Some((who.clone(), party(scene, &who)?))
    };
    let both = vec![named(first)?, named(at)?];
    let place = |who: &Who| {
        let chain = who.chain.as_ref().ok().and_then(|&c| scene.reading.chains.get(c as usize));
        chain.is_some_and(|c| c.kind != EntityKind::Person || c.side.is_some())
    };
    (both[0].1 != both[1].1 && both.iter().all(|(who, _)| place(who))).then_some(both)
}

/// Bodies that a speaker means his own by.
const BODIES: [&str; 16] = [
    "government",
    "cabinet",
    "country",
    "administration",
    "ministry",
    "side",
    "delegation",
    "troop",
    "troops",
    "soldier",
    "force",
    "army",
    "nation",
    "state",
    "company",
    "union",
];

/// The side of a holder: the side of its chain; for a country, body or people its own name; for a body that is only described, the
/// named one that it stands for.
pub(super) fn party(scene: &Scene<'_>, who: &Who) -> Option<String> {
    let chain = chain_of(scene, who);
    let own = own_side(scene, who);
    // A person's own name is a party only where nothing says whose he is.
    let lone = chain.is_some_and(|c| c.kind == EntityKind::Person && side_of(scene, c).is_none());
    match own.is_none() || lone {
        true => named::side(scene, who).or(own),
        false => own,
    }
}

/// The side that the chain of a holder names, unless the words here cannot mean it: no federation is called "the company".
fn own_side(scene: &Scene<'_>, who: &Who) -> Option<String> {
    let own = side_name(scene, chain_of(scene, who)?)?;
    let head = named::head(scene, who)?;
    bodies::may_be_called(&scene.text.lemma(head).to_lowercase(), &own).then_some(own)
}

fn chain_of<'a>(scene: &Scene<'a>, who: &Who) -> Option<&'a Chain> {
    who.chain.as_ref().ok().and_then(|&at| scene.reading.chains.get(at as usize))
}

/// The side that a chain names: a name, and no word for a body.
pub(super) fn side_name(scene: &Scene<'_>, chain: &Chain) -> Option<String> {
    let name = match (side_of(scene, chain), chain.kind) {
        (Some(side), _) => Some(side),
        (None, EntityKind::Thing) => None,
        (None, _) => chain.name.as_ref().filter(|name| is_name(name)),
    }?;
    if let Some(union) = bodies::full_name(scene, chain) {
        return Some(union);
    }
    // The side of somebody may be named by its capital, and the capital's own side be told.
    let told =
        scene.reading.chains.iter().find(|other| other.name.as_ref() == Some(name) && other.side.is_some());
    let named = told.and_then(|other| side_of(scene, other)).unwrap_or(name);
    Some(country(named).map_or_else(|| named.clone(), |country| country.name.to_owned()))
}

/// The side of a chain, where it is a name.
fn side_of<'a>(scene: &Scene<'_>, chain: &'a Chain) -> Option<&'a String> {
    let side = chain.side.as_ref().map(|side| &side.name)?;
    (is_name(side) && !named::is_portfolio(scene, chain, side)).then_some(side)
}

fn is_name(words: &str) -> bool {
    words.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
}
