//! `chancery cite`: words of the record, where they stand on the page, and the bytes that carry them.

use std::process::ExitCode;

use chancery_model::{Article, Cite, Page, PageSpan, Span};
use chancery_pages::PageWords;
use chancery_store::Store;
use clap::Args;

use crate::failure::{ALL_DONE, Failure, SOMETHING_SKIPPED};
use crate::layout::{one_line, wrap};
use crate::record;
use crate::terminal::Screen;

/// Bytes of the page shown as words before and after.
const CONTEXT: u32 = 160;
/// Bytes in one row of the view of bytes.
const ROW: u32 = 16;
/// Rows shown of one stretch; the middle of a longer one is left out.
const ROWS: usize = 12;
/// Stretches of the page whose bytes are shown.
const STRETCHES: usize = 8;

/// Show words of the record in their context on the page, and the bytes that carry them
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery cite talks.chancery a3f09c          the body of an article
  chancery cite talks.chancery a3f09c.4        its fourth block, as `chancery show` numbers them
  chancery cite talks.chancery a3f09c:120-135  code points 120 to 135 of its text, as the wire counts them
  chancery cite talks.chancery f09c1d          a piece of furniture

FILE may be left out where the folder holds one record.")]
pub(crate) struct CiteArgs {
    /// The record, then the line of it
    #[arg(value_names = ["FILE", "ID"], num_args = 1..=2, required = true)]
    words: Vec<String>,
}

/// Carries out the verb.
pub(crate) fn run(args: &CiteArgs) -> Result<ExitCode, Failure> {
    let (file, rest) = record::choose(&args.words)?;
    let [id] = rest else {
        return Err(Failure::new("no line is named").hint("write: chancery cite FILE.chancery ID"));
    };
    let (page, cite) = find(&Store::open(&file)?, id)?;
    let mut screen = Screen::new();
    let holds = show(&page, &cite, &mut screen);
    screen.finish()?;
    Ok(ExitCode::from(if holds { ALL_DONE } else { SOMETHING_SKIPPED }))
}

/// What an id names.
fn find(store: &Store, id: &str) -> Result<(Page, Cite), Failure> {
    if id.starts_with('f') {
        return furniture(store, id);
    }
    let (prefix, part) = match id.find(['.', ':']) {
        Some(at) => (&id[..at], &id[at..]),
        None => (id, ""),
    };
    let opened = record::article(store, prefix)?;
    let article = opened.article();
    let span = span_of(article, part).ok_or_else(|| {
        let (blocks, points) = (article.blocks.len(), article.body_text().chars().count());
        Failure::not_found(format!("article {} has no {part}", article.id))
            .hint(format!("write .1 to .{blocks} for a block, or :START-END within 0 and {points}"))
    })?;
    let cite = article.cite(span);
    Ok((opened.stored.page, cite))
}

/// The part of an article's text that `.N` or `:START-END` names; nothing names the body.
fn span_of(article: &Article, part: &str) -> Option<Span> {
    if part.is_empty() {
        return Some(article.body);
    }
    if let Some(number) = part.strip_prefix('.') {
        return article.blocks.get(number.parse::<usize>().ok()?.checked_sub(1)?).map(|block| block.span);
    }
    let (start, end) = part.strip_prefix(':')?.split_once('-')?;
    let (start, end) = (byte_of(article, start.parse().ok()?)?, byte_of(article, end.parse().ok()?)?);
    (start < end).then_some(Span { start, end })
}

/// The byte of the text at which a code point of the body begins.
fn byte_of(article: &Article, point: usize) -> Option<u32> {
    let body = article.body_text();
    let ends = body.char_indices().map(|(at, _)| at).chain([body.len()]);
    ends.skip(point).map(|at| article.body.start + at as u32).next()
}

fn furniture(store: &Store, prefix: &str) -> Result<(Page, Cite), Failure> {
    let found = store.furniture_like(prefix, 2)?;
    let file = store.file().display();
    let [(id, page)] = found[..] else {
        let what = if found.is_empty() { "no piece" } else { "more than one piece" };
        return Err(Failure::not_found(format!(
            "{file}: {what} of furniture has an id that begins with {prefix}"
        ))
        .hint("chancery show FILE ID --json lists them"));
    };
    let gone = || Failure::not_found(format!("{file}: {id} has gone since"));
    let reading = store.reading(page)?;
    let piece = reading.furniture.into_iter().find(|piece| piece.id() == id).ok_or_else(gone)?;
    Ok((store.page(page)?.ok_or_else(gone)?.page, piece.cite))
}

