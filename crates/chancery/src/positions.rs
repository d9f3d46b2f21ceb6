//! `chancery positions`: where each party stands on each issue, with every stance in time order.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Date, Position, Standing};
use chancery_store::Store;
use clap::Args;

use crate::brief::{day, draw};
use crate::failure::{ALL_DONE, Failure};
use crate::layout::pad;
use crate::linked::{self, Linked};
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire;

/// Show where each party stands on each issue, since when, and how that moved
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery positions talks.chancery
  chancery positions talks.chancery --party Lasia --issue ceasefire
  chancery positions talks.chancery --as-of 2026-03-09 --by published

FILE may be left out where the folder holds one record.")]
pub(crate) struct PositionsArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only this party
    #[arg(long, value_name = "NAME")]
    party: Option<String>,
    /// Only this issue of the codebook
    #[arg(long, value_name = "ISSUE")]
    issue: Option<String>,
    /// As it stood on this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// What `--as-of` goes by: when the page was published, or when the stance was taken
    #[arg(long, value_name = "TIME", value_enum, default_value_t = By::Published)]
    by: By,
    /// Print a line of JSON for each position
    #[arg(long)]
    json: bool,
}

/// The two times of a stance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum By {
    Published,
    Taken,
}

/// Carries out the verb.
pub(crate) fn run(args: &PositionsArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let positions: Vec<Position> = match (args.as_of, args.by) {
        (None, _) => linked::positions(&store)?,
        (day, By::Published) => Linked::of(&store, day)?.record.positions,
        (Some(day), By::Taken) => chancery_linking::record::until(&linked::positions(&store)?, day),
    };
    let fits = |given: &Option<String>, own: &str| {
        given.as_ref().is_none_or(|given| own.to_lowercase().contains(&given.to_lowercase()))
    };
    let shown: Vec<&Position> =
        positions.iter().filter(|p| fits(&args.party, &p.party) && fits(&args.issue, &p.issue)).collect();
    let mut screen = Screen::new();
    for position in &shown {
        match args.json {
            true => screen.json(&wire::record::position(position)),
            false => draw_one(position, &mut screen),
        }
    }
    if !args.json {
        say(&format!("{} positions", shown.len()));
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

fn draw_one(position: &Position, screen: &mut Screen) {
    screen.bold(&position.party);
    screen.put(" on ");
    screen.bold(&position.issue);
    let since = position.since.map_or(String::new(), |day| format!(" since {day}"));
    screen.line(&format!(": {}{since}", position.now.word()));
    for standing in &position.stances {
        draw_standing(position, standing, screen);
    }
    screen.line("");
}

fn draw_standing(position: &Position, standing: &Standing, screen: &mut Screen) {
    let day = standing.taken.map_or("no date   ".to_owned(), |day| day.to_string());
    let moves = position.moved.iter().any(|m| m.shown_by[1] == standing.stance);
    let words = format!("  {day} {} {} ", if moves { "→" } else { " " }, pad(standing.act.word(), 10));
    match moves {
        true => screen.marked(&words),
        false => screen.put(&words),
    }
    draw::ending(screen, words.chars().count(), &standing.cite.words, &standing.stance.to_string());
}
