//! Reports of one type in a story whose articles have no dates: which tell of one act.
//!
//! A story tells of one act of a kind as a rule, and the people and numbers that its pages name tell where there are two. A report that
//! names nobody goes with the most alike: the same people around it in its article, the same participants. So pairs are taken from
//! the most alike on, and two sets whose people or numbers differ stay apart.

use std::collections::BTreeMap;

use chancery_model::Status;

use super::super::Sets;
use super::MAX_COMPARED;
use super::report::{Names, Report};
use super::same::{apart, common, contradict};

/// What it counts that two reports have a participant in common, beside what their articles have in common.
const PARTICIPANT: f32 = 0.5;
/// What it counts that they stand in one article.
const ARTICLE: f32 = 1.0;
/// Reports that are less alike stay apart.
const ALIKE: f32 = 0.1;

/// Pairs to join, with the reason; they are joined in `sets`.
pub(super) fn joins(
    group: &[u32],
    reports: &[Report<'_>],
    sets: &mut Sets,
    names: &Names<'_>,
) -> Vec<(u32, u32, String)> {
    let report = |at: u32| &reports[at as usize];
    let mut pairs: Vec<(f32, u32, u32)> = Vec::new();
    for (at, &b) in group.iter().enumerate() {
        for &a in &group[at.saturating_sub(MAX_COMPARED)..at] {
            let (x, y) = (report(a), report(b));
            if x.is_act_of(y) && is_one_status(x, y) && !contradict(x, y, names) && !apart(x, y) {
                pairs.push((likeness(x, y), a, b));
            }
        }
    }
    pairs.retain(|(alike, ..)| *alike >= ALIKE);
    pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
    let mut told: BTreeMap<u32, Told> = BTreeMap::new();
    for &at in group {
        told.entry(sets.of(at)).or_default().take(report(at));
    }
    let mut out = Vec::new();
    for (_, a, b) in pairs {
        let (x, y) = (sets.of(a), sets.of(b));
        let differ = told.get(&x).zip(told.get(&y)).is_some_and(|(x, y)| x.differs(y));
        if x == y || differ {
            continue;
        }
        sets.join(x, y);
        let both = [told.remove(&x), told.remove(&y)].into_iter().flatten().fold(Told::default(), Told::and);
        told.insert(sets.of(a), both);
        let words = [a, b].map(|at| report(at).event.trigger.as_str());
        out.push((
            a,
            b,
            format!("“{}” and “{}” in pages of one story, none with a date", words[0], words[1]),
        ));
    }
    out
}

/// Whether one event can have both statuses. Where one page of a story says that somebody may have done it, another that it was done, the
/// act is the same.
fn is_one_status(a: &Report<'_>, b: &Report<'_>) -> bool {
    let (x, y) = (a.event.status, b.event.status);
    let perhaps = |status: Status| status.is_real() || status == Status::Possible;
    x == y || x.is_real() && y.is_real() || a.act == b.act && perhaps(x) && perhaps(y)
}

/// What a set of reports names.
#[derive(Default)]
struct Told {
    people: Vec<u32>,
    counts: Vec<u32>,
}

impl Told {
    fn take(&mut self, report: &Report<'_>) {
        self.people.extend(report.people.iter().flatten());
        self.counts.extend(&report.counts);
        self.sort();
    }

    fn and(mut self, other: Self) -> Self {
        self.people.extend(other.people);
        self.counts.extend(other.counts);
        self.sort();
        self
    }

    fn sort(&mut self) {
        for list in [&mut self.people, &mut self.counts] {
            list.sort_unstable();
            list.dedup();
        }
    }

    fn differs(&self, other: &Self) -> bool {
        let differ = |x: &[u32], y: &[u32]| !x.is_empty() && !y.is_empty() && common(x, y).is_empty();
        differ(&self.people, &other.people) || differ(&self.counts, &other.counts)
    }
}

/// How much alike two reports are by whom they and their articles name.
fn likeness(a: &Report<'_>, b: &Report<'_>) -> f32 {
    let around = common(&a.around, &b.around).len() as f32;
    let most = ((a.around.len() * b.around.len()) as f32).sqrt().max(1.0);
    let participants = common(&a.parties, &b.parties).len() as f32;
    let article = if a.article() == b.article() { ARTICLE } else { 0.0 };
    around / most + PARTICIPANT * participants + article
}
