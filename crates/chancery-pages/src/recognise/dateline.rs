//! Datelines: the places, the day and the agency at the head of a story's first paragraph.
//!
//! ```text
//! MOSCOW: Top …        KYIV, Ukraine (AP) — …        LONDON, Dec 2 (Reuters) - …        (LONDON and KYIV, Ukraine) – …
//! ```
//!
//! A dateline is known by its shape (places in capitals or in brackets, an agency, a dash or colon, then a sentence) and by
//! names of places. It does not know where a place is, and a label that looks alike ("NOTE: …") is none.

use chancery_lexicon::names;
use chancery_model::Span;

use super::shape::Shape;
use super::stamp;

/// The longest dateline, in bytes.
const MAX_BYTES: usize = 140;
/// The most places in one dateline.
const MAX_PLACES: usize = 4;
/// The most words in a place's name.
const MAX_PLACE_WORDS: usize = 5;
/// The fewest words of a paragraph that opens with a place that no list knows.
const SENTENCE_WORDS: usize = 10;

/// Words in capitals before a colon or a dash that are labels, not places.
const LABELS: &[&str] = &[
    "note",
    "update",
    "updated",
    "updates",
    "exclusive",
    "watch",
    "analysis",
    "opinion",
    "explainer",
    "explained",
    "breaking",
    "live",
    "correction",
    "clarification",
    "factbox",
    "timeline",
    "review",
    "video",
    "transcript",
    "read",
    "editorial",
    "comment",
    "interview",
    "profile",
    "feature",
    "photos",
    "gallery",
    "poll",
    "quiz",
    "recap",
    "preview",
    "summary",
    "background",
    "context",
    "question",
    "answer",
    "q",
    "a",
    "q&a",
    "reading",
    "split",
    "orange",
    "man",
    "warning",
    "alert",
    "fact check",
    "key points",
    "read more",
    "see also",
    "more",
    "related",
    "new",
    "first",
    "report",
    "reports",
    "insight",
    "obituary",
    "letter",
    "letters",
    "podcast",
    "listen",
    "column",
    "advertisement",
    "sponsored",
    "just in",
    "developing",
    "urgent",
    "flash",
    "budget",
    "sources",
    "source",
    "caption",
    "photo",
    "file",
    "who",
    "what",
    "when",
    "where",
    "why",
    "how",
    "mr",
    "mrs",
    "ms",
    "dr",
    "host",
    "narrator",
    "reporter",
    "moderator",
    "nato",
    "un",
    "eu",
    "afp",
    "ap",
    "reuters",
];

/// What stands at the head of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Dateline {
    /// The places as written, without brackets: "LONDON", "KYIV, Ukraine".
    pub(crate) places: Vec<String>,
    /// The agency in brackets, under its name on the record.
    pub(crate) agency: Option<String>,
    /// The words of the day, if any.
    pub(crate) day: Option<Span>,
    /// The whole dateline, its own punctuation included.
    pub(crate) span: Span,
    /// Whether the words settle it; where not, the same label elsewhere on the page may unmake it (a transcript's speakers).
    pub(crate) sure: bool,
}

/// The dateline at the head of `paragraph`.
pub(crate) fn at_head(paragraph: &str) -> Option<Dateline> {
    let lead = paragraph.len() - paragraph.trim_start().len();
    let text = &paragraph[lead..];
    let (head_end, mark_end) = separator(text)?;
    let rest = text[mark_end..].trim_start();
    let head = &text[..head_end];
    let parts = parts(head)?;
    let strength = strength(&parts, head, rest, &text[head_end..mark_end])?;
    let shift = |span: Span| Span::new(span.start as usize + lead, span.end as usize + lead);
    Some(Dateline {
        places: parts.places,
        agency: parts.agency,
        day: parts.day.map(shift),
        span: Span::new(lead, lead + mark_end),
        sure: strength == Strength::Sure,
    })
}

