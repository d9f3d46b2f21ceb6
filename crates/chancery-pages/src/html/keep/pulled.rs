//! Pulled quotes: words of the story that stand in it a second time, in a block of their own.

use std::collections::HashMap;

use super::super::tag::Tag;
use super::{Keeper, LABEL_WORDS, Verdict};

/// A pulled quote has at least this many words.
const PULLED_WORDS: u32 = 6;
/// Words that are compared one after the other. Where there is more to compare, neighbouring words are put in order first.
const COMPARED: usize = 4_000_000;
/// Neighbouring words that are looked up together.
const RUN: usize = 4;

impl Keeper<'_, '_> {
    /// Takes out blocks outside the run of paragraphs whose words are all a part of a longer one.
    pub(super) fn drop_pulled(&mut self) {
        let homes: Vec<u32> = self.strong().map(|at| self.home(at)).collect();
        let mut counts: HashMap<u32, usize> = HashMap::new();
        homes.iter().for_each(|home| *counts.entry(*home).or_default() += 1);
        let usual = homes.iter().copied().max_by_key(|home| counts[home]);
        let (tree, outline) = (self.tree, self.outline);
        let words: Vec<&[u64]> = self.strong().map(|at| outline.hashes(tree, at)).collect();
        let apart: Vec<usize> = (0..self.verdicts.len()).filter(|at| self.is_apart(*at, usual)).collect();
        let story = Story::of(&words, apart.len());
        for at in apart {
            if story.tells(self.hashes(at)) {
                self.verdicts[at] = Verdict::Out;
            }
        }
    }

    /// Whether a block that may be of the story stands outside the run of paragraphs.
    fn is_apart(&self, at: usize, usual: Option<u32>) -> bool {
        let standing = matches!(self.verdicts[at], Verdict::Strong | Verdict::Weak | Verdict::Heading);
        let apart = Some(self.home(at)) != usual || self.tag(at) != Tag::P;
        standing && apart && (PULLED_WORDS..=LABEL_WORDS).contains(&self.block(at).words)
    }
}

/// The words of a story's paragraphs.
struct Story<'a> {
    paragraphs: &'a [&'a [u64]],
    /// Each [`RUN`] of words as a number, with its paragraph and its place there, in order; empty where there is little to compare.
    runs: Vec<(u64, u32, u32)>,
}

impl<'a> Story<'a> {
    /// `asked`: how often it will be looked through.
    fn of(paragraphs: &'a [&'a [u64]], asked: usize) -> Self {
        let all: usize = paragraphs.iter().map(|words| words.len()).sum();
        let mut runs = Vec::new();
        if all.saturating_mul(asked) > COMPARED {
            for (paragraph, words) in paragraphs.iter().enumerate() {
                let numbered = words.windows(RUN).enumerate();
                runs.extend(numbered.map(|(place, run)| (number(run), paragraph as u32, place as u32)));
            }
            runs.sort_unstable();
        }
        Self { paragraphs, runs }
    }

    /// Whether `own` is a part of a longer paragraph. A row of stars has no words to look for.
    fn tells(&self, own: &[u64]) -> bool {
        let Some(first) = own.first() else { return false };
        if self.runs.is_empty() || own.len() < RUN {
            let holds = |words: &[u64]| words.windows(own.len()).any(|run| run[0] == *first && run == own);
            return self.paragraphs.iter().any(|words| words.len() > own.len() && holds(words));
        }
        let key = number(&own[..RUN]);
        let from = self.runs.partition_point(|(run, ..)| *run < key);
        self.runs[from..].iter().take_while(|(run, ..)| *run == key).any(|(_, paragraph, place)| {
            let words = self.paragraphs[*paragraph as usize];
            words.len() > own.len() && words[*place as usize..].starts_with(own)
        })
    }
}

/// A number for a run of words.
fn number(run: &[u64]) -> u64 {
    run.iter().fold(0, |number, word| (number ^ word).wrapping_mul(0x0100_0000_01B3).rotate_left(29))
}

#[cfg(test)]
mod tests {
    use super::Story;

    #[test]
    fn many_questions_are_answered_as_few_are() {
        let words: Vec<u64> = (0..60_u64).map(|n| n * n % 7).collect();
        let paragraphs: Vec<&[u64]> = words.chunks(13).collect();
        let (few, many) = (Story::of(&paragraphs, 1), Story::of(&paragraphs, usize::MAX));
        assert!(few.runs.is_empty() && !many.runs.is_empty());
        for from in 0..words.len() {
            for to in from..words.len().min(from + 15) {
                assert_eq!(few.tells(&words[from..to]), many.tells(&words[from..to]), "{from}..{to}");
            }
        }
        assert!(few.tells(&words[1..9]) && !few.tells(&words[0..13]) && !few.tells(&[]));
    }
}
