//! Which names are names of bodies, where the reader took them for something else.
//!
//! A name that nobody has heard of is often taken for a person, a place or a thing. The words around it tell better: what is called "the
//! operator" beside it, a last word that only bodies have, a chief executive of its own. What is known of one mention holds for all mentions
//! of the name, and for its short forms.

use chancery_lexicon::people::{self, Noun};
use chancery_model::{Deprel, EntityKind, MentionForm, TokenRange};

use super::found::{self, Article, Found, Number};
use super::{quoted, traits};
use crate::Text;

/// Gives names of bodies their kind.
pub(super) fn settle(text: &Text<'_>, found: &mut [Found]) {
    let known =
        |f: &&Found| f.kind == Some(EntityKind::Organization) && f.name.is_some_and(|name| name.len() > 1);
    let shown = found.iter().filter(|f| known(f) || shows_body(text, f));
    let mut bodies: Vec<Vec<String>> = shown.map(|f| words(text, f)).collect();
    bodies.sort();
    bodies.dedup();
    if bodies.is_empty() {
        return;
    }
    let people: Vec<Vec<String>> = found
        .iter()
        .filter(|f| {
            f.kind == Some(EntityKind::Person)
                && (f.name.is_some_and(|name| name.len() > 1) || is_titled(text, f))
        })
        .map(|f| words(text, f))
        .filter(|name| !bodies.contains(name))
        .collect();
    for found in found.iter_mut().filter(|f| is_open(text, f)) {
        let own = words(text, found);
        let short = |name: &Vec<String>| {
            let end = found.article == Article::The && name.ends_with(&own);
            own.len() == 1 && name.len() > 1 && (end || name.starts_with(&own))
        };
        let known = bodies.contains(&own) || bodies.iter().filter(|name| short(name)).count() == 1;
        let person = people.iter().any(|name| own.iter().all(|word| name.contains(word)));
        if known && !person {
            found.kind = Some(EntityKind::Organization);
            found.number = Number::Either;
            found.sex = None;
        }
    }
}

fn words(text: &Text<'_>, found: &Found) -> Vec<String> {
    let name = found.name.unwrap_or(TokenRange::new(found.head as usize, found.head as usize + 1));
    let word = |at: u32| text.word(at).to_lowercase();
    (name.start..name.end)
        .map(word)
        .filter(|word| !matches!(word.as_str(), "the" | "'s" | "’s" | "'" | "’"))
        .collect()
}

/// Whether the kind of a name may be another than the reader took it for.
fn is_open(text: &Text<'_>, found: &Found) -> bool {
    let kind = matches!(found.kind, None | Some(EntityKind::Thing | EntityKind::Person | EntityKind::Place));
    found.form == MentionForm::Name
        && !found.joint
        && kind
        && found.country.is_none()
        && !is_titled(text, found)
}

fn is_titled(text: &Text<'_>, found: &Found) -> bool {
    let title = |&part: &u32| {
        part < found.head && text.is_rel(part, Deprel::NmodDesc) && traits::noun(text, part).is_person()
    };
    !found.titles.is_empty() && found.kind == Some(EntityKind::Person) && found.noun.is_person()
        || text.dependents(found.head).iter().any(title)
}

/// Offices that bodies alone have.
const OFFICES: [&str; 9] = [
    "chief executive",
    "ceo",
    "chairman",
    "chairwoman",
    "chairperson",
    "managing director",
    "shareholder",
    "subsidiary",
    "headquarters",
];

/// Whether the words around a mention show that it names a body.
fn shows_body(text: &Text<'_>, found: &Found) -> bool {
    if !is_open(text, found) {
        return false;
    }
    let head = found.head;
    let person = found.kind == Some(EntityKind::Person);
    let body = |at: u32| {
        people::bodies(text.lemma(at)).is_known()
            && traits::noun(text, at).is(Noun::BODY)
            && text.name(at).is_none()
    };
    let beside = found::apposed_to(text, head).is_some_and(body);
    let behind = || {
        text.dependents_by(head, Deprel::Appos).any(|part| body(part) && !found::is_tight(text, head, part))
    };
    if beside || behind() {
        return true;
    }
    let Some(up) =
        text.head(head).filter(|_| matches!(text.deprel(head).general(), Deprel::Nmod | Deprel::Compound))
    else {
        return !person && is_speaking(text, found);
    };
    let office = OFFICES.contains(&two_words(text, up).as_str()) || OFFICES.contains(&text.lemma(up));
    let any =
        traits::noun(text, up).is(Noun::CHIEF.or(Noun::OFFICE)) && found.kind != Some(EntityKind::Place);
    office || !person && any && text.deprel(head) != Deprel::Nmod
}

fn two_words(text: &Text<'_>, at: u32) -> String {
    let before = at.checked_sub(1).map_or("", |before| text.word(before));
    format!("{} {}", before.to_lowercase(), text.lemma(at))
}

/// A thing with a name that says something: "the Compact denied".
fn is_speaking(text: &Text<'_>, found: &Found) -> bool {
    let verb = text.head(found.head).filter(|_| text.is_rel(found.head, Deprel::Nsubj));
    found.kind != Some(EntityKind::Place) && verb.is_some_and(|verb| quoted::is_speech(text.lemma(verb)))
}
