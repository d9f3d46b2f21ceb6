//! Stances that fit no issue of a codebook, grouped by the word they share: which issue is missing shows in the largest group.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Id, PageId};

use super::draw::{ending, title};
use serde::{Deserialize, Serialize};

use crate::kept::{KeptArticle, Open};
use crate::terminal::Screen;

/// Groups shown, at most.
const GROUPS: usize = 4;
/// Stances that make a group.
const ENOUGH: usize = 2;
/// Parties named of a group, at most.
const NAMED: usize = 3;
/// Letters that a word has at least to tell a matter.
const LETTERS: usize = 5;

/// Stances that share a word and fit no issue.
#[derive(Serialize, Deserialize)]
pub(super) struct Missing {
    pub(super) word: String,
    pub(super) parties: Vec<String>,
    pub(super) count: usize,
    /// The words of the first one, and its id.
    pub(super) words: String,
    pub(super) id: Id,
}

/// The groups, the largest first; each stance stands in one.
pub(super) fn gather(articles: &[(PageId, &KeptArticle)], left_out: &BTreeSet<Id>) -> Vec<Missing> {
    let mut left: Vec<(&Open, &str)> = Vec::new();
    let mut seen = BTreeSet::new();
    let open = articles.iter().flat_map(|(_, article)| &article.open);
    for stance in open.filter(|stance| !left_out.contains(&stance.id)) {
        if seen.insert((stance.party.clone(), stance.words.to_lowercase())) {
            left.push((stance, &stance.words));
        }
    }
    let mut out = Vec::new();
    while out.len() < GROUPS {
        let Some(word) = most_shared(&left) else { break };
        let (group, rest): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|(_, words)| matters(words).contains(&word));
        left = rest;
        let parties: BTreeSet<String> = group.iter().map(|(stance, _)| stance.party.clone()).collect();
        let (first, words) = group[0];
        out.push(Missing {
            word,
            parties: parties.into_iter().collect(),
            count: group.len(),
            words: words.to_owned(),
            id: first.id,
        });
    }
    out
}

/// The word that most stances share.
fn most_shared(stances: &[(&Open, &str)]) -> Option<String> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for (_, words) in stances {
        for word in matters(words) {
            *counts.entry(word).or_default() += 1;
        }
    }
    let best = counts.into_iter().max_by_key(|(word, count)| (*count, std::cmp::Reverse(word.clone())));
    best.filter(|(_, count)| *count >= ENOUGH).map(|(word, _)| word)
}

/// Words of a stance that may name its matter: long ones in small letters that are no verb of a stance.
fn matters(words: &str) -> BTreeSet<String> {
    let each = words.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().all(char::is_lowercase));
    let long = each.filter(|w| w.chars().count() >= LETTERS && !EMPTY.contains(w));
    long.map(|w| w.strip_suffix('s').unwrap_or(w).to_owned()).collect()
}

/// Words that name no matter.
const EMPTY: [&str; 36] = [
    "would",
    "could",
    "should",
    "their",
    "there",
    "which",
    "about",
    "after",
    "before",
    "other",
    "called",
    "condemned",
    "condemn",
    "condemns",
    "rejected",
    "refused",
    "accepted",
    "agreed",
    "offered",
    "support",
    "supported",
    "welcomed",
    "demanded",
    "demands",
    "wanted",
    "wants",
    "under",
    "being",
    "against",
    "those",
    "these",
    "strongly",
    "while",
    "where",
    "every",
    "worried",
];

/// Draws them.
pub(super) fn draw(groups: &[Missing], screen: &mut Screen) {
    if groups.is_empty() {
        return;
    }
    title(screen, "On no issue of a codebook");
    for group in groups {
        screen.put("  ");
        screen.bold(&group.word);
        let more = group.parties.len().saturating_sub(NAMED);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named: Vec<&str> = group.parties.iter().take(NAMED).map(String::as_str).collect();
        let head = format!(" ({} stances of {}{more}): ", group.count, named.join(", "));
        screen.put(&head);
        let used = 2 + group.word.chars().count() + head.chars().count();
        ending(screen, used, &group.words, &group.id.to_string());
    }
    screen.dim("  a codebook of your own names what is missing: chancery codebook new FILE");
    screen.line("");
}
