//! A tree to blocks: the stretches of words that a browser would set apart, each with what is known of its surroundings.
//!
//! It decides nothing about stories; it measures.

use std::collections::HashSet;

use chancery_lexicon::containers::Meanings;

use super::shown::Shown;
use super::tag::{Key, Tag};
use super::tree::{NONE, Node, Tree};
use crate::recognise::stamp;

/// A block of more words than this is no author and date under each other.
const STAMPED_WORDS: u32 = 25;

/// What an element and the elements around it say of the words inside.
#[derive(Clone, Copy, Debug, Default)]
struct State {
    /// The nearest element that sets a block apart.
    block: u32,
    /// The link around it, or `NONE`.
    link: u32,
    /// Its words are not shown.
    hidden: bool,
}

/// A stretch of words.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// The element that sets it apart.
    pub(super) node: u32,
    /// The innermost element around all its words.
    pub(super) inner: u32,
    /// Its text nodes and line breaks, as a range of `Outline::pieces`.
    pub(super) pieces: std::ops::Range<u32>,
    /// Words shown.
    pub(super) words: u32,
    /// Words inside links.
    pub(super) link_words: u32,
    /// Words inside strong emphasis.
    pub(super) bold_words: u32,
    /// Commas, semicolons, and stops inside it.
    pub(super) marks: u32,
    /// Whether its last character ends a sentence, quotation marks passed over.
    pub(super) ends: bool,
}

/// All blocks of a page in page order.
pub(super) struct Outline {
    pub(super) blocks: Vec<Block>,
    /// Indices of text nodes and `br` nodes.
    pub(super) pieces: Vec<u32>,
    /// What the class, id, role and tag of each node itself say.
    pub(super) meanings: Vec<Meanings>,
    /// What each block shows.
    pub(super) shown: Shown,
}

impl Outline {
    /// Measures the tree.
    pub(super) fn of(tree: &Tree<'_>) -> Self {
        let meanings = meanings(tree);
        let states = states(tree, &meanings);
        let outline = Self::cut(tree, meanings, &states, &HashSet::new());
        let breaks = outline.breaks_at_stamps(tree);
        if breaks.is_empty() { outline } else { Self::cut(tree, outline.meanings, &states, &breaks) }
    }

    /// Cuts the words into blocks; `breaks` are the line breaks that end one.
    fn cut(tree: &Tree<'_>, meanings: Vec<Meanings>, states: &[State], breaks: &HashSet<u32>) -> Self {
        let mut builder = Builder { blocks: Vec::new(), pieces: Vec::new(), open: None };
        for (at, node) in tree.nodes.iter().enumerate() {
            let state = &states[at];
            if state.hidden {
                continue;
            }
            match node.tag {
                Tag::Words if is_spoken(tree.words(node)) => {}
                Tag::Words if builder.is_beside_time(tree, node) => {
                    builder.flush();
                    builder.words(at as u32, tree.words(node), state, strong(tree, node));
                }
                Tag::Words => builder.words(at as u32, tree.words(node), state, strong(tree, node)),
                Tag::Br if breaks.contains(&(at as u32)) => builder.flush(),
                Tag::Br => builder.line_break(at as u32),
                tag if tag.is_block() => builder.flush(),
                _ => {}
            }
        }
        builder.flush();
        for block in &mut builder.blocks {
            let of = |at: u32| builder.pieces[at as usize];
            let (first, last) = (of(block.pieces.start), of(block.pieces.end - 1));
            let holds_all = |n: &u32| tree.nodes[*n as usize].last > last;
            block.inner =
                tree.around(tree.nodes[first as usize].parent).find(holds_all).unwrap_or(block.node);
        }
        let shown = Shown::of(builder.blocks.len());
        Self { blocks: builder.blocks, pieces: builder.pieces, meanings, shown }
    }

