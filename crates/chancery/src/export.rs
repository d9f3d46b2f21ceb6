//! `chancery export`: a record as lines for other programs.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery_store::Store;
use clap::{Args, ValueEnum};

use crate::failure::{ALL_DONE, Failure};
use crate::linked::Linked;
use crate::record;
use crate::terminal::Screen;
use crate::wire::{self, Kind, Lines};

/// Print a whole record as lines of JSON: pages' articles, what they say, and what they say together
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery export talks.chancery --format jsonl > talks.jsonl
  chancery export talks.chancery | jq -r 'select(.kind == \"position\") | [.party, .issue, .now] | @tsv'

FILE may be left out where the folder holds one record.")]
pub(crate) struct ExportArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The shape of what is printed
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
}

/// Shapes of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line, as docs/wire.md has them.
    Jsonl,
}

/// Carries out the verb.
pub(crate) fn run(args: &ExportArgs) -> Result<ExitCode, Failure> {
    let Format::Jsonl = args.format;
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let linked = Linked::of(&store, None)?;
    let mut screen = Screen::new();
    for said in &linked.said {
        let mut lines = Lines::new(None);
        lines.article(&said.article);
        lines.reading(&said.article, &said.reading, &Kind::OF_A_READING);
        screen.lines(&lines.out);
    }
    let record = &linked.record;
    record.entities.iter().for_each(|e| screen.json(&wire::record::entity(e)));
    record.happenings.iter().for_each(|h| screen.json(&wire::record::happening(h)));
    record.positions.iter().for_each(|p| screen.json(&wire::record::position(p)));
    record.proposals.iter().for_each(|p| screen.json(&wire::record::proposal(p)));
    record.disputes.iter().for_each(|d| screen.json(&wire::record::dispute(d)));
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}
