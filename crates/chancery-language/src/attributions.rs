//! Who said what, from the scores of one window: sources, cues and contents, and which of them belong together.
//!
//! Labels are the best sequence under the learned transitions. Sources and contents then go to the cues of the window that
//! their words point to, the surest pair first: a cue has one source at most, and every cue gets a content before any gets a
//! second one. A content that points to none stands alone where quotation marks or the labels vouch for it. This module sees one
//! window at a time and knows nothing of who the sources are.

use std::ops::Range;

use chancery_model::{Attribution, TokenRange};

use crate::heads::{Scores, share};
use crate::model_file::{ModelError, ModelFile};
use crate::pairs::{PairHead, PairRows};

/// How sure the labels of a content without cue and without quotation marks must be, on average.
const SURE: f32 = 0.5;
/// The least share with which a source, or the first content of a cue, may point to it.
const LEAST_LINK: f32 = 0.02;
/// The least share with which a further content may point to a cue.
const LEAST_FURTHER_LINK: f32 = 0.3;
/// Pieces that the content of one cue has, at most: three is the most that was ever marked.
const MAX_PIECES: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Source,
    Cue,
    Content,
}

/// The labels of attributions and what may follow what.
pub(crate) struct AttributionTags {
    /// For each label, its role and whether it begins a span; `None` outside.
    roles: Vec<Option<(Role, bool)>>,
    /// A row for each label before and one for the first token; a column for each label.
    transitions: Vec<f32>,
}

/// A stretch of words with one role.
#[derive(Clone, Debug, PartialEq)]
struct Labelled {
    role: Role,
    tokens: Range<usize>,
    /// The share of its labels, on average.
    sure: f32,
}

impl AttributionTags {
    /// From the file's heads `attr` and `link`; `None` where it lacks one of them.
    pub(crate) fn load(file: &ModelFile) -> Result<Option<Self>, ModelError> {
        let heads = &file.header.heads;
        let (Some(head), true) = (heads.get("attr"), heads.contains_key("link")) else { return Ok(None) };
        let count = head.labels.len();
        let transitions = file.floats("head.attr.transition", (count + 1) * count)?;
        Ok(Some(Self { roles: head.labels.iter().map(|label| role_of(label)).collect(), transitions }))
    }

    /// The attributions among the first `words` of a window. `scores` and `link` begin with its first token; `quoted` says
    /// whether quotation marks stand around a range.
    pub(crate) fn of_window(
        &self,
        scores: &Scores,
        link: (&PairHead, &PairRows, usize),
        words: usize,
        quoted: impl Fn(&Range<usize>) -> bool,
    ) -> Vec<Attribution> {
        let spans = self.spans(scores, words);
        let cues: Vec<&Labelled> = spans.iter().filter(|s| s.role == Role::Cue).collect();
        let mut groups: Vec<Group> = cues.iter().map(|cue| Group::of(cue)).collect();
        for role in [Role::Source, Role::Content] {
            let spans: Vec<&Labelled> = spans.iter().filter(|s| s.role == role).collect();
            let shares: Vec<Vec<f32>> = spans.iter().map(|span| shares_of(span, &cues, link)).collect();
            for (i, cue) in places(&shares, cues.len(), role).into_iter().enumerate() {
                let span = spans[i];
                match cue {
                    Some(cue) => groups[cue].take(span, shares[i][1 + cue]),
                    None if role == Role::Content && (span.sure >= SURE || quoted(&span.tokens)) => {
                        groups.push(Group::of(span));
                    }
                    None => {}
                }
            }
        }
        let mut found: Vec<Attribution> = groups.into_iter().map(Group::finish).collect();
        found.sort_by_key(|a| a.ranges().first().copied());
        found
    }

