//! Whose act a figure measures, and who claims it.
//!
//! A figure inside a statement is its speaker's word. Where no statement holds it, a source that its own sentence names is
//! taken: "according to the port authority", "police counted". Else the page claims it in its own voice.

use chancery_lexicon::numbers::NumberWords;
use chancery_model::{Deprel, Reading, Span, Upos, Who, Xpos};

use super::quantity::has_case;
use crate::Text;
use crate::who::who_of;

/// The innermost statement whose words hold `span`, by index.
pub(super) fn inside(reading: &Reading, span: Span) -> Option<u32> {
    let holds = |content: &[Span]| content.iter().any(|c| c.start <= span.start && span.end <= c.end);
    let size = |content: &[Span]| content.iter().map(|c| c.end - c.start).sum::<u32>();
    let holding = reading.statements.iter().enumerate().filter(|(_, s)| holds(&s.content));
    holding.min_by_key(|(at, s)| (size(&s.content), *at)).map(|(at, _)| at as u32)
}

/// Who claims a figure that stands at `anchor`.
pub(super) fn claimed_by(
    text: &Text<'_>,
    reading: &Reading,
    inside: Option<u32>,
    anchor: u32,
) -> Option<Who> {
    match inside {
        Some(at) => reading.statements.get(at as usize)?.speakers.first().cloned(),
        None => {
            let noun = source(text, anchor).or_else(|| voucher(text, anchor))?;
            Some(who_of(text, reading, noun))
        }
    }
}

/// The noun behind "according to" that a clause above `anchor` names.
fn source(text: &Text<'_>, anchor: u32) -> Option<u32> {
    let says = |noun: &u32| {
        text.dependents_by(*noun, Deprel::Case).any(|case| text.word(case).eq_ignore_ascii_case("according"))
    };
    let clauses = std::iter::once(anchor).chain(text.above(anchor));
    clauses.flat_map(|at| text.dependents(at)).copied().find(says)
}

/// "Police counted 40 trucks": the subject of a verb that vouches for its object.
fn voucher(text: &Text<'_>, anchor: u32) -> Option<u32> {
    let vouches =
        |&verb: &u32| text.upos(verb) == Upos::Verb && NumberWords::built_in().vouches(text.lemma(verb));
    let verb =
        text.above(anchor).take_while(|&at| text.upos(at) != Upos::Verb || vouches(&at)).find(vouches)?;
    let subject = subject(text, verb).map(|noun| antecedent(text, noun))?;
    (nominal(text, subject) && !text.is_below(anchor, subject)).then_some(subject)
}

/// Who did what the figure measures: the subject of the clause whose object it is or with which it is done, or the one named
/// with "by".
pub(super) fn by(text: &Text<'_>, reading: &Reading, anchor: u32) -> Option<Who> {
    let mut at = anchor;
    for head in text.above(anchor) {
        if text.upos(head) == Upos::Verb {
            let lists = NumberWords::built_in();
            if lists.measures_subject(text.lemma(head)) || lists.vouches(text.lemma(head)) {
                return None;
            }
            let doer = antecedent(text, doer(text, head, at)?);
            return nominal(text, doer).then(|| who_of(text, reading, doer));
        }
        let climbs = match text.deprel(at).general() {
            Deprel::Nmod => has_case(text, at, "of"),
            rel => {
                matches!(rel, Deprel::Compound | Deprel::Nummod | Deprel::Conj | Deprel::Amod | Deprel::Appos)
            }
        };
        if !climbs {
            return None;
        }
        at = head;
    }
    None
}

fn doer(text: &Text<'_>, verb: u32, part: u32) -> Option<u32> {
    let rel = text.deprel(part);
    let agent = || text.dependents(verb).iter().copied().find(|&d| text.deprel(d) == Deprel::OblAgent);
    match rel.general() {
        Deprel::Nsubj if rel == Deprel::NsubjPass => agent(),
        Deprel::Obj | Deprel::Iobj => agent().or_else(|| subject(text, verb)),
        Deprel::Obl if has_case(text, part, "with") => agent().or_else(|| subject(text, verb)),
        _ => None,
    }
}

/// The noun that a relative pronoun stands for.
fn antecedent(text: &Text<'_>, at: u32) -> u32 {
    let relative = matches!(text.xpos(at), Xpos::Wdt | Xpos::Wp);
    let clause = || text.head(at).filter(|&verb| text.deprel(verb) == Deprel::AclRelcl);
    relative.then(clause).flatten().and_then(|verb| text.head(verb)).unwrap_or(at)
}

/// The subject of a verb, through the verbs that it is joined to: "fired and hit", "wants to send".
fn subject(text: &Text<'_>, verb: u32) -> Option<u32> {
    let own = text.dependents(verb).iter().copied().find(|&d| text.deprel(d) == Deprel::Nsubj);
    let shares = text.is_rel(verb, Deprel::Conj)
        || text.is_rel(verb, Deprel::Xcomp)
        || text.is_rel(verb, Deprel::Advcl);
    let passive = text.dependents(verb).iter().any(|&d| text.deprel(d) == Deprel::NsubjPass);
    let above = || text.head(verb).filter(|&up| shares && !passive && text.upos(up) == Upos::Verb);
    own.or_else(|| {
        let up = above()?;
        text.dependents(up).iter().copied().find(|&d| text.deprel(d) == Deprel::Nsubj)
    })
}

fn nominal(text: &Text<'_>, at: u32) -> bool {
    matches!(text.upos(at), Upos::Noun | Upos::Propn | Upos::Pron)
}
