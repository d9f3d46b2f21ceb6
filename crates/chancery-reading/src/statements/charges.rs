//! "…, a charge the company denied": what is denied is what the noun stands for, the words reported just before it.

use chancery_lexicon::cues::Cues;
use chancery_model::{Deprel, TokenRange, Upos};

use super::draft::Draft;
use crate::Text;

/// Gives drafts whose content is only such a noun the content of the draft before it in the sentence.
pub(super) fn resolved(text: &Text<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let Some(noun) = charge(text, &drafts[at]) else { continue };
        let sentence = text.sentence(noun).tokens;
        let before = drafts.iter().enumerate().filter(|(other, draft)| {
            let near = draft.cue_head.is_some_and(|cue| sentence.holds(cue));
            *other != at && near && !draft.content.is_empty() && draft.extent().start < noun
        });
        let Some((_, told)) = before.max_by_key(|(_, draft)| draft.extent().end.min(noun)) else { continue };
        let content: Vec<TokenRange> = told.content.iter().map(|&piece| up_to(text, piece, noun)).collect();
        drafts[at].content = content.into_iter().filter(|piece| !piece.is_empty()).collect();
        let subject = drafts[at].cue_head.and_then(|cue| text.dependent(cue, Deprel::Nsubj));
        // The label may take the noun for a part of the source.
        if let Some(source) = drafts[at].source.as_mut().filter(|source| source.words.holds(noun)) {
            source.words.start = noun + 1;
            source.head = subject.unwrap_or(source.head).max(noun + 1);
        }
    }
}

/// The noun of saying that is all the content of a relative clause's verb.
pub(super) fn charge(text: &Text<'_>, draft: &Draft) -> Option<u32> {
    let cue = draft.cue_head.filter(|&cue| text.is_rel(cue, Deprel::AclRelcl))?;
    let noun = text.head(cue)?;
    let [piece] = draft.content[..] else { return None };
    let says = Cues::shipped().noun(text.lemma(noun)).is_some_and(|noun| noun.clause);
    let alone = piece.holds(noun)
        && (piece.start..piece.end)
            .all(|t| t == noun || text.upos(t) == Upos::Det || text.upos(t) == Upos::Pron);
    let begins = piece.start > 0 && matches!(text.word(piece.start - 1), "," | "—" | "–" | "--");
    let a = text.dependent(noun, Deprel::Det).is_some_and(|det| matches!(text.lemma(det), "a" | "an"));
    (says && alone && begins && a).then_some(noun)
}

/// The piece up to the noun and the comma before it.
fn up_to(text: &Text<'_>, mut piece: TokenRange, noun: u32) -> TokenRange {
    let start = text.below(noun).start.min(noun);
    piece.end = piece.end.min(start.max(piece.start));
    while piece.end > piece.start && matches!(text.upos(piece.end - 1), Upos::Punct | Upos::Det) {
        piece.end -= 1;
    }
    piece
}
