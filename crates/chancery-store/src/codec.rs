//! Source maps, ranges and blocks as bytes.
//!
//! Numbers are LEB128; a place on the page is told from the end of the piece before it, as a zigzag number. A piece is
//! `text_len << 2 | kind`, its place, and its length on the page unless it is verbatim.

use chancery_model::{Block, BlockKind, PageSpan, PieceKind, SourceMap, Span};

const KINDS: [PieceKind; 4] = [PieceKind::Verbatim, PieceKind::Decoded, PieceKind::Space, PieceKind::Break];

/// The map as bytes.
pub(crate) fn pack_map(map: &SourceMap) -> Vec<u8> {
    let mut out = Vec::with_capacity(map.pieces().len() * 4);
    let mut before = 0;
    for piece in map.pieces() {
        let kind = KINDS.iter().position(|kind| *kind == piece.kind).unwrap_or(0);
        put(&mut out, (piece.text.len() as u64) << 2 | kind as u64);
        if piece.kind == PieceKind::Break {
            continue;
        }
        put(&mut out, zigzag(i64::from(piece.page.start) - before));
        if piece.kind != PieceKind::Verbatim {
            put(&mut out, piece.page.len() as u64);
        }
        before = i64::from(piece.page.end);
    }
    out
}

/// The map that [`pack_map`] packed; `None` when the bytes are no map.
pub(crate) fn unpack_map(bytes: &[u8]) -> Option<SourceMap> {
    let (mut map, mut rest, mut before) = (SourceMap::default(), bytes, 0);
    while !rest.is_empty() {
        let head = take(&mut rest)?;
        let (len, kind) = (head >> 2, KINDS[(head & 3) as usize]);
        if kind == PieceKind::Break {
            map.push(usize::try_from(len).ok()?, PageSpan::new(0, 0), kind);
            continue;
        }
        let start = before + unzigzag(take(&mut rest)?);
        let end = start + if kind == PieceKind::Verbatim { len } else { take(&mut rest)? } as i64;
        let page = PageSpan { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? };
        u32::try_from(map.text_len() as u64 + len).ok()?;
        map.push(len as usize, page, kind);
        before = end;
    }
    Some(map)
}

/// Ranges as bytes.
pub(crate) fn pack_ranges(ranges: &[PageSpan]) -> Vec<u8> {
    let (mut out, mut before) = (Vec::new(), 0);
    for range in ranges {
        put(&mut out, zigzag(i64::from(range.start) - before));
        put(&mut out, range.len() as u64);
        before = i64::from(range.end);
    }
    out
}

/// The ranges that [`pack_ranges`] packed; `None` when the bytes are none.
pub(crate) fn unpack_ranges(bytes: &[u8]) -> Option<Vec<PageSpan>> {
    let (mut out, mut rest, mut before) = (Vec::new(), bytes, 0);
    while !rest.is_empty() {
        let start = before + unzigzag(take(&mut rest)?);
        let end = start + i64::try_from(take(&mut rest)?).ok()?;
        out.push(PageSpan { start: u32::try_from(start).ok()?, end: u32::try_from(end).ok()? });
        before = end;
    }
    Some(out)
}

/// Blocks as bytes: for each its kind in one, where it starts and ends in four each, the high ones first.
pub(crate) fn pack_blocks(blocks: &[Block]) -> Vec<u8> {
    let mut out = Vec::with_capacity(blocks.len() * BLOCK);
    for block in blocks {
        out.extend(BlockKind::ALL.iter().position(|kind| *kind == block.kind).map(|kind| kind as u8));
        out.extend(block.span.start.to_be_bytes());
        out.extend(block.span.end.to_be_bytes());
    }
    out
}

const BLOCK: usize = 9;

/// The blocks that [`pack_blocks`] packed; `None` when the bytes are none.
pub(crate) fn unpack_blocks(bytes: &[u8]) -> Option<Vec<Block>> {
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    let block = |[kind, a, b, c, d, e, f, g, h]: [u8; BLOCK]| {
        let span = Span { start: u32::from_be_bytes([a, b, c, d]), end: u32::from_be_bytes([e, f, g, h]) };
        Some(Block { kind: *BlockKind::ALL.get(usize::from(kind))?, span })
    };
    rest.is_empty().then(|| blocks.iter().map(|bytes| block(*bytes)).collect())?
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push(number as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A number of at most 35 bits: no stored number is longer, and sums of them do not overflow.
fn take(rest: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..35).step_by(7) {
        let (first, after) = rest.split_first()?;
        *rest = after;
        number |= u64::from(first & 0x7F) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

fn zigzag(number: i64) -> u64 {
    ((number << 1) ^ (number >> 63)) as u64
}

fn unzigzag(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_and_ranges_read_back() {
        let mut map = SourceMap::default();
        map.push(5, PageSpan::new(4_000_000, 4_000_005), PieceKind::Verbatim);
        map.push(1, PageSpan::new(4_000_005, 4_000_011), PieceKind::Decoded);
        map.push(2, PageSpan::new(0, 0), PieceKind::Break);
        map.push(1, PageSpan::new(12, 40), PieceKind::Space);
        map.push(300, PageSpan::new(40, 340), PieceKind::Verbatim);
        assert_eq!(unpack_map(&pack_map(&map)).as_ref(), Some(&map));
        let ranges = [
            PageSpan::new(7, 9),
            PageSpan::new(3, 3),
            PageSpan::new(u32::MAX as usize - 1, u32::MAX as usize),
        ];
        assert_eq!(unpack_ranges(&pack_ranges(&ranges)).as_deref(), Some(&ranges[..]));
        let block = |kind, start, end| Block { kind, span: Span::new(start, end) };
        let blocks = [block(BlockKind::Headline, 0, 40), block(BlockKind::Paragraph, 42, 900)];
        assert_eq!(unpack_blocks(&pack_blocks(&blocks)).as_deref(), Some(&blocks[..]));
        assert_eq!(unpack_blocks(&[]).as_deref(), Some(&[][..]));
    }

    #[test]
    fn damaged_bytes_are_no_map() {
        assert_eq!(unpack_map(&[0x80]), None);
        assert_eq!(unpack_map(&[0xFF; 12]), None);
        assert_eq!(unpack_map(&[0x14, 0x01]), None, "a place before the page");
        assert_eq!(unpack_ranges(&[0x01, 0x01]), None);
        assert_eq!(unpack_blocks(&[0; BLOCK - 1]), None);
        assert_eq!(unpack_blocks(&[0x7F; BLOCK]), None, "no such kind");
    }
}
