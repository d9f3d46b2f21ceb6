//! The parts of a clause: who does what to whom, also where the words stand elsewhere in the tree.
//!
//! A verb's own subject is often said only once for several verbs: of a conjoined verb, of an infinitive ("agreed to release"), of a
//! participle, of a relative clause. This module walks to where it stands.

use chancery_model::{Deprel, Upos, Xpos};

use super::around::{Around, antecedent, phrases};
use crate::Text;

/// How far a subject is looked for.
const MAX_STEPS: usize = 6;

/// What stands around a verb, or an adjective that tells what somebody does ("is ready to").
pub(super) fn around(text: &Text<'_>, at: u32) -> Around {
    let mut out = Around { trigger: at, ..Around::default() };
    let surface = subjects(text, at, MAX_STEPS);
    out.object = objects(text, at);
    let mut phrases_here = phrases(text, at, Deprel::Obl);
    if is_passive(text, at) {
        let (agents, others): (Vec<_>, Vec<_>) = phrases_here.into_iter().partition(|(name, _)| name == "by");
        out.subject = agents.into_iter().map(|(_, head)| head).collect();
        phrases_here = others;
        // "They were given arms": the subject is whom it is given to.
        if out.object.is_empty() { out.object = surface } else { out.indirect = surface }
    } else {
        out.subject = surface;
    }
    out.indirect.extend(text.dependents_by(at, Deprel::Iobj).map(|d| antecedent(text, d)));
    // "accused THEM of lying": the tree takes an object before such a clause for an indirect one, or for the subject of the clause.
    if let Some(clause) = clause_of(text, at).filter(|_| out.object.is_empty()) {
        let inner = text.dependents_by(clause, Deprel::Nsubj).filter(|&s| s < clause);
        let inner = inner.chain(raised(text, clause));
        out.object = out.indirect.iter().copied().chain(inner).take(1).collect();
    }
    out.open = text.dependents_by(at, Deprel::Xcomp).collect();
    out.clause = text.dependents_by(at, Deprel::Ccomp).chain(text.dependents_by(at, Deprel::Csubj)).collect();
    out.particles = particles(text, at);
    for &object in &out.object {
        out.modifiers.extend(modifiers(text, object));
    }
    for &object in &out.object {
        phrases_here.extend(phrases(text, object, Deprel::Nmod));
    }
    out.phrases = phrases_here;
    out
}

/// What the tree takes for an object of the clause though it stands before its "of": "accused the DUCHY of subsidising its mills".
fn raised<'t>(text: &'t Text<'_>, clause: u32) -> impl Iterator<Item = u32> + 't {
    let mark = text.dependents_by(clause, Deprel::Mark).find(|&m| matches!(text.lemma(m), "of" | "from"));
    let own = text.dependents_by(clause, Deprel::Obj).chain(text.dependents_by(clause, Deprel::Iobj));
    own.filter(move |&object| mark.is_some_and(|mark| object < mark))
}

fn clause_of(text: &Text<'_>, at: u32) -> Option<u32> {
    let of = |clause: u32| text.dependents_by(clause, Deprel::Mark).any(|m| text.lemma(m) == "of");
    text.dependents(at).iter().copied().find(|&d| of(d))
}

fn particles(text: &Text<'_>, at: u32) -> Vec<u32> {
    let is = |&d: &u32| {
        text.deprel(d) == Deprel::CompoundPrt
            || (text.is_rel(d, Deprel::Advmod) && matches!(text.upos(d), Upos::Adv | Upos::Adp))
    };
    text.dependents(at).iter().copied().filter(is).collect()
}

/// What stands before a noun: adjectives, compounds, possessors.
pub(super) fn modifiers(text: &Text<'_>, at: u32) -> Vec<u32> {
    let before = |d: &u32| {
        let rel = text.deprel(*d);
        matches!(rel, Deprel::Amod | Deprel::Compound | Deprel::NmodPoss | Deprel::NmodDesc)
    };
    let direct: Vec<u32> = text.dependents(at).iter().copied().filter(before).collect();
    let further = |&m: &u32| {
        text.dependents(m)
            .iter()
            .copied()
            .filter(|&d| matches!(text.deprel(d), Deprel::Compound | Deprel::Conj | Deprel::Amod))
            .collect::<Vec<_>>()
    };
    let more: Vec<u32> =
        direct.iter().filter(|&&m| text.deprel(m) != Deprel::NmodPoss).flat_map(further).collect();
    [direct, more].concat()
}

