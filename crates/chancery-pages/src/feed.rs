//! Feeds: RSS, Atom and JSON Feed, every item that carries text an article.
//!
//! The page is the feed's document, so a cite leads through up to three layers to its bytes: the charset, the escapes of XML
//! or JSON, and the markup that was escaped. Every layer has a map, and the maps are composed. (Libraries that read feeds give
//! the text alone; that is why XML and JSON are read here.)

mod dates;
mod item;
mod json;
mod rss;
mod xml;

use chancery_model::{MediaKind, Page, PageReading};

use crate::decode::Decoded;

/// Reads the items of a feed.
pub(crate) fn read(page: &Page, decoded: &Decoded) -> PageReading {
    let feed = match page.media {
        MediaKind::JsonFeed => json::read(decoded),
        _ => rss::read(decoded),
    };
    feed.reading(page)
}
