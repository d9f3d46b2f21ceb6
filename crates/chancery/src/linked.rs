//! The record that all readings of a file make up together: linked anew, or as it was kept after the last change.
//!
//! Linking takes longer the more there is to link, and what it gives follows from readings and rulings alone. So it is done once, after
//! something was read or ruled, and kept in parts: a verb asks for the part that it shows. Where nothing is kept (the last writer was
//! killed, or linked in another way) a verb links by itself. This module knows no rule of linking.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use chancery_linking::copies::{self, Member};
use chancery_linking::record::{Told, apply, link};
use chancery_linking::{Carried, stories};
use chancery_model::{Article, Date, Dispute, Happening, Id, PageId, Position, Proposal, Record, Ruling};
use chancery_store::{Said, Store, StoreError};
use serde::de::DeserializeOwned;

use crate::brief::gather::{self, Brief};
use crate::codebooks;
use crate::failure::Failure;

/// What tells ways of linking apart.
const LINKER: &str = env!("CHANCERY_LINKER");

/// The part that holds the account of each article.
const KNOWN_ACCOUNTS: &str = "known accounts";

/// The brief of a record.
pub(crate) fn brief(store: &Store) -> Result<Brief, Failure> {
    part(store, "brief", |linked| gather::brief(&linked))
}

/// Events in the world, in the order of the world.
pub(crate) fn happenings(store: &Store) -> Result<Vec<Happening>, Failure> {
    part(store, "happenings", |linked| linked.record.happenings)
}

/// By party, then issue.
pub(crate) fn positions(store: &Store) -> Result<Vec<Position>, Failure> {
    part(store, "positions", |linked| linked.record.positions)
}

/// By name.
pub(crate) fn proposals(store: &Store) -> Result<Vec<Proposal>, Failure> {
    part(store, "proposals", |linked| linked.record.proposals)
}

/// By type, then place.
pub(crate) fn disputes(store: &Store) -> Result<Vec<Dispute>, Failure> {
    part(store, "disputes", |linked| linked.record.disputes)
}

/// A part as it was kept, or made now.
fn part<T: DeserializeOwned>(store: &Store, name: &str, of: impl FnOnce(Linked) -> T) -> Result<T, Failure> {
    match store.linked(name, LINKER)? {
        Some(kept) => Ok(kept),
        None => Ok(of(Linked::of(store, None)?)),
    }
}

/// Links the record and keeps what that gives, unless nothing changed since it was linked. Where another process adds something in the
/// meantime, nothing is kept: that one links again.
pub(crate) fn keep(store: &mut Store) -> Result<(), Failure> {
    if store.is_linked(LINKER)? {
        return Ok(());
    }
    let changes = store.changes()?;
    let linked = Linked::of(store, None)?;
    let brief = gather::brief(&linked);
    let mut batch = store.batch(&mut |_| true)?;
    if batch.changes()? == changes {
        let record = &linked.record;
        batch.put_linked("brief", LINKER, &brief)?;
        batch.put_linked("happenings", LINKER, &record.happenings)?;
        batch.put_linked("positions", LINKER, &record.positions)?;
        batch.put_linked("proposals", LINKER, &record.proposals)?;
        batch.put_linked("disputes", LINKER, &record.disputes)?;
        batch.put_known(KNOWN_ACCOUNTS, LINKER, &linked.accounts.iter().collect::<Vec<_>>())?;
    }
    Ok(batch.commit()?)
}

/// All readings of a record, and what they say together.
pub(crate) struct Linked {
    /// The articles and what each says, by date.
    pub(crate) said: Vec<Said>,
    /// What they say together.
    pub(crate) record: Record,
    /// The account that each article carries, with its copies.
    accounts: BTreeMap<Id, Id>,
    /// The story of each article without a date.
    stories: BTreeMap<Id, Id>,
}

impl Linked {
    /// Links the readings of `store`. `as_of` leaves out pages published later.
    pub(crate) fn of(store: &Store, as_of: Option<Date>) -> Result<Self, Failure> {
        let mut said = readings(store)?;
        said.retain(|s| as_of.is_none_or(|day| published(&s.article).is_some_and(|p| p <= day)));
        let rulings = standing(store)?;
        let accounts = accounts(store, &said)?;
        let stories = undated_stories(&said);
        let record = link(&told(&said, &accounts, &stories), &rulings);
        Ok(Self { said, record, accounts, stories })
    }

