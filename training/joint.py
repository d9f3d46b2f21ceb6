"""Trains all heads together: the treebanks and names again, who said what (PolNeAR), who is who (GUM, LitBank, ECB+, names that become pronouns).

  joint.py --out work/NAME.pt --from work/v3.pt --silver work/silver2.jsonl [--minutes M] [--without-polnear]
  joint.py --out work/NAME.pt --from work/v4.pt --again --rest 0.5 --silver work/silver2.jsonl      # on from weights that have all heads, half of what is not PolNeAR

The schedule follows the steps, or the clock where --minutes end sooner. Every `--save-every` minutes the weights are kept and exported as reader-early.chm."""
import argparse, random, sys, time
from pathlib import Path
import torch
import torch.nn.functional as F
import attribution, coreference, corpus, data, evaluate, export, said
from model import QLinear, crf_cost
from names import Swaps, KINDS
from train import WEIGHT, loss_of, save

MORE = {"attr": 1.0, "crf": 1.0, "link": 0.6, "coref": 1.2}
PIECES = 186             # of a window: the engine reads a paragraph at a time, and cuts the longer ones


# ---- documents to portions of paragraphs ---------------------------------------------------------------------------------------

def portions(sents, pieces, budget, rng):
    """Consecutive sentences of at most `budget` pieces, beginning at a random sentence of the document's start."""
    out, cur, n = [], [], 0
    first = rng.randrange(1, 12) if len(sents) > 80 else 0          # long texts are cut at other places each time
    for i, s in enumerate(sents):
        k = sum(len(pieces(t)) for t in s["tokens"])
        if cur and (n + k > budget or i == first):
            out.append(cur); cur, n = [], 0
        cur.append(s); n += k
    return out + ([cur] if cur else [])


def paragraphs(sents, pieces, rng, real):
    """Windows as the engine makes them: one a paragraph. Where the text has no paragraphs (`real` is false) they are drawn."""
    out, cur, n, limit = [], [], 0, rng.choice((40, 90, 140, PIECES))
    for s in sents:
        k = sum(len(pieces(t)) for t in s["tokens"])
        new = bool(cur) and (s["par"] != cur[-1][0]["par"] if real else n + k > limit)
        if cur and (new or n + k > PIECES):
            out.append(cur); cur, n = [], 0
            limit = rng.choice((40, 90, 140, PIECES))
        cur.append((s, False)); n += k
    return out + ([cur] if cur else [])


def broken(sents, rng):
    """Straight marks for curly ones in some texts, and now and then one that is missing."""
    if rng.random() < 0.25:
        flat = str.maketrans("“”‘’", "\"\"''")
        sents = [{**s, "tokens": [t.translate(flat) for t in s["tokens"]]} for s in sents]
    if rng.random() < 0.15:
        sents = [without_mark(s, rng) if rng.random() < 0.2 else s for s in sents]
    return sents


def without_mark(s, rng):
    q = [i for i, t in enumerate(s["tokens"]) if t in ('"', "“", "”")]
    return (data.drop_token({k: v for k, v in s.items() if k != "head"}, rng.choice(q)) or s) if q else s


def encoded(win, pieces, index):
    """As data.encode, with links and what coreference needs."""
    x = data.encode(win, pieces, index)
    flat = [(s, i) for s, _ in win for i in range(len(s["tokens"]))]
    y = x["lab"].get("attr", [])
    for i, k in enumerate(y):                                     # what goes on from the window before, or whose first token is gone, begins anew
        if k > 0 and k % 2 == 0 and (i == 0 or y[i - 1] not in (k, k - 1)):
            y[i] = k - 1
    x["link"] = attribution.links([(s["attr"][i], s["said"][i]) if "attr" in s else ("O", -1) for s, i in flat])
    x["who"] = [(j, s["kind"][i], s["ent"][i], s["learn"][i], bool(s.get("rival") and s["rival"][i]), s["tokens"][i].lower(), s["words"][i])
                for j, (s, i) in enumerate(flat) if "kind" in s and s["kind"][i] >= 0]
    return x


