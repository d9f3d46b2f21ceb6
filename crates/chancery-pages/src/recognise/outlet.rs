//! The outlet that a page names as its own in its notices: "Stay with the Harbour Post for …", "Add the Harbour Post as …".
//!
//! A story's words name many outlets; only notices that speak for the page count here.

use super::shape::Shape;

/// The words before and after the outlet's name.
const NOTICES: &[(&str, &str)] = &[
    ("stay with ", " for "),
    ("add ", " as a preferred source"),
    ("subscribe to ", " newsletter"),
    ("download the ", " app"),
    ("all rights reserved ", " "),
];

/// The longest name of an outlet, in words.
const MAX_WORDS: usize = 5;

/// The outlet that a line of furniture names.
pub(crate) fn named(line: &str) -> Option<String> {
    if line.len() > 300 {
        return None;
    }
    NOTICES.iter().find_map(|(head, tail)| between(line, head, tail)).or_else(|| owner_of_rights(line))
}

fn between(line: &str, head: &str, tail: &str) -> Option<String> {
    let rest = line
        .get(head.len()..)
        .filter(|_| line.get(..head.len()).is_some_and(|h| h.eq_ignore_ascii_case(head)))?;
    let at = rest.find(tail)?;
    name(&rest[..at])
}

/// "© 2031 The Harbour Post. All rights reserved."
fn owner_of_rights(line: &str) -> Option<String> {
    let rest = line.trim_start().strip_prefix('©').or_else(|| line.strip_prefix("Copyright ©"))?.trim_start();
    let rest =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ',')).trim_start();
    name(rest.split(['.', '|', ',']).next()?)
}

fn name(words: &str) -> Option<String> {
    let words = words.trim().trim_start_matches("the ").trim();
    let shape = Shape::of(words);
    let small = words.split_whitespace().filter(|w| matches!(*w, "of" | "the" | "and" | "&")).count();
    let named = (1..=MAX_WORDS).contains(&shape.words) && shape.capitalised + small >= shape.words;
    let ours = words.eq_ignore_ascii_case("us") || words.to_lowercase().starts_with("our ");
    (named && !ours).then(|| words.to_owned())
}

#[cfg(test)]
mod tests {
    use super::named;

    #[test]
    fn notices_name_the_outlet() {
        let table = [
            ("Stay with Tidewater for live coverage of the talks.", Some("Tidewater")),
            ("Add the Harbour Post as a preferred source on Google.", Some("Harbour Post")),
            ("© 2031 The Harbour Post. All rights reserved.", Some("The Harbour Post")),
            ("Stay with us for live coverage", None),
            ("Add salt as needed", None),
            ("Subscribe to our newsletter", None),
        ];
        for (line, outlet) in table {
            assert_eq!(named(line).as_deref(), outlet, "{line}");
        }
    }
}
