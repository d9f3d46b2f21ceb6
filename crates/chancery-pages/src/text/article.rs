//! One story's rows put together: headline, dateline, date, authors, agency, language.

use chancery_model::{
    Article, Basis, BlockKind, Cite, Dateline, Furniture, FurnitureReason, Moment, Page, Published, Span,
};

use crate::assemble::{self, Draft, Line, Part};
use crate::decode::Decoded;
use crate::recognise::stamp::{self, Stamp, StampKind, StampValue};
use crate::recognise::{byline, credit, dateline, outlet, tongue};

use super::View;
use super::kinds::Kind;
use super::rows::Row;
use super::stories::{Place, Story};

/// What whoever saved the page wrote above it: "date 2031-06-04 Ferries stop".
#[derive(Default)]
pub(super) struct Header {
    /// The words of the date, in the decoded page.
    date: Option<(Moment, usize, usize)>,
}

impl Header {
    /// Takes the header off the rows; the title stays as a row of its own.
    pub(super) fn take(text: &str, mut rows: Vec<Row>) -> (Self, Vec<Row>) {
        let mut header = Self::default();
        let Some(first) = rows.first_mut() else { return (header, rows) };
        let words = first.words(text);
        let label = words.len()
            - words
                .strip_prefix("date")
                .or(words.strip_prefix("Date"))
                .map_or(words, |w| w.trim_start_matches([':', ' ', '\t']))
                .len();
        let Some((date, end)) = stamp::iso_at_head(&words[label..]) else { return (header, rows) };
        header.date = Some((Moment::from(date), first.start, first.start + label + end));
        let rest = words[label + end..].trim_start();
        if rest.is_empty() {
            rows.remove(0);
        } else {
            first.start = first.end - rest.len();
        }
        (header, rows)
    }

    /// The header's own words belong to no story.
    pub(super) fn furniture(&self, page: &Page, decoded: &Decoded) -> Vec<Furniture> {
        let cut =
            |(_, start, end)| Line::cut(decoded, start, end).furniture(page, FurnitureReason::UpdateStamp);
        self.date.map(cut).into_iter().collect()
    }

    fn published(&self, page: &Page, decoded: &Decoded) -> Option<Published> {
        let (moment, start, end) = self.date?;
        let cite = Line::cut(decoded, start, end).cite(page);
        Some(Published { when: Ok(moment), basis: Some(Basis::Page), cite: Some(cite) })
    }
}

/// The article of a story, the `n`th of its page.
pub(super) fn article(view: &View<'_>, story: &Story, n: usize, header: Option<&Header>) -> Option<Article> {
    let mut draft = Draft::default();
    for at in story.rows.clone() {
        match view.places[at] {
            Place::Head(kind) => draft.push(Part::Head, kind, view.line(at)),
            Place::Body(kind) => draft.push(Part::Body, kind, body_line(view, at, kind)),
            Place::Tail(kind) => draft.push(Part::Tail, kind, view.line(at)),
            Place::Furniture(_) => {}
        }
    }
    let mut article = draft.finish(view.page)?;
    let found = assemble::first_dateline(&article);
    article.dateline = found.as_ref().map(|(span, d)| Dateline { places: d.places.clone(), span: *span });
    article.byline = names(view, story);
    article.agency = agency(view, story, &article, found.as_ref().map(|(_, d)| d));
    article.outlet = article.outlet.or_else(|| outlet_of(view, story));
    article.language = tongue::of(article.body_text());
    article.published = published(view, story, n, header, found.as_ref(), &article);
    Some(article)
}

/// A cross-head between dashes is shown without them.
fn body_line(view: &View<'_>, at: usize, kind: BlockKind) -> Line {
    let row = &view.rows[at];
    if kind != BlockKind::Heading {
        return view.line(at);
    }
    let words = row.words(&view.decoded.text);
    let dash = |c: char| matches!(c, '-' | '–' | '—' | '*' | '=' | '#') || c.is_whitespace();
    let inner = words.trim_matches(dash);
    if inner.is_empty() {
        return view.line(at);
    }
    let start = row.start + (words.len() - words.trim_start_matches(dash).len());
    Line::cut(view.decoded, start, start + inner.len())
}

/// Authors of the head's bylines, in order.
fn names(view: &View<'_>, story: &Story) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for at in story.rows.clone().filter(|at| view.places[*at] == Place::Head(BlockKind::Byline)) {
        let found = byline::read(view.words(at)).map(|b| b.names).unwrap_or_default();
        names.extend(found.into_iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
    }
    names
}

