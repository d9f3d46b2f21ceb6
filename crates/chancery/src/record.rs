//! Which record a verb looks into, and which line of it is meant.
//!
//! Verbs take the record first: `chancery show talks.chancery a3f0`. It may be left out where the folder holds exactly one.

use std::path::{Path, PathBuf};

use chancery_model::{Article, PageReading};
use chancery_store::{ArticleLine, Line, Said, Store, StoredPage};
use clap::Args;

use crate::codebooks;
use crate::failure::Failure;
use crate::terminal::say;

/// Lines that one prefix of an id may mean before they are no longer listed.
const CANDIDATES: u32 = 6;

/// What a verb takes that shows all lines of one kind.
#[derive(Args)]
pub(crate) struct Whole {
    /// The record
    #[arg(value_name = "FILE")]
    pub(crate) file: Option<PathBuf>,
    /// Print lines of JSON
    #[arg(long)]
    pub(crate) json: bool,
}

/// The record named by the first of `words`, or the only one in the folder; and the words that are left.
pub(crate) fn choose(words: &[String]) -> Result<(PathBuf, &[String]), Failure> {
    match words.split_first() {
        Some((first, rest)) if first.ends_with(".chancery") || Path::new(first).is_file() => {
            Ok((first.into(), rest))
        }
        _ => Ok((only_one(Path::new("."))?, words)),
    }
}

/// The record named by `words`, which are nothing else.
pub(crate) fn choose_alone(word: Option<&PathBuf>) -> Result<PathBuf, Failure> {
    word.map_or_else(|| only_one(Path::new(".")), |file| Ok(file.clone()))
}

fn only_one(folder: &Path) -> Result<PathBuf, Failure> {
    let entries = std::fs::read_dir(folder).into_iter().flatten();
    let mut found: Vec<PathBuf> =
        entries.filter_map(|entry| Some(PathBuf::from(entry.ok()?.file_name()))).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "chancery"));
    match (found.pop(), found.len()) {
        (Some(one), 0) => Ok(one),
        (None, _) => Err(Failure::new("no record is named, and there is none in this folder").hint(
            "name one: chancery articles FILE.chancery; chancery read PAGES… --into FILE.chancery makes one",
        )),
        (Some(_), more) => {
            Err(Failure::new(format!("no record is named, and there are {} in this folder", more + 1))
                .hint("name one: chancery articles FILE.chancery"))
        }
    }
}

/// An article with its page and all that was read on it.
pub(crate) struct Opened {
    /// The page.
    pub(crate) stored: StoredPage,
    /// What was read on it.
    pub(crate) reading: PageReading,
    /// Which of its articles is meant.
    pub(crate) index: usize,
    /// How a listing shows it.
    pub(crate) line: ArticleLine,
}

impl Opened {
    /// The article meant.
    pub(crate) fn article(&self) -> &Article {
        &self.reading.articles[self.index]
    }
}

/// The one article whose id begins with `prefix`.
pub(crate) fn article(store: &Store, prefix: &str) -> Result<Opened, Failure> {
    let mut found = store.articles_like(prefix, CANDIDATES)?;
    if found.len() > 1 {
        let ids: Vec<String> = found.iter().map(|line| line.id.to_string()).collect();
        return Err(Failure::not_found(format!(
            "{prefix} begins the ids of several articles: {}",
            ids.join(", ")
        ))
        .hint("give more of the id"));
    }
    let Some(line) = found.pop() else {
        let file = store.file().display();
        return Err(Failure::not_found(format!("{file}: no article has an id that begins with {prefix}"))
            .hint(format!("chancery articles {file} lists them")));
    };
    let gone =
        || Failure::not_found(format!("{}: article {} has gone since", store.file().display(), line.id));
    let stored = store.page(line.page)?.ok_or_else(gone)?;
    let reading = store.reading(line.page)?;
    let index = reading.articles.iter().position(|article| article.id == line.id).ok_or_else(gone)?;
    Ok(Opened { stored, reading, index, line })
}

/// The one line of a reading whose id begins with `prefix`, and all that its article says.
pub(crate) fn line(store: &Store, prefix: &str) -> Result<(Line, Said), Failure> {
    let mut found = store.lines_like(prefix, CANDIDATES)?;
    found.dedup_by_key(|line| line.id);
    let file = store.file().display();
    if found.len() > 1 {
        let ids: Vec<String> = found.iter().map(|line| line.id.to_string()).collect();
        return Err(Failure::not_found(format!(
            "{prefix} begins the ids of several lines: {}",
            ids.join(", ")
        ))
        .hint("give more of the id"));
    }
    let Some(line) = found.pop() else {
        return Err(Failure::not_found(format!("{file}: no line has an id that begins with {prefix}"))
            .hint(format!("chancery statements {file} lists statements")));
    };
    let stored = store.page(line.page)?;
    let reader = codebooks::reader(store)?;
    if stored.is_none_or(|page| page.reader.as_deref() != Some(&reader)) {
        return Err(Failure::not_found(format!(
            "{file}: {} was read by another version of chancery",
            line.id
        ))
        .hint(format!("chancery rebuild {file} reads it again")));
    }
    let gone = || Failure::not_found(format!("{file}: {} has gone since", line.id));
    let said =
        store.says(line.page)?.into_iter().find(|said| said.article.id == line.article).ok_or_else(gone)?;
    Ok((line, said))
}

/// Says how many pages another version of chancery read: what they say is not shown.
pub(crate) fn mention_stale(store: &Store) -> Result<(), Failure> {
    let stale = store.stale(&codebooks::reader(store)?)?.len();
    if stale > 0 {
        let file = store.file().display();
        say(&format!(
            "{stale} pages were read by another version of chancery and are left out; chancery rebuild {file} reads them again"
        ));
    }
    Ok(())
}
