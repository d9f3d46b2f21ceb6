//! The words of a sentence as the grammar of times compares them: folded, hyphens apart, numbers and dates known by their shape.

use chancery_lexicon::times::Guard;
use chancery_model::{Date, Deprel, TokenRange, Upos, Xpos};

use super::mean::{Mean, Value};
use crate::Text;

/// A word, or a part of one that a hyphen sets off.
#[derive(Debug)]
pub(super) struct Word {
    /// Lower case, straight apostrophes.
    pub(super) folded: String,
    /// Its token.
    pub(super) token: u32,
    /// Its bytes in the article's text.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) upos: Upos,
    pub(super) capital: bool,
    /// Counts the noun it stands before.
    pub(super) counts: bool,
}

impl Word {
    /// Whether the tags bear out what a rule asks; words without tags always do.
    pub(super) fn passes(&self, guard: Option<Guard>) -> bool {
        let Some(guard) = guard else { return true };
        let unread = self.upos == Upos::Unread;
        match guard {
            Guard::Noun | Guard::Noverb if unread => true,
            Guard::Noun => matches!(self.upos, Upos::Noun | Upos::Propn),
            Guard::Name => {
                self.capital && !matches!(self.upos, Upos::Verb | Upos::Aux | Upos::Adj | Upos::Adv)
            }
            Guard::Adv => self.upos == Upos::Adv,
            Guard::Adj => self.upos == Upos::Adj,
            Guard::Noverb => !matches!(self.upos, Upos::Verb | Upos::Aux),
        }
    }
}

/// The words of a range of tokens.
pub(super) fn words(text: &Text<'_>, tokens: TokenRange) -> Vec<Word> {
    let mut out = Vec::with_capacity(tokens.len());
    for token in tokens.start..tokens.end {
        let (at, word) = (text.token(token), text.word(token));
        let counts = counts(text, token);
        for (start, end) in pieces(word) {
            let part = &word[start..end];
            out.push(Word {
                folded: folded(part),
                token,
                start: at.span.start + start as u32,
                end: at.span.start + end as u32,
                upos: at.upos,
                capital: part.starts_with(char::is_uppercase),
                counts,
            });
        }
    }
    out
}

/// Whether a number counts a noun in the plural: "2000 people".
fn counts(text: &Text<'_>, token: u32) -> bool {
    let plural = |head: u32| matches!(text.xpos(head), Xpos::Nns | Xpos::Nnps);
    text.upos(token) == Upos::Num
        && text.is_rel(token, Deprel::Nummod)
        && text.head(token).is_some_and(|head| head > token && plural(head))
}

fn folded(word: &str) -> String {
    let low: String = word.chars().flat_map(char::to_lowercase).map(plain).collect();
    // "the 1990's" as "the 1990s".
    match low.strip_suffix("'s") {
        Some(years) if years.ends_with('0') => format!("{years}s"),
        _ => low,
    }
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | 'ʼ' | '`' => '\'',
        // A long dash sets clauses apart; it joins no words.
        '–' | '‑' | '‐' => '-',
        c => c,
    }
}

/// The parts of a word between and with its hyphens. A date in numbers and a word of marks alone stay whole.
fn pieces(word: &str) -> Vec<(usize, usize)> {
    let dashes = ['-', '–', '—', '‑', '‐'];
    let letters = word.contains(char::is_alphabetic);
    if !letters || !word.contains(dashes) {
        return vec![(0, word.len())];
    }
    let mut out = Vec::new();
    let mut start = 0;
    for (at, dash) in word.match_indices(dashes) {
        if at > start {
            out.push((start, at));
        }
        out.push((at, at + dash.len()));
        start = at + dash.len();
    }
    if start < word.len() {
        out.push((start, word.len()));
    }
    out
}

/// What the shape of a word says: kinds of the grammar, with their values. `near` is the day that settles numbers in doubt.
pub(super) fn shapes(words: &[Word], at: usize, near: Option<Date>) -> Vec<(&'static str, Value)> {
    let word = &words[at];
    let mut out = Vec::new();
    let shape = word.folded.as_str();
    let first = shape.bytes().find(|b| *b != b'\'');
    if !first.is_some_and(|b| b.is_ascii_digit()) {
        return out;
    }
    let before = at.checked_sub(1).map_or("", |b| words[b].folded.as_str());
    let money = matches!(before, "$" | "£" | "€" | "¥" | "#" | "us$" | "no." | "c$" | "a$");
    numbers(word, shape, money, &mut out);
    if let Some(mean) = date(shape, near) {
        out.push(("day", Value::Mean(mean)));
    }
    if let Some((hour, minute)) = clock(shape) {
        out.push(("clock", Value::Mean(Mean::Clock(hour * 60 + minute, None, None))));
    }
    if let Some(mean) = tens(shape) {
        out.push(("decade", Value::Mean(mean)));
    }
    out
}

