//! Whose side somebody is on whom the article's chains give no side by name: the owner of his office, or the body he is described as.
//!
//! A party is a name. "The government of Marn" is Marn, "Ostrand's chief executive" is Ostrand's; which body "the union" is,
//! `bodies.rs` says. Where the words name nobody, there is no party.

use chancery_model::{Chain, Deprel, EntityKind, MentionForm, NameKind, Upos, Who};

use super::{Scene, bodies, holder};
use crate::Text;
use crate::clause;
use crate::who::who_of;

/// What somebody is to another without being on his side.
const APART: [&str; 18] = [
    "wife",
    "husband",
    "son",
    "daughter",
    "brother",
    "sister",
    "father",
    "mother",
    "friend",
    "rival",
    "opponent",
    "critic",
    "counterpart",
    "predecessor",
    "successor",
    "enemy",
    "foe",
    "member",
];

/// Offices that ministers are named by: "the labour minister" is on no side called Labour.
const PORTFOLIOS: [&str; 24] = [
    "labour",
    "labor",
    "defence",
    "defense",
    "foreign",
    "finance",
    "interior",
    "energy",
    "trade",
    "economy",
    "health",
    "justice",
    "transport",
    "agriculture",
    "farm",
    "water",
    "education",
    "environment",
    "culture",
    "industry",
    "employment",
    "state",
    "treasury",
    "home",
];

/// People who speak or act for a body that stands before the word for them: "a Littoral official".
const OFFICIALS: [&str; 14] = [
    "official",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "diplomat",
    "delegate",
    "negotiator",
    "minister",
    "executive",
    "manager",
    "envoy",
    "delegation",
    "lawyer",
    "leader",
];

/// The name of the side that somebody's words stand for, where the article's own chain names none.
pub(super) fn side(scene: &Scene<'_>, who: &Who) -> Option<String> {
    let head = head(scene, who)?;
    let chain = who.chain.as_ref().ok().and_then(|&at| scene.reading.chains.get(at as usize));
    // What stands for a body stands for what it was called last.
    let called = |chain: &Chain| {
        let mentions = chain.mentions.iter().filter_map(|&at| scene.reading.mentions.get(at as usize));
        mentions.filter(|m| m.head < head && m.form != MentionForm::Pronoun).map(|m| m.head).next_back()
    };
    let pronoun = scene.text.upos(head) == Upos::Pron;
    let head = if pronoun { chain.and_then(called)? } else { head };
    let own = chain.filter(|chain| chain.kind != EntityKind::Thing);
    own.and_then(|chain| owner(scene, chain, head)).or_else(|| bodies::meant(scene, head))
}

/// The noun that heads the words.
pub(super) fn head(scene: &Scene<'_>, who: &Who) -> Option<u32> {
    let tokens = scene.text.tokens_in(who.span);
    let mention = scene.reading.mentions.iter().find(|m| m.chain == who.chain && tokens.holds(m.head));
    mention.map(|m| m.head).or_else(|| {
        let noun = |at: &u32| matches!(scene.text.upos(*at), Upos::Noun | Upos::Propn);
        tokens.range().map(|at| at as u32).rfind(noun)
    })
}

/// Whose it is: "Marn" for "the government of Marn" and "Marn's water minister, Ada Quell".
fn owner(scene: &Scene<'_>, chain: &Chain, head: u32) -> Option<String> {
    // A chain with a side of its own was not believed here: these words cannot mean it.
    let trusted = holder::side_name(scene, chain).is_none() || chain.kind == EntityKind::Person;
    let mentions = chain.mentions.iter().filter(|_| trusted);
    let heads = mentions.filter_map(|&at| scene.reading.mentions.get(at as usize)).map(|m| m.head);
    let nouns = std::iter::once(head).chain(heads).flat_map(|at| around(scene.text, at));
    let owners = nouns.flat_map(|noun| owners(scene.text, noun)).filter(|&at| at != head);
    owners.into_iter().find_map(|owner| named(scene, owner))
}

/// A noun, and the nouns that say of its bearer what he is.
fn around(text: &Text<'_>, at: u32) -> Vec<u32> {
    let above = text.head(at).filter(|_| text.is_rel(at, Deprel::Appos));
    std::iter::once(at).chain(above).chain(text.dependents_by(at, Deprel::Appos)).collect()
}

/// The words that say whose a noun is.
fn owners(text: &Text<'_>, noun: u32) -> Vec<u32> {
    if APART.contains(&text.lemma(noun)) {
        return Vec::new();
    }
    let official = OFFICIALS.contains(&text.lemma(noun));
    let owns = |&d: &u32| match text.deprel(d) {
        Deprel::NmodPoss => true,
        Deprel::Compound | Deprel::Amod => {
            official && text.word(d).chars().next().is_some_and(char::is_uppercase)
        }
        _ => {
            text.is_rel(d, Deprel::Nmod)
                && matches!(clause::case(text, d), Some("of" | "for" | "from" | "at"))
                && (official || clause::case(text, d) == Some("of"))
        }
    };
    text.dependents(noun).iter().copied().filter(owns).collect()
}

/// The side of an owner: its chain's, the body that it means, or the name that the words themselves are.
fn named(scene: &Scene<'_>, owner: u32) -> Option<String> {
    let text = scene.text;
    let who = who_of(text, scene.reading, owner);
    let chain = who.chain.as_ref().ok().and_then(|&at| scene.reading.chains.get(at as usize));
    let own = chain.and_then(|chain| holder::side_name(scene, chain));
    let name = || {
        let name =
            text.name(owner).filter(|name| matches!(name.kind, NameKind::Organization | NameKind::Place))?;
        Some(text.words(text.span(name.tokens)).to_owned())
    };
    own.or_else(|| bodies::named_union(scene, owner)).or_else(|| bodies::meant(scene, owner)).or_else(name)
}

/// Whether the name of a side is only what its holder is minister of.
pub(super) fn is_portfolio(scene: &Scene<'_>, chain: &Chain, side: &str) -> bool {
    if !PORTFOLIOS.contains(&side.to_lowercase().as_str()) {
        return false;
    }
    let office =
        |title: &str| ["minister", "secretary", "ministry", "department"].iter().any(|w| title.contains(w));
    let title = |span| scene.text.words(span).to_lowercase();
    chain.roles.iter().any(|role| office(&title(role.title)))
        || chain.kind != EntityKind::Place
            && chain.name.as_ref().is_some_and(|name| office(&name.to_lowercase()))
}
