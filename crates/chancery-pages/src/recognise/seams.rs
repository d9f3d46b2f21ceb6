//! Seams: where one story ends and the next begins in a run of paragraphs.
//!
//! A dateline, a headline that stands twice or a line of contributors settles it. Elsewhere the cues of a gap
//! ([`features`]) are weighed, with weights that were learned from stories glued together (`training/seams`). Knows nothing of
//! how a page was marked up: whoever has paragraphs, and knows what stands between them, can ask.

mod features;
mod words;

use std::sync::LazyLock;

use super::dateline;
use features::Features;

/// The log-odds from which a gap is a seam, if it is the likeliest of its neighbourhood.
const THRESHOLD: f32 = -0.25;
/// How many paragraphs apart two seams are that no mark settles.
const APART: usize = 3;
/// Paragraphs of a run that are weighed. In a longer one only marks count.
const MAX_PARAGRAPHS: usize = 50_000;

static WEIGHTS: LazyLock<Features> = LazyLock::new(|| weights(chancery_lexicon::SEAM_WEIGHTS));

/// A paragraph and what stands above it.
#[derive(Clone, Debug)]
pub(crate) struct Paragraph<'a> {
    /// Its words.
    pub(crate) text: &'a str,
    /// Whether it is an item of a list or a row of a table.
    pub(crate) bullet: bool,
    /// What stands between it and the paragraph before.
    pub(crate) before: Before<'a>,
}

/// What stands between two paragraphs of the body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Before<'a> {
    /// A headline that stands twice.
    pub(crate) repeated: bool,
    /// How many lines without a stop.
    pub(crate) shorts: usize,
    /// The last of them.
    pub(crate) headline: Option<&'a str>,
    /// A date of its own.
    pub(crate) stamp: bool,
    /// An author.
    pub(crate) byline: bool,
    /// A credit that closes a story.
    pub(crate) credit: bool,
    /// A caption or the credit of a picture.
    pub(crate) picture: bool,
    /// How many links to other stories.
    pub(crate) links: usize,
    /// Whether the last line leads into what follows it: "They wrote:".
    pub(crate) lead_in: bool,
    /// How many other lines that belong to no story.
    pub(crate) furniture: usize,
    /// The most blank lines in a row.
    pub(crate) blank: usize,
}

