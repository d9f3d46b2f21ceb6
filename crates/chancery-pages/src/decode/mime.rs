//! A page saved with its pictures as one message (MHTML, RFC 2557): the part that is the page, its transfer encoding undone.
//!
//! It knows headers, boundaries, quoted-printable and base64, and where in the message each byte of the part stands. It reads the
//! first part that is HTML and passes over all others.

use chancery_model::{PageSpan, PieceKind, SourceMap};
use memchr::{memchr, memmem};

/// As much of a message as can be headers, in bytes.
const HEAD: usize = 64 << 10;
/// Parts looked at, and how deep they nest.
const PARTS: usize = 64;
const DEPTH: usize = 4;
/// Pieces of the map; what lies beyond is not read.
const PIECES: usize = 4 << 20;

/// The part of a message that is a page.
pub(crate) struct Part {
    /// Its bytes, transfer encoding undone.
    pub(super) bytes: Vec<u8>,
    /// From them to the bytes of the message.
    pub(super) map: SourceMap,
    /// The charset that its headers name.
    pub(super) charset: Option<String>,
}

/// The first part of HTML; `None` for bytes that are no message, or one without such a part.
pub(crate) fn html_part(message: &[u8]) -> Option<Part> {
    let (head, _) = head(message)?;
    head.value("mime-version")?;
    find(message, 0, DEPTH)
}

/// The address that whoever saved the page wrote above it.
pub(crate) fn address(message: &[u8]) -> Option<String> {
    let (head, _) = head(message)?;
    head.value("mime-version")?;
    let address = head.value("snapshot-content-location").or_else(|| head.value("content-location"))?;
    address.contains("://").then_some(address)
}

/// The first part of HTML in what begins with headers at byte `start` of the message.
fn find(entity: &[u8], start: usize, depth: usize) -> Option<Part> {
    let (head, length) = head(entity)?;
    let kind = head.value("content-type")?;
    let body = &entity[length..];
    if is(&kind, "text/html") || is(&kind, "application/xhtml+xml") {
        let transfer = head.value("content-transfer-encoding").unwrap_or_default();
        return Some(undo(body, start + length, &transfer, parameter(&kind, "charset")));
    }
    if !is(&kind, "multipart/") || depth == 0 {
        return None;
    }
    let mark = format!("--{}", parameter(&kind, "boundary")?);
    let parts = parts(body, mark.as_bytes());
    parts.into_iter().find_map(|(from, to)| find(&body[from..to], start + length + from, depth - 1))
}

fn is(kind: &str, prefix: &str) -> bool {
    kind.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix))
}

/// The headers of a message or a part, unfolded.
struct Head(Vec<(String, String)>);

impl Head {
    fn value(&self, name: &str) -> Option<String> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }
}

/// The headers at the start of `bytes`, and the bytes that they and the empty line below take.
fn head(bytes: &[u8]) -> Option<(Head, usize)> {
    let window = &bytes[..bytes.len().min(HEAD)];
    let wide = memmem::find(window, b"\r\n\r\n").map(|at| (at, at + 4));
    let narrow = memmem::find(window, b"\n\n").map(|at| (at, at + 2));
    let (end, body) = [wide, narrow].into_iter().flatten().min()?;
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in String::from_utf8_lossy(&window[..end]).lines() {
        match fields.last_mut() {
            Some((_, value)) if line.starts_with([' ', '\t']) => {
                value.push(' ');
                value.push_str(line.trim());
            }
            _ => {
                let (name, value) = line.split_once(':')?;
                let sound = !name.is_empty() && name.bytes().all(|b| b.is_ascii_graphic() && b != b'<');
                fields.push(sound.then(|| (name.to_ascii_lowercase(), value.trim().to_owned()))?);
            }
        }
    }
    (!fields.is_empty()).then_some((Head(fields), body))
}

/// A parameter of a header's value, quoted or not.
fn parameter(value: &str, name: &str) -> Option<String> {
    let fields = value.split(';').skip(1).filter_map(|field| field.split_once('='));
    let mut found = fields.filter(|(known, _)| known.trim().eq_ignore_ascii_case(name));
    found.next().map(|(_, value)| value.trim().trim_matches('"').to_owned()).filter(|v| !v.is_empty())
}

/// Where the parts between lines of the mark begin and end.
fn parts(body: &[u8], mark: &[u8]) -> Vec<(usize, usize)> {
    let at_line = |at: &usize| *at == 0 || body[*at - 1] == b'\n';
    let marks: Vec<usize> = memmem::find_iter(body, mark).filter(at_line).take(PARTS).collect();
    let mut out = Vec::new();
    for (n, at) in marks.iter().enumerate() {
        let after = at + mark.len();
        if body[after..].starts_with(b"--") {
            break;
        }
        let Some(line) = memchr(b'\n', &body[after..]) else { break };
        let end = marks.get(n + 1).copied().unwrap_or(body.len());
        out.push(((after + line + 1).min(end), end));
    }
    out
}

/// Undoes a transfer encoding. `start` is where `body` stands in the message.
fn undo(body: &[u8], start: usize, transfer: &str, charset: Option<String>) -> Part {
    let mut part = Part { bytes: Vec::with_capacity(body.len()), map: SourceMap::default(), charset };
    match transfer.trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => part.quoted(body, start),
        "base64" => part.base64(body, start),
        _ => part.verbatim(body, start),
    }
    part
}

