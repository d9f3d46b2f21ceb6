//! On which side somebody is: the country or organisation that the words say they belong to or speak for.
//!
//! A side is read off the words of the article alone: offices, adjectives, possessors, the party's own name. It is never
//! guessed from what somebody does or is known for.

use std::collections::HashSet;

use chancery_lexicon::countries::Sense;
use chancery_lexicon::people::Noun;
use chancery_model::{Deprel, EntityKind, MentionForm, Side, Span, TokenRange};

use super::found::Found;
use super::party::{Parties, PartyId};
use super::roles::Held;
use super::speaking::mention_at;
use super::view::View;

/// Steps from one party to another in search of a side: "the minister's spokesman".
const DEEPEST: usize = 4;

/// The side of each party.
pub(crate) fn read(view: &View<'_>, parties: &Parties, roles: &[Vec<Held>]) -> Vec<Option<Side>> {
    let find = Finder { view, parties, roles };
    (0..parties.all.len() as PartyId).map(|id| find.side(id, &mut HashSet::new())).collect()
}

/// Offices that only countries have.
const STATE_OFFICES: [&str; 5] =
    ["prime minister", "foreign minister", "defence minister", "defense minister", "head of state"];

struct Finder<'a> {
    view: &'a View<'a>,
    parties: &'a Parties,
    roles: &'a [Vec<Held>],
}