/// The agency, by the surest words: dateline, credit lines, byline, the end of the story, whom people told.
fn agency(
    view: &View<'_>,
    story: &Story,
    article: &Article,
    dateline: Option<&dateline::Dateline>,
) -> Option<String> {
    let rows = || story.rows.clone();
    let credited = || {
        let credits = rows().filter(|at| matches!(view.places[*at], Place::Head(_) | Place::Tail(_)));
        credits
            .filter_map(
                |at| if let Kind::Credit(credit) = &view.kinds[at] { credit.agency.clone() } else { None },
            )
            .next()
    };
    let signed =
        || rows().find_map(|at| if let Kind::Byline(b) = &view.kinds[at] { b.agency.clone() } else { None });
    let paragraphs = || {
        article
            .blocks
            .iter()
            .filter(|b| b.kind == BlockKind::Paragraph)
            .map(|b| &article.text[b.span.range()])
    };
    let last = || paragraphs().next_back().and_then(credit::at_end).map(|(_, name)| name.to_owned());
    let told = || {
        let mut all = paragraphs().filter_map(credit::told);
        let first = all.next()?;
        all.all(|name| name == first).then(|| first.to_owned())
    };
    dateline.and_then(|d| d.agency.clone()).or_else(credited).or_else(signed).or_else(last).or_else(told)
}

/// The outlet that the page's own notices name, for the first story and for the furniture around it.
fn outlet_of(view: &View<'_>, story: &Story) -> Option<String> {
    let alone =
        story.rows.start == 0 || !view.places[..story.rows.start].iter().any(|p| matches!(p, Place::Body(_)));
    let outside = || (0..view.rows.len()).filter(|at| matches!(view.places[*at], Place::Furniture(_)));
    alone.then(|| outside().find_map(|at| outlet::named(view.words(at))))?
}

/// When it was published: a stamp of its own; the header's date or the manifest's for the first story; a dateline's day.
fn published(
    view: &View<'_>,
    story: &Story,
    n: usize,
    header: Option<&Header>,
    dateline: Option<&(Span, dateline::Dateline)>,
    article: &Article,
) -> Published {
    if n == 0 && article.published.when.is_ok() {
        return article.published.clone();
    }
    let stamps = stamps(view, story);
    let best = stamps.iter().min_by_key(|(_, s)| rank(s)).copied();
    if let Some((at, stamp)) = best
        && let StampValue::At(moment) = stamp.value
    {
        let cite = view.line(at).cite_part(view.page, stamp.span);
        return Published { when: Ok(moment), basis: Some(Basis::Page), cite: Some(cite) };
    }
    if let Some(published) = header.and_then(|h| h.published(view.page, view.decoded)) {
        return published;
    }
    if let Some(published) = dateline.and_then(|(span, d)| from_dateline(article, *span, d)) {
        return published;
    }
    unknown(view, n, best)
}

fn rank(stamp: &Stamp) -> (bool, StampKind) {
    (!matches!(stamp.value, StampValue::At(_)), stamp.kind)
}

/// The stamps of the story's own rows.
fn stamps(view: &View<'_>, story: &Story) -> Vec<(usize, Stamp)> {
    let mut out = Vec::new();
    for at in story.rows.clone() {
        if let Kind::Stamp(stamps) = &view.kinds[at] {
            out.extend(stamps.iter().map(|stamp| (at, *stamp)));
        }
    }
    out
}

/// A dateline that gives day, month and year settles the day.
fn from_dateline(article: &Article, span: Span, dateline: &dateline::Dateline) -> Option<Published> {
    let day = dateline.day?;
    let base = span.start - dateline.span.start;
    let span = Span { start: day.start + base, end: day.end + base };
    let moment = stamp::moment(&article.text[span.range()])?;
    let cite: Cite = article.cite(span);
    Some(Published { when: Ok(moment), basis: Some(Basis::Text), cite: Some(cite) })
}

fn unknown(view: &View<'_>, n: usize, best: Option<(usize, Stamp)>) -> Published {
    let Some((at, stamp)) = best else {
        let reason =
            if n == 0 { "the page gives no date" } else { "the story has no date of its own on the page" };
        return Published::unknown(reason);
    };
    let words = &view.words(at)[stamp.span.range()];
    Published::unknown(match stamp.value {
        StampValue::Relative => {
            format!("“{words}” counts back from the moment of capture, which is not known")
        }
        _ => format!("“{words}” can be more than one day"),
    })
}
