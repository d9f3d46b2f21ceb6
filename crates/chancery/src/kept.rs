//! What linking keeps of each page: the rolls and shares of its articles, so that a page that comes is all that has to be looked at.
//!
//! Two designs were weighed. One keeps tables of names and happenings and lets a new page change what it touches in them: the second way
//! to link would have to be held equal to the first. The other, which is built, keeps per article all that linking needs of it, in compact
//! parts, and puts the parts together anew each time: linking a record that grew and linking it anew are one function of the same values,
//! and differ only in where those come from. What is kept of an article holds while its page was read as the same sighting, its
//! lines are ruled on as before, and the record calls its people what it called them.

use std::collections::{BTreeMap, BTreeSet};
use std::thread;

use chancery_linking::record::{Known, Roll, Share, Told, apply};
use chancery_model::{Id, PageId, Ruling, RulingKind};
use chancery_store::{Batch, Said, Store};
use serde::{Deserialize, Serialize};

use crate::codebooks;
use crate::failure::Failure;

/// What tells ways of linking apart.
pub(crate) const LINKER: &str = env!("CHANCERY_LINKER");

/// Pages are kept in so many parts: one that comes writes one of them.
const PARTS: u8 = 16;
/// Pages from which on a second hand unpacks half of them.
const MANY: usize = 256;

/// What is kept of all current pages.
pub(crate) struct Kept {
    /// Who read the pages.
    reader: String,
    pages: BTreeMap<PageId, KeptPage>,
    /// Parts that are no longer what the record holds.
    changed: BTreeSet<u8>,
}

/// What is kept of a page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct KeptPage {
    /// As which sighting it was read.
    sighting: i64,
    /// What tells the rulings on its lines from others.
    ruled: u64,
    articles: Vec<KeptArticle>,
}

/// What is kept of an article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct KeptArticle {
    /// The agency that it credits.
    pub(crate) agency: Option<String>,
    /// Who carries it.
    pub(crate) outlet: Option<String>,
    /// Whom it names.
    pub(crate) roll: Roll,
    /// Its stances on no issue of a codebook.
    pub(crate) open: Vec<Open>,
    /// Figures that somebody claims.
    pub(crate) claimed: u32,
    /// What the record made of its names when its share was made.
    view: Option<u64>,
    /// What it adds to the record.
    pub(crate) share: Share,
}

/// A stance that fits no issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Open {
    pub(crate) id: Id,
    pub(crate) party: String,
    pub(crate) words: String,
}

impl KeptArticle {
    fn of(said: &Said) -> Self {
        let open = said.reading.stances.iter().filter(|stance| stance.issue.is_none());
        let open = open.map(|stance| Open {
            id: stance.id,
            party: stance.party.clone(),
            words: said.article.text[stance.terms.range()].to_owned(),
        });
        let claimed = said.reading.figures.iter().filter(|figure| figure.claimed_by.is_some());
        Self {
            agency: said.article.agency.clone(),
            outlet: said.article.outlet.clone(),
            roll: Roll::of(&told(said)),
            open: open.collect(),
            claimed: claimed.count() as u32,
            view: None,
            share: Share::default(),
        }
    }
}

/// An article alone: neither its account nor its story plays a part in its roll and share.
fn told(said: &Said) -> Told<'_> {
    Told { article: &said.article, reading: &said.reading, account: said.article.id, story: None }
}

impl Kept {
    /// What `store` keeps, brought up to what it holds now. Shares are left to [`Kept::make_shares`].
    pub(crate) fn of(store: &Store, rulings: &[Ruling]) -> Result<Self, Failure> {
        let reader = codebooks::reader(store)?;
        let current: BTreeMap<PageId, i64> = store.current_sightings(&reader)?.into_iter().collect();
        let mut kept = Self { pages: loaded(store, &reader)?, reader, changed: BTreeSet::new() };
        let ruled = ruled(store, rulings)?;
        let as_now = |page: &PageId, kept: &KeptPage| {
            current.get(page) == Some(&kept.sighting) && ruled.get(page).copied().unwrap_or(0) == kept.ruled
        };
        let gone: Vec<PageId> =
            kept.pages.iter().filter(|(page, k)| !as_now(page, k)).map(|(page, _)| *page).collect();
        for page in gone {
            kept.pages.remove(&page);
            kept.changed.insert(part_of(page));
        }
        let new: Vec<PageId> =
            current.keys().filter(|page| !kept.pages.contains_key(page)).copied().collect();
        let read = over(store, rulings, &new, |said| said.iter().map(KeptArticle::of).collect::<Vec<_>>())?;
        for (page, articles) in new.into_iter().zip(read) {
            let ruled = ruled.get(&page).copied().unwrap_or(0);
            kept.pages.insert(page, KeptPage { sighting: current[&page], ruled, articles });
            kept.changed.insert(part_of(page));
        }
        Ok(kept)
    }

    /// The articles with their pages.
    pub(crate) fn articles(&self) -> impl Iterator<Item = (PageId, &KeptArticle)> {
        self.pages.iter().flat_map(|(page, kept)| kept.articles.iter().map(move |article| (*page, article)))
    }

    /// What tells the readings of these articles from others.
    pub(crate) fn sighting(&self, page: PageId) -> i64 {
        self.pages.get(&page).map_or(0, |kept| kept.sighting)
    }

    /// Leaves out articles.
    pub(crate) fn retain(&mut self, keep: impl Fn(&KeptArticle) -> bool) {
        self.pages.values_mut().for_each(|kept| kept.articles.retain(&keep));
    }

