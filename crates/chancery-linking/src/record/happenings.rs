//! One event in the world, many reports.
//!
//! ```text
//! reports ──same day│told again│same sentence│same days│one story──▶ sets ──days within periods──▶ sets ──▶ happenings ──▶ plans meet their outcome
//! ```
//!
//! Reports are joined when type, status and participants agree and time or matter leaves no other choice, and each join says why
//! (`same`). A planned event is then looked for among those that occurred (`planned`).

mod matter;
mod planned;
mod report;
mod same;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Date, EventKind, Happening, Id, Note};

use super::{Part, Sets};
use crate::limits;
pub(super) use report::Reports;
use report::{Names, Report, reports};

/// Reports that one report is compared with for one reason, those next to it in order: a record in which more reports share type,
/// participant and day tells of one day again and again.
const MAX_COMPARED: usize = 400;

/// Joins the reports of all articles.
pub(super) fn link(parts: &[Part<'_>]) -> (Vec<Happening>, Option<Note>) {
    let mut names = Names::default();
    let reports = reports(parts, &mut names);
    let mut joined = Joined::new(reports.len());
    for group in blocks(&reports, Report::keys_of_day) {
        joined.compare(&group, |a, b| same::by_day(&reports[a], &reports[b], &names));
    }
    for group in blocks(&reports, Report::keys_of_article) {
        joined.compare(&group, |a, b| same::told_again(&reports[a], &reports[b], &names));
    }
    for group in blocks(&reports, Report::keys_of_sentence) {
        joined.compare(&group, |a, b| same::one_sentence(&reports[a], &reports[b]));
    }
    for group in blocks(&reports, Report::keys_of_days) {
        joined.compare(&group, |a, b| same::one_act(&reports[a], &reports[b], &names));
    }
    for group in blocks(&reports, Report::keys_of_story) {
        joined.left_out += left_out(group.len());
        for (a, b, reason) in matter::joins(&group, &reports, &mut joined.sets, &names) {
            joined.reasons.push((a.min(b), reason));
        }
    }
    for (within, day, reason) in same::within_periods(&reports, &mut joined.sets, &names) {
        joined.join(within, day, reason);
    }
    let mut out = gathered(&reports, &mut joined, &names);
    let last = parts.iter().filter_map(|part| part.published).max();
    planned::settle(&mut out, last);
    out.sort_by_key(|h| (h.when.is_none(), h.when.and_then(|w| w.start), h.when, h.kind, h.id));
    let with = format!("the {MAX_COMPARED} before it that have type and participant in common with it");
    (out, limits::not_compared(joined.left_out, "reports of events", &with))
}

/// Pairs of a group of reports that stand too far apart to be compared.
fn left_out(group: usize) -> usize {
    let beyond = group.saturating_sub(MAX_COMPARED + 1);
    beyond * (beyond + 1) / 2
}

/// Which reports are of one event, and why.
struct Joined {
    sets: Sets,
    reasons: Vec<(u32, String)>,
    /// Pairs that were not compared.
    left_out: usize,
}

impl Joined {
    fn new(reports: usize) -> Self {
        Self { sets: Sets::new(reports), reasons: Vec::new(), left_out: 0 }
    }

    /// Compares reports that may be of one event, each with those close before it.
    fn compare(&mut self, group: &[u32], same: impl Fn(usize, usize) -> Option<String>) {
        self.left_out += left_out(group.len());
        for (at, &b) in group.iter().enumerate() {
            for &a in &group[at.saturating_sub(MAX_COMPARED)..at] {
                if self.sets.of(a) == self.sets.of(b) {
                    continue;
                }
                if let Some(reason) = same(a as usize, b as usize) {
                    self.join(a, b, reason);
                }
            }
        }
    }

    fn join(&mut self, a: u32, b: u32, reason: String) {
        if self.sets.join(a, b) {
            self.reasons.push((a, reason));
        }
    }
}

/// What reports that may be of one event have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key {
    Day(EventKind, Date, u32),
    Article(EventKind, Id, u32),
    /// One act on one side of the world, told without a day in pages of about one day.
    Days(EventKind, u32, u32),
    /// One act in the same words of one sentence.
    Sentence(EventKind, u64),
    /// One type of act in a story whose articles have no dates.
    Story(EventKind, Id),
}

