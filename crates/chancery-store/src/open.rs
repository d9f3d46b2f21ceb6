//! Opening a record, and writing into it in batches.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::error::{StoreError, StoreErrorKind, kind_of};
use crate::schema::{self, APPLICATION_ID, FORMAT};

/// One wait for another writer; between two of them the caller is asked whether to go on.
const WAIT: Duration = Duration::from_millis(250);
/// The first bytes of every SQLite file.
const MAGIC: &[u8; 16] = b"SQLite format 3\0";

/// How a record is opened to be written.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How often [`WAIT`](Settings::waits) of a quarter of a second passes while another process writes, before giving up.
    pub waits: u32,
    /// Pages of 4096 bytes that the file may grow to; `None` for what the disk holds.
    pub most_pages: Option<u32>,
}

impl Default for Settings {
    /// Waits 30 seconds; no limit.
    fn default() -> Self {
        Self { waits: 120, most_pages: None }
    }
}

/// A record.
pub struct Store {
    pub(crate) connection: Connection,
    pub(crate) file: PathBuf,
    waits: u32,
}

impl Store {
    /// Opens a record to read it. What another process commits later is seen by the next question.
    pub fn open(file: &Path) -> Result<Self, StoreError> {
        recognise(file, false)?;
        // Read-write, where the rights allow it, so that the last reader to close takes the files beside the record away;
        // `readable` forbids writing.
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let plain = Connection::open_with_flags(file, flags).and_then(readable);
        let connection = match plain {
            Err(error) if cannot_lock(&error) && !beside(file, "-wal").exists() => {
                let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
                Connection::open_with_flags(unchanging(file), flags).and_then(readable)
            }
            other => other,
        };
        let connection = connection.map_err(|error| StoreError::new(file, kind_of(error)))?;
        let store = Self { connection, file: file.to_owned(), waits: 0 };
        match store.format()? {
            FORMAT => Ok(store),
            // An older format is read as it stands only after a writer has brought it up to date.
            _ => Self::open_to_write(file, &Settings::default()),
        }
    }

    /// Opens a record to write into it, and begins a new one where there is none.
    ///
    /// Turning a new file to WAL takes a lock that SQLite refuses at once, whatever the time-out, while another process does
    /// the same: so opening as a whole is tried again.
    pub fn open_to_write(file: &Path, settings: &Settings) -> Result<Self, StoreError> {
        let mut waited = 0;
        loop {
            match Self::try_to_write(file, settings) {
                Err(error) if matches!(error.kind(), StoreErrorKind::Busy) && waited < settings.waits => {
                    waited += 1;
                    std::thread::sleep(WAIT);
                }
                done => return done,
            }
        }
    }

    fn try_to_write(file: &Path, settings: &Settings) -> Result<Self, StoreError> {
        recognise(file, true)?;
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)
            .map_err(|error| StoreError::new(file, kind_of(error)))?;
        let mut store = Self { connection, file: file.to_owned(), waits: settings.waits };
        store.told(|store| prepare(&store.connection, settings))?;
        if store.format()? != FORMAT {
            store.migrate()?;
        }
        Ok(store)
    }

    /// The format of the file, 0 for a new one. An error for a file that is no record, or a newer one.
    fn format(&self) -> Result<i64, StoreError> {
        let number = |name: &str| {
            self.told(|s| s.connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)))
        };
        let (application, format) = (number("application_id")?, number("user_version")?);
        let tables: i64 = self
            .told(|s| s.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)))?;
        let fresh = application == 0 && format == 0 && tables == 0;
        if !fresh && application != i64::from(APPLICATION_ID) {
            return Err(StoreError::new(&self.file, StoreErrorKind::NotARecord));
        }
        if format > FORMAT {
            return Err(StoreError::new(&self.file, StoreErrorKind::Newer(format, FORMAT)));
        }
        Ok(format)
    }

    /// Brings the file to the newest format. Two processes may try at once: the second finds it done.
    fn migrate(&mut self) -> Result<(), StoreError> {
        let batch = self.batch(&mut |_| true)?;
        let format = batch.store.format()?;
        if format < FORMAT {
            batch.store.told(|store| schema::migrate(&store.connection, format))?;
        }
        batch.commit()
    }

    /// Begins a batch: what is written in it is kept as a whole or not at all.
    ///
    /// While another process writes, `waiting` is asked with the time waited so far whether to wait on.
    pub fn batch(&mut self, waiting: &mut dyn FnMut(Duration) -> bool) -> Result<Batch<'_>, StoreError> {
        let mut waited = 0;
        loop {
            let begun = self.told(|store| {
                Transaction::new_unchecked(&store.connection, TransactionBehavior::Immediate)
                    .map(std::mem::forget)
            });
            match begun {
                Ok(()) => return Ok(Batch { store: self, open: true }),
                Err(error) if !matches!(error.kind(), StoreErrorKind::Busy) => return Err(error),
                Err(error) => {
                    waited += 1;
                    if waited >= self.waits || !waiting(WAIT * waited) {
                        return Err(error);
                    }
                }
            }
        }
    }

    /// From now on every question sees the record as it is now, whatever others write.
    pub fn hold_still(&self) -> Result<(), StoreError> {
        self.told(|store| store.connection.execute_batch("BEGIN; SELECT count(*) FROM sqlite_schema"))
    }

    /// Runs `ask`, and names this file in its error.
    pub(crate) fn told<T>(&self, ask: impl FnOnce(&Self) -> rusqlite::Result<T>) -> Result<T, StoreError> {
        ask(self).map_err(|error| self.trouble(error))
    }

    pub(crate) fn trouble(&self, error: rusqlite::Error) -> StoreError {
        StoreError::new(&self.file, kind_of(error))
    }

    pub(crate) fn damaged(&self, what: impl Into<String>) -> StoreError {
        StoreError::new(&self.file, StoreErrorKind::Damaged(what.into()))
    }

    /// The file.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

