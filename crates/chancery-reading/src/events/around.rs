//! What stands around a trigger, by the slots of the lexicon.

use chancery_model::Deprel;

use super::clause::is_phrase;
use crate::Text;

/// The words in the slots around a trigger, each by the head of its phrase.
#[derive(Debug, Default)]
pub(super) struct Around {
    /// The trigger.
    pub(super) trigger: u32,
    /// Who does it.
    pub(super) subject: Vec<u32>,
    /// What or whom it is done to.
    pub(super) object: Vec<u32>,
    /// "gave THEM arms".
    pub(super) indirect: Vec<u32>,
    /// "agreed to LEAVE", "called it ILLEGAL".
    pub(super) open: Vec<u32>,
    /// "demanded that they LEAVE".
    pub(super) clause: Vec<u32>,
    /// "called OFF".
    pub(super) particles: Vec<u32>,
    /// What stands before a noun, and before the object of a verb.
    pub(super) modifiers: Vec<u32>,
    /// The verb that a noun belongs to as its object, or in "take part in talks".
    pub(super) verb: Option<u32>,
    /// Preposition and head of each phrase.
    pub(super) phrases: Vec<(String, u32)>,
}

/// The preposition before a noun: "with", "out of".
pub(super) fn preposition(text: &Text<'_>, head: u32) -> String {
    let mut words = Vec::new();
    for case in text.dependents_by(head, Deprel::Case) {
        if case > head {
            continue;
        }
        words.push(text.lemma(case));
        words.extend(text.dependents_by(case, Deprel::Fixed).map(|w| text.lemma(w)));
    }
    words.join(" ")
}

/// The phrases below a word: obliques of a verb, modifiers of a noun.
pub(super) fn phrases(text: &Text<'_>, at: u32, rel: Deprel) -> Vec<(String, u32)> {
    let astray = text.dependents_by(at, Deprel::Nsubj).filter(|&d| rel == Deprel::Obl && is_phrase(text, d));
    let heads = text.dependents_by(at, rel).filter(|&d| text.deprel(d) != Deprel::NmodPoss).chain(astray);
    let named = heads.map(|head| (preposition(text, head), head));
    named.filter(|(name, _)| !name.is_empty()).map(|(name, head)| (name, antecedent(text, head))).collect()
}

/// A relative pronoun stands for the noun before its clause; any other word for itself.
pub(super) fn antecedent(text: &Text<'_>, at: u32) -> u32 {
    use chancery_model::Xpos::{In, Wdt, Wp};
    let relative = matches!(text.xpos(at), Wdt | Wp) || (text.xpos(at) == In && text.lemma(at) == "that");
    if !relative {
        return at;
    }
    let clause = text.above(at).take(3).find(|&head| text.deprel(head) == Deprel::AclRelcl);
    clause.and_then(|clause| text.head(clause)).unwrap_or(at)
}
