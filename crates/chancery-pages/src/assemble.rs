//! Lines of a page put together into an article's text.
//!
//! Both readers of pages (markup and plain text) end here, so there is one place that decides how blocks are set apart and how
//! a block's bytes are kept.

use chancery_model::{
    Article, Basis, Block, BlockKind, Cite, Dateline, Furniture, FurnitureReason, Language, Moment, Page,
    PageSpan, PieceKind, Published, SourceMap, Span,
};

use crate::decode::Decoded;
use crate::recognise::{dateline, tongue};

/// What stands between two blocks of an article's text. It stands nowhere on the page.
const BREAK: &str = "\n\n";

/// A stretch of words in reading order, with its place on the page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Line {
    /// The words, white space as a reader sees it.
    pub(crate) text: String,
    /// From `text` to the page's bytes.
    pub(crate) map: SourceMap,
}

impl Line {
    /// The stretch `start..end` of the decoded page, as it stands there.
    pub(crate) fn cut(decoded: &Decoded, start: usize, end: usize) -> Self {
        let mut map = SourceMap::default();
        map.append(&decoded.map, Span::new(start, end));
        Self { text: decoded.text[start..end].to_owned(), map }
    }

    /// The whole line as a cite that belongs to no article.
    pub(crate) fn cite(&self, page: &Page) -> Cite {
        self.cite_part(page, Span::new(0, self.text.len()))
    }

    /// A part of the line as a cite that belongs to no article.
    pub(crate) fn cite_part(&self, page: &Page, span: Span) -> Cite {
        Cite {
            page: page.id,
            ranges: self.map.page_ranges(span),
            words: self.text[span.range()].to_owned(),
            span: None,
        }
    }

    /// Adds another line behind a break.
    pub(crate) fn join(&mut self, other: &Line) {
        self.text.push_str(BREAK);
        self.map.push(BREAK.len(), PageSpan::new(0, 0), PieceKind::Break);
        self.text.push_str(&other.text);
        self.map.append(&other.map, Span::new(0, other.text.len()));
    }

    /// The line as furniture.
    pub(crate) fn furniture(&self, page: &Page, reason: FurnitureReason) -> Furniture {
        Furniture { cite: self.cite(page), reason }
    }
}

/// Where a block of an article belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// Above the story: headline, standfirst, byline.
    Head,
    /// The story.
    Body,
    /// Below the story: credits.
    Tail,
}

/// The blocks of one story, while it is put together.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    blocks: Vec<(Part, BlockKind, Line)>,
}

impl Draft {
    /// Adds a block. Within a part, blocks keep the order in which they are added.
    pub(crate) fn push(&mut self, part: Part, kind: BlockKind, line: Line) {
        self.blocks.push((part, kind, line));
    }

    /// Whether the story has no words yet.
    pub(crate) fn has_no_body(&self) -> bool {
        !self.blocks.iter().any(|(part, ..)| *part == Part::Body)
    }

    /// The blocks of the story itself: where each stands in the draft, its kind and its words.
    pub(crate) fn body(&self) -> impl DoubleEndedIterator<Item = (usize, BlockKind, &str)> {
        let body = self.blocks.iter().enumerate().filter(|(_, (part, ..))| *part == Part::Body);
        body.map(|(at, (_, kind, line))| (at, *kind, line.text.as_str()))
    }

    /// Takes the blocks from `at` on into a draft of their own.
    pub(crate) fn split_off(&mut self, at: usize) -> Self {
        Self { blocks: self.blocks.split_off(at) }
    }

    /// Makes a block of the body one of the head or the tail.
    pub(crate) fn place(&mut self, at: usize, part: Part, kind: BlockKind) {
        if let Some(block) = self.blocks.get_mut(at) {
            (block.0, block.1) = (part, kind);
        }
    }

    /// Words of the story itself.
    pub(crate) fn body_words(&self) -> usize {
        let body = self.blocks.iter().filter(|(part, ..)| *part == Part::Body);
        body.map(|(.., line)| line.text.split_whitespace().count()).sum()
    }