/// Looks at the first bytes: SQLite itself would take some files of other kinds for damaged ones.
fn recognise(file: &Path, may_be_new: bool) -> Result<(), StoreError> {
    let mut head = [0; 16];
    let kind = match File::open(file) {
        Err(error) if error.kind() == ErrorKind::NotFound && may_be_new => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotFound => StoreErrorKind::Missing,
        Err(error) => StoreErrorKind::CannotOpen(error.to_string()),
        Ok(opened) if opened.metadata().is_ok_and(|meta| !meta.is_file()) => StoreErrorKind::NotSqlite,
        Ok(opened) if opened.metadata().is_ok_and(|meta| meta.len() == 0) && may_be_new => return Ok(()),
        Ok(opened) if opened.metadata().is_ok_and(|meta| meta.len() == 0) => StoreErrorKind::Empty,
        Ok(mut opened) => match opened.read_exact(&mut head) {
            Ok(()) if head == *MAGIC => return Ok(()),
            _ => StoreErrorKind::NotSqlite,
        },
    };
    Err(StoreError::new(file, kind))
}

/// WAL needs a file of its own beside the record; a folder that may not be written has no place for it.
fn cannot_lock(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::CannotOpen | rusqlite::ErrorCode::ReadOnly))
}

/// The address of a file that nobody writes, so that it can be read without locks.
fn unchanging(file: &Path) -> String {
    let name = file.to_string_lossy();
    let escaped: String = name
        .chars()
        .map(|c| if matches!(c, '%' | '?' | '#') { format!("%{:02X}", c as u32) } else { c.to_string() })
        .collect();
    format!("file:{escaped}?immutable=1")
}

fn beside(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    name.into()
}

/// A connection that has shown that it can read. Memory maps are left off: a file cut short under one kills the process.
fn readable(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(WAIT * 40)?;
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    connection.pragma_update(None, "query_only", true)?;
    connection.pragma_update(None, "trusted_schema", false)?;
    plan_once(&connection)?;
    Ok(connection)
}

/// Bytes of a page of the file.
const PAGE_SIZE: u32 = 16_384;

/// A statement is planned when it is made, and not again for every value bound to it.
fn plan_once(connection: &Connection) -> rusqlite::Result<()> {
    connection.set_prepared_statement_cache_capacity(64);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ())
}

fn prepare(connection: &Connection, settings: &Settings) -> rusqlite::Result<()> {
    connection.busy_timeout(WAIT)?;
    plan_once(connection)?;
    // Of a new file: values of a few thousand bytes each leave much of a small page empty.
    connection.pragma_update(None, "page_size", PAGE_SIZE)?;
    connection.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "cache_size", -16_384)?;
    if let Some(most) = settings.most_pages {
        connection.pragma_update_and_check(None, "max_page_count", most, |_| Ok(()))?;
    }
    Ok(())
}

/// Writing into a record, until [`Batch::commit`]. Dropped before that, it leaves nothing.
pub struct Batch<'a> {
    pub(crate) store: &'a mut Store,
    open: bool,
}

impl Batch<'_> {
    /// Puts what was written onto the disk.
    pub fn commit(mut self) -> Result<(), StoreError> {
        self.open = false;
        let done = self.store.told(|store| store.connection.execute_batch("COMMIT"));
        if done.is_err() && !self.store.connection.is_autocommit() {
            let _ = self.store.connection.execute_batch("ROLLBACK");
        }
        done
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        // A failed statement may have ended the transaction already.
        if self.open && !self.store.connection.is_autocommit() {
            let _ = self.store.connection.execute_batch("ROLLBACK");
        }
    }
}
