//! Whom an article names: all that it takes to tell who is who over articles, and nothing else of the article.
//!
//! A roll follows from its article alone, so it is made once and kept, however many articles come.

use std::collections::BTreeMap;

use chancery_model::{Cite, Date, EntityKind, Id};
use serde::{Deserialize, Serialize};

use super::Told;
use super::entities::is_name;

/// The named chains of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Roll {
    /// The article.
    pub article: Id,
    /// The day of publication, where it is known.
    pub published: Option<Date>,
    pub(super) chains: Vec<NamedChain>,
}

/// A chain that has a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct NamedChain {
    /// Its index among the chains of its article.
    pub(super) at: u32,
    pub(super) kind: EntityKind,
    pub(super) name: String,
    pub(super) side: Option<String>,
    pub(super) offices: Vec<Office>,
    pub(super) mentions: u32,
    /// Statements that it makes.
    pub(super) statements: u32,
}

/// An office as the words of the article have it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Office {
    pub(super) of: Option<String>,
    pub(super) former: bool,
    /// Its title.
    pub(super) cite: Cite,
}

impl Roll {
    /// The roll of an article. Its account and its story are not looked at.
    pub fn of(told: &Told<'_>) -> Self {
        let said = statements(told);
        let named = (0..).zip(&told.reading.chains).filter_map(|(at, chain)| {
            let name = chain.name.as_deref().filter(|_| chain.kind != EntityKind::Thing)?;
            let office = |role: &chancery_model::Role| Office {
                of: role.body.clone(),
                former: role.former,
                cite: told.cite(role.title),
            };
            is_name(name).then(|| NamedChain {
                at,
                kind: chain.kind,
                name: name.to_owned(),
                side: chain.side.as_ref().map(|side| side.name.clone()).filter(|side| is_name(side)),
                offices: chain.roles.iter().map(office).collect(),
                mentions: chain.mentions.len() as u32,
                statements: said.get(&at).copied().unwrap_or(0),
            })
        });
        Self { article: told.article.id, published: told.published(), chains: named.collect() }
    }

    /// Statements that each named chain makes, by its index.
    pub fn statements(&self) -> impl Iterator<Item = (u32, u32)> {
        self.chains.iter().map(|chain| (chain.at, chain.statements))
    }
}

/// Statements of each chain; one that two make counts for both.
fn statements(told: &Told<'_>) -> BTreeMap<u32, u32> {
    let mut out = BTreeMap::new();
    for statement in &told.reading.statements {
        let mut speakers: Vec<u32> =
            statement.speakers.iter().filter_map(|who| who.chain.as_ref().ok().copied()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        speakers.into_iter().for_each(|chain| *out.entry(chain).or_default() += 1);
    }
    out
}
