//! Seams: where one story ends and the next begins in a run of paragraphs.

use super::dateline;

/// A paragraph and what stands above it.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph<'a> {
    /// Its words.
    pub(crate) text: &'a str,
    /// Whether it is an item of a list or a row of a table.
    pub(crate) bullet: bool,
    /// What stands between it and the paragraph before.
    pub(crate) before: Before<'a>,
}

/// What stands between two paragraphs of the body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Before<'a> {
    /// A headline that stands twice.
    pub(crate) repeated: bool,
    /// How many lines without a stop.
    pub(crate) shorts: usize,
    /// The last of them.
    pub(crate) headline: Option<&'a str>,
    /// A date of its own.
    pub(crate) stamp: bool,
    /// An author.
    pub(crate) byline: bool,
    /// A credit that closes a story.
    pub(crate) credit: bool,
    /// A caption or the credit of a picture.
    pub(crate) picture: bool,
    /// How many other lines that belong to no story.
    pub(crate) furniture: usize,
    /// The most blank lines in a row.
    pub(crate) blank: usize,
}

/// The indices of the paragraphs that begin a story, the first paragraph aside, in order.
pub(crate) fn find(paragraphs: &[Paragraph<'_>]) -> Vec<usize> {
    (1..paragraphs.len()).filter(|at| is_marked(&paragraphs[*at])).collect()
}

/// Whether the words above a paragraph or at its head settle that a story begins.
fn is_marked(paragraph: &Paragraph<'_>) -> bool {
    let dateline = dateline::at_head(paragraph.text).is_some_and(|d| d.sure);
    paragraph.before.repeated || paragraph.before.credit || dateline
}
