//! The words that carry a stance: its clause, without what the reporter hangs on it.

use chancery_model::{Deprel, TokenRange, Upos};

use super::Scene;
use crate::clause;

/// The clause of a predicate. Inside a statement it ends where the statement ends.
pub(super) fn of(scene: &Scene<'_>, predicate: u32) -> TokenRange {
    let text = scene.text;
    let mut range = TokenRange::new(predicate as usize, predicate as usize + 1);
    for &part in text.dependents(predicate) {
        let below = text.below(part);
        let stays = match text.deprel(part).general() {
            Deprel::Punct | Deprel::Mark | Deprel::Cc | Deprel::Discourse | Deprel::Parataxis => false,
            Deprel::Conj => false,
            Deprel::Advcl => Some(part) == clause::condition(text, predicate) || part < predicate,
            _ => true,
        };
        if stays {
            range.start = range.start.min(below.start);
            range.end = range.end.max(below.end);
        }
    }
    // A conjunct may have taken words between it and the predicate along.
    let cut =
        text.dependents_by(predicate, Deprel::Conj).find(|&c| c > predicate).map(|c| text.below(c).start);
    if let Some(cut) = cut.filter(|&cut| cut > predicate) {
        range.end = range.end.min(cut);
    }
    trimmed(scene, clipped(scene, predicate, range))
}

/// A range within the statement that holds the predicate.
fn clipped(scene: &Scene<'_>, predicate: u32, range: TokenRange) -> TokenRange {
    let Some((_, statement)) = scene.statement_at(predicate) else { return range };
    let pieces = statement.content.iter().map(|piece| scene.text.tokens_in(*piece));
    match pieces.into_iter().find(|piece| piece.holds(predicate)) {
        None => range,
        Some(piece) => TokenRange { start: range.start.max(piece.start), end: range.end.min(piece.end) },
    }
}

/// Without marks and conjunctions at its ends.
pub(super) fn trimmed(scene: &Scene<'_>, mut range: TokenRange) -> TokenRange {
    let idle = |at: u32| matches!(scene.text.upos(at), Upos::Punct | Upos::Cconj);
    while range.len() > 1 && idle(range.end - 1) {
        range.end -= 1;
    }
    while range.len() > 1 && idle(range.start) {
        range.start += 1;
    }
    range
}

/// What the object of a relative clause stands for: in "a force on the strait, an idea Lasia has rejected", the idea and the force.
pub(super) fn antecedents(scene: &Scene<'_>, predicate: u32) -> Vec<TokenRange> {
    let text = scene.text;
    let Some(noun) = clause::described(text, predicate) else { return Vec::new() };
    let mut out = vec![text.below(noun)];
    if text.is_rel(noun, Deprel::Appos) {
        out.extend(text.head(noun).map(|head| text.below(head)));
    }
    if let Some(sentence) = text.doc.sentence_of(noun) {
        out.push(TokenRange { start: sentence.tokens.start, end: noun.max(sentence.tokens.start) });
    }
    out
}
