//! Quotations whole: what a clause gave of a quotation is widened to its marks, quotations that go on after the cue are added, and those
//! that stand without a cue are statements of whoever spoke last.

use chancery_model::{TokenRange, Upos};

use super::draft::{Draft, Source};
use super::quotes::{Quote, Quotes};
use crate::Text;

/// The drafts with their quotations whole, and those that stand without a cue.
pub(super) fn completed(text: &Text<'_>, quotes: &Quotes, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = drafts.into_iter().map(|draft| widened(quotes, draft)).collect();
    drafts.sort_by_key(|draft| (draft.extent().start, draft.cue_head));
    for quote in quotes.all().iter().filter(|quote| quote.is_speech(text)) {
        let outside = |draft: &&Draft| draft.cue_head.is_none_or(|cue| !quote.outer.holds(cue));
        let says = |draft: &Draft| draft.content.iter().any(|piece| overlaps(*piece, quote.outer));
        let within = |draft: &Draft| draft.cue_head.is_some_and(|cue| quote.outer.holds(cue));
        if drafts.iter().filter(outside).any(says) || !quote.closed && drafts.iter().any(within) {
            continue;
        }
        match goes_on(text, quotes, &drafts, quote) {
            Some(at) => drafts[at].content.push(quote.outer),
            None => drafts.extend(alone(text, quotes, quote)),
        }
    }
    drafts.iter_mut().for_each(|draft| draft.content = merged(text, std::mem::take(&mut draft.content)));
    drafts
}

fn overlaps(a: TokenRange, b: TokenRange) -> bool {
    a.start < b.end && b.start < a.end
}

/// Pieces that reach into a quotation take all of it, unless the cue stands inside it too.
fn widened(quotes: &Quotes, mut draft: Draft) -> Draft {
    for piece in &mut draft.content {
        let whole = |quote: &&Quote| draft.cue_head.is_none_or(|cue| !quote.outer.holds(cue));
        let touched: Vec<TokenRange> = quotes.within(*piece).filter(whole).map(|q| q.outer).collect();
        for outer in touched {
            piece.start = piece.start.min(outer.start);
            piece.end = piece.end.max(outer.end);
        }
    }
    draft
}

/// Pieces in text order; those with nothing but marks between are one.
fn merged(text: &Text<'_>, mut pieces: Vec<TokenRange>) -> Vec<TokenRange> {
    pieces.sort();
    let mut out: Vec<TokenRange> = Vec::new();
    for piece in pieces {
        match out.last_mut() {
            Some(last) if (last.end..piece.start).all(|t| text.upos(t) == Upos::Punct) => {
                last.end = last.end.max(piece.end);
            }
            _ => out.push(piece),
        }
    }
    out
}

/// The statement that a quotation goes on with: the last one of the same paragraph, where it is quoted too and nothing but the words of
/// its own sentence stands between.
fn goes_on(text: &Text<'_>, quotes: &Quotes, drafts: &[Draft], quote: &Quote) -> Option<usize> {
    let free = |draft: &Draft| draft.cue_head.is_none_or(|cue| quotes.at(cue).is_none());
    let before = |(_, draft): &(usize, &Draft)| draft.extent().end <= quote.outer.start && free(draft);
    let (at, draft) = drafts.iter().enumerate().filter(before).max_by_key(|(_, draft)| draft.extent().end)?;
    let last = draft.extent().end.checked_sub(1)?;
    let same_block = text.sentence(last).block == quote.block;
    let quoted = quotes.at(last).is_some() || draft.cue.is_some_and(|cue| cue.start >= last);
    let begins = text.sentence(quote.outer.start).tokens.start == quote.outer.start;
    let same_sentence = text.sentence(last).tokens == text.sentence(quote.outer.start).tokens;
    (same_block && quoted && (begins || same_sentence)).then_some(at)
}

/// A quotation that nothing introduces: a sentence of its own, or one beside a name.
fn alone(text: &Text<'_>, quotes: &Quotes, quote: &Quote) -> Option<Draft> {
    let first = text.sentence(quote.outer.start).tokens;
    let last = text.sentence(quote.outer.end - 1).tokens;
    let outside = |t: &u32| !quote.outer.holds(*t) && quotes.at(*t).is_none() && text.upos(*t) != Upos::Punct;
    let rest: Vec<u32> = (first.start..last.end).filter(outside).collect();
    let source = if rest.is_empty() { None } else { Some(named_beside(text, quote, &rest)?) };
    Some(Draft {
        cue: source.and_then(|source| cue_beside(text, source, &rest)),
        cue_head: None,
        source,
        content: vec![quote.outer],
        filled: false,
        wide: 0,
        rule: if source.is_some() { "statement/beside a name" } else { "statement/quotation" },
        confidence: 0.6,
    })
}

/// "“We will not wait,” Petrel, referring to the levy": the noun that is all that the sentence has beside the quotation.
fn named_beside(text: &Text<'_>, quote: &Quote, rest: &[u32]) -> Option<Source> {
    let finite = |t: &u32| matches!(text.upos(*t), Upos::Verb | Upos::Aux) && text.xpos(*t).word() != "VBG";
    let closed = quote.inner.end > quote.inner.start
        && matches!(text.word(quote.inner.end - 1), "," | "." | "?" | "!");
    if rest.iter().any(finite) || !closed {
        return None;
    }
    let noun = |t: &&u32| matches!(text.upos(**t), Upos::Propn | Upos::Pron | Upos::Noun);
    let head = *rest.iter().filter(noun).find(|&&t| text.head(t).is_none_or(|head| !rest.contains(&head)))?;
    let words: Vec<u32> = rest
        .iter()
        .copied()
        .filter(|&t| text.is_below(t, head) && text.deprel(t) != chancery_model::Deprel::Acl)
        .collect();
    let end = words.iter().zip(*words.first()?..).take_while(|(a, b)| **a == *b).count() as u32;
    let words = TokenRange { start: words[0], end: words[0] + end };
    words.holds(head).then_some(Source { head, words })
}

fn cue_beside(text: &Text<'_>, source: Source, rest: &[u32]) -> Option<TokenRange> {
    let verb = rest.iter().copied().find(|&t| t >= source.words.end && text.upos(t) == Upos::Verb)?;
    Some(TokenRange { start: verb, end: verb + 1 })
}
