//! `chancery stories`: the running matters of a record, told apart.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_linking::stories;
use chancery_model::{Id, Story};
use chancery_store::Store;
use clap::Args;

use crate::failure::{ALL_DONE, Failure};
use crate::gathered::{ById, Gathered, by_id, linkable, list};
use crate::layout::one_line;
use crate::linked;
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire::LinkedLines;

/// Show the running matters that the articles of a record are about
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery stories talks.chancery
  chancery stories talks.chancery --json | jq -r .title.text

FILE may be left out where the folder holds one record.")]
pub(crate) struct StoriesArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Print a line of JSON for each story
    #[arg(long)]
    json: bool,
}

/// Carries out the verb.
pub(crate) fn run(args: &StoriesArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let gathered = Gathered::of(&store)?;
    let carried = gathered.current();
    let (found, notes) = stories::stories(&carried);
    let mut screen = Screen::new();
    if args.json {
        let articles = linkable(&carried);
        let mut lines = LinkedLines::new(&articles);
        found.iter().for_each(|story| lines.story(story));
        screen.lines(&lines.out);
    } else {
        let (articles, accounts) = (by_id(&carried), linked::accounts(&store)?);
        found.iter().for_each(|story| show(story, &articles, &accounts, &mut screen));
        say(&format!("{} stories in {} articles", found.len(), carried.len()));
    }
    screen.finish()?;
    linked::mention(&notes);
    Ok(ExitCode::from(ALL_DONE))
}

fn show(story: &Story, articles: &ById<'_>, accounts: &BTreeMap<Id, Id>, screen: &mut Screen) {
    screen.bold(&one_line(&story.title.words));
    screen.line("");
    let days = match (story.from, story.to) {
        (Some(from), Some(to)) if from == to => from.to_string(),
        (Some(from), Some(to)) => format!("{from} to {to}"),
        _ => "no date".to_owned(),
    };
    let independent: BTreeSet<Id> =
        story.articles.iter().filter_map(|id| accounts.get(id).copied()).collect();
    let counts = format!("{} articles, {} independent accounts", story.articles.len(), independent.len());
    screen.dim(&format!("  {}  {days}, {counts}", story.id));
    screen.line("");
    story.articles.iter().filter_map(|id| articles.get(id)).for_each(|article| list(article, "    ", screen));
    screen.line("");
}
