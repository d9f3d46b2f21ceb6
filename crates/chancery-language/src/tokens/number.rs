//! Numbers: "1,200.5", "9:30", "3/4", "12/31/2024", telephone numbers, "5th", "1990s", and the units stuck to them.

use chancery_lexicon::tokens::TokenLists;

use super::chunk::At;

/// Shapes of numbers whose hyphens do not stand for "to": groups of digits.
const HYPHENED: [&[usize]; 7] =
    [&[3, 3, 4], &[3, 4], &[1, 3, 3, 4], &[5, 4], &[2, 2, 4], &[4, 2, 2], &[3, 2, 4]];

/// The length of the number that starts here, if one does.
pub(super) fn take(at: &At<'_>, lists: &TokenLists) -> Option<usize> {
    let rest = at.rest();
    if at.before().is_some_and(char::is_alphanumeric) {
        return None;
    }
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Some(number(rest, lists));
    }
    let sign = rest.starts_with('.') || rest.starts_with('+') && at.at == 0;
    if sign && rest[1..].starts_with(|c: char| c.is_ascii_digit()) && at.before().is_none_or(|c| c != '.') {
        return Some(1 + digits(&rest[1..]));
    }
    short_year(at)
}

/// "'71", "’90s".
fn short_year(at: &At<'_>) -> Option<usize> {
    let words = at.rest().strip_prefix(['\'', '’', '‘'])?;
    let mark = at.rest().len() - words.len();
    let digits = digits(words);
    let decade = if words[digits..].starts_with('s') { 1 } else { 0 };
    let ends = !words[digits + decade..].starts_with(|c: char| c.is_alphanumeric() || c == '\'' || c == '’');
    (digits == 2 && ends && starts_word(at)).then_some(mark + digits + decade)
}

fn starts_word(at: &At<'_>) -> bool {
    at.before().is_none_or(|c| matches!(c, '(' | '-' | '–' | '—' | '/'))
}

fn digits(words: &str) -> usize {
    words.bytes().take_while(u8::is_ascii_digit).count()
}

fn number(rest: &str, lists: &TokenLists) -> usize {
    if let Some(len) = hyphened(rest) {
        return len;
    }
    let len = slashed(rest).unwrap_or_else(|| grouped(rest));
    let letters = rest[len..].find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len() - len);
    let tail = &rest[len..len + letters];
    if let Some(decade) = decade(rest, len) {
        return decade;
    }
    let unit_end = unit_with_stops(&rest[len..]).unwrap_or(letters);
    let (unit_end, tail) = (unit_end, tail.trim_end_matches(['²', '³']));
    if tail.is_empty()
        || lists.is_unit(tail)
        || lists.is_unit(&rest[len..len + unit_end])
        || starts_product(tail)
    {
        return len;
    }
    len + letters
}

/// "p.m." and "a.m" are the only units with stops.
fn unit_with_stops(tail: &str) -> Option<usize> {
    let bytes = tail.as_bytes();
    let is = |i: usize, set: &[u8]| bytes.get(i).is_some_and(|b| set.contains(&b.to_ascii_lowercase()));
    (is(0, b"ap") && is(1, b".") && is(2, b"m")).then(|| if is(3, b".") { 4 } else { 3 })
}

/// "640x480".
fn starts_product(tail: &str) -> bool {
    tail.strip_prefix(['x', '×']).is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()))
}

/// "1930's" and "60's": a decade, not a possessive.
fn decade(rest: &str, len: usize) -> Option<usize> {
    let tail = rest[len..].strip_prefix(['\'', '’'])?;
    let is_decade = rest[..len].ends_with('0') && (len == 2 || len == 4);
    let ends = tail.strip_prefix('s').is_some_and(|t| !t.starts_with(char::is_alphanumeric));
    (is_decade && ends).then(|| rest.len() - tail.len() + 1)
}

/// Telephone and other numbers in groups: "555-0123".
fn hyphened(rest: &str) -> Option<usize> {
    let mut groups = Vec::with_capacity(4);
    let mut at = 0;
    loop {
        let len = digits(&rest[at..]);
        groups.push(len);
        at += len;
        if len == 0 || groups.len() > 4 {
            return None;
        }
        match rest[at..].strip_prefix(['-', '/']) {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => at += 1,
            _ => break,
        }
    }
    let ends = !rest[at..].starts_with(char::is_alphanumeric);
    (ends && rest[..at].contains('-') && HYPHENED.contains(&groups.as_slice())).then_some(at)
}

/// "3/4", "9/11", "12/31/2024"; "2023/24" is two numbers.
fn slashed(rest: &str) -> Option<usize> {
    let mut parts = Vec::with_capacity(3);
    let mut at = 0;
    loop {
        let len = digits(&rest[at..]);
        parts.push(len);
        at += len;
        match rest[at..].strip_prefix('/') {
            Some(next) if next.starts_with(|c: char| c.is_ascii_digit()) => at += 1,
            _ => break,
        }
    }
    let date = parts.len() == 3 && parts.iter().all(|p| *p <= 4);
    let fraction = parts.len() == 2 && parts.iter().all(|p| *p <= 2);
    (date || fraction).then_some(at)
}

/// Digits with commas between thousands, points and colons between digits.
fn grouped(rest: &str) -> usize {
    let mut at = digits(rest);
    loop {
        let mut tail = rest[at..].chars();
        let joiner = tail.next();
        let len = digits(tail.as_str());
        let joins = match joiner {
            Some(',') => len == 3,
            Some('.' | ':') => len > 0,
            _ => false,
        };
        if !joins {
            return at;
        }
        at += 1 + len;
    }
}
