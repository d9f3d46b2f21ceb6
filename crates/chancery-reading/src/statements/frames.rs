//! Statements from the structure of sentences: a cue, its subject, and the clause, infinitive, noun or quotation that it governs.
//!
//! What a word can govern is data (the lexicon's cues). This module knows the tree of one sentence; it resolves nobody.

use chancery_lexicon::cues::{Cue, CueKind, Cues, is_venue};
use chancery_model::{Deprel, Label, TokenRange, Upos, Xpos};

use super::draft::{Draft, Source};
use super::quotes::Quotes;
use crate::Text;

/// Every statement that the tree of its own sentence gives.
pub(super) fn drafts(text: &Text<'_>, quotes: &Quotes) -> Vec<Draft> {
    let cues = Cues::shipped();
    let mut drafts: Vec<Draft> = text
        .tokens()
        .filter_map(|at| match text.upos(at) {
            Upos::Verb | Upos::Aux => of_verb(text, quotes, cues, at),
            Upos::Noun => of_noun(text, cues, at),
            _ => None,
        })
        .collect();
    drafts.extend(text.tokens().filter_map(|at| of_source_words(text, cues, at)));
    drafts.extend(headlines(text));
    drafts
}

/// The frames of a verb, by itself or with its particle.
fn frames<'a>(text: &Text<'_>, cues: &'a Cues, verb: u32) -> Option<&'a Cue> {
    let particle = text.dependent(verb, Deprel::CompoundPrt);
    let with = particle.and_then(|p| cues.verb_with(text.lemma(verb), text.lemma(p)));
    with.or_else(|| if particle.is_some() { None } else { cues.verb(text.lemma(verb)) })
}

fn of_verb(text: &Text<'_>, quotes: &Quotes, cues: &Cues, verb: u32) -> Option<Draft> {
    let frame = frames(text, cues, verb)?;
    if text.dependent(verb, Deprel::AuxPass).is_some() {
        return passive(text, frame, verb);
    }
    let content = governed(text, frame, verb).or_else(|| beside(text, quotes, frame, verb));
    let content = content.or_else(|| described(text, verb).filter(|_| frame.object))?;
    let source = subject(text, verb).map(|source| source.beside(verb_group(text, verb)));
    if source.is_none() && !is_finite(text, verb) {
        return None;
    }
    let wide = reach(text, verb, &content);
    let confidence = if frame.kind == CueKind::Says { 0.9 } else { 0.7 };
    Some(Draft {
        cue: Some(verb_group(text, verb)),
        cue_head: Some(verb),
        source,
        content,
        rule: rule_of(frame.kind),
        filled: false,
        wide,
        confidence,
    })
}

/// "A charge the company denied": the noun that a clause describes.
fn described(text: &Text<'_>, verb: u32) -> Option<Vec<TokenRange>> {
    let noun = text.head(verb).filter(|_| text.is_rel(verb, Deprel::AclRelcl))?;
    let article = text.dependent(noun, Deprel::Det).filter(|&det| det + 1 == noun)?;
    Some(vec![TokenRange { start: article, end: noun + 1 }])
}

/// The name of what a kind of cue gives.
fn rule_of(kind: CueKind) -> Label {
    match kind {
        CueKind::Says => "statement/says",
        CueKind::Wants => "statement/wants",
        CueKind::Judges => "statement/judges",
        CueKind::Thinks => "statement/thinks",
        CueKind::Shows => "statement/shows",
    }
}

/// The kind of what a token reports, by its base form.
pub(super) fn kind_of(text: &Text<'_>, cue: u32) -> Option<CueKind> {
    let cues = Cues::shipped();
    match text.upos(cue) {
        Upos::Noun => cues.noun(text.lemma(cue)).map(|cue| cue.kind),
        _ => frames(text, cues, cue).map(|cue| cue.kind),
    }
}

