//! What all articles say together, in parts, as it was linked last.
//!
//! The parts are values in the shape of whoever linked them; this module knows none of them. They are there only while nothing was added
//! to the record since: whoever adds a page, a reading or a ruling drops them in the same transaction.

use rusqlite::{Connection, OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::error::StoreError;
use crate::ground::{pack, unpack};
use crate::open::{Batch, Store};

/// Bytes of one unpacked part; a longer one is damaged.
const MAX_BYTES: usize = 1 << 30;

impl Store {
    /// A part of what was linked, if `linker` linked it and nothing was added to the record since. A part that does not read as
    /// `T` counts as not there: it is made anew.
    pub fn linked<T: DeserializeOwned>(&self, part: &str, linker: &str) -> Result<Option<T>, StoreError> {
        let ask = "SELECT length, packed FROM linked WHERE part = ?1 AND linker = ?2";
        let found: Option<(i64, Vec<u8>)> = self.told(|store| {
            let mut statement = store.connection.prepare_cached(ask)?;
            statement.query_row([part, linker], |row| Ok((row.get(0)?, row.get(1)?))).optional()
        })?;
        Ok(found.and_then(|(length, packed)| {
            let length = usize::try_from(length).ok().filter(|length| *length <= MAX_BYTES)?;
            postcard::from_bytes(&unpack(&packed, length)?).ok()
        }))
    }

    /// A number that grows with whatever is read or ruled: what was linked before a change is not kept after it.
    pub fn changes(&self) -> Result<i64, StoreError> {
        let ask = "SELECT length FROM linked WHERE part = ''";
        let found = self.told(|store| store.connection.query_row(ask, [], |row| row.get(0)).optional())?;
        Ok(found.unwrap_or(0))
    }

    /// Whether `linker` linked the record as it is now.
    pub fn is_linked(&self, linker: &str) -> Result<bool, StoreError> {
        let ask = "SELECT 1 FROM linked WHERE linker = ?1 AND NOT lasting";
        self.told(|store| store.connection.prepare_cached(ask)?.exists([linker]))
    }
}

impl Batch<'_> {
    /// [`Store::changes`] as of this batch.
    pub fn changes(&self) -> Result<i64, StoreError> {
        self.store.changes()
    }

    /// Keeps a part of what `linker` linked.
    pub fn put_linked(&mut self, part: &str, linker: &str, value: &impl Serialize) -> Result<(), StoreError> {
        self.put_part(part, linker, value, false)
    }

    /// Keeps what `linker` knows of articles whatever else is there: it is not dropped when something is added.
    pub fn put_known(&mut self, part: &str, linker: &str, value: &impl Serialize) -> Result<(), StoreError> {
        self.put_part(part, linker, value, true)
    }

    fn put_part(
        &mut self,
        part: &str,
        linker: &str,
        value: &impl Serialize,
        lasting: bool,
    ) -> Result<(), StoreError> {
        let plain = postcard::to_stdvec(value).expect("what is linked is plain values");
        let enter = "INSERT OR REPLACE INTO linked (part, linker, lasting, length, packed) VALUES (?1, ?2, ?3, ?4, ?5)";
        let values = params![part, linker, lasting, plain.len() as i64, pack(&plain)];
        self.store.told(|store| store.connection.prepare_cached(enter)?.execute(values).map(|_| ()))
    }
}

/// Drops what was linked, something else being read or ruled, and counts the change.
pub(crate) fn drop_linked(connection: &Connection) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM linked WHERE NOT lasting")?.execute([])?;
    let count = "INSERT INTO linked (part, linker, lasting, length, packed) VALUES ('', '', 1, 1, x'') \
                 ON CONFLICT (part) DO UPDATE SET length = length + 1";
    connection.prepare_cached(count)?.execute([]).map(|_| ())
}
