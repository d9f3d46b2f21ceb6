//! The clock. Only the binary asks it; everything below is told.

use std::time::{Instant, SystemTime, UNIX_EPOCH};

use chancery_model::{Date, Moment, TimeOfDay};

const DAY: u64 = 86_400;

/// The present moment, UTC, to the second.
#[expect(clippy::disallowed_methods, reason = "this is where the clock is asked")]
pub(crate) fn now() -> Moment {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    moment(seconds)
}

/// A point in time to measure from.
#[expect(clippy::disallowed_methods, reason = "this is where time is measured")]
pub(crate) fn instant() -> Instant {
    Instant::now()
}

/// Seconds since 1970 as a moment; the days by Howard Hinnant's `civil_from_days`.
fn moment(seconds: u64) -> Moment {
    let days = (seconds / DAY) as i64 + 719_468;
    let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let date = Date::new(year as i32, month as u32, day as u32).unwrap_or_else(epoch);
    let part = |unit: u64, of: u64| (seconds / unit % of) as u8;
    let time = TimeOfDay { hour: part(3600, 24), minute: part(60, 60), second: part(1, 60), offset: Some(0) };
    Moment { date, time: Some(time) }
}

/// For a clock beyond the year 9999.
fn epoch() -> Date {
    Date::new(1970, 1, 1).expect("a day of the calendar")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_days() {
        for (seconds, shown) in [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_399, "2000-02-28T23:59:59Z"),
            (951_782_400, "2000-02-29T00:00:00Z"),
            (1_767_225_599, "2025-12-31T23:59:59Z"),
            (4_107_542_400, "2100-03-01T00:00:00Z"),
        ] {
            assert_eq!(moment(seconds).to_string(), shown);
        }
    }
}
