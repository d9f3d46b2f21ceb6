#!/usr/bin/env python3
"""Who is who, scored: GAP's pronouns between two names, and the chains of GUM. Standard library only.

  coref.py gap FILE.tsv       GAP: does the pronoun stand for name A, for name B? F1 as GAP's own scorer, by gender, and their ratio
  coref.py gum FILE.conllu    chains of two mentions and more: MUC, B3, CEAFe and their mean, by exact spans and by heads, and by genre

Chains are the `mentions` of `doc` lines, [start, end, chain]. With --ties they are made of the reader's ties alone: each noun or
pronoun goes to the chain with the largest shares before it, where that is likelier than a new one; names to names that share a word.
The program is $CHANCERY (default ../target/release/chancery). --limit N takes the first N texts, --errors N prints N wrong answers,
--json prints the figures as JSON, --flags "‥" goes to `chancery read`."""
import argparse, collections, json, re

import lines
from clusters import b_cubed, ceaf, muc


def read(texts, flags):
    """The `doc` line of each text, in order."""
    empty = {"tokens": [], "names": [], "mentions": [], "ties": []}
    return [found[-1] if found else empty for found in lines.read(texts, "doc", "--layers", *flags)]


# ---- chains ------------------------------------------------------------------------------------------------------------------

def chains_of(doc, text, ties):
    """{(start, end): chain}; a mention without a chain is none."""
    if ties:
        return by_ties(doc, text)
    return {(a, b): c for a, b, c in doc.get("mentions", []) if c is not None}


def by_ties(doc, text):
    """Spans are the names, and single tokens elsewhere. A token goes to the chain with the largest sum of shares."""
    tokens, span, place = doc["tokens"], {}, 0
    for a, b, _ in doc["names"]:
        while place < len(tokens) and tokens[place][0] < b:
            if tokens[place][0] >= a:
                span[place] = (a, b)
            place += 1
    chain, out, words, number = {}, {}, {}, 0
    for token, new, earlier in doc["ties"]:
        here = span.get(token, tuple(tokens[token][:2]))
        if here in out:                                      # a later word of a name
            chain[token] = out[here]; continue
        parts = [w for w in re.findall(r"\w+", text[here[0]:here[1]].lower())] if token in span else []
        known = [words[w] for w in parts[::-1] if w in words]
        sums = collections.Counter()
        for other, share in earlier:
            sums[chain.get(other)] += share
        sums.pop(None, None)
        best = max(sums, key=lambda c: (sums[c], c), default=None)
        if known:
            chain[token] = known[0]
        elif not parts and best is not None and sums[best] > new:
            chain[token] = best
        else:
            chain[token] = number; number += 1
        for w in parts:
            if len(w) > 2:
                words.setdefault(w, chain[token])
        out[here] = chain[token]
    return out


def named(chains, a, b):
    """The chain of the mention at a..b: exactly there, else the longest inside it, else the shortest that begins or ends with it."""
    if (a, b) in chains:
        return chains[a, b]
    inside = [m for m in chains if a <= m[0] and m[1] <= b]
    if inside:
        return chains[max(inside, key=lambda m: (m[1] - m[0], -m[0]))]
    around = [m for m in chains if m[0] <= a and b <= m[1] and (m[0] == a or m[1] == b)]
    return chains[min(around, key=lambda m: (m[1] - m[0], m[0]))] if around else None


# ---- GAP ---------------------------------------------------------------------------------------------------------------------

MASCULINE = {"he", "him", "his"}