/// A line that is a dateline and nothing else: "ALDMOOR, Kelmar", "QUAY (Tidewater)".
pub(crate) fn of_line(line: &str) -> Option<Dateline> {
    const SENTENCE: &str = "It is written as if a sentence of a story stood behind it.";
    const MAX_LINE: usize = 60;
    let bare = line.trim_end_matches([' ', '–', '—', '-', ':']);
    if bare.len() >= MAX_LINE {
        return None;
    }
    let found = at_head(&format!("{bare} — {SENTENCE}"))?;
    let whole = found.span.end as usize >= bare.len() && found.sure;
    whole.then(|| Dateline { span: Span::new(found.span.start as usize, bare.len()), ..found })
}

#[derive(PartialEq, Eq)]
enum Strength {
    Sure,
    Likely,
}

/// The end of the head and the end of the mark that parts it from the sentence.
fn separator(text: &str) -> Option<(usize, usize)> {
    let mut depth = 0usize;
    let chars = text.char_indices().take_while(|(at, _)| *at < MAX_BYTES);
    for (at, c) in chars {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            ':' if followed_by_space(text, at + 1) => return Some((at, at + 1)),
            '—' | '–' => return Some((at, after_dashes(text, at))),
            '-' if stands_apart(text, at) => return Some((at, after_dashes(text, at))),
            '.' | '!' | '?' if ends_sentence(text, at) => return None,
            _ => {}
        }
    }
    None
}

fn followed_by_space(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(char::is_whitespace)
}

/// A hyphen that is a dash: blanks around it, another hyphen beside it, or right after a bracket.
fn stands_apart(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + 1..].chars().next();
    let open = before.is_some_and(|c| c.is_whitespace() || c == ')');
    (open && after.is_some_and(|c| c.is_whitespace() || c == '-')) || (after == Some('-'))
}

fn after_dashes(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    at + (rest.len() - rest.trim_start_matches(['—', '–', '-']).len())
}

/// A stop that is not part of "N.Y.", "St." or "Dec.".
fn ends_sentence(text: &str, at: usize) -> bool {
    let word = text[..at].rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    let next = text[at + 1..].trim_start().chars().next();
    let short = word.chars().count() <= 5 && word.chars().next().is_some_and(char::is_uppercase);
    !(short || next.is_some_and(|c| matches!(c, ',' | '(' | '—' | '–' | '-' | ':')))
}

#[derive(Default)]
struct Parts {
    places: Vec<String>,
    agency: Option<String>,
    day: Option<Span>,
    /// Whether the places stand in brackets.
    bracketed: bool,
    /// Whether a list knows one of them.
    known: bool,
    /// Whether a country or state stands behind one of them.
    region: bool,
}

/// Takes a head apart: agency in brackets at its end, the day, then the places.
fn parts(head: &str) -> Option<Parts> {
    let mut parts = Parts::default();
    let mut words = head.trim_end();
    while let Some(open) = words.ends_with(')').then(|| words.rfind('(')).flatten() {
        let inside = words[open + 1..words.len() - 1].trim();
        if open == 0 {
            parts.bracketed = true;
            break;
        }
        parts.agency = parts.agency.or(agency_in(inside));
        parts.agency.as_ref()?;
        words = words[..open].trim_end();
    }
    let start = if parts.bracketed { 1 } else { 0 };
    let inner = &words[start..words.len() - usize::from(parts.bracketed)];
    let (places, day) = cut_day(inner);
    if let Some((from, to)) = day {
        parts.day = Some(Span::new(start + from, start + to));
    }
    read_places(places.trim().trim_end_matches(',').trim_end(), &mut parts)?;
    Some(parts)
}

/// "AP", "Reuters", "AFP/Tidewater": an agency, or a name written in capitals.
fn agency_in(words: &str) -> Option<String> {
    if let Some(name) = names::agency(words) {
        return Some(name.to_owned());
    }
    if let Some(name) = words.split(['/', ',']).find_map(|part| names::agency(part.trim())) {
        return Some(name.to_owned());
    }
    let shape = Shape::of(words);
    let named = (1..=4).contains(&shape.words) && shape.capitalised == shape.words;
    (named && !words.contains(|c: char| c.is_ascii_digit())).then(|| words.to_owned())
}

