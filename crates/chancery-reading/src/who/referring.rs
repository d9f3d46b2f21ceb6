//! Whom descriptions and pronouns mean: of what was mentioned before, that for which the signs weigh most.
//!
//! Grammar rules out what cannot be; the signs weigh the rest. Where none weighs more than nobody, a pronoun stays unresolved
//! and a description is somebody new.

use chancery_lexicon::people::Noun;
use chancery_model::{Deprel, EntityKind, MentionForm};

use super::bodies;
use super::commanded;
use super::found::{Article, Found, Number};
use super::party::{Parties, Party};
use super::pronouns::{self, Pronoun};
use super::signs::{self, NewSigns, Signs};
use super::tied::Shares;
use super::view::View;
use super::weights::Weights;

/// How far back a pronoun reaches, in sentences.
const PRONOUN_REACH: u32 = 5;
/// How far back a description reaches for what it does not repeat.
const NOUN_REACH: u32 = 4;
/// Mentions weighed for one pronoun or description, at most.
const MOST_WEIGHED: usize = 60;
/// Mentions looked at for one, at most.
const MOST_LOOKED_AT: usize = 400;

/// Words in which the name of an apposition begins, at most.
const MOST_NAME_WORDS: u32 = 4;

/// One choice for a mention, with its signs.
pub(crate) struct Choice {
    pub(crate) mention: u32,
    pub(crate) signs: Signs,
}

/// All choices for a mention.
pub(crate) struct Choices {
    pub(crate) judged: usize,
    pub(crate) of: Vec<Choice>,
    pub(crate) new: NewSigns,
}

/// Decides for one mention which of its choices it is: the index of the choice, or `None` for nobody.
pub(crate) type Decide<'a> = dyn FnMut(&View<'_>, u32, &Choices) -> Option<usize> + 'a;

/// Gives every description and pronoun its party, by the weights.
pub(crate) fn gather(view: &View<'_>, parties: &mut Parties) {
    gather_with(view, parties, &mut |_, _, choices| weigh(choices));
}

/// Gives every description and pronoun the party that `decide` says.
pub(crate) fn gather_with(view: &View<'_>, parties: &mut Parties, decide: &mut Decide<'_>) {
    for at in 0..view.found.len() as u32 {
        let found = &view.found[at as usize];
        if parties.of[at as usize].is_some() || found.joint {
            continue;
        }
        if let Some(other) = same_by_grammar(view, at).or_else(|| bodies::same(view, parties, at)) {
            join(view, parties, at, other);
            continue;
        }
        let choices = choices(view, parties, at);
        let chosen = choices.as_ref().and_then(|c| decide(view, at, c).map(|of| c.of[of].mention));
        match chosen {
            Some(other) => join(view, parties, at, other),
            None if found.form == MentionForm::Pronoun => {}
            None => {
                parties.open(at, found);
            }
        }
    }
}

fn join(view: &View<'_>, parties: &mut Parties, at: u32, other: u32) {
    let found = &view.found;
    let id = parties.of[other as usize].unwrap_or_else(|| parties.open(other, &found[other as usize]));
    parties.join(at, &found[at as usize], id);
}

/// "Mia Brandt, the union's chief negotiator,": an apposition means what it stands by.
fn same_by_grammar(view: &View<'_>, at: u32) -> Option<u32> {
    let m = &view.found[at as usize];
    if let Some(name) = named_behind(view, m).or_else(|| also_office(view, m)) {
        return Some(name);
    }
    // "president and director of the museum": the second office belongs to the first one's holder.
    let second =
        view.text.head(m.head).filter(|_| view.text.is_rel(m.head, Deprel::Conj) && m.noun.is_person());
    let office = |first: u32| {
        let mut beside = view.text.dependents_by(first, Deprel::Appos);
        let bare = m.name.is_none() && view.text.dependent(m.head, Deprel::Det).is_none();
        bare && beside.any(|at| {
            at > first
                && at < m.head
                && view.text.name(at).is_none()
                && !super::found::is_tight(view.text, first, at)
        })
    };
    if let Some(first) = second.filter(|&first| office(first)) {
        // The tree hangs it on the name: "Mia Brandt, president and director of the museum,".
        return view.with_head(first).filter(|&other| other < at);
    }
    let beside = second.filter(|&first| view.text.is_rel(first, Deprel::Appos)).unwrap_or(m.head);
    if m.form == MentionForm::Pronoun || !view.text.is_rel(beside, Deprel::Appos) {
        return None;
    }
    let head = view.text.head(beside)?;
    let other = view.with_head(head)?;
    let a = &view.found[other as usize];
    let kinds = a.kind.is_none() || m.kind.is_none() || a.kind == m.kind || m.kind == Some(EntityKind::Thing);
    (kinds && numbers_agree(m, a) && other < at).then_some(other)
}

