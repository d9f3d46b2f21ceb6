//! What the articles say: each article's reading packed as a whole, and where the line with an id stands.
//!
//! A reading is asked for as a whole (to link it, to list its statements), hardly ever by one column, so it is kept as one value in
//! the reader's own shape. The shape may change with the reader: only readings of a known reader are unpacked.

use std::io::Write;

use chancery_model::{Article, Id, LineKind, PageId, Reading};
use flate2::Compression;
use flate2::write::DeflateEncoder;
use rusqlite::{Connection, Row, params};

use crate::error::StoreError;
use crate::ground::unpack;
use crate::listing::id_at;
use crate::open::Store;

const LEVEL: u32 = 2;
/// Bytes of one unpacked reading; a longer one is damaged. The longest article read gives a tenth of it.
const MAX_BYTES: usize = 64 << 20;

/// What an article says, packed to be kept. Packing is slow, so it is done apart, on any thread.
pub struct PackedReading {
    length: usize,
    bytes: Vec<u8>,
    lines: Vec<(LineKind, u32, Id)>,
}

impl PackedReading {
    /// Packs what `article` says.
    pub fn new(article: &Article, reading: &Reading) -> Self {
        let plain = postcard::to_stdvec(reading).expect("a reading is plain values");
        let mut encoder = DeflateEncoder::new(Vec::with_capacity(plain.len() / 2), Compression::new(LEVEL));
        encoder.write_all(&plain).expect("writing to memory does not fail");
        let bytes = encoder.finish().expect("writing to memory does not fail");
        Self { length: plain.len(), bytes, lines: reading.lines(article) }
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
    let enter = "INSERT OR IGNORE INTO lines (id, article, kind, place) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = connection.prepare_cached(enter)?;
    for (kind, place, id) in &says.lines {
        statement.execute(params![id.to_string(), article, kind.word(), place])?;
    }
    Ok(())
}

/// An article of the record and what it says.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The article.
    pub article: Article,
    /// What it says.
    pub reading: Reading,
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
        let ask = "SELECT pages.id FROM readings JOIN pages ON pages.n = readings.page \
                   JOIN sightings ON sightings.n = readings.sighting \
                   LEFT JOIN versions ON versions.address = sightings.address AND versions.page = pages.n \
                   WHERE reader = ?1 AND ifnull(version = versions, 1) ORDER BY pages.id";
        let pages: Vec<PageId> = self.told(|store| {
            store.connection.prepare(ask)?.query_map([reader], |row| row.get(0).map(PageId))?.collect()
        })?;
        Ok(pages.into_iter().flat_map(|page| match self.says(page) {
            Ok(said) => said.into_iter().map(Ok).collect(),
            Err(error) => vec![Err(error)],
        }))
    }

    /// What the articles of one page say, in page order; articles in languages that are not read are left out. To be asked of pages
    /// only that the reader of this version read.
    pub fn says(&self, page: PageId) -> Result<Vec<Said>, StoreError> {
        let ask = "SELECT articles.id, says.length, says.packed FROM says JOIN articles ON articles.n = says.article \
                   JOIN pages ON pages.n = articles.page WHERE pages.id = ?1";
        let packed: Vec<(Id, i64, Vec<u8>)> = self.told(|store| {
            let row = |row: &Row<'_>| Ok((id_at(row, 0)?, row.get(1)?, row.get(2)?));
            store.connection.prepare_cached(ask)?.query_map([page.0], row)?.collect()
        })?;
        let mut said = Vec::new();
        for article in self.reading(page)?.articles {
            let Some((id, length, bytes)) = packed.iter().find(|(id, ..)| *id == article.id) else {
                continue;
            };
            let reading = usize::try_from(*length).ok().and_then(|length| unpacked(&article, length, bytes));
            let reading = reading.ok_or_else(|| self.damaged(format!("what article {id} says")))?;
            said.push(Said { article, reading });
        }
        Ok(said)
    }

    /// The lines of readings whose id begins with `prefix`, at most `most`.
    pub fn lines_like(&self, prefix: &str, most: u32) -> Result<Vec<Line>, StoreError> {
        let ask = "SELECT lines.id, lines.kind, lines.place, articles.id, pages.id FROM lines \
                   JOIN articles ON articles.n = lines.article JOIN pages ON pages.n = articles.page \
                   WHERE lines.id >= ?1 AND lines.id < ?1 || 'g' ORDER BY lines.id, pages.id LIMIT ?2";
        self.told(|store| {
            let mut statement = store.connection.prepare_cached(ask)?;
            statement.query_map(params![prefix, most], line_of)?.collect()
        })
    }
}

fn line_of(row: &Row<'_>) -> rusqlite::Result<Line> {
    let kind: String = row.get(1)?;
    let bad = || rusqlite::Error::InvalidColumnType(1, "kind".to_owned(), rusqlite::types::Type::Text);
    Ok(Line {
        id: id_at(row, 0)?,
        kind: LineKind::parse(&kind).ok_or_else(bad)?,
        place: row.get(2)?,
        article: id_at(row, 3)?,
        page: PageId(row.get(4)?),
    })
}
