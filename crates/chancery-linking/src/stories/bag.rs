//! The words of an article that tell what it is about, weighted.

use std::collections::BTreeMap;

use chancery_lexicon::stem::stem;

use crate::background::Background;

/// Words that are usual in any text say nothing of its matter.
const COMMON: f32 = 2.0;

/// Stems with their weights, in the order of the alphabet; the squares of the weights add up to 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bag {
    /// See [`Bag`].
    pub weights: Vec<(String, f32)>,
}

impl Bag {
    /// The words of a text.
    pub fn of(text: &str) -> Self {
        let mut counts: BTreeMap<String, u32> = BTreeMap::new();
        for word in text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’') {
            if let Some(stem) = stem(word) {
                *counts.entry(stem).or_default() += 1;
            }
        }
        let table = Background::table();
        let weighted = counts.into_iter().map(|(stem, count)| {
            let rarity = table.rarity(&stem);
            (stem, if rarity < COMMON { 0.0 } else { rarity * (1.0 + (count as f32).ln()) })
        });
        Self { weights: weighted.filter(|(_, weight)| *weight > 0.0).collect() }.normed()
    }

    fn normed(mut self) -> Self {
        let length = self.weights.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
        self.weights.iter_mut().for_each(|(_, weight)| *weight /= length.max(f32::MIN_POSITIVE));
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_weigh_nothing() {
        let bag = Bag::of("The dockers said on Monday that the port is shut; the dockers' union agreed.");
        let stems: Vec<&str> = bag.weights.iter().map(|(stem, _)| stem.as_str()).collect();
        assert!(
            stems.contains(&"docker") && !stems.contains(&"the") && !stems.contains(&"said"),
            "{stems:?}"
        );
        let length: f32 = bag.weights.iter().map(|(_, weight)| weight * weight).sum();
        assert!((length - 1.0).abs() < 1e-5);
    }
}
