//! Statements from the learned reader's labels, their bounds mended by the tree.
//!
//! The labels know more ways of reporting than any list, and lose themselves in single words: a source that they do not mark is the
//! cue's subject, and crumbs of content are joined or left out.

use chancery_lexicon::cues::CueKind;
use chancery_model::{Attribution, Deprel, Label, NameKind, TokenRange, Upos, Xpos};

use super::draft::{Draft, Source};
use super::frames::{kind_of, noun_source, quoted_as, subject, trimmed};
use super::quotes::Quotes;
use crate::Text;

/// Labels of words of saying that are less sure are left to the tree, ...
const LEAST: f32 = 0.5;
/// ... those of other words that report, ...
const LEAST_REPORTING: f32 = 0.5;
/// ... and those of words that no list has.
const LEAST_UNLISTED: f32 = 0.7;
/// Tokens between two pieces of content that are taken in, if nothing else stands there.
const GAP: u32 = 3;
/// Pieces of fewer tokens than this beside a longer one are crumbs.
const CRUMB: usize = 2;

/// Every statement that the labels give.
pub(super) fn drafts(text: &Text<'_>) -> Vec<Draft> {
    text.doc.attributions.iter().filter_map(|attribution| draft(text, attribution)).collect()
}

fn draft(text: &Text<'_>, attribution: &Attribution) -> Option<Draft> {
    let cue_head = attribution.cue.map(|cue| head_of(text, cue));
    let content = content(text, attribution);
    let dateline = text.article.dateline.as_ref().map_or(0, |dateline| dateline.span.end);
    let in_dateline = attribution
        .cue
        .is_some_and(|cue| text.span(cue).start <= dateline && text.token(cue.start).upos == Upos::Punct);
    let kind = cue_head.and_then(|cue| kind_of(text, cue));
    let least = match kind {
        Some(CueKind::Says) => LEAST,
        Some(_) => LEAST_REPORTING,
        None => LEAST_UNLISTED,
    };
    if attribution.confidence < least || in_dateline || content.is_empty() && cue_head.is_none() {
        return None;
    }
    Some(Draft {
        cue: attribution.cue,
        cue_head,
        source: source(text, attribution, cue_head),
        filled: content.is_empty(),
        content,
        wide: 0,
        rule: kind.map_or("label/other", label_of),
        confidence: attribution.confidence,
    })
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

/// The label's source; where it gives none, the cue's subject; of several, the one that the subject confirms, or the nearest.
fn source(text: &Text<'_>, attribution: &Attribution, cue: Option<u32>) -> Option<Source> {
    let subject = cue.and_then(|cue| subject(text, cue));
    let labelled =
        attribution.sources.iter().copied().map(|words| Source { head: head_of(text, words), words });
    let labelled: Vec<Source> = labelled.collect();
    if let Some(agent) = cue.and_then(|cue| text.dependent(cue, Deprel::OblAgent)) {
        return Some(noun_source(text, agent));
    }
    let confirmed = |source: &&Source| subject.is_some_and(|s| source.words.holds(s.head));
    let far = |source: &&Source| attribution.cue.map_or(0, |cue| gap(source.words, cue));
    labelled.iter().find(confirmed).or_else(|| labelled.iter().min_by_key(far)).copied().or(subject)
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
    let speech = |t: &u32| quotes.at(*t).is_some() || *t < frame.wide && *t >= frame.extent().end;
    if more.is_empty() && !less.is_empty() || less.is_empty() && !more.is_empty() && !more.iter().all(speech)
    {
        label.content = frame.content;
    }
}

/// Whether a statement that the tree alone gives is sure enough: a verb of saying with its clause, in the reporter's own words.
fn stands(text: &Text<'_>, quotes: &Quotes, others: &[Draft], frame: &Draft) -> bool {
    let nested = is_nested(quotes, others, frame);
    let labelled = !text.doc.attributions.is_empty();
    let says = matches!(frame.rule, "statement/says" | "statement/according to" | "statement/noun");
    let clause = frame.content.iter().any(|piece| {
        (piece.start..piece.end).any(|t| matches!(text.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
    });
    if nested { reports(text, quotes, frame) } else { says && clause || !labelled }
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
