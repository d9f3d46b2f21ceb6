//! Words that name or refer to somebody or something, and whom they refer to.

use serde::{Deserialize, Serialize};

use crate::{Article, Settled, Span, TokenRange};

/// Words of an article that name or refer to somebody or something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// All its words: "the Russian president", "Putin", "he".
    pub span: Span,
    /// The same as tokens of the article's `Doc`.
    pub tokens: TokenRange,
    /// Index of the token that heads it.
    pub head: u32,
    /// How it refers.
    pub form: MentionForm,
    /// Index of its chain among the reading's chains, or why the words do not settle whom it means.
    pub chain: Settled<u32>,
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MentionForm {
    /// By a name: "Putin", "the Kremlin".
    Name,
    /// By a description: "the president", "a senior official".
    Nominal,
    /// By a pronoun: "he", "their".
    Pronoun,
}

/// Somebody or something of one article, with all its mentions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// What it is.
    pub kind: EntityKind,
    /// Whether it is one or several.
    pub plural: bool,
    /// The fullest name that the article gives; `None` for the unnamed ("a senior official").
    pub name: Option<String>,
    /// Where that name, or else the fullest description, stands.
    pub shown: Span,
    /// Offices and descriptions, in text order.
    pub roles: Vec<Role>,
    /// The country or organisation it belongs to or speaks for, and the words that say so; for a country itself, its name.
    pub side: Option<Side>,
    /// Indexes of its mentions, in text order.
    pub mentions: Vec<u32>,
}

/// What a chain is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// A person, or people: "negotiators".
    Person,
    /// A government body, company, party, army, union, outlet.
    Organization,
    /// A country, city, region.
    Place,
    /// A people or the followers of something.
    Group,
    /// Anything else that is referred to: a plan, a treaty.
    Thing,
}

impl EntityKind {
    /// Every kind.
    pub const ALL: [EntityKind; 5] =
        [Self::Person, Self::Organization, Self::Place, Self::Group, Self::Thing];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Place => "place",
            Self::Group => "group",
            Self::Thing => "thing",
        }
    }
}

/// An office or a description: "Kremlin economic envoy", "who heads the agency".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Role {
    /// The words of the office: "economic envoy".
    pub title: Span,
    /// Of which country or body, in the words that give it.
    pub of: Option<Span>,
    /// That country's or body's name: "Russia" for "Russian".
    pub body: Option<String>,
    /// Held before, not now: "former".
    pub former: bool,
}

impl Role {
    /// The office as the article's words give it: "envoy of Lasia".
    pub fn words(&self, article: &Article) -> String {
        let words = |span: Span| &article.text[span.range()];
        match &self.body {
            Some(body) => format!("{} of {body}", words(self.title)),
            None => words(self.title).to_owned(),
        }
    }
}

/// The side somebody is on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// A country by its usual English name, or an organisation by its fullest name.
    pub name: String,
    /// The words that it is derived from: "Kyiv" in "a senior Kyiv official".
    pub by: Span,
}

/// Who did, said, claims or wants something, at one place of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The words used there.
    pub span: Span,
    /// Index of the chain, or why the words do not settle who it is.
    pub chain: Settled<u32>,
}
