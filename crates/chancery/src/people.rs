//! `chancery people`: who is named in a record, with offices and sides, and what each said.
//!
//! Who is who over all articles is what linking says; here it is only listed, with the reasons.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Chain, DatedRole, Entity, EntityKind, Id, LineKind, Who};
use chancery_store::{Said, Store};
use clap::Args;
use serde::Serialize;

use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, table};
use crate::linked;
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
#[derive(Serialize)]
struct Entry {
    id: String,
    name: String,
    names: Vec<String>,
    r#type: &'static str,
    offices: Vec<Office>,
    side: Option<String>,
    articles: usize,
    mentions: u32,
    statements: usize,
    /// Why chains with unlike names were taken for one.
    merged: Vec<String>,
    /// Its chains in the articles: what `why` explains.
    ids: Vec<String>,
}

/// An office and the days of the pages that give it.
#[derive(Serialize)]
struct Office {
    title: String,
    from: Option<String>,
    to: Option<String>,
}

/// Carries out the verb.
pub(crate) fn run(args: &PeopleArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let (entities, statements) = linked::people(&store)?;
    let known = Known { chains: store.ids_of(LineKind::Entity)?.into_iter().collect(), statements };
    let listed = |entity: &&Entity| args.all || entity.kind == EntityKind::Person;
    let mut entries: Vec<Entry> = entities.iter().filter(listed).map(|entity| known.entry(entity)).collect();
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

/// What the articles say of each of their chains.
struct Known {
    /// The ids of the chains of each article.
    chains: BTreeMap<Id, Vec<Id>>,
    statements: linked::Statements,
}

impl Known {
    fn entry(&self, entity: &Entity) -> Entry {
        let articles: BTreeSet<Id> = entity.chains.iter().map(|(article, _)| *article).collect();
        let id = |(article, at): &(Id, u32)| Some(self.chains.get(article)?.get(*at as usize)?.to_string());
        Entry {
            id: entity.id.to_string(),
            name: entity.name.clone(),
            names: entity.names.clone(),
            r#type: entity.kind.word(),
            offices: entity.roles.iter().map(Office::of).collect(),
            side: entity.side.clone(),
            articles: articles.len(),
            mentions: entity.mentions,
            statements: entity.chains.iter().filter_map(|chain| self.statements.get(chain)).sum::<u32>()
                as usize,
            merged: entity.merged.clone(),
            ids: entity.chains.iter().filter_map(id).collect(),
        }
    }
}

impl Office {
    fn of(role: &DatedRole) -> Self {
        let former = if role.former { "former " } else { "" };
        let of = role.of.as_deref().map_or(String::new(), |of| format!(" of {}", one_line(of)));
        Self {
            title: format!("{former}{}{of}", one_line(&role.title)),
            from: role.from.map(|day| day.to_string()),
            to: role.to.map(|day| day.to_string()),
        }
    }
}

/// Offices worth their room: each once, one that only leaves out whose it is not beside the full one.
fn shown(offices: &[Office]) -> Vec<&str> {
    let mut out: Vec<&str> = Vec::new();
    for office in offices {
        let title = office.title.as_str();
        let fuller =
            |other: &Office| other.title != title && other.title.starts_with(&format!("{title} of "));
        if !offices.iter().any(fuller) && !out.contains(&title) {
            out.push(title);
        }
    }
    out.truncate(OFFICES);
    out
}

fn draw(entries: &[Entry], screen: &mut Screen) {
    let row = |entry: &Entry| {
        vec![
            one_line(&entry.name),
            one_line(entry.side.as_deref().unwrap_or("")),
            shown(&entry.offices).join("; "),
            format!("{} said, {} mentions, {} articles", entry.statements, entry.mentions, entry.articles),
            entry.ids.first().cloned().unwrap_or_default(),
        ]
    };
    let rows: Vec<Vec<String>> = entries.iter().map(row).collect();
    for (row, entry) in table(&rows, 2, screen.width()).iter().zip(entries) {
        let [name, side, offices, counts, id] = &row[..] else { continue };
        screen.bold(name);
        screen.put(&format!("  {side}  {offices}  {counts}  "));
        screen.dim(id);
        screen.line("");
        for reason in &entry.merged {
            screen.dim(&format!("    {}", one_line(reason)));
            screen.line("");
        }
    }
}
