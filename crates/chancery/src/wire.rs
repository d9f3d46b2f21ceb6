//! The JSON lines of the wire, version 1: what other programs and every benchmark read. The shapes are documented in
//! `docs/wire.md`. Add freely, rename never.
//!
//! The nouns of the model are not `Serialize`: a change of a noun must not change the wire in silence. Lines are written
//! straight into bytes, in the order of the fields below.

mod doc;
mod linked;
mod reading;
pub(crate) mod record;

use std::fmt::Display;

use chancery_model::{
    Article, Block, Cite, Dateline, Doc, Furniture, Id, Note, Page, PageId, PageSpan, Published, Reading,
    Span,
};
use serde::{Serialize, Serializer};

pub(crate) use linked::{Linkable, LinkedLines};

/// The kinds of lines that this version prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Page,
    Article,
    Doc,
    Time,
    Statement,
    Event,
    Figure,
    Stance,
    Copy,
    Lineage,
    Account,
    Revision,
    Story,
    Furniture,
    Note,
}

impl Kind {
    /// Every kind, in the order of the documentation.
    pub(crate) const ALL: [Kind; 15] = [
        Self::Page,
        Self::Article,
        Self::Doc,
        Self::Time,
        Self::Statement,
        Self::Event,
        Self::Figure,
        Self::Stance,
        Self::Copy,
        Self::Lineage,
        Self::Account,
        Self::Revision,
        Self::Story,
        Self::Furniture,
        Self::Note,
    ];

    /// The kinds that a reading gives.
    pub(crate) const OF_A_READING: [Kind; 5] =
        [Self::Time, Self::Statement, Self::Event, Self::Figure, Self::Stance];

    /// The kinds about all pages together.
    pub(crate) const OF_ALL_PAGES: [Kind; 5] =
        [Self::Copy, Self::Lineage, Self::Account, Self::Revision, Self::Story];

    /// The word on the wire.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Article => "article",
            Self::Doc => "doc",
            Self::Time => "time",
            Self::Statement => "statement",
            Self::Event => "event",
            Self::Figure => "figure",
            Self::Stance => "stance",
            Self::Copy => "copy",
            Self::Lineage => "lineage",
            Self::Account => "account",
            Self::Revision => "revision",
            Self::Story => "story",
            Self::Furniture => "furniture",
            Self::Note => "note",
        }
    }
}

/// Lines of one page, written one after another into `out`.
pub(crate) struct Lines<'a> {
    /// Whole lines, each with its line break.
    pub(crate) out: Vec<u8>,
    source: Option<&'a str>,
}

/// A line: its kind first, then its fields, then the input it came from.
#[derive(Serialize)]
struct Line<'a, T: Serialize> {
    kind: &'static str,
    #[serde(flatten)]
    fields: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
}

impl<'a> Lines<'a> {
    /// No lines yet; each will carry `source`.
    pub(crate) fn new(source: Option<&'a str>) -> Self {
        Self { out: Vec::new(), source }
    }

    /// The page itself.
    pub(crate) fn page(&mut self, page: &Page) {
        self.push(Kind::Page, WirePage::new(page));
    }

    /// An article of it.
    pub(crate) fn article(&mut self, article: &Article) {
        self.push(Kind::Article, WireArticle::new(article));
    }

    /// The grammar of an article.
    pub(crate) fn doc(&mut self, article: &Article, doc: &Doc, reading: Option<&Reading>) {
        self.push(Kind::Doc, doc::WireDoc::new(article, doc, reading));
    }

    /// What an article says, the lines of `wanted` kinds.
    pub(crate) fn reading(&mut self, article: &Article, reading: &Reading, wanted: &[Kind]) {
        reading::write(self, article, reading, wanted);
    }

    /// One line of a reading, by its kind and its index among those of its kind.
    pub(crate) fn line(&mut self, article: &Article, reading: &Reading, kind: Kind, at: usize) {
        reading::one(self, article, reading, kind, at);
    }

    /// Words of it that belong to no article.
    pub(crate) fn furniture(&mut self, furniture: &Furniture) {
        self.push(Kind::Furniture, WireFurniture::new(furniture));
    }