/// "The Kremlin's business envoy, Kirill Dmitriev,": the name is the apposition.
fn named_behind(view: &View<'_>, m: &Found) -> Option<u32> {
    let comma = m.tokens.end;
    let hung_higher = || {
        let first = comma + 1;
        let names = first..(first + MOST_NAME_WORDS).min(view.text.len() as u32);
        let beside = |&at: &u32| super::found::apposed_to(view.text, at) == Some(m.head);
        (comma < view.text.len() as u32 && view.text.word(comma) == ",")
            .then(|| names.filter(beside))
            .into_iter()
            .flatten()
    };
    let hung = view.text.dependents_by(m.head, Deprel::Appos).chain(hung_higher());
    let behind = hung.filter_map(|part| view.with_head(part));
    let one = m.form == MentionForm::Nominal && m.number != Number::Many;
    behind.filter(|_| one).find(|&other| {
        let a = &view.found[other as usize];
        let thing = m.kind == Some(EntityKind::Thing) && a.kind == Some(EntityKind::Organization);
        a.form == MentionForm::Name && (a.kind == m.kind || thing) && a.number != Number::Many
    })
}

/// "Lasia's crown prince and prime minister Oren Tal": two offices before one name.
fn also_office(view: &View<'_>, m: &Found) -> Option<u32> {
    let text = view.text;
    let one = m.form == MentionForm::Nominal && m.number == Number::One;
    let office = one && m.noun.is(Noun::CHIEF.or(Noun::OFFICE));
    let other = text.dependents_by(m.head, Deprel::Conj).next().filter(|_| office)?;
    let and = text.dependents_by(other, Deprel::Cc).any(|cc| text.lemma(cc) == "and" && cc + 1 >= m.head);
    let bare =
        text.dependent(other, Deprel::Det).is_none() && text.dependent(other, Deprel::NmodPoss).is_none();
    let name =
        view.with_head(other).or_else(|| text.dependents(other).iter().find_map(|&d| view.with_head(d)))?;
    let found = &view.found[name as usize];
    let titled =
        found.form == MentionForm::Name && found.kind == Some(EntityKind::Person) && !found.titles.is_empty();
    (and && bare && titled).then_some(name)
}

fn numbers_agree(m: &Found, a: &Found) -> bool {
    m.number == a.number || m.number == Number::Either || a.number == Number::Either
}

/// The choice that weighs most, where it outweighs nobody.
fn weigh(choices: &Choices) -> Option<usize> {
    let weights = Weights::shipped();
    let scores = choices.of.iter().map(|choice| weights.pair(choices.judged, &choice.signs));
    // Of equals the nearest, which comes first, wins.
    let (best, score) = scores.enumerate().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let nobody = weights.nobody(choices.judged, &choices.new);
    (score > nobody).then_some(best)
}

