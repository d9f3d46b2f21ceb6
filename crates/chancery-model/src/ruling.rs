//! What a person rules on the record.

use crate::{Id, Moment};

/// A person's word against the reader's: kept for ever, applied whenever the record is linked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// Follows from what is ruled, by whom and when.
    pub id: Id,
    /// What is ruled.
    pub kind: RulingKind,
    /// What it is about: the id of a line, or a name.
    pub about: String,
    /// What holds instead: a name, an issue; `None` where nothing does.
    pub instead: Option<String>,
    /// Who ruled.
    pub by: String,
    /// When, UTC.
    pub at: Moment,
    /// Why.
    pub why: String,
}

/// What can be ruled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RulingKind {
    /// A statement's speaker is somebody else, or not known.
    Speaker,
    /// Two names are of one person or body.
    Same,
    /// Two names are of two.
    Apart,
    /// A line tells of no event.
    NotEvent,
    /// A stance is on this issue, or on none.
    Issue,
    /// Two lines do not contradict each other.
    NotDispute,
}

impl RulingKind {
    /// Every kind.
    pub const ALL: [RulingKind; 6] =
        [Self::Speaker, Self::Same, Self::Apart, Self::NotEvent, Self::Issue, Self::NotDispute];

    /// The word of the command line and the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Same => "same",
            Self::Apart => "apart",
            Self::NotEvent => "not-event",
            Self::Issue => "issue",
            Self::NotDispute => "not-dispute",
        }
    }

    /// Reads that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Ruling {
    /// The id of a ruling.
    pub fn id_of(kind: RulingKind, about: &str, instead: Option<&str>, by: &str, at: Moment) -> Id {
        let (at, instead) = (at.to_string(), instead.unwrap_or("\0"));
        Id::of(
            'r',
            &[kind.word().as_bytes(), about.as_bytes(), instead.as_bytes(), by.as_bytes(), at.as_bytes()],
        )
    }
}
