//! Feeds: every item that carries text is an article, and its words lead to the feed's bytes.

use chancery_model::{Basis, BlockKind, Known, MediaKind, NoteCode, Page, PageReading};
use chancery_pages::{PageWords, read_page};

use crate::build::opened;

/// Reads a feed and proves every cite of it.
fn read(feed: &[u8]) -> (Page, PageReading) {
    let page = opened(feed).pages.remove(0);
    let reading = read_page(&page);
    let words = PageWords::new(&page);
    for article in &reading.articles {
        let blocks = article.blocks.iter().map(|block| article.cite(block.span));
        let cites = blocks.chain(article.title.clone()).chain(article.published.cite.clone());
        for cite in cites {
            assert!(words.holds(&cite), "{cite:?}");
        }
    }
    for furniture in &reading.furniture {
        assert!(words.holds(&furniture.cite), "{furniture:?}");
    }
    (page, reading)
}

fn blocks(reading: &PageReading, article: usize) -> Vec<(BlockKind, &str)> {
    let article = &reading.articles[article];
    article.blocks.iter().map(|b| (b.kind, &article.text[b.span.range()])).collect()
}

const RSS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour &amp; Hill</title><link>https://hill.example/</link><image><title>Logo</title></image>
<item><title>Pilots&#8217; talks <![CDATA[&mdash; day]]> two</title>
<link>https://hill.example/two?a=1&amp;copy=2</link><dc:creator>Ida Moss</dc:creator>
<pubDate>Tue, 03 Feb 2032 09:30:00 +0100</pubDate>
<description>A short word on it.</description>
<content:encoded><![CDATA[<p>The pilots said &ldquo;no&rdquo; &amp; left.</p><p>The <b>port</b> waits.</p>]]></content:encoded></item>
<item><title>Second</title><guid>https://hill.example/g</guid><author>desk@hill.example (The Desk)</author>
<description>&lt;p&gt;Tugs &amp;amp; barges lie still.&lt;/p&gt;&lt;p&gt;It rained.&lt;/p&gt;</description></item>
<item><title>Bare</title><link>https://hill.example/bare</link></item>
</channel></rss>"#;

#[test]
fn rss_items_are_articles() {
    let (page, reading) = read(RSS.as_bytes());
    assert_eq!(page.media, MediaKind::XmlFeed);
    assert_eq!(reading.articles.len(), 2);
    let first = &reading.articles[0];
    assert_eq!(first.title.as_ref().unwrap().words, "Pilots’ talks — day two");
    assert_eq!(first.body_text(), "The pilots said “no” & left.\n\nThe port waits.");
    assert_eq!(first.byline, ["Ida Moss"]);
    assert_eq!(first.url.as_deref(), Some("https://hill.example/two?a=1&copy=2"));
    assert_eq!(first.outlet.as_deref(), Some("Harbour & Hill"));
    assert_eq!(first.published.when.as_ref().unwrap().to_string(), "2032-02-03T09:30:00+01:00");
    assert_eq!(first.published.basis, Some(Basis::Metadata));
    let second = &reading.articles[1];
    assert_eq!(second.body_text(), "Tugs & barges lie still.\n\nIt rained.");
    assert_eq!(second.byline, ["The Desk"]);
    assert_eq!(second.url.as_deref(), Some("https://hill.example/g"));
    assert_eq!(second.published.when.as_ref().unwrap_err().reason, "the feed gives no date for the item");
    let furniture: Vec<&str> = reading.furniture.iter().map(|f| f.cite.words.as_str()).collect();
    assert_eq!(furniture, ["Harbour & Hill", "A short word on it.", "Bare"]);
    assert_eq!(reading.notes.len(), 1);
    assert_eq!(reading.notes[0].message, "in.put: 1 of the feed's 3 items carry no text");
}

#[test]
fn atom_entries_are_articles() {
    let (_, reading) = read(
        br#"<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Hill &lt;b&gt;</title>
<author><name>Staff</name></author>
<entry><title type="html">On &amp;lsquo;order&amp;rsquo;</title><link rel="self" href="no"/><link href="https://h.example/1"/>
<published>2032-02-03T04:05:06Z</published><updated>2032-02-04T00:00:00Z</updated>
<source><title>Elsewhere</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &amp; two.</p><p>Three.</p></div></content></entry>
<entry><title>Plain &lt;words&gt;</title><author><name>Ida Moss</name></author><updated>2032-02-04T00:00:00Z</updated>
<summary>Words &lt;as they are&gt;.</summary><content type="image/png">iVBORw0KGgo=</content></entry></feed>"#,
    );
    assert_eq!(reading.notes, []);
    let first = &reading.articles[0];
    assert_eq!(first.title.as_ref().unwrap().words, "On ‘order’");
    assert_eq!(first.body_text(), "One & two.\n\nThree.");
    assert_eq!(first.byline, ["Staff"]);
    assert_eq!(first.url.as_deref(), Some("https://h.example/1"));
    assert_eq!(first.outlet.as_deref(), Some("Hill <b>"));
    assert_eq!(first.published.when.as_ref().unwrap().to_string(), "2032-02-03T04:05:06Z");
    let second = &reading.articles[1];
    assert_eq!(
        blocks(&reading, 1),
        [(BlockKind::Headline, "Plain <words>"), (BlockKind::Paragraph, "Words <as they are>.")]
    );
    assert_eq!(second.byline, ["Ida Moss"]);
    assert!(
        second.published.when.as_ref().unwrap_err().reason.contains("changed, not when it was published")
    );
}

