//! What the articles say: each article's reading packed as a whole, and where the line with an id stands.
//!
//! A reading is asked for as a whole (to link it, to list its statements), hardly ever by one column, so it is kept as one value in
//! the reader's own shape. The shape may change with the reader: only readings of a known reader are unpacked.

use std::collections::BTreeSet;

use chancery_model::{Article, Id, LineKind, PageId, Reading};
use rusqlite::{Connection, Row, params};

use crate::error::StoreError;
use crate::ground::{pack, unpack};
use crate::line_ids;
use crate::listing::id_at;
use crate::open::Store;

/// Bytes of one unpacked reading; a longer one is damaged. The longest article read gives a tenth of it.
const MAX_BYTES: usize = 64 << 20;

/// What an article says, packed to be kept. Packing is slow, so it is done apart, on any thread.
pub struct PackedReading {
    length: usize,
    bytes: Vec<u8>,
    /// The ids of its lines.
    ids: Vec<u8>,
    prints: Vec<u8>,
}

impl PackedReading {
    /// Packs what `article` says.
    /// `prints` are fingerprints of its words.
    pub fn new(article: &Article, reading: &Reading, prints: &[u32]) -> Self {
        let plain = postcard::to_stdvec(reading).expect("a reading is plain values");
        Self {
            length: plain.len(),
            bytes: pack(&plain),
            ids: line_ids::pack(&reading.lines(article)),
            prints: prints.iter().flat_map(|print| print.to_le_bytes()).collect(),
        }
    }
}

/// The reading that was packed; `None` when the bytes are none of `article`.
fn unpacked(article: &Article, length: usize, packed: &[u8]) -> Option<Reading> {
    let plain = unpack(packed, length).filter(|_| length <= MAX_BYTES)?;
    let reading: Reading = postcard::from_bytes(&plain).ok()?;
    reading.fits(article).then_some(reading)
}

/// Puts what the article in row `article` says into the record.
pub(crate) fn enter(connection: &Connection, article: i64, says: &PackedReading) -> rusqlite::Result<()> {
    let enter = "INSERT INTO says (article, length, packed) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(enter)?.execute(params![article, says.length as i64, says.bytes])?;
    let enter = "INSERT INTO line_ids (article, ids, prints) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(enter)?.execute(params![article, says.ids, says.prints]).map(|_| ())
}

/// An article of the record and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The article.
    pub article: Article,
    /// What it says.
    pub reading: Reading,
    /// Fingerprints of its words, as they were put.
    pub prints: Vec<u32>,
}

/// Where a line of a reading stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: Id,
    /// Its kind.
    pub kind: LineKind,
    /// Its index among the lines of its kind in its article.
    pub place: u32,
    /// The article.
    pub article: Id,
    /// The page that the article stands on.
    pub page: PageId,
}

