//! Predicates by which a party takes a stance: "reject", "call for", "unacceptable".
//!
//! This module knows base forms and what goes with them. Where they stand in a sentence it leaves to the reading.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What kind of word a predicate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PredicateKind {
    /// "reject".
    Verb,
    /// "refusal".
    Noun,
    /// "unacceptable".
    Adjective,
    /// A noun for who holds the stance: "a backer of the plan".
    Agent,
}

/// One predicate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StancePredicate {
    /// The act, as the wire has it.
    pub act: String,
    /// Words that must go with it: "out", "for"; often none.
    pub with: Vec<String>,
    /// The subject is what is judged; the holder is the speaker.
    pub judged: bool,
    /// Counts only as a passive: "is needed".
    pub passive: bool,
    /// Counts only where its clause names an issue.
    pub weak: bool,
    /// Counts under "could" as well: "could live with".
    pub possible: bool,
    /// Counts only as a progressive: "is still reading".
    pub progressive: bool,
    /// Says nothing alone, only as what another predicate wants, offers or refuses: "is ready to discuss".
    pub governed: bool,
    /// A fear: it tells what is not wanted, and not on which issue.
    pub fear: bool,
}

/// All predicates, by kind and base form; entries that need more words come first.
pub struct StancePredicates {
    by_lemma: BTreeMap<(PredicateKind, String), Vec<StancePredicate>>,
    examples: Vec<(String, String, bool)>,
}

impl StancePredicates {
    /// The predicates that come with the program.
    pub fn built_in() -> &'static Self {
        static LISTS: LazyLock<StancePredicates> = LazyLock::new(|| {
            let file: File = toml::from_str(include_str!("../data/stances.toml"))
                .expect("data/stances.toml is part of the program and tested");
            StancePredicates::of(file)
        });
        &LISTS
    }

    /// The predicates with this base form.
    pub fn of_lemma(&self, kind: PredicateKind, lemma: &str) -> &[StancePredicate] {
        self.by_lemma.get(&(kind, lemma.to_owned())).map_or(&[], Vec::as_slice)
    }

    /// Sentences with the act that must, or must not, be read in them.
    pub fn examples(&self) -> &[(String, String, bool)] {
        &self.examples
    }

    fn of(file: File) -> Self {
        let mut out = Self { by_lemma: BTreeMap::new(), examples: Vec::new() };
        let weak: BTreeSet<String> = file.weak.words.into_iter().collect();
        for group in file.group {
            let lists = [
                (PredicateKind::Verb, &group.verbs),
                (PredicateKind::Noun, &group.nouns),
                (PredicateKind::Adjective, &group.adjectives),
                (PredicateKind::Agent, &group.agents),
            ];
            for (kind, entry) in
                lists.into_iter().flat_map(|(kind, list)| list.iter().map(move |e| (kind, e)))
            {
                let mut words = entry.split(' ').map(str::to_owned);
                let Some(lemma) = words.next() else { continue };
                let predicate = StancePredicate {
                    act: group.act.clone(),
                    with: words.collect(),
                    judged: group.judged,
                    passive: group.passive && kind == PredicateKind::Verb,
                    weak: group.weak || weak.contains(&lemma),
                    possible: group.possible,
                    progressive: group.progressive,
                    governed: group.governed,
                    fear: group.fear,
                };
                out.by_lemma.entry((kind, lemma)).or_default().push(predicate);
            }
            let told = |list: Vec<String>, yes| list.into_iter().map(move |s| (s, yes));
            for (sentence, yes) in told(group.yes, true).chain(told(group.no, false)) {
                out.examples.push((group.act.clone(), sentence, yes));
            }
        }
        for list in out.by_lemma.values_mut() {
            list.sort_by_key(|predicate| std::cmp::Reverse(predicate.with.len()));
        }
        out
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Group>,
    weak: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    act: String,
    #[serde(default)]
    judged: bool,
    #[serde(default)]
    passive: bool,
    #[serde(default)]
    weak: bool,
    #[serde(default)]
    possible: bool,
    #[serde(default)]
    progressive: bool,
    #[serde(default)]
    governed: bool,
    #[serde(default)]
    fear: bool,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    agents: Vec<String>,
    yes: Vec<String>,
    no: Vec<String>,
}
