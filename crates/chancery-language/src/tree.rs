//! The best tree over one sentence's scores.
//!
//! Exact: the spanning arborescence with the largest sum of scores among those with one word under the root (Chu and Liu
//! 1965, Edmonds 1967; grown along a path as by Gabow and others 1986, quadratic in the number of words). One root is had
//! by making every root arc dearer than all other differences together (Zmigrod, Vieira and Cotterell 2020 discuss why just
//! dropping surplus roots is not exact). This module knows nothing of words or labels.

/// Scores of one sentence: a row for each word, column 0 for the root, column 1 + j for word j.
#[derive(Clone, Copy)]
pub(crate) struct ArcScores<'a> {
    pub(crate) scores: &'a [f32],
    pub(crate) words: usize,
}

impl ArcScores<'_> {
    fn row(&self, word: usize) -> &[f32] {
        &self.scores[word * (self.words + 1)..][..self.words + 1]
    }
}

/// The head of each word: 0 for the root, 1 + j for word j.
pub(crate) fn best_tree(arcs: ArcScores) -> Vec<u32> {
    let greedy: Vec<u32> = (0..arcs.words).map(|word| best_head(arcs.row(word), word)).collect();
    if is_tree(&greedy) { greedy } else { Contraction::new(arcs).solve() }
}

/// The first of the largest scores, never the word itself.
fn best_head(row: &[f32], word: usize) -> u32 {
    let mut best = 0;
    for head in 1..row.len() {
        if head != word + 1 && row[head] > row[best] {
            best = head;
        }
    }
    best as u32
}

/// One root, and every word reaches it.
fn is_tree(heads: &[u32]) -> bool {
    if heads.iter().filter(|&&head| head == 0).count() != 1 {
        return false;
    }
    // 0: not seen; otherwise the word from which it was reached.
    let mut reached_from = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && reached_from[at] == 0 {
            reached_from[at] = start;
            at = heads[at - 1] as usize;
        }
        if at != 0 && reached_from[at] == start {
            return false;
        }
    }
    true
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    Fresh,
    OnPath,
    Done,
}

/// An arc into a node: where it comes from, the word it really goes to, its score less what it would displace.
#[derive(Clone, Copy)]
struct Arc {
    from: u32,
    to: u32,
    score: f64,
}

/// Words (and the root, 0) and the cycles that were contracted into nodes of their own.
struct Contraction {
    words: usize,
    /// For each node, the best arc from each word into it.
    into: Vec<Vec<Arc>>,
    /// The outermost node of each word.
    node_of: Vec<usize>,
    /// The node that a node was contracted into; itself while it is outermost.
    parent: Vec<usize>,
    chosen: Vec<Arc>,
    state: Vec<State>,
}

impl Contraction {
    fn new(arcs: ArcScores) -> Self {
        let words = arcs.words;
        let finite = arcs.scores.iter().copied().filter(|s| s.is_finite()).map(f64::from);
        let (low, high) = finite.fold((0.0_f64, 0.0_f64), |(low, high), s| (low.min(s), high.max(s)));
        let dear = (high - low + 1.0) * (words + 1) as f64;
        let none = Arc { from: 0, to: 0, score: 0.0 };
        let mut into = vec![Vec::new()];
        for word in 0..words {
            let arc = |(from, &score): (usize, &f32)| {
                let score = if score.is_finite() { f64::from(score) } else { low };
                let score = if from == 0 { score - dear } else { score };
                Arc { from: from as u32, to: word as u32 + 1, score }
            };
            into.push(arcs.row(word).iter().enumerate().map(arc).collect());
        }
        let mut state = vec![State::Fresh; words + 1];
        state[0] = State::Done;
        let nodes = || (0..=words).collect();
        Self { words, into, node_of: nodes(), parent: nodes(), chosen: vec![none; words + 1], state }
    }

    fn solve(mut self) -> Vec<u32> {
        for word in 1..=self.words {
            if self.state[self.node_of[word]] == State::Fresh {
                self.grow(self.node_of[word]);
            }
        }
        self.expand()
    }

    /// Follows best arcs backwards until something already joined to the root is met; cycles on the way are contracted.
    fn grow(&mut self, start: usize) {
        let mut path = vec![start];
        self.state[start] = State::OnPath;
        while let Some(&node) = path.last() {
            let best = self.best_into(node);
            self.chosen[node] = best;
            let source = self.node_of[best.from as usize];
            match self.state[source] {
                State::Done => break,
                State::Fresh => {
                    self.state[source] = State::OnPath;
                    path.push(source);
                }
                State::OnPath => {
                    let from = path.iter().position(|&n| n == source).unwrap_or(0);
                    let cycle = path.split_off(from);
                    path.push(self.contract(&cycle));
                }
            }
        }
        for node in path {
            self.state[node] = State::Done;
        }
    }

