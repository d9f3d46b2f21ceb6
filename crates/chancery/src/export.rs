//! `chancery export`: a record as lines or tables for other programs.

mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use chancery_store::Store;
use clap::{Args, ValueEnum};
use serde::Serialize;

use crate::failure::{ALL_DONE, Failure};
use crate::linked::Linked;
use crate::record;
use crate::terminal::Screen;
use crate::wire::{self, Kind, Lines};
use table::Table;

/// Print a whole record as lines of JSON, or one kind of line as a table: pages' articles, what they say, and what they say together
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery export talks.chancery --format jsonl > talks.jsonl
  chancery export talks.chancery | jq -r 'select(.kind == \"position\") | [.party, .issue, .now] | @tsv'
  chancery export talks.chancery --format csv --only event > events.csv

FILE may be left out where the folder holds one record.")]
pub(crate) struct ExportArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// The shape of what is printed
    #[arg(long, value_enum, default_value_t = Format::Jsonl)]
    format: Format,
    /// Only lines of these kinds, with commas; a table holds one: article, statement, event, figure, stance, entity,
    /// happening, position, proposal or dispute
    #[arg(long, value_name = "KIND", value_delimiter = ',')]
    only: Vec<String>,
}

/// Shapes of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A JSON object a line, as docs/wire.md has them.
    Jsonl,
    /// A table of comma-separated values with a heading row, for spreadsheets and statistics. Several values of a cell
    /// stand between semicolons.
    Csv,
}

/// Carries out the verb.
pub(crate) fn run(args: &ExportArgs) -> Result<ExitCode, Failure> {
    let mut out = Out::of(args)?;
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let linked = Linked::of(&store, None)?;
    for (page, article) in linked.articles() {
        let said = linked.said(page, article.roll.article)?;
        let mut lines = Lines::new(None);
        lines.article(&said.article);
        lines.reading(&said.article, &said.reading, &Kind::OF_A_READING);
        out.take(&lines.out)?;
    }
    out.take(&of_all_pages(&linked))?;
    out.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

/// The lines of what the articles say together.
fn of_all_pages(linked: &Linked) -> Vec<u8> {
    let record = &linked.record;
    let mut lines = Vec::new();
    record.entities.iter().for_each(|e| push(&mut lines, &wire::record::entity(e)));
    record.happenings.iter().for_each(|h| push(&mut lines, &wire::record::happening(h)));
    record.positions.iter().for_each(|p| push(&mut lines, &wire::record::position(p)));
    record.proposals.iter().for_each(|p| push(&mut lines, &wire::record::proposal(p)));
    record.disputes.iter().for_each(|d| push(&mut lines, &wire::record::dispute(d)));
    lines
}

fn push(lines: &mut Vec<u8>, line: &impl Serialize) {
    lines.extend(serde_json::to_vec(line).expect("these lines have no maps"));
    lines.push(b'\n');
}

/// Where lines go.
enum Out {
    /// To the screen, all of them or those of some kinds.
    Lines { screen: Screen, only: Vec<String> },
    /// Into a table.
    Table(Box<Table>),
}

impl Out {
    fn of(args: &ExportArgs) -> Result<Self, Failure> {
        match (args.format, args.only.as_slice()) {
            (Format::Csv, [kind]) => Ok(Self::Table(Box::new(Table::of(kind)?))),
            (Format::Csv, _) => Err(Failure::new("a table holds one kind of line")
                .hint(format!("add --only with one of: {}", table::kinds()))),
            (Format::Jsonl, only) => {
                only.iter().try_for_each(|kind| known(kind))?;
                Ok(Self::Lines { screen: Screen::new(), only: only.to_vec() })
            }
        }
    }

    fn take(&mut self, lines: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Table(table) => table.take(lines)?,
            Self::Lines { screen, only } if only.is_empty() => screen.lines(lines),
            Self::Lines { screen, only } => {
                let wanted =
                    |line: &&[u8]| only.iter().any(|kind| line.starts_with(head_of(kind).as_bytes()));
                lines
                    .split_inclusive(|byte| *byte == b'\n')
                    .filter(wanted)
                    .for_each(|line| screen.lines(line));
            }
        }
        Ok(())
    }

    fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Lines { screen, .. } => screen.finish(),
            Self::Table(table) => {
                let mut screen = Screen::new();
                screen.lines(&table.finish()?);
                screen.finish()
            }
        }
    }
}

/// How every line of a kind begins: the kind is a line's first field.
fn head_of(kind: &str) -> String {
    format!("{{\"kind\":\"{kind}\",")
}

fn known(kind: &str) -> Result<(), Failure> {
    let of_a_reading = Kind::OF_A_READING.iter().any(|known| known.word() == kind);
    if of_a_reading || table::makes_one(kind) {
        return Ok(());
    }
    Err(Failure::new(format!("no line of a record is a `{kind}`"))
        .hint(format!("one of: time, {}", table::kinds())))
}
