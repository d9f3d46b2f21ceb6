//! The derived part of a record, written: what was read on a page.

use chancery_model::{Article, Cite, Furniture, Note, PageReading};
use rusqlite::{Connection, Result, params};

use crate::codec::{pack_blocks, pack_map, pack_ranges};
use crate::error::StoreError;
use crate::ground::Kept;
use crate::linked::drop_linked;
use crate::open::Batch;
use crate::says::{self, PackedReading};

impl Batch<'_> {
    /// Puts what was read on a page in the place of what was read on it before. `says` has what its articles say, in their order;
    /// none for an article that is not read further.
    pub fn put_reading(
        &mut self,
        kept: &Kept,
        reading: &PageReading,
        says: &[Option<PackedReading>],
        reader: &str,
    ) -> Result<(), StoreError> {
        self.store.told(|store| {
            let connection = &store.connection;
            drop_linked(connection)?;
            drop_reading(connection, kept.page)?;
            let enter = "INSERT INTO readings (page, sighting, reader) VALUES (?1, ?2, ?3)";
            connection.prepare_cached(enter)?.execute(params![kept.page, kept.sighting, reader])?;
            for (place, article) in reading.articles.iter().enumerate() {
                let row = enter_article(connection, kept.page, place, article)?;
                if let Some(Some(says)) = says.get(place) {
                    says::enter(connection, row, says)?;
                }
            }
            for (place, furniture) in reading.furniture.iter().enumerate() {
                enter_furniture(connection, kept.page, place, furniture)?;
            }
            reading.notes.iter().try_for_each(|note| enter_note(connection, kept.page, note))
        })
    }
}

fn drop_reading(connection: &Connection, page: i64) -> Result<()> {
    for table in ["articles", "furniture", "notes", "cites", "readings"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE page = ?1"))?.execute([page])?;
    }
    Ok(())
}

fn enter_article(connection: &Connection, page: i64, place: usize, article: &Article) -> Result<i64> {
    let title = article.title.as_ref().map(|cite| enter_cite(connection, page, cite)).transpose()?;
    let published = &article.published;
    let published_cite =
        published.cite.as_ref().map(|cite| enter_cite(connection, page, cite)).transpose()?;
    let enter = "INSERT INTO articles (id, page, place, title, text, map, body_start, body_end, words, title_cite, \
                 dateline_start, dateline_end, published, basis, unresolved, published_cite, agency, outlet, language, url, blocks) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)";
    connection.prepare_cached(enter)?.execute(params![
        article.id.to_string(),
        page,
        place as i64,
        article.title.as_ref().map(|cite| &cite.words),
        article.text,
        pack_map(&article.map),
        article.body.start,
        article.body.end,
        article.body_text().split_whitespace().count() as i64,
        title,
        article.dateline.as_ref().map(|d| d.span.start),
        article.dateline.as_ref().map(|d| d.span.end),
        published.when.as_ref().ok().map(|m| m.to_string()),
        published.basis.map(|b| b.word()),
        published.when.as_ref().err().map(|u| &u.reason),
        published_cite,
        article.agency,
        article.outlet,
        article.language.code(),
        article.url,
        pack_blocks(&article.blocks),
    ])?;
    let row = connection.last_insert_rowid();
    enter_names(connection, row, "byline", &article.byline)?;
    enter_names(connection, row, "dateline", article.dateline.as_ref().map_or(&[], |d| &d.places))?;
    Ok(row)
}

fn enter_names(connection: &Connection, row: i64, role: &str, names: &[String]) -> Result<()> {
    let enter = "INSERT INTO names (article, role, place, name) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = connection.prepare_cached(enter)?;
    for (place, name) in names.iter().enumerate() {
        statement.execute(params![row, role, place as i64, name])?;
    }
    Ok(())
}

fn enter_cite(connection: &Connection, page: i64, cite: &Cite) -> Result<i64> {
    let enter = "INSERT INTO cites (page, words, page_start, page_end, pieces, text_start, text_end) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(enter)?.execute(params![
        page,
        cite.words,
        cite.ranges.first().map(|r| r.start),
        cite.ranges.last().map(|r| r.end),
        (cite.ranges.len() > 1).then(|| pack_ranges(&cite.ranges)),
        cite.span.map(|s| s.start),
        cite.span.map(|s| s.end),
    ])?;
    Ok(connection.last_insert_rowid())
}

fn enter_furniture(connection: &Connection, page: i64, place: usize, furniture: &Furniture) -> Result<()> {
    let cite = enter_cite(connection, page, &furniture.cite)?;
    let enter = "INSERT INTO furniture (id, page, place, cite, reason) VALUES (?1, ?2, ?3, ?4, ?5)";
    let values = params![furniture.id().to_string(), page, place as i64, cite, furniture.reason.word()];
    connection.prepare_cached(enter)?.execute(values).map(|_| ())
}

fn enter_note(connection: &Connection, page: i64, note: &Note) -> Result<()> {
    let enter =
        "INSERT INTO notes (page, code, message, hint, page_start, page_end) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let (start, end) = (note.at.map(|at| at.start), note.at.map(|at| at.end));
    let values = params![page, note.code.word(), note.message, note.hint, start, end];
    connection.prepare_cached(enter)?.execute(values).map(|_| ())
}
