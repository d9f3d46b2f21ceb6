//! Where an event took place, in the words of its clause.

use chancery_lexicon::frames::Frames;
use chancery_model::{NameKind, Span};

use super::around::Around;
use crate::Text;
use crate::who::noun_phrase;

/// The place named beside the trigger.
pub(super) fn of(text: &Text<'_>, around: &Around) -> Option<Span> {
    let at =
        around.phrases.iter().find(|(name, head)| PLACED.contains(&name.as_str()) && is_place(text, *head));
    at.map(|(_, head)| text.span(noun_phrase(text, *head)))
}

fn is_place(text: &Text<'_>, head: u32) -> bool {
    matches!(text.name_kind(head), Some(NameKind::Place | NameKind::Facility))
        || (text.name(head).is_none() && Frames::shipped().in_class("place_noun", text.lemma(head)))
}

const PLACED: [&str; 9] = ["in", "at", "near", "inside", "outside", "on", "across", "along", "around"];
