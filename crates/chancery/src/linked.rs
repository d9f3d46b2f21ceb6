//! The record that all readings of a file make up together.

use std::collections::BTreeMap;

use chancery_linking::Carried;
use chancery_linking::record::{Told, apply, link};
use chancery_model::{Article, Date, Id, Record, Ruling};
use chancery_store::{Said, Store};

use crate::failure::Failure;
use crate::gathered;
use crate::read::READER;

/// All readings of a record, and what they say together.
pub(crate) struct Linked {
    /// The articles and what each says, by date.
    pub(crate) said: Vec<Said>,
    /// What they say together.
    pub(crate) record: Record,
    /// The account that each article carries, with its copies.
    accounts: BTreeMap<Id, Id>,
}

impl Linked {
    /// Links the readings of `store`. `as_of` leaves out pages published later.
    pub(crate) fn of(store: &Store, as_of: Option<Date>) -> Result<Self, Failure> {
        let mut said: Vec<Said> = store.readings(READER)?.collect::<Result<_, _>>()?;
        said.retain(|s| as_of.is_none_or(|day| published(&s.article).is_some_and(|p| p <= day)));
        said.sort_by_key(|s| (published(&s.article).is_none(), published(&s.article), s.article.id));
        let rulings = standing(store)?;
        said.iter_mut().for_each(|s| apply(&rulings, &mut s.reading));
        let accounts = accounts(&said);
        let record = link(&told(&said, &accounts), &rulings);
        Ok(Self { said, record, accounts })
    }

    /// The articles as linking sees them.
    pub(crate) fn told(&self) -> Vec<Told<'_>> {
        told(&self.said, &self.accounts)
    }
}

/// Rulings that nobody undid.
fn standing(store: &Store) -> Result<Vec<Ruling>, Failure> {
    Ok(store.rulings()?.into_iter().filter(|kept| kept.undone.is_none()).map(|kept| kept.ruling).collect())
}

fn told<'a>(said: &'a [Said], accounts: &BTreeMap<Id, Id>) -> Vec<Told<'a>> {
    said.iter()
        .map(|s| Told { article: &s.article, reading: &s.reading, account: account(&s.article, accounts) })
        .collect()
}

/// Articles that are no copies carry an account of their own.
fn account(article: &Article, accounts: &BTreeMap<Id, Id>) -> Id {
    accounts.get(&article.id).copied().unwrap_or(article.id)
}

/// The account of each article.
fn accounts(said: &[Said]) -> BTreeMap<Id, Id> {
    let carried: Vec<Carried<'_>> = said.iter().map(|s| Carried::alone(&s.article)).collect();
    gathered::accounts(&gathered::copies_of(&carried))
}

/// The day of publication, where it is known.
pub(crate) fn published(article: &Article) -> Option<Date> {
    article.published.when.as_ref().ok().map(|moment| moment.date)
}