def document_batches(name, docs, pieces, index, rng, budget, real, swap_rate):
    """Batches of portions: [[window]] each, and what the batch is of."""
    units = []
    for _, sents in docs:
        for part in portions(sents, pieces, budget, rng):
            part = broken(part, rng) if name == "polnear" else part
            if rng.random() < swap_rate:
                part, _ = coreference.pronouns(part, rng)
            wins = paragraphs(part, pieces, rng, real)
            enc = [encoded(w, pieces, index) for w in wins]
            units.append((sum(len(e["ids"]) for e in enc), enc))
    rng.shuffle(units)
    out, cur, n = [], [], 0
    for size, enc in units:
        if cur and n + size > budget * 1.1:
            out.append(cur); cur, n = [], 0
        cur.append(enc); n += size
    return [(name, b) for b in out + ([cur] if cur else [])]


def collate(units, pad):
    wins = [w for u in units for w in u]
    x = data.collate(wins, pad)
    x["link"] = torch.full(x["first"].shape, -100)
    for i, w in enumerate(wins):
        x["link"][i, :len(w["link"])] = torch.tensor(w["link"])
    x["who"], row = [], 0
    for u in units:
        x["who"].append([(row + k, *c) for k, w in enumerate(u) for c in w["who"]]); row += len(u)
    return x


# ---- costs -----------------------------------------------------------------------------------------------------------------------

def matches(who):
    """[n, n]: 1 where the words are the same, 2 where the names share a word, else 0."""
    ids = {}
    same = torch.tensor([ids.setdefault(c[6], len(ids)) for c in who])
    match = torch.zeros(len(who), len(who), dtype=torch.long)
    words = {}
    rows = [(i, words.setdefault(w, len(words))) for i, c in enumerate(who) for w in c[7]]
    if rows:
        m = torch.zeros(len(who), len(words))
        m[tuple(torch.tensor(rows).T)] = 1
        match[m @ m.T > 0] = 2
    match[same[:, None] == same[None]] = 1
    return match


def coref_cost(model, x, who):
    """Marginal likelihood of all antecedents; (sum, weight)."""
    if len(who) < 2 or not any(c[4] for c in who):
        return None
    row, col, kind, ent, learn = (torch.tensor([c[k] for c in who]) for k in range(5))
    rival = torch.tensor([c[5] for c in who])
    s = model.coref(x[row, col], kind, matches(who))
    same = (ent[:, None] == ent[None]) & (ent >= 0)[:, None] & (torch.arange(len(who))[None] < torch.arange(len(who))[:, None])
    out = (learn[:, None] == 2) & (ent < 0)[None] | (learn[:, None] == 3) & ~rival[None]
    same &= ~out
    any_ = same.any(1)
    gold = torch.cat([~any_[:, None], same], 1)
    s = torch.cat([s[:, :1], s[:, 1:].masked_fill(out, -1e4)], 1)
    ok = (learn == 1) | (learn >= 2) & any_
    cost = torch.logsumexp(s, 1) - torch.logsumexp(s.masked_fill(~gold, -1e4), 1)
    w = ok.float() * torch.where(any_, torch.where(kind == 2, 1.3, 1.0), torch.where(kind == 2, 1.0, 0.5))
    return (cost * w).sum(), w.sum()


def costs(model, x):
    v = model.vectors(x["ids"], x["shapes"], x["mask"], x["first"])
    tags, n, parts = model.tag(v), max(1, int((x["seg"] >= 0).sum())), {}
    for k, y in x["lab"].items():
        if k in tags and bool((y >= 0).any()):
            parts[k] = F.cross_entropy(tags[k].float().flatten(0, 1), y.flatten(), ignore_index=-100, reduction="sum") / n
    if "attr" in parts:
        y = x["lab"]["attr"]
        y = torch.where(y >= 0, y, -1)
        parts["crf"] = crf_cost(tags["attr"].float(), y, model.attr_transitions()).sum() / n
        parts["link"] = F.cross_entropy(mask_pad(model.link(v).float(), x).flatten(0, 1), x["link"].flatten(), ignore_index=-100, reduction="sum") / n
    if bool((x["arc"] >= 0).any()):
        arcs, pair = model.arcs(v)
        same = x["seg"][:, :, None] == x["seg"][:, None, :]
        same = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
        parts["arc"] = F.cross_entropy(arcs.float().masked_fill(~same, -1e4).flatten(0, 1), x["arc"].flatten(), ignore_index=-100, reduction="sum") / n
        r = model.relations(pair, x["arc"].clamp_min(0))
        parts["rel"] = F.cross_entropy(r.float().flatten(0, 1), x["lab"]["rel"].flatten(), ignore_index=-100, reduction="sum") / n
    got = [c for c in (coref_cost(model, v, who) for who in x.get("who", [])) if c and float(c[1]) > 0]
    if got:
        parts["coref"] = sum(c for c, _ in got) / sum(w for _, w in got) * 0.5
    return parts


