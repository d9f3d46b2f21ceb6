"""Texts as the engine reads them: its tokens, offsets, tags, trees and names, kept in a JSON file so that it runs once.

The program is $CHANCERY (default ../target/release/chancery)."""
import json, os, subprocess, tempfile
from pathlib import Path

PROGRAM = os.environ.get("CHANCERY", str(Path(__file__).resolve().parent / "../target/release/chancery"))
WORK = Path(__file__).resolve().parent / "work"
LAYERS = ("tokens", "at", "upos", "xpos", "head", "rel", "names")


def kept(name, make):
    path = Path(os.environ.get("CHANCERY_WORK", WORK)) / f"read-{name}.json"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(make(), ensure_ascii=False), encoding="utf8")
    return json.loads(path.read_text(encoding="utf8"))


def texts(name, paths):
    """[(stem, text, sentences)] of plain texts; `at` of a sentence holds the code points of each token, `par` its paragraph."""
    def make():
        with tempfile.TemporaryDirectory() as d:
            listed = Path(d) / "list.jsonl"
            listed.write_text("".join(json.dumps({"path": str(p)}) + "\n" for p in paths), encoding="utf8")
            out = subprocess.run([PROGRAM, "read", "--jsonl", "--layers", "--whole", "--only", "article,doc", "--quiet", "--list", str(listed)], stdout=subprocess.PIPE, check=True).stdout
        articles, docs = {}, []
        for line in out.decode("utf8").splitlines():
            o = json.loads(line)
            if o["kind"] == "article":
                articles[o["id"], o["source"]] = o
            else:
                a = articles[o["article"], o["source"]]
                docs.append((Path(o["source"]).stem, a["text"], sentences(a, o)))
        return docs
    return kept(name, make)


def sentences(article, doc):
    text, toks = article["text"], doc["tokens"]
    tags = ["O"] * len(toks)
    starts = {t[0]: i for i, t in enumerate(toks)}
    for a, b, kind in doc["names"]:
        i = starts[a]; tags[i] = "B-" + kind
        while i + 1 < len(toks) and toks[i + 1][0] < b:
            i += 1; tags[i] = "I-" + kind
    out, i, par = [], 0, 0
    blocks = article["blocks"]
    for a, b in doc["sentences"]:
        j = i
        while j < len(toks) and toks[j][0] < b:
            j += 1
        while par + 1 < len(blocks) and blocks[par + 1]["start"] <= a:
            par += 1
        t = toks[i:j]
        out.append({"tokens": [text[x[0]:x[1]] for x in t], "at": [x[:2] for x in t], "upos": [x[2] for x in t], "xpos": [x[3] for x in t],
                    "head": [0 if x[4] is None else x[4] - i + 1 for x in t], "rel": [x[5] for x in t], "names": tags[i:j], "par": par})
        i = j
    return out


def tokens(name, docs):
    """The same for documents of sentences of given tokens: [(id, sentences)]. `docs`: [(id, [[token]])]."""
    def make():
        with tempfile.TemporaryDirectory() as d:
            path = Path(d) / "given.conllu"
            with open(path, "w", encoding="utf8") as f:
                for n, (key, sents) in enumerate(docs):
                    f.write(f"# newdoc id = {n}\n")
                    for s in sents:
                        f.write("# text = x\n" + "".join(f"{i}\t{t}" + "\t_" * 8 + "\n" for i, t in enumerate(s, 1)) + "\n")
            out = subprocess.run([PROGRAM, "read", "--pretokenized", str(path), "--layers", "--quiet"], stdout=subprocess.PIPE, check=True).stdout.decode("utf8")
        rows, read = [], []
        for line in out.split("\n"):
            if line and line[0] != "#":
                c = line.split("\t"); rows.append((c[3], c[4], int(c[6]), c[7], c[9][5:] if c[9].startswith("Name=") else "O"))
            elif not line and rows:
                read.append(rows); rows = []
        made, at = [], 0
        for key, sents in docs:
            part = read[at:at + len(sents)]; at += len(sents)
            assert all(len(a) == len(b) for a, b in zip(sents, part))
            made.append((key, [{"tokens": s, **{k: [r[i] for r in p] for i, k in enumerate(("upos", "xpos", "head", "rel", "names"))}, "par": n}
                               for n, (s, p) in enumerate(zip(sents, part))]))
        assert at == len(read)
        return made
    return kept(name, make)
