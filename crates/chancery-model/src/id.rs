//! Names that follow from content: the same bytes have the same id on every machine.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The SHA-256 of a page's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageId(pub [u8; 32]);

impl PageId {
    /// The id of a page with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads the 64 hexadecimal digits that `Display` writes.
    pub fn parse(digits: &str) -> Option<Self> {
        let mut out = [0; 32];
        if digits.len() != 64 || !digits.is_ascii() {
            return None;
        }
        for (byte, pair) in out.iter_mut().zip(digits.as_bytes().chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self(out))
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PageId({self})")
    }
}

/// The id of a line of the record: a letter for its kind and 48 bits of a hash, as in `a3f09c1d22e4b`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Id {
    kind: u8,
    hash: [u8; 6],
}

impl Id {
    /// The id of what `parts` settle. Parts are set apart, so `["ab", "c"]` and `["a", "bc"]` differ.
    pub fn of(kind: char, parts: &[&[u8]]) -> Self {
        debug_assert!(kind.is_ascii_lowercase());
        let mut hasher = Sha256::new();
        hasher.update([kind as u8]);
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let full: [u8; 32] = hasher.finalize().into();
        Self { kind: kind as u8, hash: [full[0], full[1], full[2], full[3], full[4], full[5]] }
    }

    /// Reads what `Display` writes.
    pub fn parse(words: &str) -> Option<Self> {
        let bytes = words.as_bytes();
        if bytes.len() != 13 || !bytes[0].is_ascii_lowercase() || !words.is_ascii() {
            return None;
        }
        let mut hash = [0; 6];
        for (byte, pair) in hash.iter_mut().zip(bytes[1..].chunks(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
        }
        Some(Self { kind: bytes[0], hash })
    }

    /// The letter of its kind and the bytes of its hash.
    pub fn parts(self) -> (u8, [u8; 6]) {
        (self.kind, self.hash)
    }

    /// The id with these [parts](Self::parts); `None` when the letter is none.
    pub fn of_parts(kind: u8, hash: [u8; 6]) -> Option<Self> {
        kind.is_ascii_lowercase().then_some(Self { kind, hash })
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.kind as char)?;
        self.hash.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back() {
        let id = Id::of('a', &[b"page", b"120"]);
        assert_eq!(Id::parse(&id.to_string()), Some(id));
        assert_eq!(Id::of_parts(id.parts().0, id.parts().1), Some(id));
        assert_eq!(Id::of_parts(b'A', [0; 6]), None);
        assert_ne!(Id::of('a', &[b"ab", b"c"]), Id::of('a', &[b"a", b"bc"]));
        let page = PageId::of(b"words");
        assert_eq!(PageId::parse(&page.to_string()), Some(page));
        assert_eq!(PageId::parse("no"), None);
        assert_eq!(Id::parse("a3f09c1d22e4ä"), None);
    }
}
