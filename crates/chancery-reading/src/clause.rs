//! What the tree says of a clause: its subject where the subject stands elsewhere, whether it is denied, whether it is real.

use chancery_model::{Deprel, Upos, Xpos};

use crate::Text;

/// Verbs whose object is the subject of the infinitive after it: "urged Lasia to sign".
const OBJECT_CONTROL: [&str; 22] = [
    "urge",
    "ask",
    "tell",
    "order",
    "force",
    "press",
    "pressure",
    "persuade",
    "allow",
    "expect",
    "require",
    "want",
    "call",
    "convince",
    "invite",
    "push",
    "permit",
    "warn",
    "encourage",
    "lead",
    "get",
    "help",
];

/// Words that deny.
const DENYING: [&str; 9] = ["not", "n't", "n’t", "never", "no", "neither", "nor", "hardly", "nothing"];

/// How far a clause without a subject of its own looks for one.
const MAX_STEPS: usize = 6;

/// The head of the subject of a predicate, found where it stands: at the predicate, at the verb that governs it, or at the noun
/// that its clause describes. For a passive this is who undergoes it.
pub(crate) fn subject(text: &Text<'_>, predicate: u32) -> Option<u32> {
    let mut at = predicate;
    for _ in 0..MAX_STEPS {
        if let Some(subject) = own_subject(text, at) {
            let relative =
                matches!(text.xpos(subject), Xpos::Wdt | Xpos::Wp) || is_relative_that(text, subject);
            return if relative { described(text, at).or(Some(subject)) } else { Some(subject) };
        }
        let head = text.head(at)?;
        if let Some(above) = raised(text, at) {
            at = above;
            continue;
        }
        match text.deprel(at) {
            Deprel::Acl | Deprel::AclRelcl
                if text.xpos(at) != Xpos::Vbn || text.deprel(at) == Deprel::AclRelcl =>
            {
                return Some(head);
            }
            Deprel::Acl if text.xpos(at) == Xpos::Vbn => return Some(head),
            Deprel::Xcomp => {
                let controlled = OBJECT_CONTROL.contains(&text.lemma(head));
                match text.dependent(head, Deprel::Obj).filter(|_| controlled) {
                    Some(object) => return Some(object),
                    None => at = head,
                }
            }
            Deprel::Conj
            | Deprel::Advcl
            | Deprel::AdvclRelcl
            | Deprel::Parataxis
            | Deprel::Ccomp
            | Deprel::Cop => at = head,
            _ => return None,
        }
    }
    None
}

/// The subject at the predicate itself: of two, the nearest before it, for a dateline may stand as the other ("VELL — Lasia demanded").
fn own_subject(text: &Text<'_>, predicate: u32) -> Option<u32> {
    let subjects = || {
        text.dependents(predicate)
            .iter()
            .copied()
            .filter(|&d| matches!(text.deprel(d).general(), Deprel::Nsubj | Deprel::Csubj))
    };
    subjects().rfind(|&d| d < predicate).or_else(|| subjects().next())
}

/// The verb that a finite clause goes on from though the tree hangs it below an infinitive: "urged" for "proposed" in "urged them to
/// return and proposed a judge".
pub(crate) fn raised(text: &Text<'_>, conjunct: u32) -> Option<u32> {
    let infinitive = text.head(conjunct).filter(|_| text.is_rel(conjunct, Deprel::Conj))?;
    let finite = matches!(text.xpos(conjunct), Xpos::Vbd | Xpos::Vbz)
        || text.dependents_by(conjunct, Deprel::Aux).any(|a| text.xpos(a) == Xpos::Md);
    let to = text.xpos(infinitive) == Xpos::Vb
        && text.dependents_by(infinitive, Deprel::Mark).any(|m| text.lemma(m) == "to");
    // "To find a plan that ends the war and frees them": the clause below is what goes on.
    let inner = (infinitive + 1..conjunct)
        .any(|at| text.deprel(at) == Deprel::AclRelcl && text.xpos(at) == text.xpos(conjunct));
    let own = text.dependent(conjunct, Deprel::Nsubj).is_some();
    let governed = text.is_rel(infinitive, Deprel::Xcomp) && finite && to && !inner && !own;
    text.head(infinitive).filter(|_| governed)
}

/// "that" in "the plan that was rejected".
fn is_relative_that(text: &Text<'_>, at: u32) -> bool {
    text.lemma(at) == "that" && text.upos(at) == Upos::Pron
}

/// The noun that the clause of a predicate describes.
pub(crate) fn described(text: &Text<'_>, predicate: u32) -> Option<u32> {
    let clause = std::iter::once(predicate)
        .chain(text.above(predicate))
        .take(MAX_STEPS)
        .find(|&t| !matches!(text.deprel(t), Deprel::Conj | Deprel::Xcomp) && !is_drawn_out(text, t))?;
    matches!(text.deprel(clause), Deprel::AclRelcl | Deprel::Acl).then(|| text.head(clause)).flatten()
}

/// Whether the subject of a reported clause stands before its report: "needed" in "the guarantees Lasia says are needed".
fn is_drawn_out(text: &Text<'_>, predicate: u32) -> bool {
    text.deprel(predicate) == Deprel::Ccomp
        && text.dependent(predicate, Deprel::Nsubj).is_none()
        && text.dependent(predicate, Deprel::Mark).is_none()
        && text.head(predicate).is_some_and(|head| text.deprel(head) == Deprel::AclRelcl)
}

