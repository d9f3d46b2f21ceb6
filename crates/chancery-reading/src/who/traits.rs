//! What words say by themselves about whom they mean: person or body, man or woman, one or several, which country.

use chancery_lexicon::countries::{self, Country, Sense};
use chancery_lexicon::people::{self, Bodies, Noun, Sex};
use chancery_model::{Deprel, EntityKind, MentionForm, NameKind, TokenRange, Upos, Xpos};

use super::found::{Found, Number};
use super::pronouns::{self, Pronoun};
use super::words::Words;
use crate::Text;

/// Fills what the words of `found` say.
pub(crate) fn read(text: &Text<'_>, found: &mut Found) {
    match found.form {
        MentionForm::Pronoun => pronoun(text, found),
        MentionForm::Nominal => nominal(text, found),
        MentionForm::Name => name(text, found),
    }
}

fn pronoun(text: &Text<'_>, found: &mut Found) {
    let Some(pronoun) = pronouns::pronoun(text.word(found.head)) else { return };
    found.number = pronoun.number();
    found.sex = pronoun.sex();
    found.kind = match pronoun {
        Pronoun::I | Pronoun::You | Pronoun::He | Pronoun::She => Some(EntityKind::Person),
        _ => None,
    };
}

fn nominal(text: &Text<'_>, found: &mut Found) {
    let head = found.head;
    found.noun = noun(text, head);
    found.sex = found.noun.sex();
    found.number = nominal_number(text, head, found.noun);
    found.kind = Some(nominal_kind(text, head, found.noun));
    // "envoy Mia Brandt" is a name with a title that the tree puts on top.
    if let Some(person) = named_behind(text, head) {
        found.name = text.name(person).map(|n| n.tokens);
        found.form = MentionForm::Name;
        found.kind = text.name_kind(person).map(kind_of);
        found.sex = found.sex.or_else(|| person_sex(text, person, found.name));
        found.number = Number::One;
    }
}

/// The name that follows a noun without a comma.
pub(crate) fn named_behind(text: &Text<'_>, head: u32) -> Option<u32> {
    let singular = matches!(text.xpos(head), Xpos::Nn | Xpos::Nnp);
    let mut behind = text.dependents(head).iter().copied();
    behind.find(|&part| {
        singular
            && matches!(text.deprel(part), Deprel::Appos | Deprel::Flat)
            && text.name_kind(part).is_some()
            && super::found::is_tight(text, head, part)
            && text.name(head).is_none()
    })
}

/// The classes of a noun, with the word before it where the two are one term: "prime minister".
pub(crate) fn noun(text: &Text<'_>, head: u32) -> Noun {
    let lemma = text.lemma(head).to_lowercase();
    let before = head.checked_sub(1).filter(|&b| text.head(b) == Some(head));
    if let Some(before) = before {
        let two = people::noun(&format!("{} {lemma}", text.word(before).to_lowercase()));
        if two != Noun::NONE {
            return two;
        }
    }
    let one = people::noun(&lemma);
    if one != Noun::NONE {
        return one;
    }
    let singular = people::noun(lemma.trim_end_matches('s'));
    // "Media" has a base form of its own.
    if singular == Noun::NONE { people::noun(&text.word(head).to_lowercase()) } else { singular }
}

fn nominal_number(text: &Text<'_>, head: u32, noun: Noun) -> Number {
    match text.xpos(head) {
        Xpos::Nns | Xpos::Nnps => Number::Many,
        _ if noun.is(Noun::PEOPLE) => Number::Many,
        _ if noun.is(Noun::BODY.or(Noun::RULING)) => Number::Either,
        Xpos::Cd | Xpos::Dt => Number::Many,
        _ => Number::One,
    }
}

fn nominal_kind(text: &Text<'_>, head: u32, noun: Noun) -> EntityKind {
    let lemma = text.lemma(head);
    if noun.is_person() && (noun.is(Noun::CHIEF) || !noun.is(Noun::BODY)) {
        EntityKind::Person
    } else if noun.is(Noun::BODY.or(Noun::RULING)) {
        EntityKind::Organization
    } else if noun.is(Noun::PEOPLE) || is_number_word(text, head) || is_aged(text, head) {
        EntityKind::Person
    } else if noun.is(Noun::PLACE.or(Noun::COUNTRY)) {
        EntityKind::Place
    } else if ["ist", "ologist", "man", "woman", "crat"]
        .iter()
        .any(|end| lemma.len() > end.len() + 2 && lemma.ends_with(end))
    {
        EntityKind::Person
    } else {
        EntityKind::Thing
    }
}

