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
    /// The article that was made from the other, as far as a direction is known.
    pub article: Id,
    /// The article it has words of.
    pub from: Id,
    /// How much of it.
    pub kind: LineageKind,
    /// Words of `article`, and how many of them stand in `from`.
    pub words: u32,
    /// See `words`.
    pub shared: u32,
    /// Words of `from` that `article` leaves out.
    pub left_out: u32,
    /// Whether it is known that `article` came later.
    pub directed: bool,
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
