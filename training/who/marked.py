"""Texts in which whom each mention means is known, as the example `decisions` of chancery-reading reads them.

    marked.py gum FILE.conllu | cargo run --profile fast -p chancery-reading --example decisions > gum.jsonl
    marked.py litbank FOLDER  | cargo run --profile fast -p chancery-reading --example decisions > people.jsonl

A text is a line `# BYTES`, its bytes, and a line for each mention: where it starts and ends, where its head starts and ends, its entity. In LitBank
(`coref/tsv`) the words are put together as they are written and six sentences are a paragraph; heads are not known there."""
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "eval"))
import coref

NO_SPACE_BEFORE = re.compile(r"^([,.;:!?)\]’”%]|'s|’s|n't|n’t|'ll|'ve|'re|'d|'m|'S)$")


def put(text, mentions):
    """`mentions`: (start, end, head start, head end, entity), in code points."""
    place, at = [0], 0
    for c in text:
        at += len(c.encode("utf8"))
        place.append(at)
    print(f"# {at}")
    print(text)
    for *spans, entity in mentions:
        print(*(place[x] for x in spans), entity.replace(" ", "_"))
    print()


def gum(path):
    for _, text, gold, heads in coref.documents(path):
        put(text, [(*span, *heads[span], entity) for span, entity in sorted(gold.items())])


def litbank(folder):
    for file in sorted(Path(folder).glob("*.txt")):
        lines = [line.split() for line in open(file, encoding="utf8").read().split("\n")]
        text, place, sentences = "", {}, 0
        for n, words in enumerate(lines):
            for k, word in enumerate(words):
                glued = k == 0 or NO_SPACE_BEFORE.match(word) or text[-1:] in "(“[‘"
                text += ("" if glued else " ") + word
                place[n, k] = (len(text) - len(word), len(text))
            if words:
                sentences += 1
                text += "\n\n" if sentences % 6 == 0 else " "
        mention, out = {}, []
        for line in open(file.with_suffix(".ann"), encoding="utf8"):
            c = line.rstrip("\n").split("\t")
            if c[0] == "MENTION" and c[2] == c[4]:
                mention[c[1]] = (place[int(c[2]), int(c[3])][0], place[int(c[4]), int(c[5])][1])
            elif c[0] == "COREF" and c[1] in mention:
                span = mention[c[1]]
                out.append((*span, *span, c[2]))
        put(text, sorted(out))


{"gum": gum, "litbank": litbank}[sys.argv[1]](sys.argv[2])
