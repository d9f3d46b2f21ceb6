//! The record that all readings of a file make up together: linked from what is kept of each article, or as it was kept whole after the
//! last change.
//!
//! Linking is done once, after something was read or ruled, and what it gives is kept in parts: a verb asks for the part that it shows.
//! Where nothing is kept (the last writer was killed, or linked in another way) a verb links by itself. This module knows no rule of
//! linking.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::thread;

use chancery_linking::copies::{self, Digest, Member};
use chancery_linking::record::{Part, Roll, join, who_is_who};
use chancery_linking::{Carried, stories};
use chancery_model::{
    Article, Date, Dispute, Entity, Happening, Id, LineKind, Note, PageId, Position, Proposal, Record, Ruling,
};
use chancery_store::{Said, Store};
use serde::de::DeserializeOwned;

use crate::brief::gather::{self, Brief};
use crate::codebooks;
use crate::failure::Failure;
use crate::kept::{Kept, KeptArticle, LINKER, joined, says};
use crate::terminal::say;

/// The part that holds the account of each article.
const KNOWN_ACCOUNTS: &str = "known accounts";
/// The part that holds the story of each article without a date, and which articles these were.
const KNOWN_STORIES: &str = "known stories";

/// The brief of a record.
pub(crate) fn brief(store: &Store) -> Result<Brief, Failure> {
    part(store, "brief", gather::brief)
}

/// Events in the world, in the order of the world.
pub(crate) fn happenings(store: &Store) -> Result<Vec<Happening>, Failure> {
    part(store, "happenings", |linked| Ok(linked.record.happenings.clone()))
}

/// By party, then issue.
pub(crate) fn positions(store: &Store) -> Result<Vec<Position>, Failure> {
    part(store, "positions", |linked| Ok(linked.record.positions.clone()))
}

/// By name.
pub(crate) fn proposals(store: &Store) -> Result<Vec<Proposal>, Failure> {
    part(store, "proposals", |linked| Ok(linked.record.proposals.clone()))
}

/// By type, then place.
pub(crate) fn disputes(store: &Store) -> Result<Vec<Dispute>, Failure> {
    part(store, "disputes", |linked| Ok(linked.record.disputes.clone()))
}

/// What linking left out because of a limit.
pub(crate) fn notes(store: &Store) -> Result<Vec<Note>, Failure> {
    part(store, "notes", |linked| Ok(linked.record.notes.clone()))
}

/// Says notes on limits.
pub(crate) fn mention(notes: &[Note]) {
    notes.iter().for_each(|note| say(&format!("chancery: {}", note.message)));
}

/// The account of each current article.
pub(crate) fn accounts(store: &Store) -> Result<BTreeMap<Id, Id>, Failure> {
    accounts_of(store, &Kept::of(store, &standing(store)?)?)
}

/// A part as it was kept, or made now.
fn part<T: DeserializeOwned>(
    store: &Store,
    name: &str,
    of: impl FnOnce(&Linked<'_>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    match store.linked(name, LINKER)? {
        Some(kept) => Ok(kept),
        None => of(&Linked::of(store, None)?),
    }
}

/// Links the record and keeps what that gives, with what was left out because of a limit, unless nothing changed since it was
/// linked. Where another process adds something in the meantime, nothing is kept: that one links again.
pub(crate) fn keep(store: &mut Store) -> Result<Vec<Note>, Failure> {
    if store.is_linked(LINKER)? {
        return Ok(Vec::new());
    }
    let changes = store.changes()?;
    let linked = Linked::of(store, None)?;
    let brief = gather::brief(&linked)?;
    let Linked { kept, record, accounts, stories, .. } = linked;
    let mut batch = store.batch(&mut |_| true)?;
    if batch.changes()? == changes {
        batch.put_linked("brief", LINKER, &brief)?;
        batch.put_linked("happenings", LINKER, &record.happenings)?;
        batch.put_linked("positions", LINKER, &record.positions)?;
        batch.put_linked("proposals", LINKER, &record.proposals)?;
        batch.put_linked("disputes", LINKER, &record.disputes)?;
        batch.put_linked("notes", LINKER, &record.notes)?;
        batch.put_known(KNOWN_ACCOUNTS, LINKER, &accounts.iter().collect::<Vec<_>>())?;
        batch.put_known(KNOWN_STORIES, LINKER, &stories)?;
        kept.write(&mut batch)?;
    }
    batch.commit()?;
    Ok(record.notes)
}

/// All articles of a record, and what they say together.
pub(crate) struct Linked<'s> {
    store: &'s Store,
    rulings: Vec<Ruling>,
    kept: Kept,
    /// What they say together.
    pub(crate) record: Record,
    /// The account that each article carries, with its copies.
    accounts: BTreeMap<Id, Id>,
    stories: UndatedStories,
    /// The page that was asked for last: articles of one page are asked for one after another.
    last: RefCell<Option<(PageId, Vec<Said>)>>,
    /// Lines that are not to be shown: what was said and done after a day.
    pub(crate) left_out: BTreeSet<Id>,
}

