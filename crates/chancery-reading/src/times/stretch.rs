//! Stretches of the calendar with their TIMEX3 values: days, weeks, months, seasons, and the ones around them.

use chancery_model::{Date, Grain, Period};

use super::mean::Unit;

/// A stretch of the calendar as TIMEX3 writes it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Stretch {
    /// "2025-W49".
    pub(super) value: String,
    pub(super) start: Date,
    pub(super) end: Date,
    pub(super) grain: Grain,
}

impl Stretch {
    pub(super) fn day(date: Date) -> Self {
        Self { value: date.to_string(), start: date, end: date, grain: Grain::Day }
    }

    pub(super) fn week(within: Date) -> Option<Self> {
        let monday = within.monday()?;
        let (year, week) = monday.iso_week()?;
        Some(Self {
            value: format!("{year:04}-W{week:02}"),
            start: monday,
            end: monday.add_days(6)?,
            grain: Grain::Week,
        })
    }

    /// Saturday and Sunday of the week that holds a day.
    pub(super) fn weekend(within: Date) -> Option<Self> {
        let week = Self::week(within)?;
        let value = format!("{}-WE", week.value);
        Some(Self { value, start: week.start.add_days(5)?, grain: Grain::Weekend, ..week })
    }

    pub(super) fn month(year: i32, month: u32) -> Option<Self> {
        Self::months(year, month, 1, Grain::Month, format!("{year:04}-{month:02}"))
    }

    pub(super) fn quarter(year: i32, quarter: u32) -> Option<Self> {
        Self::months(year, quarter * 3 - 2, 3, Grain::Quarter, format!("{year:04}-Q{quarter}"))
    }

    pub(super) fn half(year: i32, half: u32) -> Option<Self> {
        Self::months(year, half * 6 - 5, 6, Grain::Half, format!("{year:04}-H{half}"))
    }

    /// Seasons of the north as weather services reckon them; a winter has the year it begins in.
    pub(super) fn season(year: i32, season: &str) -> Option<Self> {
        let first = match season {
            "SP" => 3,
            "SU" => 6,
            "FA" => 9,
            _ => 12,
        };
        Self::months(year, first, 3, Grain::Season, format!("{year:04}-{season}"))
    }

    pub(super) fn year(year: i32) -> Option<Self> {
        Self::months(year, 1, 12, Grain::Year, format!("{year:04}"))
    }

    /// The ten years that begin with `year`.
    pub(super) fn decade(year: i32) -> Option<Self> {
        let first = year - year.rem_euclid(10);
        let start = Date::new(first.max(1), 1, 1)?;
        let value = format!("{:03}", first / 10);
        Some(Self { value, start, end: Date::new(first + 9, 12, 31)?, grain: Grain::Decade })
    }

    /// The hundred years whose numbers begin with `hundreds`.
    pub(super) fn century(hundreds: i32) -> Option<Self> {
        let start = Date::new((hundreds * 100).max(1), 1, 1)?;
        let value = format!("{hundreds:02}");
        Some(Self { value, start, end: Date::new(hundreds * 100 + 99, 12, 31)?, grain: Grain::Century })
    }

    fn months(year: i32, month: u32, count: i64, grain: Grain, value: String) -> Option<Self> {
        let start = Date::new(year, month, 1)?;
        Some(Self { value, start, end: start.add_months(count)?.add_days(-1)?, grain })
    }

    /// The unit that holds a day, or the one so many after it.
    pub(super) fn around(date: Date, unit: Unit, steps: i64) -> Option<Self> {
        let year = |steps: i64| i32::try_from(i64::from(date.year()).checked_add(steps)?).ok();
        let month = |months: i64| date.add_months(steps.checked_mul(months)?);
        Some(match unit {
            Unit::Second | Unit::Minute | Unit::Hour | Unit::Night | Unit::Day => {
                Self::day(date.add_days(steps)?)
            }
            Unit::Week => Self::week(date.add_days(steps.checked_mul(7)?)?)?,
            Unit::Weekend => Self::weekend(date.add_days(steps.checked_mul(7)?)?)?,
            Unit::Month => month(1).and_then(|d| Self::month(d.year(), d.month()))?,
            Unit::Quarter => month(3).and_then(|d| Self::quarter(d.year(), d.month().div_ceil(3)))?,
            Unit::Half => month(6).and_then(|d| Self::half(d.year(), d.month().div_ceil(6)))?,
            Unit::Season => month(3).and_then(Self::season_of)?,
            Unit::Year => Self::year(year(steps)?)?,
            Unit::Decade => Self::decade(year(steps.checked_mul(10)?)?)?,
            Unit::Century => Self::century(year(steps.checked_mul(100)?)? / 100)?,
            Unit::Millennium => return None,
        })
    }

