//! One article to one `Reading`: who is mentioned, when, who said what, what happened, how many, who wants what.
//!
//! ```text
//! Article + Doc ──text──▶ Text ──times, who──▶ statements ──▶ events, figures ──▶ stances
//! ```
//!
//! Everything is read from the structure of sentences. This crate knows no files, no clock and no other article. Each step sees what
//! the steps before it found, and answers its own list; nothing is changed afterwards but the times inside statements, which
//! are resolved against the day the statement was made.

mod clause;
mod events;
mod figures;
mod lemma;
mod retold;
mod stances;
mod statements;
mod text;
mod times;
mod who;

pub use text::Text;
pub use who::taught;

use chancery_lexicon::codebook::IssueFinder;
use chancery_model::{Article, Doc, Reading, Upos};

/// All that an article says, its stances on the issues of the built-in codebooks.
pub fn read(article: &Article, doc: &Doc) -> Reading {
    read_on(article, doc, IssueFinder::built_in())
}

/// All that an article says, its stances on the issues that `issues` finds.
pub fn read_on(article: &Article, doc: &Doc, issues: &IssueFinder) -> Reading {
    let text = Text::new(article, doc);
    let mut reading = Reading { times: times::find(&text), ..Reading::default() };
    (reading.mentions, reading.chains) = who::read(&text, &reading.times);
    reading.statements = statements::read(&text, &reading);
    times::settle_in_statements(&text, &mut reading);
    reading.events = events::read(&text, &reading);
    retold::settle(&text, &mut reading);
    statements::settle_occasions(&text, &mut reading);
    retold::settle_said(&mut reading);
    reading.figures = figures::read(&text, &reading);
    reading.stances = stances::read(&text, &reading, issues);
    reading
}

/// Who and what is mentioned in an article, and nothing else of what it says.
pub fn mentions(article: &Article, doc: &Doc) -> Reading {
    let text = Text::new(article, doc);
    let (mentions, chains) = who::read(&text, &times::find(&text));
    Reading { mentions, chains, ..Reading::default() }
}

/// The base form and the part of speech of each word of a text.
pub fn lemmas(text: &str, doc: &Doc) -> Vec<(String, Upos)> {
    doc.tokens.iter().map(|t| (lemma::lemma(&text[t.span.range()], t.xpos, t.upos), t.upos)).collect()
}