#[test]
fn rdf_and_prefixed_feeds_are_read() {
    let (_, reading) = read(
        br#"<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/"><channel><title>Old</title></channel>
<item rdf:about="y"><title>T</title><dc:date>2032-02-03</dc:date><description>Words of it.</description></item></rdf:RDF>"#,
    );
    assert_eq!(reading.articles[0].published.when.as_ref().unwrap().to_string(), "2032-02-03");
    let (_, reading) = read(
        b"<atom:feed xmlns:atom='http://www.w3.org/2005/Atom'><atom:title>A</atom:title>\
          <atom:entry><atom:title>B</atom:title><atom:content>Words.</atom:content></atom:entry></atom:feed>",
    );
    assert_eq!(blocks(&reading, 0), [(BlockKind::Headline, "B"), (BlockKind::Paragraph, "Words.")]);
}

#[test]
fn json_feed_items_are_articles() {
    let (page, reading) = read(
        br#"{"version": "https://jsonfeed.org/version/1.1", "title": "Hill \u0026 Harbour", "authors": [{"name": "Staff"}],
"items": [{"id": "1", "url": "https:\/\/h.example\/1", "title": "The \"deal\"", "date_published": "2032-02-03T04:05:06+02:00",
"content_html": "<p>Tugs \u2019n\u2019 barges \ud83d\ude00 &amp; more.<\/p>\n<p>Second.<\/p>", "x": [1, {"y": null}]},
{"id": "2", "content_text": "One.\n\nTwo &amp; three.", "author": {"name": "Ida Moss"}}]}"#,
    );
    assert_eq!(page.media, MediaKind::JsonFeed);
    assert_eq!(reading.notes, []);
    let first = &reading.articles[0];
    assert_eq!(first.title.as_ref().unwrap().words, "The \"deal\"");
    assert_eq!(first.body_text(), "Tugs ’n’ barges 😀 & more.\n\nSecond.");
    assert_eq!(first.url.as_deref(), Some("https://h.example/1"));
    assert_eq!(first.outlet.as_deref(), Some("Hill & Harbour"));
    assert_eq!(first.byline, ["Staff"]);
    assert_eq!(first.published.when.as_ref().unwrap().to_string(), "2032-02-03T04:05:06+02:00");
    assert_eq!(reading.articles[1].body_text(), "One.\n\nTwo &amp; three.");
    assert_eq!(reading.articles[1].byline, ["Ida Moss"]);
}

#[test]
fn a_feed_in_another_charset_keeps_its_cites() {
    let text = "<?xml version='1.0' encoding='windows-1251'?><rss><channel><title>Порт</title><item><title>Стачка</title>\
                <description>Лоцманы &amp;laquo;ушли&amp;raquo; вчера.</description></item></channel></rss>";
    let bytes: Vec<u8> = text.chars().map(cp1251).collect();
    let (_, reading) = read(&bytes);
    assert_eq!(reading.articles[0].body_text(), "Лоцманы «ушли» вчера.");
    assert_eq!(reading.articles[0].outlet.as_deref(), Some("Порт"));
}

fn cp1251(c: char) -> u8 {
    match c as u32 {
        code @ 0..0x80 => code as u8,
        code => (code - 0x410 + 0xc0) as u8,
    }
}

#[test]
fn entities_of_a_document_type_are_not_expanded() {
    let mut feed = String::from("<!DOCTYPE rss [<!ENTITY a0 'ha'>");
    for n in 1..30 {
        feed.push_str(&format!("<!ENTITY a{n} '&a{};&a{};'>", n - 1, n - 1));
    }
    feed.push_str("]><rss><channel><item><title>x</title><description>Big &a29; laugh</description></item></channel></rss>");
    let (_, reading) = read(feed.as_bytes());
    assert_eq!(reading.articles[0].body_text(), "Big &a29; laugh");
}

#[test]
fn a_cut_feed_keeps_the_items_before() {
    for cut in (1000..RSS.len() - 10).step_by(7) {
        let Some(cut) = RSS.get(..cut) else { continue };
        let (_, reading) = read(cut.as_bytes());
        assert_eq!(reading.articles[0].body_text().get(..15), Some("The pilots said"));
        assert!(reading.notes.iter().any(|n| n.code == NoteCode::Truncated));
    }
    let (_, reading) =
        read(br#"{"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "One two"#);
    assert_eq!(reading.articles[0].body_text(), "One two");
    assert_eq!(reading.notes[0].code, NoteCode::Truncated);
}

#[test]
fn the_number_of_items_is_limited() {
    let items = |count: usize| {
        let item = "<item><description>Some words.</description></item>";
        format!("<rss><channel>{}</channel></rss>", item.repeat(count))
    };
    let (_, reading) = read(items(20_000).as_bytes());
    assert_eq!((reading.articles.len(), reading.notes.len()), (20_000, 0));
    let (_, reading) = read(items(20_001).as_bytes());
    assert_eq!(reading.articles.len(), 20_000);
    assert_eq!(reading.notes[0].code, NoteCode::TooLarge);
}

#[test]
fn what_a_manifest_says_outranks_the_feed() {
    let known = Known { outlet: Some("Given".into()), ..Known::default() };
    let page = Page::new(RSS.as_bytes().to_vec(), "x".into(), MediaKind::XmlFeed, known);
    assert_eq!(read_page(&page).articles[0].outlet.as_deref(), Some("Given"));
}

#[test]
fn a_feed_that_is_not_well_formed_is_read() {
    let (_, reading) = read(
        b"<rss><channel><title>T<item><title>One<description>Words of <b>one</b>.</description></item>\
          <item><description><p>Bare <br>markup.</description></item></channel></rss>",
    );
    assert_eq!(reading.articles.len(), 2);
    assert_eq!(reading.articles[0].title.as_ref().unwrap().words, "One");
    assert_eq!(reading.articles.last().unwrap().body_text().replace("\n\n", " "), "Bare markup.");
}
