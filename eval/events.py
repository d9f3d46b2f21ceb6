#!/usr/bin/env python3
"""Which reports of ECB+ tell of one event? Standard library only.

  CHANCERY=target/release/chancery eval/events.py '../shared/data/ecbplus' [--topics 2,5,12,18,21,34,35] [--errors 20] [--json]

The documents of the topics go into one record (`read --whole --into`), all topics together, and `export` gives the events that
the program reads and the happenings that it makes of them. No threshold is chosen here. Only sentences that the corpus lists as
annotated with coreference count (`ECBplus_coreference_sentences.csv`). An event of ours is a gold mention when their words overlap.

Two figures, each with MUC (Vilain and others 1995), B³ (Bagga and Baldwin 1998), CEAFe (Luo 2005) and their mean, the CoNLL score:

  linking   over the gold mentions that we found: how well they are put together
  all       over all gold mentions and all our events: what is not found counts against us, what is found beside them too
            (responses are compared as the CoNLL-2011 scorer does; singletons count)

Beside ours the lemma baseline of the literature on the very same events: two are one when their trigger has the same base form, in
the same topic (`lemma`), or in the same half of it (`lemma, half`: the two events of a kind that a topic is about are told apart for
it by the gold). `single` puts nothing together.
"""
import argparse, collections, csv, json, os, re, subprocess, tempfile
import xml.etree.ElementTree as ET
from pathlib import Path

from clusters import b_cubed, ceaf, muc

DEV = "2,5,12,18,21,34,35"


class Document:
    """A document's text as a page would print it, with the place of every token, and its gold mentions."""

    def __init__(self, path, listed):
        root = ET.parse(path).getroot()
        self.key, self.topic = path.stem, path.stem.split("_")[0]
        self.half = self.topic + ("plus" if "ecbplus" in path.stem else "")
        self.text, self.place, sentence_of, before = "", {}, {}, None
        for token in root.findall("token"):
            sentence, words = int(token.get("sentence")), token.text or ""
            if "plus" in self.half and sentence == 0:
                continue  # the address of the page
            if before is not None:
                self.text += "\n\n" if sentence != before else "" if joins(self.text, words) else " "
            before = sentence
            words = {"``": '"', "''": '"'}.get(words, words)
            self.place[token.get("t_id")] = (len(self.text), len(self.text) + len(words))
            sentence_of[token.get("t_id")] = sentence
            self.text += words
        self.selected = []
        for t, at in self.place.items():
            if (self.topic, path.stem.split("_", 1)[1], sentence_of[t]) in listed:
                self.selected.append(at)
        instances, markables = {}, root.find("Markables")
        for relation in root.find("Relations"):
            name = relation.get("note") if relation.tag == "CROSS_DOC_COREF" else f"{self.key}/{relation.get('r_id')}"
            for source in relation.findall("source"):
                instances.setdefault(source.get("m_id"), name)
        self.mentions = {}  # (start, end) → chain
        for m in markables:
            tokens = [a.get("t_id") for a in m.findall("token_anchor") if a.get("t_id") in self.place]
            if not tokens or not (m.tag.startswith("ACTION") or m.tag.startswith("NEG_ACTION")):
                continue
            if not all((self.topic, path.stem.split("_", 1)[1], sentence_of[t]) in listed for t in tokens):
                continue
            span = (self.place[tokens[0]][0], self.place[tokens[-1]][1])
            self.mentions.setdefault(span, instances.get(m.get("m_id"), f"{self.key}/{m.get('m_id')}"))

    def is_selected(self, start, end):
        return any(a <= start < b or start <= a < end for a, b in self.selected)


def joins(text, words):
    return bool(re.fullmatch(r"[.,;:!?%)\]]|'s|n't|'re|'ve|'ll|'d|'m|'|''", words)) or text.endswith(("(", "$", "[", "``"))


def read(documents):
    """For each document its events as (start, end, words, happening)."""
    program = os.environ.get("CHANCERY", "chancery")
    with tempfile.TemporaryDirectory() as d:
        with open(Path(d) / "list.jsonl", "w", encoding="utf8") as f:
            for document in documents:
                (Path(d) / f"{document.key}.txt").write_text(document.text, encoding="utf8")
                f.write(json.dumps({"path": f"{document.key}.txt", "outlet": document.key}) + "\n")
        record = str(Path(d) / "ecb.chancery")
        subprocess.run([program, "read", "--quiet", "--whole", "--list", str(Path(d) / "list.jsonl"), "--into", record])
        out = subprocess.run([program, "export", record], stdout=subprocess.PIPE, check=True).stdout.decode("utf8")
    lines = [json.loads(l) for l in out.splitlines()]
    key = {l["id"]: l["outlet"] for l in lines if l["kind"] == "article"}
    of = {r: l for l in lines if l["kind"] == "happening" for r in l["reports"]}
    found = collections.defaultdict(list)
    for l in lines:
        if l["kind"] == "event" and l["trigger"]["start"] is not None:
            t = l["trigger"]
            found[key[l["article"]]].append((t["start"], t["end"], t["text"], of[l["id"]]["id"], l))
    return found


