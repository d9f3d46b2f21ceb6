#!/usr/bin/env python3
"""Makes many articles from labelled sets, to see how long a large record takes. Standard library only.

  eval/many.py ../shared/data OUT [--count 10000]
  CHANCERY=target/release/chancery eval/many.py ../shared/data OUT --time

Writes OUT/list.jsonl and OUT/pages/N.txt: the articles of BASIL, PolNeAR and ECB+, then articles made of paragraphs of two or three of them (as
newsrooms put agency text into stories of their own), until there are enough. Everything follows from fixed seeds. OUT has to lie outside
of the repository: the texts are their owners'.

--time reads them with `--only copy,story` and says how long the whole command takes, with what the program takes without linking beside it.
"""
import argparse, datetime, json, os, random, re, subprocess, sys, time
import xml.etree.ElementTree as ET
from pathlib import Path


def sources(data):
    for path in sorted((data / "stories-basil").rglob("*.json")):
        d = json.loads(path.read_text(encoding="utf8"))
        yield d["date"], d["source"].lower(), [" ".join(p) for p in d["body-paragraphs"]]
    for path in sorted((data / "quotes-polnear").rglob("text/*.txt")):
        lines = [l.strip() for l in path.read_text(encoding="utf8").split("\n") if l.strip()]
        day = re.search(r"\d{4}-\d\d-\d\d", path.stem)
        yield day.group() if day else None, path.stem.split("_")[0], lines
    for path in sorted((data / "ecbplus").rglob("*.xml")):
        sentences = {}
        for token in ET.parse(path).getroot().findall("token"):
            sentences.setdefault(token.get("sentence"), []).append(token.text)
        yield None, "ecb", [" ".join(words) for words in sentences.values()]


def make(data, out, count):
    rng = random.Random("many")
    articles = [a for a in sources(data) if a[2]]
    originals = list(articles)
    while len(articles) < count:
        parts = rng.sample(originals, rng.choice([1, 2, 3]))
        paragraphs = [p for _, _, ps in parts for p in rng.sample(ps, min(len(ps), rng.randint(4, 12)))]
        rng.shuffle(paragraphs)
        day = datetime.date.fromisoformat(parts[0][0] or "2016-09-01") + datetime.timedelta(days=rng.randint(0, 20))
        articles.append((day.isoformat(), f"outlet {rng.randrange(60)}", paragraphs))
    (out / "pages").mkdir(parents=True, exist_ok=True)
    with open(out / "list.jsonl", "w", encoding="utf8") as f:
        for n, (day, outlet, paragraphs) in enumerate(articles[:count]):
            (out / "pages" / f"{n}.txt").write_text("\n\n".join(paragraphs) + "\n", encoding="utf8")
            fields = {"published": day} if day else {}
            f.write(json.dumps({"path": f"pages/{n}.txt", "outlet": outlet, **fields}) + "\n")
    print(f"{len(originals)} originals, {count} articles in {out}")


def clock(out):
    for kinds in ("article", "copy", "account", "story"):
        start = time.time()
        command = [os.environ.get("CHANCERY", "chancery"), "read", "--quiet", "--whole", "--jsonl", "--only", kinds, "--list", str(out / "list.jsonl")]
        lines = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.count(b"\n")
        print(f"{kinds}: {time.time() - start:.2f} s, {lines} lines")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("data", type=Path)
    p.add_argument("out", type=Path)
    p.add_argument("--count", type=int, default=10_000)
    p.add_argument("--time", action="store_true")
    a = p.parse_args()
    clock(a.out) if a.time else make(a.data, a.out, a.count)


main()
