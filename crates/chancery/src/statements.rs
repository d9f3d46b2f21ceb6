//! `chancery statements`: who said what, in all articles of a record.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Date, Form, Statement};
use chancery_store::{Said, Store};
use clap::Args;

use crate::brief::day;
use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, wrap};
use crate::linked::{self, published};
use crate::people::{Person, holds};
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire::{Kind, Lines};

/// Columns before the words of a statement.
const MARGIN: usize = 4;

/// List who said what, when, where and to whom, each with the words and their id
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery statements talks.chancery
  chancery statements talks.chancery --by Petrel --about 'ferry wages'
  chancery statements --since 2026-03-09 --form direct --json | jq -r .content[].text

The days are those on which something was said, or else on which the page was published.
FILE may be left out where the folder holds one record.")]
pub(crate) struct StatementsArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only what somebody of this name, office or side said
    #[arg(long, value_name = "NAME")]
    by: Option<String>,
    /// Only statements that hold all these words
    #[arg(long, value_name = "WORDS")]
    about: Option<String>,
    /// Not before this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    /// Not after this day
    #[arg(long, value_name = "DATE", value_parser = day)]
    until: Option<Date>,
    /// Only this form: direct, indirect or mixed
    #[arg(long, value_name = "FORM", value_parser = form)]
    form: Option<Form>,
    /// Print the statements as lines of JSON
    #[arg(long)]
    json: bool,
}

fn form(word: &str) -> Result<Form, String> {
    let known = || "the forms are direct, indirect and mixed".to_owned();
    Form::ALL.into_iter().find(|form| form.word() == word).ok_or_else(known)
}

/// Carries out the verb.
pub(crate) fn run(args: &StatementsArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let mut said: Vec<Said> = linked::readings(&store)?;
    said.sort_by_key(|s| (published(&s.article).is_none(), published(&s.article), s.article.id));
    let mut screen = Screen::new();
    let mut shown = 0;
    for said in &said {
        shown += list(args, said, &mut screen);
    }
    if !args.json {
        say(&format!("{shown} statements in {} articles", said.len()));
        record::mention_stale(&store)?;
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

/// How many were shown of one article.
fn list(args: &StatementsArgs, said: &Said, screen: &mut Screen) -> usize {
    let fitting = (0..).zip(&said.reading.statements).filter(|(_, line)| fits(args, said, line));
    let fitting: Vec<(u32, &Statement)> = fitting.collect();
    if args.json {
        let mut lines = Lines::new(None);
        for (at, _) in &fitting {
            lines.line(&said.article, &said.reading, Kind::Statement, *at as usize);
        }
        screen.lines(&lines.out);
        return fitting.len();
    }
    if !fitting.is_empty() {
        head(said, screen);
        fitting.iter().for_each(|(_, line)| draw(said, line, screen));
    }
    fitting.len()
}

fn fits(args: &StatementsArgs, said: &Said, line: &Statement) -> bool {
    let day = day_of(said, line);
    let words: String =
        line.content.iter().map(|span| &said.article.text[span.range()]).collect::<Vec<_>>().join(" ");
    let speaks = |name: &String| line.speakers.iter().any(|who| Person::of(said, who).is_called(name));
    args.form.is_none_or(|form| form == line.form)
        && args.since.is_none_or(|since| day.is_some_and(|day| day >= since))
        && args.until.is_none_or(|until| day.is_some_and(|day| day <= until))
        && args.about.as_ref().is_none_or(|about| holds(&words, about))
        && args.by.as_ref().is_none_or(speaks)
}

/// The last day on which it can have been said, or else the day of the page.
fn day_of(said: &Said, line: &Statement) -> Option<Date> {
    let when = line.said.as_ref().and_then(|when| when.value.as_ref().ok());
    when.and_then(|period| period.end.or(period.start)).or_else(|| published(&said.article))
}

fn head(said: &Said, screen: &mut Screen) {
    let article = &said.article;
    let day = published(article).map_or("no date".to_owned(), |day| day.to_string());
    let title = article.title.as_ref().map_or("", |title| title.words.as_str());
    screen.dim(&format!("{day}  {}  {}  ", article.id, one_line(article.outlet.as_deref().unwrap_or(""))));
    screen.line(&one_line(title));
}

/// One statement: who and how, then the words, then what is known around it.
pub(crate) fn draw(said: &Said, line: &Statement, screen: &mut Screen) {
    let words = |span: chancery_model::Span| one_line(&said.article.text[span.range()]);
    let people: Vec<String> = line.speakers.iter().map(|who| Person::of(said, who).shown()).collect();
    screen.put("  ");
    screen.bold(&people.join(" and "));
    let cue = line.cue.map_or("(goes on)".to_owned(), words);
    screen.put(&format!("  {cue}"));
    screen.dim(&format!("  {}  {}", line.form.word(), line.id));
    screen.line("");
    let content: Vec<String> = line.content.iter().map(|span| words(*span)).collect();
    for row in wrap(&content.join(" … "), screen.text_width() - MARGIN) {
        screen.line(&format!("{:MARGIN$}{row}", ""));
    }
    let around = around(said, line);
    if !around.is_empty() {
        screen.dim(&format!("{:MARGIN$}{}", "", around.join(" · ")));
        screen.line("");
    }
}

/// When, to whom, where, and inside which statement.
fn around(said: &Said, line: &Statement) -> Vec<String> {
    let words = |span: chancery_model::Span| one_line(&said.article.text[span.range()]);
    let when = line.said.as_ref().map(|when| match &when.value {
        Ok(period) => format!("on {period}"),
        Err(unresolved) => format!("day not settled: {}", unresolved.reason),
    });
    let hearer = line.addressee.as_ref().map(|who| format!("to {}", Person::of(said, who).shown()));
    let inside = line.inside.and_then(|at| said.reading.statements.get(at as usize));
    let inside = inside.map(|outer| format!("reported in {}", outer.id));
    when.into_iter().chain(hearer).chain(line.venue.map(words)).chain(inside).collect()
}
