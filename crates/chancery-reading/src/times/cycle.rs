//! What comes again: weekdays, months, seasons, feasts, and which one of them words mean.

use chancery_model::Date;

use super::mean::{Cycle, Holiday, Which};
use super::stretch::Stretch;
use super::tense::Tense;

/// A day within so many days is close by.
const CLOSE_DAYS: i64 = 50;
/// A day more than so many days away is far.
const FAR_DAYS: i64 = 300;

impl Cycle {
    /// The one that the tense of the clause asks for, seen from `anchor`.
    pub(super) fn by_tense(&self, anchor: Date, tense: Tense) -> Option<Stretch> {
        let around = self.around(anchor);
        let next = around.iter().find(|s| s.end >= anchor);
        let last = around.iter().rfind(|s| s.start <= anchor);
        let nearest = || around.iter().min_by_key(|s| self.distance(s, anchor));
        let (asked, other) = match tense {
            // A business quarter that is to be reported on may be over.
            Tense::Future if matches!(self, Self::Quarter(_)) => (nearest(), None),
            Tense::Future => (next, last),
            Tense::Past => (last, next),
            Tense::Open => (nearest(), None),
        };
        // A day of the year that lies close by on the other side is meant before one that is nearly a year away.
        let off = |s: &Stretch| (s.start.number() - anchor.number()).abs();
        let yearly = matches!(self, Self::MonthDay(..));
        let closer =
            other.filter(|o| yearly && off(o) < CLOSE_DAYS && asked.is_none_or(|a| off(a) > FAR_DAYS));
        closer.or(asked).cloned()
    }

    /// Days between, where the words leave the direction open. A weekday then is one that has been.
    fn distance(&self, stretch: &Stretch, anchor: Date) -> i64 {
        let ahead = stretch.start.number() - anchor.number();
        let behind = anchor.number() - stretch.end.number();
        let comes = matches!(self, Self::Weekday(_) | Self::Weekend) && ahead > 0;
        ahead.max(behind).max(0) + if comes { 1_000 } else { 0 }
    }

    /// "last Friday", "this summer", "next March".
    pub(super) fn pick(&self, which: Which, anchor: Date) -> Option<Stretch> {
        let around = self.around(anchor);
        let weekly = matches!(self, Self::Weekday(_) | Self::Weekend);
        match which {
            Which::Last => around.into_iter().rfind(|s| s.end < anchor),
            Which::This if weekly => self.within(&Stretch::week(anchor)?),
            Which::This => self.within(&Stretch::year(anchor.year())?),
            Which::Next if weekly => self.within(&Stretch::week(anchor.add_days(7)?)?),
            Which::Next => around.into_iter().find(|s| s.start > anchor),
        }
    }

    /// The first one inside a stretch.
    pub(super) fn within(&self, whole: &Stretch) -> Option<Stretch> {
        let mut at = whole.start;
        // A year has every one that there is; a stretch of years has more than one, and the first is taken.
        for _ in 0..3 {
            let found = self.around(at).into_iter().find(|s| s.start >= whole.start && s.start <= whole.end);
            if found.is_some() {
                return found;
            }
            at = at.add_days(366).filter(|d| *d <= whole.end)?;
        }
        None
    }

    /// Those around a day, in order.
    fn around(&self, day: Date) -> Vec<Stretch> {
        match self {
            Self::Weekday(weekday) => (-2..=2)
                .filter_map(|week| day.monday()?.add_days(week * 7 + i64::from(*weekday) - 1))
                .map(Stretch::day)
                .collect(),
            Self::Weekend => (-2..=2).filter_map(|week| Stretch::weekend(day.add_days(week * 7)?)).collect(),
            Self::Day(number) => (-2..=2)
                .filter_map(|month| {
                    let first = Date::new(day.year(), day.month(), 1)?.add_months(month)?;
                    Date::new(first.year(), first.month(), *number).map(Stretch::day)
                })
                .collect(),
            // A 29th of February comes every four years, or eight.
            Self::MonthDay(2, 29) => (-8..=8).filter_map(|year| self.of_year(day.year() + year)).collect(),
            _ => (-2..=2).filter_map(|year| self.of_year(day.year() + year)).collect(),
        }
    }

