//! Pages and what was read on them, taken out of a record as the nouns they went in as.

use chancery_model::{
    Article, Basis, Cite, Dateline, Furniture, FurnitureReason, Id, Known, Language, MediaKind, Moment, Note,
    NoteCode, Page, PageId, PageReading, PageSpan, Published, Span, Unresolved,
};
use rusqlite::{OptionalExtension, Row, params};

use crate::codec::{unpack_blocks, unpack_map, unpack_ranges};
use crate::error::StoreError;
use crate::ground::unpack;
use crate::open::Store;

/// A page of a record.
pub struct StoredPage {
    /// The page, as the sighting that tells most of it describes it.
    pub page: Page,
    /// Whether it is to be taken as one article.
    pub whole: bool,
    /// The reader that read it last; `None` when none did.
    pub reader: Option<String>,
}

/// What a row holds before it is made sense of; errors of sense name what is wrong.
type Sense<T> = Result<T, String>;

impl Store {
    /// A page. `None` when the record has none of that id; an error when its bytes are damaged.
    pub fn page(&self, id: PageId) -> Result<Option<StoredPage>, StoreError> {
        let Some(n) = self.page_row(id)? else { return Ok(None) };
        let best = self.told(|store| store.best_sighting(n))?;
        let ask = "SELECT media, length, packed, origin, charset, url, published, captured, outlet, whole, reader \
                   FROM pages JOIN sightings ON sightings.n = ?2 LEFT JOIN readings ON readings.page = pages.n \
                   WHERE pages.n = ?1";
        let stored = self.told(|store| {
            store.connection.prepare_cached(ask)?.query_row(params![n, best], |row| stored_page(id, row))
        })?;
        stored.map(Some).map_err(|what| self.damaged(format!("page {id}: {what}")))
    }

    pub(crate) fn page_row(&self, id: PageId) -> Result<Option<i64>, StoreError> {
        self.told(|store| {
            let mut statement = store.connection.prepare_cached("SELECT n FROM pages WHERE id = ?1")?;
            statement.query_row([id.0], |row| row.get(0)).optional()
        })
    }

    /// All that was read on a page, as the reader gave it.
    pub fn reading(&self, id: PageId) -> Result<PageReading, StoreError> {
        let Some(n) = self.page_row(id)? else { return Ok(PageReading::default()) };
        let articles = self.articles_on(id, n)?;
        let furniture = self.rows(
            "SELECT furniture.*, cites.* FROM furniture JOIN cites ON cites.n = cite WHERE furniture.page = ?1 ORDER BY place",
            n,
            |row| furniture_of(id, row),
        )?;
        let notes = self.rows("SELECT * FROM notes WHERE page = ?1 ORDER BY n", n, note_of)?;
        Ok(PageReading { articles, furniture, notes })
    }

    /// The articles of the page in row `n`.
    pub(crate) fn articles_on(&self, id: PageId, n: i64) -> Result<Vec<Article>, StoreError> {
        let ask = "SELECT * FROM articles WHERE page = ?1 ORDER BY place";
        self.rows(ask, n, |row| self.article_of(id, row))
    }

    /// Rows of one page, each made sense of.
    fn rows<T>(
        &self,
        ask: &str,
        page: i64,
        sense: impl Fn(&Row<'_>) -> rusqlite::Result<Sense<T>>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.told(|store| {
            let mut statement = store.connection.prepare_cached(ask)?;
            statement.query_map([page], |row| sense(row))?.collect::<rusqlite::Result<Vec<Sense<T>>>>()
        })?;
        rows.into_iter().collect::<Sense<Vec<T>>>().map_err(|what| self.damaged(what))
    }

    fn article_of(&self, page: PageId, row: &Row<'_>) -> rusqlite::Result<Sense<Article>> {
        let n: i64 = row.get("n")?;
        let title = self.cite(page, row.get("title_cite")?)?;
        let published_cite = self.cite(page, row.get("published_cite")?)?;
        let blocks: Vec<u8> = row.get("blocks")?;
        let byline = self.names(n, "byline")?;
        let places = self.names(n, "dateline")?;
        let when: Option<String> = row.get("published")?;
        let (basis, unresolved): (Option<String>, Option<String>) =
            (row.get("basis")?, row.get("unresolved")?);
        let (id, map, language): (String, Vec<u8>, String) =
            (row.get("id")?, row.get("map")?, row.get("language")?);
        let dateline: (Option<u32>, Option<u32>) = (row.get("dateline_start")?, row.get("dateline_end")?);
        let body = Span { start: row.get("body_start")?, end: row.get("body_end")? };
        let text: String = row.get("text")?;
        let (agency, outlet, url) = (row.get("agency")?, row.get("outlet")?, row.get("url")?);
        let sense = || -> Sense<Article> {
            let wrong = |what: &str| format!("article {id}: {what}");
            let article = Article {
                id: Id::parse(&id).ok_or_else(|| wrong("its id"))?,
                page,
                map: unpack_map(&map).ok_or_else(|| wrong("the map of its text"))?,
                body,
                blocks: unpack_blocks(&blocks).ok_or_else(|| wrong("its blocks"))?,
                title: title?,
                dateline: dateline
                    .0
                    .zip(dateline.1)
                    .map(|(start, end)| Dateline { places, span: Span { start, end } }),
                published: published(when, basis, unresolved, published_cite?)
                    .ok_or_else(|| wrong("its date"))?,
                byline,
                agency,
                outlet,
                url,
                language: Language::parse(&language).ok_or_else(|| wrong("its language"))?,
                text,
            };
            if is_whole(&article) {
                Ok(article)
            } else {
                Err(wrong("its text is not as long as what points into it"))
            }
        };
        Ok(sense())
    }

    fn cite(&self, page: PageId, n: Option<i64>) -> rusqlite::Result<Sense<Option<Cite>>> {
        let Some(n) = n else { return Ok(Ok(None)) };
        let mut statement = self.connection.prepare_cached("SELECT * FROM cites WHERE n = ?1")?;
        statement.query_row([n], |row| Ok(cite_of(page, row)?.map(Some)))
    }

    fn names(&self, article: i64, role: &str) -> rusqlite::Result<Vec<String>> {
        let ask = "SELECT name FROM names WHERE article = ?1 AND role = ?2 ORDER BY place";
        self.connection.prepare_cached(ask)?.query_map(params![article, role], |row| row.get(0))?.collect()
    }
}

