//! `chancery people`: who is named in a record, with offices and sides, and what each said.
//!
//! People and bodies are put together by their fullest name, article by article; that two people of one name are two is for linking.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Chain, EntityKind, Who};
use chancery_store::{Said, Store};
use clap::Args;
use serde::Serialize;

use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, table};
use crate::read::READER;
use crate::record;
use crate::terminal::{Screen, say};

/// Offices of one person that are shown.
const OFFICES: usize = 3;

/// List the people and bodies of a record with their offices, sides and statements
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery people talks.chancery
  chancery people talks.chancery --all
  chancery people --json | jq -r 'select(.side == \"Lasia\").name'

FILE may be left out where the folder holds one record.")]
pub(crate) struct PeopleArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Show organisations, places and groups too
    #[arg(long)]
    all: bool,
    /// Print a line of JSON for each
    #[arg(long)]
    json: bool,
}

/// Somebody as an article shows them at one place.
pub(crate) struct Person<'a> {
    said: &'a Said,
    who: &'a Who,
    chain: Option<&'a Chain>,
}

impl<'a> Person<'a> {
    /// Whom `who` means.
    pub(crate) fn of(said: &'a Said, who: &'a Who) -> Self {
        let chain = who.chain.as_ref().ok().and_then(|at| said.reading.chains.get(*at as usize));
        Self { said, who, chain }
    }

    /// The name with office and side; for the unnamed their description, for the unsettled the words and the reason.
    pub(crate) fn shown(&self) -> String {
        let words = one_line(&self.said.article.text[self.who.span.range()]);
        let Some(chain) = self.chain else {
            let reason = self.who.chain.as_ref().err().map_or("", |unresolved| unresolved.reason.as_str());
            return format!("{words} (not settled: {reason})");
        };
        let known: Vec<String> = offices(self.said, chain)
            .into_iter()
            .take(1)
            .chain(chain.side.as_ref().map(|side| side.name.clone()))
            .collect();
        let name =
            chain.name.clone().unwrap_or_else(|| one_line(&self.said.article.text[chain.shown.range()]));
        let known: Vec<String> = known.into_iter().filter(|word| *word != name).collect();
        if known.is_empty() { name } else { format!("{name} ({})", known.join(", ")) }
    }

    /// Whether the name, the office, the side or the words used hold all words of `name`.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let words = &self.said.article.text[self.who.span.range()];
        let offices = self.chain.map_or_else(Vec::new, |chain| offices(self.said, chain)).join(" ");
        let own = self.chain.and_then(|chain| chain.name.as_deref()).unwrap_or("");
        let side = self.chain.and_then(|chain| chain.side.as_ref()).map_or("", |side| side.name.as_str());
        [own, side, &offices, words].iter().any(|words| holds(words, name))
    }
}

/// Whether `text` holds all of `words`, in any order and case.
pub(crate) fn holds(text: &str, words: &str) -> bool {
    let text = text.to_lowercase();
    words.split_whitespace().all(|word| text.contains(&word.to_lowercase()))
}

fn offices(said: &Said, chain: &Chain) -> Vec<String> {
    let office = |role: &chancery_model::Role| {
        let title = one_line(&role.words(&said.article));
        if role.former { format!("former {title}") } else { title }
    };
    let mut out: Vec<String> = Vec::new();
    for title in chain.roles.iter().map(office) {
        if !out.contains(&title) {
            out.push(title);
        }
    }
    out
}

/// One line of the list.
#[derive(Default, Serialize)]
struct Entry {
    name: String,
    r#type: &'static str,
    offices: Vec<String>,
    side: Option<String>,
    articles: usize,
    mentions: usize,
    statements: usize,
    ids: Vec<String>,
}

/// Carries out the verb.
pub(crate) fn run(args: &PeopleArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let mut entries: BTreeMap<(EntityKind, String), Entry> = BTreeMap::new();
    for said in store.readings(READER)? {
        take(args, &said?, &mut entries);
    }
    let mut entries: Vec<Entry> = entries.into_values().collect();
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.statements, entry.mentions)));
    let mut screen = Screen::new();
    if args.json {
        entries.iter().for_each(|entry| screen.json(entry));
    } else {
        draw(&entries, &mut screen);
        say(&format!("{} named", entries.len()));
        record::mention_stale(&store)?;
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

fn take(args: &PeopleArgs, said: &Said, entries: &mut BTreeMap<(EntityKind, String), Entry>) {
    for (at, chain) in (0..).zip(&said.reading.chains) {
        let Some(name) = chain.name.clone().filter(|_| args.all || chain.kind == EntityKind::Person) else {
            continue;
        };
        let entry = entries.entry((chain.kind, name.clone())).or_default();
        (entry.name, entry.r#type) = (name, chain.kind.word());
        for office in offices(said, chain) {
            if !entry.offices.contains(&office) {
                entry.offices.push(office);
            }
        }
        entry.side = entry.side.take().or_else(|| chain.side.as_ref().map(|side| side.name.clone()));
        entry.articles += 1;
        entry.mentions += chain.mentions.len();
        let speaks = |who: &Who| who.chain == Ok(at);
        entry.statements +=
            said.reading.statements.iter().filter(|line| line.speakers.iter().any(speaks)).count();
        entry.ids.push(chain.id(&said.article).to_string());
    }
}

fn draw(entries: &[Entry], screen: &mut Screen) {
    let row = |entry: &Entry| {
        let offices: Vec<&str> = entry.offices.iter().take(OFFICES).map(String::as_str).collect();
        vec![
            one_line(&entry.name),
            one_line(entry.side.as_deref().unwrap_or("")),
            one_line(&offices.join("; ")),
            format!("{} said, {} mentions, {} articles", entry.statements, entry.mentions, entry.articles),
            entry.ids.first().cloned().unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    for row in table(&rows, 2, screen.width()) {
        let [name, side, offices, counts, id] = &row[..] else { continue };
        screen.bold(name);
        screen.put(&format!("  {side}  {offices}  {counts}  "));
        screen.dim(id);
        screen.line("");
    }
}
