//! What a worker does with one page: reads it, writes its lines, packs it.

use std::panic::{AssertUnwindSafe, catch_unwind};

use chancery_language::document::{DocReader, DocReading};
use chancery_lexicon::codebook::IssueFinder;
use chancery_model::{Article, Doc, Note, NoteCode, Page, PageReading, Reading};

use super::keeping::ToKeep;
use super::linking::ToLink;
use super::opening::{Came, Item};
use super::tally::Tally;
use crate::terminal::plain;
use crate::wire::{Kind, Lines};

/// What is wanted of every page.
pub(crate) struct Work {
    /// The kinds of lines to print.
    pub(crate) wanted: Vec<Kind>,
    /// What is printed.
    pub(crate) form: Form,
    /// Whether pages go into a record.
    pub(crate) keeps: bool,
    /// Reads the grammar of the articles, where it is wanted.
    pub(crate) reader: Option<DocReader>,
    /// Finds the issues of stances.
    pub(crate) issues: IssueFinder,
}

/// What is printed of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Lines of JSON.
    Lines,
    /// A short list for a reader.
    Listing,
    /// Nothing.
    Nothing,
}

/// What one page gave.
#[derive(Default)]
pub(crate) struct Done {
    /// What to print.
    pub(crate) lines: Vec<u8>,
    /// What to say of inputs that were not read, or not wholly, or whose bytes are not sound.
    pub(crate) named: Vec<Note>,
    /// What was met.
    pub(crate) tally: Tally,
    /// The input, for the line of progress.
    pub(crate) origin: String,
    /// The page, on the way into the record.
    pub(crate) keep: Option<ToKeep>,
    /// Its articles, to be linked with those of all pages.
    pub(crate) link: Option<ToLink>,
}

impl Work {
    /// Reads one page, or passes a note on.
    pub(crate) fn on(&self, item: Item) -> Done {
        match &item.came {
            Came::Page(page) => self.page(page, &item),
            Came::Known(origin) => {
                Done { tally: Tally::of_known(), origin: origin.clone(), ..Done::default() }
            }
            Came::Note(note) => self.note(note, item.source.as_deref()),
        }
    }

    fn note(&self, note: &Note, source: Option<&str>) -> Done {
        let mut lines = Lines::new(source);
        if self.prints(Kind::Note) {
            lines.note(None, note);
        }
        let tally = Tally::of_notes(std::slice::from_ref(note));
        Done { lines: lines.out, named: to_name(std::slice::from_ref(note)), tally, ..Done::default() }
    }

    fn page(&self, page: &Page, item: &Item) -> Done {
        let reading = guarded(&page.origin, || self.read(page, item.whole));
        let docs = self.docs(&reading);
        let says = self.says(&page.origin, &reading, &docs);
        let lines = match self.form {
            _ if item.again => Vec::new(),
            Form::Lines => self.lines(page, &reading, &docs, &says, item.source.as_deref()),
            Form::Listing => listing(page, &reading),
            Form::Nothing => Vec::new(),
        };
        let further: Vec<Note> = says.iter().flatten().flat_map(|says| says.notes.clone()).collect();
        let mut tally = if item.again { Tally::of_again(&reading) } else { Tally::of_page(&reading) };
        tally += Tally::of_notes(&further);
        let named = [to_name(&reading.notes), to_name(&further)].concat();
        let link = (!self.linked().is_empty()).then(|| ToLink::new(page, item, &reading));
        let keep = self.keeps.then(|| ToKeep::new(page, item, reading, &says));
        Done { lines, named, tally, origin: page.origin.clone(), keep, link }
    }

    /// The kinds of lines to print that are about all pages together.
    pub(crate) fn linked(&self) -> Vec<Kind> {
        Kind::OF_ALL_PAGES.into_iter().filter(|kind| self.prints(*kind)).collect()
    }

    /// The page's articles, unless nothing that is wanted needs them.
    fn read(&self, page: &Page, whole: bool) -> PageReading {
        match () {
            () if !self.keeps && self.form == Form::Lines && self.wanted == [Kind::Page] => {
                PageReading::default()
            }
            () if whole => chancery_pages::read_whole(page),
            () => chancery_pages::read_page(page),
        }
    }

