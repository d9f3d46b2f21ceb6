//! Parts of a day and of longer stretches: "Tuesday evening", "at 9:30", "early next week", "from Monday to Friday".

use chancery_model::{Date, Grain, Period, TimeClass, TimeOfDay};

use super::super::mean::{Mean, Portion, Side};
use super::super::stretch::Stretch;
use super::{Meaning, View, open};

impl View {
    pub(super) fn part(&self, part: &str, day: &Mean) -> Meaning {
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
    pub(super) fn night_into(&self, day: &Mean) -> Meaning {
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

    pub(super) fn clock(&self, minutes: u32, zone: Option<i16>, day: Option<&Mean>) -> Meaning {
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

    pub(super) fn range(&self, from: &Mean, to: &Mean) -> Meaning {
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
    pub(super) fn side(&self, side: Side, whole: &Mean) -> Meaning {
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
    pub(super) fn portion(&self, portion: Portion, whole: &Mean) -> Meaning {
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