fn stored_page(id: PageId, row: &Row<'_>) -> rusqlite::Result<Sense<StoredPage>> {
    let (media, length, packed): (String, i64, Vec<u8>) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (origin, charset) = (row.get(3)?, row.get(4)?);
    let moment = |words: Option<String>| words.as_deref().and_then(Moment::parse);
    let known = Known {
        url: row.get(5)?,
        published: moment(row.get(6)?),
        captured: moment(row.get(7)?),
        outlet: row.get(8)?,
    };
    let (whole, reader) = (row.get(9)?, row.get(10)?);
    let sense = || -> Sense<StoredPage> {
        let media = MediaKind::parse(&media).ok_or(format!("media type {media:?}"))?;
        let bytes = unpack(&packed, length as usize).ok_or("its packed bytes do not unpack")?;
        Ok(StoredPage { page: Page { id, bytes, origin, media, charset, known }, whole, reader })
    };
    Ok(sense())
}

/// `None` when the columns contradict each other.
fn published(
    when: Option<String>,
    basis: Option<String>,
    unresolved: Option<String>,
    cite: Option<Cite>,
) -> Option<Published> {
    let bases = [Basis::Metadata, Basis::Page, Basis::Url, Basis::Text];
    let basis = match basis {
        None => None,
        Some(word) => Some(bases.into_iter().find(|basis| basis.word() == word)?),
    };
    let when = match (when, unresolved) {
        (Some(words), None) => Ok(Moment::parse(&words)?),
        (None, Some(reason)) => Err(Unresolved { reason }),
        _ => return None,
    };
    Some(Published { when, basis, cite })
}

/// Whether everything that points into the text points at whole characters of it.
fn is_whole(article: &Article) -> bool {
    let inside = |span: Span| article.text.get(span.start as usize..span.end as usize).is_some();
    article.map.text_len() == article.text.len()
        && inside(article.body)
        && article.blocks.iter().all(|block| inside(block.span))
        && article.dateline.as_ref().is_none_or(|dateline| inside(dateline.span))
}

fn cite_of(page: PageId, row: &Row<'_>) -> rusqlite::Result<Sense<Cite>> {
    let (start, end): (Option<u32>, Option<u32>) = (row.get("page_start")?, row.get("page_end")?);
    let pieces: Option<Vec<u8>> = row.get("pieces")?;
    let text: (Option<u32>, Option<u32>) = (row.get("text_start")?, row.get("text_end")?);
    let words: String = row.get("words")?;
    let ranges = match pieces {
        Some(bytes) => unpack_ranges(&bytes),
        None => Some(start.zip(end).map(|(start, end)| PageSpan { start, end }).into_iter().collect()),
    };
    let span = text.0.zip(text.1).map(|(start, end)| Span { start, end });
    Ok(ranges.map(|ranges| Cite { page, ranges, words, span }).ok_or("the ranges of a cite".to_owned()))
}

fn furniture_of(page: PageId, row: &Row<'_>) -> rusqlite::Result<Sense<Furniture>> {
    let (cite, reason) = (cite_of(page, row)?, row.get::<_, String>("reason")?);
    Ok(cite.and_then(|cite| {
        let reason = FurnitureReason::parse(&reason).ok_or(format!("furniture for reason {reason:?}"))?;
        Ok(Furniture { cite, reason })
    }))
}

fn note_of(row: &Row<'_>) -> rusqlite::Result<Sense<Note>> {
    let (code, message, hint): (String, String, Option<String>) =
        (row.get("code")?, row.get("message")?, row.get("hint")?);
    let (start, end): (Option<u32>, Option<u32>) = (row.get("page_start")?, row.get("page_end")?);
    let at = start.zip(end).map(|(start, end)| PageSpan { start, end });
    let known = NoteCode::ALL.iter().copied().find(|known| known.word() == code);
    Ok(known.map(|code| Note { code, message, hint, at }).ok_or(format!("a note of code {code:?}")))
}
