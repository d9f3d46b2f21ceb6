//! Days, moments, and what is known of them.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A value that the words settle, or the reason why they do not.
pub type Settled<T> = Result<T, Unresolved>;

/// Why something is not known. Never replaced by a default.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unresolved {
    /// For a reader, in a few words: "the page gives no date".
    pub reason: String,
}

impl Unresolved {
    /// Not known, because of `reason`.
    pub fn because(reason: impl Into<String>) -> Self {
        Self { reason: reason.into() }
    }
}

/// A day of the proleptic Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "(i16, u8, u8)", into = "(i16, u8, u8)")]
pub struct Date {
    year: i16,
    month: u8,
    day: u8,
}

impl From<Date> for (i16, u8, u8) {
    fn from(date: Date) -> Self {
        (date.year, date.month, date.day)
    }
}

impl TryFrom<(i16, u8, u8)> for Date {
    type Error = &'static str;

    fn try_from((year, month, day): (i16, u8, u8)) -> Result<Self, Self::Error> {
        Self::new(year.into(), month.into(), day.into()).ok_or("the calendar has no such day")
    }
}

impl Date {
    /// The day, if the calendar has it. Years 1 to 9999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        let known = (1..=9999).contains(&year) && (1..=12).contains(&month) && day >= 1;
        if !known || day > Self::days_in_month(year, month) {
            return None;
        }
        Some(Self { year: year as i16, month: month as u8, day: day as u8 })
    }

    /// 1 to 9999.
    pub fn year(self) -> i32 {
        i32::from(self.year)
    }

    /// 1 to 12.
    pub fn month(self) -> u32 {
        u32::from(self.month)
    }

    /// 1 to 31.
    pub fn day(self) -> u32 {
        u32::from(self.day)
    }

    /// Reads `2025-12-02`.
    pub fn parse(words: &str) -> Option<Self> {
        let bytes = words.as_bytes();
        if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
            return None;
        }
        let number = |range: std::ops::Range<usize>| -> Option<u32> {
            let digits = words.get(range)?;
            digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
        };
        Self::new(number(0..4)? as i32, number(5..7)?, number(8..10)?)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A time of day as a page gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TimeOfDay {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 60.
    pub second: u8,
    /// Minutes east of UTC, when the page says so.
    pub offset: Option<i16>,
}

/// A day, and the time of that day where it is known. The day is the one of the place that the offset names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day.
    pub date: Date,
    /// The time, when given.
    pub time: Option<TimeOfDay>,
}

impl Moment {
    /// An ISO 8601 day, or a day and a time: `2025-12-02`, `2025-12-02T09:30`, `2025-12-02 09:30:05.25+02:00`.
    pub fn parse(words: &str) -> Option<Self> {
        let date = Date::parse(words.get(..10)?)?;
        let rest = &words[10..];
        if rest.is_empty() {
            return Some(date.into());
        }
        let rest = rest.strip_prefix(['T', 't', ' '])?;
        let (clock, offset) = zone(rest)?;
        let whole = clock.split_once('.').map_or(clock, |(whole, _)| whole);
        let mut parts = whole.split(':').map(two_digits);
        let (hour, minute) = (parts.next()??, parts.next()??);
        let second = parts.next().unwrap_or(Some(0))?;
        let fits = hour < 24 && minute < 60 && second <= 60 && parts.next().is_none();
        fits.then_some(Self { date, time: Some(TimeOfDay { hour, minute, second, offset }) })
    }
}

/// The clock and the minutes east of UTC.
fn zone(words: &str) -> Option<(&str, Option<i16>)> {
    if let Some(clock) = words.strip_suffix(['Z', 'z']) {
        return Some((clock, Some(0)));
    }
    let Some(at) = words.rfind(['+', '-']) else { return Some((words, None)) };
    let digits: String = words[at + 1..].chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = (digits.get(..2)?, digits.get(2..).filter(|m| !m.is_empty()).unwrap_or("00"));
    let east = i16::from(two_digits(hours)?) * 60 + i16::from(two_digits(minutes)?);
    Some((words[..at].trim_end(), Some(if words.as_bytes()[at] == b'-' { -east } else { east })))
}

fn two_digits(words: &str) -> Option<u8> {
    (words.len() == 2 && words.bytes().all(|b| b.is_ascii_digit())).then(|| words.parse().ok())?
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Self { date, time: None }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date)?;
        let Some(time) = self.time else { return Ok(()) };
        write!(f, "T{:02}:{:02}:{:02}", time.hour, time.minute, time.second)?;
        match time.offset {
            None => Ok(()),
            Some(0) => write!(f, "Z"),
            Some(minutes) => {
                let sign = if minutes < 0 { '-' } else { '+' };
                let minutes = minutes.unsigned_abs();
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

/// When an article was published, and what that rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The moment, or why it is not known.
    pub when: Settled<Moment>,
    /// What it rests on; `None` when it is not known.
    pub basis: Option<Basis>,
    /// The words of the page that give it, where words do.
    pub cite: Option<crate::Cite>,
}

impl Published {
    /// Not known, because of `reason`.
    pub fn unknown(reason: impl Into<String>) -> Self {
        Self { when: Err(Unresolved::because(reason)), basis: None, cite: None }
    }
}

/// What a date of publication rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Machine-readable data of the page or given with it: JSON-LD, OpenGraph, a manifest, a feed.
    Metadata,
    /// A date the page shows as its own: `<time>`, "Updated 02 December 2025".
    Page,
    /// The address.
    Url,
    /// The words of the story.
    Text,
}

impl Basis {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Page => "page",
            Self::Url => "url",
            Self::Text => "text",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calendar_has_no_30th_of_february() {
        assert_eq!(Date::parse("2024-02-29").map(|d| d.to_string()).as_deref(), Some("2024-02-29"));
        assert_eq!(Date::parse("2025-02-29"), None);
        assert_eq!(Date::parse("2025-13-01"), None);
        assert_eq!(Date::parse("2025-1-01"), None);
        assert_eq!(Date::parse("+025-01-01"), None);
    }

    #[test]
    fn a_moment_shows_what_it_knows() {
        let date = Date::new(2025, 12, 2).unwrap();
        let at = |offset| Moment { date, time: Some(TimeOfDay { hour: 9, minute: 5, second: 0, offset }) };
        assert_eq!(Moment::from(date).to_string(), "2025-12-02");
        assert_eq!(at(None).to_string(), "2025-12-02T09:05:00");
        assert_eq!(at(Some(-210)).to_string(), "2025-12-02T09:05:00-03:30");
    }

    #[test]
    fn moments_read_back() {
        for (words, shown) in [
            ("2025-12-02", "2025-12-02"),
            ("2025-12-02T09:30", "2025-12-02T09:30:00"),
            ("2025-12-02 09:30:05.250Z", "2025-12-02T09:30:05Z"),
            ("2025-12-02T09:30:05-0330", "2025-12-02T09:30:05-03:30"),
            ("2025-12-02T09:30:05+02", "2025-12-02T09:30:05+02:00"),
        ] {
            assert_eq!(Moment::parse(words).map(|m| m.to_string()).as_deref(), Some(shown), "{words}");
        }
        for words in [
            "",
            "today",
            "2025-12-32",
            "2025-12-02T",
            "2025-12-02T25:00",
            "2025-12-02T09:30:05+",
            "2025-12-0é",
        ] {
            assert_eq!(Moment::parse(words), None, "{words}");
        }
    }
}
