//! From drafts to statements: which of two drafts for the same words stays, what lies inside what, who speaks, and in which form.

use chancery_lexicon::cues::{CueKind, Cues, is_venue};
use chancery_model::{
    EntityKind, Form, Reading, Saying, Span, Statement, TokenRange, Unresolved, Upos, Who, Why, Xpos,
};

use super::circumstances::{hearer, spoken, venue};
use super::draft::{Draft, Source};
use super::frames::kind_of;
use super::issuer::of_document;
use super::quotes::Quotes;
use super::{charges, pairs};
use crate::{Text, times, who};

/// The statements, by where their content begins.
pub(super) fn settled(
    text: &Text<'_>,
    reading: &Reading,
    quotes: &Quotes,
    drafts: Vec<Draft>,
) -> Vec<Statement> {
    let mut drafts = apart(drafts);
    charges::resolved(text, &mut drafts);
    cut_participles(text, quotes, &mut drafts);
    share_sources(text, &mut drafts);
    drafts.retain(|draft| !draft.content.is_empty());
    let spoken: Vec<u32> =
        drafts.iter().filter_map(|d| d.cue_head).flat_map(|cue| spoken(text, cue)).collect();
    drafts.retain(|draft| draft.cue_head.is_none_or(|cue| !spoken.contains(&cue)));
    drafts.sort_by_key(|draft| (draft.extent().start, std::cmp::Reverse(draft.extent().end), draft.cue_head));
    let insides: Vec<Option<u32>> = drafts.iter().map(|draft| inside(&drafts, draft)).collect();
    let mut statements: Vec<Statement> = Vec::new();
    for (draft, inside) in drafts.iter().zip(insides) {
        let issuer = draft.source.and_then(|source| of_document(text, reading, source, &statements));
        let speakers = issuer.unwrap_or_else(|| speakers(text, reading, draft, statements.last()));
        statements.push(statement(text, reading, quotes, draft, speakers, inside));
    }
    statements
}

/// Of drafts with the same cue, or with much the same content and none inside the other, the surer one.
fn apart(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.extent().cmp(&b.extent())));
    let mut kept: Vec<Draft> = Vec::new();
    for draft in drafts {
        let same = |other: &Draft| {
            let nested = draft.cue_head.is_some_and(|cue| other.says(cue))
                || other.cue_head.is_some_and(|cue| draft.says(cue));
            let shared = draft.shared(other);
            draft.cue_head.is_some() && draft.cue_head == other.cue_head
                || !nested && 2 * shared > draft.size().min(other.size())
        };
        if !kept.iter().any(same) {
            kept.push(draft);
        }
    }
    kept
}

/// "said the port was shut, adding that …": a participle with a cue of its own ends what was said before it, and has the same speaker.
fn cut_participles(text: &Text<'_>, quotes: &Quotes, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let Some(cue) =
            drafts[at].cue_head.filter(|&cue| text.xpos(cue) == Xpos::Vbg && quotes.at(cue).is_none())
        else {
            continue;
        };
        if cue == 0 || text.word(cue - 1) != "," {
            continue;
        }
        let holder =
            drafts.iter().position(|other| other.says(cue) && other.cue_head.is_some_and(|c| c < cue));
        let Some(holder) = holder else { continue };
        drafts[at].source = drafts[holder].source;
        for piece in &mut drafts[holder].content {
            if piece.holds(cue) {
                piece.end = cue - 1;
            }
        }
        drafts[holder].content.retain(|piece| piece.start < cue && !piece.is_empty());
    }
}

/// "called it pointless, alleging that …": a participle that nothing else is the subject of speaks for whoever spoke before it in the
/// same sentence.
fn share_sources(text: &Text<'_>, drafts: &mut [Draft]) {
    for at in 0..drafts.len() {
        let open =
            drafts[at].cue_head.filter(|&cue| text.xpos(cue) == Xpos::Vbg && drafts[at].source.is_none());
        let Some(cue) = open.filter(|&cue| cue > 0 && text.word(cue - 1) == ",") else { continue };
        let sentence = text.sentence(cue).tokens;
        let before = drafts.iter().filter(|d| d.cue_head.is_some_and(|c| c < cue && sentence.holds(c)));
        drafts[at].source = before.max_by_key(|d| d.cue_head).and_then(|d| d.source);
    }
}

