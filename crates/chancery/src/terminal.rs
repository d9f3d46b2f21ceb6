//! What a terminal is shown. Words of pages pass through here, so that a page cannot steer the terminal it is shown on.

use std::borrow::Cow;
use std::io::Write;

/// Says a line on standard error. A closed standard error is no reason to stop.
pub(crate) fn say(line: &str) {
    let mut err = std::io::stderr().lock();
    let _ = writeln!(err, "{}", plain(line));
}

/// The words with every character that could steer a terminal (escape sequences, carriage returns, changes of direction)
/// made visible. Line breaks and tabs stay.
pub(crate) fn plain(words: &str) -> Cow<'_, str> {
    if !words.chars().any(steers) {
        return Cow::Borrowed(words);
    }
    let mut out = String::with_capacity(words.len() + 8);
    for c in words.chars() {
        match steers(c) {
            true => out.extend(c.escape_unicode()),
            false => out.push(c),
        }
    }
    Cow::Owned(out)
}

fn steers(c: char) -> bool {
    let direction = matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    direction || (c.is_control() && c != '\n' && c != '\t')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_cannot_steer_the_terminal() {
        assert_eq!(plain("talks\tin Geneva\n"), "talks\tin Geneva\n");
        assert_eq!(plain("\u{1b}[2Jgone\r"), "\\u{1b}[2Jgone\\u{d}");
        assert_eq!(plain("\u{202e}txt\u{9b}"), "\\u{202e}txt\\u{9b}");
    }
}