/// Whether the clause at `at` is passive.
pub(super) fn is_passive(text: &Text<'_>, at: u32) -> bool {
    let own =
        text.dependents(at).iter().any(|&d| matches!(text.deprel(d), Deprel::AuxPass | Deprel::NsubjPass));
    if own {
        return true;
    }
    if text.xpos(at) != Xpos::Vbn {
        return is_when_asked(text, at);
    }
    let helped = text.dependents(at).iter().any(|&d| text.deprel(d) == Deprel::Aux);
    match text.deprel(at) {
        Deprel::Acl | Deprel::Advcl | Deprel::Xcomp | Deprel::Amod => !helped,
        Deprel::Conj => {
            !helped && no_subject(text, at) && text.head(at).is_some_and(|head| is_passive(text, head))
        }
        Deprel::Root => !helped && no_object(text, at) && text.dependent(at, Deprel::Ccomp).is_none(),
        _ => false,
    }
}

/// "When asked about it": a participle that the reader took for the past tense.
fn is_when_asked(text: &Text<'_>, at: u32) -> bool {
    let when = |d: &u32| matches!(text.lemma(*d), "when" | "if" | "once" | "though" | "although" | "unless");
    text.xpos(at) == Xpos::Vbd
        && matches!(text.deprel(at).general(), Deprel::Advcl)
        && no_subject(text, at)
        && no_object(text, at)
        && text.dependents(at).iter().any(|d| *d + 1 == at && when(d))
}

fn no_subject(text: &Text<'_>, at: u32) -> bool {
    text.dependent(at, Deprel::Nsubj).is_none()
}

fn no_object(text: &Text<'_>, at: u32) -> bool {
    text.dependent(at, Deprel::Obj).is_none()
}

/// The objects of a verb, the noun before a relative clause counted in: "an idea that they REJECTED".
fn objects(text: &Text<'_>, at: u32) -> Vec<u32> {
    let before: Vec<u32> = raised(text, at).collect();
    let own = text.dependents_by(at, Deprel::Obj).filter(|object| !before.contains(object));
    let own: Vec<u32> = own.map(|d| antecedent(text, d)).collect();
    if !own.is_empty() {
        return own;
    }
    // "condemned the ATTACK": a noun that the tree takes for a clause.
    let bare = |d: &u32| {
        text.upos(*d) == Upos::Noun
            && no_subject(text, *d)
            && text.dependent(*d, Deprel::Cop).is_none()
            && text.dependent(*d, Deprel::Mark).is_none()
    };
    if let Some(noun) = text.dependents_by(at, Deprel::Ccomp).find(|d| *d > at && bare(d)) {
        return vec![noun];
    }
    if text.deprel(at) == Deprel::AclRelcl && !is_passive(text, at) {
        let takes_part = |d: u32| antecedent(text, d) != d;
        let here = text
            .dependents(at)
            .iter()
            .any(|&d| takes_part(d) || text.dependents(d).iter().any(|&d| takes_part(d)));
        let subject = text.dependent(at, Deprel::Nsubj).is_some();
        if subject && !here {
            return text.head(at).into_iter().collect();
        }
    }
    // "attacked and burned the mill": the object is said with the last of the verbs.
    let next =
        text.dependents_by(at, Deprel::Conj).find(|&c| text.upos(c) == Upos::Verb && no_subject(text, c));
    match next {
        Some(next)
            if !is_passive(text, at) && text.dependent(at, Deprel::Obl).is_none() && next - at <= 3 =>
        {
            text.dependents_by(next, Deprel::Obj).collect()
        }
        _ => Vec::new(),
    }
}

/// The subject of the clause as it stands, which in a passive is the one it is done to.
pub(super) fn subjects(text: &Text<'_>, at: u32, steps: usize) -> Vec<u32> {
    // The last before the verb: what stands before it is a dateline that was read as a subject.
    let here = text.dependents_by(at, Deprel::Nsubj).filter(|&d| !is_phrase(text, d));
    let own = here.last().or_else(|| raised(text, at).next()).map(|d| antecedent(text, d));
    if own.is_some() || steps == 0 {
        return own.into_iter().collect();
    }
    let Some(head) = text.head(at) else { return Vec::new() };
    match text.deprel(at) {
        Deprel::Acl | Deprel::AclRelcl => of_noun_clause(text, at, head, steps),
        Deprel::Amod if text.upos(at) == Upos::Verb => vec![head],
        Deprel::Xcomp => of_open(text, head, steps),
        Deprel::Conj => subjects(text, head, steps - 1),
        Deprel::Advcl => of_adverbial(text, at, head, steps),
        Deprel::Ccomp if is_bare_verb(text, at) => subjects(text, head, steps - 1),
        _ => Vec::new(),
    }
}

