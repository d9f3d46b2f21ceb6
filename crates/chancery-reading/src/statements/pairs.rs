//! Who "both sides", "neither", "the two leaders" are: the two parties of the nearest sentence that has exactly two.
//!
//! Where the sentences before have more, or none has two, nobody is guessed.

use chancery_model::{Deprel, EntityKind, Reading, TokenRange, Upos};

use crate::Text;

/// Sentences before its own in which the two are looked for, at most.
const REACH: usize = 3;

/// What a word for two asks for.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    /// "Both sides": countries and bodies, or whom somebody speaks for.
    Sides,
    /// "The two ministers".
    People,
    /// "Neither": whoever is spoken of.
    Any,
}

/// Whether the noun at `head` means two parties, and which: their chains; `Some(None)` where the words before leave it open.
pub(super) fn read(text: &Text<'_>, reading: &Reading, head: u32) -> Option<Option<[u32; 2]>> {
    let mut asked = asked(text, head)?;
    let sentence = text.sentence(head).tokens;
    if asked == Asked::Any && (sentence.start..head).any(|at| self::asked(text, at) == Some(Asked::Sides)) {
        // "Both sides confirmed it, but neither would say more."
        asked = Asked::Sides;
    }
    let own = text.doc.sentences.partition_point(|s| s.tokens.end <= head);
    let before = (own.saturating_sub(REACH)..=own).rev().map(|n| {
        let tokens = text.doc.sentences[n].tokens;
        TokenRange { start: tokens.start, end: tokens.end.min(head) }
    });
    for sentence in before {
        let parties = parties(text, reading, sentence, asked);
        match parties[..] {
            [] | [_] => {}
            [one, two] => return Some(Some([one, two])),
            _ => return Some(None),
        }
    }
    Some(None)
}

fn asked(text: &Text<'_>, head: u32) -> Option<Asked> {
    let two =
        |at: u32| matches!(text.lemma(at).to_lowercase().as_str(), "both" | "neither" | "either" | "two");
    if matches!(text.upos(head), Upos::Pron | Upos::Det | Upos::Num | Upos::Cconj) {
        let of = text.dependents_by(head, Deprel::Nmod).next();
        return (two(head) && of.is_none()).then_some(Asked::Any);
    }
    let told = text.dependents(head).iter().any(|&part| {
        part < head && two(part) && matches!(text.deprel(part).general(), Deprel::Det | Deprel::Nummod)
    });
    if !told || text.dependents_by(head, Deprel::Nmod).any(|part| part > head) {
        return None;
    }
    match text.lemma(head) {
        "side" | "party" | "camp" | "bloc" | "country" | "nation" | "government" | "capital"
        | "delegation" | "team" => Some(Asked::Sides),
        "leader" | "man" | "woman" | "minister" | "president" | "official" | "envoy" | "negotiator"
        | "diplomat" => Some(Asked::People),
        _ => None,
    }
}

/// The parties that a sentence speaks of, by their first words there.
fn parties(text: &Text<'_>, reading: &Reading, sentence: TokenRange, asked: Asked) -> Vec<u32> {
    let mut out: Vec<u32> = Vec::new();
    let mentions = reading.mentions.iter().filter(|mention| sentence.holds(mention.head));
    let is_scene = |mention: &chancery_model::Mention| {
        let place =
            mention.chain.as_ref().is_ok_and(|&at| reading.chains[at as usize].kind == EntityKind::Place);
        place && matches!(text.deprel(mention.head).general(), Deprel::Obl | Deprel::Nmod)
    };
    for mention in mentions.filter(|mention| is_part(text, mention.head) && !is_scene(mention)) {
        let Some(chain) = mention.chain.as_ref().ok().and_then(|&chain| party(reading, chain, asked)) else {
            continue;
        };
        if !out.contains(&chain) {
            out.push(chain);
        }
    }
    out
}

/// The chain that takes part for a mention's: itself, or the side it is on.
fn party(reading: &Reading, chain: u32, asked: Asked) -> Option<u32> {
    let own = reading.chains.get(chain as usize)?;
    let person = own.kind == EntityKind::Person;
    if own.plural && person || own.name.is_none() && own.side.is_none() || own.kind == EntityKind::Thing {
        return None;
    }
    match asked {
        Asked::People => (person && own.name.is_some()).then_some(chain),
        Asked::Any if person => own.name.is_some().then_some(chain),
        _ => {
            let Some(side) = own.side.as_ref() else { return (!person).then_some(chain) };
            let named = |other: &chancery_model::Chain| other.name.as_deref() == Some(side.name.as_str());
            let body = reading.chains.iter().position(named);
            Some(body.map_or(chain, |at| at as u32))
        }
    }
}

/// Whether a word takes part in what its clause tells, or owns or describes what does.
fn is_part(text: &Text<'_>, head: u32) -> bool {
    matches!(
        text.deprel(head).general(),
        Deprel::Nsubj
            | Deprel::Obj
            | Deprel::Iobj
            | Deprel::Obl
            | Deprel::Conj
            | Deprel::Nmod
            | Deprel::Compound
            | Deprel::Amod
    )
}
