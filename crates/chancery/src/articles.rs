//! `chancery articles`: what a record holds, by date.

use std::process::ExitCode;

use chancery_store::{ArticleLine, Store};
use clap::Args;
use serde::Serialize;

use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, table};
use crate::read::opening_words;
use crate::record;
use crate::terminal::{Screen, say};

/// List the articles of a record by date
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery articles talks.chancery
  chancery articles talks.chancery --json | jq -r .title

FILE may be left out where the folder holds one record.")]
pub(crate) struct ArticlesArgs {
    #[command(flatten)]
    of: record::Whole,
}

/// Carries out the verb.
pub(crate) fn run(args: &ArticlesArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.of.file.as_ref())?)?;
    let articles = store.articles()?;
    let mut screen = Screen::new();
    if args.of.json {
        articles.iter().for_each(|article| screen.json(&JsonLine::new(article)));
    } else {
        list(&articles, &mut screen);
        say(&format!("{} articles on {} pages", articles.len(), store.pages()?.len()));
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

fn list(articles: &[ArticleLine], screen: &mut Screen) {
    let rows: Vec<Vec<String>> = articles.iter().map(row).collect();
    for row in table(&rows, 4, screen.width()) {
        let [id, date, outlet, agency, title, words] = &row[..] else { continue };
        screen.dim(id);
        screen.put(&format!("  {date}  {outlet}  {agency}  "));
        screen.bold(title);
        screen.line(&format!("  {words}"));
    }
}

/// Id, date and what it rests on, outlet, agency, title, words.
fn row(article: &ArticleLine) -> Vec<String> {
    let day = article.published.as_deref().and_then(|moment| moment.get(..10));
    let date = match (day, &article.basis) {
        (Some(day), Some(basis)) => format!("{day} {basis}"),
        _ => "no date".to_owned(),
    };
    let older = if article.version < article.versions {
        format!(" (version {} of {})", article.version, article.versions)
    } else {
        String::new()
    };
    let shown = |words: &Option<String>| one_line(words.as_deref().unwrap_or(""));
    let title = article.title.clone().unwrap_or_else(|| opening_words(&article.opening));
    vec![
        article.id.to_string(),
        date,
        crate::layout::cut(&shown(&article.outlet), 24),
        crate::layout::cut(&shown(&article.agency), 16),
        one_line(&title) + &older,
        format!("{} words", article.words),
    ]
}

/// One article on the wire of this listing, documented in `docs/wire.md`.
#[derive(Serialize)]
pub(crate) struct JsonLine<'a> {
    id: String,
    page: String,
    title: Option<&'a str>,
    published: Option<&'a str>,
    published_basis: Option<&'a str>,
    unresolved: Option<&'a str>,
    outlet: Option<&'a str>,
    agency: Option<&'a str>,
    language: &'a str,
    words: u64,
    version: u32,
    versions: u32,
}

impl<'a> JsonLine<'a> {
    /// The article as the listing's fields.
    pub(crate) fn new(article: &'a ArticleLine) -> Self {
        Self {
            id: article.id.to_string(),
            page: article.page.to_string(),
            title: article.title.as_deref(),
            published: article.published.as_deref(),
            published_basis: article.basis.as_deref(),
            unresolved: article.unresolved.as_deref(),
            outlet: article.outlet.as_deref(),
            agency: article.agency.as_deref(),
            language: &article.language,
            words: article.words,
            version: article.version,
            versions: article.versions,
        }
    }
}
