"""The reader: a small BERT encoder with casing embeddings and several heads on one pass of it. Plain PyTorch."""
import json, math, struct
import torch
import torch.nn as nn
import torch.nn.functional as F

SHAPES = ["special", "lower", "title", "single-upper", "upper", "mixed", "digit", "other"]


class Config:
    def __init__(self, **k):
        self.layers, self.hidden, self.heads, self.ffn = 6, 384, 12, 1536
        self.vocab, self.max_positions, self.window, self.eps = 30522, 512, 192, 1e-12
        self.arc_dim, self.rel_dim = 256, 256
        self.labels = {}            # head name -> list of labels, for heads of kind "tag" and for "rel"
        self.tag_heads = ["sent", "upos", "xpos", "names"]
        self.dropout = 0.1
        self.__dict__.update(k)


def fake_quant_weight(w):
    s = w.detach().abs().amax(1, keepdim=True).clamp_min(1e-12) / 127
    q = (w / s).round().clamp(-127, 127) * s
    return w + (q - w).detach()


def fake_quant_rows(x):
    s = x.detach().abs().amax(-1, keepdim=True).clamp_min(1e-12) / 127
    q = (x / s).round() * s
    return x + (q - x).detach()


class QLinear(nn.Linear):
    """A linear layer that can imitate the int8 arithmetic of the engine (weights per row, activations per token)."""
    quant = False

    def forward(self, x):
        if QLinear.quant:
            with torch.autocast("cpu", enabled=False):
                x, w = fake_quant_rows(x.float()), fake_quant_weight(self.weight)
            return F.linear(x, w, self.bias)
        return F.linear(x, self.weight, self.bias)


class Dropout(nn.Module):
    """Drop-out whose masks are cut from one pool of random bits: on a CPU, drawing the bits anew costs 7 % of a step."""
    pool = {}

    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        key = (self.p, x.dtype)
        if key not in Dropout.pool:
            Dropout.pool[key] = (torch.rand(1 << 23) >= self.p).to(x.dtype) / (1 - self.p)
        pool = Dropout.pool[key]
        at = int(torch.randint(0, pool.numel() - x.numel(), (1,)))
        return x * pool[at:at + x.numel()].view(x.shape)


