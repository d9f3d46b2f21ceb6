//! What prepositions make of a time: "since Tuesday", "until May", "from Monday to Friday", "between 2019 and 2021".
//!
//! The TIMEX3 value stays that of the words; the stretch of the calendar is the one that the clause speaks of.

use chancery_model::{Date, Grain, Period, TimeClass, TimeExpression, Upos};

use super::grammar::Expression;
use super::stretch_of;
use super::words::Word;

/// Applies the prepositions of a sentence to its expressions.
pub(super) fn apply(words: &[Word], found: &[Expression], times: &mut [TimeExpression]) {
    for at in 0..found.len() {
        let before = before(words, found[at].start);
        let opens = match before {
            "from" => pair(words, found, at, &["to", "until", "till", "through", "-"]),
            "between" => pair(words, found, at, &["and"]),
            // "On Thursday and Friday", but not "on Monday and Friday".
            "on" if next_day(times, at) && pair(words, found, at, &["and"]) => true,
            // "On Friday night into Saturday morning".
            _ => pair(words, found, at, &["into"]),
        };
        if opens {
            span_both(times, at);
            continue;
        }
        if matches!(before, "to" | "and" | "into" | "through" | "until" | "till" | "-")
            && at > 0
            && joined(times, at)
        {
            continue;
        }
        // "after Tuesday's vote", "before the 2022 invasion": the word speaks of the noun, not of the time.
        if !words
            .get(found[at].end)
            .is_some_and(|w| w.folded == "'s" || w.folded == "'" || w.upos == Upos::Noun)
        {
            one(before, &mut times[at]);
        }
    }
}

/// The word before an expression, articles and "on" left out: "since the attack" has none.
fn before(words: &[Word], at: usize) -> &str {
    let mut at = at;
    while let Some(word) = at.checked_sub(1).map(|b| &words[b]) {
        if !matches!(word.folded.as_str(), "the" | "about" | "around" | "early" | "late" | "least" | "at") {
            return &word.folded;
        }
        at -= 1;
    }
    ""
}

/// Whether the next expression follows with nothing but one of these words between.
fn pair(words: &[Word], found: &[Expression], at: usize, links: &[&str]) -> bool {
    let Some(next) = found.get(at + 1) else { return false };
    let between = &words[found[at].end..next.start];
    between.len() <= 2 && between.first().is_some_and(|w| links.contains(&w.folded.as_str()))
}

/// Whether the next expression is the day after.
fn next_day(times: &[TimeExpression], at: usize) -> bool {
    let day = |at: usize| times.get(at).and_then(stretch_of).filter(|(start, end)| start == end);
    let (Some((first, _)), Some((second, _))) = (day(at), day(at + 1)) else { return false };
    first.add_days(1) == Some(second)
}

/// Both expressions of a pair stand for the whole from the first to the second.
fn span_both(times: &mut [TimeExpression], at: usize) {
    let (Some((start, _)), Some((_, end))) = (stretch_of(&times[at]), stretch_of(&times[at + 1])) else {
        return;
    };
    if start > end {
        return;
    }
    for time in &mut times[at..=at + 1] {
        time.when.value = Ok(Period::between(Some(start), Some(end), Grain::Interval));
    }
}

/// Whether the expression before has taken this one along.
fn joined(times: &[TimeExpression], at: usize) -> bool {
    let period = |at: usize| times[at].when.value.as_ref().ok();
    period(at).is_some_and(|p| p.grain == Grain::Interval) && period(at) == period(at - 1)
}

fn one(before: &str, time: &mut TimeExpression) {
    if !matches!(time.class, TimeClass::Date | TimeClass::Time) {
        return;
    }
    let Some((start, end)) = stretch_of(time) else { return };
    let off = |date: Date, days: i64| date.add_days(days);
    let (start, end) = match before {
        "since" => (Some(start), None),
        "until" | "till" | "til" => (None, Some(end)),
        "by" => (None, Some(end)),
        "before" => (None, off(start, -1)),
        "after" => (off(end, 1), None),
        _ => return,
    };
    time.when.value = Ok(Period::between(start, end, Grain::Interval));
}
