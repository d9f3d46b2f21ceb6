//! `--into FILE`: what is read goes into the record in short batches.
//!
//! Results are gathered outside the record and written at once, so that the record is locked only while a batch is written: two
//! commands that read into one record take turns, and a kill loses at most the batch that was not finished.

use std::path::Path;
use std::time::{Duration, Instant};

use chancery_linking::Carried;
use chancery_linking::copies::{Digest, prints};
use chancery_model::{Article, Moment, Note, Page, PageId, PageReading, Reading};
use chancery_store::{Batch, KeptCodebooks, Packed, PackedReading, Settings, Sighting, Store, StoreError};

use super::opening::Item;
use super::tally::Tally;
use crate::clock;
use crate::codebooks;
use crate::failure::Failure;
use crate::linked;
use crate::terminal::say;

/// What tells readers apart.
pub(crate) const READER: &str = env!("CHANCERY_READER");

/// A batch is written when it holds so many pages, ...
const PAGES: usize = 256;
/// ... or pages of so many bytes, which bounds what they and their lines take in memory, ...
const BYTES: usize = 8 << 20;
/// ... or when its first page has waited so long.
const WAIT: Duration = Duration::from_millis(500);

/// A page and what was read on it, on the way into the record.
pub(crate) struct ToKeep {
    what: What,
    reading: PageReading,
    says: Vec<Option<PackedReading>>,
    /// Bytes of the page as it came.
    bytes: usize,
}

enum What {
    New(Packed, Box<Sighting>),
    Again(PageId),
}

impl ToKeep {
    /// Packs the page: the slow part, done by a worker.
    pub(crate) fn new(page: &Page, item: &Item, reading: PageReading, says: &[Option<Reading>]) -> Self {
        let what = match item.again {
            true => What::Again(page.id),
            false => What::New(Packed::new(page), Box::new(sighting(page, item))),
        };
        let packed = |(article, says): (&Article, &Option<Reading>)| {
            let prints = || prints(&Digest::of(&Carried::alone(article)));
            says.as_ref().map(|s| PackedReading::new(article, s, &prints()))
        };
        let says = reading.articles.iter().zip(says).map(packed).collect();
        Self { what, reading, says, bytes: page.bytes.len() }
    }
}

/// Where a page was seen. When it was read is filled in as it is kept.
pub(crate) fn sighting(page: &Page, item: &Item) -> Sighting {
    Sighting {
        origin: page.origin.clone(),
        address: page.known.url.clone().or_else(|| item.place.as_deref().map(str::to_owned)),
        charset: page.charset.clone(),
        known: page.known.clone(),
        whole: item.whole,
        read_at: Moment::from(chancery_model::Date::new(1, 1, 1).expect("a day of the calendar")),
    }
}

/// The record that is read into.
pub(crate) struct Keeping {
    store: Store,
    pending: Vec<ToKeep>,
    bytes: usize,
    since: Instant,
    quiet: bool,
    /// What tells its reader apart: the program and the codebooks.
    reader: String,
}

impl Keeping {
    /// Opens the record, and begins a new one where there is none. The codebooks in `chosen` are kept in it.
    pub(crate) fn open(file: &Path, chosen: Option<KeptCodebooks>, quiet: bool) -> Result<Self, Failure> {
        let mut store = Store::open_to_write(file, &Settings::default())?;
        let before = codebooks::reader(&store)?;
        if let Some(chosen) = chosen {
            let mut batch = store.batch(&mut |_| true)?;
            batch.choose_codebooks(&chosen, clock::now())?;
            batch.commit()?;
        }
        let reader = codebooks::reader(&store)?;
        let stale = store.stale(&reader)?.len();
        if stale > 0 && !quiet {
            let by = if before == reader { "by another version of chancery" } else { "with other codebooks" };
            say(&format!("{}: {stale} pages were read {by} and are read again", file.display()));
        }
        Ok(Self { store, pending: Vec::new(), bytes: 0, since: clock::instant(), quiet, reader })
    }

    /// What tells its reader apart.
    pub(crate) fn reader(&self) -> &str {
        &self.reader
    }

    /// The codebooks that it is read with.
    pub(crate) fn codebooks(&self) -> Result<KeptCodebooks, Failure> {
        Ok(self.store.codebooks()?)
    }

    /// Takes a page. Whether the batch should be written now.
    pub(crate) fn take(&mut self, page: ToKeep) -> bool {
        if self.pending.is_empty() {
            self.since = clock::instant();
        }
        self.bytes += page.bytes;
        self.pending.push(page);
        self.pending.len() >= PAGES || self.bytes >= BYTES || self.is_due()
    }

    /// Whether something has waited long enough.
    pub(crate) fn is_due(&self) -> bool {
        !self.pending.is_empty() && clock::instant() - self.since >= WAIT
    }

    /// Links what is in the record now.
    pub(crate) fn link(&mut self) -> Result<Vec<Note>, Failure> {
        linked::keep(&mut self.store)
    }

    /// Writes what was taken, and counts what it added.
    pub(crate) fn write(&mut self) -> Result<Tally, StoreError> {
        let pending = std::mem::take(&mut self.pending);
        self.bytes = 0;
        if pending.is_empty() {
            return Ok(Tally::default());
        }
        let file = self.store.file().display().to_string();
        let (quiet, mut told) = (self.quiet, false);
        let reader = self.reader.clone();
        let mut batch = self.store.batch(&mut |_| {
            if !quiet && !std::mem::replace(&mut told, true) {
                say(&format!("chancery: another process is writing into {file}; waiting for it"));
            }
            true
        })?;
        let read_at = clock::now();
        let mut tally = Tally::default();
        for page in pending {
            tally += keep(&mut batch, page, read_at, &reader)?;
        }
        batch.commit()?;
        Ok(tally)
    }
}

fn keep(batch: &mut Batch<'_>, page: ToKeep, read_at: Moment, reader: &str) -> Result<Tally, StoreError> {
    let mut tally = Tally::default();
    let kept = match page.what {
        What::New(packed, mut sighting) => {
            sighting.read_at = read_at;
            let kept = batch.keep(&packed, &sighting, reader)?;
            tally.new += u64::from(kept.new_page);
            tally.known += u64::from(!kept.new_page);
            tally.versions += u64::from(kept.new_page && kept.version > 1);
            Some(kept)
        }
        What::Again(id) => batch.revisit(id, reader)?,
    };
    match kept {
        Some(kept) if kept.wants_reading => batch.put_reading(&kept, &page.reading, &page.says, reader)?,
        _ => {}
    }
    Ok(tally)
}
