//! Date stamps: "Updated 02 December 2025", "Published: 3 Dec 2025, 14:05 GMT", "3 sec ago".
//!
//! A stamp is a whole line of dates, times and their labels. What a stamp leaves open stays open: a relative time needs the
//! moment of capture, a day without a year has none, and 03/04/2025 is two days. Times inside sentences are not read here.

use chancery_lexicon::{countries, names};
use chancery_model::{Date, Moment, Span, TimeOfDay};

mod clock;
mod tokens;

use tokens::{Token, tokens};

/// The longest stamp line, in bytes.
const MAX_BYTES: usize = 160;

/// What a stamp says of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StampKind {
    /// "Published", "Posted".
    Published,
    /// A date without a label.
    Bare,
    /// "Updated", "Last modified".
    Updated,
}

/// What a stamp settles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StampValue {
    /// A day, and the time where given.
    At(Moment),
    /// A date that can be more than one day: no year, or day and month that can change places.
    Open,
    /// Counted back from the moment of capture.
    Relative,
}

/// One date of a stamp line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    /// What it says of the page.
    pub(crate) kind: StampKind,
    /// The moment, as far as the words settle it.
    pub(crate) value: StampValue,
    /// The words of the date in the line.
    pub(crate) span: Span,
}

/// The dates of a line that holds nothing else. Empty for any other line.
pub(crate) fn of_line(line: &str) -> Vec<Stamp> {
    if line.len() > MAX_BYTES || !may_date(line) {
        return Vec::new();
    }
    let tokens = tokens(line);
    let mut reader =
        Reader { line, tokens: &tokens, at: 0, kind: StampKind::Bare, labelled: false, stamps: Vec::new() };
    while reader.at < tokens.len() {
        if !reader.step() {
            return Vec::new();
        }
    }
    reader.stamps
}

/// The dates of a line behind an author's name and a mark that parts them: "Nora Vale | 4 December 2031".
pub(crate) fn behind_mark(line: &str) -> Vec<Stamp> {
    let Some((at, mark)) = line.char_indices().find(|(_, c)| matches!(c, '|' | '•' | '·')) else {
        return Vec::new();
    };
    let from = at + mark.len_utf8();
    let moved = |stamp: Stamp| {
        let (start, end) = (stamp.span.start as usize, stamp.span.end as usize);
        Stamp { span: Span::new(start + from, end + from), ..stamp }
    };
    of_line(&line[from..]).into_iter().map(moved).collect()
}

/// Whether a line has a digit, or a word that counts back: no date does without.
fn may_date(line: &str) -> bool {
    let bytes = line.as_bytes();
    let says = |word: &[u8]| bytes.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word));
    bytes.iter().any(u8::is_ascii_digit) || [b"ago".as_slice(), b"day", b"now"].iter().any(|w| says(w))
}

/// The stamp of a line that says most: a settled date of publication before one of change, a settled one before an open one.
pub(crate) fn best(stamps: &[Stamp]) -> Option<Stamp> {
    let rank = |s: &Stamp| (!matches!(s.value, StampValue::At(_)), s.kind);
    stamps.iter().copied().min_by_key(rank)
}

/// The moment that the whole of `words` gives: "3 December 2025, 14:05 GMT", "2025-12-03T14:05:00Z".
pub(crate) fn moment(words: &str) -> Option<Moment> {
    match best(&of_line(words))?.value {
        StampValue::At(moment) => Some(moment),
        StampValue::Open | StampValue::Relative => None,
    }
}

/// Whether the words name a day and nothing else: "Dec 2", "Monday", "2 December 2025".
pub(crate) fn is_day(words: &str) -> bool {
    if words.len() > MAX_BYTES {
        return false;
    }
    let tokens = tokens(words);
    let mut at = 0;
    let mut found = false;
    while at < tokens.len() {
        if tokens::is_weekday(&tokens[at].word) {
            found = true;
            at += 1;
        } else if let Some((_, next)) = date(&tokens, at) {
            found = true;
            at = next;
        } else if matches!(tokens[at].word.as_str(), "," | ".") {
            at += 1;
        } else {
            return false;
        }
    }
    found
}

