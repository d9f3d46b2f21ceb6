//! What each sign weighs, for each kind of mention; data that `training/who/learn.py` writes.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::signs::{NEW_TEMPLATES, NewSigns, Signs, TEMPLATES};

/// The kinds of mention that are judged apart.
pub(crate) const JUDGED: [&str; 5] = ["he-she", "it", "they", "this", "noun"];

/// All weights, by kind of mention.
pub(crate) struct Weights {
    pair: [Vec<Vec<f32>>; JUDGED.len()],
    new: [Vec<Vec<f32>>; JUDGED.len()],
}

static SHIPPED: LazyLock<Weights> = LazyLock::new(|| Weights::parse(chancery_lexicon::COREFERENCE_WEIGHTS));

impl Weights {
    /// The weights that come with the program.
    pub(crate) fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// How much speaks for a pair.
    pub(crate) fn pair(&self, judged: usize, signs: &Signs) -> f32 {
        signs.iter().zip(&self.pair[judged]).map(|(&value, of)| weight(of, value)).sum()
    }

    /// How much speaks for nobody named before.
    pub(crate) fn nobody(&self, judged: usize, signs: &NewSigns) -> f32 {
        signs.iter().zip(&self.new[judged]).map(|(&value, of)| weight(of, value)).sum()
    }

    fn parse(file: &str) -> Self {
        let mut given: HashMap<(&str, &str, usize), f32> = HashMap::new();
        for row in file.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = row.split('\t').collect();
            let [judged, template, value, weight] = columns[..] else { continue };
            if let (Ok(value), Ok(weight)) = (value.parse(), weight.parse()) {
                given.insert((judged, template, value), weight);
            }
        }
        let table = |templates: &[(&str, u8)], judged: &str| -> Vec<Vec<f32>> {
            let weight =
                |template: &str, value| given.get(&(judged, template, value)).copied().unwrap_or(0.0);
            templates.iter().map(|(t, n)| (0..*n as usize).map(|value| weight(t, value)).collect()).collect()
        };
        Self { pair: JUDGED.map(|j| table(&TEMPLATES, j)), new: JUDGED.map(|j| table(&NEW_TEMPLATES, j)) }
    }
}

fn weight(of: &[f32], value: u8) -> f32 {
    of.get(value as usize).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_is_of_a_sign_that_is_read() {
        let rows = chancery_lexicon::COREFERENCE_WEIGHTS.lines().filter(|line| !line.starts_with('#'));
        for row in rows {
            let columns: Vec<&str> = row.split('\t').collect();
            let values = TEMPLATES.iter().chain(&NEW_TEMPLATES).find(|(name, _)| *name == columns[1]);
            let value: u8 = columns[2].parse().expect("a number");
            assert!(JUDGED.contains(&columns[0]) && values.is_some_and(|(_, n)| value < *n), "{row}");
        }
    }

    #[test]
    fn a_near_subject_outweighs_a_far_one() {
        let mut near = [0; TEMPLATES.len()];
        let mut far = near;
        let back = TEMPLATES.iter().position(|(name, _)| *name == "sentences-back").expect("a template");
        (near[back], far[back]) = (0, 4);
        let weights = Weights::shipped();
        assert!(weights.pair(0, &near) > weights.pair(0, &far));
    }
}
