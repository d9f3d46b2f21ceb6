//! What each row of a page is, by its words, then by its neighbours.

use chancery_lexicon::fold;
use chancery_model::FurnitureReason;

use crate::recognise::byline::{self, Byline};
use crate::recognise::credit::{self, Credit};
use crate::recognise::dateline;
use crate::recognise::line;
use crate::recognise::shape::Shape;
use crate::recognise::stamp::{self, Stamp, StampValue};

use super::rows::Row;

/// How far apart a headline and its repetition stand at most, in rows.
const REPETITION: usize = 14;
/// Rows without a stop that stand together and make a list of links.
const LIST: usize = 3;
/// The longest summary between a headline and a dateline, in words.
const SUMMARY_WORDS: usize = 40;
/// The longest headline with a stop that is told by its repetition, in words.
const STOPPED_WORDS: usize = 16;
/// The longest headline that is saved with a stop, in words.
const HEADLINE_WORDS: usize = 25;
/// The longest text of an invitation to subscribe, in words.
const INVITATION_WORDS: usize = 25;
/// The longest summary under a link, in words.
const TEASER_WORDS: usize = 45;

/// What a row is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    /// Running text.
    Prose,
    /// An item of a list.
    Bullet,
    /// Words without a stop: a headline, a cross-head, a link.
    Short,
    /// The headline of a story that is repeated below.
    Headline,
    /// Dates of the page.
    Stamp(Vec<Stamp>),
    /// Authors.
    Byline(Byline),
    /// Agencies and contributors.
    Credit(Credit),
    /// Cells.
    Table,
    /// No part of a story.
    Furniture(FurnitureReason),
    /// The label of a list of links.
    ListLabel(FurnitureReason),
    /// A sentence that ends in an agency's name in brackets: a caption or the end of a story.
    Caption,
}

impl Kind {
    /// Whether it is text of a story, taken alone.
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Kind::Prose | Kind::Bullet | Kind::Table | Kind::Caption)
    }
}

/// The kinds of the rows of `text`.
pub(super) fn kinds(text: &str, rows: &[Row]) -> Vec<Kind> {
    let shapes: Vec<Shape> = rows.iter().map(|row| Shape::of(row.words(text))).collect();
    let mut kinds: Vec<Kind> =
        rows.iter().zip(&shapes).map(|(row, shape)| alone(text, row, *shape)).collect();
    repeated_headlines(text, rows, &mut kinds);
    captions(text, rows, &mut kinds);
    stopped_headline(text, rows, &shapes, &mut kinds);
    invitations(text, rows, &shapes, &mut kinds);
    lists(text, rows, &shapes, &mut kinds);
    runs(&shapes, &mut kinds);
    kinds
}

/// What a row is by its own words.
fn alone(text: &str, row: &Row, shape: Shape) -> Kind {
    let words = row.words(text);
    let stamps = stamp::of_line(words);
    // A line that gives a day is a date, whatever else it says ("· 4 min read").
    if stamps.iter().any(|stamp| matches!(stamp.value, StampValue::At(_))) {
        return Kind::Stamp(stamps);
    }
    if let Some(known) = line::furniture(words) {
        return if known.opens_list { Kind::ListLabel(known.reason) } else { Kind::Furniture(known.reason) };
    }
    if !stamps.is_empty() {
        return Kind::Stamp(stamps);
    }
    if let Some(credit) = credit::read(words) {
        return Kind::Credit(credit);
    }
    if let Some((reason, sure)) = line::picture(words) {
        return if sure { Kind::Furniture(reason) } else { Kind::Caption };
    }
    if let Some(byline) = byline::read(words).filter(|b| b.sure && !shape.stopped) {
        return Kind::Byline(byline);
    }
    match () {
        () if is_table(words) => Kind::Table,
        () if row.bullet => Kind::Bullet,
        () if shape.is_prose() || dateline::at_head(words).is_some_and(|d| d.sure) => Kind::Prose,
        () if is_address(words) => Kind::Furniture(FurnitureReason::Other),
        () if shape.words == 0 => Kind::Furniture(FurnitureReason::Other),
        () => Kind::Short,
    }
}

/// An address of the web and nothing else.
fn is_address(words: &str) -> bool {
    let host = words.split(['/', '?']).find(|part| part.contains('.'));
    let plain = !words.contains(char::is_whitespace) && words.len() < 500;
    let dotted = host.is_some_and(|h| {
        h.split('.').count() >= 2
            && h.split('.').all(|p| !p.is_empty())
            && h.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.' || b == b'-' || b == b':')
    });
    plain
        && dotted
        && words.contains('.')
        && !words.ends_with('.')
        && words.bytes().any(|b| b.is_ascii_lowercase())
}

