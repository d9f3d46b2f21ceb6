"""The engine's arithmetic in numpy: what models/README.md says, step by step, for people who write or check an engine.

  reference.py FILE.chm "Words of a sentence , split at blanks ."   prints the decisions
  reference.py FILE.chm --score [--limit N]                        scores the file on the dev parts (int8 as in the engine)
  reference.py FILE.chm --fixture OUT.json                         writes expected values for a check of another engine"""
import argparse, hashlib, json, struct, sys, time
import numpy as np
import data, decode


class Reader:
    def __init__(self, path):
        raw = open(path, "rb").read()
        assert raw[:8] == b"CHRDR001" and hashlib.sha256(raw[:-32]).digest() == raw[-32:], "damaged file"
        n = struct.unpack("<I", raw[8:12])[0]
        self.header = h = json.loads(raw[12:12 + n])
        base = (12 + n + 63) // 64 * 64
        kinds = {"i8": np.int8, "f32": np.float32}
        self.t = {t["name"]: np.frombuffer(raw, kinds[t["dtype"]], int(np.prod(t["shape"])), base + t["offset"]).reshape(t["shape"]) for t in h["tensors"]}
        self.c = h["config"]; self.labels = {k: v["labels"] for k, v in h["heads"].items() if "labels" in v}
        self.pieces = data.Pieces(h["vocab"])
        self.wide = {k: (v.astype(np.float64) if v.shape[1] > 1024 else v.astype(np.float32)) for k, v in self.t.items() if v.dtype == np.int8 and k != "embed.word"}

    # Every linear layer: activations to int8 per row, exact integer sums, then float32.
    def linear(self, name, x):
        m = np.abs(x).max(1, keepdims=True)
        inv = np.where(m > 0, np.float32(127) / np.where(m > 0, m, 1), np.float32(0)).astype(np.float32)
        q = np.rint(x * inv)                                   # to the nearest, halves to even; |q| <= 127
        w = self.wide[name]
        acc = (q.astype(w.dtype) @ w.T).astype(np.float32)     # whole numbers below 2^24 (or float64): exact
        s = (m / np.float32(127)).astype(np.float32)
        return acc * s * self.t[name + ".scale"][None] + self.t[name + ".bias"][None]

    def norm(self, name, x):
        d = x - x.mean(1, keepdims=True, dtype=np.float32)
        v = (d * d).mean(1, keepdims=True, dtype=np.float32)
        return d / np.sqrt(v + np.float32(self.c["layer_norm_eps"])) * self.t[name + ".weight"] + self.t[name + ".bias"]

    def gelu(self, x):
        g = self.c["gelu"]; t = np.clip(x, -np.float32(g["clip"]), np.float32(g["clip"])); u = t * t
        p = np.full_like(x, np.float32(g["coefficients"][-1]))
        for k in reversed(g["coefficients"][:-1]):
            p = p * u + np.float32(k)
        return x * (np.float32(0.5) + t * p)

    def encode(self, ids, shapes, keep=None):
        e = self.t["embed.word"][ids].astype(np.float32) * self.t["embed.word.scale"][ids][:, None]
        x = e + self.t["embed.position"][:len(ids)] + self.t["embed.shape"][shapes]
        x = self.norm("embed.norm", x)
        if keep is not None:
            keep.append(x)
        n = len(ids); heads = self.c["heads"]; dim = self.c["hidden"] // heads
        for i in range(self.c["layers"]):
            p = f"layer.{i}."
            q, k, v = self.linear(p + "qkv", x).reshape(n, 3, heads, dim).transpose(1, 2, 0, 3)
            s = q @ k.transpose(0, 2, 1)                       # 1/sqrt(dim) is inside q
            s = np.exp(s - s.max(2, keepdims=True)); s /= s.sum(2, keepdims=True)
            a = (s @ v).transpose(1, 0, 2).reshape(n, -1)
            x = self.norm(p + "attn_norm", x + self.linear(p + "attn_out", a))
            x = self.norm(p + "ffn_norm", x + self.linear(p + "ffn_out", self.gelu(self.linear(p + "ffn_in", x))))
            if keep is not None:
                keep.append(x)
        return x

    def heads_of(self, x):
        """`x`: rows of the tokens' first pieces. Tag scores, arc scores [n, 1 + n], and the vectors for `relations`."""
        act = lambda y: np.where(y > 0, y, y * np.float32(0.1))
        tags = {k: self.linear("head." + k, x) for k, v in self.header["heads"].items() if v["kind"] == "tag"}
        d, h = act(self.linear("head.arc_dep", x)), act(self.linear("head.arc_head", x))
        arcs = self.linear("head.arc_bilinear", d) @ np.concatenate([self.t["head.arc_root"][None], h]).T
        rh = np.concatenate([self.t["head.rel_root"][None], act(self.linear("head.rel_head", x))])
        return tags, arcs, act(self.linear("head.rel_dep", x)), rh

    def pairs(self, kind, x):
        """The rows of `link` or `coref`: as dependents (later mentions), as heads (earlier ones); and the root's."""
        act = lambda y: np.where(y > 0, y, y * np.float32(0.1))
        return self.linear(f"head.{kind}_bilinear", act(self.linear(f"head.{kind}_dep", x))), act(self.linear(f"head.{kind}_head", x)), self.t[f"head.{kind}_root"]

    def said(self, x, tags):
        """Labels of who said what, and where each token of the window points: [n, 1 + n]."""
        import said
        d, h, root = self.pairs("link", x)
        labels = [self.labels["attr"][k] for k in said.viterbi(tags["attr"], self.t["head.attr.transition"])]
        return labels, d @ np.concatenate([root[None], h]).T

    def relations(self, rd, rh, heads):
        g = rh[heads]
        return self.linear("head.rel_out", np.concatenate([rd, g, rd * g], 1))

    def read(self, win, keep=None, scores=None):
        """`win`: list of (sentence, mark before it) with the sentences known; one result a sentence."""
        e = data.encode(win, self.pieces, {})
        x = self.encode(np.array(e["ids"]), np.array(e["shapes"]), keep)
        tags, arcs, rd, rh = self.heads_of(x[e["first"]])
        out, at, all_heads = [], 0, []
        for s, _ in win:
            n = len(s["tokens"])
            h = decode.tree(np.concatenate([arcs[at:at + n, :1], arcs[at:at + n, 1 + at:1 + at + n]], 1))
            all_heads += [0 if k == 0 else at + k for k in h]
            out.append({"head": h}); at += n
        rel = self.relations(rd, rh, np.array(all_heads))
        if scores is not None:
            scores.update({"tags": tags, "arcs": arcs, "rel": rel, "heads_in_window": all_heads, **{k: e[k] for k in ("ids", "shapes", "first")}})
            if "attr" in self.labels:
                labels, links = self.said(x[e["first"]], tags)
                scores.update({"said": labels, "links": links})
        names = self.labels["rel"]; at = 0
        r = rel.copy(); r[:, names.index("root")] = -np.inf
        for (s, _), o in zip(win, out):
            n = len(s["tokens"])
            o["rel"] = ["root" if o["head"][i] == 0 else names[int(r[at + i].argmax())] for i in range(n)]
            for k in ("upos", "xpos"):
                o[k] = [self.labels[k][j] for j in tags[k][at:at + n].argmax(1)]
            o["names"] = decode.names(tags["names"][at:at + n], self.labels["names"])
            o["sent"] = tags["sent"][at:at + n, 1] > tags["sent"][at:at + n, 0]
            at += n
        return out


