//! Times in what somebody said, seen from the day it was said.
//!
//! In a quotation "yesterday" is the day before the speaker spoke. In reported speech the writer has turned such words round, but
//! weekdays are still looked for from the day of the statement: "said on Monday that on Friday …". Where the words do not give the day
//! of the statement, nothing changes.

use chancery_model::{Anchor, Date, Form, Grain, Reading, Statement, TimeExpression};

use super::mean::{Cycle, Mean};
use super::resolve::View;
use super::tense::Tense;
use super::{anchor, read_sentence};
use crate::Text;

/// Resolves the times inside statements against the day each statement was made, where the words call for it.
pub(crate) fn settle_in_statements(text: &Text<'_>, reading: &mut Reading) {
    let written = anchor(text).map(|(day, _)| day);
    let mut settled: Vec<(usize, TimeExpression)> = Vec::new();
    for statement in &reading.statements {
        if let Some(day) = day_of(statement).filter(|day| Some(*day) != written) {
            settle(text, reading, statement, day, &mut settled);
        }
    }
    // A statement inside another comes after it and has the last word.
    for (at, time) in settled {
        reading.times[at] = time;
    }
}

/// The day on which it was said, where the words give one.
fn day_of(statement: &Statement) -> Option<Date> {
    let period = statement.said.as_ref()?.value.as_ref().ok()?;
    let day = period.start.filter(|_| period.start == period.end)?;
    (period.grain <= Grain::Day).then_some(day)
}

fn settle(
    text: &Text<'_>,
    reading: &Reading,
    statement: &Statement,
    day: Date,
    settled: &mut Vec<(usize, TimeExpression)>,
) {
    let own = statement.said.as_ref().and_then(|said| said.span);
    for content in &statement.content {
        let tokens = text.tokens_in(*content);
        let mut at = tokens.start;
        while at < tokens.end {
            let sentence = text.sentence(at);
            at = sentence.tokens.end;
            let mut view = View {
                anchor: Some((day, Anchor::Statement)),
                seen: None,
                quarter: None,
                tense: Tense::Open,
            };
            for found in read_sentence(text, sentence, &mut view) {
                let span = found.time.span;
                let inside = content.start <= span.start && span.end <= content.end && Some(span) != own;
                let asks = found.time.when.anchor == Anchor::Statement
                    && (statement.form == Form::Direct || weekly(&found.mean));
                let known = reading.times.binary_search_by_key(&span.start, |time| time.span.start);
                if let (true, Ok(at)) = (inside && asks, known) {
                    settled.push((at, found.time));
                }
            }
        }
    }
}

/// A weekday, or a part of one.
fn weekly(mean: &Mean) -> bool {
    match mean {
        Mean::Cycle(Cycle::Weekday(_) | Cycle::Weekend) => true,
        Mean::Part(_, day) | Mean::Clock(_, _, Some(day)) => weekly(day),
        _ => false,
    }
}
