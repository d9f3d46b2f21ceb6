//! Which named body a description means: "the union", "the company", "the clerks' union".
//!
//! The words decide, not how near a name stands: what describes the noun is part of one body's name; or the article called a body so
//! before; or it has named one body of that kind and no other. Where two could be meant, the signs of [`super::signs`] weigh.

use chancery_model::{Deprel, EntityKind, MentionForm};

use super::found::{Article, Found};
use super::party::{Parties, Party, PartyId};
use super::view::View;

/// The mention of the body that the description at `at` means.
pub(super) fn same(view: &View<'_>, parties: &Parties, at: u32) -> Option<u32> {
    let m = &view.found[at as usize];
    let body = m.form == MentionForm::Nominal && m.bodies.is_known() && m.of_country.is_none();
    let definite = matches!(m.article, Article::The | Article::Whose) || is_bare_body(view, m);
    if !body || !definite {
        return None;
    }
    let own = describing(view, m);
    let named = candidates(parties, at).filter(|(_, party)| party.bodies.meets(m.bodies));
    let id = if own.is_empty() {
        if m.article == Article::Whose || has_more(view, m) {
            return None;
        }
        called_so(view, parties, at, m).or_else(|| only_one(named))
    } else {
        only_one(named.filter(|(_, party)| own.iter().all(|word| party.name.contains(word))))
    }?;
    last_before(&parties.all[id as usize], at)
}

/// "Management has offered": a word for one body that needs no article.
fn is_bare_body(view: &View<'_>, m: &Found) -> bool {
    m.article == Article::Bare && view.text.lemma(m.head) == "management"
}

/// Clauses, places and owners behind the noun tell of another one than the last.
fn has_more(view: &View<'_>, m: &Found) -> bool {
    m.tokens.end > m.head + 1
        && view.text.dependents(m.head).iter().any(|&part| part > m.head && m.tokens.holds(part))
}

/// The words that describe the noun, folded as names are: "clerks" of "the clerks' union".
fn describing(view: &View<'_>, m: &Found) -> Vec<String> {
    let describes = |&part: &u32| {
        let kind = view.text.deprel(part).general();
        part < m.head && matches!(kind, Deprel::Amod | Deprel::Compound | Deprel::Nmod | Deprel::Nummod)
    };
    let parts = view.text.dependents(m.head).iter().copied().filter(describes);
    parts.map(|part| view.text.word(part).to_lowercase()).collect()
}

/// The named bodies before a mention.
fn candidates(parties: &Parties, at: u32) -> impl Iterator<Item = (PartyId, &Party)> {
    parties.all.iter().enumerate().map(|(id, party)| (id as PartyId, party)).filter(move |(_, party)| {
        party.named_by.is_some()
            && !matches!(party.kind, Some(EntityKind::Person | EntityKind::Group))
            && party.many != Some(true)
            && last_before(party, at).is_some()
    })
}

fn only_one<'a>(mut named: impl Iterator<Item = (PartyId, &'a Party)>) -> Option<PartyId> {
    let first = named.next()?.0;
    named.next().is_none().then_some(first)
}

/// The body that the article has called so before, unless another of the kind was named in the same paragraph.
fn called_so(view: &View<'_>, parties: &Parties, at: u32, m: &Found) -> Option<PartyId> {
    let bare = |found: &Found| {
        found.form == MentionForm::Nominal
            && !found.joint
            && found.word == m.word
            && found.described.is_empty()
    };
    let before = (0..at).rev().find(|&other| {
        let found = &view.found[other as usize];
        bare(found)
            && found.article == m.article
            && describing(view, found).is_empty()
            && !has_more(view, found)
    })?;
    let id = parties.of[before as usize]?;
    let block = |at: u32| view.text.doc.sentences[view.found[at as usize].sentence as usize].block;
    let rival = candidates(parties, at).any(|(other, party)| {
        other != id
            && party.bodies.meets(m.bodies)
            && last_before(party, at).is_some_and(|x| block(x) == block(at))
    });
    let named = parties.all[id as usize].named_by.is_some();
    (named && !rival).then_some(id)
}

/// The last mention of a party before a place.
fn last_before(party: &Party, at: u32) -> Option<u32> {
    party.members.iter().copied().filter(|&member| member < at).max()
}