    /// The article, with what is known of it from the manifest. `None` for a draft without a body.
    pub(crate) fn finish(mut self, page: &Page) -> Option<Article> {
        if self.has_no_body() {
            return None;
        }
        self.blocks.sort_by_key(|(part, ..)| *part);
        let mut text = String::new();
        let mut map = SourceMap::default();
        let mut blocks = Vec::new();
        let mut body: Option<Span> = None;
        for (part, kind, line) in &self.blocks {
            if !text.is_empty() {
                text.push_str(BREAK);
                map.push(BREAK.len(), PageSpan::new(0, 0), PieceKind::Break);
            }
            let span = Span::new(text.len(), text.len() + line.text.len());
            text.push_str(&line.text);
            map.append(&line.map, Span::new(0, line.text.len()));
            blocks.push(Block { kind: *kind, span });
            if *part == Part::Body {
                body = Some(Span { start: body.map_or(span.start, |b| b.start), end: span.end });
            }
        }
        let body = body?;
        let first = map.page_ranges(body).first().copied().unwrap_or(PageSpan::new(0, 0));
        let mut article = Article {
            id: Article::id_of(page.id, first),
            page: page.id,
            title: None,
            dateline: None,
            published: published_by_manifest(page),
            byline: Vec::new(),
            agency: None,
            outlet: page.known.outlet.clone(),
            language: Language::UNDETERMINED,
            url: None,
            text,
            map,
            body,
            blocks,
        };
        let headline = article.blocks.iter().find(|b| b.kind == BlockKind::Headline).copied();
        article.title = headline.map(|b| article.cite(b.span));
        Some(article)
    }
}

/// Names the places, and where nothing else does the agency, at the head of the first paragraph.
pub(crate) fn name_dateline(article: &mut Article) {
    let Some((span, found)) = first_dateline(article) else { return };
    article.agency = article.agency.take().or(found.agency);
    article.dateline = Some(Dateline { places: found.places, span });
}

/// The dateline at the head of the first paragraph of the body, and where it stands in the article's text.
pub(crate) fn first_dateline(article: &Article) -> Option<(Span, dateline::Dateline)> {
    if let Some(line) = article.blocks.iter().find(|b| b.kind == BlockKind::Dateline)
        && let Some(found) = dateline::of_line(&article.text[line.span.range()])
    {
        let (start, span) = (line.span.start, found.span);
        return Some((Span { start: start + span.start, end: start + span.end }, found));
    }
    let mut paragraphs = article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph);
    let first = paragraphs.find(|b| article.body.covers(b.span))?.span;
    let found = dateline::at_head(&article.text[first.range()])?;
    let span = Span { start: first.start + found.span.start, end: first.start + found.span.end };
    Some((span, found))
}

/// What the manifest says of the date; the reason why it is not known where it says nothing.
pub(crate) fn published_by_manifest(page: &Page) -> Published {
    match page.known.published {
        Some(moment) => known_moment(moment),
        None => Published::unknown("the page gives no date"),
    }
}

fn known_moment(moment: Moment) -> Published {
    Published { when: Ok(moment), basis: Some(Basis::Metadata), cite: None }
}

/// The page's whole text as one article, white space at its ends included.
pub(crate) fn whole(page: &Page, decoded: &Decoded) -> Option<Article> {
    if decoded.text.trim().is_empty() {
        return None;
    }
    let mut draft = Draft::default();
    draft.push(Part::Body, BlockKind::Paragraph, Line::cut(decoded, 0, decoded.text.len()));
    let mut article = draft.finish(page)?;
    article.blocks = paragraphs(&article.text);
    article.language = tongue::of(&article.text);
    Some(article)
}

/// A paragraph block for every line that holds words.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut at = 0;
    let mut blocks = Vec::new();
    for line in text.split_inclusive('\n') {
        let words = line.trim();
        if !words.is_empty() {
            let start = at + (line.len() - line.trim_start().len());
            blocks.push(Block { kind: BlockKind::Paragraph, span: Span::new(start, start + words.len()) });
        }
        at += line.len();
    }
    blocks
}
