//! Somebody or something of the article while its mentions are being gathered.
//!
//! A party knows what its mentions together say: what it is, its sex, one or several, its names. Which mention joins which
//! party is decided elsewhere.

use chancery_lexicon::countries::{Country, Sense};
use chancery_lexicon::people::{Bodies, Noun, Sex};
use chancery_model::EntityKind;

use super::found::{Article, Found, Number};
use super::words::WordId;

/// Index of a party.
pub(crate) type PartyId = u32;

/// Somebody or something with its mentions.
#[derive(Clone, Debug, Default)]
pub(crate) struct Party {
    /// Indexes of its mentions, in the order in which they joined.
    pub(crate) members: Vec<u32>,
    pub(crate) kind: Option<EntityKind>,
    pub(crate) sex: Option<Sex>,
    /// Whether the sex is settled by a title, a pronoun or a full name.
    pub(crate) sex_sure: bool,
    pub(crate) many: Option<bool>,
    pub(crate) country: Option<Country>,
    /// The words of its fullest name, folded.
    pub(crate) name: Vec<String>,
    /// The mention that has it.
    pub(crate) named_by: Option<u32>,
    /// Base forms of the titles before its names.
    pub(crate) titles: Vec<WordId>,
    /// Base forms of the offices and ties ("Brandt's brother") by which it is described.
    pub(crate) offices: Vec<WordId>,
    /// Base forms of the first and last words of its names.
    pub(crate) ends: Vec<WordId>,
    /// The countries that describe it.
    pub(crate) countries: Vec<&'static str>,
    /// The kinds of body that its names and descriptions say it is.
    pub(crate) bodies: Bodies,
}

/// All parties, and which mention belongs to which.
#[derive(Clone, Debug, Default)]
pub(crate) struct Parties {
    pub(crate) all: Vec<Party>,
    /// The party of each mention.
    pub(crate) of: Vec<Option<PartyId>>,
}

impl Parties {
    pub(crate) fn new(mentions: usize) -> Self {
        Self { all: Vec::new(), of: vec![None; mentions] }
    }

    /// A new party with one mention.
    pub(crate) fn open(&mut self, at: u32, found: &Found) -> PartyId {
        let id = self.all.len() as PartyId;
        self.all.push(Party::default());
        self.join(at, found, id);
        id
    }

    /// The mention means this party.
    pub(crate) fn join(&mut self, at: u32, found: &Found, id: PartyId) {
        let party = &mut self.all[id as usize];
        party.members.push(at);
        self.of[at as usize] = Some(id);
        party.learn(found);
    }

    /// Two parties are one: `other` becomes part of `id`.
    pub(crate) fn unite(&mut self, id: PartyId, other: PartyId, found: &[Found]) {
        if id == other {
            return;
        }
        let mut moved = std::mem::take(&mut self.all[other as usize]);
        for &at in &moved.members {
            self.of[at as usize] = Some(id);
            self.all[id as usize].learn(&found[at as usize]);
        }
        let party = &mut self.all[id as usize];
        party.members.append(&mut moved.members);
        party.members.sort_unstable();
        if party.name.len() < moved.name.len() {
            party.name = moved.name;
            party.named_by = moved.named_by;
        }
    }

    pub(crate) fn party(&self, at: u32) -> Option<&Party> {
        Some(&self.all[self.of[at as usize]? as usize])
    }
}

impl Party {
    fn learn(&mut self, found: &Found) {
        let sure = found.name.is_none_or(|n| n.len() > 1);
        if found.sex.is_some() && (self.sex.is_none() || sure && !self.sex_sure) {
            self.sex = found.sex;
            self.sex_sure = sure;
        }
        let by_name = found.name.is_some();
        if self.kind.is_none() || by_name && self.named_by.is_none() && found.kind.is_some() {
            self.kind = found.kind.or(self.kind);
        }
        match found.number {
            Number::One if self.many.is_none() => self.many = Some(false),
            Number::Many if self.many.is_none() => self.many = Some(true),
            _ => {}
        }
        self.country = self.country.or(found.country);
        self.bodies = self.bodies.or(found.bodies);
        self.titles.extend(found.titles.iter().copied().filter(|_| found.name.is_some()));
        if found.name.is_some() {
            self.ends.push(found.word);
        }
        let office = found.noun.is(Noun::CHIEF.or(Noun::OFFICE));
        let kin = found.noun.is_person() && found.article == Article::Whose;
        if found.name.is_none() && (office || kin) {
            self.offices.push(found.word);
        }
        self.countries.extend(found.country.map(|c| c.name).into_iter().chain(found.of_country));
    }

    /// Whether this is a country or a union of countries itself.
    pub(crate) fn is_country(&self) -> bool {
        self.country.is_some_and(|c| c.sense == Sense::Name || c.sense == Sense::Capital)
    }
}
