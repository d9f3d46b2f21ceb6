"""Who said what, from PolNeAR: the tokens of a text with the labels of source, cue and content, and the cue that each belongs to.

PolNeAR marks a character at most once, so one flat layer of labels holds it. Its texts carry no licence: see models/README.md."""
from pathlib import Path
import engine

ROLES = ("SOURCE", "CUE", "CONTENT")
LABELS = ["O"] + [p + r for r in ROLES for p in ("B-", "I-")]


def annotations(folder):
    """{stem: [{role: [(start, end)]}]} of the first annotator of each text, in code points."""
    out = {}
    for text in sorted((Path(folder) / "text").glob("*.txt")):
        files = sorted((Path(folder) / "attributions").glob(text.stem + "_*.ann"))
        if not files:
            continue
        spans, groups = {}, []
        for line in open(files[0], encoding="utf8"):
            parts = line.rstrip("\n").split("\t")
            if len(parts) < 2:                          # the words of an annotation that run over a line
                continue
            if line[0] == "T":
                _, *pos = parts[1].replace(";", " ").split()
                spans[parts[0]] = [(int(pos[i]), int(pos[i + 1])) for i in range(0, len(pos), 2)]
            elif line[0] == "E" and parts[1].startswith("Attribution"):
                got = {}
                for role in parts[1].split()[1:]:
                    name, ref = role.split(":")
                    got.setdefault(name.rstrip("0123456789").upper(), []).extend(spans.get(ref, []))
                if got.get("CONTENT"):
                    groups.append({r: joined(got.get(r, []), text_of(text)) for r in ROLES})
        out[text.stem] = groups
    return out


def text_of(path, cache={}):
    if path not in cache:
        cache.clear(); cache[path] = path.read_bytes().decode("utf8")
    return cache[path]


def joined(spans, text):
    """Pieces with nothing but white space between them are one."""
    out = []
    for a, b in sorted(spans):
        if out and not text[out[-1][1]:a].strip():
            out[-1] = (out[-1][0], max(b, out[-1][1]))
        else:
            out.append((a, b))
    return out


def documents(folder, name):
    """[(stem, sentences)]: each sentence with `attr` (labels) and `said` (number of the attribution, or -1)."""
    gold = annotations(folder)
    docs = []
    for stem, text, sents in engine.texts(name, sorted((Path(folder) / "text").glob("*.txt"))):
        if stem not in gold:
            continue
        label(sents, gold[stem])
        docs.append((stem, sents))
    return docs


def label(sents, groups):
    """A token gets the label of the span that covers most of it; the first token of a span begins it."""
    owner = {}
    for g, group in enumerate(groups):
        for role in ROLES:
            for n, (a, b) in enumerate(group[role]):
                for c in range(a, b):
                    owner.setdefault(c, (g, role, n))
    last = None
    for s in sents:
        s["attr"], s["said"] = [], []
        for a, b in s["at"]:
            count = {}
            for c in range(a, b):
                if c in owner:
                    count[owner[c]] = count.get(owner[c], 0) + 1
            best = max(count, key=lambda k: (count[k], k == last), default=None)
            s["attr"].append("O" if best is None else ("I-" if best == last else "B-") + best[1])
            s["said"].append(-1 if best is None else best[0])
            last = best


def links(tokens):
    """What each token of a window points at: 1 + the first token of its attribution's cue, 0 when the cue is elsewhere, -100 for tokens of none.
    `tokens`: (label, number of the attribution)."""
    cue = {}
    for i, (label, group) in enumerate(tokens):
        if label == "B-CUE":
            cue.setdefault(group, i)
    return [-100 if label in ("O", None) else 1 + cue[group] if group in cue else 0 for label, group in tokens]