# Written for this project: sentences that hold what news holds.
SAMPLES = [
    [("KYIV ( Agency ) — President Volodymyr Zelensky said on Tuesday that Ukraine would not cede territory in Donbas .", 0),
     ("“ We are ready to talk , ” he told reporters , “ but not about our land .", 1)],
    [("Russian officials , who met U.S. envoys in Geneva , called the plan “ unacceptable ” .", 0)],
    [("Talks to resume in Istanbul next week", 0), ("The foreign ministers of Turkey and Qatar will attend , Reuters reported .", 1), ("A spokesman did n't comment .", 0)],
    [("MINISTER REJECTS 28 - POINT PLAN", 0)],
    [("Mr. van der Berg 's office at the Ministry of Foreign Affairs confirmed that 1,200 prisoners were exchanged at 10:30 a.m.", 0), ("It gave no names .", 0)],
    [("According to the Kremlin , neither side has signed , although both had agreed to a ceasefire brokered by Saudi Arabia .", 0)],
    [("Où est Müller ?", 0), ("\" No . \"", 0)],
    [("xqzvkjw 😀 http://example.org/a/very/long/path?with=many&parts=12345 $ 5bn - 7bn", 0)],
    [("the israeli government has until friday to accept , hamas said", 0)],
    [("He said he would “ consider ” it , Mr. Peskov added", 0), ("But Ms. Lee , 54 , an aide to the Taoiseach , asked : who pays ?", 0), ("No one answered .", 1)],
]


