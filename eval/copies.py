#!/usr/bin/env python3
"""Are copies of real articles found, and nothing else? Standard library only.

  CHANCERY=target/release/chancery eval/copies.py made DIR [--own] [--limit N] [--kinds half,quarter] [--errors 20] [--json]
  CHANCERY=target/release/chancery eval/copies.py gold GOLD.json SEED… [--errors 20] [--json]

`made` takes the articles of DIR (BASIL's folder `articles`, or a folder of plain texts), makes a copy of each in a way, and gives the
originals and the copies of one way to the program together (`chancery read --whole --jsonl --only copy --list …`).

  headline    another headline
  half        the first half of the paragraphs
  quarter     the first quarter
  furniture   share bars, invitations and lists of other stories put in
  shuffled    the paragraphs in another order
  exchanged   one word in ten exchanged for another word of the article
  inside      five paragraphs inside another story of the set

--own is for sets whose articles carry one agency's text among themselves (PolNeAR): what the program finds among the originals alone is
counted apart, to be read by hand (--errors lists it), and a pair of copies of such a pair is no error.

A pair of a copy and its original (and, for `inside`, of the copy and the story around it) counts as found when a `copy` line joins
them. Any other pair is wrong, unless it is one of TRUE below: pairs of the originals themselves that, read by hand, do carry the same
reporter's words. Three outlets on one event are the hard negatives of BASIL. No threshold is chosen here: the program has one.

`gold` reads the seeds and compares `copy` lines with passages that a careful reader found: a passage counts as found when a line joins
more than half of its words on both sides. A line that joins no two gold passages is wrong, and so is any line between other seeds.
"""
import argparse, json, os, random, re, subprocess, sys, tempfile, time
from pathlib import Path

# Originals of BASIL that share a reporter's words, by the beginning of the event's id and the outlets' numbers: read by hand.
TRUE = {
    ("85475456", "1", "3"): "the third prints the opening of the first, with its source",
    ("97b1305c", "2", "3"): "agency paragraphs in both",
    ("c21cb217", "2", "3"): "one agency sentence in both",
}

FURNITURE = [
    "Share this article", "Share on social media", "Print", "Sign up for our morning newsletter and never miss a story.",
    "Read more: What to know this week", "Most read", "1. Ten ways to cook an aubergine", "2. The weather at a glance",
    "3. Quiz of the week: how well do you know the capitals?", "Advertisement", "This website uses cookies. By clicking accept you agree to our terms.",
    "Follow us", "Related stories", "© All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
    "The writer can be reached at the news desk. Letters to the editor are welcome.", "Listen to this article", "Download the app",
]
HEADLINES = ["What happened, and what comes next", "A long day, in short", "The matter that would not rest", "Five things to take away"]
KINDS = ["headline", "half", "quarter", "furniture", "shuffled", "exchanged", "inside"]


def articles(folder):
    """(key, family, date, headline, paragraphs)"""
    found = []
    for path in sorted(Path(folder).rglob("*")):
        if path.suffix == ".json":
            d = json.loads(path.read_text(encoding="utf8"))
            found.append((path.stem, d["triplet-uuid"], d["date"], d["title"], [" ".join(p) for p in d["body-paragraphs"]]))
        elif path.suffix == ".txt":
            lines = [l.strip() for l in path.read_text(encoding="utf8").split("\n") if l.strip()]
            day = re.search(r"\d{4}-\d\d-\d\d", path.stem)
            found.append((path.stem, path.stem, day.group() if day else None, lines[0], lines[1:]))
    return [a for a in found if len(" ".join(a[4]).split()) >= 120]


def make(kind, article, others, rng):
    """Headline and paragraphs of a copy, and the keys of the articles it has words of."""
    key, family, _, headline, paragraphs = article
    if kind == "headline":
        return rng.choice(HEADLINES), paragraphs, {key}
    if kind in ("half", "quarter"):
        return headline, first(paragraphs, 2 if kind == "half" else 4), {key}
    if kind == "furniture":
        out = list(paragraphs)
        for line in rng.sample(FURNITURE, 12):
            out.insert(rng.choice([0, len(out), rng.randrange(len(out) + 1)]), line)
        return headline, out, {key}
    if kind == "shuffled":
        return headline, rng.sample(paragraphs, len(paragraphs)), {key}
    if kind == "exchanged":
        return headline, [exchange(p, rng, " ".join(paragraphs).split()) for p in paragraphs], {key}
    host = rng.choice([o for o in others if o[1] != family])
    at = rng.randrange(len(host[4]) + 1)
    start = rng.randrange(max(1, len(paragraphs) - 4))
    return host[3], host[4][:at] + paragraphs[start:start + 5] + host[4][at:], {key, host[0]}


