//! The ground of a record: pages as they came, and where they were seen.

use std::io::{Read, Write};

use chancery_model::{Known, MediaKind, Moment, Page, PageId};
use flate2::Compression;
use flate2::read::DeflateDecoder;
use flate2::write::DeflateEncoder;
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::linked::drop_linked;
use crate::open::{Batch, Store};

/// Deflate's levels against each other on 127 pages of news, 21 MB, on a busy machine: level 1 takes 1.2 ms a page and leaves 28 %,
/// level 2 2.3 ms and 23 %, level 4 3.4 ms and 20 %, level 6 5.0 ms and 20 %. (Zstandard at level 3 takes 1.3 ms and leaves 20 %, and
/// brings 70 seconds of C to build.)
const LEVEL: u32 = 2;

/// A page, packed to be kept. Packing is the slow part of keeping, so it is done apart, on any thread.
pub struct Packed {
    id: PageId,
    media: MediaKind,
    length: usize,
    bytes: Vec<u8>,
}

impl Packed {
    /// Packs the bytes of a page.
    pub fn new(page: &Page) -> Self {
        Self { id: page.id, media: page.media, length: page.bytes.len(), bytes: pack(&page.bytes) }
    }
}

/// Bytes, packed.
pub(crate) fn pack(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::with_capacity(bytes.len() / 4), Compression::new(LEVEL));
    encoder.write_all(bytes).expect("writing to memory does not fail");
    encoder.finish().expect("writing to memory does not fail")
}

/// What [`pack`] packed, of which `length` bytes are known to come; `None` when they are damaged.
pub(crate) fn unpack(packed: &[u8], length: usize) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(length.min(64 << 20));
    DeflateDecoder::new(packed).take(length as u64 + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() == length).then_some(bytes)
}

/// Where and when a page was seen, and what was said of it there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The input as it was named.
    pub origin: String,
    /// What is the same for all versions of a page: its URL, or its place on this machine. `None` where it came through a pipe.
    pub address: Option<String>,
    /// The charset that the transport named.
    pub charset: Option<String>,
    /// What a manifest or an archive said of it.
    pub known: Known,
    /// Whether it is to be taken as one article.
    pub whole: bool,
    /// When it was read, UTC.
    pub read_at: Moment,
}

/// What keeping a page did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The record did not have these bytes.
    pub new_page: bool,
    /// The record had these bytes, but not from there.
    pub new_sighting: bool,
    /// Which version of the page at its address it is, from 1, in the order of arrival.
    pub version: u32,
    /// The record needs what was read on it: nothing was, or by another reader, or as a lesser sighting described it.
    pub wants_reading: bool,
    pub(crate) page: i64,
    pub(crate) sighting: i64,
}

/// Of several sightings of one page, the one that tells most describes it. The order in which they came plays no part.
const BEST_FIRST: &str = "url IS NULL, published IS NULL, captured IS NULL, captured, published, url, outlet, charset, whole, origin";

const SAME: &str = "page = ?1 AND origin = ?2 AND url IS ?3 AND charset IS ?4 AND outlet IS ?5 AND published IS ?6 \
                    AND captured IS ?7 AND whole = ?8";

impl Store {
    /// Whether the record has this page, from there, as `reader` reads it: nothing would be added by reading it.
    pub fn is_up_to_date(&self, page: PageId, sighting: &Sighting, reader: &str) -> Result<bool, StoreError> {
        self.told(|store| {
            let read = "SELECT n FROM pages JOIN readings ON page = n WHERE id = ?1 AND reader = ?2";
            let mut statement = store.connection.prepare_cached(read)?;
            let n: Option<i64> = statement.query_row(params![page.0, reader], |row| row.get(0)).optional()?;
            match n {
                Some(n) => Ok(store.same_sighting(n, sighting)?.is_some()),
                None => Ok(false),
            }
        })
    }

    fn same_sighting(&self, page: i64, sighting: &Sighting) -> rusqlite::Result<Option<i64>> {
        let known = &sighting.known;
        let mut statement =
            self.connection.prepare_cached(&format!("SELECT n FROM sightings WHERE {SAME}"))?;
        let same = params![
            page,
            sighting.origin,
            known.url,
            sighting.charset,
            known.outlet,
            known.published.map(|m| m.to_string()),
            known.captured.map(|m| m.to_string()),
            sighting.whole
        ];
        statement.query_row(same, |row| row.get(0)).optional()
    }

