#!/usr/bin/env python3
"""Are articles about one matter put together, and others kept apart? Standard library only.

  CHANCERY=target/release/chancery eval/stories.py basil ../shared/data/stories-basil/articles [--errors 20] [--json]
  CHANCERY=target/release/chancery eval/stories.py ecb '../shared/data/ecbplus/ECB+' [--errors 20] [--json]

`basil`: 100 events told by three outlets each, with their dates. `ecb`: the documents of ECB+, a group for each topic and half of it
(`1_ecb` and `1_ecbplus` are two events of one kind); they have no dates. The program's threshold was fixed on `ecb`.

B³ (Bagga and Baldwin 1998): for each article the share of its story that belongs there (precision) and of its event that is there (recall).
"""
import argparse, collections, json, os, re, subprocess, sys, tempfile, time
import xml.etree.ElementTree as ET
from pathlib import Path


def basil(folder):
    for path in sorted(Path(folder).rglob("*.json")):
        d = json.loads(path.read_text(encoding="utf8"))
        yield path.stem, d["triplet-uuid"], {"published": d["date"]}, "\n\n".join(" ".join(p) for p in d["body-paragraphs"]), d["title"]


def ecb(folder):
    for path in sorted(Path(folder).rglob("*.xml")):
        sentences = collections.OrderedDict()
        for token in ET.parse(path).getroot().findall("token"):
            sentences.setdefault(token.get("sentence"), []).append(token.text)
        lines = [joined(words) for words in sentences.values()]
        half = "ecbplus" if "ecbplus" in path.stem else "ecb"
        # The first sentences of some documents are the address of the page.
        text = "\n\n".join(line for line in lines if not line.startswith("http") and "www" not in line[:6])
        yield path.stem, path.stem.split("_")[0] + "_" + half, {}, text, path.stem


def joined(words):
    line = " ".join(words)
    line = re.sub(r" ([.,;:!?%)\]]|'s|n't|'re|'ve|'ll|'d|'m|'')(?= |$)", r"\1", line)
    return line.replace("`` ", '"').replace("''", '"').replace("( ", "(")


def stories(articles):
    with tempfile.TemporaryDirectory() as d:
        with open(Path(d) / "list.jsonl", "w", encoding="utf8") as f:
            for key, _, fields, text, _ in articles:
                (Path(d) / f"{key}.txt").write_text(text + "\n", encoding="utf8")
                f.write(json.dumps({"path": f"{key}.txt", **fields}) + "\n")
        command = [os.environ.get("CHANCERY", "chancery"), "read", "--quiet", "--whole", "--jsonl", "--only", "story", "--list", str(Path(d) / "list.jsonl")]
        start = time.time()
        out = subprocess.run(command, stdout=subprocess.PIPE)
        if out.returncode not in (0, 1):
            sys.exit(f"the program ended with {out.returncode}")
        return [json.loads(l) for l in out.stdout.decode("utf8").splitlines()], time.time() - start


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("set", choices=["basil", "ecb"])
    p.add_argument("path")
    p.add_argument("--errors", type=int, default=0)
    p.add_argument("--json", action="store_true")
    a = p.parse_args()
    articles = list({"basil": basil, "ecb": ecb}[a.set](a.path))
    lines, seconds = stories(articles)
    event, title = {k: e for k, e, *_ in articles}, {k: t for k, *_, t in articles}
    # Articles with the same text are one page: whoever is not named stands with nobody.
    groups = [[s.removesuffix(".txt") for s in l["sources"]] for l in lines]
    met = {k for g in groups for k in g}
    groups += [[k] for k in event if k not in met]
    members = collections.defaultdict(set)
    for key, e in event.items():
        members[e].add(key)
    precision = recall = 0.0
    for group in groups:
        for key in group:
            same = sum(event[k] == event[key] for k in group)
            precision += same / len(group)
            recall += same / len(members[event[key]])
    precision, recall = precision / len(event), recall / len(event)
    mixed = [g for g in groups if len({event[k] for k in g}) > 1]
    for group in mixed[: a.errors]:
        print("mixed", *(f"\n    {event[k][:12]} {title[k]}" for k in sorted(group, key=event.get)))
    of = {k: n for n, g in enumerate(groups) for k in g}
    parted = [ks for ks in members.values() if len({of[k] for k in ks}) > 1]
    for keys in parted[: a.errors]:
        print("parted", *(f"\n    {of[k]} {title[k]}" for k in sorted(keys)))
    figures = {"b3": {"p": round(precision, 4), "r": round(recall, 4), "f1": round(2 * precision * recall / (precision + recall), 4)},
               "articles": len(event), "stories": len(groups), "mixed": len(mixed), "parted": len(parted), "seconds": round(seconds, 2)}
    print(json.dumps(figures) if a.json else "\n".join(f"{k}: {v}" for k, v in figures.items()))


main()
