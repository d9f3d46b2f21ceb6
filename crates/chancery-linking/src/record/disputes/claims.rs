//! Claims: statements with who makes them, what they are about, and what they count.

use std::collections::BTreeSet;

use chancery_model::{Amount, Date, Figure, Grain, Id, Span, Statement, Who};
use serde::{Deserialize, Serialize};

use super::words::{self, Action};
use super::{Known, Told};

/// Claims that may stand between two that a reporter sets side by side.
const NEAR: usize = 3;

/// A statement as disputes look at it.
pub(super) struct Claim<'a> {
    pub told: &'a Told<'a>,
    pub statement: &'a Statement,
    /// From its first word to its last.
    pub span: Span,
    /// The side that makes it, or the name of who does.
    pub holder: String,
    /// Its words in small letters.
    pub text: String,
    pub actions: BTreeSet<Action>,
    /// Single days that it names.
    pub days: BTreeSet<Date>,
    /// Figures that it gives.
    pub figures: Vec<Counted>,
    /// Where among the claims of its article.
    pub order: usize,
}

/// A figure of a claim, as it is compared with others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Counted {
    pub id: Id,
    pub words: String,
    pub amount: Amount,
    /// What was done, as the nearest word for it says.
    pub action: Option<Action>,
    /// The side whose act it counts, where the article settles it.
    pub by: Option<String>,
    /// The unit, else the words counted, in small letters.
    pub noun: Option<String>,
    /// Whether it counts hours or minutes.
    pub is_time: bool,
    /// Whether it counts a part: "two of the people handed over".
    pub is_part: bool,
}

impl Counted {
    fn of(told: &Told<'_>, within: Span, figure: &Figure) -> Self {
        let counted = figure.counted.map(|span| told.words(span).to_lowercase());
        let unit = figure.unit.as_deref();
        Self {
            id: figure.id,
            words: told.words(figure.span).to_owned(),
            amount: figure.amount,
            action: counted_by(told, within, figure.span),
            by: figure.by.as_ref().and_then(|who| whose(told, who)),
            noun: unit.map(str::to_owned).or(counted).map(|noun| noun.to_lowercase()),
            is_time: unit.is_some_and(|unit| matches!(unit, "hour" | "minute")),
            is_part: told.article.text[figure.span.end as usize..].trim_start().starts_with("of the"),
        }
    }
}

/// The side of somebody, by the article's own words.
fn whose(told: &Told<'_>, who: &Who) -> Option<String> {
    let (_, chain) = told.chain(who)?;
    let own = chain.name.as_ref().filter(|_| chain.kind != chancery_model::EntityKind::Thing);
    chain.side.as_ref().map(|side| &side.name).or(own).cloned()
}

impl Claim<'_> {
    pub(super) fn id(&self) -> Id {
        self.statement.id
    }

    /// The words that announce it: "said", "denied".
    pub(super) fn cue(&self) -> String {
        self.statement.cue.map(|cue| self.told.words(cue).to_lowercase()).unwrap_or_default()
    }
}

/// The claims of an article in text order; those whose maker is not known are left out, and so is what stands outside the story.
pub(super) fn of<'a>(told: &'a Told<'a>, known: &Known) -> Vec<Claim<'a>> {
    let mut out: Vec<Claim<'a>> =
        told.reading.statements.iter().filter_map(|s| claim(told, known, s)).collect();
    out.sort_by_key(|c| (c.span.start, c.span.end));
    for (order, claim) in out.iter_mut().enumerate() {
        claim.order = order;
    }
    out
}

