//! `chancery codebook`: issues as data. Begin one, check one, try one on words.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chancery_language::document::DocReader;
use chancery_lexicon::codebook::{BUILT_IN, Codebook, IssueFinder, MAX_BYTES};
use chancery_model::Upos;
use chancery_store::Store;
use clap::{Args, Subcommand};

use crate::codebooks;
use crate::failure::{ALL_DONE, Failure, SOMETHING_SKIPPED};
use crate::layers;
use crate::read::why;
use crate::terminal::{Screen, say};

/// Begin, check or try a codebook: the issues that a negotiation turns on
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery codebook list
  chancery codebook new fisheries.toml
  chancery codebook check fisheries.toml
  chancery codebook try fisheries.toml 'The envoys argued over net sizes.'
  chancery read pages/ --into fish.chancery --codebook fisheries.toml")]
pub(crate) struct CodebookArgs {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List the built-in codebooks and their issues, or those that a record is read with
    List {
        /// The record
        record: Option<PathBuf>,
    },
    /// Write a small codebook to begin from; a file that is there is not touched
    New {
        /// The file to make
        file: PathBuf,
    },
    /// Read a codebook, and try its yes and no examples on the reader
    Check {
        /// The codebook
        file: PathBuf,
    },
    /// Show which issues of a codebook are found in words
    Try {
        /// The codebook
        file: PathBuf,
        /// A sentence or more
        words: String,
    },
}

/// Carries out the verb.
pub(crate) fn run(args: &CodebookArgs) -> Result<ExitCode, Failure> {
    match &args.what {
        What::List { record } => list(record.as_deref()),
        What::New { file } => begin(file),
        What::Check { file } => check(file),
        What::Try { file, words } => attempt(file, words),
    }
}

fn list(record: Option<&Path>) -> Result<ExitCode, Failure> {
    let kept = record.map(|file| Store::open(file)?.codebooks()).transpose()?.unwrap_or_default();
    let mut screen = Screen::new();
    for book in &codebooks::books(&kept)? {
        screen.bold(&book.id);
        screen.line(&format!(": {}", book.name));
        for issue in &book.issues {
            let within = issue.within.as_ref().map_or(String::new(), |within| format!(" (within {within})"));
            screen.line(&format!("  {:22} {}{within}", issue.id, issue.name));
        }
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

/// What a new codebook begins with.
const BEGINNING: &str = r#"# A codebook: the issues that a negotiation turns on. `chancery codebook check FILE` says whether it holds together.
id = "fisheries"
name = "Fisheries talks"

# An issue. `phrases` are base forms ("quota" finds "quotas"): `a|b` is either word, `...` up to four words between.
[[issue]]
id = "catch-limits"
name = "Catch limits"
description = "How much may be caught, by whom, and when."
phrases = ["catch limit", "fishing quota", "limit|cap ... catch", "closed season"]
# Sentences that the issue must be found in, and must not be found in.
yes = ["They agreed to limit the yearly catch."]
no = ["He caught the last train."]
"#;

fn begin(file: &Path) -> Result<ExitCode, Failure> {
    use std::io::Write;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).open(file);
    let failed = |error: std::io::Error| {
        Failure::new(format!("{}: {}", file.display(), why(&error))).hint("name a file that is not there yet")
    };
    made.and_then(|mut out| out.write_all(BEGINNING.as_bytes())).map_err(failed)?;
    say(&format!(
        "{}: a codebook with one issue; edit it, then: chancery codebook check {0}",
        file.display()
    ));
    Ok(ExitCode::from(ALL_DONE))
}

fn open(file: &Path) -> Result<Codebook, Failure> {
    let name = file.display().to_string();
    Codebook::parse(&text(&name)?, &name).map_err(|error| Failure::new(error.to_string()))
}

/// What a codebook says: a built-in one, by its id, or a file.
pub(crate) fn text(name: &str) -> Result<String, Failure> {
    if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| known.trim_end_matches(".toml") == name) {
        return Ok((*text).to_owned());
    }
    let failed = |error: std::io::Error| {
        Failure::new(format!("{name}: {}", why(&error))).hint("chancery codebook new FILE makes one")
    };
    let bytes = std::fs::metadata(name).map_err(failed)?.len();
    if bytes > MAX_BYTES as u64 {
        return Err(Failure::new(format!(
            "{name}: a codebook has at most {MAX_BYTES} bytes; this has {bytes}"
        )));
    }
    std::fs::read_to_string(name).map_err(failed)
}

/// Base forms of the words, as issues are looked for among them.
pub(crate) fn lemmas(reader: &DocReader, words: &str) -> Vec<String> {
    chancery_reading::lemmas(words, &reader.read_lines(words))
        .into_iter()
        .filter(|(_, upos)| *upos != Upos::Punct)
        .map(|(lemma, _)| lemma.to_lowercase())
        .collect()
}

fn check(file: &Path) -> Result<ExitCode, Failure> {
    let book = open(file)?;
    let finder = IssueFinder::of(std::slice::from_ref(&book));
    let reader = layers::reader(None)?;
    let mut screen = Screen::new();
    let (mut tried, mut wrong) = (0, 0);
    for issue in &book.issues {
        let examples = issue.yes.iter().map(|s| (s, true)).chain(issue.no.iter().map(|s| (s, false)));
        for (sentence, wanted) in examples {
            tried += 1;
            let found =
                finder.find(&lemmas(&reader, sentence)).iter().any(|hit| finder.id(hit.issue) == issue.id);
            if found != wanted {
                wrong += 1;
                let what = if wanted { "is not found in a yes example" } else { "is found in a no example" };
                screen.line(&format!("{}: {} {what}: {sentence}", file.display(), issue.id));
            }
        }
    }
    for issue in &book.issues {
        for (word, base) in issue.phrases.iter().flat_map(|phrase| codebooks::unmatched(&reader, phrase)) {
            screen.line(&format!(
                "{}: {}: `{word}` in a phrase is no base form; `{base}` finds it in every form",
                file.display(),
                issue.id
            ));
        }
    }
    screen.finish()?;
    say(&format!("{}: {} issues, {tried} examples, {wrong} wrong", file.display(), book.issues.len()));
    Ok(ExitCode::from(if wrong == 0 { ALL_DONE } else { SOMETHING_SKIPPED }))
}

fn attempt(file: &Path, words: &str) -> Result<ExitCode, Failure> {
    let book = open(file)?;
    let finder = IssueFinder::of(std::slice::from_ref(&book));
    let lemmas = lemmas(&layers::reader(None)?, words);
    let mut screen = Screen::new();
    let hits = finder.find(&lemmas);
    for hit in &hits {
        screen.bold(finder.id(hit.issue));
        screen.line(&format!(": {}", lemmas[hit.start..hit.end].join(" ")));
    }
    screen.finish()?;
    say(&format!("{} issues found among: {}", hits.len(), lemmas.join(" ")));
    Ok(ExitCode::from(ALL_DONE))
}
