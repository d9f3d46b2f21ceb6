//! Times of day and zones in a stamp.

use chancery_model::TimeOfDay;

use super::tokens::Token;

/// A time at `at`: "14:05", "9:05 a.m. ET", "9.05am", "19.05 GMT", "11pm CET", "14:05:00+03:00". A point between hour and
/// minute needs a half of the day or a zone behind it, or nothing more.
pub(super) fn time(tokens: &[Token], at: usize) -> Option<(TimeOfDay, usize)> {
    let hour = tokens.get(at)?.number()?;
    let (minute, mut next) = after_mark(tokens, at + 1, &[":", "."]).unwrap_or((0, at + 1));
    let exact = next > at + 1;
    let mut second = 0;
    if let Some((value, end)) = after_mark(tokens, next, &[":"]).filter(|_| exact) {
        (second, next) = (value, end);
        // Fractions of a second are read and dropped.
        next = after_fraction(tokens, next);
    }
    let half = half(tokens, next);
    next = half.map_or(next, |h| h.1);
    let ends = |at: usize| tokens.get(at).is_none_or(|token| zone(&token.word).is_some());
    if half.is_none() && !(exact && (tokens[at + 1].word == ":" || ends(next))) {
        return None;
    }
    let hour = match half {
        Some((pm, _)) if (1..=12).contains(&hour) => hour % 12 + if pm { 12 } else { 0 },
        Some((_, _)) if hour > 23 => return None,
        _ => hour,
    };
    let (offset, next) = offset(tokens, next);
    (hour < 24 && minute < 60 && second < 61)
        .then_some((TimeOfDay { hour: hour as u8, minute: minute as u8, second: second as u8, offset }, next))
}

fn after_mark(tokens: &[Token], at: usize, marks: &[&str]) -> Option<(u32, usize)> {
    let mark = tokens.get(at)?;
    let number = tokens.get(at + 1)?;
    let joined = marks.contains(&mark.word.as_str()) && number.word.len() == 2 && mark.end == number.start;
    joined.then(|| number.number().map(|n| (n, at + 2)))?
}

fn after_fraction(tokens: &[Token], at: usize) -> usize {
    let dot = tokens.get(at).is_some_and(|t| t.word == ".");
    let digits = tokens.get(at + 1).is_some_and(|t| t.word.bytes().all(|b| b.is_ascii_digit()));
    if dot && digits { at + 2 } else { at }
}

/// "am", "p.m.": whether it is after noon, and where it ends.
fn half(tokens: &[Token], at: usize) -> Option<(bool, usize)> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.word.as_str());
    match (word(at), word(at + 1), word(at + 2)) {
        ("am", ..) => Some((false, at + 1)),
        ("pm", ..) => Some((true, at + 1)),
        (half @ ("a" | "p"), ".", "m") => Some((half == "p", at + 3 + usize::from(word(at + 3) == "."))),
        _ => None,
    }
}

/// The offset in minutes east of UTC and where its words end.
fn offset(tokens: &[Token], at: usize) -> (Option<i16>, usize) {
    let Some(token) = tokens.get(at) else { return (None, at) };
    if let Some(known) = zone(&token.word) {
        let signed = signed_offset(tokens, at + 1).filter(|_| known == Some(0));
        return signed.map_or((known, at + 1), |(minutes, next)| (Some(minutes), next));
    }
    signed_offset(tokens, at).map_or((None, at), |(minutes, next)| (Some(minutes), next))
}

/// "+03:00", "-0500", "+3".
fn signed_offset(tokens: &[Token], at: usize) -> Option<(i16, usize)> {
    let sign = match tokens.get(at)?.word.as_str() {
        "+" => 1,
        "-" | "−" => -1,
        _ => return None,
    };
    let first = tokens.get(at + 1)?;
    let number = first.number()?;
    if first.start != tokens[at].end {
        return None;
    }
    let (minutes, next) = match first.word.len() {
        4 => (number / 100 * 60 + number % 100, at + 2),
        1 | 2 => after_mark(tokens, at + 2, &[":"])
            .map_or((number * 60, at + 2), |(m, next)| (number * 60 + m, next)),
        _ => return None,
    };
    (minutes <= 15 * 60).then_some((sign * minutes as i16, next))
}

/// A zone's offset; `Some(None)` for a zone whose offset depends on the season or on the place.
pub(super) fn zone(word: &str) -> Option<Option<i16>> {
    let minutes = match word {
        "gmt" | "utc" | "z" | "wet" => 0,
        "bst" | "cet" | "west" | "wat" => 60,
        "cest" | "eet" | "sast" | "cat" => 120,
        "eest" | "msk" | "eat" | "trt" => 180,
        "gst" => 240,
        "pkt" => 300,
        "wib" | "ict" => 420,
        "hkt" | "sgt" | "awst" | "myt" | "pht" => 480,
        "jst" | "kst" => 540,
        "aest" => 600,
        "aedt" => 660,
        "nzst" => 720,
        "nzdt" => 780,
        "edt" => -240,
        "est" | "cdt" => -300,
        "mdt" => -360,
        "mst" | "pdt" => -420,
        "pst" => -480,
        "et" | "ct" | "mt" | "pt" | "ist" | "cst" | "ast" => return Some(None),
        _ => return None,
    };
    Some(Some(minutes))
}
