//! Gzip (RFC 1952): members one after another, each with its place in the file, and a way past a damaged one.

use std::collections::VecDeque;

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::Limits;
use super::stream::{Break, Stream};

/// Bytes decompressed at a time.
const CHUNK: usize = 64 << 10;
/// Bytes kept of a member that is being read, so that the next one can be looked for from its beginning when it turns out
/// to be cut short.
const REPLAY: usize = 1 << 20;
/// How far the optional fields of a member's head may reach: an extra field of 64 KB and two names.
const HEAD: usize = 80 << 10;

const HAS_CHECKSUM: u8 = 2;
const HAS_EXTRA: u8 = 4;
const HAS_NAME: u8 = 8;
const HAS_COMMENT: u8 = 16;
const RESERVED: u8 = 0xe0;

/// The members of a gzip file.
pub(super) struct Members<'a> {
    raw: Stream<'a>,
    inflate: Decompress,
    member: Option<Member>,
    /// Beginnings of members: offset in the decompressed input, offset in the file. Only those not yet taken.
    starts: VecDeque<(u64, u64)>,
    /// Members that were read to their end.
    whole: u64,
    free_expansion: u64,
    expansion: u64,
}

struct Member {
    /// Where its first byte stands in the decompressed input.
    begins: u64,
    crc: Crc,
    read: u64,
    given: u64,
    /// The first bytes of the member after its magic number, for the way past damage.
    replay: Vec<u8>,
}

impl<'a> Members<'a> {
    pub(super) fn new(raw: Stream<'a>, limits: &Limits) -> Self {
        Self {
            raw,
            inflate: Decompress::new(false),
            member: None,
            starts: VecDeque::new(),
            whole: 0,
            free_expansion: limits.free_expansion,
            expansion: limits.expansion,
        }
    }

    /// Where in the file the member begins whose first byte is `offset` of the decompressed input.
    pub(super) fn start_at(&self, offset: u64) -> Option<u64> {
        let after = self.starts.partition_point(|(begins, _)| *begins <= offset);
        let (begins, place) = *self.starts.get(after.checked_sub(1)?)?;
        (begins == offset).then_some(place)
    }

    /// Whether the member that is not finished begins before `offset` of the decompressed input.
    pub(super) fn broke_before(&self, offset: u64) -> bool {
        self.member.as_ref().is_some_and(|m| m.begins < offset)
    }

    /// Appends decompressed bytes, of one member at most; none at the end. `offset` is where they stand.
    pub(super) fn pull(&mut self, out: &mut Vec<u8>, offset: u64) -> Result<(), Break> {
        let before = out.len();
        while out.len() == before {
            if self.member.is_none() && !self.begin(offset)? {
                return Ok(());
            }
            self.inflate_some(out)?;
        }
        Ok(())
    }

    /// Looks for the next member behind the beginning of the damaged one.
    pub(super) fn recover(&mut self) -> bool {
        if let Some(member) = self.member.take()
            && member.read < REPLAY as u64
        {
            self.raw.unread(&member.replay);
        }
        loop {
            let ahead = self.raw.peek(CHUNK);
            if ahead.len() < 4 {
                return false;
            }
            let found = memchr::memmem::find_iter(ahead, &[0x1f, 0x8b, 8])
                .find(|at| ahead.get(at + 3).is_some_and(|flags| flags & RESERVED == 0));
            let step = found.unwrap_or(ahead.len() - 3);
            self.raw.consume(step);
            if found.is_some() {
                return true;
            }
        }
    }

