//! An article with its grammar, as the steps of the reading look at it: words, lemmas, and the tree both ways.
//!
//! A `Doc` gives each token its head; here every token also knows its dependents and the stretch of tokens below it. This module
//! knows grammar only: no statement, no event, no list of words.

use chancery_model::{
    Article, Deprel, Doc, Id, Name, NameKind, Sentence, Span, Token, TokenRange, Upos, Xpos,
};

use crate::lemma::lemma;

/// An article and its grammar.
pub struct Text<'a> {
    /// The article.
    pub article: &'a Article,
    /// Its tokens, sentences, trees and names.
    pub doc: &'a Doc,
    lemmas: Vec<String>,
    /// Dependents of all tokens, one after another.
    dependents: Vec<u32>,
    /// Where each token's dependents begin in `dependents`; one more at the end.
    begins: Vec<u32>,
    /// The first token and the one past the last of all that hangs below each token.
    below: Vec<TokenRange>,
    /// The index of the name that a token is part of, plus one; 0 for none.
    names: Vec<u32>,
}

impl<'a> Text<'a> {
    /// Looks at an article.
    pub fn new(article: &'a Article, doc: &'a Doc) -> Self {
        let words = doc.tokens.iter().map(|t| (&article.text[t.span.range()], t.xpos, t.upos));
        let lemmas = words.map(|(word, xpos, upos)| lemma(word, xpos, upos)).collect();
        let (dependents, begins) = dependents(&doc.tokens);
        let mut names = vec![0; doc.tokens.len()];
        for (at, name) in doc.names.iter().enumerate() {
            names[name.tokens.range()].fill(at as u32 + 1);
        }
        let mut text = Self { article, doc, lemmas, dependents, begins, below: Vec::new(), names };
        text.below = text.stretches();
        text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.doc.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.doc.tokens.is_empty()
    }

    /// All token indexes.
    pub fn tokens(&self) -> std::ops::Range<u32> {
        0..self.doc.tokens.len() as u32
    }

    /// A token.
    pub fn token(&self, at: u32) -> &'a Token {
        &self.doc.tokens[at as usize]
    }

    /// A token's word as the page has it.
    pub fn word(&self, at: u32) -> &'a str {
        &self.article.text[self.token(at).span.range()]
    }

    /// A token's base form in lower case: "said" is "say", "talks" is "talk"; proper nouns keep their form.
    pub fn lemma(&self, at: u32) -> &str {
        &self.lemmas[at as usize]
    }

    /// Part of speech.
    pub fn upos(&self, at: u32) -> Upos {
        self.token(at).upos
    }

    /// Penn tag.
    pub fn xpos(&self, at: u32) -> Xpos {
        self.token(at).xpos
    }

    /// The relation to the head, with its subtype.
    pub fn deprel(&self, at: u32) -> Deprel {
        self.token(at).deprel
    }

    /// Whether the relation to the head is `rel`, or a subtype of it.
    pub fn is_rel(&self, at: u32, rel: Deprel) -> bool {
        let own = self.deprel(at);
        own == rel || own.general() == rel
    }

    /// The head; `None` for the root of a sentence.
    pub fn head(&self, at: u32) -> Option<u32> {
        self.doc.head(at)
    }

    /// The heads above a token, the nearest first.
    pub fn above(&self, at: u32) -> impl Iterator<Item = u32> + '_ {
        // A tree has no cycle; the bound keeps a defect of the tree from becoming an endless loop.
        std::iter::successors(self.head(at), |&head| self.head(head)).take(MAX_DEPTH)
    }

    /// The dependents of a token in text order.
    pub fn dependents(&self, at: u32) -> &[u32] {
        &self.dependents[self.begins[at as usize] as usize..self.begins[at as usize + 1] as usize]
    }

    /// The dependents with this relation, subtypes counted in.
    pub fn dependents_by(&self, at: u32, rel: Deprel) -> impl Iterator<Item = u32> + '_ {
        self.dependents(at).iter().copied().filter(move |&d| self.is_rel(d, rel))
    }

    /// The first dependent with this relation, subtypes counted in.
    pub fn dependent(&self, at: u32, rel: Deprel) -> Option<u32> {
        self.dependents_by(at, rel).next()
    }

    /// Whether `at` is `top` or hangs somewhere below it.
    pub fn is_below(&self, at: u32, top: u32) -> bool {
        at == top || self.above(at).any(|head| head == top)
    }

    /// From the first to the last token of all that hangs below `at`, itself counted in. In a tree whose branches cross, tokens of
    /// others may stand between.
    pub fn below(&self, at: u32) -> TokenRange {
        self.below[at as usize]
    }

    /// The bytes of a range of tokens.
    pub fn span(&self, range: TokenRange) -> Span {
        self.doc.span(range).unwrap_or(Span { start: 0, end: 0 })
    }

    /// The words of a span.
    pub fn words(&self, span: Span) -> &'a str {
        &self.article.text[span.range()]
    }

    /// The tokens that lie wholly or partly in a span.
    pub fn tokens_in(&self, span: Span) -> TokenRange {
        let tokens = &self.doc.tokens;
        let start = tokens.partition_point(|t| t.span.end <= span.start);
        let end = tokens.partition_point(|t| t.span.start < span.end);
        TokenRange::new(start, end.max(start))
    }

    /// The sentence that holds a token.
    pub fn sentence(&self, at: u32) -> &'a Sentence {
        self.doc.sentence_of(at).expect("every token belongs to a sentence")
    }

    /// The name that a token is part of.
    pub fn name(&self, at: u32) -> Option<&'a Name> {
        self.doc.names.get((self.names[at as usize] as usize).checked_sub(1)?)
    }

    /// The kind of the name that a token is part of.
    pub fn name_kind(&self, at: u32) -> Option<NameKind> {
        self.name(at).map(|name| name.kind)
    }

    /// The id of a line of this article: a letter for its kind, and the places on the page that its words come from.
    pub fn id(&self, kind: char, spans: &[Span]) -> Id {
        let mut places = Vec::new();
        for range in spans.iter().flat_map(|span| self.article.map.page_ranges(*span)) {
            places.extend_from_slice(&range.start.to_le_bytes());
            places.extend_from_slice(&range.end.to_le_bytes());
        }
        Id::of(kind, &[&self.article.page.0, &places])
    }

    fn stretches(&self) -> Vec<TokenRange> {
        let mut below: Vec<TokenRange> = (0..self.len()).map(|t| TokenRange::new(t, t + 1)).collect();
        for at in self.tokens() {
            for head in self.above(at) {
                let stretch = &mut below[head as usize];
                if stretch.holds(at) {
                    // What hangs above has been widened to here already.
                    continue;
                }
                stretch.start = stretch.start.min(at);
                stretch.end = stretch.end.max(at + 1);
            }
        }
        below
    }
}

/// Heads that are walked up from a token, at most.
const MAX_DEPTH: usize = 400;

fn dependents(tokens: &[Token]) -> (Vec<u32>, Vec<u32>) {
    let heads = || tokens.iter().enumerate().filter(|(at, t)| t.head as usize != *at);
    let mut begins = vec![0_u32; tokens.len() + 1];
    for (_, token) in heads() {
        begins[token.head as usize + 1] += 1;
    }
    for at in 0..tokens.len() {
        begins[at + 1] += begins[at];
    }
    let mut next = begins.clone();
    let mut dependents = vec![0; begins.last().copied().unwrap_or(0) as usize];
    for (at, token) in heads() {
        let place = &mut next[token.head as usize];
        dependents[*place as usize] = at as u32;
        *place += 1;
    }
    (dependents, begins)
}
