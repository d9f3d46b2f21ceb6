//! Words of a line in the form in which rules compare them.
//!
//! Case, the shape of quotation marks and most marks are folded away; numbers keep their inner marks ("14:05", "1,200"). The
//! line itself is never changed.

/// The folded words of `line`: lower case, straight apostrophes, and `/`, `|`, `>`, `»`, `©` and a colon
/// within the line as words of their own.
pub fn words(line: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        if c.is_alphanumeric() || matches!(c, '&' | '@') {
            word.extend(c.to_lowercase());
        } else if joins(&word, c, next) {
            word.push(if c == '’' { '\'' } else { c });
        } else {
            flush(&mut word, &mut out);
            if matches!(c, '/' | '|' | '>' | '»' | '©') || (c == ':' && next.is_some()) {
                out.push(c.to_string());
            }
        }
    }
    flush(&mut word, &mut out);
    out
}

fn flush(word: &mut String, out: &mut Vec<String>) {
    if !word.is_empty() {
        out.push(std::mem::take(word));
    }
}

/// Whether the mark `c` stands inside a word: an apostrophe or hyphen between letters, a mark between digits.
fn joins(word: &str, c: char, next: Option<char>) -> bool {
    let (Some(last), Some(next)) = (word.chars().last(), next) else { return false };
    match c {
        '\'' | '’' | '-' => last.is_alphanumeric() && next.is_alphanumeric(),
        '.' | ',' | ':' => last.is_ascii_digit() && next.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_are_compared_without_case_and_marks() {
        assert_eq!(
            words("Don’t miss: our E-mail, at 14:05!"),
            ["don't", "miss", ":", "our", "e-mail", "at", "14:05"]
        );
        assert_eq!(words("1 / 2"), ["1", "/", "2"]);
        assert_eq!(words("• Terms & Conditions |"), ["terms", "&", "conditions", "|"]);
        assert_eq!(words("Tags:"), ["tags"]);
        assert!(words("—").is_empty());
    }
}
