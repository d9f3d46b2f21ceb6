//! Labels: words that the program itself brings, not a page.
//!
//! A label that comes back out of a record is the same as one that the program gives: it is kept once for the whole process.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use serde::de::Error;
use serde::{Deserialize, Deserializer};

/// The id of a rule, a model's label, a mode of PLOVER: "attribution", "visit".
pub type Label = &'static str;

/// Different labels that records may bring into one process; ours has some hundreds.
const MOST: usize = 4096;
/// Bytes of one label.
const LONGEST: usize = 64;

static KNOWN: Mutex<BTreeSet<Label>> = Mutex::new(BTreeSet::new());

/// Reads a label.
pub(crate) fn one<'de, D: Deserializer<'de>>(from: D) -> Result<Label, D::Error> {
    kept(&String::deserialize(from)?).ok_or_else(|| D::Error::custom("no label of a line"))
}

/// Reads a label, or none.
pub(crate) fn perhaps<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Label>, D::Error> {
    let word = Option::<String>::deserialize(from)?;
    word.map(|word| kept(&word).ok_or_else(|| D::Error::custom("no label of a line"))).transpose()
}

/// The label for good; `None` past the limits, which only a damaged record reaches.
fn kept(word: &str) -> Option<Label> {
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(label) = known.get(word) {
        return Some(label);
    }
    if word.len() > LONGEST || known.len() >= MOST {
        return None;
    }
    let label: Label = Box::leak(word.to_owned().into_boxed_str());
    known.insert(label);
    Some(label)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_kept_once_and_an_endless_one_never() {
        let first = kept("attribution").unwrap();
        assert!(std::ptr::eq(first, kept(&String::from("attribution")).unwrap()));
        assert_eq!(kept(&"x".repeat(LONGEST)).map(str::len), Some(LONGEST));
        assert_eq!(kept(&"x".repeat(LONGEST + 1)), None);
    }
}
