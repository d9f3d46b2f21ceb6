//! Names from B/I/O scores: the best sequence among those in which every name is whole.

use crate::heads::{Choice, Scores, share};

/// What may stand before each label.
pub(crate) struct NameTags {
    /// For an inside label, the label that begins the same type (none: such a label can never stand).
    rules: Vec<Rule>,
}

#[derive(Clone, Copy, PartialEq)]
enum Rule {
    /// Outside, or the first word of a name: anything may stand before it.
    Free,
    /// A later word of a name: only this first label, or the same label, may stand before it.
    After(usize),
    /// Can never stand.
    Never,
}

impl NameTags {
    pub(crate) fn new(labels: &[String]) -> Self {
        let rule = |label: &String| match label.strip_prefix("I-") {
            None => Rule::Free,
            Some(kind) => {
                let begin = labels.iter().position(|l| l.strip_prefix("B-") == Some(kind));
                begin.map_or(Rule::Never, Rule::After)
            }
        };
        Self { rules: labels.iter().map(rule).collect() }
    }

    /// The sequence with the best sum of scores (Viterbi). `begins` says where a sentence begins: no name runs across.
    pub(crate) fn best(&self, scores: &Scores, tokens: usize, begins: impl Fn(usize) -> bool) -> Vec<Choice> {
        let labels = self.rules.len();
        let mut sums = vec![0.0_f32; labels];
        let mut from = vec![0_u8; tokens * labels];
        for token in 0..tokens {
            let start = token == 0 || begins(token);
            let before = first_of_largest(&sums);
            let row = scores.row(token);
            let mut next = vec![f32::MIN; labels];
            for (label, rule) in self.rules.iter().enumerate() {
                let previous = match *rule {
                    Rule::Free => before,
                    Rule::After(begin) if !start => {
                        if sums[label] > sums[begin] {
                            label
                        } else {
                            begin
                        }
                    }
                    Rule::After(_) | Rule::Never => continue,
                };
                next[label] = sums[previous] - sums[before] + row[label];
                from[token * labels + label] = previous as u8;
            }
            sums = next;
        }
        let mut label = first_of_largest(&sums);
        let mut best = Vec::with_capacity(tokens);
        for token in (0..tokens).rev() {
            best.push(Choice { label: label as u8, confidence: share(scores.row(token), label) });
            label = usize::from(from[token * labels + label]);
        }
        best.reverse();
        best
    }
}

fn first_of_largest(sums: &[f32]) -> usize {
    let mut best = 0;
    for label in 1..sums.len() {
        if sums[label] > sums[best] {
            best = label;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LABELS: [&str; 5] = ["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"];

    fn allowed(before: Option<usize>, label: usize) -> bool {
        !LABELS[label].starts_with('I') || before.is_some_and(|b| b == label || b + 1 == label)
    }

    proptest! {
        #[test]
        fn the_best_whole_names_of_all(
            scores in prop::collection::vec(-9_i8..9, 25),
            tokens in 1_usize..6,
            second in 0_usize..6,
        ) {
            let numbers: Vec<f32> = scores.into_iter().map(f32::from).collect();
            let tags = NameTags::new(&LABELS.map(String::from));
            let begins = |i: usize| i == second;
            let found = tags.best(&Scores::new(&numbers, 5, 5), tokens, begins);
            let sum = |labels: &[usize]| labels.iter().enumerate().map(|(i, &l)| numbers[i * 5 + l]).sum::<f32>();
            let whole = |labels: &[usize]| {
                (0..tokens).all(|i| allowed(if i == 0 || begins(i) { None } else { Some(labels[i - 1]) }, labels[i]))
            };
            let best = (0..5_usize.pow(tokens as u32))
                .map(|n| (0..tokens as u32).map(|i| n / 5_usize.pow(i) % 5).collect::<Vec<_>>())
                .filter(|labels| whole(labels))
                .map(|labels| sum(&labels))
                .fold(f32::MIN, f32::max);
            let found: Vec<usize> = found.iter().map(|choice| usize::from(choice.label)).collect();
            prop_assert!(whole(&found), "{:?}", found);
            prop_assert_eq!(sum(&found), best);
        }
    }
}
