//! The words of a paragraph as the search for seams compares them: folded, cut to a stem, weighted by how rare they are.

use std::collections::HashMap;
use std::sync::LazyLock;

use chancery_lexicon::stem::stem;

/// As much of a paragraph as is looked at, in words.
const MAX_WORDS: usize = 400;
/// A word in fewer paragraphs than this is not one that every text of the language uses.
const USUAL: f32 = 15.0;
/// Words that stand in more than this share of paragraphs say nothing of a paragraph's matter.
const COMMON: f32 = 0.06;

static FREQUENCIES: LazyLock<Frequencies> =
    LazyLock::new(|| Frequencies::read(chancery_lexicon::PARAGRAPH_WORDS));

struct Frequencies {
    paragraphs: f32,
    words: HashMap<&'static str, f32>,
}

impl Frequencies {
    fn read(table: &'static str) -> Self {
        let mut all = Self { paragraphs: 1.0, words: HashMap::new() };
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let Some((word, count)) = line.split_once('\t') else { continue };
            let count: f32 = count.parse().unwrap_or(1.0);
            match word {
                "*" => all.paragraphs = count,
                word => drop(all.words.insert(word, count)),
            }
        }
        all
    }
}

/// One paragraph's words.
#[derive(Clone, Debug, Default)]
pub(super) struct Bag {
    /// Content words by number, in order of appearance.
    pub(super) words: Vec<u32>,
    /// Those written with a capital inside a sentence, or anywhere when followed by another: names.
    pub(super) names: Vec<u32>,
    /// First and last words of full names.
    pub(super) introduced: Vec<u32>,
    /// Share of words that are not among the usual ones of English.
    pub(super) unknown: f32,
}

/// All words of a run of paragraphs, numbered.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
    /// The weight of each word.
    pub(super) weights: Vec<f32>,
}

impl Vocabulary {
    /// The words of one paragraph.
    pub(super) fn bag(&mut self, text: &str) -> Bag {
        let mut bag = Bag::default();
        let (mut known, mut all) = (0, 0);
        let mut opens = true;
        let mut last_name: Option<u32> = None;
        for word in text.split_whitespace().take(MAX_WORDS) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            let capital = bare.chars().next().is_some_and(char::is_uppercase);
            if let Some(stem) = stem(bare) {
                all += 1;
                let (number, listed) = self.number(&stem);
                known += usize::from(listed);
                let named = capital && bare.chars().count() > 1;
                if self.weights[number as usize] > 0.0 {
                    bag.words.push(number);
                    if named && !opens {
                        bag.names.push(number);
                        if last_name.is_some() {
                            bag.introduced.push(number);
                        }
                    }
                }
                last_name =
                    (named && self.weights[number as usize] > 0.0 && !word.ends_with([',', '.', ';', ':']))
                        .then_some(number);
            } else {
                last_name = None;
            }
            opens = word.ends_with(['.', '!', '?', ':', '”', '"']) || (bare.is_empty() && opens);
        }
        bag.unknown = if all == 0 { 0.0 } else { 1.0 - known as f32 / all as f32 };
        bag
    }

    fn number(&mut self, stem: &str) -> (u32, bool) {
        let table = &*FREQUENCIES;
        let count = table.words.get(stem).copied();
        let usual = count.is_some_and(|count| count >= USUAL);
        if let Some(number) = self.numbers.get(stem) {
            return (*number, usual);
        }
        let number = self.weights.len() as u32;
        self.numbers.insert(stem.to_owned(), number);
        let share = count.unwrap_or(1.0) / table.paragraphs;
        self.weights.push(if share > COMMON { 0.0 } else { -share.ln() });
        (number, usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_apart_and_common_words_are_left_out() {
        let mut all = Vocabulary::default();
        let bag = all.bag("The dockers met Nora Vale on Monday.");
        let other = all.bag("Later Vale left.");
        assert_eq!(bag.names.len(), 3);
        assert_eq!(bag.introduced.len(), 1);
        assert_eq!(other.names, bag.introduced);
    }
}
