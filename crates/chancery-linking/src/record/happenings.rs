//! One event in the world, many reports.
//!
//! Reports are joined when type, day, participants and status agree, and each join says why. Reports whose day the words do not
//! settle stay apart, but for retellings within one article. A planned event is then looked for among those that occurred.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Date, Event, EventKind, Grain, Happening, Id, Outcome, Period, Status};

use super::{Known, Sets, Told};

/// A report of an event.
struct Report<'a> {
    told: &'a Told<'a>,
    event: &'a Event,
    period: Option<Period>,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
    sides: BTreeSet<String>,
}

impl Report<'_> {
    fn parties(&self) -> BTreeSet<&str> {
        self.actors.iter().chain(&self.recipients).map(String::as_str).collect()
    }

    /// The day, where the words settle one day.
    fn day(&self) -> Option<Date> {
        let period = self.period?;
        period.start.filter(|_| period.start == period.end && period.grain <= Grain::Day)
    }
}

/// Days past its own on which no page tells of a planned event, before it counts as lapsed.
const DAYS_TO_LAPSE: i64 = 2;

/// Joins the reports of all articles.
pub(super) fn link(told: &[Told<'_>], known: &Known) -> Vec<Happening> {
    let reports = reports(told, known);
    let mut sets = Sets::new(reports.len());
    let mut reasons: Vec<(u32, String)> = Vec::new();
    for group in blocks(&reports) {
        for (i, &a) in group.iter().enumerate() {
            for &b in &group[i + 1..] {
                let Some(reason) = same(&reports[a as usize], &reports[b as usize]) else { continue };
                if sets.join(a, b) {
                    reasons.push((a, reason));
                }
            }
        }
    }
    let mut out = gathered(&reports, &mut sets, &reasons);
    let last = told.iter().filter_map(Told::published).max();
    settle_planned(&mut out, last);
    out.sort_by_key(|h| (h.when.is_none(), h.when.and_then(|w| w.start), h.when, h.kind, h.id));
    out
}

fn reports<'a>(told: &'a [Told<'a>], known: &Known) -> Vec<Report<'a>> {
    let mut out = Vec::new();
    for t in told {
        for event in &t.reading.events {
            let called = |list: &[chancery_model::Who]| list.iter().map(|who| known.called(t, who)).collect();
            let sides =
                event.actors.iter().chain(&event.recipients).filter_map(|who| known.side(t, who)).collect();
            let period = event.when.as_ref().and_then(|when| when.value.as_ref().ok()).copied();
            out.push(Report {
                told: t,
                event,
                period,
                actors: called(&event.actors),
                recipients: called(&event.recipients),
                sides,
            });
        }
    }
    out
}

/// Reports that could be of one event: the same type and day, or the same type in one article.
fn blocks(reports: &[Report<'_>]) -> Vec<Vec<u32>> {
    let mut by_day: BTreeMap<(EventKind, Date), Vec<u32>> = BTreeMap::new();
    let mut by_article: BTreeMap<(EventKind, Id), Vec<u32>> = BTreeMap::new();
    for (at, report) in reports.iter().enumerate() {
        by_article.entry((report.event.kind, report.told.article.id)).or_default().push(at as u32);
        if let Some(day) = report.day() {
            by_day.entry((report.event.kind, day)).or_default().push(at as u32);
        }
    }
    by_day.into_values().chain(by_article.into_values()).collect()
}

/// Why two reports of one type are of one event; `None` when they need not be.
fn same(a: &Report<'_>, b: &Report<'_>) -> Option<String> {
    let real = |status: Status| matches!(status, Status::Occurred | Status::Ongoing);
    if a.event.status != b.event.status && !(real(a.event.status) && real(b.event.status)) {
        return None;
    }
    let contradict = |x: Option<&str>, y: Option<&str>| matches!((x, y), (Some(x), Some(y)) if x != y);
    let place = |r: &Report<'_>| r.event.place.map(|span| r.told.words(span).to_owned());
    if contradict(place(a).as_deref(), place(b).as_deref()) {
        return None;
    }
    let (parties_a, parties_b) = (a.parties(), b.parties());
    let shared: Vec<&str> = parties_a.intersection(&parties_b).copied().collect();
    let sides = a.sides.intersection(&b.sides).count();
    let few = parties_a.len().min(parties_b.len());
    let enough = few > 0 && shared.len() >= few.min(2) || few > 0 && !shared.is_empty() && sides >= 2;
    if !enough {
        return None;
    }
    let one_article = a.told.article.id == b.told.article.id;
    match (a.day(), b.day()) {
        (Some(x), Some(y)) if x == y => Some(format!("same type, {x}, both with {}", shared.join(" and "))),
        (None, None) if one_article && a.event.mode == b.event.mode && a.period == b.period => {
            Some(format!("told again in the same article, both with {}", shared.join(" and ")))
        }
        _ => None,
    }
}

fn gathered(reports: &[Report<'_>], sets: &mut Sets, reasons: &[(u32, String)]) -> Vec<Happening> {
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for at in 0..reports.len() as u32 {
        members.entry(sets.of(at)).or_default().push(at);
    }
    let mut why: BTreeMap<u32, BTreeSet<String>> = BTreeMap::new();
    for (at, reason) in reasons {
        why.entry(sets.of(*at)).or_default().insert(reason.clone());
    }
    members
        .into_iter()
        .map(|(top, list)| {
            let merged = why.remove(&top).unwrap_or_default().into_iter().collect();
            happening(&list.iter().map(|&at| &reports[at as usize]).collect::<Vec<_>>(), merged)
        })
        .collect()
}

fn happening(list: &[&Report<'_>], merged: Vec<String>) -> Happening {
    let accounts: BTreeSet<Id> = list.iter().map(|r| r.told.account).collect();
    let (actors, recipients) = parties(list);
    let exact = list.iter().filter_map(|r| r.period).min_by_key(|p| (p.grain, *p));
    Happening {
        id: Id::of('h', &[list[0].event.id.to_string().as_bytes()]),
        kind: list[0].event.kind,
        reports: list.iter().map(|r| r.event.id).collect(),
        accounts: accounts.len() as u32,
        actors,
        recipients,
        place: list.iter().find_map(|r| r.event.place.map(|span| r.told.words(span).to_owned())),
        when: exact,
        status: list[0].event.status,
        outcome: None,
        merged,
    }
}

/// Who acts and who undergoes, those that most reports name first. Who meets whom is told from either end: each stands where more
/// reports have it.
fn parties(list: &[&Report<'_>]) -> (Vec<String>, Vec<String>) {
    let mut told: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for report in list {
        report.actors.iter().for_each(|name| told.entry(name).or_default().0 += 1);
        report.recipients.iter().for_each(|name| told.entry(name).or_default().1 += 1);
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
    all.contains(&words.to_lowercase().as_str())
}

/// A planned event came about when one of its type and participants occurred within its days; it lapsed when its days passed and later
/// pages do not tell of it.
fn settle_planned(happenings: &mut [Happening], last_page: Option<Date>) {
    let occurred: Vec<Happening> = happenings
        .iter()
        .filter(|h| matches!(h.status, Status::Occurred | Status::Ongoing))
        .cloned()
        .collect();
    for planned in happenings.iter_mut().filter(|h| h.status == Status::Planned) {
        let Some(period) = planned.when else { continue };
        let parties =
            |h: &Happening| h.actors.iter().chain(&h.recipients).cloned().collect::<BTreeSet<String>>();
        let own = parties(planned);
        let met = occurred.iter().find(|h| {
            let inside = h.when.and_then(|w| w.start).is_some_and(|day| {
                period.start.is_none_or(|start| start <= day) && period.end.is_some_and(|end| day <= end)
            });
            h.kind == planned.kind && inside && parties(h).intersection(&own).count() >= own.len().clamp(1, 2)
        });
        planned.outcome = match (met, period.end, last_page) {
            (Some(met), ..) => Some(Outcome::Occurred(met.id)),
            (None, Some(end), Some(last)) if days(last) - days(end) > DAYS_TO_LAPSE => Some(Outcome::Lapsed),
            _ => None,
        };
    }
}

/// Days on one line, for differences.
fn days(date: Date) -> i64 {
    let (y, m, d) = (i64::from(date.year()), i64::from(date.month()), i64::from(date.day()));
    let (y, m) = if m <= 2 { (y - 1, m + 12) } else { (y, m) };
    365 * y + y / 4 - y / 100 + y / 400 + (153 * (m - 3) + 2) / 5 + d
}