/// The end of all that hangs on the verb behind what it reports, up to a second verb or a participle of the reporter's: what the tree may
/// have hung one step too high.
fn reach(text: &Text<'_>, verb: u32, content: &[TokenRange]) -> u32 {
    let end = content.last().map_or(verb, |piece| piece.end);
    let behind = text
        .dependents(verb)
        .iter()
        .copied()
        .filter(|&d| text.below(d).start >= end && text.upos(d) != Upos::Punct);
    let ours = |&d: &u32| {
        let participle = text.is_rel(d, Deprel::Advcl)
            && text.xpos(d) == Xpos::Vbg
            && text.dependent(d, Deprel::Mark).is_none();
        !participle
            && !text.is_rel(d, Deprel::Conj)
            && !text.is_rel(d, Deprel::Parataxis)
            && !text.is_rel(d, Deprel::Cc)
    };
    behind.take_while(ours).map(|d| text.below(d).end).fold(end, u32::max)
}

/// "The plan was rejected by the union": the subject is what is said, the agent says it.
fn passive(text: &Text<'_>, frame: &Cue, verb: u32) -> Option<Draft> {
    let told = text.dependent(verb, Deprel::Ccomp).filter(|_| frame.clause);
    let agent = text.dependent(verb, Deprel::OblAgent);
    let subject = text.dependent(verb, Deprel::Nsubj);
    let of = governed_noun(text, frame, verb).map(|of| after_preposition(text, of));
    let content = match (told, agent, subject, of) {
        (Some(told), ..) => vec![text.below(told)],
        // "Lasia is blamed by the union for the delay": whom it is said of, and what.
        (None, Some(_), Some(subject), Some(of)) => vec![text.below(subject), of],
        (None, Some(_), Some(subject), None) if frame.object => vec![text.below(subject)],
        _ => return None,
    };
    let source = agent.map(|agent| noun_source(text, agent));
    Some(Draft {
        cue: Some(verb_group(text, verb)),
        cue_head: Some(verb),
        source,
        content: trimmed(text, content),
        rule: "statement/passive",
        filled: false,
        wide: 0,
        confidence: 0.6,
    })
}

/// The words of a verb with its auxiliaries, negation and particle.
pub(super) fn verb_group(text: &Text<'_>, verb: u32) -> TokenRange {
    let mut range = TokenRange { start: verb, end: verb + 1 };
    for &part in text.dependents(verb).iter().rev() {
        let joins = match text.deprel(part).general() {
            Deprel::Aux => true,
            Deprel::Advmod => part < verb && text.below(part).len() == 1,
            _ => false,
        };
        if joins && part + 1 == range.start {
            range.start = part;
        }
    }
    if let Some(particle) = text.dependent(verb, Deprel::CompoundPrt).filter(|&p| p == verb + 1) {
        range.end = particle + 1;
    }
    range
}

/// What the verb governs: the clause, the infinitive, the noun, the preposition's noun.
fn governed(text: &Text<'_>, frame: &Cue, verb: u32) -> Option<Vec<TokenRange>> {
    if frame.clause || frame.quote {
        if let Some(clause) = clause_of(text, verb) {
            return Some(trimmed(text, without(text.below(clause), verb_phrase(text, verb, clause))));
        }
        if let Some(host) = host_of(text, verb) {
            return Some(trimmed(text, without(text.below(host), text.below(verb))));
        }
    }
    let object = text.dependents(verb).iter().copied().find(|&d| text.deprel(d) == Deprel::Obj && d > verb);
    let infinitive = text.dependents_by(verb, Deprel::Xcomp).find(|&x| x > verb);
    let has_to = |x: u32| text.dependents_by(x, Deprel::Mark).any(|m| text.lemma(m) == "to");
    match (object, infinitive) {
        (Some(object), Some(x)) if frame.object_infinitive && has_to(x) || frame.object_predicate => {
            return Some(trimmed(text, vec![joined(text.below(object), text.below(x))]));
        }
        (Some(object), _) if frame.object_at => {
            if let Some(measure) = measure(text, verb, object) {
                return Some(trimmed(text, vec![joined(text.below(object), text.below(measure))]));
            }
        }
        (None, Some(x)) if frame.infinitive && has_to(x) => return Some(trimmed(text, vec![text.below(x)])),
        _ => {}
    }
    let oblique = governed_noun(text, frame, verb);
    match (object, oblique) {
        (Some(object), Some(oblique)) if frame.object && oblique > object => {
            Some(trimmed(text, vec![joined(text.below(object), text.below(oblique))]))
        }
        (Some(object), _) if frame.object => Some(trimmed(text, vec![text.below(object)])),
        (None, Some(oblique)) => Some(trimmed(text, vec![after_preposition(text, oblique)])),
        _ => None,
    }
}

