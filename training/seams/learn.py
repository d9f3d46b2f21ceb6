"""Learns the weights of the cues of a seam from stories glued together on made pages.

  cargo build --release -p chancery-pages --features training --example seam_cues
  python3 learn.py ../../target/release/examples/seam_cues [--write]

Needs numpy. Pages are made from the stories of corpora.py: one to four of them a page, a headline above a third, paragraphs set
apart by a blank line or by none. The model is logistic regression with an L2 penalty, fitted by Newton's method.
"""
import argparse, random, subprocess, tempfile
from pathlib import Path

import numpy as np

from corpora import stories

# Cues that the made pages do not hold, or hold for reasons of their own (lists of textbooks): their weights are set by hand.
HAND = {"stamp": 1.5, "byline": 2.5, "picture": 0.3, "furniture": 0.0, "blank": 0.5, "likely-dateline": 2.5, "bullet": -4.0,
        "after-bullet": 0.0, "tongue": 8.0, "shorts": 0.65}
OUT = Path("../../crates/chancery-lexicon/data/seam-weights.tsv")


def glue(group, rng, gap):
    """A page of these stories, and the byte offsets at which its stories begin (the first aside)."""
    out, starts, size = [], [], 0
    for n, (_, title, parts) in enumerate(group):
        lines = ([title] if title and rng.random() < 1 / 3 else []) + parts
        for i, line in enumerate(lines):
            if n and line is parts[0] and i == len(lines) - len(parts):
                starts.append(size)
            out.append(line)
            size += len(line.encode()) + len(gap)
    return gap.join(out), starts


def pages(all_, rng, count):
    by = {}
    for story in all_:
        by.setdefault(story[0].split(":")[0], []).append(story)
    sources, weights = list(by), [len(by[s]) ** 0.5 for s in by]
    for _ in range(count):
        n = rng.choice([1, 1, 2, 2, 3, 4])
        one = rng.random() < 0.5
        source = rng.choices(sources, weights)[0]
        pick = lambda: rng.choice(by[source if one else rng.choices(sources, weights)[0]])
        group, seen = [], set()
        for story in (pick() for _ in range(n)):
            # Two reports of one event are one story to any reader of words.
            topic = ":".join(story[0].split(":")[:2]) if story[0].startswith("ecb") else story[0]
            if topic not in seen:
                seen.add(topic)
                group.append(story)
        yield glue(group, rng, rng.choice(["\n\n", "\n\n", "\n"]))


def cues(program, made):
    """The cues of the gaps of these pages, and which are seams. Gaps that a mark settles are left out."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for n, (text, _) in enumerate(made):
            paths.append(Path(folder) / f"{n}.txt")
            paths[-1].write_text(text, encoding="utf8")
        out = subprocess.run([program], input="\n".join(map(str, paths)), stdout=subprocess.PIPE, text=True, check=True).stdout
    names, *rows = out.splitlines()
    x, y, page = [], [], []
    for row in rows:
        n, at, marked, *values = row.split()
        if marked == "1":
            continue
        x.append([float(v) for v in values])
        y.append(any(abs(int(at) - s) <= 3 for s in made[int(n)][1]))
        page.append(int(n))
    return names.split(), np.array(x), np.array(y, float), np.array(page)


def fit(x, y, penalty):
    w = np.zeros(x.shape[1])
    for _ in range(40):
        p = 1 / (1 + np.exp(-x @ w))
        hessian = (x * (p * (1 - p))[:, None]).T @ x + penalty * np.eye(len(w))
        step = np.linalg.solve(hessian, x.T @ (y - p) - penalty * w)
        w += step
        if np.abs(step).max() < 1e-6:
            break
    return w


def score(x, y, w, threshold):
    gave = x @ w > threshold
    hit = (gave & (y > 0)).sum()
    p, r = hit / max(1, gave.sum()), hit / max(1, y.sum())
    return {"threshold": threshold, "p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / max(1e-9, p + r), 3)}


def main():
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("program")
    ap.add_argument("--write", action="store_true")
    ap.add_argument("--pages", type=int, default=3000)
    ap.add_argument("--penalty", type=float, default=2.0)
    a = ap.parse_args()
    rng = random.Random(11)
    all_ = stories()
    rng.shuffle(all_)
    cut = len(all_) * 4 // 5
    train, held = list(pages(all_[:cut], rng, a.pages)), list(pages(all_[cut:], rng, a.pages // 4))
    names, x, y, _ = cues(a.program, train)
    _, hx, hy, _ = cues(a.program, held)
    learned = np.array([name not in HAND for name in names])
    hand = np.array([HAND.get(name, 0.0) for name in names])
    w = fit(x * learned, y, a.penalty) + hand
    print(len(y), int(y.sum()), "gaps and seams;", len(hy), int(hy.sum()), "held out")
    for threshold in (-1, -0.5, -0.25, 0, 0.5, 1):
        print(score(hx, hy, w, threshold))
    # What is kept is learned from all stories.
    w = fit(np.vstack([x, hx]) * learned, np.append(y, hy), a.penalty) + hand
    for name, value in sorted(zip(names, w), key=lambda n: -abs(n[1])):
        print(f"{name:18}{value:8.3f}")
    if a.write:
        with open(OUT, "w", encoding="utf8") as f:
            f.write("# The weights of the cues of a seam (crates/chancery-pages/src/recognise/seams/features.rs), in log-odds.\n"
                    "# Learned by training/seams/learn.py (ten of them set there by hand) from glued stories of MEANTIME (Wikinews), ECB+, GUM and the weblogs of UD EWT.\n")
            f.writelines(f"{n}\t{v:.4f}\n" for n, v in zip(names, w))


if __name__ == "__main__":
    main()
