//! A brief on a terminal.

use chancery_model::{Act, EventKind, Happening, Outcome, Period, Position};

use super::gather::{Brief, Claimed, Moved, Newest};
use super::missing;
use crate::layout::{cut, one_line, pad, table};
use crate::terminal::Screen;

/// Widest name in the column of parties.
const PARTY: usize = 20;

/// Draws all parts that have something to show.
pub(super) fn all(brief: &Brief, file: &str, as_of: Option<&str>, screen: &mut Screen) {
    head(brief, file, as_of, screen);
    part(screen, "Newest", &brief.newest, newest);
    positions(brief, screen);
    missing::draw(&brief.missing, screen);
    part(screen, "What moved", &brief.moves, moved);
    let happening = |h: &Happening, screen: &mut Screen| happening(h, brief.told.get(&h.id), screen);
    part(screen, "Who met whom", &brief.met, happening);
    part(screen, "What happened", &brief.happened, happening);
    part(screen, "Planned", &brief.planned, happening);
    part(screen, "Figures, and who claims them", &brief.figures, figure);
    disputes(&brief.disputes, screen);
    part(screen, "Plans and drafts", &brief.proposals, proposal);
    sources(brief, screen);
}

fn head(brief: &Brief, file: &str, as_of: Option<&str>, screen: &mut Screen) {
    screen.bold(file);
    let days = brief.days.map_or(String::new(), |(from, to)| format!(", {from} to {to}"));
    screen.line(&format!(
        ": {} of {}, {}{days}",
        counted(brief.articles, "article"),
        counted(brief.outlets.len(), "outlet"),
        counted(brief.accounts, "independent account")
    ));
    if let Some(as_of) = as_of {
        screen.line(as_of);
    }
}

/// "1 outlet", "9 outlets".
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

pub(crate) fn title(screen: &mut Screen, words: &str) {
    screen.line("");
    screen.bold(&words.to_uppercase());
    screen.line("");
}

fn part<T>(screen: &mut Screen, name: &str, lines: &[T], draw: impl Fn(&T, &mut Screen)) {
    if lines.is_empty() {
        return;
    }
    title(screen, name);
    lines.iter().for_each(|line| draw(line, screen));
}

/// Words cut so that the line fits, then the id.
pub(crate) fn ending(screen: &mut Screen, used: usize, words: &str, id: &str) {
    let room = screen.width().unwrap_or(110).saturating_sub(used + id.len() + 3).max(20);
    screen.put(&cut(&one_line(words), room));
    screen.dim(&format!("  {id}"));
    screen.line("");
}

fn newest(line: &Newest, screen: &mut Screen) {
    let day = line.said.or(line.day).map_or("no date   ".to_owned(), |day| day.to_string());
    let speaker = cut(&one_line(&line.speaker), 28);
    screen.put(&format!("  {day}  "));
    screen.bold(&speaker);
    let words = if line.quoted {
        line.words.clone()
    } else {
        format!("that {}", line.words.trim_start_matches("that "))
    };
    screen.put(": ");
    ending(screen, 16 + speaker.chars().count(), &words, &line.id.to_string());
}

fn positions(brief: &Brief, screen: &mut Screen) {
    if brief.rows.is_empty() {
        return;
    }
    title(screen, "Where they stand");
    let (rows, left) = fitting(brief, screen.width().unwrap_or(WIDEST_TABLE));
    for (at, row) in table(&rows, 0, None).into_iter().enumerate() {
        screen.put("  ");
        for (column, cell) in row.iter().enumerate() {
            match (at, column) {
                (0, _) | (_, 0) => screen.bold(cell),
                _ if cell.contains('→') => screen.marked(cell),
                _ => screen.put(cell),
            }
            screen.put("  ");
        }
        screen.line("");
    }
    screen.dim("  each with the month and day since when; “conditions”: yes, but only if; → how it moved");
    screen.line("");
    if !left.is_empty() {
        screen.dim(&format!("  no room here for {}: chancery positions", left.join(", ")));
        screen.line("");
    }
}

/// Columns of the table where the output is no terminal.
const WIDEST_TABLE: usize = 110;

/// The rows of the table with as many parties as a line has room for, two at least, and the parties that are left out.
fn fitting(brief: &Brief, width: usize) -> (Vec<Vec<String>>, Vec<String>) {
    let rows = |parties: usize| -> Vec<Vec<String>> {
        let heading = brief.parties.iter().take(parties).map(|p| short(&one_line(p)));
        let mut rows = vec![std::iter::once(String::new()).chain(heading).collect::<Vec<String>>()];
        for (issue, cells) in &brief.rows {
            let cells = cells.iter().take(parties);
            // A row of which no party is left tells nothing.
            if cells.clone().any(Option::is_some) {
                let cells = cells.map(|cell| standing(cell.as_ref()));
                rows.push(std::iter::once(issue.clone()).chain(cells).collect());
            }
        }
        rows
    };
    let fits = |parties: &usize| {
        let first = table(&rows(*parties), 0, None).into_iter().next().unwrap_or_default();
        2 + first.iter().map(|cell| cell.chars().count() + 2).sum::<usize>() <= width + 2
    };
    let parties = (2..=brief.parties.len()).rev().find(fits).unwrap_or(brief.parties.len().min(2));
    (rows(parties), brief.parties[parties..].to_vec())
}