/// Whether the verb puts a number on something.
pub(super) fn measures(text: &Text<'_>, verb: u32) -> bool {
    let object = text.dependents_by(verb, Deprel::Obj).find(|&object| object > verb);
    frames(text, Cues::shipped(), verb).is_some_and(|frame| frame.object_at)
        && object.is_some_and(|object| measure(text, verb, object).is_some())
}

/// "Put the cost at 40 million": the number behind "at", wherever the tree hangs it.
fn measure(text: &Text<'_>, verb: u32, object: u32) -> Option<u32> {
    let behind = |head: u32| text.dependents(head).iter().copied().filter(move |&d| d > object);
    behind(verb).chain(behind(object)).find(|&d| {
        let number = |t: u32| text.upos(t) == Upos::Num;
        matches!(text.deprel(d).general(), Deprel::Obl | Deprel::Nmod)
            && text.lemma(text.below(d).start) == "at"
            && (text.below(d).start..text.below(d).end).any(number)
    })
}

/// The noun or clause behind a preposition of the frame: "for" of "blamed for the delay".
fn governed_noun(text: &Text<'_>, frame: &Cue, verb: u32) -> Option<u32> {
    let takes = |o: &u32| preposition(text, *o).is_some_and(|word| frame.takes_preposition(word));
    let obliques = text.dependents_by(verb, Deprel::Obl).chain(text.dependents_by(verb, Deprel::Advcl));
    obliques.filter(|&o| o > verb && text.deprel(o) != Deprel::OblAgent).find(takes)
}

/// The clause that a verb reports.
fn clause_of(text: &Text<'_>, verb: u32) -> Option<u32> {
    let after_colon = |&d: &u32| {
        d > verb
            && text.is_rel(d, Deprel::Parataxis)
            && text.below(d).start.checked_sub(1).is_some_and(|b| {
                matches!(text.word(b), ":" | "“" | "\"" | "‘") || b > 0 && text.word(b - 1) == ":"
            })
    };
    let clause = text.dependents_by(verb, Deprel::Ccomp).next();
    let colon = || text.dependents(verb).iter().copied().find(after_colon);
    clause.or_else(|| of_medium(text, verb)).or_else(colon)
}

/// "Said in a statement that the road was open": the clause that the tree hangs on the medium.
fn of_medium(text: &Text<'_>, verb: u32) -> Option<u32> {
    let medium = text.dependents_by(verb, Deprel::Obl).filter(|&o| o > verb && is_venue(text.lemma(o)));
    medium.flat_map(|o| text.dependents(o).iter().copied()).find(|&d| {
        matches!(text.deprel(d).general(), Deprel::Acl | Deprel::Ccomp)
            && text.dependents_by(d, Deprel::Mark).any(|mark| text.lemma(mark) == "that")
    })
}

/// The clause that a verb of saying stands in or behind: "The talks, he said, had failed".
fn host_of(text: &Text<'_>, verb: u32) -> Option<u32> {
    let head = text.head(verb)?;
    let asides = text.deprel(verb) == Deprel::Parataxis
        || (text.deprel(verb) == Deprel::Advcl && starts_with_as(text, verb));
    let begins = head < verb || text.below(head).start < text.below(verb).start;
    (asides && begins).then_some(head)
}

fn starts_with_as(text: &Text<'_>, verb: u32) -> bool {
    text.dependents_by(verb, Deprel::Mark).any(|m| text.lemma(m) == "as")
}