def first(paragraphs, part):
    """The first paragraphs, up to one in `part` of the words; a single long paragraph is cut."""
    words, out, room = sum(len(p.split()) for p in paragraphs), [], 0
    room = words // part
    for p in paragraphs:
        if room <= 0:
            break
        out.append(p if len(p.split()) <= room or out else " ".join(p.split()[:room]))
        room -= len(p.split())
    return out


def exchange(paragraph, rng, words):
    """Letters are exchanged; marks stay, so that a quotation stays one."""
    other = lambda: re.sub(r"^\W+|\W+$", "", rng.choice(words)) or "so"
    return " ".join(re.sub(r"\w.*\w|\w", lambda m: other(), w, count=1) if rng.random() < 0.1 else w for w in paragraph.split())


def copies(pages):
    """`pages`: (name, fields, text). The copy lines, and seconds."""
    with tempfile.TemporaryDirectory() as d:
        with open(Path(d) / "list.jsonl", "w", encoding="utf8") as f:
            for name, fields, text in pages:
                (Path(d) / name).write_text(text, encoding="utf8")
                f.write(json.dumps({"path": name, **fields}) + "\n")
        start = time.time()
        command = [os.environ.get("CHANCERY", "chancery"), "read", "--quiet", "--whole", "--jsonl", "--only", "copy", "--list", str(Path(d) / "list.jsonl")]
        out = subprocess.run(command, stdout=subprocess.PIPE)
        if out.returncode not in (0, 1):
            sys.exit(f"the program ended with {out.returncode}")
        return [json.loads(l) for l in out.stdout.decode("utf8").splitlines()], time.time() - start


def is_true(a, b):
    (x, m), (y, n) = sorted([(k[:8], k[-1]) for k in (a, b)])
    return x == y and (x, *sorted((m, n))) in TRUE


def page(key, day, headline, paragraphs):
    return f"{key}.txt", {"published": day} if day else {}, headline + "\n\n" + "\n\n".join(paragraphs) + "\n"


def own_pairs(originals):
    """Pairs of the originals that share words, with the lines that say so."""
    lines, _ = copies([page(key, day, headline, paragraphs) for key, _, day, headline, paragraphs in originals])
    found = {}
    for l in lines:
        pair = tuple(sorted(l[side]["source"].removesuffix(".txt") for side in "ab"))
        found.setdefault(pair, []).append(l)
    return found


def made(a):
    originals = articles(a.paths[0])[: a.limit]
    figures, wrong, seconds = {}, {}, 0.0
    own = own_pairs(originals) if a.own else {}
    for kind in a.kinds.split(","):
        rng = random.Random(f"copies {kind}")
        pages, words_of = [], {}
        for key, _, day, headline, paragraphs in originals:
            pages.append((f"{key}.txt", {"published": day} if day else {}, headline + "\n\n" + "\n\n".join(paragraphs) + "\n"))
            words_of[f"{key}.txt"] = {key}
        for article in originals:
            headline, paragraphs, sources = make(kind, article, originals, rng)
            name = f"copy-{article[0]}.txt"
            pages.append((name, {"published": article[2]} if article[2] else {}, headline + "\n\n" + "\n\n".join(paragraphs) + "\n"))
            words_of[name] = sources
        lines, took = copies(pages)
        seconds += took
        joined = {}
        for l in lines:
            joined.setdefault(tuple(sorted((l["a"]["source"], l["b"]["source"]))), []).append(l)
        need = {tuple(sorted((n, f"{k}.txt"))) for n, ks in words_of.items() for k in ks if n != f"{k}.txt"}
        figures[kind] = round(len(need & set(joined)) / len(need), 4)
        for pair, ls in joined.items():
            families = [words_of[n] for n in pair]
            if pair in need or families[0] & families[1] or any(is_true(x, y) or tuple(sorted((x, y))) in own for x in families[0] for y in families[1]):
                continue
            # Two copies made of one pair of originals are one error.
            wrong.setdefault(tuple(sorted(min(f) for f in families)), ls)
        for pair in sorted(need - set(joined))[: a.errors]:
            print(kind, "missed", *pair)
    listed = [("own", pair, ls) for pair, ls in sorted(own.items())] + [("wrong", pair, ls) for pair, ls in sorted(wrong.items())][: a.errors]
    for what, pair, ls in listed if a.errors else []:
        print(what, *pair)
        for l in ls[:2]:
            print("   ", l["a"]["text"][:300], "\n    ", l["b"]["text"][:300], l["why"])
    return {**figures, "least": min(figures.values()), "wrong_pairs": len(wrong), "own_pairs": len(own), "articles": len(originals), "seconds": round(seconds, 2)}


