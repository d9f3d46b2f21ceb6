//! Lines about several pages: copies and stories.

use std::collections::{BTreeMap, BTreeSet};

use chancery_linking::Carried;
use chancery_linking::copies::Copies;
use chancery_model::{
    Account, Article, Cite, Copy, Id, Lineage, Origin, PageId, Precedence, Revision, Story,
};
use serde::{Serialize, Serializer};

use super::reading::WireWhy;
use super::{Kind, Offsets, WireCite, put, shown, shown_or_null};

/// An article that lines may point at.
pub(crate) struct Linkable<'a> {
    /// The article and its page.
    pub(crate) carried: Carried<'a>,
    /// The input it came from, where lines carry it.
    pub(crate) source: Option<&'a str>,
}

/// Lines about several pages, written one after another into `out`.
pub(crate) struct LinkedLines<'a> {
    /// Whole lines, each with its line break.
    pub(crate) out: Vec<u8>,
    articles: BTreeMap<Id, &'a Article>,
    /// The input that each page came from.
    sources: BTreeMap<PageId, &'a str>,
    /// Of articles that were met.
    offsets: BTreeMap<Id, Offsets<'a>>,
}

impl<'a> LinkedLines<'a> {
    /// No lines yet; they may point at these articles.
    pub(crate) fn new(articles: impl IntoIterator<Item = &'a Linkable<'a>>) -> Self {
        let (mut known, mut sources) = (BTreeMap::new(), BTreeMap::new());
        for Linkable { carried, source } in articles {
            known.insert(carried.article.id, carried.article);
            sources.extend(source.map(|source| (carried.article.page, source)));
        }
        Self { out: Vec::new(), articles: known, sources, offsets: BTreeMap::new() }
    }

    /// What came from where, the lines of `wanted` kinds.
    pub(crate) fn copies(&mut self, copies: &Copies, wanted: &[Kind]) {
        let wants = |kind| wanted.contains(&kind);
        copies.passages.iter().filter(|_| wants(Kind::Copy)).for_each(|copy| self.copy(copy));
        copies.lineages.iter().filter(|_| wants(Kind::Lineage)).for_each(|lineage| self.lineage(lineage));
        copies.accounts.iter().filter(|_| wants(Kind::Account)).for_each(|account| self.account(account));
        copies.revisions.iter().filter(|_| wants(Kind::Revision)).for_each(|change| self.revision(change));
    }

    /// What an article has from another.
    fn lineage(&mut self, lineage: &Lineage) {
        let line = WireLineage {
            article: lineage.article,
            from: lineage.from,
            relation: lineage.kind.word(),
            shared: lineage.shared,
            words: lineage.words,
            from_words: lineage.from_words,
            known_by: lineage.known_by.map(Precedence::word),
            sources: self.sources_of([lineage.article, lineage.from]),
        };
        put(&mut self.out, Kind::Lineage, line, None);
    }

    /// Articles that are one account.
    fn account(&mut self, account: &Account) {
        let outlets: BTreeSet<&str> =
            account.articles.iter().filter_map(|id| self.articles.get(id)?.outlet.as_deref()).collect();
        let line = WireAccount {
            id: account.id,
            articles: account.articles.iter().map(Id::to_string).collect(),
            outlets: outlets.into_iter().collect(),
            origin: account.origin.as_ref(),
            sources: self.sources_of(account.articles.iter().copied()),
        };
        put(&mut self.out, Kind::Account, line, None);
    }

    /// What changed from one version of a page to the next.
    fn revision(&mut self, revision: &Revision) {
        [revision.from, revision.to].into_iter().for_each(|id| self.meet(id));
        let (from, to) = (Some(revision.from), Some(revision.to));
        let line = WireRevision {
            from: revision.from,
            to: revision.to,
            silent: revision.silent,
            edited: revision.edited.iter().map(|[x, y]| [self.place(x, from), self.place(y, to)]).collect(),
            removed: revision.removed.iter().map(|cite| self.place(cite, from)).collect(),
            added: revision.added.iter().map(|cite| self.place(cite, to)).collect(),
        };
        put(&mut self.out, Kind::Revision, line, None);
    }

