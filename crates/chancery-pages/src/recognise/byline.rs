//! Bylines: "By Jane Doe and John Roe", "Jane Doe, Political Editor".
//!
//! A byline gives names of people as written, never their offices, places, addresses or handles. "By Reuters" names an agency
//! and nobody. A bare name is a byline only where the reader of the page says that one is due.

use chancery_lexicon::names;

use super::shape::Shape;
use super::{credit, stamp};

/// The longest byline, in bytes.
const MAX_BYTES: usize = 240;
/// The most words in a person's name.
const MAX_NAME_WORDS: usize = 5;

/// What a byline says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Byline {
    /// The people, as written.
    pub(crate) names: Vec<String>,
    /// An agency that stands among them.
    pub(crate) agency: Option<String>,
    /// Whether the words settle that the line is a byline; a bare name does not.
    pub(crate) sure: bool,
}

/// Labels at the head of a byline, folded.
const LABELS: &[&str] = &[
    "by",
    "written by",
    "story by",
    "words by",
    "words",
    "author",
    "authors",
    "report by",
    "article by",
    "reported by",
    "by our correspondent",
    "posted by",
    "published by",
    "from",
    "text by",
    "analysis by",
    "opinion by",
    "reporter",
    "writer",
];

/// Words that stand in an office or a desk, and in no name.
const ROLES: &[&str] = &[
    "editor",
    "correspondent",
    "reporter",
    "writer",
    "staff",
    "bureau",
    "chief",
    "desk",
    "columnist",
    "contributor",
    "analyst",
    "journalist",
    "producer",
    "author",
    "press",
    "news",
    "agency",
    "agencies",
    "newsroom",
    "team",
    "online",
    "political",
    "diplomatic",
    "foreign",
    "economics",
    "business",
    "senior",
    "deputy",
    "director",
    "professor",
    "special",
    "service",
    "post",
    "times",
    "wire",
    "media",
    "network",
    "digital",
    "international",
    "freelance",
    "fellow",
    "lecturer",
    "photographer",
    "guest",
    "university",
    "institute",
    "daily",
    "magazine",
    "report",
    "today",
    "tv",
    "radio",
    "plus",
    "commentary",
    "contributing",
    "managing",
    "executive",
    "assistant",
    "associate",
    "affairs",
    "security",
];

/// Reads a line as a byline.
pub(crate) fn read(line: &str) -> Option<Byline> {
    let line = line.trim();
    if line.is_empty() || line.len() > MAX_BYTES {
        return None;
    }
    let (labelled, rest) = strip_label(line);
    let rest = &rest[..cut(rest)];
    let (rest, beside) = if labelled { beside(rest) } else { (rest, None) };
    let mut byline = Byline { sure: labelled, agency: beside.map(str::to_owned), ..Byline::default() };
    let mut offices = false;
    for piece in pieces(rest) {
        match what(piece, labelled) {
            What::Name(name) => byline.names.push(name),
            What::Agency(name) => byline.agency = byline.agency.or(Some(name)),
            What::Office => offices = true,
            What::Nothing => {}
            What::Prose => return None,
        }
    }
    if !labelled {
        // Without a label an office beside the name settles it; an agency alone is a credit, which is read elsewhere.
        let dated = || is_signature(rest.trim()) && !stamp::behind_mark(line).is_empty();
        byline.sure = !byline.names.is_empty() && (offices || byline.agency.is_some() || dated());
        if byline.names.is_empty() {
            return None;
        }
    }
    (!byline.names.is_empty() || byline.agency.is_some() || (labelled && offices)).then_some(byline)
}

/// "Nora Vale with Tidewater", "Nora Vale and Tidewater": a source of one word at the end of the names, taken off them.
fn beside(rest: &str) -> (&str, Option<&str>) {
    for mark in [" with ", " and "] {
        if let Some((names, last)) = rest.rsplit_once(mark)
            && let Some(source) = credit::unlisted(last)
            && names::agency(last).is_none()
            && !ROLES.contains(&last.trim().to_lowercase().as_str())
        {
            return (names, Some(source));
        }
    }
    (rest, None)
}

