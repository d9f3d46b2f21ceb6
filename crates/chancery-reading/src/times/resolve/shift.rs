//! So long before or after a day: "two days later", "three years ago", "the past three days".

use chancery_model::{Anchor, Date, Grain, Period, TimeClass};

use super::super::mean::{From, Length, Unit};
use super::super::stretch::Stretch;
use super::values::{length_value, open_unit};
use super::{Found, Meaning, NO_CALENDAR, NO_DAY, NO_TIME, NOT_EXACT, View, open};

impl View {
    /// "two days later", "three years ago".
    pub(super) fn shift(&self, length: &Length, sign: i64, from: &From) -> Found {
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
    pub(super) fn recent(&self, length: &Length, sign: i64) -> Meaning {
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