def gap(a):
    rows = [l.split("\t") for l in open(a.path, encoding="utf8").read().split("\n")[1:] if l][:a.limit]
    docs = read([r[1] for r in rows], a.flags)
    count, right = collections.Counter(), collections.Counter()
    for row, doc in zip(rows, docs):
        text, at = row[1], int(row[3])
        chains = chains_of(doc, text, a.ties)
        who = named(chains, at, at + len(row[2]))
        gender = "masculine" if row[2].lower() in MASCULINE else "feminine"
        said = [who is not None and named(chains, int(row[k + 1]), int(row[k + 1]) + len(row[k])) == who for k in (4, 7)]
        gold = [row[6] == "TRUE", row[9] == "TRUE"]
        for s, g in zip(said, gold):
            for group in (gender, "overall"):
                count[group, "tp" if s and g else "fp" if s else "fn" if g else "tn"] += 1
        right[gender] += said == gold
        if said != gold and a.errors > 0:
            a.errors -= 1
            print(f"{row[0]}: {row[2]} at {at}, A {row[4]} {gold[0]}/{said[0]}, B {row[7]} {gold[1]}/{said[1]}: {text[max(0, at - 150):at + 40]}")
    res = {}
    for group in ("overall", "masculine", "feminine"):
        tp, fp, fn = (count[group, k] for k in ("tp", "fp", "fn"))
        res[group] = prf(tp, tp + fp, tp, tp + fn)
    res["bias"] = res["feminine"]["f1"] / res["masculine"]["f1"] if res["masculine"]["f1"] else 0.0
    return {"examples": len(rows), "both_right": sum(right.values()) / max(1, len(rows)), **res}


def prf(hit_p, gave, hit_r, need):
    p, r = hit_p / gave if gave else 0.0, hit_r / need if need else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


# ---- GUM ---------------------------------------------------------------------------------------------------------------------

def documents(path):
    """(name, text, {(start, end): entity}, {(start, end): head's (start, end)}) of every document, offsets in code points."""
    name, out = None, []
    for block in open(path, encoding="utf8").read().split("\n\n"):
        lines = block.split("\n")
        new = next((l for l in lines if l.startswith("# newdoc id")), None)
        if new:
            text, gold, heads, stack = [], {}, {}, []
            out.append([new.split("= ")[1], text, gold, heads])
        rows = [l.split("\t") for l in lines if l and l[0] != "#"]
        if not rows:
            continue
        if any(l.startswith("# newpar") and not l.startswith("# newpar_block") for l in lines) and text:
            text.append("\n\n")
        sentence(rows, out[-1][1], gold, heads, stack)
    return [(n, "".join(t), g, h) for n, t, g, h in out]


def sentence(rows, text, gold, heads, stack):
    at, place, until, glue = sum(map(len, text)), {}, 0, False
    words = []
    for c in rows:
        if "-" in c[0]:
            a, until = map(int, c[0].split("-"))
            text.append(c[1]); end = at + len(c[1])
            parts = [r for r in rows if r[0].isdigit() and a <= int(r[0]) <= until]
            for n, r in enumerate(parts):                      # words of a written one: it is cut where their letters end
                stop = end if n + 1 == len(parts) else min(end, at + len(r[1]))
                place[int(r[0])] = (at, stop); at = stop
            glue = "SpaceAfter=No" in c[9]
            if not glue:
                text.append(" "); at += 1
        elif c[0].isdigit():
            if int(c[0]) > until:
                place[int(c[0])] = (at, at + len(c[1]))
                text.append(c[1]); at += len(c[1])
                if "SpaceAfter=No" not in c[9]:
                    text.append(" "); at += 1
            words.append(c)
    head = {int(c[0]): int(c[6]) for c in words}
    for c in words:
        i = int(c[0])
        for part in re.findall(r"\([^()]*\)?|[^()]+\)", next((x[7:] for x in c[9].split("|") if x.startswith("Entity=")), "")):
            if part[0] == "(":
                stack.append((part.strip("()").split("-")[0], i, place))
                if part[-1] != ")":
                    continue
                key, first, here = stack.pop()
            else:
                k = next((k for k in range(len(stack) - 1, -1, -1) if stack[k][0] == part[:-1]), None)
                if k is None:
                    continue
                key, first, here = stack.pop(k)
            if here is place:
                span = (place[first][0], place[i][1])
                gold.setdefault(span, key.split("[")[0])
                top = next((j for j in range(first, i + 1) if not first <= head[j] <= i), first)
                heads[span] = place[top]


