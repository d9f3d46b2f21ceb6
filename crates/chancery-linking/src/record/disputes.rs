//! Lines that cannot all be true. Precision first: what may be rounding, another day or another matter is no dispute.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{
    Act, Amount, Date, Dispute, DisputeKind, Event, Figure, Grain, Happening, Id, Position, Status,
};

use super::{Known, Told};

/// Counts that differ by less than this share of the larger may be one count, rounded.
const ROUNDING: f64 = 0.05;

/// Every dispute that the lines show.
pub(super) fn find(
    told: &[Told<'_>],
    known: &Known,
    _: &[Happening],
    positions: &[Position],
) -> Vec<Dispute> {
    let mut out = figures(told, known);
    out.extend(denials(told, known));
    out.extend(terms(told, known, positions));
    out.sort_by(|a, b| (a.kind, &a.lines).cmp(&(b.kind, &b.lines)));
    out.dedup_by(|a, b| a.id == b.id);
    out
}

/// A figure with what it is compared by.
struct Count<'a> {
    told: &'a Told<'a>,
    figure: &'a Figure,
    holder: Option<String>,
}

/// What makes two figures counts of one thing: the words counted, the unit, whose act it was, the day.
type Counted = (Vec<String>, Option<String>, Option<String>, Date);

fn figures(told: &[Told<'_>], known: &Known) -> Vec<Dispute> {
    let mut groups: BTreeMap<Counted, Vec<Count<'_>>> = BTreeMap::new();
    for t in told {
        for figure in &t.reading.figures {
            let Some(key) = counted(t, known, figure) else { continue };
            let holder = figure
                .claimed_by
                .as_ref()
                .map(|who| known.side(t, who).unwrap_or_else(|| known.called(t, who)));
            groups.entry(key).or_default().push(Count { told: t, figure, holder });
        }
    }
    let mut out = Vec::new();
    for ((words, ..), group) in &groups {
        for (i, a) in group.iter().enumerate() {
            let other = group[i + 1..].iter().find(|b| differ(a, b));
            out.extend(other.map(|b| figure_dispute(words, a, b)));
        }
    }
    out
}

/// `None` where the words do not say what was counted, or of which day.
fn counted(t: &Told<'_>, known: &Known, figure: &Figure) -> Option<Counted> {
    let mut words: Vec<String> = t
        .words(figure.counted?)
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.len() > 2 && !matches!(*w, "the" | "and" | "were" | "other" | "some" | "more"))
        .map(str::to_owned)
        .collect();
    words.sort();
    words.dedup();
    let period = figure.when.as_ref()?.value.as_ref().ok()?;
    let day = period.start.filter(|_| period.start == period.end && period.grain <= Grain::Day)?;
    let by = figure.by.as_ref().map(|who| known.side(t, who).unwrap_or_else(|| known.called(t, who)));
    (!words.is_empty()).then(|| (words, figure.unit.clone(), by, day))
}

/// Whether two counts exclude each other: told by different sides, and no number fits both.
fn differ(a: &Count<'_>, b: &Count<'_>) -> bool {
    let apart = a.holder != b.holder || a.holder.is_none() && a.told.account != b.told.account;
    let (x, y) = (range(a.figure.amount), range(b.figure.amount));
    apart && matches!((x, y), (Some(x), Some(y)) if x.1 < y.0 || y.1 < x.0)
}

/// The numbers that an amount may mean, rounding allowed for.
fn range(amount: Amount) -> Option<(f64, f64)> {
    let slack = if amount.approximate { 3.0 * ROUNDING } else { ROUNDING };
    match (amount.value, amount.low, amount.high) {
        (Some(value), None, None) => Some((value - value.abs() * slack, value + value.abs() * slack)),
        (_, Some(low), Some(high)) => Some((low, high)),
        (_, Some(low), None) => Some((low, f64::INFINITY)),
        (_, None, Some(high)) => Some((f64::NEG_INFINITY, high)),
        (None, None, None) => None,
    }
}

fn figure_dispute(words: &[String], a: &Count<'_>, b: &Count<'_>) -> Dispute {
    let mut pair = [a, b];
    pair.sort_by_key(|c| c.figure.id);
    Dispute {
        id: id(&[pair[0].figure.id, pair[1].figure.id]),
        kind: DisputeKind::Figure,
        lines: pair.iter().map(|c| c.figure.id).collect(),
        cites: pair.iter().map(|c| c.told.cite(c.figure.span)).collect(),
        holders: pair.iter().map(|c| c.holder.clone()).collect(),
        note: format!("two counts of one thing ({}) that no number fits", words.join(" ")),
    }
}

