//! The words that carry a stance: its clause, without what the reporter hangs on it.

use chancery_model::{Deprel, Form, Statement, TokenRange, Upos, Xpos};

use super::{Scene, holder};
use crate::Text;
use crate::clause;
use crate::who::{noun_phrase, who_of};

/// The clause of a predicate. Inside a statement it ends where the statement ends.
pub(super) fn of(scene: &Scene<'_>, predicate: u32) -> TokenRange {
    let text = scene.text;
    let mut range = TokenRange::new(predicate as usize, predicate as usize + 1);
    for &part in text.dependents(predicate) {
        let below = text.below(part);
        let stays = match text.deprel(part).general() {
            Deprel::Punct | Deprel::Mark | Deprel::Cc | Deprel::Discourse | Deprel::Parataxis => false,
            Deprel::Conj => goes_on(text, predicate, part) || is_lowered(text, predicate, part),
            Deprel::Obl | Deprel::Advmod if is_fronted(text, predicate, part) => false,
            Deprel::Obl if is_attempt(text, predicate, part) => false,
            // "Condemned the strike, calling it a crime": the judgement goes with it.
            Deprel::Advcl if is_judged(text, part) => true,
            Deprel::Advcl => {
                Some(part) == clause::condition(text, predicate)
                    || part < predicate
                    || is_contrast(text, part)
                    || !set_off(text, part)
            }
            _ => true,
        };
        if stays {
            range.start = range.start.min(below.start);
            range.end = range.end.max(below.end);
        }
    }
    range = told_alone(scene, predicate, range);
    if let Some(cut) = raised_below(text, predicate) {
        range.end = range.end.min(cut).max(predicate + 1);
    }
    if let Some(noun) = undergone(scene, predicate) {
        range.start = range.start.min(noun_phrase(text, noun).start);
    }
    // "Insisted that the force be armed, and that the town be left": the second clause is a matter of its own.
    let second =
        text.dependents_by(predicate, Deprel::Ccomp).flat_map(|c| text.dependents_by(c, Deprel::Conj));
    let own = |&c: &u32| c > predicate && text.dependent(c, Deprel::Nsubj).is_some();
    if let Some(cut) = second.filter(own).map(|c| text.below(c).start).min() {
        range.end = range.end.min(cut).max(predicate + 1);
    }
    // A conjunct may have taken words between it and the predicate along.
    let conjuncts = text.dependents_by(predicate, Deprel::Conj);
    let other = conjuncts
        .filter(|&c| c > predicate && !goes_on(text, predicate, c) && !is_lowered(text, predicate, c));
    if let Some(cut) = other.map(|c| text.below(c).start).find(|&cut| cut > predicate) {
        range.end = range.end.min(cut);
    }
    trimmed(scene, clipped(scene, predicate, range))
}

/// Whether a part stands before the subject and a comma sets it off: "For the first time in years, Lasia imposed".
fn is_fronted(text: &Text<'_>, predicate: u32, part: u32) -> bool {
    let subject = text.dependents_by(predicate, Deprel::Nsubj).find(|&s| s < predicate);
    let end = text.below(part).end;
    let comma = text.word(end - 1) == "," || end < text.len() as u32 && text.word(end) == ",";
    subject.is_some_and(|s| part < s) && comma
}

/// "In an attempt to win time": what a side is after by it, and not what it does.
fn is_attempt(text: &Text<'_>, predicate: u32, part: u32) -> bool {
    part > predicate
        && matches!(text.lemma(part), "attempt" | "effort" | "bid")
        && clause::case(text, part) == Some("in")
}

fn is_judged(text: &Text<'_>, part: u32) -> bool {
    text.xpos(part) == Xpos::Vbg && matches!(text.lemma(part), "call" | "describe" | "brand" | "label")
}

/// Whether a conjunct goes on a clause inside the predicate's: "securing a deal that protects the town, ends the strikes and …".
fn is_lowered(text: &Text<'_>, predicate: u32, conjunct: u32) -> bool {
    let finite = matches!(text.xpos(conjunct), Xpos::Vbz | Xpos::Vbd | Xpos::Vbp);
    let inner = |at: u32| text.deprel(at) == Deprel::AclRelcl && text.xpos(at) == text.xpos(conjunct);
    finite
        && matches!(text.xpos(predicate), Xpos::Vbg | Xpos::Vb)
        && text.dependent(conjunct, Deprel::Nsubj).is_none()
        && (predicate + 1..conjunct).any(inner)
}

