//! Reckoning with days: sums, weekdays, weeks by ISO 8601, Easter.
//!
//! Every sum that leaves the years 1 to 9999 gives `None`. No clock, no zone.

use crate::Date;

/// Days of the years 1 to 9999, counted from 1970-01-01.
const MOST_DAYS: i64 = 3_000_000;

impl Date {
    /// Days since 1970-01-01; negative before.
    pub fn number(self) -> i64 {
        // Years begin in March here, so that a leap day is the last of its year.
        let (month, day) = (i64::from(self.month()), i64::from(self.day()));
        let year = i64::from(self.year()) - i64::from(month <= 2);
        let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
    }

    /// The day with this number.
    pub fn from_number(days: i64) -> Option<Self> {
        if days.abs() > MOST_DAYS {
            return None;
        }
        let days = days + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        Self::new(year as i32, month as u32, (of_year - (153 * shifted + 2) / 5 + 1) as u32)
    }

    /// So many days later; earlier for a negative number.
    pub fn add_days(self, days: i64) -> Option<Self> {
        Self::from_number(self.number().checked_add(days)?)
    }

    /// The same day so many months later, or the last day of that month.
    pub fn add_months(self, months: i64) -> Option<Self> {
        let at = (i64::from(self.year()) * 12 + i64::from(self.month()) - 1).checked_add(months)?;
        let (year, month) = (i32::try_from(at.div_euclid(12)).ok()?, (at.rem_euclid(12) + 1) as u32);
        Self::new(year, month, self.day().min(Self::days_in_month(year, month)))
    }

    /// 1 for Monday to 7 for Sunday.
    pub fn weekday(self) -> u32 {
        ((self.number() + 3).rem_euclid(7) + 1) as u32
    }

    /// The Monday of its week.
    pub fn monday(self) -> Option<Self> {
        self.add_days(1 - i64::from(self.weekday()))
    }

    /// Year and number of its week by ISO 8601: a week belongs to the year that holds its Thursday.
    pub fn iso_week(self) -> Option<(i32, u32)> {
        let thursday = self.add_days(4 - i64::from(self.weekday()))?;
        let first = Self::new(thursday.year(), 1, 1)?;
        Some((thursday.year(), ((thursday.number() - first.number()) / 7 + 1) as u32))
    }

    /// The Monday of a week by ISO 8601.
    pub fn of_iso_week(year: i32, week: u32) -> Option<Self> {
        let first = Self::new(year, 1, 4)?.monday()?;
        let monday = first.add_days(7 * (i64::from(week) - 1))?;
        (monday.iso_week()? == (year, week)).then_some(monday)
    }

    /// The `n`th day of a month that is this weekday (1 for Monday); counted from the end for a negative `n`.
    pub fn nth_weekday(year: i32, month: u32, weekday: u32, n: i32) -> Option<Self> {
        let (edge, step) = match n {
            1.. => (Self::new(year, month, 1)?, i64::from(n) - 1),
            ..=-1 => (Self::new(year, month, Self::days_in_month(year, month))?, i64::from(n) + 1),
            0 => return None,
        };
        let ahead = i64::from(weekday) - i64::from(edge.weekday());
        let off = if n > 0 { ahead.rem_euclid(7) } else { -(-ahead).rem_euclid(7) };
        edge.add_days(off + 7 * step).filter(|day| (day.year(), day.month()) == (year, month))
    }

    /// Easter Sunday of the western churches (Meeus, Jones, Butcher).
    pub fn easter(year: i32) -> Option<Self> {
        let (a, b, c) = (year % 19, year / 100, year % 100);
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
        let m = (a + 11 * h + 22 * l) / 451;
        let at = h + l - 7 * m + 114;
        Self::new(year, (at / 31) as u32, (at % 31 + 1) as u32)
    }

    /// Easter Sunday of the eastern churches, in the Gregorian calendar (Meeus).
    pub fn orthodox_easter(year: i32) -> Option<Self> {
        let d = (19 * (year % 19) + 15) % 30;
        let e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
        let at = d + e + 114;
        let julian = Self::new(year, (at / 31) as u32, (at % 31 + 1) as u32)?;
        julian.add_days(i64::from(year / 100 - year / 400 - 2))
    }

    /// Days of a month, leap years by the Gregorian rule; 0 for a month that the calendar does not have.
    pub fn days_in_month(year: i32, month: u32) -> u32 {
        match month {
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            1..=12 => 31,
            _ => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(words: &str) -> Date {
        Date::parse(words).unwrap()
    }

    #[test]
    fn days_are_counted_without_gaps() {
        assert_eq!(day("1970-01-01").number(), 0);
        let mut number = day("1899-12-01").number();
        for (year, month) in (1899..=2101).flat_map(|y| (1..=12).map(move |m| (y, m))).skip(11) {
            for d in 1..=Date::days_in_month(year, month) {
                let date = Date::new(year, month, d).unwrap();
                assert_eq!((date.number(), Date::from_number(number)), (number, Some(date)));
                number += 1;
            }
        }
        assert_eq!(day("0001-01-01").add_days(-1), None);
        assert_eq!(day("9999-12-31").add_days(1), None);
        assert_eq!(day("2025-12-02").add_days(i64::MAX), None);
    }

    #[test]
    fn months_end_where_they_end() {
        assert_eq!(day("2025-01-31").add_months(1), Some(day("2025-02-28")));
        assert_eq!(day("2024-02-29").add_months(-12), Some(day("2023-02-28")));
        assert_eq!(day("2025-12-02").add_months(1), Some(day("2026-01-02")));
        assert_eq!(day("2025-12-02").add_months(i64::MAX), None);
    }

    #[test]
    fn weeks_follow_iso_8601() {
        assert_eq!(day("2025-12-02").weekday(), 2);
        assert_eq!(day("2025-12-02").iso_week(), Some((2025, 49)));
        assert_eq!(day("2027-01-03").iso_week(), Some((2026, 53)));
        assert_eq!(day("2024-12-30").iso_week(), Some((2025, 1)));
        assert_eq!(Date::of_iso_week(2025, 49), Some(day("2025-12-01")));
        assert_eq!(Date::of_iso_week(2025, 53), None);
    }

    #[test]
    fn feasts_fall_where_the_tables_have_them() {
        for (year, west, east) in [
            (1989, "1989-03-26", "1989-04-30"),
            (2000, "2000-04-23", "2000-04-30"),
            (2024, "2024-03-31", "2024-05-05"),
            (2025, "2025-04-20", "2025-04-20"),
        ] {
            assert_eq!(Date::easter(year), Some(day(west)));
            assert_eq!(Date::orthodox_easter(year), Some(day(east)));
        }
        assert_eq!(Date::nth_weekday(2025, 11, 4, 4), Some(day("2025-11-27")));
        assert_eq!(Date::nth_weekday(2025, 5, 1, -1), Some(day("2025-05-26")));
        assert_eq!(Date::nth_weekday(2025, 2, 6, 5), None);
    }
}
