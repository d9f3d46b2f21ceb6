"""Silver names on treebank text without gold names: the spans come from the gold tags and trees, the types from an earlier model,
the other mentions of the same words in the document, and the gazetteer. What stays doubtful is masked.

  silver.py WEIGHTS.pt OUT.jsonl"""
import argparse, json, math, sys
import numpy as np, torch
import corpus, data, evaluate, gazetteer, names

PROPER = ("NNP", "NNPS")


def spans_of(s, guess):
    """Runs of proper nouns, cut where the tree says that they do not belong together; `guess`: spans the model reads."""
    w, xp, head, rel, n = s["tokens"], s["xpos"], s["head"], s["rel"], len(s["tokens"])
    prop = [xp[i] in PROPER or (s["upos"][i] == "PROPN" and xp[i] not in ("XX", "ADD")) for i in range(n)]
    out, i = [], 0
    inside = {k: (a, b) for a, b, _ in guess for k in range(a, b)}
    while i < n:
        if not prop[i]:
            i += 1; continue
        j = i + 1
        while j < n:
            link = lambda k: k < n and prop[k]
            joined = lambda a, b: head[b] - 1 in range(i, b + 1) or head[b - 1] - 1 == b or (head[b] == head[b - 1]) or rel[b] in ("flat", "compound") or rel[b - 1] in ("flat", "compound", "amod", "nmod:desc")
            loose = head[j] - 1 in range(i, j) and rel[j].split(":")[0] in ("nmod", "appos", "list", "parataxis", "conj", "obl", "dep", "vocative", "dislocated") \
                or any(head[k] - 1 == j and rel[k].split(":")[0] in ("appos", "list", "parataxis", "conj", "obl", "vocative", "nsubj", "obj") for k in range(i, j))
            if prop[j] and loose:
                break
            if prop[j] and joined(i, j):
                j += 1
            elif j + 1 < n and w[j] in ("-", "&", "/", "'s", "’s", ".", "@") and link(j + 1) and (w[j] == "-" or inside.get(j, (j, j))[0] <= i < inside.get(j, (0, 0))[1]):
                j += 2
            elif j in inside and inside[j][0] <= i and inside[j][1] > j and inside[j][1] <= n and prop[inside[j][1] - 1] and (head[j] - 1 >= i):
                j = inside[j][1]
            else:
                break
        a = i
        while a < j - 1 and (w[a] == "-" or w[a].lower() in names.TITLES and (rel[a] in ("nmod:desc", "compound", "flat", "amod") or rel[a + 1] == "flat" or w[a + 1] == "-")):
            a += 1
        title = a > i
        out.append((a, j, title)); i = j
    return out


@torch.no_grad()
def label(model, pieces, docs):
    got = {}
    model.eval(); L = model.c.labels["names"]
    wins = data.windows(docs, pieces, None, size=188, marked=True)
    enc = [data.encode(w, pieces, {}) for w in wins]
    logp = {}
    for b in data.batches(enc, 3000):
        x = data.collate([enc[i] for i in b], pieces.pad)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            tags, _, _ = model(x["ids"], x["shapes"], x["mask"], x["first"])
        t = torch.log_softmax(tags["names"].float(), -1).numpy()
        import decode
        for r, i in enumerate(b):
            at = 0
            for s, _ in wins[i]:
                logp[id(s)] = t[r, at:at + len(s["tokens"])]; at += len(s["tokens"])
    import decode
    count = {"kept": 0, "masked": 0}
    for _, sents in docs:
        found, votes = [], {}
        for s in sents:
            lp = logp[id(s)]
            guess = names.tagged_spans(decode.names(lp, L))
            for a, b, title in spans_of(s, guess):
                words = s["tokens"][a:b]
                v = np.array([np.mean([np.logaddexp(lp[i][L.index("B-" + k)], lp[i][L.index("I-" + k)]) for i in range(a, b)]) for k in names.KINDS])
                v = v - np.logaddexp.reduce(v)
                g = gazetteer.look_up(words)
                if title and (g in (None, "PERSON")):
                    v[0] += 2
                if g in names.KINDS:
                    v[names.KINDS.index(g)] += 12 if g in ("PLACE", "ORG") else 3
                v = v - np.logaddexp.reduce(v)
                found.append((s, a, b, g, v))
                key = " ".join(words).lower()
                votes.setdefault(key, []).append(v)
                if len(words) > 1 and v.argmax() == 0 and v[0] > math.log(0.7):
                    votes.setdefault(words[-1].lower(), []).append(v); votes.setdefault(words[0].lower(), []).append(v)
        tags = {id(s): ["O"] * len(s["tokens"]) for s in sents}
        for s, a, b, g, v in found:
            words = s["tokens"][a:b]
            m = 0.5 * v + 0.5 * np.mean(votes[" ".join(words).lower()], 0)
            m = m - np.logaddexp.reduce(m)
            k = int(m.argmax())
            if g == "O":
                continue
            t = tags[id(s)]
            if names.demonym(words[0]) and len(words) == 1 and s["xpos"][a] == "NNPS":
                names.mark(t, a, b, "GROUP"); continue
            if math.exp(m[k]) < (0.85 if names.KINDS[k] == "MISC" else 0.6):
                count["masked"] += 1
                for i in range(a, b):
                    t[i] = None
                continue
            count["kept"] += 1
            kind = names.KINDS[k]
            if kind == "PLACE":
                kind = names.place_kind(words)
            names.mark(t, a, b, kind)
        for s in sents:
            t = tags[id(s)]
            names.groups(s, t)
            lp = logp[id(s)]
            for a, b, k in names.tagged_spans(decode.names(lp, L)):      # the model alone sees a name in words that are no proper nouns: doubtful
                if all(t[i] == "O" for i in range(a, b)) and any(s["xpos"][i] not in PROPER for i in range(a, b)) and " ".join(s["tokens"][a:b]).lower() not in gazetteer.NOT:
                    for i in range(a, b):
                        t[i] = None
            got[id(s)] = t
    print(count)
    return got


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights"); ap.add_argument("out")
    a = ap.parse_args()
    torch.set_num_threads(1)
    model, pieces = evaluate.load(a.weights)
    docs = data.conllu(corpus.DATA / "ud-ewt/en_ewt-train.conllu")
    got = label(model, pieces, docs)
    with open(a.out, "w", encoding="utf8") as f:
        for _, sents in docs:
            for s in sents:
                f.write(json.dumps(got[id(s)]) + "\n")
