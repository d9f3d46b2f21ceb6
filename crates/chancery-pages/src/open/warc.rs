//! WARC (ISO 28500): the records of a web archive one by one, and the pages among them.
//!
//! A record says how long it is, and some say it wrongly: crawlers are killed, files are cut and glued. So a length is believed
//! only when a record's end, the end of the file or another record stands behind it; otherwise reading goes on at the
//! next line that begins a record, and a note tells where.

use chancery_model::{Known, Moment, Note, NoteCode, Page};
use memchr::memmem;

use super::http::{self, Head, Unpacked};
use super::kind::{self, Kind};
use super::stream::{Break, Stream};
use super::{About, Opened, Tally};

/// What every record begins with.
const MAGIC: &[u8] = b"WARC/";
/// How a record begins behind another one: the version is part of it, so that a page which mentions the format is not
/// taken for a record.
const NEXT: &[u8] = b"\nWARC/1.";
/// Empty lines that may stand before a record.
const BLANKS: usize = 1 << 10;

/// Whether the input is a web archive.
pub(super) fn starts(stream: &mut Stream<'_>) -> bool {
    stream.peek(BLANKS).trim_ascii_start().starts_with(MAGIC)
}

/// The records of an archive.
pub(super) struct Archive<'a> {
    stream: Stream<'a>,
    ready: std::collections::VecDeque<Opened>,
    record_notes: usize,
    unnoted: u64,
    unpackable: u64,
    lost: bool,
    done: bool,
}

/// The head of a record.
struct Record {
    head: Head,
    place: u64,
    length: u64,
}

impl<'a> Archive<'a> {
    pub(super) fn new(stream: Stream<'a>) -> Self {
        Self {
            stream,
            ready: std::collections::VecDeque::new(),
            record_notes: 0,
            unnoted: 0,
            unpackable: 0,
            lost: false,
            done: false,
        }
    }

    /// The next page or note.
    pub(super) fn next(&mut self, about: &About, tally: &mut Tally) -> Option<Opened> {
        loop {
            if let Some(opened) = self.ready.pop_front() {
                return Some(opened);
            }
            if self.done {
                return None;
            }
            self.step(about, tally);
        }
    }

    /// Reads one record, or what stands in the place of one.
    fn step(&mut self, about: &About, tally: &mut Tally) {
        self.skip_blank();
        if self.stream.peek(1).is_empty() {
            return self.end(about);
        }
        if !self.stream.peek(MAGIC.len()).starts_with(MAGIC) {
            return self.resynchronise(about);
        }
        let Some(record) = self.head(about) else { return };
        self.lost = false;
        tally.records += 1;
        let before = self.ready.len();
        self.content(&record, about);
        tally.passed += u64::from(self.ready.len() == before);
    }

    fn skip_blank(&mut self) {
        loop {
            let ahead = self.stream.peek(1);
            let blank = ahead.iter().take_while(|b| b.is_ascii_whitespace()).count();
            if blank == 0 {
                return;
            }
            self.stream.consume(blank);
        }
    }

    /// The input is over, or broken.
    fn end(&mut self, about: &About) {
        if let Some(reason) = self.stream.broken().cloned() {
            let at = self.stream.place();
            if !self.lost {
                self.note(about, super::single::break_note(&format!("{}#{at}", about.origin), &reason));
            }
            self.lost = true;
            if self.stream.recover() {
                return;
            }
        }
        self.done = true;
        self.summary(about);
    }

    /// Steps over bytes that are no record to the next line that begins one.
    fn resynchronise(&mut self, about: &About) {
        let place = self.stream.place();
        self.seek_next_record();
        if !self.lost {
            self.damaged(about, place, "what stands here is no record; reading went on at the next one");
        }
        self.lost = true;
    }

    fn seek_next_record(&mut self) {
        loop {
            let ahead = self.stream.peek(super::stream::CHUNK);
            let found = memmem::find(ahead, NEXT);
            let step = match found {
                Some(at) => at + 1,
                None => ahead.len().saturating_sub(NEXT.len() - 1).max(usize::from(!ahead.is_empty())),
            };
            let over = ahead.is_empty();
            self.stream.consume(step);
            if over || found.is_some() {
                return;
            }
        }
    }