fn numbers(word: &Word, shape: &str, money: bool, out: &mut Vec<(&'static str, Value)>) {
    let whole = shape.bytes().all(|b| b.is_ascii_digit());
    if whole && shape.len() <= 4 && !money {
        let n: u32 = shape.parse().unwrap_or(0);
        // "0830" is an hour and no number.
        if shape.len() < 3 || !shape.starts_with('0') {
            out.push(("int", Value::Number(f64::from(n))));
        }
        if shape.len() == 4 && (1000..2200).contains(&n) && !word.counts {
            out.push(("year4", Value::Number(f64::from(n))));
        }
        if shape.len() == 4 && n / 100 < 24 && n % 100 < 60 {
            out.push(("hhmm", Value::Mean(Mean::Clock(n / 100 * 60 + n % 100, None, None))));
        }
    } else if shape.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') && !money {
        let plain: String = shape.chars().filter(|c| *c != ',').collect();
        if let Ok(n) = plain.parse::<f64>() {
            out.push(("num", Value::Number(n)));
        }
    } else if let Some((top, bottom)) = shape.split_once('/').filter(|_| shape.len() == 3)
        && let (Ok(top), Ok(bottom)) = (top.parse::<u8>(), bottom.parse::<u8>())
        && top < bottom
    {
        out.push(("fraction", Value::Number(f64::from(top) / f64::from(bottom))));
    }
    let two = |s: &str| (s.len() == 2).then(|| s.parse::<u32>().ok())?;
    if let Some(n) = shape.strip_prefix('\'').and_then(two) {
        out.push(("yy", Value::Number(f64::from(n))));
    }
    for end in ["st", "nd", "rd", "th"] {
        if let Some(n) = shape.strip_suffix(end).and_then(|n| n.parse::<u32>().ok()).filter(|n| *n < 400) {
            out.push(("ord", Value::Number(f64::from(n))));
        }
    }
}

/// "2025-12-02", "12/2/2025", "2.12.2025", "2025/12/02".
fn date(shape: &str, near: Option<Date>) -> Option<Mean> {
    if let Some(date) = Date::parse(shape) {
        return Some(Mean::Day(date));
    }
    let mark = shape.chars().find(|c| !c.is_ascii_digit()).filter(|c| matches!(c, '/' | '.' | '-'))?;
    let parts: Vec<&str> = shape.split(mark).collect();
    let number = |n: usize| parts.get(n)?.parse::<i32>().ok();
    let (a, b, c) = (number(0)?, number(1)?, number(2));
    let Some(c) = c else {
        // "2025-12" is a month; "12/2" may be anything.
        let month = mark == '-' && parts.len() == 2 && parts[0].len() == 4 && parts[1].len() == 2;
        return (month && (1..=12).contains(&b)).then_some(Mean::Month(a, b as u32));
    };
    if parts.len() != 3 {
        return None;
    }
    if parts[0].len() == 4 {
        return Date::new(a, b as u32, c as u32).map(Mean::Day);
    }
    let year = match parts[2].len() {
        4 => c,
        2 if mark != '.' => {
            if c < 50 {
                2000 + c
            } else {
                1900 + c
            }
        }
        _ => return None,
    };
    let american = Date::new(year, a as u32, b as u32).filter(|_| mark != '.');
    let european = Date::new(year, b as u32, a as u32);
    match (american, european) {
        (None, None) => None,
        _ => Some(settle(american, european, near).map_or(Mean::Doubtful(year), Mean::Day)),
    }
}

/// Of two readings of numbers in doubt the one that lies near the day of writing; none where that does not tell them apart.
fn settle(american: Option<Date>, european: Option<Date>, near: Option<Date>) -> Option<Date> {
    match (american, european) {
        (Some(a), Some(e)) if a != e => {
            let near = near?.number();
            let (a_off, e_off) = ((a.number() - near).abs(), (e.number() - near).abs());
            (a_off.min(e_off) <= NEAR_DAYS && a_off.max(e_off) > NEAR_DAYS).then_some(if a_off < e_off {
                a
            } else {
                e
            })
        }
        (a, e) => a.or(e),
    }
}

/// How near the day of writing a date in numbers must lie for its order to be settled by it.
const NEAR_DAYS: i64 = 45;

/// "9:30", "14:30:05".
fn clock(shape: &str) -> Option<(u32, u32)> {
    let mut parts = shape.split(':');
    let (hour, minute) = (parts.next()?, parts.next()?);
    let fits = (1..=2).contains(&hour.len()) && minute.len() == 2;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (fits && hour < 24 && minute < 60).then_some((hour, minute))
}

/// "1990s", "'90s".
fn tens(shape: &str) -> Option<Mean> {
    let years = shape.strip_suffix('s').or_else(|| shape.strip_suffix("'s"))?;
    let (years, short) = match years.strip_prefix('\'') {
        Some(short) => (short, true),
        None => (years, years.len() == 2),
    };
    let fits = years.ends_with('0') && years.len() == if short { 2 } else { 4 };
    let n = years.parse::<i32>().ok().filter(|_| fits)?;
    (short || (1000..2200).contains(&n)).then_some(Mean::Decade(n))
}