/// The words of the verb and of what hangs on it on its side of the clause it reports.
fn verb_phrase(text: &Text<'_>, verb: u32, clause: u32) -> TokenRange {
    let told = words_below(text, clause);
    let beyond = |range: TokenRange| {
        clause > verb && range.start >= told.end || clause < verb && range.end <= told.start
    };
    let mut range = TokenRange { start: verb, end: verb + 1 };
    for &part in text.dependents(verb).iter().filter(|&&d| d != clause && text.upos(d) != Upos::Punct) {
        let words = words_below(text, part);
        if clause == verb || !beyond(words) {
            range = joined(range, words);
        }
    }
    range
}

/// From the first to the last word of all that hangs below a token: marks may hang anywhere, and are left out.
pub(super) fn words_below(text: &Text<'_>, top: u32) -> TokenRange {
    let all = text.below(top);
    let word = |t: &u32| text.upos(*t) != Upos::Punct && text.is_below(*t, top);
    let start = (all.start..top).find(word).unwrap_or(top);
    let end = (top + 1..all.end).rev().find(word).map_or(top + 1, |last| last + 1);
    TokenRange { start, end }
}

fn joined(a: TokenRange, b: TokenRange) -> TokenRange {
    TokenRange { start: a.start.min(b.start), end: a.end.max(b.end) }
}

/// What is left of `range` before and after `inner`, where `inner` lies inside.
fn without(range: TokenRange, inner: TokenRange) -> Vec<TokenRange> {
    if inner.end <= range.start || range.end <= inner.start {
        return vec![range];
    }
    let before = TokenRange { start: range.start, end: inner.start.max(range.start) };
    let after = TokenRange { start: inner.end.min(range.end), end: range.end };
    [before, after].into_iter().filter(|piece| !piece.is_empty()).collect()
}

/// A quotation in the same sentence with nothing but the cue's own words between.
fn beside(text: &Text<'_>, quotes: &Quotes, frame: &Cue, verb: u32) -> Option<Vec<TokenRange>> {
    if !frame.quote || quotes.at(verb).is_some() {
        return None;
    }
    let sentence = text.sentence(verb).tokens;
    let own = verb_phrase(text, verb, verb);
    let near = |start: u32, end: u32| (start..end).all(|t| text.upos(t) == Upos::Punct || own.holds(t));
    let found = quotes.within(sentence).filter(|q| q.is_speech(text) && !q.outer.holds(verb)).find(|q| {
        if q.outer.end <= verb { near(q.outer.end, verb) } else { near(verb + 1, q.outer.start) }
    })?;
    Some(vec![found.outer])
}

/// The pieces without marks and blanks at their edges; quotation marks stay.
pub(super) fn trimmed(text: &Text<'_>, pieces: Vec<TokenRange>) -> Vec<TokenRange> {
    let is_edge =
        |at: u32| matches!(text.word(at), "," | ";" | ":" | "." | "-" | "–" | "—" | "--" | "…" | ")" | "(");
    let trim = |mut piece: TokenRange| {
        while piece.start < piece.end && is_edge(piece.start) {
            piece.start += 1;
        }
        while piece.end > piece.start && is_edge(piece.end - 1) {
            piece.end -= 1;
        }
        piece
    };
    let has_words = |piece: &TokenRange| (piece.start..piece.end).any(|t| text.upos(t) != Upos::Punct);
    pieces.into_iter().map(trim).filter(|piece| !piece.is_empty() && has_words(piece)).collect()
}

/// The preposition or mark before a noun or a clause: "of" in "accused of lying".
fn preposition<'a>(text: &'a Text<'_>, at: u32) -> Option<&'a str> {
    let case = text.dependent(at, Deprel::Case).or_else(|| text.dependent(at, Deprel::Mark));
    case.map(|case| text.lemma(case))
}

/// The noun without its preposition.
fn after_preposition(text: &Text<'_>, at: u32) -> TokenRange {
    let range = text.below(at);
    let case = text.dependent(at, Deprel::Case).or_else(|| text.dependent(at, Deprel::Mark));
    match case {
        Some(case) if case == range.start => TokenRange { start: case + 1, end: range.end },
        _ => range,
    }
}

