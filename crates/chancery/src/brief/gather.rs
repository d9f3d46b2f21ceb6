//! What a brief shows, picked from a record.

use std::collections::{BTreeMap, BTreeSet};

use chancery_model::{
    Act, Article, Date, Dispute, EventKind, Figure, Form, Happening, Id, Outcome, Position, Proposal,
    Statement, Status,
};

use serde::{Deserialize, Serialize};

use super::missing::{self, Missing};
use crate::failure::Failure;
use crate::kept::KeptArticle;
use crate::linked::{Linked, published};

/// Columns of the table of positions, at most.
const PARTIES: usize = 5;
/// Stances that make a party worth a column.
const HEARD: usize = 2;
/// Rows of it.
const ISSUES: usize = 12;
/// Lines of every other part.
const LINES: usize = 8;

/// What a brief shows.
#[derive(Serialize, Deserialize)]
pub(crate) struct Brief {
    /// Articles of the record.
    pub(super) articles: usize,
    /// Outlets that carry them.
    pub(super) outlets: Vec<(String, usize)>,
    /// Independent accounts among them.
    pub(super) accounts: usize,
    /// First and last day of publication.
    pub(super) days: Option<(Date, Date)>,
    /// The newest statements.
    pub(super) newest: Vec<Newest>,
    /// Parties, the most positions first.
    pub(super) parties: Vec<String>,
    /// Rows of issues: a position for each party.
    pub(super) rows: Vec<Row>,
    /// Stances that fit no issue, by the word they share.
    pub(super) missing: Vec<Missing>,
    /// Positions that moved, the newest first.
    pub(super) moves: Vec<Moved>,
    /// Who met whom.
    pub(super) met: Vec<Happening>,
    /// What else happened.
    pub(super) happened: Vec<Happening>,
    /// What is planned, and what became of it.
    pub(super) planned: Vec<Happening>,
    /// Figures and who claims them.
    pub(super) figures: Vec<Claimed>,
    /// What is disputed.
    pub(super) disputes: Vec<Dispute>,
    /// Plans and drafts.
    pub(super) proposals: Vec<Proposal>,
    /// The sentence of a report of each happening shown.
    pub(super) told: BTreeMap<Id, String>,
}

/// A statement of the last days.
#[derive(Serialize, Deserialize)]
pub(super) struct Newest {
    pub(super) id: Id,
    /// Of the page.
    pub(super) day: Option<Date>,
    /// On which it was said, where one day is settled.
    pub(super) said: Option<Date>,
    pub(super) speaker: String,
    pub(super) words: String,
    pub(super) quoted: bool,
}

/// A move, with the words before and after.
#[derive(Serialize, Deserialize)]
pub(super) struct Moved {
    pub(super) party: String,
    pub(super) issue: String,
    pub(super) when: Date,
    pub(super) from: Act,
    pub(super) to: Act,
    pub(super) before: String,
    pub(super) after: String,
    pub(super) ids: [Id; 2],
}

/// A figure and who claims it.
#[derive(Serialize, Deserialize)]
pub(super) struct Claimed {
    pub(super) id: Id,
    pub(super) words: String,
    pub(super) counted: String,
    /// The sentence that it stands in.
    pub(super) told: String,
    pub(super) by: Option<String>,
    pub(super) day: Option<Date>,
}

/// Picks what a brief shows.
pub(crate) fn brief(linked: &Linked<'_>) -> Result<Brief, Failure> {
    let record = &linked.record;
    let articles = linked.articles();
    let days: Vec<Date> = articles.iter().filter_map(|(_, article)| article.roll.published).collect();
    let mut outlets: BTreeMap<String, usize> = BTreeMap::new();
    for (_, article) in &articles {
        *outlets
            .entry(article.outlet.clone().unwrap_or_else(|| "no outlet named".to_owned()))
            .or_default() += 1;
    }
    let mut outlets: Vec<(String, usize)> = outlets.into_iter().collect();
    outlets.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), name.clone()));
    let (parties, rows) = table(&record.positions, &record.entities);
    let real = |h: &&Happening| matches!(h.status, Status::Occurred | Status::Ongoing);
    let latest = |list: Vec<&'_ Happening>| -> Vec<usize> {
        let mut order: Vec<usize> = (0..list.len()).collect();
        order.sort_by_key(|&at| {
            std::cmp::Reverse((
                list[at].when.and_then(|w| w.start),
                list[at].accounts,
                list[at].reports.len(),
            ))
        });
        order.truncate(LINES);
        order
    };
    let pick = |keep: &dyn Fn(&&Happening) -> bool| -> Vec<Happening> {
        let list: Vec<&Happening> =
            record.happenings.iter().filter(|h| h.when.is_some() && names_somebody(h)).filter(keep).collect();
        latest(list.clone()).into_iter().map(|at| list[at].clone()).collect()
    };
    let met = pick(&|h| real(h) && h.kind == EventKind::Consult);
    let happened = pick(&|h| real(h) && h.kind != EventKind::Consult);
    let planned = pick(&|h| h.status == Status::Planned && !matches!(h.outcome, Some(Outcome::Occurred(_))));
    Ok(Brief {
        told: told(linked, [&met, &happened, &planned])?,
        articles: articles.len(),
        outlets,
        accounts: linked.independent(),
        days: days.iter().min().copied().zip(days.iter().max().copied()),
        newest: newest(linked)?,
        parties,
        rows,
        missing: missing::gather(&articles, &linked.left_out),
        moves: moves(&record.positions),
        met,
        happened,
        planned,
        figures: figures(linked)?,
        disputes: record.disputes.clone(),
        proposals: record.proposals.iter().take(LINES).cloned().collect(),
    })
}

