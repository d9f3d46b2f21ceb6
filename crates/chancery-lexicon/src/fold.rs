//! Words of a line in the form in which rules compare them.
//!
//! Case, the shape of quotation marks and most marks are folded away; numbers keep their inner marks ("14:05", "1,200"). The
//! line itself is never changed.

/// The folded words of a line, all in one stretch of memory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    text: String,
    ends: Vec<u32>,
}

impl Words {
    /// The words of `line`: lower case, straight apostrophes, and `/`, `|`, `>`, `»`, `©` and a colon within the line as words of
    /// their own.
    pub fn of(line: &str) -> Self {
        let mut words = Self { text: String::with_capacity(line.len()), ends: Vec::with_capacity(16) };
        let mut last = None;
        let mut rest = line;
        loop {
            let plain = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if plain > 0 {
                words.push_plain(&rest[..plain]);
                last = rest[..plain].chars().next_back();
            }
            let mut chars = rest[plain..].chars();
            let Some(c) = chars.next() else { break };
            rest = chars.as_str();
            let next = chars.next();
            if is_letter_or_digit(c) || matches!(c, '&' | '@') {
                words.text.extend(c.to_lowercase());
                last = Some(c);
            } else if joins(last, c, next) {
                words.text.push(if c == '’' { '\'' } else { c });
                last = Some(c);
            } else {
                words.end();
                last = None;
                if matches!(c, '/' | '|' | '>' | '»' | '©') || (c == ':' && next.is_some()) {
                    words.text.push(c);
                    words.end();
                }
            }
        }
        words.end();
        words
    }

    /// The words in order.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts.zip(&self.ends).map(|(start, end)| &self.text[start as usize..*end as usize])
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether the line holds no word.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    fn push_plain(&mut self, letters: &str) {
        let from = self.text.len();
        self.text.push_str(letters);
        self.text[from..].make_ascii_lowercase();
    }

    fn end(&mut self) {
        let end = self.text.len() as u32;
        if self.ends.last().copied().unwrap_or(0) < end {
            self.ends.push(end);
        }
    }
}

/// Whether a character is part of a word. As `char::is_alphanumeric`, but the marks of typography are told without a look at
/// the tables of Unicode.
#[inline]
pub fn is_letter_or_digit(c: char) -> bool {
    match c {
        '\0'..='\x7f' => c.is_ascii_alphanumeric(),
        '\u{2000}'..='\u{206f}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// The folded words of `line`, each by itself.
pub fn words(line: &str) -> Vec<String> {
    Words::of(line).iter().map(str::to_owned).collect()
}

/// Whether the mark `c` stands inside a word: an apostrophe or hyphen between letters, a mark between digits.
fn joins(last: Option<char>, c: char, next: Option<char>) -> bool {
    let (Some(last), Some(next)) = (last, next) else { return false };
    match c {
        '\'' | '’' | '-' => last.is_alphanumeric() && next.is_alphanumeric(),
        '.' | ',' | ':' => last.is_ascii_digit() && next.is_ascii_digit(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_letter_or_digit, words};

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
        assert!(
            (0..=0x10ffff).filter_map(char::from_u32).all(|c| is_letter_or_digit(c) == c.is_alphanumeric())
        );
    }
}
