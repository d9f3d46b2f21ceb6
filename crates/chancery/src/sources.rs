//! `chancery sources`: who copies whom, how many accounts there are, and what changed on pages afterwards.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_linking::Carried;
use chancery_linking::copies::Copies;
use chancery_model::{Account, Article, Cite, Id, Lineage, Origin, Precedence, Revision};
use chancery_store::Store;
use clap::Args;

use crate::failure::{ALL_DONE, Failure};
use crate::gathered::{ById, Gathered, accounts, by_id, copies_of, linkable, list};
use crate::layout::{one_line, pad, wrap};
use crate::linked;
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire::{Kind, LinkedLines};

/// Show who copies whom: accounts with the outlets that carry them, and pages that changed afterwards
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery sources talks.chancery
  chancery sources talks.chancery --json | jq -r 'select(.kind == \"copy\" and .relation == \"edited\") | .a.text, .b.text, \"\"'

Outlets that carry one agency's text are one account. FILE may be left out where the folder holds one record.")]
pub(crate) struct SourcesArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Print lines of JSON: accounts, what articles have from others, passages, revisions
    #[arg(long)]
    json: bool,
}

/// Carries out the verb.
pub(crate) fn run(args: &SourcesArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let gathered = Gathered::of(&store)?;
    let carried = gathered.carried();
    let copies = copies_of(&carried);
    let mut screen = Screen::new();
    if args.json {
        let articles = linkable(&carried);
        let mut lines = LinkedLines::new(&articles);
        lines.copies(&copies, &[Kind::Account, Kind::Lineage, Kind::Copy, Kind::Revision]);
        screen.lines(&lines.out);
    } else {
        show(&carried, &copies, &mut screen);
        say(&totals(&gathered, &carried, &copies));
    }
    screen.finish()?;
    linked::mention(&copies.notes);
    Ok(ExitCode::from(ALL_DONE))
}

/// Both numbers: what carries the news, and how many accounts of it there are.
fn totals(gathered: &Gathered, carried: &[Carried<'_>], copies: &Copies) -> String {
    let outlets: BTreeSet<&str> = carried.iter().filter_map(|c| c.article.outlet.as_deref()).collect();
    format!(
        "{} articles on {} pages from {} outlets: {} independent accounts",
        carried.len(),
        gathered.pages(),
        outlets.len(),
        copies.accounts.len()
    )
}

fn show(carried: &[Carried<'_>], copies: &Copies, screen: &mut Screen) {
    let (articles, accounts) = (by_id(carried), accounts(copies));
    let best = best_lineages(copies, &accounts);
    for account in copies.accounts.iter().filter(|account| account.articles.len() > 1) {
        show_account(account, &articles, &best, screen);
    }
    let apart = |l: &&Lineage| accounts.get(&l.article) != accounts.get(&l.from);
    let parts: Vec<&Lineage> = copies.lineages.iter().filter(apart).collect();
    if !parts.is_empty() {
        screen.bold("Passages of another account");
        screen.line("");
        parts.iter().for_each(|lineage| show_part(lineage, &articles, screen));
        screen.line("");
    }
    copies.revisions.iter().for_each(|revision| show_revision(revision, &articles, screen));
}

fn show_account(account: &Account, all: &ById<'_>, best: &BTreeMap<Id, &Lineage>, screen: &mut Screen) {
    let articles: Vec<&Article> = account.articles.iter().filter_map(|id| all.get(id).copied()).collect();
    let outlets: BTreeSet<&str> = articles.iter().filter_map(|article| article.outlet.as_deref()).collect();
    let origin = match &account.origin {
        Some(Origin::Agency(name)) => name.clone(),
        Some(Origin::Page(page)) => {
            let first = articles.iter().find(|article| article.page == *page);
            first.and_then(|article| article.outlet.clone()).unwrap_or_else(|| "one page".to_owned())
        }
        None => "one account".to_owned(),
    };
    screen.bold(&one_line(&origin));
    screen.line(&format!(": {} articles, {} outlets, 1 account", articles.len(), outlets.len()));
    for article in articles {
        list(article, "  ", screen);
        if let Some(lineage) = best.get(&article.id) {
            screen.dim(&format!("{}{}", pad("", HOW), how(lineage)));
            screen.line("");
        }
    }
    screen.line("");
}

/// Columns before the words that tell what an article has from another.
const HOW: usize = 29;

/// For each article the lineage inside its account that explains most of it.
fn best_lineages<'a>(copies: &'a Copies, accounts: &BTreeMap<Id, Id>) -> BTreeMap<Id, &'a Lineage> {
    let mut best: BTreeMap<Id, &Lineage> = BTreeMap::new();
    let inside = |l: &&Lineage| accounts.get(&l.article) == accounts.get(&l.from);
    for lineage in copies.lineages.iter().filter(inside) {
        let known = best.entry(lineage.article).or_insert(lineage);
        if lineage.shared > known.shared {
            *known = lineage;
        }
    }
    best
}

/// "edited copy of a1b2…: 310 of its 402 words, 25 left out".
fn how(lineage: &Lineage) -> String {
    let left_out = lineage.from_words.saturating_sub(lineage.shared);
    let known = match lineage.known_by {
        None => ", which came first is not known".to_owned(),
        Some(Precedence::Cut) => ", taken for the later one because it is shorter".to_owned(),
        Some(_) => String::new(),
    };
    format!(
        "{} of {}: {} of its {} words, {left_out} left out{known}",
        lineage.kind.word(),
        lineage.from,
        lineage.shared,
        lineage.words
    )
}

fn show_part(lineage: &Lineage, articles: &ById<'_>, screen: &mut Screen) {
    let name = |id: Id| {
        let outlet = articles.get(&id).and_then(|article| article.outlet.clone());
        format!("{id} {}", one_line(&outlet.unwrap_or_default()))
    };
    let words = format!("{} of {} words", lineage.shared, lineage.words);
    screen.line(&format!("  {}  has {words} from  {}", name(lineage.article), name(lineage.from)));
}

fn show_revision(revision: &Revision, articles: &ById<'_>, screen: &mut Screen) {
    let title = articles.get(&revision.to).and_then(|article| article.title.as_ref());
    screen.bold(&one_line(title.map_or("a page", |title| title.words.as_str())));
    let said = if revision.silent { "changed without a new date" } else { "changed" };
    screen.line(&format!(": {said}, {} was {}", revision.to, revision.from));
    for [before, after] in &revision.edited {
        line("-", before, screen);
        line("+", after, screen);
    }
    revision.removed.iter().for_each(|cite| line("- gone", cite, screen));
    revision.added.iter().for_each(|cite| line("+ new", cite, screen));
    screen.line("");
}

fn line(mark: &str, cite: &Cite, screen: &mut Screen) {
    let width = screen.text_width().saturating_sub(10).max(20);
    for (at, words) in wrap(&one_line(&cite.words), width).iter().enumerate() {
        screen.dim(&format!("  {}", pad(if at == 0 { mark } else { "" }, 8)));
        screen.line(words);
    }
}
