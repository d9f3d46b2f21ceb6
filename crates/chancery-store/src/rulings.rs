//! What people rule on the record: part of the ground, so that it survives every reader.

use chancery_model::{Id, Moment, Ruling, RulingKind};
use rusqlite::{Row, params};

use crate::error::StoreError;
use crate::linked::drop_linked;
use crate::listing::id_at;
use crate::open::{Batch, Store};

/// A ruling as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRuling {
    /// The ruling.
    pub ruling: Ruling,
    /// Who undid it, and when.
    pub undone: Option<(String, String)>,
}

impl Store {
    /// Every ruling, the oldest first; undone ones too.
    pub fn rulings(&self) -> Result<Vec<KeptRuling>, StoreError> {
        let ask = "SELECT rulings.id, kind, about, instead, ruled_by, rulings.at, why, undone_by, undone_rulings.at \
                   FROM rulings LEFT JOIN undone_rulings ON ruling = id ORDER BY rulings.at, rulings.id";
        self.told(|store| store.connection.prepare_cached(ask)?.query_map([], ruling_of)?.collect())
    }
}

fn ruling_of(row: &Row<'_>) -> rusqlite::Result<KeptRuling> {
    let (kind, at): (String, String) = (row.get(1)?, row.get(5)?);
    let bad = |column: usize, name: &str| {
        rusqlite::Error::InvalidColumnType(column, name.to_owned(), rusqlite::types::Type::Text)
    };
    let undone: (Option<String>, Option<String>) = (row.get(7)?, row.get(8)?);
    Ok(KeptRuling {
        ruling: Ruling {
            id: id_at(row, 0)?,
            kind: RulingKind::parse(&kind).ok_or_else(|| bad(1, "kind"))?,
            about: row.get(2)?,
            instead: row.get(3)?,
            by: row.get(4)?,
            at: Moment::parse(&at).ok_or_else(|| bad(5, "at"))?,
            why: row.get(6)?,
        },
        undone: undone.0.zip(undone.1),
    })
}

impl Batch<'_> {
    /// Keeps a ruling. Keeping the same twice adds nothing.
    pub fn rule(&mut self, ruling: &Ruling) -> Result<(), StoreError> {
        let enter = "INSERT OR IGNORE INTO rulings (id, kind, about, instead, ruled_by, at, why) \
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        self.store.told(|store| {
            drop_linked(&store.connection)?;
            let (id, kind, at) = (ruling.id.to_string(), ruling.kind.word(), ruling.at.to_string());
            let values = params![id, kind, ruling.about, ruling.instead, ruling.by, at, ruling.why];
            store.connection.prepare_cached(enter)?.execute(values).map(|_| ())
        })
    }

    /// Undoes a ruling; whether it stood.
    pub fn undo(&mut self, id: Id, by: &str, at: Moment) -> Result<bool, StoreError> {
        let enter = "INSERT OR IGNORE INTO undone_rulings (ruling, undone_by, at) SELECT id, ?2, ?3 FROM rulings WHERE id = ?1";
        self.store.told(|store| {
            drop_linked(&store.connection)?;
            let values = params![id.to_string(), by, at.to_string()];
            Ok(store.connection.prepare_cached(enter)?.execute(values)? > 0)
        })
    }
}