/// Parts the day ("Dec 2", "2 December 2025", "Monday") from the places before it.
fn cut_day(head: &str) -> (&str, Option<(usize, usize)>) {
    for (comma, _) in head.match_indices(',') {
        let from = comma + 1 + (head[comma + 1..].len() - head[comma + 1..].trim_start().len());
        if stamp::is_day(&head[from..]) {
            return (&head[..comma], Some((from, head.len())));
        }
    }
    (head, None)
}

fn read_places(words: &str, parts: &mut Parts) -> Option<()> {
    for joined in words.split([';', '/']) {
        for place in split_and(joined) {
            read_place(place.trim(), parts)?;
        }
    }
    (!parts.places.is_empty() && parts.places.len() <= MAX_PLACES).then_some(())
}

fn split_and(words: &str) -> impl Iterator<Item = &str> {
    words.split(" and ").flat_map(|w| w.split(" AND ")).flat_map(|w| w.split(" & "))
}

/// One place with its region: "KYIV, Ukraine", "LA CROSSE, Wis.". "LONDON, PARIS" are two.
fn read_place(words: &str, parts: &mut Parts) -> Option<()> {
    let mut pieces = words.split(',').map(str::trim).filter(|p| !p.is_empty());
    let first = pieces.next()?;
    add_place(first, parts)?;
    for piece in pieces {
        let region = names::is_region(piece);
        let alone = names::is_city(piece) && !region;
        if alone || (!region && is_shouted_name(piece)) {
            add_place(piece, parts)?;
        } else if region || (is_name(piece) && piece.split_whitespace().count() <= 4) {
            parts.region |= region;
            let last = parts.places.last_mut()?;
            last.push_str(", ");
            last.push_str(piece);
        } else {
            return None;
        }
    }
    Some(())
}

fn add_place(name: &str, parts: &mut Parts) -> Option<()> {
    let short = name.split_whitespace().count() <= MAX_PLACE_WORDS;
    if !short || !is_name(name) || LABELS.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    parts.known |= names::is_city(name) || names::is_region(name);
    parts.places.push(name.to_owned());
    Some(())
}

/// Words that can be a name of a place: letters, every one but small links ("de", "of") with a capital.
fn is_name(words: &str) -> bool {
    let mut capital = false;
    for word in words.split_whitespace() {
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '`'));
        let first = word.chars().next().is_some_and(char::is_uppercase);
        let link = matches!(
            word,
            "de" | "del"
                | "la"
                | "le"
                | "al"
                | "el"
                | "of"
                | "the"
                | "on"
                | "upon"
                | "sur"
                | "am"
                | "an"
                | "der"
        );
        if !letters || !(first || link || word.contains('-')) {
            return false;
        }
        capital |= first;
    }
    capital
}

fn is_shouted_name(words: &str) -> bool {
    is_name(words) && !words.chars().any(char::is_lowercase)
}

