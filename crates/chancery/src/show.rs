//! `chancery show`: an article as it stands on its page, with the furniture around it.

use std::process::ExitCode;

use chancery_model::{Article, BlockKind, Furniture, PageSpan};
use chancery_store::Store;
use clap::Args;

use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, pad, wrap};
use crate::record::{self, Opened};
use crate::terminal::Screen;
use crate::wire::Lines;

/// Columns before the words: the number of the block and its kind.
const MARGIN: usize = 15;

/// Show an article as it stands on its page, with the page's furniture greyed
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery show talks.chancery a3f09c
  chancery show a3f09c --all

The beginning of an id is enough. FILE may be left out where the folder holds one record.")]
pub(crate) struct ShowArgs {
    /// The record, then the article
    #[arg(value_names = ["FILE", "ID"], num_args = 1..=2, required = true)]
    words: Vec<String>,
    /// Show all furniture of the page, not only what stands inside the article
    #[arg(long)]
    all: bool,
    /// Print the lines of the wire for the page, the article and the furniture
    #[arg(long)]
    json: bool,
}

/// Carries out the verb.
pub(crate) fn run(args: &ShowArgs) -> Result<ExitCode, Failure> {
    let (file, rest) = record::choose(&args.words)?;
    let [id] = rest else {
        return Err(Failure::new("no article is named").hint("write: chancery show FILE.chancery ID"));
    };
    let opened = record::article(&Store::open(&file)?, id)?;
    let mut screen = Screen::new();
    if args.json {
        let mut lines = Lines::new(None);
        lines.page(&opened.stored.page);
        lines.article(opened.article());
        opened.reading.furniture.iter().for_each(|furniture| lines.furniture(furniture));
        screen.lines(&lines.out);
    } else {
        head(&opened, &mut screen);
        body(&opened, args.all, &mut screen);
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

/// What is known of the article.
fn head(opened: &Opened, screen: &mut Screen) {
    let (article, page) = (opened.article(), &opened.stored.page);
    if let Some(title) = &article.title {
        for line in wrap(&one_line(&title.words), screen.text_width()) {
            screen.bold(&line);
            screen.line("");
        }
    }
    let published = match (&article.published.when, article.published.basis) {
        (Ok(moment), Some(basis)) => format!("{moment} (known from: {})", basis.word()),
        (Ok(moment), None) => moment.to_string(),
        (Err(unresolved), _) => format!("unknown: {}", unresolved.reason),
    };
    let places = article.dateline.as_ref().map(|dateline| dateline.places.join("; "));
    let byline = Some(article.byline.join("; ")).filter(|names| !names.is_empty());
    let version = format!("{} of {}", opened.line.version, opened.line.versions);
    let known = [
        ("article", Some(article.id.to_string())),
        ("published", Some(published)),
        ("dateline", places),
        ("byline", byline),
        ("agency", article.agency.clone()),
        ("outlet", article.outlet.clone()),
        ("language", Some(article.language.to_string())),
        ("words", Some(opened.line.words.to_string())),
        ("page", Some(page.id.to_string())),
        ("origin", Some(page.origin.clone())),
        ("address", article.url.clone().or_else(|| page.known.url.clone())),
        ("captured", page.known.captured.map(|moment| moment.to_string())),
        ("version", (opened.line.versions > 1).then_some(version)),
    ];
    for (name, words) in known {
        let Some(words) = words else { continue };
        screen.dim(&pad(name, 11));
        screen.line(&one_line(&words));
    }
    screen.line("");
}

/// A stretch of the page.
enum Part<'a> {
    Block(usize, BlockKind, &'a str),
    Furniture(&'a Furniture),
    Other(&'a Article),
}

/// The article's blocks, the furniture, and where other articles begin, in page order.
fn parts(opened: &Opened) -> Vec<(PageSpan, Part<'_>)> {
    let article = opened.article();
    let mut parts: Vec<(PageSpan, Part<'_>)> = Vec::new();
    for (n, block) in article.blocks.iter().enumerate() {
        let words = &article.text[block.span.range()];
        parts.extend(
            extent(&article.map.page_ranges(block.span))
                .map(|at| (at, Part::Block(n + 1, block.kind, words))),
        );
    }
    for furniture in &opened.reading.furniture {
        parts.extend(extent(&furniture.cite.ranges).map(|at| (at, Part::Furniture(furniture))));
    }
    for other in opened.reading.articles.iter().filter(|other| other.id != article.id) {
        parts.extend(extent(&other.map.page_ranges(other.body)).map(|at| (at, Part::Other(other))));
    }
    parts.sort_by_key(|(at, _)| *at);
    parts
}

/// From the first to the last byte.
fn extent(ranges: &[PageSpan]) -> Option<PageSpan> {
    Some(PageSpan { start: ranges.first()?.start, end: ranges.iter().map(|range| range.end).max()? })
}

fn body(opened: &Opened, all: bool, screen: &mut Screen) {
    let parts = parts(opened);
    let is_block = |(_, part): &(PageSpan, Part<'_>)| matches!(part, Part::Block(..));
    let first = parts.iter().position(is_block).unwrap_or(0);
    let last = parts.iter().rposition(is_block).unwrap_or(0);
    let inside = if all { 0..parts.len() } else { first..last + 1 };
    left_out(&parts[..inside.start], "before", screen);
    for (_, part) in &parts[inside.clone()] {
        show_part(part, screen);
    }
    left_out(&parts[inside.end..], "after", screen);
}

fn show_part(part: &Part<'_>, screen: &mut Screen) {
    let width = screen.text_width() - MARGIN;
    match part {
        Part::Block(n, kind, words) => {
            for (line, words) in wrap(&one_line(words), width).iter().enumerate() {
                let margin = if line == 0 { format!("{n:>3} {}", kind.word()) } else { String::new() };
                screen.dim(&pad(&margin, MARGIN));
                match kind {
                    BlockKind::Headline | BlockKind::Heading => screen.bold(words),
                    _ => screen.put(words),
                }
                screen.line("");
            }
        }
        Part::Furniture(furniture) => {
            for line in
                wrap(&format!("[{}] {}", furniture.reason.word(), one_line(&furniture.cite.words)), width)
            {
                screen.dim(&format!("{}{line}", pad("", MARGIN)));
                screen.line("");
            }
        }
        Part::Other(other) => {
            let title = other.title.as_ref().map_or("", |title| title.words.as_str());
            screen.dim(&format!("{}another article: {} {}", pad("", MARGIN), other.id, one_line(title)));
            screen.line("");
        }
    }
}

/// Furniture outside the article, counted by reason.
fn left_out(parts: &[(PageSpan, Part<'_>)], side: &str, screen: &mut Screen) {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for (_, part) in parts {
        let name = match part {
            Part::Furniture(furniture) => furniture.reason.word(),
            Part::Other(_) => "other articles",
            Part::Block(..) => continue,
        };
        match counts.iter_mut().find(|(known, _)| *known == name) {
            Some((_, count)) => *count += 1,
            None => counts.push((name, 1)),
        }
    }
    if counts.is_empty() {
        return;
    }
    let counts: Vec<String> = counts.iter().map(|(name, count)| format!("{name} {count}")).collect();
    let words = format!("{side} the article: {} (--all shows them)", counts.join(", "));
    for line in wrap(&words, screen.text_width() - MARGIN) {
        screen.dim(&format!("{}{line}", pad("", MARGIN)));
        screen.line("");
    }
}
