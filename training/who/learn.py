"""Learns what the signs weigh by which descriptions and pronouns find whom they mean.

    learn.py DECISIONS.jsonl > crates/chancery-lexicon/data/coreference.tsv

A line of DECISIONS is one decision of the resolver on a text in which whom each mention means is known, as
`cargo run --example decisions` of chancery-reading writes it: [kind of mention, whether the mention is annotated, signs of nobody, [[right or not,
signs], ...]]. The model is a softmax over all choices and nobody; the right ones share the probability (a mention may have
several right antecedents). A small penalty on the size of weights; every fifth document-order block is held out to stop."""
import json
import sys

import numpy as np

PAIR = ["any", "sentences-back", "rank", "role", "parallel", "form", "kind", "sex", "number", "clause", "mentions", "quotation",
        "topic", "paragraph", "nested", "head-word", "modifiers", "class", "country", "own-role"]
NEW = ["new-any", "new-article", "new-head-word", "new-class", "new-role", "new-length"]
WIDE = 64
PRONOUNS = ("he-she", "it", "they", "this")


def load(path):
    kinds = {}
    for line in open(path):
        kind, known, new, choices = json.loads(line)
        if kind in PRONOUNS and (not known or not choices):
            continue
        if not choices:
            continue
        kinds.setdefault(kind, []).append((new, choices))
    return kinds


def pack(decisions):
    """All rows of all decisions, one after another: index of each weight, the decision of each row, whether it is right."""
    rows, owner, right, new = [], [], [], []
    base = len(PAIR) * WIDE
    for n, (nobody, choices) in enumerate(decisions):
        any_right = any(r for r, _ in choices)
        for r, signs in choices:
            rows.append([t * WIDE + v for t, v in enumerate(signs)] + [-1] * 0)
            owner.append(n)
            right.append(bool(r))
            new.append(False)
        rows.append([base + t * WIDE + v for t, v in enumerate(nobody)] + [base + len(NEW) * WIDE] * (len(PAIR) - len(NEW)))
        owner.append(n)
        right.append(not any_right)
        new.append(True)
    return np.array(rows), np.array(owner), np.array(right)


def scores(rows, w):
    return w[rows].sum(1)


def shares(s, owner, n):
    top = np.full(n, -1e9)
    np.maximum.at(top, owner, s)
    e = np.exp(s - top[owner])
    z = np.zeros(n)
    np.add.at(z, owner, e)
    return e / z[owner]


def loss_and_slope(w, data, n, penalty):
    rows, owner, right = data
    p = shares(scores(rows, w), owner, n)
    good = np.zeros(n)
    np.add.at(good, owner, p * right)
    good = np.maximum(good, 1e-9)
    d = p - p * right / good[owner]
    slope = np.zeros_like(w)
    np.add.at(slope, rows, d[:, None] / n)
    slope[-1] = 0
    return -np.log(good).mean() + penalty * (w @ w), slope + 2 * penalty * w


def learn(decisions, penalty=3e-5, steps=250):
    data = pack(decisions)
    n = len(decisions)
    w = np.zeros((len(PAIR) + len(NEW)) * WIDE + 1)
    seen, step = np.zeros_like(w), 0.3
    for _ in range(steps):
        _, g = loss_and_slope(w, data, n, penalty)
        seen = 0.95 * seen + 0.05 * g * g
        w -= 0.05 * g / np.sqrt(seen + 1e-12)
        w[-1] = 0
    return w


def right_share(w, decisions):
    rows, owner, right = pack(decisions)
    s = scores(rows, w)
    best = {}
    for i, o in enumerate(owner):
        if o not in best or s[i] > s[best[o]]:
            best[o] = i
    return sum(right[i] for i in best.values()) / len(best)


def main():
    print("# What each sign weighs: kind of mention, template, value, weight. Learned by training/who/learn.py.")
    for kind, decisions in load(sys.argv[1]).items():
        tenth = len(decisions) // 10
        held, kept = decisions[:tenth], decisions[tenth:]
        print(f"{kind}: {len(decisions)} decisions, right on the tenth held out {right_share(learn(kept), held):.3f}", file=sys.stderr)
        w = learn(decisions)
        for t, name in enumerate(PAIR + NEW):
            for v in range(WIDE):
                if abs(w[t * WIDE + v]) >= 0.005:
                    print(f"{kind}\t{name}\t{v}\t{w[t * WIDE + v]:.2f}")


main()
