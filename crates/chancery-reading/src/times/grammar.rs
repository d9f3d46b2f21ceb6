//! The rules of the grammar at work on the words of a sentence: a chart, filled from the last word to the first.
//!
//! At each word stand the things that begin there: what the word's shape says and what rules make of it and what follows. Of all that
//! a sentence holds, the longest expressions are taken from left to right.

use std::collections::HashMap;
use std::sync::LazyLock;

use chancery_lexicon::times::{TimeGrammar, TimeRule, What};
use chancery_model::Date;

use super::build::build;
use super::mean::{Mean, Value};
use super::words::{Word, shapes};

/// An expression: its words, and what they mean.
#[derive(Debug)]
pub(super) struct Expression {
    /// First word and one past the last.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) mean: Mean,
}

/// The time expressions of a sentence, none overlapping. `near` settles dates in numbers.
pub(super) fn expressions(words: &[Word], near: Option<Date>) -> Vec<Expression> {
    let chart = Chart::of(words, near);
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        match chart.longest(at) {
            Some(found) => {
                at = found.end;
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

/// Things that begin at one word, at most.
const MAX_THINGS: usize = 120;
/// Kinds whose things are expressions of their own.
const WHOLE: [&str; 5] = ["day", "date", "time", "len", "set"];

/// The rules, found by their first place.
struct Compiled {
    rules: &'static [TimeRule],
    by_word: HashMap<&'static str, Vec<usize>>,
    by_kind: HashMap<&'static str, Vec<usize>>,
}

static COMPILED: LazyLock<Compiled> = LazyLock::new(|| {
    let rules = &TimeGrammar::built_in().rules;
    let mut compiled = Compiled { rules, by_word: HashMap::new(), by_kind: HashMap::new() };
    for (at, rule) in rules.iter().enumerate() {
        match &rule.says[0].what {
            What::Word(words, _) => {
                for word in words {
                    compiled.by_word.entry(word).or_default().push(at);
                }
            }
            What::Kind(kind) => compiled.by_kind.entry(kind).or_default().push(at),
        }
    }
    compiled
});

/// Something that stands in the sentence.
#[derive(Debug)]
struct Thing {
    kind: &'static str,
    end: usize,
    /// The rule that made it; the earlier one counts.
    rule: usize,
    value: Value,
}

struct Chart<'a> {
    words: &'a [Word],
    things: Vec<Vec<Thing>>,
}

impl<'a> Chart<'a> {
    fn of(words: &'a [Word], near: Option<Date>) -> Self {
        let mut chart = Self { words, things: words.iter().map(|_| Vec::new()).collect() };
        for at in (0..words.len()).rev() {
            chart.fill(at, near);
        }
        chart
    }

    fn fill(&mut self, at: usize, near: Option<Date>) {
        for (kind, value) in shapes(self.words, at, near) {
            self.add(at, Thing { kind, end: at + 1, rule: usize::MAX, value });
        }
        let begun = COMPILED.by_word.get(self.words[at].folded.as_str());
        for &rule in begun.into_iter().flatten() {
            self.apply(rule, at, None);
        }
        let mut next = 0;
        while next < self.things[at].len() {
            let thing = &self.things[at][next];
            for &rule in COMPILED.by_kind.get(thing.kind).into_iter().flatten() {
                self.apply(rule, at, Some(next));
            }
            next += 1;
        }
    }

    /// All that a rule makes at a word; `first` is the thing at its first place.
    fn apply(&mut self, rule: usize, at: usize, first: Option<usize>) {
        let spec = &COMPILED.rules[rule];
        if !self.context_before(spec, at) {
            return;
        }
        let mut made = Vec::new();
        match first {
            Some(first) => {
                let thing = &self.things[at][first];
                self.walk(spec, 1, thing.end, &mut vec![&thing.value], &mut made);
            }
            None => self.walk(spec, 0, at, &mut Vec::new(), &mut made),
        }
        for (end, given) in made {
            if let Some(value) = build(&spec.means, &given) {
                self.add(at, Thing { kind: &spec.makes, end, rule, value });
            }
        }
    }

    /// Follows the places of a rule from `place` on, at the word `at`.
    fn walk<'c>(
        &'c self,
        rule: &TimeRule,
        place: usize,
        at: usize,
        given: &mut Vec<&'c Value>,
        made: &mut Vec<(usize, Vec<Value>)>,
    ) {
        let Some(part) = rule.says.get(place) else {
            if self.context_behind(rule, at) {
                made.push((at, given.iter().map(|v| (*v).clone()).collect()));
            }
            return;
        };
        match &part.what {
            What::Word(any, guard) => {
                let fits = |word: &Word| any.contains(&word.folded) && word.passes(*guard);
                if self.words.get(at).is_some_and(fits) {
                    self.walk(rule, place + 1, at + 1, given, made);
                }
            }
            What::Kind(kind) => {
                for thing in self.things.get(at).into_iter().flatten().filter(|t| t.kind == kind) {
                    given.push(&thing.value);
                    self.walk(rule, place + 1, thing.end, given, made);
                    given.pop();
                }
            }
        }
        if part.optional {
            self.walk(rule, place + 1, at, given, made);
        }
    }

    fn context_before(&self, rule: &TimeRule, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |b| self.words[b].folded.as_str());
        let among = |list: &[String]| list.iter().any(|w| w == before);
        (rule.after.is_empty() || among(&rule.after)) && !among(&rule.not_after)
    }

    fn context_behind(&self, rule: &TimeRule, end: usize) -> bool {
        let mut behind = self.words[end.min(self.words.len())..].iter().map(|w| w.folded.as_str());
        let (next, then) = (behind.next().unwrap_or(""), behind.next().unwrap_or(""));
        let stands = |words: &str| match words.split_once(' ') {
            Some((first, second)) => first == next && second == then,
            None => words == next,
        };
        let among = |list: &[String]| list.iter().any(|words| stands(words));
        (rule.before.is_empty() || among(&rule.before)) && !among(&rule.not_before)
    }

    fn add(&mut self, at: usize, thing: Thing) {
        let things = &mut self.things[at];
        let known =
            things.iter().any(|t| t.kind == thing.kind && t.end == thing.end && t.value == thing.value);
        if !known && things.len() < MAX_THINGS {
            things.push(thing);
        }
    }

    /// The longest expression that begins at a word; of equally long ones that of the earliest rule.
    fn longest(&self, at: usize) -> Option<Expression> {
        let whole = self.things[at].iter().filter(|t| WHOLE.contains(&t.kind));
        let best = whole.max_by_key(|t| (t.end, std::cmp::Reverse(t.rule)))?;
        let mean = match &best.value {
            Value::Mean(mean) => mean.clone(),
            Value::Length(length) => Mean::Length(length.clone()),
            _ => return None,
        };
        Some(Expression { start: at, end: best.end, mean })
    }
}
