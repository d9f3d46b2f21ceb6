//! Questions about a whole record: which pages, which articles, which of them hold these words.

use chancery_model::{Id, Moment, PageId};
use rusqlite::{Row, params};

use crate::error::StoreError;
use crate::open::Store;

/// A page, without its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLine {
    /// The hash of its bytes.
    pub id: PageId,
    /// Number of its bytes.
    pub length: u64,
    /// Which of the pages seen at its address it is, from 1, oldest first; 1 where it has no address.
    pub version: u32,
    /// How many pages were seen at its address.
    pub versions: u32,
    /// What its versions have in common: its URL, or its place on this machine.
    pub address: Option<String>,
    /// When it was fetched.
    pub captured: Option<Moment>,
}

/// An article, without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleLine {
    /// Its id.
    pub id: Id,
    /// The page it stands on.
    pub page: PageId,
    /// Its headline.
    pub title: Option<String>,
    /// The first words of its text, for an article without a headline.
    pub opening: String,
    /// When it was published, ISO 8601.
    pub published: Option<String>,
    /// What the date rests on.
    pub basis: Option<String>,
    /// Why there is no date.
    pub unresolved: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// The agency it credits.
    pub agency: Option<String>,
    /// Its language.
    pub language: String,
    /// Words of its body.
    pub words: u64,
    /// Which version of its page this is, from 1.
    pub version: u32,
    /// Versions of its page.
    pub versions: u32,
}

/// An article that holds words searched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The article.
    pub article: ArticleLine,
    /// The words around, those found between the two marks that were asked for.
    pub snippet: String,
}

const LINE: &str = "a.id, pages.id, a.title, substr(CAST(a.text AS BLOB), a.body_start + 1, 400), a.published, a.basis, \
                    a.unresolved, a.outlet, a.agency, a.language, a.words, ifnull(version, 1), ifnull(versions, 1)";

/// The version of a page, as the address of the sighting that describes it counts them.
const FROM: &str = "articles AS a JOIN pages ON pages.n = a.page JOIN readings ON readings.page = pages.n \
                    JOIN sightings ON sightings.n = readings.sighting \
                    LEFT JOIN versions ON versions.address = sightings.address AND versions.page = pages.n";

impl Store {
    /// All articles, by date, those without one last; then by page and place.
    pub fn articles(&self) -> Result<Vec<ArticleLine>, StoreError> {
        let ask =
            format!("SELECT {LINE} FROM {FROM} ORDER BY a.published IS NULL, a.published, pages.id, a.place");
        self.lines(&ask, &[])
    }

    /// The articles whose id begins with `prefix`, at most `most`.
    pub fn articles_like(&self, prefix: &str, most: u32) -> Result<Vec<ArticleLine>, StoreError> {
        let ask =
            format!("SELECT {LINE} FROM {FROM} WHERE a.id >= ?1 AND a.id < ?1 || 'g' ORDER BY a.id LIMIT ?2");
        self.lines(&ask, params![prefix, most])
    }

    fn lines(&self, ask: &str, values: &[&dyn rusqlite::ToSql]) -> Result<Vec<ArticleLine>, StoreError> {
        self.told(|store| store.connection.prepare(ask)?.query_map(values, article_line)?.collect())
    }

    /// The ids of furniture that begin with `prefix`, with their pages, at most `most`.
    pub fn furniture_like(&self, prefix: &str, most: u32) -> Result<Vec<(Id, PageId)>, StoreError> {
        let ask = "SELECT furniture.id, pages.id FROM furniture JOIN pages ON pages.n = page \
                   WHERE furniture.id >= ?1 AND furniture.id < ?1 || 'g' ORDER BY furniture.id LIMIT ?2";
        self.told(|store| {
            let mut statement = store.connection.prepare(ask)?;
            let line = |row: &Row<'_>| Ok((id_at(row, 0)?, PageId(row.get(1)?)));
            statement.query_map(params![prefix, most], line)?.collect()
        })
    }