def clusters(chains):
    made = collections.defaultdict(set)
    for mention, chain in chains.items():
        made[chain].add(mention)
    return [m for m in made.values() if len(m) > 1]


def head_chains(chains, heads):
    """The same by the heads of the mentions; of two with one head, the longer one."""
    out = {}
    for span in sorted(chains, key=lambda s: s[0] - s[1]):
        out.setdefault(heads(span), chains[span])
    return out


class Sums:
    """What is added up over documents."""
    def __init__(self):
        self.n = collections.Counter()

    def add(self, key, response):
        for name, metric in (("muc", muc), ("b3", b_cubed)):
            for side, pair in (("r", (key, response)), ("p", (response, key))):
                hit, of = metric(*pair)
                self.n[name, side, "hit"] += hit; self.n[name, side, "of"] += of
        same = ceaf(key, response)
        for side, c in (("r", key), ("p", response)):
            self.n["ceafe", side, "hit"] += same; self.n["ceafe", side, "of"] += len(c)
        found, need = (set().union(*c) if c else set() for c in (response, key))
        for side, of in (("r", need), ("p", found)):
            self.n["mentions", side, "hit"] += len(found & need); self.n["mentions", side, "of"] += len(of)

    def result(self):
        g = self.n
        out = {k: prf(g[k, "p", "hit"], g[k, "p", "of"], g[k, "r", "hit"], g[k, "r", "of"]) for k in ("muc", "b3", "ceafe", "mentions")}
        return {"mean": sum(out[k]["f1"] for k in ("muc", "b3", "ceafe")) / 3, **out}


def gum(a):
    docs = documents(a.path)[:a.limit]
    exact, by_head, genres = Sums(), Sums(), collections.defaultdict(Sums)
    for (name, text, gold, heads), doc in zip(docs, read([d[1] for d in docs], a.flags)):
        found = chains_of(doc, text, a.ties)
        exact.add(clusters(gold), clusters(found))
        key = clusters(head_chains(gold, heads.get))
        response = clusters(head_chains(found, lambda s: head_in(doc, s)))
        by_head.add(key, response)
        genres[name.split("_")[1]].add(key, response)
        if a.errors > 0:
            a.errors -= 1
            show(name, text, key, response)
    return {"documents": len(docs), "exact": exact.result(), "heads": by_head.result(), "heads_by_genre": {k: v.result()["mean"] for k, v in sorted(genres.items())}}


def head_in(doc, span):
    """The token of a span whose head lies outside it."""
    inside = [i for i, t in enumerate(doc["tokens"]) if span[0] <= t[0] and t[1] <= span[1]]
    for i in inside:
        if doc["tokens"][i][4] not in inside:
            return tuple(doc["tokens"][i][:2])
    return span


def show(name, text, key, response):
    words = lambda c: [text[a:b] for a, b in sorted(c)]
    print(f"== {name}")
    for c in sorted(key, key=min):
        print("  gold ", words(c))
    for c in sorted(response, key=min):
        print("  found", words(c))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("task", choices=("gap", "gum")); ap.add_argument("path")
    ap.add_argument("--limit", type=int); ap.add_argument("--errors", type=int, default=0); ap.add_argument("--json", action="store_true")
    ap.add_argument("--ties", action="store_true"); ap.add_argument("--flags", default="", type=str.split)
    a = ap.parse_args()
    a.flags = a.flags or []
    res = {"gap": gap, "gum": gum}[a.task](a)
    if a.json:
        print(json.dumps(res, indent=1)); return
    for k, v in res.items():
        if isinstance(v, dict):
            v = "  ".join(f"{n} {x:.3f}" if isinstance(x, float) else f"{n} P {x['p']:.3f} R {x['r']:.3f} F1 {x['f1']:.3f}" for n, x in v.items())
        print(f"{k}: {v:.3f}" if isinstance(v, float) else f"{k}: {v}")


if __name__ == "__main__":
    main()
