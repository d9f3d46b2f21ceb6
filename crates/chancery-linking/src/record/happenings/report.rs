//! A report of an event as it is compared with others: names and words as numbers. What an article tells of its events is kept with the words
//! themselves ([`Reports`]); numbers hold for one linking.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use chancery_lexicon::stem::stem;
use chancery_model::{Chain, Date, EntityKind, Event, EventKind, Grain, Id, Period, Status, Who};
use serde::{Deserialize, Serialize};

use super::super::{Known, Part, Told};
use super::{Key, wording};

/// Modes of PLOVER that hold unlike acts: to kill and to wound somebody, to accuse and to arraign.
const BROAD: [&str; 2] = ["targeted", "allege"];

/// What those do who sit together, without endings.
const TOGETHER: [&str; 26] = [
    "meet",
    "talk",
    "visit",
    "receiv",
    "host",
    "join",
    "attend",
    "discus",
    "discuss",
    "discussion",
    "negotiat",
    "negotiation",
    "hold",
    "held",
    "summit",
    "session",
    "conver",
    "conven",
    "gather",
    "welcom",
    "travel",
    "arriv",
    "present",
    "greet",
    "consult",
    "part",
];

/// Names and other words by number, in the order in which they were met.
#[derive(Default)]
pub(super) struct Names<'a> {
    numbers: HashMap<&'a str, u32>,
    words: Vec<&'a str>,
    /// Acts: base forms, and the forms met so far.
    acts: HashMap<String, u32>,
    forms: HashMap<&'a str, u32>,
    /// Acts that are done sitting together.
    together: HashMap<u32, bool>,
}

impl<'a> Names<'a> {
    fn number(&mut self, word: &'a str) -> u32 {
        let next = self.words.len() as u32;
        let words = &mut self.words;
        *self.numbers.entry(word).or_insert_with(|| {
            words.push(word);
            next
        })
    }

    /// The word with a number.
    pub(super) fn word(&self, number: u32) -> &'a str {
        self.words[number as usize]
    }

    /// The words of a list of numbers, for a reason.
    pub(super) fn words(&self, numbers: &[u32]) -> String {
        let mut words: Vec<&str> = numbers.iter().map(|number| self.word(*number)).collect();
        words.sort_unstable();
        words.join(" and ")
    }

    /// Whether one of the words is one for sitting together: "took part in the meeting", "talks".
    fn sat_together(&mut self, words: &'a str) -> bool {
        words.split_whitespace().any(|word| {
            let act = self.act(word);
            *self.together.entry(act).or_insert_with(|| TOGETHER.contains(&base(word).as_str()))
        })
    }

    fn act(&mut self, words: &'a str) -> u32 {
        let word = words.split_whitespace().next_back().unwrap_or(words);
        let acts = &mut self.acts;
        *self.forms.entry(word).or_insert_with(|| {
            let next = acts.len() as u32;
            *acts.entry(base(word)).or_insert(next)
        })
    }
}

/// Irregular forms of verbs, and their base form.
static IRREGULAR: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let verbs = chancery_lexicon::IRREGULAR_WORDS.lines().filter_map(|line| line.strip_prefix("v "));
    let forms = verbs.filter_map(|line| {
        let (base, forms) = line.split_once(' ')?;
        Some(forms.split(' ').map(move |form| (form, base)))
    });
    forms.flatten().collect()
});

/// A word without its ending.
fn base(word: &str) -> String {
    let low = word.to_lowercase();
    let listed = IRREGULAR.get(low.as_str()).map(|base| (*base).to_owned());
    let stem = listed.or_else(|| stem(&low)).unwrap_or(low);
    // "arrive" and "arriving", "shoot" and "shooting", "stop" and "stopped".
    let stem = stem.strip_suffix("ing").filter(|rest| rest.len() >= 3).map_or(stem.clone(), str::to_owned);
    let stem = stem.strip_suffix("ed").filter(|rest| rest.len() >= 3).map_or(stem.clone(), str::to_owned);
    let mut stem = stem.trim_end_matches('e').to_owned();
    let twice = stem.chars().rev().take(2).collect::<Vec<char>>();
    if matches!(twice[..], [a, b] if a == b && !"sl".contains(a)) {
        stem.pop();
    }
    stem
}

/// The events of an article, with those who take part by the names that they go by in the record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in super::super) struct Reports {
    /// Names and other words, in the order in which they were met; the lists below hold their places here.
    words: Vec<String>,
    /// Everybody with a name in the article.
    around: Vec<u32>,
    pub(super) events: Vec<Reported>,
}

/// An event as its article tells it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Reported {
    pub(super) id: Id,
    pub(super) kind: EventKind,
    pub(super) mode: Option<String>,
    pub(super) status: Status,
    pub(super) period: Option<Period>,
    /// The words that tell of it.
    pub(super) trigger: String,
    /// What tells its sentence and the place of these words in it from others; nothing for a short sentence.
    pub(super) sentence: Option<u64>,
    /// Whether it is told of as one of many: "has met him several times".
    pub(super) is_repeated: bool,
    /// The day of the week that its words name, whether or not they settle which: 0 is Monday.
    pub(super) weekday: Option<u8>,
    /// Where, as the words say.
    place: Option<u32>,
    actors: Vec<u32>,
    recipients: Vec<u32>,
    named: Vec<u32>,
    people: [Vec<u32>; 2],
    sides: Vec<u32>,
    counts: Vec<u32>,
}

