//! From the meanings that the grammar's rules name to `Mean`.
//!
//! Each name of `data/times.toml` has its arm here. Pieces that make no sense together ("Nov. 42") make nothing, so the rule does not
//! hold there.

use chancery_lexicon::times::{Call, Piece};
use chancery_model::Date;

use super::mean::{Cycle, From, Holiday, Length, Mean, Portion, Side, Unit, Value, Which};

/// What a rule makes of the values at its places.
pub(super) fn build(call: &Call, given: &[Value]) -> Option<Value> {
    let of = Pieces { pieces: call.of.iter().map(|p| piece(p, given)).collect::<Option<Vec<_>>>()? };
    let mean = match call.name.as_str() {
        "is" => return of.value(0).cloned(),
        "sum" => return Some(Value::Number(of.number(0)? + of.number(1)?)),
        "times" => return Some(Value::Number(of.number(0)? * of.number(1)?)),
        "less" => return Some(Value::Number(of.number(0)? - of.number(1)?)),
        "dur" | "dur-some" | "dur-and" => return length(&call.name, &of).map(Value::Length),
        "length" => Mean::Length(of.length(0)?),
        "recent" => Mean::Recent(of.length(0)?, of.whole(1)?),
        "shift" => Mean::Shift(of.length(0)?, of.whole(1)?, from(&of)?),
        "set" => Mean::Set(of.length(0)?),
        "every" => Mean::Every(cycle(of.mean(0)?)?),
        name => return date(name, &of).or_else(|| part(name, &of)).map(Value::Mean),
    };
    Some(Value::Mean(mean))
}

/// The values that a meaning is made of.
struct Pieces {
    pieces: Vec<Value>,
}

impl Pieces {
    fn value(&self, at: usize) -> Option<&Value> {
        self.pieces.get(at)
    }

    fn number(&self, at: usize) -> Option<f64> {
        match self.value(at)? {
            Value::Number(n) => Some(*n),
            _ => None,
        }
    }

    fn whole(&self, at: usize) -> Option<i64> {
        self.number(at).filter(|n| n.fract() == 0.0 && n.abs() < 1e6).map(|n| n as i64)
    }

    fn small(&self, at: usize) -> Option<u32> {
        self.whole(at).and_then(|n| u32::try_from(n).ok())
    }

