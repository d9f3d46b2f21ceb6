//! An article's share in the record: what it adds, told with the names that its people go by over all articles.
//!
//! A share follows from the article and from what the others make of its names ([`Known::view`]). While those stay what they are, the
//! share does too, whatever else comes; so it is kept beside the article, and only the shares are put together anew.

use std::thread;

use chancery_model::{Date, Entity, Id, Record, Ruling, RulingKind};
use serde::{Deserialize, Serialize};

use super::disputes::{self, Claims};
use super::happenings::{self, Reports};
use super::positions::{self, Taken};
use super::proposals::{self, Seen};
use super::{Known, Told};

/// What one article adds to the record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Share {
    pub(super) reports: Reports,
    pub(super) taken: Vec<Taken>,
    pub(super) plans: Vec<Seen>,
    pub(super) claims: Claims,
}

impl Share {
    /// What an article adds. Its account and its story are not looked at.
    pub fn of(told: &Told<'_>, known: &Known) -> Self {
        Self {
            reports: Reports::of(told, known),
            taken: positions::taken(told, known),
            plans: proposals::seen(told, known),
            claims: disputes::claims(told, known),
        }
    }
}

/// A share with what only all articles together settle of its article.
#[derive(Clone, Copy, Debug)]
pub struct Part<'a> {
    /// The article.
    pub article: Id,
    /// The day of publication, where it is known.
    pub published: Option<Date>,
    /// The account that it carries with its copies; an article that is no copy has its own id here.
    pub account: Id,
    /// The story of an article without a date: what has no time is told apart by the matter. `None` for articles that have one.
    pub story: Option<Id>,
    /// What it adds.
    pub share: &'a Share,
}

impl<'a> Part<'a> {
    /// The part of an article.
    pub fn of(told: &Told<'_>, share: &'a Share) -> Self {
        let (account, story) = (told.account, told.story);
        Self { article: told.article.id, published: told.published(), account, story, share }
    }
}

/// Puts shares together to the record, with who is who as [`super::who_is_who`] gives it. The order of the parts plays no part.
pub fn join(entities: Vec<Entity>, parts: &[Part<'_>], rulings: &[Ruling]) -> Record {
    let mut parts: Vec<Part<'_>> = parts.to_vec();
    parts.sort_by_key(|p| (p.published.is_none(), p.published, p.article));
    parts.dedup_by_key(|p| p.article);
    // What happened takes about as long as all the rest, and neither looks at the other.
    let ((happenings, too_many_reports), positions, proposals, (mut disputes, too_many_claims)) =
        thread::scope(|scope| {
            let happenings = scope.spawn(|| happenings::link(&parts));
            let rest = (positions::link(&parts), proposals::link(&parts), disputes::find(&parts));
            let happenings = happenings.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (happenings, rest.0, rest.1, rest.2)
        });
    let ruled_out =
        |id: Id| rulings.iter().any(|r| r.kind == RulingKind::NotDispute && r.about == id.to_string());
    disputes.retain(|dispute| !ruled_out(dispute.id));
    let notes = [too_many_reports, too_many_claims].into_iter().flatten().collect();
    Record { entities, happenings, positions, proposals, disputes, notes }
}
