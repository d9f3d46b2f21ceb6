#!/usr/bin/env python3
"""How well quantities are found in sentences of the news, measured on NewsQuant. Standard library only.

  CHANCERY=target/release/chancery eval/newsquant.py ../shared/data/num-newsquant/NewsQuant-first-half.json [--errors 40] [--json]

The set (Almasian and others 2023, "CQE: A Comprehensive Quantity Extractor"; GPL) is measured on and never trained on. Each
sentence is read by itself with `chancery read --whole --only figure`.

Figures as in the paper: a quantity is found when its value agrees (both ends of a range, relative tolerance 1e-5), and found
with its unit when the normalised unit agrees as well. Precision and recall are counted over all sentences. A quantity of the set is
paired with at most one of ours; `paper_unit` besides counts units as the paper's own script does, which pairs every equal value of
a sentence with every other.

The wire names units its own way; `NAMES` says how the set calls them. For what is counted, the set takes the noun in its base form
with the adjectives and nouns before it; here that is put together from `counted` and `unit`.
"""
import argparse, json, math, re

import lines

NAMES = {
    "percent": "percentage", "us dollar": "dollar", "dollar": "dollar", "yen": "japanese yen", "time": "count", "count": "count",
    "pound": "pound-mass", "mass pound": "pound-mass", "degree celsius": "celsius", "degree fahrenheit": "fahrenheit",
    "gigaton": "gigaton", "ringgit": "malaysian ringgit", "pence": "point", "person": "people", "foot-pound": "foot pound-force", "danish crown": "danish krone",
    "revolution per minute": "revolutions per minute", "metric horsepower": "horsepower", "tonne": "metric ton",
    "million british thermal units": "mega british thermal unit", "rouble": "russian ruble", "indian rupee": "indian rupee",
}


def unit_of(figure):
    """The unit of a line as the set would call it."""
    unit = (figure["unit"] or "").lower()
    if not unit:
        return "% -" if figure["why"]["rule"] == "figure/share" else "-"
    if figure["why"]["rule"] not in ("figure/count", "figure/share") or " per " in unit:
        return " per ".join(NAMES.get(part, part) for part in NAMES.get(unit, unit).split(" per ")) if unit not in KEEP else unit
    if unit in NAMES:
        return NAMES[unit]
    words = ((figure["counted"] or {}).get("text") or "").lower().split()
    words = words[1:] if words[:1] in (["the"], ["another"], ["a"]) else words
    stem = unit[:max(3, len(unit) - 3)]
    at = next((n for n, word in enumerate(words) if word.startswith(stem)), None)
    if at is None or unit in UNITS_OF_COUNT:
        return unit
    return " ".join([*words[:at], unit])


KEEP = {"mile per hour", "kilometre per hour", "metre per second", "megabit per second", "gigabit per second", "barrel per day"}
UNITS_OF_COUNT = {"point", "count"}


def value_of(figure):
    if figure["value"] is not None:
        return (figure["value"],)
    return (figure["low"], figure["high"])


def value_in_set(words):
    ends = words.split("-") if not words.startswith("-") else [words]
    return tuple(sorted(float(end) for end in ends))


def same(a, b):
    return len(a) == len(b) and all(math.isclose(x, y, rel_tol=1e-5, abs_tol=1e-8) for x, y in zip(a, b))


def prf(hit, gave, need):
    p, r = hit / gave if gave else 0.0, hit / need if need else 0.0
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def pairs(need, gave):
    """One-to-one pairs of equal values, those with equal units first."""
    equal = [(n, g) for n, (value, _) in enumerate(need) for g, (other, _) in enumerate(gave) if same(value, other)]
    equal.sort(key=lambda pair: need[pair[0]][1] != gave[pair[1]][1])
    out, used = [], (set(), set())
    for n, g in equal:
        if n not in used[0] and g not in used[1]:
            out.append((n, g))
            used[0].add(n), used[1].add(g)
    return out, equal


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file")
    parser.add_argument("--errors", type=int, default=0, help="print so many sentences with errors")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    items = json.load(open(args.file, encoding="utf8"))
    counts = dict.fromkeys(("need", "gave", "value", "unit", "paper_unit", "one", "one_missed"), 0)
    shown = 0
    for item, figures in zip(items, lines.read([item["text"] for item in items], "figure")):
        need = [(value_in_set(q["value"]), q["normalized_unit"].lower()) for q in item["quantities"]]
        gave = [(value_of(f), unit_of(f)) for f in figures]
        matched, equal = pairs(need, gave)
        units = [(n, g) for n, g in matched if need[n][1] == gave[g][1]]
        counts["need"] += len(need)
        counts["gave"] += len(gave)
        counts["value"] += len(matched)
        counts["unit"] += len(units)
        counts["paper_unit"] += sum(need[n][1] == gave[g][1] for n, g in equal)
        ones = {n for n, (value, _) in enumerate(need) if value == (1.0,)}
        counts["one"] += len(ones)
        counts["one_missed"] += len(ones - {n for n, _ in matched})
        wrong = len(units) < max(len(need), len(gave))
        if wrong and shown < args.errors:
            shown += 1
            print(item["text"])
            for n, (value, unit) in enumerate(need):
                if n not in {m for m, _ in matched}:
                    print("    missed:", value, "|", unit)
            for g, (value, unit) in enumerate(gave):
                if g not in {m for _, m in matched}:
                    print("    extra: ", value, "|", unit, "|", figures[g]["cite"]["text"])
            for n, g in matched:
                if need[n][1] != gave[g][1]:
                    print("    unit:  ", value_of(figures[g]), "|", need[n][1], "| ours:", gave[g][1], "|", figures[g]["cite"]["text"])
    out = {kind: prf(counts[kind], counts["gave"], counts["need"]) for kind in ("value", "unit", "paper_unit")}
    out["counts"] = counts
    if args.json:
        print(json.dumps(out))
        return
    for kind in ("value", "unit", "paper_unit"):
        print(f"{kind:11} P {out[kind]['p']:.3f}  R {out[kind]['r']:.3f}  F1 {out[kind]['f1']:.3f}")
    print(f"{counts['need']} quantities, {counts['gave']} given; {counts['one_missed']} of {counts['one']} that are worth one are missed")


if __name__ == "__main__":
    main()
