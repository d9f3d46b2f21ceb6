//! Pages saved as messages (MHTML): the first byte says how the rest becomes one.
#![no_main]

use chancery_model::MediaKind;

#[path = "../../crates/chancery-pages/tests/it/prove.rs"]
#[allow(dead_code)]
mod prove;

const TRANSFERS: [&str; 4] = ["8bit", "quoted-printable", "base64", "no-such"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, rest)) = bytes.split_first() else { return };
    let message = match first % 8 {
        0 => [b"MIME-Version: 1.0\r\n", rest].concat(),
        1 => message(TRANSFERS[1], &quoted(rest, *first)),
        2 => message(TRANSFERS[2], &base64(rest, *first)),
        3 => parts(rest),
        n => message(TRANSFERS[usize::from(n) % TRANSFERS.len()], rest),
    };
    prove::opened(&message);
    prove::bytes(&message, MediaKind::Html, None);
});

/// A message of two parts; the second is the page.
fn message(transfer: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "From: <saved>\r\nSnapshot-Content-Location: https://post.example/a\r\nMIME-Version: 1.0\r\nContent-Type: \
         multipart/related; boundary=\"edge\"\r\n\r\n--edge\r\nContent-Type: image/png\r\n\r\nx\r\n--edge\r\nContent-Type: \
         text/html; charset=utf-8\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    );
    [head.as_bytes(), body, b"\r\n--edge--\r\n"].concat()
}

/// Everything below the headers of a message of parts.
fn parts(body: &[u8]) -> Vec<u8> {
    let head = b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=e\n\n--e\nContent-Type: text/html; charset=";
    [head.as_slice(), body].concat()
}

/// Each byte that `every` picks as three letters, a line broken now and then.
fn quoted(page: &[u8], every: u8) -> Vec<u8> {
    let mut out = Vec::new();
    for (n, byte) in page.iter().enumerate() {
        match n % (usize::from(every) / 8 + 2) {
            0 => out.extend(format!("={byte:02X}").bytes()),
            1 if n % 50 == 1 => out.extend([b'=', b'\r', b'\n', *byte]),
            _ => out.push(*byte),
        }
    }
    out
}

/// Three bytes as four letters, a line broken now and then.
fn base64(page: &[u8], width: u8) -> Vec<u8> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = Vec::new();
    for (n, three) in page.chunks(3).enumerate() {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for letter in 0..=three.len() {
            out.push(LETTERS[(bits >> (18 - 6 * letter)) as usize & 63]);
        }
        out.resize(out.len() + 3 - three.len(), b'=');
        if n % (usize::from(width) / 8 + 1) == 0 {
            out.extend(b"\r\n");
        }
    }
    out
}
