"""Stories to learn seams from, as lists of paragraphs: only sets whose licence allows training.

MEANTIME (Wikinews, CC BY), ECB+ (CC BY, dev topics left out), GUM (the genres that may be trained on), EWT weblogs (CC BY-SA).
A set that keeps sentences but no paragraphs gives paragraphs of one to three sentences, as news has them.
"""
import random, re
from pathlib import Path
from xml.etree import ElementTree

DATA = Path("../../../shared/data")
ECB_DEV = {2, 5, 12, 18, 21, 34, 35}
GUM_GENRES = {"news", "interview", "bio", "voyage", "textbook", "academic", "court", "speech"}


def join(tokens):
    """Tokens to words as print sets them."""
    text = " ".join(tokens)
    text = re.sub(r"``|''", '"', text)
    text = re.sub(r" ([.,;:!?%)\]}»”’])", r"\1", text)
    text = re.sub(r"([(\[{$£€«“‘]) ", r"\1", text)
    text = re.sub(r" (n't|'s|'re|'ve|'ll|'d|'m|’s|n’t)\b", r"\1", text)
    out, open_quote = "", False
    for piece in re.split(r'(")', text):
        if piece == '"':
            out = out.rstrip() + '"' if open_quote else out + '"'
            open_quote = not open_quote
        else:
            out += piece.lstrip() if open_quote and out.endswith('"') else piece
    return out.strip()


def paragraphs(sentences, rng):
    out, at = [], 0
    while at < len(sentences):
        n = rng.choice([1, 1, 1, 2, 2, 3])
        out.append(" ".join(sentences[at:at + n]))
        at += n
    return out


def cat_sentences(path):
    by = {}
    for token in ElementTree.parse(path).getroot().iter("token"):
        by.setdefault(int(token.get("sentence")), []).append(token.text or "")
    return [join(by[n]) for n in sorted(by)]


def meantime(rng):
    seen = set()
    for path in sorted((DATA / "meantime").glob("*/*/*.xml")):
        if path.name in seen:
            continue
        seen.add(path.name)
        title, _, *body = cat_sentences(path)
        if len(body) >= 5:
            yield "meantime:" + path.stem, title, paragraphs(body, rng)


def ecb(rng):
    for path in sorted((DATA / "ecbplus/ECB+").glob("*/*.xml")):
        if int(path.parent.name) in ECB_DEV:
            continue
        body = [s for s in cat_sentences(path) if not s.startswith("http") and len(s.split()) > 2]
        title = ""
        while body and not body[0].endswith((".", '"', "”")):
            title, body = title or body[0], body[1:]
        if len(body) >= 5:
            yield f"ecb:{path.parent.name}:{path.stem}", title, paragraphs(body, rng)


def ud(path, wanted):
    name, parts, new = None, [], False
    for line in open(path, encoding="utf8"):
        if line.startswith("# newdoc id"):
            if name and wanted(name):
                yield name, parts
            name, parts, new = line.split("=", 1)[1].strip(), [], True
        elif line.startswith("# newpar"):
            new = True
        elif line.startswith("# text ="):
            text = line.split("=", 1)[1].strip()
            parts[-1:] = [text] if new and not parts else [parts[-1], text] if new else [parts[-1] + " " + text]
            new = False
    if name and wanted(name):
        yield name, parts


def gum(rng):
    wanted = lambda name: name.split("_")[1] in GUM_GENRES
    for name, parts in ud(DATA / "ud-gum/en_gum-train.conllu", wanted):
        title = ""
        if len(parts) > 3 and not parts[0].endswith((".", "!", '"', "”")):
            title, parts = parts[0], parts[1:]
        if len(parts) >= 4:
            yield "gum:" + name, title, parts


def ewt(rng):
    for name, parts in ud(DATA / "ud-ewt/en_ewt-train.conllu", lambda name: name.startswith("weblog")):
        if len(parts) >= 4 and sum(map(len, parts)) > 600:
            yield "ewt:" + name, "", parts


def stories(seed=7):
    rng = random.Random(seed)
    return [s for source in (meantime, ecb, gum, ewt) for s in source(rng)]


if __name__ == "__main__":
    import collections
    all_ = stories()
    print(collections.Counter(s[0].split(":")[0] for s in all_), sum(len(s[2]) for s in all_))
    for s in all_[::90]:
        print(s[0], "|", s[1], "|", len(s[2]), "|", s[2][0][:160])
