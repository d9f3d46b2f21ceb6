//! The judged blocks of a page, put together into its story and its furniture.

use std::ops::Range;

use chancery_lexicon::containers::Meanings;
use chancery_model::{Article, BlockKind, Furniture, FurnitureReason, Page, PageReading, Published};

use super::body::{Judged, WITNESSED};
use super::facts::Facts;
use super::outline::Outline;
use super::tag::Tag;
use super::tree::Tree;
use super::witness::hashes;
use super::{authors, fragment, glued, headline, lines, outlet, published, script};
use crate::assemble::{self, Draft, Line, Part};
use crate::recognise::{byline, credit, dateline, line, stamp, tongue};

/// A credit stands no further below the story than this many blocks.
const CREDIT_NEAR: usize = 3;
/// Words above the headline that are so few, and no sentence, name the page or its section.
const LABEL_WORDS: u32 = 25;
/// JSON-LD's text of fewer words is a summary.
const SCRIPT_WORDS: usize = 60;

/// All that is known of a page.
pub(super) struct Story<'a, 'm> {
    pub(super) page: &'a Page,
    pub(super) tree: &'a Tree<'m>,
    pub(super) outline: &'a Outline,
    pub(super) judged: &'a Judged<'a>,
    /// What the page says of this story: all of it of the main one, nothing but the outlet of the others.
    pub(super) facts: &'a Facts,
    /// The nodes in which it stands.
    pub(super) scope: Range<u32>,
    /// Parts of the scope that belong to other stories.
    pub(super) others: Vec<Range<u32>>,
    /// Whether it is the one that the page's metadata is about.
    pub(super) main: bool,
}

impl Story<'_, '_> {
    /// Reads the blocks of the scope into `reading`: the story, and the furniture around it.
    pub(super) fn read(&self, reading: &mut PageReading) {
        let blocks = self.outline.blocks.len();
        let first = self.judged.kept.iter().position(|kept| *kept).unwrap_or(blocks);
        let last = self.judged.kept.iter().rposition(|kept| *kept).unwrap_or(0);
        let title = headline::find(self.tree, self.outline, self.judged, self.facts, &self.scope);
        let mut draft = Draft::default();
        let mut furniture = Heap::default();
        let mut foot = Vec::new();
        for at in (0..blocks).filter(|at| self.holds(*at)) {
            if title == Some(at) {
                draft.push(Part::Head, BlockKind::Headline, self.line(at));
            } else if self.judged.kept[at] && !(title > Some(at) && self.is_label(at)) {
                self.keep(at, last, &mut draft, &mut foot);
            } else {
                let credit = at > last && self.credit_below(at, last, &mut draft, &mut foot);
                if !credit {
                    self.set_aside(at, (first, title), &mut draft, &mut furniture);
                }
            }
        }
        reading.furniture.extend(furniture.finish(self.page));
        if self.main && self.only_script(&draft) {
            draft = self.scripted();
        }
        let others = glued::part(&mut draft);
        // What stands at the foot is the last story's.
        let (own, last_foot) = if others.is_empty() { (foot, Vec::new()) } else { (Vec::new(), foot) };
        let own: Vec<String> = own.into_iter().chain(glued::close(&mut draft)).collect();
        if let Some(article) = draft.finish(self.page) {
            reading.articles.push(self.describe(article, (first, last), own));
        }
        let count = others.len();
        for (n, mut other) in others.into_iter().enumerate() {
            let own = if n + 1 == count { last_foot.clone() } else { Vec::new() };
            let foot = own.into_iter().chain(glued::close(&mut other)).collect();
            reading.articles.extend(other.finish(self.page).map(|article| glued_on(article, foot)));
        }
    }

    /// Whether the words of a block are a few and no sentence: above the headline they are the page's.
    fn is_label(&self, at: usize) -> bool {
        let block = &self.outline.blocks[at];
        block.words <= LABEL_WORDS && !block.ends
    }

    /// Whether a block is one of the scope.
    fn holds(&self, at: usize) -> bool {
        let inner = self.outline.blocks[at].inner;
        self.scope.contains(&inner) && !self.others.iter().any(|other| other.contains(&inner))
    }

    /// Says of the article what the page says of it.
    fn describe(&self, mut article: Article, around: (usize, usize), foot: Vec<String>) -> Article {
        if article.title.is_none() && self.main {
            article.title = self.stated_title();
        }
        // What is known from outside is known of the page's main story.
        if !self.main || article.published.when.is_err() {
            article.published = self.published(around);
        }
        article.byline = authors::find(self.tree, self.outline, self.judged, self.facts, around.0);
        article.language = tongue::of(article.body_text());
        if article.outlet.is_none() {
            article.outlet = self.outlet(&article);
        }
        article.agency = foot.into_iter().next();
        assemble::name_dateline(&mut article);
        article.agency = article.agency.take().or_else(|| signed(&article));
        article
    }

