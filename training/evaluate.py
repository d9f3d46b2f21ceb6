"""Scores of a model (float32 in PyTorch, or with int8 arithmetic imitated) on the dev parts.

  evaluate.py WEIGHTS.pt [--int8] [--limit N]"""
import argparse, sys, time
import numpy as np, torch
import corpus, data, decode
from model import QLinear, Reader, Config
from names import tagged_spans

FOLD = {"PERSON": "PER", "ORG": "ORG", "PLACE": "LOC", "FACILITY": "LOC", "PER": "PER", "LOC": "LOC"}


@torch.no_grad()
def predict(model, docs, pieces, size=188, marked=True, raw=False, budget=3000, bf16=False):
    """{id of sentence: result}; `docs` as in `data`. With raw, sentence begins are read off the `sent` head as well."""
    model.eval()
    wins = data.windows(docs, pieces, None, size=size, marked=marked)
    enc = [data.encode(w, pieces, {}) for w in wins]
    out = {}
    labels = model.c.labels
    for b in data.batches(enc, budget):
        x = data.collate([enc[i] for i in b], pieces.pad)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            tags, arcs, pair = model(x["ids"], x["shapes"], x["mask"], x["first"])
        tags = {k: v.float().numpy() for k, v in tags.items()}
        arcs = arcs.float().numpy()
        heads = torch.zeros(x["first"].shape, dtype=torch.long)
        trees = []
        for r, i in enumerate(b):
            at = 0
            for s, _ in wins[i]:
                n = len(s["tokens"])
                sc = np.concatenate([arcs[r, at:at + n, :1], arcs[r, at:at + n, 1 + at:1 + at + n]], 1)
                h = decode.tree(sc)
                trees.append((r, at, s, h))
                heads[r, at:at + n] = torch.tensor([0 if k == 0 else at + k for k in h])
                at += n
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            rel = model.relations(pair, heads).float()
        rel[..., labels["rel"].index("root")] -= 1e4 * (heads != 0)
        rel = rel.argmax(-1).numpy()
        for r, at, s, h in trees:
            n = len(s["tokens"])
            o = {"head": h, "rel": ["root" if h[i] == 0 else labels["rel"][rel[r, at + i]] for i in range(n)]}
            for k in ("upos", "xpos"):
                o[k] = [labels[k][j] for j in tags[k][r, at:at + n].argmax(-1)]
            o["names"] = decode.names(tags["names"][r, at:at + n], labels["names"])
            o["sent"] = tags["sent"][r, at:at + n, 1] > tags["sent"][r, at:at + n, 0]
            out[id(s)] = o
    return out


@torch.no_grad()
def begins(model, pieces, docs, size=188, bias=0.0, bf16=False):
    """Sentence begins as at run time: paragraphs known, sentences not; windows filled up with whole paragraphs, long ones cut and the last
    sentence of a cut window read again. {id of sentence: {"sent": flags}} for `score_sents`."""
    model.eval(); out = {}
    for _, sents in docs:
        flat = [(s, i) for s in sents for i in range(len(s["tokens"]))]
        n = len(flat); par = [j == 0 or (flat[j][1] == 0 and flat[j][0]["par"] != flat[j - 1][0]["par"]) for j in range(n)]
        cost = [len(pieces(s["tokens"][i])) for s, i in flat]
        got = np.zeros(n, bool); start = 0
        while start < n:
            end, used, last_par = start, 2, None
            while end < n and used + cost[end] + (par[end] and end > start) <= size:
                if par[end] and end > start:
                    last_par = end; used += 1
                used += cost[end]; end += 1
            cut = end < n and not par[end]
            if cut and last_par is not None:
                end, cut = last_par, False
            win, j = [], start
            while j < end:
                k = j + 1
                while k < end and not par[k]:
                    k += 1
                win.append(({"tokens": [flat[q][0]["tokens"][flat[q][1]] for q in range(j, k)], "par": 0}, j > start)); j = k
            x = data.collate([data.encode(win, pieces, {})], pieces.pad)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
                t = model(x["ids"], x["shapes"], x["mask"], x["first"])[0]["sent"][0].float().numpy()
            b = (t[:, 1] - t[:, 0] > -bias); b[0] = True
            for q in range(start, end):
                got[q] = b[q - start] or par[q]
            nxt = end
            if cut:
                starts = [q for q in range(start + 1, end) if got[q]]
                if starts:
                    nxt = starts[-1]
            start = nxt
        at = 0
        for s in sents:
            out[id(s)] = {"sent": got[at:at + len(s["tokens"])]}; at += len(s["tokens"])
    return out


def f1(tp, gave, need):
    p, r = tp / max(1, gave), tp / max(1, need)
    return 2 * p * r / max(1e-9, p + r), p, r


