"""Writes trained weights as the engine's file: int8 rows with float32 scales, see models/README.md.

  export.py work/NAME.pt OUT.chm [--name TEXT] [--caution X] [--blend work/OTHER.pt SHARE]... [--keep work/BLEND.pt]"""
import argparse, hashlib, json, struct
from pathlib import Path
import numpy as np, torch
import evaluate
from model import SHAPES
from train import save



def gelu_polynomial(clip=4.0, degree=6):
    """gelu(x) ~ x * (0.5 + t * P(t * t)), t = x clipped: close to the exact one (2e-4) with nothing but + and *."""
    from math import erf
    x = np.linspace(1e-3, clip, 4000); y = np.array([0.5 * erf(v / 2 ** 0.5) / v for v in x]); w = np.ones_like(x)
    for _ in range(60):
        v = np.vander((x * x) / clip ** 2, degree + 1, increasing=True); g = (x * x) * w
        p = np.linalg.lstsq(v * g[:, None], y * g, rcond=None)[0]
        e = np.abs((v @ p - y) * x * x); w *= (e / e.max() + 0.02) ** 0.3; w /= w.mean()
    return [float(np.float32(k)) for k in p / (clip ** 2) ** np.arange(degree + 1)]


def rows_to_int8(w):
    s = (np.abs(w).max(1) / np.float32(127)).astype(np.float32)
    s[s == 0] = 1
    return np.clip(np.rint(w / s[:, None]), -127, 127).astype(np.int8), s


def export(model, pieces, path, name):
    c = model.c; sd = {k: v.float().numpy() for k, v in model.state_dict().items()}
    tensors = []
    add = lambda n, a: tensors.append((n, np.ascontiguousarray(a)))

    def linear(n, w, b, scale_rows=None):
        q, s = rows_to_int8(w)
        if scale_rows is not None:
            s, b = (s * scale_rows).astype(np.float32), (b * scale_rows).astype(np.float32)
        add(n, q); add(n + ".scale", s); add(n + ".bias", b)

    q, s = rows_to_int8(sd["word.weight"])
    add("embed.word", q); add("embed.word.scale", s)
    add("embed.position", sd["position.weight"]); add("embed.shape", sd["shape.weight"])
    add("embed.norm.weight", sd["norm.weight"]); add("embed.norm.bias", sd["norm.bias"])
    for i in range(c.layers):
        p, o = f"layers.{i}.", f"layer.{i}."
        part = np.ones(3 * c.hidden, np.float32); part[:c.hidden] = (c.hidden // c.heads) ** -0.5
        linear(o + "qkv", sd[p + "qkv.weight"], sd[p + "qkv.bias"], part)
        for x in ("attn_out", "ffn_in", "ffn_out"):
            linear(o + x, sd[p + x + ".weight"], sd[p + x + ".bias"])
        for x in ("attn_norm", "ffn_norm"):
            add(o + x + ".weight", sd[p + x + ".weight"]); add(o + x + ".bias", sd[p + x + ".bias"])
    for n in c.tag_heads:
        linear("head." + n, sd[f"tags.{n}.weight"], sd[f"tags.{n}.bias"])
    for n in ("arc_dep", "arc_head", "arc_bilinear", "rel_dep", "rel_head", "rel_out"):
        linear("head." + n, sd[n + ".weight"], sd[n + ".bias"])
    add("head.arc_root", sd["arc_root"]); add("head.rel_root", sd["rel_root"])
    more = {}
    for kind, dim in (("link", c.link_dim), ("coref", c.coref_dim)):
        if dim:
            for n in ("dep", "head", "bilinear"):
                linear(f"head.{kind}_{n}", sd[f"{kind}_{n}.weight"], sd[f"{kind}_{n}.bias"])
            add(f"head.{kind}_root", sd[kind + "_root"])
            more[kind] = {"kind": "arc" if kind == "link" else "coref", "dim": dim}
    if c.link_dim:
        add("head.attr.transition", model.attr_transitions().detach().numpy())
    if c.coref_dim:
        add("head.coref_bias", sd["coref_bias"])
    heads = {n: {"kind": "tag", "labels": c.labels[n]} for n in c.tag_heads}
    heads["arc"] = {"kind": "arc", "dim": c.arc_dim}
    heads["rel"] = {"kind": "rel", "dim": c.rel_dim, "labels": c.labels["rel"]}
    heads.update(more)
    entries, at = [], 0
    for n, a in tensors:
        entries.append({"name": n, "dtype": "i8" if a.dtype == np.int8 else "f32", "shape": list(a.shape), "offset": at, "bytes": a.nbytes})
        assert a.dtype in (np.int8, np.float32)
        at = (at + a.nbytes + 63) // 64 * 64
    header = {"format": 1, "name": name,
              "config": {"layers": c.layers, "hidden": c.hidden, "heads": c.heads, "ffn": c.ffn, "vocab": c.vocab, "max_positions": c.max_positions,
                         "window": c.window, "max_pieces": 12, "layer_norm_eps": c.eps, "activation": "gelu_poly",
                         "gelu": {"clip": 4.0, "coefficients": gelu_polynomial()}, "leaky_relu": 0.1, "shapes": SHAPES},
              "heads": heads, "vocab": pieces.vocab, "tensors": entries}
    h = json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode("utf8")
    out = bytearray(b"CHRDR001" + struct.pack("<I", len(h)) + h)
    out += b"\0" * (-len(out) % 64)
    base = len(out)
    for e, (_, a) in zip(entries, tensors):
        out += b"\0" * (base + e["offset"] - len(out)) + a.tobytes()
    out += hashlib.sha256(bytes(out)).digest()
    Path(str(path) + ".part").write_bytes(out); Path(str(path) + ".part").rename(path)


def blend(model, others):
    """The mean of weights along one training: better on unseen text than its end alone (Wortsman and others 2022, "Model soups")."""
    first = 1 - sum(share for _, share in others)
    out = {}
    for k, v in model.state_dict().items():
        have = [(first, v)] + [(share, w[k]) for w, share in others if k in w]
        out[k] = sum(share * w for share, w in have) / sum(share for share, _ in have)
    model.load_state_dict(out)


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("weights"); ap.add_argument("out"); ap.add_argument("--name", default="chancery reader")
    ap.add_argument("--caution", type=float, default=0.0, help="added to the score of O in `names`: fewer, surer names")
    ap.add_argument("--blend", nargs=2, action="append", default=[], metavar=("WEIGHTS", "SHARE"), help="this share of earlier weights of the same reader; what those lack comes from the others")
    ap.add_argument("--keep", help="write what goes into the file, before it is made bytes, as weights of its own")
    a = ap.parse_args()
    model, pieces = evaluate.load(a.weights)
    blend(model, [(torch.load(w, map_location="cpu", weights_only=False)["model"], float(share)) for w, share in a.blend])
    with torch.no_grad():
        model.tags["names"].bias[model.c.labels["names"].index("O")] += a.caution
    if a.keep:
        save(model, pieces, a.keep)
    export(model, pieces, a.out, a.name)
