//! Groups by average linkage: again and again the two groups that are most alike on average become one, until none are alike enough.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::likeness::Pair;

/// The groups of `count` articles, each sorted, in the order of their first. Pairs that are not given count as not alike.
pub(super) fn by_average(count: usize, pairs: &[Pair], alike: f32) -> Vec<Vec<usize>> {
    let mut state = State::new(count, pairs);
    while let Some((likeness, a, b)) = state.next() {
        if likeness < alike {
            break;
        }
        state.merge(a, b);
    }
    let mut groups: Vec<Vec<usize>> = state.members.into_iter().flatten().collect();
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

struct State {
    /// For each group, how much alike it is on average to each other, by number; a group has the number of its first article.
    near: Vec<BTreeMap<usize, f32>>,
    /// The articles of each group; `None` once it went into another.
    members: Vec<Option<Vec<usize>>>,
    /// Groups that may be merged, the most alike on top; entries that no longer hold are skipped.
    queue: BinaryHeap<Entry>,
}

impl State {
    fn new(count: usize, pairs: &[Pair]) -> Self {
        let members = (0..count).map(|at| Some(vec![at])).collect();
        let mut state = Self { near: vec![BTreeMap::new(); count], members, queue: BinaryHeap::new() };
        for (a, b, likeness) in pairs {
            state.put(*a as usize, *b as usize, *likeness);
        }
        state
    }

    fn put(&mut self, a: usize, b: usize, likeness: f32) {
        self.near[a].insert(b, likeness);
        self.near[b].insert(a, likeness);
        self.queue.push(Entry { likeness, groups: Reverse((a.min(b), a.max(b))) });
    }

    /// The two groups that are most alike; of several, those with the lowest numbers.
    fn next(&mut self) -> Option<(f32, usize, usize)> {
        loop {
            let Entry { likeness, groups: Reverse((a, b)) } = self.queue.pop()?;
            if self.near[a].get(&b).is_some_and(|now| *now == likeness) {
                return Some((likeness, a, b));
            }
        }
    }

    fn merge(&mut self, a: usize, b: usize) {
        let (Some(ours), Some(theirs)) = (self.members[a].take(), self.members[b].take()) else { return };
        let (size_a, size_b) = (ours.len() as f32, theirs.len() as f32);
        self.members[a] = Some([ours, theirs].concat());
        let mut sums: BTreeMap<usize, f32> = BTreeMap::new();
        for (group, size) in [(a, size_a), (b, size_b)] {
            for (other, likeness) in std::mem::take(&mut self.near[group]) {
                self.near[other].remove(&group);
                *sums.entry(other).or_insert(0.0) += likeness * size;
            }
        }
        for (other, sum) in sums.into_iter().filter(|(other, _)| *other != a && *other != b) {
            self.put(a, other, sum / (size_a + size_b));
        }
    }
}

struct Entry {
    likeness: f32,
    groups: Reverse<(usize, usize)>,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.likeness.total_cmp(&other.likeness).then(self.groups.cmp(&other.groups))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_of_half_alike_articles_is_not_one_group() {
        let chain = [(0, 1, 0.5), (1, 2, 0.4), (2, 3, 0.5)];
        assert_eq!(by_average(4, &chain, 0.3), [vec![0, 1], vec![2, 3]]);
        assert_eq!(by_average(4, &chain, 0.05), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn of_pairs_as_alike_the_first_is_taken() {
        let pairs = [(0, 1, 0.4), (1, 2, 0.4)];
        assert_eq!(by_average(3, &pairs, 0.3), [vec![0, 1], vec![2]]);
        assert_eq!(by_average(3, &[], 0.3), [[0], [1], [2]]);
    }
}
