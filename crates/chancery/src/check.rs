//! `chancery check`: whether a record is whole and every line of it is borne out by its pages.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Article, Cite, PageId, PageReading};
use chancery_pages::PageWords;
use chancery_store::{Said, Store, StoredPage};
use clap::Args;

use crate::codebooks;
use crate::failure::{ALL_DONE, Failure, SOMETHING_SKIPPED};
use crate::layout::one_line;
use crate::read::{Job, in_order, threads};
use crate::record;
use crate::terminal::{Screen, say};

/// Differences of one page that are named; further ones are counted.
const NAMED: usize = 20;

/// Check every cite of a record against the stored pages, their hashes, and the file itself
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery check talks.chancery
  chancery check && cp talks.chancery /backup/

Exit status: 0 nothing differs, 1 something does, 2 the record cannot be opened.
FILE may be left out where the folder holds one record.")]
pub(crate) struct CheckArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Pages checked at the same time [default: one a processor]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
}

/// Carries out the verb.
pub(crate) fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let file = record::choose_alone(args.file.as_ref())?;
    let store = Store::open(&file)?;
    store.hold_still()?;
    let mut screen = Screen::new();
    let mut all = Found::default();
    all.differences.extend(store.integrity()?.into_iter().map(|what| format!("the file: {what}")));
    let pages = store.pages()?;
    let reader = codebooks::reader(&store)?;
    in_order(
        threads(args.jobs),
        move |send| {
            let _ = pages.iter().try_for_each(|page| send(take_out(&store, page.id, &reader)));
        },
        check_page,
        |found: Option<Found>| {
            all.add(found.unwrap_or_default());
            ControlFlow::Continue(())
        },
    );
    all.differences.iter().for_each(|line| screen.line(&one_line(line)));
    screen.finish()?;
    all.summary(&file);
    Ok(ExitCode::from(if all.differences.is_empty() { ALL_DONE } else { SOMETHING_SKIPPED }))
}

/// A page of the record, with what the record says of it.
struct Stored {
    id: PageId,
    /// The page, what was read on it, what its articles say, and whether this version of the program read it.
    page: Result<(StoredPage, PageReading, Vec<Said>, bool), String>,
}

impl Job for Stored {
    fn weight(&self) -> usize {
        self.page.as_ref().map_or(0, |(stored, ..)| stored.page.bytes.len())
    }
}

fn take_out(store: &Store, id: PageId, reader: &str) -> Stored {
    let page = || -> Result<_, String> {
        let stored = store.page(id).map_err(|error| error.to_string())?.ok_or("it has gone")?;
        let reading = store.reading(id).map_err(|error| error.to_string())?;
        let current = stored.reader.as_deref() == Some(reader);
        let says = if current { store.says(id).map_err(|error| error.to_string())? } else { Vec::new() };
        Ok((stored, reading, says, current))
    };
    Stored { id, page: page() }
}

/// What a check found.
#[derive(Default)]
struct Found {
    pages: usize,
    articles: usize,
    /// Statements, events, figures, stances.
    lines: usize,
    cites: usize,
    /// Pages that another reader read: what it read cannot be compared.
    stale: usize,
    differences: Vec<String>,
}

impl Found {
    fn add(&mut self, other: Found) {
        self.pages += other.pages;
        self.articles += other.articles;
        self.lines += other.lines;
        self.cites += other.cites;
        self.stale += other.stale;
        self.differences.extend(other.differences);
    }

    fn summary(&self, file: &std::path::Path) {
        if self.stale > 0 {
            let file = file.display();
            say(&format!(
                "{} pages were read by another version of chancery; chancery rebuild {file} reads them again",
                self.stale
            ));
        }
        let differences = match self.differences.len() {
            0 => "nothing differs".to_owned(),
            n => format!("{n} differences"),
        };
        let Self { pages, articles, lines, cites, .. } = self;
        say(&format!(
            "Checked {pages} pages, {articles} articles, {lines} lines, {cites} cites: {differences}."
        ));
    }
}

