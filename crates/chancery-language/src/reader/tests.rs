use chancery_model::TokenRange;

use super::batch::join_attributions;
use super::*;
use crate::test_model;

const TEXT: &str =
    "The cat sat on a mat . It was a fine day in Kyiv and nobody said a word about the plan , the end";

fn reader(isa: Isa) -> Reader {
    let bytes = test_model::bytes();
    Reader::from_file(&ModelFile::open(&bytes).expect("a whole file"), isa).expect("a usable file")
}

/// Paragraphs of every length, from none to much longer than a window.
fn paragraphs() -> Vec<Vec<&'static str>> {
    let words: Vec<&str> = TEXT.split(' ').collect();
    (0..70).map(|n| (0..n).map(|i| words[(i * 7 + n * n) % words.len()]).collect()).collect()
}

fn passage<'a>(tokens: &'a [&'a str]) -> Passage<'a> {
    Passage { tokens, breaks: &[], sentences_known: false, leanings: &[] }
}

/// Every token is read, every sentence has one root and no cycle, and no arc leaves its sentence.
fn check_trees(reading: &PassageReading, tokens: usize) {
    assert_eq!(reading.tokens.len(), tokens);
    let mut starts: Vec<usize> = (0..tokens).filter(|&i| reading.tokens[i].begins_sentence).collect();
    assert!(tokens == 0 || starts.first() == Some(&0));
    starts.push(tokens);
    for pair in starts.windows(2) {
        let sentence = pair[0] as u32..pair[1] as u32;
        let head = |i: u32| reading.tokens[i as usize].head;
        assert_eq!(sentence.clone().filter(|&i| head(i) == i).count(), 1, "one root in {sentence:?}");
        for mut word in sentence.clone() {
            for _ in sentence.clone() {
                word = head(word);
                assert!(sentence.contains(&word));
            }
            assert_eq!(head(word), word, "a cycle");
        }
    }
}

#[test]
fn the_same_in_any_company_on_any_number_of_threads() {
    let reader = reader(Isa::best());
    let texts = paragraphs();
    let passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
    let alone: Vec<_> = passages.iter().flat_map(|p| reader.read(&[*p])).collect();
    assert_eq!(reader.read(&passages), alone);
    for threads in [1, 2, 3, 8] {
        assert_eq!(reader.read_on(&passages, threads), alone);
    }
    for (reading, text) in alone.iter().zip(&texts) {
        check_trees(reading, text.len());
    }
}

#[test]
fn the_same_with_every_set_of_instructions() {
    let texts = paragraphs();
    let passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
    let plain = reader(Isa::Portable).read(&passages);
    for isa in Isa::available() {
        assert_eq!(reader(isa).read(&passages), plain, "{isa:?}");
    }
}

#[test]
fn what_is_remembered_equals_what_is_read_afresh() {
    let reader = reader(Isa::best());
    let texts = paragraphs();
    let mut passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
    passages.extend_from_within(10..20);
    let fresh = reader.read(&passages);
    assert_eq!(reader.read_once(&passages[30..50]), fresh[30..50]);
    assert_eq!(reader.read_once(&passages), fresh);
    assert_eq!(reader.read_once(&passages), fresh);
}

#[test]
fn weights_of_the_grammar_alone_give_no_attributions_and_no_mentions() {
    let bytes = test_model::bytes_of_grammar_alone();
    let texts = paragraphs();
    let passages: Vec<Passage> = texts.iter().map(|t| passage(t)).collect();
    let old = Reader::load(&bytes).expect("a usable file");
    let all = reader(Isa::best()).read(&passages);
    assert!(old.ties().is_none());
    for (old, new) in old.read(&passages).iter().zip(&all) {
        assert_eq!((&old.tokens, &old.cuts), (&new.tokens, &new.cuts));
        assert!(old.attributions.is_empty() && old.mentions == MentionRows::default());
    }
    assert!(all.iter().any(|r| !r.attributions.is_empty() && r.mentions != MentionRows::default()));
}

#[test]
fn the_words_of_attributions_lie_in_the_passage_and_belong_to_one_each() {
    let reader = reader(Isa::best());
    for text in paragraphs() {
        let reading = &reader.read(&[passage(&text)])[0];
        let mut ranges: Vec<TokenRange> = reading.attributions.iter().flat_map(Attribution::ranges).collect();
        ranges.sort_unstable();
        assert!(ranges.windows(2).all(|pair| pair[0].end <= pair[1].start), "{ranges:?}");
        assert!(ranges.iter().all(|r| !r.is_empty() && r.end as usize <= text.len()));
    }
}

#[test]
fn content_that_runs_over_the_end_of_a_window_is_one() {
    let content =
        |start, end| Attribution { contents: vec![TokenRange::new(start, end)], ..Attribution::default() };
    let mut all = vec![content(2, 9)];
    join_attributions(&mut all, vec![content(9, 12), content(14, 15)], 9);
    assert_eq!(all, [content(2, 12), content(14, 15)]);
    join_attributions(&mut all, vec![content(20, 22)], 20);
    assert_eq!(all.len(), 3);
}

#[test]
fn known_sentences_are_kept() {
    let reader = reader(Isa::best());
    let tokens: Vec<&str> = TEXT.split(' ').cycle().take(200).collect();
    let breaks: Vec<u32> = (0..200).step_by(9).collect();
    let reading =
        &reader.read(&[Passage { tokens: &tokens, breaks: &breaks, sentences_known: true, leanings: &[] }])
            [0];
    check_trees(reading, tokens.len());
    let begins: Vec<u32> = (0..200).filter(|&i| reading.tokens[i as usize].begins_sentence).collect();
    assert_eq!(begins, breaks);
    assert!(reading.cuts.is_empty());
}

#[test]
fn a_sentence_longer_than_any_window_is_cut_with_a_note_and_stays_one_tree() {
    let reader = reader(Isa::best());
    let tokens: Vec<&str> = TEXT.split(' ').cycle().take(300).collect();
    let reading =
        &reader.read(&[Passage { tokens: &tokens, breaks: &[0], sentences_known: true, leanings: &[] }])[0];
    check_trees(reading, tokens.len());
    assert!(!reading.cuts.is_empty());
    assert_eq!(reading.tokens.iter().filter(|t| t.begins_sentence).count(), 1);
}

#[test]
fn odd_tokens_are_read() {
    let reader = reader(Isa::best());
    let long = "x".repeat(1_000_000);
    let tokens = ["", " ", "\u{0}", "\u{202E}", "שלום", "😀", "\u{FFFD}", &long, "\"", "\"", "ẞ", "İ"];
    check_trees(&reader.read(&[passage(&tokens)])[0], tokens.len());
}

#[test]
fn breaks_outside_the_passage_do_no_harm() {
    let reading = &reader(Isa::best()).read(&[Passage {
        tokens: &["a"],
        breaks: &[0, 7],
        sentences_known: true,
        leanings: &[],
    }])[0];
    check_trees(reading, 1);
}
