//! Which text came from which: passages that stand on two pages, what an article has from another, and accounts.

use crate::{Cite, Id, PageId, Why};

/// A passage that stands on two pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// Stable: the same two passages give the same id.
    pub id: Id,
    /// The articles of `a` and `b`; `None` for words that belong to no article, such as a caption.
    pub articles: [Option<Id>; 2],
    /// The passage where it was published first, as far as that is known.
    pub a: Cite,
    /// The passage on the other page.
    pub b: Cite,
    /// Whether something was changed.
    pub relation: Relation,
    /// Where the words come from.
    pub origin: Option<Origin>,
    /// Why the two are held to be one.
    pub why: Why,
}

/// How a copied passage relates to the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// The same words; case, marks and spacing aside.
    Identical,
    /// Words were put in, left out or exchanged.
    Edited,
}

impl Relation {
    /// Every relation.
    pub const ALL: [Relation; 2] = [Self::Identical, Self::Edited];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Identical => "identical",
            Self::Edited => "edited",
        }
    }
}

/// Where copied words come from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// A news agency that the copies credit.
    Agency(String),
    /// The page that had them first.
    Page(PageId),
}

/// What an article has from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Lineage {
    /// The article that has words of the other: the later one, where that is known.
    pub article: Id,
    /// The other.
    pub from: Id,
    /// How much it has.
    pub kind: LineageKind,
    /// Words that are the same in both.
    pub shared: u32,
    /// Words of `article`.
    pub words: u32,
    /// Words of `from`.
    pub from_words: u32,
    /// How it is known which of the two came first; `None` when it is not.
    pub known_by: Option<Precedence>,
}

/// How it is known which of two articles came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precedence {
    /// One address, fetched twice.
    Fetched,
    /// One is the agency's own; the other credits the agency.
    Agency,
    /// The dates of publication.
    Dates,
    /// One is a cut of the other.
    Cut,
}

impl Precedence {
    /// Every way.
    pub const ALL: [Precedence; 4] = [Self::Fetched, Self::Agency, Self::Dates, Self::Cut];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fetched => "fetched",
            Self::Agency => "agency",
            Self::Dates => "dates",
            Self::Cut => "cut",
        }
    }
}

/// How much of an article comes from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineageKind {
    /// The same address, fetched later.
    Version,
    /// The other article, whole or cut.
    Copy,
    /// The other article with changes.
    EditedCopy,
    /// A story of its own with passages of the other.
    Passages,
}

impl LineageKind {
    /// Every kind.
    pub const ALL: [LineageKind; 4] = [Self::Version, Self::Copy, Self::EditedCopy, Self::Passages];

    /// The words on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Version => "version",
            Self::Copy => "copy",
            Self::EditedCopy => "edited copy",
            Self::Passages => "passages",
        }
    }
}

/// Articles that are one account of what happened, however many outlets carry it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Stable: follows from the articles.
    pub id: Id,
    /// The articles that carry it, the first published first.
    pub articles: Vec<Id>,
    /// Where it comes from; `None` when one article alone carries it and credits nobody.
    pub origin: Option<Origin>,
}

/// What changed from one version of a page to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The article as it was.
    pub from: Id,
    /// The article as it became.
    pub to: Id,
    /// Passages that were changed, before and after.
    pub edited: Vec<[Cite; 2]>,
    /// Paragraphs that are gone.
    pub removed: Vec<Cite>,
    /// Paragraphs that are new.
    pub added: Vec<Cite>,
    /// Whether the page gives the same date of publication as before.
    pub silent: bool,
}