    fn best_into(&self, node: usize) -> Arc {
        let mut outside = self.into[node].iter().filter(|arc| self.node_of[arc.from as usize] != node);
        let first = outside.next().copied().unwrap_or(Arc { from: 0, to: 0, score: 0.0 });
        outside.fold(first, |best, arc| if arc.score > best.score { *arc } else { best })
    }

    fn contract(&mut self, cycle: &[usize]) -> usize {
        let new = self.into.len();
        let mut into: Vec<Arc> = Vec::new();
        for &node in cycle {
            let displaced = self.chosen[node].score;
            let arcs = std::mem::take(&mut self.into[node]);
            for (at, mut arc) in arcs.into_iter().enumerate() {
                arc.score -= displaced;
                match into.get_mut(at) {
                    None => into.push(arc),
                    Some(best) if arc.score > best.score => *best = arc,
                    Some(_) => {}
                }
            }
            self.parent[node] = new;
        }
        for node in &mut self.node_of {
            if self.parent[*node] == new {
                *node = new;
            }
        }
        self.into.push(into);
        self.parent.push(new);
        self.chosen.push(Arc { from: 0, to: 0, score: 0.0 });
        self.state.push(State::OnPath);
        new
    }

    /// Outermost first: the arc into a cycle replaces the one arc of the cycle that ends where it ends.
    fn expand(mut self) -> Vec<u32> {
        for node in (self.words + 1..self.into.len()).rev() {
            let arc = self.chosen[node];
            let mut inner = arc.to as usize;
            while self.parent[inner] != node {
                inner = self.parent[inner];
            }
            self.chosen[inner] = arc;
        }
        self.chosen[1..=self.words].iter().map(|arc| arc.from).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn score(arcs: ArcScores, heads: &[u32]) -> f64 {
        heads.iter().enumerate().map(|(word, &head)| f64::from(arcs.row(word)[head as usize])).sum()
    }

    /// The best tree by trying all of them.
    fn by_trial(arcs: ArcScores) -> f64 {
        let n = arcs.words as u32;
        let mut best = f64::NEG_INFINITY;
        for number in 0..(n + 1).pow(n) {
            let heads: Vec<u32> = (0..n).map(|i| number / (n + 1).pow(i) % (n + 1)).collect();
            let itself = heads.iter().zip(1..).any(|(&head, word)| head == word);
            if !itself && is_tree(&heads) {
                best = best.max(score(arcs, &heads));
            }
        }
        best
    }

    proptest! {
        #[test]
        fn small_trees_are_the_best_of_all(words in 1_usize..6, seed in prop::collection::vec(-8_i8..8, 30)) {
            // Small whole numbers make many ties and many cycles.
            let scores: Vec<f32> = (0..words * (words + 1)).map(|i| f32::from(seed[i])).collect();
            let arcs = ArcScores { scores: &scores, words };
            let heads = best_tree(arcs);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(score(arcs, &heads), by_trial(arcs));
            let contracted = Contraction::new(arcs).solve();
            prop_assert!(is_tree(&contracted));
            prop_assert_eq!(score(arcs, &contracted), by_trial(arcs));
        }

        #[test]
        fn long_sentences_get_one_root_and_no_cycle(words in 6_usize..90, seed in any::<u64>()) {
            let mut state = seed | 1;
            let mut next = || {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (state >> 40) as f32 / 1e5
            };
            let scores: Vec<f32> = (0..words * (words + 1)).map(|_| next()).collect();
            let heads = best_tree(ArcScores { scores: &scores, words });
            prop_assert!(is_tree(&heads));
        }
    }

    #[test]
    fn numbers_that_are_none_still_give_a_tree() {
        for bad in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY] {
            let scores = vec![bad; 4 * 5];
            assert!(is_tree(&best_tree(ArcScores { scores: &scores, words: 4 })));
        }
    }

    #[test]
    fn a_cycle_is_not_a_tree() {
        assert!(is_tree(&[0, 1, 2]));
        assert!(!is_tree(&[2, 1, 0]));
        assert!(!is_tree(&[0, 0]));
        assert!(!is_tree(&[]));
    }
}
