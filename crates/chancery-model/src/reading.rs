//! All that one article says: who is mentioned, when, who said what, what happened, how many, who wants what.
//!
//! Every line is made of spans of the article's text, so each can be cited; lines of one reading point at each other by index.

use serde::{Deserialize, Serialize};

use crate::label::{self, Label};
use crate::{Chain, Id, Mention, Note, Span, TimeExpression, When, Who};

/// All that one article says, each list in text order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Words that refer to somebody or something.
    pub mentions: Vec<Mention>,
    /// Whom they refer to.
    pub chains: Vec<Chain>,
    /// Every time expression.
    pub times: Vec<TimeExpression>,
    /// Who said what.
    pub statements: Vec<Statement>,
    /// What happened, or is said to have happened, or to come.
    pub events: Vec<Event>,
    /// How many.
    pub figures: Vec<Figure>,
    /// Who wants what.
    pub stances: Vec<Stance>,
    /// What could not be read.
    pub notes: Vec<Note>,
}

/// Why a line stands in the record.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Why {
    /// A rule's id or a model's label: "attribution", "event/consult/meet".
    #[serde(deserialize_with = "label::one")]
    pub rule: Label,
    /// 0 to 1.
    pub confidence: f32,
}

/// What somebody is reported to have said, written, claimed or announced.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statement {
    /// Stable: the same words on the same page give the same id.
    pub id: Id,
    /// Quoted, reported, or both.
    pub form: Form,
    /// Uttered, wanted, judged, thought or shown; `None` where the word that reports is in no list.
    pub saying: Option<Saying>,
    /// The pieces of what was said, in text order; never empty.
    pub content: Vec<Span>,
    /// "said", "according to"; `None` where a quotation goes on.
    pub cue: Option<Span>,
    /// Who said it; several when they speak jointly. Never empty: an unsettled speaker has a reason.
    pub speakers: Vec<Who>,
    /// To whom.
    pub addressee: Option<Who>,
    /// When it was said.
    pub said: Option<When>,
    /// Where or through what: "in a post on social media".
    pub venue: Option<Span>,
    /// Index of the statement that reports this one.
    pub inside: Option<u32>,
    /// Why it was read.
    pub why: Why,
}

/// What the words that report make of what they report: an utterance, or an attitude that somebody is said to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Saying {
    /// It was uttered or written: "said", "according to".
    Says,
    /// It is asked for or meant to be done: "urged", "vowed".
    Wants,
    /// It is praised or blamed: "condemned".
    Judges,
    /// It is held to be so: "believes", "fears".
    Thinks,
    /// A document or a study gives it: "found".
    Shows,
}

impl Saying {
    /// Every kind.
    pub const ALL: [Saying; 5] = [Self::Says, Self::Wants, Self::Judges, Self::Thinks, Self::Shows];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Says => "says",
            Self::Wants => "wants",
            Self::Judges => "judges",
            Self::Thinks => "thinks",
            Self::Shows => "shows",
        }
    }
}

/// How words are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Form {
    /// In quotation marks.
    Direct,
    /// In the reporter's words.
    Indirect,
    /// In both.
    Mixed,
}

impl Form {
    /// Every form.
    pub const ALL: [Form; 3] = [Self::Direct, Self::Indirect, Self::Mixed];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Indirect => "indirect",
            Self::Mixed => "mixed",
        }
    }
}

/// A clause that tells of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Stable: the same words on the same page give the same id.
    pub id: Id,
    /// Its PLOVER type.
    pub kind: EventKind,
    /// Its PLOVER mode, where PLOVER has one for the type: "visit", "multilat".
    #[serde(deserialize_with = "label::perhaps")]
    pub mode: Option<Label>,
    /// The word that tells of it.
    pub trigger: Span,
    /// Who did it.
    pub actors: Vec<Who>,
    /// To whom, or with whom.
    pub recipients: Vec<Who>,
    /// Where.
    pub place: Option<Span>,
    /// When.
    pub when: Option<When>,
    /// Whether it occurred.
    pub status: Status,
    /// The sentence.
    pub sentence: Span,
    /// Index of the statement that tells it: whose word it is.
    pub inside: Option<u32>,
    /// Why it was read.
    pub why: Why,
}

