//! The `doc` line: tokens, sentences and names of an article's body.

use chancery_model::{Article, Doc, Id, Reading, Span, TokenRange};
use serde::Serialize;

use super::{Offsets, shown};

/// The grammar of one article's `text`. Words of its head and tail have no place there and are left out.
#[derive(Serialize)]
pub(super) struct WireDoc {
    #[serde(serialize_with = "shown")]
    article: Id,
    tokens: Vec<WireToken>,
    sentences: Vec<(u32, u32)>,
    names: Vec<(u32, u32, &'static str)>,
    /// `[start, end, chain]`; null for a mention whose words do not settle whom it means.
    mentions: Vec<(u32, u32, Option<u32>)>,
}

/// `[start, end, upos, xpos, head, deprel]`: `head` counts the tokens of the line from 0 and is null for a root.
type WireToken = (u32, u32, &'static str, &'static str, Option<u32>, &'static str);

impl WireDoc {
    pub(super) fn new(article: &Article, doc: &Doc, reading: Option<&Reading>) -> Self {
        let offsets = Offsets::new(article);
        let place = |span: Span| offsets.in_body(span);
        let first = doc.tokens.partition_point(|t| t.span.start < article.body.start) as u32;
        let tokens = (first..).zip(&doc.tokens[first as usize..]).map_while(|(at, token)| {
            let (start, end) = place(token.span)?;
            let head = doc.head(at).map(|head| head - first);
            Some((start, end, token.upos.word(), token.xpos.word(), head, token.deprel.word()))
        });
        let range = |tokens: TokenRange| doc.span(tokens).and_then(place);
        Self {
            article: article.id,
            tokens: tokens.collect(),
            sentences: doc.sentences.iter().filter_map(|s| range(s.tokens)).collect(),
            names: doc
                .names
                .iter()
                .filter_map(|n| range(n.tokens).map(|(start, end)| (start, end, n.kind.word())))
                .collect(),
            mentions: reading
                .iter()
                .flat_map(|r| &r.mentions)
                .filter_map(|m| {
                    place(m.span).map(|(start, end)| (start, end, m.chain.as_ref().ok().copied()))
                })
                .collect(),
        }
    }
}
