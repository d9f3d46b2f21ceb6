//! What a page says of itself in markup that is not shown: meta elements, JSON-LD, properties of schema.org.
//!
//! Everything is collected with where it came from; `headline`, `published` and `authors` decide.

use super::jsonld::{self, Described};
use super::reference::{self, Place};
use super::tag::{Key, Tag};
use super::tree::Tree;
use super::witness::hashes;

/// A fact and the bytes of the markup that state it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Stated {
    /// The words, references decoded.
    pub(super) words: String,
    /// Where the raw words stand in the markup.
    pub(super) start: u32,
    pub(super) end: u32,
}

/// What the page says of itself.
#[derive(Debug, Default)]
pub(super) struct Facts {
    /// Titles, the most trusted first.
    pub(super) titles: Vec<Stated>,
    /// The words of each title as numbers, for comparing.
    pub(super) title_words: Vec<Vec<u64>>,
    /// The summary for sharing.
    pub(super) descriptions: Vec<String>,
    /// Authors named by meta elements.
    pub(super) authors: Vec<String>,
    /// Dates of publication named by meta elements.
    pub(super) published: Vec<String>,
    /// The outlet's names, the most trusted first.
    pub(super) outlets: Vec<String>,
    /// The address that the page gives itself.
    pub(super) address: Option<String>,
    /// Stories that JSON-LD describes.
    pub(super) stories: Vec<Described>,
}

/// What a meta element can say, by its name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Title,
    Description,
    Author,
    Published,
    Outlet,
    Address,
}

/// The names of meta elements that say something, with how far each is trusted (lower is more).
const NAMES: &[(&str, Says, u8)] = &[
    ("og:title", Says::Title, 0),
    ("twitter:title", Says::Title, 1),
    ("dc.title", Says::Title, 2),
    ("sailthru.title", Says::Title, 2),
    ("parsely-title", Says::Title, 2),
    ("og:description", Says::Description, 0),
    ("description", Says::Description, 1),
    ("twitter:description", Says::Description, 2),
    ("author", Says::Author, 0),
    ("article:author", Says::Author, 1),
    ("article:author_name", Says::Author, 1),
    ("og:article:author", Says::Author, 1),
    ("parsely-author", Says::Author, 1),
    ("sailthru.author", Says::Author, 1),
    ("dc.creator", Says::Author, 2),
    ("dcterms.creator", Says::Author, 2),
    ("byl", Says::Author, 1),
    ("byline", Says::Author, 1),
    ("article:published_time", Says::Published, 0),
    ("og:article:published_time", Says::Published, 0),
    ("article:published", Says::Published, 1),
    ("datepublished", Says::Published, 1),
    ("parsely-pub-date", Says::Published, 1),
    ("sailthru.date", Says::Published, 2),
    ("pubdate", Says::Published, 1),
    ("publishdate", Says::Published, 1),
    ("publish-date", Says::Published, 1),
    ("publish_date", Says::Published, 1),
    ("date.release", Says::Published, 2),
    ("dc.date", Says::Published, 2),
    ("dc.date.issued", Says::Published, 1),
    ("dcterms.date", Says::Published, 2),
    ("dcterms.created", Says::Published, 2),
    ("article.published", Says::Published, 1),
    ("originalpublicationdate", Says::Published, 1),
    ("rnews:datepublished", Says::Published, 1),
    ("cxenseparse:recs:publishtime", Says::Published, 2),
    ("date", Says::Published, 3),
    ("og:site_name", Says::Outlet, 0),
    ("application-name", Says::Outlet, 2),
    ("apple-mobile-web-app-title", Says::Outlet, 3),
    ("publisher", Says::Outlet, 2),
    ("dc.publisher", Says::Outlet, 2),
    ("cre", Says::Outlet, 3),
    ("og:url", Says::Address, 0),
];

impl Facts {
    /// Collects what the page says of itself.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let mut found: Vec<(Says, u8, Stated)> = Vec::new();
        let mut scripts = Vec::new();
        for at in 0..tree.nodes.len() as u32 {
            match tree.nodes[at as usize].tag {
                Tag::Meta => found.extend(meta(tree, at).into_iter().flatten()),
                Tag::Title => found.extend(title(tree, at)),
                Tag::Link => found.extend(canonical(tree, at)),
                Tag::Script if is_jsonld(tree, at) => scripts.extend(content(tree, at)),
                _ => {}
            }
        }
        found.sort_by_key(|(_, trust, _)| *trust);
        let mut facts = Self { stories: jsonld::stories(scripts.into_iter()), ..Self::default() };
        found.into_iter().for_each(|(says, _, stated)| facts.take(says, stated));
        facts.title_words = facts.titles.iter().map(|title| hashes(&title.words)).collect();
        facts
    }

    fn take(&mut self, says: Says, stated: Stated) {
        match says {
            Says::Title => self.titles.push(stated),
            Says::Description => self.descriptions.push(stated.words),
            Says::Author => self.authors.push(stated.words),
            Says::Published => self.published.push(stated.words),
            Says::Outlet => self.outlets.push(stated.words),
            Says::Address => {
                self.address.get_or_insert(stated.words);
            }
        }
    }
}

/// The raw content of an element of raw text.
fn content<'m>(tree: &Tree<'m>, at: u32) -> Option<&'m str> {
    let child = tree.nodes.get(at as usize + 1)?;
    (child.parent == at && child.tag == Tag::Words).then(|| tree.words(child))
}

fn is_jsonld(tree: &Tree<'_>, at: u32) -> bool {
    tree.value(at, Key::Type).is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"))
}

fn stated(tree: &Tree<'_>, raw: &str) -> Option<Stated> {
    // `raw` is a slice of the markup, so its place follows from where it lies.
    let start = (raw.as_ptr() as usize).checked_sub(tree.markup.as_ptr() as usize)?;
    let words = reference::decode(raw, Place::Attribute);
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then(|| Stated { words, start: start as u32, end: (start + raw.len()) as u32 })
}

/// A meta element may go by two names at once.
fn meta(tree: &Tree<'_>, at: u32) -> Option<Vec<(Says, u8, Stated)>> {
    let content = stated(tree, tree.value(at, Key::Content)?)?;
    let keys = [Key::Property, Key::Name, Key::Itemprop];
    let names = keys.into_iter().filter_map(|key| tree.value(at, key));
    let known =
        names.filter_map(|name| NAMES.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name.trim())));
    Some(known.map(|(_, says, trust)| (*says, *trust, content.clone())).collect())
}

fn title(tree: &Tree<'_>, at: u32) -> Option<(Says, u8, Stated)> {
    let inside_svg = tree.around(at).any(|n| tree.nodes[n as usize].tag == Tag::Svg);
    (!inside_svg).then_some((Says::Title, 4, stated(tree, content(tree, at)?)?))
}

fn canonical(tree: &Tree<'_>, at: u32) -> Option<(Says, u8, Stated)> {
    let canonical = tree.value(at, Key::Rel)?.eq_ignore_ascii_case("canonical");
    canonical.then_some((Says::Address, 1, stated(tree, tree.value(at, Key::Href)?)?))
}
