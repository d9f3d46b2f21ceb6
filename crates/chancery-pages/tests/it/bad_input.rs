//! Bad input: each gives one clear line that names the input and says what to do; the rest is read; nothing panics.

use chancery_model::{MediaKind, NoteCode};
use chancery_pages::{Limits, read_page, read_whole};

use crate::build::{Given, gzip, html_response, opened, opened_within, page_record, record_of_length, story};

#[track_caller]
fn one_note(given: &Given, code: NoteCode, words: &str) {
    assert_eq!(given.codes(), [code], "{:?}", given.notes);
    assert!(given.notes[0].message.contains(words), "{}", given.notes[0].message);
}

#[test]
fn truncated_gzip_keeps_what_came_before() {
    let long: String = (0..2000).map(|n| format!("<p>Paragraph {n} of a long page.</p>\n")).collect();
    let packed = gzip(format!("<html><body>{long}").as_bytes());
    let given = opened(&packed[..packed.len() / 2]);
    one_note(&given, NoteCode::Truncated, "ends early");
    assert_eq!(given.pages.len(), 1);
    assert!(given.pages[0].bytes.len() > 10_000);
    // Cut within the checksum, and within the head.
    let given = opened(&packed[..packed.len() - 3]);
    one_note(&given, NoteCode::Truncated, "ends early");
    assert_eq!(given.pages.len(), 1);
    one_note(&opened(&packed[..7]), NoteCode::Truncated, "ends early");
}

#[test]
fn gzip_with_a_wrong_checksum_or_a_tail_is_noted() {
    let mut packed = gzip(story("one").as_bytes());
    let crc = packed.len() - 6;
    packed[crc] ^= 1;
    let given = opened(&packed);
    one_note(&given, NoteCode::Damaged, "checksum");
    assert_eq!(given.stories(), ["one"]);
    let mut padded = gzip(story("one").as_bytes());
    padded.extend_from_slice(&[0; 512]);
    assert_eq!(opened(&padded).notes, []);
    padded.extend_from_slice(b"tail");
    one_note(&opened(&padded), NoteCode::Damaged, "not gzip");
}

#[test]
fn members_are_joined() {
    let text = story("joined");
    let (head, tail) = text.as_bytes().split_at(40);
    let given = opened(&[gzip(head), gzip(b""), gzip(tail)].concat());
    assert_eq!(given.stories(), ["joined"]);
    assert_eq!(given.notes, []);
}

#[test]
fn a_bomb_is_stopped() {
    let limits = Limits { free_expansion: 1 << 20, expansion: 50, ..Limits::DEFAULT };
    let mut text = story("bomb").into_bytes();
    text.resize(8 << 20, b' ');
    let given = opened_within(&gzip(&text), &limits);
    one_note(&given, NoteCode::TooLarge, "expands");
}

#[test]
fn a_page_of_200_megabytes_is_noted_without_reading_it_all() {
    let endless = std::io::Read::chain(&b"<html><body><p>"[..], std::io::repeat(b'a'));
    let all: Vec<_> =
        chancery_pages::open(endless, "big.html", &Default::default(), &Limits::DEFAULT).collect();
    let [chancery_pages::Opened::Note(note)] = all.as_slice() else { panic!("one note, nothing else") };
    assert_eq!(note.code, NoteCode::TooLarge);
    assert_eq!(note.message, "big.html: larger than 32 MB, more than a page may be");
}

#[test]
fn the_limit_of_a_page_is_exact() {
    let text = story("edge");
    let limits = Limits { page_bytes: text.len(), ..Limits::DEFAULT };
    assert_eq!(opened_within(text.as_bytes(), &limits).stories(), ["edge"]);
    let limits = Limits { page_bytes: text.len() - 1, ..Limits::DEFAULT };
    one_note(&opened_within(text.as_bytes(), &limits), NoteCode::TooLarge, "larger than");
}

