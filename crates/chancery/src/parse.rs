//! `chancery parse`: the grammar of a sentence, drawn for people who write rules.

mod drawing;

use std::io::{IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use chancery_model::Doc;
use clap::Args;
use serde::Serialize;

use crate::failure::{ALL_DONE, Failure};
use crate::layers;

/// Bytes of text that are parsed at one time.
const MAX_BYTES: u64 = 4 << 20;
/// Columns where no terminal tells.
const WIDTH: usize = 100;

/// Show the grammar of a sentence: words, tags, names and the tree
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery parse 'The minister said talks would resume on Monday.'
  chancery parse --json 'Both sides rejected the plan.'
  echo 'A line is a paragraph.' | chancery parse

Each word stands in a row with its tags, its relation and the word it depends on; a line leads from that word to it.")]
pub(crate) struct ParseArgs {
    /// The text; standard input when left out
    text: Vec<String>,
    /// Print lines of JSON, one a sentence
    #[arg(long)]
    json: bool,
    /// Weights of the reader, instead of those inside the program
    #[arg(long, value_name = "FILE")]
    model: Option<PathBuf>,
}

/// Carries out the verb.
pub(crate) fn run(args: &ParseArgs) -> Result<ExitCode, Failure> {
    let text = if args.text.is_empty() { standard_input()? } else { args.text.join(" ") };
    if text.trim().is_empty() {
        return Err(Failure::new("there is no text to parse").hint("chancery parse 'A sentence.'"));
    }
    let doc = layers::reader(args.model.as_deref())?.read_lines(&text);
    let shown = if args.json { json(&text, &doc) } else { drawing::draw(&text, &doc, look()) };
    match std::io::stdout().lock().write_all(shown.as_bytes()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(Failure::new(format!("standard output: {}", crate::read::why(&error))))
        }
        _ => Ok(ExitCode::from(ALL_DONE)),
    }
}

fn standard_input() -> Result<String, Failure> {
    let failed =
        |error: std::io::Error| Failure::new(format!("standard input: {}", crate::read::why(&error)));
    let mut bytes = Vec::new();
    std::io::stdin().lock().take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(failed)?;
    if bytes.len() as u64 > MAX_BYTES {
        let hint = "for whole pages: chancery read --jsonl --layers";
        return Err(Failure::new(format!("the text has more than {MAX_BYTES} bytes")).hint(hint));
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Colours and width only where a terminal shows them.
fn look() -> drawing::Look {
    let terminal = std::io::stdout().is_terminal();
    #[expect(clippy::disallowed_methods, reason = "NO_COLOR is how people turn colours off (no-color.org)")]
    let no_color = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let width = terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0));
    drawing::Look { colour: terminal && !no_color, width: if terminal { width } else { WIDTH } }
}

/// One sentence; `head` counts its words from 0 and is null for the root.
#[derive(Serialize)]
struct JsonSentence<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    tokens: Vec<JsonToken<'a>>,
    names: Vec<JsonName<'a>>,
}

#[derive(Serialize)]
struct JsonToken<'a> {
    text: &'a str,
    upos: &'static str,
    xpos: &'static str,
    head: Option<u32>,
    deprel: &'static str,
}

#[derive(Serialize)]
struct JsonName<'a> {
    text: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    tokens: [u32; 2],
}

/// Places are in code points of the text.
fn json(text: &str, doc: &Doc) -> String {
    let mut out = String::new();
    for sentence in &doc.sentences {
        let first = sentence.tokens.start;
        let span = doc.span(sentence.tokens).map_or(0..0, |s| s.range());
        let tokens = (first..).zip(doc.within(sentence.tokens)).map(|(at, t)| JsonToken {
            text: &text[t.span.range()],
            upos: t.upos.word(),
            xpos: t.xpos.word(),
            head: doc.head(at).map(|head| head - first),
            deprel: t.deprel.word(),
        });
        let inside = doc.names.iter().filter(|n| sentence.tokens.holds(n.tokens.start));
        let names = inside.map(|n| JsonName {
            text: doc.span(n.tokens).map_or("", |s| &text[s.range()]),
            kind: n.kind.word(),
            tokens: [n.tokens.start - first, n.tokens.end - first],
        });
        let line = JsonSentence {
            text: &text[span.clone()],
            start: text[..span.start].chars().count(),
            end: text[..span.end].chars().count(),
            tokens: tokens.collect(),
            names: names.collect(),
        };
        out.push_str(&serde_json::to_string(&line).expect("words and numbers are always JSON"));
        out.push('\n');
    }
    out
}
