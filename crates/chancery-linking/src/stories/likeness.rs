//! Which articles are alike enough to be compared, and how much alike they are.

use super::features::Vectors;

/// The heaviest features of an article, by which others are found.
const TOP: usize = 30;
/// Features that more articles have among their heaviest than this find nobody.
const MAX_HOLDERS: usize = 400;
/// What the heaviest features must give together.
const GLIMPSE: f32 = 0.03;
/// Pairs that are less alike count as not alike at all.
const LEAST: f32 = 0.05;
/// An article is compared with so many others at most, those that its heaviest features favour.
pub(super) const MAX_PARTNERS: usize = 200;
/// What is left of the likeness of two articles that lie far apart in time, ...
const FAR: f32 = 0.5;
/// ... and after how many days a third of the rest is left.
const DAYS: f32 = 7.0;

/// Two articles (the one that stands first, the other) and how much alike they are.
pub(super) type Pair = (u32, u32, f32);

/// All pairs that are alike, sorted, and how many were left out because of [`MAX_PARTNERS`].
pub(super) fn pairs(vectors: &Vectors, days: &[Option<i64>]) -> (Vec<Pair>, usize) {
    let tops: Vec<Vec<(u32, f32)>> = vectors.articles.iter().map(|vector| top(vector)).collect();
    let holders = holders(&tops);
    let (mut pairs, mut left_out) = (Vec::new(), 0);
    let mut glimpses = vec![0.0_f32; tops.len()];
    for (at, top) in tops.iter().enumerate() {
        let partners = partners(at, top, &holders, &mut glimpses);
        left_out += partners.len().saturating_sub(MAX_PARTNERS);
        for other in partners.into_iter().take(MAX_PARTNERS) {
            let alike = vectors.likeness(other as usize, at) * in_time(days[other as usize], days[at]);
            if alike >= LEAST {
                pairs.push((other, at as u32, alike));
            }
        }
    }
    pairs.sort_by_key(|(a, b, _)| (*a, *b));
    (pairs, left_out)
}

/// The heaviest features, sorted by number.
fn top(vector: &[(u32, f32)]) -> Vec<(u32, f32)> {
    let mut top = vector.to_vec();
    top.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    top.truncate(TOP);
    top.sort_by_key(|(feature, _)| *feature);
    top
}

/// For each feature the articles that have it among their heaviest, in order, with its weight.
fn holders(tops: &[Vec<(u32, f32)>]) -> Vec<Vec<(u32, f32)>> {
    let features = tops.iter().flatten().map(|(feature, _)| *feature as usize + 1).max().unwrap_or(0);
    let mut holders = vec![Vec::new(); features];
    for (at, top) in tops.iter().enumerate() {
        top.iter().for_each(|(feature, weight)| holders[*feature as usize].push((at as u32, *weight)));
    }
    holders.iter_mut().filter(|holders| holders.len() > MAX_HOLDERS).for_each(Vec::clear);
    holders
}

/// The articles before `at` that its heaviest features find, those that they favour first. `glimpses` is all zero before and after.
fn partners(at: usize, top: &[(u32, f32)], holders: &[Vec<(u32, f32)>], glimpses: &mut [f32]) -> Vec<u32> {
    let mut met = Vec::new();
    for (feature, weight) in top {
        for (other, theirs) in
            holders[*feature as usize].iter().take_while(|(other, _)| (*other as usize) < at)
        {
            if glimpses[*other as usize] == 0.0 {
                met.push(*other);
            }
            glimpses[*other as usize] += weight * theirs;
        }
    }
    let taken = met.into_iter().map(|other| (std::mem::take(&mut glimpses[other as usize]), other));
    let mut partners: Vec<(f32, u32)> = taken.filter(|(glimpse, _)| *glimpse >= GLIMPSE).collect();
    partners.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    partners.into_iter().map(|(_, other)| other).collect()
}

/// What time leaves of the likeness of two articles; all of it where a date is not known.
fn in_time(a: Option<i64>, b: Option<i64>) -> f32 {
    let Some((a, b)) = a.zip(b) else { return 1.0 };
    FAR + (1.0 - FAR) * (-(a.abs_diff(b) as f32) / DAYS).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn partners_beyond_the_limit_are_counted() {
        let left_out = |articles: usize| {
            let vectors = Vectors { articles: vec![vec![(0, 1.0)]; articles], cut: 0 };
            pairs(&vectors, &vec![None; articles]).1
        };
        assert_eq!(left_out(MAX_PARTNERS + 1), 0);
        assert_eq!(left_out(MAX_PARTNERS + 2), 1);
    }
}
