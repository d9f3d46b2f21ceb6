//! Words in a row that two articles share, and chains of such rows.
//!
//! Seed and extend, as in the alignment of long sequences: every [`SEED`] words that stand in both are extended to a run that cannot
//! grow; runs that follow each other closely on both sides are chained (the words between are what was edited). The heaviest chain is
//! taken first, and a word is matched once, so paragraphs that changed places are found like all others.

use super::words::Word;

/// Words of a seed.
const SEED: usize = 3;
/// Seeds that stand in the first article more often than this are not looked at; a run is met by its other seeds.
const MAX_REPEATS: usize = 8;
/// Words between two runs of a chain, on either side, at most.
const MAX_GAP: usize = 24;
/// What a word between two runs costs.
const GAP_COST: f32 = 0.05;
/// Runs before another that may come before it in a chain.
const LOOK_BACK: usize = 48;
/// Runs of a pair that are looked at, the longest first.
pub(super) const MAX_RUNS: usize = 4_000;

/// `length` words that stand from `a` on in one article and from `b` on in the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) length: usize,
}

impl Run {
    fn a_end(self) -> usize {
        self.a + self.length
    }

    fn b_end(self) -> usize {
        self.b + self.length
    }

    /// The run without its first words.
    fn without_first(self, words: usize) -> Self {
        Self { a: self.a + words, b: self.b + words, length: self.length - words }
    }
}

/// Chains of runs, the heaviest first, and whether runs were left out because of [`MAX_RUNS`]. No word is in two chains.
pub(super) fn chains(a: &[Word], b: &[Word]) -> (Vec<Vec<Run>>, bool) {
    let mut left = runs(a, b);
    let is_cut = left.len() > MAX_RUNS;
    left.truncate(MAX_RUNS);
    let (mut used_a, mut used_b) = (vec![false; a.len()], vec![false; b.len()]);
    let mut found = Vec::new();
    while !left.is_empty() {
        left.sort_unstable();
        let linked = link(&left);
        let mut ends: Vec<usize> = (0..left.len()).collect();
        ends.sort_by(|x, y| linked[*y].score.total_cmp(&linked[*x].score).then(left[*x].cmp(&left[*y])));
        let before = found.len();
        for end in ends {
            let chain = trace(&left, &linked, end);
            if chain.iter().all(|run| is_free(*run, &used_a, &used_b)) {
                for run in &chain {
                    used_a[run.a..run.a_end()].fill(true);
                    used_b[run.b..run.b_end()].fill(true);
                }
                found.push(chain);
            }
        }
        debug_assert!(found.len() > before);
        left = left.into_iter().flat_map(|run| free_parts(run, &used_a, &used_b)).collect();
    }
    (found, is_cut)
}

/// Maximal runs, the longest first, that have a seed which does not repeat too often.
fn runs(a: &[Word], b: &[Word]) -> Vec<Run> {
    let seeds = Seeds::of(a);
    let places: Vec<Option<&[(Key, u32)]>> = b.windows(SEED).map(|words| seeds.places(words)).collect();
    let mut runs = Vec::new();
    for (at_b, same) in places.iter().enumerate() {
        let met_before = |at: usize| places[at].is_some();
        for (_, at_a) in same.unwrap_or_default() {
            runs.extend(grown(a, b, *at_a as usize, at_b, met_before));
        }
    }
    runs.sort_unstable_by_key(|run| (std::cmp::Reverse(run.length), *run));
    runs
}

/// The run around a seed, unless it was met by a seed before.
fn grown(a: &[Word], b: &[Word], at_a: usize, at_b: usize, is_met: impl Fn(usize) -> bool) -> Option<Run> {
    let mut back = 0;
    while back < at_a.min(at_b) && a[at_a - back - 1].hash == b[at_b - back - 1].hash {
        back += 1;
        if is_met(at_b - back) {
            return None;
        }
    }
    let on = a[at_a..].iter().zip(&b[at_b..]).take_while(|(x, y)| x.hash == y.hash).count();
    Some(Run { a: at_a - back, b: at_b - back, length: back + on })
}

type Key = [u32; SEED];

/// Where in an article each [`SEED`] words in a row stand, sorted.
struct Seeds(Vec<(Key, u32)>);

impl Seeds {
    fn of(words: &[Word]) -> Self {
        let mut seeds: Vec<(Key, u32)> =
            words.windows(SEED).enumerate().map(|(at, words)| (key(words), at as u32)).collect();
        seeds.sort_unstable();
        Self(seeds)
    }

