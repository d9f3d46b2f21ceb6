"""Reading the labelled sets into documents of sentences, word pieces, casing shapes, windows and batches.

A document is a list of sentences; a sentence is a dict: `tokens`, `par` (paragraph number), `single` (comes alone, without
neighbours), and any of the label layers `upos`, `xpos`, `head` + `rel`, `names`, `sent`. A layer that is missing costs nothing."""
import json, os, random, re, unicodedata
from pathlib import Path
from model import SHAPES

MAX_PIECES = 12          # word pieces kept of one token
PUNCT = set(range(33, 48)) | set(range(58, 65)) | set(range(91, 97)) | set(range(123, 127))


# ---- word pieces -----------------------------------------------------------------------------------------------------------

def is_mark(ch):
    """A character that is a word of its own to the encoder: ASCII punctuation, Unicode category P, and CJK."""
    o = ord(ch)
    if o < 128:
        return o in PUNCT
    return unicodedata.category(ch)[0] == "P" or 0x4E00 <= o <= 0x9FFF or 0x3400 <= o <= 0x4DBF or 0xF900 <= o <= 0xFAFF


def normal(token):
    """Lower case, canonical decomposition, combining marks U+0300..U+036F dropped, controls and white space dropped."""
    t = unicodedata.normalize("NFD", token.lower())
    return "".join(c for c in t if not 0x300 <= ord(c) <= 0x36F and c not in "\u00ad\u200b\u200c\u200d\ufeff\ufffd" and not c.isspace() and unicodedata.category(c) != "Cc")


def split_marks(text):
    out, cur = [], ""
    for c in text:
        if is_mark(c):
            if cur:
                out.append(cur); cur = ""
            out.append(c)
        else:
            cur += c
    return out + ([cur] if cur else [])


class Pieces:
    def __init__(self, vocab):
        self.vocab = vocab
        self.id = {w: i for i, w in enumerate(vocab)}
        self.pad, self.unk, self.cls, self.sep = (self.id[x] for x in ("[PAD]", "[UNK]", "[CLS]", "[SEP]"))
        self.cache = {}

    def __call__(self, token):
        if token not in self.cache:
            self.cache[token] = self.cut(token)
        return self.cache[token]

    def cut(self, token):
        if len(token) > 100:
            return [self.unk]
        out = []
        for w in split_marks(normal(token)):
            at, part = 0, []
            while at < len(w):
                end = len(w)
                while end > at and ("##" if at else "") + w[at:end] not in self.id:
                    end -= 1
                if end == at:
                    part = [self.unk]; break
                part.append(self.id[("##" if at else "") + w[at:end]]); at = end
            out += part
        return out[:MAX_PIECES] or [self.unk]


def shape(token):
    letters = [c for c in token if c.isalpha()]
    if any("0" <= c <= "9" for c in token):
        return SHAPES.index("digit")
    if not letters:
        return SHAPES.index("other")
    up = [c.isupper() for c in letters]
    if not any(up):
        return SHAPES.index("lower")
    if all(up):
        return SHAPES.index("upper" if len(letters) > 1 else "single-upper")
    return SHAPES.index("title" if up[0] and not any(up[1:]) else "mixed")


# ---- treebanks -------------------------------------------------------------------------------------------------------------

GUM_GENRES = {"news", "interview", "bio", "voyage", "textbook", "academic", "court", "speech"}


def conllu(path):
    """Documents (name, sentences) of a CoNLL-U file; multiword ranges and empty nodes are left out."""
    docs, cur, doc, par = [], None, None, 0
    space_after = True
    for l in open(path, encoding="utf8"):
        l = l.rstrip("\n")
        if l.startswith("# newdoc id"):
            doc = (l.split("= ")[1], []); docs.append(doc); par = 0
        elif l.startswith("# newpar") and not l.startswith("# newpar_block"):
            par += 1
        elif l.startswith("# text ="):
            text = l[8:].strip()
        elif l and l[0] != "#":
            c = l.split("\t")
            if cur is None:
                cur = {"tokens": [], "upos": [], "xpos": [], "head": [], "rel": [], "misc": [], "par": par, "text": text, "mwt": []}
                doc[1].append(cur)
            if "-" in c[0]:
                cur["mwt"].append((c[0], c[1], c[9]))
            if c[0].isdigit():
                cur["tokens"].append(c[1]); cur["upos"].append(c[3]); cur["xpos"].append(c[4])
                cur["head"].append(int(c[6])); cur["rel"].append(c[7]); cur["misc"].append(c[9])
        elif not l:
            cur = None
    return docs


# ---- windows ---------------------------------------------------------------------------------------------------------------

def windows(docs, pieces, rng, size=None, marked=None, single=0.25):
    """Cuts documents into windows: lists of (sentence, marked, mark_before). With no `size`, sizes and marking are drawn at random."""
    out = []
    for _, sents in docs:
        i = 0
        while i < len(sents):
            one = rng.random() < single if size is None else size == 1
            limit = 0 if one else size or rng.choice((48, 96, 128, 188))
            marks = (rng.random() < 0.5) if marked is None else marked
            drop_par = marked is None and rng.random() < 0.15
            cur, n = [], 2
            while i < len(sents):
                s = sents[i]
                k = sum(len(pieces(t)) for t in s["tokens"])
                new_par = bool(cur) and s["par"] != cur[-1][0]["par"]
                bar = bool(cur) and (marks or (new_par and not drop_par))
                if cur and n + k + bar > limit:
                    break
                cur.append((s, bar)); n += k + bar; i += 1
            out.append(cur)
    return out


