//! Tags to a tree: one flat list of nodes in page order, each knowing its parent and where its subtree ends.
//!
//! It follows the tree construction of the HTML standard as far as news pages need it: implied end tags, scopes, void elements. It
//! does not rebuild misnested inline elements; a link that is closed across a block only stops to hold there. Nothing recurses.

use super::lex::{Attribute, Lexer, Token};
use super::tag::{Key, Tag};

/// Elements nested deeper than this are not followed; their words belong to the deepest element that is.
pub(super) const MAX_DEPTH: usize = 512;
/// Elements and stretches of text beyond this number are not read.
pub(super) const MAX_NODES: usize = 4_000_000;

/// The index of no node.
pub(super) const NONE: u32 = u32::MAX;

/// An element, or a stretch of text (`Tag::Words`).
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) tag: Tag,
    /// The element around it; `NONE` for the root.
    pub(super) parent: u32,
    /// One past the last node inside.
    pub(super) last: u32,
    /// Bytes of the markup: of a text its characters, of an element `<name`.
    pub(super) start: u32,
    pub(super) end: u32,
    /// First of its attributes.
    attributes: u32,
    attribute_count: u16,
    /// For a link: the node from which on it no longer holds.
    pub(super) until: u32,
}

/// A page's markup as a tree.
pub(super) struct Tree<'m> {
    pub(super) markup: &'m str,
    pub(super) nodes: Vec<Node>,
    attributes: Vec<Attribute>,
    /// Whether elements were nested deeper than is followed.
    pub(super) too_deep: bool,
    /// Whether the page holds more than is read.
    pub(super) too_large: bool,
}

impl<'m> Tree<'m> {
    /// Reads the markup. Linear in its length.
    pub(super) fn read(markup: &'m str) -> Self {
        let mut builder = Builder::new(markup);
        let mut lexer = Lexer::new(markup);
        let mut too_large = false;
        while let Some(token) = lexer.next() {
            builder.take(token, &mut lexer);
            if builder.nodes.len() >= MAX_NODES {
                too_large = true;
                break;
            }
        }
        builder.pop_to(0);
        builder.nodes[0].last = builder.nodes.len() as u32;
        let Builder { nodes, too_deep, .. } = builder;
        Self { markup, nodes, attributes: lexer.attributes, too_deep, too_large }
    }

    /// The raw value of an attribute, references not yet decoded.
    pub(super) fn value(&self, node: u32, key: Key) -> Option<&'m str> {
        self.attributes(node).find(|(k, _)| *k == key).map(|(_, value)| value)
    }

    /// The attributes of a node that are kept.
    pub(super) fn attributes(&self, node: u32) -> impl Iterator<Item = (Key, &'m str)> + '_ {
        let node = &self.nodes[node as usize];
        let start = node.attributes as usize;
        let range = start..start + usize::from(node.attribute_count);
        self.attributes[range].iter().map(|a| (a.key, &self.markup[a.start as usize..a.end as usize]))
    }

    /// The raw words of a text node.
    pub(super) fn words(&self, node: &Node) -> &'m str {
        &self.markup[node.start as usize..node.end as usize]
    }

    /// The node and the elements around it, outwards.
    pub(super) fn around(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let step = |at: &u32| Some(self.nodes[*at as usize].parent).filter(|p| *p != NONE);
        std::iter::successors(Some(node), step)
    }
}

struct Builder {
    nodes: Vec<Node>,
    /// Open elements, the root first.
    stack: Vec<(u32, Tag)>,
    /// Elements open beyond `MAX_DEPTH`.
    beyond: usize,
    /// How many `svg` and `math` are open.
    foreign: usize,
    too_deep: bool,
}

impl Builder {
    fn new(markup: &str) -> Self {
        let mut nodes = Vec::with_capacity(markup.len() / 32 + 1);
        nodes.push(Node {
            tag: Tag::Html,
            parent: NONE,
            last: 0,
            start: 0,
            end: 0,
            attributes: 0,
            attribute_count: 0,
            until: NONE,
        });
        Self { nodes, stack: vec![(0, Tag::Html)], beyond: 0, foreign: 0, too_deep: false }
    }

    fn take(&mut self, token: Token, lexer: &mut Lexer<'_>) {
        match token {
            // Words of a drawing are not shown.
            Token::Words { .. } | Token::Raw { .. } if self.foreign > 0 => {}
            Token::Words { start, end } => self.words(start, end),
            Token::Raw { start, end } => self.words(start, end),
            // Parts of a drawing are not on the stack, so their ends end nothing.
            Token::Close { tag: Tag::Other } if self.foreign > 0 => {}
            Token::Close { tag } => self.close(tag),
            Token::Open { tag, start, name_end, attributes, closed } => {
                let count = (lexer.attributes.len() - attributes).min(usize::from(u16::MAX));
                if matches!(tag, Tag::Html | Tag::Body)
                    && self.stack.iter().any(|(_, open)| *open == Tag::Body)
                {
                    return;
                }
                self.implied_ends(tag);
                let drawing = matches!(tag, Tag::Svg | Tag::Math);
                if self.foreign > 0 && !drawing && (tag == Tag::Other || tag.is_raw()) {
                    return;
                }
                self.push(tag, start, name_end, attributes, count);
                if tag.is_void() || (closed && (self.foreign > 0 || drawing)) {
                    self.nodes.last_mut().expect("just pushed").last = self.nodes.len() as u32;
                } else {
                    self.enter(tag);
                }
            }
        }
    }

    fn parent(&self) -> u32 {
        self.stack.last().map_or(NONE, |(node, _)| *node)
    }