    /// The best sequence of labels, as stretches.
    fn spans(&self, scores: &Scores, words: usize) -> Vec<Labelled> {
        let mut spans: Vec<Labelled> = Vec::new();
        let mut goes_on = false;
        for (token, label) in self.best(scores, words).into_iter().enumerate() {
            let sure = share(scores.row(token), label);
            match (self.roles[label], spans.last_mut()) {
                (Some((role, false)), Some(span)) if goes_on && span.role == role => {
                    span.tokens.end = token + 1;
                    span.sure += sure;
                }
                (Some((role, _)), _) => spans.push(Labelled { role, tokens: token..token + 1, sure }),
                (None, _) => {}
            }
            goes_on = self.roles[label].is_some();
        }
        for span in &mut spans {
            span.sure /= span.tokens.len() as f32;
        }
        spans
    }

    /// The labels with the best sum of scores and transitions (Viterbi); the lower label on a tie.
    fn best(&self, scores: &Scores, words: usize) -> Vec<usize> {
        let labels = self.roles.len();
        let step = |before: usize, label: usize| self.transitions[before * labels + label];
        let mut sums = vec![0.0_f32; labels];
        let mut from = vec![labels; words * labels];
        for token in 0..words {
            let row = scores.row(token);
            let mut next = vec![f32::MIN; labels];
            for label in 0..labels {
                let before = match token {
                    0 => labels,
                    _ => largest((0..labels).map(|before| sums[before] + step(before, label))),
                };
                let so_far = if token == 0 { 0.0 } else { sums[before] };
                next[label] = so_far + step(before, label) + row[label];
                from[token * labels + label] = before;
            }
            sums = next;
        }
        let mut label = largest(sums.iter().copied());
        let mut best = vec![0; words];
        for token in (0..words).rev() {
            best[token] = label;
            label = from[token * labels + label];
        }
        best
    }
}

/// The first of the largest.
fn largest(numbers: impl Iterator<Item = f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (at, number) in numbers.enumerate() {
        if number > best.1 {
            best = (at, number);
        }
    }
    best.0
}

fn role_of(label: &str) -> Option<(Role, bool)> {
    let (place, role) = label.split_once('-')?;
    let role = match role {
        "SOURCE" => Role::Source,
        "CUE" => Role::Cue,
        "CONTENT" => Role::Content,
        _ => return None,
    };
    Some((role, place == "B"))
}

/// How much a span's words point to no cue (first) and to each cue, on average.
fn shares_of(
    span: &Labelled,
    cues: &[&Labelled],
    (head, rows, first): (&PairHead, &PairRows, usize),
) -> Vec<f32> {
    let mut sum = vec![0.0_f32; head.dim];
    for token in span.tokens.clone() {
        for (sum, x) in sum.iter_mut().zip(head.dependent(rows, first + token)) {
            *sum += x;
        }
    }
    let scale = 1.0 / span.tokens.len() as f32;
    let dot = |row: &[f32]| sum.iter().zip(row).map(|(a, b)| a * b).sum::<f32>() * scale;
    let mut scores = vec![dot(&head.root)];
    scores.extend(cues.iter().map(|cue| dot(head.head(rows, first + cue.tokens.start))));
    (0..scores.len()).map(|of| share(&scores, of)).collect()
}

/// The cue of each span, from its shares: the surest pairs of a span and a cue that has none yet, then further contents.
fn places(shares: &[Vec<f32>], cues: usize, role: Role) -> Vec<Option<usize>> {
    let mut pairs: Vec<(usize, usize)> =
        (0..shares.len()).flat_map(|span| (0..cues).map(move |cue| (span, cue))).collect();
    let share = |&(span, cue): &(usize, usize)| shares[span][1 + cue];
    pairs.sort_by(|a, b| share(b).total_cmp(&share(a)).then(a.cmp(b)));
    let (mut place, mut taken) = (vec![None; shares.len()], vec![0; cues]);
    let further = if role == Role::Content { MAX_PIECES } else { 0 };
    for (least, most) in [(LEAST_LINK, 1), (LEAST_FURTHER_LINK, further)] {
        for pair in pairs.iter().filter(|pair| share(pair) >= least) {
            let &(span, cue) = pair;
            if place[span].is_none() && taken[cue] < most {
                place[span] = Some(cue);
                taken[cue] += 1;
            }
        }
    }
    place
}

