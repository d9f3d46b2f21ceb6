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
mod further;
mod identity;
mod noun;
mod owners;
mod parties;
mod place;
mod slots;
mod status;

use chancery_lexicon::frames::{Entry, Frame, Frames, Part};
use chancery_model::{Deprel, Event, EventKind, Reading, Span, Status, Upos, Who, Why, Xpos};

use crate::Text;
use around::Around;
use identity::Identities;
use parties::Parties;

/// Events read of one article, at most.
const MAX_EVENTS: usize = 20_000;

/// Every event of the text.
pub(crate) fn read(text: &Text<'_>, reading: &Reading) -> Vec<Event> {
    let reader = Reader {
        text,
        reading,
        parties: Parties::new(text, reading),
        identities: Identities::new(text, reading),
        frames: Frames::shipped(),
    };
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
    identities: Identities<'a>,
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
        if self.only_describes(at) {
            return None;
        }
        let around = match part {
            Part::Noun => noun::around(self.text, &self.parties, self.frames, at),
            Part::Verb | Part::Adjective => clause::around(self.text, at),
        };
        let (entry, takes) = choose::entry(self, part, &word, &around)?;
        let frame = self.frames.frame(entry);
        let kind = EventKind::parse(&frame.kind)?;
        Some(Found { around, entry, frame, kind, takes })
    }

    /// "The negotiating team", "air strikes targeting the harbour": a participle that says what its noun is for, or at whom it is aimed.
    fn only_describes(&self, at: u32) -> bool {
        let text = self.text;
        // "The war machine", "war crimes": a war that only says what kind of thing it is.
        let kind_of = text.deprel(at) == Deprel::Compound && text.upos(at) == Upos::Noun;
        if kind_of && text.head(at).is_some_and(|head| self.in_class("of_war", head)) {
            return matches!(text.lemma(at), "war" | "conflict" | "battle");
        }
        if text.upos(at) != Upos::Verb || text.xpos(at) != Xpos::Vbg {
            return false;
        }
        let aims = || {
            noun::AIMS.contains(&text.lemma(at))
                && text.head(at).is_some_and(|noun| self.frames.in_class("force_noun", text.lemma(noun)))
        };
        match text.deprel(at) {
            Deprel::Amod | Deprel::Compound => text.head(at).is_some_and(|noun| self.parties.is_party(noun)),
            Deprel::Acl => aims(),
            _ => false,
        }
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
        let inner = |verb: u32| {
            let told = self.found(verb);
            told.map_or(Vec::new(), |told| self.parties.of(told.frame, &told.around, &|_| Vec::new()).1)
        };
        let (actors, mut recipients) = self.parties.of(found.frame, &found.around, &inner);
        recipients.retain(|&r| !self.is_own(r, &actors));
        if actors.is_empty() && recipients.is_empty() && !found.frame.bare {
            return None;
        }
        let trigger = self.trigger_span(found);
        let (status, kind, mode) = self.told(found, &actors);
        let inside = self.inside(trigger);
        let mut actors_named = self.identities.parties(&actors);
        let mut whom = self.identities.parties(&recipients);
        if found.frame.voiced {
            self.voiced(inside, &mut actors_named, &whom);
        }
        if matches!(kind, EventKind::Reject | EventKind::Agree) {
            whom.retain(|r| !self.one_side(r, &actors_named));
        }
        if kind == EventKind::Assault {
            self.spare_own(&recipients, &actors_named, &mut whom);
        }
        whom.retain(|r| r.chain.is_err() || actors_named.iter().all(|a| a.chain != r.chain));
        Some(Event {
            id: self.text.id('v', &[trigger]),
            kind,
            mode,
            trigger,
            actors: actors_named,
            recipients: whom,
            place: place::of(self.text, &found.around),
            when: crate::times::of_clause(self.text, self.reading, found.around.trigger),
            status,
            sentence: self.text.span(self.text.sentence(found.around.trigger).tokens),
            inside,
            why: Why { rule: &found.frame.id, confidence: 0.8 },
        })
    }

    /// What somebody calls unacceptable to nobody else, or speaks of as talks with another, is his own doing.
    fn voiced(&self, inside: Option<u32>, actors: &mut Vec<Who>, recipients: &[Who]) {
        let Some(statement) = inside.and_then(|at| self.reading.statements.get(at as usize)) else { return };
        let side = |who: &Who| self.side(who);
        if actors.is_empty() && recipients.is_empty() {
            return;
        }
        let Some(own) = statement.speakers.iter().find_map(side) else { return };
        let other = recipients.iter().filter_map(side).any(|side| side == own);
        if !other && actors.iter().all(|who| side(who) == Some(own)) {
            actors.clone_from(&statement.speakers);
        }
    }

    fn side(&self, who: &Who) -> Option<&str> {
        let chain = self.reading.chains.get(*who.chain.as_ref().ok()? as usize)?;
        chain.side.as_ref().map(|side| side.name.as_str())
    }

    /// "The island's coastguard sank the ISLAND'S old pier": whose thing was hit is not whom the force of the same country fought.
    fn spare_own(&self, heads: &[u32], actors: &[Who], whom: &mut Vec<Who>) {
        let describes = |&head: &u32| {
            matches!(self.text.deprel(head), Deprel::NmodPoss | Deprel::Amod | Deprel::Compound)
        };
        if heads.iter().all(describes) {
            whom.retain(|who| !self.one_side(who, actors));
        }
    }

    /// Whether somebody is on the side of those who act: nobody rejects or agrees with himself.
    fn one_side(&self, who: &Who, actors: &[Who]) -> bool {
        let own = self.side(who);
        own.is_some() && !actors.is_empty() && actors.iter().all(|actor| self.side(actor) == own)
    }

    /// Whether a possessive ("its troops") or another mention means one of the actors, or nobody that is known.
    fn is_own(&self, recipient: u32, actors: &[u32]) -> bool {
        match self.identities.chain(recipient) {
            Some(own) => actors.iter().any(|&a| self.identities.chain(a) == Some(own)),
            None => {
                self.text.deprel(recipient) == Deprel::NmodPoss
                    && self.text.upos(recipient) == Upos::Pron
                    && self.identities.of(recipient).iter().all(|who| who.chain.is_err())
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
    /// does ("disinformation campaigns"). Where more stands between ("held constructive discussions"), or where the verb only says
    /// that it goes on, the noun alone.
    fn trigger_span(&self, found: &Found) -> Span {
        let text = self.text;
        let at = found.around.trigger;
        let (mut first, mut last) = (at, at);
        // "A complaint filed by the guild": the noun tells of it, the participle only of who did it.
        let noun =
            text.head(at).filter(|&n| n < at && text.deprel(at) == Deprel::Acl && found.takes.contains(&n));
        let tells = |noun: &u32| self.says_little(at) && self.frames.knows(Part::Noun, text.lemma(*noun));
        if let Some(noun) = noun.filter(tells) {
            return text.span(chancery_model::TokenRange { start: noun, end: noun + 1 });
        }
        let behind = found.takes.iter().copied().filter(|&t| t > at && t - at <= MAX_EXPRESSION).max();
        if let Some(noun) = behind.filter(|_| self.says_little(at)) {
            let small = |t: u32| {
                found.takes.contains(&t)
                    || matches!(text.upos(t), Upos::Det | Upos::Adp)
                    || text.is_rel(t, Deprel::CompoundPrt)
            };
            let own = self.frames.knows(Part::Noun, text.lemma(noun)) && text.upos(at) == Upos::Verb;
            let noun_alone = self.in_class("goes_on", at)
                || self.in_class("only_carries", at) && !(at + 1..noun).all(small);
            if own && noun_alone { (first, last) = (noun, noun) } else { last = noun }
        }
        if let Some(&before) =
            found.takes.iter().find(|&&t| t + 1 == at && text.deprel(t) == Deprel::Compound)
        {
            first = before;
        }
        if let Some(&particle) = found.around.particles.iter().find(|&&p| p == at + 1) {
            last = last.max(particle);
        }
        text.span(chancery_model::TokenRange { start: first, end: last + 1 })
    }

    /// Whether a word needs the noun behind it to tell of anything.
    fn says_little(&self, at: u32) -> bool {
        match self.text.upos(at) {
            Upos::Verb => self.in_class("says_little", at) || self.in_class("goes_on", at),
            Upos::Adj => true,
            _ => self.in_class("shell", at),
        }
    }

    fn in_class(&self, class: &str, at: u32) -> bool {
        self.frames.in_class(class, self.text.lemma(at))
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

/// How many words further the noun of "reached an agreement" stands, at most, to be shown with the verb or for it.
const MAX_EXPRESSION: u32 = 6;
