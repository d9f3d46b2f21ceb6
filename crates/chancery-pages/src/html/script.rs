//! A story that only a script holds: the page shows none of its words before it runs, but JSON-LD carries them.
//!
//! The words are cut from the string in the script, escapes and references decoded piece by piece, so that every cite holds.

use chancery_model::{BlockKind, PageSpan, PieceKind, SourceMap, Span};

use super::fragment::fragment;
use super::tag::Tag;
use super::tree::Tree;
use crate::assemble::Line;

/// The property that holds a story's text.
const KEY: &str = "\"articleBody\"";

/// The blocks of the longest text that a script of the page holds as a story's body.
pub(super) fn body(tree: &Tree<'_>, under: &SourceMap) -> Vec<(BlockKind, Line)> {
    let scripts = tree.nodes.iter().filter(|n| n.tag == Tag::Words && is_script(tree, n.parent));
    let strings = scripts.flat_map(|node| strings(tree.words(node), node.start as usize));
    let Some((text, map)) = strings.max_by_key(|(text, _)| text.len()) else { return Vec::new() };
    let map = under.then(&map);
    if ["<p", "<br", "</", "<div"].iter().any(|tag| text.contains(tag)) {
        return fragment(&text, &map);
    }
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let mut part = SourceMap::default();
        part.append(&map, Span::new(at, at + line.len()));
        blocks.extend(fragment(line, &part));
        at += line.len();
    }
    blocks
}

fn is_script(tree: &Tree<'_>, at: u32) -> bool {
    tree.nodes.get(at as usize).is_some_and(|n| n.tag == Tag::Script)
}

/// The decoded values of the key in a script that begins at byte `start` of the markup.
fn strings(script: &str, start: usize) -> Vec<(String, SourceMap)> {
    let keys = script.match_indices(KEY).map(|(at, _)| at + KEY.len());
    let values = keys.filter_map(|at| {
        let rest = script[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        Some(string(rest, start + script.len() - rest.len()))
    });
    values.collect()
}

/// Decodes a JSON string up to its closing quotation mark.
fn string(raw: &str, start: usize) -> (String, SourceMap) {
    let mut text = String::new();
    let mut map = SourceMap::default();
    let mut at = 0;
    loop {
        let next = raw[at..].find(['"', '\\']).map_or(raw.len(), |n| at + n);
        text.push_str(&raw[at..next]);
        map.push(next - at, PageSpan::new(start + at, start + next), PieceKind::Verbatim);
        let Some((c, len)) = escape(&raw[next..]) else { break };
        text.push(c);
        map.push(c.len_utf8(), PageSpan::new(start + next, start + next + len), PieceKind::Decoded);
        at = next + len;
    }
    (text, map)
}

/// The character of an escape and its length; `None` at the end of the string.
fn escape(raw: &str) -> Option<(char, usize)> {
    let c = match raw.as_bytes().get(1).filter(|_| raw.starts_with('\\'))? {
        b'n' | b'r' => '\n',
        b't' | b'b' | b'f' => ' ',
        b'u' => return unicode(raw),
        _ => {
            let c = raw[1..].chars().next()?;
            return Some((c, 1 + c.len_utf8()));
        }
    };
    Some((c, 2))
}

/// `\u2019`, or two of them for a character beyond the first plane.
fn unicode(raw: &str) -> Option<(char, usize)> {
    let unit = |raw: &str| u16::from_str_radix(raw.strip_prefix("\\u")?.get(..4)?, 16).ok();
    let first = unit(raw)?;
    let second = raw.get(6..).and_then(unit);
    let pair = second.and_then(|second| char::decode_utf16([first, second]).next()?.ok());
    match (pair, char::from_u32(u32::from(first))) {
        (Some(c), None) => Some((c, 12)),
        (_, single) => Some((single.unwrap_or(char::REPLACEMENT_CHARACTER), 6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(script: &str, expected: &[&str]) {
        let markup = format!("<script type='application/ld+json'>{script}</script>");
        let map = SourceMap::verbatim(PageSpan::new(0, markup.len()));
        let found = body(&Tree::read(&markup), &map);
        let words: Vec<&str> = found.iter().map(|(_, line)| line.text.as_str()).collect();
        assert_eq!(words, expected, "{script}");
    }

    #[test]
    fn strings_of_scripts_become_paragraphs() {
        check(
            r#"{"articleBody":"Talks open.\n\nThey end \u201csoon\u201d."}"#,
            &["Talks open.", "They end “soon”."],
        );
        check(r#"{"articleBody" : "<p>One &amp; two<\/p><p>Three \ud83d\udd4a"}"#, &["One & two", "Three 🕊"]);
        check(r#"{"articleBody":"cut off \u12"#, &["cut off"]);
        check(r#"{"articleBody":5}"#, &[]);
    }
}
