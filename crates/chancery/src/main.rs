//! The verbs of the command line.

mod clock;
mod failure;
mod read;
mod terminal;
mod wire;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Reads the news about a negotiation or a conflict and keeps the record, every line cited to the words on the page.
#[derive(Parser)]
#[command(version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    Read(read::ReadArgs),
}

fn main() -> ExitCode {
    let done = match Cli::parse().verb {
        Verb::Read(args) => read::run(&args),
    };
    done.unwrap_or_else(|failure| failure.tell())
}
