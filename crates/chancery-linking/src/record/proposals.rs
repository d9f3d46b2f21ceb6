//! Plans and drafts as objects: whose they are, their versions, who took which stance on them.
//!
//! A proposal is found by the nouns that name one ("plan", "draft") with what stands before them ("revised", "14-point", "Lasia's").
//! Which article means which proposal follows from its author: the one named with it, or else the one that the record names most.

use std::collections::BTreeMap;

use chancery_model::{Act, Cite, Date, EntityKind, Id, Proposal, Span, Version, Who};
use serde::{Deserialize, Serialize};

use super::{Known, Part, Told};

/// Nouns for what is proposed, whole.
const NOUNS: [&str; 12] = [
    "plan",
    "proposal",
    "proposals",
    "draft",
    "framework",
    "memorandum",
    "roadmap",
    "blueprint",
    "package",
    "text",
    "points",
    "version",
];

/// Words that tell one version from another, with the name that they share.
const VERSIONS: [(&str, &str); 16] = [
    ("initial", "first"),
    ("original", "first"),
    ("first", "first"),
    ("earlier", "first"),
    ("previous", "first"),
    ("old", "first"),
    ("revised", "revised"),
    ("new", "revised"),
    ("latest", "revised"),
    ("updated", "revised"),
    ("amended", "revised"),
    ("refined", "revised"),
    ("modified", "revised"),
    ("shorter", "revised"),
    ("final", "final"),
    ("second", "second"),
];

/// Numbers in words, from three on.
const NUMBERS: [&str; 18] = [
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
];

/// Words before the noun that are looked at.
const BEFORE: usize = 5;
/// Points that a plan has, at most.
const MAX_POINTS: u32 = 100;
/// Bytes behind the noun in which "by Lasia" names its author.
const MAX_BEHIND: usize = 48;

/// A place where an article names a proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    /// From the first word that tells it apart to the noun.
    cite: Cite,
    author: Option<String>,
    version: Option<String>,
    points: Option<u32>,
    /// Stances whose words name it.
    stances: Vec<Id>,
}

/// Such a place in an article of this id and day.
struct Placed<'a> {
    article: Id,
    published: Option<Date>,
    seen: &'a Seen,
}

/// The proposals that articles mention.
pub(super) fn link(parts: &[Part<'_>]) -> Vec<Proposal> {
    let all = || parts.iter().flat_map(|part| part.share.plans.iter().map(move |seen| (part, seen)));
    let Some(main) = most_named(all().map(|(_, seen)| seen)) else { return Vec::new() };
    let mut by_author: BTreeMap<String, Vec<Placed<'_>>> = BTreeMap::new();
    for (part, seen) in all() {
        let author = seen.author.as_ref().unwrap_or(&main).clone();
        let placed = Placed { article: part.article, published: part.published, seen };
        by_author.entry(author).or_default().push(placed);
    }
    let made = by_author.into_iter().filter_map(|(author, list)| proposal(author, &list));
    let mut out: Vec<Proposal> = made.collect();
    out.sort_by_key(|p| (std::cmp::Reverse(p.stances.len()), p.name.clone(), p.id));
    out
}

/// The author that most places name.
fn most_named<'a>(all: impl Iterator<Item = &'a Seen>) -> Option<String> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for author in all.filter_map(|seen| seen.author.as_ref()) {
        *counts.entry(author).or_default() += 1;
    }
    counts
        .into_iter()
        .max_by_key(|(name, count)| (*count, std::cmp::Reverse(*name)))
        .map(|(name, _)| name.clone())
}

/// The places of an article that name a proposal.
pub(super) fn seen(t: &Told<'_>, known: &Known) -> Vec<Seen> {
    let words = words(&t.article.text);
    let nouns = (0..words.len()).filter(|&at| NOUNS.contains(&words[at].1.as_str()));
    nouns.filter_map(|at| one(t, known, &words, at)).collect()
}

