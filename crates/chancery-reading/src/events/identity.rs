//! From the heads of phrases to whom they mean: one party for each somebody, with the words that say so.
//!
//! A list that is spoken of as one ("they", of two envoys) stands for those of the list; "Russian" before a noun for the country;
//! "we" in what somebody says for the one who says it. What none of these settles stays unresolved.

use std::collections::{BTreeMap, BTreeSet};

use chancery_lexicon::countries::{Sense, country};
use chancery_model::{
    Chain, Deprel, EntityKind, Form, MentionForm, Reading, Settled, Span, TokenRange, Upos, Who,
};

use super::clause::subjects;
use crate::Text;
use crate::who::{noun_phrase, who_of};

/// Knows whom the words of an article mean.
pub(super) struct Identities<'a> {
    text: &'a Text<'a>,
    reading: &'a Reading,
    /// Of a chain that a list of names began, the chains of those in the list.
    lists: BTreeMap<u32, Vec<u32>>,
    /// Chains of countries by their names.
    countries: BTreeMap<&'a str, u32>,
}

/// Parts of "the head of the mission of the country" that are shown behind a head.
const DEEPEST: usize = 2;

impl<'a> Identities<'a> {
    pub(super) fn new(text: &'a Text<'a>, reading: &'a Reading) -> Self {
        let mut countries = BTreeMap::new();
        for (at, chain) in reading.chains.iter().enumerate() {
            if let Some(name) = chain.name.as_deref().filter(|name| country(name).is_some()) {
                countries.entry(name).or_insert(at as u32);
            }
        }
        Self { text, reading, lists: lists(text, reading), countries }
    }

    /// Whom these heads mean; each party once.
    pub(super) fn parties(&self, heads: &[u32]) -> Vec<Who> {
        let mut seen = BTreeSet::new();
        let mut unknown = BTreeSet::new();
        let mut out = Vec::new();
        for who in heads.iter().flat_map(|&head| self.of(head)) {
            let new = match who.chain {
                Ok(chain) => seen.insert(chain),
                Err(_) => unknown.insert(self.text.words(who.span).to_lowercase()),
            };
            if new {
                out.push(who);
            }
        }
        out
    }

    /// Whom the phrase of a head means.
    pub(super) fn of(&self, head: u32) -> Vec<Who> {
        let who = who_of(self.text, self.reading, head);
        let span = self.words(head, who.span);
        let settled = |chain: u32| Who { span, chain: Ok(chain) };
        let found = match &who.chain {
            Ok(chain) => self.settled(head, *chain),
            Err(_) => self.meant(head),
        };
        if found.is_empty() {
            return vec![Who { span, ..who }];
        }
        found.into_iter().map(settled).collect()
    }

    /// Whom a chain stands for: the members of a list, the country of a capital, who says "we"; else itself.
    fn settled(&self, head: u32, chain: u32) -> Vec<u32> {
        if let Some(members) = self.lists.get(&chain).filter(|members| self.can_mean(head, members)) {
            return members.clone();
        }
        let own = self.reading.chains.get(chain as usize);
        let named = own.and_then(|chain| chain.name.as_deref());
        let sideless = own.is_some_and(|chain| chain.side.is_none());
        let land = named
            .filter(|_| sideless)
            .and_then(country)
            .filter(|c| matches!(c.sense, Sense::Capital | Sense::Seat));
        if let Some(&land) = land.and_then(|c| self.countries.get(c.name)) {
            return vec![land];
        }
        if let Some(whole) = own.filter(|_| sideless).and_then(|own| self.longer(chain, own)) {
            return vec![whole];
        }
        let said =
            if named.is_none() && is_we(self.text.lemma(head)) { self.speakers(head) } else { Vec::new() };
        if said.is_empty() { vec![chain] } else { said }
    }

    /// "The Compact" is the Highland Compact, where the text has one such name.
    fn longer(&self, at: u32, own: &Chain) -> Option<u32> {
        let word = own.name.as_deref().filter(|name| name.split_whitespace().count() == 1)?;
        if matches!(own.kind, EntityKind::Person | EntityKind::Place) || country(word).is_some() {
            return None;
        }
        let holds = |chain: &Chain| {
            let name = chain.name.as_deref().filter(|_| chain.kind != EntityKind::Person);
            name.is_some_and(|name| {
                name != word
                    && name.split_whitespace().count() < 4
                    && name.split_whitespace().any(|w| w == word)
            })
        };
        let mut whole =
            (0u32..).zip(&self.reading.chains).filter(|(other, chain)| *other != at && holds(chain));
        let (first, _) = whole.next()?;
        whole.next().is_none().then_some(first)
    }

    /// The chain of a head, where it is one.
    pub(super) fn chain(&self, head: u32) -> Option<u32> {
        match self.of(head).as_slice() {
            [one] => one.chain.as_ref().ok().copied(),
            _ => None,
        }
    }

    /// Chains for words that no mention settles.
    fn meant(&self, head: u32) -> Vec<u32> {
        let word = self.text.word(head).to_lowercase();
        match word.as_str() {
            "they" | "them" | "their" | "both" => self.announced(head),
            word if is_we(word) => self.speakers(head),
            _ if self.text.upos(head) == Upos::Num => self.counted(head),
            _ => self.country_of(head).into_iter().collect(),
        }
    }

