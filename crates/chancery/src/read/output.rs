//! Where results go: lines to standard output, what was skipped to standard error, and the summary at the end.

use std::io::{BufWriter, ErrorKind, StdoutLock, Write};
use std::ops::ControlFlow;

use super::inputs::why;
use super::progress::Progress;
use super::tally::Tally;
use super::work::Done;
use crate::failure::Failure;
use crate::terminal::say;

/// Skipped inputs that are named on standard error; further ones are counted.
const NAMED: u64 = 50;
const BUFFER: usize = 256 << 10;

/// Takes the results in order.
pub(crate) struct Output {
    out: BufWriter<StdoutLock<'static>>,
    broken: Option<std::io::Error>,
    quiet: bool,
    named: u64,
    tally: Tally,
    progress: Progress,
}

impl Output {
    /// `quiet` leaves out everything on standard error.
    pub(crate) fn new(quiet: bool) -> Self {
        let out = BufWriter::with_capacity(BUFFER, std::io::stdout().lock());
        Self { out, broken: None, quiet, named: 0, tally: Tally::default(), progress: Progress::new(quiet) }
    }

    /// Prints one result. Answers `Break` when nobody reads the output any more.
    pub(crate) fn take(&mut self, done: Done) -> ControlFlow<()> {
        self.tally += done.tally;
        self.name_skipped(&done);
        self.progress.show(&self.tally, &done.origin);
        match self.out.write_all(&done.lines) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.broken = Some(error);
                ControlFlow::Break(())
            }
        }
    }

    fn name_skipped(&mut self, done: &Done) {
        for note in done.skipped.iter().filter(|_| !self.quiet) {
            self.named += 1;
            if self.named > NAMED {
                continue;
            }
            self.progress.clear();
            let hint = note.hint.as_ref().map(|hint| format!("; {hint}")).unwrap_or_default();
            say(&format!("chancery: {}{hint}", note.message).replace('\n', " "));
        }
    }

    /// Says what was done. Whether something was skipped.
    pub(crate) fn finish(mut self) -> Result<bool, Failure> {
        let flushed = self.out.flush();
        self.progress.clear();
        match self.broken.map_or(flushed, Err) {
            // Whoever read the output has seen enough.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => return Ok(false),
            Err(error) => return Err(Failure::new(format!("standard output: {}", why(&error)))),
            Ok(()) => {}
        }
        if !self.quiet {
            if self.named > NAMED {
                say(&format!(
                    "chancery: {} more were skipped; --jsonl prints a note for each",
                    self.named - NAMED
                ));
            }
            say(&format!("{} {:.1} s", self.tally.sentence(), self.progress.elapsed().as_secs_f64()));
        }
        Ok(self.tally.skipped > 0)
    }
}