    /// The line breaks of short blocks in which one line is a date by itself: author and date under each other, no running text.
    fn breaks_at_stamps(&self, tree: &Tree<'_>) -> HashSet<u32> {
        let is_break = |piece: &u32| tree.nodes[*piece as usize].tag == Tag::Br;
        let mut breaks = HashSet::new();
        for block in self.blocks.iter().filter(|block| block.words <= STAMPED_WORDS) {
            let pieces = &self.pieces[block.pieces.start as usize..block.pieces.end as usize];
            if !pieces.iter().any(is_break) {
                continue;
            }
            let dated = pieces.split(is_break).any(|line| {
                let words: String = line.iter().map(|at| tree.words(&tree.nodes[*at as usize])).collect();
                !stamp::of_line(&words).is_empty()
            });
            if dated {
                breaks.extend(pieces.iter().copied().filter(is_break));
            }
        }
        breaks
    }
}

/// Whether the words are only for those who hear the page: what a link does when it is followed.
fn is_spoken(words: &str) -> bool {
    const SHORTEST: usize = "opens new tab".len();
    const LONGEST: usize = 40;

    const SPOKEN: [&str; 6] = [
        "opens new tab",
        "opens in new tab",
        "opens in a new tab",
        "opens new window",
        "opens in new window",
        "opens in a new window",
    ];
    (SHORTEST..=LONGEST).contains(&words.len()) && words.contains("opens ") && {
        let bare = words.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '.'));
        SPOKEN.iter().any(|spoken| bare.eq_ignore_ascii_case(spoken))
    }
}

/// Whether the words stand in strong emphasis.
fn strong(tree: &Tree<'_>, node: &Node) -> bool {
    tree.around(node.parent)
        .take(4)
        .map(|n| tree.nodes[n as usize].tag)
        .take_while(|t| !t.is_block())
        .any(|t| matches!(t, Tag::Bold | Tag::Strong))
}

/// The state of every node, from that of its parent, which stands before it.
fn states(tree: &Tree<'_>, meanings: &[Meanings]) -> Vec<State> {
    let mut states: Vec<State> = Vec::with_capacity(tree.nodes.len());
    for (at, node) in tree.nodes.iter().enumerate() {
        let above = states.get(node.parent as usize).copied();
        let mut state = above.unwrap_or(State { block: 0, link: NONE, hidden: false });
        if state.link != NONE && tree.nodes[state.link as usize].until <= at as u32 {
            state.link = NONE;
        }
        if node.tag.is_block() {
            state.block = at as u32;
        }
        if node.tag == Tag::A {
            state.link = at as u32;
        }
        state.hidden =
            state.hidden || (node.tag != Tag::Words && unseen(tree, at as u32, node, meanings[at]));
        states.push(state);
    }
    states
}

/// Whether an element is not shown.
fn unseen(tree: &Tree<'_>, at: u32, node: &Node, meaning: Meanings) -> bool {
    if node.tag.is_unseen() || meaning.has(Meanings::HIDDEN) {
        return true;
    }
    if node.tag == Tag::Template {
        return tree.value(at, Key::ShadowRoot).is_none();
    }
    tree.attributes(at).any(|(key, value)| match key {
        Key::Hidden => !value.eq_ignore_ascii_case("until-found"),
        Key::AriaHidden => value.eq_ignore_ascii_case("true"),
        Key::Style => hides(value),
        _ => false,
    })
}

/// Whether a style says that the element is not shown.
fn hides(style: &str) -> bool {
    style.split(';').any(|rule| {
        let Some((name, value)) = rule.split_once(':') else { return false };
        let (name, value) = (name.trim(), value.trim());
        (name.eq_ignore_ascii_case("display")
            && value.get(..4).is_some_and(|v| v.eq_ignore_ascii_case("none")))
            || (name.eq_ignore_ascii_case("visibility")
                && value.get(..6).is_some_and(|v| v.eq_ignore_ascii_case("hidden")))
    })
}

