//! Every character decoded leads back to the bytes it came from.

use chancery_model::{Known, MediaKind, NoteCode, Page, PieceKind, Span};
use encoding_rs::Encoding;

use super::{Decoded, decode};

const WORDS: [(&str, &str); 14] = [
    ("windows-1252", "Café “talks” — naïve"),
    ("windows-1251", "Переговоры в Риге продолжаются"),
    ("koi8-u", "Переговори тривають"),
    ("iso-8859-2", "Rozmowy pokojowe: żółć"),
    ("iso-8859-9", "görüşmeler sürüyor"),
    ("windows-1256", "محادثات السلام"),
    ("gbk", "和平谈判 continue 继续"),
    ("gb18030", "和平谈判 😀 继续"),
    ("big5", "和平談判 ok 繼續"),
    ("shift_jis", "和平交渉 and テスト ﾃｽﾄ"),
    ("euc-jp", "和平交渉は続く"),
    ("iso-2022-jp", "talks 和平交渉 go on は続く end"),
    ("euc-kr", "평화 회담 talks"),
    ("utf-8", "Café 和平 😀"),
];

fn page(bytes: &[u8], charset: Option<&str>) -> Page {
    let mut page = Page::new(bytes.to_vec(), "test".into(), MediaKind::Html, Known::default());
    page.charset = charset.map(str::to_owned);
    page
}

/// Every piece, decoded alone, gives its text; all of them together give all of the bytes.
fn check_map(page: &Page, decoded: &Decoded, encoding: &'static Encoding) {
    let mut end = decoded.map.pieces().first().map_or(0, |p| p.page.start);
    for piece in decoded.map.pieces() {
        let text = &decoded.text[piece.text.range()];
        let bytes = &page.bytes[piece.page.range()];
        assert_eq!(piece.page.start, end, "a gap before {text:?}");
        end = piece.page.end;
        match piece.kind {
            PieceKind::Verbatim => assert_eq!(text.as_bytes(), bytes),
            _ if encoding.name() != "ISO-2022-JP" => {
                assert_eq!(encoding.decode_without_bom_handling(bytes).0, text);
                assert_eq!(text.chars().count(), 1);
            }
            _ => assert_eq!(text.chars().count(), 1),
        }
    }
    assert_eq!(decoded.map.text_len(), decoded.text.len());
}

#[test]
fn charsets_named_by_the_transport() {
    for (label, words) in WORDS {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        let text = format!("<p>{words}</p> and ASCII behind");
        let page = page(&encoding.encode(&text).0, Some(label));
        let decoded = decode(&page);
        assert_eq!(decoded.text, text, "{label}");
        assert_eq!(decoded.notes, [], "{label}");
        check_map(&page, &decoded, encoding);
    }
}

#[test]
fn charsets_named_by_the_page() {
    let heads = [
        "<html><head><meta charset=\"LABEL\"><p>",
        "<!-- <meta charset=big5> --><META http-equiv=Content-Type content='text/html; charset=LABEL'><p>",
        "<?xml version='1.0' encoding=\"LABEL\"?><html><p>",
        "<meta name=a content=b><meta charset = LABEL /><p>",
    ];
    for head in heads {
        for (label, words) in WORDS.into_iter().filter(|(label, _)| *label != "iso-2022-jp") {
            let encoding = Encoding::for_label(label.as_bytes()).unwrap();
            let text = format!("{}{words}", head.replace("LABEL", label));
            assert_eq!(decode(&page(&encoding.encode(&text).0, None)).text, text, "{label}");
        }
    }
}

#[test]
fn utf16_with_and_without_a_mark() {
    let text = "<html><body><p>Talks – talks 😀 go on</p>";
    for (mark, order) in [(false, 0), (true, 0), (false, 1), (true, 1)] {
        let unit = |u: u16| if order == 0 { u.to_le_bytes() } else { u.to_be_bytes() };
        let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
        let bytes: Vec<u8> = units.flat_map(unit).collect();
        let page = page(&bytes, None);
        let decoded = decode(&page);
        assert_eq!(decoded.text, text);
        assert_eq!(decoded.notes, []);
        check_map(&page, &decoded, if order == 0 { encoding_rs::UTF_16LE } else { encoding_rs::UTF_16BE });
    }
    // A lone surrogate and a cut unit.
    let bytes = [0xff, 0xfe, b'a', 0, 0, 0xd8, b'b', 0, b'c'];
    let decoded = decode(&page(&bytes, None));
    assert_eq!(decoded.text, "a\u{fffd}b\u{fffd}");
    assert_eq!(decoded.notes.len(), 1);
}

