//! What speaks for and against two mentions being the same: signs, each a template and one of its values.
//!
//! A sign is read off the text and the parties gathered so far. What it weighs is data ([`super::weights`]).

use chancery_lexicon::people::Noun;
use chancery_model::{Deprel, EntityKind, MentionForm, Upos};

use super::found::{Found, Number};
use super::party::{Parties, Party};
use super::pronouns::Pronoun;
use super::view::View;
use super::{quoted, worded};

/// Each template with the number of its values.
pub(crate) const TEMPLATES: [(&str, u8); 31] = [
    ("any", 1),
    ("sentences-back", 8),
    ("rank", 7),
    ("role", 10),
    ("parallel", 75),
    ("form", 9),
    ("kind", 14),
    ("sex", 4),
    ("number", 4),
    ("clause", 6),
    ("mentions", 6),
    ("quotation", 6),
    ("topic", 4),
    ("paragraph", 2),
    ("nested", 3),
    ("head-word", 30),
    ("modifiers", 5),
    ("class", 64),
    ("country", 3),
    ("rank-role", 35),
    ("main", 12),
    ("own-role", 10),
    ("tie", 12),
    ("ahead", 7),
    ("clause-role", 30),
    ("list", 4),
    ("name", 5),
    ("described", 9),
    ("articles", 26),
    ("owners", 4),
    ("again", 8),
];

/// Templates of the choice that a mention means nobody named before.
pub(crate) const NEW_TEMPLATES: [(&str, u8); 8] = [
    ("new-any", 1),
    ("new-article", 10),
    ("new-head-word", 10),
    ("new-class", 8),
    ("new-role", 10),
    ("new-length", 5),
    ("new-tie", 12),
    ("new-said", 15),
];

/// The signs of one pair: a value for each template.
pub(crate) type Signs = [u8; TEMPLATES.len()];
/// The signs of nobody.
pub(crate) type NewSigns = [u8; NEW_TEMPLATES.len()];

/// What two mentions show. `rank` counts the parties nearer to the mention, `share` is what the reader gives the party.
pub(crate) fn pair(
    view: &View<'_>,
    parties: &Parties,
    (at, other): (u32, u32),
    party: &Party,
    (rank, share): (u32, Option<f32>),
) -> Signs {
    let (m, a) = (&view.found[at as usize], &view.found[other as usize]);
    let back = m.sentence.saturating_sub(a.sentence);
    let (own_role, other_role) = (m.role, a.role);
    let head_word = worded::head_word(m, a, party);
    let clause = clause(view, m, a);
    let rank = bucket(rank, &[1, 2, 3, 5, 8, 15]);
    [
        0,
        bucket(back, &[1, 2, 3, 4, 6, 10])
            + if other > at { 7 - bucket(back, &[1, 2, 3, 4, 6, 10]) } else { 0 },
        rank,
        other_role,
        (group(own_role) * 5 + group(other_role)) * 3 + bucket(back, &[1, 2]),
        form(m, a),
        kind(party, m),
        sex(m, party),
        number(m, a, party),
        clause,
        bucket(party.members.iter().filter(|&&x| x < at).count() as u32, &[1, 2, 3, 5, 9]),
        quotation(view, m, a),
        topic(view, party),
        u8::from(
            view.text.doc.sentences[m.sentence as usize].block
                == view.text.doc.sentences[a.sentence as usize].block,
        ),
        nested(view, m, a),
        head_word * 5 + worded::article(m.article),
        worded::modifiers(m, a, head_word),
        class(m) * 7 + kind(party, m) % 7,
        country(m, party),
        group(own_role) * 7 + rank,
        main(m, a) * 3 + bucket(back, &[1, 2]),
        own_role,
        tie(share),
        ahead(m, (at, other), party),
        group(own_role) * 6 + clause,
        list(view, a),
        name(a, other, party),
        worded::described(m, a, head_word),
        worded::articles(m, a, head_word),
        worded::owners(view, parties, m, a, head_word),
        if head_word > 1 { 0 } else { 1 + bucket(back, &[1, 2, 4, 8, 16, 32]) },
    ]
}

