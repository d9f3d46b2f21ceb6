//! Stretches of the calendar, and the words that give them.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{Date, Settled, Span, TimeOfDay};

/// A stretch of days, both ends included; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Period {
    /// First day.
    pub start: Option<Date>,
    /// Last day.
    pub end: Option<Date>,
    /// How exact the words are.
    pub grain: Grain,
    /// The time of the day, when the words give one and the grain is [`Grain::Time`].
    pub time: Option<TimeOfDay>,
}

/// How exact words of time are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Grain {
    /// A time of a day.
    Time,
    /// A part of a day: "Tuesday evening".
    DayPart,
    /// A day.
    Day,
    /// A weekend.
    Weekend,
    /// A week.
    Week,
    /// A month.
    Month,
    /// A quarter.
    Quarter,
    /// A season.
    Season,
    /// Half a year.
    Half,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// From one day to another, or open on a side.
    Interval,
}

impl Grain {
    /// Every grain.
    pub const ALL: [Self; 13] = [
        Self::Time,
        Self::DayPart,
        Self::Day,
        Self::Weekend,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Season,
        Self::Half,
        Self::Year,
        Self::Decade,
        Self::Century,
        Self::Interval,
    ];

    /// The grain of this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|grain| grain.word() == word)
    }

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::DayPart => "daypart",
            Self::Day => "day",
            Self::Weekend => "weekend",
            Self::Week => "week",
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Season => "season",
            Self::Half => "half",
            Self::Year => "year",
            Self::Decade => "decade",
            Self::Century => "century",
            Self::Interval => "interval",
        }
    }
}

impl Period {
    /// One day.
    pub fn day(date: Date) -> Self {
        Self { start: Some(date), end: Some(date), grain: Grain::Day, time: None }
    }

    /// From one day to another.
    pub fn between(start: Option<Date>, end: Option<Date>, grain: Grain) -> Self {
        Self { start, end, grain, time: None }
    }
}

impl Period {
    /// For people to read in a column: a whole month or year by its name, what two days share said once.
    ///
    /// "2025-12-02", "2025-12", "2025", "2025-12-01/07", "2025-11-28/12-03", "from 2025-12-01".
    pub fn short(&self) -> String {
        let (Some(start), Some(end)) = (self.start, self.end) else {
            return match (self.start, self.end) {
                (Some(day), None) => format!("from {day}"),
                (None, Some(day)) => format!("until {day}"),
                _ => self.to_string(),
            };
        };
        let whole = |grain: Grain, length: usize| {
            (self.grain == grain).then(|| start.to_string()[..length].to_owned())
        };
        if let Some(name) = whole(Grain::Month, 7).or_else(|| whole(Grain::Year, 4)) {
            return name;
        }
        let (first, last) = (start.to_string(), end.to_string());
        let shared = [8, 5].into_iter().find(|&shared| first[..shared] == last[..shared]);
        match shared.filter(|_| start != end) {
            Some(shared) => format!("{first}/{}", &last[shared..]),
            None if start == end => first,
            None => self.to_string(),
        }
    }
}

impl fmt::Display for Period {
    /// As the wire has it: a day, a day with a time, or `A/B` with `..` for an open side. Months and years are their first and last
    /// day, so that stretches compare; the grain says what they are.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let one = self.start.filter(|_| self.start == self.end);
        match (one, self.time) {
            (Some(day), Some(time)) => write!(f, "{day}T{:02}:{:02}", time.hour, time.minute),
            (Some(day), None) => write!(f, "{day}"),
            (None, _) => {
                let side = |date: Option<Date>| date.map_or_else(|| "..".to_owned(), |d| d.to_string());
                write!(f, "{}/{}", side(self.start), side(self.end))
            }
        }
    }
}

/// Words of time, and the stretch of the calendar they mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct When {
    /// The words; `None` where the time of a report is taken over from what reports it.
    pub span: Option<Span>,
    /// What they mean, or why that is not settled.
    pub value: Settled<Period>,
    /// What they were resolved against.
    pub anchor: Anchor,
}

/// What words of time were resolved against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Anchor {
    /// The date in the dateline.
    Dateline,
    /// The date of publication.
    Published,
    /// The day a statement was made.
    Statement,
    /// A time earlier in the text.
    Text,
    /// Nothing: the words are enough.
    None,
}

impl Anchor {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::Published => "published",
            Self::Statement => "statement",
            Self::Text => "text",
            Self::None => "none",
        }
    }
}

/// A time expression of the text, used or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeExpression {
    /// Its words, as TIMEX3 bounds them.
    pub span: Span,
    /// Its TIMEX3 type.
    pub class: TimeClass,
    /// Its TIMEX3 value: "2025-12-02", "P3D", "PRESENT_REF".
    pub value: String,
    /// The stretch of the calendar it means.
    pub when: When,
}

/// The types of TIMEX3.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TimeClass {
    /// A day or longer.
    Date,
    /// A time of day.
    Time,
    /// How long.
    Duration,
    /// Again and again.
    Set,
}

impl TimeClass {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_show_as_the_wire_has_them() {
        let day = |d| Date::new(2025, 12, d);
        assert_eq!(Period::day(day(2).unwrap()).to_string(), "2025-12-02");
        assert_eq!(Period::between(day(1), day(31), Grain::Month).to_string(), "2025-12-01/2025-12-31");
        assert_eq!(Period::between(day(1), None, Grain::Interval).to_string(), "2025-12-01/..");
        assert_eq!(Period::between(day(1), day(7), Grain::Week).to_string(), "2025-12-01/2025-12-07");
        assert_eq!(Period::between(day(1), day(31), Grain::Month).short(), "2025-12");
        assert_eq!(Period::between(day(1), day(7), Grain::Week).short(), "2025-12-01/07");
        assert_eq!(
            Period::between(Date::new(2025, 11, 28), day(3), Grain::Interval).short(),
            "2025-11-28/12-03"
        );
        assert_eq!(
            Period::between(Date::new(2024, 12, 28), day(3), Grain::Interval).short(),
            "2024-12-28/2025-12-03"
        );
        assert_eq!(Period::between(day(1), None, Grain::Interval).short(), "from 2025-12-01");
        assert_eq!(Period::between(None, day(1), Grain::Interval).short(), "until 2025-12-01");
        assert_eq!(Period::day(day(2).unwrap()).short(), "2025-12-02");
        let time = TimeOfDay { hour: 9, minute: 5, second: 0, offset: None };
        let timed = Period { time: Some(time), grain: Grain::Time, ..Period::day(day(2).unwrap()) };
        assert_eq!(timed.to_string(), "2025-12-02T09:05");
    }
}