    /// What could not be done, on a page or before there was one.
    pub(crate) fn note(&mut self, page: Option<PageId>, note: &Note) {
        self.push(Kind::Note, WireNote::new(page, note));
    }

    fn push(&mut self, kind: Kind, fields: impl Serialize) {
        put(&mut self.out, kind, fields, self.source);
    }
}

fn put(out: &mut Vec<u8>, kind: Kind, fields: impl Serialize, source: Option<&str>) {
    let line = Line { kind: kind.word(), fields, source };
    serde_json::to_writer(&mut *out, &line).expect("writing to memory does not fail");
    out.push(b'\n');
}

/// Where an offset in bytes of an article's text stands on the wire: code points of the body.
struct Offsets<'a> {
    article: &'a Article,
    /// Code points before each 64th byte of the text, so that a lookup is short.
    marks: Vec<u32>,
    /// Code points before the body.
    base: u32,
}

const STRIDE: usize = 64;

impl<'a> Offsets<'a> {
    fn new(article: &'a Article) -> Self {
        let mut marks = Vec::with_capacity(article.text.len() / STRIDE + 2);
        let mut points = 0;
        for chunk in article.text.as_bytes().chunks(STRIDE) {
            marks.push(points);
            points += starts(chunk);
        }
        marks.push(points);
        let mut offsets = Self { article, marks, base: 0 };
        offsets.base = offsets.points(article.body.start);
        offsets
    }

    fn points(&self, at: u32) -> u32 {
        let at = at as usize;
        let mark = at / STRIDE;
        self.marks[mark] + starts(&self.article.text.as_bytes()[mark * STRIDE..at])
    }

    /// `span` in code points of the body, or nothing for words of the head and the tail.
    fn in_body(&self, span: Span) -> Option<(u32, u32)> {
        let inside = self.article.body.covers(span);
        inside.then(|| (self.points(span.start) - self.base, self.points(span.end) - self.base))
    }
}

/// Code points that begin in these bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count() as u32
}

/// Writes what `Display` shows, without a string between.
fn shown<T: Display, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn shown_or_null<T: Display, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

/// Words and their place.
#[derive(Serialize)]
struct WireCite<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
    start: Option<u32>,
    end: Option<u32>,
    page_start: Option<u32>,
    page_end: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    page_pieces: Vec<[u32; 2]>,
}

impl<'a> WireCite<'a> {
    fn new(ranges: &[PageSpan], text: Option<&'a str>, at: Option<(u32, u32)>) -> Self {
        let one = if let [one] = ranges { Some(*one) } else { None };
        let pieces = if one.is_some() { &[][..] } else { ranges };
        Self {
            text,
            start: at.map(|a| a.0),
            end: at.map(|a| a.1),
            page_start: one.map(|r| r.start),
            page_end: one.map(|r| r.end),
            page_pieces: pieces.iter().map(|r| [r.start, r.end]).collect(),
        }
    }

    fn of(cite: &'a Cite, offsets: Option<&Offsets<'_>>) -> Self {
        let at = cite.span.and_then(|span| offsets.and_then(|o| o.in_body(span)));
        Self::new(&cite.ranges, Some(&cite.words), at)
    }
}

#[derive(Serialize)]
struct WirePage<'a> {
    #[serde(serialize_with = "shown")]
    id: PageId,
    origin: &'a str,
    media_type: &'static str,
    bytes: usize,
    url: Option<&'a str>,
    captured: Option<String>,
}

impl<'a> WirePage<'a> {
    fn new(page: &'a Page) -> Self {
        Self {
            id: page.id,
            origin: &page.origin,
            media_type: page.media.media_type(),
            bytes: page.bytes.len(),
            url: page.known.url.as_deref(),
            captured: page.known.captured.map(|m| m.to_string()),
        }
    }
}

#[derive(Serialize)]
struct WireWhen<'a> {
    value: Option<String>,
    grain: Option<&'static str>,
    /// The moment to the second, where the page gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    cite: Option<WireCite<'a>>,
    anchor: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved: Option<&'a str>,
}

