//! `chancery figures`: how many and how much, each with its unit, what was counted, whose act it was and who claims it.

use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::{Amount, Article, Figure, Reading, Who};
use chancery_store::{Said, Store};
use clap::Args;

use crate::failure::{ALL_DONE, Failure};
use crate::layout::{one_line, table};
use crate::linked::{self, published};
use crate::read::opening_words;
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire::{Kind, Lines};

/// List the figures that the articles give, with who claims each
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery figures talks.chancery
  chancery figures talks.chancery --who 'air force' --unit drone
  chancery figures talks.chancery --json | jq -r '[.cite.text, .unit] | @tsv'

FILE may be left out where the folder holds one record.")]
pub(crate) struct FiguresArgs {
    /// The record
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Only figures that somebody of this name claims, or that measure what they did
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
    /// Only figures in this unit: dollar, percent, drone
    #[arg(long, value_name = "UNIT")]
    unit: Option<String>,
    /// Print the lines of the wire
    #[arg(long)]
    json: bool,
}

/// Carries out the verb.
pub(crate) fn run(args: &FiguresArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.file.as_ref())?)?;
    let mut said: Vec<Said> = linked::readings(&store)?;
    said.sort_by_key(|s| (published(&s.article).is_none(), published(&s.article), s.article.id));
    let mut screen = Screen::new();
    let mut count = 0;
    for Said { article, mut reading, .. } in said {
        let figures = std::mem::take(&mut reading.figures);
        let wanted = figures.into_iter().filter(|figure| fits(args, (&article, &reading), figure));
        reading.figures = wanted.collect();
        count += reading.figures.len();
        match args.json {
            true => print(&article, &reading, &mut screen),
            false => list(&article, &reading, &mut screen),
        }
    }
    if !args.json {
        say(&format!("{count} figures"));
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

/// An article with its reading, where both are needed to say who somebody is.
type Told<'a> = (&'a Article, &'a Reading);

fn fits(args: &FiguresArgs, told: Told<'_>, figure: &Figure) -> bool {
    let holds = |who: &Option<Who>, name: &str| {
        who.as_ref().is_some_and(|who| named(told, who).to_lowercase().contains(&name.to_lowercase()))
    };
    let who = args.who.as_ref();
    let unit = args.unit.as_ref();
    who.is_none_or(|name| holds(&figure.claimed_by, name) || holds(&figure.by, name))
        && unit.is_none_or(|unit| figure.unit.as_ref().is_some_and(|own| own.eq_ignore_ascii_case(unit)))
}

/// The fullest name that the article gives, else the words used.
fn named(told: Told<'_>, who: &Who) -> String {
    let (article, reading) = told;
    let chain = who.chain.as_ref().ok().and_then(|at| reading.chains.get(*at as usize));
    let name = chain.and_then(|chain| chain.name.as_deref());
    one_line(name.unwrap_or(&article.text[who.span.range()]))
}

fn print(article: &Article, reading: &Reading, screen: &mut Screen) {
    let mut lines = Lines::new(None);
    lines.reading(article, reading, &[Kind::Figure]);
    screen.lines(&lines.out);
}

/// The figures of one article under its title.
fn list(article: &Article, reading: &Reading, screen: &mut Screen) {
    if reading.figures.is_empty() {
        return;
    }
    let day = published(article).map_or("no date   ".to_owned(), |day| day.to_string());
    let title = article.title.as_ref().map(|title| one_line(&title.words));
    screen.dim(&format!("{}  {day}  ", article.id));
    screen.bold(&title.unwrap_or_else(|| one_line(&opening_words(article.body_text()))));
    screen.line("");
    let rows: Vec<Vec<String>> =
        reading.figures.iter().map(|figure| row((article, reading), figure)).collect();
    for row in table(&rows, 2, screen.width()) {
        let [id, amount, words, who] = &row[..] else { continue };
        screen.put("  ");
        screen.marked(amount);
        screen.put(&format!("  {words}  {who}  "));
        screen.dim(id);
        screen.line("");
    }
    screen.line("");
}

/// Id, amount with unit, the words and what they count, whose act and whose word it is.
fn row(told: Told<'_>, figure: &Figure) -> Vec<String> {
    let cut = |span: chancery_model::Span| one_line(&told.0.text[span.range()]);
    // What is counted mostly goes on where the figure's own words end.
    let runs_on =
        figure.counted.filter(|counted| counted.start <= figure.span.end && counted.end >= figure.span.start);
    let words = cut(chancery_model::Span {
        end: runs_on.map_or(figure.span.end, |c| c.end.max(figure.span.end)),
        ..figure.span
    });
    let counted = figure.counted.filter(|_| runs_on.is_none()).map(cut);
    let by = figure.by.as_ref().map(|who| format!("by {}", named(told, who)));
    let claimed = figure.claimed_by.as_ref().map(|who| format!("says {}", named(told, who)));
    let who: Vec<String> = by.into_iter().chain(claimed).collect();
    vec![
        figure.id.to_string(),
        crate::layout::cut(
            &format!("{} {}", amount(figure.amount), figure.unit.as_deref().unwrap_or("")),
            34,
        ),
        counted.map_or(words.clone(), |counted| format!("{words}: {counted}")),
        crate::layout::cut(&who.join(", "), 60),
    ]
}

/// The amount in signs: "≥ 121", "~ 4", "5 to 7".
fn amount(amount: Amount) -> String {
    let about = if amount.approximate { "~ " } else { "" };
    let shown = match (amount.value, amount.low, amount.high) {
        (Some(value), Some(_), None) => format!("≥ {}", grouped(value)),
        (Some(value), None, Some(_)) => format!("≤ {}", grouped(value)),
        (Some(value), ..) => grouped(value),
        (None, Some(low), Some(high)) => format!("{} to {}", grouped(low), grouped(high)),
        (None, Some(low), None) => format!("≥ {}", grouped(low)),
        (None, None, Some(high)) => format!("≤ {}", grouped(high)),
        (None, None, None) => "unknown".to_owned(),
    };
    format!("{about}{shown}")
}

/// A number with commas between thousands, and three decimals at most.
fn grouped(value: f64) -> String {
    let rounded = (value.abs() * 1000.0).round() / 1000.0;
    let shown = rounded.to_string();
    let (whole, fraction) = shown.split_once('.').map_or((shown.as_str(), None), |(w, f)| (w, Some(f)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    let sign = if value < 0.0 { "-" } else { "" };
    fraction.map_or(format!("{sign}{out}"), |fraction| format!("{sign}{out}.{fraction}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_shown_in_signs() {
        let exact = Amount { value: Some(2_500_000.0), low: None, high: None, approximate: false };
        assert_eq!(amount(exact), "2,500,000");
        assert_eq!(amount(Amount { low: exact.value, ..exact }), "≥ 2,500,000");
        assert_eq!(amount(Amount { high: exact.value, approximate: true, ..exact }), "~ ≤ 2,500,000");
        let range = Amount { value: None, low: Some(12.0), high: Some(120.5), approximate: false };
        assert_eq!(amount(range), "12 to 120.5");
        assert_eq!(grouped(1.0 / 3.0), "0.333");
        assert_eq!(grouped(-1234.0), "-1,234");
    }
}