def fixture(r, path):
    out = []
    for n, sample in enumerate(SAMPLES):
        win = [({"tokens": t.split(), "par": 0}, bool(m) and i > 0) for i, (t, m) in enumerate(sample)]
        keep, sc = [], {}
        res = r.read(win, keep, sc)
        f = lambda a, d=5: np.round(np.asarray(a, np.float64), d).tolist()
        item = {"sentences": [{"tokens": s["tokens"], "mark_before": b} for s, b in win], "ids": sc["ids"], "shapes": sc["shapes"], "first": sc["first"],
                "last_hidden": f(keep[-1]) if n < 3 else None, "hidden": [f(k, 6) for k in keep] if n == 1 else None,
                "scores": {k: f(v) for k, v in sc["tags"].items()}, "arcs": f(sc["arcs"]), "rel": f(sc["rel"]), "heads_in_window": sc["heads_in_window"],
                **({"said": sc["said"], "links": f(sc["links"])} if "said" in sc else {}),
                "decisions": [{k: (v.tolist() if isinstance(v, np.ndarray) else v) for k, v in o.items()} for o in res]}
        out.append(item)
    from pathlib import Path
    Path(str(path) + ".part").write_text(json.dumps({"model": r.header["name"], "windows": out}, ensure_ascii=False), encoding="utf8")
    Path(str(path) + ".part").rename(path)


def predict(r, docs, size=188, marked=True):
    out = {}
    for w in data.windows(docs, r.pieces, None, size=size, marked=marked):
        for (s, _), o in zip(w, r.read(w)):
            out[id(s)] = o
    return out


def score(r, limit=None, only=""):
    import corpus, evaluate
    res = {}
    for k, docs in [] if only == "names" else corpus.dev().items():
        docs = docs[::max(1, len(docs) // limit)] if limit else docs
        res[k] = evaluate.score_tree(docs, predict(r, docs))
    for k, sents in corpus.dev_names().items():
        docs = evaluate.names_docs(sents[:limit * 12] if limit else sents)
        res[k] = evaluate.score_names(docs, predict(r, docs))
    return evaluate.show(res)


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("file"); ap.add_argument("text", nargs="?"); ap.add_argument("--score", action="store_true"); ap.add_argument("--limit", type=int); ap.add_argument("--fixture"); ap.add_argument("--only", default="")
    a = ap.parse_args()
    r = Reader(a.file)
    if a.fixture:
        fixture(r, a.fixture)
    if a.score:
        t = time.time(); print(score(r, a.limit, a.only), f"\n{time.time() - t:.0f} s")
    if a.text:
        s = {"tokens": a.text.split(), "par": 0}
        o = r.read([(s, False)])[0]
        for i, w in enumerate(s["tokens"]):
            print(i + 1, w, o["upos"][i], o["xpos"][i], o["head"][i], o["rel"][i], o["names"][i], sep="\t")
