"""Which sets the default weights learn from, and which they are measured on."""
import json, os, random
from pathlib import Path
import data, names

DATA = Path(os.environ.get("CHANCERY_DATA", Path(__file__).resolve().parent / "../../shared/data"))


def training(silver=None):
    """{source name: documents}. Every licence is listed in models/README.md. `silver`: names on EWT made by silver.py."""
    ewt = data.conllu(DATA / "ud-ewt/en_ewt-train.conllu")
    gum = [d for d in data.conllu(DATA / "ud-gum/en_gum-train.conllu") if d[0].split("_")[1] in data.GUM_GENRES]
    for _, s in gum:
        names.gum(s)
    if silver:
        with open(silver, encoding="utf8") as f:
            for _, sents in ewt:
                for s in sents:
                    s["names"] = json.loads(f.readline())
    cross = [d for part in ("train", "dev") for d in names.crossner(DATA / f"ner-crossner-politics/ner_data/politics/{part}.txt")]
    # re3d: the folders whose LICENSE is CC BY, public domain, the Open Government Licence or CC BY-SA; the European delegation's is not clear and stays out.
    re3d = [d for f in ("Australian Department of Foreign Affairs", "CENTCOM", "UK Government", "Wikipedia") for d in names.re3d(DATA / "ner-re3d" / f)]
    mean = [d for f in sorted((DATA / "meantime").glob("*/corpus_*")) for d in names.meantime(f)]
    lit = names.litbank(DATA / "coref-litbank/coref/tsv", random.Random(3))
    return {"ewt": ewt, "gum": gum, "crossner": cross, "re3d": re3d, "meantime": mean, "litbank": lit}


def dev():
    return {"ewt": data.conllu(DATA / "ud-ewt/en_ewt-dev.conllu"), "gum": data.conllu(DATA / "ud-gum/en_gum-dev.conllu")}


def iob(path):
    """Sentences of (word, tag); both the five-column and the two-column layout."""
    out, cur = [], []
    for l in open(path, encoding="utf8"):
        l = l.rstrip("\n")
        if not l.strip():
            if cur:
                out.append(cur); cur = []
        elif not l.startswith("#"):
            c = l.split("\t") if "\t" in l else l.split(" ")
            cur.append((c[1], c[2]) if len(c) > 3 else (c[0], c[-1]))
    return out + ([cur] if cur else [])


def dev_names():
    return {"uner-ewt": iob(DATA / "ner-uner-ewt/en_ewt-ud-dev.iob2"),
            "wikigold": iob(DATA / "ner-wikigold/data/wikigold/CONLL-format/data/wikigold.conll.txt")}
