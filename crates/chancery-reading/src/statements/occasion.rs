//! When something was said, where the clause that reports it gives no time of its own.
//!
//! Four ways, all by the story's own words and marked as such (anchor `text`): the report belongs to an event whose day the article gives
//! ("shortly before the talks began"), it tells what happened on the very day of the page, it goes on with what the same speaker said
//! before it, or the article has its speaker speak on one day only. A report in another tense than the simple past ("has said") is of no day.

use chancery_model::{Anchor, Deprel, Reading, Span, Statement, Status, TokenRange, Upos, When, Xpos};

use crate::Text;

/// Blocks between two statements of one speaker that are told in one go, at most.
const NEAR: u32 = 1;
/// Statements on either side that are looked at for the one before, at most: they stand in the order of their contents, not of their cues.
const WINDOW: usize = 12;
/// Steps from an event up to the clause that sets the time, at most.
const MAX_CLIMB: usize = 4;

/// Gives statements without a time the one that the story gives them.
pub(crate) fn settle(text: &Text<'_>, reading: &mut Reading) {
    for at in 0..reading.statements.len() {
        let Some(report) = Report::of(text, &reading.statements[at]).filter(|report| report.is_told) else {
            continue;
        };
        // What has a place or medium of its own is another occasion.
        let goes_on = reading.statements[at].venue.is_none();
        let before = || of_same_speaker(text, reading, at, report).filter(|_| goes_on);
        let said =
            of_event(text, reading, at, report).or_else(|| no_earlier(text, reading, at)).or_else(before);
        if said.is_some() {
            reading.statements[at].said = said;
        }
    }
    let days: Vec<Option<When>> = (0..reading.statements.len())
        .map(|at| {
            let statement = &reading.statements[at];
            Report::of(text, statement).filter(|report| report.is_told && statement.venue.is_none())?;
            only_day(text, &reading.statements, statement)
        })
        .collect();
    for (statement, day) in reading.statements.iter_mut().zip(days) {
        statement.said = statement.said.take().or(day);
    }
}

/// Where a statement is reported.
#[derive(Clone, Copy)]
struct Report {
    sentence: TokenRange,
    block: u32,
    /// Whether it has no time and is told in the simple past, or goes on without a verb of its own.
    is_told: bool,
}

impl Report {
    fn of(text: &Text<'_>, statement: &Statement) -> Option<Self> {
        let words = text.tokens_in(statement.cue.or(statement.content.first().copied())?);
        let sentence = text.sentence(words.start);
        // The tagger takes "also said" for a participle; what has no auxiliary is a simple past.
        let past = (words.start..words.end)
            .any(|t| matches!(text.xpos(t), Xpos::Vbd | Xpos::Vbg | Xpos::Vbn))
            && !(words.start..words.end).any(|t| is_no_past(text, t));
        let is_told =
            (past || statement.cue.is_none()) && statement.said.is_none() && statement.inside.is_none();
        Some(Self { sentence: sentence.tokens, block: sentence.block, is_told })
    }
}

/// "Says", "would say", "has said", and "suggested" in "has said … and suggested".
fn is_no_past(text: &Text<'_>, token: u32) -> bool {
    let perfect = |verb: u32| {
        text.dependents(verb).iter().any(|&d| text.is_rel(d, Deprel::Aux) && text.lemma(d) == "have")
    };
    let joined = text.head(token).filter(|_| text.is_rel(token, Deprel::Conj));
    matches!(text.xpos(token), Xpos::Vbz | Xpos::Vbp | Xpos::Md)
        || perfect(token)
        || joined.is_some_and(perfect)
}

/// The day of the page, where what was said tells what happened on that day: nobody told it earlier, and the page told it no later.
fn no_earlier(text: &Text<'_>, reading: &Reading, at: usize) -> Option<When> {
    let page = text.article.published.when.as_ref().ok()?.date;
    let content = &reading.statements[at].content;
    let inside = |span: Span| content.iter().any(|piece| piece.start <= span.start && span.end <= piece.end);
    let times = reading.times.iter().filter(|time| inside(time.span));
    let that_day = times.filter(|time| {
        let day =
            time.when.value.as_ref().ok().and_then(|day| day.start.filter(|start| day.end == Some(*start)));
        day == Some(page) && is_past(text, text.tokens_in(time.span).start)
    });
    that_day.map(|time| When { anchor: Anchor::Text, ..time.when.clone() }).next()
}

/// Whether the clause around a word tells what has happened: its verb is in a past tense, and nothing supposes it.
fn is_past(text: &Text<'_>, word: u32) -> bool {
    let verb = std::iter::once(word).chain(text.above(word)).find(|&at| {
        matches!(text.upos(at), Upos::Verb | Upos::Aux) || text.dependent(at, Deprel::Cop).is_some()
    });
    let Some(verb) = verb else { return false };
    let parts = || {
        std::iter::once(verb).chain(
            text.dependents(verb)
                .iter()
                .copied()
                .filter(|&d| matches!(text.deprel(d).general(), Deprel::Aux | Deprel::Cop)),
        )
    };
    let past = parts().any(|at| text.xpos(at) == Xpos::Vbd);
    let supposed = parts().any(|at| text.xpos(at) == Xpos::Md)
        || text
            .dependents_by(verb, Deprel::Mark)
            .any(|mark| matches!(text.lemma(mark), "if" | "unless" | "before" | "until" | "to"));
    past && !supposed
}

