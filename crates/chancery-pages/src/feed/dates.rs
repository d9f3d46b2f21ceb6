//! Dates as RSS writes them: RFC 822 with the years of RFC 2822, and what feeds make of it.

use chancery_model::{Date, Moment, TimeOfDay};

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads `Tue, 02 Dec 2025 14:05:09 +0200`. The day of the week and the time may be missing, months may be written out.
pub(super) fn rfc822(words: &str) -> Option<Moment> {
    let words = words.split_once(',').map_or(words, |(_, rest)| rest);
    let mut parts = words.split_ascii_whitespace().peekable();
    parts.next_if(|part| part.bytes().all(|b| b.is_ascii_alphabetic()));
    let day = parts.next()?.parse().ok()?;
    let month = month(parts.next()?)?;
    let date = Date::new(year(parts.next()?)?, month, day)?;
    let Some(clock) = parts.next() else { return Some(date.into()) };
    let (hour, minute, second) = clock_of(clock)?;
    let offset = match parts.next() {
        Some(zone) => offset(zone),
        None => None,
    };
    Some(Moment { date, time: Some(TimeOfDay { hour, minute, second, offset }) })
}

fn month(word: &str) -> Option<u32> {
    let head = word.get(..3)?.to_ascii_lowercase();
    let at = MONTHS.iter().position(|month| *month == head)?;
    Some(at as u32 + 1)
}

/// Two digits are of the years 1950 to 2049 (RFC 2822, 4.3).
fn year(word: &str) -> Option<i32> {
    let value: i32 = word.parse().ok()?;
    match (word.len(), value) {
        (2, 0..50) => Some(2000 + value),
        (2, 50..100) => Some(1900 + value),
        (4, _) => Some(value),
        _ => None,
    }
}

fn clock_of(word: &str) -> Option<(u8, u8, u8)> {
    let mut parts = word.split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    let second = parts.next().unwrap_or(Some(0))?;
    let fits = hour < 24 && minute < 60 && second <= 60 && parts.next().is_none();
    fits.then_some((hour, minute, second))
}

/// Minutes east of UTC. The zones of North America are those that RFC 822 names; any other name settles nothing.
fn offset(zone: &str) -> Option<i16> {
    let hours = match zone.to_ascii_uppercase().as_str() {
        "GMT" | "UT" | "UTC" | "Z" => 0,
        "EDT" => -4,
        "EST" | "CDT" => -5,
        "CST" | "MDT" => -6,
        "MST" | "PDT" => -7,
        "PST" => -8,
        _ => return numeric_offset(zone),
    };
    Some(hours * 60)
}

fn numeric_offset(zone: &str) -> Option<i16> {
    let east = zone.strip_prefix('+');
    let digits = east.or_else(|| zone.strip_prefix('-'))?.replace(':', "");
    let valid = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
    let value: i16 = digits.parse().ok().filter(|_| valid)?;
    let minutes = value / 100 * 60 + value % 100;
    (minutes <= 14 * 60).then_some(if east.is_some() { minutes } else { -minutes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_feeds_are_read() {
        for (words, shown) in [
            ("Tue, 02 Dec 2025 14:05:09 +0200", "2025-12-02T14:05:09+02:00"),
            ("Tue, 2 Dec 2025 14:05 GMT", "2025-12-02T14:05:00Z"),
            ("02 December 2025 14:05:00 EST", "2025-12-02T14:05:00-05:00"),
            ("Tue 02 Dec 25 14:05:00 -03:30", "2025-12-02T14:05:00-03:30"),
            ("Tue, 02 Dec 2025 14:05:09 MSK", "2025-12-02T14:05:09"),
            ("Tue, 02 Dec 2025", "2025-12-02"),
        ] {
            assert_eq!(rfc822(words).map(|m| m.to_string()).as_deref(), Some(shown), "{words}");
        }
    }

    #[test]
    fn what_is_no_date_is_none() {
        for words in
            ["", "today", "Tue, 32 Dec 2025", "02 Dez 2025", "02 Dec 2025 25:00", "2 é 2025", "1 2 3 4 5"]
        {
            assert_eq!(rfc822(words), None, "{words}");
        }
    }
}