#[test]
fn files_of_other_kinds_are_named() {
    let png = [b"\x89PNG\r\n\x1a\n".as_slice(), &[0; 64]].concat();
    let mut tar = vec![b'a'; 512];
    tar[257..262].copy_from_slice(b"ustar");
    let noise: Vec<u8> = (0..5000u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    let cases: [(&[u8], &str); 16] = [
        (&png, "a PNG picture"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF"),
        (b"PK\x03\x04\x14\0\x06\0", "a ZIP archive"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "a program"),
        (b"MZ\x90\0\x03\0\0\0", "a program"),
        (b"SQLite format 3\0\x10\0", "an SQLite file"),
        (&tar, "a tar archive"),
        (&noise, "binary data"),
        (&[0; 4096], "binary data"),
        (b"{\"version\": 3, \"name\": \"no feed\"}", "JSON"),
        (b"[]", "JSON"),
        (b"[{\"a\": 1}]", "JSON"),
        (b"<?xml version='1.0'?>\n<urlset></urlset>", "a sitemap"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "an SVG picture"),
        (b"<?xml version='1.0'?><!DOCTYPE bank [<!ENTITY a 'b'>]><bank/>", "XML of another kind"),
        (
            b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n--x",
            "MHTML",
        ),
    ];
    for (bytes, name) in cases {
        let given = opened(bytes);
        one_note(&given, NoteCode::NotAPage, name);
        assert!(given.pages.is_empty(), "{name}");
        if !bytes.starts_with(b"\x1f\x8b") {
            one_note(&opened(&gzip(bytes)), NoteCode::NotAPage, name);
        }
    }
    one_note(&opened(&gzip(&gzip(b"words"))), NoteCode::NotAPage, "gzip within gzip");
}

#[test]
fn kinds_are_told_by_content() {
    let utf16: Vec<u8> =
        "<html><body><p>Gespräche über Kohle</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let comment = format!("<!-- {} --><html><p>x", "x".repeat(100_000));
    let cases: [(&[u8], MediaKind); 22] = [
        (b"<!DOCTYPE html><p>x", MediaKind::Html),
        (b"\xef\xbb\xbf\n\n  <!-- c --><HTML lang=en>", MediaKind::Html),
        (
            b"<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML 1.0 Strict//EN' 'x'><html/>",
            MediaKind::Html,
        ),
        (comment.as_bytes(), MediaKind::Html),
        (b"<div>a piece</div>", MediaKind::Html),
        (b"A piece <p>one</p><p>two</p><p>three</p>", MediaKind::Html),
        (&utf16, MediaKind::Html),
        (b"<html><body>one\0two\0three and so on and on and on</body>", MediaKind::Html),
        (b"Talks resumed on Monday.\n", MediaKind::Text),
        (b"x", MediaKind::Text),
        (b"[UPDATE] Talks resumed.", MediaKind::Text),
        (b"{Agency} Talks resumed.", MediaKind::Text),
        (b"<angry> he said", MediaKind::Text),
        (b"a < b and c > d; \"quoted\"", MediaKind::Text),
        (b"MZ is how this sentence starts.", MediaKind::Text),
        (b"Subject: this is a page\n\nand words", MediaKind::Text),
        (b"Caf\xe9 talks in Gen\xe8ve", MediaKind::Text),
        (b"<?xml version='1.0'?><!-- c --><rss version='2.0'>", MediaKind::XmlFeed),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", MediaKind::XmlFeed),
        (b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", MediaKind::XmlFeed),
        (b"{\"title\": 1, \"version\": \"https://jsonfeed.org/version/1.1\"}", MediaKind::JsonFeed),
        (b"{\"version\": \"https:\\/\\/jsonfeed.org\\/version\\/1\"}", MediaKind::JsonFeed),
    ];
    for (bytes, media) in cases {
        let given = opened(bytes);
        assert_eq!(given.notes, [], "{}", String::from_utf8_lossy(bytes));
        let found: Vec<_> = given.pages.iter().map(|p| p.media).collect();
        assert_eq!(found, [media], "{}", String::from_utf8_lossy(bytes));
        assert_eq!(given.pages[0].bytes, bytes);
    }
}

#[test]
fn empty_files_are_noted() {
    one_note(&opened(b""), NoteCode::Empty, "is empty");
    one_note(&opened(b"\xef\xbb\xbf\n \t\r\n"), NoteCode::Empty, "white space");
    one_note(&opened(&gzip(b"")), NoteCode::Empty, "is empty");
}

#[test]
fn a_failing_disk_is_noted_and_what_came_before_is_read() {
    struct Failing;
    impl std::io::Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("the disk is gone"))
        }
    }
    let text = story("kept");
    let input = std::io::Read::chain(text.as_bytes(), Failing);
    let all: Vec<_> = chancery_pages::open(input, "a", &Default::default(), &Limits::DEFAULT).collect();
    let [chancery_pages::Opened::Page(page), chancery_pages::Opened::Note(note)] = all.as_slice() else {
        panic!("{all:?}")
    };
    assert_eq!(page.bytes, text.as_bytes());
    assert_eq!(note.code, NoteCode::Unreadable);
    assert!(note.message.contains("the disk is gone"));
}