impl Reports {
    /// The events of an article.
    pub(in super::super) fn of(t: &Told<'_>, known: &Known) -> Self {
        let mut words = Words::default();
        let entities = (0..t.reading.chains.len() as u32).filter_map(|at| known.entity(t.article.id, at));
        let around = words.all(entities.map(|e| known.name(e)));
        let events = t.reading.events.iter().map(|event| reported(t, event, known, &mut words)).collect();
        Self { words: words.list.into_iter().map(str::to_owned).collect(), around, events }
    }
}

/// Words by their place in a list.
#[derive(Default)]
struct Words<'a> {
    places: HashMap<&'a str, u32>,
    list: Vec<&'a str>,
}

impl<'a> Words<'a> {
    fn place(&mut self, word: &'a str) -> u32 {
        let list = &mut self.list;
        *self.places.entry(word).or_insert_with(|| {
            list.push(word);
            list.len() as u32 - 1
        })
    }

    fn all(&mut self, words: impl Iterator<Item = &'a str>) -> Vec<u32> {
        sorted(words.map(|word| self.place(word)))
    }
}

fn reported<'a>(t: &Told<'a>, event: &'a Event, known: &'a Known, words: &mut Words<'a>) -> Reported {
    let called = |who: &Who| known.goes_by(t, who);
    let of = |who: &Who| t.chain(who).map(|(_, chain)| chain).filter(|chain| chain.name.is_some());
    let is_person = |who: &&Who| of(who).is_some_and(|chain| chain.kind == EntityKind::Person);
    let all = || event.actors.iter().chain(&event.recipients);
    let actors = words.all(event.actors.iter().map(called));
    let recipients = words.all(event.recipients.iter().map(called));
    let people = [&event.actors, &event.recipients].map(|list| list.iter().filter(is_person).map(called));
    let people = people.map(|names| words.all(names));
    let named = words.all(all().filter(|who| of(who).is_some()).map(called));
    let sides = words.all(all().flat_map(|who| sides(t, who, known)));
    let counts = words.all(event.recipients.iter().flat_map(|who| digits(t.words(who.span))));
    Reported {
        id: event.id,
        kind: event.kind,
        mode: event.mode.map(str::to_owned),
        status: event.status,
        period: event.when.as_ref().and_then(|when| when.value.as_ref().ok()).copied(),
        trigger: t.words(event.trigger).to_owned(),
        sentence: wording::sentence(t, event),
        is_repeated: wording::is_repeated(t, event),
        weekday: wording::weekday(t, event),
        place: event.place.map(|span| words.place(t.words(span))),
        actors,
        recipients,
        named,
        people,
        sides,
        counts,
    }
}

/// The sides of somebody: those that the words for a group name, where they name several ("the Lasian and Kaelian delegations"), or else
/// what is known of him.
fn sides<'a>(t: &Told<'a>, who: &Who, known: &'a Known) -> Vec<&'a str> {
    let named = places_of(t, who, known);
    match known.side_of(t, who) {
        Some(side) if named.len() < 2 => vec![side],
        _ => named,
    }
}

/// The places named in an article whose names or adjectives stand in the words for somebody, by the names that they go by.
fn places_of<'a>(t: &Told<'a>, who: &Who, known: &'a Known) -> Vec<&'a str> {
    let words: Vec<&str> = t.words(who.span).split_whitespace().filter(|word| starts_large(word)).collect();
    // Most people are called by one word or by none that is written like a name.
    if words.len() < 2 {
        return Vec::new();
    }
    let places = (0..).zip(&t.reading.chains).filter(|(_, chain)| chain.kind == EntityKind::Place);
    let of = |(at, chain): (u32, &Chain)| {
        let name = chain.name.as_deref()?;
        let stem = name.trim_end_matches(['a', 'e', 'i', 'o', 'y']);
        let longest = name.len() + LONGEST_ENDING;
        let is_adjective =
            |word: &str| stem.len() >= MIN_STEM && word.starts_with(stem) && word.len() <= longest;
        let mentions = || t.reading.mentions.iter().filter(|m| m.chain.as_ref() == Ok(&at));
        let is_named = |word: &str| mentions().any(|m| t.words(m.span) == word);
        let found = words.iter().any(|word| is_adjective(word) || is_named(word));
        found.then(|| known.entity(t.article.id, at).map(|entity| known.name(entity)))?
    };
    places.filter_map(of).collect()
}

