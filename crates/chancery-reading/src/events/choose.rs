//! Which of a word's entries its clause fits: the one with the most conditions that hold.

use chancery_lexicon::frames::{Atom, Constraint, Entry, Part, Slot};
use chancery_model::{Deprel, Upos};

use super::Reader;
use super::around::Around;

/// The entry that says most of those whose conditions all hold, and the nouns that it takes in. Where words that only look like an
/// event of a type say as much, they keep every entry of that type out.
pub(super) fn entry(
    reader: &Reader<'_>,
    part: Part,
    word: &str,
    around: &Around,
) -> Option<(&'static Entry, Vec<u32>)> {
    let mut fitting: Vec<(usize, &'static Entry, Vec<u32>)> = Vec::new();
    for entry in reader.frames.entries(part, word) {
        if let Some(takes) = fits(reader, entry, around) {
            fitting.push((entry.constraints.iter().map(weight).sum(), entry, takes));
        }
    }
    let frame = |entry: &'static Entry| reader.frames.frame(entry);
    let kept_out = |says: usize, entry: &'static Entry| {
        fitting
            .iter()
            .any(|(most, e, _)| frame(e).none && frame(e).kind == frame(entry).kind && *most >= says)
    };
    let told = fitting.iter().filter(|(says, e, _)| !frame(e).none && !kept_out(*says, e));
    // Of equals the first in the files.
    let best = told.enumerate().max_by_key(|(at, (says, ..))| (*says, std::cmp::Reverse(*at)))?.1;
    Some((best.1, best.2.clone()))
}

/// How much a condition says: a word more than a class, a class more than anything.
fn weight(constraint: &Constraint) -> usize {
    if constraint.not {
        return 0;
    }
    match constraint.atoms.first() {
        Some(Atom::Word(_)) => 4,
        Some(Atom::Class(_)) => 3,
        Some(Atom::Who | Atom::Person | Atom::Must | Atom::If) => 2,
        Some(Atom::Any | Atom::Absent) | None => 1,
    }
}

/// Whether all conditions of an entry hold; the nouns that its words name are part of the expression.
fn fits(reader: &Reader<'_>, entry: &Entry, around: &Around) -> Option<Vec<u32>> {
    let mut takes = Vec::new();
    for constraint in &entry.constraints {
        let heads = filler(constraint, around);
        let hits: Vec<u32> =
            heads.iter().copied().filter(|&h| constraint.atoms.iter().any(|a| is(reader, a, h))).collect();
        let absent = constraint.atoms.contains(&Atom::Absent) && heads.is_empty();
        if (absent || !hits.is_empty()) == constraint.not {
            return None;
        }
        let named = constraint.atoms.iter().any(|a| matches!(a, Atom::Word(_) | Atom::Class(_)));
        if named
            && !constraint.not
            && matches!(constraint.slot, Slot::Object | Slot::Preposition(_) | Slot::Modifier)
        {
            let word = |h: &u32| constraint.atoms.iter().any(|a| *a != Atom::Who && is(reader, a, *h));
            takes.extend(hits.into_iter().filter(word));
        }
    }
    takes.retain(|&h| !reader.parties.is_party(h));
    Some(takes)
}

fn filler(constraint: &Constraint, around: &Around) -> Vec<u32> {
    match &constraint.slot {
        Slot::Subject => around.subject.clone(),
        Slot::Object => around.object.clone(),
        Slot::Indirect => around.indirect.clone(),
        Slot::Open => around.open.clone(),
        Slot::Clause => around.clause.clone(),
        Slot::Particle => around.particles.clone(),
        Slot::Modifier => around.modifiers.clone(),
        Slot::Verb => around.verb.into_iter().collect(),
        Slot::Preposition(name) => {
            around.phrases.iter().filter(|(n, _)| n == name).map(|(_, head)| *head).collect()
        }
    }
}

fn is(reader: &Reader<'_>, atom: &Atom, head: u32) -> bool {
    match atom {
        Atom::Any => true,
        Atom::Absent => false,
        Atom::Who => reader.parties.is_party(head) || joined_party(reader, head),
        Atom::Person => reader.parties.is_person(head),
        Atom::Must => is_duty(reader, head),
        Atom::If => is_conditional(reader, head),
        Atom::Word(word) => named(reader, head, &|lemma| lemma == word),
        Atom::Class(class) => named(reader, head, &|lemma| reader.frames.in_class(class, lemma)),
    }
}

fn joined_party(reader: &Reader<'_>, head: u32) -> bool {
    reader.text.dependents_by(head, Deprel::Conj).any(|h| reader.parties.is_party(h))
}

/// "that the mill MUST close": a clause of duty with a party as its subject.
fn is_duty(reader: &Reader<'_>, head: u32) -> bool {
    let text = reader.text;
    let must =
        text.dependents_by(head, Deprel::Aux).any(|a| matches!(text.lemma(a), "must" | "should" | "ought"));
    let has_to = text.lemma(head) == "have" && text.dependents_by(head, Deprel::Xcomp).next().is_some();
    (must || has_to) && super::clause::subjects(text, head, 2).iter().any(|&s| reader.parties.is_party(s))
}

/// "That the mill WILL CLOSE unless they sign": what will follow, and on what condition.
fn is_conditional(reader: &Reader<'_>, head: u32) -> bool {
    let text = reader.text;
    let condition = |clause: u32| {
        let mut marks =
            text.dependents_by(clause, Deprel::Mark).chain(text.dependents_by(clause, Deprel::Advmod));
        marks.any(|m| matches!(text.lemma(m), "if" | "unless" | "should"))
    };
    let will = text
        .dependents_by(head, Deprel::Aux)
        .any(|a| matches!(text.lemma(a), "will" | "would" | "wo" | "'ll"));
    will && text.dependents_by(head, Deprel::Advcl).any(condition)
}

/// A sum of money stands for the word "money".
fn is_money(text: &crate::Text<'_>, head: u32) -> bool {
    let sign = |at: u32| matches!(text.lemma(at), "$" | "€" | "£" | "¥" | "us$" | "euro");
    sign(head)
        || (text.upos(head) == Upos::Num && text.dependents(head).iter().any(|&d| sign(d)))
        || text.head(head).is_some_and(|h| text.upos(head) == Upos::Num && sign(h))
}

/// Whether a phrase's noun fits: its head, one that is joined to it, or what stands before a head that says little ("an aid package").
fn named(reader: &Reader<'_>, head: u32, test: &dyn Fn(&str) -> bool) -> bool {
    let text = reader.text;
    let low = |at: u32| text.lemma(at).to_lowercase();
    if test(&low(head)) || text.dependents_by(head, Deprel::Conj).any(|h| test(&low(h))) {
        return true;
    }
    if is_money(text, head) && test("money") {
        return true;
    }
    if !reader.frames.in_class("shell", text.lemma(head)) {
        return false;
    }
    let before = text.dependents_by(head, Deprel::Compound).chain(text.dependents_by(head, Deprel::Amod));
    let mut all = before.chain(text.dependents_by(head, Deprel::Nmod));
    all.any(|d| test(&low(d)))
}
