//! From rows to stories: where each begins, what stands at its head and its tail, and what belongs to none.

use std::ops::Range;

use chancery_model::{BlockKind, FurnitureReason};

use crate::recognise::byline;
use crate::recognise::seams::{self, Before, Paragraph};
use crate::recognise::shape::Shape;

use super::kinds::Kind;
use super::rows::Row;

/// The most short rows above a story that can be its headline and the lines under it.
const HEAD_SHORTS: usize = 3;
/// The longest summary between headline and byline, in words.
const STANDFIRST_WORDS: usize = 60;

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A block at the head of a story.
    Head(BlockKind),
    /// A block of the story itself.
    Body(BlockKind),
    /// A block at its foot.
    Tail(BlockKind),
    /// No part of a story.
    Furniture(FurnitureReason),
}

/// One story: the rows from the first of its head to the last of its tail.
#[derive(Clone, Debug)]
pub(super) struct Story {
    /// Its rows.
    pub(super) rows: Range<usize>,
}

/// The rows of a page that are text of its stories.
fn body(text: &str, rows: &[Row], kinds: &[Kind]) -> Vec<usize> {
    let standfirsts = standfirsts(text, rows, kinds);
    (0..rows.len()).filter(|i| kinds[*i].is_text() && standfirsts.binary_search(i).is_err()).collect()
}

/// The cues of the page's gaps: where the lower paragraph begins, whether it is marked, and the values.
#[cfg(feature = "training")]
pub(super) fn cues(text: &str, rows: &[Row], kinds: &[Kind]) -> Vec<(usize, bool, Vec<f32>)> {
    let body = body(text, rows, kinds);
    let paragraphs = paragraphs(text, rows, kinds, &body);
    let cues = if body.is_empty() { Vec::new() } else { seams::cues(&paragraphs) };
    cues.into_iter()
        .zip(&body[1.min(body.len())..])
        .map(|((marked, f), at)| (rows[*at].start, marked, f))
        .collect()
}

/// The stories of a page and the place of each row.
pub(super) fn stories(text: &str, rows: &[Row], kinds: &[Kind]) -> (Vec<Story>, Vec<Place>) {
    let body = body(text, rows, kinds);
    let starts = starts(text, rows, kinds, &body);
    let mut places: Vec<Place> = kinds.iter().map(outside).collect();
    let mut stories: Vec<Story> = Vec::new();
    for (n, first) in starts.iter().enumerate() {
        let next = starts.get(n + 1).copied().unwrap_or(body.len());
        let floor = stories.last().map_or(0, |story| story.rows.end);
        let (from, last) = (body[*first], body[next - 1]);
        let head = head(text, rows, kinds, floor, from, &mut places);
        fill(kinds, from, last, &mut places);
        let end = tail(kinds, last, body.get(next).copied().unwrap_or(rows.len()), &mut places);
        stories.push(Story { rows: head..end });
    }
    (stories, places)
}

/// What a row is when no story claims it.
fn outside(kind: &Kind) -> Place {
    Place::Furniture(match kind {
        Kind::Furniture(reason) | Kind::ListLabel(reason) => *reason,
        Kind::Stamp(_) => FurnitureReason::UpdateStamp,
        Kind::Caption => FurnitureReason::Caption,
        Kind::Byline(_) => FurnitureReason::AuthorBox,
        _ => FurnitureReason::Other,
    })
}

/// Rows of text that stand at the head of a story: the bullets under a repeated headline, and a sentence between a headline and
/// its byline or date.
fn standfirsts(text: &str, rows: &[Row], kinds: &[Kind]) -> Vec<usize> {
    let mut out = Vec::new();
    for at in 1..rows.len() {
        let above = kinds[at - 1] == Kind::Furniture(FurnitureReason::RepeatedHeadline)
            || out.last() == Some(&(at - 1));
        if above && kinds[at] == Kind::Bullet {
            out.push(at);
        }
        let summary = matches!(kinds[at], Kind::Prose | Kind::Bullet) && is_title(kinds, at - 1);
        let signed = kinds.get(at + 1).is_some_and(|k| matches!(k, Kind::Byline(_) | Kind::Stamp(_)));
        if summary && signed && Shape::of(rows[at].words(text)).words <= STANDFIRST_WORDS {
            out.push(at);
        }
    }
    out.dedup();
    out
}

fn is_title(kinds: &[Kind], at: usize) -> bool {
    matches!(kinds[at], Kind::Short | Kind::Headline)
}

/// Which of the body's rows begin a story.
fn starts(text: &str, rows: &[Row], kinds: &[Kind], body: &[usize]) -> Vec<usize> {
    if body.is_empty() {
        return Vec::new();
    }
    let mut starts = vec![0];
    starts.extend(seams::find(&paragraphs(text, rows, kinds, body)));
    starts
}

/// The body's rows with what stands before each.
fn paragraphs<'t>(text: &'t str, rows: &[Row], kinds: &[Kind], body: &[usize]) -> Vec<Paragraph<'t>> {
    let mut above = 0;
    let mut out = Vec::with_capacity(body.len());
    for at in body {
        let before = before(text, &rows[above..=*at], &kinds[above..*at]);
        out.push(Paragraph { text: rows[*at].words(text), bullet: kinds[*at] != Kind::Prose, before });
        above = at + 1;
    }
    out
}