/// What speaks for nobody named before.
pub(crate) fn new(view: &View<'_>, at: u32, repeats: bool, share: Option<f32>) -> NewSigns {
    let m = &view.found[at as usize];
    let clause = view.text.dependents_by(m.head, Deprel::Acl).next().is_some();
    let more = view.text.dependents_by(m.head, Deprel::Nmod).any(|d| d > m.head);
    [
        0,
        worded::article(m.article) + if clause || more { 5 } else { 0 },
        worded::article(m.article) + if repeats { 5 } else { 0 },
        class(m),
        m.role,
        bucket(m.tokens.len() as u32, &[2, 3, 4, 7]),
        tie(share),
        bucket(view.said(m.word), &[3, 6]) * 5 + worded::article(m.article),
    ]
}

fn bucket(n: u32, edges: &[u32]) -> u8 {
    edges.iter().filter(|&&edge| n >= edge).count() as u8
}

fn form(m: &Found, a: &Found) -> u8 {
    match a.form {
        MentionForm::Name => 0,
        MentionForm::Nominal if a.joint => 8,
        MentionForm::Nominal => 1 + worded::article(a.article),
        MentionForm::Pronoun => {
            if m.pronoun == a.pronoun {
                6
            } else {
                7
            }
        }
    }
}

/// What the party is; for a plural and a singular mention apart.
fn kind(party: &Party, m: &Found) -> u8 {
    let kind = match party.kind {
        _ if party.is_country() => 6,
        None => 0,
        Some(EntityKind::Person) => 1,
        Some(EntityKind::Organization) => 2,
        Some(EntityKind::Place) => 3,
        Some(EntityKind::Group) => 4,
        Some(EntityKind::Thing) => 5,
    };
    kind + if m.number == Number::Many { 7 } else { 0 }
}

fn sex(m: &Found, party: &Party) -> u8 {
    match (m.sex, party.sex) {
        (Some(a), Some(b)) if a == b && party.sex_sure => 0,
        (Some(a), Some(b)) if a == b => 1,
        (None, _) | (_, None) => 2,
        _ => 3,
    }
}

fn number(m: &Found, a: &Found, party: &Party) -> u8 {
    match (m.number, party.many) {
        (Number::One, Some(false)) | (Number::Many, Some(true)) => 0,
        (Number::Either, _) | (_, None) => 1,
        _ if a.number == Number::Either => 2,
        _ => 3,
    }
}

/// Whether the other is the subject of the clause that the mention stands in, or of one above.
fn clause(view: &View<'_>, m: &Found, a: &Found) -> u8 {
    if m.sentence != a.sentence || !matches!(view.text.deprel(a.head).general(), Deprel::Nsubj) {
        return if a.main { 4 } else { 0 };
    }
    let Some(verb) = view.text.head(a.head) else { return 0 };
    let mut clauses = view
        .text
        .above(m.head)
        .filter(|&at| view.text.dependents_by(at, Deprel::Nsubj).next().is_some() || at == verb);
    match clauses.position(|at| at == verb) {
        Some(0) => 1,
        Some(_) if quoted::is_speech(view.text.lemma(verb)) => 3,
        Some(_) => 2,
        None => 5,
    }
}

/// Subject, subject of a passive, object, possessor, other.
fn group(role: u8) -> u8 {
    match role {
        0 => 0,
        1 => 1,
        2 | 3 => 2,
        4 => 3,
        _ => 4,
    }
}

/// Whether the mention and the other are subjects of main clauses.
fn main(m: &Found, a: &Found) -> u8 {
    u8::from(m.main) * 2 + u8::from(a.main)
}

fn quotation(view: &View<'_>, m: &Found, a: &Found) -> u8 {
    let (own, other) = (view.quotations.around(m.head), view.quotations.around(a.head));
    if own != 0 && view.quotations.speaker(own) == Some(a.head) {
        return 5;
    }
    match (own, other) {
        (0, 0) => 0,
        (a, b) if a == b => 1,
        (0, _) => 2,
        (_, 0) => 3,
        _ => 4,
    }
}

