//! `chancery search`: articles that hold words.

use std::process::ExitCode;

use chancery_store::Store;
use clap::Args;

use crate::failure::{ALL_DONE, Failure};
use crate::layout::one_line;
use crate::read::opening_words;
use crate::record;
use crate::terminal::Screen;

/// What stands around the words found: characters that no page shows.
const MARKS: [&str; 2] = ["\u{1}", "\u{2}"];

/// Find articles that hold words
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery search talks.chancery ceasefire corridor
  chancery search prisoners --most 50

Articles hold all the words, in any order. FILE may be left out where the folder holds one record.")]
pub(crate) struct SearchArgs {
    /// The record, then the words
    #[arg(value_names = ["FILE", "WORDS"], num_args = 1.., required = true)]
    words: Vec<String>,
    /// Articles to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    most: u32,
}

/// Carries out the verb.
pub(crate) fn run(args: &SearchArgs) -> Result<ExitCode, Failure> {
    let (file, words) = record::choose(&args.words)?;
    if words.is_empty() {
        return Err(Failure::new("no words are given").hint("write: chancery search FILE.chancery WORDS"));
    }
    let hits = Store::open(&file)?.search(&words.join(" "), MARKS, args.most)?;
    let mut screen = Screen::new();
    for hit in &hits {
        let article = &hit.article;
        let title = article.title.clone().unwrap_or_else(|| opening_words(&article.opening));
        let day = article.published.as_deref().and_then(|moment| moment.get(..10)).unwrap_or("no date");
        screen.dim(&format!("{}  {day:<10}  ", article.id));
        screen.bold(&one_line(&title));
        screen.line("");
        snippet(&hit.snippet, &mut screen);
    }
    screen.finish()?;
    if hits.is_empty() {
        return Err(Failure::not_found(format!("{}: no article holds all of these words", file.display())));
    }
    Ok(ExitCode::from(ALL_DONE))
}

/// The words around, those found marked.
fn snippet(words: &str, screen: &mut Screen) {
    screen.put("    ");
    let spaced = words.split_whitespace().collect::<Vec<_>>().join(" ");
    for (n, part) in spaced.split(MARKS[0]).enumerate() {
        match part.split_once(MARKS[1]) {
            Some((found, rest)) if n > 0 => {
                screen.marked(found);
                screen.put(rest);
            }
            _ => screen.put(part),
        }
    }
    screen.line("");
}