/// What stands between two rows of the body; the last of `rows` is the lower one.
fn before<'t>(text: &'t str, rows: &[Row], kinds: &[Kind]) -> Before<'t> {
    let mut before =
        Before { blank: rows.iter().map(|row| row.blank).max().unwrap_or(0), ..Before::default() };
    for (row, kind) in rows.iter().zip(kinds) {
        before.lead_in = leads_in(row.words(text), kind);
        match kind {
            Kind::Headline => before.repeated = true,
            Kind::Short if heads(row.words(text)) => {
                before.shorts += 1;
                before.headline = Some(row.words(text));
            }
            Kind::Short => {}
            Kind::Stamp(_) => before.stamp = true,
            Kind::Byline(_) => before.byline = true,
            Kind::Credit(credit) => before.credit |= credit.closes,
            Kind::Furniture(FurnitureReason::RepeatedHeadline) => before.repeated = true,
            Kind::Furniture(FurnitureReason::Caption | FurnitureReason::PictureCredit) => {
                before.picture = true
            }
            Kind::Furniture(FurnitureReason::Trending | FurnitureReason::ReadMore) => before.links += 1,
            _ => before.furniture += 1,
        }
    }
    before
}

/// Whether a row leads into the one below it: "They wrote:", "More from the Harbour Post:".
fn leads_in(words: &str, kind: &Kind) -> bool {
    let label =
        matches!(kind, Kind::Short | Kind::Furniture(FurnitureReason::ReadMore | FurnitureReason::Trending));
    label && words.ends_with(':')
}

/// Whether a short row can be a headline: more than a label ("Note", "7 p.m."), and no lead-in to what follows ("They wrote:").
fn heads(words: &str) -> bool {
    Shape::of(words).words >= 3 && !words.ends_with(':')
}

/// Gives the rows above `first` that belong to the story their places, and gives the first of them.
fn head(text: &str, rows: &[Row], kinds: &[Kind], floor: usize, first: usize, places: &mut [Place]) -> usize {
    let mut top = first;
    if let Some(at) = (floor..first).rev().find(|i| kinds[*i] == Kind::Headline) {
        top = at;
        places[at] = Place::Head(BlockKind::Headline);
    } else if let Some(at) = headline(text, rows, kinds, floor, first) {
        top = at;
        places[at] = Place::Head(BlockKind::Headline);
    }
    for at in top.max(floor)..first {
        match &kinds[at] {
            Kind::Byline(_) => places[at] = Place::Head(BlockKind::Byline),
            Kind::Credit(_) => places[at] = Place::Head(BlockKind::Credit),
            Kind::Bullet | Kind::Prose => places[at] = Place::Head(BlockKind::Standfirst),
            Kind::Short if at > top => places[at] = short_in_head(rows[at].words(text)),
            _ => {}
        }
    }
    // A date or author above the headline, or above a story without one, is its own all the same.
    let own = |i: &usize| matches!(kinds[*i], Kind::Stamp(_) | Kind::Byline(_) | Kind::Furniture(_));
    let above = (floor..top).rev().take_while(own).last().unwrap_or(top);
    for at in above..top {
        if matches!(kinds[at], Kind::Byline(_)) {
            places[at] = Place::Head(BlockKind::Byline);
        }
    }
    above
}

/// A short row between headline and story: a summary without a stop, or the name of an author.
fn short_in_head(words: &str) -> Place {
    if byline::is_signature(words) {
        return Place::Head(BlockKind::Byline);
    }
    if Shape::of(words).words >= 4 {
        Place::Head(BlockKind::Standfirst)
    } else {
        Place::Furniture(FurnitureReason::Other)
    }
}

/// The headline among the short rows above a story: the first of those that stand together right above it, furniture, dates
/// and authors aside, that is longer than a label.
fn headline(text: &str, rows: &[Row], kinds: &[Kind], floor: usize, first: usize) -> Option<usize> {
    let mut shorts = Vec::new();
    for at in (floor..first).rev() {
        match &kinds[at] {
            Kind::Short => shorts.push(at),
            Kind::Credit(credit) if credit.closes => break,
            Kind::Furniture(FurnitureReason::Trending | FurnitureReason::ReadMore) if !shorts.is_empty() => {
                break;
            }
            _ => {}
        }
        if shorts.len() == HEAD_SHORTS {
            break;
        }
    }
    let long = |at: &&usize| Shape::of(rows[**at].words(text)).words >= 4;
    let person = |at: &&usize| !byline::is_signature(rows[**at].words(text));
    shorts.iter().rev().filter(person).find(long).or_else(|| shorts.iter().rev().find(person)).copied()
}

/// Gives the rows of the story itself their places.
fn fill(kinds: &[Kind], from: usize, last: usize, places: &mut [Place]) {
    for at in from..=last {
        places[at] = match &kinds[at] {
            Kind::Prose | Kind::Caption => Place::Body(BlockKind::Paragraph),
            Kind::Bullet => Place::Body(BlockKind::Bullet),
            Kind::Table => Place::Body(BlockKind::Table),
            Kind::Short | Kind::Headline => Place::Body(BlockKind::Heading),
            other => outside(other),
        };
    }
}

/// Gives credits below the story their places, and gives the row behind the last one.
fn tail(kinds: &[Kind], last: usize, ceiling: usize, places: &mut [Place]) -> usize {
    let mut end = last + 1;
    for at in last + 1..ceiling {
        match &kinds[at] {
            Kind::Credit(_) => {
                places[at] = Place::Tail(BlockKind::Credit);
                end = at + 1;
            }
            Kind::Furniture(reason) if ends_head(*reason) => {}
            _ => break,
        }
    }
    end
}

/// Furniture that can stand between a story and its credits.
fn ends_head(reason: FurnitureReason) -> bool {
    !matches!(reason, FurnitureReason::RepeatedHeadline | FurnitureReason::Trending)
}
