#!/usr/bin/env python3
"""Events scored on sentences coded by PLOVER's authors and users. Standard library only.

  plover.py gold  RECORDS     PLOVER's gold standard records (PLOVER_GSR_CAMEO.txt): is an event found at the marked words, of which type,
                              and who are its source and target?
  plover.py pairs FILE.tsv    PLV pairs as `sets.py pairs` ranks them, per type

Both sets were coded under older rules than the manual that the program follows, so each is scored twice: as the wire has it, and
through the bridge: CONCEDE and RETREAT are YIELD in PLV; DEMAND is REQUEST, DISAPPROVE and INVESTIGATE are ACCUSE, FIGHT is ASSAULT in
the records; and a friendly act that is still to come is coded AGREE, which the wire tells by `status` instead.

The program is $CHANCERY (default ../target/release/chancery). --errors N prints N wrong answers, --json prints the figures as JSON."""
import argparse, collections, csv, json, re, statistics

from lines import events

OLD = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
FRIENDLY = {"CONSULT", "SUPPORT", "COOPERATE", "AID", "RETREAT", "CONCEDE"}


def words(text):
    return [w for w in re.findall(r"\w+", (text or "").casefold()) if w not in {"the", "of", "a", "an", "and", "s", "in"}]


def meets(who, said):
    """Whether one of `who` has a word in common with what is said of the party, by its words, its name or its side."""
    want = set(words(said))
    return any(want & set(words(w["cite"]["text"]) + words(w.get("name")) + words(w.get("side"))) for w in who)


def markup_of(record):
    more = record.get("textInfo")
    return more.get("markup", "") if isinstance(more, dict) else ""


def bridged(event):
    future = event["type"] in FRIENDLY and event["status"] == "planned"
    return "AGREE" if future else event["type"]


def gold(a):
    text = open(a.path, encoding="utf8").read()
    records = [r for r in json.loads(text[text.index("[\n"):]) if r["event"] != "DOCUMENT"]
    found = events([r["text"] for r in records])
    tally = collections.Counter()
    for record, lines in zip(records, found):
        kind = OLD.get(record["event"], record["event"])
        marked = {w for m in re.findall(r"\(EVT: ([^)]*)\)", markup_of(record)) for w in words(m)}
        parties = {side: [p["actorText"] for p in record.get(side) or [] if isinstance(p, dict)] for side in ("source", "target")}
        touch = lambda e, key, side: any(meets(e[key], p) for p in parties[side])
        here = [e for e in lines if marked & set(words(e["trigger"]["text"]))]
        tally["records"] += 1
        if not here:
            shown(a, tally, kind, "nothing found", record)
            continue
        tally["found"] += 1
        # One record codes one event of its sentence: the one whose parties fit best, the first of equals.
        best = max(here, key=lambda e: 2 * touch(e, "actors", "source") + touch(e, "recipients", "target"))
        tally["type"] += best["type"] == kind
        tally["type through the bridge"] += bridged(best) == kind
        tally["any event of the type"] += any(bridged(e) == kind for e in here)
        if bridged(best) != kind:
            shown(a, tally, kind, f"{best['type']} at {best['trigger']['text']!r}", record)
        for side, key in (("source", "actors"), ("target", "recipients")):
            for party in parties[side]:
                tally[side + "s"] += 1
                # In events that both do together ("met"), either list may name either.
                tally[side] += meets(best[key], party) or (kind in ("CONSULT", "AGREE", "COOPERATE") and meets(best["actors"] + best["recipients"], party))
    n = max(1, tally["found"])
    share = lambda k: tally[k] / max(1, tally[k + "s"])
    return {"records": tally["records"], "found": tally["found"] / max(1, tally["records"]), "type": tally["type"] / n,
            "type_bridged": tally["type through the bridge"] / n, "type_among_found": tally["any event of the type"] / n,
            "source": share("source"), "target": share("target")}


def shown(a, tally, kind, got, record):
    if tally["shown"] < a.errors:
        tally["shown"] += 1
        print(kind, "|", got, "|", markup_of(record)[:260])


def pairs(a):
    rows = list(csv.DictReader(open(a.path, encoding="utf8"), delimiter="\t"))
    found = events([r["sentence"] for r in rows])
    out = {"pairs": len(rows)}
    folded = lambda kind: "YIELD" if kind in ("CONCEDE", "RETREAT") else kind
    for name, kind_of in (("wire", lambda e: e["type"]), ("yield", lambda e: folded(e["type"])), ("bridged", lambda e: folded(bridged(e)))):
        per, right = collections.defaultdict(lambda: [0, 0, 0]), 0
        for r, lines in zip(rows, found):
            within = lambda who, said: any(w["cite"]["text"] in said or said in w["cite"]["text"] for w in who if w["cite"]["text"])
            rank = sorted(lines, key=lambda e: -(2 * within(e["actors"], r["source"]) + within(e["recipients"], r["target"])))
            got, want = (kind_of(rank[0]) if rank else None), r["gold_root"]
            per[want][1] += 1
            per[got][2] += got is not None
            if got == want:
                right += 1
                per[want][0] += 1
            elif name == "bridged" and a.errors > 0:
                a.errors -= 1
                print(want, "|", got, "|", r["marked_sentence"][:260])
        f1 = {k: 2 * tp / (need + gave) for k, (tp, need, gave) in per.items() if k and need}
        out["accuracy_" + name] = right / max(1, len(rows))
        out["macro_f1_" + name] = statistics.mean(f1.values())
        if name == "bridged":
            out["f1"] = {k: round(v, 3) for k, v in sorted(f1.items())}
    return out


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("set", choices=["gold", "pairs"])
    ap.add_argument("path")
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    got = globals()[a.set](a)
    show = lambda v: f"{v:.3f}" if isinstance(v, float) else str(v)
    print(json.dumps(got) if a.json else "\n".join(f"{k:18} {show(v)}" for k, v in got.items()))


if __name__ == "__main__":
    main()