    /// A passage that stands on two pages.
    fn copy(&mut self, copy: &Copy) {
        copy.articles.iter().flatten().for_each(|id| self.meet(*id));
        let line = WireCopy {
            id: copy.id,
            a: self.place(&copy.a, copy.articles[0]),
            b: self.place(&copy.b, copy.articles[1]),
            relation: copy.relation.word(),
            origin: copy.origin.as_ref(),
            why: WireWhy::of(copy.why),
        };
        put(&mut self.out, Kind::Copy, line, None);
    }

    /// Articles about the same running matter.
    pub(crate) fn story(&mut self, story: &Story) {
        let line = WireStory {
            id: story.id,
            title: WireCite::of(&story.title, None),
            articles: story.articles.iter().map(Id::to_string).collect(),
            sources: self.sources_of(story.articles.iter().copied()),
            from: story.from.map(|day| day.to_string()),
            to: story.to.map(|day| day.to_string()),
        };
        put(&mut self.out, Kind::Story, line, None);
    }

    fn meet(&mut self, id: Id) {
        if let Some(article) = self.articles.get(&id) {
            self.offsets.entry(id).or_insert_with(|| Offsets::new(article));
        }
    }

    fn sources_of(&self, articles: impl IntoIterator<Item = Id>) -> Vec<&'a str> {
        articles.into_iter().filter_map(|id| self.source(self.articles.get(&id)?.page)).collect()
    }

    fn source(&self, page: PageId) -> Option<&'a str> {
        self.sources.get(&page).copied()
    }

    fn place<'c>(&self, cite: &'c Cite, article: Option<Id>) -> Place<'c>
    where
        'a: 'c,
    {
        Place {
            page: cite.page,
            article,
            cite: WireCite::of(cite, article.and_then(|id| self.offsets.get(&id))),
            source: self.source(cite.page),
        }
    }
}

/// Words on one of several pages.
#[derive(Serialize)]
struct Place<'a> {
    #[serde(serialize_with = "shown")]
    page: PageId,
    #[serde(serialize_with = "shown_or_null")]
    article: Option<Id>,
    #[serde(flatten)]
    cite: WireCite<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct WireCopy<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    a: Place<'a>,
    b: Place<'a>,
    relation: &'static str,
    #[serde(serialize_with = "origin")]
    origin: Option<&'a Origin>,
    why: WireWhy,
}

/// The agency's name or the page's id.
fn origin<S: Serializer>(origin: &Option<&Origin>, serializer: S) -> Result<S::Ok, S::Error> {
    match origin {
        None => serializer.serialize_none(),
        Some(Origin::Agency(name)) => serializer.serialize_str(name),
        Some(Origin::Page(page)) => serializer.collect_str(page),
    }
}

#[derive(Serialize)]
struct WireLineage<'a> {
    #[serde(serialize_with = "shown")]
    article: Id,
    #[serde(serialize_with = "shown")]
    from: Id,
    relation: &'static str,
    shared: u32,
    words: u32,
    from_words: u32,
    known_by: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct WireAccount<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    articles: Vec<String>,
    outlets: Vec<&'a str>,
    #[serde(serialize_with = "origin")]
    origin: Option<&'a Origin>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<&'a str>,
}

#[derive(Serialize)]
struct WireRevision<'a> {
    #[serde(serialize_with = "shown")]
    from: Id,
    #[serde(serialize_with = "shown")]
    to: Id,
    silent: bool,
    edited: Vec<[Place<'a>; 2]>,
    removed: Vec<Place<'a>>,
    added: Vec<Place<'a>>,
}

#[derive(Serialize)]
struct WireStory<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    title: WireCite<'a>,
    articles: Vec<String>,
    /// The inputs that the articles came from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<&'a str>,
    from: Option<String>,
    to: Option<String>,
}
