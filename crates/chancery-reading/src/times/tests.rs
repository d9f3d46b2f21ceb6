//! The rules of the grammar against their own yes and no examples.

use chancery_lexicon::times::TimeGrammar;
use chancery_model::{Anchor, Date, Upos};

use super::grammar::expressions;
use super::resolve::View;
use super::tense::Tense;
use super::words::Word;

/// A Tuesday.
fn anchor() -> Date {
    Date::parse("2025-12-02").unwrap()
}

/// Words cut as the examples are written: at blanks, hyphens and marks, without tags.
fn words(text: &str) -> Vec<Word> {
    let mut spaced = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (at, &c) in chars.iter().enumerate() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        let before = at.checked_sub(1).map_or(' ', |b| chars[b]);
        let date =
            c == '-' && before.is_ascii_digit() && next.is_ascii_digit() && text.contains("2025-12-02");
        let number = c == ',' && before.is_ascii_digit() && next.is_ascii_digit();
        let mark = matches!(c, ',' | ';' | '-' | '(' | ')' | '$') && !date && !number;
        let clitic = c == '\'' && next == 's' && !before.is_ascii_whitespace();
        let glued = (c == 'a' || c == 'p') && before.is_ascii_digit() && next == 'm';
        match (mark, clitic || glued) {
            (true, _) => spaced.extend([' ', c, ' ']),
            (_, true) => spaced.extend([' ', c]),
            _ => spaced.push(c),
        }
    }
    let word = |word: &str| Word {
        folded: word.to_lowercase(),
        token: 0,
        start: 0,
        end: 0,
        upos: Upos::Unread,
        capital: word.starts_with(char::is_uppercase),
        counts: false,
    };
    spaced.split_whitespace().map(word).collect()
}

/// The expressions of a text as their words and values.
fn read(text: &str) -> Vec<(String, String)> {
    let words = words(text);
    let mut view =
        View { anchor: Some((anchor(), Anchor::Published)), seen: None, quarter: None, tense: Tense::Open };
    let shown = |found: super::grammar::Expression| {
        let meaning = view.meaning(&found.mean);
        if let Some(stretch) = &meaning.stretch {
            view.see(stretch);
        }
        let of: Vec<&str> = words[found.start..found.end].iter().map(|w| w.folded.as_str()).collect();
        (of.join(" "), meaning.value)
    };
    expressions(&words, Some(anchor())).into_iter().map(shown).collect()
}

/// "on [Monday] = 2025-12-01" as its text and what is expected of it.
fn expected(example: &str) -> (String, Vec<(String, String)>) {
    let mut parts = example.split(" = ");
    let text = parts.next().unwrap_or_default();
    let values: Vec<&str> = parts.collect();
    let pieces = text.split('[').skip(1).filter_map(|p| p.split_once(']'));
    let joined = |piece: &str| words(piece).iter().map(|w| w.folded.clone()).collect::<Vec<_>>().join(" ");
    let wanted = pieces.map(|(piece, _)| joined(piece)).zip(values.iter().map(|v| (*v).to_owned()));
    (text.replace(['[', ']'], ""), wanted.collect())
}

#[test]
fn every_rule_knows_its_yes_and_its_no() {
    let mut wrong = Vec::new();
    for rule in &TimeGrammar::built_in().rules {
        for example in &rule.yes {
            let (text, wanted) = expected(example);
            let got = read(&text);
            if got != wanted || wanted.is_empty() {
                wrong.push(format!("{}: yes {example:?} gave {got:?}", rule.id));
            }
        }
        for example in &rule.no {
            let got = read(example);
            if !got.is_empty() {
                wrong.push(format!("{}: no {example:?} gave {got:?}", rule.id));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{} examples are wrong", wrong.join("\n"), wrong.len());
}

/// Numbers in a fixed order that looks like none (xorshift).
fn next(seed: &mut u64) -> usize {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    (*seed >> 11) as usize
}

#[test]
fn words_of_the_grammar_in_any_order_are_read_without_a_fault() {
    let mut vocabulary: Vec<String> =
        ["2025-12-02", "9999", "31/12/9999", "1,000,000", "0.5", "'99", "99th", "0s", "24:00", "é", "1/2"]
            .map(str::to_owned)
            .to_vec();
    for rule in &TimeGrammar::built_in().rules {
        for part in &rule.says {
            if let chancery_lexicon::times::What::Word(words, _) = &part.what {
                vocabulary.extend(words.iter().cloned());
            }
        }
    }
    vocabulary.sort();
    vocabulary.dedup();
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    for n in 0..4_000 {
        let text: Vec<&str> =
            (0..24).map(|_| vocabulary[next(&mut seed) % vocabulary.len()].as_str()).collect();
        let words = words(&text.join(" "));
        let day = ["0001-01-01", "2024-02-29", "9999-12-31"][n % 3];
        let tense = [Tense::Past, Tense::Future, Tense::Open][n % 3];
        let anchor = (n % 4 > 0).then(|| (Date::parse(day).unwrap(), Anchor::Published));
        let mut view = View { anchor, seen: None, quarter: None, tense };
        let mut end = 0;
        for found in expressions(&words, anchor.map(|(day, _)| day)) {
            assert!(end <= found.start && found.start < found.end && found.end <= words.len());
            end = found.end;
            let meaning = view.meaning(&found.mean);
            assert!(!meaning.value.is_empty(), "{:?}: {:?}", text, found.mean);
            if let Ok(period) = &meaning.period
                && let (Some(start), Some(end)) = (period.start, period.end)
            {
                assert!(start <= end, "{:?}", found.mean);
            }
            if let Some(stretch) = &meaning.stretch {
                view.see(stretch);
            }
        }
    }
}