/// The ISO date at the very head of `line` ("2025-12-06 Title …") and where it ends.
pub(crate) fn iso_at_head(line: &str) -> Option<(Date, usize)> {
    let date = Date::parse(line.get(..10)?)?;
    let after = line[10..].chars().next();
    after.is_none_or(char::is_whitespace).then_some((date, 10))
}

struct Reader<'a> {
    line: &'a str,
    tokens: &'a [Token],
    at: usize,
    kind: StampKind,
    labelled: bool,
    stamps: Vec<Stamp>,
}

impl Reader<'_> {
    /// Takes the next label, date, time or mark. `false` for anything else.
    fn step(&mut self) -> bool {
        let word = self.tokens[self.at].word.as_str();
        if let Some(kind) = label(word) {
            // "First published" is one label; "published … updated" are two.
            self.kind = kind;
            self.labelled = true;
            self.at += 1;
            return true;
        }
        if let Some((value, next)) = date(self.tokens, self.at) {
            self.push(value, next);
            return true;
        }
        if let Some(next) = relative(self.tokens, self.at) {
            self.push(StampValue::Relative, next);
            return true;
        }
        if let Some((time, next)) = clock::time(self.tokens, self.at) {
            self.add_time(time, next);
            return true;
        }
        if let Some(next) = reading_time(self.tokens, self.at).or_else(|| self.clock_of()) {
            self.at = next;
            return true;
        }
        let filler = tokens::is_weekday(word) || FILLERS.contains(&word) || clock::zone(word).is_some();
        self.at += usize::from(filler);
        filler
    }

    /// Whose clock it is, behind a date: "5:41 pm (Paris)", "14:05, UK".
    fn clock_of(&self) -> Option<usize> {
        self.stamps.last()?;
        let place = |words: &str| {
            names::is_city(words) || names::is_region(words) || countries::country(words).is_some()
        };
        (1..=3)
            .rev()
            .map(|count| self.at + count)
            .filter(|next| *next <= self.tokens.len())
            .find(|next| place(&self.line[self.tokens[self.at].start..self.tokens[next - 1].end]))
    }

    fn push(&mut self, value: StampValue, next: usize) {
        let span = self.span_to(next);
        self.stamps.push(Stamp { kind: self.kind, value, span });
        self.at = next;
    }

    fn span_to(&self, next: usize) -> Span {
        Span::new(self.tokens[self.at].start, self.tokens[next - 1].end)
    }

    /// A time belongs to the date before it; "14:05, 3 December" gives its time to none.
    fn add_time(&mut self, time: TimeOfDay, next: usize) {
        let end = self.tokens[next - 1].end as u32;
        if let Some(stamp) = self.stamps.last_mut()
            && let StampValue::At(moment) = &mut stamp.value
            && moment.time.is_none()
        {
            moment.time = Some(time);
            stamp.span.end = end;
        }
        self.at = next;
    }
}

const FILLERS: &[&str] = &[
    ",", "|", "-", "–", "—", "·", "•", "/", ":", ".", "(", ")", "at", "on", "the", "t", "of", "time",
    "local", "first", "last", "date", "was", "this", "article", "story", "is", "it", "and", "hrs", "hours",
    "h",
];

fn label(word: &str) -> Option<StampKind> {
    match word {
        "published" | "posted" | "publish" | "created" | "issued" | "released" | "pub" => {
            Some(StampKind::Published)
        }
        "updated" | "update" | "modified" | "edited" | "revised" | "changed" => Some(StampKind::Updated),
        _ => None,
    }
}

/// A date at `at`: its value and where it ends.
fn date(tokens: &[Token], at: usize) -> Option<(StampValue, usize)> {
    numeric(tokens, at).or_else(|| day_first(tokens, at)).or_else(|| month_first(tokens, at))
}

fn settled(year: u32, month: u32, day: u32) -> Option<StampValue> {
    let date = Date::new(year as i32, month, day)?;
    (1600..=2400).contains(&year).then(|| StampValue::At(Moment::from(date)))
}

