//! Which names mean the same: "Mia Brandt" and "Brandt", "International Rowing Federation" and "IRF", "the US" and "Washington".
//!
//! Names settle by themselves, so they are gathered before any description or pronoun is looked at.

use chancery_lexicon::countries::Sense;
use chancery_lexicon::people::Noun;
use chancery_model::{Deprel, EntityKind, MentionForm};

use super::found::Found;
use super::party::{Parties, Party, PartyId};
use super::{acting, recognized, traits};
use crate::Text;

/// Names compared with a name, at most: the parties named last.
const MOST_COMPARED: usize = 400;

/// Gathers all names into parties.
pub(crate) fn gather(text: &Text<'_>, found: &mut [Found], parties: &mut Parties) {
    recognized::settle(text, found);
    for (at, found) in found.iter_mut().enumerate() {
        if found.form != MentionForm::Name || found.joint {
            continue;
        }
        acting::settle(text, found);
        let words = words(text, found);
        let id = match same(found, &words, parties) {
            Some(id) => {
                parties.join(at as u32, found, id);
                id
            }
            None => parties.open(at as u32, found),
        };
        let party = &mut parties.all[id as usize];
        if party.name.len() < words.len() || party.named_by.is_none() {
            party.name = words;
            party.named_by = Some(at as u32);
        }
    }
    in_brackets(text, found, parties);
}

/// The words of a name, folded, without titles, articles and possessive endings.
fn words(text: &Text<'_>, found: &Found) -> Vec<String> {
    let Some(range) = found.name else { return Vec::new() };
    let person = found.kind == Some(EntityKind::Person);
    let mut out: Vec<String> = Vec::with_capacity(range.len());
    for at in range.start..range.end {
        let word = text.word(at);
        let skip = matches!(word, "the" | "The" | "'s" | "’s" | "'" | "’" | "," | "." | "\"" | "“" | "”")
            || person && out.is_empty() && is_title(text, at) && range.len() > 1;
        if !skip {
            out.push(fold(word));
        }
    }
    out
}

fn is_title(text: &Text<'_>, at: u32) -> bool {
    traits::noun(text, at).is(Noun::MR.or(Noun::MS).or(Noun::TITLE))
}

/// Letters that spellings of one name differ in are made one: "Zelenskyy", "Zelensky", "Zelenskiy".
fn fold(word: &str) -> String {
    let low = word.to_lowercase().replace('’', "'");
    let low = low.strip_suffix("'s").unwrap_or(&low);
    for end in ["iyy", "yy", "iy", "yi", "ii", "ij"] {
        if let Some(stem) = low.strip_suffix(end).filter(|stem| stem.len() > 3) {
            return format!("{stem}y");
        }
    }
    low.to_owned()
}

/// The party that has this name already: the one that fits best, of equals the one named last.
fn same(found: &Found, words: &[String], parties: &Parties) -> Option<PartyId> {
    if words.is_empty() {
        return None;
    }
    let recent = parties.all.iter().enumerate().rev().take(MOST_COMPARED);
    let fits = recent.filter_map(|(id, party)| {
        let kinds = kinds_agree(found.kind, party.kind, words == party.name.as_slice());
        let fit = if kinds { fit(found, words, party) } else { 0 };
        (fit > 0).then_some((fit, party.members.last().copied().unwrap_or(0), id as PartyId))
    });
    fits.max().map(|(_, _, id)| id)
}

fn kinds_agree(a: Option<EntityKind>, b: Option<EntityKind>, equal: bool) -> bool {
    use EntityKind::{Group, Organization, Person, Place, Thing};
    match (a, b) {
        (Some(a), Some(b)) if a == b => true,
        // The kind of a name is read anew at each place; a country is a place here and a body there.
        (Some(Place | Organization), Some(Place | Organization)) => true,
        (Some(Person), Some(x)) | (Some(x), Some(Person)) => equal && x != Group,
        (Some(Thing | Group | Organization), Some(Thing | Group | Organization)) => equal,
        (Some(_), Some(_)) => equal,
        _ => true,
    }
}

/// How well a name fits a party's: 0 not at all.
fn fit(found: &Found, words: &[String], party: &Party) -> u8 {
    if let (Some(a), Some(b)) = (found.country, party.country) {
        let people = |s: Sense| s == Sense::People;
        let seat = |s: Sense| s == Sense::Seat;
        if a.name == b.name && people(a.sense) == people(b.sense) && !seat(a.sense) && !seat(b.sense) {
            return 9;
        }
    }
    let name = party.name.as_slice();
    if words == name {
        return 8;
    }
    if found.sex.is_some() && party.sex.is_some() && found.sex != party.sex && party.sex_sure {
        return 0;
    }
    match found.kind {
        Some(EntityKind::Person) => person_fit(words, name),
        Some(EntityKind::Organization | EntityKind::Thing) => body_fit(words, name),
        Some(EntityKind::Place) => u8::from(name.len() > 1 && name.starts_with(words) && words.len() > 1) * 3,
        _ => 0,
    }
}

