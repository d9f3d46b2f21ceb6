//! Two numbers that are the ends of one amount: "5 to 7", "between $62 and $68", "30-40 %", "two or three".
//!
//! "Rose by 5 to 12" and "2-1" are none. What a range measures it does not ask.

use super::apart::is_score;
use super::numeral::Form;
use super::quantity::{Measure, Quantity, before, is_word};
use crate::Text;

/// Joins what belongs together; scores fall out.
pub(super) fn join<'a>(text: &Text<'a>, quantities: Vec<Quantity<'a>>) -> Vec<Quantity<'a>> {
    let mut out: Vec<Quantity<'a>> = Vec::with_capacity(quantities.len());
    let mut after_score = false;
    for quantity in quantities {
        let link =
            out.last().filter(|_| !after_score).map_or(Link::None, |first| link(text, first, &quantity));
        after_score = link == Link::Score;
        match link {
            Link::Range => {
                if let Some(first) = out.pop() {
                    out.push(range(text, first, quantity));
                }
            }
            Link::Score => drop(out.pop()),
            Link::None => out.push(quantity),
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    Range,
    Score,
}

fn link(text: &Text<'_>, first: &Quantity<'_>, second: &Quantity<'_>) -> Link {
    let own = matches!(first.measure, Measure::Unit { .. }) && first.end <= second.start;
    let from = if own { first.end } else { first.numeral.tokens.end };
    if from >= second.start || !first.numeral.is_exact() || !second.numeral.is_exact() || clash(first, second)
    {
        return Link::None;
    }
    let opener = before(text, first.start).map(|at| text.word(at).to_lowercase()).unwrap_or_default();
    let between: Vec<String> = (from..second.start).map(|at| text.word(at).to_lowercase()).collect();
    let rises = first.numeral.low * share(first, second) < second.numeral.high;
    match between.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["-" | "–" | "—" | "‑"] if joined(text, from) && is_score(first, second) => Link::Score,
        ["-" | "–" | "—" | "‑"] if joined(text, from) && rises => Link::Range,
        ["-", "to", "-"] => Link::Range,
        ["to"] if opener == "from" => Link::Range,
        ["to"] if !own && rises => Link::Range,
        ["and"] if opener == "between" && rises => Link::Range,
        ["or"] if !own && near(first, second) => Link::Range,
        _ => Link::None,
    }
}

/// Whether the two are measured in different things.
fn clash(first: &Quantity<'_>, second: &Quantity<'_>) -> bool {
    match (&first.measure, &second.measure) {
        (Measure::Unit { kind, .. }, Measure::Unit { kind: other, .. }) => kind != other,
        (Measure::Unit { .. }, Measure::Noun(_)) => true,
        (Measure::Noun(head), _) => *head < second.start,
        (Measure::Of(_), _) => true,
        _ => false,
    }
}

/// Whether the mark at `at` joins two words: no blank on either side, or one on both.
fn joined(text: &Text<'_>, at: u32) -> bool {
    at > 0
        && text.token(at - 1).space_after == text.token(at).space_after
        && (!text.token(at).space_after || !is_word(text, at, &["-", "—"]))
}

/// "two or three", "8 or 9".
fn near(first: &Quantity<'_>, second: &Quantity<'_>) -> bool {
    second.numeral.low - first.numeral.low == 1.0 && second.numeral.low <= 20.0
}

/// The scale that the first number shares with the second: "5 to 7 million".
fn share(first: &Quantity<'_>, second: &Quantity<'_>) -> f64 {
    let (a, b) = (&first.numeral, &second.numeral);
    let fits = a.scale == 1.0 && b.scale > 1.0 && a.low < 1000.0 && a.low <= b.low / b.scale;
    if fits && matches!(a.form, Form::Digits | Form::Words | Form::One) { b.scale } else { 1.0 }
}

fn range<'a>(text: &Text<'a>, first: Quantity<'a>, second: Quantity<'a>) -> Quantity<'a> {
    let ends = [first.numeral.low * share(&first, &second), second.numeral.high];
    let mut out = Quantity { start: first.start, negative: first.negative, ..second };
    out.numeral.tokens.start = first.numeral.tokens.start;
    (out.numeral.low, out.numeral.high) = (ends[0].min(ends[1]), ends[0].max(ends[1]));
    if let (Measure::Bare, Measure::Unit { .. }) = (&out.measure, &first.measure) {
        out.measure = first.measure;
    }
    if let Some(opener) = before(text, out.start).filter(|&at| is_word(text, at, &["between"])) {
        out.start = opener;
    }
    out
}
