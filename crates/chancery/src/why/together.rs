//! What a line rests on that all articles make up together: the reports of a happening, the stances of a position and of a plan, both
//! sides of a dispute. Each of them is shown as `why` shows a line of one article.

use chancery_model::{Cite, Id};
use chancery_store::Store;

use crate::failure::Failure;
use crate::layout::one_line;
use crate::linked;
use crate::record;
use crate::terminal::Screen;
use crate::wire;

/// Lines shown of one that has many, at most.
const SHOWN: usize = 12;

/// A line that all articles make up together.
struct Line {
    id: Id,
    /// What it is, in a sentence.
    says: String,
    /// Why reports were taken for one, and the like.
    reasons: Vec<String>,
    /// Words that show it and have no line of their own.
    cites: Vec<(String, Cite)>,
    /// The lines of articles that it rests on.
    rests_on: Vec<Id>,
    json: Box<dyn Fn(&mut Screen)>,
}

/// Shows the one line whose id begins with `prefix`; whether there is one.
pub(super) fn show(store: &Store, prefix: &str, json: bool, screen: &mut Screen) -> Result<bool, Failure> {
    let mut found = lines(store, prefix)?;
    found.retain(|line| line.id.to_string().starts_with(prefix));
    let Some(line) = found.pop() else { return Ok(false) };
    if let Some(other) = found.pop() {
        let ids = format!("{}, {}", other.id, line.id);
        return Err(Failure::not_found(format!("{prefix} begins the ids of several lines: {ids}"))
            .hint("give more of the id"));
    }
    match json {
        true => (line.json)(screen),
        false => draw(store, &line, screen)?,
    }
    Ok(true)
}

/// All lines of the kind that the first letter of an id tells.
fn lines(store: &Store, prefix: &str) -> Result<Vec<Line>, Failure> {
    Ok(match prefix.chars().next() {
        Some('h') => linked::happenings(store)?.into_iter().map(happening).collect(),
        Some('q') => linked::positions(store)?.into_iter().map(position).collect(),
        Some('o') => linked::proposals(store)?.into_iter().map(proposal).collect(),
        Some('d') => linked::disputes(store)?.into_iter().map(dispute).collect(),
        _ => Vec::new(),
    })
}

fn happening(happening: chancery_model::Happening) -> Line {
    let when = happening.when.map_or(String::new(), |when| format!(", {}", when.short()));
    Line {
        id: happening.id,
        says: format!(
            "{} ({}){when}: reports {}, independent accounts {}",
            happening.kind.word(),
            happening.status.word(),
            happening.reports.len(),
            happening.accounts
        ),
        reasons: happening.merged.clone(),
        cites: Vec::new(),
        rests_on: happening.reports.clone(),
        json: Box::new(move |screen| screen.json(&wire::record::happening(&happening))),
    }
}

fn position(position: chancery_model::Position) -> Line {
    Line {
        id: position.id,
        says: format!("{} on {}: {}", position.party, position.issue, position.now.word()),
        reasons: Vec::new(),
        cites: Vec::new(),
        rests_on: position.stances.iter().map(|s| s.stance).collect(),
        json: Box::new(move |screen| screen.json(&wire::record::position(&position))),
    }
}

fn proposal(proposal: chancery_model::Proposal) -> Line {
    let of = proposal.author.as_ref().map_or(String::new(), |author| format!(" of {author}"));
    Line {
        id: proposal.id,
        says: format!("{}{of}", proposal.name),
        reasons: Vec::new(),
        cites: proposal.versions.iter().map(|v| (v.label.clone(), v.cite.clone())).collect(),
        rests_on: proposal.stances.clone(),
        json: Box::new(move |screen| screen.json(&wire::record::proposal(&proposal))),
    }
}

fn dispute(dispute: chancery_model::Dispute) -> Line {
    Line {
        id: dispute.id,
        says: format!("{}: {}", dispute.kind.word(), dispute.note),
        reasons: Vec::new(),
        cites: Vec::new(),
        rests_on: dispute.lines.clone(),
        json: Box::new(move |screen| screen.json(&wire::record::dispute(&dispute))),
    }
}

fn draw(store: &Store, line: &Line, screen: &mut Screen) -> Result<(), Failure> {
    screen.bold(&line.id.to_string());
    screen.line(&format!("  {}", one_line(&line.says)));
    line.reasons.iter().for_each(|reason| screen.line(&format!("  one, for {}", one_line(reason))));
    for (label, cite) in &line.cites {
        screen.line(&format!("  {label}: {}", one_line(&cite.words)));
    }
    for id in line.rests_on.iter().take(SHOWN) {
        screen.line("");
        let (line, said) = record::line(store, &id.to_string())?;
        super::show(&line, &said, screen);
    }
    if line.rests_on.len() > SHOWN {
        screen.line("");
        screen.dim(&format!("{} more: --json names them all", line.rests_on.len() - SHOWN));
        screen.line("");
    }
    Ok(())
}
