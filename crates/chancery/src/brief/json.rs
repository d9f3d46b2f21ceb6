//! A brief as JSON.

use serde::Serialize;

use super::gather;

/// A brief on the wire, documented in `docs/wire.md`.
#[derive(Serialize)]
pub(super) struct Brief {
    articles: usize,
    accounts: usize,
    from: Option<String>,
    to: Option<String>,
    outlets: Vec<Outlet>,
    newest: Vec<Newest>,
    positions: Vec<Position>,
    met: Vec<Happening>,
    happened: Vec<Happening>,
    planned: Vec<Happening>,
    figures: Vec<Figure>,
    disputes: Vec<Dispute>,
    proposals: Vec<Proposal>,
}

#[derive(Serialize)]
struct Outlet {
    name: String,
    articles: usize,
}

#[derive(Serialize)]
struct Newest {
    id: String,
    published: Option<String>,
    said: Option<String>,
    speaker: String,
    text: String,
}

#[derive(Serialize)]
struct Position {
    id: String,
    party: String,
    issue: String,
    now: &'static str,
    since: Option<String>,
    stances: Vec<String>,
    moved: Vec<Move>,
}

#[derive(Serialize)]
struct Move {
    from: &'static str,
    to: &'static str,
    when: String,
}

#[derive(Serialize)]
struct Happening {
    id: String,
    r#type: &'static str,
    status: &'static str,
    when: Option<String>,
    actors: Vec<String>,
    recipients: Vec<String>,
    place: Option<String>,
    reports: Vec<String>,
    accounts: u32,
}

#[derive(Serialize)]
struct Figure {
    id: String,
    text: String,
    counted: String,
    claimed_by: Option<String>,
    published: Option<String>,
}

#[derive(Serialize)]
struct Dispute {
    id: String,
    r#type: &'static str,
    lines: Vec<String>,
    texts: Vec<String>,
    holders: Vec<Option<String>>,
    note: String,
}

#[derive(Serialize)]
struct Proposal {
    id: String,
    name: String,
    author: Option<String>,
    versions: Vec<String>,
    stances: Vec<String>,
}

impl Brief {
    pub(super) fn of(brief: &gather::Brief) -> Self {
        let happenings = |list: &[chancery_model::Happening]| list.iter().map(happening).collect();
        Self {
            articles: brief.articles,
            accounts: brief.accounts,
            from: brief.days.map(|d| d.0.to_string()),
            to: brief.days.map(|d| d.1.to_string()),
            outlets: brief
                .outlets
                .iter()
                .map(|(name, n)| Outlet { name: name.clone(), articles: *n })
                .collect(),
            newest: brief.newest.iter().map(newest).collect(),
            positions: brief
                .rows
                .iter()
                .flat_map(|(_, cells)| cells.iter().flatten())
                .map(position)
                .collect(),
            met: happenings(&brief.met),
            happened: happenings(&brief.happened),
            planned: happenings(&brief.planned),
            figures: brief.figures.iter().map(figure).collect(),
            disputes: brief.disputes.iter().map(dispute).collect(),
            proposals: brief.proposals.iter().map(proposal).collect(),
        }
    }
}

fn ids(list: &[chancery_model::Id]) -> Vec<String> {
    list.iter().map(ToString::to_string).collect()
}

fn newest(line: &gather::Newest) -> Newest {
    Newest {
        id: line.id.to_string(),
        published: line.day.map(|d| d.to_string()),
        said: line.said.map(|d| d.to_string()),
        speaker: line.speaker.clone(),
        text: line.words.clone(),
    }
}

fn position(position: &chancery_model::Position) -> Position {
    Position {
        id: position.id.to_string(),
        party: position.party.clone(),
        issue: position.issue.clone(),
        now: position.now.word(),
        since: position.since.map(|d| d.to_string()),
        stances: position.stances.iter().map(|s| s.stance.to_string()).collect(),
        moved: position
            .moved
            .iter()
            .map(|m| Move { from: m.from.word(), to: m.to.word(), when: m.when.to_string() })
            .collect(),
    }
}

fn happening(h: &chancery_model::Happening) -> Happening {
    Happening {
        id: h.id.to_string(),
        r#type: h.kind.word(),
        status: h.status.word(),
        when: h.when.map(|w| w.to_string()),
        actors: h.actors.clone(),
        recipients: h.recipients.clone(),
        place: h.place.clone(),
        reports: ids(&h.reports),
        accounts: h.accounts,
    }
}

fn figure(figure: &gather::Claimed) -> Figure {
    Figure {
        id: figure.id.to_string(),
        text: figure.words.clone(),
        counted: figure.counted.clone(),
        claimed_by: figure.by.clone(),
        published: figure.day.map(|d| d.to_string()),
    }
}

fn dispute(dispute: &chancery_model::Dispute) -> Dispute {
    Dispute {
        id: dispute.id.to_string(),
        r#type: dispute.kind.word(),
        lines: ids(&dispute.lines),
        texts: dispute.cites.iter().map(|c| c.words.clone()).collect(),
        holders: dispute.holders.clone(),
        note: dispute.note.clone(),
    }
}

fn proposal(proposal: &chancery_model::Proposal) -> Proposal {
    Proposal {
        id: proposal.id.to_string(),
        name: proposal.name.clone(),
        author: proposal.author.clone(),
        versions: proposal.versions.iter().map(|v| v.label.clone()).collect(),
        stances: ids(&proposal.stances),
    }
}