/// The smallest statement whose content holds the cue.
fn inside(drafts: &[Draft], draft: &Draft) -> Option<u32> {
    let cue = draft.cue_head?;
    let holders =
        drafts.iter().enumerate().filter(|(_, other)| other.says(cue) && other.cue_head != Some(cue));
    holders.min_by_key(|(_, other)| other.size()).map(|(at, _)| at as u32)
}

/// Who speaks. A quotation without a cue belongs to whoever spoke last.
fn speakers(text: &Text<'_>, reading: &Reading, draft: &Draft, last: Option<&Statement>) -> Vec<Who> {
    match (draft.source, last) {
        (Some(source), _) => named(text, reading, source),
        (None, Some(last)) if draft.cue.is_none() && is_named(last) => last.speakers.clone(),
        (None, _) => {
            let at = draft.cue.map_or(draft.content[0], |cue| cue);
            let reason = if draft.cue.is_some() {
                "the sentence does not say who"
            } else {
                "nothing introduces the quotation"
            };
            vec![Who { span: text.span(at), chain: Err(Unresolved::because(reason)) }]
        }
    }
}

/// Whether any words name the speaker of a statement.
fn is_named(statement: &Statement) -> bool {
    let own = |span: Span| statement.content.iter().chain(&statement.cue).any(|other| *other == span);
    statement.speakers.iter().any(|who| who.chain.is_ok() || !own(who.span))
}

/// The source, and those who speak with it: "the envoy and the minister said".
fn named(text: &Text<'_>, reading: &Reading, source: Source) -> Vec<Who> {
    let head = antecedent(text, source.head);
    let chain = who::who_of(text, reading, head).chain;
    let unnamed = chain.as_ref().map_or(true, |&at| reading.chains[at as usize].name.is_none());
    if let Some(two) = pairs::read(text, reading, head).filter(|_| unnamed) {
        return both(text.span(source.words), two);
    }
    let mute = chain.as_ref().is_ok_and(|&at| is_mute(text, reading, at, head));
    let chain =
        if mute { Err(Unresolved::because("what is named here says nothing by itself")) } else { chain };
    let first = Who { span: text.span(source.words), chain };
    let others = text
        .dependents_by(head, chancery_model::Deprel::Conj)
        .filter(|&d| source.words.holds(d) && matches!(text.upos(d), Upos::Noun | Upos::Propn | Upos::Pron));
    let others: Vec<Who> = others.map(|d| who::who_of(text, reading, d)).collect();
    let apart = others.into_iter().filter(|other| other.chain.is_err() || other.chain != first.chain);
    std::iter::once(first.clone()).chain(apart).collect()
}

/// "Both sides": the two, or nobody.
fn both(span: Span, two: Option<[u32; 2]>) -> Vec<Who> {
    match two {
        Some(two) => two.into_iter().map(|chain| Who { span, chain: Ok(chain) }).collect(),
        None => {
            let reason = "the words before do not leave two parties that are meant";
            vec![Who { span, chain: Err(Unresolved::because(reason)) }]
        }
    }
}

/// A thing that is no document: "a plan", "fears".
fn is_mute(text: &Text<'_>, reading: &Reading, chain: u32, head: u32) -> bool {
    const DOCUMENTS: [&str; 14] = [
        "study",
        "survey",
        "poll",
        "research",
        "analysis",
        "data",
        "figure",
        "law",
        "bill",
        "rule",
        "indictment",
        "constitution",
        "source",
        "review",
    ];
    let thing =
        reading.chains.get(chain as usize).is_some_and(|c| c.kind == EntityKind::Thing && c.name.is_none());
    let word = text.lemma(head);
    thing && text.upos(head) == Upos::Noun && !is_venue(word) && !DOCUMENTS.contains(&word)
}

