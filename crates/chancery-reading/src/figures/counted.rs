//! What a figure counts or measures, in the words that say it: "drones launched overnight", "its workforce", "the 30-day ceasefire".

use chancery_lexicon::numbers::NumberWords;
use chancery_model::{Deprel, Span, TokenRange, Upos, Xpos};

use super::quantity::{Measure, Quantity, has_case, is_noun, is_word};
use crate::Text;

/// The words for what is counted, where they stand.
pub(super) fn counted(text: &Text<'_>, quantity: &Quantity<'_>) -> Option<Span> {
    let noun = match quantity.measure {
        // "a 12-page letter": the pages are the unit.
        Measure::Noun(head) => carrier(text, head).unwrap_or(head),
        Measure::Of(head) => head,
        Measure::Unit { .. } => measured(text, quantity)?,
        Measure::Bare => subject(text, anchor(text, quantity))?,
    };
    phrase(text, noun, quantity)
}

/// The noun that a noun in the singular stands before: the letter of "12-page letter".
fn carrier(text: &Text<'_>, noun: u32) -> Option<u32> {
    let before =
        matches!(text.deprel(noun).general(), Deprel::Compound | Deprel::Nmod | Deprel::Obl | Deprel::Amod);
    let head = text.head(noun).filter(|&head| before && head > noun && text.xpos(noun) == Xpos::Nn)?;
    is_noun(text, head).then_some(head)
}

/// The subject of what "is" so much.
fn subject(text: &Text<'_>, predicate: u32) -> Option<u32> {
    text.dependent(predicate, Deprel::Cop)?;
    text.dependent(predicate, Deprel::Nsubj).filter(|&noun| is_noun(text, noun))
}

/// The token that holds the figure in its sentence: the only one of its tokens that hangs on something outside.
pub(super) fn anchor(text: &Text<'_>, quantity: &Quantity<'_>) -> u32 {
    let range = TokenRange::new(quantity.start as usize, quantity.end as usize);
    let outside = |at: &u32| text.head(*at).is_none_or(|head| !range.holds(head));
    let tops: Vec<u32> = (range.start..range.end).filter(outside).collect();
    tops.iter()
        .rev()
        .copied()
        .find(|&at| is_noun(text, at) || text.upos(at) == Upos::Sym)
        .or(tops.last().copied())
        .unwrap_or(range.start)
}

/// The noun that is measured: the one that the unit stands before, the one behind "of", the subject of what "is" so much.
fn measured(text: &Text<'_>, quantity: &Quantity<'_>) -> Option<u32> {
    let anchor = anchor(text, quantity);
    let head = text.head(anchor);
    let before = matches!(
        text.deprel(anchor).general(),
        Deprel::Compound | Deprel::Nummod | Deprel::Amod | Deprel::Nmod | Deprel::Obl
    );
    if let Some(head) = head.filter(|&head| before && head >= quantity.end) {
        // "15 km long": what is long.
        let own = |adjective| text.dependent(adjective, Deprel::Nsubj).or_else(|| text.head(adjective));
        let top = if text.upos(head) == Upos::Adj { own(head) } else { Some(head) };
        return top.filter(|&top| is_noun(text, top));
    }
    if let Some(of) =
        text.dependents_by(anchor, Deprel::Nmod).find(|&d| d >= quantity.end && has_case(text, d, "of"))
    {
        return Some(of);
    }
    if text.dependent(anchor, Deprel::Cop).is_some() {
        return subject(text, anchor);
    }
    let head = head?;
    if text.is_rel(anchor, Deprel::Nmod) && is_noun(text, head) {
        return Some(head);
    }
    // "Exports rose 5 percent", "the raid took 7 minutes": verbs whose subject is what the amount measures.
    let measures = NumberWords::built_in().measures_subject(text.lemma(head));
    measures.then(|| text.dependent(head, Deprel::Nsubj)).flatten().filter(|&noun| is_noun(text, noun))
}

/// The noun with what belongs to it, without the figure, relative clauses and appositions.
fn phrase(text: &Text<'_>, head: u32, quantity: &Quantity<'_>) -> Option<Span> {
    let (mut start, mut end) = (head, head + 1);
    let number = quantity.numeral.tokens.end;
    for &part in text.dependents(head) {
        let below = text.below(part);
        let joins = part < head
            && !(part >= number && is_word(text, part, &["more", "other", "further", "additional"]))
            && below.end <= start.max(head)
            && !holds(below, quantity)
            && !matches!(
                text.deprel(part).general(),
                Deprel::Case | Deprel::Punct | Deprel::Cc | Deprel::Mark | Deprel::Cop | Deprel::Nsubj
            );
        if joins {
            start = start.min(below.start);
        }
    }
    for &part in text.dependents(head).iter().filter(|&&part| part > head) {
        let below = text.below(part);
        let stays = matches!(
            text.deprel(part),
            Deprel::Nmod | Deprel::Acl | Deprel::Flat | Deprel::Amod | Deprel::Compound
        ) && below.start == end;
        if !stays || holds(below, quantity) {
            break;
        }
        end = comma(text, below);
        if end < below.end {
            break;
        }
    }
    if start < number && number <= head {
        // The unit belongs to the figure: the metres of "a 5 metre wall", the pages of "a 12-page letter".
        let unit = match quantity.measure {
            Measure::Unit { .. } => quantity.end.min(head),
            Measure::Noun(noun) if noun < head => noun + 1,
            _ => number,
        };
        start = super::quantity::behind_hyphen(text, unit);
    }
    Some(text.span(TokenRange::new(start as usize, end as usize)))
}

/// Where a phrase ends for a reader: before its first comma.
fn comma(text: &Text<'_>, range: TokenRange) -> u32 {
    (range.start..range.end).find(|&at| text.xpos(at) == Xpos::Comma).unwrap_or(range.end)
}

/// Whether the number itself, with its currency or its unit, lies in the range.
fn holds(range: TokenRange, quantity: &Quantity<'_>) -> bool {
    let end = if quantity.kind().is_some() { quantity.end } else { quantity.numeral.tokens.end };
    range.start < end && quantity.start < range.end
}
