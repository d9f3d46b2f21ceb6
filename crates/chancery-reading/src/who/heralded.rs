//! Descriptions whose name comes after: "The Lasian spy chief warned … . Mia Brandt, head of the service, said …".
//!
//! News opens with an office and gives the name in the sentences behind it. A description that nobody before it fits is joined to the
//! first person who is named anew right behind it, where that person speaks. Nothing is joined where the words leave a doubt: another
//! country, another office before the name, two new people.

use chancery_lexicon::people::Noun;
use chancery_model::{BlockKind, Deprel, EntityKind, MentionForm};

use super::found::{Article, Found, Number};
use super::party::{Parties, Party, PartyId};
use super::view::View;
use super::{quoted, traits};

/// Sentences behind the description in which the name may come.
const REACH: u32 = 2;

/// Joins descriptions to the one who is named in that office, and else to the names behind them.
pub(crate) fn gather(view: &View<'_>, parties: &mut Parties) {
    for id in 0..parties.all.len() as PartyId {
        let Some(at) = described(view, &parties.all[id as usize]) else { continue };
        let behind = || named_behind(view, parties, id, at).and_then(|name| parties.of[name as usize]);
        if let Some(name) = in_office(view, parties, id, at).or_else(behind) {
            parties.unite(name, id, view.found);
        }
    }
}

/// Whoever rules a country: "the Lasian leader" is the one whom the article names as its president.
const RULERS: [&str; 9] =
    ["president", "premier", "chancellor", "king", "queen", "emir", "sultan", "dictator", "ruler"];

/// The one person who is named with the office and country of a description.
fn in_office(view: &View<'_>, parties: &Parties, id: PartyId, at: u32) -> Option<PartyId> {
    let found = &view.found[at as usize];
    let country = found.of_country?;
    let office = view.text.lemma(found.head).to_lowercase();
    let leads = office == "leader";
    let holds = |party: &Party| {
        let titles = party.members.iter().flat_map(|&m| titles(view, &view.found[m as usize]));
        party.named_by.is_some()
            && party.kind == Some(EntityKind::Person)
            && party.countries.contains(&country)
            && titles.into_iter().any(|t| {
                let title = view.text.lemma(t).to_lowercase();
                let rules = RULERS.contains(&title.as_str())
                    || traits::noun(view.text, t).is(Noun::CHIEF) && title == "minister";
                title == office && is_same_office(view, t, found.head) || leads && rules
            })
    };
    let mut holders =
        (0..parties.all.len() as PartyId).filter(|&other| other != id && holds(&parties.all[other as usize]));
    let one = holders.next()?;
    let fits = fits_sex(&parties.all[id as usize], &parties.all[one as usize]);
    (holders.next().is_none() && fits).then_some(one)
}

/// The offices that stand before a name.
fn titles(view: &View<'_>, found: &Found) -> Vec<u32> {
    let text = view.text;
    let before = text.dependents(found.head).iter().copied();
    let before = before.filter(|&d| {
        d < found.head
            && matches!(text.deprel(d), Deprel::NmodDesc | Deprel::Compound)
            && text.name(d).is_none()
    });
    let own = found.name.is_some_and(|name| !name.holds(found.head)).then_some(found.head);
    if found.form == MentionForm::Name { before.chain(own).collect() } else { Vec::new() }
}

/// "Foreign minister" is not "prime minister": the words before the noun agree.
fn is_same_office(view: &View<'_>, a: u32, b: u32) -> bool {
    let before = |at: u32| {
        let word =
            at.checked_sub(1).filter(|&w| view.text.head(w) == Some(at) && view.country_at(w).is_none())?;
        view.text
            .is_rel(word, Deprel::Det)
            .then(String::new)
            .or_else(|| Some(view.text.word(word).to_lowercase()))
    };
    before(a).unwrap_or_default() == before(b).unwrap_or_default()
}