/// 2025-12-02, 2025/12/02, 02.12.2025, 02/12/2025.
fn numeric(tokens: &[Token], at: usize) -> Option<(StampValue, usize)> {
    let [a, m1, b, m2, c] = tokens.get(at..at + 5)? else { return None };
    let (a, b, c) = (a.number()?, b.number()?, c.number()?);
    if m1.word != m2.word || !matches!(m1.word.as_str(), "-" | "/" | ".") {
        return None;
    }
    let value = if a >= 1000 {
        settled(a, b, c)?
    } else if c < 1000 {
        return None;
    } else if m1.word == "." || a > 12 || a == b {
        settled(c, b, a)?
    } else if b > 12 {
        settled(c, a, b)?
    } else {
        Date::new(c as i32, b, a).map(|_| StampValue::Open)?
    };
    Some((value, at + 5))
}

/// "2 December 2025", "2nd of Dec. 2025", "2 Dec".
fn day_first(tokens: &[Token], at: usize) -> Option<(StampValue, usize)> {
    let (day, mut next) = day(tokens, at)?;
    while tokens.get(next).is_some_and(|t| matches!(t.word.as_str(), "of" | "-" | "/")) {
        next += 1;
    }
    let (month, next) = month(tokens, next)?;
    Some(with_year(tokens, next, month, day))
}

/// "December 2, 2025", "Dec. 2".
fn month_first(tokens: &[Token], at: usize) -> Option<(StampValue, usize)> {
    let (month, next) = month(tokens, at)?;
    let (day, next) = day(tokens, next)?;
    Some(with_year(tokens, next, month, day))
}

fn day(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let day = tokens.get(at)?.number().filter(|d| (1..=31).contains(d))?;
    let ordinal = tokens.get(at + 1).is_some_and(|t| matches!(t.word.as_str(), "st" | "nd" | "rd" | "th"));
    Some((day, at + 1 + usize::from(ordinal)))
}

fn month(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let month = tokens::month(&tokens.get(at)?.word)?;
    let stop = tokens.get(at + 1).is_some_and(|t| t.word == ".");
    Some((month, at + 1 + usize::from(stop)))
}

fn with_year(tokens: &[Token], at: usize, month: u32, day: u32) -> (StampValue, usize) {
    let mut next = at;
    while tokens.get(next).is_some_and(|t| matches!(t.word.as_str(), "," | "-" | "/")) {
        next += 1;
    }
    let year = tokens.get(next).and_then(Token::number).filter(|y| *y >= 1000);
    match year.and_then(|year| settled(year, month, day)) {
        Some(value) => (value, next + 1),
        None => (StampValue::Open, at),
    }
}

/// "4 min read".
fn reading_time(tokens: &[Token], at: usize) -> Option<usize> {
    tokens.get(at)?.number()?;
    let word = |i: usize| tokens.get(i).map_or("", |t| t.word.as_str());
    let minutes = matches!(word(at + 1).trim_end_matches('s'), "min" | "minute");
    (minutes && word(at + 2) == "read").then_some(at + 3)
}

