//! What became of planned events: they came about, or their days passed.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{Date, EventKind, Happening, Id, Outcome, Status};

/// Days past its own on which no page tells of a planned event, before it counts as lapsed.
const DAYS_TO_LAPSE: i64 = 2;

/// A planned event came about when one of its type and participants occurred within its days; it lapsed when its days passed and later
/// pages do not tell of it.
pub(super) fn settle(happenings: &mut [Happening], last_page: Option<Date>) {
    let occurred = occurred(happenings);
    let outcomes: Vec<Option<Outcome>> =
        happenings.iter().map(|h| outcome(h, &occurred, last_page)).collect();
    for (happening, outcome) in happenings.iter_mut().zip(outcomes) {
        happening.outcome = outcome;
    }
}

/// What occurred, by type and participant: first day, id, participants.
type Occurred = BTreeMap<(EventKind, String), Vec<(Date, Id, BTreeSet<String>)>>;

fn occurred(happenings: &[Happening]) -> Occurred {
    let mut out = Occurred::new();
    for h in happenings.iter().filter(|h| h.status.is_real()) {
        let Some(day) = h.when.and_then(|w| w.start) else { continue };
        let parties = parties(h);
        for party in &parties {
            out.entry((h.kind, party.clone())).or_default().push((day, h.id, parties.clone()));
        }
    }
    out.values_mut().for_each(|list| list.sort_by_key(|(day, id, _)| (*day, *id)));
    out
}

fn parties(h: &Happening) -> BTreeSet<String> {
    h.actors.iter().chain(&h.recipients).cloned().collect()
}

fn outcome(planned: &Happening, occurred: &Occurred, last_page: Option<Date>) -> Option<Outcome> {
    let period = planned.when.filter(|_| planned.status == Status::Planned)?;
    let own = parties(planned);
    let mut met: Option<(Date, Id)> = None;
    for party in &own {
        let list = occurred.get(&(planned.kind, party.clone())).map_or(&[][..], Vec::as_slice);
        let first = list.partition_point(|(day, ..)| period.start.is_some_and(|start| *day < start));
        let inside = list[first..].iter().take_while(|(day, ..)| period.end.is_some_and(|end| *day <= end));
        let fits = inside.filter(|(.., theirs)| theirs.intersection(&own).count() >= own.len().clamp(1, 2));
        let earliest = fits.map(|(day, id, _)| (*day, *id)).min();
        met = [met, earliest].into_iter().flatten().min();
    }
    match (met, period.end, last_page) {
        (Some((_, id)), ..) => Some(Outcome::Occurred(id)),
        (None, Some(end), Some(last)) if last.number() - end.number() > DAYS_TO_LAPSE => {
            Some(Outcome::Lapsed)
        }
        _ => None,
    }
}