/// Where a clause begins that the tree hangs below an infinitive of the predicate, and that goes on from the predicate itself.
fn raised_below(text: &Text<'_>, predicate: u32) -> Option<u32> {
    let inner = text.dependents_by(predicate, Deprel::Xcomp);
    let conjuncts = inner.flat_map(|x| text.dependents_by(x, Deprel::Conj));
    conjuncts.filter(|&c| clause::raised(text, c) == Some(predicate)).map(|c| text.below(c).start).min()
}

/// A range without what is only hung on: a clause behind the subject ("Merrow, who came late, refused"), and a clause or an apposition
/// set off by a comma at the end.
fn told_alone(scene: &Scene<'_>, predicate: u32, mut range: TokenRange) -> TokenRange {
    let text = scene.text;
    // "Its demands, which include the port": what is listed belongs to them.
    let dashed = |at: u32| {
        let start = text.below(at).start;
        matches!(text.word(start), "—" | "–") || start > 0 && matches!(text.word(start - 1), "—" | "–")
    };
    let hung = |at: u32| match text.deprel(at) {
        Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Appos => {
            set_off(text, at) && text.lemma(at) != "include"
        }
        Deprel::Advcl => dashed(at),
        _ => false,
    };
    let subject = text.dependents_by(predicate, Deprel::Nsubj).find(|&s| s < predicate);
    if let Some(subject) = subject.filter(|&s| text.below(s).range().any(|at| hung(at as u32))) {
        range.start = range.start.max(text.below(subject).end.min(predicate));
    }
    // Whatever core part stands behind it keeps it inside.
    let core = |from: u32| {
        text.dependents(predicate).iter().any(|&d| {
            d >= from
                && matches!(
                    text.deprel(d).general(),
                    Deprel::Obj | Deprel::Iobj | Deprel::Obl | Deprel::Xcomp | Deprel::Ccomp
                )
        })
    };
    let mut cuts = (predicate + 1..range.end).filter(|&at| hung(at) && text.is_below(at, predicate));
    if let Some(at) = cuts.find(|&at| !core(text.below(at).end)) {
        range.end = text.below(at).start.max(predicate + 1);
    }
    range
}

/// Whether a conjunct says more of the same: "end the war, and not just pause it", "a breach of the law and of the treaty".
fn goes_on(text: &Text<'_>, predicate: u32, conjunct: u32) -> bool {
    let nominal = |at: u32| text.upos(at) == Upos::Noun;
    // "Will not tolerate the raid, its tampering with the town": a noun that the tree took for a verb.
    let owned = text.dependent(conjunct, Deprel::NmodPoss).is_some();
    is_contrast(text, conjunct)
        || owned && text.dependent(conjunct, Deprel::Nsubj).is_none()
        || nominal(predicate) && nominal(conjunct) && text.dependent(conjunct, Deprel::Nsubj).is_none()
}

/// Whether a clause begins with "not", a comma or "and" before it not counted.
pub(super) fn is_contrast(text: &Text<'_>, part: u32) -> bool {
    let below = text.below(part);
    let first = below.range().find(|&at| !matches!(text.word(at as u32), "," | "and" | "but"));
    first.is_some_and(|at| text.lemma(at as u32) == "not")
}

/// Whether a comma stands before all that hangs below a word.
fn set_off(text: &Text<'_>, at: u32) -> bool {
    let mark = |at: u32| matches!(text.word(at), "," | "—" | "–");
    let start = text.below(at).start;
    mark(start) || start > 0 && mark(start - 1)
}

/// The noun of a relative clause that is what the clause is about, and not who does it: "an idea Lasia has rejected".
fn undergone(scene: &Scene<'_>, predicate: u32) -> Option<u32> {
    let text = scene.text;
    let noun = clause::described(text, predicate)?;
    // "The days when they agreed" are not what they agreed to.
    let adverb = |at: &u32| matches!(text.lemma(*at), "when" | "where" | "why");
    if (noun + 1..predicate).any(|at| adverb(&at)) {
        return None;
    }
    let own = clause::subject(text, predicate);
    (own != Some(noun) || clause::is_passive(text, predicate)).then_some(noun)
}

/// Tokens of a dateline, at most.
const MAX_DATELINE: u32 = 8;