def mask_pad(scores, x):
    return scores.masked_fill(torch.cat([torch.zeros_like(x["seg"][:, :1]), x["seg"]], 1)[:, None] < 0, -1e4)


# ---- the run ---------------------------------------------------------------------------------------------------------------------

def documents(a):
    """{name: (documents, whether their paragraphs are real, how often names become pronouns)}"""
    gum = [d for d in data.conllu(corpus.DATA / "ud-gum/en_gum-train.conllu") if d[0].split("_")[1] in data.GUM_GENRES]
    for _, s in gum:
        __import__("names").gum(s); coreference.gum(s)
    docs = {"gum": (gum, True, 0.1),
            "litbank": (coreference.litbank(corpus.DATA / "coref-litbank/coref/tsv"), False, 0.15),
            "ecb": ([(k, [s for s in d if any(e >= 0 for e in s["ent"])]) for k, d in coreference.ecb(corpus.DATA / "ecbplus/ECB+")], False, 0.1)}
    docs["ecb"] = ([d for d in docs["ecb"][0] if d[1]], *docs["ecb"][1:])
    for name in ("litbank", "ecb"):                        # their sentences are cut in other ways
        for _, d in docs[name][0]:
            for s in d:
                s["sent"] = False
    if not a.without_polnear:
        said_docs = attribution.documents(corpus.DATA / "quotes-polnear/data/train", "polnear-train")
        for _, d in said_docs:
            for s in d:
                coreference.prepare(s)
        coreference.layers_of(said_docs)
        docs["polnear"] = (said_docs, True, 0.8)
    return docs


