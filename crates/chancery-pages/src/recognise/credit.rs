//! Credits: which agency a story comes from, and who else wrote it.
//!
//! "(Reuters)", "— AFP", "The Associated Press contributed to this report.", "Reporting by …; editing by …". Words told to an
//! agency's reporter ("told AFP") are weak evidence that the story is the agency's own.

use chancery_lexicon::names;

use super::shape::Shape;

/// The longest credit line, in bytes: a long list of contributors.
const MAX_BYTES: usize = 700;

/// What a credit line says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Credit {
    /// The agency, under its name on the record.
    pub(crate) agency: Option<String>,
    /// Whether the line closes a story: contributors and editors stand at the foot.
    pub(crate) closes: bool,
}

/// Words that make a line one of contributors, folded; the line holds nothing but them and names.
const CLOSING: &[&str] = &[
    "contributed to this report",
    "contributed to this story",
    "contributed to this article",
    "contributed reporting",
    "contributed to the report",
    "contributed from",
    "contributed to this dispatch",
    "copy in this report",
    "copy in this story",
    "material in this report",
];

/// What all of them have one of. Nearly no line does, and it is quickly told.
const CLOSING_HAS: [&str; 3] = ["contribut", "in this report", "in this story"];

/// Words at the head of a line of credits, folded.
const OPENING: &[&str] = &[
    "reporting by ",
    "additional reporting by ",
    "additional reporting from ",
    "with reporting by ",
    "with reporting from ",
    "writing by ",
    "editing by ",
    "compiled by ",
    "with inputs from ",
    "with input from ",
    "with additional reporting ",
    "with files from ",
    "with agency inputs",
    "with agencies",
    "source: ",
    "source : ",
    "sources: ",
    "written by ",
    "produced by ",
    "this story was written by ",
    "edited by ",
    "translated by ",
];

/// Reads a line as a credit.
pub(crate) fn read(line: &str) -> Option<Credit> {
    let line = line.trim();
    if line.is_empty() || line.len() > MAX_BYTES {
        return None;
    }
    alone(line).or_else(|| closing(line)).or_else(|| opening(line))
}

/// "(Reuters)", "— AFP", "AFP/Reuters", "© Agence France-Presse".
fn alone(line: &str) -> Option<Credit> {
    let marks = |c: char| {
        c.is_whitespace()
            || matches!(c, '(' | ')' | '[' | ']' | '—' | '–' | '-' | '.' | '*' | '/' | '|' | '©')
    };
    let bare = line.trim_matches(marks);
    let mut agencies =
        bare.split(['/', ',', '|', '&']).flat_map(|p| p.split(" and ")).map(|p| agency_of(p.trim()));
    match agencies.next()? {
        Some(first) => agencies
            .all(|a| a.is_some())
            .then_some(Credit { agency: Some(first), closes: bare.len() < line.len() }),
        None => carried(bare),
    }
}

/// "With Tidewater": in a line of its own the word settles that it is a source, whether a list knows it or not.
fn carried(bare: &str) -> Option<Credit> {
    let name = bare.strip_prefix("With ").or(bare.strip_prefix("with "))?;
    unlisted(name).map(|name| Credit { agency: Some(name.to_owned()), closes: true })
}

/// A source that no list knows: one word with a capital. People have two names, places stand elsewhere.
pub(super) fn unlisted(words: &str) -> Option<&str> {
    let name = words.trim();
    let letters = name.chars().all(char::is_alphabetic) && name.chars().count() >= 3;
    let capital = name.chars().next().is_some_and(char::is_uppercase);
    let general =
        matches!(name.to_lowercase().as_str(), "agencies" | "agency" | "staff" | "wires" | "the" | "who");
    let place = names::is_city(name) || names::is_region(name);
    (letters && capital && !general && !place).then_some(name)
}

/// Whether a line closes a story and does nothing else. "Source: …" stands below tables and charts as well.
pub(crate) fn signs_off(line: &str) -> bool {
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    let source = bare.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("source"));
    !source && read(line).is_some_and(|credit| credit.closes)
}

/// Whether words in brackets behind a sentence can name where it, or its picture, comes from.
pub(crate) fn is_source(words: &str) -> bool {
    names::agency(words.trim()).is_some() || words.trim() == "Pool" || unlisted(words).is_some()
}

fn agency_of(words: &str) -> Option<String> {
    names::agency(words.strip_prefix("with ").unwrap_or(words)).map(str::to_owned)
}