/// A range within the statement that holds the predicate.
fn clipped(scene: &Scene<'_>, predicate: u32, range: TokenRange) -> TokenRange {
    let Some((_, statement)) = scene.statement_at(predicate) else { return range };
    let pieces = statement.content.iter().map(|piece| scene.text.tokens_in(*piece));
    match pieces.into_iter().find(|piece| piece.holds(predicate)) {
        None => range,
        Some(piece) => TokenRange { start: range.start.max(piece.start), end: range.end.min(piece.end) },
    }
}

/// Without marks and conjunctions at its ends.
pub(super) fn trimmed(scene: &Scene<'_>, mut range: TokenRange) -> TokenRange {
    let text = scene.text;
    let idle = |at: u32| matches!(text.upos(at), Upos::Punct | Upos::Cconj);
    // A dateline that the sentence begins with: "(KAEL) — The council agreed".
    let first = range.start..range.end.min(range.start + MAX_DATELINE);
    let dash = first
        .clone()
        .find(|&at| matches!(text.word(at), "—" | "–") && at > first.start && text.word(at - 1) == ")");
    if let Some(dash) = dash {
        range.start = dash + 1;
    }
    // "Nonetheless, the offer stands."
    let loose =
        |r: &TokenRange| r.len() > 2 && text.upos(r.start) == Upos::Adv && text.word(r.start + 1) == ",";
    if loose(&range) {
        range.start += 2;
    }
    while range.len() > 1 && idle(range.end - 1) {
        range.end -= 1;
    }
    while range.len() > 1 && idle(range.start) {
        range.start += 1;
    }
    range
}

/// The words of a judgement: its clause, or the sentence whose subject a clause with it describes ("changes that are unacceptable").
pub(super) fn of_judgement(scene: &Scene<'_>, predicate: u32) -> TokenRange {
    let text = scene.text;
    let Some(noun) = clause::described(text, predicate) else { return of(scene, predicate) };
    let inside = |s: &Statement| s.content.iter().any(|piece| text.tokens_in(*piece).holds(noun));
    let Some(statement) = scene.statement_at(predicate).filter(|(_, s)| inside(s)) else {
        // "The guarantees Lasia says are needed": the noun stands before who says so.
        let start = noun_phrase(text, noun).start;
        return TokenRange { start, end: of(scene, predicate).end.max(noun + 1) };
    };
    let sentence = text.sentence(predicate).tokens;
    let whole = statement.1.content.iter().fold(None::<TokenRange>, |range, piece| {
        let piece = text.tokens_in(*piece);
        let cut = TokenRange { start: piece.start.max(sentence.start), end: piece.end.min(sentence.end) };
        if cut.start >= cut.end {
            return range;
        }
        Some(range.map_or(cut, |r| TokenRange { start: r.start.min(cut.start), end: r.end.max(cut.end) }))
    });
    trimmed(scene, whole.unwrap_or_else(|| with_noun(scene, predicate, noun)))
}

/// The words of a noun that carries a stance: what it governs or, where it governs nothing, its clause.
pub(super) fn of_noun(scene: &Scene<'_>, noun: u32, carrier: u32) -> TokenRange {
    match carrier == noun {
        true => {
            let mut range = clipped(scene, noun, scene.text.below(noun));
            while range.len() > 1 && scene.text.upos(range.start) == Upos::Adp {
                range.start += 1;
            }
            trimmed(scene, range)
        }
        false => of(scene, carrier),
    }
}

/// A clause with the noun that it describes.
fn with_noun(scene: &Scene<'_>, predicate: u32, noun: u32) -> TokenRange {
    let range = of(scene, predicate);
    let start = noun_phrase(scene.text, noun).start;
    clipped(scene, predicate, TokenRange { start: start.min(range.start), end: range.end })
}

/// Where else the issue of a stance may be named, the nearest first: what a relative clause describes, what the reporter hangs on the
/// clause, the clause that it goes on from, and, where a pronoun stands for the matter, the sentences before.
pub(super) fn about(scene: &Scene<'_>, predicate: u32, terms: TokenRange) -> Vec<TokenRange> {
    let text = scene.text;
    let mut out = antecedents(scene, predicate);
    let below = text.below(predicate);
    let next =
        text.dependents_by(predicate, Deprel::Conj).filter(|&c| c > predicate).map(|c| text.below(c).start);
    let end = next.min().unwrap_or(below.end);
    out.push(TokenRange { start: below.start.min(terms.start), end: end.max(terms.end) });
    if text.is_rel(predicate, Deprel::Conj) && text.dependent(predicate, Deprel::Nsubj).is_none() {
        out.extend(
            text.head(predicate).map(|head| TokenRange { start: text.below(head).start, end: predicate }),
        );
    }
    if terms.range().any(|at| stands_for(scene, at as u32)) {
        out.extend(before(scene, terms.start));
    }
    out
}

