//! An article as linking sees it: its words, and how it came.

use chancery_model::{Article, Cite, Date, Moment};

/// An article, and what is known of the page that carries it.
#[derive(Clone, Debug)]
pub struct Carried<'a> {
    /// The article.
    pub article: &'a Article,
    /// Words under the pictures of its page: they are copied like text, and belong to no article.
    pub captions: Vec<&'a Cite>,
    /// What is the same for all versions of the page.
    pub address: Option<&'a str>,
    /// When the page was fetched.
    pub captured: Option<Moment>,
}

impl<'a> Carried<'a> {
    /// An article of which nothing more is known.
    pub fn alone(article: &'a Article) -> Self {
        Self { article, captions: Vec::new(), address: None, captured: None }
    }
}

impl Carried<'_> {
    /// The day of publication, where it is known.
    pub(crate) fn day(&self) -> Option<Date> {
        self.published().map(|moment| moment.date)
    }

    /// The moment of publication, where it is known.
    pub(crate) fn published(&self) -> Option<Moment> {
        self.article.published.when.as_ref().ok().copied()
    }
}
