//! The verbs of the command line.

mod wire;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Date, Known, MediaKind, Moment, Page};
use clap::{Args, Parser, Subcommand};
use serde::Deserialize;

#[derive(Parser)]
#[command(version, about)]
struct Cli {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Read pages.
    Read(Read),
}

#[derive(Args)]
struct Read {
    /// The pages.
    pages: Vec<PathBuf>,
    /// A manifest.
    #[arg(long)]
    list: Option<PathBuf>,
    /// Print lines of JSON.
    #[arg(long)]
    jsonl: bool,
    /// One article a page.
    #[arg(long)]
    whole: bool,
    /// Kinds of lines.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
}

#[derive(Deserialize)]
struct Listed {
    path: PathBuf,
    url: Option<String>,
    published: Option<String>,
    outlet: Option<String>,
}

fn main() -> ExitCode {
    let Verb::Read(read) = Cli::parse().verb;
    let mut items: Vec<(PathBuf, Known, Option<String>)> =
        read.pages.iter().map(|p| (p.clone(), Known::default(), None)).collect();
    if let Some(list) = &read.list {
        for line in std::fs::read_to_string(list).unwrap().lines() {
            let listed: Listed = serde_json::from_str(line).unwrap();
            let published = listed.published.as_deref().and_then(Date::parse).map(Moment::from);
            let known = Known { url: listed.url, published, captured: None, outlet: listed.outlet };
            items.push((listed.path.clone(), known, Some(listed.path.display().to_string())));
        }
    }
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (path, known, source) in items {
        let bytes = std::fs::read(&path).unwrap();
        let html = bytes.iter().take(1000).any(|b| *b == b'<');
        let media = if html { MediaKind::Html } else { MediaKind::Text };
        let page = Page::new(bytes, path.display().to_string(), media, known);
        let reading =
            if read.whole { chancery_pages::read_whole(&page) } else { chancery_pages::read_page(&page) };
        let mut lines = vec![wire::page(&page)];
        lines.extend(reading.articles.iter().map(wire::article));
        lines.extend(reading.furniture.iter().map(wire::furniture));
        lines.extend(reading.notes.iter().map(|n| wire::note(Some(page.id), n)));
        for line in lines {
            let mut value = serde_json::to_value(&line).unwrap();
            if !read.only.is_empty() && !read.only.iter().any(|k| value["kind"] == k.as_str()) {
                continue;
            }
            if let Some(source) = &source {
                value["source"] = source.clone().into();
            }
            writeln!(out, "{value}").unwrap();
        }
    }
    ExitCode::SUCCESS
}