/// "The 47-year-old".
fn is_aged(text: &Text<'_>, head: u32) -> bool {
    text.lemma(head) == "old"
        && head > 1
        && text.xpos(head - 1) == Xpos::Hyph
        && text.lemma(head - 2) == "year"
}

fn is_number_word(text: &Text<'_>, head: u32) -> bool {
    matches!(text.upos(head), Upos::Num | Upos::Det)
}

fn name(text: &Text<'_>, found: &mut Found) {
    let range = found.name.unwrap_or(TokenRange::new(found.head as usize, found.head as usize + 1));
    let range = with_members(text, found.head, range);
    found.tokens.start = found.tokens.start.min(range.start);
    found.name = Some(range);
    found.noun = noun(text, found.head);
    if range.len() == 1 && found.noun.is(Noun::CHIEF.or(Noun::OFFICE)) {
        // "Secretary-General" is an office, whatever its capitals.
        found.form = MentionForm::Nominal;
        found.name = None;
        return nominal(text, found);
    }
    let kind =
        text.name_kind(found.head).filter(|kind| *kind != NameKind::Person || !is_capital(text, range));
    found.country = country(text, range).filter(|_| kind != Some(NameKind::Person));
    found.kind = Some(match (kind, found.country) {
        (Some(kind), _) => kind_of(kind),
        (None, Some(_)) => EntityKind::Place,
        (None, None) => nominal_kind(text, found.head, found.noun),
    });
    found.number = match found.kind {
        Some(EntityKind::Group) if found.country.is_none_or(|c| c.sense == Sense::People) => Number::Many,
        Some(EntityKind::Organization | EntityKind::Place) => Number::Either,
        _ if text.xpos(found.head) == Xpos::Nnps => Number::Many,
        _ => Number::One,
    };
    if found.kind == Some(EntityKind::Person) {
        found.sex = person_sex(text, found.head, found.name);
    }
}

/// "The Harbour Clerks' Union": the members before the body are part of its name, though the reader cuts it there.
fn with_members(text: &Text<'_>, head: u32, range: TokenRange) -> TokenRange {
    let sentence = text.sentence(head).tokens;
    let capital =
        |at: u32| text.word(at).starts_with(char::is_uppercase) && !matches!(text.word(at), "The" | "A");
    let mark =
        range.start.checked_sub(1).filter(|&at| at > sentence.start && matches!(text.word(at), "'" | "’"));
    let body = people::bodies(&text.lemma(head).to_lowercase()).is_known() && capital(head);
    let plural = |at: u32| matches!(text.xpos(at), Xpos::Nns | Xpos::Nnps | Xpos::Nnp);
    match mark.filter(|&mark| body && capital(mark - 1) && plural(mark - 1)) {
        Some(mark) => {
            let start = (sentence.start..mark).rev().take_while(|&at| capital(at)).last();
            TokenRange { start: start.unwrap_or(range.start), end: range.end }
        }
        None => range,
    }
}

/// "Washington", where nobody of that name is given one: a city, not a person.
fn is_capital(text: &Text<'_>, range: TokenRange) -> bool {
    let titled =
        text.dependents(range.start).iter().any(|&d| d < range.start && text.deprel(d) == Deprel::NmodDesc);
    let capital = country(text, range).is_some_and(|c| matches!(c.sense, Sense::Capital | Sense::Seat));
    let family = text.doc.names.iter().any(|name| {
        name.tokens.len() > 1
            && name.kind == NameKind::Person
            && text.word(name.tokens.end - 1) == text.word(range.start)
    });
    range.len() == 1 && capital && !titled && !family
}

fn kind_of(kind: NameKind) -> EntityKind {
    match kind {
        NameKind::Person => EntityKind::Person,
        NameKind::Organization => EntityKind::Organization,
        NameKind::Place | NameKind::Facility => EntityKind::Place,
        NameKind::Group => EntityKind::Group,
        NameKind::Other => EntityKind::Thing,
    }
}

/// The country that the words stand for.
pub(crate) fn country(text: &Text<'_>, range: TokenRange) -> Option<Country> {
    let mut range = range;
    let drop = |at: u32| matches!(text.word(at), "the" | "The" | "'s" | "’s");
    while !range.is_empty() && drop(range.start) {
        range.start += 1;
    }
    while !range.is_empty() && drop(range.end - 1) {
        range.end -= 1;
    }
    if range.is_empty() || range.len() > countries::MOST_WORDS {
        return None;
    }
    let words = text.words(text.span(range));
    countries::country(words)
        .or_else(|| is_shouted(words).then(|| countries::country(&capital_letters(words)))?)
}

fn is_shouted(words: &str) -> bool {
    words.len() > 4 && words.chars().all(|c| !c.is_lowercase())
}

