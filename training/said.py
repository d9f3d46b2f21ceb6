"""Who said what: labels and links to attributions, and their scores on PolNeAR's dev part, as the engine and `sets.py statements` have them.

  said.py WEIGHTS.pt [--int8] [--limit N]"""
import argparse
import numpy as np, torch
import attribution, corpus, data, evaluate
from model import QLinear

LEAST, FURTHER, PIECES = 0.02, 0.3, 3         # shares of the first and of a further content of a cue, at least; contents of a cue, at most


def viterbi(scores, transition):
    """Best labels; ties go to the lower number. `transition` [1 + labels, labels], last row for the first token."""
    n, k = scores.shape
    best, back = scores[0] + transition[k], []
    for i in range(1, n):
        t = best[:, None] + transition[:k]
        back.append(t.argmax(0)); best = t.max(0) + scores[i]
    out = [int(best.argmax())]
    for b in reversed(back):
        out.append(int(b[out[-1]]))
    return out[::-1]


def spans_of(labels):
    """[(start, end, role)] of a label sequence."""
    out = []
    for i, l in enumerate(labels + ["O"]):
        if out and out[-1][1] is None and l[0] != "I":
            out[-1][1] = i
        if l[0] == "B":
            out.append([i, None, l[2:]])
    return [tuple(s) for s in out]


def groups(labels, links):
    """Attributions of one window: [{role: [(start, end)]}]. `links` [token, 1 + token]: scores of where each token points. The surest pairs first: a
    cue has one source at most, and every cue gets a content before any gets a second one."""
    spans = spans_of(labels)
    cues = [s for s in spans if s[2] == "CUE"]
    made = [{"SOURCE": [], "CUE": [c[:2]], "CONTENT": []} for c in cues]
    columns, lone = [0] + [1 + c[0] for c in cues], []
    for role in ("SOURCE", "CONTENT"):
        own = [s for s in spans if s[2] == role]
        mean = np.array([links[s[0]:s[1]][:, columns].mean(0) for s in own]).reshape(len(own), len(columns))
        share = np.exp(mean - mean.max(1, keepdims=True)) if own else mean
        share = share / share.sum(1, keepdims=True)
        pairs = sorted(((-share[i, 1 + k], i, k) for i in range(len(own)) for k in range(len(cues))))
        place = {}
        for least, most in ((LEAST, 1), (FURTHER, PIECES if role == "CONTENT" else 0)):
            for p, i, k in pairs:
                if -p >= least and i not in place and len(made[k][role]) < most:
                    place[i] = k; made[k][role].append(own[i][:2])
        lone += [{"SOURCE": [], "CUE": [], "CONTENT": [s[:2]]} for i, s in enumerate(own) if role == "CONTENT" and i not in place]
    for m in made:
        m["CONTENT"].sort()
    return made + lone


def windows(sents, pieces, most=186):
    """One a paragraph, the longer ones cut between sentences."""
    out, n = [], 0
    for s in sents:
        k = sum(len(pieces(t)) for t in s["tokens"])
        if not out or s["par"] != out[-1][-1]["par"] or n + k > most:
            out.append([]); n = 0
        out[-1].append(s); n += k
    return out


@torch.no_grad()
def predict(model, docs, pieces, budget=3000, bf16=False):
    """[(tokens, labels, groups)] of each document, tokens counted through it."""
    model.eval()
    wins = [(d, w) for d, (_, sents) in enumerate(docs) for w in windows(sents, pieces)]
    enc = [data.encode([(s, False) for s in w], pieces, {}) for _, w in wins]
    made = [None] * len(wins)
    labels, transition = model.c.labels["attr"], model.attr_transitions().numpy()
    for b in data.batches(enc, budget):
        x = data.collate([enc[i] for i in b], pieces.pad)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            v = model.vectors(x["ids"], x["shapes"], x["mask"], x["first"])
            scores, links = model.tags["attr"](v).float().numpy(), model.link(v).float()
        for r, i in enumerate(b):
            n = len(enc[i]["first"])
            got = [labels[j] for j in viterbi(scores[r, :n], transition)]
            made[i] = (got, groups(got, links[r, :n, :n + 1].numpy()))
    out = [([], []) for _ in docs]
    for (d, w), (got, found) in zip(wins, made):
        at = len(out[d][0])
        out[d][0].extend(got)
        out[d][1].extend({k: [(a + at, b + at) for a, b in v] for k, v in g.items()} for g in found)
    return out


