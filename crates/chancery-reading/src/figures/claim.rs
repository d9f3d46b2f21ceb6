//! Whose act a figure measures, and who claims it.
//!
//! A figure inside a statement is its speaker's word. Where no statement holds it, a source that its own sentence names is
//! taken: "according to the port authority", "police counted". Else the page claims it in its own voice.

use chancery_lexicon::numbers::NumberWords;
use chancery_model::{Deprel, Reading, Span, Statement, Upos, When, Who, Xpos};

use super::quantity::has_case;
use crate::Text;
use crate::who::who_of;

/// The innermost statement whose words hold `span`, by index; else one that goes on behind it, as where a figure is set off by dashes
/// ("fired 50 missiles — 17 of them new — at the port"), unless the figure belongs to who said it.
pub(super) fn inside(text: &Text<'_>, reading: &Reading, span: Span, anchor: u32) -> Option<u32> {
    let within = |part: &Span| part.start <= span.start && span.end <= part.end;
    let sentence = text.span(text.sentence(anchor).tokens);
    let around = |s: &Statement| {
        let (first, last) = (s.content.first()?, s.content.last()?);
        let hull = Span {
            start: first.start.max(sentence.start),
            end: last.end.min(sentence.end).max(sentence.start),
        };
        (within(&hull) && !is_about_speaker(text, s, anchor)).then_some(())
    };
    let size = |s: &Statement| s.content.iter().map(|c| c.end - c.start).sum::<u32>();
    let statements = || reading.statements.iter().enumerate();
    let holding = statements().filter(|(_, s)| s.content.iter().any(&within));
    let holding = holding.min_by_key(|(at, s)| (size(s), *at));
    let interrupted =
        || statements().filter(|(_, s)| around(s).is_some()).min_by_key(|(at, s)| (size(s), *at));
    holding.or_else(interrupted).map(|(at, _)| at as u32)
}

/// Whether the figure hangs on the words for who said it: "said Oleh Maltsev, 52".
fn is_about_speaker(text: &Text<'_>, statement: &Statement, anchor: u32) -> bool {
    let words = statement.speakers.iter().map(|who| text.tokens_in(who.span));
    words.flat_map(|range| range.start..range.end).any(|at| text.is_below(anchor, at))
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

/// When it was: the time of the event that the clause tells, whose object or subject the figure counts.
pub(super) fn when(text: &Text<'_>, reading: &Reading, anchor: u32) -> Option<When> {
    let part = std::iter::once(anchor).chain(text.above(anchor)).find(|&at| {
        !matches!(
            text.deprel(at).general(),
            Deprel::Compound | Deprel::Nummod | Deprel::Conj | Deprel::Amod | Deprel::Appos
        )
    })?;
    let told = |at: u32| reading.events.iter().find(|event| text.tokens_in(event.trigger).holds(at));
    // "The five-hour meeting".
    if let Some(event) = told(part).filter(|_| part != anchor) {
        return event.when.clone();
    }
    let verb = text.head(part).filter(|&verb| text.upos(verb) == Upos::Verb)?;
    if !matches!(text.deprel(part).general(), Deprel::Obj | Deprel::Nsubj) {
        return None;
    }
    told(verb).and_then(|event| event.when.clone()).or_else(|| crate::times::of_clause(text, reading, verb))
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