pub(super) fn is_finite(text: &Text<'_>, verb: u32) -> bool {
    matches!(text.xpos(verb), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
}

/// "To return".
pub(super) fn is_infinitive(text: &Text<'_>, verb: u32) -> bool {
    text.xpos(verb) == Xpos::Vb && text.dependents_by(verb, Deprel::Mark).any(|m| text.lemma(m) == "to")
}

/// Who says: the subject of the verb, or of the verb that it shares its subject with.
pub(super) fn subject(text: &Text<'_>, verb: u32) -> Option<Source> {
    let mut at = verb;
    for _ in 0..MAX_STEPS {
        if let Some(subject) = text.dependents(at).iter().copied().find(|&d| is_subject(text, d)) {
            return Some(noun_source(text, subject));
        }
        if let Some(object) = quoted_as(text, at) {
            return Some(noun_source(text, object));
        }
        let head = text.head(at)?;
        at = match text.deprel(at).general() {
            // "Urged both sides to return and proposed a date": what is finite goes on with the finite verb.
            Deprel::Conj if is_finite(text, at) && is_infinitive(text, head) => text.head(head)?,
            Deprel::Conj if text.upos(head) != Upos::Noun => head,
            Deprel::Xcomp => {
                match text.dependents(head).iter().copied().find(|&d| text.deprel(d) == Deprel::Obj) {
                    Some(object) if head < object && object < at => return Some(noun_source(text, object)),
                    _ => head,
                }
            }
            Deprel::Advcl if text.xpos(at) != Xpos::Vb || text.dependent(at, Deprel::Mark).is_some() => head,
            Deprel::Acl if matches!(text.xpos(at), Xpos::Vbg) => return Some(noun_source(text, head)),
            Deprel::Parataxis if text.xpos(at) == Xpos::Vbg => head,
            _ => return None,
        };
    }
    None
}

/// "quoted the minister as saying": whom a participle behind "as" speaks for.
pub(super) fn quoted_as(text: &Text<'_>, participle: u32) -> Option<u32> {
    let head = text
        .head(participle)
        .filter(|_| text.is_rel(participle, Deprel::Advcl) && starts_with_as(text, participle))?;
    let object =
        text.dependents(head).iter().copied().find(|&d| matches!(text.deprel(d), Deprel::Obj | Deprel::Iobj));
    object.or_else(|| text.dependents(head).iter().copied().find(|&d| text.deprel(d) == Deprel::NsubjPass))
}

/// Verbs that are gone up to find a subject, at most.
const MAX_STEPS: usize = 5;

fn is_subject(text: &Text<'_>, at: u32) -> bool {
    text.deprel(at) == Deprel::Nsubj
}

/// The words of a noun that is a source, without a preposition before and marks behind.
pub(super) fn noun_source(text: &Text<'_>, head: u32) -> Source {
    let mut words = words_below(text, head);
    if let Some(case) = text.dependents_by(head, Deprel::Case).find(|&c| c < head) {
        words.start = words.start.max(case + 1);
    }
    while words.end > head + 1 && matches!(text.word(words.end - 1), "," | "-" | "–" | "—" | ";") {
        words.end -= 1;
    }
    Source { head, words }
}

/// "the claim that the port was shut"
fn of_noun(text: &Text<'_>, cues: &Cues, noun: u32) -> Option<Draft> {
    let frame = cues.noun(text.lemma(noun))?;
    let clause = text.dependents(noun).iter().copied().find(|&d| {
        let kind = text.deprel(d);
        let that = || text.dependents_by(d, Deprel::Mark).any(|m| text.lemma(m) == "that");
        d > noun && (kind == Deprel::Acl || kind == Deprel::Ccomp) && frame.clause && that()
    })?;
    let owner = text.dependent(noun, Deprel::NmodPoss).filter(|&o| text.upos(o) != Upos::Punct);
    let by = text.dependents_by(noun, Deprel::Nmod).find(|&n| preposition(text, n) == Some("by"));
    let source = owner.or(by).map(|head| {
        let mut source = noun_source(text, head);
        let clitic = text.dependents_by(head, Deprel::Case).find(|&c| c + 1 == source.words.end && c > head);
        source.words.end -= u32::from(clitic.is_some());
        source
    });
    if source.is_none() && frame.kind != CueKind::Says {
        return None;
    }
    Some(Draft {
        cue: Some(TokenRange { start: noun, end: noun + 1 }),
        cue_head: Some(noun),
        source,
        content: trimmed(text, vec![text.below(clause)]),
        rule: "statement/noun",
        filled: false,
        wide: 0,
        confidence: 0.7,
    })
}

/// "according to the ministry"
fn of_source_words(text: &Text<'_>, cues: &Cues, at: u32) -> Option<Draft> {
    let end = text.sentence(at).tokens.end;
    let words: Vec<String> = (at..end.min(at + 5)).map(|t| text.word(t).to_lowercase()).collect();
    let length = cues.before_source(words.iter().map(String::as_str)) as u32;
    if length == 0 {
        return None;
    }
    let cue = TokenRange { start: at, end: at + length };
    let noun = |t: u32| matches!(text.upos(t), Upos::Noun | Upos::Propn | Upos::Pron);
    let head =
        text.above(at).chain(text.dependents(at).iter().copied()).find(|&h| h >= cue.end && noun(h))?;
    let phrase = if text.is_below(at, head) { text.below(head) } else { text.below(at) };
    let told = told_by_source(text, head, at)?;
    let mut source = noun_source(text, head);
    source.words.start = source.words.start.max(cue.end);
    let content = trimmed(text, without(text.below(told), phrase));
    (!content.is_empty()).then_some(Draft {
        cue: Some(cue),
        cue_head: Some(at),
        source: Some(source),
        content,
        rule: "statement/according to",
        filled: false,
        wide: 0,
        confidence: 0.9,
    })
}

/// The clause that "according to X" hangs on.
fn told_by_source(text: &Text<'_>, head: u32, at: u32) -> Option<u32> {
    let hangs = if text.is_below(at, head) { head } else { at };
    let mut told = text.head(hangs)?;
    // It mostly speaks for the whole clause, whatever noun of it the tree hangs it on.
    while matches!(
        text.deprel(told).general(),
        Deprel::Nmod
            | Deprel::Obl
            | Deprel::Obj
            | Deprel::Appos
            | Deprel::Nummod
            | Deprel::Conj
            | Deprel::Xcomp
    ) {
        let Some(above) = text.head(told) else { break };
        told = above;
    }
    Some(told)
}

/// "Mayor: Bridge will stay open"
fn headlines(text: &Text<'_>) -> Vec<Draft> {
    text.doc.sentences.iter().filter_map(|sentence| headline(text, sentence.tokens)).collect()
}

fn headline(text: &Text<'_>, tokens: TokenRange) -> Option<Draft> {
    let block = text.article.blocks.get(text.sentence(tokens.start).block as usize)?;
    use chancery_model::BlockKind;
    if !matches!(
        block.kind,
        BlockKind::Headline | BlockKind::Standfirst | BlockKind::Bullet | BlockKind::Heading
    ) {
        return None;
    }
    let colon = (tokens.start + 1..tokens.end.min(tokens.start + 8)).find(|&t| text.word(t) == ":")?;
    let before = TokenRange { start: tokens.start, end: colon };
    let after = TokenRange { start: colon + 1, end: tokens.end };
    let named = (before.start..before.end).filter(|&t| text.name(t).is_some()).count();
    let verbless = (before.start..before.end).all(|t| text.upos(t) != Upos::Verb);
    let speaks = (after.start..after.end).any(|t| matches!(text.upos(t), Upos::Verb | Upos::Aux));
    if named == 0 || !verbless || !speaks || after.len() < 3 {
        return None;
    }
    let head = (before.start..before.end).find(|&t| text.head(t).is_none_or(|h| !before.holds(h)))?;
    Some(Draft {
        cue: Some(TokenRange { start: colon, end: colon + 1 }),
        cue_head: None,
        source: Some(Source { head, words: before }),
        content: trimmed(text, vec![after]),
        rule: "statement/headline",
        filled: false,
        wide: 0,
        confidence: 0.6,
    })
}