/// What classes mean that were met before. A class takes the place of another one whose slot is the same: an outlet's few
/// classes come again and again, and a page of endless new ones costs no more than to look each up.
struct Met<'m>(Vec<(&'m str, Meanings)>);

impl<'m> Met<'m> {
    /// Classes that are remembered.
    const SLOTS: usize = 512;

    fn new() -> Self {
        Self(vec![("", Meanings::NONE); Self::SLOTS])
    }

    fn meaning(&mut self, class: &'m str) -> Meanings {
        let (known, meaning) = &mut self.0[Self::slot(class.as_bytes())];
        if *known != class {
            (*known, *meaning) = (class, Meanings::of(class));
        }
        *meaning
    }

    /// Eight bytes at a time, as FNV-1a does with one.
    fn slot(class: &[u8]) -> usize {
        const PRIME: u64 = 0x0100_0000_01B3;
        let (whole, rest) = class.as_chunks::<8>();
        let rest = rest.iter().fold(class.len() as u64, |sum, byte| sum << 8 | u64::from(*byte));
        let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(PRIME).rotate_left(29);
        let hash = whole.iter().fold(mix(PRIME, rest), |hash, word| mix(hash, u64::from_le_bytes(*word)));
        (hash.wrapping_mul(PRIME) >> 40) as usize % Self::SLOTS
    }
}

/// What each element says of its words.
fn meanings(tree: &Tree<'_>) -> Vec<Meanings> {
    let mut met = Met::new();
    let mut out = Vec::with_capacity(tree.nodes.len());
    for (at, node) in tree.nodes.iter().enumerate() {
        let mut found = by_tag(node.tag);
        if node.tag != Tag::Words {
            for (key, value) in tree.attributes(at as u32) {
                found = found.with(match key {
                    Key::Class | Key::Id | Key::Testid | Key::Component => met.meaning(value),
                    Key::Role => by_role(value),
                    Key::Itemprop => by_property(value),
                    _ => Meanings::NONE,
                });
            }
        }
        if node.tag == Tag::Other {
            let name = &tree.markup[node.start as usize + 1..node.end as usize];
            found = found.with(met.meaning(name));
        }
        out.push(found);
    }
    out
}

fn by_tag(tag: Tag) -> Meanings {
    match tag {
        Tag::Nav | Tag::Menu => Meanings::NAVIGATION,
        Tag::Footer => Meanings::NAVIGATION,
        Tag::Aside => Meanings::SIDEBAR,
        Tag::Figcaption => Meanings::CAPTION,
        Tag::Figure => Meanings::FIGURE,
        _ => Meanings::NONE,
    }
}

fn by_role(role: &str) -> Meanings {
    match role {
        "navigation" | "menu" | "menubar" | "contentinfo" | "search" | "tablist" => Meanings::NAVIGATION,
        "complementary" => Meanings::SIDEBAR,
        _ => Meanings::NONE,
    }
}

/// The properties of schema.org that name a part of a story.
fn by_property(property: &str) -> Meanings {
    match property {
        "articleBody" => Meanings::BODY,
        "headline" => Meanings::HEADLINE,
        "author" => Meanings::BYLINE,
        "datePublished" | "dateModified" => Meanings::DATE,
        "caption" => Meanings::CAPTION,
        "comment" => Meanings::COMMENTS,
        _ => Meanings::NONE,
    }
}

struct Builder {
    blocks: Vec<Block>,
    pieces: Vec<u32>,
    open: Option<Open>,
}

/// A block that is being read.
struct Open {
    block: Block,
    /// A line break, and no word since.
    broken: bool,
    /// Whether the last byte was part of a word.
    in_word: bool,
}

