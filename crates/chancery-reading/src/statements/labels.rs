//! Statements from the learned reader's labels, their bounds mended by the tree.
//!
//! The labels know more ways of reporting than any list, and lose themselves in single words: a source that they do not mark is the
//! cue's subject, and crumbs of content are joined or left out.

use chancery_lexicon::cues::{CueKind, Cues};
use chancery_lexicon::people::{self, Noun};
use chancery_model::{Attribution, Deprel, Label, NameKind, TokenRange, Upos, Xpos};

use super::draft::{Draft, Source};
use super::frames::{kind_of, noun_source, quoted_as, subject, trimmed};
use super::quotes::Quotes;
use crate::Text;

/// Labels that are less sure are left to the tree. Between 0.2 and 0.5 the score on PolNeAR hardly moves; ...
const LEAST: f32 = 0.35;
/// ... those of words that no list has are wrong more often, ...
const LEAST_UNLISTED: f32 = 0.5;
/// ... of a title or term in quotation marks ("has read “The Long Winter”") more often still, ...
const LEAST_TITLE: f32 = 0.8;
/// ... and most often where no word reports.
const LEAST_WITHOUT_CUE: f32 = 0.6;
/// Tokens between two pieces of content that are taken in, if nothing else stands there.
const GAP: u32 = 3;
/// Pieces of fewer tokens than this beside a longer one are crumbs.
const CRUMB: usize = 2;

/// Every statement that the labels give.
pub(super) fn drafts(text: &Text<'_>, quotes: &Quotes) -> Vec<Draft> {
    text.doc.attributions.iter().filter_map(|attribution| draft(text, quotes, attribution)).collect()
}

fn draft(text: &Text<'_>, quotes: &Quotes, attribution: &Attribution) -> Option<Draft> {
    let cue_head = attribution.cue.map(|cue| head_of(text, cue));
    let content = content(text, attribution);
    let dateline = text.article.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    let in_dateline = attribution
        .cue
        .is_some_and(|cue| text.span(cue).start <= dateline && text.token(cue.start).upos == Upos::Punct);
    let kind = cue_head.and_then(|cue| kind_of(text, cue));
    let nothing = content.is_empty() && cue_head.is_none();
    let least = match (cue_head, kind) {
        (None, _) => LEAST_WITHOUT_CUE,
        (_, Some(_)) => LEAST,
        _ if is_title(text, quotes, &content) => LEAST_TITLE,
        _ => LEAST_UNLISTED,
    };
    let idle = cue_head.is_some_and(|cue| is_idle(text, cue, &content));
    if attribution.confidence < least || in_dateline || nothing || idle {
        return None;
    }
    if let Some(saying) = cue_head.and_then(|cue| quoted_saying(text, cue)) {
        return Some(quoted(text, attribution, saying, content));
    }
    let source = source(text, attribution, cue_head);
    if source.is_none() && cue_head.is_some_and(|cue| is_feeling(text, cue)) {
        return None;
    }
    Some(Draft {
        cue: attribution.cue,
        cue_head,
        source,
        filled: content.is_empty(),
        content,
        wide: 0,
        rule: kind.map_or("label/other", label_of),
        confidence: attribution.confidence,
    })
}

/// The verb that reports in "quoted the ministry as saying".
fn quoted_saying(text: &Text<'_>, cue: u32) -> Option<u32> {
    let quotes = matches!(text.lemma(cue), "quote" | "cite");
    text.dependents_by(cue, Deprel::Advcl).find(|&d| quotes && quoted_as(text, d).is_some())
}

/// "state media quoted the ministry as saying": whoever is quoted says it; the words between are none of the content.
fn quoted(text: &Text<'_>, attribution: &Attribution, saying: u32, mut content: Vec<TokenRange>) -> Draft {
    let start = attribution.cue.map_or(saying, |cue| cue.start.min(saying));
    content.retain(|piece| !piece.holds(saying));
    Draft {
        cue: Some(TokenRange { start, end: saying + 1 }),
        cue_head: Some(saying),
        source: quoted_as(text, saying).map(|object| noun_source(text, object)),
        filled: content.is_empty(),
        content,
        wide: 0,
        rule: "label/says",
        confidence: attribution.confidence,
    }
}