/// Cells parted by tabs or bars.
fn is_table(words: &str) -> bool {
    let tabs = words.matches('\t').count();
    let bars = words.matches(" | ").count();
    (tabs >= 2 || bars >= 2) && words.len() < 2000
}

/// A short row that stands again a few rows below, with no story between, is a headline; the second one is furniture, and
/// sentences between the two are captions.
fn repeated_headlines(text: &str, rows: &[Row], kinds: &mut [Kind]) {
    let folded: Vec<Option<Vec<String>>> =
        rows.iter().zip(kinds.iter()).map(|(row, kind)| headline_words(text, row, kind)).collect();
    let mut at = 0;
    while at < rows.len() {
        let Some(words) = &folded[at] else {
            at += 1;
            continue;
        };
        let end = rows.len().min(at + 1 + REPETITION);
        let Some(again) = (at + 1..end).find(|next| folded[*next].as_ref() == Some(words)) else {
            at += 1;
            continue;
        };
        if prose_between(text, rows, kinds, at, again) {
            at += 1;
            continue;
        }
        kinds[at] = Kind::Headline;
        kinds[again] = Kind::Furniture(FurnitureReason::RepeatedHeadline);
        for kind in &mut kinds[at + 1..again] {
            if kind.is_text() {
                *kind = Kind::Furniture(FurnitureReason::Caption);
            }
        }
        at = again + 1;
    }
}

fn headline_words(text: &str, row: &Row, kind: &Kind) -> Option<Vec<String>> {
    let words = row.words(text);
    let candidate = matches!(kind, Kind::Short | Kind::Prose) && words.len() <= 300 && !row.bullet;
    let most = if *kind == Kind::Prose { STOPPED_WORDS } else { usize::MAX };
    candidate.then(|| fold::words(words)).filter(|words| (3..=most).contains(&words.len()))
}

/// Whether a story stands between two rows: three sentences, or a dateline.
fn prose_between(text: &str, rows: &[Row], kinds: &[Kind], from: usize, to: usize) -> bool {
    let prose = (from + 1..to).filter(|i| kinds[*i] == Kind::Prose);
    let dated = prose.clone().any(|i| dateline::at_head(rows[i].words(text)).is_some_and(|d| d.sure));
    dated || prose.count() > 3
}

/// Sentences under a picture's counter or beside a picture's credit are captions; so are those with an agency in brackets that
/// no story precedes.
fn captions(text: &str, rows: &[Row], kinds: &mut [Kind]) {
    let mut story = 0;
    for at in 0..rows.len() {
        let counted = at > 0 && kinds[at - 1] == Kind::Furniture(FurnitureReason::PictureCounter);
        // Between headline and story nobody is credited but who made the picture, whether a list knows the name or not.
        let credited = story == 0 && at > 0 && is_credited(rows[at].words(text));
        let sentence = matches!(kinds[at], Kind::Prose | Kind::Caption)
            || (kinds[at] == Kind::Short && rows[at].words(text).ends_with([')', '.']));
        if (counted || credited) && sentence {
            kinds[at] = Kind::Furniture(FurnitureReason::Caption);
        }
        if kinds[at] == Kind::Caption {
            // The last paragraph of a story ends in its agency; a caption stands above one.
            let caption = story < 2 || !ends_story(text, rows, kinds, at);
            kinds[at] = if caption { Kind::Furniture(FurnitureReason::Caption) } else { Kind::Prose };
        }
        match kinds[at] {
            Kind::Prose => story += 1,
            Kind::Headline => story = 0,
            _ => {}
        }
    }
}

/// A sentence and a name of one word in brackets: "Boats at the quay on Monday. (Tidewater)".
fn is_credited(words: &str) -> bool {
    let inside = words.strip_suffix(')').and_then(|head| head.rsplit_once('('));
    inside.is_some_and(|(sentence, name)| {
        let stopped = sentence.trim_end().ends_with(['.', '!', '?', '”', '"']);
        stopped && Shape::of(sentence).words >= 4 && credit::is_source(name)
    })
}

