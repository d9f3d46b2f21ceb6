//! `chancery brief`: the whole state of a story on one screen.

pub(crate) mod draw;
pub(crate) mod gather;
mod json;
mod missing;
mod until;

use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::Date;
use chancery_store::Store;
use clap::Args;

use crate::failure::{ALL_DONE, Failure};
use crate::linked::{self, Linked};
use crate::record;
use crate::terminal::Screen;

/// Show where a story stands: what is newest, who wants what, who met whom, figures, disputes, plans, sources
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery brief talks.chancery
  chancery brief talks.chancery --as-of 2026-03-09
  chancery brief talks.chancery --as-of 2026-03-09 --by taken
  chancery brief talks.chancery --json | jq .positions

Every line ends with an id: chancery why ID shows the words that it rests on. FILE may be left out where the folder holds one
record.")]
pub(crate) struct BriefArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// As it stood on this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,
    /// What `--as-of` goes by: what was published until that day, or what was said, taken or done until then, whenever it was published
    #[arg(long, value_name = "TIME", value_enum, default_value_t = By::Published, requires = "as_of")]
    by: By,
    /// Print one object of JSON
    #[arg(long)]
    json: bool,
}

/// The two times of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum By {
    /// When the page was published.
    Published,
    /// When it was said, taken or done.
    Taken,
}

/// Reads a day for an option.
pub(crate) fn day(words: &str) -> Result<Date, String> {
    Date::parse(words).ok_or_else(|| "a day is written YYYY-MM-DD, as in 2026-03-09".to_owned())
}

/// Carries out the verb.
pub(crate) fn run(args: &BriefArgs) -> Result<ExitCode, Failure> {
    let file = record::choose_alone(args.file.as_ref())?;
    let store = Store::open(&file)?;
    let brief = match (args.as_of, args.by) {
        (None, _) => linked::brief(&store)?,
        (day, By::Published) => gather::brief(&Linked::of(&store, day)?)?,
        (Some(day), By::Taken) => gather::brief(&until::taken(&store, day)?)?,
    };
    let as_of = args.as_of.map(|day| match args.by {
        By::Published => format!("as of {day}, by what was published until then"),
        By::Taken => format!("as of {day}, by what was said and done until then"),
    });
    let mut screen = Screen::new();
    match args.json {
        true => screen.json(&json::Brief::of(&brief)),
        false => draw::all(&brief, &file.display().to_string(), as_of.as_deref(), &mut screen),
    }
    screen.finish()?;
    if args.as_of.is_none() {
        linked::mention(&linked::notes(&store)?);
    }
    Ok(ExitCode::from(ALL_DONE))
}