    fn head(&mut self, about: &About) -> Option<Record> {
        let place = self.stream.place();
        let ahead = self.stream.peek(about.limits.head_bytes);
        let window = &ahead[..ahead.len().min(about.limits.head_bytes)];
        let Some((head, length)) = Head::read(window) else {
            return self.headless(about, place);
        };
        let content = head.get("content-length").and_then(|v| v.parse::<u64>().ok());
        self.stream.consume(length);
        let Some(length) = content else {
            self.seek_next_record();
            self.damaged(
                about,
                place,
                "the record does not say how long it is; reading went on at the next one",
            );
            return None;
        };
        Some(Record { head, place, length })
    }

    /// A record whose head has no end.
    fn headless<T>(&mut self, about: &About, place: u64) -> Option<T> {
        let cut = self.stream.peek(about.limits.head_bytes).len() < about.limits.head_bytes;
        self.stream.consume(1);
        self.seek_next_record();
        if cut && self.stream.peek(1).is_empty() {
            self.truncated(about, place, "the file ends within the head of a record");
        } else {
            self.damaged(about, place, "the head of a record has no end; reading went on at the next one");
        }
        None
    }

    /// Reads the content of a record, and the page in it.
    fn content(&mut self, record: &Record, about: &About) {
        let limit = (about.limits.page_bytes + about.limits.head_bytes) as u64;
        if record.length > limit {
            return self.large(record, about);
        }
        let mut content = self.stream.take(record.length as usize);
        let whole = content.len() as u64 == record.length;
        let bounded = self.at_boundary();
        if let Some(reason @ Break::Damaged(_)) = self.stream.unsound().cloned() {
            return self.unsound(record, &reason, about);
        }
        if whole && bounded {
            return self.page(record, &content, about);
        }
        if let Some(at) = memmem::find(&content, NEXT) {
            self.stream.unread(&content[at + 1..]);
            content.truncate(at + 1);
            self.damaged(
                about,
                record.place,
                "the record is shorter than it says; it was read to the next one",
            );
        } else if whole {
            let missing = self.take_to_next_record(limit as usize - content.len());
            content.extend_from_slice(&missing);
            self.damaged(
                about,
                record.place,
                "the record is longer than it says; it was read to the next one",
            );
        } else {
            self.truncated(
                about,
                record.place,
                "the file ends within this record; what there is of it was read",
            );
            self.lost = true;
        }
        let end = content.trim_ascii_end().len();
        self.page(record, &content[..end], about);
    }

    /// A record whose compressed bytes do not hold together. Nothing of it is read: its words may be anything.
    fn unsound(&mut self, record: &Record, reason: &Break, about: &About) {
        let what = if let Break::Damaged(what) = reason { what } else { "the record cannot be read" };
        self.damaged(about, record.place, &format!("{what}; the record was left out and the next one read"));
        self.lost = true;
        let left = self.stream.peek(1).len();
        self.stream.consume(left);
    }

    /// Whether a record may end here: before an empty line, the end of the file or another record.
    fn at_boundary(&mut self) -> bool {
        let ahead = self.stream.peek(4 + MAGIC.len());
        let behind = ahead.trim_ascii_start();
        behind.starts_with(MAGIC)
            || ahead.starts_with(b"\r\n\r\n")
            || ahead.starts_with(b"\n\n")
            || behind.is_empty()
    }

    fn take_to_next_record(&mut self, most: usize) -> Vec<u8> {
        let ahead = self.stream.peek(most);
        let end = memmem::find(ahead, NEXT).map_or(ahead.len(), |at| at + 1).min(most);
        self.stream.take(end)
    }

    /// A record too long to hold a page that is read. What it claims to be decides whether a reader is told.
    fn large(&mut self, record: &Record, about: &About) {
        let peeked = self.stream.peek(about.limits.head_bytes);
        let page_like = is_page_like(record, peeked);
        if self.stream.skip(record.length) < record.length {
            self.truncated(about, record.place, "the file ends within this record");
        } else if !self.at_boundary() {
            self.seek_next_record();
            self.damaged(
                about,
                record.place,
                "the record is not as long as it says; reading went on at the next one",
            );
        } else if page_like {
            self.too_large(record, about);
        }
    }

    fn too_large(&mut self, record: &Record, about: &About) {
        let limit = about.limits.page_bytes >> 20;
        let message = format!("{}: the page is larger than {limit} MB and was not read", name(record, about));
        self.note(about, Note::new(NoteCode::TooLarge, message).hint(super::single::LARGE_HINT));
    }

