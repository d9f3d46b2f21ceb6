//! What must hold of every page, whatever its bytes: nothing panics, and every cite is the words of its bytes.
//!
//! The fuzz targets include this file, so what they find and what the cases in `fuzz/cases` keep is one and the same.

use chancery_model::{Article, Cite, Known, MediaKind, Note, Page, PageReading, Span};
use chancery_pages::{Limits, Opened, PageWords, open, read_page, read_whole};

/// Limits that let a small input reach every edge.
const LIMITS: Limits = Limits {
    page_bytes: 256 << 10,
    head_bytes: 4 << 10,
    free_expansion: 1 << 20,
    expansion: 200,
    record_notes: 3,
};

/// Pages of one input that are proved.
const PAGES: usize = 8;

/// Opens any bytes and proves the pages in them.
pub(crate) fn opened(bytes: &[u8]) {
    let mut proved = 0;
    for opened in open(bytes, "input", &Known::default(), &LIMITS) {
        match opened {
            Opened::Page(page) if proved < PAGES => {
                assert!(page.bytes.len() <= LIMITS.page_bytes, "a page over the limit");
                self::page(&page);
                proved += 1;
            }
            Opened::Page(_) => {}
            Opened::Note(note) => self::note(&note, usize::MAX),
        }
    }
}

/// Proves bytes as a page of this kind.
pub(crate) fn bytes(bytes: &[u8], media: MediaKind, charset: Option<&str>) {
    let mut page = Page::new(bytes.to_vec(), "input".to_owned(), media, Known::default());
    page.charset = charset.map(str::to_owned);
    self::page(&page);
}

/// Proves a page, read into stories and read whole.
pub(crate) fn page(page: &Page) {
    let words = PageWords::new(page);
    for reading in [read_page(page), read_whole(page)] {
        self::reading(&reading, page, &words);
    }
}

fn reading(reading: &PageReading, page: &Page, words: &PageWords) {
    for article in &reading.articles {
        self::article(article, page, words);
    }
    for furniture in &reading.furniture {
        cite(&furniture.cite, page, words);
    }
    for note in &reading.notes {
        self::note(note, page.bytes.len());
    }
}

fn article(article: &Article, page: &Page, words: &PageWords) {
    assert_eq!(article.map.text_len(), article.text.len(), "the map covers the text");
    let mut end = 0;
    for piece in article.map.pieces() {
        assert_eq!(piece.text.start, end, "pieces without gaps");
        end = piece.text.end;
        assert!(
            piece.page.start <= piece.page.end && piece.page.end as usize <= page.bytes.len(),
            "{piece:?}"
        );
        assert!(article.text.get(piece.text.range()).is_some(), "{piece:?} on char boundaries");
    }
    let dateline = article.dateline.iter().map(|dateline| dateline.span);
    for span in article.blocks.iter().map(|block| block.span).chain(dateline) {
        assert!(article.text.get(span.range()).is_some(), "{span:?} on char boundaries");
        cite(&article.cite(span), page, words);
    }
    assert!(article.text.get(article.body.range()).is_some(), "the body on char boundaries");
    halves(article, page, words);
    for part in article.title.iter().chain(&article.published.cite) {
        cite(part, page, words);
    }
}

/// Cites may begin and end anywhere, not only where blocks do. One that takes a part of a unit shows all of its bytes, so
/// cuts are made between pieces.
fn halves(article: &Article, page: &Page, words: &PageWords) {
    let cuts: Vec<u32> = article.map.pieces().iter().map(|piece| piece.text.start).collect();
    let every = cuts.len() / 16 + 1;
    for pair in cuts.iter().step_by(every).collect::<Vec<_>>().windows(2) {
        let span = Span { start: *pair[0], end: *pair[1] };
        let ranges = article.map.page_ranges(span);
        if !ranges.is_empty() && !article.text[span.range()].trim().is_empty() {
            cite(&article.cite(span), page, words);
        }
    }
}

fn cite(cite: &Cite, page: &Page, words: &PageWords) {
    assert_eq!(cite.page, page.id);
    for range in &cite.ranges {
        assert!(
            range.start <= range.end && range.end as usize <= page.bytes.len(),
            "{range:?} within the page"
        );
    }
    assert!(words.holds(cite), "{:?} at {:?}: {:?}", cite.words, cite.ranges, words.at(&cite.ranges));
}

fn note(note: &Note, bytes: usize) {
    assert!(note.message.starts_with("input"), "names the input: {}", note.message);
    assert!(!note.message.contains('\n'), "one line: {}", note.message);
    assert!(note.at.is_none_or(|at| at.start <= at.end && at.end as usize <= bytes), "{note:?}");
}
