//! Character references: `&amp;`, `&eacute`, `&#8217;`, `&#x92;`.
//!
//! The names are those of the HTML standard (section 13.5), kept in `references.tsv`, sorted: a name with its semicolon where it
//! has one, a tab, the code points in hexadecimal. Numbers in 80 to 9F mean windows-1252, as the standard says (13.2.5.80).

use std::sync::LazyLock;

/// One reference read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reference {
    /// Bytes of the markup, the ampersand included.
    pub(crate) len: usize,
    chars: [char; 2],
}

impl Reference {
    /// The one or two characters it stands for.
    pub(crate) fn chars(self) -> impl Iterator<Item = char> {
        let second = (self.chars[1] != '\0').then_some(self.chars[1]);
        [Some(self.chars[0]), second].into_iter().flatten()
    }
}

/// Where a reference stands: the rules differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Between tags.
    Text,
    /// In a value of an attribute, where `&copy=1` is no reference.
    Attribute,
}

/// The reference at the start of `markup`, which begins with `&`; `None` where the ampersand stands for itself.
pub(crate) fn read(markup: &str, place: Place) -> Option<Reference> {
    let bytes = markup.as_bytes();
    match bytes.get(1)? {
        b'#' => number(bytes),
        letter if letter.is_ascii_alphabetic() => named(bytes, place),
        _ => None,
    }
}

/// `text` with its references replaced.
pub(crate) fn decode(text: &str, place: Place) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match read(rest, place) {
            Some(reference) => {
                out.extend(reference.chars());
                rest = &rest[reference.len..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

fn number(bytes: &[u8]) -> Option<Reference> {
    let hex = matches!(bytes.get(2), Some(b'x' | b'X'));
    let start = if hex { 3 } else { 2 };
    let radix = if hex { 16 } else { 10 };
    let digits = bytes[start..].iter().take_while(|b| (**b as char).is_digit(radix)).count();
    if digits == 0 {
        return None;
    }
    let value = bytes[start..start + digits].iter().fold(0_u32, |value, b| {
        value.saturating_mul(radix).saturating_add((*b as char).to_digit(radix).unwrap_or(0))
    });
    let end = start + digits;
    let len = end + usize::from(bytes.get(end) == Some(&b';'));
    Some(Reference { len, chars: [numbered(value), '\0'] })
}

/// The character of a number, by the standard's table of exceptions.
fn numbered(value: u32) -> char {
    const WINDOWS_1252: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match value {
        0 => char::REPLACEMENT_CHARACTER,
        0x80..=0x9F => WINDOWS_1252[value as usize - 0x80],
        _ => char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// The longest name of the table, its semicolon included.
const LONGEST: usize = 32;
/// The longest name that needs no semicolon.
const LONGEST_BARE: usize = 6;

fn named(bytes: &[u8], place: Place) -> Option<Reference> {
    let letters = bytes[1..].iter().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric()).count();
    if bytes.get(1 + letters) == Some(&b';')
        && let Some(chars) = look_up(&bytes[1..letters + 2])
    {
        return Some(Reference { len: letters + 2, chars });
    }
    let longest = letters.min(LONGEST_BARE);
    let (len, chars) = (2..=longest).rev().find_map(|n| Some((n, look_up(&bytes[1..=n])?)))?;
    let next = bytes.get(len + 1);
    if place == Place::Attribute && next.is_some_and(|b| *b == b'=' || b.is_ascii_alphanumeric()) {
        return None;
    }
    Some(Reference { len: len + 1, chars })
}

fn look_up(name: &[u8]) -> Option<[char; 2]> {
    match name {
        b"amp;" => return Some(['&', '\0']),
        b"nbsp;" => return Some(['\u{a0}', '\0']),
        b"quot;" => return Some(['"', '\0']),
        _ => {}
    }
    let at = TABLE.binary_search_by(|(known, _)| known.as_bytes().cmp(name)).ok()?;
    Some(TABLE[at].1)
}

static TABLE: LazyLock<Vec<(&'static str, [char; 2])>> = LazyLock::new(|| {
    let mut rows: Vec<_> = include_str!("references.tsv").lines().filter_map(row).collect();
    rows.sort_unstable_by_key(|(name, _)| *name);
    rows
});

fn row(line: &'static str) -> Option<(&'static str, [char; 2])> {
    let (name, points) = line.split_once('\t')?;
    let mut chars = points.split(' ').filter_map(|p| char::from_u32(u32::from_str_radix(p, 16).ok()?));
    Some((name, [chars.next()?, chars.next().unwrap_or('\0')]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_read_as_browsers_read_them() {
        let cases = [
            ("Tom &amp; Ann", "Tom & Ann"),
            ("AT&T", "AT&T"),
            ("caf&eacute au lait", "café au lait"),
            ("&notit; &notin;", "¬it; ∉"),
            ("it&#8217;s &#x2019 &#146;", "it’s ’ ’"),
            ("&#0;&#x110000;&#99999999999;", "\u{fffd}\u{fffd}\u{fffd}"),
            ("&#; &#x; &; &unknown; &", "&#; &#x; &; &unknown; &"),
            ("&NotEqualTilde;", "\u{2242}\u{338}"),
            ("&CounterClockwiseContourIntegral;", "∳"),
            ("&lt;p&gt", "<p>"),
        ];
        for (markup, shown) in cases {
            assert_eq!(decode(markup, Place::Text), shown, "{markup}");
        }
        assert_eq!(decode("?a=1&copy=2&lt;", Place::Attribute), "?a=1&copy=2<");
    }

    #[test]
    fn the_table_is_whole() {
        assert_eq!(TABLE.len(), 2231);
        assert_eq!(TABLE.iter().map(|(name, _)| name.len()).max(), Some(LONGEST));
        let bare = TABLE.iter().filter(|(name, _)| !name.ends_with(';'));
        assert_eq!(bare.map(|(name, _)| name.len()).max(), Some(LONGEST_BARE));
    }
}
