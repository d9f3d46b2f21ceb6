//! What reading an archive takes: no more than its largest page needs, however long the archive is. Linux alone says what a
//! process took at most; elsewhere nothing is asserted.

use std::io::Write;
use std::process::Stdio;
use std::time::Duration;

use crate::program::chancery;

/// The archive, in bytes.
const ARCHIVE: usize = 32 << 20;
/// What the program may take for it, in megabytes. The weights of the reader, which lie in the program, count as well.
const LIMIT_MB: u64 = 100;

#[test]
fn an_archive_is_streamed() {
    let mut child = chancery()
        .args(["read", "-", "--jsonl", "--only", "note", "--jobs", "2"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let mut input = child.stdin.take().expect("it takes input");
    let record = record();
    for _ in 0..ARCHIVE.div_ceil(record.len()) {
        input.write_all(&record).expect("it reads on");
    }
    // The program waits for more: what it took so far is what the archive took.
    let peak = peak_of(child.id());
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(peak.is_none_or(|peak| (1..LIMIT_MB).contains(&peak)), "{peak:?} MB for an archive of 32");
}

/// What a process took at most, in megabytes.
fn peak_of(id: u32) -> Option<u64> {
    std::thread::sleep(Duration::from_millis(50));
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()?.div_ceil(1 << 10))
}

/// A record with a page of a hundred kilobytes.
fn record() -> Vec<u8> {
    let paragraph = "<p>The pilots of the harbour left the talks on Monday, and the ferries stayed where they were, they said.</p>\n";
    let page = format!(
        "<!doctype html><html><head><title>Talks</title></head><body><article>{}</article>",
        paragraph.repeat(900)
    );
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let length = head.len() + page.len();
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/a\r\n\
         WARC-Date: 2031-02-03T04:05:06Z\r\nContent-Length: {length}\r\n\r\n{head}{page}\r\n\r\n"
    )
    .into_bytes()
}
