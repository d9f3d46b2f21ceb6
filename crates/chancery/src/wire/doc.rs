//! The `doc` line: tokens, sentences, names, mentions, chains, attributions and ties of an article's body.

use chancery_model::{Article, Chain, Doc, Id, Reading, Role, Span, Tie, TokenRange};
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
    /// By the numbers that the mentions give.
    chains: Vec<WireChain>,
    attributions: Vec<WireAttribution>,
    ties: Vec<WireTie>,
}

/// Somebody or something of the article.
#[derive(Serialize)]
struct WireChain {
    r#type: &'static str,
    name: Option<String>,
    plural: bool,
    side: Option<String>,
    roles: Vec<WireRole>,
}

/// An office or a description in the words of the text.
#[derive(Serialize)]
struct WireRole {
    title: String,
    of: Option<String>,
    former: bool,
}

/// Who said what as the reader labels it; what is made of it stands on the `statement` lines.
#[derive(Serialize)]
struct WireAttribution {
    cue: Option<(u32, u32)>,
    sources: Vec<(u32, u32)>,
    contents: Vec<(u32, u32)>,
    confidence: f32,
}

/// `[token, new, [[earlier token, share], ‥]]`: tokens count those of the line from 0.
type WireTie = (u32, f32, Vec<(u32, f32)>);

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
        let tokens: Vec<WireToken> = tokens.collect();
        let body = first..first + tokens.len() as u32;
        Self {
            article: article.id,
            tokens,
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
            chains: reading.iter().flat_map(|r| &r.chains).map(|c| chain(article, c)).collect(),
            attributions: attributions(doc, range),
            ties: doc.ties.iter().filter_map(|t| tie(t, &body)).collect(),
        }
    }
}

fn chain(article: &Article, chain: &Chain) -> WireChain {
    let words = |span: Span| article.text[span.range()].to_owned();
    let role =
        |role: &Role| WireRole { title: words(role.title), of: role.body.clone(), former: role.former };
    WireChain {
        r#type: chain.kind.word(),
        name: chain.name.clone(),
        plural: chain.plural,
        side: chain.side.as_ref().map(|side| side.name.clone()),
        roles: chain.roles.iter().map(role).collect(),
    }
}

fn attributions(doc: &Doc, place: impl Fn(TokenRange) -> Option<(u32, u32)>) -> Vec<WireAttribution> {
    let places = |ranges: &[TokenRange]| ranges.iter().filter_map(|r| place(*r)).collect::<Vec<_>>();
    let wire = |a: &chancery_model::Attribution| WireAttribution {
        cue: a.cue.and_then(&place),
        sources: places(&a.sources),
        contents: places(&a.contents),
        confidence: thousandths(a.confidence),
    };
    let all = doc.attributions.iter().map(wire);
    all.filter(|a| a.cue.is_some() || !a.contents.is_empty() || !a.sources.is_empty()).collect()
}

fn tie(tie: &Tie, body: &std::ops::Range<u32>) -> Option<WireTie> {
    let place = |token: u32| body.contains(&token).then(|| token - body.start);
    let earlier = tie.earlier.iter().filter_map(|&(token, share)| Some((place(token)?, thousandths(share))));
    Some((place(tie.token)?, thousandths(tie.new), earlier.collect()))
}

fn thousandths(share: f32) -> f32 {
    (share * 1000.0).round() / 1000.0
}