    /// Whether the page shows next to nothing of the text that its JSON-LD holds.
    fn only_script(&self, draft: &Draft) -> bool {
        let told = self.facts.stories.iter().filter_map(|s| s.body.as_deref());
        let told = told.map(|body| body.split_whitespace().count()).max().unwrap_or(0);
        let seen = (0..self.outline.blocks.len()).filter(|at| self.judged.witnessed[*at] >= WITNESSED);
        let seen: usize = seen.map(|at| self.outline.blocks[at].words as usize).sum();
        told >= SCRIPT_WORDS && seen * 4 < told && draft.body_words() * 2 < told
    }

    /// The story as a script of the page holds it.
    fn scripted(&self) -> Draft {
        let mut draft = Draft::default();
        for (kind, line) in script::body(self.tree, self.judged.under) {
            draft.push(Part::Body, kind, line);
        }
        draft
    }

    fn line(&self, at: usize) -> Line {
        self.outline.line(self.tree, at, self.judged.under)
    }

    /// Takes a block of the body; credits at the foot go below it.
    fn keep(&self, at: usize, last: usize, draft: &mut Draft, foot: &mut Vec<String>) {
        let line = self.line(at);
        let mut kind = fragment::kind(self.tree, &self.outline.blocks[at]);
        if draft.has_no_body()
            && kind == BlockKind::Paragraph
            && byline::read(&line.text).is_some_and(|b| b.sure)
        {
            draft.push(Part::Head, BlockKind::Byline, line);
            return;
        }
        if draft.has_no_body() && dateline::of_line(&line.text).is_some() {
            kind = BlockKind::Dateline;
        }
        if at + 3 > last
            && kind == BlockKind::Paragraph
            && let Some(credit) = credit::read(&line.text)
        {
            foot.extend(credit.agency);
            draft.push(Part::Tail, BlockKind::Credit, line);
            return;
        }
        if at == last
            && let Some((_, agency)) = credit::at_end(&line.text)
        {
            foot.push(agency.to_owned());
        }
        draft.push(Part::Body, kind, line);
    }

    /// Takes a credit that stands in an element of its own below the story.
    fn credit_below(&self, at: usize, last: usize, draft: &mut Draft, foot: &mut Vec<String>) -> bool {
        if at > last + CREDIT_NEAR || self.judged.is_elsewhere(at) {
            return false;
        }
        let line = self.line(at);
        let Some(credit) = credit::read(&line.text).filter(|credit| credit.closes) else { return false };
        foot.extend(credit.agency);
        draft.push(Part::Tail, BlockKind::Credit, line);
        true
    }

    /// Takes a block that is not of the body: a standfirst or byline above the story, or furniture.
    fn set_aside(
        &self,
        at: usize,
        (first, title): (usize, Option<usize>),
        draft: &mut Draft,
        furniture: &mut Heap,
    ) {
        let line = self.line(at);
        let above = title.is_some_and(|t| t < at) && at < first;
        if above && !self.judged.is_elsewhere(at) {
            if self.is_standfirst(at) {
                draft.push(Part::Head, BlockKind::Standfirst, line);
                return;
            }
            if self.is_byline(at, &line.text) {
                draft.push(Part::Head, BlockKind::Byline, line);
                return;
            }
        }
        let reason = self.reason(at, &line.text);
        furniture.take(at, reason, line);
    }

    fn is_standfirst(&self, at: usize) -> bool {
        let block = &self.outline.blocks[at];
        let tag = self.tree.nodes[block.node as usize].tag;
        let words = self.outline.hashes(self.tree, at);
        let summary = self.facts.descriptions.iter().any(|d| like(&hashes(d), words));
        // Points between headline and story sum it up; buttons and names in lists are no points.
        let point = tag == Tag::Li
            && block.link_words == 0
            && self.outline.furniture(self.tree, at).is_none()
            && stamp::of_line(self.outline.text(self.tree, at)).is_empty();
        let marked = self.judged.contexts[at].has(Meanings::STANDFIRST);
        block.words >= 5 && (marked || summary || tag.heading() == 2 || point)
    }

    fn is_byline(&self, at: usize, text: &str) -> bool {
        let read = byline::read(text);
        read.is_some_and(|b| b.sure || self.judged.contexts[at].has(Meanings::BYLINE))
    }

