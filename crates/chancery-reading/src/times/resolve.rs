//! From a meaning to a TIMEX3 value and a stretch of the calendar, seen from a day.
//!
//! What the words and the day do not settle stays open, with the reason; nothing is replaced by a default.

mod parts;
mod shift;
mod values;

use chancery_model::{Anchor, Date, Grain, Period, Settled, TimeClass, Unresolved};

use self::values::{length_value, open_unit};
use super::mean::{Cycle, Mean, Unit};
use super::stretch::Stretch;
use super::tense::Tense;

/// What is known where an expression stands.
#[derive(Clone, Debug)]
pub(super) struct View {
    /// The day to reckon from, and what gave it.
    pub(super) anchor: Option<(Date, Anchor)>,
    /// The time named last in the text.
    pub(super) seen: Option<Stretch>,
    /// The quarter or half-year named last, and how many sentences ago: figures are compared with those of a year before.
    pub(super) quarter: Option<(Stretch, u32)>,
    /// The tense of the clause.
    pub(super) tense: Tense,
}

/// What an expression means there.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    pub(super) class: TimeClass,
    pub(super) value: String,
    pub(super) period: Settled<Period>,
    pub(super) anchor: Anchor,
    /// The stretch, for expressions further on that point back at it.
    pub(super) stretch: Option<Stretch>,
}

