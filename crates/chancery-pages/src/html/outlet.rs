//! The outlet by the page's `title`: "Ferries stop - The Harbour Post" is the headline and the name of whoever shows it.

use chancery_model::Cite;

use super::facts::Facts;
use super::outline::Outline;
use super::tree::Tree;
use super::witness::hashes;

/// What stands between the headline and the outlet.
const BETWEEN: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " · ", " » ", " • ", ": "];
/// The longest name of an outlet, in words.
const MAX_WORDS: usize = 5;

/// The words beside the headline in one of the page's titles, if the page shows them again somewhere: in its head or at its foot.
pub(super) fn beside_title(
    tree: &Tree<'_>,
    outline: &Outline,
    facts: &Facts,
    headline: Option<&Cite>,
) -> Option<String> {
    let headline = hashes(&headline?.words);
    let titles = || facts.titles.iter().map(|title| title.words.as_str());
    let beside = titles().flat_map(|title| BETWEEN.iter().filter_map(|mark| beside(title, mark, &headline)));
    beside.into_iter().find(|name| is_shown(tree, outline, &hashes(name))).map(str::to_owned)
}

/// The part of a title that is not the headline.
fn beside<'t>(title: &'t str, mark: &str, headline: &[u64]) -> Option<&'t str> {
    let sides = [title.rsplit_once(mark), title.split_once(mark)];
    sides.into_iter().flatten().find_map(|(left, right)| match () {
        () if hashes(left) == headline => Some(right.trim()),
        () if hashes(right) == headline => Some(left.trim()),
        () => None,
    })
}

/// Whether a short block of the page begins with the words, or consists of them behind a few others.
fn is_shown(tree: &Tree<'_>, outline: &Outline, name: &[u64]) -> bool {
    let shows = |at: usize| {
        let block = &outline.blocks[at];
        let near = block.words as usize <= 8 * MAX_WORDS;
        near && outline.hashes(tree, at).windows(name.len()).any(|run| run == name)
    };
    (1..=MAX_WORDS).contains(&name.len()) && (0..outline.blocks.len()).any(shows)
}
