//! Which time holds for a clause, an event noun or a statement, read from the tree.
//!
//! A time expression hangs on a word, its site. It holds for the clause around its site and for what the same clause tells in nouns;
//! it does not hold for what is reported there, for relative clauses, or for what the clause only speaks about. This module knows no
//! calendar.

use chancery_model::{Deprel, Reading, Span, TimeClass, TimeExpression, Upos, When, Xpos};

use crate::Text;

/// The time that holds for the clause or the event noun headed by `token`: one that hangs on it or within its clause, else the one
/// of the clause that it is part of. `None` when the words give none.
pub(crate) fn of_clause(text: &Text<'_>, reading: &Reading, token: u32) -> Option<When> {
    let sites = Sites::new(text, reading, token);
    let mut at = token;
    for _ in 0..MAX_CLIMB {
        if let Some(time) = sites.of(at) {
            return Some(time.when.clone());
        }
        at = governor(text, at)?;
    }
    None
}

/// The time at which something was said, by the cue that says so; times in what was said are none of it. `None` when the words
/// give none, or name a time after the day of writing for what is told as past.
pub(crate) fn said_at(text: &Text<'_>, reading: &Reading, cue_token: u32, content: &[Span]) -> Option<When> {
    let mut sites = Sites::new(text, reading, cue_token);
    sites.leave_out(content);
    let written = super::anchor(text).map(|(day, _)| day);
    let to_come = |time: &TimeExpression| {
        let from = time.when.value.as_ref().ok().and_then(|period| period.start);
        from.is_some_and(|from| written.is_some_and(|written| from > written))
    };
    sites.sites.retain(|site| !to_come(site.time) && !is_measured_from(text, site, cue_token));
    let mut at = source(text, cue_token).unwrap_or(cue_token);
    for _ in 0..MAX_CLIMB {
        if let Some(time) = sites.of(at) {
            return Some(time.when.clone());
        }
        at = governor(text, at).filter(|_| !nominal(text, at))?;
    }
    None
}

/// The day of what something was said in: "in a Friday statement", "in an interview that aired on Tuesday".
pub(crate) fn of_venue(text: &Text<'_>, reading: &Reading, venue: Span) -> Option<When> {
    let words = text.tokens_in(venue);
    let noun = (words.start..words.end)
        .find(|&t| chancery_lexicon::cues::is_venue(text.lemma(t)) && nominal(text, t))?;
    let sites = Sites::new(text, reading, noun);
    let aired = |verb: u32| {
        let past = matches!(text.xpos(verb), Xpos::Vbd | Xpos::Vbn);
        past && text.is_rel(verb, Deprel::Acl) && text.head(verb) == Some(noun)
    };
    let on = |site: &&Site<'_>| site.on == noun && attribute(text, site.top) || aired(site.on);
    let mut day = sites.sites.iter().filter(on).map(|site| &site.time.when);
    day.find(|when| when.value.as_ref().is_ok_and(|period| period.start == period.end)).cloned()
}

/// "Ahead of the trip next week", "since Monday's vote": a time that something else is measured from.
fn is_measured_from(text: &Text<'_>, site: &Site<'_>, cue: u32) -> bool {
    let on_the_way = text.above(site.top).take_while(|&at| at != cue);
    std::iter::once(site.top).chain(on_the_way).take(MAX_CLIMB).any(|at| {
        text.is_rel(at, Deprel::Obl)
            && case(text, at)
                .is_some_and(|case| matches!(case, "ahead" | "before" | "since" | "until" | "till"))
    })
}

/// Clauses that are walked up, at most.
const MAX_CLIMB: usize = 6;

/// The noun that "according to" stands before.
fn source(text: &Text<'_>, cue: u32) -> Option<u32> {
    (text.is_rel(cue, Deprel::Case) || text.is_rel(cue, Deprel::Fixed)).then(|| text.head(cue))?
}

fn nominal(text: &Text<'_>, at: u32) -> bool {
    matches!(text.upos(at), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num)
        && text.dependent(at, Deprel::Cop).is_none()
}

/// The times of one sentence, each with the word it hangs on.
struct Sites<'a> {
    text: &'a Text<'a>,
    sites: Vec<Site<'a>>,
}