/// "against the officials" behind a verb, which the tree sometimes takes for its subject.
pub(super) fn is_phrase(text: &Text<'_>, at: u32) -> bool {
    let behind = text.head(at).is_some_and(|head| head < at);
    behind && text.dependents_by(at, Deprel::Case).any(|c| c < at && text.upos(c) == Upos::Adp)
}

fn is_bare_verb(text: &Text<'_>, at: u32) -> bool {
    matches!(text.xpos(at), Xpos::Vb | Xpos::Vbg)
}

/// "troops holding the town", "a town held by troops", "a plan to leave".
fn of_noun_clause(text: &Text<'_>, at: u32, head: u32, steps: usize) -> Vec<u32> {
    // "filed a suit with the court, ALLEGING that": a participle behind a comma goes with the verb, wherever the tree hangs it.
    let behind_comma = at.checked_sub(1).is_some_and(|before| text.word(before) == ",");
    if behind_comma && text.xpos(at) == Xpos::Vbg && text.dependent(at, Deprel::Ccomp).is_some() {
        let verb = text.above(head).find(|&verb| text.upos(verb) == Upos::Verb);
        let found = verb.map_or(Vec::new(), |verb| subjects(text, verb, steps - 1));
        if !found.is_empty() {
            return found;
        }
    }
    match text.xpos(at) {
        Xpos::Vbg | Xpos::Vbn | Xpos::Vbd => vec![head],
        Xpos::Vb => {
            let owner = text.dependents(head).iter().copied().find(|&d| text.deprel(d) == Deprel::NmodPoss);
            match (owner, text.head(head)) {
                (Some(owner), _) => vec![owner],
                (None, Some(verb)) if text.is_rel(head, Deprel::Obj) || text.is_rel(head, Deprel::Obl) => {
                    subjects(text, verb, steps - 1)
                }
                _ => Vec::new(),
            }
        }
        _ => Vec::new(),
    }
}

/// "urged THEM to leave", "THEY agreed to leave".
fn of_open(text: &Text<'_>, governor: u32, steps: usize) -> Vec<u32> {
    let object = text.dependent(governor, Deprel::Obj).or_else(|| text.dependent(governor, Deprel::Iobj));
    // "called ON THEM to leave", "appealed TO THEM to stay".
    let asks = matches!(text.lemma(governor), "call" | "appeal" | "plead" | "prevail");
    let mut asked = phrases(text, governor, Deprel::Obl).into_iter();
    let asked = asked.find(|(name, _)| asks && matches!(name.as_str(), "on" | "upon" | "to"));
    if let Some((_, asked)) = asked {
        return vec![asked];
    }
    match object {
        Some(object) if !SUBJECT_CONTROL.contains(&text.lemma(governor)) => vec![antecedent(text, object)],
        _ => subjects(text, governor, steps - 1),
    }
}

/// Verbs whose infinitive is done by the subject, though they have an object: "promised them to leave".
const SUBJECT_CONTROL: [&str; 6] = ["promise", "threaten", "vow", "pledge", "swear", "use"];

/// "accused THEM of leaving", "they spoke before leaving".
fn of_adverbial(text: &Text<'_>, at: u32, governor: u32, steps: usize) -> Vec<u32> {
    let mark = text.dependents_by(at, Deprel::Mark).next().map(|m| text.lemma(m));
    let object = text
        .dependent(governor, Deprel::Obj)
        .filter(|_| matches!(mark, Some("of" | "from" | "for" | "into")));
    match object {
        Some(object) => vec![antecedent(text, object)],
        None => {
            let own = subjects(text, governor, steps - 1);
            // "He said it was useless to go on, ALLEGING that": the clause between has no subject that could.
            let reported = own.is_empty() && steps > 1 && text.is_rel(governor, Deprel::Ccomp);
            match text.head(governor).filter(|_| reported) {
                Some(head) => subjects(text, head, steps - 2),
                None => own,
            }
        }
    }
}
