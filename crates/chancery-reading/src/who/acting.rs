//! Whether the name of a seat or capital stands for a government: "Moscow rejected", but "in Moscow".
//!
//! The words around decide: what a government does or has makes the name one, a place that something happens in leaves it one.

use chancery_lexicon::countries::Sense;
use chancery_model::{Deprel, EntityKind};

use super::found::Found;
use crate::Text;

/// Settles what the name of a country, capital or seat is here.
pub(crate) fn settle(text: &Text<'_>, found: &mut Found) {
    let Some(country) = found.country else { return };
    match country.sense {
        Sense::Capital if acts(text, found.head) => found.kind = Some(EntityKind::Organization),
        // A city that is only a city is not its country.
        Sense::Capital => {
            found.country = None;
            found.kind = Some(EntityKind::Place);
        }
        Sense::Seat => found.kind = Some(EntityKind::Organization),
        Sense::Name if acts(text, found.head) && found.kind == Some(EntityKind::Organization) => {}
        Sense::Name => found.kind = Some(EntityKind::Place),
        Sense::People => {}
    }
}

/// Verbs that a place as such can be the subject of.
const OF_PLACES: [&str; 17] = [
    "be",
    "have",
    "lie",
    "host",
    "grow",
    "see",
    "boast",
    "become",
    "remain",
    "stand",
    "fall",
    "wake",
    "freeze",
    "flood",
    "celebrate",
    "experience",
    "house",
];

/// Whether the word at `head` is what a government would be.
pub(crate) fn acts(text: &Text<'_>, head: u32) -> bool {
    let Some(verb) = text.head(head) else { return false };
    match text.deprel(head) {
        Deprel::Nsubj | Deprel::Csubj => {
            !OF_PLACES.contains(&text.lemma(verb)) && text.dependent(verb, Deprel::Cop).is_none()
        }
        Deprel::OblAgent | Deprel::Iobj => true,
        Deprel::NsubjPass => {
            ["tell", "ask", "urge", "warn", "accuse", "force", "expect", "invite"].contains(&text.lemma(verb))
        }
        Deprel::Obj => [
            "accuse",
            "tell",
            "warn",
            "urge",
            "ask",
            "blame",
            "press",
            "pressure",
            "criticise",
            "criticize",
            "condemn",
            "persuade",
            "force",
            "help",
            "support",
            "arm",
            "push",
            "give",
            "offer",
        ]
        .contains(&text.lemma(verb)),
        Deprel::Conj => acts(text, verb),
        Deprel::Nmod | Deprel::Obl => {
            let with = text.dependent(head, Deprel::Case).map(|case| text.word(case).to_lowercase());
            matches!(with.as_deref(), Some("with" | "between" | "against" | "by"))
        }
        Deprel::NmodPoss => true,
        Deprel::Compound => !text.lemma(verb).ends_with("street"),
        _ => false,
    }
}
