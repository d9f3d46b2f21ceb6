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

/// What whoever saved the page wrote above it: "date 2031-06-04 Ferries stop", or lines of "Title: …", "URL: …", "Date: …".
#[derive(Default)]
pub(super) struct Header {
    /// The words of the date, in the decoded page.
    date: Option<(Moment, usize, usize)>,
    /// The page's address.
    url: Option<String>,
    /// The outlet's name.
    outlet: Option<String>,
    /// Other words that belong to no story.
    others: Vec<(usize, usize)>,
}

/// Labels of the lines above a saved page, folded.
const LABELS: [(&str, Field); 17] = [
    ("title", Field::Title),
    ("headline", Field::Title),
    ("url", Field::Address),
    ("link", Field::Address),
    ("address", Field::Address),
    ("source url", Field::Address),
    ("date", Field::Date),
    ("published", Field::Date),
    ("publication date", Field::Date),
    ("outlet", Field::Outlet),
    ("site", Field::Outlet),
    ("publication", Field::Outlet),
    ("publisher", Field::Outlet),
    ("retrieved", Field::Other),
    ("accessed", Field::Other),
    ("saved", Field::Other),
    ("captured", Field::Other),
];
/// Such lines are no more than this.
const HEADER_ROWS: usize = 8;

/// What a line above a saved page gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Address,
    Date,
    Outlet,
    Other,
}

impl Header {
    /// Takes the header off the rows; the title stays as a row of its own.
    pub(super) fn take(text: &str, mut rows: Vec<Row>) -> (Self, Vec<Row>) {
        let labelled = labelled(text, &rows);
        if !labelled.is_empty() {
            return Self::of_lines(text, rows, &labelled);
        }
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

    /// Takes labelled lines off the rows. The title stays without its label, lines of other labels stay as they are.
    fn of_lines(text: &str, rows: Vec<Row>, labelled: &[(Field, usize)]) -> (Self, Vec<Row>) {
        let mut header = Self::default();
        let mut kept = Vec::with_capacity(rows.len());
        for (n, mut row) in rows.into_iter().enumerate() {
            let Some((field, value)) = labelled.get(n).copied() else {
                kept.push(row);
                continue;
            };
            let words = text[value..row.end].trim();
            match field {
                Field::Title => {
                    header.others.push((row.start, text[..value].trim_end().len()));
                    row.start = value;
                    kept.push(row);
                    continue;
                }
                Field::Date if header.date.is_none() => {
                    if let Some(moment) = stamp::moment(words) {
                        header.date = Some((moment, row.start, row.end));
                        continue;
                    }
                }
                Field::Address => header.url = Some(words.to_owned()),
                Field::Outlet => header.outlet = Some(words.to_owned()),
                Field::Date | Field::Other => {}
            }
            header.others.push((row.start, row.end));
        }
        (header, kept)
    }

    /// The header's own words belong to no story.
    pub(super) fn furniture(&self, page: &Page, decoded: &Decoded) -> Vec<Furniture> {
        let cut = |start, end, reason| Line::cut(decoded, start, end).furniture(page, reason);
        let date = self.date.map(|(_, start, end)| cut(start, end, FurnitureReason::UpdateStamp));
        let others = self.others.iter().map(|(start, end)| cut(*start, *end, FurnitureReason::Other));
        date.into_iter().chain(others).collect()
    }

    fn published(&self, page: &Page, decoded: &Decoded) -> Option<Published> {
        let (moment, start, end) = self.date?;
        let cite = Line::cut(decoded, start, end).cite(page);
        Some(Published { when: Ok(moment), basis: Some(Basis::Page), cite: Some(cite) })
    }
}

/// The labelled lines at the head of the page, each with where its value begins: at least two, one of them a title or an address.
fn labelled(text: &str, rows: &[Row]) -> Vec<(Field, usize)> {
    let field = |row: &Row| {
        let words = row.words(text);
        let (label, value) = words.split_once(':')?;
        let label = label.trim().to_lowercase();
        let (_, field) = LABELS.iter().find(|(known, _)| *known == label)?;
        let value = value.trim_start();
        (!value.is_empty()).then_some((*field, row.end - value.len()))
    };
    let found: Vec<(Field, usize)> = rows.iter().take(HEADER_ROWS).map_while(field).collect();
    let named = found.iter().any(|(field, _)| matches!(field, Field::Title | Field::Address));
    if found.len() >= 2 && named { found } else { Vec::new() }
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
    let stated = header.and_then(|header| header.outlet.clone());
    article.outlet = article.outlet.or(stated).or_else(|| outlet_of(view, story));
    article.language = tongue::of(article.body_text());
    article.published = published(view, story, n, header, found.as_ref(), &article);
    if let Some(header) = header {
        article.url = article.url.or_else(|| header.url.clone());
    }
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
        match &view.kinds[at] {
            Kind::Stamp(stamps) => out.extend(stamps.iter().map(|stamp| (at, *stamp))),
            Kind::Byline(_) => {
                out.extend(stamp::behind_mark(view.words(at)).into_iter().map(|stamp| (at, stamp)))
            }
            _ => {}
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