/// An attribution in the making.
struct Group {
    made: Attribution,
    /// The sums of the shares of its labels and links, and their number.
    labels: (f32, f32),
}

impl Group {
    fn of(span: &Labelled) -> Self {
        let mut group = Self { made: Attribution::default(), labels: (0.0, 0.0) };
        group.take(span, 1.0);
        group
    }

    fn take(&mut self, span: &Labelled, link: f32) {
        let range = TokenRange::new(span.tokens.start, span.tokens.end);
        match span.role {
            Role::Source => self.made.sources.push(range),
            Role::Cue => self.made.cue = Some(range),
            Role::Content => self.made.contents.push(range),
        }
        self.labels.0 += span.sure * link;
        self.labels.1 += 1.0;
    }

    fn finish(mut self) -> Attribution {
        self.made.sources.sort_unstable();
        self.made.contents.sort_unstable();
        Attribution { confidence: (self.labels.0 / self.labels.1).clamp(0.0, 1.0), ..self.made }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LABELS: [&str; 7] = ["O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT"];

    /// What training writes: I-X after B-X or I-X alone.
    fn tags() -> AttributionTags {
        let allowed = |before: usize, label: usize| {
            !LABELS[label].starts_with('I')
                || (before < 7 && LABELS[before].get(1..) == LABELS[label].get(1..))
        };
        let transitions = (0..8)
            .flat_map(|before| (0..7).map(move |label| if allowed(before, label) { 0.0 } else { -1e4 }))
            .collect();
        AttributionTags { roles: LABELS.iter().map(|l| role_of(l)).collect(), transitions }
    }

    proptest! {
        #[test]
        fn the_best_sequence_of_all(scores in prop::collection::vec(-9_i8..9, 28), words in 1_usize..5) {
            let numbers: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let tags = tags();
            let sum = |labels: &[usize]| {
                labels.iter().enumerate().map(|(i, &l)| {
                    let before = if i == 0 { 7 } else { labels[i - 1] };
                    numbers[i * 7 + l] + tags.transitions[before * 7 + l]
                }).sum::<f32>()
            };
            let best = (0..7_usize.pow(words as u32))
                .map(|n| sum(&(0..words as u32).map(|i| n / 7_usize.pow(i) % 7).collect::<Vec<_>>()))
                .fold(f32::MIN, f32::max);
            let found = tags.best(&Scores::new(&numbers, 7, 7), words);
            prop_assert_eq!(sum(&found), best);
            prop_assert!(best > -1e3);
        }
    }

    #[test]
    fn a_span_begins_anew_at_each_first_label() {
        let mut numbers = vec![0.0; 6 * 7];
        for (token, label) in [1, 3, 5, 6, 5, 0].into_iter().enumerate() {
            numbers[token * 7 + label] = 9.0;
        }
        let spans = tags().spans(&Scores::new(&numbers, 7, 7), 6);
        let shown: Vec<_> = spans.iter().map(|s| (s.role, s.tokens.clone())).collect();
        assert_eq!(
            shown,
            [(Role::Source, 0..1), (Role::Cue, 1..2), (Role::Content, 2..4), (Role::Content, 4..5)]
        );
        assert!(spans.iter().all(|s| s.sure > 0.9));
    }

    #[test]
    fn every_cue_gets_a_content_before_any_gets_a_second_one() {
        // Both contents point to the first cue; the one that does so less goes to the second cue.
        let shares = [vec![0.1, 0.8, 0.1], vec![0.1, 0.6, 0.3]];
        assert_eq!(places(&shares, 2, Role::Content), [Some(0), Some(1)]);
        let shares = [vec![0.1, 0.8, 0.1], vec![0.4, 0.59, 0.01]];
        assert_eq!(places(&shares, 2, Role::Content), [Some(0), Some(0)]);
        assert_eq!(places(&shares, 2, Role::Source), [Some(0), None]);
        assert_eq!(places(&[vec![1.0]], 0, Role::Content), [None]);
    }
}
