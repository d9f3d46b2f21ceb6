"""Learns what the signs weigh by which descriptions and pronouns find whom they mean.

    learn.py [--held] DECISIONS.jsonl... > crates/chancery-lexicon/data/coreference.tsv

A line of DECISIONS is one decision of the resolver (`chancery_reading::taught::walk`) on a text in which whom each mention means
is known: [kind of mention, whether the mention is annotated, signs of nobody, [[right or not, signs], ...]]. The model is a softmax over all choices and
nobody; the right ones share the probability, since a mention may have several right antecedents. With --held the first tenth of each kind is left out and
measured on. Files whose name begins with "people" are of texts in which people alone are annotated: only "he-she" is taken from them."""
import json
import os
import sys

import numpy as np

WIDE = 128
PRONOUNS = ("he-she", "it", "they", "this")
# Taken off the score of nobody after learning: a chain that is broken costs more than one right answer, which the likelihood of single
# decisions does not see. Chosen on GUM train.
LEAN = {"noun": 1.0, "it": 1.0, "they": 1.0, "he-she": 2.0, "this": 0.5}

# "In her speech, Brandt said": a possessive of a phrase before the clause means the clause's subject. Both sets have 21 such choices, 15 of them right: too few
# to be learned against the likeliest reading, so this is added by hand (values of "ahead" for possessives).
ADDED = {("he-she", "ahead", 3): 1.2, ("he-she", "ahead", 4): 1.2}


def load(paths):
    kinds, names = {}, None
    for path in paths:
        people = os.path.basename(path).startswith("people")
        for line in open(path):
            row = json.loads(line)
            if isinstance(row, dict):
                names = row["pair"], row["new"]
                continue
            kind, known, new, choices = row
            if not choices or kind in PRONOUNS and not known or people and kind != "he-she":
                continue
            kinds.setdefault(kind, []).append((new, choices))
    return kinds, names


def pack(decisions, pairs, news):
    """Rows of all decisions, one after another: the weights of each, where each decision begins, whether a row is right."""
    blank = (pairs + news) * WIDE
    rows, begins, right = [], [], []
    for nobody, choices in decisions:
        begins.append(len(rows))
        for good, signs in choices:
            rows.append([t * WIDE + v for t, v in enumerate(signs)])
            right.append(bool(good))
        rows.append([(pairs + t) * WIDE + v for t, v in enumerate(nobody)] + [blank] * (pairs - news))
        right.append(not any(good for good, _ in choices))
    return np.array(rows, np.int32), np.array(begins), np.array(right)


def slope(w, data):
    rows, begins, right = data
    s = w[rows].sum(1)
    lengths = np.diff(np.append(begins, len(s)))
    e = np.exp(s - np.repeat(np.maximum.reduceat(s, begins), lengths))
    p = e / np.repeat(np.add.reduceat(e, begins), lengths)
    good = np.maximum(np.add.reduceat(p * right, begins), 1e-9)
    d = p - p * right / np.repeat(good, lengths)
    return np.bincount(rows.ravel(), np.repeat(d, rows.shape[1]), len(w)) / len(begins)


def learn(data, size, penalty=2e-5, steps=160):
    w, seen = np.zeros(size), np.zeros(size)
    for step in range(steps):
        g = slope(w, data) + 2 * penalty * w
        seen = 0.95 * seen + 0.05 * g * g
        w -= (0.06 if step < steps * 0.7 else 0.02) * g / np.sqrt(seen + 1e-12)
        w[-1] = 0
    return w


def right_share(w, data):
    rows, begins, right = data
    s = w[rows].sum(1)
    ends = np.append(begins[1:], len(s))
    return float(np.mean([right[a + int(np.argmax(s[a:b]))] for a, b in zip(begins, ends)]))


def main():
    held = "--held" in sys.argv
    kinds, (pair, new) = load([a for a in sys.argv[1:] if a != "--held"])
    size = (len(pair) + len(new)) * WIDE + 1
    print("# What each sign weighs: kind of mention, template, value, weight. Learned by training/who/learn.py.")
    for kind, decisions in kinds.items():
        tenth = len(decisions) // 10 if held else 0
        data = pack(decisions[tenth:], len(pair), len(new))
        w = learn(data, size)
        w[len(pair) * WIDE] -= LEAN[kind]
        for (of, name, value), more in ADDED.items():
            if of == kind:
                w[(pair + new).index(name) * WIDE + value] += more
        note = f", right on the tenth held out {right_share(w, pack(decisions[:tenth], len(pair), len(new))):.3f}" if held else ""
        print(f"{kind}: {len(decisions)} decisions, right on those learned from {right_share(w, data):.3f}{note}", file=sys.stderr)
        for t, name in enumerate(pair + new):
            for v in range(WIDE):
                if abs(w[t * WIDE + v]) >= 0.005:
                    print(f"{kind}\t{name}\t{v}\t{w[t * WIDE + v]:.2f}")


main()