    fn word(&self, at: usize) -> Option<&str> {
        match self.value(at)? {
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    fn unit(&self, at: usize) -> Option<Unit> {
        Unit::read(self.word(at)?)
    }

    fn length(&self, at: usize) -> Option<Length> {
        match self.value(at)? {
            Value::Length(length) => Some(length.clone()),
            _ => None,
        }
    }

    fn mean(&self, at: usize) -> Option<&Mean> {
        match self.value(at)? {
            Value::Mean(mean) => Some(mean),
            _ => None,
        }
    }

    fn boxed(&self, at: usize) -> Option<Box<Mean>> {
        self.mean(at).cloned().map(Box::new)
    }
}

fn piece(piece: &Piece, given: &[Value]) -> Option<Value> {
    match piece {
        Piece::Given(n) => given.get(n.checked_sub(1)?).cloned(),
        Piece::Number(n) => Some(Value::Number(*n)),
        Piece::Word(word) => Some(Value::Word(word.clone())),
        Piece::Call(call) => build(call, given),
    }
}

fn length(name: &str, of: &Pieces) -> Option<Length> {
    match name {
        "dur" => {
            let amount = of.number(0).filter(|n| (0.0..1e6).contains(n))?;
            Some(Length { amount: Some(amount), unit: of.unit(1)?, more: None })
        }
        "dur-some" => Some(Length { amount: None, unit: of.unit(0)?, more: None }),
        _ => {
            let (first, then) = (of.length(0)?, of.length(1)?);
            let fits = then.unit < first.unit && then.more.is_none() && first.more.is_none();
            fits.then(|| Some(Length { more: Some((then.amount?, then.unit)), ..first }))?
        }
    }
}

fn from(of: &Pieces) -> Option<From> {
    match of.value(2)? {
        Value::Word(word) if word == "anchor" => Some(From::Anchor),
        Value::Word(word) if word == "text" => Some(From::Text),
        _ => of.boxed(2).map(From::Mean),
    }
}

/// Meanings that name a day or longer.
fn date(name: &str, of: &Pieces) -> Option<Mean> {
    Some(match name {
        "ymd" => Mean::Day(Date::new(full_year(of.whole(0)?)?, of.small(1)?, of.small(2)?)?),
        "ym" => Mean::Month(full_year(of.whole(0)?)?, of.small(1).filter(|month| (1..=12).contains(month))?),
        "year" => Mean::Year(full_year(of.whole(0)?)?),
        "counterpart" => Mean::Counterpart(full_year(of.whole(0)?)?),
        "short-year" => Mean::ShortYear(of.whole(0).filter(|y| (0..100).contains(y))? as i32),
        "decade" => Mean::Decade(of.whole(0)? as i32),
        "century" => Mean::Century(of.whole(0).filter(|n| (1..=30).contains(n))? as i32 - 1),
        "month" | "weekday" | "weekend" | "season" | "quarter" | "half" | "holiday" | "month-day"
        | "day-of-month" => Mean::Cycle(named_cycle(name, of)?),
        "pick" => Mean::Pick(which(of.word(0)?)?, cycle(of.mean(1)?)?),
        "within" => Mean::Within(cycle(of.mean(0)?)?, of.boxed(1)?),
        "rel" => Mean::Rel(of.unit(0)?, of.whole(1)?),
        "same" => Mean::Same(of.unit(0)?, of.whole(1)?),
        "nth" => Mean::Nth(nonzero(of.whole(0)?)?, of.unit(1)?, of.boxed(2)?),
        "nth-weekday" => match of.mean(1)? {
            Mean::Cycle(Cycle::Weekday(weekday)) => {
                Mean::NthWeekday(nonzero(of.whole(0)?)?, *weekday, of.boxed(2)?)
            }
            _ => return None,
        },
        "week-of" => Mean::WeekOf(of.boxed(0)?),
        "portion" => Mean::Portion(portion(of.word(0)?)?, of.boxed(1)?),
        "earlier" => Mean::Side(Side::Earlier, of.boxed(0)?),
        "later" => Mean::Side(Side::Later, of.boxed(0)?),
        "range" => range(of.mean(0)?, of.mean(1)?)?,
        "vague" => Mean::Vague(match of.word(0)? {
            "past" => "PAST_REF",
            "present" => "PRESENT_REF",
            _ => "FUTURE_REF",
        }),
        _ => return None,
    })
}

/// Meanings within a day.
fn part(name: &str, of: &Pieces) -> Option<Mean> {
    Some(match name {
        "part" => Mean::Part(of.word(0)?.to_owned(), of.boxed(1)?),
        "night-into" => Mean::NightInto(of.boxed(0)?),
        "clock" => {
            let minutes = of.small(0)? * 60 + of.small(1)?;
            (minutes < 24 * 60).then_some(Mean::Clock(minutes, None, None))?
        }
        // Hours of half a day: 12 a.m. is midnight.
        "half-day" => {
            let Mean::Clock(minutes, None, None) = of.mean(0)? else { return None };
            let after = of.small(1)?;
            ((60..13 * 60).contains(minutes)).then(|| Mean::Clock(minutes % 720 + after * 720, None, None))?
        }
        "zone" => match of.mean(0)? {
            Mean::Clock(minutes, _, day) => {
                let east = of.number(1).map(|east| east as i16);
                Mean::Clock(*minutes, east, day.clone())
            }
            _ => return None,
        },
        "on" => match of.mean(0)? {
            Mean::Clock(minutes, zone, None) => Mean::Clock(*minutes, *zone, Some(of.boxed(1)?)),
            Mean::Part(part, _) => Mean::Part(part.clone(), of.boxed(1)?),
            _ => return None,
        },
        _ => return None,
    })
}

fn named_cycle(name: &str, of: &Pieces) -> Option<Cycle> {
    let within = |most: u32| of.small(0).filter(|n| (1..=most).contains(n));
    Some(match name {
        "month" => Cycle::Month(within(12)?),
        "weekday" => Cycle::Weekday(within(7)?),
        "weekend" => Cycle::Weekend,
        "quarter" => Cycle::Quarter(within(4)?),
        "half" => Cycle::Half(within(2)?),
        "season" => Cycle::Season(of.word(0)?.to_owned()),
        "day-of-month" => Cycle::Day(within(31)?),
        "month-day" => {
            let (month, day) = (within(12)?, of.small(1)?);
            // A leap year has them all.
            Date::new(2024, month, day)?;
            Cycle::MonthDay(month, day)
        }
        _ => Cycle::Holiday(holiday(of.word(0)?)?),
    })
}

/// "fixed 12 25", "nth 4 4 11", "easter -2", "orthodox 0", "moon".
fn holiday(words: &str) -> Option<Holiday> {
    let mut words = words.split_whitespace();
    let name = words.next()?;
    let numbers: Vec<i32> = words.map_while(|w| w.parse().ok()).collect();
    Some(match (name, numbers.as_slice()) {
        ("fixed", [month, day]) => Holiday::Fixed(*month as u32, *day as u32),
        ("nth", [n, weekday, month]) => Holiday::Nth(*n, *weekday as u32, *month as u32),
        ("easter", [days]) => Holiday::Easter(i64::from(*days)),
        ("orthodox", [days]) => Holiday::Orthodox(i64::from(*days)),
        ("moon", []) => Holiday::Moon,
        _ => return None,
    })
}

fn cycle(mean: &Mean) -> Option<Cycle> {
    match mean {
        Mean::Cycle(cycle) => Some(cycle.clone()),
        _ => None,
    }
}

fn range(from: &Mean, to: &Mean) -> Option<Mean> {
    let fits = match (from, to) {
        (Mean::Year(a), Mean::Year(b)) => a < b && b - a < 200,
        (Mean::Day(a), Mean::Day(b)) => a < b,
        _ => true,
    };
    fits.then(|| Mean::Range(Box::new(from.clone()), Box::new(to.clone())))
}

fn which(word: &str) -> Option<Which> {
    Some(match word {
        "last" => Which::Last,
        "this" => Which::This,
        "next" => Which::Next,
        _ => return None,
    })
}

fn portion(word: &str) -> Option<Portion> {
    Some(match word {
        "start" => Portion::Start,
        "mid" => Portion::Mid,
        "end" => Portion::End,
        "first-half" => Portion::FirstHalf,
        "second-half" => Portion::SecondHalf,
        _ => return None,
    })
}

fn nonzero(n: i64) -> Option<i32> {
    i32::try_from(n).ok().filter(|n| *n != 0 && n.abs() <= 400)
}

/// A year in four numbers; two numbers are of the hundred years that end in 2049.
fn full_year(year: i64) -> Option<i32> {
    match year {
        0..50 => Some(year as i32 + 2000),
        50..100 => Some(year as i32 + 1900),
        1000..3000 => Some(year as i32),
        _ => None,
    }
}