def gold_of(sents):
    flat = [x for s in sents for x in zip(s["attr"], s["said"])]
    out = {}
    for i, (l, g) in enumerate(flat):
        if l != "O":
            e = out.setdefault(g, {r: [] for r in attribution.ROLES})[l[2:]]
            e.append(i)
    return [l for l, _ in flat], [{k: set(v) for k, v in g.items()} for g in out.values() if g["CONTENT"]]


def score(model, pieces, limit=None, bf16=False):
    docs = attribution.documents(corpus.DATA / "quotes-polnear/data/dev", "polnear-dev")
    docs = docs[::max(1, len(docs) // limit)] if limit else docs
    tag, span, part = {}, {}, {}
    need = gave = exact = half = 0
    soft_p = soft_r = 0.0
    count = lambda d, k, hit, g, n: d.__setitem__(k, [a + b for a, b in zip(d.get(k, [0, 0, 0]), (hit, g, n))])
    for (_, sents), (got, found) in zip(docs, predict(model, docs, pieces, bf16=bf16)):
        gold, want = gold_of(sents)
        words = [t for s in sents for t in s["tokens"]]
        real = {i for i, w in enumerate(words) if any(c.isalnum() for c in w)}
        for r in attribution.ROLES:
            count(tag, r, sum(a[2:] == r == b[2:] for a, b in zip(gold, got)), sum(l[2:] == r for l in got), sum(l[2:] == r for l in gold))
            p, g = ({s for s in spans_of(x) if s[2] == r} for x in (got, gold))
            count(span, r, len(p & g), len(p), len(g))
        have = [{k: {i for a, b in v for i in range(a, b)} & real for k, v in g.items()} for g in found if g["CONTENT"]]
        want = [{k: v & real for k, v in g.items()} for g in want]
        need += len(want); gave += len(have)
        pairs = sorted(((len(w["CONTENT"] & g["CONTENT"]) / len(w["CONTENT"] | g["CONTENT"]), i, j) for i, w in enumerate(want) for j, g in enumerate(have)
                        if w["CONTENT"] & g["CONTENT"]), key=lambda c: (-c[0], c[1], c[2]))
        uw, ug = set(), set()
        for s, i, j in pairs:
            if i in uw or j in ug:
                continue
            uw.add(i); ug.add(j); w, g = want[i], have[j]
            inter = len(w["CONTENT"] & g["CONTENT"])
            soft_p += inter / len(g["CONTENT"]); soft_r += inter / len(w["CONTENT"]); half += s >= 0.5
            for k in w:
                part[k] = part.get(k, 0) + (w[k] == g[k])
            exact += w == g
    f = lambda hit, g, n: 100 * evaluate.f1(hit, g, n)[0]
    p, r = soft_p / max(1, gave), soft_r / max(1, need)
    return {"tokens": {k: f(*v) for k, v in tag.items()}, "spans": {k: f(*v) for k, v in span.items()},
            "attributions": {"all exact": f(exact, gave, need), **{k.lower() + " exact": f(v, gave, need) for k, v in sorted(part.items())},
                             "overlap": 200 * p * r / max(1e-9, p + r), "half, recall": 100 * half / max(1, need), "found": gave, "gold": need}}


def show(res):
    return evaluate.show(res)


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights"); ap.add_argument("--int8", action="store_true"); ap.add_argument("--limit", type=int)
    a = ap.parse_args()
    torch.set_num_threads(1)
    m, pieces = evaluate.load(a.weights)
    QLinear.quant = a.int8
    print(show(score(m, pieces, a.limit)))
