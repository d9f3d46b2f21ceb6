//! The lines of a reading: times, statements, events, figures, stances, each with its cites.

use chancery_model::{
    Anchor, Article, Chain, EntityKind, Event, Figure, Id, MentionForm, Reading, Saying, Span, Stance,
    Statement, Through, TimeExpression, When, Who, Why,
};
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use super::{Kind, Lines, Offsets, WireCite, shown, shown_or_null};

/// Writes the lines of `wanted` kinds, in the order of their words on the page.
pub(super) fn write(lines: &mut Lines<'_>, article: &Article, reading: &Reading, wanted: &[Kind]) {
    let wire = Wire { article, reading, offsets: Offsets::new(article) };
    let mut order: Vec<(u32, Kind, usize)> = Vec::new();
    let mut add = |kind: Kind, starts: Vec<u32>| {
        if wanted.contains(&kind) {
            order.extend(starts.into_iter().enumerate().map(|(at, start)| (start, kind, at)));
        }
    };
    add(Kind::Time, reading.times.iter().map(|t| t.span.start).collect());
    add(
        Kind::Statement,
        reading.statements.iter().map(|s| s.content.first().map_or(0, |c| c.start)).collect(),
    );
    add(Kind::Event, reading.events.iter().map(|e| e.trigger.start).collect());
    add(Kind::Figure, reading.figures.iter().map(|f| f.span.start).collect());
    add(Kind::Stance, reading.stances.iter().map(|s| s.terms.start).collect());
    order.sort();
    for (_, kind, at) in order {
        wire.line(lines, kind, at);
    }
}

/// Writes one line of a reading.
pub(super) fn one(lines: &mut Lines<'_>, article: &Article, reading: &Reading, kind: Kind, at: usize) {
    let wire = Wire { article, reading, offsets: Offsets::new(article) };
    wire.line(lines, kind, at);
}

/// Makes lines of one article's nouns.
struct Wire<'a> {
    article: &'a Article,
    reading: &'a Reading,
    offsets: Offsets<'a>,
}

/// A cite that owns its words' places but not its words.
type Cite<'a> = WireCite<'a>;

impl<'a> Wire<'a> {
    /// Writes one line, by its kind and its index among the lines of its kind.
    fn line(&self, lines: &mut Lines<'_>, kind: Kind, at: usize) {
        match kind {
            Kind::Time => lines.push(kind, self.time(&self.reading.times[at])),
            Kind::Statement => lines.push(kind, self.statement(&self.reading.statements[at])),
            Kind::Event => lines.push(kind, self.event(&self.reading.events[at])),
            Kind::Figure => lines.push(kind, self.figure(&self.reading.figures[at])),
            Kind::Stance => lines.push(kind, self.stance(&self.reading.stances[at])),
            Kind::Page
            | Kind::Article
            | Kind::Doc
            | Kind::Copy
            | Kind::Lineage
            | Kind::Account
            | Kind::Revision
            | Kind::Story
            | Kind::Furniture
            | Kind::Note => {}
        }
    }