def stems(words):
    return re.findall(r"\w+", words.lower().replace("’", "'"))


def covers(line_text, gold_text):
    """Whether more than half of the words of the gold stand in the line, in its order."""
    line, gold = stems(line_text), stems(gold_text)
    if not gold:
        return False
    at, hits = 0, 0
    for word in gold:
        if word in line[at:]:
            at = line.index(word, at) + 1
            hits += 1
    return hits > len(gold) / 2


def gold(a):
    passages, seeds = json.loads(Path(a.paths[0]).read_text(encoding="utf8")), a.paths[1:]
    with tempfile.TemporaryDirectory() as d:
        listed = Path(d) / "list.jsonl"
        listed.write_text("".join(json.dumps({"path": str(Path(s).resolve())}) + "\n" for s in seeds), encoding="utf8")
        command = [os.environ.get("CHANCERY", "chancery"), "read", "--quiet", "--jsonl", "--only", "copy", "--list", str(listed)]
        out = subprocess.run(command, stdout=subprocess.PIPE).stdout.decode("utf8")
    lines = [json.loads(l) for l in out.splitlines()]
    sides = [(l, l["a"]["text"], l["b"]["text"]) for l in lines]
    # Which seed is `a` follows from the passages themselves.
    texts = {s: Path(s).read_text(encoding="utf8") for s in seeds}
    home = lambda side: {s for s in seeds if all(p[side].strip() in texts[s] for p in passages)}
    pair = {s.split("/")[-1] for s in home("a") | home("b")}
    found, met = {"identical": [0, 0], "edited": [0, 0]}, set()
    for p in passages:
        hits = [l for l, x, y in sides if covers(x, p["a"]) and covers(y, p["b"]) or covers(y, p["a"]) and covers(x, p["b"])]
        hits = [l for l in hits if p["kind"] == "edited" or l["relation"] == "identical"]
        met.update(l["id"] for l in hits)
        found[p["kind"]][0] += bool(hits)
        found[p["kind"]][1] += 1
        if not hits and a.errors:
            print("missed", p["kind"], p["a"])
    wrong = [l for l, _, _ in sides if l["id"] not in met or {Path(l[s]["source"]).name for s in "ab"} != pair]
    for l in wrong[: a.errors]:
        print("wrong", l["relation"], l["why"], "\n   ", l["a"]["text"], "\n   ", l["b"]["text"])
    return {"identical": found["identical"][0], "of_identical": found["identical"][1], "edited": found["edited"][0],
            "of_edited": found["edited"][1], "wrong": len(wrong), "lines": len(lines)}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("measure", choices=["made", "gold"])
    p.add_argument("paths", nargs="+")
    p.add_argument("--limit", type=int)
    p.add_argument("--own", action="store_true")
    p.add_argument("--kinds", default=",".join(KINDS))
    p.add_argument("--errors", type=int, default=0)
    p.add_argument("--json", action="store_true")
    a = p.parse_args()
    figures = {"made": made, "gold": gold}[a.measure](a)
    print(json.dumps(figures) if a.json else "\n".join(f"{k}: {v}" for k, v in figures.items()))


main()