struct Site<'a> {
    time: &'a TimeExpression,
    /// The topmost token of its words.
    top: u32,
    /// The word it hangs on.
    on: u32,
}

impl<'a> Sites<'a> {
    fn new(text: &'a Text<'a>, reading: &'a Reading, token: u32) -> Self {
        let within = text.span(text.sentence(token).tokens);
        let first = reading.times.partition_point(|t| t.span.start < within.start);
        let times = reading.times[first..].iter().take_while(|t| t.span.end <= within.end);
        let sites = times.filter(|time| dates(time)).filter_map(|time| site(text, time)).collect();
        Self { text, sites }
    }

    /// Leaves out the times that stand in these words.
    fn leave_out(&mut self, words: &[Span]) {
        let inside = |time: &TimeExpression| {
            words.iter().any(|span| span.start <= time.span.start && time.span.end <= span.end)
        };
        self.sites.retain(|site| !inside(site.time));
    }

    /// The time that holds for the clause of `at`, or for the noun there; the nearest of the strongest rank.
    fn of(&self, at: u32) -> Option<&'a TimeExpression> {
        let ranked = self.sites.iter().filter_map(|site| Some((self.rank(site, at)?, site)));
        ranked.min_by_key(|(rank, site)| (*rank, site.top.abs_diff(at))).map(|(_, site)| site.time)
    }

    /// How closely a time is tied to `at`: 0 hangs on it, 1 on its object or adjunct, 2 on its subject; `None` not at all.
    fn rank(&self, site: &Site<'_>, at: u32) -> Option<u8> {
        let text = self.text;
        if site.on == at {
            return adverbial(text, site.top).then_some(0);
        }
        if nominal(text, at) {
            return (same_noun(text, site.on) == Some(at)).then_some(1);
        }
        let mut rank = if attribute(text, site.top) { None } else { Some(1) };
        let mut step = site.on;
        while step != at {
            let carried = text.is_rel(step, Deprel::Xcomp)
                && text.head(step).is_some_and(|head| ASPECTS.contains(&text.lemma(head)));
            if clause_of_its_own(text, step) && !carried {
                return None;
            }
            if text.is_rel(step, Deprel::Nsubj) && text.head(step) == Some(at) {
                rank = (site.time.when.value.as_ref().is_ok_and(|p| p.start == p.end)).then_some(2);
            }
            step = text.head(step)?;
        }
        rank
    }
}

/// Whether an expression gives a stretch of the calendar that an event can fall into.
fn dates(time: &TimeExpression) -> bool {
    let placed = matches!(time.class, TimeClass::Date | TimeClass::Time) || time.when.value.is_ok();
    placed && time.class != TimeClass::Set && !time.value.ends_with("_REF")
}

fn site<'a>(text: &Text<'_>, time: &'a TimeExpression) -> Option<Site<'a>> {
    let tokens = text.tokens_in(time.span);
    let top = (tokens.start..tokens.end).find(|&t| text.head(t).is_none_or(|head| !tokens.holds(head)))?;
    let on = site_of(text, tokens.start, top)?;
    Some(Site { time, top, on })
}

/// The word that an expression hangs on, by its first and its topmost token.
pub(super) fn site_of(text: &Text<'_>, start: u32, top: u32) -> Option<u32> {
    let on = text.head(top)?;
    Some(told_by(text, start, on).unwrap_or(on))
}

/// "said on Monday the talks would …": a time that follows a verb of saying at once is that verb's, wherever the tree hangs it.
fn told_by(text: &Text<'_>, start: u32, on: u32) -> Option<u32> {
    let before = start.checked_sub(1)?;
    let verb = if text.upos(before) == Upos::Adp { before.checked_sub(1)? } else { before };
    let tells = text.upos(verb) == Upos::Verb
        && text.dependents_by(verb, Deprel::Ccomp).any(|told| told > start && text.is_below(on, told));
    tells.then_some(verb)
}

