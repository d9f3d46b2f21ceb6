//! The record that all readings of a file make up together.

use chancery_linking::record::{Told, apply, link};
use chancery_model::{Article, Date, Id, Record, Ruling};
use chancery_store::{Said, Store};

use crate::failure::Failure;
use crate::read::READER;

/// All readings of a record, and what they say together.
pub(crate) struct Linked {
    /// The articles and what each says, by date.
    pub(crate) said: Vec<Said>,
    /// What they say together.
    pub(crate) record: Record,
}

impl Linked {
    /// Links the readings of `store`. `as_of` leaves out pages published later.
    pub(crate) fn of(store: &Store, as_of: Option<Date>) -> Result<Self, Failure> {
        let mut said: Vec<Said> = store.readings(READER)?.collect::<Result<_, _>>()?;
        said.retain(|s| as_of.is_none_or(|day| published(&s.article).is_some_and(|p| p <= day)));
        said.sort_by_key(|s| (published(&s.article).is_none(), published(&s.article), s.article.id));
        let rulings = standing(store)?;
        said.iter_mut().for_each(|s| apply(&rulings, &mut s.reading));
        let record = link(&told(&said), &rulings);
        Ok(Self { said, record })
    }

    /// The articles as linking sees them.
    pub(crate) fn told(&self) -> Vec<Told<'_>> {
        told(&self.said)
    }
}

/// Rulings that nobody undid.
fn standing(store: &Store) -> Result<Vec<Ruling>, Failure> {
    Ok(store.rulings()?.into_iter().filter(|kept| kept.undone.is_none()).map(|kept| kept.ruling).collect())
}

fn told(said: &[Said]) -> Vec<Told<'_>> {
    said.iter()
        .map(|s| Told { article: &s.article, reading: &s.reading, account: account(&s.article) })
        .collect()
}

/// Articles that are no copies carry an account of their own.
fn account(article: &Article) -> Id {
    article.id
}

/// The day of publication, where it is known.
pub(crate) fn published(article: &Article) -> Option<Date> {
    article.published.when.as_ref().ok().map(|moment| moment.date)
}
