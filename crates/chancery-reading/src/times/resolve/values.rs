//! How TIMEX3 writes lengths, and stretches of which nothing says which one.

use super::super::mean::{Length, Unit};

/// The value of a unit of which nothing says which one.
pub(super) fn open_unit(unit: Unit) -> String {
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
pub(super) fn length_value(length: &Length) -> String {
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
