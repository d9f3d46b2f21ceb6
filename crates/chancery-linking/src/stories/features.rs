//! What an article is about, in numbers: its words and pairs of names, weighted.

use std::collections::{BTreeMap, HashMap};

use chancery_lexicon::stem::stem;

use crate::Carried;
use crate::background::Background;

/// Words of an article that are looked at.
pub(super) const MAX_WORDS: usize = 4_000;
/// What the first word of an article counts more than one far down, and after how many words the difference has shrunk to a third: news
/// comes first.
const LEAD: f32 = 0.5;
const LEAD_WORDS: f32 = 120.0;
/// What a word counts more that is written as a name.
const NAME: f32 = 1.5;
/// The lexicon's table counts paragraphs: an article holds so many.
const PARAGRAPHS: f32 = 8.0;
/// The table counts as if it had been counted on so many articles, to which those at hand are added.
const BACKGROUND: f32 = 1_000.0;
/// Words that weigh less stand anywhere.
const COMMON: f32 = 0.5;

/// The weighted words of all articles.
pub(super) struct Vectors {
    /// For each article its features, sorted by number; the squares of the weights add up to 1.
    pub(super) articles: Vec<Vec<(u32, f32)>>,
    /// Articles with more than [`MAX_WORDS`].
    pub(super) cut: usize,
}

/// How often a feature stands in an article.
#[derive(Clone, Copy, Default)]
struct Count {
    /// Occurrences, those at the head of the article counted more.
    count: f32,
    is_name: bool,
}

impl Vectors {
    /// The vectors of articles, which stand in an order of their own.
    pub(super) fn of(carried: &[&Carried<'_>]) -> Self {
        let mut numbers = Numbers::default();
        let counted: Vec<BTreeMap<u32, Count>> =
            carried.iter().map(|carried| counts(carried.article.body_text(), &mut numbers)).collect();
        let mut holders = vec![0_u32; numbers.rarity.len()];
        counted.iter().flat_map(BTreeMap::keys).for_each(|feature| holders[*feature as usize] += 1);
        let all = carried.len() as f32;
        let weigh = |(feature, count): (&u32, &Count)| {
            let (share, pair) = numbers.rarity[*feature as usize];
            let held = holders[*feature as usize] as f32;
            let rarity = ((BACKGROUND + all) / (BACKGROUND * share + held)).ln();
            let named = if count.is_name || pair { NAME } else { 1.0 };
            (rarity >= COMMON).then(|| (*feature, (1.0 + count.count.ln()) * rarity * named))
        };
        let articles = counted.iter().map(|counts| normed(counts.iter().filter_map(weigh).collect()));
        let is_cut = |c: &&&Carried<'_>| words(c.article.body_text()).nth(MAX_WORDS).is_some();
        Self { articles: articles.collect(), cut: carried.iter().filter(is_cut).count() }
    }

    /// The cosine of two articles.
    pub(super) fn likeness(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (&self.articles[a], &self.articles[b]);
        let (mut x, mut y, mut sum) = (0, 0, 0.0);
        while x < a.len() && y < b.len() {
            match a[x].0.cmp(&b[y].0) {
                std::cmp::Ordering::Less => x += 1,
                std::cmp::Ordering::Greater => y += 1,
                std::cmp::Ordering::Equal => {
                    sum += a[x].1 * b[y].1;
                    x += 1;
                    y += 1;
                }
            }
        }
        sum
    }

    /// The sum of the vectors of articles.
    pub(super) fn centre(&self, members: &[usize]) -> BTreeMap<u32, f32> {
        let mut centre = BTreeMap::new();
        for (feature, weight) in members.iter().flat_map(|at| &self.articles[*at]) {
            *centre.entry(*feature).or_insert(0.0) += weight;
        }
        centre
    }

    /// How much an article is like a centre.
    pub(super) fn likeness_to(&self, at: usize, centre: &BTreeMap<u32, f32>) -> f32 {
        self.articles[at]
            .iter()
            .map(|(feature, weight)| weight * centre.get(feature).copied().unwrap_or(0.0))
            .sum()
    }
}

fn normed(mut vector: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let length = vector.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
    vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    vector
}

/// The features met so far: stems, and pairs of capitalised stems in a row.
#[derive(Default)]
struct Numbers {
    stems: HashMap<String, u32>,
    pairs: HashMap<(u32, u32), u32>,
    /// The share of background articles that hold a feature, and whether it is a pair.
    rarity: Vec<(f32, bool)>,
}

impl Numbers {
    fn stem(&mut self, stem: String) -> u32 {
        let next = self.rarity.len() as u32;
        let table = Background::table();
        let rarity = &mut self.rarity;
        *self.stems.entry(stem).or_insert_with_key(|stem| {
            rarity.push(((table.share(stem) * PARAGRAPHS).min(1.0), false));
            next
        })
    }