/// For each happening the sentence of its first report.
fn told(linked: &Linked<'_>, lists: [&Vec<Happening>; 3]) -> Result<BTreeMap<Id, String>, Failure> {
    let first = |happening: &Happening| Some((happening.id, *happening.reports.first()?));
    let events: Vec<(Id, Id)> = lists.into_iter().flatten().filter_map(first).collect();
    let sentences = linked.sentences(&events.iter().map(|(_, event)| *event).collect())?;
    let told = |(happening, event): (Id, Id)| Some((happening, sentences.get(&event)?.clone()));
    Ok(events.into_iter().filter_map(told).collect())
}

/// Whether a happening has somebody with a name among those who did it.
fn names_somebody(happening: &Happening) -> bool {
    happening.actors.iter().any(|name| name.chars().next().is_some_and(char::is_uppercase))
}

/// An issue, and the position of each party of the table on it.
type Row = (String, Vec<Option<Position>>);

/// Parties that take part: no lone people whose side no page tells, and none that is heard of once in passing.
fn table(positions: &[Position], entities: &[chancery_model::Entity]) -> (Vec<String>, Vec<Row>) {
    let lone = |party: &str| {
        entities
            .iter()
            .any(|e| e.name == party && e.kind == chancery_model::EntityKind::Person && e.side.is_none())
    };

    let mut weight: BTreeMap<&str, usize> = BTreeMap::new();
    let mut issues: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for position in positions {
        *weight.entry(&position.party).or_default() += position.stances.len();
        let issue = issues.entry(&position.issue).or_default();
        *issue = (issue.0 + 1, issue.1 + position.stances.len());
    }
    let mut parties: Vec<(&str, usize)> = weight.into_iter().collect();
    let sided = |(party, count): &(&str, usize)| *count > HEARD || !lone(party);
    if parties.iter().filter(|p| sided(p)).count() >= 2 {
        parties.retain(sided);
    }
    // Where there is room for all, nobody is left out.
    if parties.len() > PARTIES && parties.iter().filter(|(_, count)| *count >= HEARD).count() >= 2 {
        parties.retain(|(_, count)| *count >= HEARD);
    }
    parties.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let parties: Vec<String> = parties.into_iter().take(PARTIES).map(|(name, _)| name.to_owned()).collect();
    let mut order: Vec<(&str, (usize, usize))> = issues.into_iter().collect();
    order.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
    let of =
        |party: &str, issue: &str| positions.iter().find(|p| p.party == party && p.issue == issue).cloned();
    let rows = order
        .into_iter()
        .map(|(issue, _)| {
            (issue.to_owned(), parties.iter().map(|party| of(party, issue)).collect::<Vec<_>>())
        })
        .filter(|(_, cells)| cells.iter().any(Option::is_some))
        .take(ISSUES)
        .collect();
    (parties, rows)
}

fn moves(positions: &[Position]) -> Vec<Moved> {
    let mut out = Vec::new();
    for position in positions {
        for step in &position.moved {
            let words = |id: Id| {
                position
                    .stances
                    .iter()
                    .find(|s| s.stance == id)
                    .map_or(String::new(), |s| s.cite.words.clone())
            };
            let moved = Moved {
                party: position.party.clone(),
                issue: position.issue.clone(),
                when: step.when,
                from: step.from,
                to: step.to,
                before: words(step.shown_by[0]),
                after: words(step.shown_by[1]),
                ids: step.shown_by,
            };
            out.push((position.id, moved));
        }
    }
    out.sort_by_key(|(id, moved)| (std::cmp::Reverse(moved.when), *id));
    out.truncate(LINES);
    out.into_iter().map(|(_, moved)| moved).collect()
}