/// Reports that have a key in common, in their order.
fn blocks<'r>(reports: &[Report<'r>], keys: impl Fn(&Report<'r>) -> Vec<Key>) -> Vec<Vec<u32>> {
    let mut all: Vec<(Key, u32)> = Vec::new();
    for (at, report) in (0..).zip(reports) {
        all.extend(keys(report).into_iter().map(|key| (key, at)));
    }
    all.sort_unstable();
    let groups = all.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    groups.map(|group| group.iter().map(|(_, at)| *at).collect()).collect()
}

fn gathered(reports: &[Report<'_>], joined: &mut Joined, names: &Names<'_>) -> Vec<Happening> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for at in 0..reports.len() as u32 {
        members.entry(joined.sets.of(at)).or_default().push(at);
    }
    let mut why: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (at, reason) in joined.reasons.drain(..) {
        why.entry(joined.sets.of(at)).or_default().insert(reason);
    }
    members
        .into_iter()
        .map(|(top, list)| {
            let merged = why.remove(&top).unwrap_or_default().into_iter().collect();
            happening(&list.iter().map(|&at| &reports[at as usize]).collect::<Vec<_>>(), merged, names)
        })
        .collect()
}

fn happening(list: &[&Report<'_>], merged: Vec<String>, names: &Names<'_>) -> Happening {
    let accounts: BTreeSet<Id> = list.iter().map(|r| r.part.account).collect();
    let (actors, recipients) = parties(list, names);
    let exact = list.iter().filter_map(|r| r.event.period).min_by_key(|p| (p.grain, *p));
    Happening {
        id: Id::of('h', &[list[0].event.id.to_string().as_bytes()]),
        kind: list[0].event.kind,
        reports: list.iter().map(|r| r.event.id).collect(),
        accounts: accounts.len() as u32,
        actors,
        recipients,
        place: list.iter().find_map(|r| r.place.map(|place| names.word(place).to_owned())),
        when: exact,
        status: list.iter().map(|r| r.event.status).find(|s| s.is_real()).unwrap_or(list[0].event.status),
        outcome: None,
        merged,
    }
}

/// Who acts and who undergoes, those that most reports name first. Who meets whom is told from either end: each stands where more
/// reports have it.
fn parties(list: &[&Report<'_>], names: &Names<'_>) -> (Vec<String>, Vec<String>) {
    let mut told: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for report in list {
        report.actors.iter().for_each(|name| told.entry(names.word(*name)).or_default().0 += 1);
        report.recipients.iter().for_each(|name| told.entry(names.word(*name)).or_default().1 += 1);
    }
    let named = told.keys().any(|name| !is_pronoun(name));
    let mut all: Vec<(&str, usize, usize)> = told.into_iter().map(|(name, (a, b))| (name, a, b)).collect();
    all.retain(|(name, ..)| !named || !is_pronoun(name));
    all.sort_by_key(|(name, acts, bears)| (std::cmp::Reverse(acts + bears), *name));
    let (actors, recipients): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, acts, bears)| acts >= bears);
    let names = |of: Vec<(&str, usize, usize)>| of.into_iter().map(|(name, ..)| name.to_owned()).collect();
    (names(actors), names(recipients))
}

/// "It", "their": words that name nobody beside a name.
fn is_pronoun(words: &str) -> bool {
    let all = [
        "it", "its", "he", "his", "him", "she", "her", "they", "their", "them", "we", "our", "us", "you",
        "your", "i", "me", "my", "who", "one", "the one", "those", "these", "some", "both", "all", "others",
    ];
    all.iter().any(|pronoun| words.eq_ignore_ascii_case(pronoun))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reports_beyond_the_limit_are_counted() {
        for (reports, expected) in [(MAX_COMPARED + 1, 0), (MAX_COMPARED + 2, 1), (MAX_COMPARED + 3, 3)] {
            let group: Vec<u32> = (0..reports as u32).collect();
            let compared = std::cell::Cell::new(0);
            let mut joined = Joined::new(reports);
            joined.compare(&group, |_, _| {
                compared.set(compared.get() + 1);
                None
            });
            assert_eq!(joined.left_out, expected, "{reports} reports");
            assert_eq!(compared.get() + expected, reports * (reports - 1) / 2);
        }
    }
}