/// The indices of the paragraphs that begin a story, the first paragraph aside, in order.
pub(crate) fn find(paragraphs: &[Paragraph<'_>]) -> Vec<usize> {
    let mut seam: Vec<bool> = paragraphs.iter().map(is_marked).collect();
    let weighed =
        if paragraphs.len() <= MAX_PARAGRAPHS { weighed(paragraphs, THRESHOLD) } else { Vec::new() };
    for (at, _) in weighed {
        let near = at.saturating_sub(APART - 1).max(1)..(at + APART).min(seam.len());
        // A last paragraph alone is the end of its story rather than a story.
        let room = at + 1 < seam.len();
        seam[at] |= room && !seam[near].contains(&true);
    }
    (1..seam.len()).filter(|at| seam[*at]).collect()
}

/// The log-odds from which a gap with the look of a dateline below it is a seam where markup held the paragraphs together.
const HELD_THRESHOLD: f32 = 0.5;
/// A story among those has at least this many paragraphs and words on its page.
const HELD_PARAGRAPHS: usize = 3;
const HELD_WORDS: usize = 60;

/// As [`find`], for paragraphs that markup holds together as one text. That is a witness against a seam, so more is asked: a
/// dateline or a credit, or what may be a dateline and cues that speak for a seam as well; and room for a story on both sides.
pub(crate) fn find_within(paragraphs: &[Paragraph<'_>]) -> Vec<usize> {
    let words: Vec<usize> = paragraphs.iter().map(|p| p.text.split_whitespace().count()).collect();
    let room = |from: usize, to: usize| {
        to >= from + HELD_PARAGRAPHS && words[from..to].iter().sum::<usize>() >= HELD_WORDS
    };
    let hinted =
        |at: &usize| is_marked(&paragraphs[*at]) || dateline::at_head(paragraphs[*at].text).is_some();
    let roomy = (1..paragraphs.len()).filter(|at| room(0, *at) && room(*at, paragraphs.len()));
    let hints: Vec<usize> = roomy.filter(hinted).collect();
    // The cues are weighed only where there is something to weigh: nearly all pages hold one story.
    let open = hints.iter().any(|at| !is_marked(&paragraphs[*at])) && paragraphs.len() <= MAX_PARAGRAPHS;
    let likely = if open { weighed(paragraphs, HELD_THRESHOLD) } else { Vec::new() };
    let mut seams = vec![0];
    for at in hints {
        let last = seams.last().copied().unwrap_or(0);
        let sure = is_marked(&paragraphs[at]) || likely.iter().any(|(seam, _)| *seam == at);
        if sure && room(last, at) {
            seams.push(at);
        }
    }
    seams.split_off(1)
}

/// Whether the words above a paragraph or at its head settle that a story begins.
fn is_marked(paragraph: &Paragraph<'_>) -> bool {
    let dateline = dateline::at_head(paragraph.text).is_some_and(|d| d.sure);
    paragraph.before.repeated || paragraph.before.credit || dateline
}

/// So many links to other stories stand at the foot of a page; in a story there are fewer.
const FOOT_LINKS: usize = 4;
/// What they add to the log-odds. Set by hand: the stories that the weights were learned from have no links.
const FOOT: f32 = 3.0;

/// Gaps whose cues outweigh the threshold, the surest first.
fn weighed(paragraphs: &[Paragraph<'_>], threshold: f32) -> Vec<(usize, f32)> {
    let weights = &*WEIGHTS;
    let cues = |f: &Features| f.iter().zip(weights).map(|(value, weight)| value * weight).sum::<f32>();
    let all = features::at_gaps(paragraphs);
    let odds = |gap: usize| {
        let before = &paragraphs[gap + 1].before;
        cues(&all[gap]) + if before.links >= FOOT_LINKS { FOOT } else { 0.0 }
    };
    let gaps = (0..all.len()).filter(|gap| !paragraphs[gap + 1].before.lead_in);
    let mut out: Vec<(usize, f32)> =
        gaps.map(|gap| (gap + 1, odds(gap))).filter(|(_, o)| *o > threshold).collect();
    out.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    out
}

fn weights(table: &str) -> Features {
    let mut out = [0.0; features::COUNT];
    for line in table.lines().filter(|l| !l.starts_with('#')) {
        if let Some((name, value)) = line.split_once('\t')
            && let Some(at) = features::NAMES.iter().position(|n| *n == name)
        {
            out[at] = value.parse().unwrap_or(0.0);
        }
    }
    out
}

/// The cues of each gap of a page of plain text, for training: where the lower paragraph begins in the page, whether a mark
/// settles that it begins a story, and the values.
#[cfg(feature = "training")]
pub(crate) fn cues(paragraphs: &[Paragraph<'_>]) -> Vec<(bool, Vec<f32>)> {
    let all = features::at_gaps(paragraphs);
    all.iter().zip(&paragraphs[1..]).map(|(f, p)| (is_marked(p), f.to_vec())).collect()
}

/// The names of the cues.
#[cfg(feature = "training")]
pub(crate) fn names() -> &'static [&'static str] {
    &features::NAMES
}

#[cfg(test)]
mod tests {
    use super::*;

    const FERRIES: [&str; 5] = [
        "Ferry crews in Kelmar walked off the job on Monday after talks on pay with the harbour company broke down.",
        "The crews want a tenth more pay and shorter night shifts, their union said.",
        "The harbour company called the ferry strike unlawful and said that it would go to court.",
        "“Nobody sails before the night shifts are gone,” union leader Nora Vale told the crews at the harbour gate.",
        "The company and the union meet again on Friday, and the ferries stay in the harbour until then.",
    ];
    const GLACIER: [&str; 5] = [
        "Scientists led by Tom Ashe have measured how fast the Orsk glacier melts, and the answer has startled them.",
        "The glacier lost eleven metres of ice last summer, according to measurements published in a journal on Tuesday.",
        "Ashe and his team drilled forty holes into the ice and left sensors in them over the winter.",
        "The sensors showed that warm water runs beneath the glacier even in the coldest weeks.",
        "“The ice melts from below,” Ashe said, and the team will drill again next summer.",
    ];

    fn plain(texts: &[&'static str]) -> Vec<Paragraph<'static>> {
        let one = |text: &&'static str| Paragraph {
            text,
            bullet: false,
            before: Before { blank: 1, ..Before::default() },
        };
        texts.iter().map(one).collect()
    }

    #[test]
    fn two_stories_without_a_mark_between_them_are_told_apart() {
        let both: Vec<&str> = FERRIES.into_iter().chain(GLACIER).collect();
        assert_eq!(find(&plain(&both)), [5]);
    }

    #[test]
    fn one_story_is_not_cut() {
        assert!(find(&plain(&FERRIES)).is_empty());
        assert!(find(&plain(&GLACIER)).is_empty());
        assert!(find(&plain(&FERRIES[..1])).is_empty());
        assert!(find(&[]).is_empty());
    }

    #[test]
    fn what_leads_into_words_begins_no_story() {
        let both: Vec<&str> = FERRIES.into_iter().chain(GLACIER).collect();
        let mut paragraphs = plain(&both);
        paragraphs[5].before.lead_in = true;
        assert!(!find(&paragraphs).contains(&5));
    }

    #[test]
    fn what_markup_holds_together_needs_more() {
        let both: Vec<&str> = FERRIES.into_iter().chain(GLACIER).collect();
        assert!(find_within(&plain(&both[..7])).is_empty(), "no room for a second story");
        assert!(find_within(&plain(&FERRIES)).is_empty());
        let mut paragraphs = plain(&both);
        paragraphs[5].before.credit = true;
        assert_eq!(find_within(&paragraphs), [5]);
    }

    #[test]
    fn marks_settle_a_seam() {
        let mut paragraphs = plain(&FERRIES);
        paragraphs[1].before.credit = true;
        paragraphs[3].text = "ALDMOOR, Kelmar (AP) — The harbour company said on Tuesday that it would go to court over the strike.";
        assert_eq!(find(&paragraphs), [1, 3]);
    }

    #[test]
    fn every_cue_has_a_weight() {
        let named =
            |name: &&str| chancery_lexicon::SEAM_WEIGHTS.lines().any(|l| l.split('\t').next() == Some(name));
        let missing: Vec<_> = features::NAMES.iter().filter(|n| !named(n)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