/// A stretch and what it was reckoned from, or the open value and the reason.
type Found = Result<(Stretch, Anchor), (String, &'static str)>;

/// Sentences over which a quarter is still what figures speak of.
const QUARTER_HOLDS: u32 = 8;

const NO_DAY: &str = "the text gives no day to reckon from";
const NO_TIME: &str = "the text names no time before that it could point to";
const NOT_EXACT: &str = "the time that it points to is not exact enough";
const NO_CALENDAR: &str = "the calendar ends before";

impl View {
    /// Reckons.
    pub(super) fn meaning(&self, mean: &Mean) -> Meaning {
        match mean {
            Mean::Length(length) => {
                open(TimeClass::Duration, length_value(length), "a length of time, not a day")
            }
            Mean::Recent(length, sign) => self.recent(length, *sign),
            Mean::Set(length) => open(TimeClass::Set, length_value(length), "it comes again and again"),
            Mean::Every(cycle) => open(TimeClass::Set, cycle.open_value(), "it comes again and again"),
            Mean::Doubtful(year) => open(
                TimeClass::Date,
                format!("{year:04}-XX-XX"),
                "which number is the day, the text does not say",
            ),
            Mean::Vague(value) => open(TimeClass::Date, (*value).to_owned(), "the words set no bounds"),
            Mean::Part(part, day) => self.part(part, day),
            Mean::NightInto(day) => self.night_into(day),
            Mean::Clock(minutes, zone, day) => self.clock(*minutes, *zone, day.as_deref()),
            Mean::Range(from, to) => self.range(from, to),
            Mean::Side(side, whole) => self.side(*side, whole),
            Mean::Portion(portion, whole) => self.portion(*portion, whole),
            Mean::Shift(length, ..) if length.unit.of_clock() => {
                open(TimeClass::Time, "XXXX-XX-XXTXX:XX".to_owned(), "the hour of writing is not known")
            }
            _ => settled(self.stretch(mean)),
        }
    }

    /// The stretch that a meaning of a day or longer names.
    fn stretch(&self, mean: &Mean) -> Found {
        let known = |stretch: Option<Stretch>| match stretch {
            Some(stretch) => Ok((stretch, Anchor::None)),
            None => Err((String::new(), NO_CALENDAR)),
        };
        match mean {
            Mean::Day(date) => known(Some(Stretch::day(*date))),
            Mean::Month(year, month) => known(Stretch::month(*year, *month)),
            Mean::Year(year) => known(Stretch::year(*year)),
            Mean::ShortYear(year) => known(Stretch::year(if *year < 50 { 2000 } else { 1900 } + year)),
            Mean::Decade(year) if *year < 100 => {
                known(Stretch::decade(if *year < 30 { 2000 } else { 1900 } + year))
            }
            Mean::Decade(year) => known(Stretch::decade(*year)),
            Mean::Century(hundreds) => known(Stretch::century(*hundreds)),
            Mean::Cycle(cycle) => {
                self.seen_from_anchor(|day| cycle.by_tense(day, self.tense), || cycle.open_value())
            }
            Mean::Pick(which, cycle) => {
                self.seen_from_anchor(|day| cycle.pick(*which, day), || cycle.open_value())
            }
            Mean::Within(cycle, whole) => self.within(cycle, whole),
            Mean::Rel(unit, steps) => {
                self.seen_from_anchor(|day| Stretch::around(day, *unit, *steps), || open_unit(*unit))
            }
            Mean::Same(unit, steps) => self.same(*unit, *steps),
            Mean::Counterpart(year) => known(self.counterpart(*year)),
            Mean::Shift(length, sign, from) => self.shift(length, *sign, from),
            Mean::Nth(n, unit, whole) => self.inside(whole, open_unit(*unit), |w| w.nth(*n, *unit)),
            Mean::NthWeekday(n, weekday, whole) => {
                self.inside(whole, Cycle::Weekday(*weekday).open_value(), |w| w.nth_weekday(*n, *weekday))
            }
            Mean::WeekOf(day) => self.inside(day, open_unit(Unit::Week), |day| Stretch::week(day.start)),
            Mean::Portion(_, whole) | Mean::Side(_, whole) => self.stretch(whole),
            Mean::Part(_, day) | Mean::NightInto(day) | Mean::Clock(_, _, Some(day)) => self.stretch(day),
            _ => Err((String::new(), "the words name no stretch of the calendar")),
        }
    }

    fn seen_from_anchor(
        &self,
        find: impl Fn(Date) -> Option<Stretch>,
        open_value: impl Fn() -> String,
    ) -> Found {
        let Some((day, anchor)) = self.anchor else { return Err((open_value(), NO_DAY)) };
        find(day).map(|s| (s, anchor)).ok_or_else(|| (open_value(), "no rule of this calendar gives the day"))
    }

    fn inside(&self, whole: &Mean, open_value: String, find: impl Fn(&Stretch) -> Option<Stretch>) -> Found {
        match self.stretch(whole) {
            Ok((whole, anchor)) => {
                find(&whole).map(|s| (s, anchor)).ok_or((open_value, "there is none in that stretch"))
            }
            Err((_, reason)) => Err((open_value, reason)),
        }
    }

    fn within(&self, cycle: &Cycle, whole: &Mean) -> Found {
        // "Monday the 3rd": the day says more than its weekday.
        self.inside(whole, cycle.open_value(), |w| {
            if w.start == w.end { Some(w.clone()) } else { cycle.within(w) }
        })
    }

    /// "the 1988 period": the quarter that the text speaks of, in that year; the year where it speaks of none.
    fn counterpart(&self, year: i32) -> Option<Stretch> {
        match self.quarter() {
            Some(quarter) if quarter.grain == Grain::Quarter => {
                Stretch::quarter(year, quarter.start.month().div_ceil(3))
            }
            _ => Stretch::year(year),
        }
    }

    fn quarter(&self) -> Option<&Stretch> {
        self.quarter.as_ref().filter(|(_, ago)| *ago <= QUARTER_HOLDS).map(|(quarter, _)| quarter)
    }

    /// Takes note of a stretch that was named.
    pub(super) fn see(&mut self, stretch: &Stretch) {
        if matches!(stretch.grain, Grain::Quarter | Grain::Half) {
            self.quarter = Some((stretch.clone(), 0));
        }
        self.seen = Some(stretch.clone());
    }

    /// Goes on to the next sentence.
    pub(super) fn go_on(&mut self) {
        if let Some((_, ago)) = &mut self.quarter {
            *ago = ago.saturating_add(1);
        }
    }

    /// "that day", "the following week".
    fn same(&self, unit: Unit, steps: i64) -> Found {
        let named = if unit == Unit::Quarter { self.quarter() } else { self.seen.as_ref() };
        let Some(seen) = named else { return Err((open_unit(unit), NO_TIME)) };
        if unit < seen.unit() && unit <= Unit::Week {
            return Err((open_unit(unit), NOT_EXACT));
        }
        let edge = if steps > 0 { seen.end } else { seen.start };
        let found = Stretch::around(edge, unit, steps).map(|s| (s, Anchor::Text));
        found.ok_or((open_unit(unit), NO_CALENDAR))
    }
}

fn open(class: TimeClass, value: String, reason: &'static str) -> Meaning {
    Meaning { class, value, period: Err(Unresolved::because(reason)), anchor: Anchor::None, stretch: None }
}

fn settled(found: Found) -> Meaning {
    match found {
        Ok((stretch, anchor)) => Meaning {
            class: TimeClass::Date,
            value: stretch.value.clone(),
            period: Ok(stretch.period()),
            anchor,
            stretch: Some(stretch),
        },
        Err((value, reason)) => open(TimeClass::Date, value, reason),
    }
}
