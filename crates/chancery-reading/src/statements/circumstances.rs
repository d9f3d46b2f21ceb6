//! Around a cue: to whom it was said, and where or through what.

use chancery_lexicon::cues::{Cues, is_venue};
use chancery_model::{Deprel, Span, TokenRange, Upos};

use super::draft::Draft;
use super::frames::noun_source;
use super::quotes::Quotes;
use crate::Text;

/// The noun that is told: "told reporters", "said to the council".
pub(super) fn hearer(text: &Text<'_>, draft: &Draft) -> Option<u32> {
    let verb = draft.cue_head.filter(|&cue| text.upos(cue) == Upos::Verb)?;
    let outside = |d: &u32| !draft.says(*d);
    let told = text.dependents(verb).iter().copied().filter(outside).find(|&d| match text.deprel(d) {
        Deprel::Iobj => true,
        Deprel::Obj => d > verb && Cues::shipped().verb(text.lemma(verb)).is_some_and(|cue| cue.hearer),
        Deprel::Obl => case(text, d) == Some("to"),
        _ => false,
    });
    let speaking = || {
        spoken(text, verb)
            .find_map(|s| text.dependents_by(s, Deprel::Obl).find(|&o| case(text, o) == Some("to")))
    };
    told.or_else(speaking).filter(|&d| matches!(text.upos(d), Upos::Noun | Upos::Propn | Upos::Pron))
}

/// Where or through what: "in a post on social media", "at a press conference in Bishkek".
pub(super) fn venue(text: &Text<'_>, draft: &Draft) -> Option<Span> {
    let cue = draft.cue_head?;
    let verbs = std::iter::once(cue).chain(spoken(text, cue));
    let on: Vec<u32> = verbs.flat_map(|verb| text.dependents(verb).iter().copied()).collect();
    let source = draft.source.iter().flat_map(|source| text.dependents(source.head).iter().copied());
    let places = on.into_iter().chain(source);
    let through = |&d: &u32| {
        let kind = text.deprel(d).general();
        matches!(kind, Deprel::Obl | Deprel::Nmod)
            && case(text, d).is_some_and(is_through)
            && is_venue(text.lemma(d))
    };
    let place =
        places.filter(|d| !draft.says(*d)).find(through).or_else(|| behind(text, draft).find(through))?;
    let mut words = text.below(place);
    words.start = words.start.max(noun_source(text, place).words.start.saturating_sub(1));
    while words.end > place + 1 && text.upos(words.end - 1) == Upos::Punct {
        words.end -= 1;
    }
    let inside = draft.content.iter().find(|piece| piece.start < words.end && words.start < piece.end);
    if let Some(piece) = inside {
        words.end = piece.start.max(words.start);
    }
    (!words.is_empty()).then(|| text.span(words))
}

/// The pieces without a place or medium behind a comma at their end: "said the road was open, in an interview that aired on Monday".
pub(super) fn without_venue(text: &Text<'_>, quotes: &Quotes, pieces: Vec<TokenRange>) -> Vec<TokenRange> {
    let cut = |mut piece: TokenRange| {
        let ends = |at: u32| (text.below(at).end..piece.end).all(|t| text.upos(t) == Upos::Punct);
        let venue = (piece.start + 2..piece.end).find(|&at| {
            let case_at =
                text.dependent(at, Deprel::Case).filter(|&c| c > piece.start && text.word(c - 1) == ",");
            let free = quotes.at(at).is_none() && text.is_rel(at, Deprel::Obl);
            free && case_at.is_some()
                && case(text, at).is_some_and(is_through)
                && is_venue(text.lemma(at))
                && ends(at)
        });
        if let Some(case) = venue.and_then(|at| text.dependent(at, Deprel::Case)) {
            piece.end = case - 1;
        }
        piece
    };
    pieces.into_iter().map(cut).collect()
}

/// Nouns behind a comma after what was said, wherever the tree hangs them: "said the road was open, in an interview on Monday".
fn behind<'a>(text: &'a Text<'_>, draft: &Draft) -> impl Iterator<Item = u32> + 'a {
    let end = draft.extent().end;
    let last = end.checked_sub(1).map_or(end, |last| text.sentence(last).tokens.end);
    let comma = end < last && text.word(end) == ",";
    (end..if comma { last } else { end })
        .filter(move |&at| text.dependent(at, Deprel::Case).is_some_and(|case| case == end + 1))
}

/// "Speaking to reporters in Vell, she said": participles that tell how it was said.
pub(super) fn spoken<'a>(text: &'a Text<'_>, verb: u32) -> impl Iterator<Item = u32> + 'a {
    text.dependents_by(verb, Deprel::Advcl).filter(|&d| {
        matches!(
            text.lemma(d),
            "speak"
                | "write"
                | "talk"
                | "appear"
                | "post"
                | "address"
                | "testify"
                | "comment"
                | "respond"
                | "reply"
        )
    })
}

fn case<'a>(text: &'a Text<'_>, at: u32) -> Option<&'a str> {
    text.dependent(at, Deprel::Case).map(|case| text.lemma(case))
}

fn is_through(case: &str) -> bool {
    matches!(case, "in" | "at" | "on" | "during" | "via" | "through" | "by" | "from" | "over")
}
