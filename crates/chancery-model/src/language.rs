//! The language a text is written in.

use std::fmt;

/// An ISO 639-1 code, or `und` where the text does not settle it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language([u8; 3]);

impl Language {
    /// English, the language that is read.
    pub const ENGLISH: Language = Language(*b"en\0");
    /// Not settled.
    pub const UNDETERMINED: Language = Language(*b"und");

    /// A code of two or three lower-case letters.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes = code.as_bytes();
        if !(2..=3).contains(&bytes.len()) || !bytes.iter().all(u8::is_ascii_lowercase) {
            return None;
        }
        let mut out = [0; 3];
        out[..bytes.len()].copy_from_slice(bytes);
        Some(Self(out))
    }

    /// The code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("und").trim_end_matches('\0')
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