    fn cite(&self, span: Span) -> Cite<'a> {
        let ranges = self.article.map.page_ranges(span);
        WireCite::new(&ranges, Some(&self.article.text[span.range()]), self.offsets.in_body(span))
    }

    fn who(&self, who: &'a Who) -> WireWho<'a> {
        let chain = who.chain.as_ref().ok().and_then(|at| self.reading.chains.get(*at as usize));
        WireWho {
            who,
            chain,
            shown: chain.map(|c| c.id(self.article)),
            cite: Some(self.cite(who.span)),
            described: chain.and_then(|chain| self.description(chain)),
            wire_role: chain.and_then(|c| c.roles.first()).map(|role| role.words(self.article)),
        }
    }

    /// A group or a body without a name goes by the words for it: "French investigators".
    fn description(&self, chain: &Chain) -> Option<&'a str> {
        let several = chain.plural || matches!(chain.kind, EntityKind::Organization | EntityKind::Group);
        let mut forms = chain.mentions.iter().filter_map(|&at| self.reading.mentions.get(at as usize));
        let told = forms.any(|mention| mention.form != MentionForm::Pronoun);
        let words = &self.article.text[chain.shown.range()];
        let bare =
            ["the ", "The ", "a ", "A ", "an ", "An "].iter().find_map(|article| words.strip_prefix(article));
        (chain.name.is_none() && several && told).then(|| bare.unwrap_or(words))
    }

    fn when(&self, when: &'a When) -> WireWhen<'a> {
        let period = when.value.as_ref().ok();
        WireWhen {
            value: period.map(ToString::to_string),
            grain: period.map(|p| p.grain.word()),
            cite: when.span.map(|span| self.cite(span)),
            anchor: when.anchor,
            unresolved: when.value.as_ref().err().map(|u| u.reason.as_str()),
        }
    }

    fn statement_id(&self, at: Option<u32>) -> Option<Id> {
        self.reading.statements.get(at? as usize).map(|s| s.id)
    }

    fn time(&self, time: &'a TimeExpression) -> WireTime<'a> {
        WireTime {
            id: time.id(self.article),
            article: self.article.id,
            cite: self.cite(time.span),
            r#type: time.class.word(),
            value: &time.value,
            when: self.when(&time.when),
        }
    }

    fn statement(&self, statement: &'a Statement) -> WireStatement<'a> {
        let mut speakers: Vec<WireWho<'a>> = statement.speakers.iter().map(|who| self.who(who)).collect();
        // Where no words name the speaker, there are none to cite.
        let named = |who: &Who| {
            who.chain.is_ok() || !statement.content.iter().chain(&statement.cue).any(|span| *span == who.span)
        };
        speakers.iter_mut().filter(|wire| !named(wire.who)).for_each(|wire| wire.cite = None);
        let joint = if speakers.len() > 1 { speakers.split_off(1) } else { Vec::new() };
        WireStatement {
            id: statement.id,
            article: self.article.id,
            form: statement.form.word(),
            saying: statement.saying.map(Saying::word),
            content: statement.content.iter().map(|span| self.cite(*span)).collect(),
            cue: statement.cue.map(|span| self.cite(span)),
            speaker: speakers.pop(),
            joint,
            addressee: statement.addressee.as_ref().map(|who| self.who(who)),
            said: statement.said.as_ref().map(|when| self.when(when)),
            venue: statement.venue.map(|span| self.cite(span)),
            inside: self.statement_id(statement.inside),
            why: WireWhy::of(statement.why),
        }
    }

    fn event(&self, event: &'a Event) -> WireEvent<'a> {
        WireEvent {
            id: event.id,
            article: self.article.id,
            r#type: event.kind.word(),
            mode: event.mode,
            trigger: self.cite(event.trigger),
            actors: event.actors.iter().map(|who| self.who(who)).collect(),
            recipients: event.recipients.iter().map(|who| self.who(who)).collect(),
            place: event.place.map(|span| self.cite(span)),
            when: event.when.as_ref().map(|when| self.when(when)),
            status: event.status.word(),
            sentence: self.cite(event.sentence),
            inside: self.statement_id(event.inside),
            why: WireWhy::of(event.why),
        }
    }

    fn figure(&self, figure: &'a Figure) -> WireFigure<'a> {
        WireFigure {
            id: figure.id,
            article: self.article.id,
            cite: self.cite(figure.span),
            value: figure.amount.value.map(Number),
            low: figure.amount.low.map(Number),
            high: figure.amount.high.map(Number),
            approximate: figure.amount.approximate,
            unit: figure.unit.as_deref(),
            counted: figure.counted.map(|span| self.cite(span)),
            by: figure.by.as_ref().map(|who| self.who(who)),
            claimed_by: figure.claimed_by.as_ref().map(|who| self.who(who)),
            when: figure.when.as_ref().map(|when| self.when(when)),
            inside: self.statement_id(figure.inside),
            why: WireWhy::of(figure.why),
        }
    }

    fn stance(&self, stance: &'a Stance) -> WireStance<'a> {
        let through = match stance.through {
            Some(Through::Statement(at)) => self.statement_id(Some(at)),
            Some(Through::Event(at)) => self.reading.events.get(at as usize).map(|e| e.id),
            None => None,
        };
        WireStance {
            id: stance.id,
            article: self.article.id,
            party: &stance.party,
            holder: self.who(&stance.holder),
            issue: stance.issue.as_deref(),
            act: stance.act.word(),
            terms: self.cite(stance.terms),
            when: stance.when.as_ref().map(|when| self.when(when)),
            through,
            why: WireWhy::of(stance.why),
        }
    }
}

#[derive(Serialize)]
pub(super) struct WireWhy {
    rule: &'static str,
    confidence: f64,
}

impl WireWhy {
    pub(super) fn of(why: Why) -> Self {
        Self { rule: why.rule, confidence: (f64::from(why.confidence) * 100.0).round() / 100.0 }
    }
}

/// A number without ".0" where it is whole.
struct Number(f64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let whole = self.0.fract() == 0.0 && self.0.abs() < 9e15;
        if whole { serializer.serialize_i64(self.0 as i64) } else { serializer.serialize_f64(self.0) }
    }
}

struct WireWho<'a> {
    who: &'a Who,
    chain: Option<&'a Chain>,
    shown: Option<Id>,
    /// The words used; none where nobody is named.
    cite: Option<WireCite<'a>>,
    /// The words for a group or body that has no name.
    described: Option<&'a str>,
    wire_role: Option<String>,
}

impl Serialize for WireWho<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("name", &self.chain.and_then(|c| c.name.as_deref()).or(self.described))?;
        if let Some(chain) = self.chain {
            map.serialize_entry("entity", &self.shown.map(|id| id.to_string()))?;
            map.serialize_entry("type", chain.kind.word())?;
            map.serialize_entry("role", &self.wire_role)?;
            map.serialize_entry("side", &chain.side.as_ref().map(|s| s.name.as_str()))?;
            if self.described.is_some() {
                map.serialize_entry("described", &true)?;
            } else if chain.name.is_none() {
                map.serialize_entry("unresolved", "the text gives no name")?;
            }
        }
        if let Err(unresolved) = &self.who.chain {
            map.serialize_entry("unresolved", &unresolved.reason)?;
        }
        map.serialize_entry("cite", &self.cite)?;
        map.end()
    }
}

#[derive(Serialize)]
struct WireWhen<'a> {
    value: Option<String>,
    grain: Option<&'static str>,
    cite: Option<WireCite<'a>>,
    #[serde(serialize_with = "anchor")]
    anchor: Anchor,
    #[serde(skip_serializing_if = "Option::is_none")]
    unresolved: Option<&'a str>,
}

