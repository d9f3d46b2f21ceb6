//! Mentions and chains of an article: who is who in it, with offices and sides.
//!
//! Names settle first ([`named`]), then descriptions and pronouns in text order ([`referring`]), then those that hang on who speaks
//! ([`speaking`]). Offices and sides are read off what was gathered. Nothing is known here of other articles.

mod acting;
mod bodies;
mod commanded;
mod found;
mod heralded;
mod named;
mod party;
mod pronouns;
mod quoted;
mod recognized;
mod referring;
mod roles;
mod settled;
mod sides;
mod signs;
mod speaking;
pub mod taught;
mod tied;
mod traits;
mod view;
mod weights;
mod worded;
mod words;

use chancery_model::{
    Chain, Deprel, Mention, Reading, Span, TimeExpression, TokenRange, Unresolved, Upos, Who,
};

use crate::Text;
pub(crate) use found::is_tight;
use party::Parties;
use view::View;

/// Every mention by the place of its head, of two with one head the shorter first, and the chains they belong to.
pub(crate) fn read(text: &Text<'_>, times: &[TimeExpression]) -> (Vec<Mention>, Vec<Chain>) {
    let mut found = found::find(text, times);
    let mut parties = Parties::new(found.len());
    named::gather(text, &mut found, &mut parties);
    let view = View::new(text, &found);
    referring::gather(&view, &mut parties);
    heralded::gather(&view, &mut parties);
    speaking::gather(&view, &mut parties);
    settled::settle(&view, &parties)
}

/// Who or what the noun or pronoun at `head` means: its mention's chain, or the reason why that is not known.
pub(crate) fn who_of(text: &Text<'_>, reading: &Reading, head: u32) -> Who {
    // A title or a part of a name means what the whole means.
    let part = |at: u32| {
        matches!(text.deprel(at), Deprel::NmodDesc | Deprel::Flat | Deprel::Compound | Deprel::Appos)
    };
    let up = text.head(head).filter(|_| part(head));
    let whole = up.and_then(|up| mention_at(reading, up)).filter(|mention| mention.tokens.holds(head));
    // The tree may take another word of a name for its head.
    let named = || {
        let name = text.name(head)?;
        (name.tokens.start..name.tokens.end).find_map(|at| mention_at(reading, at))
    };
    // "The Exporters' Association": the tree may take the members for the subject.
    let around = || {
        let within = |m: &&Mention| {
            m.form == chancery_model::MentionForm::Name && m.tokens.holds(head) && head < m.head
        };
        reading.mentions.iter().filter(within).min_by_key(|mention| mention.tokens.len())
    };
    match mention_at(reading, head).or(whole).or_else(named).or_else(around) {
        Some(mention) => {
            Who { span: without_clauses(text, mention.head, mention.tokens), chain: mention.chain.clone() }
        }
        None => {
            let reason = "no mention of a person, body or place stands here";
            Who { span: text.span(noun_phrase(text, head)), chain: Err(Unresolved::because(reason)) }
        }
    }
}

/// The words of a mention up to the clauses that describe it.
pub(crate) fn without_clauses(text: &Text<'_>, head: u32, mut tokens: TokenRange) -> Span {
    let clauses = text.dependents_by(head, Deprel::Acl).filter(|&clause| clause > head);
    let starts = clauses.map(|clause| text.below(clause).start).filter(|&start| start > head);
    tokens.end = starts.fold(tokens.end, u32::min);
    while tokens.end > head + 1 && text.upos(tokens.end - 1) == Upos::Punct {
        tokens.end -= 1;
    }
    text.span(tokens)
}

/// The shortest mention with this head. Mentions are sorted by their heads.
fn mention_at(reading: &Reading, head: u32) -> Option<&Mention> {
    let at = reading.mentions.partition_point(|mention| mention.head < head);
    reading.mentions.get(at).filter(|mention| mention.head == head)
}

/// The noun with what stands before it and belongs to it, and a name right behind it ("envoy Mia Brandt"); without clauses and
/// appositions behind it.
pub(crate) fn noun_phrase(text: &Text<'_>, head: u32) -> TokenRange {
    let mut range = text.name(head).map_or(TokenRange::new(head as usize, head as usize + 1), |n| n.tokens);
    for &part in text.dependents(head) {
        let stays = match text.deprel(part).general() {
            Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Nmod => part < head,
            Deprel::Flat | Deprel::Compound => true,
            Deprel::Appos => found::is_tight(text, head, part),
            _ => false,
        };
        if stays {
            range.start = range.start.min(text.below(part).start);
            range.end = range.end.max(text.below(part).end);
        }
    }
    range
}