impl Builder {
    fn words(&mut self, at: u32, words: &str, state: &State, strong: bool) {
        if self.open.as_ref().is_some_and(|o| o.block.node != state.block) {
            self.flush();
        }
        if self.open.is_none() {
            if words.bytes().all(|b| b.is_ascii_whitespace()) {
                return;
            }
            let first = self.pieces.len() as u32;
            let block = Block {
                node: state.block,
                inner: state.block,
                pieces: first..first,
                words: 0,
                link_words: 0,
                bold_words: 0,
                marks: 0,
                ends: false,
            };
            self.open = Some(Open { block, broken: false, in_word: false });
        }
        let Some(open) = &mut self.open else { return };
        let count = open.measure(words);
        if count > 0 {
            open.broken = false;
        }
        open.block.words += count;
        if state.link != NONE {
            open.block.link_words += count;
        }
        if strong {
            open.block.bold_words += count;
        }
        self.pieces.push(at);
    }

    /// Whether words touch those before them, and one of the two is a `time`: a browser is told to set them apart.
    fn is_beside_time(&self, tree: &Tree<'_>, node: &Node) -> bool {
        let (Some(open), Some(last)) = (&self.open, self.pieces.last()) else { return false };
        let in_time = |parent: u32| tree.nodes.get(parent as usize).is_some_and(|n| n.tag == Tag::Time);
        let before = in_time(tree.nodes[*last as usize].parent);
        open.in_word
            && before != in_time(node.parent)
            && tree.words(node).starts_with(|c: char| c.is_alphanumeric())
    }

    /// One line break is a blank; two end a block.
    fn line_break(&mut self, at: u32) {
        let Some(open) = &mut self.open else { return };
        if open.broken {
            self.flush();
            return;
        }
        open.broken = true;
        open.in_word = false;
        self.pieces.push(at);
    }

    fn flush(&mut self) {
        let Some(Open { mut block, .. }) = self.open.take() else { return };
        if block.words > 0 {
            block.pieces.end = self.pieces.len() as u32;
            self.blocks.push(block);
        } else {
            self.pieces.truncate(block.pieces.start as usize);
        }
    }
}

impl Open {
    /// Counts the words that begin in `words`, and notes how they end.
    fn measure(&mut self, words: &str) -> u32 {
        let bytes = words.as_bytes();
        let mut count = 0;
        let mut at = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            at += 1;
            match byte {
                b' ' | b'\n' | b'\t' | b'\r' | 0x0C => {
                    self.in_word = false;
                    continue;
                }
                b'&' if is_blank_reference(&bytes[at..]) => {
                    at += bytes[at..].iter().position(|b| *b == b';').map_or(0, |n| n + 1);
                    self.in_word = false;
                    continue;
                }
                0xC2 if bytes.get(at) == Some(&0xA0) => {
                    at += 1;
                    self.in_word = false;
                    continue;
                }
                b',' | b';' => self.block.marks += 1,
                b'.' | b'!' | b'?' => {
                    self.block.marks += u32::from(!bytes.get(at).is_some_and(u8::is_ascii_alphanumeric));
                    self.block.ends = true;
                }
                // The ellipsis is E2 80 A6; quotation marks and brackets do not undo an end.
                0xA6 if at >= 3 && bytes[at - 3] == 0xE2 => self.block.ends = true,
                b'"' | b'\'' | b')' | 0xE2 | 0x80 | 0x9D | 0x99 => {}
                b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                    self.block.ends = false;
                    at += bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                }
                0x81..=0xFF => self.block.ends = false,
                _ => {}
            }
            // Scripts without blanks: two characters are about a word.
            let wide = (0xE3..=0xE9).contains(&byte) && at % 2 == 0;
            count += u32::from(!self.in_word || wide);
            self.in_word = true;
        }
        count
    }
}

fn is_blank_reference(after: &[u8]) -> bool {
    [b"nbsp;".as_slice(), b"#160;", b"#xa0;", b"#xA0;", b"ensp;", b"emsp;"]
        .iter()
        .any(|name| after.starts_with(name))
}
