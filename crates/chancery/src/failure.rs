//! What ends a command: one message that names the thing, and what to do about it.

use std::fmt;
use std::process::ExitCode;

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
}

impl Failure {
    /// A failure that names what it is about.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// The same failure with what to do about it.
    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says it on standard error and gives the exit status.
    pub(crate) fn tell(self) -> ExitCode {
        terminal::say(&self.to_string());
        ExitCode::from(NOT_DONE)
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