    /// The places of these words; nothing where they repeat too often.
    fn places(&self, words: &[Word]) -> Option<&[(Key, u32)]> {
        let key = key(words);
        let rest = &self.0[self.0.partition_point(|(other, _)| *other < key)..];
        let count = rest.iter().take(MAX_REPEATS + 1).take_while(|(other, _)| *other == key).count();
        (count <= MAX_REPEATS).then(|| &rest[..count])
    }
}

fn key(words: &[Word]) -> Key {
    std::array::from_fn(|n| words[n].hash)
}

#[derive(Clone, Copy)]
struct Link {
    score: f32,
    before: Option<usize>,
}

/// The best chain that ends with each run.
fn link(runs: &[Run]) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let mut best = Link { score: run.length as f32, before: None };
        for before in (at.saturating_sub(LOOK_BACK)..at).rev() {
            let Some(cost) = cost(runs[before], *run) else { continue };
            let score = links[before].score + run.length as f32 - cost;
            if score > best.score {
                best = Link { score, before: Some(before) };
            }
        }
        links.push(best);
    }
    links
}

/// What it costs to go on from one run to the next; nothing where it does not follow.
fn cost(before: Run, run: Run) -> Option<f32> {
    let (a, b) = (run.a.checked_sub(before.a_end())?, run.b.checked_sub(before.b_end())?);
    (a <= MAX_GAP && b <= MAX_GAP).then_some(GAP_COST * (a + b) as f32)
}

fn trace(runs: &[Run], links: &[Link], end: usize) -> Vec<Run> {
    let mut chain: Vec<Run> =
        std::iter::successors(Some(end), |at| links[*at].before).map(|at| runs[at]).collect();
    chain.reverse();
    chain
}

fn is_free(run: Run, used_a: &[bool], used_b: &[bool]) -> bool {
    !used_a[run.a..run.a_end()].contains(&true) && !used_b[run.b..run.b_end()].contains(&true)
}

/// What is left of a run when words of it are taken: parts that are as long as a seed.
fn free_parts(run: Run, used_a: &[bool], used_b: &[bool]) -> Vec<Run> {
    let mut parts = Vec::new();
    let mut rest = run;
    while rest.length > 0 {
        let free = |at: usize| !used_a[rest.a + at] && !used_b[rest.b + at];
        let length = (0..rest.length).take_while(|at| free(*at)).count();
        if length >= SEED {
            parts.push(Run { length, ..rest });
        }
        let taken = (length..rest.length).take_while(|at| !free(*at)).count();
        rest = rest.without_first(length + taken);
    }
    parts
}

#[cfg(test)]
mod tests {
    use chancery_model::Span;

    use super::super::words::words;
    use super::*;

    fn all(text: &str) -> Vec<Word> {
        words(text, Span::new(0, text.len()))
    }

    /// The shared words of each chain, chains in the order of the first text.
    fn shared(a: &str, b: &str) -> Vec<String> {
        let (of_a, of_b) = (all(a), all(b));
        let (mut found, _) = chains(&of_a, &of_b);
        found.sort();
        let text = |run: &Run| &a[of_a[run.a].span.start as usize..of_a[run.a_end() - 1].span.end as usize];
        found.iter().map(|chain| chain.iter().map(text).collect::<Vec<_>>().join(" | ")).collect()
    }

    #[test]
    fn a_changed_word_parts_a_run_and_not_a_chain() {
        let a = "the pilots will not fly to the island before the lamps are lit";
        let b = "the pilots would not fly to the island before those lamps are lit";
        assert_eq!(shared(a, b), ["not fly to the island before | lamps are lit"]);
    }

    #[test]
    fn paragraphs_that_changed_places_are_two_chains() {
        let (one, two) =
            ("the gate of the lock jammed at noon", "nobody had oiled its hinges since the autumn");
        let between = " some thirty other words stand here for example about the weather, the eels, the prices, the state of the quay";
        let a = format!("{one}{between} {two}");
        let b = format!("{two}{} {one}", between.replace('e', "o"));
        assert_eq!(shared(&a, &b), [one, two]);
    }

    #[test]
    fn a_run_that_begins_with_words_met_again_and_again_is_found() {
        let again = "Orsk and Vell met. ".repeat(12);
        let a = format!("{again}Orsk and Vell signed a paper on the eels");
        let b = "Orsk and Vell signed a paper on the eels";
        assert!(shared(&a, b).contains(&b.to_owned()));
    }

    #[test]
    fn a_word_is_matched_once() {
        assert_eq!(shared("the old lock keeper", "the old lock keeper and the old lock keeper").len(), 1);
    }
}