/// Surname and full name, given name and full name, initials.
fn person_fit(words: &[String], name: &[String]) -> u8 {
    let (Some(last), Some(own)) = (words.last(), name.last()) else { return 0 };
    match (words.len(), name.len()) {
        (1, n) if n > 1 && last == own => 6,
        (n, 1) if n > 1 && last == own => 6,
        (1, n) if n > 1 && *last == name[0] => 4,
        (n, 1) if n > 1 && words[0] == *own => 4,
        (1, n) if n > 2 && name.contains(last) => 3,
        (a, b) if a > 1 && b > 1 && last == own && given_fit(&words[0], &name[0]) => 5,
        (a, b) if a > 1 && b > 1 && (words.starts_with(name) || name.starts_with(words)) => 4,
        (a, b) if a > 1 && b > 1 && (words.ends_with(name) || name.ends_with(words)) => 4,
        _ => 0,
    }
}

/// "J." and "Jane", "Alex" and "Alexander".
fn given_fit(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim_end_matches('.'), b.trim_end_matches('.'));
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    long.starts_with(short)
}

/// "Orsk Steel" and "Orsk Steel Holding", "Commission" and "European Commission", "IRF" and "International Rowing Federation".
fn body_fit(words: &[String], name: &[String]) -> u8 {
    let (short, long) = if words.len() < name.len() { (words, name) } else { (name, words) };
    if short.len() == 1 && long.len() > 1 && is_acronym(&short[0], long) {
        return 6;
    }
    let long_enough = short.first().is_some_and(|w| w.len() > 2);
    if long_enough && (long.starts_with(short) || long.ends_with(short)) {
        return 3;
    }
    0
}

const SMALL: [&str; 9] = ["of", "the", "and", "for", "in", "on", "to", "de", "&"];

fn is_acronym(short: &str, long: &[String]) -> bool {
    let short: String = short.chars().filter(|c| *c != '.').collect();
    let initials = |all: bool| -> String {
        long.iter().filter(|w| all || !SMALL.contains(&w.as_str())).filter_map(|w| w.chars().next()).collect()
    };
    short.len() > 1 && (short == initials(false) || short == initials(true))
}

/// "International Rowing Federation (FISA)": a name in brackets right behind a name is another name of the same.
fn in_brackets(text: &Text<'_>, found: &[Found], parties: &mut Parties) {
    for (at, short) in found.iter().enumerate() {
        let Some(range) = short.name.filter(|n| n.len() == 1 && n.start > 1) else { continue };
        let bracket = matches!(text.word(range.start - 1), "(" | "[");
        let capitals = text.word(range.start).chars().all(|c| c.is_uppercase() || c == '.' || c == '-');
        if !bracket || !capitals || !text.is_rel(short.head, Deprel::Appos) {
            continue;
        }
        let Some(head) = text.head(short.head) else { continue };
        let long = found.iter().position(|f| f.head == head && !f.joint && f.form == MentionForm::Name);
        if let Some((a, b)) = long.and_then(|l| parties.of[l].zip(parties.of[at])) {
            parties.unite(a, b, found);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(name: &str) -> Vec<String> {
        name.split(' ').map(fold).collect()
    }

    #[test]
    fn a_person_has_a_surname_and_given_names() {
        let fit = |a: &str, b: &str| person_fit(&words(a), &words(b)) > 0;
        assert!(fit("Harkow", "Lena Harkow") && fit("Lena Harkow", "Harkow"));
        assert!(fit("L. Harkow", "Lena Harkow") && fit("Lena Harkow", "Lena Maria Harkow"));
        assert!(fit("Zelenskiy", "Volodymyr Zelenskyy"));
        assert!(
            !fit("Mia Harkow", "Lena Harkow")
                && !fit("Dorin", "Lena Harkow")
                && !fit("Lena Dorin", "Lena Harkow")
        );
    }

    #[test]
    fn a_body_has_a_short_name() {
        let fit = |a: &str, b: &str| body_fit(&words(a), &words(b)) > 0;
        assert!(fit("IRF", "International Rowing Federation") && fit("WHO", "World Health Organization"));
        assert!(fit("Commission", "European Commission") && fit("Orsk Steel", "Orsk Steel Holding"));
        assert!(!fit("IRA", "International Rowing Federation") && !fit("Vell Steel", "Orsk Steel Holding"));
    }
}
