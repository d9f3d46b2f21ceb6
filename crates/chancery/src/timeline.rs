//! `chancery timeline`: what happened, in the order of the world, each line with the words that tell of it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Article, Date, Event, EventKind, Happening, Id, Outcome, Period};
use chancery_store::{Said, Store};
use clap::Args;

use crate::brief::{day, draw};
use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, pad};
use crate::linked;
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire;

/// Show what happened, in the order of the world: when, who to whom, whether it took place, and who reports it
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery timeline talks.chancery
  chancery timeline talks.chancery --who Lasia --type consult
  chancery timeline talks.chancery --since 2026-03-01 --until 2026-03-09

What has no date comes last, and is left out where a date is asked for. FILE may be left out where the folder holds one record.")]
pub(crate) struct TimelineArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only what this party does or undergoes
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// Only events of this PLOVER type
    #[arg(long, value_name = "TYPE", value_parser = kind)]
    r#type: Option<EventKind>,
    /// Only what reaches this day or a later one
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    /// Only what begins on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
    /// Print a line of JSON for each event
    #[arg(long)]
    json: bool,
}

fn kind(word: &str) -> Result<EventKind, String> {
    let all = || EventKind::ALL.iter().map(|kind| kind.word().to_lowercase()).collect::<Vec<_>>().join(", ");
    EventKind::parse(&word.to_uppercase()).ok_or_else(|| format!("the types are {}", all()))
}

/// Carries out the verb.
pub(crate) fn run(args: &TimelineArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let happenings = linked::happenings(&store)?;
    let shown: Vec<&Happening> = happenings.iter().filter(|h| args.fits(h)).collect();
    let said: Vec<Said> = match args.json {
        true => Vec::new(),
        false => linked::readings(&store)?,
    };
    let events = reported(&said);
    let mut screen = Screen::new();
    for happening in &shown {
        match args.json {
            true => screen.json(&wire::record::happening(happening)),
            false => draw_one(happening, &events, &mut screen),
        }
    }
    if !args.json {
        say(&format!("{} events", shown.len()));
        linked::mention(&linked::notes(&store)?);
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

impl TimelineArgs {
    fn fits(&self, happening: &Happening) -> bool {
        let parties = || happening.actors.iter().chain(&happening.recipients);
        let named = |name: &str| parties().any(|party| party.to_lowercase().contains(&name.to_lowercase()));
        self.who.as_deref().is_none_or(named)
            && self.r#type.is_none_or(|kind| happening.kind == kind)
            && self.in_days(happening.when)
    }

    /// A period with an open side reaches as far as there are days on that side.
    fn in_days(&self, when: Option<Period>) -> bool {
        if self.since.is_none() && self.until.is_none() {
            return true;
        }
        let Some(period) = when else { return false };
        self.since.is_none_or(|day| period.end.is_none_or(|end| end >= day))
            && self.until.is_none_or(|day| period.start.is_none_or(|start| start <= day))
    }
}

/// Every event of the articles by its id.
fn reported(said: &[Said]) -> BTreeMap<Id, (&Article, &Event)> {
    let all = said.iter().flat_map(|s| s.reading.events.iter().map(move |e| (e.id, (&s.article, e))));
    all.collect()
}

fn draw_one(happening: &Happening, events: &BTreeMap<Id, (&Article, &Event)>, screen: &mut Screen) {
    let when = happening.when.map_or("no date".to_owned(), |period| period.short());
    screen.bold(&pad(&when, 10));
    screen.put(&format!("  {}  ", pad(&happening.kind.word().to_lowercase(), 9)));
    let lapsed = if happening.outcome == Some(Outcome::Lapsed) { ", lapsed" } else { "" };
    let words = format!("{} ({}{lapsed})", draw::who(happening), happening.status.word());
    draw::ending(screen, 23, &words, &happening.id.to_string());
    for (article, event) in happening.reports.iter().filter_map(|id| events.get(id)) {
        draw_report(article, event, screen);
    }
}

/// The words of one report, and whose they are.
fn draw_report(article: &Article, event: &Event, screen: &mut Screen) {
    let outlet = article.outlet.as_deref().map_or(String::new(), |outlet| format!("{}: ", one_line(outlet)));
    let words = format!("{outlet}{}", &article.text[event.sentence.range()]);
    screen.put("            ");
    draw::ending(screen, 12, &words, &event.id.to_string());
}