CURLY = {'"': "“”", "'": "‘’", "``": "““", "''": "””"}


def drop_token(s, i):
    """The sentence without token i, or None when something depends on it."""
    if "head" in s and (i + 1 in s["head"] or s["head"][i] == 0) or len(s["tokens"]) < 3:
        return None
    t = dict(s)
    read = ("read_upos", "read_xpos", "read_rel", "read_names", "read_head")          # what an earlier reader said of the sentence
    for k in ("tokens", "upos", "xpos", "rel", "names", "head", "attr", "said", "kind", "ent", "learn", "rival", "words", *read):
        if k in s:
            t[k] = s[k][:i] + s[k][i + 1:]
    if "read_head" in s:                                                               # what hung on it hangs on what it hung on
        t["read_head"] = [s["read_head"][i] if h == i + 1 else h for h in t["read_head"]]
    for k in ("head", "read_head"):
        if k in s:
            t[k] = [h - (h > i + 1) for h in t[k]]
    return t


def augment(win, rng, swaps=None):
    if swaps and rng.random() < 0.35:
        win = [(swaps(s, rng), bar) for s, bar in win]
    r = rng.random()
    case = str.lower if r < 0.03 else str.upper if r < 0.06 else (lambda t: t[:1].upper() + t[1:]) if r < 0.075 else None
    stops, quotes, curly = rng.random() < 0.06, rng.random() < 0.05, rng.random() < 0.3
    if not (case or stops or quotes or curly):
        return win
    out = []
    for s, bar in win:
        if stops and s["tokens"][-1] in (".", "?", "!"):
            s = drop_token(s, len(s["tokens"]) - 1) or s
        if quotes:
            q = [i for i, t in enumerate(s["tokens"]) if t in ('"', "``", "''", "“", "”", "'")]
            if q:
                s = drop_token(s, rng.choice(q)) or s
        t = dict(s)
        if case:
            t["tokens"] = [case(x) for x in t["tokens"]]
        if curly:
            toks = list(t["tokens"])
            for i, x in enumerate(toks):
                if x in CURLY and "xpos" in t:
                    toks[i] = CURLY[x][0 if t["xpos"][i] == "``" else 1]
                elif "'" in x:
                    toks[i] = x.replace("'", "’")
                elif x == "--":
                    toks[i] = "—"
            t["tokens"] = toks
        out.append((t, bar))
    return out


def encode(win, pieces, index):
    """One window as plain lists. `index`: label name -> number for each head. -100 where nothing is to be learned."""
    ids, shapes, first, seg = [pieces.cls], [0], [], []
    lab = {k: [] for k in index}
    arc, known, sid = [], [], 0
    for n, (s, bar) in enumerate(win):
        if bar:
            ids.append(pieces.sep); shapes.append(0)
        base = len(first)
        for i, t in enumerate(s["tokens"]):
            p = pieces(t)
            first.append(len(ids)); ids += p; shapes += [shape(t)] * len(p); seg.append(n)
            for k in index:
                if k == "sent":
                    ok = i == 0 or s.get("sent", True)
                    lab[k].append((1 if i == 0 else 0) if ok and not (i == 0 and (bar or n == 0)) and s.get("sent", True) else -100)
                else:
                    lab[k].append(index[k].get(s[k][i], -100) if k in s and s[k][i] is not None else -100)
            if "head" in s:
                h = s["head"][i]
                arc.append(0 if h == 0 else base + h)
            else:
                arc.append(-100)
    ids.append(pieces.sep); shapes.append(0)
    return {"ids": ids, "shapes": shapes, "first": first, "seg": seg, "lab": lab, "arc": arc}


def batches(encoded, budget, rng=None):
    """Windows of like length together; at most `budget` word pieces (padded) a batch."""
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i]["ids"]) + (rng.random() * 12 if rng else 0))
    out, cur = [], []
    for i in order:
        n = len(encoded[i]["ids"])
        if cur and max(n, len(encoded[cur[-1]]["ids"])) * (len(cur) + 1) > budget:
            out.append(cur); cur = []
        cur.append(i)
    if cur:
        out.append(cur)
    if rng:
        rng.shuffle(out)
    return out


def collate(items, pad):
    import torch
    b, t, w = len(items), max(len(x["ids"]) for x in items), max(len(x["first"]) for x in items)
    ids, shapes = torch.full((b, t), pad), torch.zeros((b, t), dtype=torch.long)
    mask = torch.zeros((b, t), dtype=torch.bool)
    first, seg = torch.zeros((b, w), dtype=torch.long), torch.full((b, w), -1)
    arc = torch.full((b, w), -100)
    lab = {k: torch.full((b, w), -100) for k in items[0]["lab"]}
    for i, x in enumerate(items):
        n, m = len(x["ids"]), len(x["first"])
        ids[i, :n] = torch.tensor(x["ids"]); shapes[i, :n] = torch.tensor(x["shapes"]); mask[i, :n] = True
        first[i, :m] = torch.tensor(x["first"]); seg[i, :m] = torch.tensor(x["seg"]); arc[i, :m] = torch.tensor(x["arc"])
        for k in lab:
            lab[k][i, :m] = torch.tensor(x["lab"][k])
    return {"ids": ids, "shapes": shapes, "mask": mask, "first": first, "seg": seg, "arc": arc, "lab": lab}