/// Articles without a date with the sightings of their pages, and the story of each.
type UndatedStories = (Vec<(Id, i64)>, Vec<(Id, Id)>);

impl<'s> Linked<'s> {
    /// Links the articles of `store`. `as_of` leaves out pages published later.
    pub(crate) fn of(store: &'s Store, as_of: Option<Date>) -> Result<Self, Failure> {
        let rulings = standing(store)?;
        let mut kept = Kept::of(store, &rulings)?;
        kept.retain(|article| as_of.is_none_or(|day| article.roll.published.is_some_and(|p| p <= day)));
        let file = store.file();
        // Copies and stories ask for words, who is who for names: neither looks at the other.
        let ((entities, known), texts) = thread::scope(|scope| {
            let texts = scope.spawn(|| {
                let store = Store::open(file)?;
                Ok::<_, Failure>((accounts_of(&store, &kept)?, undated_stories(&store, &kept)?))
            });
            let rolls: Vec<&Roll> = kept.articles().map(|(_, article)| &article.roll).collect();
            (who_is_who(&rolls, &rulings), joined(texts))
        });
        let (accounts, stories) = texts?;
        kept.make_shares(store, &known, &rulings)?;
        let of: BTreeMap<Id, Id> = stories.1.iter().copied().collect();
        let parts: Vec<Part<'_>> =
            kept.articles().map(|(_, article)| share(article, &accounts, &of)).collect();
        let record = join(entities, &parts, &rulings);
        let (last, left_out) = (RefCell::new(None), BTreeSet::new());
        Ok(Self { store, rulings, kept, record, accounts, stories, last, left_out })
    }

    /// The articles by date, each with its page.
    pub(crate) fn articles(&self) -> Vec<(PageId, &KeptArticle)> {
        let mut all: Vec<(PageId, &KeptArticle)> = self.kept.articles().collect();
        all.sort_by_key(|(_, a)| (a.roll.published.is_none(), a.roll.published, a.roll.article));
        all.dedup_by_key(|(_, a)| a.roll.article);
        all
    }

    /// All that an article says.
    pub(crate) fn said(&self, page: PageId, article: Id) -> Result<Said, Failure> {
        let mut last = self.last.borrow_mut();
        if last.as_ref().is_none_or(|(known, _)| *known != page) {
            *last = Some((page, says(self.store, &self.rulings, page)?));
        }
        let said = last.iter().flat_map(|(_, said)| said).find(|said| said.article.id == article);
        let mut said =
            said.cloned().ok_or_else(|| Failure::new(format!("article {article} has gone since")))?;
        said.reading.statements.retain(|s| !self.left_out.contains(&s.id));
        said.reading.figures.retain(|f| !self.left_out.contains(&f.id));
        Ok(said)
    }

    /// The sentences that tell of these events, by event.
    pub(crate) fn sentences(&self, events: &BTreeSet<Id>) -> Result<BTreeMap<Id, String>, Failure> {
        let known: BTreeSet<Id> = self.kept.articles().map(|(_, a)| a.roll.article).collect();
        let mut out = BTreeMap::new();
        for line in self.store.lines_with(events)? {
            let new = line.kind == LineKind::Event && !out.contains_key(&line.id);
            if new && known.contains(&line.article) {
                let said = self.said(line.page, line.article)?;
                if let Some(event) = said.reading.events.iter().find(|event| event.id == line.id) {
                    out.insert(line.id, said.article.text[event.sentence.range()].to_owned());
                }
            }
        }
        Ok(out)
    }

    /// How many accounts of the news there are: copies count once.
    pub(crate) fn independent(&self) -> usize {
        self.kept
            .articles()
            .map(|(_, a)| account(a.roll.article, &self.accounts))
            .collect::<BTreeSet<_>>()
            .len()
    }
}

fn share<'a>(article: &'a KeptArticle, accounts: &BTreeMap<Id, Id>, stories: &BTreeMap<Id, Id>) -> Part<'a> {
    let id = article.roll.article;
    Part {
        article: id,
        published: article.roll.published,
        account: account(id, accounts),
        story: stories.get(&id).copied(),
        share: &article.share,
    }
}

/// How many statements each chain of each article makes.
pub(crate) type Statements = BTreeMap<(Id, u32), u32>;

/// Who is who in a record, and what each of its chains said.
pub(crate) fn people(store: &Store) -> Result<(Vec<Entity>, Statements), Failure> {
    let rulings = standing(store)?;
    let kept = Kept::of(store, &rulings)?;
    let rolls: Vec<_> = kept.articles().map(|(_, article)| &article.roll).collect();
    let said = rolls.iter().flat_map(|roll| roll.statements().map(|(at, count)| ((roll.article, at), count)));
    Ok((who_is_who(&rolls, &rulings).0, said.collect()))
}