    /// The sighting that describes a page.
    pub(crate) fn best_sighting(&self, page: i64) -> rusqlite::Result<i64> {
        let best = format!("SELECT n FROM sightings WHERE page = ?1 ORDER BY {BEST_FIRST} LIMIT 1");
        self.connection.prepare_cached(&best)?.query_row([page], |row| row.get(0))
    }
}

impl Batch<'_> {
    /// Keeps a page and where it was seen. Keeping the same twice adds nothing.
    pub fn keep(&mut self, packed: &Packed, sighting: &Sighting, reader: &str) -> Result<Kept, StoreError> {
        self.store.told(|store| {
            let new = store.enter_page(packed)?;
            let known: i64 = {
                let mut statement = store.connection.prepare_cached("SELECT n FROM pages WHERE id = ?1")?;
                statement.query_row([packed.id.0], |row| row.get(0))?
            };
            let seen = store.same_sighting(known, sighting)?;
            if seen.is_none() {
                store.enter_sighting(known, sighting)?;
                drop_linked(&store.connection)?;
            }
            let best = store.best_sighting(known)?;
            let read = store.is_read(known, best, reader)?;
            let own = match seen {
                Some(n) => n,
                None => store.connection.last_insert_rowid(),
            };
            Ok(Kept {
                new_page: new,
                new_sighting: !new && seen.is_none(),
                version: store.versions_at(sighting)?,
                wants_reading: !read && best == own,
                page: known,
                sighting: best,
            })
        })
    }
}

impl Batch<'_> {
    /// A page that the record has, to put what another reader reads on it. `None` when it has no such page.
    pub fn revisit(&mut self, id: PageId, reader: &str) -> Result<Option<Kept>, StoreError> {
        let Some(page) = self.store.page_row(id)? else { return Ok(None) };
        self.store.told(|store| {
            let sighting = store.best_sighting(page)?;
            let wants_reading = !store.is_read(page, sighting, reader)?;
            Ok(Some(Kept { new_page: false, new_sighting: false, version: 1, wants_reading, page, sighting }))
        })
    }
}

impl Store {
    /// Whether it was new.
    fn enter_page(&self, packed: &Packed) -> rusqlite::Result<bool> {
        let enter = "INSERT INTO pages (id, media, length, packed) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (id) DO NOTHING";
        let mut statement = self.connection.prepare_cached(enter)?;
        let values = params![packed.id.0, packed.media.media_type(), packed.length as i64, packed.bytes];
        Ok(statement.execute(values)? > 0)
    }

    fn enter_sighting(&self, page: i64, sighting: &Sighting) -> rusqlite::Result<()> {
        let enter = "INSERT INTO sightings (page, origin, address, url, charset, outlet, published, captured, whole, read_at) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
        let known = &sighting.known;
        let values = params![
            page,
            sighting.origin,
            sighting.address,
            known.url,
            sighting.charset,
            known.outlet,
            known.published.map(|m| m.to_string()),
            known.captured.map(|m| m.to_string()),
            sighting.whole,
            sighting.read_at.to_string()
        ];
        self.connection.prepare_cached(enter)?.execute(values).map(|_| ())
    }

    fn is_read(&self, page: i64, sighting: i64, reader: &str) -> rusqlite::Result<bool> {
        let read = "SELECT 1 FROM readings WHERE page = ?1 AND sighting = ?2 AND reader = ?3";
        self.connection.prepare_cached(read)?.exists(params![page, sighting, reader])
    }

    /// How many different pages were seen at the address; 1 where there is none.
    fn versions_at(&self, sighting: &Sighting) -> rusqlite::Result<u32> {
        let Some(address) = &sighting.address else { return Ok(1) };
        let count = "SELECT count(DISTINCT page) FROM sightings WHERE address = ?1";
        self.connection.prepare_cached(count)?.query_row([address], |row| row.get(0))
    }
}