impl<'a> WireWhen<'a> {
    fn new(published: &'a Published, offsets: &Offsets<'_>) -> Self {
        let moment = published.when.as_ref().ok();
        Self {
            value: moment.map(|m| m.date.to_string()),
            grain: moment.map(|_| "day"),
            at: moment.filter(|m| m.time.is_some()).map(|m| m.to_string()),
            cite: published.cite.as_ref().map(|c| WireCite::of(c, Some(offsets))),
            anchor: "none",
            unresolved: published.when.as_ref().err().map(|u| u.reason.as_str()),
        }
    }
}

#[derive(Serialize)]
struct WireBlock<'a> {
    kind: &'static str,
    #[serde(flatten)]
    cite: WireCite<'a>,
}

impl<'a> WireBlock<'a> {
    /// A block of the body is cut from the article's `text`; one of the head or the tail brings its own words.
    fn new(block: &Block, offsets: &Offsets<'a>) -> Self {
        let ranges = offsets.article.map.page_ranges(block.span);
        let at = offsets.in_body(block.span);
        let text = at.is_none().then(|| &offsets.article.text[block.span.range()]);
        Self { kind: block.kind.word(), cite: WireCite::new(&ranges, text, at) }
    }
}

#[derive(Serialize)]
struct WireDateline<'a> {
    places: &'a [String],
    #[serde(flatten)]
    cite: WireCite<'a>,
}

impl<'a> WireDateline<'a> {
    fn new(dateline: &'a Dateline, offsets: &Offsets<'a>) -> Self {
        let article = offsets.article;
        let words = &article.text[dateline.span.range()];
        let ranges = article.map.page_ranges(dateline.span);
        let cite = WireCite::new(&ranges, Some(words), offsets.in_body(dateline.span));
        Self { places: &dateline.places, cite }
    }
}

#[derive(Serialize)]
struct WireArticle<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    #[serde(serialize_with = "shown")]
    page: PageId,
    title: Option<WireCite<'a>>,
    text: &'a str,
    blocks: Vec<WireBlock<'a>>,
    dateline: Option<WireDateline<'a>>,
    published: WireWhen<'a>,
    published_basis: Option<&'static str>,
    byline: &'a [String],
    agency: Option<&'a str>,
    outlet: Option<&'a str>,
    language: &'a str,
    /// The story's own address, where the page gives one beside its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

impl<'a> WireArticle<'a> {
    fn new(article: &'a Article) -> Self {
        let offsets = Offsets::new(article);
        Self {
            id: article.id,
            page: article.page,
            title: article.title.as_ref().map(|t| WireCite::of(t, Some(&offsets))),
            text: article.body_text(),
            blocks: article.blocks.iter().map(|b| WireBlock::new(b, &offsets)).collect(),
            dateline: article.dateline.as_ref().map(|d| WireDateline::new(d, &offsets)),
            published: WireWhen::new(&article.published, &offsets),
            published_basis: article.published.basis.map(|b| b.word()),
            byline: &article.byline,
            agency: article.agency.as_deref(),
            outlet: article.outlet.as_deref(),
            language: article.language.code(),
            url: article.url.as_deref(),
        }
    }
}

#[derive(Serialize)]
struct WireFurniture<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    #[serde(serialize_with = "shown")]
    page: PageId,
    #[serde(flatten)]
    cite: WireCite<'a>,
    reason: &'static str,
}

impl<'a> WireFurniture<'a> {
    fn new(furniture: &'a Furniture) -> Self {
        Self {
            id: furniture.id(),
            page: furniture.cite.page,
            cite: WireCite::of(&furniture.cite, None),
            reason: furniture.reason.word(),
        }
    }
}

#[derive(Serialize)]
struct WireNote<'a> {
    #[serde(serialize_with = "shown_or_null")]
    page: Option<PageId>,
    code: &'static str,
    message: &'a str,
    hint: Option<&'a str>,
    cite: Option<WireCite<'a>>,
}

impl<'a> WireNote<'a> {
    fn new(page: Option<PageId>, note: &'a Note) -> Self {
        Self {
            page,
            code: note.code.word(),
            message: &note.message,
            hint: note.hint.as_deref(),
            cite: note.at.map(|at| WireCite::new(&[at], None, None)),
        }
    }
}