/// Whether the party is the first one of the article, or in its first sentence.
fn topic(view: &View<'_>, party: &Party) -> u8 {
    let first = party.members.iter().min().map(|&at| &view.found[at as usize]);
    match first {
        Some(first) if first.sentence == 0 && first.role < 2 => 2,
        Some(first) if first.sentence == 0 => 1,
        _ => 0,
    }
}

/// Whether the other stands inside a larger mention.
fn nested(view: &View<'_>, m: &Found, a: &Found) -> u8 {
    if a.tokens.holds(m.head) {
        return 2;
    }
    u8::from(matches!(view.text.deprel(a.head), Deprel::Nmod | Deprel::NmodPoss | Deprel::Compound))
}

/// What the reader gives a party: 0 where it says nothing.
fn tie(share: Option<f32>) -> u8 {
    const EDGES: [f32; 10] = [0.004, 0.01, 0.03, 0.08, 0.2, 0.35, 0.5, 0.7, 0.85, 0.95];
    share.map_or(0, |share| 1 + EDGES.iter().filter(|&&edge| share >= edge).count() as u8)
}

/// "In her speech, Brandt said": 0 for what stands before the mention, else by the mention's place in its clause, and whether the party
/// behind it was named before.
fn ahead(m: &Found, (at, other): (u32, u32), party: &Party) -> u8 {
    if other < at {
        return 0;
    }
    let place = match group(m.role) {
        0 | 1 => 0,
        3 => 2,
        _ => 4,
    };
    1 + place + u8::from(party.members.iter().any(|&member| member < at))
}

/// Whether the other is part of a list: 1 its first, 2 a later one, 3 the list as a whole.
fn list(view: &View<'_>, a: &Found) -> u8 {
    if a.joint {
        return 3;
    }
    if view.text.is_rel(a.head, Deprel::Conj) {
        return 2;
    }
    let noun = |at| matches!(view.text.upos(at), Upos::Noun | Upos::Propn | Upos::Pron);
    u8::from(view.text.dependents_by(a.head, Deprel::Conj).any(noun))
}

/// How the other is named: 0 it is no name, 1 a full name for the first time, 2 again, 3 one word for the first time, 4 again.
fn name(a: &Found, other: u32, party: &Party) -> u8 {
    let Some(name) = a.name.filter(|_| a.form == MentionForm::Name) else { return 0 };
    let again = party.members.iter().any(|&member| member < other);
    1 + u8::from(name.len() == 1) * 2 + u8::from(again)
}

/// What the noun of the mention means.
fn class(m: &Found) -> u8 {
    let noun = m.noun;
    match m.form {
        MentionForm::Pronoun => 0,
        _ if noun.is(Noun::CHIEF) => 1,
        _ if m.kind == Some(EntityKind::Person) => 2,
        _ if noun.is(Noun::BODY.or(Noun::RULING)) => 3,
        _ if noun.is(Noun::COUNTRY) => 4,
        _ if noun.is(Noun::PLACE) => 5,
        _ if noun.is(Noun::EVENT) => 6,
        _ => 7,
    }
}

/// Whether the country that describes the mention is the party's: 0 yes, 1 another, 2 none said.
fn country(m: &Found, party: &Party) -> u8 {
    match m.of_country {
        Some(own) if party.countries.contains(&own) => 0,
        Some(_) if !party.countries.is_empty() => 1,
        _ => 2,
    }
}

/// Which weights a mention is judged with.
pub(crate) fn judged_as(m: &Found) -> Option<usize> {
    if m.form != MentionForm::Pronoun {
        return Some(4);
    }
    Some(match m.pronoun? {
        Pronoun::He | Pronoun::She => 0,
        Pronoun::It => 1,
        Pronoun::They => 2,
        Pronoun::This | Pronoun::These => 3,
        _ => return None,
    })
}