impl Store {
    /// What the articles of every current page say, page by page in the order of their ids. A page is current when it is the newest
    /// version seen at its address.
    ///
    /// Pages that a reader other than `reader` read are left out: [`Store::stale`] names them.
    pub fn readings<'a>(
        &'a self,
        reader: &str,
    ) -> Result<impl Iterator<Item = Result<Said, StoreError>> + 'a, StoreError> {
        let pages = self.current(reader)?;
        Ok(pages.into_iter().flat_map(|page| match self.says(page) {
            Ok(said) => said.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }))
    }

    /// The current pages that `reader` read, in the order of their ids.
    pub fn current(&self, reader: &str) -> Result<Vec<PageId>, StoreError> {
        Ok(self.current_sightings(reader)?.into_iter().map(|(page, _)| page).collect())
    }

    /// The same, each with the number of the sighting as which it was read: what was read on a page follows from the page, its sighting and
    /// the reader.
    pub fn current_sightings(&self, reader: &str) -> Result<Vec<(PageId, i64)>, StoreError> {
        let ask = "SELECT pages.id, sightings.n FROM readings JOIN pages ON pages.n = readings.page \
                   JOIN sightings ON sightings.n = readings.sighting \
                   LEFT JOIN versions ON versions.address = sightings.address AND versions.page = pages.n \
                   WHERE reader = ?1 AND ifnull(version = versions, 1) ORDER BY pages.id";
        self.told(|store| {
            let row = |row: &Row<'_>| Ok((PageId(row.get(0)?), row.get(1)?));
            store.connection.prepare(ask)?.query_map([reader], row)?.collect()
        })
    }

    /// The fingerprints of the words of every article, as they were put.
    pub fn prints(&self) -> Result<Vec<(Id, Vec<u32>)>, StoreError> {
        let ask = "SELECT articles.id, prints FROM line_ids JOIN articles ON articles.n = line_ids.article";
        self.told(|store| {
            let row = |row: &Row<'_>| Ok((id_at(row, 0)?, numbers(row.get_ref(1)?.as_blob()?)));
            store.connection.prepare_cached(ask)?.query_map([], row)?.collect()
        })
    }

    /// The ids of the lines of a kind in every article, in the order of the lines.
    pub fn ids_of(&self, kind: LineKind) -> Result<Vec<(Id, Vec<Id>)>, StoreError> {
        let ask = "SELECT articles.id, ids FROM line_ids JOIN articles ON articles.n = line_ids.article";
        self.told(|store| {
            let row = |row: &Row<'_>| {
                Ok((id_at(row, 0)?, line_ids::of(row.get_ref(1)?.as_blob()?, kind).collect()))
            };
            store.connection.prepare_cached(ask)?.query_map([], row)?.collect()
        })
    }

    /// The pages on which lines of `ids` stand, each with the line.
    pub fn pages_with(&self, ids: &BTreeSet<Id>) -> Result<Vec<(PageId, Id)>, StoreError> {
        let ask = "SELECT pages.id, ids FROM line_ids JOIN articles ON articles.n = line_ids.article \
                   JOIN pages ON pages.n = articles.page";
        let found: Vec<Vec<(PageId, Id)>> = self.told(|store| {
            let row = |row: &Row<'_>| {
                let page = PageId(row.get(0)?);
                let bytes = row.get_ref(1)?.as_blob()?;
                let all = LineKind::ALL.into_iter().flat_map(|kind| line_ids::of(bytes, kind));
                Ok(all.filter(|id| ids.contains(id)).map(|id| (page, id)).collect())
            };
            store.connection.prepare_cached(ask)?.query_map([], row)?.collect()
        })?;
        Ok(found.into_iter().flatten().collect())
    }

    /// What the articles of one page say, in page order; articles in languages that are not read are left out. To be asked of pages
    /// only that the reader of this version read.
    pub fn says(&self, page: PageId) -> Result<Vec<Said>, StoreError> {
        let ask = "SELECT articles.id, says.length, says.packed, prints FROM articles \
                   JOIN says ON says.article = articles.n JOIN line_ids ON line_ids.article = articles.n \
                   WHERE articles.page = ?1";
        let Some(n) = self.page_row(page)? else { return Ok(Vec::new()) };
        let packed: Vec<(Id, i64, Vec<u8>, Vec<u8>)> = self.told(|store| {
            let row = |row: &Row<'_>| Ok((id_at(row, 0)?, row.get(1)?, row.get(2)?, row.get(3)?));
            store.connection.prepare_cached(ask)?.query_map([n], row)?.collect()
        })?;
        let mut said = Vec::new();
        for article in self.articles_on(page, n)? {
            let Some((id, length, bytes, prints)) = packed.iter().find(|(id, ..)| *id == article.id) else {
                continue;
            };
            let reading = usize::try_from(*length).ok().and_then(|length| unpacked(&article, length, bytes));
            let reading = reading.ok_or_else(|| self.damaged(format!("what article {id} says")))?;
            said.push(Said { article, reading, prints: numbers(prints) });
        }
        Ok(said)
    }

    /// The lines of readings whose id begins with `prefix`, in the order of their ids, at most `most`.
    pub fn lines_like(&self, prefix: &str, most: u32) -> Result<Vec<Line>, StoreError> {
        let mut found = self.lines_where(|bytes| line_ids::beginning(bytes, prefix))?;
        found.truncate(most as usize);
        Ok(found)
    }

    /// The lines of readings with these ids, in the order of their ids. A line stands on every page that carries its words.
    pub fn lines_with(&self, ids: &BTreeSet<Id>) -> Result<Vec<Line>, StoreError> {
        self.lines_where(|bytes| line_ids::among(bytes, ids))
    }

    /// Lines are sought among the ids alone: rows of articles are large, and only those of lines that were found are looked at.
    fn lines_where(
        &self,
        chosen: impl Fn(&[u8]) -> Option<Vec<(LineKind, u32, Id)>>,
    ) -> Result<Vec<Line>, StoreError> {
        let mut found = self.told(|store| {
            let mut all = store.connection.prepare_cached("SELECT article, ids FROM line_ids")?;
            let mut whose = store.connection.prepare_cached(
                "SELECT articles.id, pages.id FROM articles JOIN pages ON pages.n = articles.page WHERE articles.n = ?1",
            )?;
            let bad = || rusqlite::Error::InvalidColumnType(1, "ids".to_owned(), rusqlite::types::Type::Blob);
            let mut out = Vec::new();
            let mut rows = all.query([])?;
            while let Some(row) = rows.next()? {
                let lines = chosen(row.get_ref(1)?.as_blob()?).ok_or_else(bad)?;
                if lines.is_empty() {
                    continue;
                }
                let (article, page) =
                    whose.query_row([row.get::<_, i64>(0)?], |row| Ok((id_at(row, 0)?, PageId(row.get(1)?))))?;
                out.extend(lines.into_iter().map(|(kind, place, id)| Line { id, kind, place, article, page }));
            }
            Ok(out)
        })?;
        found.sort_by_key(|line| (line.id, line.page, line.place));
        Ok(found)
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect()
}
