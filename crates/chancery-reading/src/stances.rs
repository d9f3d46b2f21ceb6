//! Who takes which stance on what: demands, rejects, supports, accepts, offers, conditions, is open, undecided.
//!
//! A stance hangs on a predicate ("reject", "call for", "unacceptable") and is read from its clause: who is its subject, whether it is
//! denied or depends on a condition, who reports it. "Lasia said the union must accept" is a demand of Lasia, no acceptance by the
//! union. What the words only suppose is no stance. This module knows no issue by name: codebooks do.

mod bodies;
mod denied;
mod duty;
mod holder;
mod named;
mod predicate;
mod terms;

use std::collections::BTreeSet;

use chancery_lexicon::codebook::{Hit, IssueFinder};
use chancery_model::{
    Act, BlockKind, Deprel, Reading, Stance, Statement, Through, TokenRange, Upos, When, Who, Why,
};

use crate::{Text, clause, times};

/// Tokens that terms have at least: one or two words say nothing that could be stood by.
const MIN_TERMS: usize = 3;
/// The share of the phrases found that a codebook has, at least, to be one that the article turns on.
const MIN_SHARE: f32 = 0.34;

/// Heads above a word that are looked at for the clause of a plan, at most.
const MAX_ABOVE: usize = 6;

/// A stance before its issue and its time are known.
struct Found {
    /// The word that carries it.
    token: u32,
    act: Act,
    holder: Who,
    party: String,
    terms: TokenRange,
    /// More tokens that may name the issue: what "an idea that Lasia rejected" means.
    about: Vec<TokenRange>,
    /// A stance only where an issue is named.
    weak: bool,
    /// A fear, whose words name what is feared and no issue.
    issueless: bool,
    why: Why,
}

/// What a word carries, whoever holds it.
struct Carried {
    token: u32,
    act: Act,
    terms: TokenRange,
    about: Vec<TokenRange>,
    weak: bool,
    issueless: bool,
    why: Why,
}

impl Carried {
    /// A stance for each of its holders.
    fn by(self, holders: Vec<(Who, String)>) -> Vec<Found> {
        let Self { token, act, terms, about, weak, issueless, why } = self;
        let of = |(holder, party)| {
            let about = about.clone();
            Found { token, act, holder, party, terms, about, weak, issueless, why }
        };
        holders.into_iter().map(of).collect()
    }
}

/// Every stance of the text.
pub(crate) fn read(text: &Text<'_>, reading: &Reading, issues: &IssueFinder) -> Vec<Stance> {
    let scene = Scene::new(text, reading, issues);
    let mut found: Vec<Found> = text.tokens().flat_map(|token| predicate::at(&scene, token)).collect();
    found.extend(duty::all(&scene));
    found.extend(denied::all(&scene));
    found.retain(|f| !scene.is_clause_of_plan(f.token));
    found.sort_by_key(|f| (f.terms.start, f.terms.end, f.token));
    let mut out: Vec<Stance> = Vec::new();
    for stance in found.into_iter().filter_map(|f| scene.stance(f)) {
        let again = |other: &Stance| {
            other.party == stance.party
                && other.terms.overlaps(stance.terms)
                && (other.act == stance.act || other.terms == stance.terms)
        };
        if !out.iter().any(again) {
            out.push(stance);
        }
    }
    out
}

/// A text, what has been read in it, and which statement each token stands in.
struct Scene<'a> {
    text: &'a Text<'a>,
    reading: &'a Reading,
    issues: &'a IssueFinder,
    /// The innermost statement whose content holds the token, plus one.
    told: Vec<u32>,
    lemmas: Vec<String>,
    /// Codebooks that the article turns on, by number.
    books: Vec<u32>,
}

