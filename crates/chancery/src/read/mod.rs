//! `chancery read`: pages in, lines or a record out.
//!
//! ```text
//! inputs ──open──▶ pages ──workers──▶ lines, in input order ──▶ standard output, the store
//! ```

mod crew;
mod inputs;
mod keeping;
mod linking;
mod manifest;
mod opening;
mod output;
mod progress;
mod tally;
mod work;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery_language::document::DocReader;
use chancery_store::Store;
use clap::Args;

pub(crate) use crew::{Job, in_order, threads};
pub(crate) use keeping::READER;
pub(crate) use work::opening_words;

use crate::codebooks::{self, CodebookArgs};
use crate::failure::{ALL_DONE, Failure, SOMETHING_SKIPPED};
use crate::record;
use crate::wire::Kind;
use crate::{conllu, layers};
use inputs::Inputs;
use opening::Opening;
use output::Output;
use work::{Form, Work};

pub(crate) use inputs::why;

/// Read pages: what they say, as lines of JSON or into a record
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery read saved-pages/ --into talks.chancery
  chancery read saved-pages/ --jsonl
  chancery read 'monday/*.html' crawl.warc.gz --jsonl --only article,furniture
  curl -s https://news.example/talks | chancery read - --jsonl
  chancery read --jsonl --list pages.jsonl
  chancery read saved-pages/ --into rivers.chancery --codebook water.toml
  chancery read --jsonl --layers --only doc saved-pages/
  chancery read --pretokenized treebank.conllu --layers

Exit status: 0 everything was read, 1 something was skipped, 2 the command could not be carried out.")]
pub(crate) struct ReadArgs {
    /// Files, folders, globs; - is standard input
    #[arg(required_unless_present_any = ["list", "pretokenized"])]
    pages: Vec<PathBuf>,
    /// Read the pages named in a file of JSON lines: {"path": "…", "url": …, "published": …, "captured": …, "outlet": …}
    #[arg(long, value_name = "FILE")]
    list: Option<PathBuf>,
    /// Keep the pages and what is read on them in a record, which is made if it is not there
    #[arg(long, value_name = "FILE.chancery")]
    into: Option<PathBuf>,
    /// Print what the pages say as lines of JSON
    #[arg(long)]
    jsonl: bool,
    /// Take each page as one article: no furniture, no splitting, no headline
    #[arg(long)]
    whole: bool,
    /// Print only these kinds of lines, and do no work that they do not need
    #[arg(long, value_name = "KIND,…", value_delimiter = ',', value_parser = kind)]
    only: Vec<Kind>,
    /// Add a line for each article with its tokens, sentences, tags, tree and names
    #[arg(long)]
    layers: bool,
    /// Read a CoNLL-U file, keep its tokens and sentences, and write it back with tags, trees and names
    #[arg(long, value_name = "FILE", requires = "layers", conflicts_with_all = ["pages", "list", "whole", "only", "into", "codebook"])]
    pretokenized: Option<PathBuf>,
    #[command(flatten)]
    codebooks: CodebookArgs,
    /// Weights of the reader, instead of those inside the program
    #[arg(long, value_name = "FILE", conflicts_with = "into")]
    model: Option<PathBuf>,
    /// Pages read at the same time [default: one a processor]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Say nothing on standard error but what ends the command
    #[arg(long, short)]
    quiet: bool,
}

fn kind(word: &str) -> Result<Kind, String> {
    Kind::ALL.into_iter().find(|kind| kind.word() == word).ok_or_else(|| {
        let known: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
        format!("the kinds of lines are {}", known.join(", "))
    })
}

