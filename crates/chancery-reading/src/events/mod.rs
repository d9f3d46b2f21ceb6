//! Event lines of an article: every clause, and every noun, that tells of an event of a PLOVER type.
//!
//! ```text
//! word ──lexicon──▶ entries ──around──▶ the entry whose conditions hold ──parties──▶ actors, recipients
//!                                                                      ──status, place──▶ Event
//! ```
//!
//! Which words tell of what is data (`chancery_lexicon::frames`). This module knows where the parts of a clause stand in the tree.
//! It does not know which events of the text are the same event: each clause has its own line.

mod around;
mod choose;
mod clause;
mod noun;
mod parties;
mod place;
mod status;

use chancery_lexicon::frames::{Entry, Frame, Frames, Part};
use chancery_model::{Deprel, Event, EventKind, Reading, Span, Status, Upos, Why};

use crate::Text;
use around::Around;
use parties::Parties;

/// Events read of one article, at most.
const MAX_EVENTS: usize = 20_000;

/// Every event of the text.
pub(crate) fn read(text: &Text<'_>, reading: &Reading) -> Vec<Event> {
    let reader = Reader { text, reading, parties: Parties::new(text, reading), frames: Frames::shipped() };
    let mut found: Vec<Found> = text.tokens().filter_map(|at| reader.found(at)).take(MAX_EVENTS).collect();
    let taken: Vec<u32> = found
        .iter()
        .flat_map(|f| f.takes.iter().copied())
        .filter(|t| !matches!(text.deprel(*t), Deprel::Compound))
        .collect();
    found.retain(|f| !taken.contains(&f.around.trigger));
    found.iter().filter_map(|f| reader.event(f)).collect()
}

/// What the steps look at.
struct Reader<'a> {
    text: &'a Text<'a>,
    reading: &'a Reading,
    parties: Parties<'a>,
    frames: &'static Frames,
}

/// A word that calls up a frame.
struct Found {
    around: Around,
    entry: &'static Entry,
    frame: &'static Frame,
    kind: EventKind,
    /// Nouns that are part of the expression, and tell of nothing by themselves.
    takes: Vec<u32>,
}

impl<'a> Reader<'a> {
    /// The frame that the word at `at` calls up.
    fn found(&self, at: u32) -> Option<Found> {
        let (part, word) = self.trigger(at)?;
        let around = match part {
            Part::Noun => noun::around(self.text, &self.parties, self.frames, at),
            Part::Verb | Part::Adjective => clause::around(self.text, at),
        };
        let (entry, takes) = choose::entry(self, part, &word, &around)?;
        let frame = self.frames.frame(entry);
        let kind = EventKind::parse(&frame.kind)?;
        Some(Found { around, entry, frame, kind, takes })
    }

    /// A word as the lexicon has it, if the lexicon has it.
    fn trigger(&self, at: u32) -> Option<(Part, String)> {
        let part = match self.text.upos(at) {
            Upos::Verb => Part::Verb,
            Upos::Noun => Part::Noun,
            Upos::Adj => Part::Adjective,
            Upos::Propn if self.text.name(at).is_none() => Part::Noun,
            _ => return None,
        };
        let word = self.text.lemma(at);
        if self.frames.knows(part, word) {
            return Some((part, word.to_owned()));
        }
        // A common noun in a headline with capitals keeps its form: "Peace Talks".
        let low = (self.text.upos(at) == Upos::Propn).then(|| word.to_lowercase())?;
        let base = low.strip_suffix('s').unwrap_or(&low).to_owned();
        [low.clone(), base].into_iter().find(|word| self.frames.knows(part, word)).map(|word| (part, word))
    }

    fn event(&self, found: &Found) -> Option<Event> {
        let (actors, mut recipients) = self.parties.of(found.frame, &found.around);
        recipients.retain(|&r| !self.is_own(r, &actors));
        if actors.is_empty() && recipients.is_empty() && !found.frame.bare {
            return None;
        }
        let trigger = self.trigger_span(found);
        let (status, kind, mode) = self.told(found, &actors);
        let who = |heads: Vec<u32>| {
            heads.into_iter().map(|head| crate::who::who_of(self.text, self.reading, head)).collect()
        };
        Some(Event {
            id: self.text.id('v', &[trigger]),
            kind,
            mode,
            trigger,
            actors: who(actors),
            recipients: who(recipients),
            place: place::of(self.text, &found.around),
            when: crate::times::of_clause(self.text, self.reading, found.around.trigger),
            status,
            sentence: self.text.span(self.text.sentence(found.around.trigger).tokens),
            inside: self.inside(trigger),
            why: Why { rule: &found.frame.id, confidence: 0.8 },
        })
    }

    /// Whether a possessive ("its troops") or another mention means one of the actors, or nobody that is known.
    fn is_own(&self, recipient: u32, actors: &[u32]) -> bool {
        let chain = |head: u32| crate::who::who_of(self.text, self.reading, head).chain.ok();
        match chain(recipient) {
            Some(own) => actors.iter().any(|&a| chain(a) == Some(own)),
            None => {
                self.text.deprel(recipient) == Deprel::NmodPoss && self.text.upos(recipient) == Upos::Pron
            }
        }
    }

    /// The status, and the type and mode that go with it: who says that he will not do a friendly thing refuses it.
    fn told(&self, found: &Found, actors: &[u32]) -> (Status, EventKind, Option<&'static str>) {
        let status = status::of(self.text, self.frames, found.kind, found.frame, &found.around);
        let own = found.entry.mode.as_deref().or(found.frame.mode.as_deref());
        if actors.is_empty() || !status::is_refusal(self.text, found.around.trigger) {
            return (status, found.kind, own);
        }
        let refused = match found.kind {
            EventKind::Concede | EventKind::Retreat | EventKind::Support => Some("yield"),
            EventKind::Aid | EventKind::Cooperate | EventKind::Agree => Some("assist"),
            EventKind::Consult => Some("meet"),
            _ => None,
        };
        match refused {
            Some(mode) => (Status::Occurred, EventKind::Reject, Some(mode)),
            None => (status, found.kind, own),
        }
    }

    /// The trigger with its particle, with the noun that makes the expression ("reached an agreement"), or with the noun before it that
    /// does ("disinformation campaigns").
    fn trigger_span(&self, found: &Found) -> Span {
        let at = found.around.trigger;
        let (mut first, mut last) = (at, at);
        let says_little =
            self.text.upos(at) != Upos::Verb || self.frames.in_class("says_little", self.text.lemma(at));
        for &more in &found.takes {
            if more > last && more - at <= MAX_EXPRESSION && says_little {
                last = more;
            }
            if more + 1 == at && self.text.deprel(more) == Deprel::Compound {
                first = more;
            }
        }
        if let Some(&particle) = found.around.particles.iter().find(|&&p| p == at + 1) {
            last = last.max(particle);
        }
        self.text.span(chancery_model::TokenRange { start: first, end: last + 1 })
    }

    /// The innermost statement whose content holds the trigger.
    fn inside(&self, trigger: Span) -> Option<u32> {
        let holds = |span: &Span| span.start <= trigger.start && trigger.end <= span.end;
        let all = self.reading.statements.iter().enumerate();
        let holding = all.filter(|(_, s)| s.content.iter().any(holds));
        let length = |s: &chancery_model::Statement| s.content.iter().map(|c| c.end - c.start).sum::<u32>();
        holding.min_by_key(|(_, s)| length(s)).map(|(at, _)| at as u32)
    }
}

/// How many words further the noun of "reached an agreement" stands, at most, to be shown with the verb.
const MAX_EXPRESSION: u32 = 6;