/// A party's name for the head of a column: whole words of it.
fn short(name: &str) -> String {
    if name.chars().count() <= PARTY {
        return name.to_owned();
    }
    let mut out = String::new();
    for word in name.split(' ') {
        if out.chars().count() + word.chars().count() > PARTY {
            break;
        }
        out.push_str(word);
        out.push(' ');
    }
    // "Dockers’ and" is no name.
    let out = out.trim_end();
    let out =
        [" and", " of", " the", " for"].iter().fold(out, |out, end| out.strip_suffix(end).unwrap_or(out));
    if out.is_empty() { cut(name, PARTY) } else { out.to_owned() }
}

/// "rejects → open 03-12": where a party stands, since when, and where it came from when it moved.
fn standing(position: Option<&Position>) -> String {
    let Some(position) = position else { return "·".to_owned() };
    let since = position.since.map_or(String::new(), |day| format!(" {}", &day.to_string()[5..]));
    match position.moved.last().filter(|last| last.to == position.now) {
        Some(last) => format!("{} → {}{since}", last.from.word(), position.now.word()),
        None => format!("{}{since}", position.now.word()),
    }
}

fn moved(line: &Moved, screen: &mut Screen) {
    screen.put(&format!("  {}  ", line.when));
    screen.bold(&line.party);
    screen.line(&format!(" on {}: {} → {}", line.issue, line.from.word(), line.to.word()));
    for (what, words, id) in [(line.from, &line.before, line.ids[0]), (line.to, &line.after, line.ids[1])] {
        screen.put(&format!("              {} ", pad(act(what), 10)));
        ending(screen, 25, words, &id.to_string());
    }
}

fn act(act: Act) -> &'static str {
    act.word()
}

fn happening(happening: &Happening, words: Option<&String>, screen: &mut Screen) {
    let when = happening.when.map_or("no date".to_owned(), when);
    let who = who(happening);
    let mut about = match happening.kind {
        // The heading says so.
        EventKind::Consult => Vec::new(),
        kind => vec![kind.word().to_lowercase()],
    };
    match (happening.reports.len(), happening.accounts) {
        (1, _) => {}
        (reports, 1) => about.push(format!("{reports} reports, 1 account")),
        (reports, accounts) => about.push(format!("{reports} reports, {accounts} accounts")),
    }
    if happening.outcome == Some(Outcome::Lapsed) {
        about.push("not heard of again".to_owned());
    }
    let about = if about.is_empty() { String::new() } else { format!(" ({})", about.join("; ")) };
    screen.put(&format!("  {}  ", pad(&when, 10)));
    let used = 4 + when.chars().count().max(10);
    let id = happening.id.to_string();
    let width = screen.width().unwrap_or(110);
    let room = width.saturating_sub(used + about.chars().count() + id.len() + 3).max(20);
    let who = cut(&who, room);
    screen.bold(&who);
    if !about.is_empty() {
        screen.put(" ");
    }
    ending(screen, used + 1 + who.chars().count(), about.trim_start(), &id);
    if let Some(words) = words {
        screen.put("              ");
        screen.line(&cut(&one_line(words), width.saturating_sub(15).max(FEWEST)));
    }
}

/// Columns for words that are worth showing.
const FEWEST: usize = 20;

/// Who did it, to whom, and where.
pub(crate) fn who(happening: &Happening) -> String {
    let joined = |names: &[String]| one_line(&best(names).join(", "));
    let again = happening.recipients.iter().all(|name| happening.actors.contains(name));
    let who = match (happening.actors.is_empty(), happening.recipients.is_empty() || again) {
        (false, false) => format!("{} → {}", joined(&happening.actors), joined(&happening.recipients)),
        (true, false) => format!("→ {}", joined(&happening.recipients)),
        _ => joined(&happening.actors),
    };
    // A place that is one of the parties is not said twice.
    let mut parties = happening.actors.iter().chain(&happening.recipients);
    let place = happening.place.as_deref().map(one_line);
    let place =
        place.filter(|place| !who.contains(place) && parties.all(|name| !place.contains(name.as_str())));
    who + &place.map_or(String::new(), |place| format!(" · {place}"))
}

/// What `counted` says beyond words that end as it begins: "of war" for "84 prisoners" and "prisoners of war".
fn beyond<'a>(words: &str, counted: &'a str) -> &'a str {
    let ends = counted.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).chain([counted.len()]);
    let shared = ends.filter(|&at| words.ends_with(&counted[..at])).max().unwrap_or(0);
    match words.contains(counted) {
        true => "",
        false => counted[shared..].trim_start(),
    }
}