    /// The grammar of each article, where it is wanted.
    fn docs(&self, reading: &PageReading) -> Vec<DocReading> {
        let Some(reader) = &self.reader else { return Vec::new() };
        reading.articles.iter().map(|article| reader.read(article)).collect()
    }

    /// What each article says, in the order of `docs`; none for an article that has no grammar, if there is nothing to note.
    fn says(&self, origin: &str, reading: &PageReading, docs: &[DocReading]) -> Vec<Option<Reading>> {
        // The layers of a text need no more than who is mentioned.
        let all = self.keeps || Kind::OF_A_READING.iter().any(|kind| self.prints(*kind));
        let by = |article: &Article, doc: &Doc| match all {
            true => chancery_reading::read_on(article, doc, &self.issues),
            false => chancery_reading::mentions(article, doc),
        };
        let says = |article: &Article, read: &DocReading| {
            let mut says = read.doc.as_ref().map(|doc| by(article, doc));
            if !read.notes.is_empty() {
                let notes = &mut says.get_or_insert_default().notes;
                let about =
                    |note: &Note| Note { message: format!("{origin}: {}", note.message), ..note.clone() };
                notes.splice(..0, read.notes.iter().map(about));
            }
            says
        };
        reading.articles.iter().zip(docs).map(|(article, doc)| says(article, doc)).collect()
    }

    fn prints(&self, kind: Kind) -> bool {
        self.form == Form::Lines && self.wanted.contains(&kind)
    }

    fn lines(
        &self,
        page: &Page,
        reading: &PageReading,
        docs: &[DocReading],
        says: &[Option<Reading>],
        source: Option<&str>,
    ) -> Vec<u8> {
        let mut lines = Lines::new(source);
        if self.prints(Kind::Page) {
            lines.page(page);
        }
        for (at, article) in reading.articles.iter().enumerate() {
            if self.prints(Kind::Article) {
                lines.article(article);
            }
            let doc = docs.get(at).and_then(|d| d.doc.as_ref()).filter(|_| self.prints(Kind::Doc));
            if let Some(doc) = doc {
                lines.doc(article, doc, says.get(at).and_then(Option::as_ref));
            }
            if let Some(Some(says)) = says.get(at) {
                lines.reading(article, says, &self.wanted);
            }
        }
        if self.prints(Kind::Furniture) {
            reading.furniture.iter().for_each(|furniture| lines.furniture(furniture));
        }
        if self.prints(Kind::Note) {
            let notes = reading.notes.iter().chain(says.iter().flatten().flat_map(|says| &says.notes));
            notes.for_each(|note| lines.note(Some(page.id), note));
        }
        lines.out
    }
}

/// What `read` reads. Reading never fails; should it, that is a defect, and it takes no other page with it.
fn guarded(origin: &str, read: impl FnOnce() -> PageReading) -> PageReading {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let message = format!("{origin}: the reader failed on this page, which is a defect of chancery");
        PageReading::only(Note::new(NoteCode::Defect, message).hint("report it with the page, please"))
    })
}

/// Notes that are said on the terminal as well: what was skipped, and what is wrong with an input's bytes. The others are of its
/// words, and common: they stand in the record and on the wire.
fn to_name(notes: &[Note]) -> Vec<Note> {
    use NoteCode::{BadCharacters, LongLine, TooDeep, UnknownCharset};
    let of_bytes = |code| matches!(code, BadCharacters | LongLine | TooDeep | UnknownCharset);
    notes.iter().filter(|note| note.code.skips() || of_bytes(note.code)).cloned().collect()
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
pub(crate) fn opening_words(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(10).collect();
    format!("{} …", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_defect_on_one_page_is_a_note_on_it() {
        let reading = guarded("a.html", || panic!("a defect, for the test"));
        assert_eq!(reading.notes[0].code, NoteCode::Defect);
        assert!(reading.notes[0].message.starts_with("a.html: "));
    }
}
