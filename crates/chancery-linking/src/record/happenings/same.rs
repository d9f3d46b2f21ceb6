//! Whether two reports need be of one event, and why.
//!
//! Nothing is joined that words or days set apart: another status, another place, other people in the same role, other numbers. What is left
//! is joined where the day is the same (`by_day`), where an article tells again (`told_again`), where pages of the same days tell one act of
//! the same people (`one_act`), and where a period holds one such day only (`within_periods`).

use std::collections::BTreeMap;

use chancery_model::{Date, EventKind};

use super::super::Sets;
use super::report::{Names, Report};

/// Days between two pages that may tell of one event without naming its day.
const DAYS_APART: i64 = 1;
/// Days before its page on which an event may lie that a page tells without naming its day.
const DAYS_BEFORE: i64 = 3;
/// Days by which the last day of an event that is looked for in a longer period may lie behind its first ("Thursday and Friday").
const SHORT: i64 = 2;
/// The longest period, in days, in which one event is looked for.
const LONGEST: i64 = 31;

/// Reports of one type, with a participant in common, that have the same day.
pub(super) fn by_day(a: &Report<'_>, b: &Report<'_>, names: &Names<'_>) -> Option<String> {
    let day = a.day().filter(|day| b.day() == Some(*day))?;
    if differ_in_status(a, b) || contradict(a, b, names) || !is_one_kind_of_act(a, b) {
        return None;
    }
    let shared = enough(a, b)?;
    Some(format!("same type, {day}, both with {}", names.words(&shared)))
}

/// Reports of one type in one article, with a participant in common.
pub(super) fn told_again(a: &Report<'_>, b: &Report<'_>, names: &Names<'_>) -> Option<String> {
    let unlike = differ_in_status(a, b) || contradict(a, b, names) || !is_one_kind_of_act(a, b);
    if a.article() != b.article() || unlike {
        return None;
    }
    let shared = enough(a, b)?;
    let alike = a.day().is_none()
        && b.day().is_none()
        && a.event.mode == b.event.mode
        && a.event.period == b.event.period;
    // "Orr met Vale on Monday. … After they met, Orr …": the second does not name the day again.
    let one_dated = a.act == b.act && (a.event.period.is_none() || b.event.period.is_none());
    (alike || one_dated)
        .then(|| format!("told again in the same article, both with {}", names.words(&shared)))
}

/// Reports by the same words of one sentence that stands on two pages.
pub(super) fn one_sentence(a: &Report<'_>, b: &Report<'_>) -> Option<String> {
    let one_act = a.event.trigger.to_lowercase() == b.event.trigger.to_lowercase();
    let set_apart = differ_in_status(a, b) || apart(a, b) || a.article() == b.article();
    (one_act && !set_apart).then(|| "the same sentence stands on both pages".to_owned())
}

/// Reports of one act in pages of about one day, with a name in common.
pub(super) fn one_act(a: &Report<'_>, b: &Report<'_>, names: &Names<'_>) -> Option<String> {
    let one_day = a.day().is_some() && b.day().is_some();
    if one_day
        || a.event.is_repeated != b.event.is_repeated
        || differ_in_status(a, b)
        || contradict(a, b, names)
        || apart(a, b)
    {
        return None;
    }
    let (x, y) = a.part.published.zip(b.part.published)?;
    let near = (x.number() - y.number()).abs() <= DAYS_APART;
    let known = a.day().map(|day| (day, y)).or(b.day().map(|day| (day, x)));
    let before = |(day, page): (Date, Date)| (0..=DAYS_BEFORE).contains(&(page.number() - day.number()));
    let person = overlap(&a.people.concat(), &b.people.concat());
    let shared = common(&a.named, &b.named);
    (near && known.is_none_or(before) && !person.is_empty() && shared.len() >= 2)
        .then(|| format!("same act in pages of the same days, both with {}", names.words(&shared)))
}

