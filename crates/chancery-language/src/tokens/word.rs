//! Words: clitics, possessives, hyphens, shortened words, initials.

use chancery_lexicon::tokens::{Abbreviation, TokenLists};

use super::chunk::{At, lower};

/// The length of the word that starts here, if one does.
pub(super) fn take(at: &At<'_>, lists: &TokenLists) -> Option<usize> {
    let rest = at.rest();
    let first = rest.chars().next()?;
    if is_apostrophe(first) {
        return after_apostrophe(at, lists);
    }
    if !is_letter(first) {
        return None;
    }
    let run = run(rest);
    if rest[..run].bytes().all(|b| b == b'_') {
        return None;
    }
    if let Some(len) = with_stop(at, run, lists) {
        return Some(len);
    }
    if let Some(cut) =
        lists.fused(&lower(&rest[..run])).filter(|_| at.before().is_none_or(|c| !c.is_alphanumeric()))
    {
        return Some(cut);
    }
    Some(extended(at, run, lists))
}

/// Letters, digits, their marks, and what is written inside words without being seen.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || is_joined(c)
}

/// Marks that belong to the character before them: accents, soft hyphens, joiners, the underscore.
fn is_joined(c: char) -> bool {
    matches!(c, '_' | '\u{ad}' | '\u{200c}' | '\u{200d}' | '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{20d0}'..='\u{20ff}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{93c}'..='\u{94d}' | '\u{e31}'..='\u{e4e}')
}

pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '`' | '´' | 'ʼ')
}

/// Length of the letters in front.
fn run(words: &str) -> usize {
    words.find(|c| !is_letter(c)).unwrap_or(words.len())
}

/// "'s", "'ll" after a word; "'em", "'til" before one. Nothing where the apostrophe is a mark of its own.
fn after_apostrophe(at: &At<'_>, lists: &TokenLists) -> Option<usize> {
    let rest = at.rest();
    let mark = rest.chars().next()?.len_utf8();
    let letters = run(&rest[mark..]);
    let word = lower(&rest[mark..mark + letters]);
    if word.is_empty() {
        return None;
    }
    let after_word =
        at.before().is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '%' | ')' | '"' | '”'));
    let alone = at.at == 0 && at.chunk.len() == mark + letters;
    let clitic = lists.is_clitic(&word) && (after_word || alone);
    let leading = lists.takes_apostrophe(&word) && !after_word;
    (clitic || leading).then_some(mark + letters)
}

/// Initials, letters with stops ("U.S.", "a.m.") and shortened words, with their stop.
fn with_stop(at: &At<'_>, run: usize, lists: &TokenLists) -> Option<usize> {
    let rest = at.rest();
    if at.past(run) != Some('.') {
        return None;
    }
    if let Some(len) = lettered(rest) {
        return Some(len);
    }
    let (word, len) = shortened(rest, run, lists)?;
    let next = at.past(len).or_else(|| at.next_word());
    let fits = match lists.abbreviation(word) {
        Some(Abbreviation::BeforeNumber) => next.is_some_and(|c| c.is_ascii_digit() || c == ','),
        Some(_) => true,
        None => is_initial(at, word, next),
    };
    fits.then_some(len)
}

/// The longest listed word here, with its length with the stop: "Ph.D" before "Ph".
fn shortened<'a>(rest: &'a str, run: usize, lists: &TokenLists) -> Option<(&'a str, usize)> {
    let two = rest[run + 1..].find(|c| !is_letter(c)).unwrap_or(rest.len() - run - 1);
    let both = run + 1 + two;
    if two > 0 && rest[both..].starts_with('.') && lists.abbreviation(&rest[..both]).is_some() {
        return Some((&rest[..both], both + 1));
    }
    Some((&rest[..run], run + 1))
}