/// "The Associated Press contributed to this report.", "Tidewater News’ Nora Vale and Tom Ashe contributed to this report."
fn closing(line: &str) -> Option<Credit> {
    if !CLOSING_HAS.iter().any(|words| has_folded(line, words)) {
        return None;
    }
    let lower = line.to_lowercase();
    let at = CLOSING.iter().find_map(|words| lower.find(words))?;
    let rest = lower[at..].split_whitespace().count();
    let head = line.get(..at)?;
    let shape = Shape::of(head);
    // Names and their small links: a sentence about somebody who once contributed has other words.
    let links = head.split_whitespace().filter(|w| is_link(w)).count();
    let plain = shape.words.saturating_sub(shape.capitalised + links);
    (rest <= 12 && plain <= 1 + shape.words / 6).then(|| Credit { agency: owner(head), closes: true })
}

/// Whether a line has the words, which are ASCII and begin with a letter, in any case. No character outside ASCII folds to one
/// of their letters.
fn has_folded(line: &str, words: &str) -> bool {
    let (line, words) = (line.as_bytes(), words.as_bytes());
    let first = words[0];
    memchr::memchr2_iter(first, first.to_ascii_uppercase(), line)
        .any(|at| line.get(at..at + words.len()).is_some_and(|here| here.eq_ignore_ascii_case(words)))
}

fn is_link(word: &str) -> bool {
    matches!(
        word.trim_matches(','),
        "and"
            | "used"
            | "uses"
            | "in"
            | "the"
            | "of"
            | "also"
            | "writer"
            | "writers"
            | "reporter"
            | "reporters"
            | "correspondent"
            | "correspondents"
            | "journalist"
            | "journalists"
            | "have"
            | "has"
            | "staff"
            | "from"
            | "at"
            | "de"
            | "van"
            | "von"
            | "al"
            | "bin"
            | "editor"
            | "producer"
            | "photographer"
            | "video"
    )
}

/// Whose reporters they are: an agency among the first words, or the owner of the list ("Tidewater News’ Nora Vale …").
fn owner(head: &str) -> Option<String> {
    let head = head.trim();
    if let Some((_, source)) = head.split_once(" used ") {
        return longest_agency(source).or_else(|| unlisted(source).map(str::to_owned));
    }
    let known = longest_agency(head);
    if known.is_some() {
        return known;
    }
    if let Some(name) = unlisted(head) {
        return Some(name.to_owned());
    }
    let at = head.find(['’', '\''])?;
    let tail = head[at..].trim_start_matches(['’', '\'']);
    let tail = tail.strip_prefix('s').unwrap_or(tail);
    let name = head[..at].trim();
    let named = Shape::of(name).capitalised == name.split_whitespace().count() && !name.contains(',');
    (tail.starts_with(char::is_whitespace) && named && !name.is_empty()).then(|| name.to_owned())
}

/// The agency that the first one to four words name.
fn longest_agency(head: &str) -> Option<String> {
    let words: Vec<&str> = head.split_whitespace().take(4).collect();
    (1..=words.len()).rev().find_map(|n| {
        let joined = words[..n].join(" ");
        let bare = joined
            .trim_end_matches(',')
            .trim_end_matches("'s")
            .trim_end_matches("’s")
            .trim_end_matches(['\'', '’']);
        names::agency(bare).map(str::to_owned)
    })
}

/// "(Reporting by …; editing by …)", "With inputs from AFP", "Source: Reuters".
fn opening(line: &str) -> Option<Credit> {
    let bare = line.trim_start_matches(['(', '[', '*', '-', '—', '–', ' ']);
    let opens = |words: &&&str| bare.get(..words.len()).is_some_and(|head| head.eq_ignore_ascii_case(words));
    let label = OPENING.iter().find(opens)?;
    let rest = bare.get(label.len()..)?.trim_end_matches([')', ']', '.']);
    let shape = Shape::of(rest);
    let named = shape.words == 0 || shape.capitalised * 2 >= shape.words;
    let agency =
        rest.split([',', ';', '/']).flat_map(|p| p.split(" and ")).find_map(|p| longest_agency(p.trim()));
    let helped = label.contains("additional") || label.starts_with("with ");
    let agency = agency.or_else(|| unlisted(rest).filter(|_| helped).map(str::to_owned));
    named.then_some(Credit { agency, closes: true })
}

