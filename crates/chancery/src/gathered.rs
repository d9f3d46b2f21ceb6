//! The articles of a record as linking sees them, older versions of pages counted in.

use std::collections::BTreeMap;

use chancery_linking::Carried;
use chancery_linking::copies::{self, Copies, Digest};
use chancery_model::{Article, Cite, FurnitureReason, Id};
use chancery_store::{PageLine, Store};

use crate::failure::Failure;
use crate::layout::{one_line, pad};
use crate::read::opening_words;
use crate::terminal::Screen;
use crate::wire::Linkable;

/// The articles of a record.
pub(crate) struct Gathered {
    pages: Vec<Page>,
}

struct Page {
    line: PageLine,
    articles: Vec<Article>,
    captions: Vec<Cite>,
}

impl Gathered {
    /// All articles of `store`.
    pub(crate) fn of(store: &Store) -> Result<Self, Failure> {
        let mut pages = Vec::new();
        for line in store.pages()? {
            let reading = store.reading(line.id)?;
            let captions = reading.furniture.into_iter().filter(|f| f.reason == FurnitureReason::Caption);
            let captions = captions.map(|furniture| furniture.cite).collect();
            pages.push(Page { line, articles: reading.articles, captions });
        }
        Ok(Self { pages })
    }

    /// The articles.
    pub(crate) fn carried(&self) -> Vec<Carried<'_>> {
        self.pages.iter().flat_map(Page::carried).collect()
    }

    /// The same without older versions of pages.
    pub(crate) fn current(&self) -> Vec<Carried<'_>> {
        let current = self.pages.iter().filter(|page| page.line.version == page.line.versions);
        current.flat_map(Page::carried).collect()
    }

    /// Number of pages.
    pub(crate) fn pages(&self) -> usize {
        self.pages.len()
    }
}

impl Page {
    /// Its articles. The captions go with the first one.
    fn carried(&self) -> Vec<Carried<'_>> {
        let mut captions: Vec<&Cite> = self.captions.iter().collect();
        let carried = self.articles.iter().map(|article| Carried {
            article,
            captions: std::mem::take(&mut captions),
            address: self.line.address.as_deref(),
            captured: self.line.captured,
        });
        carried.collect()
    }
}

/// The copies among articles.
pub(crate) fn copies_of(carried: &[Carried<'_>]) -> Copies {
    let digests: Vec<Digest> = carried.iter().map(Digest::of).collect();
    copies::copies(carried, &digests.iter().collect::<Vec<_>>())
}

/// For each article the first of those that carry the same account.
pub(crate) fn accounts(copies: &Copies) -> BTreeMap<Id, Id> {
    let members = copies.accounts.iter().flat_map(|account| {
        let first = account.articles.first().copied();
        account.articles.iter().filter_map(move |article| Some((*article, first?)))
    });
    members.collect()
}

/// The articles as lines of the wire point at them.
pub(crate) fn linkable<'a>(carried: &[Carried<'a>]) -> Vec<Linkable<'a>> {
    carried.iter().map(|carried| Linkable { carried: carried.clone(), source: None }).collect()
}

/// Articles by their ids.
pub(crate) type ById<'a> = BTreeMap<Id, &'a Article>;

/// The articles by their ids.
pub(crate) fn by_id<'a>(carried: &[Carried<'a>]) -> ById<'a> {
    carried.iter().map(|carried| (carried.article.id, carried.article)).collect()
}

/// An article on a line of a list: its id, its day, its outlet, its title.
pub(crate) fn list(article: &Article, indent: &str, screen: &mut Screen) {
    let day = article.published.when.as_ref().map_or("no date".to_owned(), |moment| moment.date.to_string());
    let title =
        article.title.as_ref().map_or_else(|| opening_words(article.body_text()), |t| t.words.clone());
    screen.dim(&format!("{indent}{}  {}  ", article.id, pad(&day, 10)));
    screen.line(&format!(
        "{}  {}",
        pad(&one_line(article.outlet.as_deref().unwrap_or("-")), 20),
        one_line(&title)
    ));
}
