//! Kinds of files that are not read, by their first bytes, with what to do about each.

/// A kind of file that is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct What {
    /// With its article: "a PNG picture".
    pub(super) name: &'static str,
    /// What to do.
    pub(super) hint: &'static str,
}

const fn what(name: &'static str, hint: &'static str) -> What {
    What { name, hint }
}

const PICTURE: &str = "save the page itself, not its picture";
const MEDIA: &str = "save the page or a transcript of it as text";
const OFFICE: &str = "save its words as text or HTML";
const UNPACK: &str = "unpack it and read what is inside";
const PROGRAM: &str = "leave it out";

/// Bytes that are no words and of no kind known here.
pub(super) const BINARY: What = what("binary data", "give pages as HTML, text, feeds or WARC");
/// JSON that is no feed.
pub(super) const JSON: What =
    what("JSON that is no JSON Feed", "give the page that it describes, or a manifest with --list");
/// A message, or a page saved as one.
pub(super) const MHTML: What = what("a mail message or MHTML without a page in it", "save the page as HTML");

const MAGIC: [(usize, &[u8], What); 40] = [
    (0, b"\x89PNG\r\n\x1a\n", what("a PNG picture", PICTURE)),
    (0, b"\xff\xd8\xff", what("a JPEG picture", PICTURE)),
    (0, b"GIF87a", what("a GIF picture", PICTURE)),
    (0, b"GIF89a", what("a GIF picture", PICTURE)),
    (8, b"WEBP", what("a WebP picture", PICTURE)),
    (0, b"\0\0\x01\0", what("an icon", PICTURE)),
    (0, b"II*\0", what("a TIFF picture", PICTURE)),
    (0, b"MM\0*", what("a TIFF picture", PICTURE)),
    (4, b"ftypavif", what("an AVIF picture", PICTURE)),
    (4, b"ftyphei", what("a HEIC picture", PICTURE)),
    (4, b"ftyp", what("a video", MEDIA)),
    (0, b"\x1aE\xdf\xa3", what("a video", MEDIA)),
    (8, b"AVI ", what("a video", MEDIA)),
    (8, b"WAVE", what("a sound file", MEDIA)),
    (0, b"ID3", what("a sound file", MEDIA)),
    (0, b"OggS", what("a sound or video file", MEDIA)),
    (0, b"fLaC", what("a sound file", MEDIA)),
    (0, b"%PDF-", what("a PDF", "save its words as text (pdftotext), or give the HTML page")),
    (0, b"%!PS", what("PostScript", OFFICE)),
    (0, b"{\\rtf", what("an RTF document", OFFICE)),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", what("an old Office document", OFFICE)),
    (0, b"PK\x03\x04", what("a ZIP archive or an Office document", UNPACK)),
    (0, b"PK\x05\x06", what("an empty ZIP archive", UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", what("a 7-Zip archive", UNPACK)),
    (0, b"Rar!\x1a\x07", what("a RAR archive", UNPACK)),
    (257, b"ustar", what("a tar archive", UNPACK)),
    (0, b"\x1f\x8b", what("gzip within gzip", UNPACK)),
    (0, b"\xfd7zXZ\0", what("an xz file", UNPACK)),
    (0, b"BZh", what("a bzip2 file", UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", what("a zstd file", UNPACK)),
    (0, b"\x04\x22\x4d\x18", what("an lz4 file", UNPACK)),
    (
        0,
        b"SQLite format 3\0",
        what("an SQLite file", "a kept record is opened with `chancery articles FILE`"),
    ),
    (0, b"\x7fELF", what("a program", PROGRAM)),
    (0, b"\xcf\xfa\xed\xfe", what("a program", PROGRAM)),
    (0, b"\xca\xfe\xba\xbe", what("a program", PROGRAM)),
    (0, b"\0asm", what("a program", PROGRAM)),
    (0, b"wOFF", what("a font", PROGRAM)),
    (0, b"wOF2", what("a font", PROGRAM)),
    (0, b"\0\0\xfe\xff", what("text in UTF-32", "save it as UTF-8")),
    (0, b"\xff\xfe\0\0", what("text in UTF-32", "save it as UTF-8")),
];

/// The kind that the first bytes give away.
pub(super) fn by_magic(head: &[u8]) -> Option<What> {
    let found =
        MAGIC.iter().find(|(at, magic, _)| head.get(*at..).is_some_and(|rest| rest.starts_with(magic)));
    found.map(|(.., what)| *what).or_else(|| windows_program(head))
}

/// Two letters alone would be the beginning of a text: a program of Windows holds zeros right behind them.
fn windows_program(head: &[u8]) -> Option<What> {
    (head.starts_with(b"MZ") && head[..head.len().min(64)].contains(&0)).then_some(what("a program", PROGRAM))
}

/// XML with this root element that is neither a page nor a feed.
pub(super) fn xml(root: &str) -> What {
    match root {
        "svg" => what("an SVG picture", PICTURE),
        "urlset" | "sitemapindex" => what("a sitemap", "fetch the pages it lists and give those"),
        "opml" => what("a list of feeds", "fetch the feeds it lists and give those"),
        _ => what("XML of another kind than XHTML, RSS or Atom", "give the page as HTML or text"),
    }
}

/// Elements that a page of HTML, or a piece of one, begins with.
pub(super) const HTML_ELEMENTS: [&str; 46] = [
    "a",
    "abbr",
    "article",
    "aside",
    "b",
    "base",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "i",
    "iframe",
    "img",
    "li",
    "link",
    "main",
    "meta",
    "nav",
    "noscript",
    "ol",
    "p",
    "script",
    "section",
    "span",
    "strong",
    "style",
    "table",
    "title",
];
