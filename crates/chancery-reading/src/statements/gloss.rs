//! What a reporter adds inside reported words: asides between dashes, appositions, clauses with "which" behind a comma.
//!
//! Whose words they are the page does not say; the convention of careful readers is to leave them out of what is reported. Words in
//! quotation marks are never touched.

use chancery_lexicon::cues::Cues;
use chancery_model::{Deprel, TokenRange, Upos, Xpos};

use super::frames::words_below;
use super::quotes::Quotes;
use crate::Text;

/// The pieces without the reporter's glosses.
pub(super) fn left_out(text: &Text<'_>, quotes: &Quotes, pieces: Vec<TokenRange>) -> Vec<TokenRange> {
    pieces.into_iter().flat_map(|piece| parts(text, quotes, piece)).collect()
}

fn parts(text: &Text<'_>, quotes: &Quotes, piece: TokenRange) -> Vec<TokenRange> {
    let mut glosses = asides(text, quotes, piece);
    glosses.extend((piece.start..piece.end).filter_map(|at| gloss(text, quotes, piece, at)));
    glosses.extend((piece.start..piece.end).find_map(|at| anothers(text, quotes, piece, at)));
    glosses.sort();
    let verb = |t: u32| matches!(text.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let cut = |t: u32| glosses.iter().any(|gloss| gloss.holds(t));
    if (piece.start..piece.end).any(verb) && !(piece.start..piece.end).any(|t| verb(t) && !cut(t)) {
        // What would be left tells nothing: the tree took the sentence itself for a gloss.
        return vec![piece];
    }
    let mut out = Vec::new();
    let mut start = piece.start;
    for gloss in glosses {
        if gloss.start > start {
            out.push(TokenRange { start, end: gloss.start });
        }
        start = start.max(gloss.end);
    }
    if start < piece.end {
        out.push(TokenRange { start, end: piece.end });
    }
    out
}

fn is_dash(word: &str) -> bool {
    matches!(word, "—" | "–" | "--" | "―")
}

/// Between two dashes, or from one to the end; the dashes with them.
fn asides(text: &Text<'_>, quotes: &Quotes, piece: TokenRange) -> Vec<TokenRange> {
    let free = |at: u32| quotes.at(at).is_none();
    let dashes: Vec<u32> =
        (piece.start + 1..piece.end).filter(|&t| is_dash(text.word(t)) && free(t)).collect();
    let mut out = Vec::new();
    for pair in dashes.chunks(2) {
        let (start, end) = (pair[0], pair.get(1).map_or(piece.end, |second| second + 1));
        let goes_on = start + 1 < piece.end && matches!(text.upos(start + 1), Upos::Cconj);
        let quoted = quotes.within(TokenRange { start, end }).next().is_some();
        if !(quoted || pair.len() == 1 && goes_on) {
            out.push(TokenRange { start, end });
        }
    }
    out
}

/// "…, a number Reed described as “generous”": from the comma on, what another one says of it.
fn anothers(text: &Text<'_>, quotes: &Quotes, piece: TokenRange, noun: u32) -> Option<TokenRange> {
    let article = text.dependent(noun, Deprel::Det).filter(|&det| matches!(text.lemma(det), "a" | "an"))?;
    let comma = article.checked_sub(1).filter(|&at| at > piece.start && text.word(at) == ",")?;
    let said = text.dependents_by(noun, Deprel::Acl).find(|&verb| {
        let own = text.dependent(verb, Deprel::Nsubj).is_some_and(|subject| text.upos(subject) != Upos::Pron);
        own && quotes.at(verb).is_none() && Cues::shipped().verb(text.lemma(verb)).is_some()
    })?;
    let last = (text.below(said).end..piece.end).all(|at| text.upos(at) == Upos::Punct);
    (quotes.at(noun).is_none() && last).then_some(TokenRange { start: comma, end: piece.end })
}

/// An apposition or a clause of the reporter's that hangs on `at`'s head, with the comma before it, and behind it where one stands.
fn gloss(text: &Text<'_>, quotes: &Quotes, piece: TokenRange, at: u32) -> Option<TokenRange> {
    let below = words_below(text, at);
    let head = text.head(at).filter(|&head| piece.holds(head) && head < below.start)?;
    let last = (below.end..piece.end).all(|t| text.upos(t) == Upos::Punct);
    let kind = match text.deprel(at) {
        Deprel::Appos => text.upos(head) == Upos::Propn && below.len() >= 3 || last && below.len() >= 3,
        Deprel::AclRelcl => {
            (below.start..at).any(|t| matches!(text.xpos(t), Xpos::Wdt | Xpos::Wp | Xpos::Wrb))
        }
        Deprel::Advcl | Deprel::Acl => {
            last && text.xpos(at) == Xpos::Vbg && text.dependent(at, Deprel::Mark).is_none()
        }
        _ => false,
    };
    let comma = |t: u32| text.word(t) == ",";
    let mark = below.start.checked_sub(1).filter(|&t| t > piece.start);
    let mark = mark.map(|t| if matches!(text.word(t), "”" | "\"" | "''") { t - 1 } else { t });
    let starts = mark.is_some_and(comma);
    let ends = last || comma(below.end);
    let whole = TokenRange { start: below.start.saturating_sub(1), end: below.end.min(piece.end) };
    let quoted = quotes.within(below).next().is_some();
    if !(kind && starts && ends) || quoted {
        return None;
    }
    let start = if comma(whole.start) { whole.start } else { below.start };
    let end = if last { piece.end } else { below.end + 1 };
    Some(TokenRange { start, end })
}
