//! Lines about all pages of a command together: their articles are gathered while pages are read, and linked at the end.

use std::collections::BTreeMap;
use std::sync::Arc;

use chancery_linking::copies::{self, Digest};
use chancery_linking::{Carried, stories};
use chancery_model::{Article, Cite, FurnitureReason, Moment, Note, Page, PageReading};

use super::opening::Item;
use crate::wire::{Kind, Linkable, LinkedLines};

/// The articles of a page, kept until all pages are read.
pub(crate) struct ToLink {
    articles: Vec<(Article, Digest)>,
    captions: Vec<Cite>,
    address: Option<String>,
    captured: Option<Moment>,
    source: Option<Arc<str>>,
}

impl ToLink {
    /// Looks at a page's articles: the slow part, done by a worker.
    pub(crate) fn new(page: &Page, item: &Item, reading: &PageReading) -> Self {
        let captions = reading.furniture.iter().filter(|f| f.reason == FurnitureReason::Caption);
        let mut to_link = Self {
            articles: Vec::new(),
            captions: captions.map(|f| f.cite.clone()).collect(),
            address: page.known.url.clone().or_else(|| item.place.as_deref().map(str::to_owned)),
            captured: page.known.captured,
            source: item.source.clone(),
        };
        for (at, article) in reading.articles.iter().enumerate() {
            let digest = Digest::of(&to_link.carried(article, at == 0));
            to_link.articles.push((article.clone(), digest));
        }
        to_link
    }

    /// The captions of a page go with its first article.
    fn carried<'a>(&'a self, article: &'a Article, is_first: bool) -> Carried<'a> {
        Carried {
            article,
            captions: if is_first { self.captions.iter().collect() } else { Vec::new() },
            address: self.address.as_deref(),
            captured: self.captured,
        }
    }
}

/// The lines of `wanted` kinds about all articles, and what was left out because of a limit.
pub(crate) fn lines(gathered: &[ToLink], wanted: &[Kind]) -> (Vec<u8>, Vec<Note>) {
    // A page that came twice is one page.
    let mut all: BTreeMap<_, (Linkable<'_>, &Digest)> = BTreeMap::new();
    for page in gathered {
        for (at, (article, digest)) in page.articles.iter().enumerate() {
            let carried = page.carried(article, at == 0);
            let linkable = Linkable { carried, source: page.source.as_deref() };
            all.entry(article.id).or_insert((linkable, digest));
        }
    }
    let carried: Vec<Carried<'_>> = all.values().map(|(linkable, _)| linkable.carried.clone()).collect();
    let digests: Vec<&Digest> = all.values().map(|(_, digest)| *digest).collect();
    let mut lines = LinkedLines::new(all.values().map(|(linkable, _)| linkable));
    let mut notes = Vec::new();
    if wanted.iter().any(|kind| *kind != Kind::Story) {
        let copies = copies::copies(&carried, &digests);
        lines.copies(&copies, wanted);
        notes.extend(copies.notes);
    }
    if wanted.contains(&Kind::Story) {
        let (stories, of_stories) = stories::stories(&carried);
        stories.iter().for_each(|story| lines.story(story));
        notes.extend(of_stories);
    }
    (lines.out, notes)
}
