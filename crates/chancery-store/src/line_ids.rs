//! The ids of an article's lines as bytes, and which of them begin with what somebody typed.
//!
//! For each kind of line: its number among all kinds, the letter of its ids, how many there are (four bytes), then the six bytes of each
//! hash, in the order of the lines.

use std::collections::BTreeSet;

use chancery_model::{Id, LineKind};

/// The lines of an article as bytes.
pub(crate) fn pack(lines: &[(LineKind, u32, Id)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(lines.len() * 6 + 36);
    for (number, kind) in (0..).zip(LineKind::ALL) {
        let ids: Vec<Id> = lines.iter().filter(|(own, ..)| *own == kind).map(|(.., id)| *id).collect();
        let Some(first) = ids.first() else { continue };
        out.extend([number, first.parts().0]);
        out.extend((ids.len() as u32).to_le_bytes());
        ids.iter().for_each(|id| out.extend(id.parts().1));
    }
    out
}

/// The ids of the lines of a kind, in the order of the lines; none of bytes that are no lines.
pub(crate) fn of(mut bytes: &[u8], kind: LineKind) -> impl Iterator<Item = Id> {
    let mut found: (u8, &[u8]) = (b'a', &[]);
    while let [number, letter, rest @ ..] = bytes {
        let Some((count, rest)) = rest.split_first_chunk::<4>() else { break };
        let length = (u32::from_le_bytes(*count) as usize).saturating_mul(6);
        let Some((hashes, rest)) = rest.split_at_checked(length) else { break };
        if LineKind::ALL.get(usize::from(*number)) == Some(&kind) {
            found = (*letter, hashes);
        }
        bytes = rest;
    }
    found.1.as_chunks::<6>().0.iter().filter_map(move |hash| Id::of_parts(found.0, *hash))
}

/// The lines whose id, written out, begins with `prefix`; `None` when the bytes are no lines.
pub(crate) fn beginning(bytes: &[u8], prefix: &str) -> Option<Vec<(LineKind, u32, Id)>> {
    chosen(bytes, |letter, hash| begins(letter, hash, prefix.as_bytes()))
}

/// The lines with these ids; `None` when the bytes are no lines.
pub(crate) fn among(bytes: &[u8], ids: &BTreeSet<Id>) -> Option<Vec<(LineKind, u32, Id)>> {
    chosen(bytes, |letter, hash| Id::of_parts(letter, *hash).is_some_and(|id| ids.contains(&id)))
}

fn chosen(mut bytes: &[u8], chosen: impl Fn(u8, &[u8; 6]) -> bool) -> Option<Vec<(LineKind, u32, Id)>> {
    let mut found = Vec::new();
    while let [number, letter, rest @ ..] = bytes {
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let (hashes, rest) = rest.split_at_checked((u32::from_le_bytes(*count) as usize).checked_mul(6)?)?;
        let kind = *LineKind::ALL.get(usize::from(*number))?;
        Id::of_parts(*letter, [0; 6])?;
        for (place, hash) in (0..).zip(hashes.as_chunks::<6>().0).filter(|(_, hash)| chosen(*letter, hash)) {
            found.push((kind, place, Id::of_parts(*letter, *hash)?));
        }
        bytes = rest;
    }
    bytes.is_empty().then_some(found)
}

/// Whether an id as it is written begins with `prefix`. It is not written out: there are hundreds of thousands to look at.
fn begins(letter: u8, hash: &[u8; 6], prefix: &[u8]) -> bool {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits =
        hash.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    prefix.len() <= 13 && prefix.iter().zip(std::iter::once(letter).chain(digits)).all(|(a, b)| *a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_by_how_they_begin() {
        let ids = ["one", "two", "three"].map(|word| Id::of('s', &[word.as_bytes()]));
        let event = Id::of('v', &[b"one"]);
        let lines = [
            (LineKind::Statement, 0, ids[0]),
            (LineKind::Statement, 1, ids[1]),
            (LineKind::Statement, 2, ids[2]),
            (LineKind::Event, 0, event),
        ];
        let bytes = pack(&lines);
        assert_eq!(bytes.len(), 2 * 6 + 4 * 6);
        assert_eq!(of(&bytes, LineKind::Statement).collect::<Vec<_>>(), ids);
        assert_eq!(of(&bytes, LineKind::Event).collect::<Vec<_>>(), [event]);
        assert_eq!(of(&bytes, LineKind::Time).count(), 0);
        for line in lines {
            assert_eq!(beginning(&bytes, &line.2.to_string()).as_deref(), Some(&[line][..]));
        }
        assert_eq!(beginning(&bytes, "s").map(|found| found.len()), Some(3));
        assert_eq!(beginning(&bytes, "q").as_deref(), Some(&[][..]));
        assert_eq!(beginning(&bytes, &format!("{event}0")).as_deref(), Some(&[][..]));
        let asked = BTreeSet::from([ids[1], event, Id::of('v', &[b"another"])]);
        assert_eq!(among(&bytes, &asked).as_deref(), Some(&[lines[1], lines[3]][..]));
        assert_eq!(beginning(&[], "s").as_deref(), Some(&[][..]));
    }

    #[test]
    fn damaged_bytes_are_no_lines() {
        let bytes = pack(&[(LineKind::Event, 0, Id::of('v', &[b"one"]))]);
        assert_eq!(beginning(&bytes[..bytes.len() - 1], "v"), None);
        assert_eq!(beginning(&[9, b'v', 0, 0, 0, 0], "v"), None);
        assert_eq!(beginning(&[0, b'v', 255, 255, 255, 255], "v"), None);
        assert_eq!(beginning(&[0, b'A', 1, 0, 0, 0, 1, 2, 3, 4, 5, 6], ""), None);
    }
}
