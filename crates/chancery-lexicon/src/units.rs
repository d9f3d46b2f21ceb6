//! Units of measure and money, by their names and symbols.
//!
//! The units stand in `data/units.toml`, by kind, with words that are and that are not a unit of the kind. This module knows no
//! sentence: it compares the words it is given.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

/// A unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Its name in the singular: "kilometre", "Australian dollar", "percent".
    pub name: String,
    /// What it measures.
    pub kind: UnitKind,
}

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum UnitKind {
    /// Money.
    Money,
    /// A share of something: percent.
    Share,
    /// Length.
    Length,
    /// Area.
    Area,
    /// Volume.
    Volume,
    /// Mass.
    Mass,
    /// Time that something takes.
    Time,
    /// Time since birth or making.
    Age,
    /// Speed.
    Speed,
    /// Energy, power, torque, electricity.
    Energy,
    /// Temperature and angle.
    Temperature,
    /// Data.
    Information,
    /// Frequency, pressure, sound, dose.
    Science,
    /// What is counted by convention: points, times.
    Count,
}

/// A word behind a number.
#[derive(Clone, Copy, Debug)]
pub struct UnitWord<'a> {
    /// As it is written.
    pub shown: &'a str,
    /// Its base form.
    pub base: &'a str,
    /// Whether it sticks to the word before it.
    pub glued: bool,
    /// Whether it may be a noun or a mark at all.
    pub nominal: bool,
}

/// The units that come with the program.
pub struct Units {
    units: Vec<Unit>,
    /// Words of a name in lower case, by the first.
    names: HashMap<String, Vec<(Vec<String>, usize)>>,
    /// Symbols as their tokens, by the first.
    symbols: HashMap<String, Vec<(Vec<String>, usize)>>,
    tight: HashMap<String, usize>,
}

impl Units {
    /// The units that come with the program.
    pub fn built_in() -> &'static Self {
        static UNITS: LazyLock<Units> = LazyLock::new(|| {
            let file = toml::from_str(include_str!("../data/units.toml"));
            Units::of(file.expect("data/units.toml is part of the program and tested"))
        });
        &UNITS
    }

    /// The unit that begins at `word(0)`, and how many words it takes.
    pub fn at<'w>(&self, word: impl Fn(usize) -> Option<UnitWord<'w>>) -> Option<(usize, &Unit)> {
        let first = word(0)?;
        let name = [first.shown.to_lowercase(), first.base.to_lowercase()]
            .iter()
            .filter_map(|key| longest(self.names.get(key)?, |at, part| is_word(word(at), part)))
            .max();
        let symbol = self
            .symbols
            .get(first.shown)
            .and_then(|list| longest(list, |at, part| word(at).is_some_and(|w| w.shown == part)));
        let (len, at) = name.into_iter().chain(symbol).max().or_else(|| self.tight(first))?;
        (word(len - 1)?.nominal).then(|| (len, &self.units[at]))
    }

    /// The unit of money that is written so before or behind a number: "$", "EUR".
    pub fn currency(&self, symbol: &str) -> Option<&Unit> {
        let (words, at) = self.symbols.get(symbol)?.iter().find(|(words, _)| words.len() == 1)?;
        (words[0] == symbol && self.units[*at].kind == UnitKind::Money).then(|| &self.units[*at])
    }

    fn tight(&self, word: UnitWord<'_>) -> Option<(usize, usize)> {
        self.tight.get(word.shown).filter(|_| word.glued).map(|at| (1, *at))
    }

    fn of(file: BTreeMap<UnitKind, Section>) -> Self {
        let mut out =
            Self { units: Vec::new(), names: HashMap::new(), symbols: HashMap::new(), tight: HashMap::new() };
        for (kind, section) in file {
            let from = out.units.len();
            for line in &section.units {
                out.name(line, kind);
            }
            for line in section.symbols {
                let Some((symbol, at)) = out.symbol(&line, kind, from) else { continue };
                let words: Vec<String> = symbol.split(' ').map(str::to_owned).collect();
                out.symbols.entry(words[0].clone()).or_default().push((words, at));
            }
            for line in section.tight {
                let Some((symbol, at)) = out.symbol(&line, kind, from) else { continue };
                out.tight.insert(symbol, at);
            }
        }
        out
    }

    fn name(&mut self, line: &str, kind: UnitKind) {
        let at = self.units.len();
        for name in line.split('|') {
            if self.units.len() == at {
                self.units.push(Unit { name: name.to_owned(), kind });
            }
            let words: Vec<String> = name.split(' ').map(str::to_lowercase).collect();
            self.names.entry(words[0].clone()).or_default().push((words, at));
        }
    }

    /// The symbol of "km = kilometre" and its unit, which is made where no line names it.
    fn symbol(&mut self, line: &str, kind: UnitKind, from: usize) -> Option<(String, usize)> {
        let (symbol, name) = line.split_once(" = ")?;
        let known = self.units[from..].iter().position(|unit| unit.name == name);
        let at = known.map_or(self.units.len(), |at| at + from);
        if known.is_none() {
            self.units.push(Unit { name: name.to_owned(), kind });
        }
        Some((symbol.to_owned(), at))
    }
}

/// Whether a word is `part` of a name, in any number.
fn is_word(word: Option<UnitWord<'_>>, part: &str) -> bool {
    let Some(word) = word else { return false };
    let low = word.shown.to_lowercase();
    low == part || word.base.eq_ignore_ascii_case(part) || low.strip_suffix('s') == Some(part)
}

fn longest(list: &[(Vec<String>, usize)], fits: impl Fn(usize, &str) -> bool) -> Option<(usize, usize)> {
    let fitting = list.iter().filter(|(words, _)| words.iter().enumerate().all(|(at, part)| fits(at, part)));
    fitting.map(|(words, unit)| (words.len(), *unit)).max()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Section {
    units: Vec<String>,
    symbols: Vec<String>,
    tight: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the units"))]
    yes: Vec<String>,
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test of the units"))]
    no: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(words: &[&'static str], glued: bool) -> Option<(usize, &'static Unit)> {
        Units::built_in().at(|n| {
            let shown = *words.get(n)?;
            let base =
                shown.strip_suffix("ies").map_or(shown.strip_suffix('s').unwrap_or(shown), |_| "penny");
            Some(UnitWord { shown, base, glued, nominal: true })
        })
    }

    #[test]
    fn kinds_know_their_examples() {
        let file: BTreeMap<UnitKind, Section> = toml::from_str(include_str!("../data/units.toml")).unwrap();
        for (kind, section) in file {
            assert!(!section.yes.is_empty() && !section.no.is_empty(), "{kind:?}");
            let fits = |words: &str| {
                let words: Vec<&'static str> = words.to_owned().leak().split(' ').collect();
                at(&words, false).is_some_and(|(len, unit)| len == words.len() && unit.kind == kind)
            };
            section.yes.iter().for_each(|words| assert!(fits(words), "{kind:?}: yes {words}"));
            section.no.iter().for_each(|words| assert!(!fits(words), "{kind:?}: no {words}"));
        }
    }

    #[test]
    fn the_longest_name_is_taken_and_tight_symbols_must_stick() {
        assert_eq!(at(&["Australian", "dollars", "more"], false).unwrap().0, 2);
        assert_eq!(at(&["miles", "per", "hour"], false).unwrap().1.name, "mile per hour");
        assert_eq!(at(&["m"], false), None);
        assert_eq!(at(&["m"], true).unwrap().1.name, "metre");
        assert_eq!(Units::built_in().currency("$").unwrap().name, "dollar");
        assert_eq!(Units::built_in().currency("km"), None);
    }
}
