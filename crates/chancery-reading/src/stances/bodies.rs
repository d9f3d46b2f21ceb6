//! The named body that a description stands for: "the union" is the union that the story names, "the Compact" the Highland Compact.
//!
//! A description is tied to the one body of its kind that was named before, or to the one named most often of several; where none
//! was, or two alike, it means nobody that the words settle. This module knows kinds of bodies, and no body.

use chancery_model::{Chain, Deprel, EntityKind, Mention, MentionForm};

use super::{Scene, holder};
use crate::clause;
use crate::who::noun_phrase;

/// Words for a body that people are members of; a name of one holds one of them.
const UNIONS: [&str; 9] = [
    "union",
    "federation",
    "guild",
    "brotherhood",
    "confederation",
    "syndicate",
    "congress",
    "association",
    "alliance",
];

/// Words for a body that people work for.
const COMPANIES: [&str; 12] = [
    "company",
    "firm",
    "operator",
    "management",
    "employer",
    "airline",
    "carrier",
    "manufacturer",
    "maker",
    "producer",
    "retailer",
    "railway",
];

/// Words in names of bodies that are no companies.
const PUBLIC: [&str; 24] = [
    "union",
    "federation",
    "guild",
    "brotherhood",
    "confederation",
    "congress",
    "association",
    "alliance",
    "ministry",
    "government",
    "council",
    "commission",
    "court",
    "parliament",
    "senate",
    "party",
    "police",
    "army",
    "university",
    "agency",
    "department",
    "office",
    "committee",
    "nations",
];

/// What only a body has: who is named with one of them is no person and no place.
const OF_A_BODY: [&str; 12] = [
    "executive",
    "board",
    "shareholder",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "employee",
    "worker",
    "negotiator",
    "delegation",
    "plant",
    "fleet",
];

/// The body of the article that a description or a short name at `head` means.
pub(super) fn meant(scene: &Scene<'_>, head: u32) -> Option<String> {
    let text = scene.text;
    let lemma = text.lemma(head).to_lowercase();
    let other = |d: u32| text.is_rel(d, Deprel::Det) && text.lemma(d) != "the" || text.lemma(d) == "other";
    let several = text.dependents_by(head, Deprel::Nummod).next().is_some();
    if several || text.dependents(head).iter().any(|&d| other(d)) {
        return None;
    }
    let modifiers = modifiers(scene, head);
    let short = text.word(head).chars().next().is_some_and(char::is_uppercase);
    let fits = |chain: &Chain| {
        let Some(name) = chain.name.as_ref().filter(|_| is_body(scene, chain)) else { return false };
        let words = words(name);
        let known = modifiers.iter().all(|m| words.iter().any(|w| w.starts_with(m.as_str())));
        known && is_of_kind(&lemma, &words, !short && modifiers.is_empty()) && !is_outlet(scene, name)
    };
    most_named(scene, head, fits).or_else(|| members(scene, head))
}

/// The union whose name says who is in it: "dockers" are the Dockers’ Union, wherever in the story it is named.
fn members(scene: &Scene<'_>, head: u32) -> Option<String> {
    let text = scene.text;
    if !text.word(head).ends_with('s') || !modifiers(scene, head).is_empty() {
        return None;
    }
    let lemma = text.lemma(head).to_lowercase();
    let names =
        scene.reading.chains.iter().filter_map(|chain| full_name(scene, chain).or(chain.name.clone()));
    let holds = |name: &String| {
        let words = words(name);
        let union = words.iter().any(|word| UNIONS.contains(&word.as_str()));
        union && words.iter().any(|word| *word == lemma || *word == format!("{lemma}s"))
    };
    let mut found: Vec<String> = names.filter(holds).collect();
    found.sort();
    found.dedup();
    if let [only] = &found[..] { Some(only.clone()) } else { None }
}

/// The whole name of a union that the chain has a part of: "the Dockers’ and Ferrymen’s Union".
pub(super) fn full_name(scene: &Scene<'_>, chain: &Chain) -> Option<String> {
    let text = scene.text;
    let nouns = mentions_of(scene, chain).filter(|m| m.form == MentionForm::Name).filter_map(|m| {
        let first = if text.is_rel(m.head, Deprel::Conj) { text.head(m.head)? } else { m.head };
        text.head(first).filter(|_| matches!(text.deprel(first), Deprel::NmodPoss | Deprel::Compound))
    });
    let heads = mentions_of(scene, chain).filter(|m| m.form == MentionForm::Name).map(|m| m.head);
    nouns.chain(heads).find_map(|noun| named_union(scene, noun))
}

fn mentions_of<'a>(scene: &Scene<'a>, chain: &'a Chain) -> impl Iterator<Item = &'a Mention> {
    let mentions = &scene.reading.mentions;
    chain.mentions.iter().filter_map(|&at| mentions.get(at as usize))
}

/// The name that ends in this word, if it is the name of a union.
pub(super) fn named_union(scene: &Scene<'_>, noun: u32) -> Option<String> {
    let text = scene.text;
    let capital = |at: u32| text.word(at).chars().next().is_some_and(char::is_uppercase);
    let mut range = noun_phrase(text, noun);
    range.end = noun + 1;
    while range.start < noun && (!capital(range.start) || text.lemma(range.start).eq_ignore_ascii_case("the"))
    {
        range.start += 1;
    }
    // "The Dockers’ and Ferrymen’s Union": the tree may end the name at "and".
    if range.start >= 3 && text.word(range.start - 1) == "and" {
        let owner = matches!(text.word(range.start - 2), "’" | "'" | "’s" | "'s");
        let before = range.start - if owner { 3 } else { 2 };
        if capital(before) {
            range.start = before;
        }
    }
    let union = capital(noun) && UNIONS.contains(&text.lemma(noun).to_lowercase().as_str());
    (union && range.start < noun).then(|| text.words(text.span(range)).to_owned())
}

