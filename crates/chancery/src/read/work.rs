//! What a worker does with one page: reads it and writes its lines.

use chancery_model::{Note, Page, PageReading};

use super::opening::Item;
use super::tally::Tally;
use crate::terminal::plain;
use crate::wire::{Kind, Lines};

/// What is wanted of every page.
pub(crate) struct Work {
    /// The kinds of lines to print.
    wanted: Vec<Kind>,
    whole: bool,
    jsonl: bool,
}

/// What one page gave.
pub(crate) struct Done {
    /// What to print.
    pub(crate) lines: Vec<u8>,
    /// What to say of inputs that were not read, or not wholly.
    pub(crate) skipped: Vec<Note>,
    /// What was met.
    pub(crate) tally: Tally,
    /// The input, for the line of progress.
    pub(crate) origin: String,
}

impl Work {
    /// `only` names the kinds of lines to print; none means all.
    pub(crate) fn new(only: &[Kind], whole: bool, jsonl: bool) -> Self {
        let wanted = if only.is_empty() { Kind::ALL.to_vec() } else { only.to_vec() };
        Self { wanted, whole, jsonl }
    }

    /// Reads one page, or passes a note on.
    pub(crate) fn on(&self, item: Item) -> Done {
        let source = item.source.as_deref();
        match item.came {
            Ok(page) => self.page(&page, source),
            Err(note) => {
                let mut lines = Lines::new(source);
                if self.prints(Kind::Note) {
                    lines.note(None, &note);
                }
                let tally = Tally::of_notes(std::slice::from_ref(&note));
                Done { lines: lines.out, skipped: skips(vec![note]), tally, origin: String::new() }
            }
        }
    }

    fn page(&self, page: &Page, source: Option<&str>) -> Done {
        let reading = self.read(page);
        let lines = if self.jsonl { self.lines(page, &reading, source) } else { listing(page, &reading) };
        let tally = Tally::of_page(&reading);
        Done { lines, skipped: skips(reading.notes), tally, origin: page.origin.clone() }
    }

    /// The page's articles, unless nothing that is wanted needs them.
    fn read(&self, page: &Page) -> PageReading {
        match () {
            () if self.jsonl && self.wanted == [Kind::Page] => PageReading::default(),
            () if self.whole => chancery_pages::read_whole(page),
            () => chancery_pages::read_page(page),
        }
    }

    fn prints(&self, kind: Kind) -> bool {
        self.jsonl && self.wanted.contains(&kind)
    }

    fn lines(&self, page: &Page, reading: &PageReading, source: Option<&str>) -> Vec<u8> {
        let mut lines = Lines::new(source);
        if self.prints(Kind::Page) {
            lines.page(page);
        }
        if self.prints(Kind::Article) {
            reading.articles.iter().for_each(|article| lines.article(article));
        }
        if self.prints(Kind::Furniture) {
            reading.furniture.iter().for_each(|furniture| lines.furniture(furniture));
        }
        if self.prints(Kind::Note) {
            reading.notes.iter().for_each(|note| lines.note(Some(page.id), note));
        }
        lines.out
    }
}

fn skips(mut notes: Vec<Note>) -> Vec<Note> {
    notes.retain(|note| note.code.skips());
    notes
}

/// The page for a reader: its name, and a line for each article.
fn listing(page: &Page, reading: &PageReading) -> Vec<u8> {
    let mut out = format!("{}\n", plain(&page.origin));
    for article in &reading.articles {
        let date = article.published.when.as_ref().map_or("no date   ".to_owned(), |m| m.date.to_string());
        let title =
            article.title.as_ref().map_or_else(|| opening_words(article.body_text()), |t| t.words.clone());
        let words = article.body_text().split_whitespace().count();
        out.push_str(&format!("  {date}  {} ({words} words)\n", plain(&title).replace('\n', " ")));
    }
    out.into_bytes()
}

/// The first words of a story without a headline.
fn opening_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(10).collect();
    format!("{} …", words.join(" "))
}