/// A sentence or two right below an invitation, said to the reader, belongs to it.
fn invitations(text: &str, rows: &[Row], shapes: &[Shape], kinds: &mut [Kind]) {
    for at in 1..rows.len() {
        let below = kinds[at - 1] == Kind::Furniture(FurnitureReason::Newsletter) && rows[at].blank == 0;
        let short = kinds[at] == Kind::Prose && shapes[at].words <= INVITATION_WORDS;
        if below && short {
            let words = fold::words(rows[at].words(text));
            if words.iter().any(|word| matches!(word.as_str(), "you" | "your")) {
                kinds[at] = Kind::Furniture(FurnitureReason::Newsletter);
            }
        }
    }
}

/// Whether the row at `at` closes a story: no prose follows before a headline or the end of the page, or a dateline does.
fn ends_story(text: &str, rows: &[Row], kinds: &[Kind], at: usize) -> bool {
    let next = (at + 1..rows.len())
        .find(|i| !matches!(kinds[*i], Kind::Furniture(_) | Kind::Stamp(_) | Kind::Credit(_)));
    next.is_none_or(|i| match kinds[i] {
        Kind::Prose => dateline::at_head(rows[i].words(text)).is_some() && rows[at + 1].blank == 0,
        _ => true,
    })
}

/// One or two sentences at the head of the page with a dateline right below them are a headline that was saved with a stop, and
/// the summary under it.
fn stopped_headline(text: &str, rows: &[Row], shapes: &[Shape], kinds: &mut [Kind]) {
    let body = (0..kinds.len()).filter(|i| kinds[*i].is_text() || kinds[*i] == Kind::Short);
    let top: Vec<usize> = body.take(3).collect();
    let dated = |at: &usize| dateline::at_head(rows[*at].words(text)).is_some_and(|d| d.sure);
    let Some(first) = top.iter().position(dated) else { return };
    let short = |at: &&usize| shapes[**at].words <= SUMMARY_WORDS;
    if top[..first].iter().filter(short).count() == first && shapes[top[0]].words <= HEADLINE_WORDS {
        for at in &top[..first] {
            if kinds[*at] == Kind::Prose {
                kinds[*at] = Kind::Short;
            }
        }
    }
}

/// What follows the label of a list, up to the next story, is the list: links, cards, and a sentence under a link.
fn lists(text: &str, rows: &[Row], shapes: &[Shape], kinds: &mut [Kind]) {
    let mut open: Option<FurnitureReason> = None;
    for at in 0..rows.len() {
        match &kinds[at] {
            Kind::ListLabel(reason) => {
                open = Some(*reason);
                kinds[at] = Kind::Furniture(*reason);
            }
            Kind::Headline => open = None,
            Kind::Short | Kind::Bullet | Kind::Stamp(_) | Kind::Byline(_) => {
                if let Some(reason) = open {
                    kinds[at] = Kind::Furniture(reason);
                }
            }
            Kind::Prose => {
                let Some(reason) = open else { continue };
                let next = kinds.get(at + 1);
                let story = shapes[at].words > TEASER_WORDS
                    || dateline::at_head(rows[at].words(text)).is_some_and(|d| d.sure)
                    || next.is_some_and(|kind| *kind == Kind::Prose);
                if story {
                    open = None;
                    let card = at > 0 && line::is_card(rows[at - 1].words(text));
                    if !card {
                        give_back_headline(kinds, at, reason);
                    }
                } else {
                    kinds[at] = Kind::Furniture(reason);
                }
            }
            _ => {}
        }
    }
}

/// The link right above a story that ended a list was its headline; its date and authors are its own too.
fn give_back_headline(kinds: &mut [Kind], story: usize, reason: FurnitureReason) {
    if story > 0 && kinds[story - 1] == Kind::Furniture(reason) {
        kinds[story - 1] = Kind::Short;
    }
}

/// Three and more short rows in a row, none of which a story follows at once, are links; single words are a menu.
fn runs(shapes: &[Shape], kinds: &mut [Kind]) {
    let mut at = 0;
    while at < kinds.len() {
        let end = (at..kinds.len()).find(|i| kinds[*i] != Kind::Short).unwrap_or(kinds.len());
        // The last of a run above a story is the headline of the story, with the line beneath it.
        let story = kinds.get(end).is_some_and(|kind| !matches!(kind, Kind::Furniture(_)));
        let links = if story { (end - at).saturating_sub(2) } else { end - at };
        if links >= LIST {
            for i in at..at + links {
                let menu = shapes[i].words <= 3;
                kinds[i] = Kind::Furniture(if menu {
                    FurnitureReason::Navigation
                } else {
                    FurnitureReason::Trending
                });
            }
        }
        at = end.max(at + 1);
    }
}