impl Part {
    fn verbatim(&mut self, bytes: &[u8], at: usize) {
        self.bytes.extend_from_slice(bytes);
        self.map.push(bytes.len(), PageSpan::new(at, at + bytes.len()), PieceKind::Verbatim);
    }

    fn decoded(&mut self, byte: u8, from: usize, to: usize) {
        self.bytes.push(byte);
        self.map.push(1, PageSpan::new(from, to), PieceKind::Decoded);
    }

    /// `=3D` is a byte, `=` at the end of a line joins it to the next.
    fn quoted(&mut self, body: &[u8], start: usize) {
        let mut at = 0;
        while at < body.len() && self.map.pieces().len() < PIECES {
            let next = memchr(b'=', &body[at..]).map_or(body.len(), |n| at + n);
            self.verbatim(&body[at..next], start + at);
            at = next;
            if at == body.len() {
                return;
            }
            let line = body[at + 1..].iter().take_while(|b| matches!(b, b' ' | b'\t' | b'\r')).count();
            if let Some(byte) = hex(&body[at + 1..]) {
                self.decoded(byte, start + at, start + at + 3);
                at += 3;
            } else if matches!(body.get(at + 1 + line), Some(b'\n') | None) {
                at = (at + 2 + line).min(body.len());
            } else {
                self.verbatim(b"=", start + at);
                at += 1;
            }
        }
    }

    /// Four letters are three bytes. A byte has two letters in part; it is said to stand where the first of them does, so that no
    /// two bytes stand in one place.
    fn base64(&mut self, body: &[u8], start: usize) {
        let letters = body.iter().enumerate().filter_map(|(at, b)| Some((start + at, sextet(*b)?)));
        let (mut held, mut bits, mut from) = (0_u32, 0, start);
        for (at, value) in letters {
            if self.map.pieces().len() >= PIECES {
                return;
            }
            if bits == 0 {
                from = at;
            }
            held = held << 6 | u32::from(value);
            bits += 6;
            if bits >= 8 {
                bits -= 8;
                // The last letter of four is the third byte's alone; the others are shared with the byte that follows.
                let to = if bits == 0 { at + 1 } else { at };
                self.decoded((held >> bits) as u8, from, to.max(from + 1));
                held &= (1 << bits) - 1;
                from = to.max(from + 1);
            }
        }
    }
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |at: usize| (*digits.get(at)? as char).to_digit(16);
    Some((digit(0)? << 4 | digit(1)?) as u8)
}

fn sextet(letter: u8) -> Option<u8> {
    match letter {
        b'A'..=b'Z' => Some(letter - b'A'),
        b'a'..=b'z' => Some(letter - b'a' + 26),
        b'0'..=b'9' => Some(letter - b'0' + 52),
        b'+' | b'-' => Some(62),
        b'/' | b'_' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(transfer: &str, body: &str) -> String {
        format!(
            "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://post.example/a\r\nMIME-Version: 1.0\r\n\
             Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"-=edge\"\r\n\r\n---=edge\r\n\
             Content-Type: text/css\r\n\r\np {{}}\r\n---=edge\r\nContent-Type: text/html; charset=utf-8\r\n\
             Content-Transfer-Encoding: {transfer}\r\n\r\n{body}\r\n---=edge--\r\n"
        )
    }

    fn check(transfer: &str, body: &str, expected: &[u8]) {
        let whole = message(transfer, body);
        let part = html_part(whole.as_bytes()).expect("a part of HTML");
        let shown = part.bytes.strip_suffix(b"\r\n").unwrap_or(&part.bytes);
        assert_eq!(String::from_utf8_lossy(shown), String::from_utf8_lossy(expected), "{transfer}");
        assert_eq!(part.map.text_len(), part.bytes.len(), "the map covers the bytes");
        let mut last = 0;
        for piece in part.map.pieces() {
            assert!(piece.page.start >= last && piece.page.start < piece.page.end, "in order, none twice");
            last = piece.page.end;
        }
        assert_eq!(part.charset.as_deref(), Some("utf-8"));
    }

    #[test]
    fn the_part_of_html_is_found_and_undone() {
        check("quoted-printable", "<p>Caf=C3=A9 a=3Db =\r\nopen = x=", "<p>Café a=b open = x".as_bytes());
        check("base64", "PHA+Q2Fm\r\nw6k8L3A+", "<p>Café</p>".as_bytes());
        check("8bit", "<p>Café</p>", "<p>Café</p>".as_bytes());
        let whole = message("8bit", "x");
        assert_eq!(address(whole.as_bytes()).as_deref(), Some("https://post.example/a"));
    }

    #[test]
    fn what_is_no_message_has_no_part() {
        for no in ["", "<p>a: b</p>\n\n", "Talks: open\n\nThey met.", "MIME-Version: 1.0\n\nwords"] {
            assert!(html_part(no.as_bytes()).is_none(), "{no}");
        }
        let endless = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=a\n\n--a\n".repeat(9);
        assert!(html_part(endless.as_bytes()).is_none());
    }
}
