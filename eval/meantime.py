#!/usr/bin/env python3
"""Events scored on MEANTIME (Wikinews on Airbus and Apple). Standard library only.

  meantime.py DIR     DIR is a corpus of the set (…/intra_cross-doc_annotation/corpus_airbus)

MEANTIME marks every event of any kind, the program only those of PLOVER's types, so recall can not be high. An event counts as found
when its trigger holds a marked token. Factuality is compared on the events that both have: certainty, polarity and time of the set
against our `status`:

  NEG -> denied; POSSIBLE or PROBABLE -> possible, demanded or planned; FUTURE -> planned, demanded or possible; else occurred or ongoing

Both corpora taught the reader's head for names (training/), so figures that hang on names are not of unseen text.
The program is $CHANCERY (default ../target/release/chancery). --errors N prints N wrong answers, --json prints the figures as JSON."""
import argparse, bisect, collections, json
import xml.etree.ElementTree as tree
from pathlib import Path

from lines import events as read

NO_SPACE = {",", ".", ";", ":", "!", "?", ")", "'s", "n't", "''", "%", "'"}


def document(path):
    """Text, start of each token, the events as (token indexes, attributes), and how far the text was marked: often its first
    sentences alone."""
    root = tree.parse(path).getroot()
    text, starts, sentence, place = "", [], None, {}
    for token in root.findall("token"):
        word = token.text or ""
        if sentence is not None and token.get("sentence") != sentence:
            text += "\n\n" if sentence in ("0", "1") else " "
        elif text and word not in NO_SPACE and not text.endswith(("(", "$", "``")):
            text += " "
        sentence = token.get("sentence")
        place[token.get("t_id")] = len(starts)
        starts.append(len(text))
        text += word
    events, read_to = [], 0
    for mark in (root.find("Markables") if root.find("Markables") is not None else []):
        read_to = max([read_to, *(place[a.get("t_id")] for a in mark.findall("token_anchor"))])
    for mark in root.iter("EVENT_MENTION"):
        tokens = [place[a.get("t_id")] for a in mark.findall("token_anchor")]
        if tokens:
            events.append((tokens, dict(mark.attrib)))
    return text, starts, events, starts[read_to] if starts else 0


def wanted(mark):
    """The statuses that agree with what the set says of an event; None where it says nothing."""
    if mark.get("polarity") == "NEG":
        return {"denied"}
    if mark.get("certainty") in ("POSSIBLE", "PROBABLE"):
        return {"possible", "demanded", "planned"}
    if mark.get("time") == "FUTURE":
        return {"planned", "demanded", "possible"}
    return {"occurred", "ongoing"} if mark.get("time") == "NON_FUTURE" else None


def score(a):
    documents = [document(path) for path in sorted(Path(a.path).glob("*.xml"))]
    found = read([text for text, *_ in documents])
    tally, turned, shown = collections.Counter(), collections.Counter(), 0
    for (_, starts, events, read_to), lines in zip(documents, found):
        tally["marked"] += len(events)
        owner = {t: n for n, (tokens, _) in enumerate(events) for t in tokens}
        hit = set()
        for line in lines:
            if line["trigger"].get("start") is None or line["trigger"]["start"] > read_to:
                continue
            tally["given"] += 1
            first = bisect.bisect_left(starts, line["trigger"]["start"])
            last = bisect.bisect_left(starts, line["trigger"]["end"])
            here = [owner[t] for t in range(first, last) if t in owner]
            if not here:
                continue
            tally["right"] += 1
            hit.update(here)
            want = wanted(events[here[0]][1])
            if want is None:
                continue
            tally["facts"] += 1
            tally["facts_right"] += line["status"] in want
            turned["/".join(sorted(want)), line["status"]] += 1
            if line["status"] not in want and shown < a.errors:
                shown += 1
                print("/".join(sorted(want)), "|", line["status"], "|", line["trigger"]["text"], "|", line["sentence"]["text"][:220])
        tally["found"] += len(hit)
    p, r = tally["right"] / max(1, tally["given"]), tally["found"] / max(1, tally["marked"])
    return {"documents": len(documents), "events": tally["marked"], "given": tally["given"], "p": p, "r": r,
            "f1": 2 * p * r / (p + r) if p + r else 0.0, "status": tally["facts_right"] / max(1, tally["facts"]),
            "turned": {f"{want} as {got}": n for (want, got), n in turned.most_common()}}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("path")
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    got = score(a)
    show = lambda v: f"{v:.3f}" if isinstance(v, float) else str(v)
    print(json.dumps(got) if a.json else "\n".join(f"{k:10} {show(v)}" for k, v in got.items()))


if __name__ == "__main__":
    main()