/// The label taken off: "By Jane Doe" gives `(true, "Jane Doe")`.
fn strip_label(line: &str) -> (bool, &str) {
    let best = LABELS.iter().filter_map(|label| strip_one(line, label)).min_by_key(|rest| rest.len());
    best.map_or((false, line), |rest| (true, rest))
}

fn strip_one<'a>(line: &'a str, label: &str) -> Option<&'a str> {
    let head = line.get(..label.len())?;
    let rest = line.get(label.len()..)?;
    let colon = rest.starts_with(':');
    // "From" and "Words" begin sentences too; with a colon they are labels.
    let bare = !matches!(label, "from" | "words" | "author" | "authors" | "reporter" | "writer");
    let parted = colon || (bare && rest.starts_with(char::is_whitespace));
    (head.eq_ignore_ascii_case(label) && parted).then(|| rest.trim_start_matches(':').trim_start())
}

/// Where the names end: before a date, a reading time, a bullet or a bar with something that is no name.
fn cut(rest: &str) -> usize {
    let marks = ['|', '•', '·', '\t', '—', '–'];
    rest.find(marks).unwrap_or(rest.len())
}

/// The parts of a list of names: parted by commas, "and", "&", ";" and " in <place>".
fn pieces(rest: &str) -> impl Iterator<Item = &str> {
    rest.split([',', ';', '/'])
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" AND "))
        .flat_map(|p| p.split(" & "))
        .map(str::trim)
}

enum What {
    Name(String),
    Agency(String),
    Office,
    Nothing,
    Prose,
}

fn what(piece: &str, labelled: bool) -> What {
    let piece =
        piece.strip_prefix("and ").or(piece.strip_prefix("by ")).unwrap_or(piece).trim_end_matches('.');
    if piece.is_empty() || piece.contains('@') || piece.starts_with("http") || stamp::is_day(piece) {
        return What::Nothing;
    }
    if let Some(agency) = names::agency(piece) {
        return What::Agency(agency.to_owned());
    }
    let name = before_place(piece);
    let lower = name.to_lowercase();
    if lower.split_whitespace().any(|w| ROLES.contains(&w.trim_matches('.'))) {
        return after_office(name).unwrap_or_else(|| office_or_prose(name));
    }
    if is_person(name) {
        return What::Name(name.to_owned());
    }
    if names::is_city(name) || names::is_region(name) || !stamp::of_line(name).is_empty() {
        return What::Nothing;
    }
    // "staff and wire reports": offices in small letters stand only behind a label.
    if labelled && Shape::of(name).words <= 2 && name.chars().next().is_some_and(char::is_uppercase) {
        What::Office
    } else {
        What::Prose
    }
}

/// "our political correspondent Nora Vale": the name after an office in small letters.
fn after_office(words: &str) -> Option<What> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let office = parts.iter().rposition(|w| ROLES.contains(w))?;
    let name = parts[office + 1..].join(" ");
    is_person(&name).then_some(What::Name(name))
}

fn office_or_prose(words: &str) -> What {
    if Shape::of(words).words <= 7 { What::Office } else { What::Prose }
}

/// "Jane Doe in Geneva" is Jane Doe; "Jane Doe for The Harbour Post" and "Jane Doe of …" too.
fn before_place(piece: &str) -> &str {
    [" in ", " for ", " of ", " at ", " with ", " (", " reports", " reporting"]
        .iter()
        .filter_map(|mark| piece.find(mark))
        .min()
        .map_or(piece, |at| piece[..at].trim_end())
}

/// Whether the words are people and, at most, where they write from: "Nora Vale", "Nora Vale in Geneva and Tom Ashe".
pub(crate) fn is_signature(words: &str) -> bool {
    let place = |words: &str| {
        let mut parts = words.split_whitespace();
        let capital = |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(|c| !c.is_ascii_digit());
        parts.clone().count() <= 3 && parts.all(|w| capital(w) || is_particle(w))
    };
    let signs = |piece: &str| match piece.split_once(" in ") {
        Some((name, from)) => is_person(name) && place(from),
        None => is_person(piece),
    };
    words.len() <= MAX_BYTES && words.split(" and ").flat_map(|p| p.split(", ")).all(signs)
}

