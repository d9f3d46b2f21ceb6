//! What can go wrong with a record's file, in words that name it.

use std::fmt;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a record could not be opened, read or written.
#[derive(Debug)]
pub struct StoreError {
    file: PathBuf,
    kind: StoreErrorKind,
}

/// The kinds of trouble a record's file can be in.
#[derive(Debug)]
#[non_exhaustive]
pub enum StoreErrorKind {
    /// There is no such file.
    Missing,
    /// It holds no bytes: whoever began it was stopped before it kept anything.
    Empty,
    /// It is no SQLite file.
    NotSqlite,
    /// It is an SQLite file of another program.
    NotARecord,
    /// A later version of the program wrote it; its format and the newest that is known here.
    Newer(i64, i64),
    /// Another process is writing and went on longer than was waited.
    Busy,
    /// The disk is full, or the file has reached its limit.
    Full,
    /// It may not be written.
    ReadOnly,
    /// It may not be opened.
    CannotOpen(String),
    /// Its bytes are damaged.
    Damaged(String),
    /// The disk or the file system failed.
    Io(String),
    /// Anything else that SQLite reports.
    Sqlite(String),
}

impl StoreError {
    pub(crate) fn new(file: &Path, kind: StoreErrorKind) -> Self {
        Self { file: file.to_owned(), kind }
    }

    /// What kind of trouble it is.
    pub fn kind(&self) -> &StoreErrorKind {
        &self.kind
    }

    /// The file it is about.
    pub fn file(&self) -> &Path {
        &self.file
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file.display())?;
        match &self.kind {
            StoreErrorKind::Missing => f.write_str("there is no such record"),
            StoreErrorKind::Empty => f.write_str("it is empty, nothing was ever kept in it"),
            StoreErrorKind::NotSqlite => f.write_str("not a record of chancery (not an SQLite file)"),
            StoreErrorKind::NotARecord => {
                f.write_str("not a record of chancery (an SQLite file of another program)")
            }
            StoreErrorKind::Newer(theirs, ours) => {
                write!(f, "written by a newer chancery (format {theirs}; this one knows {ours})")
            }
            StoreErrorKind::Busy => f.write_str("another process is writing into it"),
            StoreErrorKind::Full => f.write_str("the disk is full"),
            StoreErrorKind::ReadOnly => f.write_str("it may not be written"),
            StoreErrorKind::CannotOpen(why) => write!(f, "it cannot be opened: {why}"),
            StoreErrorKind::Damaged(what) => write!(f, "it is damaged: {what}"),
            StoreErrorKind::Io(why) => write!(f, "the disk failed: {why}"),
            StoreErrorKind::Sqlite(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for StoreError {}

/// What SQLite reports, as the kind of trouble it means.
pub(crate) fn kind_of(error: rusqlite::Error) -> StoreErrorKind {
    let (failure, message) = match &error {
        rusqlite::Error::SqliteFailure(failure, message) => (failure, message),
        rusqlite::Error::SqlInputError { .. } => return StoreErrorKind::Sqlite(error.to_string()),
        // A column of another type than was written: somebody else wrote it, or the bytes are damaged.
        _ => return StoreErrorKind::Damaged(error.to_string()),
    };
    let words = message.clone().unwrap_or_else(|| failure.to_string());
    match failure.code {
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreErrorKind::Busy,
        ErrorCode::DiskFull => StoreErrorKind::Full,
        ErrorCode::ReadOnly => StoreErrorKind::ReadOnly,
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => StoreErrorKind::CannotOpen(words),
        ErrorCode::NotADatabase => StoreErrorKind::NotSqlite,
        ErrorCode::DatabaseCorrupt => StoreErrorKind::Damaged(words),
        ErrorCode::SystemIoFailure => StoreErrorKind::Io(words),
        _ => StoreErrorKind::Sqlite(words),
    }
}
