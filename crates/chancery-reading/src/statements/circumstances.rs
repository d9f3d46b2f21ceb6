//! Around a cue: to whom it was said, and where or through what.

use chancery_lexicon::cues::{Cues, is_venue};
use chancery_model::{Deprel, Span, Upos};

use super::draft::Draft;
use super::frames::noun_source;
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
    let place = places.filter(|d| !draft.says(*d)).find(|&d| {
        let kind = text.deprel(d).general();
        matches!(kind, Deprel::Obl | Deprel::Nmod)
            && case(text, d).is_some_and(is_through)
            && is_venue(text.lemma(d))
    })?;
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
