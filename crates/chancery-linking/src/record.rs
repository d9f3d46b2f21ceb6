//! All readings to one record: who is who, what happened, where each side stands, plans, disputes.
//!
//! ```text
//! Told* ──roll──▶ Roll* ──who is who──▶ Known
//! Told, Known ──share──▶ Share, article by article ──join──▶ happenings, positions, proposals, disputes
//! ```
//!
//! A pure function of readings and rulings: articles are put into a fixed order first, so the order in which they came plays no part.
//! Rolls and shares are what may be kept of an article from one time to the next: [`link`] makes them all anew.

mod disputes;
mod entities;
mod happenings;
mod names;
mod positions;
mod proposals;
mod roll;
mod rulings;
mod share;

use chancery_model::{Article, Chain, Cite, Date, Id, Reading, Record, Ruling, Span, Who};

pub use entities::{Known, who_is_who};
pub use names::fold_name;
pub use positions::until;
pub use roll::Roll;
pub use rulings::apply;
pub use share::{Part, Share, join};

/// An article, what it says, and the account it carries.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// The article.
    pub article: &'a Article,
    /// What it says.
    pub reading: &'a Reading,
    /// The account that it carries with its copies; an article that is no copy has its own id here.
    pub account: Id,
    /// The story of an article without a date: what has no time is told apart by the matter. `None` for articles that have one.
    pub story: Option<Id>,
}

impl<'a> Told<'a> {
    /// The day of publication, where it is known.
    pub fn published(&self) -> Option<Date> {
        self.article.published.when.as_ref().ok().map(|moment| moment.date)
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &'a str {
        &self.article.text[span.range()]
    }

    /// The words of a span with their place on the page.
    pub fn cite(&self, span: Span) -> Cite {
        self.article.cite(span)
    }

    fn chain(&self, who: &Who) -> Option<(u32, &'a Chain)> {
        let at = *who.chain.as_ref().ok()?;
        Some((at, self.reading.chains.get(at as usize)?))
    }
}

/// Links what the articles say. Rulings on single lines have been applied to the readings already; those on names and disputes are
/// heeded here.
pub fn link(told: &[Told<'_>], rulings: &[Ruling]) -> Record {
    let mut told: Vec<Told<'_>> = told.to_vec();
    told.sort_by_key(|t| (t.published().is_none(), t.published(), t.article.id));
    told.dedup_by_key(|t| t.article.id);
    let rolls: Vec<Roll> = told.iter().map(Roll::of).collect();
    let (entities, known) = who_is_who(&rolls.iter().collect::<Vec<_>>(), rulings);
    let shares: Vec<Share> = told.iter().map(|t| Share::of(t, &known)).collect();
    let part = |(t, share): (&Told<'_>, _)| Part::of(t, share);
    join(entities, &told.iter().zip(&shares).map(part).collect::<Vec<_>>(), rulings)
}

/// Which of several things belong together: the smallest index stands for each set.
pub(crate) struct Sets {
    above: Vec<u32>,
}

impl Sets {
    /// Each of `count` things alone.
    pub(crate) fn new(count: usize) -> Self {
        Self { above: (0..count as u32).collect() }
    }

    /// What stands for the set of `at`.
    pub(crate) fn of(&mut self, at: u32) -> u32 {
        let mut top = at;
        while self.above[top as usize] != top {
            top = self.above[top as usize];
        }
        let mut step = at;
        while self.above[step as usize] != top {
            step = std::mem::replace(&mut self.above[step as usize], top);
        }
        top
    }

    /// Joins two sets; whether they were apart.
    pub(crate) fn join(&mut self, a: u32, b: u32) -> bool {
        let (a, b) = (self.of(a), self.of(b));
        self.above[a.max(b) as usize] = a.min(b);
        a != b
    }
}
