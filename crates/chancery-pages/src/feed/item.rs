//! What a feed gives of its items, whatever it is written in, and the articles made of them.

use chancery_model::{
    Article, Basis, BlockKind, Furniture, FurnitureReason, Moment, Note, NoteCode, Page, PageReading,
    Published, SourceMap,
};

use super::dates;
use crate::assemble::{self, Draft, Line, Part};
use crate::html;
use crate::recognise::{byline, credit, tongue};

/// Items of one feed. The largest feeds of archives hold some thousands.
pub(super) const ITEMS: usize = 20_000;

/// Words of a feed in the form in which it gives them.
#[derive(Clone, Debug)]
pub(super) struct Words {
    /// Text or markup, the escapes of the feed undone, with the way back to the page.
    pub(super) line: Line,
    /// Whether it is markup.
    pub(super) markup: bool,
}

impl Words {
    /// The words as lines of text, each with its kind.
    fn lines(&self) -> Vec<(BlockKind, Line)> {
        if self.markup {
            return html::fragment(&self.line.text, &self.line.map);
        }
        let mut at = 0;
        let mut lines = Vec::new();
        for raw in self.line.text.split_inclusive('\n') {
            let words = raw.trim();
            let start = at + (raw.len() - raw.trim_start().len());
            at += raw.len();
            if !words.is_empty() {
                lines.push((BlockKind::Paragraph, part(&self.line, start, start + words.len())));
            }
        }
        lines
    }

    /// The words as one line.
    fn one_line(&self) -> Option<Line> {
        let mut lines = self.lines().into_iter().map(|(_, line)| line);
        let mut all = lines.next()?;
        for line in lines {
            all.text.push(' ');
            all.map.push(1, chancery_model::PageSpan::new(0, 0), chancery_model::PieceKind::Break);
            all.text.push_str(&line.text);
            all.map.append(&line.map, chancery_model::Span::new(0, line.text.len()));
        }
        Some(all)
    }

    /// The words alone.
    pub(super) fn text(&self) -> String {
        self.one_line().map_or_else(String::new, |line| line.text)
    }
}

fn part(line: &Line, start: usize, end: usize) -> Line {
    let mut map = SourceMap::default();
    map.append(&line.map, chancery_model::Span::new(start, end));
    Line { text: line.text[start..end].to_owned(), map }
}

/// "Nora Vale and Tom Ashe" in one element is two people; an office that has a comma stays what it is.
fn names(words: &str) -> Vec<String> {
    let listed = [" and ", ",", " & "].iter().any(|mark| words.contains(mark));
    match byline::read(&format!("By {words}")) {
        Some(read) if listed && !read.names.is_empty() => read.names,
        _ => vec![words.to_owned()],
    }
}

/// One item.
#[derive(Clone, Debug, Default)]
pub(super) struct Item {
    pub(super) title: Option<Words>,
    pub(super) link: Option<String>,
    pub(super) authors: Vec<String>,
    /// When it was published.
    pub(super) published: Option<Words>,
    /// When it was changed.
    pub(super) changed: bool,
    /// The story.
    pub(super) content: Option<Words>,
    /// A summary of it, or the story where there is nothing else.
    pub(super) summary: Option<Words>,
}

/// A feed read.
#[derive(Clone, Debug, Default)]
pub(super) struct Feed {
    pub(super) title: Option<Words>,
    /// Authors of the feed, and of every item that names none.
    pub(super) authors: Vec<String>,
    pub(super) items: Vec<Item>,
    /// Whether there are more items than are read.
    pub(super) too_many: bool,
    /// Whether it ends in the middle.
    pub(super) cut: bool,
}

impl Feed {
    /// The articles of the feed; what belongs to none; notes.
    pub(super) fn reading(&self, page: &Page) -> PageReading {
        let mut reading = PageReading::default();
        let outlet = self.title.as_ref().map(Words::text).filter(|words| !words.is_empty());
        if let Some(title) = self.title.as_ref().and_then(Words::one_line) {
            reading.furniture.push(title.furniture(page, FurnitureReason::Navigation));
        }
        let mut bare = 0;
        for item in &self.items {
            match self.article(item, outlet.as_deref(), page, &mut reading.furniture) {
                Some(article) => reading.articles.push(article),
                None => bare += 1,
            }
        }
        reading.notes = self.notes(page, bare);
        reading
    }