fn one(t: &Told<'_>, known: &Known, words: &[(usize, String)], at: usize) -> Option<Seen> {
    let text = &t.article.text;
    let end = words[at].0 + words[at].1.len();
    let from = at.saturating_sub(BEFORE);
    // What stands before the noun without a mark or a small word between.
    let mut first = at;
    while first > from
        && text[words[first - 1].0 + words[first - 1].1.len()..words[first].0]
            .chars()
            .all(|c| " ’s'-“\"‘".contains(c))
        && !STOPS.contains(&words[first - 1].1.as_str())
    {
        first -= 1;
    }
    let before = &words[first..at];
    let noun = words[at].1.as_str();
    let points = before.iter().rev().find_map(|(_, word)| points(word, noun));
    let version =
        before.iter().find_map(|(_, word)| VERSIONS.iter().find(|(w, _)| w == word)).map(|(_, name)| *name);
    if matches!(noun, "points") && points.is_none()
        || matches!(noun, "version" | "text") && points.or(version.map(|_| 0)).is_none()
    {
        return None;
    }
    let determiner = first.checked_sub(1).map_or("", |at| words[at].1.as_str());
    let span = Span { start: words[first].0 as u32, end: end as u32 };
    let author = author(t, known, span, end).or_else(|| offered_by(t, known, span));
    // "A plan" may be any plan, and "that proposal" was told of before.
    let any = matches!(determiner, "a" | "an" | "any" | "that" | "this" | "no") || noun == "proposals";
    if any && author.is_none() && points.is_none() {
        return None;
    }
    let version = version.map(str::to_owned);
    Some(Seen { cite: t.cite(span), author, version, points, stances: stances(t, span) })
}

/// Small words that end what belongs to a noun before it.
const STOPS: [&str; 26] = [
    "the", "a", "an", "of", "on", "to", "in", "for", "with", "by", "and", "or", "that", "this", "its", "his",
    "her", "their", "from", "any", "at", "as", "is", "was", "no", "under",
];

/// Whether only words that tell one plan from another stand between its author and the noun: "Lasia's revised draft plan", and not
/// "Lasia rejects the plan".
fn tells_apart(between: &str) -> bool {
    let words = words(between);
    let told = |word: &str| {
        VERSIONS.iter().any(|(w, _)| *w == word)
            || word.contains("point")
            || ADJECTIVES.contains(&word)
            || NOUNS.contains(&word)
    };
    words.iter().all(|(_, word)| told(word))
}

/// Words between an author and a plan that say nothing of who made it.
const ADJECTIVES: [&str; 11] = [
    "peace",
    "own",
    "proposed",
    "unilateral",
    "joint",
    "ceasefire",
    "controversial",
    "recent",
    "so-called",
    "draft",
    "truce",
];

fn points(word: &str, noun: &str) -> Option<u32> {
    let number = |word: &str| {
        let worded = NUMBERS.iter().position(|n| *n == word).map(|n| n as u32 + 3);
        worded.or_else(|| word.parse().ok()).filter(|n| (3..=MAX_POINTS).contains(n))
    };
    match word.strip_suffix("-point") {
        Some(count) => number(count),
        None => (noun == "points").then(|| number(word)).flatten(),
    }
}

/// Whose proposal: who is named before the noun ("the Lasian plan") or right behind it ("the plan drawn up by Lasia").
fn author(t: &Told<'_>, known: &Known, span: Span, end: usize) -> Option<String> {
    let text = &t.article.text;
    let rest = &text[end..];
    let reach = rest.char_indices().take_while(|(at, c)| *at < MAX_BEHIND && !".;\n".contains(*c)).count();
    let behind: String = rest.chars().take(reach).collect();
    let by = [" by "].into_iter().find_map(|by| behind.find(by).map(|at| end + at + by.len()));
    let named = t.reading.mentions.iter().filter(|m| {
        span.covers(m.span)
            && m.span.end < span.end
            && tells_apart(&text[m.span.end as usize..span.end as usize])
            || by.is_some_and(|by| (by..by + 5).contains(&(m.span.start as usize)))
    });
    named
        .filter_map(|m| {
            let chain = t.reading.chains.get(*m.chain.as_ref().ok()? as usize)?;
            let who = Who { span: m.span, chain: m.chain.clone() };
            let side = (chain.kind != EntityKind::Thing).then(|| known.side(t, &who)).flatten();
            let named = || chain.name.clone().filter(|_| chain.kind != EntityKind::Thing);
            side.or_else(named).filter(|side| super::entities::is_name(side))
        })
        .next()
}

