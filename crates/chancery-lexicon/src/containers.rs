//! What the class of an element says of the words inside it.
//!
//! Names of classes are nobody's standard, but the trade uses few words for few things. The words stand in `containers.tsv`. Whether a
//! page's author meant them is for the reader to judge: `<body class="has-comments">` holds more than comments.

use std::sync::LazyLock;

use crate::hash::Table;

/// A set of meanings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Meanings(u32);

macro_rules! meanings {
    ($($(#[$doc:meta])* $name:ident $word:literal,)*) => {
        #[repr(u32)]
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        enum Bit { $($name,)* }

        impl Meanings {
            $($(#[$doc])* pub const $name: Meanings = Meanings(1 << Bit::$name as u32);)*

            /// The meaning of a word of the data file.
            fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }
        }
    };
}

meanings! {
    /// The running text of a story.
    BODY "body",
    /// What readers wrote.
    COMMENTS "comments",
    /// Other stories.
    RELATED "related",
    /// Beside the story.
    SIDEBAR "sidebar",
    /// Buttons to pass the page on.
    SHARE "share",
    /// Invitations to subscribe.
    NEWSLETTER "newsletter",
    /// Advertising.
    AD "ad",
    /// Who the author is.
    AUTHOR_BOX "author-box",
    /// Topics of the page.
    TAGS "tags",
    /// Who wrote it.
    BYLINE "byline",
    /// When it was published.
    DATE "date",
    /// The words under a picture.
    CAPTION "caption",
    /// Who made a picture.
    CREDIT "credit",
    /// Menus.
    NAVIGATION "navigation",
    /// Cookie notices.
    CONSENT "consent",
    /// Rights.
    LEGAL "legal",
    /// Players.
    MEDIA "media",
    /// Only for readers of a screen, or of paper.
    HIDDEN "hidden",
    /// The title of the story.
    HEADLINE "headline",
    /// Summary lines.
    STANDFIRST "standfirst",
    /// Offers to pay.
    PAYWALL "paywall",
    /// Words of the story shown again.
    PULL_QUOTE "quote",
    /// Pictures.
    FIGURE "figure",
    /// Not shown, unless a script shows it.
    CONCEALED "concealed",
}

impl Meanings {
    /// No meaning.
    pub const NONE: Meanings = Meanings(0);

    /// The meanings of both.
    pub const fn with(self, other: Meanings) -> Meanings {
        Meanings(self.0 | other.0)
    }

    /// The meanings that `other` does not have.
    pub const fn without(self, other: Meanings) -> Meanings {
        Meanings(self.0 & !other.0)
    }

    /// Whether one of `any` is among them.
    pub const fn has(self, any: Meanings) -> bool {
        self.0 & any.0 != 0
    }

    /// Whether there are none.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What the words of a class (or an id, or a component name) mean.
    pub fn of(class: &str) -> Meanings {
        let mut found = Meanings::NONE;
        let mut phrase = String::with_capacity(40);
        for token in class.split_ascii_whitespace().take(MAX_TOKENS) {
            found = found.with(of_token(token, &mut phrase));
        }
        if conceals(class) { found.with(Meanings::CONCEALED) } else { found }
    }
}

/// Whether one of the classes hides the element on every screen. Frameworks name that class alone; with a width beside it
/// ("hidden md:block") the element is shown somewhere.
fn conceals(class: &str) -> bool {
    let hides = |token: &str| matches!(token, "hidden" | "hide" | "d-none" | "is-hidden" | "collapse");
    let somewhere = |token: &str| {
        token.contains(':') || matches!(token, "show" | "in") || (token.starts_with("d-") && token.len() > 6)
    };
    let mut tokens = class.split_ascii_whitespace().take(MAX_TOKENS);
    tokens.clone().any(hides) && !tokens.any(somewhere)
}

/// Words that turn what follows: "has-comments" is said of what holds more than comments, "no-ads" of what holds none.
const TURNS: [&str; 11] =
    ["has", "have", "no", "not", "non", "with", "without", "show", "hide", "enable", "disable"];

/// Classes of an element beyond this number are not looked at.
const MAX_TOKENS: usize = 24;
/// Words of one class beyond this number are not looked at.
const MAX_WORDS: usize = 10;
/// The most words in a phrase of the data file.
const LONGEST_PHRASE: usize = 3;

/// The meanings of all phrases of one to three neighbouring words.
fn of_token(token: &str, phrase: &mut String) -> Meanings {
    let words: [&str; MAX_WORDS] = words(token);
    let mut found = Meanings::NONE;
    for start in 0..MAX_WORDS {
        if words[start].is_empty() {
            break;
        }
        if !begins_phrase(words[start]) || (start > 0 && TURNS.contains(&words[start - 1])) {
            continue;
        }
        phrase.clear();
        for word in words[start..].iter().take(LONGEST_PHRASE).take_while(|w| !w.is_empty()) {
            if !phrase.is_empty() {
                phrase.push('-');
            }
            let from = phrase.len();
            phrase.push_str(word);
            phrase[from..].make_ascii_lowercase();
            let Some(meaning) = TABLE.get(phrase.as_str()) else { break };
            found = found.with(*meaning);
        }
    }
    found
}

/// Whether a phrase can begin with the word, by its first letter and its length: most words of classes mean nothing.
fn begins_phrase(word: &str) -> bool {
    let letter = usize::from(word.as_bytes()[0].to_ascii_lowercase());
    FIRST[letter] >> word.len().min(63) & 1 == 1
}

/// For each letter the lengths, as bits, of the words with which phrases of the data file begin.
static FIRST: LazyLock<[u64; 256]> = LazyLock::new(|| {
    let mut lengths = [0; 256];
    for phrase in rows().flat_map(|(_, phrases)| phrases) {
        let word = phrase.split('-').next().unwrap_or(phrase).as_bytes();
        lengths[usize::from(word.first().copied().unwrap_or(0))] |= 1 << word.len().min(63);
    }
    lengths
});

/// The words of a class, which hyphens, underscores, other marks or a capital after a small letter set apart.
fn words(token: &str) -> [&str; MAX_WORDS] {
    let mut out = [""; MAX_WORDS];
    let bytes = token.as_bytes();
    let (mut count, mut start) = (0, 0);
    let mut before = Letter::Mark;
    for at in 0..=bytes.len() {
        let here = bytes.get(at).map_or(Letter::Mark, |byte| LETTERS[usize::from(*byte)]);
        let hump = here == Letter::Capital && before == Letter::Small;
        before = here;
        if here != Letter::Mark && !hump {
            continue;
        }
        // Marks of other alphabets count as marks; cutting beside them is cutting between characters.
        if let Some(word) = token.get(start..at).filter(|w| !w.is_empty())
            && count < MAX_WORDS
        {
            out[count] = word;
            count += 1;
        }
        start = if hump { at } else { at + 1 };
    }
    out
}

/// What a byte of a class is to its words.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letter {
    Mark,
    Small,
    Capital,
    Digit,
}

static LETTERS: [Letter; 256] = {
    let mut letters = [Letter::Mark; 256];
    let mut byte = 0;
    while byte < 128 {
        letters[byte] = match byte as u8 {
            b'a'..=b'z' => Letter::Small,
            b'A'..=b'Z' => Letter::Capital,
            b'0'..=b'9' => Letter::Digit,
            _ => Letter::Mark,
        };
        byte += 1;
    }
    letters
};

/// The phrases of the data file, and without a meaning what they begin with.
static TABLE: LazyLock<Table<&'static str, Meanings>> = LazyLock::new(|| {
    let mut table: Table<&'static str, Meanings> = Table::default();
    for (meaning, phrases) in rows() {
        for phrase in phrases {
            for (end, _) in phrase.match_indices('-') {
                table.entry(&phrase[..end]).or_default();
            }
            let known = table.entry(phrase).or_default();
            *known = known.with(meaning);
        }
    }
    table
});