def epoch_of(sources, docs, pieces, index, rng, swaps, budget, rest):
    wins = [w for d in sources.values() for w in data.windows(d, pieces, rng)]
    enc = [data.encode(data.augment(w, rng, swaps), pieces, index) for w in wins]
    out = [("tree", [enc[i] for i in b]) for b in data.batches(enc, budget, rng)]
    for name, (d, real, rate) in docs.items():
        out += document_batches(name, d, pieces, index, rng, budget, real, rate)
    rng.shuffle(out)
    return [b for b in out if b[0] == "polnear" or rng.random() < rest]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True); ap.add_argument("--from", dest="start", required=True); ap.add_argument("--silver")
    ap.add_argument("--steps", type=int, default=5600); ap.add_argument("--minutes", type=float, default=1e9); ap.add_argument("--budget", type=int, default=1400)
    ap.add_argument("--lr", type=float, default=1e-4); ap.add_argument("--head-lr", type=float, default=1e-3); ap.add_argument("--warm", type=float, default=0.03)
    ap.add_argument("--seed", type=int, default=5); ap.add_argument("--save-every", type=float, default=12, help="minutes")
    ap.add_argument("--without-polnear", action="store_true", help="without the texts that carry no licence: such weights have no attr and link")
    ap.add_argument("--again", action="store_true", help="the weights begun from have all heads already")
    ap.add_argument("--rest", type=float, default=1.0, help="share of the batches kept of what is not PolNeAR")
    a = ap.parse_args()
    torch.set_num_threads(1); torch.manual_seed(a.seed); rng = random.Random(a.seed)
    log = open(Path(a.out).with_suffix(".log"), "a", buffering=1)
    say = lambda *x: (print(*x, flush=True), print(*x, file=log))
    say(" ".join(sys.argv), time.strftime("%H:%M"))
    sources, docs = corpus.training(*([a.silver] if a.silver else [])), documents(a)
    WEIGHT.update(MORE, names=1.5)
    with_said = {} if a.without_polnear else {"link_dim": 96}
    model, pieces = evaluate.load(a.start) if a.again else evaluate.load(a.start, tags=[] if a.without_polnear else ["attr"], labels={} if a.without_polnear else {"attr": attribution.LABELS}, coref_dim=128, **with_said)
    index = {k: {l: i for i, l in enumerate(v)} for k, v in model.c.labels.items()}
    enc_p = [p for n, p in model.named_parameters() if n.startswith(("layers.", "position", "norm."))]
    new = ("tags.attr", "link_", "coref_", "attr_")
    head_p = [p for n, p in model.named_parameters() if not n.startswith(("layers.", "position", "norm.", "word.", *new))]
    new_p = [p for n, p in model.named_parameters() if n.startswith(new)]
    opt = torch.optim.AdamW([{"params": ps, "lr": 0, "peak": lr, "weight_decay": 0.01} for ps, lr in ((enc_p, a.lr), (head_p, a.head_lr * 0.5), (new_p, a.head_lr))], betas=(0.9, 0.98), fused=True)
    sparse = torch.optim.SparseAdam([model.word.weight], lr=a.lr * 0.5); sparse.param_groups[0]["peak"] = a.lr * 0.5
    swaps = Swaps(sources)
    step, t0, epoch, run, saved = 0, time.time(), 0, {}, 0
    at = lambda: max(step / a.steps, (time.time() - t0) / (60 * a.minutes))
    while at() < 1:
        todo = epoch_of(sources, docs, pieces, index, rng, swaps, a.budget, a.rest)
        say(f"epoch {epoch}: {len(todo)} batches, {time.time() - t0:.0f} s")
        for kind, b in todo:
            model.train()
            x = collate(b, pieces.pad) if kind != "tree" else data.collate(b, pieces.pad)
            done = min(1.0, at()); f = min((step + 1) / (a.warm * a.steps), (1 - done) / (1 - a.warm))
            for g in opt.param_groups + sparse.param_groups:
                g["lr"] = g["peak"] * max(0.0, f)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                parts = costs(model, x)
                loss = sum(WEIGHT.get(k, 1.0) * v for k, v in parts.items())
            if not parts:
                continue
            loss.backward()
            torch.nn.utils.clip_grad_norm_(enc_p + head_p + new_p, 2.0, foreach=True)
            opt.step(); sparse.step(); opt.zero_grad(); sparse.zero_grad()
            for k, v in parts.items():
                key = k if kind == "tree" or k in MORE and k != "coref" else f"{k}/{kind}"
                run[key] = 0.97 * run.get(key, v.item()) + 0.03 * v.item()
            step += 1
            if step % 100 == 0:
                say(f"{step} epoch {epoch} {time.time() - t0:.0f} s  " + "  ".join(f"{k} {v:.3f}" for k, v in sorted(run.items())))
            if time.time() - t0 > 60 * a.save_every * (saved + 1):
                saved += 1
                early(model, pieces, a.out, say)
            if at() >= 1:
                break
        epoch += 1
    save(model, pieces, a.out)
    say(f"done in {time.time() - t0:.0f} s, {epoch} epochs, {step} steps")
    say(evaluate.show(evaluate.evaluate(model, pieces, single=False)))
    if "attr" in model.c.tag_heads:
        say(said.show(said.score(model, pieces)))


def early(model, pieces, out, say):
    save(model, pieces, out)
    with torch.no_grad():
        o = model.c.labels["names"].index("O")
        model.tags["names"].bias[o] += 1.5
        export.export(model, pieces, Path(out).with_name("reader-early.chm"), "chancery reader 2, on the way")
        model.tags["names"].bias[o] -= 1.5
    say(evaluate.show(evaluate.evaluate(model, pieces, limit=10, bf16=True, single=False)))
    if "attr" in model.c.tag_heads:
        say(said.show(said.score(model, pieces, limit=20)))


if __name__ == "__main__":
    main()
