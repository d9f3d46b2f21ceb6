//! A page: bytes as they came, never rewritten.

use crate::{Moment, PageId};

/// One page as the web or a file gave it.
#[derive(Clone, Debug)]
pub struct Page {
    /// Hash of `bytes`.
    pub id: PageId,
    /// The raw bytes (of a WARC response: its payload, transfer and content encodings undone).
    pub bytes: Vec<u8>,
    /// Where it came from: a path, or `archive.warc.gz#offset` with `known.url` beside it.
    pub origin: String,
    /// What the bytes are, recognised by content.
    pub media: MediaKind,
    /// The charset that the transport named (an HTTP header), if any: it outranks what the page says of itself.
    pub charset: Option<String>,
    /// What is known of the page from outside its bytes.
    pub known: Known,
}

impl Page {
    /// A page of these bytes.
    pub fn new(bytes: Vec<u8>, origin: String, media: MediaKind, known: Known) -> Self {
        Self { id: PageId::of(&bytes), bytes, origin, media, charset: None, known }
    }
}

/// What a page's bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MediaKind {
    /// HTML or XHTML.
    Html,
    /// Words and line breaks.
    Text,
    /// RSS or Atom.
    XmlFeed,
    /// JSON Feed.
    JsonFeed,
}

impl MediaKind {
    /// Every kind.
    pub const ALL: [MediaKind; 4] = [Self::Html, Self::Text, Self::XmlFeed, Self::JsonFeed];

    /// Reads the media type as the wire gives it.
    pub fn parse(words: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.media_type() == words)
    }

    /// The media type as the wire gives it.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Html => "text/html",
            Self::Text => "text/plain",
            Self::XmlFeed => "application/xml",
            Self::JsonFeed => "application/feed+json",
        }
    }
}

/// What a manifest or an archive says of a page. What is given here is known, with basis `metadata`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// Its address on the web.
    pub url: Option<String>,
    /// When it was published.
    pub published: Option<Moment>,
    /// When it was fetched.
    pub captured: Option<Moment>,
    /// The outlet's name.
    pub outlet: Option<String>,
}