#[test]
fn a_record_that_lies_about_its_length_costs_no_other() {
    for packed in [false, true] {
        for lie in [-60_i64, -1, 1, 3, 60, 500, 5_000_000, 1 << 40] {
            let content = html_response(story("liar").as_bytes());
            let length = (content.len() as i64 + lie) as usize;
            let records = [
                page_record("before"),
                record_of_length("response", "https://example.org/liar", &content, length),
                page_record("after"),
                page_record("last"),
            ];
            let records: Vec<Vec<u8>> =
                records.into_iter().map(|r| if packed { gzip(&r) } else { r }).collect();
            let given = opened(&records.concat());
            if lie == 1 << 40 {
                // Nothing that long is held in memory to be looked at again.
                assert_eq!(given.stories(), ["before"]);
                one_note(&given, NoteCode::Truncated, "ends within");
                continue;
            }
            assert_eq!(given.stories(), ["before", "liar", "after", "last"], "lie {lie} packed {packed}");
            if (-1..4).contains(&lie) {
                assert_eq!(given.notes, [], "a lie about empty lines does no harm");
            } else {
                one_note(&given, NoteCode::Damaged, &format!("in.put#{}", records[0].len()));
            }
            assert_eq!(
                given.pages[1].bytes.trim_ascii_end(),
                story("liar").trim_end().as_bytes(),
                "lie {lie}"
            );
        }
    }
}

#[test]
fn a_broken_record_in_the_middle_costs_no_other() {
    let liar = page_record("broken");
    let junk = b"\x00\x01 what stands here is no record\r\n\r\n".to_vec();
    let no_length =
        String::from_utf8(liar.clone()).unwrap().replace("Content-Length", "Content-Strength").into_bytes();
    let bad_length = String::from_utf8(liar.clone())
        .unwrap()
        .replace("Content-Length: ", "Content-Length: -")
        .into_bytes();
    let endless_head = [b"WARC/1.0\r\nX: ".as_slice(), &vec![b'x'; 200_000]].concat();
    for (name, broken) in
        [("junk", junk), ("no length", no_length), ("bad length", bad_length), ("head", endless_head)]
    {
        let given = opened(&[page_record("one"), broken, b"\r\n".to_vec(), page_record("two")].concat());
        assert_eq!(given.stories(), ["one", "two"], "{name}");
        one_note(&given, NoteCode::Damaged, &format!("in.put#{}", page_record("one").len()));
    }
}

#[test]
fn a_damaged_member_in_the_middle_costs_no_other() {
    let one = gzip(&page_record("one"));
    let whole = gzip(&page_record("broken"));
    for (name, broken) in [
        ("cut", whole[..whole.len() / 2].to_vec()),
        ("cut in its head", whole[..5].to_vec()),
        ("cut in its checksum", whole[..whole.len() - 3].to_vec()),
        ("flipped", {
            let mut bytes = whole.clone();
            for byte in &mut bytes[40..60] {
                *byte ^= 0x55;
            }
            bytes
        }),
        ("zeros", vec![0; 300]),
    ] {
        let given =
            opened(&[one.clone(), broken, gzip(&page_record("two")), gzip(&page_record("three"))].concat());
        let mut stories = given.stories();
        stories.retain(|s| s != "broken");
        assert_eq!(stories, ["one", "two", "three"], "{name} {:?}", given.notes);
        assert_eq!(given.codes(), [NoteCode::Damaged], "{name} {:?}", given.notes);
    }
}