    /// All pages, in the order of their ids.
    pub fn pages(&self) -> Result<Vec<PageLine>, StoreError> {
        let ask = "SELECT pages.id, length, ifnull(version, 1), ifnull(versions, 1), sightings.address, sightings.captured FROM pages \
                   LEFT JOIN readings ON readings.page = pages.n LEFT JOIN sightings ON sightings.n = readings.sighting \
                   LEFT JOIN versions ON versions.address = sightings.address AND versions.page = pages.n ORDER BY pages.id";
        self.told(|store| {
            let line = |row: &Row<'_>| {
                let length: i64 = row.get(1)?;
                let captured: Option<String> = row.get(5)?;
                Ok(PageLine {
                    id: PageId(row.get(0)?),
                    length: length as u64,
                    version: row.get(2)?,
                    versions: row.get(3)?,
                    address: row.get(4)?,
                    captured: captured.as_deref().and_then(Moment::parse),
                })
            };
            store.connection.prepare(ask)?.query_map([], line)?.collect()
        })
    }

    /// The pages that `reader` has not read, in the order in which they came.
    pub fn stale(&self, reader: &str) -> Result<Vec<PageId>, StoreError> {
        let ask = "SELECT id FROM pages LEFT JOIN readings ON page = n WHERE reader IS NOT ?1 ORDER BY n";
        self.told(|store| {
            store.connection.prepare(ask)?.query_map([reader], |row| row.get(0).map(PageId))?.collect()
        })
    }

    /// The articles that hold all of `words`, the best first, at most `most`. What is found stands between `marks`.
    pub fn search(&self, words: &str, marks: [&str; 2], most: u32) -> Result<Vec<Hit>, StoreError> {
        let ask = format!(
            "SELECT {LINE}, snippet(article_text, -1, ?2, ?3, '…', 24) FROM article_text JOIN {FROM} \
             WHERE a.n = article_text.rowid AND article_text MATCH ?1 ORDER BY rank, a.published, pages.id, a.place LIMIT ?4"
        );
        let hit = |row: &Row<'_>| Ok(Hit { article: article_line(row)?, snippet: row.get(13)? });
        self.told(|store| {
            let mut statement = store.connection.prepare(&ask)?;
            statement.query_map(params![query(words), marks[0], marks[1], most], hit)?.collect()
        })
    }

    /// What SQLite finds wrong with the file itself; empty when nothing is.
    pub fn integrity(&self) -> Result<Vec<String>, StoreError> {
        self.told(|store| {
            let mut statement = store.connection.prepare("PRAGMA integrity_check")?;
            let mut found: Vec<String> =
                statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            found.retain(|line| line != "ok");
            let mut statement = store.connection.prepare("PRAGMA foreign_key_check")?;
            let lost = |row: &Row<'_>| {
                let (table, row, to): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
                Ok(format!("row {} of {table} points at nothing in {to}", row.unwrap_or_default()))
            };
            found.extend(statement.query_map([], lost)?.collect::<Result<Vec<_>, _>>()?);
            Ok(found)
        })
    }
}

fn article_line(row: &Row<'_>) -> rusqlite::Result<ArticleLine> {
    Ok(ArticleLine {
        id: id_at(row, 0)?,
        page: PageId(row.get(1)?),
        title: row.get(2)?,
        opening: opening(&row.get::<_, Vec<u8>>(3)?),
        published: row.get(4)?,
        basis: row.get(5)?,
        unresolved: row.get(6)?,
        outlet: row.get(7)?,
        agency: row.get(8)?,
        language: row.get(9)?,
        words: row.get::<_, i64>(10)? as u64,
        version: row.get(11)?,
        versions: row.get(12)?,
    })
}

/// The characters of bytes that may have been cut inside one.
fn opening(bytes: &[u8]) -> String {
    bytes.utf8_chunks().next().map_or_else(String::new, |chunk| chunk.valid().to_owned())
}

pub(crate) fn id_at(row: &Row<'_>, column: usize) -> rusqlite::Result<Id> {
    let words: String = row.get(column)?;
    let bad = || rusqlite::Error::InvalidColumnType(column, "id".to_owned(), rusqlite::types::Type::Text);
    Id::parse(&words).ok_or_else(bad)
}

/// Words as FTS5 takes them: each a phrase of its own, so that no sign in them is an operator.
fn query(words: &str) -> String {
    let quoted = |word: &str| format!("\"{}\"", word.replace('"', "\"\""));
    words.split_whitespace().map(quoted).collect::<Vec<_>>().join(" ")
}