    /// "Some 4,000 of them": they.
    fn counted(&self, head: u32) -> Vec<u32> {
        let text = self.text;
        let of = |d: &u32| text.dependents_by(*d, Deprel::Case).any(|c| text.lemma(c) == "of");
        let whole = text.dependents_by(head, Deprel::Nmod).find(of);
        whole.and_then(|whole| who_of(text, self.reading, whole).chain.ok()).into_iter().collect()
    }

    /// "Russian officials" cannot be two people of whom one is of another country.
    fn can_mean(&self, head: u32, members: &[u32]) -> bool {
        let side =
            |&member: &u32| Some(self.reading.chains.get(member as usize)?.side.as_ref()?.name.as_str());
        let mut before = self.text.dependents(head).iter().filter(|&&d| d < head);
        let land = before.find_map(|&d| country(self.text.word(d)));
        land.is_none_or(|land| members.iter().filter_map(side).all(|side| side == land.name))
    }

    /// "Russian" in "a Russian veto"; and of forces that no name settles the country whose they are: "Russian troops".
    fn country_of(&self, head: u32) -> Option<u32> {
        let describes = |at: u32| {
            matches!(self.text.deprel(at).general(), Deprel::Amod | Deprel::Compound)
                || self.text.deprel(at) == Deprel::NmodPoss
        };
        let named = |at: u32| self.countries.get(country(self.text.word(at))?.name).copied();
        if self.text.upos(head) == Upos::Adj || describes(head) {
            return named(head);
        }
        let mut before = self.text.dependents(head).iter().copied().filter(|&d| d < head && describes(d));
        before.find_map(named)
    }

    /// Who speaks where "we" stands.
    fn speakers(&self, head: u32) -> Vec<u32> {
        let at = self.text.token(head).span;
        let holds = |span: &Span| span.start <= at.start && at.end <= span.end;
        let quoted = self.reading.statements.iter().filter(|s| s.form != Form::Indirect);
        let holding = quoted.filter(|s| s.content.iter().any(holds));
        let length = |s: &chancery_model::Statement| s.content.iter().map(|c| c.end - c.start).sum::<u32>();
        let Some(statement) = holding.min_by_key(|s| length(s)) else { return Vec::new() };
        statement.speakers.iter().filter_map(|who| who.chain.as_ref().ok().copied()).collect()
    }

    /// "After THEIR visit, Kushner and Witkoff …": a pronoun in an adjunct before the subject that it announces.
    fn announced(&self, head: u32) -> Vec<u32> {
        let text = self.text;
        for clause in text.above(head).filter(|&at| text.upos(at) == Upos::Verb) {
            let subject = subjects(text, clause, 0).into_iter().next();
            let Some(first) = subject.filter(|&s| s > head) else { continue };
            let all: Vec<u32> =
                std::iter::once(first).chain(text.dependents_by(first, Deprel::Conj)).collect();
            let known: Vec<u32> =
                all.iter().filter_map(|&h| who_of(text, self.reading, h).chain.ok()).collect();
            return if all.len() > 1 { known } else { Vec::new() };
        }
        Vec::new()
    }

    /// The words shown for a party: the noun with what stands before it and what "of" joins to it; no clause that tells more of it.
    fn words(&self, head: u32, mention: Span) -> Span {
        let tokens = self.text.tokens_in(mention);
        if self.text.upos(head) == Upos::Pron || !tokens.holds(head) {
            return mention;
        }
        let top = (tokens.start..tokens.end)
            .find(|&t| self.text.head(t).is_none_or(|above| !tokens.holds(above)))
            .unwrap_or(head);
        let cut = self.text.span(self.phrase(top, DEEPEST));
        if cut.start >= mention.start && cut.end <= mention.end { cut } else { mention }
    }

    fn phrase(&self, head: u32, steps: usize) -> TokenRange {
        let text = self.text;
        let mut range = noun_phrase(text, head);
        if steps == 0 || text.name(head).is_some() {
            return range;
        }
        for part in text.dependents_by(head, Deprel::Nmod).filter(|&d| d > head) {
            if text.dependents_by(part, Deprel::Case).any(|c| matches!(text.lemma(c), "of" | "for" | "from"))
            {
                range.end = range.end.max(self.phrase(part, steps - 1).end);
            }
        }
        range
    }
}

fn is_we(word: &str) -> bool {
    matches!(word, "we" | "us" | "our" | "ours" | "i" | "me" | "my")
}

/// The chains that lists began: "the two envoys", who were named one by one before.
fn lists(text: &Text<'_>, reading: &Reading) -> BTreeMap<u32, Vec<u32>> {
    let mut out = BTreeMap::new();
    for pair in reading.mentions.windows(2) {
        let (first, list) = (&pair[0], &pair[1]);
        let is_list = first.head == list.head
            && list.form == MentionForm::Nominal
            && list.tokens.end > first.tokens.end
            && first.chain != list.chain;
        let Some(chain) = list.chain.as_ref().ok().filter(|_| is_list) else { continue };
        let others = text.dependents_by(first.head, Deprel::Conj).filter(|&c| list.tokens.holds(c));
        let others: Vec<Settled<u32>> = others.map(|c| who_of(text, reading, c).chain).collect();
        let all = std::iter::once(&first.chain).chain(&others);
        let members: Vec<u32> = all.filter_map(|c| c.as_ref().ok().copied()).collect();
        if members.len() == others.len() + 1 && !members.contains(chain) {
            out.insert(*chain, members);
        }
    }
    out
}