#[test]
fn utf8_is_one_piece_and_outranks_an_old_label() {
    let text = "<meta charset=windows-1251><p>Переговори – talks</p>";
    let decoded = decode(&page(text.as_bytes(), Some("iso-8859-1")));
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.map.pieces().len(), 1);
    let marked = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let decoded = decode(&page(&marked, None));
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.map.pieces()[0].page.start, 3);
}

#[test]
fn what_nothing_names_is_guessed() {
    let text = "<p>Мирные переговоры в Риге продолжаются второй день, сообщили участники встречи.</p>";
    let bytes = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
    let decoded = decode(&page(&bytes, None));
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.notes[0].message, "test: names no charset and is not UTF-8; read as windows-1251");
    let decoded = decode(&page(&bytes, Some("utf-8")));
    assert_eq!(decoded.text, text);
    assert_eq!(decoded.notes[0].code, NoteCode::BadCharacters);
}

#[test]
fn an_unknown_charset_is_noted_with_what_was_used() {
    let decoded = decode(&page("<meta charset=klingon-8><p>Café</p>".as_bytes(), None));
    assert!(decoded.text.ends_with("<p>Café</p>"));
    assert_eq!(decoded.notes.len(), 1);
    assert_eq!(decoded.notes[0].code, NoteCode::UnknownCharset);
    assert_eq!(decoded.notes[0].message, "test: unknown charset \"klingon-8\"; read as UTF-8");
}

#[test]
fn bytes_that_are_no_characters_are_noted_once() {
    let decoded = decode(&page("Žižek, Škoda, Česko \u{1f600} é".as_bytes().split_last().unwrap().1, None));
    assert!(decoded.text.ends_with("\u{fffd}"));
    assert_eq!(decoded.notes.len(), 1);
    assert_eq!(decoded.notes[0].code, NoteCode::BadCharacters);
    for (label, bytes) in [
        ("gbk", b"a\x81 b\xff\x81".as_slice()),
        ("shift_jis", b"a\x81\x20 b\xfd\x81"),
        ("euc-jp", b"\x8f\xa1a\x8e\xffb"),
        ("gb18030", b"\x81\x30\x81a\x84\x31\xa5\x30\x81\x30"),
        ("iso-2022-jp", b"\x1b$B$\xffa\x1b(Bx\x1b"),
        ("big5", b"\x87\x40a\x88\x62b\x81"),
        ("windows-1255", b"a\xd9\xdab"),
    ] {
        let page = page(bytes, Some(label));
        let decoded = decode(&page);
        let expected = Encoding::for_label(label.as_bytes()).unwrap().decode_without_bom_handling(bytes).0;
        assert_eq!(decoded.text, expected, "{label}");
        assert_eq!(decoded.notes.len(), 1, "{label}");
        for piece in decoded.map.pieces() {
            assert!(piece.page.start <= piece.page.end && piece.page.end as usize <= bytes.len(), "{label}");
        }
    }
}

#[test]
fn a_cut_takes_no_part_of_a_character() {
    let decoded = decode(&page(b"caf\xe9 talks", Some("windows-1252")));
    assert_eq!(decoded.text, "café talks");
    let ranges = decoded.map.page_ranges(Span::new(0, 5));
    assert_eq!(ranges.iter().map(|r| (r.start, r.end)).collect::<Vec<_>>(), [(0, 3), (3, 4)]);
}

/// Bytes that come at random, many of them lead bytes and digits, which charsets of several bytes put together.
fn noise(seed: u64) -> Vec<u8> {
    const BYTES: &[u8] = b"1a\x1b$B(J@\x81\x8e\x8f\xa1\xa4\xc2\xdb\xf1\xfe\xff";
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    (0..24)
        .map(|_| if next() % 8 == 0 { next() as u8 } else { BYTES[next() as usize % BYTES.len()] })
        .collect()
}

#[test]
fn noise_decodes_as_the_standard_says_and_every_piece_has_its_bytes() {
    for label in ["gbk", "gb18030", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr", "windows-1255"] {
        let encoding = Encoding::for_label(label.as_bytes()).unwrap();
        for seed in 0..20_000 {
            let bytes = noise(seed);
            let mut out = super::Output::new(bytes.len());
            match encoding.is_single_byte() {
                true => super::legacy::single_byte(&bytes, 0, encoding, &mut out),
                false => super::legacy::multi_byte(&bytes, 0, encoding, &mut out),
            }
            assert_eq!(out.text, encoding.decode_without_bom_handling(&bytes).0, "{label} {bytes:x?}");
            let mut end = 0;
            for piece in out.map.pieces() {
                // Shifts of ISO-2022-JP stand for no character.
                let touches = piece.page.start == end || (label == "iso-2022-jp" && piece.page.start > end);
                assert!(touches, "{label} {bytes:x?} {piece:?}");
                assert!(!piece.page.is_empty(), "{label} {bytes:x?} {piece:?}");
                end = piece.page.end;
            }
        }
    }
}
