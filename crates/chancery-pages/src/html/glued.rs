//! Stories that markup holds together as one text: where one ends and the next begins.

use chancery_model::BlockKind;

use crate::assemble::{Draft, Part};
use crate::recognise::credit;
use crate::recognise::seams::{self, Before, Paragraph};

/// Takes the stories behind the first off a draft. A heading right above one is its headline.
pub(super) fn part(draft: &mut Draft) -> Vec<Draft> {
    let mut parted: Vec<Draft> =
        starts(draft).into_iter().rev().map(|start| draft.split_off(start)).collect();
    parted.reverse();
    for story in &mut parted {
        let headline = story.body().next().filter(|(_, kind, _)| *kind == BlockKind::Heading);
        if let Some(at) = headline.map(|(at, ..)| at) {
            story.place(at, Part::Head, BlockKind::Headline);
        }
    }
    parted
}

/// Makes the credit that closes a story its tail, and gives the agency that it names.
pub(super) fn close(draft: &mut Draft) -> Option<String> {
    let (at, credit) = draft.body().next_back().and_then(|(at, kind, text)| {
        let credit = credit::read(text).filter(|credit| credit.closes && kind == BlockKind::Paragraph)?;
        Some((at, credit))
    })?;
    draft.place(at, Part::Tail, BlockKind::Credit);
    credit.agency
}

/// Where in the draft each story behind the first begins, the heading right above it included.
fn starts(draft: &Draft) -> Vec<usize> {
    let mut paragraphs = Vec::new();
    let mut places = Vec::new();
    let mut before = Before::default();
    let mut heading = None;
    for (at, kind, text) in draft.body() {
        if kind == BlockKind::Heading {
            before.shorts += 1;
            before.headline = Some(text);
            heading = Some(at);
        } else if credit::signs_off(text) {
            before.credit = true;
            heading = None;
        } else {
            let bullet = kind != BlockKind::Paragraph;
            paragraphs.push(Paragraph { text, bullet, before: std::mem::take(&mut before) });
            places.push(heading.take().unwrap_or(at));
        }
    }
    seams::find_within(&paragraphs).into_iter().map(|seam| places[seam]).collect()
}