    fn of_year(&self, year: i32) -> Option<Stretch> {
        match self {
            Self::Month(month) => Stretch::month(year, *month),
            Self::MonthDay(month, day) => Date::new(year, *month, *day).map(Stretch::day),
            Self::Quarter(quarter) => Stretch::quarter(year, *quarter),
            Self::Half(half) => Stretch::half(year, *half),
            Self::Season(season) => Stretch::season(year, season),
            Self::Holiday(holiday) => holiday.of_year(year).map(Stretch::day),
            Self::Weekday(_) | Self::Weekend | Self::Day(_) => None,
        }
    }

    /// The value where nothing says which one.
    pub(super) fn open_value(&self) -> String {
        match self {
            Self::Weekday(weekday) => format!("XXXX-WXX-{weekday}"),
            Self::Weekend => "XXXX-WXX-WE".to_owned(),
            Self::Month(month) => format!("XXXX-{month:02}"),
            Self::MonthDay(month, day) => format!("XXXX-{month:02}-{day:02}"),
            Self::Day(day) => format!("XXXX-XX-{day:02}"),
            Self::Quarter(quarter) => format!("XXXX-Q{quarter}"),
            Self::Half(half) => format!("XXXX-H{half}"),
            Self::Season(season) => format!("XXXX-{season}"),
            Self::Holiday(Holiday::Fixed(month, day)) => format!("XXXX-{month:02}-{day:02}"),
            Self::Holiday(_) => "XXXX-XX-XX".to_owned(),
        }
    }
}

impl Holiday {
    fn of_year(&self, year: i32) -> Option<Date> {
        match self {
            Self::Fixed(month, day) => Date::new(year, *month, *day),
            Self::Nth(n, weekday, month) => Date::nth_weekday(year, *month, *weekday, *n),
            Self::Easter(days) => Date::easter(year)?.add_days(*days),
            Self::Orthodox(days) => Date::orthodox_easter(year)?.add_days(*days),
            Self::Moon => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Tuesday.
    fn anchor() -> Date {
        Date::parse("2025-12-02").unwrap()
    }

    #[test]
    fn the_tense_says_which_one() {
        for (cycle, tense, value) in [
            (Cycle::Weekday(1), Tense::Past, "2025-12-01"),
            (Cycle::Weekday(2), Tense::Past, "2025-12-02"),
            (Cycle::Weekday(2), Tense::Future, "2025-12-02"),
            (Cycle::Weekday(3), Tense::Past, "2025-11-26"),
            (Cycle::Weekday(3), Tense::Open, "2025-11-26"),
            (Cycle::Weekday(1), Tense::Future, "2025-12-08"),
            (Cycle::Month(11), Tense::Past, "2025-11"),
            (Cycle::Month(1), Tense::Future, "2026-01"),
            (Cycle::Month(1), Tense::Open, "2026-01"),
            (Cycle::MonthDay(2, 29), Tense::Past, "2024-02-29"),
            (Cycle::Season("SU".to_owned()), Tense::Past, "2025-SU"),
            (Cycle::Holiday(Holiday::Nth(4, 4, 11)), Tense::Past, "2025-11-27"),
            (Cycle::Holiday(Holiday::Easter(-2)), Tense::Future, "2026-04-03"),
            (Cycle::Day(31), Tense::Past, "2025-10-31"),
        ] {
            assert_eq!(cycle.by_tense(anchor(), tense).unwrap().value, value, "{cycle:?} {tense:?}");
        }
    }

    #[test]
    fn last_this_and_next() {
        for (cycle, which, value) in [
            (Cycle::Weekday(2), Which::Last, "2025-11-25"),
            (Cycle::Weekday(5), Which::This, "2025-12-05"),
            (Cycle::Weekday(5), Which::Next, "2025-12-12"),
            (Cycle::Month(12), Which::Last, "2024-12"),
            (Cycle::Month(12), Which::Next, "2026-12"),
            (Cycle::Season("SU".to_owned()), Which::This, "2025-SU"),
        ] {
            assert_eq!(cycle.pick(which, anchor()).unwrap().value, value, "{cycle:?} {which:?}");
        }
        assert_eq!(Cycle::Holiday(Holiday::Moon).pick(Which::Last, anchor()), None);
    }
}