/// The last mention of a party that is only known by its office.
fn described(view: &View<'_>, party: &Party) -> Option<u32> {
    let person =
        party.kind == Some(EntityKind::Person) && party.many != Some(true) && party.named_by.is_none();
    let last = party.members.iter().copied().filter(|&at| {
        let found = &view.found[at as usize];
        let one = matches!(found.article, Article::The | Article::Bare | Article::Whose);
        let office = found.noun.is(Noun::CHIEF.or(Noun::OFFICE)) && found.number == Number::One;
        found.form == MentionForm::Nominal && one && office && has_body(view, found)
    });
    last.max().filter(|_| person)
}

/// Whether the words say whose office it is.
fn has_body(view: &View<'_>, found: &Found) -> bool {
    let named = |part: u32| view.text.name(part).is_some() && !view.text.is_rel(part, Deprel::Appos);
    found.of_country.is_some() || view.text.dependents(found.head).iter().any(|&part| named(part))
}

/// The person who is named for the first time right behind a description and speaks there.
fn named_behind(view: &View<'_>, parties: &Parties, id: PartyId, at: u32) -> Option<u32> {
    let first = view.found[at as usize].sentence;
    let behind = (at + 1..view.found.len() as u32)
        .take_while(|&other| view.found[other as usize].sentence <= first + REACH)
        .filter(|&other| view.found[other as usize].sentence > first);
    let new: Vec<u32> = behind.filter(|&other| is_new_person(view, parties, other, at)).collect();
    let &name = new.first()?;
    let verb = view.text.head(view.found[name as usize].head);
    let alone = new.iter().all(|&other| {
        // One clause has one subject; who else stands by its verb is told or met.
        let same_clause = view.text.head(view.found[other as usize].head) == verb;
        same_clause || parties.of[other as usize] == parties.of[name as usize]
    });
    let fits = fits(&parties.all[id as usize], parties.party(name)?);
    let named = &view.found[name as usize];
    (alone && fits && (speaks(view, named) || has_office(view, named, at))).then_some(name)
}

/// Whether a mention names a person for the first time in the story's running text.
fn is_new_person(view: &View<'_>, parties: &Parties, other: u32, at: u32) -> bool {
    let found = &view.found[other as usize];
    let person = found.form == MentionForm::Name && found.kind == Some(EntityKind::Person) && !found.joint;
    let Some(party) = parties.party(other).filter(|_| person) else { return false };
    party.members.iter().all(|&m| m >= at || !in_body(view, &view.found[m as usize]))
}

fn in_body(view: &View<'_>, found: &Found) -> bool {
    let block = view.text.doc.sentences[found.sentence as usize].block;
    let kind = view.text.article.blocks.get(block as usize).map(|block| block.kind);
    !matches!(kind, Some(BlockKind::Headline | BlockKind::Standfirst | BlockKind::Bullet))
}

/// Nothing that the two are said to be stands against their being one.
fn fits(described: &Party, named: &Party) -> bool {
    let countries = named.countries.is_empty()
        || described.countries.is_empty()
        || named.countries.iter().any(|country| described.countries.contains(country));
    countries && fits_sex(described, named) && named.titles.is_empty()
}

fn fits_sex(a: &Party, b: &Party) -> bool {
    a.sex.is_none() || b.sex.is_none() || a.sex == b.sex
}

/// "Mia Brandt, president and director of the museum,": whether the name stands beside the same office.
fn has_office(view: &View<'_>, named: &Found, described: u32) -> bool {
    let text = view.text;
    let office = text.lemma(view.found[described as usize].head);
    let beside = text.dependents_by(named.head, Deprel::Appos);
    // The tree may hang a second office on the name.
    let both = beside.flat_map(|at| std::iter::once(at).chain(text.dependents_by(at, Deprel::Conj)));
    both.chain(text.dependents_by(named.head, Deprel::Conj)).any(|at| text.lemma(at) == office)
}

/// Whether somebody is the subject of a verb of speech.
fn speaks(view: &View<'_>, found: &Found) -> bool {
    found.role == 0 && view.text.head(found.head).is_some_and(|verb| quoted::is_speech(view.text.lemma(verb)))
}