    fn season_of(date: Date) -> Option<Self> {
        // January and February belong to the winter that began in December.
        let date = if date.month() < 3 { date.add_months(-3)? } else { date };
        let season = ["SP", "SU", "FA", "WI"].get(date.month() as usize / 3 - 1)?;
        Self::season(date.year(), season)
    }

    /// The nth unit inside it: weeks are those that begin in it.
    pub(super) fn nth(&self, n: i32, unit: Unit) -> Option<Self> {
        if unit >= self.unit() && self.start != self.end {
            return None;
        }
        let first = Self::around(self.start, unit, 0)?;
        let late = i64::from(first.start < self.start && matches!(unit, Unit::Week | Unit::Weekend));
        let found = match n {
            1.. => Self::around(self.start, unit, i64::from(n) - 1 + late)?,
            _ => Self::around(self.end, unit, i64::from(n) + 1)?,
        };
        (found.start <= self.end && found.end >= self.start).then_some(found)
    }

    /// The nth such weekday inside it, counted from the end for negative numbers.
    pub(super) fn nth_weekday(&self, n: i32, weekday: u32) -> Option<Self> {
        let (edge, step) = if n > 0 { (self.start, i64::from(n) - 1) } else { (self.end, i64::from(n) + 1) };
        let ahead = i64::from(weekday) - i64::from(edge.weekday());
        let off = if n > 0 { ahead.rem_euclid(7) } else { -(-ahead).rem_euclid(7) };
        let day = edge.add_days(off + 7 * step)?;
        (self.start <= day && day <= self.end).then(|| Self::day(day))
    }

    pub(super) fn period(&self) -> Period {
        Period::between(Some(self.start), Some(self.end), self.grain)
    }

    /// The unit whose length it has.
    pub(super) fn unit(&self) -> Unit {
        Unit::of(self.grain).unwrap_or(Unit::Day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stretch_around_a_day_and_its_neighbours() {
        let day = Date::parse("2025-12-02").unwrap();
        for (unit, steps, value, start, end) in [
            (Unit::Day, -1, "2025-12-01", "2025-12-01", "2025-12-01"),
            (Unit::Week, 0, "2025-W49", "2025-12-01", "2025-12-07"),
            (Unit::Weekend, -1, "2025-W48-WE", "2025-11-29", "2025-11-30"),
            (Unit::Month, 1, "2026-01", "2026-01-01", "2026-01-31"),
            (Unit::Quarter, -1, "2025-Q3", "2025-07-01", "2025-09-30"),
            (Unit::Half, -2, "2024-H2", "2024-07-01", "2024-12-31"),
            (Unit::Season, 0, "2025-WI", "2025-12-01", "2026-02-28"),
            (Unit::Season, 1, "2026-SP", "2026-03-01", "2026-05-31"),
            (Unit::Year, 1, "2026", "2026-01-01", "2026-12-31"),
            (Unit::Decade, -1, "201", "2010-01-01", "2019-12-31"),
            (Unit::Century, -1, "19", "1900-01-01", "1999-12-31"),
        ] {
            let got = Stretch::around(day, unit, steps).unwrap();
            let shown = (got.value.as_str(), got.start.to_string(), got.end.to_string());
            assert_eq!(shown, (value, start.to_owned(), end.to_owned()));
        }
        assert_eq!(Stretch::around(day, Unit::Year, i64::MAX), None);
        assert_eq!(Stretch::around(day, Unit::Year, 9_000), None);
    }
}
