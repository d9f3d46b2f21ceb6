"""How alike two sets of clusters are: MUC (Vilain and others 1995), B³ (Bagga and Baldwin 1998), CEAFe (Luo 2005). Standard library only.

`key` and `response` are lists of sets of mentions. Each measure gives what is added up over documents: for recall call it with (key,
response), for precision with the two exchanged."""
import collections


def muc(key, response):
    """Links that hold, and links."""
    of = {m: n for n, c in enumerate(response) for m in c}
    hit = sum(len(c) - len({of.get(m, ("none", m)) for m in c}) for c in key)
    return hit, sum(len(c) - 1 for c in key)


def b_cubed(key, response):
    """The shares of each mention's cluster that hold, added up, and mentions."""
    of = {m: c for c in response for m in c}
    return sum(len(c & of[m]) / len(c) for c in key for m in c if m in of), sum(map(len, key))


def ceaf(key, response):
    """Entity-based CEAF: the best one-to-one pairing by 2 * shared / (both sizes), added up."""
    near = collections.defaultdict(dict)
    of = {m: n for n, g in enumerate(key) for m in g}
    for r, g in enumerate(response):
        for m in g:
            if m in of and of[m] not in near[r]:
                k = key[of[m]]
                near[r][of[m]] = 2 * len(g & k) / (len(g) + len(k))
    return sum(assigned(part) for part in components(near))


def components(near):
    """Parts of the pairing that have nothing to do with each other."""
    back = collections.defaultdict(list)
    for r, ks in near.items():
        for k in ks:
            back[k].append(r)
    seen = set()
    for first in near:
        if first in seen:
            continue
        part, todo = [], [first]
        seen.add(first)
        while todo:
            r = todo.pop()
            part.append(r)
            for other in (o for k in near[r] for o in back[k] if o not in seen):
                seen.add(other)
                todo.append(other)
        yield {r: near[r] for r in part}


def assigned(part):
    """The best sum of a one-to-one assignment: the Hungarian method with potentials."""
    rows, cols = sorted(part), sorted({k for ks in part.values() for k in ks})
    n, m = len(rows), len(cols) + len(rows)
    cost = [[-part[r].get(k, 0.0) for k in cols] + [0.0] * n for r in rows]
    u, v, match = [0.0] * (n + 1), [0.0] * (m + 1), [0] * (m + 1)
    for i in range(1, n + 1):
        match[0], at, least, way, used = i, 0, [float("inf")] * (m + 1), [0] * (m + 1), [False] * (m + 1)
        while True:
            used[at], row, step, nxt = True, match[at], float("inf"), 0
            for j in range(1, m + 1):
                if not used[j]:
                    now = cost[row - 1][j - 1] - u[row] - v[j]
                    if now < least[j]:
                        least[j], way[j] = now, at
                    if least[j] < step:
                        step, nxt = least[j], j
            for j in range(m + 1):
                if used[j]:
                    u[match[j]] += step
                    v[j] -= step
                else:
                    least[j] -= step
            at = nxt
            if match[at] == 0:
                break
        while at:
            match[at], at = match[way[at]], way[at]
    return -sum(cost[match[j] - 1][j - 1] for j in range(1, m + 1) if match[j])