/// Whether what is reported is nothing but a term or title in quotation marks.
fn is_title(text: &Text<'_>, quotes: &Quotes, content: &[TokenRange]) -> bool {
    let whole = |piece: &TokenRange| {
        let quote = quotes.at(piece.start).filter(|quote| !quote.is_speech(text));
        quote.is_some_and(|quote| piece.end <= quote.outer.end)
    };
    !content.is_empty() && content.iter().all(whole)
}

/// Words of saying that report nothing: "did not respond to calls", "asked about the levy, Brandt said", "…, he said, referring to
/// the levy".
fn is_idle(text: &Text<'_>, cue: u32, content: &[TokenRange]) -> bool {
    let clause = |t: u32| matches!(text.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let told = content.iter().any(|piece| (piece.start..piece.end).any(clause));
    let silent = text
        .dependents_by(cue, Deprel::Advmod)
        .any(|d| matches!(text.lemma(d), "not" | "n't" | "n’t" | "never"));
    let participle = matches!(text.deprel(cue).general(), Deprel::Advcl | Deprel::Acl);
    match text.lemma(cue) {
        "respond" | "reply" | "answer" | "comment" => silent && !told,
        "ask" | "question" => {
            let own = [Deprel::Nsubj, Deprel::OblAgent].iter().any(|rel| text.dependent(cue, *rel).is_some());
            participle && matches!(text.xpos(cue), Xpos::Vbn | Xpos::Vbd) && !own
        }
        // "Recalled its delegation", "behind the row lies a plan".
        _ if !told && (is_somebody(text, cue, content) || is_subject(text, cue, content)) => true,
        "refer" | "speak" | "talk" | "allude" => participle && text.xpos(cue) == Xpos::Vbg && !told,
        _ => false,
    }
}

/// Whether all that a verb of saying has for an object is a known person or body: "recalled its delegation".
fn is_somebody(text: &Text<'_>, cue: u32, content: &[TokenRange]) -> bool {
    let [piece] = content else { return false };
    let head = head_of(text, *piece);
    let object = text.is_rel(head, Deprel::Obj) && text.head(head) == Some(cue);
    let known = text.dependent(head, Deprel::NmodPoss).is_some() || text.name(head).is_some();
    let noun = people::noun(text.lemma(head));
    let somebody = noun.is_person() || noun.is(Noun::BODY) || text.name_kind(head) == Some(NameKind::Person);
    object && known && somebody && kind_of(text, cue) == Some(CueKind::Says)
}

/// Whether the content is the subject of its own cue, and nobody else is: "behind the row lies a plan".
fn is_subject(text: &Text<'_>, cue: u32, content: &[TokenRange]) -> bool {
    let [piece] = content else { return false };
    let head = head_of(text, *piece);
    let passive = text.dependent(cue, Deprel::AuxPass).is_some();
    !passive && text.is_rel(head, Deprel::Nsubj) && text.head(head) == Some(cue)
}

/// "Fears", "hopes": a noun of thinking that nobody is said to have.
fn is_feeling(text: &Text<'_>, cue: u32) -> bool {
    text.upos(cue) == Upos::Noun && kind_of(text, cue).is_some_and(|kind| kind != CueKind::Says)
}

/// The name of what a label's cue gives.
fn label_of(kind: CueKind) -> Label {
    match kind {
        CueKind::Says => "label/says",
        CueKind::Wants => "label/wants",
        CueKind::Judges => "label/judges",
        CueKind::Thinks => "label/thinks",
        CueKind::Shows => "label/shows",
    }
}

/// The token that heads a stretch of words: a verb, where one stands at the top.
fn head_of(text: &Text<'_>, words: TokenRange) -> u32 {
    let top = |t: &u32| text.head(*t).is_none_or(|head| !words.holds(head));
    let tops: Vec<u32> = (words.start..words.end).filter(top).collect();
    let person = |t: &u32| text.name_kind(*t) == Some(NameKind::Person);
    let verb = tops.iter().copied().find(|&t| text.upos(t) == Upos::Verb);
    let word = tops.iter().copied().find(|&t| text.upos(t) != Upos::Punct);
    let named = tops.iter().copied().find(person).filter(|_| tops.len() > 1);
    verb.or(named).or(word).unwrap_or(words.start)
}

/// The cue's subject, where it stands at the cue itself or is a person's or a body's name; else the label's source; of several, the one
/// that the subject confirms, or the nearest.
fn source(text: &Text<'_>, attribution: &Attribution, cue: Option<u32>) -> Option<Source> {
    let subject = cue.and_then(|cue| subject(text, cue));
    let labelled = attribution.sources.iter().map(|&words| {
        let words = without_end(text, words);
        Source { head: head_of(text, words), words }
    });
    // The place and agency at the head of a story say nothing.
    let dateline = text.article.dateline.as_ref().map(|dateline| dateline.span);
    let apart = |source: &Source| {
        let words = text.span(source.words);
        dateline.is_none_or(|dateline| words.end <= dateline.start || dateline.end <= words.start)
    };
    let labelled: Vec<Source> = labelled.filter(apart).collect();
    if let Some(agent) = cue.and_then(|cue| text.dependent(cue, Deprel::OblAgent)) {
        return Some(noun_source(text, agent));
    }
    let confirmed = |source: &&Source| subject.is_some_and(|s| source.words.holds(s.head));
    let far = |source: &&Source| attribution.cue.map_or(0, |cue| gap(source.words, cue));
    let told = subject.filter(|s| cue.is_some_and(|cue| is_clear(text, attribution, *s, cue)));
    if told.is_some() && !labelled.iter().any(|source| confirmed(&source)) {
        return told;
    }
    labelled.iter().find(confirmed).or_else(|| labelled.iter().min_by_key(far)).copied().or(subject)
}

/// Whether the tree leaves no doubt about whose verb it is: the subject hangs on the cue itself, or the cue is a participle of the verb
/// that the subject hangs on ("Brandt told the envoy …, adding"); and no content of the label's holds it.
fn is_clear(text: &Text<'_>, attribution: &Attribution, subject: Source, cue: u32) -> bool {
    let on = text.head(subject.head);
    let participle = text.xpos(cue) == Xpos::Vbg && text.head(cue) == on;
    let inside = attribution.contents.iter().any(|piece| piece.holds(subject.head));
    let noun = matches!(text.upos(subject.head), Upos::Noun | Upos::Propn | Upos::Pron);
    noun && !inside && (on == Some(cue) || participle)
}

/// The words without a preposition or conjunction that a label left at their end.
fn without_end(text: &Text<'_>, mut words: TokenRange) -> TokenRange {
    while words.len() > 1 && matches!(text.upos(words.end - 1), Upos::Adp | Upos::Cconj) {
        words.end -= 1;
    }
    words
}

fn gap(a: TokenRange, b: TokenRange) -> u32 {
    if a.end <= b.start { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

/// The label's pieces without crumbs, those with a few words between joined.
fn content(text: &Text<'_>, attribution: &Attribution) -> Vec<TokenRange> {
    let taken = |t: u32| {
        attribution.cue.is_some_and(|cue| cue.holds(t)) || attribution.sources.iter().any(|s| s.holds(t))
    };
    let mut pieces: Vec<TokenRange> = Vec::new();
    for &piece in &attribution.contents {
        match pieces.last_mut() {
            Some(last) if piece.start <= last.end + GAP && !(last.end..piece.start).any(taken) => {
                last.end = piece.end
            }
            _ => pieces.push(piece),
        }
    }
    let longest = pieces.iter().map(|piece| piece.len()).max().unwrap_or(0);
    if longest > CRUMB {
        pieces.retain(|piece| piece.len() >= CRUMB);
    }
    trimmed(text, pieces)
}

/// The labels' statements and the tree's, each cue once: the labels find, the tree settles what a verb of saying governs.
pub(super) fn joined(
    text: &Text<'_>,
    quotes: &Quotes,
    labelled: Vec<Draft>,
    framed: Vec<Draft>,
) -> Vec<Draft> {
    let mut framed = framed;
    let mut out: Vec<Draft> = Vec::new();
    for mut label in labelled {
        let same =
            |frame: &Draft| frame.cue_head.is_some_and(|head| label.cue.is_some_and(|cue| cue.holds(head)));
        if let Some(at) = framed.iter().position(same) {
            settle(text, quotes, &mut label, framed.swap_remove(at));
        }
        if label.filled && label.cue_head.is_some_and(|cue| is_idle(text, cue, &label.content)) {
            continue;
        }
        out.push(label);
    }
    let (mut out, empty): (Vec<Draft>, Vec<Draft>) = out.into_iter().partition(|draft| !draft.filled);
    let filled: Vec<Draft> = empty
        .into_iter()
        .filter(|draft| !is_nested(quotes, &out, draft) || reports(text, quotes, draft))
        .collect();
    out.extend(filled.into_iter().filter(|draft| !draft.content.is_empty()));
    framed.retain(|frame| stands(text, quotes, &out, frame));
    out.extend(framed);
    out
}

/// Of the label's content and the tree's, the wider one where the label lost words, and the tree's where the label took in words of the
/// reporter's.
fn settle(text: &Text<'_>, quotes: &Quotes, label: &mut Draft, frame: Draft) {
    if label.source.is_none() {
        label.source = frame.source;
    }
    if label.filled {
        label.content = frame.content;
        return;
    }
    if frame.rule != "statement/says" && frame.rule != "statement/according to" {
        return;
    }
    let words = |draft: &Draft, other: &Draft| -> Vec<u32> {
        let all = draft.content.iter().flat_map(|piece| piece.start..piece.end);
        all.filter(|&t| text.upos(t) != Upos::Punct && !other.says(t)).collect()
    };
    let (more, less) = (words(label, &frame), words(&frame, label));
    if frame.rule == "statement/according to" && less.is_empty() {
        // It speaks for the whole clause, whatever word of it the tree hangs it on.
        return;
    }
    let speech = |t: &u32| quotes.at(*t).is_some() || *t < frame.wide && *t >= frame.extent().end;
    if more.is_empty() && !less.is_empty() || less.is_empty() && !more.is_empty() && !more.iter().all(speech)
    {
        label.content = frame.content;
    }
}

/// Whether a statement that the tree alone gives is sure enough: a verb of saying with its own subject and its clause, in the reporter's
/// own words.
fn stands(text: &Text<'_>, quotes: &Quotes, others: &[Draft], frame: &Draft) -> bool {
    let nested = is_nested(quotes, others, frame);
    let labelled = !text.doc.attributions.is_empty();
    let says = matches!(frame.rule, "statement/says" | "statement/according to" | "statement/noun");
    if frame.cue_head.is_some_and(|cue| super::frames::measures(text, cue)) {
        return !nested && frame.source.is_some();
    }
    if super::charges::charge(text, frame).is_some() {
        return !nested && frame.source.is_some();
    }
    let clause = frame.content.iter().any(|piece| {
        (piece.start..piece.end).any(|t| matches!(text.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
    });
    let told = frame.rule != "statement/says"
        || frame.cue_head.is_some_and(|cue| {
            let own = text.dependent(cue, Deprel::Nsubj).is_some() || quoted_as(text, cue).is_some();
            own && (text.dependent(cue, Deprel::Ccomp).is_some() || takes_report(text, cue))
        });
    if nested { reports(text, quotes, frame) } else { says && clause && told || !labelled }
}

/// "Denied reports that the road was shut": what is reported is plain, though it is no clause of the verb's.
fn takes_report(text: &Text<'_>, verb: u32) -> bool {
    let Some(object) = text.dependents_by(verb, Deprel::Obj).find(|&object| object > verb) else {
        return false;
    };
    let report = Cues::shipped().noun(text.lemma(object)).is_some_and(|noun| noun.clause);
    let clause = |d: &u32| {
        matches!(text.deprel(*d).general(), Deprel::Acl | Deprel::Ccomp)
            && text.dependents_by(*d, Deprel::Mark).any(|mark| text.lemma(mark) == "that")
    };
    report && text.dependents(object).iter().any(clause)
}

/// Whether the cue stands inside what somebody else is reported to say.
fn is_nested(quotes: &Quotes, others: &[Draft], draft: &Draft) -> bool {
    let Some(cue) = draft.cue_head else { return false };
    quotes.at(cue).is_some_and(|quote| quote.closed) || others.iter().any(|other| other.says(cue))
}

/// A report inside a report: somebody named is said to have said a whole clause. What a speaker says of their own saying or of their
/// hearer's is part of their words.
fn reports(text: &Text<'_>, quotes: &Quotes, frame: &Draft) -> bool {
    let free = frame.cue_head.is_some_and(|cue| quotes.at(cue).is_none());
    let named = frame.source.is_some_and(|source| matches!(text.upos(source.head), Upos::Noun | Upos::Propn));
    let clause = frame
        .content
        .iter()
        .any(|piece| (piece.start..piece.end).any(|t| matches!(text.upos(t), Upos::Verb | Upos::Aux)));
    let own = frame
        .cue_head
        .is_some_and(|cue| text.dependent(cue, Deprel::Nsubj).is_some() || quoted_as(text, cue).is_some());
    let says = matches!(frame.rule, "statement/says" | "label/says");
    free && named && clause && own && says
}
