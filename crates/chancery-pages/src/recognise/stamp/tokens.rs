//! The words, numbers and marks of a stamp line.

/// A run of letters, a run of digits, or one mark.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// In lower case.
    pub(super) word: String,
    /// Bytes of the line.
    pub(super) start: usize,
    /// Bytes of the line.
    pub(super) end: usize,
}

impl Token {
    /// Its value, if it is a number of at most four digits.
    pub(super) fn number(&self) -> Option<u32> {
        let digits = self.word.len() <= 4 && self.word.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| self.word.parse().ok())?
    }
}

#[derive(PartialEq, Clone, Copy)]
enum Class {
    Small,
    Capital,
    Digit,
    Mark,
}

fn class(c: char) -> Class {
    if c.is_ascii_digit() {
        Class::Digit
    } else if c.is_uppercase() {
        Class::Capital
    } else if c.is_alphabetic() {
        Class::Small
    } else {
        Class::Mark
    }
}

/// Cuts a line into tokens; white space is dropped. Words that lost the blank between them on the way are parted where a capital
/// follows a small letter ("PublishedDecember") and behind a year ("20251:14 PM").
pub(super) fn tokens(line: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut last: Option<Class> = None;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            last = None;
            continue;
        }
        let now = class(c);
        match out.last_mut() {
            Some(token)
                if last.is_some_and(|last| joins(last, now))
                    && !(now == Class::Digit && is_year(&token.word)) =>
            {
                token.word.extend(c.to_lowercase());
                token.end = at + c.len_utf8();
            }
            _ => out.push(Token { word: c.to_lowercase().collect(), start: at, end: at + c.len_utf8() }),
        }
        last = Some(now);
    }
    out
}

fn joins(last: Class, now: Class) -> bool {
    match (last, now) {
        (Class::Small | Class::Capital, Class::Small) | (Class::Capital, Class::Capital) => true,
        _ => last == Class::Digit && now == Class::Digit,
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// 1 to 12 for the name of a month or its first letters.
pub(super) fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let short = word.len() == 3 || word == "sept";
    let at = MONTHS.iter().position(|m| *m == word || (short && m.starts_with(word)))?;
    Some(at as u32 + 1)
}

/// Whether the word names a day of the week, whole or by its first letters.
pub(super) fn is_weekday(word: &str) -> bool {
    const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let short = (3..=5).contains(&word.len());
    DAYS.iter().any(|day| *day == word || (short && day.starts_with(word)))
}
