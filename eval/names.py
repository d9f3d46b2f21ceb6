#!/usr/bin/env python3
"""Names on a set of two columns (word, tag), counted by `sets.py names`. Standard library only.

  CHANCERY=target/release/chancery eval/names.py ../shared/data/ner-wikigold/data/wikigold/CONLL-format/data/wikigold.conll.txt [--errors 40] [--json]

The scorer takes a line that begins with a number for one of numbered columns, and stops at "010 I-MISC". Here every line gets its
number, in a copy that is thrown away; words, tags and the counting stay the scorer's.
"""
import argparse, subprocess, sys, tempfile
from pathlib import Path

SCORER = Path(__file__).resolve().parents[2] / "shared/score/sets.py"


def numbered(lines):
    """The lines with a number before each word, counted anew in each sentence."""
    at = 0
    for line in lines:
        word, _, tag = line.strip().partition(" ")
        at = at + 1 if word else 0
        yield f"{at}\t{word}\t{tag}" if word else ""


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("path", type=Path)
    a, more = ap.parse_known_args()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "names.iob2"
        copy.write_text("\n".join(numbered(a.path.read_text(encoding="utf8").splitlines())) + "\n", encoding="utf8")
        sys.exit(subprocess.run([sys.executable, SCORER, "names", copy, *more]).returncode)
