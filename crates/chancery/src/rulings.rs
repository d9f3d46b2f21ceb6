//! `chancery rule` and `chancery rulings`: a person's word against the reader's, kept and listed.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery_linking::record::fold_name;
use chancery_model::{Id, LineKind, Ruling, RulingKind};
use chancery_store::{KeptRuling, Settings, Store};
use clap::Args;
use serde::Serialize;

use crate::clock;
use crate::codebooks;
use crate::failure::{ALL_DONE, Failure};
use crate::layout::one_line;
use crate::linked;
use crate::record;
use crate::terminal::{Screen, say};

/// Rule on a line of a record: the ruling is kept, and holds against every reader
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery rule talks.chancery speaker s1f2e3d4c5b6a 'Ada Quell' --why 'he in the next sentence is the host'
  chancery rule talks.chancery speaker s1f2e3d4c5b6a - --why 'the page does not say who'
  chancery rule talks.chancery same 'Olek Maric' 'O. Marić' --why 'one envoy'
  chancery rule talks.chancery apart 'Olek Maric' 'Olek Marik' --why 'envoy and goalkeeper'
  chancery rule talks.chancery not-event v1f2e3d4c5b6a --why 'a film'
  chancery rule talks.chancery issue p1f2e3d4c5b6a ceasefire --why 'the truce is meant'
  chancery rule talks.chancery not-dispute d1f2e3d4c5b6a --why 'two different days'")]
pub(crate) struct RuleArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// What is ruled: speaker, same, apart, not-event, issue, not-dispute
    #[arg(value_name = "WHAT", value_parser = kind)]
    kind: RulingKind,
    /// The id of the line, or a name
    about: String,
    /// What holds instead: a name, an issue; - for nothing
    instead: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    why: String,
    /// Who rules [default: the user of this machine]
    #[arg(long, value_name = "NAME")]
    ruled_by: Option<String>,
}

/// List what people ruled on a record, or undo a ruling
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery rulings talks.chancery
  chancery rulings talks.chancery --undo r1f2e3d4c5b6a

A ruling that is undone stays on the list, with who undid it. FILE may be left out where the folder holds one record.")]
pub(crate) struct RulingsArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Undo this ruling
    #[arg(long, value_name = "ID")]
    undo: Option<String>,
    /// Who undoes it [default: the user of this machine]
    #[arg(long, value_name = "NAME")]
    ruled_by: Option<String>,
    /// Print a line of JSON for each ruling
    #[arg(long)]
    json: bool,
}

fn kind(word: &str) -> Result<RulingKind, String> {
    RulingKind::parse(word).ok_or_else(|| {
        let known: Vec<&str> = RulingKind::ALL.iter().map(|kind| kind.word()).collect();
        format!("what can be ruled: {}", known.join(", "))
    })
}

/// Who rules: whoever is named, else the user of this machine.
#[expect(clippy::disallowed_methods, reason = "the command line asks who its user is; nothing below it does")]
fn ruler(given: Option<&String>) -> Result<String, Failure> {
    let user = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    given
        .cloned()
        .or_else(user)
        .filter(|name| !name.trim().is_empty())
        .ok_or_else(|| Failure::new("nobody is named who rules").hint("say who: --ruled-by NAME"))
}

/// Carries out the verb `rule`.
pub(crate) fn rule(args: &RuleArgs) -> Result<ExitCode, Failure> {
    drop(Store::open(&args.file)?);
    let mut store = Store::open_to_write(&args.file, &Settings::default())?;
    let instead = args.instead.clone().filter(|words| words != "-");
    sensible(&store, args, instead.as_deref())?;
    let (by, at) = (ruler(args.ruled_by.as_ref())?, clock::now());
    let id = Ruling::id_of(args.kind, &args.about, instead.as_deref(), &by, at);
    let ruling =
        Ruling { id, kind: args.kind, about: about(&store, args)?, instead, by, at, why: args.why.clone() };
    let mut batch = store.batch(&mut |_| true)?;
    batch.rule(&ruling)?;
    batch.commit()?;
    linked::keep(&mut store)?;
    say(&format!("{}: ruling {id} is kept; chancery rulings lists and undoes rulings", args.file.display()));
    Ok(ExitCode::from(ALL_DONE))
}

/// A ruling that says nothing is told so.
fn sensible(store: &Store, args: &RuleArgs, instead: Option<&str>) -> Result<(), Failure> {
    let needs = |what: &str| {
        Failure::new(format!("a ruling of the kind {} names {what}", args.kind.word()))
            .hint("see chancery rule --help")
    };
    match args.kind {
        RulingKind::Same | RulingKind::Apart if instead.is_none() => Err(needs("two names")),
        RulingKind::Speaker | RulingKind::Issue if args.instead.is_none() => {
            Err(needs("what holds instead, or -"))
        }
        RulingKind::Issue => {
            let books = codebooks::books(&store.codebooks()?)?;
            let known = |issue: &str| books.iter().any(|book| book.issues.iter().any(|i| i.id == issue));
            match instead {
                Some(issue) if !known(issue) => {
                    let file = store.file().display();
                    Err(Failure::new(format!("{file}: no codebook of this record has an issue {issue}"))
                        .hint(format!("chancery codebook list {file} names them")))
                }
                _ => Ok(()),
            }
        }
        _ => Ok(()),
    }
}

