//! The codebooks that users read a record with: part of the ground, so that it can be rebuilt without their files.
//!
//! This module knows no codebook's inside: a text, the name it came under, its hash.

use chancery_model::{Moment, PageId};
use rusqlite::{OptionalExtension, params};

use crate::error::StoreError;
use crate::linked::drop_linked;
use crate::open::{Batch, Store};

/// A codebook as the record keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCodebook {
    /// The file, as it was named.
    pub file: String,
    /// What it says.
    pub text: String,
}

impl KeptCodebook {
    /// The SHA-256 of its text, in hexadecimal digits.
    pub fn hash(&self) -> String {
        self.id().to_string()
    }

    fn id(&self) -> PageId {
        PageId::of(self.text.as_bytes())
    }
}

/// The codebooks that a record is read with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptCodebooks {
    /// The user's, in the order in which they were named.
    pub own: Vec<KeptCodebook>,
    /// Whether those that come with the program count as well.
    pub built_in: bool,
}

impl Default for KeptCodebooks {
    /// Those that come with the program.
    fn default() -> Self {
        Self { own: Vec::new(), built_in: true }
    }
}

impl Store {
    /// The codebooks that the record is read with: those that were chosen last.
    pub fn codebooks(&self) -> Result<KeptCodebooks, StoreError> {
        let ask = "SELECT chosen, built_in FROM codebook_choices ORDER BY n DESC LIMIT 1";
        let found: Option<(Vec<u8>, bool)> = self.told(|store| {
            store.connection.query_row(ask, [], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })?;
        let Some((chosen, built_in)) = found else { return Ok(KeptCodebooks::default()) };
        let own = chosen.chunks(32).map(|id| self.codebook(id)).collect::<Result<_, _>>()?;
        Ok(KeptCodebooks { own, built_in })
    }

    fn codebook(&self, id: &[u8]) -> Result<KeptCodebook, StoreError> {
        let ask = "SELECT file, text FROM codebooks WHERE id = ?1";
        let found = self.told(|store| {
            let of = |row: &rusqlite::Row<'_>| Ok(KeptCodebook { file: row.get(0)?, text: row.get(1)? });
            store.connection.query_row(ask, [id], of).optional()
        })?;
        found.ok_or_else(|| self.damaged("a codebook that the record is read with"))
    }
}

impl Batch<'_> {
    /// From now on the record is read with these codebooks. Choosing what is chosen already adds nothing.
    pub fn choose_codebooks(&mut self, books: &KeptCodebooks, at: Moment) -> Result<(), StoreError> {
        if self.store.codebooks()? == *books {
            return Ok(());
        }
        self.store.told(|store| {
            drop_linked(&store.connection)?;
            for book in &books.own {
                let enter = "INSERT OR IGNORE INTO codebooks (id, file, text) VALUES (?1, ?2, ?3)";
                store.connection.execute(enter, params![book.id().0, book.file, book.text])?;
            }
            let chosen: Vec<u8> = books.own.iter().flat_map(|book| book.id().0).collect();
            let enter = "INSERT INTO codebook_choices (chosen, built_in, at) VALUES (?1, ?2, ?3)";
            store.connection.execute(enter, params![chosen, books.built_in, at.to_string()]).map(|_| ())
        })
    }
}