    fn push(&mut self, tag: Tag, start: usize, end: usize, attributes: usize, count: usize) {
        let last = self.nodes.len() as u32 + 1;
        self.nodes.push(Node {
            tag,
            parent: self.parent(),
            last,
            start: start as u32,
            end: end as u32,
            attributes: attributes as u32,
            attribute_count: count as u16,
            until: NONE,
        });
    }

    fn words(&mut self, start: usize, end: usize) {
        if start < end {
            self.push(Tag::Words, start, end, 0, 0);
        }
    }

    fn enter(&mut self, tag: Tag) {
        if self.stack.len() >= MAX_DEPTH {
            self.beyond += 1;
            self.too_deep = true;
            return;
        }
        self.foreign += usize::from(matches!(tag, Tag::Svg | Tag::Math));
        self.stack.push((self.nodes.len() as u32 - 1, tag));
    }

    /// Ends all elements above the first `keep` and the root.
    fn pop_to(&mut self, keep: usize) {
        let end = self.nodes.len() as u32;
        while self.stack.len() > keep.max(1) {
            if let Some((node, tag)) = self.stack.pop() {
                self.nodes[node as usize].last = end;
                self.foreign -= usize::from(matches!(tag, Tag::Svg | Tag::Math));
            }
        }
    }

    /// The place on the stack of the nearest open element that `wanted` accepts, unless one that `stops` comes first.
    fn nearest(&self, wanted: impl Fn(Tag) -> bool, stops: impl Fn(Tag) -> bool) -> Option<usize> {
        for (at, (_, tag)) in self.stack.iter().enumerate().skip(1).rev() {
            if wanted(*tag) {
                return Some(at);
            }
            if stops(*tag) {
                return None;
            }
        }
        None
    }

    fn end_nearest(&mut self, wanted: impl Fn(Tag) -> bool, stops: impl Fn(Tag) -> bool) {
        if let Some(at) = self.nearest(wanted, stops) {
            self.pop_to(at);
        }
    }

    /// Ends what the start of `tag` ends without saying so.
    fn implied_ends(&mut self, tag: Tag) {
        if self.beyond > 0 {
            return;
        }
        if self.foreign > 0 && tag.ends_p() {
            self.end_nearest(|t| matches!(t, Tag::Svg | Tag::Math), |_| false);
        }
        if tag.ends_p() {
            self.end_nearest(|t| t == Tag::P, |t| t.is_block() || t == Tag::Button);
            self.end_nearest(|t| t == Tag::Head, |_| false);
        }
        let item = |t: Tag| t.is_block() && !matches!(t, Tag::Div | Tag::P | Tag::Address);
        let table = |t: Tag| t == Tag::Table;
        match tag {
            Tag::Li => self.end_nearest(|t| t == Tag::Li, item),
            Tag::Dd | Tag::Dt => self.end_nearest(|t| matches!(t, Tag::Dd | Tag::Dt), item),
            Tag::Option => self.end_nearest(|t| t == Tag::Option, |t| t != Tag::Option),
            Tag::Td | Tag::Th => {
                self.end_nearest(|t| matches!(t, Tag::Td | Tag::Th), |t| matches!(t, Tag::Tr | Tag::Table));
            }
            Tag::Tr => self.end_nearest(|t| t == Tag::Tr, table),
            Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.end_nearest(|t| matches!(t, Tag::Tbody | Tag::Thead | Tag::Tfoot), table);
            }
            Tag::Body => self.end_nearest(|t| t == Tag::Head, |_| false),
            Tag::Button => self.end_nearest(|t| t == Tag::Button, Tag::is_scope),
            Tag::A => self.end_link(),
            t if t.heading() > 0 => self.end_nearest(|t| t.heading() > 0, |_| true),
            _ => {}
        }
    }

    /// Ends the open link, or, where blocks inside it are still open, marks that it holds no longer.
    fn end_link(&mut self) {
        let Some(at) = self.nearest(|t| t == Tag::A, Tag::is_scope) else { return };
        let crosses = self.stack[at + 1..].iter().any(|(_, t)| t.is_block());
        if crosses {
            let end = self.nodes.len() as u32;
            let link = &mut self.nodes[self.stack[at].0 as usize];
            link.until = link.until.min(end);
            self.stack[at].1 = Tag::Other;
        } else {
            self.pop_to(at);
        }
    }

    fn close(&mut self, tag: Tag) {
        if self.beyond > 0 {
            self.beyond -= 1;
            return;
        }
        match tag {
            Tag::Body | Tag::Html => {}
            Tag::Tr | Tag::Tbody | Tag::Thead | Tag::Tfoot => {
                self.end_nearest(|t| t == tag, |t| t == Tag::Table)
            }
            Tag::A => self.end_link(),
            Tag::Br => {
                let at = self.nodes.last().map_or(0, |n| n.end as usize);
                self.push(Tag::Br, at, at, 0, 0);
            }
            Tag::P if self.nearest(|t| t == Tag::P, |t| t.is_block() || t == Tag::Button).is_none() => {
                let at = self.nodes.last().map_or(0, |n| n.end as usize);
                self.push(Tag::P, at, at, 0, 0);
            }
            t if t.heading() > 0 => self.end_nearest(|t| t.heading() > 0, Tag::is_scope),
            t if t.is_scope() => {
                self.end_nearest(|o| o == t, |o| o == Tag::Table || (o == Tag::Template && t != o));
            }
            t if t.is_block() => self.end_nearest(|o| o == t, |o| o.is_scope()),
            t => self.end_nearest(|o| o == t, Tag::is_block),
        }
    }
}
