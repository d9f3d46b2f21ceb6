//! The lines of a record: entities, happenings, positions, proposals, disputes.

use chancery_model::{Cite, DatedRole, Dispute, Entity, Happening, Id, Outcome, Position, Proposal, Version};
use serde::Serialize;

use super::WireCite;

/// A line with its kind in front.
#[derive(Serialize)]
pub(crate) struct RecordLine<T: Serialize> {
    kind: &'static str,
    #[serde(flatten)]
    fields: T,
}

/// An entity's line.
pub(crate) fn entity(entity: &Entity) -> RecordLine<impl Serialize + '_> {
    RecordLine { kind: "entity", fields: WireEntity::of(entity) }
}

/// A happening's line.
pub(crate) fn happening(happening: &Happening) -> RecordLine<impl Serialize + '_> {
    RecordLine { kind: "happening", fields: WireHappening::of(happening) }
}

/// A position's line.
pub(crate) fn position(position: &Position) -> RecordLine<impl Serialize + '_> {
    RecordLine { kind: "position", fields: WirePosition::of(position) }
}

/// A proposal's line.
pub(crate) fn proposal(proposal: &Proposal) -> RecordLine<impl Serialize + '_> {
    RecordLine { kind: "proposal", fields: WireProposal::of(proposal) }
}

/// A dispute's line.
pub(crate) fn dispute(dispute: &Dispute) -> RecordLine<impl Serialize + '_> {
    RecordLine { kind: "dispute", fields: WireDispute::of(dispute) }
}

fn ids(list: &[Id]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn cite(cite: &Cite) -> WireCite<'_> {
    WireCite::of(cite, None)
}

#[derive(Serialize)]
struct WireEntity<'a> {
    id: String,
    r#type: &'static str,
    name: &'a str,
    names: &'a [String],
    roles: Vec<WireRole<'a>>,
    side: Option<&'a str>,
    /// The articles that mention it.
    articles: Vec<String>,
    mentions: u32,
    merged: &'a [String],
}

impl<'a> WireEntity<'a> {
    fn of(entity: &'a Entity) -> Self {
        let mut articles: Vec<String> =
            entity.chains.iter().map(|(article, _)| article.to_string()).collect();
        articles.dedup();
        Self {
            id: entity.id.to_string(),
            r#type: entity.kind.word(),
            name: &entity.name,
            names: &entity.names,
            roles: entity.roles.iter().map(WireRole::of).collect(),
            side: entity.side.as_deref(),
            articles,
            mentions: entity.mentions,
            merged: &entity.merged,
        }
    }
}

#[derive(Serialize)]
struct WireRole<'a> {
    title: &'a str,
    of: Option<&'a str>,
    from: Option<String>,
    to: Option<String>,
    former: bool,
    cite: WireCite<'a>,
}

impl<'a> WireRole<'a> {
    fn of(role: &'a DatedRole) -> Self {
        Self {
            title: &role.title,
            of: role.of.as_deref(),
            from: role.from.map(|day| day.to_string()),
            to: role.to.map(|day| day.to_string()),
            former: role.former,
            cite: cite(&role.cite),
        }
    }
}

#[derive(Serialize)]
struct WireHappening<'a> {
    id: String,
    r#type: &'static str,
    reports: Vec<String>,
    accounts: u32,
    actors: &'a [String],
    recipients: &'a [String],
    place: Option<&'a str>,
    when: Option<String>,
    status: &'static str,
    /// What became of a planned one: the happening, or "lapsed".
    outcome: Option<String>,
    merged: &'a [String],
}

impl<'a> WireHappening<'a> {
    fn of(happening: &'a Happening) -> Self {
        Self {
            id: happening.id.to_string(),
            r#type: happening.kind.word(),
            reports: ids(&happening.reports),
            accounts: happening.accounts,
            actors: &happening.actors,
            recipients: &happening.recipients,
            place: happening.place.as_deref(),
            when: happening.when.map(|period| period.to_string()),
            status: happening.status.word(),
            outcome: happening.outcome.map(|outcome| match outcome {
                Outcome::Occurred(id) => id.to_string(),
                Outcome::Lapsed => "lapsed".to_owned(),
            }),
            merged: &happening.merged,
        }
    }
}

#[derive(Serialize)]
struct WirePosition<'a> {
    id: String,
    party: &'a str,
    issue: &'a str,
    stances: Vec<String>,
    standing: Vec<WireStanding<'a>>,
    now: &'static str,
    since: Option<String>,
    moved: Vec<WireMove>,
}

#[derive(Serialize)]
struct WireStanding<'a> {
    stance: String,
    act: &'static str,
    taken: Option<String>,
    published: Option<String>,
    cite: WireCite<'a>,
}

#[derive(Serialize)]
struct WireMove {
    from: &'static str,
    to: &'static str,
    when: String,
    shown_by: Vec<String>,
}

impl<'a> WirePosition<'a> {
    fn of(position: &'a Position) -> Self {
        let standing = |s: &'a chancery_model::Standing| WireStanding {
            stance: s.stance.to_string(),
            act: s.act.word(),
            taken: s.taken.map(|day| day.to_string()),
            published: s.published.map(|day| day.to_string()),
            cite: cite(&s.cite),
        };
        let moved = |m: &chancery_model::Move| WireMove {
            from: m.from.word(),
            to: m.to.word(),
            when: m.when.to_string(),
            shown_by: ids(&m.shown_by),
        };
        Self {
            id: position.id.to_string(),
            party: &position.party,
            issue: &position.issue,
            stances: position.stances.iter().map(|s| s.stance.to_string()).collect(),
            standing: position.stances.iter().map(standing).collect(),
            now: position.now.word(),
            since: position.since.map(|day| day.to_string()),
            moved: position.moved.iter().map(moved).collect(),
        }
    }
}

#[derive(Serialize)]
struct WireProposal<'a> {
    id: String,
    name: &'a str,
    author: Option<&'a str>,
    versions: Vec<WireVersion<'a>>,
    stances: Vec<String>,
}

#[derive(Serialize)]
struct WireVersion<'a> {
    label: &'a str,
    when: Option<String>,
    cite: WireCite<'a>,
    points: Option<u32>,
}

impl<'a> WireProposal<'a> {
    fn of(proposal: &'a Proposal) -> Self {
        let version = |v: &'a Version| WireVersion {
            label: &v.label,
            when: v.when.map(|day| day.to_string()),
            cite: cite(&v.cite),
            points: v.points,
        };
        Self {
            id: proposal.id.to_string(),
            name: &proposal.name,
            author: proposal.author.as_deref(),
            versions: proposal.versions.iter().map(version).collect(),
            stances: ids(&proposal.stances),
        }
    }
}

#[derive(Serialize)]
struct WireDispute<'a> {
    id: String,
    r#type: &'static str,
    lines: Vec<String>,
    cites: Vec<WireCite<'a>>,
    holders: &'a [Option<String>],
    note: &'a str,
}

impl<'a> WireDispute<'a> {
    fn of(dispute: &'a Dispute) -> Self {
        Self {
            id: dispute.id.to_string(),
            r#type: dispute.kind.word(),
            lines: ids(&dispute.lines),
            cites: dispute.cites.iter().map(cite).collect(),
            holders: &dispute.holders,
            note: &dispute.note,
        }
    }
}