    /// The articles as linking sees them.
    pub(crate) fn told(&self) -> Vec<Told<'_>> {
        told(&self.said, &self.accounts, &self.stories)
    }
}

/// What the articles say, rulings heeded, by date.
pub(crate) fn readings(store: &Store) -> Result<Vec<Said>, Failure> {
    let mut said = unsorted(store)?;
    said.sort_by_key(|s| (published(&s.article).is_none(), published(&s.article), s.article.id));
    let rulings = standing(store)?;
    said.iter_mut().for_each(|s| apply(&rulings, &mut s.reading));
    Ok(said)
}

/// Pages from which on a second hand unpacks half of them.
const MANY: usize = 512;

/// What the articles say.
fn unsorted(store: &Store) -> Result<Vec<Said>, Failure> {
    let pages = store.current(&codebooks::reader(store)?)?;
    if pages.len() < MANY {
        return Ok(says(store, &pages)?);
    }
    let (first, second) = pages.split_at(pages.len() / 2);
    let file = store.file();
    let (ours, theirs) = thread::scope(|scope| {
        let theirs = scope.spawn(|| says(&Store::open(file)?, second));
        (says(store, first), theirs.join())
    });
    let theirs = theirs.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
    Ok([ours?, theirs?].into_iter().flatten().collect())
}

fn says(store: &Store, pages: &[PageId]) -> Result<Vec<Said>, StoreError> {
    let mut out = Vec::with_capacity(pages.len());
    for page in pages {
        out.extend(store.says(*page)?);
    }
    Ok(out)
}

/// Rulings that nobody undid.
fn standing(store: &Store) -> Result<Vec<Ruling>, Failure> {
    Ok(store.rulings()?.into_iter().filter(|kept| kept.undone.is_none()).map(|kept| kept.ruling).collect())
}

fn told<'a>(said: &'a [Said], accounts: &BTreeMap<Id, Id>, stories: &BTreeMap<Id, Id>) -> Vec<Told<'a>> {
    let one = |s: &'a Said| Told {
        article: &s.article,
        reading: &s.reading,
        account: account(&s.article, accounts),
        story: stories.get(&s.article.id).copied(),
    };
    said.iter().map(one).collect()
}

/// The stories among articles without a date: for each its story.
fn undated_stories(said: &[Said]) -> BTreeMap<Id, Id> {
    let undated = said.iter().filter(|s| published(&s.article).is_none());
    let carried: Vec<Carried<'_>> = undated.map(|s| Carried::alone(&s.article)).collect();
    let found = stories::stories(&carried);
    found.iter().flat_map(|story| story.articles.iter().map(|article| (*article, story.id))).collect()
}

/// Articles that are no copies carry an account of their own.
fn account(article: &Article, accounts: &BTreeMap<Id, Id>) -> Id {
    accounts.get(&article.id).copied().unwrap_or(article.id)
}

/// The account of each article. What was known before of articles that are all still here is not asked again.
fn accounts(store: &Store, said: &[Said]) -> Result<BTreeMap<Id, Id>, Failure> {
    let kept: Vec<(Id, Id)> = store.linked(KNOWN_ACCOUNTS, LINKER)?.unwrap_or_default();
    let here: BTreeSet<Id> = said.iter().map(|s| s.article.id).collect();
    let broken: BTreeSet<Id> =
        kept.iter().filter(|(article, _)| !here.contains(article)).map(|(_, account)| *account).collect();
    let whole = kept.into_iter().filter(|(_, account)| !broken.contains(account));
    let known: BTreeMap<Id, Id> = whole.collect();
    let numbers: BTreeMap<Id, u32> = known.values().copied().zip(0..).collect();
    let members: Vec<Member<'_>> = said
        .iter()
        .map(|s| Member {
            article: &s.article,
            prints: &s.prints,
            known: known.get(&s.article.id).and_then(|account| numbers.get(account)).copied(),
        })
        .collect();
    let first = copies::accounts(&members).into_iter().map(|first| said[first as usize].article.id);
    Ok(said.iter().map(|s| s.article.id).zip(first).collect())
}

/// The day of publication, where it is known.
pub(crate) fn published(article: &Article) -> Option<Date> {
    article.published.when.as_ref().ok().map(|moment| moment.date)
}