    /// A pair of names is rarer than any word.
    fn pair(&mut self, first: u32, second: u32) -> u32 {
        let next = self.rarity.len() as u32;
        let rarity = &mut self.rarity;
        *self.pairs.entry((first, second)).or_insert_with(|| {
            rarity.push((Background::table().least() * PARAGRAPHS / 2.0, true));
            next
        })
    }
}

fn counts(text: &str, numbers: &mut Numbers) -> BTreeMap<u32, Count> {
    let mut counts: BTreeMap<u32, Count> = BTreeMap::new();
    // The capitalised word right before, and where the last word ended.
    let (mut name_before, mut end) = (None, 0);
    for (at, (start, word)) in words(text).take(MAX_WORDS).enumerate() {
        let between = &text[end..start];
        let opens = at == 0 || between.contains(['.', '!', '?', ':', '\n', '“', '"']);
        end = start + word.len();
        let Some(stem) = stem(word) else {
            name_before = None;
            continue;
        };
        let weight = 1.0 + LEAD * (-(at as f32) / LEAD_WORDS).exp();
        let is_capital = word.starts_with(char::is_uppercase);
        let number = numbers.stem(stem);
        let count = counts.entry(number).or_default();
        count.count += weight;
        count.is_name |= is_capital && !opens;
        if let Some(before) = name_before.filter(|_| is_capital && matches!(between, " " | "-")) {
            counts.entry(numbers.pair(before, number)).or_default().count += weight;
        }
        name_before = is_capital.then_some(number);
    }
    counts
}

/// Words of letters and digits with apostrophes inside, and where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    let pieces = text.split(move |c: char| !is_part(c));
    let trimmed = pieces.map(|piece| piece.trim_matches(['\'', '’'])).filter(|word| !word.is_empty());
    trimmed.map(move |word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_know_where_they_stand() {
        let found: Vec<_> = words("‘Orsk’s gate’, Vell’s.").collect();
        assert_eq!(found.iter().map(|(_, word)| *word).collect::<Vec<_>>(), ["Orsk’s", "gate", "Vell’s"]);
        assert!(found.iter().all(|(at, word)| "‘Orsk’s gate’, Vell’s."[*at..].starts_with(word)));
    }

    #[test]
    fn words_beyond_the_limit_are_counted() {
        let count = |words: usize| counts(&"harbour ".repeat(words), &mut Numbers::default())[&0].count;
        assert!(count(MAX_WORDS - 1) < count(MAX_WORDS));
        assert!((count(MAX_WORDS) - count(MAX_WORDS + 1)).abs() < f32::EPSILON);
    }

    #[test]
    fn names_in_a_row_are_a_feature() {
        let mut numbers = Numbers::default();
        let found = counts("Then Nora Vale spoke. Later Vale left.", &mut numbers);
        assert_eq!(numbers.pairs.len(), 3, "Then Nora, Nora Vale, Later Vale");
        let vale = numbers.stems["vale"];
        assert!(found[&vale].is_name && found[&vale].count > 2.0);
        assert!(!found[&numbers.stems["spoke"]].is_name);
    }
}