    /// Reads the head of the next member; false where the file ends.
    fn begin(&mut self, offset: u64) -> Result<bool, Break> {
        let place = self.raw.offset();
        let head = self.raw.peek(HEAD);
        if self.whole > 0 && head.iter().all(|b| *b == 0) {
            return Ok(false); // Tapes and downloads pad with zeros.
        }
        if !head.starts_with(&[0x1f, 0x8b]) {
            return Err(self.raw_break().unwrap_or(Break::Damaged("what follows is not gzip")));
        }
        let length = head_length(head)?;
        let replay = head[2..length].to_vec();
        self.raw.consume(length);
        self.inflate.reset(false);
        self.member = Some(Member { begins: offset, crc: Crc::new(), read: 0, given: 0, replay });
        while self.starts.len() > 1 && self.starts[1].0 + (1 << 20) < offset {
            self.starts.pop_front();
        }
        self.starts.push_back((offset, place));
        Ok(true)
    }

    fn inflate_some(&mut self, out: &mut Vec<u8>) -> Result<(), Break> {
        let Some(member) = &mut self.member else { return Ok(()) };
        let input = self.raw.peek(1);
        let before = out.len();
        out.resize(before + CHUNK, 0);
        let (in_before, out_before) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(input, &mut out[before..], FlushDecompress::None);
        let read = (self.inflate.total_in() - in_before) as usize;
        let given = (self.inflate.total_out() - out_before) as usize;
        out.truncate(before + given);
        member.crc.update(&out[before..]);
        member.read += read as u64;
        member.given += given as u64;
        if member.read < REPLAY as u64 {
            member.replay.extend_from_slice(&input[..read]);
        }
        let starved = input.is_empty();
        self.raw.consume(read);
        match status {
            Err(_) => Err(Break::Damaged("the compressed data does not decode")),
            Ok(Status::StreamEnd) => self.finish(),
            Ok(_) if starved && given == 0 => Err(self.raw_break().unwrap_or(Break::Truncated)),
            Ok(_) => self.check_expansion(),
        }
    }

    /// Checks the eight bytes that close a member.
    fn finish(&mut self) -> Result<(), Break> {
        let Some(member) = &self.member else { return Ok(()) };
        let trailer = self.raw.peek(8);
        let Some(trailer) = trailer.get(..8) else {
            return Err(self.raw_break().unwrap_or(Break::Truncated));
        };
        let expected = [member.crc.sum().to_le_bytes(), member.crc.amount().to_le_bytes()].concat();
        if trailer != expected {
            return Err(Break::Damaged("the checksum does not fit"));
        }
        self.raw.consume(8);
        self.member = None;
        self.whole += 1;
        Ok(())
    }

    fn check_expansion(&self) -> Result<(), Break> {
        let bomb = self
            .member
            .as_ref()
            .is_some_and(|m| m.given > self.free_expansion && m.given / m.read.max(1) > self.expansion);
        if bomb { Err(Break::Bomb) } else { Ok(()) }
    }

    fn raw_break(&mut self) -> Option<Break> {
        self.raw.broken().cloned()
    }
}

/// Length of the member's head that `bytes` begin with.
fn head_length(bytes: &[u8]) -> Result<usize, Break> {
    let fixed = bytes.get(..10).ok_or(Break::Truncated)?;
    let flags = fixed[3];
    if fixed[2] != 8 || flags & RESERVED != 0 {
        return Err(Break::Damaged("the head of a gzip member is not valid"));
    }
    let mut at = 10;
    if flags & HAS_EXTRA != 0 {
        let length = bytes.get(at..at + 2).ok_or(Break::Truncated)?;
        at += 2 + usize::from(u16::from_le_bytes([length[0], length[1]]));
    }
    for _ in 0..u32::from(flags & HAS_NAME != 0) + u32::from(flags & HAS_COMMENT != 0) {
        let name = bytes.get(at..).ok_or(Break::Truncated)?;
        at += 1 + memchr::memchr(0, name)
            .ok_or(Break::Damaged("a name in the head of a gzip member has no end"))?;
    }
    if flags & HAS_CHECKSUM != 0 {
        at += 2;
    }
    if at > bytes.len() { Err(Break::Truncated) } else { Ok(at) }
}