/// Carries out the verb.
pub(crate) fn run(args: &ReadArgs) -> Result<ExitCode, Failure> {
    if args.only.contains(&Kind::Doc) && !args.layers {
        return Err(Failure::new("lines of the kind doc are made with --layers").hint("add --layers"));
    }
    let wanted = wanted(args);
    let lines = args.jsonl || args.layers;
    let reads = args.pretokenized.is_some()
        || args.into.is_some()
        || lines && wanted.iter().any(|k| *k == Kind::Doc || Kind::OF_A_READING.contains(k));
    let reader = reads.then(|| layers::reader(args.model.as_deref())).transpose()?;
    if let (Some(file), Some(reader)) = (&args.pretokenized, &reader) {
        return pretokenized(file, reader, crew::threads(args.jobs));
    }
    let inputs = inputs::of(&args.pages, args.list.as_deref())?;
    let chosen = args.codebooks.chosen()?;
    let open = |file| keeping::Keeping::open(file, chosen.clone(), args.quiet);
    let keeping = args.into.as_deref().map(open).transpose()?;
    let kept = keeping.as_ref().map(keeping::Keeping::codebooks).transpose()?.or(chosen.clone());
    let issues = codebooks::finder(&kept.unwrap_or_default())?;
    let form = match (lines, args.into.is_some()) {
        (true, _) => Form::Lines,
        (false, true) => Form::Nothing,
        (false, false) => Form::Listing,
    };
    let work = Work { wanted, form, keeps: keeping.is_some(), reader, issues };
    let opening = Opening {
        sourced: args.list.is_some(),
        whole: args.whole,
        record: args.into.as_deref(),
        reader: keeping.as_ref().map_or(String::new(), |k| k.reader().to_owned()),
        all: form != Form::Nothing,
    };
    let output = Output::new(keeping, args.quiet).linking(work.linked());
    carry_out(inputs, opening, &work, output, args.jobs)
}

/// The kinds of lines to print: all of them, but for the grammar, which is asked for by `--layers`, and what is linked over all pages,
/// which has to be named: their articles are held until the last page is read.
fn wanted(args: &ReadArgs) -> Vec<Kind> {
    match args.only.is_empty() {
        false => args.only.clone(),
        true => Kind::ALL
            .into_iter()
            .filter(|kind| *kind != Kind::Doc || args.layers)
            .filter(|kind| !Kind::OF_ALL_PAGES.contains(kind))
            .collect(),
    }
}

fn carry_out(
    inputs: Inputs,
    opening: Opening<'_>,
    work: &Work,
    mut output: Output,
    jobs: Option<usize>,
) -> Result<ExitCode, Failure> {
    crew::in_order(
        crew::threads(jobs),
        |send| opening.pages(inputs, send),
        |item| work.on(item),
        |done| output.take(done),
    );
    let skipped = output.finish()?;
    Ok(ExitCode::from(if skipped { SOMETHING_SKIPPED } else { ALL_DONE }))
}

/// Read the pages of a record again that another version of chancery read
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery rebuild talks.chancery
  chancery rebuild talks.chancery --codebook water.toml

The pages stay as they came; what was read on them is read anew. `chancery read --into` does the same before it reads.
Codebooks named here take the place of those that the record was read with; `--codebook built-in` goes back to the program's own.
FILE may be left out where the folder holds one record.")]
pub(crate) struct RebuildArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    #[command(flatten)]
    codebooks: CodebookArgs,
    /// Pages read at the same time [default: one a processor]
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// Say nothing on standard error but what ends the command
    #[arg(long, short)]
    quiet: bool,
}

/// Carries out the verb.
pub(crate) fn rebuild(args: &RebuildArgs) -> Result<ExitCode, Failure> {
    let file = record::choose_alone(args.file.as_ref())?;
    // A record that is not there is not made: there would be nothing to rebuild.
    drop(Store::open(&file)?);
    let keeping = keeping::Keeping::open(&file, args.codebooks.chosen()?, args.quiet)?;
    let issues = codebooks::finder(&keeping.codebooks()?)?;
    let reader = Some(layers::reader(None)?);
    let work = Work { wanted: Vec::new(), form: Form::Nothing, keeps: true, reader, issues };
    let known_by = keeping.reader().to_owned();
    let opening = Opening { sourced: false, whole: false, record: Some(&file), reader: known_by, all: false };
    carry_out(Box::new(std::iter::empty()), opening, &work, Output::new(Some(keeping), args.quiet), args.jobs)
}

fn pretokenized(file: &Path, reader: &DocReader, threads: usize) -> Result<ExitCode, Failure> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    conllu::fill(file, reader, threads, &mut out)?;
    match out.flush() {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {}", why(&error))))
        }
        _ => Ok(ExitCode::from(ALL_DONE)),
    }
}