def score_tree(docs, got, genres=None):
    n = up = xp = ua = la = 0
    for _, sents in docs:
        for s in sents:
            o = got[id(s)]
            for i in range(len(s["tokens"])):
                n += 1; up += s["upos"][i] == o["upos"][i]; xp += s["xpos"][i] == o["xpos"][i]
                a = s["head"][i] == o["head"][i]; ua += a
                la += a and s["rel"][i].split(":")[0] == o["rel"][i].split(":")[0]
    return {"upos": 100 * up / n, "xpos": 100 * xp / n, "uas": 100 * ua / n, "las": 100 * la / n}


def score_sents(docs, got):
    """Sentence spans over the treebank's tokens, paragraphs known."""
    tp = gave = need = 0
    for _, sents in docs:
        gold, pred, at, par = [], [], 0, None
        for s in sents:
            gold.append(at)
            for i in range(len(s["tokens"])):
                if got[id(s)]["sent"][i] or (i == 0 and s["par"] != par) or at == 0 and i == 0:
                    pred.append(at + i)
            par = s["par"]; at += len(s["tokens"])
        spans = lambda x: set(zip(x, x[1:] + [at]))
        g, p = spans(gold), spans(pred)
        tp += len(g & p); gave += len(p); need += len(g)
    return 100 * f1(tp, gave, need)[0]


def names_docs(sents, pack=True):
    d = [{"tokens": [w for w, _ in s], "gold": [t for _, t in s], "par": i} for i, s in enumerate(sents)]
    return [("n", d)]


def score_names(docs, got, errors=0):
    tp = gave = need = 0
    kinds = {}
    for _, sents in docs:
        for s in sents:
            fold = lambda t: {(a, b, FOLD[k]) for a, b, k in tagged_spans(t) if k in FOLD}
            g, p = fold(s["gold"]), fold(got[id(s)]["names"])
            tp += len(g & p); gave += len(p); need += len(g)
            for k in ("PER", "ORG", "LOC"):
                e = kinds.setdefault(k, [0, 0, 0]); q = lambda x: {y for y in x if y[2] == k}
                e[0] += len(q(g) & q(p)); e[1] += len(q(p)); e[2] += len(q(g))
            if g != p and errors > 0:
                errors -= 1
                w = s["tokens"]
                sh = lambda z: sorted((" ".join(w[a:b]), k) for a, b, k in z)
                print(" ".join(w)[:160], "| missed", sh(g - p), "| wrong", sh(p - g))
    return {"f1": 100 * f1(tp, gave, need)[0], **{k: round(100 * f1(*v)[0], 1) for k, v in kinds.items()}}


def evaluate(model, pieces, limit=None, bf16=False, single=True, names=True, quick=False):
    res = {}
    for k, docs in corpus.dev().items():
        if limit:
            docs = docs[::max(1, len(docs) // limit)]
        res[k] = score_tree(docs, predict(model, docs, pieces, bf16=bf16))
        if single:
            res[k]["las, one sentence a window"] = score_tree(docs, predict(model, docs, pieces, size=1, bf16=bf16))["las"]
        res[k]["sentences"] = score_sents(docs, begins(model, pieces, docs, bf16=bf16))
    if names:
        for k, sents in corpus.dev_names().items():
            if limit:
                sents = sents[:limit * 12]
            docs = names_docs(sents)
            res[k] = score_names(docs, predict(model, docs, pieces, bf16=bf16))
            if single:
                res[k]["one sentence a window"] = score_names(docs, predict(model, docs, pieces, size=1, bf16=bf16))["f1"]
    return res


def show(res):
    return "\n".join(f"{k}: " + "  ".join(f"{a} {b:.2f}" for a, b in v.items()) for k, v in res.items())


def load(path, **more):
    """The model and its word pieces; with `more`, heads that it does not have yet."""
    ck = torch.load(path, map_location="cpu", weights_only=False)
    if more:
        ck["config"].update(tag_heads=[*ck["config"]["tag_heads"], *more.pop("tags")])
        ck["config"]["labels"].update(more.pop("labels"))
        ck["config"].update(more)
    m = Reader(Config(**ck["config"])); m.load_state_dict(ck["model"], strict=not more)
    return m, data.Pieces(ck["vocab"])


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights"); ap.add_argument("--int8", action="store_true"); ap.add_argument("--limit", type=int); ap.add_argument("--bf16", action="store_true")
    a = ap.parse_args()
    torch.set_num_threads(1)
    m, pieces = load(a.weights)
    QLinear.quant = a.int8
    t = time.time()
    print(show(evaluate(m, pieces, a.limit, a.bf16)), f"\n{time.time() - t:.0f} s")
