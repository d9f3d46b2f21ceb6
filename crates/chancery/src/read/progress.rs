//! The line of progress on a terminal: where long work stands.

use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

use super::tally::Tally;
use crate::clock::instant;
use crate::terminal::plain;

/// Work shorter than this shows nothing.
const QUIET: Duration = Duration::from_millis(500);
/// The line changes at most this often.
const EVERY: Duration = Duration::from_millis(100);

/// Progress of one command.
pub(crate) struct Progress {
    shows: bool,
    begun: Instant,
    last: Instant,
    drawn: bool,
}

impl Progress {
    /// Shows itself only on a terminal, unless `quiet`.
    pub(crate) fn new(quiet: bool) -> Self {
        let now = instant();
        Self { shows: !quiet && std::io::stderr().is_terminal(), begun: now, last: now, drawn: false }
    }

    /// Draws the line, now and then.
    pub(crate) fn show(&mut self, tally: &Tally, origin: &str) {
        if !self.shows {
            return;
        }
        let now = instant();
        if now - self.begun < QUIET || now - self.last < EVERY {
            return;
        }
        self.last = now;
        self.drawn = true;
        let rate = tally.pages as f64 / (now - self.begun).as_secs_f64();
        let origin = origin.chars().rev().take(40).collect::<String>();
        let origin: String = origin.chars().rev().collect();
        let line =
            format!("{} pages, {} articles, {rate:.0} pages a second  {origin}", tally.pages, tally.articles);
        let _ = write!(std::io::stderr(), "\r\x1b[K{}", plain(&line));
    }

    /// Takes the line away.
    pub(crate) fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }

    /// How long it took so far.
    pub(crate) fn elapsed(&self) -> Duration {
        instant() - self.begun
    }
}
