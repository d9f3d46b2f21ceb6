//! What an HTTP response carries: its head read, transfer and content encodings undone.
//!
//! Archives keep responses as they came over the wire, or already unpacked under a head that still says otherwise. So an
//! encoding is undone only where the bytes bear it out.

use std::io::Read;

use flate2::read::{DeflateDecoder, ZlibDecoder};

use super::Limits;
use super::kind;
use super::stream::{Break, Stream};

/// A version line and fields, as in HTTP and WARC.
pub(super) struct Head {
    /// The first line.
    pub(super) line: String,
    fields: Vec<(String, String)>,
}

impl Head {
    /// Reads a head with the empty line that closes it; gives its length. `None` when there is no such line.
    pub(super) fn read(bytes: &[u8]) -> Option<(Self, usize)> {
        let mut head = Self { line: String::new(), fields: Vec::new() };
        let mut at = 0;
        loop {
            let length = memchr::memchr(b'\n', &bytes[at..])?;
            let line = &bytes[at..at + length];
            at += length + 1;
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if line.is_empty() {
                return Some((head, at));
            }
            head.add(&String::from_utf8_lossy(line));
        }
    }

    fn add(&mut self, line: &str) {
        if self.line.is_empty() {
            self.line = line.to_owned();
        } else if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = self.fields.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            self.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }

    /// The value of the first field with this name in lower case.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// The body of a response.
pub(super) enum Unpacked {
    /// Its bytes, as the address stands for them.
    Bytes {
        /// The bytes.
        bytes: Vec<u8>,
        /// The charset that the head names.
        charset: Option<String>,
        /// Whether the packed body ends early.
        cut: bool,
    },
    /// Larger than a page may be.
    TooLarge,
    /// In an encoding that is not read.
    Unknown,
}

/// Whether a response with this head may carry a page: a success with words in it.
pub(super) fn holds_page(head: &Head) -> bool {
    let mut words = head.line.split_ascii_whitespace();
    let version = words.next().is_some_and(|v| v.starts_with("HTTP/"));
    version && words.next() == Some("200") && is_page_type(head.get("content-type"))
}

/// Whether a media type may be that of a page. One that is not given may.
pub(super) fn is_page_type(content_type: Option<&str>) -> bool {
    let Some(content_type) = content_type else { return true };
    let essence = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    matches!(
        essence.as_str(),
        "" | "text/html"
            | "text/plain"
            | "text/xml"
            | "application/xml"
            | "application/json"
            | "application/octet-stream"
            | "unk"
            | "unknown"
            | "unknown/unknown"
            | "text/vnd.wap.wml"
    ) || matches!(
        essence.strip_prefix("application/"),
        Some("xhtml+xml" | "rss+xml" | "atom+xml" | "rdf+xml" | "feed+json" | "vnd.wap.xhtml+xml")
    )
}

/// The charset that a media type names: `text/html; charset="utf-8"`.
pub(super) fn charset_of(content_type: Option<&str>) -> Option<String> {
    let mut parameters = content_type?.split(';').skip(1);
    let value = parameters.find_map(|p| {
        let (name, value) = p.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']).to_owned())
    })?;
    (!value.is_empty()).then_some(value)
}

/// The body of a response as it came over the wire; `None` for one that carries no page.
pub(super) fn unpack(response: &[u8], limit: usize) -> Option<Unpacked> {
    let (head, length) = Head::read(response)?;
    if !holds_page(&head) {
        return None;
    }
    let charset = charset_of(head.get("content-type"));
    let mut body = response[length..].to_vec();
    if head.get("transfer-encoding").is_some_and(|v| v.to_ascii_lowercase().contains("chunked")) {
        body = join_chunks(body);
    }
    let mut cut = false;
    let codings = head.get("content-encoding").unwrap_or("").to_ascii_lowercase();
    for coding in codings.split(',').rev().map(str::trim) {
        match decode(coding, &body, limit) {
            Coding::Plain => {}
            Coding::Decoded(bytes, whole) => (body, cut) = (bytes, cut || !whole),
            Coding::Large => return Some(Unpacked::TooLarge),
            Coding::Unknown => return Some(Unpacked::Unknown),
        }
    }
    if body.len() > limit {
        return Some(Unpacked::TooLarge);
    }
    Some(Unpacked::Bytes { bytes: body, charset, cut })
}

/// Takes the chunks of a chunked body together. One that is not chunked, in spite of its head, is given as it is.
fn join_chunks(body: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body.as_slice();
    while let Some((length, head)) = chunk_head(rest) {
        let end = head.saturating_add(length).min(rest.len());
        out.extend_from_slice(&rest[head.min(end)..end]);
        rest = &rest[end..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if length == 0 {
            return out;
        }
    }
    if rest.len() == body.len() { body } else { out }
}

/// The length of the chunk that begins here, and that of the line which says so.
fn chunk_head(bytes: &[u8]) -> Option<(usize, usize)> {
    let line = &bytes[..memchr::memchr(b'\n', bytes.get(..bytes.len().min(256))?)?];
    let digits = line.split(|b| *b == b';').next()?.trim_ascii();
    let valid = (1..=8).contains(&digits.len()) && digits.iter().all(u8::is_ascii_hexdigit);
    let length = usize::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok().filter(|_| valid)?;
    Some((length, line.len() + 1))
}

enum Coding {
    /// The bytes do not bear the coding out, or it is none.
    Plain,
    /// The bytes, and whether they are whole.
    Decoded(Vec<u8>, bool),
    Large,
    Unknown,
}

fn decode(coding: &str, body: &[u8], limit: usize) -> Coding {
    let decoded = match coding {
        "" | "identity" | "none" | "utf-8" | "8bit" | "binary" => return Coding::Plain,
        "gzip" | "x-gzip" if !body.starts_with(&[0x1f, 0x8b]) => return Coding::Plain,
        "gzip" | "x-gzip" => return gunzip(body, limit),
        "deflate" => {
            read_up_to(ZlibDecoder::new(body), limit).or_else(|| read_up_to(DeflateDecoder::new(body), limit))
        }
        "br" => read_up_to(brotli_decompressor::Decompressor::new(body, 4096), limit),
        _ if kind::is_readable(body) => return Coding::Plain,
        _ => return Coding::Unknown,
    };
    match decoded {
        Some((bytes, _)) if bytes.len() > limit => Coding::Large,
        Some((bytes, whole)) => Coding::Decoded(bytes, whole),
        None => Coding::Plain,
    }
}

fn gunzip(body: &[u8], limit: usize) -> Coding {
    let mut stream = Stream::new(Box::new(body), &Limits::DEFAULT);
    let bytes = stream.take(limit + 1);
    match stream.broken() {
        _ if bytes.len() > limit => Coding::Large,
        Some(Break::Damaged(_)) if bytes.is_empty() => Coding::Plain,
        broken => Coding::Decoded(bytes, broken.is_none()),
    }
}

/// What the reader gives up to its end or its first error; `None` when that is nothing.
fn read_up_to(mut reader: impl Read, limit: usize) -> Option<(Vec<u8>, bool)> {
    let mut out = Vec::new();
    let mut chunk = vec![0; 32 << 10];
    let whole = loop {
        match reader.read(&mut chunk) {
            Ok(0) => break true,
            Ok(read) => out.extend_from_slice(&chunk[..read]),
            Err(_) => break false,
        }
        if out.len() > limit {
            break true;
        }
    };
    (!out.is_empty()).then_some((out, whole))
}
