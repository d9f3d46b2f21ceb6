//! Web archives and gzip: every page in them, with its address, date and charset.

use std::io::Write;

use chancery_model::{MediaKind, NoteCode};
use chancery_pages::Limits;

use crate::build::{
    deflate, gzip, html_response, http, opened, opened_within, page_record, record, story, zlib,
};

const HTML: &str = "Content-Type: text/html";

fn whole_archive() -> Vec<Vec<u8>> {
    vec![
        record("warcinfo", "", b"software: a test\r\n"),
        record("request", "https://example.org/one", b"GET /one HTTP/1.1\r\n\r\n"),
        page_record("one"),
        record("metadata", "https://example.org/one", b"fetchTimeMs: 12\r\n"),
        record("response", "https://example.org/gone", &http(&["HTTP/1.1 404 Not Found", HTML], b"<html>no")),
        record(
            "response",
            "https://example.org/a.png",
            &http(&["HTTP/1.1 200 OK", "Content-Type: image/png"], b"\x89PNG"),
        ),
        record(
            "response",
            "https://example.org/robots.txt",
            &http(&["HTTP/1.1 200 OK"], b"User-agent: *\nDisallow: /x"),
        ),
        record("revisit", "https://example.org/one", &http(&["HTTP/1.1 200 OK", HTML], b"")),
        page_record("two"),
    ]
}

#[test]
fn an_archive_gives_its_pages_and_counts_the_rest() {
    let given = opened(&whole_archive().concat());
    assert_eq!(given.stories(), ["one", "two"]);
    assert_eq!(given.notes, []);
    assert_eq!((given.tally.records, given.tally.pages, given.tally.passed), (9, 2, 7));
    let page = &given.pages[0];
    assert_eq!(page.known.url.as_deref(), Some("https://example.org/one"));
    assert_eq!(page.known.captured.map(|m| m.to_string()).as_deref(), Some("2031-04-05T06:07:08Z"));
    assert_eq!(page.charset.as_deref(), Some("utf-8"));
    assert_eq!(page.bytes, story("one").as_bytes());
}

#[test]
fn origins_point_at_records_plain_and_packed() {
    let records = whole_archive();
    let before: usize = records[..2].iter().map(Vec::len).sum();
    assert_eq!(opened(&records.concat()).pages[0].origin, format!("in.put#{before}"));
    let packed: Vec<Vec<u8>> = records.iter().map(|r| gzip(r)).collect();
    let before: usize = packed[..2].iter().map(Vec::len).sum();
    let given = opened(&packed.concat());
    assert_eq!(given.stories(), ["one", "two"]);
    assert_eq!(given.notes, []);
    assert_eq!(given.pages[0].origin, format!("in.put#{before}"));
}

#[test]
fn an_archive_in_one_member_is_read() {
    let given = opened(&gzip(&whole_archive().concat()));
    assert_eq!(given.stories(), ["one", "two"]);
    assert_eq!(given.notes, []);
}

#[test]
fn transfer_and_content_encodings_are_undone() {
    let text = story("packed");
    let (head, tail) = text.as_bytes().split_at(20);
    let mut chunked = format!("{:x};name=value\r\n", head.len()).into_bytes();
    chunked.extend_from_slice(head);
    chunked.extend_from_slice(format!("\r\n{:X}\r\n", tail.len()).as_bytes());
    chunked.extend_from_slice(tail);
    chunked.extend_from_slice(b"\r\n0\r\n\r\n");
    let mut brotli = Vec::new();
    brotli.write_all(&stored_brotli(text.as_bytes())).unwrap();
    let cases: [(&[&str], Vec<u8>); 8] = [
        (&["Transfer-Encoding: chunked"], chunked),
        (&["Transfer-Encoding: chunked"], text.clone().into_bytes()),
        (&["Content-Encoding: gzip"], gzip(text.as_bytes())),
        (&["Content-Encoding: gzip"], text.clone().into_bytes()),
        (&["Content-Encoding: deflate"], zlib(text.as_bytes())),
        (&["content-encoding: Deflate"], deflate(text.as_bytes())),
        (&["Content-Encoding: br"], brotli),
        (&["Content-Encoding: gzip, gzip"], gzip(&gzip(text.as_bytes()))),
    ];
    for (fields, body) in cases {
        let head: Vec<&str> = ["HTTP/1.1 200 OK", HTML].iter().chain(fields).copied().collect();
        let given = opened(&record("response", "https://example.org/", &http(&head, &body)));
        assert_eq!(given.stories(), ["packed"], "{fields:?}");
        assert_eq!(given.pages[0].bytes, text.as_bytes(), "{fields:?}");
        assert_eq!(given.notes, [], "{fields:?}");
    }
}

/// A brotli stream that stores the bytes without packing them (RFC 7932, section 9.2).
fn stored_brotli(bytes: &[u8]) -> Vec<u8> {
    let length = bytes.len() as u32 - 1;
    // One bit of window size 16, not the last block, four nibbles of length, uncompressed.
    let head = (length << 4) | (1 << 20);
    let mut out = head.to_le_bytes()[..3].to_vec();
    out.extend_from_slice(bytes);
    out.push(3); // The last block, empty.
    out
}

#[test]
fn pages_in_an_unknown_encoding_are_noted_once() {
    let body = http(&["HTTP/1.1 200 OK", HTML, "Content-Encoding: zstd"], b"\x28\xb5\x2f\xfd....");
    let records = [
        record("response", "https://example.org/a", &body),
        record("response", "https://example.org/b", &body),
    ];
    let given = opened(&records.concat());
    assert_eq!(given.codes(), [NoteCode::NotAPage]);
    assert!(given.notes[0].message.contains("2 pages"), "{}", given.notes[0].message);
}

#[test]
fn resources_and_conversions_are_pages_too() {
    let mut text =
        record("conversion", "https://example.org/t", b"Talks went on.\n\nNobody left the room.\n");
    text = String::from_utf8(text)
        .unwrap()
        .replace("WARC-Date", "Content-Type: text/plain\r\nWARC-Date")
        .into_bytes();
    let given =
        opened(&[record("resource", "<https://example.org/r>", story("r").as_bytes()), text].concat());
    assert_eq!(given.pages.iter().map(|p| p.media).collect::<Vec<_>>(), [MediaKind::Html, MediaKind::Text]);
    assert_eq!(given.pages[0].known.url.as_deref(), Some("https://example.org/r"));
}

#[test]
fn a_page_over_the_limit_is_noted_and_the_next_is_read() {
    let limits = Limits { page_bytes: 2000, ..Limits::DEFAULT };
    let exact = |bytes: usize| {
        let mut text = story("large");
        text.push_str(&" ".repeat(bytes - text.len()));
        record("response", "https://example.org/large", &html_response(text.as_bytes()))
    };
    assert_eq!(
        opened_within(&[exact(2000), page_record("next")].concat(), &limits).stories(),
        ["large", "next"]
    );
    let given = opened_within(&[exact(2001), page_record("next")].concat(), &limits);
    assert_eq!((given.stories(), given.codes()), (vec!["next".to_owned()], vec![NoteCode::TooLarge]));
    let given = opened_within(&[exact(200_000), page_record("next")].concat(), &limits);
    assert_eq!((given.stories(), given.codes()), (vec!["next".to_owned()], vec![NoteCode::TooLarge]));
}
