"""Learns how English words give their base forms: for each Penn tag a tree of word endings, each with the change it calls for
(letters cut from the end, letters added). Only endings that change what a shorter ending says are kept.

  learn.py OUT.tsv      from EWT and GUM train (CHANCERY_DATA); prints how many lemmas of the dev parts come out right"""
import collections, os, sys
from pathlib import Path

DATA = Path(os.environ.get("CHANCERY_DATA", Path(__file__).resolve().parent / "../../../shared/data"))
GENRES = {"news", "interview", "bio", "voyage", "textbook", "academic", "court", "speech"}
TAGS = ("VBD", "VBG", "VBN", "VBP", "VBZ", "VB", "MD", "NNS", "NN", "JJR", "JJS", "RBR", "RBS")


def words(path, genres=None):
    keep = True
    for l in open(path, encoding="utf8"):
        if l.startswith("# newdoc id"):
            keep = not genres or l.split("= ")[1].split("_")[1] in genres
        c = l.rstrip("\n").split("\t")
        if keep and len(c) == 10 and c[0].isdigit() and c[4] in TAGS and c[3] != "PROPN" and c[1].isascii() and "Typo=Yes" not in c[5]:
            f, b = c[1].lower(), c[2].lower()
            if f.isalpha() and b.isalpha():
                yield c[4], f, b


def change(form, base):
    n = len(os.path.commonprefix([form, base]))
    return len(form) - n, base[n:]


def learn(rows):
    seen = collections.defaultdict(lambda: collections.defaultdict(collections.Counter))
    for (tag, f, b), n in rows.items():
        ch = change(f, b)
        w = "^" + f
        for k in range(0, len(w) + 1):
            seen[tag][w[len(w) - k:]][ch] += min(n, 3)         # kinds of words count, not how often they stand
    out = []
    for tag, ends in sorted(seen.items()):
        said = {}
        for end in sorted(ends, key=lambda e: (len(e), e)):
            best = max(sorted(ends[end].items()), key=lambda x: x[1])[0]
            up = next((said[end[k:]] for k in range(1, len(end) + 1) if end[k:] in said), None)
            if best != up:
                said[end] = best
                out.append((tag, end, best))
    return out


def apply(rules, tag, form):
    w = "^" + form
    for k in range(len(w) + 1):
        if (tag, w[k:]) in rules:
            cut, add = rules[tag, w[k:]]
            return form[:len(form) - cut] + add
    return form


if __name__ == "__main__":
    rows = collections.Counter(words(DATA / "ud-ewt/en_ewt-train.conllu"))
    rows += collections.Counter(words(DATA / "ud-gum/en_gum-train.conllu", GENRES))
    table = learn(rows)
    with open(sys.argv[1], "w", encoding="utf8") as f:
        f.write("# Made by training/lemmas/learn.py from English EWT (CC BY-SA 4.0) and GUM (CC BY 4.0): Penn tag, ending (^ is the word's\n# beginning, - the empty ending), letters to cut, letters to add (- for none).\n")
        for tag, end, (cut, add) in table:
            f.write(f"{tag}\t{end or '-'}\t{cut}\t{add or '-'}\n")
    rules = {(t, e): c for t, e, c in table}
    for name in ("ud-ewt/en_ewt-dev.conllu", "ud-gum/en_gum-dev.conllu"):
        dev = list(words(DATA / name))
        bad = collections.Counter((t, f, b, apply(rules, t, f)) for t, f, b in dev if apply(rules, t, f) != b)
        print(name, len(table), "rules", f"{1 - sum(bad.values()) / len(dev):.4f} of {len(dev)}", bad.most_common(12))