/// Whether a word stands for a matter named before: "it", "that", "220 unarmed ones".
pub(super) fn stands_for(scene: &Scene<'_>, at: u32) -> bool {
    let text = scene.text;
    let pronoun = text.upos(at) == Upos::Pron
        && matches!(text.lemma(at), "it" | "that" | "this" | "them" | "they" | "these" | "those" | "none");
    // "It had no intention": who holds a stance is not what it is on.
    let holds = || holder::party(scene, &who_of(text, scene.reading, at)).is_some();
    let pronoun = pronoun && !(text.is_rel(at, Deprel::Nsubj) && holds());
    let count = text.upos(at) == Upos::Num
        && matches!(text.deprel(at).general(), Deprel::Nsubj | Deprel::Obj | Deprel::Obl);
    let argument =
        matches!(text.deprel(at).general(), Deprel::Nsubj | Deprel::Obj | Deprel::Obl | Deprel::Nmod);
    let vague = matches!(
        text.lemma(at),
        "measure" | "proposal" | "offer" | "idea" | "move" | "step" | "condition" | "threat" | "demand"
    ) && text
        .dependents_by(at, Deprel::Det)
        .any(|d| matches!(text.lemma(d), "the" | "that" | "this" | "these" | "those"));
    let such = text.upos(at) == Upos::Noun && text.dependents(at).iter().any(|&d| text.lemma(d) == "such");
    let vague = vague || such;
    vague || pronoun && argument || count || text.lemma(at) == "one" && text.upos(at) == Upos::Noun
}

/// What stands before in the sentence, and the sentences before it in its block, the nearest first.
pub(super) fn before(scene: &Scene<'_>, at: u32) -> Vec<TokenRange> {
    let text = scene.text;
    let span = text.token(at).span;
    let block = text.article.blocks.iter().find(|block| block.span.covers(span));
    let first = block.map_or(at, |block| text.tokens_in(block.span).start);
    let mut out = Vec::new();
    let mut end = at;
    while end > first && out.len() < MAX_BEFORE {
        let sentence = text.sentence(end - 1).tokens;
        out.push(TokenRange { start: sentence.start.max(first), end });
        end = sentence.start.max(first);
    }
    // A quotation of one sentence goes on from the paragraph before.
    let quoted = scene.statement_at(at).is_some_and(|(_, s)| s.form == Form::Direct);
    if quoted && out.len() < MAX_BEFORE && first > 0 {
        out.push(TokenRange { start: text.sentence(first - 1).tokens.start, end: first });
    }
    out
}

/// Sentences that are looked at, at most, for what a pronoun stands for.
const MAX_BEFORE: usize = 3;

/// Nouns that name nothing by themselves: what they stand for was told before.
const VAGUE: [&str; 10] =
    ["idea", "move", "step", "suggestion", "notion", "prospect", "demand", "condition", "point", "thing"];

/// What the object of a relative clause stands for: in "a force on the strait, an idea Lasia has rejected", the idea and the force.
fn antecedents(scene: &Scene<'_>, predicate: u32) -> Vec<TokenRange> {
    let text = scene.text;
    let Some(noun) = clause::described(text, predicate) else { return Vec::new() };
    // What other clauses say of the noun is another matter.
    let others = text.dependents(noun).iter().filter(|&&d| text.deprel(d) == Deprel::AclRelcl);
    let end = others.map(|&d| text.below(d).start).min().unwrap_or(text.below(noun).end);
    let mut out = vec![TokenRange { start: text.below(noun).start, end: end.max(noun + 1) }];
    if text.is_rel(noun, Deprel::Appos) {
        out.extend(text.head(noun).map(|head| text.below(head)));
    }
    let vague = VAGUE.contains(&text.lemma(noun));
    if let Some(sentence) = text.doc.sentence_of(noun).filter(|_| vague) {
        out.push(TokenRange { start: sentence.tokens.start, end: noun.max(sentence.tokens.start) });
    }
    out
}