fn starts_large(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// Letters of a place's name that its adjective keeps, at least.
const MIN_STEM: usize = 4;
/// Letters by which an adjective is longer than the name, at most.
const LONGEST_ENDING: usize = 4;

/// A report of an event.
pub(super) struct Report<'a> {
    pub(super) part: &'a Part<'a>,
    pub(super) event: &'a Reported,
    /// Who did it, by number of the name; sorted.
    pub(super) actors: Vec<u32>,
    /// To whom or with whom.
    pub(super) recipients: Vec<u32>,
    /// All of them.
    pub(super) parties: Vec<u32>,
    /// Those that have a name of their own.
    pub(super) named: Vec<u32>,
    /// People among those who did it, and among the others.
    pub(super) people: [Vec<u32>; 2],
    /// The sides they are on.
    pub(super) sides: Vec<u32>,
    /// Numbers in the words for those to whom it was done: "23 pirates".
    pub(super) counts: Vec<u32>,
    /// Where, as the words say.
    pub(super) place: Option<u32>,
    /// The word that tells of it, without its ending.
    pub(super) act: u32,
    /// Whether that word is one for sitting together.
    pub(super) sat_together: bool,
    /// Everybody with a name in its article, by number.
    pub(super) around: Rc<[u32]>,
}

/// The reports of all articles, in their order.
pub(super) fn reports<'a>(parts: &'a [Part<'a>], names: &mut Names<'a>) -> Vec<Report<'a>> {
    let mut out = Vec::new();
    for part in parts {
        let told = &part.share.reports;
        let numbers: Vec<u32> = told.words.iter().map(|word| names.number(word)).collect();
        // A place beyond the list stands in a damaged share only.
        let of = |list: &[u32]| sorted(list.iter().filter_map(|at| numbers.get(*at as usize).copied()));
        let around: Rc<[u32]> = of(&told.around).into();
        out.extend(told.events.iter().map(|event| {
            let (actors, recipients) = (of(&event.actors), of(&event.recipients));
            Report {
                part,
                event,
                parties: sorted(actors.iter().chain(&recipients).copied()),
                actors,
                recipients,
                named: of(&event.named),
                people: [of(&event.people[0]), of(&event.people[1])],
                sides: of(&event.sides),
                counts: of(&event.counts),
                place: event.place.and_then(|at| numbers.get(at as usize).copied()),
                act: names.act(&event.trigger),
                sat_together: names.sat_together(&event.trigger),
                around: around.clone(),
            }
        }));
    }
    out
}

fn sorted(numbers: impl IntoIterator<Item = u32>) -> Vec<u32> {
    let mut numbers: Vec<u32> = numbers.into_iter().collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The numbers written in digits.
fn digits(words: &str) -> impl Iterator<Item = &str> {
    words.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty())
}

impl Report<'_> {
    /// The day, where the words settle one day.
    pub(super) fn day(&self) -> Option<Date> {
        let period = self.event.period?;
        period.start.filter(|_| period.start == period.end && period.grain <= Grain::Day)
    }

    /// Reports of one type and day with a participant in common.
    pub(super) fn keys_of_day(&self) -> Vec<Key> {
        let Some(day) = self.day() else { return Vec::new() };
        self.parties.iter().map(|party| Key::Day(self.event.kind, day, *party)).collect()
    }

    /// Reports of one type in one article with a participant in common.
    pub(super) fn keys_of_article(&self) -> Vec<Key> {
        self.parties.iter().map(|party| Key::Article(self.kind(), self.part.article, *party)).collect()
    }

    /// Reports of one act in articles with dates, with a name in common.
    pub(super) fn keys_of_days(&self) -> Vec<Key> {
        let dated = self.part.published.is_some();
        let named = self.named.iter().filter(|_| dated);
        named.map(|name| Key::Days(self.kind(), self.act, *name)).collect()
    }

    /// Reports of one type by the same words of one sentence.
    pub(super) fn keys_of_sentence(&self) -> Vec<Key> {
        self.event.sentence.map(|sentence| Key::Sentence(self.kind(), sentence)).into_iter().collect()
    }

    /// Reports of one type in a story whose articles have no dates.
    pub(super) fn keys_of_story(&self) -> Vec<Key> {
        let story = self.part.story.filter(|_| self.part.published.is_none());
        story.map(|story| Key::Story(self.kind(), story)).into_iter().collect()
    }

    pub(super) fn kind(&self) -> EventKind {
        self.event.kind
    }

    /// Whether two reports tell of one act: by the same word, or by words for one mode that holds no unlike acts.
    pub(super) fn is_act_of(&self, other: &Self) -> bool {
        if self.event.is_repeated != other.event.is_repeated {
            return false;
        }
        let narrow = self.event.mode.as_deref().filter(|mode| !BROAD.contains(mode));
        self.act == other.act || narrow.is_some() && narrow == other.event.mode.as_deref()
    }

    pub(super) fn article(&self) -> Id {
        self.part.article
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_verb_are_one_act() {
        for (a, b) in [
            ("met", "meeting"),
            ("shot", "Shooting"),
            ("arrested", "arrests"),
            ("agreed", "agrees"),
            ("killed", "killing"),
            ("stopped", "stops"),
            ("charged", "charge"),
        ] {
            assert_eq!(base(a), base(b), "{a} {b}");
        }
        assert_ne!(base("met"), base("left"));
        assert_ne!(base("killed"), base("injured"));
    }
}