fn claim<'a>(told: &'a Told<'a>, known: &Known, statement: &'a Statement) -> Option<Claim<'a>> {
    let first = statement.content.first()?;
    let last = statement.content.last()?;
    let span = Span { start: first.start, end: last.end.max(first.end) };
    let holder = holder(told, known, statement.speakers.first()?)?;
    if !told.article.body.covers(span) {
        return None;
    }
    let pieces: Vec<&str> = statement.content.iter().map(|piece| told.words(*piece)).collect();
    let text = pieces.join(" ").to_lowercase();
    let actions = words::words(&text).iter().filter_map(|(_, word)| words::action(word)).collect();
    let inside = |inner: Span| statement.content.iter().any(|piece| piece.covers(inner));
    let figures = told.reading.figures.iter().filter(|f| inside(f.span));
    let figures = figures.map(|f| Counted::of(told, span, f)).collect();
    let days = told.reading.times.iter().filter(|time| inside(time.span)).filter_map(|time| {
        let period = time.when.value.as_ref().ok()?;
        period.start.filter(|_| period.start == period.end && period.grain <= Grain::Day)
    });
    Some(Claim { told, statement, span, holder, text, actions, days: days.collect(), figures, order: 0 })
}

/// The side of a speaker. "Lasia's defence ministry" is Lasia's, whatever else is known of the ministry.
fn holder(told: &Told<'_>, known: &Known, who: &Who) -> Option<String> {
    let words = told.words(who.span);
    let owner = told.reading.mentions.iter().find(|m| {
        m.span.start == who.span.start && m.span.end < who.span.end && {
            let rest = &words[m.span.len()..];
            rest.starts_with("’s ") || rest.starts_with("'s ") || told.words(m.span).ends_with(['s', 'n'])
        }
    });
    let owner = owner.map(|m| Who { span: m.span, chain: m.chain.clone() });
    let side = |who: &Who| known.side(told, who).filter(|side| super::super::entities::is_name(side));
    let found = owner.as_ref().and_then(side).or_else(|| side(who));
    let found = found.map(|name| country(told, &name).unwrap_or(name));
    let name = found.or_else(|| Some(known.called(told, who)))?;
    let plain =
        name.chars().all(|c| c.is_alphabetic() || " -.’'&".contains(c)) && name.split(' ').count() <= LONGEST;
    Some(name).filter(|name| plain && super::super::entities::is_name(name))
}

/// Words of a name, at most.
const LONGEST: usize = 7;

/// The country that an adjective is of, where the article names it: "Lasia" for "Lasian".
fn country(told: &Told<'_>, name: &str) -> Option<String> {
    let places = told.reading.chains.iter().filter(|c| c.kind == chancery_model::EntityKind::Place);
    let mut names = places.filter_map(|c| c.name.as_ref());
    let of = |place: &&String| place.len() >= 4 && name.len() > place.len() && name.len() <= place.len() + 2;
    names.find(|place| of(place) && name.starts_with(place.as_str())).cloned()
}

/// The action that a figure counts: the word for one that stands nearest to it within its sentence.
fn counted_by(told: &Told<'_>, within: Span, figure: Span) -> Option<Action> {
    let text = &told.article.text[within.range()];
    let (from, to) = ((figure.start - within.start) as usize, (figure.end - within.start) as usize);
    let mut best: Option<(usize, Action)> = None;
    for (at, word) in words::words(text) {
        let Some(action) = words::action(&word) else { continue };
        let (gap, distance) = match at < from {
            true => (&text[at..from], from - at),
            false if at >= to => (&text[to..at], at - to),
            false => ("", 0),
        };
        // A verb before its count stands a little farther than one behind it ("sent 140 and hit").
        if !gap.contains(['.', ';', '“', '”']) && best.is_none_or(|(other, _)| distance < other) {
            best = Some((distance, action));
        }
    }
    best.filter(|(distance, _)| *distance <= MAX_REACH).map(|(_, action)| action)
}

/// Bytes between a count and the word that says what was done, at most.
const MAX_REACH: usize = 60;

/// Pairs of claims of different makers that stand near each other.
pub(super) fn side_by_side<'c, 'a>(claims: &'c [Claim<'a>]) -> Vec<(&'c Claim<'a>, &'c Claim<'a>)> {
    let mut out = Vec::new();
    for (i, a) in claims.iter().enumerate() {
        for b in claims[i + 1..].iter().take(NEAR) {
            if a.holder != b.holder && !a.span.overlaps(b.span) {
                out.push((a, b));
            }
        }
    }
    out
}
