//! Marks: runs of one mark, faces, emoji, everything else one by one.

use chancery_lexicon::tokens::TokenLists;

use super::chunk::At;

/// The length of the mark that starts here.
pub(super) fn take(at: &At<'_>, lists: &TokenLists) -> usize {
    let rest = at.rest();
    face(at, lists)
        .or_else(|| emoji(rest))
        .or_else(|| doubled(rest))
        .or_else(|| stops(rest))
        .unwrap_or_else(|| run(rest))
}

/// A face stands alone, or closes a stretch.
fn face(at: &At<'_>, lists: &TokenLists) -> Option<usize> {
    let len = lists.face(at.rest())?;
    let ends = !at.rest()[len..].starts_with(char::is_alphanumeric);
    let opens = at.chunk[..at.at].contains('(') && at.rest()[..len].ends_with(')');
    let starts = at.at == 0 || at.before().is_some_and(|c| !c.is_alphanumeric() && c != ')');
    let closes = at.at + len == at.chunk.len() && len > 1 && !at.rest().starts_with([')', ':']);
    let smile = at.at + len == at.chunk.len() && matches!(&at.rest()[..len], ":)" | ":-)" | ":(" | ":-(");
    (ends && !opens && (starts || closes || smile)).then_some(len)
}

/// Two single quotation marks that stand for a double one, double angles.
fn doubled(rest: &str) -> Option<usize> {
    ["''", "``", "’’", "‘‘", "‘’", "<<", ">>", ",,"].iter().find(|m| rest.starts_with(**m)).map(|m| m.len())
}

/// Stops in a row: "...", "!!!", "?!", ".?", "…".
fn stops(rest: &str) -> Option<usize> {
    let len = |set: &[char]| rest.find(|c| !set.contains(&c)).unwrap_or(rest.len());
    let dots = len(&['.', '…']);
    if dots > 0 {
        let loud = rest[dots..].find(|c| c != '!' && c != '?').unwrap_or(rest.len() - dots);
        return Some(if dots == 1 { dots + loud } else { dots });
    }
    Some(len(&['!', '?'])).filter(|len| *len > 0)
}

/// A run of the same mark for those that are drawn as lines; else one mark.
fn run(rest: &str) -> usize {
    let Some(first) = rest.chars().next() else { return 0 };
    let drawn =
        matches!(first, '-' | '–' | '—' | '―' | '*' | '=' | '_' | '+' | '~' | '#' | '^' | '•' | '·' | '$');
    if !drawn {
        return first.len_utf8();
    }
    rest.find(|c| c != first).unwrap_or(rest.len())
}

/// An emoji with all that is joined to it: skin, gender, families, flags, keycaps.
fn emoji(rest: &str) -> Option<usize> {
    let mut chars = rest.char_indices().peekable();
    let (_, first) = chars.next()?;
    if is_flag_letter(first) {
        let pair = chars.next_if(|(_, c)| is_flag_letter(*c)).map_or(0, |(_, c)| c.len_utf8());
        return Some(first.len_utf8() + pair);
    }
    if !is_picture(first) {
        return None;
    }
    let mut len = first.len_utf8();
    while let Some((at, c)) = chars.next() {
        let joined = c == '\u{200d}' && chars.peek().is_some_and(|(_, c)| is_picture(*c));
        let modifies = matches!(c, '\u{fe0e}' | '\u{fe0f}' | '\u{20e3}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}');
        if joined {
            chars.next();
        } else if !modifies {
            return Some(at);
        }
        len = chars.peek().map_or(rest.len(), |(at, _)| *at);
    }
    Some(len)
}

fn is_flag_letter(c: char) -> bool {
    ('\u{1f1e6}'..='\u{1f1ff}').contains(&c)
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{203c}' | '\u{2049}' | '\u{2139}' | '\u{2194}'..='\u{21aa}' | '\u{231a}'..='\u{23ff}' | '\u{25aa}'..='\u{27bf}' | '\u{2934}' | '\u{2935}' | '\u{2b05}'..='\u{2b55}' | '\u{1f000}'..='\u{1faff}')
        && !is_flag_letter(c)
}