/// Whether the parts make a dateline before the sentence `rest`, and how surely.
fn strength(parts: &Parts, head: &str, rest: &str, mark: &str) -> Option<Strength> {
    let shape = Shape::of(rest);
    let starts =
        rest.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric());
    if !starts || shape.words < 4 || (shape.is_title_case() && !shape.is_prose()) {
        return None;
    }
    let first = parts.places.first()?;
    let shouted = first.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let dash = mark != ":";
    let prose = shape.is_prose() || shape.words >= 2 * SENTENCE_WORDS;
    let marked = parts.agency.is_some() || parts.day.is_some();
    let sure = if parts.bracketed {
        dash && (shouted || parts.known)
    } else if shouted {
        (marked || parts.region || parts.known) && (prose || marked)
    } else {
        // A name in ordinary case is a dateline only with an agency or a day, or as a known place with a region and a dash.
        (marked && (parts.known || parts.agency.is_some()) && dash)
            || (parts.known && parts.region && dash && prose)
            || (parts.known && parts.day.is_some())
    };
    if sure {
        return Some(Strength::Sure);
    }
    let few = head.split_whitespace().count() <= 3;
    let long = prose && shape.words >= SENTENCE_WORDS;
    let likely = long && few && ((shouted && !parts.bracketed) || (parts.known && head.len() < 40));
    likely.then_some(Strength::Likely)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_datelines_alone() {
        for (line, agency) in
            [("KYIV, Ukraine", None), ("QUAY (Tidewater)", Some("Tidewater")), ("LONDON (AP) —", Some("AP"))]
        {
            let found = of_line(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!(found.agency.as_deref(), agency, "{line}");
            assert!(found.span.end as usize <= line.len());
        }
        for no in ["BREAKING NEWS", "What next", "THE DEAL", "Ferries return to the harbour", ""] {
            assert_eq!(of_line(no), None, "{no}");
        }
    }

    const REST: &str =
        "Ministers from both sides said on Monday that the ferry accord would be signed within a week.";

    /// Head, places, agency, whether sure.
    const YES: &[(&str, &[&str], Option<&str>, bool)] = &[
        ("MOSCOW: ", &["MOSCOW"], None, true),
        ("KYIV, Ukraine (AP) — ", &["KYIV, Ukraine"], Some("AP"), true),
        ("LONDON, Dec 2 (Reuters) - ", &["LONDON"], Some("Reuters"), true),
        ("(LONDON and KYIV, Ukraine)– ", &["LONDON", "KYIV, Ukraine"], None, true),
        ("(NEW YORK) — ", &["NEW YORK"], None, true),
        ("BRUSSELS - ", &["BRUSSELS"], None, true),
        ("LA CROSSE, Wis. (AP) — ", &["LA CROSSE, Wis."], Some("AP"), true),
        ("GENEVA/PARIS, 3 Dec. 2025 (AFP) — ", &["GENEVA", "PARIS"], Some("AFP"), true),
        ("ALDMOOR: ", &["ALDMOOR"], None, false),
        ("Geneva, Switzerland – ", &["Geneva, Switzerland"], None, true),
        ("Geneva (dpa) - ", &["Geneva"], Some("dpa"), true),
        ("WASHINGTON -- ", &["WASHINGTON"], None, true),
        ("Cairo, June 4, 2031 (Tidewater) -- ", &["Cairo"], Some("Tidewater"), true),
        ("PORT-AU-PRINCE, Haiti — ", &["PORT-AU-PRINCE, Haiti"], None, true),
        ("ST. PETERSBURG, Russia (AP) — ", &["ST. PETERSBURG, Russia"], Some("AP"), true),
    ];

    #[test]
    fn datelines_are_read_with_their_places() {
        for (head, places, agency, sure) in YES {
            let paragraph = format!("{head}{REST}");
            let found = at_head(&paragraph).unwrap_or_else(|| panic!("{head:?} is no dateline"));
            assert_eq!(found.places, *places, "{head}");
            assert_eq!(found.agency.as_deref(), *agency, "{head}");
            assert_eq!(found.sure, *sure, "{head}");
            assert_eq!(&paragraph[found.span.range()], head.trim_end(), "{head}");
        }
    }

    #[test]
    fn the_day_of_a_dateline_has_its_place() {
        let paragraph = format!("LONDON, Dec 2 (Reuters) - {REST}");
        let day = at_head(&paragraph).and_then(|d| d.day).unwrap();
        assert_eq!(&paragraph[day.range()], "Dec 2");
    }

    #[test]
    fn labels_and_headings_are_no_datelines() {
        for no in [
            format!("NOTE: {REST}"),
            format!("UPDATE: {REST}"),
            "WASHINGTON: A HISTORY".to_owned(),
            "Kyiv: what we know".to_owned(),
            format!("The minister – who left early – said so. {REST}"),
            format!("He said: {REST}"),
            "Moscow - the capital - is quiet.".to_owned(),
            format!("EXCLUSIVE — {REST}"),
            "(Photo) — caption".to_owned(),
            String::new(),
            "—".to_owned(),
            "(((((".to_owned(),
        ] {
            assert_eq!(at_head(&no), None, "{no}");
        }
    }
}