/// Whether a time is an adverbial or an attribute of what it hangs on, and not its subject or object.
fn adverbial(text: &Text<'_>, top: u32) -> bool {
    !matches!(
        text.deprel(top).general(),
        Deprel::Nsubj | Deprel::Obj | Deprel::Iobj | Deprel::Csubj | Deprel::Ccomp | Deprel::Vocative
    )
}

/// "Tuesday's meeting", "the 2022 invasion": a time that belongs to one noun.
fn attribute(text: &Text<'_>, top: u32) -> bool {
    matches!(
        text.deprel(top),
        Deprel::NmodPoss | Deprel::Compound | Deprel::Amod | Deprel::Nummod | Deprel::NmodDesc | Deprel::Det
    )
}

/// The noun that a noun stands for in the same phrase: "a round of talks on Monday".
fn same_noun(text: &Text<'_>, on: u32) -> Option<u32> {
    (text.is_rel(on, Deprel::Nmod) && !attribute(text, on)).then(|| text.head(on))?
}

/// Whether a token heads a clause apart from the one it hangs in.
fn clause_of_its_own(text: &Text<'_>, at: u32) -> bool {
    match text.deprel(at).general() {
        // "Failed to agree on Monday": the day of the one is that of the other.
        Deprel::Xcomp => !text.head(at).is_some_and(|verb| matches!(text.lemma(verb), "fail" | "manage")),
        Deprel::Ccomp | Deprel::Advcl | Deprel::Acl | Deprel::Csubj | Deprel::Parataxis => true,
        Deprel::Conj => !nominal(text, at),
        _ => false,
    }
}

/// The clause whose time holds for `at` too: "met on Monday for talks", "met on Monday and agreed", "began on Monday to withdraw".
fn governor(text: &Text<'_>, at: u32) -> Option<u32> {
    let head = text.head(at)?;
    let lemma = text.lemma(head);
    let holds = match text.deprel(at).general() {
        Deprel::Conj | Deprel::Nsubj | Deprel::Appos | Deprel::Compound => true,
        Deprel::Obj => LIGHT.contains(&lemma),
        Deprel::Obl => case(text, at).is_some_and(|case| WITHIN.contains(&case)),
        Deprel::Nmod => case(text, at) == Some("of"),
        Deprel::Xcomp => ASPECTS.contains(&lemma),
        Deprel::Advcl => simultaneous(text, at),
        Deprel::Acl => text.deprel(at) == Deprel::Acl && text.xpos(at) == Xpos::Vbg,
        _ => false,
    };
    holds.then_some(head)
}

/// Verbs that only carry their object: "held talks", "launched an attack".
const LIGHT: [&str; 31] = [
    "hold",
    "have",
    "make",
    "take",
    "launch",
    "conduct",
    "carry",
    "begin",
    "start",
    "open",
    "resume",
    "continue",
    "end",
    "stage",
    "impose",
    "sign",
    "reach",
    "attend",
    "host",
    "suffer",
    "pay",
    "conclude",
    "broker",
    "secure",
    "negotiate",
    "mediate",
    "mount",
    "wage",
    "join",
    "enact",
    "deliver",
];
/// Prepositions of what happens at the same time.
const WITHIN: [&str; 6] = ["in", "during", "at", "for", "amid", "on"];
/// Verbs that begin, go on with or end what their complement tells, do or fail to do it, or set its day.
const ASPECTS: [&str; 20] = [
    "begin", "start", "continue", "stop", "resume", "keep", "finish", "cease", "schedule", "expect", "set",
    "due", "slate", "help", "fail", "manage", "try", "come", "go", "remain",
];

fn case<'a>(text: &'a Text<'_>, at: u32) -> Option<&'a str> {
    text.dependent(at, Deprel::Case).map(|case| text.lemma(case))
}

/// "as", "while", "when", or a participle without a word before it: what it tells happens along with the main clause.
fn simultaneous(text: &Text<'_>, at: u32) -> bool {
    if text.deprel(at) == Deprel::AdvclRelcl {
        return false;
    }
    match text.dependent(at, Deprel::Mark) {
        Some(mark) => matches!(text.lemma(mark), "as" | "while" | "when" | "by" | "with"),
        None => text.xpos(at) == Xpos::Vbg,
    }
}
