"""The float32 model in onnxruntime, one window at a time, one thread: scores and speed beside our own engine's.
Needs `onnx` and `onnxruntime` in the venv (not in requirements.txt: only this comparison uses them).

  onnx_check.py WEIGHTS.pt [--int8] [--limit N]"""
import argparse, time
import numpy as np, torch, torch.nn.functional as F
import corpus, data, decode, evaluate


class Flat(torch.nn.Module):
    def __init__(self, m):
        super().__init__(); self.m = m

    def forward(self, ids, shapes, first):
        m = self.m
        x = m.word(ids) + m.position.weight[:ids.shape[1]] + m.shape(shapes)
        x = m.norm(x)
        n = m.c.heads; d = m.c.hidden // n
        for l in m.layers:
            b, t, h = x.shape
            q, k, v = l.qkv(x).view(b, t, 3, n, d).permute(2, 0, 3, 1, 4)
            a = torch.softmax(q @ k.transpose(2, 3) * d ** -0.5, -1) @ v
            x = l.attn_norm(x + l.attn_out(a.transpose(1, 2).reshape(b, t, h)))
            x = l.ffn_norm(x + l.ffn_out(F.gelu(l.ffn_in(x))))
        x = x[:, first]
        act = lambda y: F.leaky_relu(y, 0.1)
        h = torch.cat([m.arc_root.expand(1, 1, -1), act(m.arc_head(x))], 1)
        arcs = m.arc_bilinear(act(m.arc_dep(x))) @ h.transpose(1, 2)
        return (*[m.tags[k](x) for k in m.c.tag_heads], arcs, act(m.rel_dep(x)), act(m.rel_head(x)))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("weights"); ap.add_argument("--int8", action="store_true", help="onnxruntime's own dynamic int8"); ap.add_argument("--limit", type=int)
    a = ap.parse_args()
    import onnxruntime as ort
    torch.set_num_threads(1)
    m, pieces = evaluate.load(a.weights); m.eval(); c = m.c
    names = [*c.tag_heads, "arcs", "rd", "rh"]
    path = a.weights + ".onnx"
    m.word.sparse = False
    with torch.no_grad():
        torch.onnx.export(Flat(m), (torch.ones(1, 9, dtype=torch.long), torch.ones(1, 9, dtype=torch.long), torch.arange(5)), path, dynamo=False,
                          input_names=["ids", "shapes", "first"], output_names=names,
                          dynamic_axes={"ids": {1: "t"}, "shapes": {1: "t"}, "first": {0: "w"}, **{k: {1: "w"} for k in names if k != "arcs"}, "arcs": {1: "w", 2: "v"}})
    if a.int8:
        from onnxruntime.quantization import quantize_dynamic, QuantType
        quantize_dynamic(path, path + "8", weight_type=QuantType.QInt8, per_channel=True); path += "8"
    o = ort.SessionOptions(); o.intra_op_num_threads = o.inter_op_num_threads = 1
    s = ort.InferenceSession(path, o, providers=["CPUExecutionProvider"])
    spent, words = 0.0, 0

    class Out:
        """What evaluate.predict needs, one window a batch."""
        def __init__(self): self.c = c
        def eval(self): pass
        def __call__(self, ids, shapes, mask, first):
            nonlocal spent, words
            t = time.time()
            r = dict(zip(names, s.run(None, {"ids": ids.numpy(), "shapes": shapes.numpy(), "first": first[0].numpy()})))
            spent += time.time() - t; words += first.shape[1]
            rh = torch.cat([m.rel_root.detach().expand(1, 1, -1), torch.tensor(r["rh"])], 1)
            return {k: torch.tensor(r[k]) for k in c.tag_heads}, torch.tensor(r["arcs"]), (torch.tensor(r["rd"]), rh)
        def relations(self, pair, heads):
            return m.relations(pair, heads)

    for k, docs in corpus.dev().items():
        docs = docs[::max(1, len(docs) // a.limit)] if a.limit else docs
        print(k, evaluate.score_tree(docs, evaluate.predict(Out(), docs, pieces, budget=1)))
    for k, sents in corpus.dev_names().items():
        docs = evaluate.names_docs(sents[:a.limit * 12] if a.limit else sents)
        print(k, evaluate.score_names(docs, evaluate.predict(Out(), docs, pieces, budget=1)))
    print(f"{words / spent:.0f} words a second in onnxruntime (relations apart), one thread")


if __name__ == "__main__":
    main()