/// Whether a body that speakers of `party` mean by `lemma` may be theirs: a company's spokesman says "the union" of another.
pub(super) fn may_be_called(lemma: &str, party: &str) -> bool {
    let told = UNIONS.contains(&lemma) || COMPANIES.contains(&lemma);
    !told || is_of_kind(lemma, &words(party), true)
}

/// What stands before a description and has to stand in the name as well: "clerks'" in "the clerks' union".
fn modifiers(scene: &Scene<'_>, head: u32) -> Vec<String> {
    let text = scene.text;
    let before = text.dependents(head).iter().filter(|&&d| {
        matches!(text.deprel(d).general(), Deprel::Amod | Deprel::Compound)
            || text.deprel(d) == Deprel::NmodPoss
    });
    before.map(|&d| text.lemma(d).to_lowercase()).collect()
}

/// Whether a chain is a body, whatever kind of name its own was taken for.
fn is_body(scene: &Scene<'_>, chain: &Chain) -> bool {
    let text = scene.text;
    let article = |m: &Mention| text.dependents_by(m.head, Deprel::Det).any(|d| text.lemma(d) == "the");
    let has = |m: &Mention| {
        let above = text.head(m.head).filter(|_| {
            text.deprel(m.head) == Deprel::NmodPoss
                || text.is_rel(m.head, Deprel::Nmod)
                    && matches!(clause::case(text, m.head), Some("of" | "for"))
        });
        above.is_some_and(|above| OF_A_BODY.contains(&text.lemma(above)))
    };
    let mentions = || mentions_of(scene, chain).filter(|m| m.form == MentionForm::Name);
    match chain.kind {
        EntityKind::Organization => true,
        EntityKind::Person | EntityKind::Thing => mentions().any(|m| article(m) || has(m)),
        EntityKind::Place | EntityKind::Group => mentions().any(has),
    }
}

/// Whether a body with these words in its name may be called so.
fn is_of_kind(lemma: &str, name: &[String], loose: bool) -> bool {
    let holds = |list: &[&str]| name.iter().any(|word| list.contains(&word.as_str()));
    let same = name.last().is_some_and(|last| last == lemma);
    same || loose && UNIONS.contains(&lemma) && holds(&UNIONS)
        || loose && COMPANIES.contains(&lemma) && !holds(&PUBLIC)
}

/// Words of a name in small letters, without the endings of owners.
fn words(name: &str) -> Vec<String> {
    let each = name.split(|c: char| c.is_whitespace() || c == '-').map(str::to_lowercase);
    each.map(|w| w.trim_end_matches("'s").trim_end_matches("’s").trim_matches(['\'', '’']).to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}

/// Who carries the story is none of those it is about.
fn is_outlet(scene: &Scene<'_>, name: &str) -> bool {
    let article = scene.text.article;
    let holds = |own: &Option<String>| {
        own.as_ref().is_some_and(|own| own.contains(name) || name.contains(own.as_str()))
    };
    holds(&article.outlet) || holds(&article.agency)
}

/// A body under its names, and how often it was mentioned.
struct Candidate<'a> {
    words: Vec<String>,
    chain: &'a Chain,
    count: usize,
}

/// Of the bodies that fit and were named before, the one mentioned most often. "Ostrand" and "Ostrand Quays" are one.
fn most_named(scene: &Scene<'_>, head: u32, fits: impl Fn(&Chain) -> bool) -> Option<String> {
    let lemma = scene.text.lemma(head);
    let mentions = |chain: &Chain| {
        let before: Vec<&Mention> = mentions_of(scene, chain).filter(|m| m.head < head).collect();
        let named = before.iter().any(|m| m.form == MentionForm::Name);
        // "The union" may have been taken for this one by mistake: what it is called here says nothing of how often it is named.
        let other = |m: &&&Mention| m.form == MentionForm::Name || scene.text.lemma(m.head) != lemma;
        let told = before.iter().filter(|m| m.form != MentionForm::Pronoun).filter(other);
        if named { told.count() } else { 0 }
    };
    let mut found: Vec<Candidate<'_>> = Vec::new();
    for chain in scene.reading.chains.iter().filter(|chain| fits(chain)) {
        let (words, count) = (words(chain.name.as_deref().unwrap_or_default()), mentions(chain));
        let same = |c: &&mut Candidate<'_>| {
            words.iter().all(|w| c.words.contains(w)) || c.words.iter().all(|w| words.contains(w))
        };
        match found.iter_mut().find(same) {
            Some(known) if known.words.len() < words.len() => {
                *known = Candidate { words, chain, count: known.count + count };
            }
            Some(known) => known.count += count,
            None => found.push(Candidate { words, chain, count }),
        }
    }
    found.retain(|candidate| candidate.count > 0);
    found.sort_by_key(|candidate| std::cmp::Reverse(candidate.count));
    match &found[..] {
        [only] => holder::side_name(scene, only.chain),
        [first, second, ..] if first.count > second.count => holder::side_name(scene, first.chain),
        _ => None,
    }
}
