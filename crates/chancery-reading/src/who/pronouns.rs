//! The pronouns: which refer, to one or several, to whom.
//!
//! A closed list. Who is meant is for the resolver.

use chancery_lexicon::people::Sex;
use chancery_model::Deprel;

use super::found::Number;
use crate::Text;

/// What a pronoun asks of whom it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Pronoun {
    /// "I", "my".
    I,
    /// "we", "our".
    We,
    /// "you", "your".
    You,
    /// "he", "his".
    He,
    /// "she", "her".
    She,
    /// "it", "its".
    It,
    /// "they", "their".
    They,
    /// "this", "that" by itself.
    This,
    /// "these", "those" by itself.
    These,
    /// "who", "which", "that" of a relative clause.
    Relative,
    /// "somebody", "everything": nobody named before.
    Some,
}

/// What the word is.
pub(crate) fn pronoun(word: &str) -> Option<Pronoun> {
    let low = word.to_lowercase();
    Some(match low.as_str() {
        "i" | "me" | "my" | "mine" | "myself" => Pronoun::I,
        "we" | "us" | "our" | "ours" | "ourselves" | "'s" | "’s" => Pronoun::We,
        "you" | "your" | "yours" | "yourself" | "yourselves" | "u" | "ya" => Pronoun::You,
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "it" | "its" | "itself" => Pronoun::It,
        "they" | "them" | "their" | "theirs" | "themselves" | "em" | "'em" => Pronoun::They,
        "this" | "that" => Pronoun::This,
        "these" | "those" => Pronoun::These,
        "who" | "whom" | "whose" | "which" => Pronoun::Relative,
        "someone" | "somebody" | "everyone" | "everybody" | "anyone" | "anybody" | "something"
        | "anything" | "everything" => Pronoun::Some,
        _ => return None,
    })
}

impl Pronoun {
    /// One or several.
    pub(crate) fn number(self) -> Number {
        match self {
            Self::I | Self::He | Self::She | Self::It | Self::This | Self::Some => Number::One,
            Self::We | Self::They | Self::These => Number::Many,
            Self::You | Self::Relative => Number::Either,
        }
    }

    /// Man or woman.
    pub(crate) fn sex(self) -> Option<Sex> {
        match self {
            Self::He => Some(Sex::Male),
            Self::She => Some(Sex::Female),
            _ => None,
        }
    }
}

/// Whether the pronoun at `at` is a mention.
pub(crate) fn refers(text: &Text<'_>, at: u32) -> bool {
    match pronoun(text.word(at)) {
        None | Some(Pronoun::Relative) => false,
        // "the plan that failed": the relative word repeats its noun.
        Some(Pronoun::This) => !heads_relative(text, at),
        Some(_) => text.deprel(at) != Deprel::Expl,
    }
}

fn heads_relative(text: &Text<'_>, at: u32) -> bool {
    text.xpos(at) == chancery_model::Xpos::Wdt
        || text.head(at).is_some_and(|verb| {
            text.deprel(verb) == Deprel::AclRelcl
                && at < verb
                && text.head(verb).is_some_and(|noun| noun < at)
        })
}

/// "himself": means an argument of its own clause.
pub(crate) fn is_reflexive(word: &str) -> bool {
    let low = word.to_lowercase();
    low.len() > 5 && (low.ends_with("self") || low.ends_with("selves"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pronouns_are_a_closed_list() {
        assert_eq!(pronoun("Herself"), Some(Pronoun::She));
        assert_eq!(pronoun("THEIR"), Some(Pronoun::They));
        assert_eq!((pronoun("Brandt"), pronoun("one")), (None, None));
        assert!(
            is_reflexive("themselves")
                && is_reflexive("Itself")
                && !is_reflexive("self")
                && !is_reflexive("her")
        );
    }
}