impl<'a> Scene<'a> {
    fn new(text: &'a Text<'a>, reading: &'a Reading, issues: &'a IssueFinder) -> Self {
        let mut told = vec![0; text.len()];
        let mut order: Vec<usize> = (0..reading.statements.len()).collect();
        // The innermost last, so that it stays.
        order.sort_by_key(|&at| {
            std::cmp::Reverse(reading.statements[at].content.iter().map(|c| c.len()).sum::<usize>())
        });
        for at in order {
            for piece in &reading.statements[at].content {
                told[text.tokens_in(*piece).range()].fill(at as u32 + 1);
            }
        }
        let lemmas: Vec<String> = text.tokens().map(|t| text.lemma(t).to_lowercase()).collect();
        let books = books(&lemmas, issues);
        Self { text, reading, issues, told, lemmas, books }
    }

    fn statement_at(&self, token: u32) -> Option<(u32, &'a Statement)> {
        let at = self.told[token as usize].checked_sub(1)?;
        Some((at, &self.reading.statements[at as usize]))
    }

    /// Whether a word means a person.
    fn is_person(&self, at: u32) -> bool {
        let who = crate::who::who_of(self.text, self.reading, at);
        let chain = who.chain.ok().and_then(|chain| self.reading.chains.get(chain as usize));
        chain.is_some_and(|chain| chain.kind == chancery_model::EntityKind::Person)
    }

    fn stance(&self, found: Found) -> Option<Stance> {
        let text = self.text;
        let span = text.span(found.terms);
        let issue = self.issue(&found);
        if found.terms.len() < MIN_TERMS || found.weak && issue.is_none() {
            return None;
        }
        let told = self.statement_at(found.token);
        let when: Option<When> = times::of_clause(text, self.reading, found.token)
            .or_else(|| told.and_then(|(_, statement)| statement.said.clone()));
        Some(Stance {
            id: text.id('p', &[span, found.holder.span]),
            party: found.party,
            holder: found.holder,
            issue: issue.map(|hit| self.issues.id(hit.issue).to_owned()),
            act: found.act,
            terms: span,
            when,
            through: told.map(|(at, _)| Through::Statement(at)),
            why: found.why,
        })
    }

    /// The issue that the terms name: the phrase that says most; of equals the one that stands highest in the tree.
    fn issue(&self, found: &Found) -> Option<Hit> {
        if found.issueless {
            return None;
        }
        let own = self.best_issue(found.terms, found.token);
        // "Dismissed that proposal": which one it was, the words before may say.
        let specific = |hit: &Hit| self.issues.general(hit.issue) == 0;
        let vague = own.as_ref().is_some_and(|hit| !specific(hit)) && self.points_back(found.terms);
        let before =
            || found.about.iter().find_map(|range| self.best_issue(*range, found.token).filter(specific));
        if let Some(hit) = vague.then(before).flatten() {
            return Some(hit);
        }
        own.or_else(|| found.about.iter().find_map(|range| self.best_issue(*range, found.token)))
    }

    fn best_issue(&self, range: TokenRange, token: u32) -> Option<Hit> {
        let finder = self.issues;
        let start = range.start as usize;
        let depth = |at: usize| self.text.above(at as u32).take_while(|&head| head != token).count();
        let generic = |hit: &Hit| finder.general(hit.issue);
        let hits = finder.find(&self.lemmas[range.range()]);
        // "We are planning to stay" names no plan.
        let verb = |hit: &Hit| {
            hit.weight == 1
                && self.lemmas[start + hit.start] == "plan"
                && self.text.upos((start + hit.start) as u32) == Upos::Verb
        };
        let fits = hits.into_iter().filter(|hit| self.books.contains(&finder.book(hit.issue)) && !verb(hit));
        fits.min_by_key(|hit| {
            let height = (start + hit.start..start + hit.end).map(depth).min();
            let aside = (start + hit.start..start + hit.end).all(|at| self.is_aside(at as u32, token));
            (
                aside,
                !finder.is_own(hit.issue),
                generic(hit),
                std::cmp::Reverse(hit.weight),
                height,
                hit.start,
                hit.issue,
            )
        })
    }
}