/// "3 sec ago", "an hour ago", "just now", "yesterday".
fn relative(tokens: &[Token], at: usize) -> Option<usize> {
    let word = |i: usize| tokens.get(i).map_or("", |t| t.word.as_str());
    match word(at) {
        "yesterday" | "today" => return Some(at + 1),
        "just" if word(at + 1) == "now" => return Some(at + 2),
        "moments" if word(at + 1) == "ago" => return Some(at + 2),
        _ => {}
    }
    let counted = tokens.get(at)?.number().is_some() || matches!(word(at), "a" | "an" | "one");
    let unit = word(at + 1).trim_end_matches('s');
    let units = [
        "sec", "second", "min", "minute", "h", "hr", "hour", "d", "day", "w", "wk", "week", "m", "mo",
        "month", "year", "yr",
    ];
    let stop = usize::from(word(at + 2) == ".");
    (counted && units.contains(&unit) && word(at + 2 + stop) == "ago").then_some(at + 3 + stop)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(line: &str) -> Vec<String> {
        let show = |s: &Stamp| match s.value {
            StampValue::At(moment) => format!("{:?} {moment} [{}]", s.kind, &line[s.span.range()]),
            other => format!("{:?} {other:?} [{}]", s.kind, &line[s.span.range()]),
        };
        of_line(line).iter().map(show).collect()
    }

    #[test]
    fn stamps_are_read() {
        let table: &[(&str, &[&str])] = &[
            ("Updated 02 December 2025", &["Updated 2025-12-02 [02 December 2025]"]),
            ("Published: 3 Dec 2025, 14:05 GMT", &["Published 2025-12-03T14:05:00Z [3 Dec 2025, 14:05 GMT]"]),
            ("Dec. 2, 2025 9:05 a.m. ET", &["Bare 2025-12-02T09:05:00 [Dec. 2, 2025 9:05 a.m. ET]"]),
            ("Tue 2 Dec 2025 19.05 CET", &["Bare 2025-12-02T19:05:00+01:00 [2 Dec 2025 19.05 CET]"]),
            ("Thu 4 Dec 2025 08.40", &["Bare 2025-12-04T08:40:00 [4 Dec 2025 08.40]"]),
            (
                "December 4, 20311:14 PM GMT+1Updated 3 hours ago",
                &[
                    "Bare 2031-12-04T13:14:00+01:00 [December 4, 20311:14 PM GMT+1]",
                    "Updated Relative [3 hours ago]",
                ],
            ),
            (
                "PublishedDecember 4 2031, at 5:41 pm (Paris) · 4 min read",
                &["Published 2031-12-04T17:41:00 [December 4 2031, at 5:41 pm]"],
            ),
            ("Thursday 4 December 2031 14:05, UK", &["Bare 2031-12-04T14:05:00 [4 December 2031 14:05]"]),
            ("12/04/2031December 4, 2031", &["Bare Open [12/04/2031]", "Bare 2031-12-04 [December 4, 2031]"]),
            ("Updated 3 sec ago", &["Updated Relative [3 sec ago]"]),
            ("2 hours ago", &["Bare Relative [2 hours ago]"]),
            ("3 December", &["Bare Open [3 December]"]),
            ("03/04/2025", &["Bare Open [03/04/2025]"]),
            ("23/04/2025", &["Bare 2025-04-23 [23/04/2025]"]),
            ("2025-12-02T14:05:00+03:00", &["Bare 2025-12-02T14:05:00+03:00 [2025-12-02T14:05:00+03:00]"]),
            (
                "Tuesday, 2nd of December 2025 | 11pm CET",
                &["Bare 2025-12-02T23:00:00+01:00 [2nd of December 2025 | 11pm CET]"],
            ),
            (
                "First published on June 4, 2031 • Last updated June 5, 2031",
                &["Published 2031-06-04 [June 4, 2031]", "Updated 2031-06-05 [June 5, 2031]"],
            ),
        ];
        for (line, stamps) in table {
            assert_eq!(shown(line), *stamps, "{line}");
        }
    }

    #[test]
    fn sentences_and_headlines_are_no_stamps() {
        for no in [
            "On 2 December 2025 the accord was signed",
            "May 5 talks fail",
            "Updated plan of 28 points",
            "31 February 2025",
            "2025",
            "",
            "12 / 13",
            "Published by the ministry",
        ] {
            assert!(
                !of_line(no).iter().any(|s| matches!(s.value, StampValue::At(_))),
                "{no}: {:?}",
                shown(no)
            );
        }
    }

    #[test]
    fn days_and_heads() {
        for yes in ["Dec 2", "Monday", "2 December 2025", "June 4, 2031", "Sept. 30"] {
            assert!(is_day(yes), "{yes}");
        }
        for no in ["Ukraine", "N.Y.", "2 ministers", "", "May"] {
            assert!(!is_day(no), "{no}");
        }
        assert!(iso_at_head("2031-06-04 Ferries stop").is_some());
        assert!(iso_at_head("2031-06-041").is_none());
        assert!(iso_at_head("é2031-06-04").is_none());
    }
}
