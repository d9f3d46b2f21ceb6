//! What ends a command: one message that names the thing, and what to do about it.

use std::fmt;
use std::process::ExitCode;

use chancery_store::{StoreError, StoreErrorKind};

use crate::terminal;

/// Exit status when everything was done.
pub(crate) const ALL_DONE: u8 = 0;
/// Exit status when something was skipped or differs; all the rest was done.
pub(crate) const SOMETHING_SKIPPED: u8 = 1;
/// Exit status when the command could not be carried out.
pub(crate) const NOT_DONE: u8 = 2;

/// Why a command could not be carried out.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    hint: Option<String>,
    status: u8,
}

impl Failure {
    /// A failure that names what it is about.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, status: NOT_DONE }
    }

    /// A failure to find what was asked for: the question was answered, with nothing.
    pub(crate) fn not_found(message: impl Into<String>) -> Self {
        Self { status: SOMETHING_SKIPPED, ..Self::new(message) }
    }

    /// The same failure with what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same failure with something more to know.
    pub(crate) fn and(mut self, more: impl fmt::Display) -> Self {
        self.message = format!("{} ({more})", self.message);
        self
    }

    /// Says it on standard error and gives the exit status.
    pub(crate) fn tell(self) -> ExitCode {
        terminal::say(&self.to_string());
        ExitCode::from(self.status)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let failure = Self::new(error.to_string());
        match error.kind() {
            StoreErrorKind::Missing | StoreErrorKind::Empty => {
                failure.hint("make it with: chancery read PAGES… --into FILE.chancery")
            }
            StoreErrorKind::NotSqlite | StoreErrorKind::NotARecord => {
                failure.hint("name a file that chancery read --into has made, or a new one")
            }
            StoreErrorKind::Newer(..) => failure.hint("install the newer chancery to open it"),
            StoreErrorKind::Busy => failure.hint("run this again when that process has finished"),
            StoreErrorKind::Full => {
                failure.hint("free some space and run this again; what is kept already is not read twice")
            }
            StoreErrorKind::ReadOnly | StoreErrorKind::CannotOpen(_) => {
                failure.hint("look at the rights of the file and of its folder (chmod u+w)")
            }
            StoreErrorKind::Damaged(_) => failure
                .hint("chancery check FILE says what is whole; the pages can be read into a new record"),
            StoreErrorKind::Io(_) => failure.hint("look at the disk; what is kept already is not read twice"),
            _ => failure,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "chancery: {}", self.message)?;
        match &self.hint {
            Some(hint) => write!(f, "; {hint}"),
            None => Ok(()),
        }
    }
}
