//! Whatever the markup, every word that a page's reading shows stands on the page: cut from its bytes, it equals what is shown.

use std::io::Read;

use chancery_model::{Known, MediaKind, Page, PageReading};
use chancery_pages::{PageWords, read_page};

/// Checks every cite of a reading; gives the number of them.
fn prove(page: &Page, reading: &PageReading) -> usize {
    let words = PageWords::new(page);
    let mut proved = 0;
    for article in &reading.articles {
        let blocks = article.blocks.iter().map(|block| article.cite(block.span));
        let dateline = article.dateline.iter().map(|dateline| article.cite(dateline.span));
        let stamp = article.published.cite.clone();
        for cite in blocks.chain(dateline).chain(article.title.clone()).chain(stamp) {
            assert!(
                words.holds(&cite),
                "{}: {:?} at {:?} is {:?}",
                page.origin,
                cite.words,
                cite.ranges,
                words.at(&cite.ranges)
            );
            proved += 1;
        }
        assert_eq!(article.map.text_len(), article.text.len(), "{}: the map covers the text", page.origin);
    }
    for furniture in &reading.furniture {
        let cite = &furniture.cite;
        assert!(
            words.holds(cite),
            "{}: {:?} at {:?} is {:?}",
            page.origin,
            cite.words,
            cite.ranges,
            words.at(&cite.ranges)
        );
        proved += 1;
    }
    proved
}

/// A generator of markup: xorshift, so that the same pages come on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }
}

const PIECES: &[&str] = &[
    "<p>",
    "</p>",
    "<div class=\"story-body\">",
    "</div>",
    "<b>",
    "</b>",
    "<a href='x'>",
    "</a>",
    "<br>",
    "<br/>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "</h1>",
    "<h2>",
    "</h2>",
    "<table><tr><td>",
    "</td>",
    "</table>",
    "<article>",
    "</article>",
    "<aside>",
    "</aside>",
    "<blockquote>",
    "</blockquote>",
    "<span>",
    "</span>",
    "<!-- no -->",
    "<script>var a = '</p>';</script>",
    "<time datetime='2025-12-02'>",
    "</time>",
    "<figure>",
    "<figcaption>",
    "</figure>",
    "<svg>",
    "</svg>",
    "<wbr>",
    "&amp;",
    "&nbsp;",
    "&eacute",
    "&#8217;",
    "&#x92;",
    "&bogus;",
    "&shy;",
    "\u{ad}",
    "\u{200b}",
    "\u{a0}",
    " ",
    "  ",
    "\n",
    "\t\r\n",
    "<",
    ">",
    "&",
    "\0",
    "<meta property='og:title' content='Talks &amp; terms'>",
    "<title>Talks &amp; terms - Post</title>",
    "By Nora Vale",
    "2 December 2025",
    "ALDMOOR (Reuters) -",
    "<p hidden>",
    "<nav>",
    "</nav>",
    "<button>",
    "The two sides met on Tuesday, officials said, and agreed to meet again.",
    "Nobody in the port believed a word of it; the ferries stayed away.",
    "Größe, naïve, 東京の会談。",
    "Share",
    "Read more: ",
    "”",
    "<p",
    "<a b=\"",
    "</",
    "<!",
    "<![CDATA[ x ]]>",
    "<template>",
    "</template>",
];

#[test]
fn every_cite_of_any_markup_holds() {
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut proved = 0;
    for number in 0..3000 {
        let length = dice.roll(120);
        let markup: String = (0..length).map(|_| dice.pick(PIECES)).collect();
        let mut bytes = markup.into_bytes();
        if number % 10 == 0 && !bytes.is_empty() {
            let at = dice.roll(bytes.len());
            bytes[at] = 0xFF;
        }
        let page = Page::new(bytes, format!("page {number}"), MediaKind::Html, Known::default());
        proved += prove(&page, &read_page(&page));
    }
    assert!(proved > 10_000, "only {proved} cites were there to prove");
}

#[test]
fn every_cite_of_stored_pages_holds() {
    let page = include_str!("../benches/page.html");
    let page = Page::new(page.into(), "page.html".into(), MediaKind::Html, Known::default());
    assert!(prove(&page, &read_page(&page)) > 10);
    for page in stored() {
        prove(&page, &read_page(&page));
    }
}

/// Pages of labelled sets, where a checkout has them beside it.
fn stored() -> Vec<Page> {
    let shared = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folders = ["extract-zyte/html", "extract-fundus/us", "extract-fundus/uk"];
    let mut paths: Vec<_> = folders
        .iter()
        .flat_map(|f| std::fs::read_dir(shared.join(f)).into_iter().flatten())
        .flatten()
        .collect();
    paths.retain(|entry| entry.file_name().to_string_lossy().ends_with(".html.gz"));
    paths.sort_by_key(std::fs::DirEntry::path);
    let page = |entry: &std::fs::DirEntry| {
        let mut bytes = Vec::new();
        let file = std::fs::File::open(entry.path()).ok()?;
        flate2::read::GzDecoder::new(file).read_to_end(&mut bytes).ok()?;
        Some(Page::new(bytes, entry.path().display().to_string(), MediaKind::Html, Known::default()))
    };
    paths.iter().filter_map(page).collect()
}
