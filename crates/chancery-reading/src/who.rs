//! Mentions and chains of an article.

use chancery_model::{Chain, Deprel, Mention, Reading, TokenRange, Unresolved, Who};

use crate::Text;

/// Every mention in text order, and the chains they belong to.
pub(crate) fn read(_text: &Text<'_>) -> (Vec<Mention>, Vec<Chain>) {
    (Vec::new(), Vec::new())
}

/// Who or what the noun or pronoun at `head` means: its mention's chain, or the reason why that is not known.
pub(crate) fn who_of(text: &Text<'_>, reading: &Reading, head: u32) -> Who {
    match reading.mentions.iter().find(|mention| mention.head == head) {
        Some(mention) => Who { span: mention.span, chain: mention.chain.clone() },
        None => {
            let reason = "no mention of a person, body or place stands here";
            Who { span: text.span(noun_phrase(text, head)), chain: Err(Unresolved::because(reason)) }
        }
    }
}

/// The noun with what stands before it and belongs to it, without clauses and appositions behind it.
pub(crate) fn noun_phrase(text: &Text<'_>, head: u32) -> TokenRange {
    let mut range = TokenRange::new(head as usize, head as usize + 1);
    for &part in text.dependents(head) {
        let stays = match text.deprel(part).general() {
            Deprel::Det | Deprel::Amod | Deprel::Compound | Deprel::Nummod | Deprel::Flat | Deprel::Nmod => {
                part < head || text.is_rel(part, Deprel::Flat) || text.is_rel(part, Deprel::Compound)
            }
            _ => false,
        };
        if stays {
            range.start = range.start.min(text.below(part).start);
            range.end = range.end.max(text.below(part).end);
        }
    }
    range
}
