//! From parties to the lines of a reading: mentions in order, chains with names, roles and sides.

use chancery_model::{
    Chain, Deprel, EntityKind, Mention, MentionForm, Role, Side, Span, TokenRange, Unresolved,
};

use super::found::{Article, Found};
use super::party::{Parties, Party};
use super::sides::plain;
use super::view::View;
use super::{roles, sides};

/// Mentions by the place of their heads, and the chains they belong to.
pub(crate) fn settle(view: &View<'_>, parties: &Parties) -> (Vec<Mention>, Vec<Chain>) {
    let roles: Vec<_> = parties.all.iter().map(|p| roles::read(view, p)).collect();
    let sides = sides::read(view, parties, &roles);
    let shown: Vec<bool> = (0..view.found.len()).map(|at| is_shown(view, parties, at)).collect();
    let mut new_index = vec![None; view.found.len()];
    for (new, at) in (0..view.found.len()).filter(|&at| shown[at]).enumerate() {
        new_index[at] = Some(new as u32);
    }
    let mut chain_of = vec![None; parties.all.len()];
    let mut chains = Vec::new();
    for at in (0..view.found.len()).filter(|&at| shown[at]) {
        let Some(id) = parties.of[at].map(|id| id as usize) else { continue };
        if chain_of[id].is_none() {
            chain_of[id] = Some(chains.len() as u32);
            let held = roles[id].iter().map(|h| h.role.clone()).collect();
            chains.push(chain(view, &parties.all[id], held, sides[id].clone(), &new_index));
        }
    }
    let mentions = (0..view.found.len()).filter(|&at| shown[at]).map(|at| Mention {
        span: view.text.span(view.found[at].tokens),
        tokens: view.found[at].tokens,
        head: view.found[at].head,
        form: view.found[at].form,
        chain: parties.of[at].and_then(|id| chain_of[id as usize]).ok_or_else(|| unresolved(&view.found[at])),
    });
    (mentions.collect(), chains)
}

/// Things are only shown where they are mentioned again; lists only where somebody means them.
fn is_shown(view: &View<'_>, parties: &Parties, at: usize) -> bool {
    let found = &view.found[at];
    let Some(party) = parties.party(at as u32) else { return !found.joint };
    let several = party.members.len() > 1;
    several || !found.joint && party.kind.is_some_and(|k| k != EntityKind::Thing)
}

fn unresolved(found: &Found) -> Unresolved {
    Unresolved::because(match found.form {
        MentionForm::Pronoun => "the text does not settle whom the pronoun means",
        _ => "the text does not settle whom the words mean",
    })
}

fn chain(view: &View<'_>, party: &Party, roles: Vec<Role>, side: Option<Side>, new: &[Option<u32>]) -> Chain {
    let mut mentions: Vec<u32> = party.members.iter().filter_map(|&at| new[at as usize]).collect();
    mentions.sort_unstable();
    Chain {
        kind: kind(party),
        plural: party.many == Some(true),
        name: name(view, party),
        shown: shown(view, party),
        roles,
        side,
        mentions,
    }
}

fn kind(party: &Party) -> EntityKind {
    party.kind.unwrap_or(EntityKind::Thing)
}

fn name(view: &View<'_>, party: &Party) -> Option<String> {
    let Some(named_by) = party.named_by else { return described(view, party) };
    let found = &view.found[named_by as usize];
    if let Some(country) = party.country.filter(|_| party.is_country()) {
        return Some(country.name.to_owned());
    }
    Some(plain(view.text.words(name_span(view, found))))
}

/// A body that a name tells from all others goes by that description: "the Lasian foreign ministry", "Brandt's office".
fn described(view: &View<'_>, party: &Party) -> Option<String> {
    if party.kind != Some(EntityKind::Organization) {
        return None;
    }
    let members = party.members.iter().map(|&at| &view.found[at as usize]);
    let told = members.filter(|found| {
        let one = matches!(found.article, Article::The | Article::Bare | Article::Whose);
        let owner = view.text.dependents(found.head).iter().copied().find(|&part| {
            part < found.head && view.text.deprel(part) == Deprel::NmodPoss && view.text.name(part).is_some()
        });
        let told = found.of_country.is_some() || owner.is_some();
        found.form == MentionForm::Nominal && !found.joint && one && told
    });
    let words = told.map(|found| super::noun_phrase(view.text, found.head)).max_by_key(|w| w.len())?;
    Some(plain(view.text.words(view.text.span(words))))
}

fn shown(view: &View<'_>, party: &Party) -> Span {
    if let Some(at) = party.named_by {
        return name_span(view, &view.found[at as usize]);
    }
    let longest = party.members.iter().map(|&at| &view.found[at as usize]).max_by_key(|f| {
        (f.form != MentionForm::Pronoun, f.tokens.len().min(12), std::cmp::Reverse(f.tokens.start))
    });
    longest.map_or(Span { start: 0, end: 0 }, |f| super::without_clauses(view.text, f.head, f.tokens))
}

fn name_span(view: &View<'_>, found: &Found) -> Span {
    let range = found.name.unwrap_or(TokenRange::new(found.head as usize, found.head as usize + 1));
    view.text.span(range)
}