/// Whether an event occurred, as the words put it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// It happened.
    Occurred,
    /// It is going on.
    Ongoing,
    /// It is to come.
    Planned,
    /// Somebody wants it.
    Demanded,
    /// It is said not to have happened, or not to be going to.
    Denied,
    /// It may happen, or might have.
    Possible,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 6] =
        [Self::Occurred, Self::Ongoing, Self::Planned, Self::Demanded, Self::Denied, Self::Possible];

    /// Whether it happened or is happening.
    pub fn is_real(self) -> bool {
        matches!(self, Self::Occurred | Self::Ongoing)
    }

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Occurred => "occurred",
            Self::Ongoing => "ongoing",
            Self::Planned => "planned",
            Self::Demanded => "demanded",
            Self::Denied => "denied",
            Self::Possible => "possible",
        }
    }
}

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $variant:ident $word:literal,)*) => {
        /// The event types of PLOVER.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum EventKind { $($(#[$doc])* $variant,)* }

        impl EventKind {
            /// Every type.
            pub const ALL: &'static [EventKind] = &[$(EventKind::$variant,)*];

            /// The word on the wire.
            pub fn word(self) -> &'static str {
                match self { $(EventKind::$variant => $word,)* }
            }

            /// Reads the word on the wire.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|kind| kind.word() == word)
            }
        }
    };
}

event_kinds! {
    /// Agree, or express the will to cooperate.
    Agree "AGREE",
    /// Meet, talk, visit, negotiate, mediate.
    Consult "CONSULT",
    /// Back, praise, recognise in words or law.
    Support "SUPPORT",
    /// Yield to a demand, ease, free.
    Concede "CONCEDE",
    /// Work together, share, trade.
    Cooperate "COOPERATE",
    /// Give money, goods, arms, shelter.
    Aid "AID",
    /// Withdraw, disarm, cease fire.
    Retreat "RETREAT",
    /// Ask, appeal, demand.
    Request "REQUEST",
    /// Blame, criticise, sue, investigate.
    Accuse "ACCUSE",
    /// Refuse, veto, deny a request.
    Reject "REJECT",
    /// Warn, threaten, give an ultimatum.
    Threaten "THREATEN",
    /// Demonstrate, strike, boycott.
    Protest "PROTEST",
    /// Embargo, freeze, expel, break relations.
    Sanction "SANCTION",
    /// Raise, move or exercise forces.
    Mobilize "MOBILIZE",
    /// Arrest, seize, ban, censor.
    Coerce "COERCE",
    /// Attack, shell, kill.
    Assault "ASSAULT",
}

/// A quantity that counts or measures something in the world.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Stable: the same words on the same page give the same id.
    pub id: Id,
    /// Its words: "653 drones", "more than $2bn".
    pub span: Span,
    /// The amount.
    pub amount: Amount,
    /// The unit, singular: "US dollar", "percent", "kilometre per hour"; for counts the noun in its base form: "drone". `None` where
    /// the words name neither.
    pub unit: Option<String>,
    /// What was counted, in the words that say it.
    pub counted: Option<Span>,
    /// Whose act it measures.
    pub by: Option<Who>,
    /// Who claims it; `None` when the page does in its own voice.
    pub claimed_by: Option<Who>,
    /// Of when it holds.
    pub when: Option<When>,
    /// Index of the statement that gives it.
    pub inside: Option<u32>,
    /// Why it was read.
    pub why: Why,
}

/// How many or how much.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Amount {
    /// The number given, also where it is a bound ("at least 12"); `None` for "dozens" and for ranges.
    pub value: Option<f64>,
    /// At least so much.
    pub low: Option<f64>,
    /// At most so much.
    pub high: Option<f64>,
    /// Given as approximate: "about", "some", "nearly".
    pub approximate: bool,
}

/// What a party wants, refuses or offers on an issue.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stance {
    /// Stable: the same words on the same page give the same id.
    pub id: Id,
    /// The side: a country, a company, a union.
    pub party: String,
    /// Who takes the stance at this place of the text.
    pub holder: Who,
    /// Id of the issue in the codebook; `None` where none fits.
    pub issue: Option<String>,
    /// What it does about it.
    pub act: Act,
    /// The words that carry it.
    pub terms: Span,
    /// When it was taken.
    pub when: Option<When>,
    /// The statement or event it is taken through.
    pub through: Option<Through>,
    /// Why it was read.
    pub why: Why,
}

/// Through which line a stance is taken, by index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Through {
    /// A statement.
    Statement(u32),
    /// An event.
    Event(u32),
}

/// What a party does about an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Act {
    /// Wants it done.
    Demands,
    /// Will not have it.
    Rejects,
    /// Is for it.
    Supports,
    /// Says yes to it.
    Accepts,
    /// Would give it.
    Offers,
    /// Yes, if.
    Conditions,
    /// Would talk about it.
    Open,
    /// Has not said, or not decided.
    Undecided,
}

impl Act {
    /// Every act.
    pub const ALL: [Act; 8] = [
        Self::Demands,
        Self::Rejects,
        Self::Supports,
        Self::Accepts,
        Self::Offers,
        Self::Conditions,
        Self::Open,
        Self::Undecided,
    ];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Demands => "demands",
            Self::Rejects => "rejects",
            Self::Supports => "supports",
            Self::Accepts => "accepts",
            Self::Offers => "offers",
            Self::Conditions => "conditions",
            Self::Open => "open",
            Self::Undecided => "undecided",
        }
    }
}
