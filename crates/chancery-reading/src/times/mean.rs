//! What words of time mean before anything is known of the day they were written on.
//!
//! A `Mean` is what the rules of the grammar put together: "the first half of next week" is a half of a week one after that of the
//! anchor. This module knows no calendar; `resolve` reckons.

use chancery_model::{Date, Grain};

/// What a place of a rule holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// "three", "2.5".
    Number(f64),
    /// "days", a part of day, a season, by name.
    Word(String),
    /// A time zone: minutes east of UTC.
    Length(Length),
    /// A time.
    Mean(Mean),
}

/// How long.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Length {
    /// How many; `None` for "several".
    pub(super) amount: Option<f64>,
    /// Of what.
    pub(super) unit: Unit,
    /// And how much more: "a year and three months".
    pub(super) more: Option<(f64, Unit)>,
}

/// Units of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Night,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

impl Unit {
    pub(super) fn read(word: &str) -> Option<Self> {
        Some(match word {
            "second" => Self::Second,
            "minute" => Self::Minute,
            "hour" => Self::Hour,
            "night" => Self::Night,
            "millennium" => Self::Millennium,
            _ => Self::of(Grain::parse(word)?)?,
        })
    }

    /// The unit that a grain has the length of; none for times of a day and for what goes from one day to another.
    pub(super) fn of(grain: Grain) -> Option<Self> {
        Some(match grain {
            Grain::Time | Grain::DayPart | Grain::Interval => return None,
            Grain::Day => Self::Day,
            Grain::Weekend => Self::Weekend,
            Grain::Week => Self::Week,
            Grain::Month => Self::Month,
            Grain::Quarter => Self::Quarter,
            Grain::Season => Self::Season,
            Grain::Half => Self::Half,
            Grain::Year => Self::Year,
            Grain::Decade => Self::Decade,
            Grain::Century => Self::Century,
        })
    }

    /// As TIMEX3 writes it in a length.
    pub(super) fn letters(self) -> &'static str {
        match self {
            Self::Second => "S",
            Self::Minute => "M",
            Self::Hour => "H",
            Self::Night => "NI",
            Self::Day => "D",
            Self::Weekend => "WE",
            Self::Week => "W",
            Self::Month => "M",
            Self::Quarter => "Q",
            Self::Season => "SE",
            Self::Half => "H",
            Self::Year => "Y",
            Self::Decade => "DE",
            Self::Century => "CE",
            Self::Millennium => "ML",
        }
    }

    /// Shorter than a day.
    pub(super) fn of_clock(self) -> bool {
        self <= Self::Hour
    }
}

/// Where a shift sets out.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum From {
    /// The day of writing.
    Anchor,
    /// A time earlier in the text.
    Text,
    /// A time named.
    Mean(Box<Mean>),
}

/// Which one of what comes again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Last,
    This,
    Next,
}

/// A stretch inside another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Portion {
    Start,
    Mid,
    End,
    FirstHalf,
    SecondHalf,
}

/// Where one stands to a whole that is going on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Earlier,
    Later,
}

/// What comes again every year, or every week.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cycle {
    /// 1 for Monday.
    Weekday(u32),
    Weekend,
    /// "11" or "11-03".
    Month(u32),
    MonthDay(u32, u32),
    /// A day of a month that is not named.
    Day(u32),
    Quarter(u32),
    Half(u32),
    /// SP, SU, FA, WI.
    Season(String),
    Holiday(Holiday),
}

/// A feast by its rule.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Holiday {
    /// Month and day.
    Fixed(u32, u32),
    /// The nth weekday of a month.
    Nth(i32, u32, u32),
    /// Days after Easter Sunday.
    Easter(i64),
    /// Days after Easter Sunday of the eastern churches.
    Orthodox(i64),
    /// No rule of this calendar gives it.
    Moon,
}

/// What words of time mean.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mean {
    /// A day, a month or a year that is named in full.
    Day(Date),
    Month(i32, u32),
    Year(i32),
    /// A day of this year in numbers that can be read in two ways.
    Doubtful(i32),
    /// The last two numbers of a year.
    ShortYear(i32),
    /// Begins with this year; two numbers for "the '90s".
    Decade(i32),
    /// "19" for the twentieth.
    Century(i32),
    /// What comes again; which one, the tense says.
    Cycle(Cycle),
    /// Last, this or next of what comes again.
    Pick(Which, Cycle),
    /// What comes again, within a stretch that is named.
    Within(Cycle, Box<Mean>),
    /// The unit of the anchor, or so many after it.
    Rel(Unit, i64),
    /// "that day", "the same week", "the following month": the same of a time earlier in the text.
    Same(Unit, i64),
    /// "the 1988 period": of that year what the text speaks of.
    Counterpart(i32),
    /// So long before (-1) or after (1).
    Shift(Length, i64, From),
    /// The nth unit of a whole, counted from the end for negative numbers.
    Nth(i32, Unit, Box<Mean>),
    /// The nth weekday of a whole.
    NthWeekday(i32, u32, Box<Mean>),
    /// The week that holds a day.
    WeekOf(Box<Mean>),
    Portion(Portion, Box<Mean>),
    Side(Side, Box<Mean>),
    /// MO, AF, EV, NI, MI, DT of a day.
    Part(String, Box<Mean>),
    /// The night that ends on this day.
    NightInto(Box<Mean>),
    /// Minutes of the day, and minutes east of UTC.
    Clock(u32, Option<i16>, Option<Box<Mean>>),
    /// From one to another.
    Range(Box<Mean>, Box<Mean>),
    /// "the past three days" (-1), "the next two weeks" (1).
    Recent(Length, i64),
    /// "the first nine months", "three days".
    Length(Length),
    /// Every so often, and what falls there.
    Set(Length),
    /// Every one of what comes again.
    Every(Cycle),
    /// PAST_REF, PRESENT_REF, FUTURE_REF.
    Vague(&'static str),
}

impl Mean {
    /// "a year earlier": a time that something is compared with, which nothing further on points at.
    pub(super) fn compares(&self) -> bool {
        match self {
            Self::Shift(length, -1, _) => length.unit >= Unit::Year,
            Self::Same(unit, -1) => *unit >= Unit::Year,
            _ => false,
        }
    }
}