/// An event that one side tells and another denies.
fn denials(told: &[Told<'_>], known: &Known) -> Vec<Dispute> {
    let mut out = Vec::new();
    let lines = event_lines(told, known);
    for denied in lines.iter().filter(|l| l.event.status == Status::Denied && l.holder.is_some()) {
        let against = lines.iter().find(|l| {
            matches!(l.event.status, Status::Occurred | Status::Ongoing)
                && l.event.kind == denied.event.kind
                && l.holder != denied.holder
                && l.day.is_some()
                && l.day == denied.day
                && l.actors == denied.actors
                && !l.actors.is_empty()
                && l.recipients == denied.recipients
        });
        let Some(told) = against else { continue };
        let pair = [told, denied];
        out.push(Dispute {
            id: id(&[told.event.id, denied.event.id]),
            kind: DisputeKind::Did,
            lines: pair.iter().map(|l| l.event.id).collect(),
            cites: pair.iter().map(|l| l.told.cite(l.event.sentence)).collect(),
            holders: pair.iter().map(|l| l.holder.clone()).collect(),
            note: "one side tells it, the other denies it".to_owned(),
        });
    }
    out
}

struct EventLine<'a> {
    told: &'a Told<'a>,
    event: &'a Event,
    holder: Option<String>,
    actors: BTreeSet<String>,
    recipients: BTreeSet<String>,
    day: Option<Date>,
}

fn event_lines<'a>(told: &'a [Told<'a>], known: &Known) -> Vec<EventLine<'a>> {
    let mut out = Vec::new();
    for t in told {
        for event in &t.reading.events {
            let statement = event.inside.and_then(|at| t.reading.statements.get(at as usize));
            let holder = statement
                .and_then(|s| s.speakers.first())
                .map(|who| known.side(t, who).unwrap_or_else(|| known.called(t, who)));
            let names = |list: &[chancery_model::Who]| {
                list.iter().map(|who| known.side(t, who).unwrap_or_else(|| known.called(t, who))).collect()
            };
            let period = event.when.as_ref().and_then(|w| w.value.as_ref().ok());
            let day = period.and_then(|p| p.start.filter(|_| p.start == p.end));
            out.push(EventLine {
                told: t,
                event,
                holder,
                actors: names(&event.actors),
                recipients: names(&event.recipients),
                day,
            });
        }
    }
    out
}

/// What one side says of another's stance, against what that side says itself on the same day.
fn terms(told: &[Told<'_>], known: &Known, positions: &[Position]) -> Vec<Dispute> {
    let mut speakers: BTreeMap<Id, Option<String>> = BTreeMap::new();
    for t in told {
        for stance in &t.reading.stances {
            let statement = match stance.through {
                Some(chancery_model::Through::Statement(at)) => t.reading.statements.get(at as usize),
                _ => None,
            };
            let speaker = statement.and_then(|s| s.speakers.first()).and_then(|who| known.side(t, who));
            speakers.insert(stance.id, speaker);
        }
    }
    let mut out = Vec::new();
    for position in positions {
        let speaker = |id: Id| speakers.get(&id).cloned().flatten();
        let own = |id: Id| speaker(id).as_deref() == Some(position.party.as_str());
        for a in position.stances.iter().filter(|s| own(s.stance)) {
            let against = position.stances.iter().find(|b| {
                b.taken.is_some()
                    && b.taken == a.taken
                    && speaker(b.stance).is_some_and(|s| s != position.party)
                    && excludes(a.act, b.act)
            });
            let Some(b) = against else { continue };
            out.push(Dispute {
                id: id(&[a.stance, b.stance]),
                kind: DisputeKind::Terms,
                lines: vec![a.stance, b.stance],
                cites: vec![a.cite.clone(), b.cite.clone()],
                holders: vec![Some(position.party.clone()), speaker(b.stance)],
                note: format!("{} on {}: its own word against another's", position.party, position.issue),
            });
        }
    }
    out
}

fn excludes(a: Act, b: Act) -> bool {
    let yes = |act: Act| matches!(act, Act::Accepts | Act::Supports);
    a == Act::Rejects && yes(b) || yes(a) && b == Act::Rejects
}

fn id(lines: &[Id]) -> Id {
    let words: Vec<String> = lines.iter().map(ToString::to_string).collect();
    Id::of('d', &[words.join(" ").as_bytes()])
}
