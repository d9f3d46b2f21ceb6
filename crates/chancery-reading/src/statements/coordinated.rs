//! Where reported words end at "and": what is joined to them may go on with them, or with the words of the reporter's.
//!
//! The tree hangs a second verb on one of two verbs; the forms of the verbs say which it can be. Commas and sense are not looked at.

use chancery_model::{Deprel, TokenRange, Upos, Xpos};

use super::draft::Draft;
use super::frames::{is_finite, is_infinitive, words_below};
use crate::Text;

/// The draft with its content ended, or taken further, where the forms of joined verbs settle it.
pub(super) fn settled(text: &Text<'_>, mut draft: Draft) -> Draft {
    let Some(cue) = draft.cue_head else { return draft };
    draft.content = draft.content.into_iter().map(|piece| cut(text, cue, piece)).collect();
    if let Some(second) = second_clause(text, cue, &draft)
        && let Some(last) = draft.content.last_mut()
    {
        last.end = last.end.max(words_below(text, second).end);
    }
    draft
}

/// "Urged both sides to return and proposed a date": an infinitive is not gone on with by a verb of the reporter's.
fn cut(text: &Text<'_>, cue: u32, mut piece: TokenRange) -> TokenRange {
    let governed = |verb: u32| text.head(verb).is_some_and(|above| !piece.holds(above));
    let infinitive =
        (piece.start..piece.end).any(|verb| is_infinitive(text, verb) && text.head(verb) == Some(cue));
    let reporter = (piece.start..piece.end).find_map(|verb| {
        let head = text.head(verb).filter(|&head| head < verb && text.is_rel(verb, Deprel::Conj))?;
        let of_cue = head == cue && infinitive;
        let of_infinitive = piece.holds(head) && governed(head) && is_infinitive(text, head);
        let apart = (of_cue || of_infinitive) && is_finite(text, verb);
        apart.then(|| text.dependent(verb, Deprel::Cc)).flatten()
    });
    if let Some(and) = reporter.filter(|&and| and > piece.start + 1) {
        piece.end = and;
        while piece.end > piece.start + 1 && text.word(piece.end - 1) == "," {
            piece.end -= 1;
        }
    }
    piece
}

/// "Said the list was ready and would be used", "said she had offered to come and had asked for time": a verb with an auxiliary of
/// reported speech goes on with what was said, not with a cue in the simple past.
fn second_clause(text: &Text<'_>, cue: u32, draft: &Draft) -> Option<u32> {
    let end = draft.extent().end;
    let simple = text.xpos(cue) == Xpos::Vbd && text.dependents_by(cue, Deprel::Aux).next().is_none();
    let reported = |verb: u32| {
        let mut aux = text.dependents_by(verb, Deprel::Aux).chain(text.dependents_by(verb, Deprel::AuxPass));
        aux.any(|aux| matches!(text.word(aux), "had" | "would" | "could" | "might" | "should"))
    };
    let second = text.dependents_by(cue, Deprel::Conj).find(|&verb| {
        let start = words_below(text, verb).start;
        let between = (end..start).all(|t| matches!(text.upos(t), Upos::Punct | Upos::Cconj));
        verb > end && between && text.dependent(verb, Deprel::Nsubj).is_none() && reported(verb)
    })?;
    let told = draft
        .content
        .last()
        .is_some_and(|piece| (piece.start..piece.end).any(|t| matches!(text.xpos(t), Xpos::Vbd | Xpos::Md)));
    (simple && told).then_some(second)
}
