//! Every cite of a case, proved: the page's bytes are the words shown.

use chancery_model::{Cite, Known, MediaKind, Page, PageId, PageSpan};
use chancery_pages::PageWords;
use serde_json::Value;

/// Cites that the page's bytes do not bear out, in words. Pages out of an archive are not at hand here; `chancery check`
/// proves those.
pub(crate) fn broken(lines: &[Value], bytes: &[u8]) -> Vec<String> {
    let id = PageId::of(bytes).to_string();
    let page = lines.iter().find(|line| line["kind"] == "page" && line["id"] == id.as_str());
    let Some(media) = page.and_then(|page| MediaKind::parse(page["media_type"].as_str()?)) else {
        return Vec::new();
    };
    let page = Page::new(bytes.to_vec(), "page".to_owned(), media, Known::default());
    let words = PageWords::new(&page);
    lines.iter().flat_map(cites).filter_map(|cite| differs(&cite, page.id, &words)).collect()
}

/// Words, and the bytes they are said to stand in.
struct Shown {
    words: String,
    ranges: Vec<PageSpan>,
}

/// The cites of one line. Blocks of the body are cut from the article's text.
fn cites(line: &Value) -> Vec<Shown> {
    let text: Vec<char> = line["text"].as_str().unwrap_or("").chars().collect();
    let mut found: Vec<Shown> = [&line["title"], &line["dateline"], &line["published"]["cite"]]
        .into_iter()
        .filter_map(|cite| shown(cite, cite["text"].as_str()?.to_owned()))
        .collect();
    for block in line["blocks"].as_array().into_iter().flatten() {
        let cut = || {
            let (start, end) = (block["start"].as_u64()? as usize, block["end"].as_u64()? as usize);
            Some(text[start..end].iter().collect::<String>())
        };
        let words = block["text"].as_str().map(str::to_owned).or_else(cut);
        found.extend(words.and_then(|words| shown(block, words)));
    }
    if line["kind"] == "furniture" {
        found.extend(shown(line, line["text"].as_str().unwrap_or("").to_owned()));
    }
    found
}

fn shown(cite: &Value, words: String) -> Option<Shown> {
    let span = |start: &Value, end: &Value| {
        Some(PageSpan { start: start.as_u64()? as u32, end: end.as_u64()? as u32 })
    };
    let pieces = cite["page_pieces"].as_array().into_iter().flatten();
    let mut ranges: Vec<PageSpan> = pieces.filter_map(|pair| span(&pair[0], &pair[1])).collect();
    ranges.extend(span(&cite["page_start"], &cite["page_end"]));
    (!ranges.is_empty()).then_some(Shown { words, ranges })
}

fn differs(shown: &Shown, page: PageId, words: &PageWords) -> Option<String> {
    let cite = Cite { page, ranges: shown.ranges.clone(), words: shown.words.clone(), span: None };
    (!words.holds(&cite))
        .then(|| format!("the line shows {:?}, the page has {:?}", shown.words, words.at(&shown.ranges)))
}