impl Finder<'_> {
    fn side(&self, id: PartyId, seen: &mut HashSet<PartyId>) -> Option<Side> {
        if seen.len() >= DEEPEST || !seen.insert(id) {
            return None;
        }
        let party = &self.parties.all[id as usize];
        if let Some(side) = self.own_country(id) {
            return Some(side);
        }
        match party.kind {
            Some(EntityKind::Thing) | None => None,
            Some(EntityKind::Place) => self.described(id, seen),
            Some(EntityKind::Organization) => self.described(id, seen).or_else(|| self.own_name(id)),
            Some(_) => self.by_office(id, seen).or_else(|| self.described(id, seen)),
        }
    }

    /// A country, or a seat or people of one.
    fn own_country(&self, id: PartyId) -> Option<Side> {
        let country = self.parties.all[id as usize].country?;
        let at = self.parties.all[id as usize]
            .members
            .iter()
            .copied()
            .find(|&at| self.found(at).country.is_some())?;
        Some(Side { name: country.name.to_owned(), by: self.name_span(self.found(at)) })
    }

    fn by_office(&self, id: PartyId, seen: &mut HashSet<PartyId>) -> Option<Side> {
        let offices = || self.roles[id as usize].iter();
        let now = offices().filter(|h| !h.role.former).chain(offices().filter(|h| h.role.former));
        let mut sides = now.filter_map(|h| {
            let of = h.of?;
            self.of_word(of, &mut seen.clone()).or_else(|| self.state(h, of))
        });
        let first = sides.next()?;
        // Of a country and an agency of it the country is the side.
        let is_country = |side: &Side| chancery_lexicon::countries::country(&side.name).is_some();
        if is_country(&first) { Some(first) } else { sides.find(is_country).or(Some(first)) }
    }

    /// "Kessaria's prime minister": whatever has one is a country, whether any list has it or not.
    fn state(&self, held: &Held, of: u32) -> Option<Side> {
        let text = self.view.text;
        let name = text.name(of).filter(|_| text.deprel(of) == Deprel::NmodPoss || is_of(self.view, of))?;
        let title = text.words(held.role.title).to_lowercase();
        let rules = STATE_OFFICES.iter().any(|office| title.ends_with(office));
        let by = text.span(name.tokens);
        rules.then(|| Side { name: plain(text.words(by)), by })
    }

    /// By what describes its mentions: "Ukrainian negotiators", "a senior Kyiv official", "the company's chief".
    fn described(&self, id: PartyId, seen: &mut HashSet<PartyId>) -> Option<Side> {
        self.parties.all[id as usize].members.iter().find_map(|&at| {
            let found = self.found(at);
            if found.form == MentionForm::Pronoun {
                return None;
            }
            self.describing(found).into_iter().find_map(|word| self.of_word(word, &mut seen.clone()))
        })
    }

    /// The words that describe a mention, the surest first.
    fn describing(&self, found: &Found) -> Vec<u32> {
        let text = self.view.text;
        let mut out: Vec<(u8, u32)> = Vec::new();
        let titles =
            text.dependents(found.head).iter().copied().filter(|&d| text.deprel(d) == Deprel::NmodDesc);
        for head in std::iter::once(found.head).chain(titles) {
            for &part in text.dependents(head) {
                let rank = match text.deprel(part) {
                    Deprel::Amod | Deprel::Compound if part < head => 0,
                    Deprel::NmodPoss => 1,
                    Deprel::Nmod if part < head => 2,
                    Deprel::Nmod if is_of(self.view, part) => 3,
                    _ => continue,
                };
                out.push((rank, part));
                // "American and Ukrainian envoys" are on two sides.
                if rank == 0
                    && text.dependents_by(part, Deprel::Conj).any(|c| self.view.country_at(c).is_some())
                {
                    return Vec::new();
                }
            }
        }
        // The name itself may say it: "Russian Foreign Ministry".
        if let Some(name) = found.name.filter(|_| found.kind == Some(EntityKind::Organization)) {
            out.extend(
                (name.start..name.end).filter(|&at| self.view.text.name(at).is_some()).map(|at| (4, at)),
            );
        }
        out.sort_unstable();
        out.into_iter().map(|(_, part)| part).collect()
    }

    /// The side that a describing word stands for: a country, or the party that it means.
    fn of_word(&self, word: u32, seen: &mut HashSet<PartyId>) -> Option<Side> {
        let text = self.view.text;
        let country = self
            .view
            .country_at(word)
            .or_else(|| chancery_lexicon::countries::country(text.word(word)).map(|c| (c.name, c.sense)));
        if let Some((name, sense)) = country {
            let inside_name = text.name(word).is_some_and(|n| n.tokens.len() > 1);
            let by = if sense == Sense::Seat || !inside_name {
                self.word_span(word)
            } else {
                text.token(word).span
            };
            return Some(Side { name: name.to_owned(), by });
        }
        let at = mention_at(self.view, word).filter(|&at| self.found(at).head == word)?;
        let id = self.parties.of[at as usize]?;
        self.side(id, seen).map(|side| Side { by: text.span(self.words_of(word)), ..side })
    }

    /// A body is its own side, under its name; a union or company without a name under the words for it.
    fn own_name(&self, id: PartyId) -> Option<Side> {
        let party = &self.parties.all[id as usize];
        if let Some(at) = party.named_by {
            let span = self.name_span(self.found(at));
            return Some(Side { name: plain(self.view.text.words(span)), by: span });
        }
        let &at = party.members.iter().find(|&&at| self.found(at).noun.is(Noun::BODY.or(Noun::RULING)))?;
        let head = self.found(at).head;
        let span = self.view.text.token(head).span;
        Some(Side { name: self.view.text.lemma(head).to_lowercase(), by: span })
    }

    fn found(&self, at: u32) -> &Found {
        &self.view.found[at as usize]
    }

    fn name_span(&self, found: &Found) -> Span {
        self.view
            .text
            .span(found.name.unwrap_or(TokenRange::new(found.head as usize, found.head as usize + 1)))
    }

    fn words_of(&self, word: u32) -> TokenRange {
        self.view.text.name(word).map_or(TokenRange::new(word as usize, word as usize + 1), |n| n.tokens)
    }

    fn word_span(&self, word: u32) -> Span {
        self.view.text.span(self.words_of(word))
    }
}

fn is_of(view: &View<'_>, at: u32) -> bool {
    view.text
        .dependent(at, Deprel::Case)
        .is_some_and(|case| matches!(view.text.word(case), "of" | "for" | "from"))
}

/// A name without its article and possessive ending.
pub(crate) fn plain(name: &str) -> String {
    let name = name.trim_start_matches("the ").trim_start_matches("The ");
    let name = name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name);
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