/// The agency at the very end of a paragraph: "…, he said. (Reuters)", "… by Friday. — AFP". Gives where the credit begins.
pub(crate) fn at_end(paragraph: &str) -> Option<(usize, &'static str)> {
    let text = paragraph.trim_end();
    if let Some(inner) = text.strip_suffix(')') {
        let open = inner.rfind('(')?;
        return names::agency(inner[open + 1..].trim()).map(|name| (open, name));
    }
    let at = text.rfind(['—', '–', '-'])?;
    let mark = text[at..].chars().next()?.len_utf8();
    let before = text[..at].trim_end_matches(['—', '–', '-']).trim_end();
    let stopped = before.ends_with(['.', '”', '"', '!', '?']);
    let name = names::agency(text[at + mark..].trim())?;
    stopped.then_some((at, name))
}

/// The agency whose reporters were told something in this paragraph.
pub(crate) fn told(paragraph: &str) -> Option<&'static str> {
    const CUES: [&str; 5] = ["told ", "tells ", "speaking to ", "interview with ", " later to "];
    let mut found = None;
    for cue in CUES {
        for (at, _) in paragraph.match_indices(cue) {
            let rest = &paragraph[at + cue.len()..];
            found = found.or_else(|| teller(rest));
        }
    }
    found
}

/// Agencies whose reporters' own talks are told in their own stories. State agencies and broadcasters are quoted by everybody.
fn teller(rest: &str) -> Option<&'static str> {
    const TOLD: [&str; 7] = ["AFP", "AP", "Reuters", "dpa", "PA", "AAP", "ABC News"];
    let clause = rest.split(['.', ',', ';', '(']).next().unwrap_or("");
    let words: Vec<&str> =
        clause.split_whitespace().take(3).map(|w| w.trim_end_matches(['”', '"', '’', ':'])).collect();
    let name = (1..=words.len()).rev().find_map(|n| names::agency(&words[..n].join(" ")))?;
    TOLD.contains(&name).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credits_name_the_agency() {
        let table: &[(&str, Option<&str>)] = &[
            ("(Reuters)", Some("Reuters")),
            ("— AFP", Some("AFP")),
            ("AFP/Reuters", Some("AFP")),
            ("The Associated Press contributed to this report.", Some("AP")),
            (
                "Tidewater News’ Nora Vale, Tom Ashe and Ida Berg contributed to this report.",
                Some("Tidewater News"),
            ),
            ("ABC News’ Nora Vale contributed to this report.", Some("ABC News")),
            (
                "Associated Press writers Nora Vale in Geneva and Tom Ashe in London contributed to this report.",
                Some("AP"),
            ),
            ("(Reporting by Nora Vale in Geneva; editing by Tom Ashe)", None),
            ("With files from The Canadian Press", Some("Canadian Press")),
            ("Source: Reuters", Some("Reuters")),
            ("Nora Vale contributed to this report", None),
            ("Tidewater contributed to this report.", Some("Tidewater")),
            ("The Harbour Post used Reuters copy in this report.", Some("Reuters")),
            ("The Harbour Post used Tidewater copy in this report.", Some("Tidewater")),
            ("Additional reporting by Tidewater", Some("Tidewater")),
            ("Additional reporting by Nora Vale", None),
            ("(With Tidewater)", Some("Tidewater")),
            ("— With Tidewater", Some("Tidewater")),
        ];
        for (line, agency) in table {
            let found = read(line).unwrap_or_else(|| panic!("{line:?} is no credit"));
            assert_eq!(found.agency.as_deref(), *agency, "{line}");
        }
    }

    #[test]
    fn sentences_are_no_credits() {
        for no in [
            "Bad weather and old boats that nobody had cared for contributed to this report being late, she said.",
            "Reporting by the commission was late again this year, the auditors found.",
            "The ministry told Reuters that it would sign.",
            "(signed)",
            "With love",
            "With Nora Vale in Geneva",
            "",
        ] {
            assert_eq!(read(no), None, "{no}");
        }
    }

    #[test]
    fn the_end_and_the_inside_of_a_paragraph_can_name_it() {
        assert_eq!(at_end("They left, he said. (Reuters)").map(|c| c.1), Some("Reuters"));
        assert_eq!(at_end("They left, he said. — AFP").map(|c| c.1), Some("AFP"));
        assert_eq!(at_end("The news agency (which is old) is AFP"), None);
        assert_eq!(told("a senior official told AFP."), Some("AFP"));
        assert_eq!(told("an aide told The Associated Press on Monday"), Some("AP"));
        assert_eq!(told("he told the state agency TASS"), None);
    }
}