fn rows() -> impl Iterator<Item = (Meanings, impl Iterator<Item = &'static str>)> {
    let lines = include_str!("../data/containers.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| {
        let (meaning, words) = line.split_once('\t')?;
        Some((Meanings::parse(meaning)?, words.split(' ')))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_mean_what_their_words_say() {
        let cases: [(&str, Meanings, bool); 16] = [
            ("story-body", Meanings::BODY, true),
            ("c-articleBody__inner", Meanings::BODY, true),
            ("body story", Meanings::BODY, false),
            ("js-Comments", Meanings::COMMENTS, true),
            ("commented", Meanings::COMMENTS, false),
            ("row wide mod_related-links", Meanings::RELATED, true),
            ("ad-slot", Meanings::AD, true),
            ("header-ad", Meanings::AD, true),
            ("reading add head", Meanings::AD, false),
            ("sr-only", Meanings::HIDDEN, true),
            ("overflow-hidden", Meanings::HIDDEN, false),
            ("größe-share", Meanings::SHARE, true),
            ("has-comments", Meanings::COMMENTS, false),
            ("box hidden", Meanings::CONCEALED, true),
            ("hidden md:block", Meanings::CONCEALED, false),
            ("d-none d-lg-block", Meanings::CONCEALED, false),
        ];
        for (class, meaning, expected) in cases {
            assert_eq!(Meanings::of(class).has(meaning), expected, "{class}");
        }
    }

    #[test]
    fn the_data_file_is_sound() {
        let text = include_str!("../data/containers.tsv");
        for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.starts_with('#')) {
            let (meaning, words) =
                line.split_once('\t').unwrap_or_else(|| panic!("line {}: no tab", number + 1));
            assert!(Meanings::parse(meaning).is_some(), "line {}: unknown meaning {meaning}", number + 1);
            for word in words.split(' ') {
                let parts = word.split('-').count();
                let sound = word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
                assert!(
                    sound && !word.is_empty() && parts <= LONGEST_PHRASE,
                    "line {}: {word:?}",
                    number + 1
                );
            }
        }
    }
}
