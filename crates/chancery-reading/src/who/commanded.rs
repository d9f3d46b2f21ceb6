//! Whom a pronoun cannot mean, because he goes by his name in the pronoun's own clause or in its own words.
//!
//! "He said Brandt must go": a name below the verb of a pronoun is somebody else's (Principle C of binding theory, Chomsky 1981).
//! "Brandt must go," he said: in quotation marks nobody speaks of himself by his name. Clauses joined to the pronoun's own by "and"
//! leave it open. Looked at for verbs of speech alone: elsewhere trees of long sentences are too often wrong for a rule without
//! exceptions, and it gained nothing on GAP.

use chancery_model::{Deprel, MentionForm};

use super::found::Found;
use super::party::Party;
use super::quoted;
use super::view::View;

/// Whether a name of the party stands where the pronoun's own name cannot.
pub(crate) fn by_its_name(view: &View<'_>, pronoun: &Found, party: &Party) -> bool {
    let subject = matches!(view.text.deprel(pronoun.head).general(), Deprel::Nsubj);
    let names = || party.members.iter().map(|&at| &view.found[at as usize]);
    subject
        && pronoun.form == MentionForm::Pronoun
        && names().any(|name| {
            name.form == MentionForm::Name && (below(view, pronoun, name) || said(view, pronoun, name))
        })
}

/// "He said Brandt must go", and what he said first: "Brandt must go, he said".
fn below(view: &View<'_>, pronoun: &Found, name: &Found) -> bool {
    let verb = view.text.head(pronoun.head).filter(|&verb| quoted::is_speech(view.text.lemma(verb)));
    let Some(verb) = verb.filter(|_| pronoun.sentence == name.sentence) else { return false };
    let mut part = name.head;
    for up in view.text.above(name.head) {
        if up == verb {
            let deprel = view.text.deprel(part).general();
            let after = name.head > pronoun.head && deprel != Deprel::Conj;
            return part != pronoun.head && (after || deprel == Deprel::Ccomp);
        }
        part = up;
    }
    false
}

fn said(view: &View<'_>, pronoun: &Found, name: &Found) -> bool {
    let quotation = view.quotations.around(name.head);
    quotation != 0
        && quotation != view.quotations.around(pronoun.head)
        && view.quotations.speaker(quotation) == Some(pronoun.head)
}
