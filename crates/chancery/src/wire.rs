//! The JSON lines of the wire, version 1: what other programs and every benchmark read. The shapes are documented in
//! `docs/wire.md`. Add freely, rename never.
//!
//! The nouns of the model are not `Serialize`: a change of a noun must not change the wire in silence.

use chancery_model::{
    Article, Block, Cite, Furniture, Note, NoteCode, Page, PageId, PageSpan, Published, Span,
};
use serde::Serialize;

/// Where an offset in bytes of an article's text stands on the wire: code points of the body.
pub(crate) struct Offsets<'a> {
    article: &'a Article,
    /// Code points before each 64th byte of the text, so that a lookup is short.
    marks: Vec<u32>,
}

const STRIDE: usize = 64;

impl<'a> Offsets<'a> {
    pub(crate) fn new(article: &'a Article) -> Self {
        let mut marks = Vec::with_capacity(article.text.len() / STRIDE + 1);
        let mut points = 0;
        for (at, byte) in article.text.bytes().enumerate() {
            if at % STRIDE == 0 {
                marks.push(points);
            }
            points += u32::from(is_start(byte));
        }
        marks.push(points);
        Self { article, marks }
    }

    fn points(&self, at: u32) -> u32 {
        let at = at as usize;
        let mark = at / STRIDE;
        let bytes = &self.article.text.as_bytes()[mark * STRIDE..at];
        self.marks[mark] + bytes.iter().filter(|b| is_start(**b)).count() as u32
    }

    /// `span` in code points of the body, or nothing for words of the head and the tail.
    fn in_body(&self, span: Span) -> Option<(u32, u32)> {
        let body = self.article.body;
        let base = self.points(body.start);
        body.covers(span).then(|| (self.points(span.start) - base, self.points(span.end) - base))
    }
}

fn is_start(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// Words and their place.
#[derive(Serialize)]
pub(crate) struct WireCite {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    start: Option<u32>,
    end: Option<u32>,
    page_start: Option<u32>,
    page_end: Option<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    page_pieces: Vec<[u32; 2]>,
}

impl WireCite {
    fn new(ranges: &[PageSpan], text: Option<String>, at: Option<(u32, u32)>) -> Self {
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

    pub(crate) fn of(cite: &Cite, offsets: Option<&Offsets<'_>>) -> Self {
        let at = cite.span.and_then(|span| offsets.and_then(|o| o.in_body(span)));
        Self::new(&cite.ranges, Some(cite.words.clone()), at)
    }
}

/// One line of output.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub(crate) enum WireLine {
    Page(WirePage),
    Article(Box<WireArticle>),
    Furniture(WireFurniture),
    Note(WireNote),
}

#[derive(Serialize)]
pub(crate) struct WirePage {
    id: String,
    origin: String,
    media_type: &'static str,
    bytes: usize,
    url: Option<String>,
    captured: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct WireWhen {
    value: Option<String>,
    grain: Option<&'static str>,
    /// The moment to the second, where the page gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<String>,
    cite: Option<WireCite>,
    anchor: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved: Option<String>,
}

#[derive(Serialize)]
pub(crate) struct WireBlock {
    kind: &'static str,
    #[serde(flatten)]
    cite: WireCite,
}

#[derive(Serialize)]
pub(crate) struct WireDateline {
    places: Vec<String>,
    #[serde(flatten)]
    cite: WireCite,
}

#[derive(Serialize)]
pub(crate) struct WireArticle {
    id: String,
    page: String,
    title: Option<WireCite>,
    text: String,
    blocks: Vec<WireBlock>,
    dateline: Option<WireDateline>,
    published: WireWhen,
    published_basis: Option<&'static str>,
    byline: Vec<String>,
    agency: Option<String>,
    outlet: Option<String>,
    language: String,
}

#[derive(Serialize)]
pub(crate) struct WireFurniture {
    id: String,
    page: String,
    #[serde(flatten)]
    cite: WireCite,
    reason: &'static str,
}

#[derive(Serialize)]
pub(crate) struct WireNote {
    page: Option<String>,
    code: &'static str,
    message: String,
    hint: Option<String>,
    cite: Option<WireCite>,
}

pub(crate) fn page(page: &Page) -> WireLine {
    WireLine::Page(WirePage {
        id: page.id.to_string(),
        origin: page.origin.clone(),
        media_type: page.media.media_type(),
        bytes: page.bytes.len(),
        url: page.known.url.clone(),
        captured: page.known.captured.map(|m| m.to_string()),
    })
}

pub(crate) fn article(article: &Article) -> WireLine {
    let offsets = Offsets::new(article);
    let block = |b: &Block| WireBlock {
        kind: b.kind.word(),
        cite: WireCite::new(&article.map.page_ranges(b.span), None, offsets.in_body(b.span)),
    };
    WireLine::Article(Box::new(WireArticle {
        id: article.id.to_string(),
        page: article.page.to_string(),
        title: article.title.as_ref().map(|t| WireCite::of(t, Some(&offsets))),
        text: article.body_text().to_owned(),
        blocks: article.blocks.iter().map(block).collect(),
        dateline: article.dateline.as_ref().map(|d| WireDateline {
            places: d.places.clone(),
            cite: WireCite::of(&article.cite(d.span), Some(&offsets)),
        }),
        published: published(&article.published, &offsets),
        published_basis: article.published.basis.map(|b| b.word()),
        byline: article.byline.clone(),
        agency: article.agency.clone(),
        outlet: article.outlet.clone(),
        language: article.language.to_string(),
    }))
}

fn published(published: &Published, offsets: &Offsets<'_>) -> WireWhen {
    let moment = published.when.as_ref().ok();
    WireWhen {
        value: moment.map(|m| m.date.to_string()),
        grain: moment.map(|_| "day"),
        at: moment.filter(|m| m.time.is_some()).map(|m| m.to_string()),
        cite: published.cite.as_ref().map(|c| WireCite::of(c, Some(offsets))),
        anchor: "none",
        unresolved: published.when.as_ref().err().map(|u| u.reason.clone()),
    }
}

pub(crate) fn furniture(furniture: &Furniture) -> WireLine {
    WireLine::Furniture(WireFurniture {
        id: furniture_id(furniture).to_string(),
        page: furniture.cite.page.to_string(),
        cite: WireCite::of(&furniture.cite, None),
        reason: furniture.reason.word(),
    })
}

/// The id of a line of furniture follows from its place.
pub(crate) fn furniture_id(furniture: &Furniture) -> chancery_model::Id {
    let first = furniture.cite.ranges.first().map_or([0; 4], |r| r.start.to_le_bytes());
    chancery_model::Id::of('f', &[&furniture.cite.page.0, &first])
}

pub(crate) fn note(page: Option<PageId>, note: &Note) -> WireLine {
    let code: NoteCode = note.code;
    WireLine::Note(WireNote {
        page: page.map(|p| p.to_string()),
        code: code.word(),
        message: note.message.clone(),
        hint: note.hint.clone(),
        cite: note.at.map(|at| WireCite::new(&[at], None, None)),
    })
}