/// "UKRAINE" as "Ukraine".
fn capital_letters(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut inside = false;
    for c in words.chars() {
        if inside {
            out.extend(c.to_lowercase())
        } else {
            out.push(c)
        }
        inside = c.is_alphabetic();
    }
    out
}

/// By the title before the name, or else by the given name.
fn person_sex(text: &Text<'_>, head: u32, name: Option<TokenRange>) -> Option<Sex> {
    let before = text.dependents(head).iter().copied().filter(|&d| d < head);
    let by_title = before.filter_map(|d| noun(text, d).title_sex()).next();
    by_title.or_else(|| {
        let name = name?;
        let first = people::noun(&text.word(name.start).to_lowercase()).title_sex();
        first.or_else(|| people::given_name(text.word(name.start)))
    })
}

/// What the words around the mention say of it: its role, what describes it.
pub(crate) fn around(text: &Text<'_>, words: &mut Words, found: &mut Found) {
    let head = found.head;
    found.role = role(text.deprel(head));
    found.main = found.role < 2 && text.head(head).is_some_and(|verb| text.head(verb).is_none());
    if found.form == MentionForm::Pronoun {
        found.pronoun = pronouns::pronoun(text.word(head));
        return;
    }
    found.word = words.id(text.lemma(head));
    for &part in text.dependents(head) {
        let rel = text.deprel(part);
        if matches!(rel.general(), Deprel::Amod | Deprel::Compound | Deprel::Nummod)
            || rel == Deprel::Nmod && part > head
        {
            found.described.push(words.id(text.lemma(part)));
        }
        let title = part < head && matches!(rel, Deprel::NmodDesc | Deprel::Compound);
        if title && found.form == MentionForm::Name {
            found.titles.push(words.id(text.lemma(part)));
        }
    }
    if found.name.is_some_and(|name| !name.holds(head)) {
        found.titles.push(found.word);
    }
    found.of_country = describing_country(text, head);
    found.bodies = bodies(text, found);
}

/// The kinds of body that a mention means: by its noun, of a name by its head and its last word ("Bank of Vell", "Orsk Steel").
fn bodies(text: &Text<'_>, found: &Found) -> Bodies {
    if found.number == Number::Many || found.kind == Some(EntityKind::Person) {
        return Bodies::NONE;
    }
    let of = |at: u32| people::bodies(&text.lemma(at).to_lowercase());
    let last = found.name.map_or(found.head, |name| name.end - 1);
    // A possessive ending may be part of the name.
    let last = if text.xpos(last) == Xpos::Pos && last > 0 { last - 1 } else { last };
    of(found.head).or(of(last)).or(people::bodies(&text.word(last).to_lowercase()))
}

fn role(rel: Deprel) -> u8 {
    match rel {
        Deprel::Nsubj | Deprel::Csubj => 0,
        Deprel::NsubjPass => 1,
        Deprel::Obj => 2,
        Deprel::Obl | Deprel::OblAgent | Deprel::Iobj => 3,
        Deprel::NmodPoss => 4,
        Deprel::Nmod => 5,
        Deprel::Appos => 6,
        Deprel::Conj => 7,
        Deprel::Compound => 8,
        _ => 9,
    }
}

/// The country that describes the noun at `head`: "the Ukrainian leader", "Germany's chancellor", "a senior Kyiv official".
pub(crate) fn describing_country(text: &Text<'_>, head: u32) -> Option<&'static str> {
    let title =
        text.dependents(head).iter().copied().filter(|&d| d < head && text.deprel(d) == Deprel::NmodDesc);
    let heads = std::iter::once(head).chain(title);
    let describing = heads.flat_map(|head| text.dependents(head).iter().map(move |&part| (head, part)));
    let describing = describing.filter(|&(head, part)| {
        let rel = text.deprel(part).general();
        let of = || text.dependent(part, Deprel::Case).is_some_and(|case| text.word(case) == "of");
        matches!(rel, Deprel::Amod | Deprel::Compound) || rel == Deprel::Nmod && (part < head || of())
    });
    describing.filter_map(|(_, part)| country_at(text, part)).map(|(name, _)| name).next()
}

/// The country that the word, or the name that it is part of, stands for.
pub(crate) fn country_at(text: &Text<'_>, at: u32) -> Option<(&'static str, Sense)> {
    let word = text.word(at);
    if !matches!(text.upos(at), Upos::Adj | Upos::Propn | Upos::Noun) || !word.starts_with(char::is_uppercase)
    {
        return None;
    }
    let whole = text.name(at).and_then(|n| country(text, n.tokens));
    whole.or_else(|| countries::country(word)).map(|c| (c.name, c.sense))
}
