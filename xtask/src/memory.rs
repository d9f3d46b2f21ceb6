//! How much memory the program takes for a large archive.
//!
//! The archive is made here, page by page, and goes to the program through a pipe: nothing is kept on disk. Linux alone, which
//! says of a process what it took at most (`VmHWM`).

use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What reading an archive of any size may take.
const LIMIT_MB: u64 = 200;
const WORDS: [&str; 16] = [
    "ferry",
    "pilots",
    "talks",
    "the",
    "on",
    "harbour",
    "clause",
    "delegates",
    "offer",
    "a",
    "said",
    "of",
    "tariff",
    "pause",
    "river",
    "signed",
];

/// Reads an archive of so many megabytes; fails when that takes more memory than it may.
#[expect(clippy::disallowed_methods, reason = "this is a measurement")]
pub(crate) fn run(program: &str, megabytes: u64) -> Result<String, String> {
    let arguments = ["read", "-", "--jsonl", "--only", "note"];
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("{program} cannot be run: {error}"))?;
    let began = Instant::now();
    let (pages, bytes) = feed(&mut child, megabytes << 20)?;
    let peak = last_peak(&mut child)?;
    let seconds = began.elapsed().as_secs_f64();
    let megabytes = bytes >> 20;
    let line =
        format!("{megabytes} MB of archive, {pages} pages: at most {peak} MB of memory, {seconds:.0} s");
    if peak < LIMIT_MB { Ok(line) } else { Err(format!("{line}; more than {LIMIT_MB} MB")) }
}

/// Writes records to the program until they are so many bytes.
fn feed(child: &mut Child, wanted: u64) -> Result<(u64, u64), String> {
    let mut input = child.stdin.take().ok_or("the program takes no input")?;
    let (mut pages, mut bytes) = (0, 0);
    while bytes < wanted {
        let record = record(pages);
        input.write_all(&record).map_err(|error| format!("the program stopped reading: {error}"))?;
        pages += 1;
        bytes += record.len() as u64;
    }
    Ok((pages, bytes))
}

/// What the process took at most, in megabytes, when it is done.
fn last_peak(child: &mut Child) -> Result<u64, String> {
    let mut peak = 0;
    loop {
        peak = peak.max(peak_of(child.id()));
        match child.try_wait() {
            Ok(None) => std::thread::sleep(Duration::from_millis(5)),
            Ok(Some(status)) if status.success() => return Ok(peak),
            other => return Err(format!("the program failed: {other:?}")),
        }
    }
}

fn peak_of(id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).map_or(0, |kb| kb >> 10)
}

/// A record with a page of its own, 20 to 150 kilobytes long.
fn record(number: u64) -> Vec<u8> {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut word = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        WORDS[state as usize % WORDS.len()]
    };
    let mut page = format!("<!doctype html><html><head><title>Page {number}</title></head><body><article>");
    for _ in 0..40 + number % 7 * 40 {
        page.push_str("<p>");
        (0..80).for_each(|_| {
            let _ = write!(page, "{} ", word());
        });
        page.push_str("&mdash; they left.</p>\n");
    }
    page.push_str("</article></body></html>\n");
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";
    let length = head.len() + page.len();
    format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/{number}\r\n\
         WARC-Date: 2031-02-03T04:05:06Z\r\nContent-Length: {length}\r\n\r\n{head}{page}\r\n\r\n"
    )
    .into_bytes()
}
