//! The lines of a reading as a whole: their ids, every span they cite, and whether they hold together.

use crate::{
    Article, Chain, Event, Figure, Id, Reading, Span, Stance, Statement, Through, TimeExpression, When, Who,
};

/// The kinds of lines that a reading has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LineKind {
    /// A chain of mentions.
    Entity,
    /// A time expression.
    Time,
    /// A statement.
    Statement,
    /// An event.
    Event,
    /// A figure.
    Figure,
    /// A stance.
    Stance,
}

impl LineKind {
    /// Every kind.
    pub const ALL: [LineKind; 6] =
        [Self::Entity, Self::Time, Self::Statement, Self::Event, Self::Figure, Self::Stance];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Time => "time",
            Self::Statement => "statement",
            Self::Event => "event",
            Self::Figure => "figure",
            Self::Stance => "stance",
        }
    }

    /// Reads the word on the wire.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

impl Chain {
    /// Its id within the article.
    pub fn id(&self, article: &Article) -> Id {
        let mut place = Vec::new();
        for range in article.map.page_ranges(self.shown) {
            place.extend_from_slice(&range.start.to_le_bytes());
        }
        Id::of('e', &[&article.page.0, &place])
    }
}

impl TimeExpression {
    /// Its id: where its words begin on the page.
    pub fn id(&self, article: &Article) -> Id {
        let start = article.map.page_ranges(self.span).first().map_or(0, |range| range.start);
        Id::of('t', &[&article.page.0, &start.to_le_bytes()])
    }
}

impl Reading {
    /// Every line: its kind, its index in the list of its kind, its id.
    pub fn lines(&self, article: &Article) -> Vec<(LineKind, u32, Id)> {
        let mut lines = Vec::new();
        let mut add = |kind: LineKind, ids: Vec<Id>| {
            lines.extend((0..).zip(ids).map(|(at, id)| (kind, at, id)));
        };
        add(LineKind::Entity, self.chains.iter().map(|chain| chain.id(article)).collect());
        add(LineKind::Time, self.times.iter().map(|time| time.id(article)).collect());
        add(LineKind::Statement, self.statements.iter().map(|line| line.id).collect());
        add(LineKind::Event, self.events.iter().map(|line| line.id).collect());
        add(LineKind::Figure, self.figures.iter().map(|line| line.id).collect());
        add(LineKind::Stance, self.stances.iter().map(|line| line.id).collect());
        lines
    }

    /// How many lines of a kind there are.
    pub fn count(&self, kind: LineKind) -> u32 {
        let count = match kind {
            LineKind::Entity => self.chains.len(),
            LineKind::Time => self.times.len(),
            LineKind::Statement => self.statements.len(),
            LineKind::Event => self.events.len(),
            LineKind::Figure => self.figures.len(),
            LineKind::Stance => self.stances.len(),
        };
        count as u32
    }

    /// Every span that a line of this kind and index cites; none for a line that is not there.
    pub fn spans_of(&self, kind: LineKind, at: u32) -> Vec<Span> {
        let at = at as usize;
        let spans = match kind {
            LineKind::Entity => self.chains.get(at).map(|chain| self.spans_of_chain(chain)),
            LineKind::Time => {
                self.times.get(at).map(|time| [vec![time.span], of_when(Some(&time.when))].concat())
            }
            LineKind::Statement => self.statements.get(at).map(of_statement),
            LineKind::Event => self.events.get(at).map(of_event),
            LineKind::Figure => self.figures.get(at).map(of_figure),
            LineKind::Stance => self.stances.get(at).map(of_stance),
        };
        spans.unwrap_or_default()
    }

    fn spans_of_chain(&self, chain: &Chain) -> Vec<Span> {
        let mut spans = vec![chain.shown];
        spans.extend(chain.roles.iter().flat_map(|role| [Some(role.title), role.of]).flatten());
        spans.extend(chain.side.iter().map(|side| side.by));
        spans.extend(chain.mentions.iter().filter_map(|at| self.mentions.get(*at as usize)).map(|m| m.span));
        spans
    }