/// The whole id of the line that is meant; names are taken as they are.
fn about(store: &Store, args: &RuleArgs) -> Result<String, Failure> {
    let kind = match args.kind {
        RulingKind::Same | RulingKind::Apart => {
            mention_strangers(store, [Some(&args.about), args.instead.as_ref()])?;
            return Ok(args.about.clone());
        }
        RulingKind::NotDispute => None,
        RulingKind::Speaker => Some(LineKind::Statement),
        RulingKind::NotEvent => Some(LineKind::Event),
        RulingKind::Issue => Some(LineKind::Stance),
    };
    let ids = match kind {
        Some(kind) => lines(store, &args.about, kind)?,
        None => disputes(store, &args.about)?,
    };
    let what = kind.map_or("dispute", LineKind::word);
    let file = store.file().display();
    match ids[..] {
        [only] => Ok(only.to_string()),
        [] => Err(Failure::not_found(format!("{file}: no {what} has an id that begins with {}", args.about))
            .hint(format!("chancery export {file} prints the id of every line"))),
        _ => Err(Failure::not_found(format!("{file}: {} begins the ids of several lines", args.about))
            .hint("give more of the id")),
    }
}

/// Lines of a kind whose id begins so.
fn lines(store: &Store, prefix: &str, kind: LineKind) -> Result<Vec<Id>, Failure> {
    let found = store.lines_like(prefix, 6)?;
    let mut ids: Vec<Id> = found.into_iter().filter(|line| line.kind == kind).map(|line| line.id).collect();
    ids.dedup();
    Ok(ids)
}

fn disputes(store: &Store, prefix: &str) -> Result<Vec<Id>, Failure> {
    let found = linked::disputes(store)?.into_iter().map(|dispute| dispute.id);
    Ok(found.filter(|id| id.to_string().starts_with(prefix)).collect())
}

/// Says which names nobody in the record has: the ruling is kept for pages to come, or a letter is wrong.
fn mention_strangers(store: &Store, names: [Option<&String>; 2]) -> Result<(), Failure> {
    let (entities, _) = linked::people(store)?;
    for name in names.into_iter().flatten() {
        let folded = fold_name(name);
        let bears = |known: &String| fold_name(known) == folded;
        if !entities.iter().any(|entity| entity.names.iter().any(bears)) {
            say(&format!("{}: nobody in it is called {name} so far", store.file().display()));
        }
    }
    Ok(())
}

/// Carries out the verb `rulings`.
pub(crate) fn list(args: &RulingsArgs) -> Result<ExitCode, Failure> {
    let file = record::choose_alone(args.file.as_ref())?;
    if let Some(id) = &args.undo {
        return undo(&file, id, ruler(args.ruled_by.as_ref())?);
    }
    let rulings = Store::open(&file)?.rulings()?;
    let mut screen = Screen::new();
    for kept in &rulings {
        match args.json {
            true => screen.json(&JsonRuling::of(kept)),
            false => draw(kept, &mut screen),
        }
    }
    if !args.json {
        say(&format!("{} rulings", rulings.len()));
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

fn undo(file: &Path, id: &str, by: String) -> Result<ExitCode, Failure> {
    drop(Store::open(file)?);
    let mut store = Store::open_to_write(file, &Settings::default())?;
    let found: Vec<Id> = store
        .rulings()?
        .iter()
        .map(|kept| kept.ruling.id)
        .filter(|known| known.to_string().starts_with(id))
        .collect();
    let [ruling] = found[..] else {
        return Err(Failure::not_found(format!(
            "{}: {} rulings have an id that begins with {id}",
            file.display(),
            found.len()
        ))
        .hint(format!("chancery rulings {} lists them", file.display())));
    };
    let mut batch = store.batch(&mut |_| true)?;
    let stood = batch.undo(ruling, &by, clock::now())?;
    batch.commit()?;
    linked::keep(&mut store)?;
    say(&format!(
        "{}: ruling {ruling} {}",
        file.display(),
        if stood { "is undone" } else { "was undone before" }
    ));
    Ok(ExitCode::from(ALL_DONE))
}

fn draw(kept: &KeptRuling, screen: &mut Screen) {
    let ruling = &kept.ruling;
    let instead = ruling.instead.as_deref().map_or(String::new(), |words| format!(" → {}", one_line(words)));
    screen.dim(&ruling.id.to_string());
    screen.put(&format!("  {}  ", ruling.at.date));
    screen.bold(ruling.kind.word());
    screen.line(&format!(" {}{instead}", one_line(&ruling.about)));
    screen.line(&format!("    {}: {}", one_line(&ruling.by), one_line(&ruling.why)));
    if let Some((by, at)) = &kept.undone {
        screen.line(&format!("    undone by {} on {}", one_line(by), at.get(..10).unwrap_or(at)));
    }
}

#[derive(Serialize)]
struct JsonRuling<'a> {
    kind: &'static str,
    id: String,
    ruling: &'static str,
    about: &'a str,
    instead: Option<&'a str>,
    by: &'a str,
    at: String,
    why: &'a str,
    undone_by: Option<&'a str>,
}

impl<'a> JsonRuling<'a> {
    fn of(kept: &'a KeptRuling) -> Self {
        let ruling = &kept.ruling;
        Self {
            kind: "ruling",
            id: ruling.id.to_string(),
            ruling: ruling.kind.word(),
            about: &ruling.about,
            instead: ruling.instead.as_deref(),
            by: &ruling.by,
            at: ruling.at.to_string(),
            why: &ruling.why,
            undone_by: kept.undone.as_ref().map(|(by, _)| by.as_str()),
        }
    }
}