class Layer(nn.Module):
    def __init__(self, c):
        super().__init__()
        h = c.hidden
        self.n = c.heads
        self.qkv = QLinear(h, 3 * h)
        self.attn_out = QLinear(h, h)
        self.attn_norm = nn.LayerNorm(h, eps=c.eps)
        self.ffn_in = QLinear(h, c.ffn)
        self.ffn_out = QLinear(c.ffn, h)
        self.ffn_norm = nn.LayerNorm(h, eps=c.eps)
        self.drop = Dropout(c.dropout)
        self.p = c.dropout

    def forward(self, x, mask):
        b, t, h = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.n, h // self.n).permute(2, 0, 3, 1, 4)
        a = torch.softmax(q @ k.transpose(2, 3) * (h // self.n) ** -0.5 + mask, -1).to(v.dtype) @ v
        x = self.attn_norm(x + self.drop(self.attn_out(a.transpose(1, 2).reshape(b, t, h))))
        return self.ffn_norm(x + self.drop(self.ffn_out(F.gelu(self.ffn_in(x)))))


class Reader(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.c = c
        h = c.hidden
        self.word = nn.Embedding(c.vocab, h, sparse=True)
        self.position = nn.Embedding(c.max_positions, h)
        self.shape = nn.Embedding(len(SHAPES), h)
        nn.init.zeros_(self.shape.weight)
        self.norm = nn.LayerNorm(h, eps=c.eps)
        self.layers = nn.ModuleList(Layer(c) for _ in range(c.layers))
        self.drop = Dropout(c.dropout)
        self.head_drop = Dropout(0.2)
        self.tags = nn.ModuleDict({n: QLinear(h, len(c.labels[n])) for n in c.tag_heads})
        self.arc_dep, self.arc_head = QLinear(h, c.arc_dim), QLinear(h, c.arc_dim)
        self.arc_bilinear = QLinear(c.arc_dim, c.arc_dim)
        self.arc_root = nn.Parameter(torch.randn(c.arc_dim) * 0.05)
        self.rel_dep, self.rel_head = QLinear(h, c.rel_dim), QLinear(h, c.rel_dim)
        self.rel_root = nn.Parameter(torch.randn(c.rel_dim) * 0.05)
        self.rel_out = QLinear(3 * c.rel_dim, len(c.labels["rel"]))
        for m in [*self.tags.values(), self.arc_dep, self.arc_head, self.rel_dep, self.rel_head, self.rel_out]:
            nn.init.xavier_uniform_(m.weight); nn.init.zeros_(m.bias)
        nn.init.orthogonal_(self.arc_bilinear.weight, 0.2); nn.init.zeros_(self.arc_bilinear.bias)

    def encode(self, ids, shapes, mask):
        t = ids.shape[1]
        x = self.word(ids) + self.position.weight[:t] + self.shape(shapes)
        x = self.drop(self.norm(x))
        m = (~mask)[:, None, None, :].to(x.dtype) * -30000.0
        for l in self.layers:
            x = l(x, m)
        return x

    def forward(self, ids, shapes, mask, first):
        """`first`: [batch, tokens] index of each token's first piece. Returns per-token tag logits, arc scores
        [batch, dep, 1 + head] (column 0 is the root) and what `relations` needs."""
        x = self.encode(ids, shapes, mask)
        x = x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))
        x = self.head_drop(x)
        tags = {n: m(x) for n, m in self.tags.items()}
        act = lambda y: F.leaky_relu(y, 0.1)
        d, h = self.head_drop(act(self.arc_dep(x))), self.head_drop(act(self.arc_head(x)))
        root = self.arc_root.expand(h.shape[0], 1, -1).to(h.dtype)
        arcs = self.arc_bilinear(d) @ torch.cat([root, h], 1).transpose(1, 2)
        rd, rh = act(self.rel_dep(x)), act(self.rel_head(x))
        rh = torch.cat([self.rel_root.expand(rh.shape[0], 1, -1).to(rh.dtype), rh], 1)
        return tags, arcs, (self.head_drop(rd), self.head_drop(rh))

    def relations(self, pair, heads):
        """`heads`: [batch, tokens], 0 for the root, 1 + index of the head in the window otherwise."""
        rd, rh = pair
        g = rh.gather(1, heads[..., None].expand(-1, -1, rh.shape[-1]))
        return self.rel_out(torch.cat([rd, g, rd * g], -1))


def load_safetensors(path):
    with open(path, "rb") as f:
        n = struct.unpack("<Q", f.read(8))[0]
        head = json.loads(f.read(n)); data = f.read()
    kinds = {"F32": torch.float32, "I64": torch.int64, "F16": torch.float16}
    return {k: torch.frombuffer(bytearray(data[v["data_offsets"][0]:v["data_offsets"][1]]), dtype=kinds[v["dtype"]]).view(v["shape"])
            for k, v in head.items() if k != "__metadata__" and v["dtype"] in kinds}


def load_minilm(model, path):
    s = {k.removeprefix("bert."): v for k, v in load_safetensors(path).items()}
    with torch.no_grad():
        model.word.weight.copy_(s["embeddings.word_embeddings.weight"])
        model.position.weight.copy_(s["embeddings.position_embeddings.weight"])
        model.position.weight.add_(s["embeddings.token_type_embeddings.weight"][0])      # one segment only: folded in
        model.norm.weight.copy_(s["embeddings.LayerNorm.weight"]); model.norm.bias.copy_(s["embeddings.LayerNorm.bias"])
        for i, l in enumerate(model.layers):
            p = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                getattr(l.qkv, kind).copy_(torch.cat([s[p + f"attention.self.{x}.{kind}"] for x in ("query", "key", "value")]))
                getattr(l.attn_out, kind).copy_(s[p + "attention.output.dense." + kind])
                getattr(l.attn_norm, kind).copy_(s[p + "attention.output.LayerNorm." + kind])
                getattr(l.ffn_in, kind).copy_(s[p + "intermediate.dense." + kind])
                getattr(l.ffn_out, kind).copy_(s[p + "output.dense." + kind])
                getattr(l.ffn_norm, kind).copy_(s[p + "output.LayerNorm." + kind])
