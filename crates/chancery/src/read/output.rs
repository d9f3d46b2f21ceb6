//! Where results go: lines to standard output, pages into the record, notes on inputs to standard error, and the summary at
//! the end.

use std::io::{BufWriter, ErrorKind, StdoutLock, Write};
use std::ops::ControlFlow;

use super::inputs::why;
use super::keeping::Keeping;
use super::linking::{self, ToLink};
use super::progress::Progress;
use super::tally::Tally;
use super::work::Done;
use chancery_model::Note;

use crate::failure::Failure;
use crate::terminal::say;
use crate::wire::Kind;

/// Notes that are said on standard error; further ones are counted.
const NAMED: u64 = 50;
const BUFFER: usize = 256 << 10;

/// Takes the results in order.
pub(crate) struct Output {
    out: BufWriter<StdoutLock<'static>>,
    keeping: Option<Keeping>,
    /// Lines of pages that are not kept yet: a line that is out tells of a page that stays.
    held: Vec<u8>,
    closed: bool,
    failure: Option<Failure>,
    quiet: bool,
    named: u64,
    tally: Tally,
    progress: Progress,
    /// The kinds of lines about all pages together that are wanted, and the articles so far.
    linked: Vec<Kind>,
    gathered: Vec<ToLink>,
}

impl Output {
    /// `quiet` leaves out everything on standard error.
    pub(crate) fn new(keeping: Option<Keeping>, quiet: bool) -> Self {
        Self {
            out: BufWriter::with_capacity(BUFFER, std::io::stdout().lock()),
            keeping,
            held: Vec::new(),
            closed: false,
            failure: None,
            quiet,
            named: 0,
            tally: Tally::default(),
            progress: Progress::new(quiet),
            linked: Vec::new(),
            gathered: Vec::new(),
        }
    }

    /// The same, with lines of these kinds about all pages at the end.
    pub(crate) fn linking(self, linked: Vec<Kind>) -> Self {
        Self { linked, ..self }
    }

    /// Takes one result, or the time between two. Answers `Break` when nothing more is wanted.
    pub(crate) fn take(&mut self, done: Option<Done>) -> ControlFlow<()> {
        let is_full = match done {
            Some(done) => self.take_done(done),
            None => self.keeping.as_ref().is_some_and(Keeping::is_due),
        };
        if self.keeping.is_none() || is_full {
            self.write();
        }
        let reads_on = self.failure.is_none() && (self.keeping.is_some() || !self.closed);
        if reads_on { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// Whether it is time to write.
    fn take_done(&mut self, done: Done) -> bool {
        self.tally += done.tally;
        self.name_notes(&done.named);
        self.progress.show(&self.tally, &done.origin);
        self.held.extend_from_slice(&done.lines);
        self.gathered.extend(done.link);
        match (&mut self.keeping, done.keep) {
            (Some(keeping), Some(page)) => keeping.take(page),
            _ => false,
        }
    }

    fn name_notes(&mut self, notes: &[Note]) {
        for note in notes.iter().filter(|_| !self.quiet) {
            self.named += 1;
            if self.named > NAMED {
                continue;
            }
            self.progress.clear();
            let hint = note.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
            say(&format!("chancery: {}{hint}", note.message).replace('\n', " "));
        }
    }

    /// Writes what is held: pages into the record, then their lines.
    fn write(&mut self) {
        if let Some(keeping) = &mut self.keeping {
            match keeping.write() {
                Ok(tally) => self.tally += tally,
                Err(error) => {
                    let kept = self.tally.new;
                    self.failure =
                        Some(Failure::from(error).and(format!("{kept} new pages were kept before that")));
                    return;
                }
            }
        }
        let written = if self.closed { Ok(()) } else { self.out.write_all(&self.held) };
        self.held.clear();
        self.heed(written);
    }

    fn heed(&mut self, written: std::io::Result<()>) {
        match written {
            Ok(()) => {}
            // Whoever read the output has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.closed = true,
            Err(error) => self.failure = Some(Failure::new(format!("standard output: {}", why(&error)))),
        }
    }

    /// Writes the rest and says what was done. Whether something was skipped.
    pub(crate) fn finish(mut self) -> Result<bool, Failure> {
        if self.failure.is_none() {
            let (lines, notes) = linking::lines(&self.gathered, &self.linked);
            self.held.extend(lines);
            self.name_notes(&notes);
            self.write();
        }
        if let (Some(keeping), None) = (&mut self.keeping, &self.failure) {
            match keeping.link() {
                Ok(notes) => self.name_notes(&notes),
                Err(failure) => self.failure = Some(failure),
            }
        }
        if !self.closed {
            let flushed = self.out.flush();
            self.heed(flushed);
        }
        self.progress.clear();
        if let Some(failure) = self.failure {
            return Err(failure);
        }
        let nobody_listens = self.closed && self.keeping.is_none();
        if !(self.quiet || nobody_listens) {
            self.summary();
        }
        Ok(self.tally.skipped > 0)
    }

    fn summary(&self) {
        if self.named > NAMED {
            say(&format!("chancery: {} more notes; --jsonl prints each", self.named - NAMED));
        }
        let seconds = self.progress.elapsed().as_secs_f64();
        say(&format!("{} {seconds:.1} s", self.tally.sentence(self.keeping.is_some())));
    }
}