/// Whether the page bears the words out.
fn show(page: &Page, cite: &Cite, screen: &mut Screen) -> bool {
    let words = PageWords::new(page);
    for line in wrap(&one_line(&cite.words), screen.text_width()) {
        screen.bold(&line);
        screen.line("");
    }
    screen.line("");
    let name = |screen: &mut Screen, name: &str, words: &str| {
        screen.dim(&format!("{name:<10}"));
        screen.line(&one_line(words));
    };
    name(screen, "page", &page.id.to_string());
    name(screen, "origin", &page.origin);
    if let Some(url) = &page.known.url {
        name(screen, "address", url);
    }
    let ranges: Vec<String> =
        cite.ranges.iter().map(|range| format!("{}-{}", range.start, range.end)).collect();
    name(screen, "bytes", &format!("{} of {}", ranges.join(", "), page.bytes.len()));
    context(page, cite, &words, screen);
    let stretches = stretches(&cite.ranges);
    for stretch in stretches.iter().take(STRETCHES) {
        screen.line("");
        bytes(page, stretch, screen);
    }
    if stretches.len() > STRETCHES {
        screen.line(&format!("… {} more stretches", stretches.len() - STRETCHES));
    }
    let holds = words.holds(cite);
    screen.line("");
    screen.line(if holds { "The bytes are the words shown." } else { "The bytes are NOT the words shown." });
    holds
}

/// The page's source around the words, decoded.
fn context(page: &Page, cite: &Cite, words: &PageWords, screen: &mut Screen) {
    let (Some(first), Some(last)) = (cite.ranges.first(), cite.ranges.last()) else { return };
    let length = page.bytes.len() as u32;
    let around = |start: u32, end: u32| {
        if start < end { words.at(&[PageSpan { start, end: end.min(length) }]) } else { String::new() }
    };
    let before = around(first.start.saturating_sub(CONTEXT), first.start);
    let after = around(last.end, last.end.saturating_add(CONTEXT).min(length));
    // A blank stands beside the words only where the page has one.
    let blank = |there: bool| if there { " " } else { "" };
    screen.line("");
    screen.dim(&format!("…{}{}", one_line(&before), blank(before.ends_with(' '))));
    screen.meant(&one_line(&cite.words));
    screen.dim(&format!("{}{}…", blank(after.starts_with(' ')), one_line(&after)));
    screen.line("");
}

/// The ranges, those that share a row or stand in neighbouring rows together.
fn stretches(ranges: &[PageSpan]) -> Vec<Vec<PageSpan>> {
    let mut out: Vec<Vec<PageSpan>> = Vec::new();
    for range in ranges {
        match out.last_mut() {
            Some(together) if together.last().is_some_and(|last| range.start / ROW <= last.end / ROW + 1) => {
                together.push(*range);
            }
            _ => out.push(vec![*range]),
        }
    }
    out
}

/// Rows of bytes: the place, the bytes in hexadecimal, and as ASCII; those cited stand out.
fn bytes(page: &Page, stretch: &[PageSpan], screen: &mut Screen) {
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return };
    let end = last.end.min(page.bytes.len() as u32);
    let rows: Vec<u32> = (first.start / ROW..end.div_ceil(ROW)).collect();
    for (n, row) in rows.iter().enumerate() {
        if rows.len() > ROWS && n == ROWS / 2 {
            screen.line(&format!("          … {} more rows", rows.len() - ROWS));
        }
        if rows.len() <= ROWS || n < ROWS / 2 || n >= rows.len() - ROWS / 2 {
            byte_row(page, row * ROW, stretch, screen);
        }
    }
}

fn byte_row(page: &Page, start: u32, stretch: &[PageSpan], screen: &mut Screen) {
    let row = start..(start + ROW).min(page.bytes.len() as u32);
    screen.dim(&format!("{start:>8}  "));
    for at in row.clone() {
        put(screen, &format!("{:02x} ", page.bytes[at as usize]), stretch, at);
    }
    screen.put(&" ".repeat(3 * (ROW as usize - row.len()) + 1));
    for at in row {
        let byte = page.bytes[at as usize];
        let shown = if byte.is_ascii_graphic() || byte == b' ' { byte as char } else { '.' };
        put(screen, &shown.to_string(), stretch, at);
    }
    screen.line("");
}

fn put(screen: &mut Screen, words: &str, stretch: &[PageSpan], at: u32) {
    let cited = stretch.iter().any(|range| range.start <= at && at < range.end);
    if cited { screen.marked(words) } else { screen.dim(words) }
}
