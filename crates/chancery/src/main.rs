//! The verbs of the command line.

mod articles;
mod brief;
mod check;
mod cite;
mod clock;
mod codebook;
mod codebooks;
mod conllu;
mod disputes;
mod export;
mod failure;
mod figures;
mod gathered;
mod kept;
mod layers;
mod layout;
mod linked;
mod parse;
mod people;
mod positions;
mod proposals;
mod read;
mod record;
mod rulings;
mod search;
mod show;
mod sources;
mod statements;
mod stories;
mod terminal;
mod timeline;
mod why;
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
    Brief(brief::BriefArgs),
    Read(read::ReadArgs),
    Rebuild(read::RebuildArgs),
    Articles(articles::ArticlesArgs),
    Show(show::ShowArgs),
    Cite(cite::CiteArgs),
    Search(search::SearchArgs),
    Check(check::CheckArgs),
    Statements(statements::StatementsArgs),
    People(people::PeopleArgs),
    Why(why::WhyArgs),
    Positions(positions::PositionsArgs),
    Disputes(disputes::DisputesArgs),
    Figures(figures::FiguresArgs),
    Proposals(proposals::ProposalsArgs),
    Timeline(timeline::TimelineArgs),
    Sources(sources::SourcesArgs),
    Stories(stories::StoriesArgs),
    Export(export::ExportArgs),
    Codebook(codebook::CodebookArgs),
    Rule(rulings::RuleArgs),
    Rulings(rulings::RulingsArgs),
    Parse(parse::ParseArgs),
}

fn main() -> ExitCode {
    let done = match Cli::parse().verb {
        Verb::Brief(args) => brief::run(&args),
        Verb::Read(args) => read::run(&args),
        Verb::Rebuild(args) => read::rebuild(&args),
        Verb::Articles(args) => articles::run(&args),
        Verb::Show(args) => show::run(&args),
        Verb::Cite(args) => cite::run(&args),
        Verb::Search(args) => search::run(&args),
        Verb::Check(args) => check::run(&args),
        Verb::Statements(args) => statements::run(&args),
        Verb::People(args) => people::run(&args),
        Verb::Why(args) => why::run(&args),
        Verb::Positions(args) => positions::run(&args),
        Verb::Disputes(args) => disputes::run(&args),
        Verb::Figures(args) => figures::run(&args),
        Verb::Proposals(args) => proposals::run(&args),
        Verb::Timeline(args) => timeline::run(&args),
        Verb::Sources(args) => sources::run(&args),
        Verb::Stories(args) => stories::run(&args),
        Verb::Export(args) => export::run(&args),
        Verb::Codebook(args) => codebook::run(&args),
        Verb::Rule(args) => rulings::rule(&args),
        Verb::Rulings(args) => rulings::list(&args),
        Verb::Parse(args) => parse::run(&args),
    };
    done.unwrap_or_else(|failure| failure.tell())
}