/// The noun that "who", "which" or "that" stands for.
fn antecedent(text: &Text<'_>, head: u32) -> u32 {
    let relative = matches!(text.xpos(head), Xpos::Wp | Xpos::Wdt);
    let clause = text.above(head).find(|&at| text.deprel(at) == chancery_model::Deprel::AclRelcl);
    match clause.filter(|_| relative).and_then(|clause| text.head(clause)) {
        Some(noun) => noun,
        None => head,
    }
}

fn statement(
    text: &Text<'_>,
    reading: &Reading,
    quotes: &Quotes,
    draft: &Draft,
    speakers: Vec<Who>,
    inside: Option<u32>,
) -> Statement {
    let content: Vec<Span> =
        draft.content.iter().map(|piece| text.span(unmarked(text, quotes, *piece))).collect();
    let cue = draft.cue.map(|cue| text.span(cue));
    let named: Vec<Span> = content.iter().copied().chain(cue).collect();
    let venue = venue(text, draft);
    let said = draft.cue_head.and_then(|cue| times::said_at(text, reading, cue, &content));
    let spoken = || spoken(text, draft.cue_head?).find_map(|at| times::said_at(text, reading, at, &content));
    let said = said.or_else(spoken).or_else(|| venue.and_then(|venue| times::of_venue(text, reading, venue)));
    Statement {
        id: text.id('s', &named),
        form: form(text, quotes, draft),
        saying: saying(text, draft),
        content,
        cue,
        speakers,
        addressee: hearer(text, draft).map(|head| who::who_of(text, reading, head)),
        said,
        venue,
        inside,
        why: Why { rule: draft.rule, confidence: draft.confidence },
    }
}

/// Whether the cue is "according to" or the like.
pub(super) fn is_source_words(text: &Text<'_>, draft: &Draft) -> bool {
    let words = draft.cue.into_iter().flat_map(|cue| cue.start..cue.end);
    let words: Vec<String> = words.map(|t| text.word(t).to_lowercase()).collect();
    Cues::shipped().before_source(words.iter().map(String::as_str)) > 0
}

/// What kind of report it is, by the word that reports. Words in quotation marks without one were uttered.
fn saying(text: &Text<'_>, draft: &Draft) -> Option<Saying> {
    let Some(cue) = draft.cue_head else { return Some(Saying::Says) };
    if is_source_words(text, draft) {
        return Some(Saying::Says);
    }
    kind_of(text, cue).map(|kind| match kind {
        CueKind::Says => Saying::Says,
        CueKind::Wants => Saying::Wants,
        CueKind::Judges => Saying::Judges,
        CueKind::Thinks => Saying::Thinks,
        CueKind::Shows => Saying::Shows,
    })
}

/// A piece that is one quotation loses its marks, and the comma before the closing one.
fn unmarked(text: &Text<'_>, quotes: &Quotes, piece: TokenRange) -> TokenRange {
    let Some(quote) = quotes.at(piece.start) else { return piece };
    let whole = quote.outer.start == piece.start && piece.end <= quote.outer.end && !quote.inner.is_empty();
    if !whole {
        return piece;
    }
    let (start, mut end) = (quote.inner.start, piece.end.min(quote.inner.end));
    if end > start + 1 && text.word(end - 1) == "," {
        end -= 1;
    }
    TokenRange { start, end: end.max(start + 1) }
}

/// Whether the words are quoted, reported, or both.
fn form(text: &Text<'_>, quotes: &Quotes, draft: &Draft) -> Form {
    let leads = |t: u32| {
        draft.content.iter().any(|piece| piece.start == t)
            && matches!(text.lemma(t), "that" | "to" | "but" | "and")
    };
    let words = draft.content.iter().flat_map(|piece| piece.start..piece.end);
    let words = words.filter(|&t| text.upos(t) != Upos::Punct && !leads(t));
    let (quoted, reported): (Vec<u32>, Vec<u32>) = words.partition(|&t| quotes.at(t).is_some());
    match (quoted.is_empty(), reported.is_empty()) {
        (true, _) => Form::Indirect,
        (false, true) => Form::Direct,
        (false, false) => Form::Mixed,
    }
}
