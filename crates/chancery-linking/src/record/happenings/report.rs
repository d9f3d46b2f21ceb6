//! A report of an event as it is compared with others: names and words as numbers.

use std::collections::HashMap;
use std::rc::Rc;
use std::sync::LazyLock;

use chancery_lexicon::stem::stem;
use chancery_model::{Date, EntityKind, Event, EventKind, Grain, Id, Period, Who};

use super::super::{Known, Told};
use super::Key;

/// Modes of PLOVER that hold unlike acts: to kill and to wound somebody, to accuse and to arraign.
const BROAD: [&str; 2] = ["targeted", "allege"];

/// Names and other words by number, in the order in which they were met.
#[derive(Default)]
pub(super) struct Names<'a> {
    numbers: HashMap<&'a str, u32>,
    words: Vec<&'a str>,
    /// Acts: base forms, and the forms met so far.
    acts: HashMap<String, u32>,
    forms: HashMap<&'a str, u32>,
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

/// A report of an event.
pub(super) struct Report<'a> {
    pub(super) told: &'a Told<'a>,
    pub(super) event: &'a Event,
    pub(super) period: Option<Period>,
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
    /// Everybody with a name in its article, by number.
    pub(super) around: Rc<[u32]>,
}

/// The reports of all articles, in their order.
pub(super) fn reports<'a>(told: &'a [Told<'a>], known: &'a Known, names: &mut Names<'a>) -> Vec<Report<'a>> {
    let mut out = Vec::new();
    for t in told {
        let entities = (0..t.reading.chains.len() as u32).filter_map(|at| known.entity(t.article.id, at));
        let around: Rc<[u32]> = sorted(entities.map(|e| names.number(known.name(e)))).into();
        out.extend(t.reading.events.iter().map(|event| report(t, event, around.clone(), known, names)));
    }
    out
}

fn report<'a>(
    t: &'a Told<'a>,
    event: &'a Event,
    around: Rc<[u32]>,
    known: &'a Known,
    names: &mut Names<'a>,
) -> Report<'a> {
    let mut called = |list: &[Who]| sorted(list.iter().map(|who| names.number(known.goes_by(t, who))));
    let (actors, recipients) = (called(&event.actors), called(&event.recipients));
    let all = || event.actors.iter().chain(&event.recipients);
    let of = |who: &Who| t.chain(who).map(|(_, chain)| chain).filter(|chain| chain.name.is_some());
    let mut pick = |list: &[Who], keep: &dyn Fn(&Who) -> bool| {
        sorted(list.iter().filter(|who| keep(who)).map(|who| names.number(known.goes_by(t, who))))
    };
    let is_person = |who: &Who| of(who).is_some_and(|chain| chain.kind == EntityKind::Person);
    let people = [pick(&event.actors, &is_person), pick(&event.recipients, &is_person)];
    let is_named = |who: &Who| of(who).is_some();
    let named = sorted([pick(&event.actors, &is_named), pick(&event.recipients, &is_named)].concat());
    let sides = sorted(all().filter_map(|who| known.side_of(t, who)).map(|side| names.number(side)));
    let counts = event.recipients.iter().flat_map(|who| digits(t.words(who.span)));
    let counts = sorted(counts.map(|digits| names.number(digits)));
    Report {
        told: t,
        event,
        period: event.when.as_ref().and_then(|when| when.value.as_ref().ok()).copied(),
        parties: sorted(actors.iter().chain(&recipients).copied()),
        actors,
        recipients,
        named,
        people,
        sides,
        counts,
        place: event.place.map(|span| names.number(t.words(span))),
        act: names.act(t.words(event.trigger)),
        around,
    }
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
        let period = self.period?;
        period.start.filter(|_| period.start == period.end && period.grain <= Grain::Day)
    }

    /// Reports of one type and day with a participant in common.
    pub(super) fn keys_of_day(&self) -> Vec<Key> {
        let Some(day) = self.day() else { return Vec::new() };
        self.parties.iter().map(|party| Key::Day(self.event.kind, day, *party)).collect()
    }

    /// Reports of one type in one article with a participant in common.
    pub(super) fn keys_of_article(&self) -> Vec<Key> {
        self.parties.iter().map(|party| Key::Article(self.kind(), self.told.article.id, *party)).collect()
    }

    /// Reports of one act in articles with dates, with a name in common.
    pub(super) fn keys_of_days(&self) -> Vec<Key> {
        let dated = self.told.published().is_some();
        let named = self.named.iter().filter(|_| dated);
        named.map(|name| Key::Days(self.kind(), self.act, *name)).collect()
    }

    /// Reports of one type in a story whose articles have no dates.
    pub(super) fn keys_of_story(&self) -> Vec<Key> {
        let story = self.told.story.filter(|_| self.told.published().is_none());
        story.map(|story| Key::Story(self.kind(), story)).into_iter().collect()
    }

    pub(super) fn kind(&self) -> EventKind {
        self.event.kind
    }

    /// Whether two reports tell of one act: by the same word, or by words for one mode that holds no unlike acts.
    pub(super) fn is_act_of(&self, other: &Self) -> bool {
        let narrow = self.event.mode.filter(|mode| !BROAD.contains(mode));
        self.act == other.act || narrow.is_some() && narrow == other.event.mode
    }

    pub(super) fn article(&self) -> Id {
        self.told.article.id
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