    fn article(
        &self,
        item: &Item,
        outlet: Option<&str>,
        page: &Page,
        furniture: &mut Vec<Furniture>,
    ) -> Option<Article> {
        let mut draft = Draft::default();
        let title = item.title.as_ref().and_then(Words::one_line);
        let mut body = body(item, page, furniture);
        let credit = take_credit(&mut body);
        let agency = credit.as_ref().and_then(|(_, agency)| agency.clone());
        for (kind, line) in body {
            draft.push(Part::Body, kind, line);
        }
        if draft.has_no_body() {
            furniture.extend(title.map(|title| title.furniture(page, FurnitureReason::Navigation)));
            return None;
        }
        if let Some((line, _)) = credit {
            draft.push(Part::Tail, BlockKind::Credit, line);
        }
        if let Some(title) = title {
            draft.push(Part::Head, BlockKind::Headline, title);
        }
        let mut article = draft.finish(page)?;
        article.outlet = page.known.outlet.clone().or_else(|| outlet.map(str::to_owned));
        let authors = if item.authors.is_empty() { &self.authors } else { &item.authors };
        article.byline = authors.iter().flat_map(|words| names(words)).collect();
        article.url = item.link.clone();
        article.language = tongue::of(article.body_text());
        let at_end = || credit::at_end(article.body_text()).map(|(_, agency)| agency.to_owned());
        article.agency = agency.or_else(at_end);
        assemble::name_dateline(&mut article);
        if page.known.published.is_none() {
            article.published = published(item, page);
        }
        Some(article)
    }

    fn notes(&self, page: &Page, bare: usize) -> Vec<Note> {
        let mut notes = Vec::new();
        let origin = &page.origin;
        let count = self.items.len();
        if count == 0 || bare > 0 {
            let message = match count {
                0 => format!("{origin}: the feed has no items"),
                _ if bare == count => format!("{origin}: none of the feed's {count} items carries text"),
                _ => format!("{origin}: {bare} of the feed's {count} items carry no text"),
            };
            notes.push(
                Note::new(NoteCode::NoArticle, message).hint("fetch the pages it links to and read those"),
            );
        }
        if self.too_many {
            let message = format!("{origin}: the feed has more than {ITEMS} items; the rest was not read");
            notes.push(Note::new(NoteCode::TooLarge, message).hint("split the feed"));
        }
        if self.cut {
            let message = format!("{origin}: the feed ends early; what came before was read");
            notes.push(Note::new(NoteCode::Truncated, message).hint("fetch it again to read the rest"));
        }
        notes
    }
}

/// The blocks of the story. A summary beside it is furniture: its words are those of the story again, or an advertisement
/// for it.
fn body(item: &Item, page: &Page, furniture: &mut Vec<Furniture>) -> Vec<(BlockKind, Line)> {
    let content = item.content.as_ref().map(Words::lines).unwrap_or_default();
    let summary = item.summary.as_ref().map(Words::lines).unwrap_or_default();
    if content.is_empty() {
        return summary;
    }
    furniture.extend(summary.into_iter().map(|(_, line)| line.furniture(page, FurnitureReason::Other)));
    content
}

/// Takes a last line that only names an agency or contributors.
fn take_credit(body: &mut Vec<(BlockKind, Line)>) -> Option<(Line, Option<String>)> {
    let (_, last) = body.last().filter(|(kind, _)| *kind == BlockKind::Paragraph && body.len() > 1)?;
    let agency = credit::read(&last.text)?.agency;
    body.pop().map(|(_, line)| (line, agency))
}

fn published(item: &Item, page: &Page) -> Published {
    let Some(line) = item.published.as_ref().and_then(Words::one_line) else {
        return Published::unknown(match item.changed {
            true => "the feed says when the item was changed, not when it was published",
            false => "the feed gives no date for the item",
        });
    };
    match moment(&line.text) {
        Some(moment) => {
            Published { when: Ok(moment), basis: Some(Basis::Metadata), cite: Some(line.cite(page)) }
        }
        None => Published::unknown("the feed gives a date that cannot be read"),
    }
}

fn moment(words: &str) -> Option<Moment> {
    Moment::parse(words.trim()).or_else(|| dates::rfc822(words))
}
