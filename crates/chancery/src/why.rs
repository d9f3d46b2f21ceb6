//! `chancery why`: the rule or label behind a line of the record, its confidence, and the words that it rests on.

mod together;

use std::process::ExitCode;

use chancery_model::{Id, LineKind, Reading, RulingKind, Span, Why};
use chancery_store::{KeptRuling, Line, Said, Store};
use clap::Args;

use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, pad, wrap};
use crate::people::Person;
use crate::record;
use crate::terminal::Screen;
use crate::wire::{Kind, Lines};

/// Columns of the names of what is shown.
const NAMES: usize = 12;

/// Say why a line stands in the record: its rule, its confidence, and the words it rests on
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery why talks.chancery s3f09c
  chancery why talks.chancery h957ac
  chancery why s3f09c --json

The beginning of an id is enough. FILE may be left out where the folder holds one record.")]
pub(crate) struct WhyArgs {
    /// The record, then the line
    #[arg(value_names = ["FILE", "ID"], num_args = 1..=2, required = true)]
    words: Vec<String>,
    /// Print the line as JSON
    #[arg(long)]
    json: bool,
}

/// Carries out the verb.
pub(crate) fn run(args: &WhyArgs) -> Result<ExitCode, Failure> {
    let (file, rest) = record::choose(&args.words)?;
    let [id] = rest else {
        return Err(Failure::new("no line is named").hint("write: chancery why FILE.chancery ID"));
    };
    let store = Store::open(&file)?;
    let mut screen = Screen::new();
    if together::show(&store, id, args.json, &mut screen)? {
        screen.finish()?;
        return Ok(ExitCode::from(ALL_DONE));
    }
    let (line, said) = record::line(&store, id)?;
    match wire_kind(line.kind).filter(|_| args.json) {
        Some(kind) => {
            let mut lines = Lines::new(None);
            lines.line(&said.article, &said.reading, kind, line.place as usize);
            screen.lines(&lines.out);
        }
        None => {
            show(&line, &said, &mut screen);
            ruled(&store.rulings()?, line.id, &mut screen);
        }
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

fn wire_kind(kind: LineKind) -> Option<Kind> {
    match kind {
        LineKind::Entity => None,
        LineKind::Time => Some(Kind::Time),
        LineKind::Statement => Some(Kind::Statement),
        LineKind::Event => Some(Kind::Event),
        LineKind::Figure => Some(Kind::Figure),
        LineKind::Stance => Some(Kind::Stance),
    }
}

/// Why a line of a reading stands there; none for chains and times, which are what the words are.
fn why(reading: &Reading, line: &Line) -> Option<Why> {
    let at = line.place as usize;
    match line.kind {
        LineKind::Statement => reading.statements.get(at).map(|line| line.why),
        LineKind::Event => reading.events.get(at).map(|line| line.why),
        LineKind::Figure => reading.figures.get(at).map(|line| line.why),
        LineKind::Stance => reading.stances.get(at).map(|line| line.why),
        LineKind::Entity | LineKind::Time => None,
    }
}

fn show(line: &Line, said: &Said, screen: &mut Screen) {
    let name = |screen: &mut Screen, name: &str, words: &str| {
        for (n, row) in wrap(&one_line(words), screen.text_width() - NAMES).iter().enumerate() {
            screen.dim(&pad(if n == 0 { name } else { "" }, NAMES));
            screen.line(row);
        }
    };
    screen.bold(&format!("{} {}", line.kind.word(), line.id));
    screen.line("");
    if let Some(why) = why(&said.reading, line) {
        name(screen, "rule", why.rule);
        name(screen, "confidence", &format!("{:.2}", why.confidence));
    }
    if let Some(statement) =
        said.reading.statements.get(line.place as usize).filter(|_| line.kind == LineKind::Statement)
    {
        crate::statements::draw(said, statement, screen);
        statement.speakers.iter().for_each(|who| name(screen, "speaker", &Person::of(said, who).shown()));
    }
    name(screen, "article", &line.article.to_string());
    name(screen, "page", &line.page.to_string());
    for span in said.reading.spans_of(line.kind, line.place) {
        name(screen, "words", &cited(said, span));
    }
}

/// What people ruled on the line: the reader's word stands above, and theirs holds.
fn ruled(rulings: &[KeptRuling], line: Id, screen: &mut Screen) {
    let own = |kept: &&KeptRuling| kept.undone.is_none() && kept.ruling.about == line.to_string();
    for KeptRuling { ruling, .. } in rulings.iter().filter(own) {
        let instead = ruling.instead.as_deref().unwrap_or("nothing");
        let holds = match ruling.kind {
            RulingKind::Speaker | RulingKind::Issue => format!(": {}", one_line(instead)),
            _ => String::new(),
        };
        screen.dim(&pad("ruled", NAMES));
        screen.line(&format!(
            "{}{holds}  ({}, {}: {})",
            ruling.kind.word(),
            one_line(&ruling.by),
            ruling.at.date,
            one_line(&ruling.why)
        ));
    }
}

/// The words, and the bytes of the page that carry them.
fn cited(said: &Said, span: Span) -> String {
    let ranges = said.article.map.page_ranges(span);
    let places: Vec<String> = ranges.iter().map(|range| format!("{}-{}", range.start, range.end)).collect();
    format!("{}  [{}]", &said.article.text[span.range()], places.join(", "))
}
