//! A piece of markup that stands inside something else: the content of a feed's item.

use chancery_model::{BlockKind, SourceMap};

use super::outline::{Block, Outline};
use super::tag::Tag;
use super::tree::Tree;
use crate::assemble::Line;

/// The blocks of a fragment of markup in order, each with its kind. `map` leads from `text` to the page's bytes.
///
/// Nothing is judged: a feed's item holds its story and little else. Hidden elements are left out.
pub(crate) fn fragment(text: &str, map: &SourceMap) -> Vec<(BlockKind, Line)> {
    let tree = Tree::read(text);
    let outline = Outline::of(&tree);
    let blocks = outline.blocks.iter().enumerate();
    blocks.map(|(at, block)| (kind(&tree, block), outline.line(&tree, at, map))).collect()
}

/// What a block is by the elements around it.
pub(super) fn kind(tree: &Tree<'_>, block: &Block) -> BlockKind {
    for node in tree.around(block.inner) {
        match tree.nodes[node as usize].tag {
            tag if tag.heading() > 0 => return BlockKind::Heading,
            Tag::Li | Tag::Dd | Tag::Dt => return BlockKind::Bullet,
            Tag::Blockquote => return BlockKind::Quote,
            Tag::Td | Tag::Th if is_layout(tree, node) => return BlockKind::Paragraph,
            Tag::Td | Tag::Th | Tag::Caption => return BlockKind::Table,
            _ => {}
        }
    }
    BlockKind::Paragraph
}

/// Nodes of a cell that are looked at to tell what it is.
const CELL_NODES: u32 = 64;

/// Whether a cell lays out the page and is no entry of a table: it holds a heading or two paragraphs.
fn is_layout(tree: &Tree<'_>, cell: u32) -> bool {
    let last = tree.nodes[cell as usize].last.min(cell + CELL_NODES);
    let mut paragraphs = 0;
    for node in cell + 1..last {
        match tree.nodes[node as usize].tag {
            tag if tag.heading() > 0 => return true,
            Tag::P => paragraphs += 1,
            _ => {}
        }
    }
    paragraphs >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use chancery_model::PageSpan;

    fn check(markup: &str, expected: &[(BlockKind, &str)]) {
        let map = SourceMap::verbatim(PageSpan::new(0, markup.len()));
        let found = fragment(markup, &map);
        let shown: Vec<_> = found.iter().map(|(kind, line)| (*kind, line.text.as_str())).collect();
        assert_eq!(shown, expected, "{markup}");
        for (_, line) in &found {
            assert_eq!(line.map.text_len(), line.text.len(), "{markup}: the map covers the words");
        }
    }

    #[test]
    fn markup_becomes_blocks_as_a_browser_shows_them() {
        use BlockKind::{Bullet, Heading, Paragraph, Quote, Table};
        check("one <b>two</b>\n three", &[(Paragraph, "one two three")]);
        check("<p>one<p>two", &[(Paragraph, "one"), (Paragraph, "two")]);
        check("one<br>two<br> <br>three", &[(Paragraph, "one two"), (Paragraph, "three")]);
        check("<ul><li>one<li>two</ul>rest", &[(Bullet, "one"), (Bullet, "two"), (Paragraph, "rest")]);
        check("<h2>Head</h2><blockquote><p>said</blockquote>", &[(Heading, "Head"), (Quote, "said")]);
        check("<table><tr><td>a<td>b<tr><td>c</table>", &[(Table, "a"), (Table, "b"), (Table, "c")]);
        let layout = "<table><tr><td>menu<td><h2>Head</h2><p>one<p>two</table>";
        check(layout, &[(Table, "menu"), (Heading, "Head"), (Paragraph, "one"), (Paragraph, "two")]);
        check("<p>Tom &amp; Ann&nbsp; went&shy;away</p>", &[(Paragraph, "Tom & Ann wentaway")]);
        check("<p>a<script>var b = '<p>no';</script><style>p{}</style> c</p>", &[(Paragraph, "a c")]);
        check(
            "<p>seen<span hidden>not</span><span style='display: none'>nor</span></p>",
            &[(Paragraph, "seen")],
        );
        check("a <!-- <p>no</p> --> b <![CDATA[ c ]]> 3 < 4 <>", &[(Paragraph, "a b 3 < 4 <>")]);
        check(
            "<p class=x>un<wbr>broken<p title='a > b'>next",
            &[(Paragraph, "unbroken"), (Paragraph, "next")],
        );
        check("<div>lead<p>para</div>tail", &[(Paragraph, "lead"), (Paragraph, "para"), (Paragraph, "tail")]);
        check(
            "<a href=x>link<div>block</div></a> after",
            &[(Paragraph, "link"), (Paragraph, "block"), (Paragraph, "after")],
        );
        check("</p></div><p>still</b> here", &[(Paragraph, "still here")]);
        check("<title>no end<p>shown", &[]);
        check("<svg><title>icon</title><path/></svg><p>shown", &[(Paragraph, "shown")]);
        check("", &[]);
    }

    #[test]
    fn deep_nesting_is_read_in_linear_time_and_keeps_the_words() {
        let markup =
            format!("{}<p>deep{}<p>after", "<div><span>".repeat(100_000), "</span></div>".repeat(100_000));
        let tree = Tree::read(&markup);
        assert!(tree.too_deep);
        let map = SourceMap::verbatim(PageSpan::new(0, markup.len()));
        let words: Vec<String> = fragment(&markup, &map).into_iter().map(|(_, line)| line.text).collect();
        assert_eq!(words, ["deep", "after"]);
    }

    #[test]
    fn nesting_at_the_limit_is_followed() {
        let nested = |depth: usize| format!("{}x", "<div>".repeat(depth));
        assert!(!Tree::read(&nested(super::super::tree::MAX_DEPTH - 1)).too_deep);
        assert!(Tree::read(&nested(super::super::tree::MAX_DEPTH)).too_deep);
    }
}