/// What the articles say, rulings heeded, by date.
pub(crate) fn readings(store: &Store) -> Result<Vec<Said>, Failure> {
    let rulings = standing(store)?;
    let mut said = Vec::new();
    for page in store.current(&codebooks::reader(store)?)? {
        said.extend(says(store, &rulings, page)?);
    }
    said.sort_by_key(|s| (published(&s.article).is_none(), published(&s.article), s.article.id));
    Ok(said)
}

/// Rulings that nobody undid.
fn standing(store: &Store) -> Result<Vec<Ruling>, Failure> {
    Ok(store.rulings()?.into_iter().filter(|kept| kept.undone.is_none()).map(|kept| kept.ruling).collect())
}

/// The stories among articles without a date, as they were found before where the articles are the same.
fn undated_stories(store: &Store, kept: &Kept) -> Result<UndatedStories, Failure> {
    let undated = || kept.articles().filter(|(_, article)| article.roll.published.is_none());
    let mut now: Vec<(Id, i64)> = undated().map(|(page, a)| (a.roll.article, kept.sighting(page))).collect();
    now.sort_unstable();
    now.dedup();
    if let Some(before) = store.linked::<UndatedStories>(KNOWN_STORIES, LINKER)?.filter(|(of, _)| *of == now)
    {
        return Ok(before);
    }
    let pages: BTreeSet<PageId> = undated().map(|(page, _)| page).collect();
    let mut articles: Vec<Article> = Vec::new();
    for page in pages {
        articles.extend(store.says(page)?.into_iter().map(|said| said.article));
    }
    articles.retain(|article| published(article).is_none());
    articles.sort_by_key(|article| article.id);
    articles.dedup_by_key(|article| article.id);
    let carried: Vec<Carried<'_>> = articles.iter().map(Carried::alone).collect();
    let (found, _) = stories::stories(&carried);
    let of = found.iter().flat_map(|story| story.articles.iter().map(|article| (*article, story.id)));
    Ok((now, of.collect()))
}

/// Articles that are no copies carry an account of their own.
fn account(article: Id, accounts: &BTreeMap<Id, Id>) -> Id {
    accounts.get(&article).copied().unwrap_or(article)
}

/// The account of each article. What was known before of articles that are all still here is not asked again.
fn accounts_of(store: &Store, kept: &Kept) -> Result<BTreeMap<Id, Id>, Failure> {
    let mut articles: Vec<(PageId, &KeptArticle)> = kept.articles().collect();
    articles.sort_by_key(|(_, a)| (a.roll.published.is_none(), a.roll.published, a.roll.article));
    let before: Vec<(Id, Id)> = store.linked(KNOWN_ACCOUNTS, LINKER)?.unwrap_or_default();
    let here: BTreeSet<Id> = articles.iter().map(|(_, a)| a.roll.article).collect();
    let broken: BTreeSet<Id> =
        before.iter().filter(|(article, _)| !here.contains(article)).map(|(_, account)| *account).collect();
    let known: BTreeMap<Id, Id> =
        before.into_iter().filter(|(_, account)| !broken.contains(account)).collect();
    let numbers: BTreeMap<Id, u32> = known.values().copied().zip(0..).collect();
    let prints: BTreeMap<Id, Vec<u32>> = store.prints()?.into_iter().collect();
    let member = |(page, article): &(PageId, &'_ KeptArticle)| {
        let id = article.roll.article;
        let known = known.get(&id).and_then(|account| numbers.get(account)).copied();
        (*page, id, known)
    };
    let members: Vec<Member<'_>> = articles
        .iter()
        .map(|one| {
            let (page, id, known) = member(one);
            let prints = prints.get(&id).map_or(&[][..], Vec::as_slice);
            Member { page, agency: one.1.agency.as_deref(), outlet: one.1.outlet.as_deref(), prints, known }
        })
        .collect();
    let first = copies::accounts(&members, |at| {
        let (page, article) = articles[at as usize];
        digest(store, page, article.roll.article)
    })?;
    let first = first.into_iter().map(|first| articles[first as usize].1.roll.article);
    Ok(articles.iter().map(|(_, a)| a.roll.article).zip(first).collect())
}

/// The words of an article as copies are told by them.
fn digest(store: &Store, page: PageId, article: Id) -> Result<Rc<Digest>, Failure> {
    let articles = store.reading(page)?.articles;
    let found = articles.iter().find(|own| own.id == article);
    Ok(Rc::new(found.map_or_else(Digest::default, |found| Digest::of(&Carried::alone(found)))))
}

/// The day of publication, where it is known.
pub(crate) fn published(article: &Article) -> Option<Date> {
    article.published.when.as_ref().ok().map(|moment| moment.date)
}