/// Names to show of several: names before descriptions, none twice.
fn best(names: &[String]) -> Vec<&str> {
    let name = |words: &&String| words.chars().next().is_some_and(char::is_uppercase);
    let fits = |words: &&String| words.split_whitespace().count() <= LONG;
    let mut out: Vec<&str> = Vec::new();
    for words in names.iter().filter(name).chain(names.iter().filter(|w| !name(w))).filter(fits) {
        let again = out.iter().any(|other| {
            let (a, b) = (other.to_lowercase(), words.to_lowercase());
            a.contains(&b) || b.contains(&a)
        });
        if !again {
            out.push(words);
        }
    }
    out.truncate(SHOWN);
    if out.is_empty() { names.iter().take(1).map(String::as_str).collect() } else { out }
}

/// Words of a name that is worth its room, at most.
const LONG: usize = 6;
/// Names shown of each side, at most.
const SHOWN: usize = 4;

fn when(period: Period) -> String {
    period.short()
}

fn figure(figure: &Claimed, screen: &mut Screen) {
    let day = figure.day.map_or("no date   ".to_owned(), |day| day.to_string());
    let by = figure.by.as_deref().map_or(String::new(), |by| format!("— {}", one_line(by)));
    screen.put(&format!("  {day}  "));
    let words = cut(&one_line(&figure.words), 40);
    screen.bold(&words);
    screen.put(" ");
    // What was counted may stand in the words already.
    let counted = beyond(&figure.words, figure.counted.trim_matches(|c| "“”\"‘’ ".contains(c)));
    // What stands elsewhere in the sentence is told apart from what follows the number.
    let counted = match counted.chars().next() {
        _ if counted.contains(|c: char| c.is_ascii_digit()) => String::new(),
        Some(first) if first.is_uppercase() => format!("({counted})"),
        _ => counted.to_owned(),
    };
    let told = format!("{counted} {by}");
    let told = told.trim();
    let used = 15 + words.chars().count() + told.chars().count();
    let left = screen.width().unwrap_or(110).saturating_sub(used + 18);
    let sentence = one_line(&figure.told);
    let sentence = if left >= FEWEST { format!(": {sentence}") } else { String::new() };
    ending(screen, 15 + words.chars().count(), &format!("{told}{sentence}"), &figure.id.to_string());
}

/// The first disputes; the verb shows them all.
fn disputes(all: &[chancery_model::Dispute], screen: &mut Screen) {
    if all.is_empty() {
        return;
    }
    title(screen, "Accounts that disagree");
    all.iter().take(DISPUTES).for_each(|d| dispute(d, screen));
    if all.len() > DISPUTES {
        screen.dim(&format!("  {} more: chancery disputes", all.len() - DISPUTES));
        screen.line("");
    }
}

/// Disputes of a brief, at most.
const DISPUTES: usize = 8;

pub(crate) fn dispute(dispute: &chancery_model::Dispute, screen: &mut Screen) {
    screen.put("  ");
    screen.bold(dispute.kind.word());
    ending(screen, 4 + dispute.kind.word().len(), &format!(": {}", dispute.note), &dispute.id.to_string());
    for (cite, holder) in dispute.cites.iter().zip(&dispute.holders) {
        let holder = holder.as_deref().unwrap_or("the page itself");
        screen.put(&format!("      {}: ", cut(&one_line(holder), 30)));
        ending(screen, 8 + holder.chars().count().min(30), &cite.words, "");
    }
}

pub(crate) fn proposal(proposal: &chancery_model::Proposal, screen: &mut Screen) {
    let versions: Vec<String> = proposal
        .versions
        .iter()
        .map(|v| {
            format!(
                "{}{}",
                v.label,
                v.when.map_or(String::new(), |day| format!(" {}", &day.to_string()[5..]))
            )
        })
        .collect();
    let versions = if versions.is_empty() { String::new() } else { format!("({})", versions.join(", ")) };
    let author = proposal.author.as_deref().map_or(String::new(), |author| format!(" of {author}"));
    screen.put("  ");
    screen.bold(&cut(&one_line(&proposal.name), 50));
    screen.put(&author);
    let words = format!("{versions} — {} stances", proposal.stances.len());
    screen.put(" ");
    ending(
        screen,
        5 + author.chars().count() + proposal.name.chars().count().min(50),
        &words,
        &proposal.id.to_string(),
    );
}

fn sources(brief: &Brief, screen: &mut Screen) {
    title(screen, "Sources");
    let rows: Vec<Vec<String>> = brief
        .outlets
        .iter()
        .map(|(name, count)| vec![cut(&one_line(name), 40), format!("{count}")])
        .collect();
    for row in table(&rows, 0, None) {
        screen.line(&format!("  {}", row.join("  ")));
    }
}