/// Reports whose period is longer than a day, each with the one event of its type and people whose day lies in the period.
pub(super) fn within_periods(
    reports: &[Report<'_>],
    sets: &mut Sets,
    names: &Names<'_>,
) -> Vec<(u32, u32, String)> {
    let dated = dated(reports);
    let mut out = Vec::new();
    for (at, report) in (0..).zip(reports).filter(|(_, report)| report.day().is_none()) {
        let Some((from, to)) = days_of(report) else { continue };
        let length = to.number() - from.number();
        if length > LONGEST || report.event.is_repeated {
            continue;
        }
        let mut met: Vec<(u32, u32)> = Vec::new();
        for name in report.named.iter().chain(&report.sides) {
            let days = dated.get(&(report.kind(), *name)).map_or(&[][..], Vec::as_slice);
            let first = days.partition_point(|(day, ..)| *day < from);
            let inside = days[first..].iter().take_while(|(day, ..)| *day <= to);
            let shorter = |(day, last, _): &&(Date, Date, u32)| {
                *last <= to && (last.number() - day.number() < length || day == last)
            };
            for (.., other) in inside.filter(shorter) {
                let b = &reports[*other as usize];
                let apart = differ_in_status(report, b) || contradict(report, b, names);
                if is_told_of(report, b) && !apart && is_one_kind_of_act(report, b) {
                    met.push((sets.of(*other), *other));
                }
            }
        }
        met.sort_unstable();
        met.dedup_by_key(|(set, _)| *set);
        if let [(set, other)] = met[..]
            && set != sets.of(at)
        {
            let b = &reports[other as usize];
            let day = b.event.period.map_or(String::new(), |period| period.short());
            let shared = [common(&report.named, &b.named), common(&report.sides, &b.sides)];
            let shared = names.words(shared.iter().find(|shared| shared.len() >= 2).unwrap_or(&shared[0]));
            out.push((at, other, format!("the one such event in its days is of {day}, both with {shared}")));
        }
    }
    out
}

/// Reports of a day or of few, by type and by the name of a participant or a side: the first day, the last, the report; in their order.
type Dated = BTreeMap<(EventKind, u32), Vec<(Date, Date, u32)>>;

fn dated(reports: &[Report<'_>]) -> Dated {
    let mut dated = Dated::new();
    for (at, report) in (0..).zip(reports) {
        let Some((from, to)) = days_of(report).filter(|(from, to)| to.number() - from.number() <= SHORT)
        else {
            continue;
        };
        for name in report.named.iter().chain(&report.sides) {
            dated.entry((report.kind(), *name)).or_default().push((from, to, at));
        }
    }
    dated.values_mut().for_each(|days| days.sort_unstable());
    dated
}

/// The first and the last day of a report whose words settle both.
fn days_of(report: &Report<'_>) -> Option<(Date, Date)> {
    report.event.period.and_then(|p| p.start.zip(p.end))
}

/// Whether two reports name the same participants: two by name, or two sides where one of the reports names no people ("the two
/// delegations").
fn is_told_of(a: &Report<'_>, b: &Report<'_>) -> bool {
    let nobody = |r: &Report<'_>| r.people.iter().all(Vec::is_empty);
    common(&a.named, &b.named).len() >= 2 || common(&a.sides, &b.sides).len() >= 2 && (nobody(a) || nobody(b))
}

/// Whether two reports of one type may tell of one act. To consult is many things: who met, talked or visited sat together, and whoever
/// coached or called somebody did not; an act told of as one of many is no single one.
fn is_one_kind_of_act(a: &Report<'_>, b: &Report<'_>) -> bool {
    let together = a.sat_together && b.sat_together;
    let consult = a.kind() == EventKind::Consult && !together && !a.is_act_of(b);
    !consult && a.event.is_repeated == b.event.is_repeated
}

/// Whether words set two reports apart.
pub(super) fn contradict(a: &Report<'_>, b: &Report<'_>, names: &Names<'_>) -> bool {
    let differ = |x: &[u32], y: &[u32]| !x.is_empty() && !y.is_empty() && common(x, y).is_empty();
    let places = a.place.zip(b.place).is_some_and(|(x, y)| !one_place(names.word(x), names.word(y)));
    let weekdays = a.event.weekday.zip(b.event.weekday).is_some_and(|(x, y)| x != y);
    places
        || weekdays
        || differ(&a.people[1], &b.people[1]) && differ(&a.people[0], &b.people[0])
        || differ(&a.counts, &b.counts)
}

/// Whether one event cannot have both statuses.
fn differ_in_status(a: &Report<'_>, b: &Report<'_>) -> bool {
    let (x, y) = (a.event.status, b.event.status);
    x != y && !(x.is_real() && y.is_real())
}

/// Whether the words for two places can be of one: "Vell", "Vell city hall".
fn one_place(x: &str, y: &str) -> bool {
    let (x, y) = (x.to_lowercase(), y.to_lowercase());
    let last = |words: &str| words.split_whitespace().next_back().unwrap_or_default().to_owned();
    x.contains(&y) || y.contains(&x) || last(&x) == last(&y)
}

/// Whether the periods of two reports, or the people in one role, set them apart.
pub(super) fn apart(a: &Report<'_>, b: &Report<'_>) -> bool {
    let ends = |r: &Report<'_>| r.event.period.map(|p| (p.start, p.end));
    let periods = ends(a).zip(ends(b)).is_some_and(|((from_a, to_a), (from_b, to_b))| {
        let before = |end: Option<Date>, start: Option<Date>| end.zip(start).is_some_and(|(e, s)| e < s);
        before(to_a, from_b) || before(to_b, from_a)
    });
    let differ = |x: &[u32], y: &[u32]| !x.is_empty() && !y.is_empty() && common(x, y).is_empty();
    // "The arrest of Vale" has Vale as the one who did it, where grammar alone is asked.
    let everybody = |r: &Report<'_>| r.people.concat();
    periods || differ(&everybody(a), &everybody(b))
}

/// The participants in common, where these are enough to tell an event by.
fn enough(a: &Report<'_>, b: &Report<'_>) -> Option<Vec<u32>> {
    let shared = common(&a.parties, &b.parties);
    let sides = common(&a.sides, &b.sides).len();
    let few = a.parties.len().min(b.parties.len());
    // Who is named alone does much on a day: the act has to be the same.
    let alone = few == 1 && shared.len() == 1 && a.is_act_of(b);
    (alone || few > 1 && shared.len() >= 2 || !shared.is_empty() && sides >= 2).then_some(shared)
}

/// What two sorted lists have in common.
pub(super) fn common(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().filter(|x| b.binary_search(x).is_ok()).copied().collect()
}

/// What two lists have in common, in no order.
fn overlap(a: &[u32], b: &[u32]) -> Vec<u32> {
    a.iter().filter(|x| b.contains(x)).copied().collect()
}