fn check_page(stored: Stored) -> Found {
    let mut found = Found { pages: 1, ..Found::default() };
    match &stored.page {
        Err(what) => found.differences.push(format!("page {}: {what}", stored.id)),
        Ok((page, reading, says, current)) => compare(page, reading, says, *current, &mut found),
    }
    found
}

fn compare(stored: &StoredPage, reading: &PageReading, says: &[Said], current: bool, found: &mut Found) {
    let page = &stored.page;
    let mut wrong = Vec::new();
    if PageId::of(&page.bytes) != page.id {
        wrong.push("its bytes have another hash".to_owned());
    }
    let words = PageWords::new(page);
    let mut cite = |name: String, cite: &Cite| {
        found.cites += 1;
        if !words.holds(cite) {
            wrong.push(format!(
                "{name}: the record shows {:?}, the page has {:?}",
                cite.words,
                words.at(&cite.ranges)
            ));
        }
    };
    for article in &reading.articles {
        cites_of(article).into_iter().for_each(|(name, words)| cite(name, &words));
    }
    for furniture in &reading.furniture {
        cite(format!("furniture {}", furniture.id()), &furniture.cite);
    }
    for said in says {
        found.lines += said.reading.statements.len()
            + said.reading.events.len()
            + said.reading.figures.len()
            + said.reading.stances.len();
        cites_of_lines(said, &mut cite);
    }
    found.articles += reading.articles.len();
    match current {
        true => wrong.extend(read_again(stored, reading)),
        false => found.stale += 1,
    }
    let more = wrong.len().saturating_sub(NAMED);
    found
        .differences
        .extend(wrong.iter().take(NAMED).map(|what| format!("page {} ({}): {what}", page.id, page.origin)));
    if more > 0 {
        found.differences.push(format!("page {}: {more} more differences", page.id));
    }
}

/// All cites of an article, with their names.
fn cites_of(article: &Article) -> Vec<(String, Cite)> {
    let id = article.id;
    let mut cites: Vec<(String, Cite)> = article
        .blocks
        .iter()
        .enumerate()
        .map(|(n, block)| (format!("article {id}, block {}", n + 1), article.cite(block.span)))
        .collect();
    cites.extend(article.title.clone().map(|title| (format!("article {id}, title"), title)));
    cites.extend(article.published.cite.clone().map(|date| (format!("article {id}, date"), date)));
    cites
        .extend(article.dateline.as_ref().map(|d| (format!("article {id}, dateline"), article.cite(d.span))));
    cites
}

/// All cites of what an article says, each given with its name to `cite`. A mention is cited by its chain; one that has none is
/// cited by itself.
fn cites_of_lines(said: &Said, cite: &mut impl FnMut(String, &Cite)) {
    let (article, reading) = (&said.article, &said.reading);
    for (kind, at, id) in reading.lines(article) {
        for span in reading.spans_of(kind, at) {
            cite(format!("{} {id}", kind.word()), &article.cite(span));
        }
    }
    for mention in reading.mentions.iter().filter(|mention| mention.chain.is_err()) {
        cite(format!("a mention in article {}", article.id), &article.cite(mention.span));
    }
}

/// The page read once more: the same reader reads the same.
fn read_again(stored: &StoredPage, kept: &PageReading) -> Option<String> {
    let read = if stored.whole { chancery_pages::read_whole } else { chancery_pages::read_page };
    let now = read(&stored.page);
    let differs = match () {
        () if kept.articles.len() != now.articles.len() => "articles",
        () if kept.articles != now.articles => "the articles",
        () if kept.furniture != now.furniture => "the furniture",
        () if kept.notes != now.notes => "the notes",
        () => return None,
    };
    let count = |reading: &PageReading| match differs {
        "articles" | "the articles" => reading.articles.len(),
        "the furniture" => reading.furniture.len(),
        _ => reading.notes.len(),
    };
    Some(format!("read again, {differs} differ: {} in the record, {} now", count(kept), count(&now)))
}
