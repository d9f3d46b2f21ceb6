//! Any text: tokens in order, without overlaps, on `char` boundaries; together all that is not blank.
#![no_main]

use chancery_language::bounds::starts;
use chancery_language::document::{by_rule, lines};
use chancery_language::tokens::{is_blank, tokenize};
use chancery_model::Span;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let pieces = tokenize(text, Span::new(0, text.len()));
    let mut at = 0;
    for piece in &pieces {
        let range = piece.span.range();
        assert!(at <= range.start && !range.is_empty());
        assert!(text[at..range.start].chars().all(is_blank));
        assert!(!text[range.clone()].contains(is_blank));
        at = range.end;
    }
    assert!(text[at..].chars().all(is_blank));
    assert_eq!(starts(text, &pieces).len(), pieces.len());
    let doc = by_rule(text, &lines(text));
    let words: usize = doc.sentences.iter().map(|s| s.tokens.len()).sum();
    assert_eq!(words, doc.tokens.len());
});