    /// Why a block is no part of the story.
    fn reason(&self, at: usize, text: &str) -> FurnitureReason {
        let context = self.judged.contexts[at];
        let block = &self.outline.blocks[at];
        // Most of a page's blocks are items of its menus: what stands around them settles it, whatever they say.
        if block.link_words == block.words && context.has(Meanings::NAVIGATION) {
            return FurnitureReason::Navigation;
        }
        let reasons = [
            (Meanings::CONSENT, FurnitureReason::Consent),
            (Meanings::COMMENTS, FurnitureReason::Comments),
            (Meanings::AD, FurnitureReason::Advertisement),
            (Meanings::NEWSLETTER.with(Meanings::PAYWALL), FurnitureReason::Newsletter),
            (Meanings::SHARE, FurnitureReason::Share),
            (Meanings::AUTHOR_BOX, FurnitureReason::AuthorBox),
            (Meanings::CREDIT, FurnitureReason::PictureCredit),
            (Meanings::CAPTION.with(Meanings::FIGURE), FurnitureReason::Caption),
            (Meanings::MEDIA, FurnitureReason::Media),
            (Meanings::LEGAL, FurnitureReason::Legal),
            (Meanings::DATE, FurnitureReason::UpdateStamp),
            (Meanings::TAGS.with(Meanings::NAVIGATION), FurnitureReason::Navigation),
            (Meanings::RELATED.with(Meanings::SIDEBAR), FurnitureReason::Trending),
        ];
        if let Some(known) = self.outline.furniture(self.tree, at) {
            return known.reason;
        }
        if let Some((_, reason)) = reasons.iter().find(|(meaning, _)| context.has(*meaning)) {
            return *reason;
        }
        if let Some((reason, _)) = line::picture(text) {
            return reason;
        }
        if !stamp::of_line(text).is_empty() {
            return FurnitureReason::UpdateStamp;
        }
        if self.repeats_title(at) {
            return FurnitureReason::RepeatedHeadline;
        }
        let block = &self.outline.blocks[at];
        if block.link_words == block.words { FurnitureReason::Navigation } else { FurnitureReason::Other }
    }

    fn repeats_title(&self, at: usize) -> bool {
        let words = self.outline.hashes(self.tree, at);
        self.facts.title_words.iter().any(|title| like(title, words))
    }

    /// The title that only metadata gives, cited there.
    fn stated_title(&self) -> Option<chancery_model::Cite> {
        let stated = self.facts.titles.first()?;
        Some(lines::of_range(self.tree.markup, stated.start, stated.end, self.judged.under).cite(self.page))
    }

    fn published(&self, around: (usize, usize)) -> Published {
        published::find(self.tree, self.outline, self.judged, self.facts, self.page, around, self.main)
    }

    fn outlet(&self, article: &Article) -> Option<String> {
        let described = self.facts.stories.iter().find_map(|s| s.publisher.clone());
        let stated = self.facts.outlets.first().cloned().or(described);
        let titled = || outlet::beside_title(self.tree, self.outline, self.facts, article.title.as_ref());
        stated.or_else(titled).filter(|name| name.len() < 80)
    }
}

/// A story that stood in one text with the first: what the page says of itself is not said of it.
fn glued_on(mut article: Article, foot: Vec<String>) -> Article {
    article.published = Published::unknown("the page gives this story no date of its own");
    article.language = tongue::of(article.body_text());
    article.agency = foot.into_iter().next();
    assemble::name_dateline(&mut article);
    article
}

/// The agency among the authors, in the line that names them.
fn signed(article: &Article) -> Option<String> {
    let lines = article.blocks.iter().filter(|b| b.kind == BlockKind::Byline);
    lines.filter_map(|b| byline::read(&article.text[b.span.range()])?.agency).next()
}

/// Items of one piece of furniture beyond this number begin another.
const MAX_ITEMS: usize = 40;

/// Furniture in page order; the items of a menu are one piece.
#[derive(Default)]
struct Heap {
    pieces: Vec<(FurnitureReason, Line)>,
    /// The last block taken, and how many the last piece holds.
    last: Option<(usize, usize)>,
}

impl Heap {
    fn take(&mut self, at: usize, reason: FurnitureReason, line: Line) {
        if let (Some((known, piece)), Some((before, items))) = (self.pieces.last_mut(), self.last)
            && reason == FurnitureReason::Navigation
            && *known == reason
            && before + 1 == at
            && items < MAX_ITEMS
        {
            piece.join(&line);
            self.last = Some((at, items + 1));
            return;
        }
        self.pieces.push((reason, line));
        self.last = Some((at, 1));
    }

    fn finish(self, page: &Page) -> impl Iterator<Item = Furniture> {
        self.pieces.into_iter().map(|(reason, line)| line.furniture(page, reason))
    }
}

/// Whether two texts are the same words, one of them perhaps cut short.
fn like(a: &[u64], b: &[u64]) -> bool {
    let least = a.len().min(b.len());
    least >= 3 && a[..least] == b[..least] && least * 4 >= a.len().max(b.len()) * 3
}
