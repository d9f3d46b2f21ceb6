//! Which codebooks pages are read with: those of the command line, those that a record keeps, or those that come with the program.
//!
//! A record keeps the text of a user's codebooks with their hash, so that it can be linked, ruled on and rebuilt without their files.
//! Pages read with other codebooks count as read by another reader: they are read again.

use chancery_language::document::DocReader;
use chancery_lexicon::codebook::{Codebook, IssueFinder};
use chancery_model::PageId;
use chancery_store::{KeptCodebook, KeptCodebooks, Store};
use clap::Args;

use crate::codebook;
use crate::failure::Failure;
use crate::read::READER;

/// What stands for all built-in codebooks.
const BUILT_IN: &str = "built-in";
/// Digits of a hash that tell sets of codebooks apart.
const DIGITS: usize = 16;

/// Codebooks named on the command line.
#[derive(Args)]
pub(crate) struct CodebookArgs {
    /// Read stances on the issues of this codebook too; may be repeated, and a record keeps what was named. `built-in` for those of
    /// the program alone
    #[arg(long, value_name = "FILE")]
    codebook: Vec<String>,
    /// With --codebook: only the codebooks named, without the built-in ones (`--codebook peace` names one of these)
    #[arg(long, requires = "codebook")]
    no_built_in: bool,
}

impl CodebookArgs {
    /// What was named; `None` if nothing was.
    pub(crate) fn chosen(&self) -> Result<Option<KeptCodebooks>, Failure> {
        if self.codebook.is_empty() {
            return Ok(None);
        }
        let own = self.codebook.iter().filter(|name| *name != BUILT_IN);
        let own: Vec<KeptCodebook> = own.map(|name| kept(name)).collect::<Result<_, _>>()?;
        if self.no_built_in && own.is_empty() {
            return Err(Failure::new("no codebook is left to read with")
                .hint("name a file with --codebook, or leave --no-built-in out"));
        }
        Ok(Some(KeptCodebooks { own, built_in: !self.no_built_in }))
    }
}

fn kept(name: &str) -> Result<KeptCodebook, Failure> {
    let text = codebook::text(name)?;
    parsed(&KeptCodebook { file: name.to_owned(), text: text.clone() })?;
    Ok(KeptCodebook { file: name.to_owned(), text })
}

fn parsed(kept: &KeptCodebook) -> Result<Codebook, Failure> {
    Codebook::parse(&kept.text, &kept.file).map_err(|error| Failure::new(error.to_string()))
}

/// The codebooks themselves, a user's own first.
pub(crate) fn books(kept: &KeptCodebooks) -> Result<Vec<Codebook>, Failure> {
    let mut books: Vec<Codebook> = kept.own.iter().map(parsed).collect::<Result<_, _>>()?;
    if kept.built_in {
        books.extend(Codebook::built_in().iter().cloned());
    }
    Ok(books)
}

/// Finds the issues of these codebooks.
pub(crate) fn finder(kept: &KeptCodebooks) -> Result<IssueFinder, Failure> {
    let books = books(kept)?;
    let (own, built_in) = books.split_at(kept.own.len());
    Ok(IssueFinder::beside(own, built_in))
}

/// What tells the reader of a record apart from others: the program's version, and the codebooks that it reads with.
pub(crate) fn reader(store: &Store) -> Result<String, Failure> {
    let kept = store.codebooks()?;
    if kept == KeptCodebooks::default() {
        return Ok(READER.to_owned());
    }
    let mut all: String = kept.own.iter().map(KeptCodebook::hash).collect();
    all.push_str(if kept.built_in { "+" } else { "-" });
    Ok(format!("{READER}/{}", &PageId::of(all.as_bytes()).to_string()[..DIGITS]))
}

/// Plurals in a phrase, each with the base form that finds it in every form.
pub(crate) fn unmatched(reader: &DocReader, phrase: &str) -> Vec<(String, String)> {
    let mut odd = Vec::new();
    for slot in phrase.split_whitespace() {
        for word in slot.split('|').filter(|word| word.ends_with('s')) {
            let base = codebook::lemmas(reader, word).join(" ");
            if base.len() < word.len() && !base.is_empty() && !slot.split('|').any(|other| other == base) {
                odd.push((word.to_owned(), base));
            }
        }
    }
    odd
}
