//! What all articles say together: who is who, what happened, where each side stands, which plans there are, what is disputed.

use serde::{Deserialize, Serialize};

use crate::{Act, Cite, Date, EntityKind, EventKind, Id, Note, Period, Status};

/// What all articles say together. Every list is in a fixed order that does not depend on the order of the pages.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// People, bodies, places and groups, by name.
    pub entities: Vec<Entity>,
    /// Events in the world, in the order of the world; those without a date come last.
    pub happenings: Vec<Happening>,
    /// By party, then issue.
    pub positions: Vec<Position>,
    /// By name.
    pub proposals: Vec<Proposal>,
    /// By type, then place.
    pub disputes: Vec<Dispute>,
    /// What linking left out because of a limit.
    pub notes: Vec<Note>,
}

/// Somebody or something across articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// Stable while the words that name it stay the same.
    pub id: Id,
    /// What it is.
    pub kind: EntityKind,
    /// The fullest and most used name.
    pub name: String,
    /// All names, the most used first.
    pub names: Vec<String>,
    /// Offices, by date.
    pub roles: Vec<DatedRole>,
    /// The country or organisation it belongs to.
    pub side: Option<String>,
    /// Where it is mentioned: the article and the index of its chain there.
    pub chains: Vec<(Id, u32)>,
    /// How many mentions that is.
    pub mentions: u32,
    /// Why chains with unlike names were taken for one, a line each.
    pub merged: Vec<String>,
}

/// An office, and the days for which pages show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatedRole {
    /// "foreign minister".
    pub title: String,
    /// Of which country or body.
    pub of: Option<String>,
    /// The first day of a page that gives it.
    pub from: Option<Date>,
    /// The last such day.
    pub to: Option<Date>,
    /// Whether the pages call it a former office.
    pub former: bool,
    /// The words.
    pub cite: Cite,
}

/// One event in the world, with all its reports.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// Stable: follows from its first report.
    pub id: Id,
    /// Its type.
    pub kind: EventKind,
    /// Its reports: ids of events, by article and place.
    pub reports: Vec<Id>,
    /// How many independent accounts report it: copies count once.
    pub accounts: u32,
    /// Who did it, by name.
    pub actors: Vec<String>,
    /// To whom or with whom.
    pub recipients: Vec<String>,
    /// Where, in the words of a report.
    pub place: Option<String>,
    /// When, as exactly as any report says.
    pub when: Option<Period>,
    /// Whether it occurred.
    pub status: Status,
    /// What became of a planned one.
    pub outcome: Option<Outcome>,
    /// Why the reports were taken for one event, a line for each merge.
    pub merged: Vec<String>,
}

/// What became of a planned event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Outcome {
    /// It came about: the happening that did.
    Occurred(Id),
    /// Its day passed, and no page of a later day tells of it.
    Lapsed,
}

/// A party's stances on an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// Follows from party and issue.
    pub id: Id,
    /// The side.
    pub party: String,
    /// Id of the issue.
    pub issue: String,
    /// Stances in time order; undated ones come last.
    pub stances: Vec<Standing>,
    /// Where it stands.
    pub now: Act,
    /// Since when it stands there; `None` where no stance is dated.
    pub since: Option<Date>,
    /// How it moved.
    pub moved: Vec<Move>,
}

/// One stance within a position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// The stance.
    pub stance: Id,
    /// What was done.
    pub act: Act,
    /// When it was taken, as far as words or the page's date say.
    pub taken: Option<Date>,
    /// When the page that tells it was published.
    pub published: Option<Date>,
    /// The words that carry it.
    pub cite: Cite,
}

/// A change of position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Move {
    /// The act before.
    pub from: Act,
    /// The act after.
    pub to: Act,
    /// The day of the stance after.
    pub when: Date,
    /// The two stances that show it.
    pub shown_by: [Id; 2],
}

/// A plan or draft.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Proposal {
    /// Follows from its first mention.
    pub id: Id,
    /// "28-point plan".
    pub name: String,
    /// Whose it is.
    pub author: Option<String>,
    /// Its versions as the pages tell them apart.
    pub versions: Vec<Version>,
    /// Who took which stance on it.
    pub stances: Vec<Id>,
}

/// A version of a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// What tells it apart: "initial", "revised", "19-point".
    pub label: String,
    /// The day of the first page that names it.
    pub when: Option<Date>,
    /// The words.
    pub cite: Cite,
    /// How many points it has, where the words say so.
    pub points: Option<u32>,
}

/// Lines that cannot all be true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// Follows from its lines.
    pub id: Id,
    /// About what.
    pub kind: DisputeKind,
    /// The lines: ids of figures, events, stances.
    pub lines: Vec<Id>,
    /// The words of each line.
    pub cites: Vec<Cite>,
    /// Who holds each line; `None` where the page says it in its own voice.
    pub holders: Vec<Option<String>>,
    /// What cannot both be true, for a reader.
    pub note: String,
}

/// What a dispute is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DisputeKind {
    /// How many.
    Figure,
    /// When.
    Date,
    /// Where.
    Place,
    /// Who.
    Who,
    /// Whether it happened.
    Did,
    /// What was agreed, or how it stands.
    Terms,
}

impl DisputeKind {
    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Date => "date",
            Self::Place => "place",
            Self::Who => "who",
            Self::Did => "did",
            Self::Terms => "terms",
        }
    }
}