IRREGULAR = {a: b for line in """
be am is are was were been|have has had|do does did done|say said|make made|go went gone|take took taken|come came|see saw seen|get got gotten|give gave given
find found|think thought|tell told|become became|leave left|feel felt|put|bring brought|begin began begun|keep kept|hold held|write wrote written|stand stood
hear heard|let|mean meant|set|meet met|run ran|pay paid|sit sat|speak spoke spoken|lie lay lain|lead led|read|grow grew grown|lose lost|fall fell fallen
send sent|build built|draw drew drawn|break broke broken|spend spent|cut|rise rose risen|drive drove driven|buy bought|wear wore worn|choose chose chosen
shoot shot shooting|kill killer|win won|strike struck|fight fought|throw threw thrown|catch caught|steal stole stolen|sell sold|fly flew flown|die dead death|hit|beat beaten|bid
""".strip().split("\n") for group in line.split("|") for b in [group.split()[0]] for a in group.split()}


def base(words):
    """The base form of a trigger's last word, by its ending: rough, and in favour of the baseline where it errs."""
    w = re.findall(r"[a-z]+", words.lower())[-1:] or [words.lower()]
    w = w[0]
    if w in IRREGULAR:
        return IRREGULAR[w]
    for end, put in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if w.endswith(end) and len(w) - len(end) >= 3 and not (end == "s" and w.endswith("ss")):
            w = w[: -len(end)] + put
            break
    if len(w) > 3 and w[-1] == w[-2] and w[-1] not in "sl":
        w = w[:-1]
    return w.rstrip("e")


def clusters(of):
    groups = collections.defaultdict(set)
    for mention, name in of.items():
        groups[name].add(mention)
    return [frozenset(g) for g in groups.values()]


def f1(p, r):
    return 2 * p * r / (p + r) if p + r else 0.0


def share(pair):
    return pair[0] / pair[1] if pair[1] else 0.0


def ceafe(key, response):
    """As the other measures: the part of the key's clusters that the best pairing covers."""
    return ceaf(key, response), len(key)


def scores(gold, ours):
    key, response = clusters(gold), clusters(ours)
    out = {}
    for name, measure in (("muc", muc), ("b3", b_cubed), ("ceafe", ceafe)):
        p, r = share(measure(response, key)), share(measure(key, response))
        out[name] = {"p": round(p, 4), "r": round(r, 4), "f1": round(f1(p, r), 4)}
    out["conll"] = round(sum(out[n]["f1"] for n in ("muc", "b3", "ceafe")) / 3, 4)
    return out


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("path", type=Path)
    p.add_argument("--topics", default=DEV)
    p.add_argument("--errors", type=int, default=0)
    p.add_argument("--json", action="store_true")
    a = p.parse_args()
    with open(a.path / "ECBplus_coreference_sentences.csv", encoding="utf8") as f:
        listed = {(r["Topic"].strip(), r["File"].strip(), int(r["Sentence Number"])) for r in csv.DictReader(f)}
    documents = [Document(path, listed) for t in a.topics.split(",") for path in sorted((a.path / "ECB+" / t).glob("*.xml"))]
    found = read(documents)
    gold, all_gold, ours, lemma, half, line_of = {}, {}, {}, {}, {}, {}
    for d in documents:
        all_gold.update({(d.key, *span): chain for span, chain in d.mentions.items()})
        for start, end, words, happening, line in sorted(found[d.key], key=lambda e: e[:2]):
            if not d.is_selected(start, end):
                continue
            spans = [s for s in d.mentions if s[0] < end and start < s[1] and (d.key, *s) not in ours]
            mention = (d.key, *(spans[0] if spans else (start, end, "beside")))
            if mention in ours:
                continue
            ours[mention], lemma[mention], half[mention] = happening, (d.topic, base(words)), (d.half, base(words))
            line_of[mention] = (d, words, line)
            if spans:
                gold[mention] = d.mentions[spans[0]]
    systems = {"ours": ours, "lemma": lemma, "lemma, half": half, "single": {m: m for m in ours}}
    figures = {"documents": len(documents), "gold": len(all_gold), "events": len(ours), "found": len(gold)}
    for name, system in systems.items():
        common = {m: c for m, c in system.items() if m in gold}
        figures[name] = {"linking": scores(gold, common), "all": scores(all_gold, system)}
    errors(a.errors, gold, ours, line_of)
    if a.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        for kind in ("linking", "all") if isinstance(value, dict) else ():
            s = value[kind]
            print(f"{name:12} {kind:8}", *(f"{n} {s[n]['f1']:.3f} (P {s[n]['p']:.3f}, R {s[n]['r']:.3f})" for n in ("muc", "b3", "ceafe")), f"CoNLL {s['conll']:.3f}")
        if not isinstance(value, dict):
            print(f"{name}: {value}")


def errors(most, gold, ours, line_of):
    shown = 0
    groups = [g for g in clusters({m: ours[m] for m in gold}) if len({gold[m] for m in g}) > 1]
    for g in sorted(groups, key=sorted)[:most]:
        print("mixed")
        for m in sorted(g):
            show(m, gold, ours, line_of)
    parted = [g for g in clusters(gold) if len({ours[m] for m in g}) > 1]
    for g in sorted(parted, key=lambda g: (-len(g), sorted(g)))[:most]:
        print("parted")
        for m in sorted(g, key=lambda m: ours[m]):
            show(m, gold, ours, line_of)


def show(m, gold, ours, line_of):
    d, words, line = line_of[m]
    names = lambda whos: "+".join(w["name"] or w["cite"]["text"] for w in whos)
    when = line["when"] and line["when"].get("value")
    print(f"   {d.key:12} {gold[m][-8:]} {ours[m][-4:]} {line['type']}/{line['mode']} {line['status']} [{words}] {names(line['actors'])} → {names(line['recipients'])} @{when} | {line['sentence']['text'][:110]}")


main()