/// Who does it in a passive: "rejected by Lasia".
pub(crate) fn agent(text: &Text<'_>, predicate: u32) -> Option<u32> {
    text.dependents(predicate).iter().copied().find(|&d| {
        text.deprel(d) == Deprel::OblAgent
            || text.is_rel(d, Deprel::Obl) && is_passive(text, predicate) && case(text, d) == Some("by")
    })
}

/// Verbs that say what their subject takes a thing for: "called the draft workable".
const JUDGING: [&str; 12] = [
    "call", "describe", "label", "find", "consider", "deem", "see", "regard", "term", "brand", "dub", "think",
];

/// The verb by which somebody calls a thing what `predicate` says: "called" for "workable" in "called the draft workable".
pub(crate) fn judging(text: &Text<'_>, predicate: u32) -> Option<u32> {
    let complement = matches!(text.deprel(predicate).general(), Deprel::Xcomp | Deprel::Obl);
    text.head(predicate).filter(|&head| complement && JUDGING.contains(&text.lemma(head)))
}

/// The word that marks a noun's case: "by" in "by Lasia".
pub(crate) fn case<'t>(text: &'t Text<'_>, noun: u32) -> Option<&'t str> {
    text.dependent(noun, Deprel::Case).map(|case| text.lemma(case))
}

/// The word that marks a clause: "that", "of" in "of blocking the talks".
pub(crate) fn marker<'t>(text: &'t Text<'_>, predicate: u32) -> Option<&'t str> {
    text.dependent(predicate, Deprel::Mark).map(|mark| text.lemma(mark))
}

/// Whether a verb stands in the passive.
pub(crate) fn is_passive(text: &Text<'_>, verb: u32) -> bool {
    text.xpos(verb) == Xpos::Vbn
        && (text
            .dependents(verb)
            .iter()
            .any(|&d| matches!(text.deprel(d), Deprel::AuxPass | Deprel::NsubjPass))
            || text.deprel(verb) == Deprel::Acl)
}

/// Whether a predicate is denied: by a word of its own, by its subject or object ("no deal was signed"), or, for an infinitive,
/// at the verb that governs it.
pub(crate) fn is_denied(text: &Text<'_>, predicate: u32) -> bool {
    let own = |at: u32| {
        text.dependents(at).iter().any(|&d| {
            DENYING.contains(&text.lemma(d))
                && matches!(
                    text.deprel(d).general(),
                    Deprel::Advmod | Deprel::Det | Deprel::Nsubj | Deprel::Obj | Deprel::Cc
                )
                || text.lemma(d) == "longer" && text.dependents(d).iter().any(|&n| text.lemma(n) == "no")
        })
    };
    let argument = |at: u32| {
        text.dependents(at).iter().any(|&d| {
            matches!(text.deprel(d).general(), Deprel::Nsubj | Deprel::Obj)
                && text.dependents(d).iter().any(|&n| {
                    text.lemma(n) == "no" && text.is_rel(n, Deprel::Det)
                        || text.lemma(n) == "not" && text.is_rel(n, Deprel::Advmod) && n < d
                })
                || text.is_rel(d, Deprel::Nsubj) && matches!(text.lemma(d), "nobody" | "none")
        })
    };
    let governs = || text.head(predicate).filter(|_| text.deprel(predicate) == Deprel::Xcomp);
    own(predicate) || argument(predicate) || governs().is_some_and(own)
}

/// Modal verbs of a predicate, and of the verb that governs it as an infinitive.
pub(crate) fn modals<'t>(text: &'t Text<'_>, predicate: u32) -> impl Iterator<Item = &'t str> {
    text.dependents(predicate).iter().filter(|&&d| text.is_rel(d, Deprel::Aux)).map(|&d| text.lemma(d))
}

/// Whether a clause only supposes: "if Lasia refuses", "whether they agreed".
pub(crate) fn is_supposed(text: &Text<'_>, predicate: u32) -> bool {
    let clauses = std::iter::once(predicate).chain(text.above(predicate)).take(MAX_STEPS);
    clauses.take_while(|&t| !matches!(text.deprel(t), Deprel::Root)).any(|t| {
        text.dependents_by(t, Deprel::Mark).any(|m| matches!(text.lemma(m), "if" | "whether" | "unless"))
    })
}

/// The condition that a clause depends on: "if", "unless", "provided", "as long as", "in exchange for", "in return for".
pub(crate) fn condition(text: &Text<'_>, predicate: u32) -> Option<u32> {
    text.dependents(predicate).iter().copied().find(|&d| match text.deprel(d).general() {
        Deprel::Advcl => {
            text.dependents_by(d, Deprel::Mark).any(|m| {
                matches!(text.lemma(m), "if" | "unless" | "until")
                    || matches!(text.lemma(m), "long" | "provided" | "providing")
            }) || matches!(text.lemma(d), "provide" | "provided")
        }
        Deprel::Obl => {
            let cases: Vec<&str> = text.dependents_by(d, Deprel::Case).map(|c| text.lemma(c)).collect();
            matches!(text.lemma(d), "exchange" | "return" | "condition") && cases.contains(&"in")
                || text.lemma(d) == "condition" && cases.contains(&"on")
        }
        _ => false,
    })
}