/// Small words inside names.
fn is_particle(word: &str) -> bool {
    let small = [
        "de", "da", "di", "du", "del", "della", "der", "den", "van", "von", "bin", "bint", "al", "el", "la",
        "le", "dos", "das", "ter", "ten", "y", "zu", "abu", "ibn", "e", "st",
    ];
    small.contains(&word)
        || word.starts_with("al-")
        || word.starts_with("el-")
        || word.starts_with("d'")
        || word.starts_with("d’")
}

/// Whether the words can be a person's name: two to five words with capitals, no digit, no stop but after initials.
pub(crate) fn is_person(words: &str) -> bool {
    let parts: Vec<&str> = words.split_whitespace().collect();
    if !(2..=MAX_NAME_WORDS).contains(&parts.len()) {
        return false;
    }
    let capital = |w: &str| w.chars().next().is_some_and(char::is_uppercase);
    let letters = |w: &str| w.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‐'));
    let good = parts.iter().all(|w| letters(w) && (capital(w) || is_particle(w)));
    let last = parts[parts.len() - 1];
    good && capital(parts[0])
        && (capital(last) || is_particle(last))
        && !last.ends_with('.') | matches!(last, "Jr." | "Sr." | "III")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_give_people_and_agencies() {
        let table: &[(&str, &[&str], Option<&str>, bool)] = &[
            ("By Nora Vale", &["Nora Vale"], None, true),
            ("By NORA VALE and TOM ASHE", &["NORA VALE", "TOM ASHE"], None, true),
            (
                "By Nora Vale, Tom Ashe and Ida van der Berg",
                &["Nora Vale", "Tom Ashe", "Ida van der Berg"],
                None,
                true,
            ),
            ("By NORA VALE, Associated Press", &["NORA VALE"], Some("AP"), true),
            ("By Reuters", &[], Some("Reuters"), true),
            ("By Nora Vale and Tidewater", &["Nora Vale"], Some("Tidewater"), true),
            ("By Harbour Post Staff with Tidewater", &[], Some("Tidewater"), true),
            ("By Nora Vale with Reuters", &["Nora Vale"], None, true),
            ("By our political correspondent NORA VALE", &["NORA VALE"], None, true),
            ("By our military correspondent and by NORA VALE", &["NORA VALE"], None, true),
            ("By Nora Vale and staff", &["Nora Vale"], None, true),
            ("Nora Vale, Political Editor", &["Nora Vale"], None, true),
            ("By Nora Vale in Geneva and Tom Ashe in London", &["Nora Vale", "Tom Ashe"], None, true),
            ("Written by Nora Vale | 3 Dec 2031", &["Nora Vale"], None, true),
            ("By Nora Vale, nora@example.org", &["Nora Vale"], None, true),
            ("Author: Nora Vale", &["Nora Vale"], None, true),
            ("Nora Vale", &["Nora Vale"], None, false),
            ("Nora Vale | Dec 4, 2031", &["Nora Vale"], None, true),
            ("By Nora Vale, Senior Correspondent for the Harbour Post", &["Nora Vale"], None, true),
        ];
        for (line, people, agency, sure) in table {
            let found = read(line).unwrap_or_else(|| panic!("{line:?} is no byline"));
            assert_eq!(found.names, *people, "{line}");
            assert_eq!((found.agency.as_deref(), found.sure), (*agency, *sure), "{line}");
        }
    }

    #[test]
    fn people_and_where_they_write_from_are_a_signature() {
        for yes in [
            "Nora Vale",
            "Nora Vale in Geneva",
            "Nora Vale in Saint Ivo and Tom Ashe in London",
            "Nora Vale, Tom Ashe",
        ] {
            assert!(is_signature(yes), "{yes}");
        }
        for no in [
            "Ferries stop in Geneva harbour",
            "Nora Vale in hot water",
            "Talks in Geneva",
            "Nora Vale in 2031",
            "",
        ] {
            assert!(!is_signature(no), "{no}");
        }
    }

    #[test]
    fn sentences_that_begin_with_by_are_no_bylines() {
        for no in [
            "By the time the boats came, the port was closed",
            "By Monday the two sides had met three times, officials said.",
            "From the port, the road runs north",
            "Words fail us",
            "Nora Vale said that the ferries would stop",
            "",
        ] {
            assert!(!read(no).is_some_and(|b| b.sure), "{no}");
        }
    }
}
