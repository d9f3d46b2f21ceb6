//! Bytes of an input with their offsets: looked at ahead, taken, put back, and picked up again after a break.
//!
//! It knows whether the bytes come as they are or through gzip, and nothing of what they mean.

use std::io::{self, Read};

use super::Limits;
use super::gzip::Members;

/// How many bytes are asked of a source at a time.
pub(super) const CHUNK: usize = 64 << 10;

/// Why a stream ended before its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Break {
    /// A compressed stream stops in the middle.
    Truncated,
    /// A compressed stream does not hold together here.
    Damaged(&'static str),
    /// It expands beyond all measure.
    Bomb,
    /// The system could not read on.
    Io(String),
}

/// A buffered input.
pub(super) struct Stream<'a> {
    source: Source<'a>,
    buffer: Vec<u8>,
    at: usize,
    /// Offset of `buffer[0]` in the (decompressed) input.
    base: u64,
    broken: Option<Break>,
    ended: bool,
}

enum Source<'a> {
    Plain(Box<dyn Read + 'a>),
    Gzip(Box<Members<'a>>),
}

impl<'a> Stream<'a> {
    /// The bytes of `input`, decompressed if they are gzip.
    pub(super) fn new(input: Box<dyn Read + 'a>, limits: &Limits) -> Self {
        let mut plain = Self::plain(input);
        if !plain.peek(2).starts_with(&[0x1f, 0x8b]) {
            return plain;
        }
        Self::over(Source::Gzip(Box::new(Members::new(plain, limits))))
    }

    /// The bytes of `input` as they are.
    pub(super) fn plain(input: Box<dyn Read + 'a>) -> Self {
        Self::over(Source::Plain(input))
    }

    fn over(source: Source<'a>) -> Self {
        Self { source, buffer: Vec::new(), at: 0, base: 0, broken: None, ended: false }
    }

    /// What lies ahead: at least `wanted` bytes unless the input ends before. May give more.
    pub(super) fn peek(&mut self, wanted: usize) -> &[u8] {
        while self.buffer.len() - self.at < wanted && self.pull() {}
        &self.buffer[self.at..]
    }

    /// Steps over bytes that were peeked at.
    pub(super) fn consume(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.buffer.len());
    }

    /// Takes up to `wanted` bytes.
    pub(super) fn take(&mut self, wanted: usize) -> Vec<u8> {
        let mut out = Vec::new();
        while out.len() < wanted {
            let ahead = self.peek(1);
            if ahead.is_empty() {
                break;
            }
            let step = ahead.len().min(wanted - out.len());
            out.extend_from_slice(&ahead[..step]);
            self.consume(step);
        }
        out
    }

    /// Steps over up to `count` bytes without keeping them; gives how many there were.
    pub(super) fn skip(&mut self, count: u64) -> u64 {
        let mut left = count;
        while left > 0 {
            let ahead = self.peek(1).len() as u64;
            if ahead == 0 {
                break;
            }
            let step = ahead.min(left);
            self.consume(step as usize);
            left -= step;
        }
        count - left
    }

    /// Puts bytes that were just taken back in front.
    pub(super) fn unread(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.at, bytes.iter().copied());
        self.base = (self.base + self.at as u64).saturating_sub(bytes.len() as u64);
        self.at = 0;
    }

    /// Offset of the next byte in the decompressed input.
    pub(super) fn offset(&self) -> u64 {
        self.base + self.at as u64
    }

    /// Where a reader finds the next byte in the file: the offset of the gzip member that begins here, else the offset in
    /// the decompressed input.
    pub(super) fn place(&self) -> u64 {
        let offset = self.offset();
        match &self.source {
            Source::Plain(_) => offset,
            Source::Gzip(members) => members.start_at(offset).unwrap_or(offset),
        }
    }

    /// Why the input ended early, if it did and all before it was taken.
    pub(super) fn broken(&self) -> Option<&Break> {
        self.broken.as_ref().filter(|_| self.at == self.buffer.len())
    }

    /// Why what was just taken is not sound: the member of gzip it stands in breaks behind it, with nothing but white space
    /// between.
    pub(super) fn unsound(&self) -> Option<&Break> {
        let Source::Gzip(members) = &self.source else { return None };
        let over = self.buffer[self.at..].trim_ascii().is_empty();
        self.broken.as_ref().filter(|_| over && members.broke_before(self.offset()))
    }

    /// Goes on behind a break, where that can be done. What was peeked at is kept.
    pub(super) fn recover(&mut self) -> bool {
        let Some(Break::Damaged(_)) = self.broken else { return false };
        let Source::Gzip(members) = &mut self.source else { return false };
        if !members.recover() {
            return false;
        }
        self.broken = None;
        self.ended = false;
        true
    }

    /// Asks the source for more; false at the end.
    fn pull(&mut self) -> bool {
        if self.ended {
            return false;
        }
        self.drop_taken();
        let before = self.buffer.len();
        let result = match &mut self.source {
            Source::Plain(input) => pull_plain(input, &mut self.buffer),
            Source::Gzip(members) => members.pull(&mut self.buffer, self.base + before as u64),
        };
        if let Err(reason) = result {
            self.broken = Some(reason);
        }
        self.ended = self.broken.is_some() || self.buffer.len() == before;
        self.buffer.len() > before
    }

    /// Forgets what was taken, once it is most of the buffer.
    fn drop_taken(&mut self) {
        if self.at * 2 >= self.buffer.len() {
            self.buffer.drain(..self.at);
            self.base += self.at as u64;
            self.at = 0;
        }
    }
}

fn pull_plain(input: &mut dyn Read, out: &mut Vec<u8>) -> Result<(), Break> {
    let before = out.len();
    out.resize(before + CHUNK, 0);
    loop {
        match input.read(&mut out[before..]) {
            Ok(read) => {
                out.truncate(before + read.min(CHUNK));
                return Ok(());
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => {
                out.truncate(before);
                return Err(Break::Io(error.to_string()));
            }
        }
    }
}
