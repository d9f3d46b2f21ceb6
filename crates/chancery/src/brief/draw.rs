//! A brief on a terminal.

use chancery_model::{Act, Happening, Outcome, Period, Position};

use super::gather::{Brief, Claimed, Moved, Newest};
use super::missing;
use crate::layout::{cut, one_line, pad, table};
use crate::terminal::Screen;

/// Widest name in the column of parties.
const PARTY: usize = 16;

/// Draws all parts that have something to show.
pub(super) fn all(brief: &Brief, file: &str, screen: &mut Screen) {
    head(brief, file, screen);
    part(screen, "Newest", &brief.newest, newest);
    positions(brief, screen);
    missing::draw(&brief.missing, screen);
    part(screen, "What moved", &brief.moves, moved);
    part(screen, "Who met whom", &brief.met, happening);
    part(screen, "What happened", &brief.happened, happening);
    part(screen, "Planned", &brief.planned, happening);
    part(screen, "Figures, and who claims them", &brief.figures, figure);
    disputes(&brief.disputes, screen);
    part(screen, "Plans and drafts", &brief.proposals, proposal);
    sources(brief, screen);
}

fn head(brief: &Brief, file: &str, screen: &mut Screen) {
    screen.bold(file);
    let days = brief.days.map_or(String::new(), |(from, to)| format!(", {from} to {to}"));
    screen.line(&format!(
        ": {} articles of {} outlets, {} independent accounts{days}",
        brief.articles,
        brief.outlets.len(),
        brief.accounts
    ));
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
    let day = line.day.map_or("no date   ".to_owned(), |day| day.to_string());
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
    let heading = std::iter::once(String::new()).chain(brief.parties.iter().map(|p| short(&one_line(p))));
    let mut rows = vec![heading.collect::<Vec<String>>()];
    for (issue, cells) in &brief.rows {
        rows.push(
            std::iter::once(issue.clone()).chain(cells.iter().map(|cell| standing(cell.as_ref()))).collect(),
        );
    }
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
    if out.is_empty() { cut(name, PARTY) } else { out.trim_end().to_owned() }
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

fn happening(happening: &Happening, screen: &mut Screen) {
    let when = happening.when.map_or("no date".to_owned(), when);
    let who = who(happening);
    let reports = match (happening.reports.len(), happening.accounts) {
        (1, _) => "1 report".to_owned(),
        (reports, 1) => format!("{reports} reports, 1 account"),
        (reports, accounts) => format!("{reports} reports, {accounts} accounts"),
    };
    let lapsed = if happening.outcome == Some(Outcome::Lapsed) { "; lapsed" } else { "" };
    let told = format!(" ({}; {reports}{lapsed})", happening.kind.word().to_lowercase());
    screen.put(&format!("  {}  ", pad(&when, 10)));
    let used = 4 + when.chars().count().max(10);
    let id = happening.id.to_string();
    let room =
        screen.width().unwrap_or(110).saturating_sub(used + told.chars().count() + id.len() + 3).max(20);
    ending(screen, used, &format!("{}{told}", cut(&who, room)), &id);
}

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
    let fits =
        |words: &&String| words.split_whitespace().count() <= LONG && !MONTHS.contains(&words.as_str());
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

/// Names of months are of no people.
const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

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
    ending(screen, 15 + words.chars().count(), &format!("{counted} {by}"), &figure.id.to_string());
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