/// "U.S.", "p.m", "J.R.R.": single letters and stops by turns, two and more. The last stop may be missing.
fn lettered(rest: &str) -> Option<usize> {
    let mut len = 0;
    let mut letters = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((_, c)) = chars.next_if(|(_, c)| c.is_alphabetic()) {
        if chars.peek().is_some_and(|(_, c)| is_letter(*c)) {
            break;
        }
        letters += 1;
        len += c.len_utf8();
        match chars.next_if(|(_, c)| *c == '.') {
            Some(_) => len += 1,
            None => break,
        }
    }
    // "the U.S.." keeps both stops apart, "the U.S..." is a word and three dots.
    let trails = rest[..len].ends_with('.') && rest[len..].starts_with("..");
    (letters >= 2).then_some(len - usize::from(trails))
}

/// "George W. Hale", "J. Orr": one capital, a stop, a capital after it. "I." ends a sentence unless names stand around it.
fn is_initial(at: &At<'_>, word: &str, next: Option<char>) -> bool {
    let mut letters = word.chars();
    let one = letters.next().is_some_and(char::is_uppercase) && letters.next().is_none();
    let named = next.is_some_and(char::is_uppercase);
    let first = at.at == 0 || at.before().is_some_and(|c| c == '.' || c == '(' || c == '-');
    one && first && named && (word != "I" || at.after_capital)
}

/// The word that begins with these letters, with what is joined to it by marks inside words.
fn extended(at: &At<'_>, run: usize, lists: &TokenLists) -> usize {
    let rest = at.rest();
    let mut len = run;
    while let Some(mark) = at.past(len) {
        let next = &rest[len + mark.len_utf8()..];
        let more = self::run(next);
        let whole = len + mark.len_utf8() + more;
        if is_apostrophe(mark) {
            if is_not(&rest[..len], &next[..more]) {
                return if is_n(&rest[..len]) { whole } else { len - 1 };
            }
            if more == 0 || lists.is_clitic(&lower(&next[..more])) {
                return len;
            }
        } else if mark == '$' && is_capitals(&rest[..len]) && next.starts_with(|c: char| c.is_ascii_digit()) {
            return len + 1;
        } else if !joins(mark, &rest[..len], &next[..more], lists) {
            return fragment(at, mark, len);
        }
        len = whole;
    }
    len
}

/// What is left of "don't" once "do" is cut off.
fn is_n(word: &str) -> bool {
    word.eq_ignore_ascii_case("n")
}

/// "don" and "t".
fn is_not(before: &str, after: &str) -> bool {
    before.ends_with(['n', 'N']) && after.eq_ignore_ascii_case("t")
}

/// Whether a mark between these letters holds one word together.
fn joins(mark: char, before: &str, after: &str, lists: &TokenLists) -> bool {
    if after.is_empty() {
        return false;
    }
    match mark {
        '-' | '\u{2010}' | '\u{2011}' => lists.is_prefix(&lower(before)) && !is_name(before, after),
        '&' => is_capitals(before) && is_capitals(after),
        '/' => matches!((before, after), ("w" | "W", "o" | "out") | ("s" | "S", "he") | ("b", "c" | "t")),
        '*' | '$' => after.starts_with(char::is_lowercase) && before.ends_with(char::is_lowercase),
        '@' => true,
        '·' | '‧' => true,
        _ => false,
    }
}

/// "UN-led" and "PRE-led" begin with a name; "RE-ELECTED" is one word.
fn is_name(before: &str, after: &str) -> bool {
    before.len() > 1
        && before.chars().all(char::is_uppercase)
        && (before == "UN" || after.starts_with(char::is_lowercase))
}

fn is_capitals(word: &str) -> bool {
    word.len() <= 4 && word.chars().all(char::is_uppercase)
}

/// A word broken off in speech keeps its hyphen: "th- they".
fn fragment(at: &At<'_>, mark: char, len: usize) -> usize {
    let ends = at.at + len + 1 == at.chunk.len();
    let word = &at.rest()[..len];
    let joined = ["and", "or", "to", "but"].iter().any(|w| at.after.starts_with(w));
    let short = word.len() == 1 || word.len() == 2 && word.as_bytes()[1].is_ascii_lowercase();
    let broken = mark == '-' && ends && at.at == 0 && short && word.is_ascii();
    if broken && !joined { len + 1 } else { len }
}