/// What a mention may mean, with the signs of each.
pub(crate) fn choices(view: &View<'_>, parties: &Parties, at: u32) -> Option<Choices> {
    let m = &view.found[at as usize];
    let judged = signs::judged_as(m)?;
    let shares = Shares::of(view, m.head);
    let mut of = Vec::new();
    let mut seen: Vec<Option<u32>> = Vec::new();
    let mut repeats = false;
    let before = (0..at).rev().take(MOST_LOOKED_AT);
    for other in ahead(view, at).into_iter().chain(before) {
        let alone;
        let party = match parties.party(other) {
            Some(party) => party,
            // A pronoun that nobody was found for is no help to the next one.
            None if !view.found[other as usize].joint => continue,
            None => {
                alone = alone_as_party(&view.found[other as usize]);
                &alone
            }
        };
        let again = repeats_word(m, &view.found[other as usize]);
        repeats |= again;
        if (!again && !in_reach(m, &view.found[other as usize])) || !can_be(view, at, other, party) {
            continue;
        }
        let id = parties.of[other as usize];
        let rank = seen.iter().position(|s| *s == id).unwrap_or(seen.len());
        if rank == seen.len() {
            seen.push(id);
        }
        let share = shares.mention(view, parties, other, m.number);
        let signs = signs::pair(view, parties, (at, other), party, (rank as u32, share));
        of.push(Choice { mention: other, signs });
        if of.len() == MOST_WEIGHED {
            break;
        }
    }
    Some(Choices { judged, of, new: signs::new(view, at, repeats, shares.nobody()) })
}

fn alone_as_party(found: &Found) -> Party {
    Party { kind: found.kind, many: Some(true), ..Party::default() }
}

fn repeats_word(m: &Found, a: &Found) -> bool {
    m.form == MentionForm::Nominal && a.form == MentionForm::Nominal && !a.joint && m.word == a.word
}

fn in_reach(m: &Found, a: &Found) -> bool {
    let back = m.sentence.saturating_sub(a.sentence);
    back <= if m.form == MentionForm::Pronoun { PRONOUN_REACH } else { NOUN_REACH }
}

/// "Saying she wanted a deal, Brandt left": the subject behind a clause that comes first.
fn ahead(view: &View<'_>, at: u32) -> Option<u32> {
    let m = &view.found[at as usize];
    if m.form != MentionForm::Pronoun {
        return None;
    }
    let clause = view
        .text
        .above(m.head)
        .find(|&up| matches!(view.text.deprel(up), Deprel::Advcl | Deprel::Obl | Deprel::Ccomp))?;
    let verb = view.text.head(clause)?;
    let subject = view.text.dependent(verb, Deprel::Nsubj).filter(|&s| s > clause && s > m.head)?;
    let other = view.with_head(subject)?;
    let joint = view.found.get(other as usize + 1).is_some_and(|next| next.joint && next.head == subject);
    if m.pronoun == Some(Pronoun::They) && joint {
        return Some(other + 1);
    }
    (view.found[other as usize].form == MentionForm::Name).then_some(other)
}

/// Whether grammar and the words leave it open that the two are the same.
fn can_be(view: &View<'_>, at: u32, other: u32, party: &Party) -> bool {
    let (m, a) = (&view.found[at as usize], &view.found[other as usize]);
    let inside =
        a.tokens.holds(m.head) && !in_clause_of(view, m.head, a.head) || m.tokens.holds(a.head) && !a.joint;
    !inside
        && agrees(m, a, party)
        && !bound(view, m, a)
        && !governed(view, m, a, party)
        && !parts_of_one(view, m, a)
        && !commanded::by_its_name(view, m, party)
}

/// Inside a clause that describes the noun: "Brandt, who said she".
fn in_clause_of(view: &View<'_>, at: u32, noun: u32) -> bool {
    let mut below = at;
    for up in view.text.above(at) {
        if up == noun {
            return matches!(view.text.deprel(below).general(), Deprel::Acl | Deprel::Appos);
        }
        below = up;
    }
    false
}

fn agrees(m: &Found, a: &Found, party: &Party) -> bool {
    if m.sex.is_some() && party.sex.is_some() && m.sex != party.sex {
        return false;
    }
    let person = party.kind == Some(EntityKind::Person);
    match m.pronoun {
        Some(Pronoun::He | Pronoun::She) => person && party.many != Some(true) && !a.joint,
        Some(Pronoun::It) => !person && party.many != Some(true) && !a.joint,
        Some(Pronoun::This | Pronoun::These) => !person && a.form != MentionForm::Name,
        Some(_) => true,
        None => nouns_agree(m, a, party),
    }
}