/// Quoted words of named speakers first, of the newest pages.
fn newest(linked: &Linked<'_>) -> Result<Vec<Newest>, Failure> {
    let mut out: Vec<Newest> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for (page, article) in linked.articles().into_iter().rev().filter(|(_, a)| a.roll.published.is_some()) {
        let day = article.roll.published;
        if out.len() >= LINES {
            break;
        }
        let said = linked.said(page, article.roll.article)?;
        let mut lines: Vec<&Statement> =
            said.reading.statements.iter().filter(|s| s.inside.is_none()).collect();
        lines.sort_by_key(|s| (s.form == Form::Indirect, s.content.first().map(|c| c.start)));
        for statement in lines.into_iter().take(2) {
            let Some(speaker) = speaker(&said.article, &said.reading, statement) else { continue };
            let pieces: Vec<&str> = statement.content.iter().map(|c| &said.article.text[c.range()]).collect();
            if !seen.insert(pieces.concat().to_lowercase()) {
                continue;
            }
            out.push(Newest {
                id: statement.id,
                day,
                said: said_on(statement),
                speaker,
                words: pieces.join(" … "),
                quoted: statement.form != Form::Indirect,
            });
        }
    }
    out.truncate(LINES);
    out.sort_by_key(|line| std::cmp::Reverse(line.said.or(line.day)));
    Ok(out)
}

/// The one day on which a statement was made.
fn said_on(statement: &Statement) -> Option<Date> {
    let period = statement.said.as_ref()?.value.as_ref().ok()?;
    period.start.filter(|start| period.end == Some(*start))
}

/// The speaker's name; `None` where the words do not settle it.
fn speaker(_: &Article, reading: &chancery_model::Reading, statement: &Statement) -> Option<String> {
    let chain = *statement.speakers.first()?.chain.as_ref().ok()?;
    reading.chains.get(chain as usize)?.name.clone()
}

fn figures(linked: &Linked<'_>) -> Result<Vec<Claimed>, Failure> {
    let mut out: Vec<Claimed> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let counts = |article: &KeptArticle| article.roll.published.is_some() && article.claimed > 0;
    for (page, article) in linked.articles().into_iter().rev().filter(|(_, article)| counts(article)) {
        if out.len() >= LINES {
            break;
        }
        let said = linked.said(page, article.roll.article)?;
        for figure in said
            .reading
            .figures
            .iter()
            .filter(|f| f.claimed_by.is_some() && f.counted.is_some() && tells_much(f))
        {
            let claimed = claimed(&said.article, &said.reading, figure);
            if seen.insert(format!("{} {:?}", claimed.words, claimed.by)) {
                out.push(claimed);
            }
        }
    }
    out.truncate(LINES);
    Ok(out)
}

/// Small counts ("three chairs") tell little.
fn tells_much(figure: &Figure) -> bool {
    let amount = figure.amount;
    amount.value.or(amount.low).or(amount.high).is_some_and(|n| n >= TELLS_MUCH)
}

/// Counts below this are left out of a brief.
const TELLS_MUCH: f64 = 10.0;

/// Characters of a sentence before a figure that are shown, at most.
const LEAD: usize = 40;

fn claimed(article: &Article, reading: &chancery_model::Reading, figure: &Figure) -> Claimed {
    let words = |span: chancery_model::Span| article.text[span.range()].to_owned();
    let by = figure.claimed_by.as_ref().map(|who| {
        let chain = who.chain.as_ref().ok().and_then(|at| reading.chains.get(*at as usize));
        chain.and_then(|c| c.name.clone()).unwrap_or_else(|| words(who.span))
    });
    // The sentence: from the last full stop before to the next one behind.
    let block = article.blocks.iter().map(|b| b.span).find(|span| span.covers(figure.span));
    let block = block.unwrap_or(figure.span);
    let before = &article.text[block.start as usize..figure.span.start as usize];
    let behind = &article.text[figure.span.end as usize..block.end as usize];
    let start = before.rfind(". ").map_or(0, |at| at + 2);
    // Of a long way to the figure the last words.
    let near = before.char_indices().rev().nth(LEAD).map_or(0, |(at, _)| at);
    let blank = before[near.max(start)..].find(' ').map_or(0, |at| at + 1);
    let (start, mark) = if near > start { (near + blank, "… ") } else { (start, "") };
    let end = behind.find(". ").map_or(behind.len(), |at| at + 1);
    Claimed {
        told: format!("{mark}{}{}{}", &before[start..], words(figure.span), &behind[..end]),
        id: figure.id,
        words: words(figure.span),
        counted: figure.counted.map(words).unwrap_or_default(),
        by,
        day: published(article),
    }
}