#[test]
fn a_cut_archive_keeps_the_part_of_its_last_page() {
    let records = [page_record("one"), page_record("two")].concat();
    let given = opened(&records[..records.len() - 40]);
    assert_eq!(given.stories(), ["one", "two"]);
    one_note(&given, NoteCode::Truncated, "the file ends within this record");
    let head_only = [page_record("one"), b"WARC/1.0\r\nWARC-Type: resp".to_vec()].concat();
    let given = opened(&head_only);
    assert_eq!(given.stories(), ["one"]);
    one_note(&given, NoteCode::Truncated, "within the head");
    let packed = [gzip(&page_record("one")), gzip(&page_record("two"))].concat();
    let given = opened(&packed[..packed.len() - 60]);
    assert_eq!(given.stories()[0], "one");
    assert_eq!(given.codes(), [NoteCode::Truncated], "{:?}", given.notes);
}

#[test]
fn many_broken_records_are_counted_not_listed() {
    let broken = b"junk that is no record\r\n\r\n".to_vec();
    let pieces: Vec<Vec<u8>> =
        (0..100).flat_map(|n| [page_record(&format!("p{n}")), broken.clone()]).collect();
    let given = opened(&pieces.concat());
    assert_eq!(given.pages.len(), 100);
    assert_eq!(given.notes.len(), Limits::DEFAULT.record_notes + 1);
    assert!(given.notes.last().unwrap().message.contains("more records"));
}

/// What reading the one page in the bytes notes.
#[track_caller]
fn notes_of(bytes: &[u8]) -> Vec<(NoteCode, String)> {
    let given = opened(bytes);
    assert_eq!(given.notes, []);
    let notes = read_page(&given.pages[0]).notes.into_iter();
    let of_others = [NoteCode::NoArticle, NoteCode::OtherLanguage];
    let notes = notes.filter(|note| !of_others.contains(&note.code));
    notes
        .map(|note| {
            assert!(note.message.starts_with("in.put: ") && note.hint.is_some(), "{note:?}");
            (note.code, note.message)
        })
        .collect()
}

#[test]
fn odd_bytes_are_noted_once_a_page() {
    let long = |bytes: usize| "word ".repeat(bytes / 5 + 1)[..bytes - 7].to_owned() + " words.";
    for (bytes, code, words) in [
        (
            b"The talks\0 went on, and\0 nobody left the room.".to_vec(),
            NoteCode::BadCharacters,
            "2 NUL bytes",
        ),
        (
            b"The caf\xc3\xa9 of the \xc3\xa9t\xc3\xa9 was shut, \xff\xfe said.".to_vec(),
            NoteCode::BadCharacters,
            "in 2 places",
        ),
        (b"The talks in Gen\xe8ve went on.".to_vec(), NoteCode::UnknownCharset, "read as windows-1252"),
        (b"<meta charset=x-none><p>The talks went on.".to_vec(), NoteCode::UnknownCharset, "x-none"),
        (long((3 << 20) + 9).into_bytes(), NoteCode::LongLine, "one paragraph of 3 MB"),
    ] {
        let notes = notes_of(&bytes);
        assert!(matches!(&notes[..], [(c, m)] if *c == code && m.contains(words)), "{words}: {notes:?}");
    }
    assert_eq!(notes_of(long(1 << 20).as_bytes()), []);
    assert_eq!(notes_of(long((1 << 20) + 1).as_bytes()).len(), 1);
}

#[test]
fn odd_words_are_read_without_panic() {
    let line = "word ".repeat(400_000);
    let deep = format!("{}x{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let cases: [&[u8]; 6] = [
        line.as_bytes(),
        deep.as_bytes(),
        b"<html><p>one\0two \xff\xfe three \xc3</p>",
        b"caf\xe9 and \x81\x8d\x9d",
        b"\xff\xfea\0b\0c",
        b"<meta charset='no-such-charset'><p>Words</p>",
    ];
    for bytes in cases {
        for page in opened(bytes).pages {
            let (read, whole) = (read_page(&page), read_whole(&page));
            assert!(!whole.articles.is_empty());
            for cite in read.furniture.iter().flat_map(|f| &f.cite.ranges) {
                assert!(cite.end as usize <= page.bytes.len());
            }
        }
    }
}
