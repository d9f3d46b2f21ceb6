use super::*;

fn words(text: &str) -> Vec<&str> {
    tokenize(text, Span::new(0, text.len())).into_iter().map(|p| &text[p.span.range()]).collect()
}

/// `cut` shows the words in their right cut: blanks between words, bars where one written word falls apart.
fn check(cut: &str) {
    let text = cut.replace('|', "");
    let want: Vec<&str> = cut.split([' ', '|']).filter(|w| !w.is_empty()).collect();
    assert_eq!(words(&text), want, "in: {text}");
}

#[test]
fn the_examples_of_the_lists_hold() {
    for cut in TokenLists::built_in().examples() {
        check(cut);
    }
}

#[test]
fn marks_numbers_and_words_fall_apart_as_in_the_treebanks() {
    let cuts = [
        "“|We wo|n’t sign|,|” said Mrs. Orr|’s aide|.",
        "\"|No|,|\" he said|; '|never|'|.",
        "It cost $|1.2|bn |(|£|950|m|) |, or 3.5|% of GDP|.",
        "between 10|-|12 March 2024 and 31/12/2025|, at 09:30|.",
        "1,200.5 tonnes|, 5th |of |the |1990s|, the 1960's |, the '90s",
        "call 555-0123 or 202-555-0123 .",
        "a two|-|state plan|, pro-Oslo ministers|, the ex-envoy",
        "Wait|... what|?! No|!!!",
        "the talks|—|held in Riga|—|failed -- again – twice",
        "the workers|' vote and James|'s |and James|’ car",
        "AT&T and PG&E met",
        "U.S.|-|led|, the U.N. envoy|, George W. Orr",
        "and|/|or|, w/o water|, he gon|na go",
        "US$|5 and 20|°|C",
        "(|see [|12|]|)|.",
        "#ceasefire @ministry :-)",
        "👩‍👩‍👧|👍🏽 🇫🇷|🇩🇪",
        "the D.C.|.",
        "Is n't it|?",
    ];
    cuts.into_iter().for_each(check);
}

#[test]
fn other_scripts_and_hidden_marks_are_kept_in_place() {
    assert_eq!(words("习近平 met \u{202b}محمد\u{202c}."), ["习近平", "met", "محمد", "."]);
    assert_eq!(words("a\u{0}b\u{feff} \u{200b}c\r\n"), ["a", "b", "c"]);
    assert_eq!(words("co\u{ad}operate cafe\u{301}"), ["co\u{ad}operate", "cafe\u{301}"]);
    assert_eq!(words(""), [""; 0]);
}

#[test]
fn a_token_past_the_limit_comes_in_pieces() {
    for unit in ["a", "é", "1", "-", "a.b", "漢", "’s", "x@y."] {
        let text = unit.repeat(1_000_000 / unit.len());
        let pieces = tokenize(&text, Span::new(0, text.len()));
        check_places(&text, &pieces);
        assert!(pieces.iter().all(|p| p.span.len() <= MAX_TOKEN_BYTES));
    }
}

#[test]
fn spans_are_ordered_and_cover_all_that_is_not_blank() {
    let alphabet: Vec<&str> = vec![
        "a", "Z", "é", "n't", "'", "’", ".", "..", "…", ",", "-", "—", "/", "$", "%", "9", "10", ":", "@",
        "#", "(", ")", "[", "\"", "“", " ", "\n", "\u{0}", "\u{200d}", "\u{fe0f}", "👍", "🏽", "🇫", "漢",
        "ב", "U.S.", "Mr.", "http://", "www.", "x.com", "&", "*", "_", "'s", "s'", "\u{301}", "\u{feff}",
        "İ", "ß", "ǅ", "<", "|", "\u{ad}", "can", "not", "gonna", "²", "٣", "e-", "anti-",
    ];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for _ in 0..20_000 {
        let mut text = String::new();
        for _ in 0..1 + state % 12 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            text.push_str(alphabet[(state % alphabet.len() as u64) as usize]);
        }
        let pieces = tokenize(&text, Span::new(0, text.len()));
        check_places(&text, &pieces);
        assert_eq!(crate::bounds::starts(&text, &pieces).len(), pieces.len());
    }
}

fn check_places(text: &str, pieces: &[Piece]) {
    let mut at = 0;
    for piece in pieces {
        let (start, end) = (piece.span.start as usize, piece.span.end as usize);
        assert!(at <= start && start < end, "{text:?}: {piece:?}");
        assert!(text[at..start].chars().all(is_blank), "{text:?}: lost {:?}", &text[at..start]);
        assert!(!text[start..end].contains(is_blank), "{text:?}: {piece:?}");
        assert_eq!(piece.space_after, text[end..].chars().next().is_none_or(is_blank), "{text:?}: {piece:?}");
        at = end;
    }
    assert!(text[at..].chars().all(is_blank), "{text:?}: lost the end");
}