impl Scene<'_> {
    /// Whether a noun of the range points at what was told before: "that proposal".
    fn points_back(&self, range: TokenRange) -> bool {
        let text = self.text;
        range.range().any(|at| {
            let at = at as u32;
            text.is_rel(at, Deprel::Det)
                && matches!(text.lemma(at), "that" | "this" | "such")
                && text
                    .head(at)
                    .is_some_and(|noun| matches!(text.lemma(noun), "proposal" | "idea" | "offer" | "demand"))
        })
    }

    /// Whether a word stands in a clause of a plan that is told point by point: what a plan would have somebody do is no stance of his.
    fn is_clause_of_plan(&self, token: u32) -> bool {
        let text = self.text;
        let under = |t: u32| {
            text.dependents(t)
                .iter()
                .any(|&d| text.lemma(d) == "which" && clause::case(text, d) == Some("under"))
        };
        std::iter::once(token).chain(text.above(token)).take(MAX_ABOVE).any(under) || self.is_point(token)
    }

    /// Whether a word stands in a list that a line about points or a plan leads into.
    fn is_point(&self, token: u32) -> bool {
        let blocks = &self.text.article.blocks;
        let span = self.text.token(token).span;
        let Some(at) = blocks.iter().position(|b| b.kind == BlockKind::Bullet && b.span.covers(span)) else {
            return false;
        };
        let lead = blocks[..at].iter().rev().find(|b| b.kind != BlockKind::Bullet);
        let words = lead.map_or(String::new(), |b| self.text.words(b.span).trim_end().to_lowercase());
        words.ends_with(':')
            && ["point", "plan", "draft", "term", "deal", "text"].iter().any(|w| words.contains(w))
    }

    /// Whether a word stands in what a clause only depends on ("if", "before") or describes, and not in what it is about.
    fn is_aside(&self, at: u32, predicate: u32) -> bool {
        let text = self.text;
        let path = std::iter::once(at).chain(text.above(at)).take_while(|&t| t != predicate);
        path.into_iter().any(|t| match text.deprel(t).general() {
            Deprel::Advcl => true,
            Deprel::Acl => text.deprel(t) == Deprel::AclRelcl,
            Deprel::Conj => terms::is_contrast(text, t),
            Deprel::Obl | Deprel::Nmod => {
                // "Accepted the draft on condition that": it is the draft that is accepted.
                text.lemma(t) == "condition"
                    || matches!(
                        clause::case(text, t),
                        Some("before" | "until" | "after" | "without" | "during" | "since")
                    )
            }
            _ => false,
        })
    }
}

/// The codebooks that an article turns on: a user's own, and those with the most phrases in it. A war's story that speaks of "hours"
/// is no wage dispute.
fn books(lemmas: &[String], issues: &IssueFinder) -> Vec<u32> {
    let mut weights: Vec<f32> = Vec::new();
    let mut own: Vec<u32> = Vec::new();
    // What is said over and over ("per cent") tells no more than what is said once.
    let mut seen: BTreeSet<(u32, &[String])> = BTreeSet::new();
    for hit in issues.find(lemmas) {
        if !seen.insert((hit.issue, &lemmas[hit.start..hit.end])) {
            continue;
        }
        let book = issues.book(hit.issue) as usize;
        weights.resize(weights.len().max(book + 1), 0.0);
        match issues.is_own(hit.issue) {
            true => own.push(book as u32),
            // Every kind of quarrel has its plan and its talks.
            false if issues.general(hit.issue) == 0 => weights[book] += hit.weight as f32,
            false => {}
        }
    }
    let total: f32 = weights.iter().sum();
    let turns =
        |book: &u32| total == 0.0 || weights[*book as usize] >= MIN_SHARE * total || own.contains(book);
    (0..weights.len() as u32).filter(turns).collect()
}