fn anchor<S: Serializer>(anchor: &Anchor, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(anchor.word())
}

#[derive(Serialize)]
struct WireTime<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    #[serde(serialize_with = "shown")]
    article: Id,
    cite: WireCite<'a>,
    r#type: &'static str,
    value: &'a str,
    when: WireWhen<'a>,
}

#[derive(Serialize)]
struct WireStatement<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    #[serde(serialize_with = "shown")]
    article: Id,
    form: &'static str,
    saying: Option<&'static str>,
    content: Vec<WireCite<'a>>,
    cue: Option<WireCite<'a>>,
    speaker: Option<WireWho<'a>>,
    /// Further speakers of a joint statement.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    joint: Vec<WireWho<'a>>,
    addressee: Option<WireWho<'a>>,
    said: Option<WireWhen<'a>>,
    venue: Option<WireCite<'a>>,
    #[serde(serialize_with = "shown_or_null")]
    inside: Option<Id>,
    why: WireWhy,
}

#[derive(Serialize)]
struct WireEvent<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    #[serde(serialize_with = "shown")]
    article: Id,
    r#type: &'static str,
    mode: Option<&'static str>,
    trigger: WireCite<'a>,
    actors: Vec<WireWho<'a>>,
    recipients: Vec<WireWho<'a>>,
    place: Option<WireCite<'a>>,
    when: Option<WireWhen<'a>>,
    status: &'static str,
    sentence: WireCite<'a>,
    #[serde(serialize_with = "shown_or_null")]
    inside: Option<Id>,
    why: WireWhy,
}

#[derive(Serialize)]
struct WireFigure<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    #[serde(serialize_with = "shown")]
    article: Id,
    cite: WireCite<'a>,
    value: Option<Number>,
    low: Option<Number>,
    high: Option<Number>,
    approximate: bool,
    unit: Option<&'a str>,
    counted: Option<WireCite<'a>>,
    by: Option<WireWho<'a>>,
    claimed_by: Option<WireWho<'a>>,
    when: Option<WireWhen<'a>>,
    #[serde(serialize_with = "shown_or_null")]
    inside: Option<Id>,
    why: WireWhy,
}

#[derive(Serialize)]
struct WireStance<'a> {
    #[serde(serialize_with = "shown")]
    id: Id,
    #[serde(serialize_with = "shown")]
    article: Id,
    party: &'a str,
    holder: WireWho<'a>,
    issue: Option<&'a str>,
    act: &'static str,
    terms: WireCite<'a>,
    when: Option<WireWhen<'a>>,
    #[serde(serialize_with = "shown_or_null")]
    through: Option<Id>,
    why: WireWhy,
}
