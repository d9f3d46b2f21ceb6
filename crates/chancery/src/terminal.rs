//! What a terminal is shown. Words of pages pass through here, so that a page cannot steer the terminal it is shown on.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal, Write};

use anstyle::{AnsiColor, Style};
use serde::Serialize;

use crate::failure::Failure;

/// Lines are no longer than this on the widest terminal: longer ones are hard to read.
const WIDEST: usize = 200;

/// Says a line on standard error. A closed standard error is no reason to stop.
pub(crate) fn say(line: &str) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "{}", plain(line));
}

/// What a verb prints, gathered and then written to standard output at once; colours only where they are wanted.
pub(crate) struct Screen {
    out: String,
    width: Option<usize>,
    coloured: bool,
}

impl Screen {
    /// An empty screen.
    pub(crate) fn new() -> Self {
        let terminal = std::io::stdout().is_terminal();
        let width =
            || terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0).min(WIDEST));
        let coloured = anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never;
        Self { out: String::new(), width: terminal.then(width), coloured }
    }

    /// Columns of the terminal; `None` where the output goes elsewhere.
    pub(crate) fn width(&self) -> Option<usize> {
        self.width
    }

    /// Columns for running text.
    pub(crate) fn text_width(&self) -> usize {
        self.width.unwrap_or(100).clamp(30, 100)
    }

    /// Words, as they are but for what steers a terminal.
    pub(crate) fn put(&mut self, words: &str) {
        self.out.push_str(&plain(words));
    }

    /// Words and the end of the line.
    pub(crate) fn line(&mut self, words: &str) {
        self.put(words);
        self.out.push('\n');
    }

    /// Words that stand out.
    pub(crate) fn bold(&mut self, words: &str) {
        self.styled(Style::new().bold(), words);
    }

    /// Words that stand back.
    pub(crate) fn dim(&mut self, words: &str) {
        self.styled(Style::new().fg_color(Some(AnsiColor::BrightBlack.into())), words);
    }

    /// Words that are meant among others.
    pub(crate) fn marked(&mut self, words: &str) {
        self.styled(Style::new().fg_color(Some(AnsiColor::Yellow.into())).bold(), words);
    }

    /// Words that are meant among others, set off where there is no colour to do it.
    pub(crate) fn meant(&mut self, words: &str) {
        if self.coloured { self.marked(words) } else { self.put(&format!("⟦{words}⟧")) }
    }

    fn styled(&mut self, style: Style, words: &str) {
        let _ = write!(self.out, "{style}{}{style:#}", plain(words));
    }

    /// A line of JSON.
    pub(crate) fn json(&mut self, line: &impl Serialize) {
        self.out.push_str(&serde_json::to_string(line).expect("these lines have no maps"));
        self.out.push('\n');
    }

    /// Lines that are written already, as bytes of UTF-8.
    pub(crate) fn lines(&mut self, lines: &[u8]) {
        self.out.push_str(&String::from_utf8_lossy(lines));
    }

    /// Writes everything out. A reader who has seen enough is no failure.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let mut out = anstream::stdout().lock();
        match out.write_all(self.out.as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => {
                Err(Failure::new(format!("standard output: {error}")))
            }
            _ => Ok(()),
        }
    }
}

/// The words with every character that could steer a terminal (escape sequences, carriage returns, changes of direction)
/// made visible. Line breaks and tabs stay.
pub(crate) fn plain(words: &str) -> Cow<'_, str> {
    if !words.chars().any(steers) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match steers(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn steers(c: char) -> bool {
    let direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    direction || (c.is_control() && c != '\n' && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        assert_eq!(plain("talks\tin Geneva\n"), "talks\tin Geneva\n");
        assert_eq!(plain("\u{1b}[2Jgone\r"), "\\u{1b}[2Jgone\\u{d}");
        assert_eq!(plain("\u{202e}txt\u{9b}"), "\\u{202e}txt\\u{9b}");
    }
}