    /// Makes the shares of those articles whose names the record calls otherwise than when they were made.
    pub(crate) fn make_shares(
        &mut self,
        store: &Store,
        known: &Known,
        rulings: &[Ruling],
    ) -> Result<(), Failure> {
        let is_other = |kept: &KeptArticle| kept.view != Some(known.view(kept.roll.article));
        let other = self.pages.iter().filter(|(_, kept)| kept.articles.iter().any(is_other));
        let other: Vec<PageId> = other.map(|(page, _)| *page).collect();
        let made = over(store, rulings, &other, |said| {
            let share = |said: &Said| (said.article.id, Share::of(&told(said), known));
            said.iter().map(share).collect::<Vec<_>>()
        })?;
        for (page, shares) in other.into_iter().zip(made) {
            self.changed.insert(part_of(page));
            let Some(kept) = self.pages.get_mut(&page) else { continue };
            for (id, share) in shares {
                if let Some(article) = kept.articles.iter_mut().find(|article| article.roll.article == id) {
                    article.view = Some(known.view(id));
                    article.share = share;
                }
            }
        }
        Ok(())
    }

    /// Puts the parts that changed into the record.
    pub(crate) fn write(&self, batch: &mut Batch<'_>) -> Result<(), Failure> {
        for part in &self.changed {
            let pages: Vec<(&PageId, &KeptPage)> =
                self.pages.iter().filter(|(page, _)| part_of(**page) == *part).collect();
            batch.put_known(&part_name(*part), LINKER, &(&self.reader, pages))?;
        }
        Ok(())
    }
}

fn part_of(page: PageId) -> u8 {
    page.0[0] % PARTS
}

fn part_name(part: u8) -> String {
    format!("pages {part}")
}

/// What a part holds: who read its pages, and what is kept of each.
type KeptPart = (String, Vec<(PageId, KeptPage)>);

/// What `store` keeps of the pages that `reader` read.
fn loaded(store: &Store, reader: &str) -> Result<BTreeMap<PageId, KeptPage>, Failure> {
    let of = |store: &Store, parts: std::ops::Range<u8>| -> Result<Vec<(PageId, KeptPage)>, Failure> {
        let mut out: Vec<(PageId, KeptPage)> = Vec::new();
        for part in parts {
            let kept: Option<KeptPart> = store.linked(&part_name(part), LINKER)?;
            out.extend(kept.filter(|(by, _)| by == reader).map_or_else(Vec::new, |(_, pages)| pages));
        }
        Ok(out)
    };
    let file = store.file();
    let (ours, theirs) = thread::scope(|scope| {
        let theirs = scope.spawn(|| of(&Store::open(file)?, PARTS / 2..PARTS));
        (of(store, 0..PARTS / 2), joined(theirs))
    });
    Ok(ours?.into_iter().chain(theirs?).collect())
}

/// What `each` makes of what each page says, rulings heeded; pages in their order.
fn over<T: Send>(
    store: &Store,
    rulings: &[Ruling],
    pages: &[PageId],
    each: impl Fn(&[Said]) -> T + Sync,
) -> Result<Vec<T>, Failure> {
    let of = |store: &Store, pages: &[PageId]| -> Result<Vec<T>, Failure> {
        pages.iter().map(|page| Ok(each(&says(store, rulings, *page)?))).collect()
    };
    if pages.len() < MANY {
        return of(store, pages);
    }
    let (first, second) = pages.split_at(pages.len() / 2);
    let file = store.file();
    let (ours, theirs) = thread::scope(|scope| {
        let theirs = scope.spawn(|| of(&Store::open(file)?, second));
        (of(store, first), joined(theirs))
    });
    Ok(ours?.into_iter().chain(theirs?).collect())
}

/// What a second hand gave.
pub(crate) fn joined<T>(hand: thread::ScopedJoinHandle<'_, T>) -> T {
    hand.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
}

/// What the articles of a page say, rulings heeded.
pub(crate) fn says(store: &Store, rulings: &[Ruling], page: PageId) -> Result<Vec<Said>, Failure> {
    let mut said = store.says(page)?;
    said.iter_mut().for_each(|said| apply(rulings, &mut said.reading));
    Ok(said)
}

/// For each page with lines that are ruled on, what tells these rulings from others.
fn ruled(store: &Store, rulings: &[Ruling]) -> Result<BTreeMap<PageId, u64>, Failure> {
    let on_lines =
        |r: &&Ruling| matches!(r.kind, RulingKind::Speaker | RulingKind::NotEvent | RulingKind::Issue);
    let on_lines: Vec<&Ruling> = rulings.iter().filter(on_lines).collect();
    let lines: BTreeSet<Id> = on_lines.iter().filter_map(|ruling| Id::parse(&ruling.about)).collect();
    if lines.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut out: BTreeMap<PageId, u64> = BTreeMap::new();
    let found = store.pages_with(&lines)?;
    for ruling in on_lines {
        let on = found.iter().filter(|(_, line)| line.to_string() == ruling.about).map(|(page, _)| *page);
        for page in on.collect::<BTreeSet<_>>() {
            let known = out.entry(page).or_insert(0xcbf2_9ce4_8422_2325);
            let words = [ruling.kind.word(), &ruling.about, ruling.instead.as_deref().unwrap_or("\0")];
            for byte in words.join("\n").bytes() {
                *known = (*known ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
    }
    Ok(out)
}
