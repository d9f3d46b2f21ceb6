"""From scores to decisions: one-rooted trees and well-formed names. Kept simple on purpose: the engine does the same."""
import numpy as np


def tree(scores):
    """`scores` [n, 1 + n]: row = dependent, column 0 = root, column 1 + j = head j. Returns heads (0 = root, 1 + j).

    1. The root is the token with the largest (root score - best other score); ties go to the first.
    2. Every other token takes its best head; cycles are contracted (Chu-Liu-Edmonds) until there are none."""
    n = scores.shape[0]
    if n == 1:
        return [0]
    s = scores[:, 1:].astype(np.float32).copy()
    np.fill_diagonal(s, -np.inf)
    root = int(np.argmax(scores[:, 0] - s.max(1)))
    heads = s.argmax(1); heads[root] = -1
    if cycle(heads) is not None:
        heads = chu_liu_edmonds(s.astype(np.float64), root)
    return [0 if i == root else int(heads[i]) + 1 for i in range(n)]


def cycle(heads):
    state = [0] * len(heads)
    for i in range(len(heads)):
        path, j = [], i
        while j >= 0 and state[j] == 0:
            state[j] = 1; path.append(j); j = int(heads[j])
        if j >= 0 and state[j] == 1:
            return path[path.index(j):]
        for k in path:
            state[k] = 2
    return None


def chu_liu_edmonds(s, root):
    """`s[d, h]`: score of head h for d. Best tree with the given root; recursive contraction."""
    n = s.shape[0]
    heads = s.argmax(1); heads[root] = -1
    c = cycle(heads)
    if c is None:
        return heads
    inc = np.zeros(n, bool); inc[c] = True
    rest = [i for i in range(n) if not inc[i]]
    m = len(rest)
    t = np.full((m + 1, m + 1), -np.inf)
    t[:m, :m] = s[np.ix_(rest, rest)]
    own = s[c, heads[c]]
    into = s[np.ix_(c, rest)] - own[:, None]               # a head outside for a token of the cycle
    out = s[np.ix_(rest, c)]
    t[m, :m] = into.max(0); enter = [c[k] for k in into.argmax(0)]
    t[:m, m] = out.max(1); leave = [c[k] for k in out.argmax(1)]
    np.fill_diagonal(t, -np.inf)
    sub = chu_liu_edmonds(t, rest.index(root))
    res = heads.copy()
    for a, i in enumerate(rest):
        res[i] = -1 if i == root else leave[a] if sub[a] == m else rest[sub[a]]
    e = enter[sub[m]]
    res[e] = rest[sub[m]]
    return res


def names(logits, labels):
    """Best sequence in which I-X only follows B-X or I-X. Ties go to the lower label number."""
    n, k = logits.shape
    ok = np.ones((k, k), bool)
    for j, l in enumerate(labels):
        if l[0] == "I":
            ok[:, j] = [p[2:] == l[2:] and p[0] != "O" for p in labels]
    start = np.array([l[0] != "I" for l in labels])
    bad = np.float32(-1e9)
    best = np.where(start, logits[0], bad); back = []
    for i in range(1, n):
        m = np.where(ok, best[:, None], bad)
        back.append(m.argmax(0)); best = m.max(0) + logits[i]
    out = [int(best.argmax())]
    for b in reversed(back):
        out.append(int(b[out[-1]]))
    return [labels[i] for i in reversed(out)]
