#!/usr/bin/env python3
"""How well raw text is cut into words and sentences, measured on a treebank. Standard library only.

  CHANCERY=target/release/chancery eval/tokens.py ../shared/data/ud-ewt/en_ewt-dev.conllu [--errors 40] [--json]

The raw text of each document is put together from its words and `SpaceAfter=No`; a sentence follows the one before it after one
blank, and an empty line stands where the treebank marks a new paragraph (`# newpar`), nowhere else. Each document is read with
`chancery read --whole --layers --only doc`.

Figures as in the CoNLL 2018 shared task (Zeman and others 2018): F1 over spans that agree exactly. Words are the treebank's
syntactic words; the words of a multiword token ("don't") take their own stretches of it, which in the English treebanks
always join up to its letters. Sentences are the stretches from a first to a last word.
"""
import argparse, collections, json, os, random, subprocess, sys, tempfile, time
from pathlib import Path


def documents(path):
    """Lists of sentences, each {"words": [(form, blank follows)], "paragraph": it opens one}."""
    docs, words, opens, paragraph, token_end, token_blank = [], [], False, False, 0, True
    for line in [*open(path, encoding="utf8").read().split("\n"), ""]:
        if line.startswith("#"):
            opens |= line.startswith("# newdoc")
            paragraph |= line.startswith("# newpar")
            continue
        columns = line.split("\t")
        if not line.strip():
            if words:
                if opens or not docs:
                    docs.append([])
                docs[-1].append({"words": words, "paragraph": paragraph or opens})
            if words or not docs:
                words, opens, paragraph, token_end = [], False, False, 0
            continue
        blank = "SpaceAfter=No" not in columns[9].split("|")
        if "-" in columns[0]:
            token_end, token_blank = int(columns[0].split("-")[1]), blank
        elif columns[0].isdigit():
            at = int(columns[0])
            words.append((columns[1], (token_blank if at == token_end else False) if at <= token_end else blank))
    return docs


def raw(doc):
    """(text, spans of words, index of the first word of each sentence), in code points."""
    text, spans, starts = "", [], []
    for sentence in doc:
        if text and sentence["paragraph"]:
            text = text.rstrip(" ") + "\n\n"
        starts.append(len(spans))
        for form, blank in sentence["words"]:
            spans.append((len(text), len(text) + len(form)))
            text += form + (" " if blank else "")
    return text, spans, starts


def read(texts, model):
    program = os.environ.get("CHANCERY") or "chancery"
    with tempfile.TemporaryDirectory() as folder:
        listed = Path(folder) / "list.jsonl"
        paths = [str(Path(folder) / f"{i:05}.txt") for i in range(len(texts))]
        for path, text in zip(paths, texts):
            Path(path).write_text(text, encoding="utf8", newline="")
        listed.write_text("".join(json.dumps({"path": p}) + "\n" for p in paths))
        begun = time.time()
        done = subprocess.run([program, "read", "--quiet", "--whole", "--layers", "--only", "doc", "--list", listed, *model], stdout=subprocess.PIPE)
        seconds = time.time() - begun
        if done.returncode not in (0, 1):
            sys.exit(f"the program ended with {done.returncode}")
        found = {line["source"]: line for line in map(json.loads, done.stdout.splitlines())}
        return [found.get(p, {"tokens": [], "sentences": []}) for p in paths], seconds


def f1(right, found, wanted):
    p, r = right / max(1, found), right / max(1, wanted)
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def sentence_spans(spans, starts):
    ends = [*starts[1:], len(spans)]
    return {(spans[a][0], spans[b - 1][1]) for a, b in zip(starts, ends)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("treebank"); ap.add_argument("--model"); ap.add_argument("--errors", type=int, default=0); ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    wanted = [raw(doc) for doc in documents(a.treebank)]
    found, seconds = read([text for text, _, _ in wanted], ["--model", a.model] if a.model else [])
    tokens, sentences, errors = [0, 0, 0], [0, 0, 0], []
    for (text, spans, starts), line in zip(wanted, found):
        got = {(t[0], t[1]) for t in line["tokens"]}
        got_sentences, want_sentences = {tuple(s) for s in line["sentences"]}, sentence_spans(spans, starts)
        for sums, g, w in ((tokens, got, set(spans)), (sentences, got_sentences, want_sentences)):
            sums[0] += len(g & w); sums[1] += len(g); sums[2] += len(w)
        begins, want_begins = {s for s, _ in got_sentences}, {s for s, _ in want_sentences}
        for at in begins ^ want_begins:
            errors.append(f"{'extra ' if at in begins else 'missed'} {text[max(0, at - 60):at]!r} ## {text[at:at + 40]!r}")
    for line in random.Random(0).sample(sorted(errors), min(a.errors, len(errors))):
        print(line)
    figures = {"words": tokens[2], "sentences": sentences[2], "word_f1": f1(*tokens), "sentence_f1": f1(*sentences), "words_a_second": tokens[1] / seconds}
    show = lambda v: "P {p:.4f} R {r:.4f} F1 {f1:.4f}".format(**v) if isinstance(v, dict) else f"{v:.0f}"
    print(json.dumps(figures) if a.json else "\n".join(f"{k:16} {show(v)}" for k, v in figures.items()))


if __name__ == "__main__":
    main()
