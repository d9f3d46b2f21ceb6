//! Time expressions of an article: what they mean, and for which clauses they hold.
//!
//! `words` and `grammar` find them by the rules of the lexicon, `tense` says which way the clause around them looks, `resolve` reckons
//! their TIMEX3 value and their stretch of the calendar, `bounds` what prepositions make of that; `clause` says for which words of
//! the text a time holds. Nothing here asks what day it is.

mod bounds;
mod build;
#[allow(dead_code, reason = "for the steps after this one")]
mod clause;
mod cycle;
mod grammar;
mod mean;
mod resolve;
mod spoken;
mod stretch;
mod tense;
#[cfg(test)]
mod tests;
mod words;

#[allow(unused_imports, reason = "for the steps after this one")]
pub(crate) use clause::{of_clause, of_venue, said_at};
pub(crate) use spoken::settle_in_statements;

use chancery_model::{Anchor, Date, Deprel, NameKind, Sentence, Span, TimeExpression, When};

use self::grammar::Expression;
use self::mean::Mean;
use self::resolve::View;
use self::words::Word;
use crate::Text;

/// Every time expression of the text, in text order.
pub(crate) fn find(text: &Text<'_>) -> Vec<TimeExpression> {
    let mut view = View { anchor: anchor(text), seen: None, quarter: None, tense: tense::Tense::Open };
    let mut out = Vec::new();
    for sentence in &text.doc.sentences {
        out.extend(read_sentence(text, sentence, &mut view).into_iter().map(|found| found.time));
    }
    out
}

/// The day to reckon from: that of the dateline, else that of publication.
fn anchor(text: &Text<'_>) -> Option<(Date, Anchor)> {
    let published = text.article.published.when.as_ref().ok().map(|moment| moment.date);
    dateline_day(text, published)
        .map(|day| (day, Anchor::Dateline))
        .or(published.map(|day| (day, Anchor::Published)))
}

/// The day in the dateline; without a year of its own it is the last one before publication.
fn dateline_day(text: &Text<'_>, published: Option<Date>) -> Option<Date> {
    let dateline = text.article.dateline.as_ref()?;
    let words = words::words(text, text.tokens_in(dateline.span));
    let view = View {
        anchor: published.map(|day| (day, Anchor::Published)),
        seen: None,
        quarter: None,
        tense: tense::Tense::Past,
    };
    let found = grammar::expressions(&words, published);
    let days = found.iter().map(|e| view.meaning(&e.mean).period);
    days.filter_map(|period| period.ok()).find(|p| p.start == p.end).and_then(|p| p.start)
}

/// An expression with what it means, wherever it stands.
struct Found {
    mean: Mean,
    time: TimeExpression,
}

/// The expressions of one sentence, and what they leave behind for the next.
fn read_sentence(text: &Text<'_>, sentence: &Sentence, view: &mut View) -> Vec<Found> {
    let words = words::words(text, sentence.tokens);
    let found = grammar::expressions(&words, view.anchor.map(|(day, _)| day));
    let found: Vec<Expression> = found.into_iter().filter(|e| !named(text, &words[e.start..e.end])).collect();
    let mut out = Vec::with_capacity(found.len());
    view.go_on();
    for expression in &found {
        let of = &words[expression.start..expression.end];
        let top = top(text, of);
        let before = expression.start.checked_sub(1).map_or("", |b| words[b].folded.as_str());
        view.tense = tense::of(text, top, clause::site_of(text, of[0].token, top), before);
        let mean = rate(text, of, top, &expression.mean);
        let meaning = view.meaning(mean.as_ref().unwrap_or(&expression.mean));
        if let Some(stretch) = meaning.stretch.as_ref().filter(|_| !expression.mean.compares()) {
            view.see(stretch);
        }
        let span = Span { start: of[0].start, end: of[of.len() - 1].end };
        let when = When { span: Some(span), value: meaning.period, anchor: meaning.anchor };
        out.push(TimeExpression { span, class: meaning.class, value: meaning.value, when });
    }
    bounds::apply(&words, &found, &mut out);
    let means = found.into_iter().map(|expression| expression.mean);
    means.zip(out).map(|(mean, time)| Found { mean, time }).collect()
}

/// "$50 a year", "two flights a week": what hangs on a noun without a preposition says how often, not how long.
fn rate(text: &Text<'_>, words: &[Word], top: u32, mean: &Mean) -> Option<Mean> {
    let Mean::Length(length) = mean else { return None };
    let hangs = text.is_rel(top, Deprel::Nmod) && text.head(top).is_some_and(|head| head < top);
    let bare = hangs && text.dependent(top, Deprel::Case).is_none();
    (bare && matches!(words[0].folded.as_str(), "a" | "an")).then(|| Mean::Set(length.clone()))
}

/// Whether the words are part of a longer name: "the Sunday Herald", "Julia May".
fn named(text: &Text<'_>, words: &[Word]) -> bool {
    let (first, last) = (words[0].token, words[words.len() - 1].token);
    text.name(first).is_some_and(|name| {
        let holds = name.tokens.holds(first) && name.tokens.holds(last);
        let longer = name.tokens.len() > (last - first) as usize + 1;
        match name.kind {
            NameKind::Person | NameKind::Organization => holds,
            NameKind::Place | NameKind::Facility => holds && longer,
            NameKind::Group | NameKind::Other => false,
        }
    })
}

/// The topmost token of an expression.
fn top(text: &Text<'_>, words: &[Word]) -> u32 {
    let (first, last) = (words[0].token, words[words.len() - 1].token);
    (first..=last).find(|&t| text.head(t).is_none_or(|h| h < first || h > last)).unwrap_or(first)
}

/// The stretch of an expression that is settled.
fn stretch_of(time: &TimeExpression) -> Option<(Date, Date)> {
    let period = time.when.value.as_ref().ok()?;
    Some((period.start?, period.end?))
}