fn nouns_agree(m: &Found, a: &Found, party: &Party) -> bool {
    let pronoun = matches!(a.pronoun, Some(Pronoun::I | Pronoun::We | Pronoun::You));
    let many = m.number == Number::Many;
    let numbers = match party.many {
        Some(theirs) => m.number == Number::Either || theirs == many || a.number == Number::Either,
        None => true,
    };
    let person = |k: Option<EntityKind>| k == Some(EntityKind::Person);
    // "The Lasian leader" is nobody who is known as another country's.
    let foreign = m
        .of_country
        .is_some_and(|own| person(m.kind) && !party.countries.is_empty() && !party.countries.contains(&own));
    // "A Lasian official" is somebody new, where those before have names.
    let new = m.article == Article::A && person(m.kind) && party.named_by.is_some();
    if foreign || new || other_office(m, party) {
        return false;
    }
    // "The company" is no union.
    let other_body = m.bodies.is_known() && party.bodies.is_known() && !m.bodies.meets(party.bodies);
    let kinds = person(m.kind) == person(party.kind) || a.joint || party.kind.is_none();
    !other_body && !pronoun && numbers && kinds && m.form == MentionForm::Nominal
}

/// "The Lasian president" is not the one who is known as Lasia's envoy.
fn other_office(m: &Found, party: &Party) -> bool {
    let chief = m.noun.is(Noun::CHIEF) && m.of_country.is_some() && party.named_by.is_some();
    let known = party.titles.iter().chain(&party.offices);
    let holds = || known.clone().any(|office| *office == m.word);
    chief && !party.offices.is_empty() && !holds()
}

/// "Brandt met her": arguments of one verb are different, but for "herself".
fn bound(view: &View<'_>, m: &Found, a: &Found) -> bool {
    let reflexive = m.form == MentionForm::Pronoun && pronouns::is_reflexive(view.text.word(m.head));
    let argument = |at: u32| {
        matches!(view.text.deprel(at).general(), Deprel::Nsubj | Deprel::Obj | Deprel::Iobj | Deprel::Obl)
    };
    let (Some(one), Some(two)) = (view.text.head(m.head), view.text.head(a.head)) else { return false };
    let both = one == two && argument(m.head) && argument(a.head);
    let controlled = argument(m.head)
        && !matches!(view.text.deprel(m.head).general(), Deprel::Nsubj)
        && view.text.deprel(one).general() == Deprel::Xcomp
        && view.text.dependent(one, Deprel::Nsubj).is_none()
        && view.text.head(one) == Some(two)
        && matches!(view.text.deprel(a.head).general(), Deprel::Nsubj);
    (both || controlled) && !reflexive
}

/// "State radio said the ministry …": a description below a subject's verb is somebody else, but for a body that is called by its kind
/// ("Orsk Steel said the company …").
fn governed(view: &View<'_>, m: &Found, a: &Found, party: &Party) -> bool {
    let subject = a.role < 2 && a.sentence == m.sentence && a.head < m.head && !a.joint;
    if m.form != MentionForm::Nominal
        || !subject
        || !view.text.head(a.head).is_some_and(|verb| view.text.is_below(m.head, verb))
    {
        return false;
    }
    let clause = view
        .text
        .above(m.head)
        .any(|up| matches!(view.text.deprel(up).general(), Deprel::Ccomp | Deprel::Xcomp));
    let called = m.bodies.meets(party.bodies) || m.word == a.word;
    clause && (a.form == MentionForm::Pronoun || !called)
}

/// "Berlin and Paris": parts of one list differ.
fn parts_of_one(view: &View<'_>, m: &Found, a: &Found) -> bool {
    let joined = |x: u32, y: u32| view.text.head(x) == Some(y) && view.text.is_rel(x, Deprel::Conj);
    let siblings = view.text.is_rel(m.head, Deprel::Conj)
        && view.text.is_rel(a.head, Deprel::Conj)
        && view.text.head(m.head) == view.text.head(a.head);
    !a.joint && (joined(m.head, a.head) || joined(a.head, m.head) || siblings)
}
