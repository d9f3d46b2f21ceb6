//! From a meaning to a TIMEX3 value and a stretch of the calendar, seen from a day.
//!
//! What the words and the day do not settle stays open, with the reason; nothing is replaced by a default.

use chancery_model::{Anchor, Date, Grain, Period, Settled, TimeClass, TimeOfDay, Unresolved};

use super::mean::{Cycle, From, Length, Mean, Portion, Side, Unit};
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
            Mean::Nth(n, unit, whole) => self.inside(whole, open_unit(*unit), |w| nth(*n, *unit, w)),
            Mean::NthWeekday(n, weekday, whole) => {
                self.inside(whole, Cycle::Weekday(*weekday).open_value(), |w| nth_weekday(*n, *weekday, w))
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

    /// "two days later", "three years ago".
    fn shift(&self, length: &Length, sign: i64, from: &From) -> Found {
        let Some(amount) = length.amount else {
            return Err((
                if sign < 0 { "PAST_REF" } else { "FUTURE_REF" }.to_owned(),
                "the words give no number",
            ));
        };
        // "up from a year ago" in a text on one quarter: the same quarter of that year.
        let compared = self.quarter().filter(|_| {
            (length.unit, amount, sign) == (Unit::Year, 1.0, -1) && !matches!(from, From::Mean(_))
        });
        let (base, anchor) = match from {
            _ if let Some(quarter) = compared => (quarter.clone(), Anchor::Text),
            From::Anchor => match self.anchor {
                Some((day, anchor)) => (Stretch::day(day), anchor),
                None => return Err((open_unit(length.unit), NO_DAY)),
            },
            From::Text => match &self.seen {
                Some(seen) => (seen.clone(), Anchor::Text),
                None => return Err((open_unit(length.unit), NO_TIME)),
            },
            From::Mean(mean) => self.stretch(mean)?,
        };
        let exact = compared.is_some() || !matches!(from, From::Anchor);
        if exact && length.unit < base.unit() && length.unit <= Unit::Week && base.unit() > Unit::Week {
            return Err((open_unit(length.unit), NOT_EXACT));
        }
        let found = shifted(&base, amount, length, sign, exact);
        found.map(|s| (s, anchor)).ok_or((open_unit(length.unit), NO_CALENDAR))
    }

    /// "the past three days": a length that ends, or begins, on the day of writing.
    fn recent(&self, length: &Length, sign: i64) -> Meaning {
        let value = length_value(length);
        let (Some((day, anchor)), Some(amount)) = (self.anchor, length.amount) else {
            let reason = if self.anchor.is_none() { NO_DAY } else { "the words give no number" };
            return open(TimeClass::Duration, value, reason);
        };
        let Some(edge) = moved(day, amount, length.unit, sign) else {
            return open(TimeClass::Duration, value, NO_CALENDAR);
        };
        let period = Period::between(Some(edge.min(day)), Some(edge.max(day)), Grain::Interval);
        Meaning { class: TimeClass::Duration, value, period: Ok(period), anchor, stretch: None }
    }

    fn part(&self, part: &str, day: &Mean) -> Meaning {
        let mut meaning = self.meaning(day);
        meaning.class = TimeClass::Time;
        // Without a day TIMEX3 takes the day of writing; the days of the record stay open.
        let day = match (&meaning.period, self.anchor) {
            (Err(_), Some((day, _))) => day.to_string(),
            _ => meaning.value.get(..10).unwrap_or_default().to_owned(),
        };
        meaning.value = format!("{day}T{part}");
        if let Ok(period) = &mut meaning.period {
            period.grain = Grain::DayPart;
        }
        meaning
    }

    /// "overnight into Saturday": from the evening of the day before.
    fn night_into(&self, day: &Mean) -> Meaning {
        match self.stretch(day) {
            Ok((day, anchor)) => {
                let before = day.start.add_days(-1);
                let period = Period::between(before, Some(day.start), Grain::DayPart);
                let value = before.map_or_else(|| "TNI".to_owned(), |d| format!("{d}TNI"));
                Meaning { class: TimeClass::Time, value, period: Ok(period), anchor, stretch: Some(day) }
            }
            Err((_, reason)) => open(TimeClass::Time, "TNI".to_owned(), reason),
        }
    }

    fn clock(&self, minutes: u32, zone: Option<i16>, day: Option<&Mean>) -> Meaning {
        let clock = format!("T{:02}:{:02}", minutes / 60, minutes % 60);
        let zoned = if zone == Some(0) { format!("{clock}Z") } else { clock };
        let Some(day) = day else { return self.bare_clock(&zoned) };
        let mut meaning = self.meaning(day);
        meaning.class = TimeClass::Time;
        let day = meaning.value.get(..10).unwrap_or("XXXX-XX-XX");
        meaning.value = format!("{day}{zoned}");
        if let Ok(period) = &mut meaning.period {
            let (hour, minute) = ((minutes / 60) as u8, (minutes % 60) as u8);
            period.grain = Grain::Time;
            period.time = Some(TimeOfDay { hour, minute, second: 0, offset: zone });
        }
        meaning
    }

    /// An hour without a day: TIMEX3 takes the day of writing, the calendar of the record does not.
    fn bare_clock(&self, clock: &str) -> Meaning {
        let day = self.anchor.map_or_else(|| "XXXX-XX-XX".to_owned(), |(day, _)| day.to_string());
        open(TimeClass::Time, format!("{day}{clock}"), "the words name an hour and no day")
    }

    fn range(&self, from: &Mean, to: &Mean) -> Meaning {
        match (self.stretch(from), self.stretch(to)) {
            (Ok((from, anchor)), Ok((to, other))) => {
                let period = Period::between(Some(from.start), Some(to.end.max(from.end)), Grain::Interval);
                let stretch = Stretch {
                    value: String::new(),
                    start: from.start,
                    end: to.end.max(from.end),
                    grain: Grain::Interval,
                };
                let value = format!("{}/{}", from.value, to.value);
                Meaning {
                    class: TimeClass::Date,
                    value,
                    period: Ok(period),
                    anchor: anchor.min(other),
                    stretch: Some(stretch),
                }
            }
            (Err((value, reason)), _) | (_, Err((value, reason))) => open(TimeClass::Date, value, reason),
        }
    }

    /// "earlier this year": from its beginning to the day of writing.
    fn side(&self, side: Side, whole: &Mean) -> Meaning {
        let mut meaning = self.meaning(whole);
        let (Ok(period), Some((day, anchor))) = (&mut meaning.period, self.anchor) else { return meaning };
        let Some(stretch) = &meaning.stretch else { return meaning };
        if stretch.start <= day && day <= stretch.end && stretch.start != stretch.end {
            match side {
                Side::Earlier => period.end = Some(day),
                Side::Later => period.start = Some(day),
            }
            period.grain = Grain::Interval;
            meaning.anchor = anchor;
        }
        meaning
    }

    /// "early next week", "the first half of May", "the end of 2025".
    fn portion(&self, portion: Portion, whole: &Mean) -> Meaning {
        let mut meaning = self.meaning(whole);
        let Some(stretch) = meaning.stretch.as_mut() else { return meaning };
        if let Some((start, end)) = cut(portion, stretch) {
            if stretch.grain == Grain::Year && matches!(portion, Portion::FirstHalf | Portion::SecondHalf) {
                let half = if portion == Portion::FirstHalf { "H1" } else { "H2" };
                meaning.value = format!("{}-{half}", stretch.value);
            }
            (stretch.start, stretch.end) = (start, end);
            meaning.period = Ok(Period::between(Some(start), Some(end), Grain::Interval));
        }
        meaning
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

/// The value of a unit of which nothing says which one.
fn open_unit(unit: Unit) -> String {
    match unit {
        Unit::Week => "XXXX-WXX",
        Unit::Weekend => "XXXX-WXX-WE",
        Unit::Month => "XXXX-XX",
        Unit::Quarter => "XXXX-QX",
        Unit::Half => "XXXX-HX",
        Unit::Season | Unit::Year => "XXXX",
        Unit::Decade => "XXX",
        Unit::Century => "XX",
        _ => "XXXX-XX-XX",
    }
    .to_owned()
}

/// "P3D", "PT24H", "PXW"; halves as TIMEX3 has them: "P2Y6M". Decades are ten years each.
fn length_value(length: &Length) -> String {
    let Some(amount) = length.amount else { return format!("P{}", letters("X", length.unit)) };
    let (amount, unit) = match length.unit {
        Unit::Decade => (amount * 10.0, Unit::Year),
        Unit::Century => (amount * 100.0, Unit::Year),
        unit => (amount, unit),
    };
    let half = [(Unit::Year, 6, Unit::Month), (Unit::Day, 12, Unit::Hour), (Unit::Hour, 30, Unit::Minute)];
    let half = half.iter().find(|(of, ..)| *of == unit && amount.fract() == 0.5);
    let more = match (length.more, half) {
        (Some((amount, unit)), _) => letters(&amount.to_string(), unit),
        (None, Some((_, count, unit))) => letters(&count.to_string(), *unit),
        (None, None) => return format!("P{}", letters(&amount.to_string(), unit)),
    };
    let first = if amount < 1.0 { String::new() } else { letters(&amount.trunc().to_string(), unit) };
    // One T stands before all units of the clock.
    let more = if first.starts_with('T') { more.replace('T', "") } else { more };
    format!("P{first}{more}")
}

fn letters(amount: &str, unit: Unit) -> String {
    format!("{}{amount}{}", if unit.of_clock() { "T" } else { "" }, unit.letters())
}

/// So long before or after a stretch, as exact as the unit is; from a time that is named, as exact as that.
fn shifted(base: &Stretch, amount: f64, length: &Length, sign: i64, exact: bool) -> Option<Stretch> {
    let edge = if sign > 0 { base.end } else { base.start };
    let mut day = moved(edge, amount, length.unit, sign)?;
    if let Some((more, unit)) = length.more {
        day = moved(day, more, unit, sign)?;
    }
    let unit = match length.unit {
        // "three days later", seen from a week: a week.
        unit if unit <= Unit::Week && exact => base.unit(),
        Unit::Year if exact && matches!(base.grain, Grain::Quarter | Grain::Half) => base.unit(),
        unit if amount.fract() == 0.0 => unit,
        unit => finer(unit),
    };
    Stretch::around(day, unit, 0)
}

fn finer(unit: Unit) -> Unit {
    match unit {
        Unit::Year => Unit::Month,
        Unit::Decade => Unit::Year,
        _ => Unit::Day,
    }
}

/// So long before or after a day.
fn moved(day: Date, amount: f64, unit: Unit, sign: i64) -> Option<Date> {
    let by = |each: f64| Some((amount * each).round() as i64 * sign).filter(|n| n.abs() < 4_000_000);
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => day.add_days(by(0.0)?),
        Unit::Night | Unit::Day => day.add_days(by(1.0)?),
        Unit::Week | Unit::Weekend => day.add_days(by(7.0)?),
        Unit::Month => day.add_months(by(1.0)?),
        Unit::Quarter | Unit::Season => day.add_months(by(3.0)?),
        Unit::Half => day.add_months(by(6.0)?),
        Unit::Year => day.add_months(by(12.0)?),
        Unit::Decade => day.add_months(by(120.0)?),
        Unit::Century => day.add_months(by(1_200.0)?),
        Unit::Millennium => day.add_months(by(12_000.0)?),
    }
}

/// The nth unit inside a stretch: weeks are those that begin in it.
fn nth(n: i32, unit: Unit, whole: &Stretch) -> Option<Stretch> {
    if unit >= whole.unit() && whole.start != whole.end {
        return None;
    }
    let first = Stretch::around(whole.start, unit, 0)?;
    let late = i64::from(first.start < whole.start && matches!(unit, Unit::Week | Unit::Weekend));
    let found = match n {
        1.. => Stretch::around(whole.start, unit, i64::from(n) - 1 + late)?,
        _ => Stretch::around(whole.end, unit, i64::from(n) + 1)?,
    };
    (found.start <= whole.end && found.end >= whole.start).then_some(found)
}

fn nth_weekday(n: i32, weekday: u32, whole: &Stretch) -> Option<Stretch> {
    let (edge, step) = if n > 0 { (whole.start, i64::from(n) - 1) } else { (whole.end, i64::from(n) + 1) };
    let ahead = i64::from(weekday) - i64::from(edge.weekday());
    let off = if n > 0 { ahead.rem_euclid(7) } else { -(-ahead).rem_euclid(7) };
    let day = edge.add_days(off + 7 * step)?;
    (whole.start <= day && day <= whole.end).then(|| Stretch::day(day))
}

/// The first and the last day of a portion; nothing for single days.
fn cut(portion: Portion, whole: &Stretch) -> Option<(Date, Date)> {
    let days = whole.end.number() - whole.start.number() + 1;
    if days < 3 {
        return None;
    }
    let at = |days: i64| whole.start.add_days(days);
    let (half, third) = (days / 2, days / 3);
    Some(match portion {
        Portion::Start => (whole.start, at(third - 1)?),
        Portion::Mid => (at(third)?, at(days - third - 1)?),
        Portion::End => (at(days - third)?, whole.end),
        Portion::FirstHalf if whole.grain == Grain::Year => {
            (whole.start, Date::new(whole.start.year(), 6, 30)?)
        }
        Portion::SecondHalf if whole.grain == Grain::Year => {
            (Date::new(whole.start.year(), 7, 1)?, whole.end)
        }
        // The first half of a week ends on Wednesday.
        Portion::FirstHalf => (whole.start, at(half - 1)?),
        Portion::SecondHalf => (at(half)?, whole.end),
    })
}