/// The time of the last statement before, where it is the same speaker's.
fn of_same_speaker(text: &Text<'_>, reading: &Reading, at: usize, report: Report) -> Option<When> {
    let speaker = speaker_of(&reading.statements[at])?;
    let start = report.sentence.start;
    let near = at.saturating_sub(WINDOW)..(at + WINDOW).min(reading.statements.len());
    let before = near.map(|other| (other, &reading.statements[other]));
    let before =
        before.filter(|(other, told)| *other != at && told.inside.is_none() && !is_earlier(text, told));
    let before = before.filter_map(|(other, told)| Some((place(text, told)?, other)));
    let (_, other) = before.filter(|place| *place < (start, at)).max()?;
    let told = &reading.statements[other];
    let near = report.block.saturating_sub(Report::of(text, told)?.block) <= NEAR;
    if speaker_of(told) != Some(speaker) || !near {
        return None;
    }
    let said = told.said.as_ref()?;
    said.value.is_ok().then(|| When { anchor: Anchor::Text, ..said.clone() })
}

/// The one day on which the article has the speaker speak, where it names only one, and no second place or medium.
fn only_day(text: &Text<'_>, told: &[Statement], statement: &Statement) -> Option<When> {
    let speaker = speaker_of(statement)?;
    let theirs = told.iter().filter(|s| s.inside.is_none() && speaker_of(s) == Some(speaker));
    let theirs = theirs.filter(|s| !is_earlier(text, s));
    let days: Vec<&When> = theirs.filter_map(|s| s.said.as_ref()).filter(|when| when.value.is_ok()).collect();
    let first = days.first().filter(|first| days.iter().all(|when| when.value == first.value))?;
    let dated = |s: &Statement| s.said.as_ref().is_some_and(|when| when.value == first.value);
    let elsewhere = |s: &&Statement| s.venue.is_some() && !dated(s);
    if told.iter().filter(|s| speaker_of(s) == Some(speaker)).any(|s| elsewhere(&s)) {
        return None;
    }
    let day = first.value.as_ref().ok().filter(|period| period.start == period.end)?;
    Some(When { value: Ok(*day), anchor: Anchor::Text, ..(*first).clone() })
}

/// "Who had refused it a week before": told of an earlier day than what is told in the simple past.
fn is_earlier(text: &Text<'_>, statement: &Statement) -> bool {
    let words = statement.cue.map(|cue| text.tokens_in(cue));
    words.is_some_and(|words| {
        (words.start..words.end).any(|verb| {
            text.dependents_by(verb, Deprel::Aux)
                .chain([verb])
                .any(|aux| text.word(aux).eq_ignore_ascii_case("had"))
                && text.xpos(verb) != Xpos::Vbd
        })
    })
}

/// The first token of the sentence that reports it.
fn place(text: &Text<'_>, statement: &Statement) -> Option<u32> {
    Report::of(text, statement).map(|report| report.sentence.start)
}

fn speaker_of(statement: &Statement) -> Option<u32> {
    statement.speakers.first()?.chain.as_ref().ok().copied()
}

/// The day of an event that sets the time of the report: in its own sentence, or in the one before where that is about the speaker.
fn of_event(text: &Text<'_>, reading: &Reading, at: usize, report: Report) -> Option<When> {
    let statement = &reading.statements[at];
    let before = report.sentence.start.checked_sub(1).map(|last| text.sentence(last).tokens);
    let about = |range: &TokenRange| {
        speaker_of(statement).is_some_and(|who| subject(text, reading, *range) == Some(who))
    };
    let sentences = std::iter::once(report.sentence).chain(before.filter(about));
    sentences.into_iter().find_map(|range| event_in(text, reading, range))
}

/// Whom the main clause of a sentence is about.
fn subject(text: &Text<'_>, reading: &Reading, sentence: TokenRange) -> Option<u32> {
    let root = (sentence.start..sentence.end).find(|&t| text.head(t).is_none())?;
    let subject = text.dependent(root, Deprel::Nsubj)?;
    crate::who::who_of(text, reading, subject).chain.ok()
}

/// The day of an event of a sentence that stands where times stand, outside all that was said there.
fn event_in(text: &Text<'_>, reading: &Reading, sentence: TokenRange) -> Option<When> {
    let within = text.span(sentence);
    let said = |span: Span| {
        let mut contents = reading.statements.iter().flat_map(|s| s.content.iter());
        contents.any(|content| content.start <= span.start && span.end <= content.end)
    };
    let events =
        reading.events.iter().filter(|e| within.start <= e.trigger.start && e.trigger.end <= within.end);
    let real = events.filter(|e| matches!(e.status, Status::Occurred | Status::Ongoing) && !said(e.trigger));
    let mut days = real.filter_map(|event| {
        let when = event.when.as_ref()?;
        let day = when.value.as_ref().ok()?;
        let one = day.start.is_some() && day.start == day.end;
        (one && sets_time(text, text.tokens_in(event.trigger).start))
            .then(|| When { anchor: Anchor::Text, ..when.clone() })
    });
    days.next()
}

/// Whether a word stands in "during …", "after …", "as …", "shortly before …" of the main clause.
fn sets_time(text: &Text<'_>, trigger: u32) -> bool {
    std::iter::once(trigger).chain(text.above(trigger)).take(MAX_CLIMB).any(|at| {
        let mark = match text.deprel(at).general() {
            Deprel::Obl => text.dependent(at, Deprel::Case),
            Deprel::Advcl => text.dependent(at, Deprel::Mark),
            _ => None,
        };
        let Some(mark) = mark else { return false };
        match text.lemma(mark) {
            "during" | "at" | "as" | "when" | "while" | "following" => true,
            "after" if text.is_rel(at, Deprel::Obl) => true,
            "before" | "after" => {
                text.dependents_by(at, Deprel::Advmod).chain(text.dependents(mark).iter().copied()).any(|d| {
                    matches!(
                        text.lemma(d),
                        "shortly" | "just" | "minute" | "hour" | "moment" | "immediately" | "right" | "soon"
                    )
                })
            }
            _ => false,
        }
    })
}