    /// Whether every span lies in the article's text, on whole characters, and every index finds its line: so for each reading of
    /// ours, and to be asked of one that comes from elsewhere.
    pub fn fits(&self, article: &Article) -> bool {
        let inside = |span: &Span| article.text.get(span.start as usize..span.end as usize).is_some();
        let mut lines =
            LineKind::ALL.into_iter().flat_map(|kind| (0..self.count(kind)).map(move |at| (kind, at)));
        lines.all(|(kind, at)| self.spans_of(kind, at).iter().all(inside))
            && self.mentions.iter().all(|mention| inside(&mention.span))
            && self.indexes_fit()
    }

    fn indexes_fit(&self) -> bool {
        let chain = |at: &u32| (*at as usize) < self.chains.len();
        let statement = |at: &u32| (*at as usize) < self.statements.len();
        let whos = self.whos();
        whos.iter().all(|who| who.chain.as_ref().ok().is_none_or(chain))
            && self.mentions.iter().all(|m| m.chain.as_ref().ok().is_none_or(chain))
            && self.chains.iter().flat_map(|c| &c.mentions).all(|at| (*at as usize) < self.mentions.len())
            && self.statements.iter().all(|s| s.inside.as_ref().is_none_or(statement))
            && self.statements.iter().all(|s| !s.content.is_empty() && !s.speakers.is_empty())
            && self.events.iter().all(|e| e.inside.as_ref().is_none_or(statement))
            && self.figures.iter().all(|f| f.inside.as_ref().is_none_or(statement))
            && self.stances.iter().all(|stance| match &stance.through {
                Some(Through::Statement(at)) => statement(at),
                Some(Through::Event(at)) => (*at as usize) < self.events.len(),
                None => true,
            })
    }

    /// Everybody who says, does, claims or wants something.
    fn whos(&self) -> Vec<&Who> {
        let mut whos: Vec<&Who> = Vec::new();
        for line in &self.statements {
            whos.extend(line.speakers.iter().chain(&line.addressee));
        }
        for line in &self.events {
            whos.extend(line.actors.iter().chain(&line.recipients));
        }
        whos.extend(self.figures.iter().flat_map(|line| line.by.iter().chain(&line.claimed_by)));
        whos.extend(self.stances.iter().map(|line| &line.holder));
        whos
    }
}

fn of_when(when: Option<&When>) -> Vec<Span> {
    when.and_then(|when| when.span).into_iter().collect()
}

fn of_whos<'a>(whos: impl IntoIterator<Item = &'a Who>) -> Vec<Span> {
    whos.into_iter().map(|who| who.span).collect()
}

fn of_statement(line: &Statement) -> Vec<Span> {
    let mut spans = line.content.clone();
    spans.extend(line.cue.iter().chain(&line.venue));
    spans.extend(of_whos(line.speakers.iter().chain(&line.addressee)));
    spans.extend(of_when(line.said.as_ref()));
    spans
}

fn of_event(line: &Event) -> Vec<Span> {
    let mut spans = vec![line.trigger, line.sentence];
    spans.extend(of_whos(line.actors.iter().chain(&line.recipients)));
    spans.extend(line.place);
    spans.extend(of_when(line.when.as_ref()));
    spans
}

fn of_figure(line: &Figure) -> Vec<Span> {
    let mut spans = vec![line.span];
    spans.extend(line.counted);
    spans.extend(of_whos(line.by.iter().chain(&line.claimed_by)));
    spans.extend(of_when(line.when.as_ref()));
    spans
}

fn of_stance(line: &Stance) -> Vec<Span> {
    let mut spans = vec![line.terms];
    spans.extend(of_whos([&line.holder]));
    spans.extend(of_when(line.when.as_ref()));
    spans
}