/// Who puts it forward, as a stance of the article has it: "Quarn presented a 12-point plan".
fn offered_by(t: &Told<'_>, known: &Known, span: Span) -> Option<String> {
    let offers = |s: &&chancery_model::Stance| s.act == Act::Offers && s.terms.covers(span);
    let stance = t.reading.stances.iter().find(offers)?;
    super::positions::party_of(t, known, stance)
}

fn proposal(author: String, list: &[Placed<'_>]) -> Option<Proposal> {
    let mut stances: Vec<Id> = list.iter().flat_map(|placed| &placed.seen.stances).copied().collect();
    stances.sort();
    stances.dedup();
    let versions = versions(list);
    let told = stances.len() + versions.len();
    let seen = || list.iter().map(|placed| placed.seen);
    let shown = seen()
        .find(|s| s.points.is_some())
        .or_else(|| seen().max_by_key(|s| (short(s), s.cite.words.len())))?;
    (told > 1).then(|| Proposal {
        id: Id::of('o', &[author.as_bytes()]),
        name: match shown.points {
            Some(points) => format!("{points}-point plan"),
            None => shown.cite.words.clone(),
        },
        author: Some(author),
        versions,
        stances,
    })
}

/// Names that are neither bare nor long read best.
fn short(seen: &Seen) -> bool {
    seen.version.is_none() && seen.cite.words.len() <= 28
}

/// Stances whose words name the proposal.
fn stances(t: &Told<'_>, span: Span) -> Vec<Id> {
    t.reading.stances.iter().filter(|s| s.terms.covers(span)).map(|s| s.id).collect()
}

/// The versions, by the day of the first page that names them. A number of points tells a version best; "first" and "revised" are the
/// oldest and the newest of those with numbers, where there are two.
fn versions(list: &[Placed<'_>]) -> Vec<Version> {
    let mut out: Vec<Version> = Vec::new();
    let mut list: Vec<&Placed<'_>> = list.iter().collect();
    list.sort_by_key(|p| {
        (p.published.is_none(), p.published, p.article, p.seen.cite.span.map(|span| span.start))
    });
    let dated: Vec<(Option<Date>, &Seen)> = list.iter().map(|p| (p.published, p.seen)).collect();
    let mut numbers: Vec<u32> = Vec::new();
    for points in dated.iter().filter_map(|(_, s)| s.points) {
        if !numbers.contains(&points) {
            numbers.push(points);
        }
    }
    let told: Vec<(Option<Date>, u32)> =
        dated.iter().filter_map(|(day, s)| Some((*day, s.points?))).collect();
    let known_by = |day: Option<Date>, n: u32| told.iter().any(|(d, points)| *points == n && *d <= day);
    for (when, seen) in dated {
        let points = seen.points.or(match (seen.version.as_deref(), &numbers[..]) {
            (Some("first"), [first, _]) => Some(*first),
            (Some("revised"), [_, second]) if known_by(when, *second) => Some(*second),
            _ => None,
        });
        let label = match (points, &seen.version) {
            (Some(points), _) => format!("{points}-point"),
            (None, Some(word)) => word.clone(),
            (None, None) => continue,
        };
        if !out.iter().any(|v| v.label == label) {
            out.push(Version { label, when, cite: seen.cite.clone(), points });
        }
    }
    out
}

/// Words in small letters with their places; hyphens stay inside, and "’s" goes with no word.
fn words(text: &str) -> Vec<(usize, String)> {
    let mut out: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let inside = c.is_alphanumeric() || c == '-' && open;
        if inside && open {
            if let Some((_, word)) = out.last_mut() {
                word.push(c.to_ascii_lowercase());
            }
        } else if inside {
            out.push((at, c.to_ascii_lowercase().to_string()));
        }
        open = inside;
    }
    out.retain(|(_, word)| word != "s");
    out
}