    /// Finds the page in the content of a record.
    fn page(&mut self, record: &Record, content: &[u8], about: &About) {
        let Some(unpacked) = payload(record, content, about) else { return };
        match unpacked {
            Unpacked::Bytes { bytes, charset, cut } => {
                let Kind::Page(media) = kind::recognise(&bytes) else { return };
                let origin = format!("{}#{}", about.origin, record.place);
                let mut page = Page::new(bytes, origin, media, known(record, &about.known));
                page.charset = charset;
                self.ready.push_back(Opened::Page(Box::new(page)));
                if cut || record.head.get("warc-truncated").is_some() {
                    self.truncated(
                        about,
                        record.place,
                        "the page was cut short when it was fetched; what there is of it was read",
                    );
                }
            }
            Unpacked::TooLarge => self.too_large(record, about),
            Unpacked::Unknown => self.unpackable += 1,
        }
    }

    fn damaged(&mut self, about: &About, place: u64, what: &str) {
        let message = format!("{}#{place}: {what}", about.origin);
        self.note(
            about,
            Note::new(NoteCode::Damaged, message)
                .hint("fetch the archive again, or check how it was written"),
        );
    }

    fn truncated(&mut self, about: &About, place: u64, what: &str) {
        let message = format!("{}#{place}: {what}", about.origin);
        self.note(about, Note::new(NoteCode::Truncated, message).hint("fetch it again to read the rest"));
    }

    fn note(&mut self, about: &About, note: Note) {
        if self.record_notes < about.limits.record_notes {
            self.record_notes += 1;
            self.ready.push_back(Opened::Note(note));
        } else {
            self.unnoted += 1;
        }
    }

    /// What is said once at the end.
    fn summary(&mut self, about: &About) {
        if self.unnoted > 0 {
            let message = format!(
                "{}: {} more records of this archive are damaged or too large",
                about.origin, self.unnoted
            );
            let hint = "fetch the archive again, or check how it was written";
            self.ready.push_back(Opened::Note(Note::new(NoteCode::Damaged, message).hint(hint)));
        }
        if self.unpackable > 0 {
            let message = format!(
                "{}: {} pages are packed in a way that is not read (gzip, deflate and br are)",
                about.origin, self.unpackable
            );
            let hint = "write the archive again with content encodings undone";
            self.ready.push_back(Opened::Note(Note::new(NoteCode::NotAPage, message).hint(hint)));
        }
    }
}

/// The record for a reader: the archive, the place in it, the address.
fn name(record: &Record, about: &About) -> String {
    let address = record.head.get("warc-target-uri").unwrap_or("no address");
    format!("{}#{} ({address})", about.origin, record.place)
}

/// Whether the record claims to hold something that would be read.
fn is_page_like(record: &Record, content: &[u8]) -> bool {
    match record.head.get("warc-type") {
        Some("response") => Head::read(content).is_some_and(|(head, _)| http::holds_page(&head)),
        Some("resource" | "conversion") => http::is_page_type(record.head.get("content-type")),
        _ => false,
    }
}

/// The bytes that the record's address stands for, if it may be a page.
fn payload(record: &Record, content: &[u8], about: &About) -> Option<Unpacked> {
    if record.head.get("warc-target-uri").is_some_and(is_robots) {
        return None;
    }
    match record.head.get("warc-type")? {
        "response" => http::unpack(content, about.limits.page_bytes),
        "resource" | "conversion" => {
            let content_type = record.head.get("content-type");
            http::is_page_type(content_type).then(|| Unpacked::Bytes {
                bytes: content.to_vec(),
                charset: http::charset_of(content_type),
                cut: false,
            })
        }
        _ => None,
    }
}

/// Rules for crawlers, kept beside the pages of a site and fetched as plain text.
fn is_robots(address: &str) -> bool {
    address.trim_end_matches('>').ends_with("/robots.txt")
}

/// What the record says of its page, over what the manifest says of the archive.
fn known(record: &Record, manifest: &Known) -> Known {
    let address = record.head.get("warc-target-uri").map(|a| a.trim_matches(['<', '>']).to_owned());
    let captured = record.head.get("warc-date").and_then(Moment::parse);
    Known {
        url: address.or_else(|| manifest.url.clone()),
        captured: captured.or(manifest.captured),
        published: manifest.published,
        outlet: manifest.outlet.clone(),
    }
}
