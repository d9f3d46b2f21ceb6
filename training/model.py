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
        self.link_dim = self.coref_dim = 0      # who said what, and who is who: 0 without these heads
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

    def forward(self, x, groups):
        """`x` [pieces, hidden]: windows one after another, those of like length in one group (windows, length, places or None)."""
        h = x.shape[-1]
        qkv, at, out = self.qkv(x), 0, []
        for b, t, place, mask in groups:
            n = b * t if place is None else len(place)
            part = qkv[at:at + n]; at += n
            if place is not None:
                part = part.new_zeros(b * t, 3 * h).index_copy(0, place, part)
            q, k, v = part.view(b, t, 3, self.n, h // self.n).permute(2, 0, 3, 1, 4)
            scores = q @ k.transpose(2, 3) * (h // self.n) ** -0.5
            a = torch.softmax(scores if mask is None else scores + mask.to(scores.dtype), -1).to(v.dtype) @ v
            a = a.transpose(1, 2).reshape(b * t, h)
            out.append(a if place is None else a[place])
        x = self.attn_norm(x + self.drop(self.attn_out(torch.cat(out))))
        return self.ffn_norm(x + self.drop(self.ffn_out(F.gelu(self.ffn_in(x)))))


def grouped(lengths):
    """Windows of like length together, so that little is computed for nothing: ([row], [(windows, length, places, mask)])."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i])
    groups, cur = [], []
    for i in order + [None]:
        if cur and (i is None or lengths[i] > 1.15 * lengths[cur[0]] + 6):
            t = max(lengths[j] for j in cur)
            n = torch.tensor([lengths[j] for j in cur])
            if int(n.min()) == t:
                groups.append((len(cur), t, None, None))
            else:
                there = torch.arange(t)[None] < n[:, None]
                groups.append((len(cur), t, there.flatten().nonzero().flatten(), (~there)[:, None, None, :].float() * -30000.0))
            cur = []
        if i is not None:
            cur.append(i)
    return order, groups


def crf_cost(scores, labels, transition):
    """Minus the log-likelihood of each row's labels [rows, tokens] (-1 past its end); `transition` [1 + labels, labels], its last row for the first token."""
    there = labels >= 0
    y = labels.clamp_min(0)
    k = scores.shape[-1]
    own = scores.gather(2, y[..., None]).squeeze(2)
    before = torch.cat([torch.full_like(y[:, :1], k), y[:, :-1]], 1)
    gold = ((own + transition[before, y]) * there).sum(1)
    alpha = scores[:, 0] + transition[k]
    for i in range(1, scores.shape[1]):
        nxt = torch.logsumexp(alpha[:, :, None] + transition[None, :k], 1) + scores[:, i]
        alpha = torch.where(there[:, i, None], nxt, alpha)
    return torch.logsumexp(alpha, 1) - gold


def allowed(labels):
    """[1 + labels, labels]: I-X only follows B-X or I-X, and never comes first."""
    ok = torch.ones(len(labels) + 1, len(labels), dtype=torch.bool)
    for j, l in enumerate(labels):
        if l[0] == "I":
            ok[:, j] = torch.tensor([m[1:] == l[1:] for m in labels] + [False])
    return ok


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
        if c.link_dim:
            self.link_dep, self.link_head, self.link_bilinear, self.link_root = self.pair(h, c.link_dim)
            self.attr_transition = nn.Parameter(torch.zeros(len(c.labels["attr"]) + 1, len(c.labels["attr"])))
            self.register_buffer("attr_allowed", allowed(c.labels["attr"]), persistent=False)
        if c.coref_dim:
            self.coref_dep, self.coref_head, self.coref_bilinear, self.coref_root = self.pair(h, c.coref_dim)
            self.coref_bias = nn.Parameter(torch.zeros(3, 3, 3, 8))

    def pair(self, h, dim):
        dep, head, bilinear = QLinear(h, dim), QLinear(h, dim), QLinear(dim, dim)
        for m in (dep, head):
            nn.init.xavier_uniform_(m.weight); nn.init.zeros_(m.bias)
        nn.init.orthogonal_(bilinear.weight, 0.2); nn.init.zeros_(bilinear.bias)
        return dep, head, bilinear, nn.Parameter(torch.randn(dim) * 0.05)

    def encode(self, ids, shapes, mask):
        t = ids.shape[1]
        x = self.word(ids) + self.position.weight[:t] + self.shape(shapes)
        x = self.drop(self.norm(x))
        order, groups = grouped(mask.sum(1).tolist())
        place = torch.cat([i * t + torch.arange(int(mask[i].sum())) for i in order])
        b, t, h = x.shape
        x = x.view(b * t, h)[place]
        for l in self.layers:
            x = l(x, groups)
        return x.new_zeros(b * t, h).index_copy(0, place, x).view(b, t, h)

    def vectors(self, ids, shapes, mask, first):
        """`first`: [batch, tokens] index of each token's first piece."""
        x = self.encode(ids, shapes, mask)
        return self.head_drop(x.gather(1, first[..., None].expand(-1, -1, x.shape[-1])))

    def forward(self, ids, shapes, mask, first):
        """Per-token tag logits, arc scores [batch, dep, 1 + head] (column 0 is the root) and what `relations` needs."""
        x = self.vectors(ids, shapes, mask, first)
        return self.tag(x), *self.arcs(x)

    def tag(self, x):
        return {n: m(x) for n, m in self.tags.items()}

    def link(self, x):
        """As arcs: [batch, token, 1 + first token of its cue], column 0 for a cue outside the window."""
        act = lambda y: self.head_drop(F.leaky_relu(y, 0.1))
        root = self.link_root.expand(x.shape[0], 1, -1)
        h = act(self.link_head(x))
        return self.link_bilinear(act(self.link_dep(x))) @ torch.cat([root.to(h.dtype), h], 1).transpose(1, 2)

    def coref(self, x, kind, match):
        """`x` [tokens, hidden] of nouns, names and pronouns in text order; [token, 1 + earlier token], column 0 for a new entity. See `bias_of`."""
        act = lambda y: self.head_drop(F.leaky_relu(y, 0.1))
        h = act(self.coref_head(x))
        s = (self.coref_bilinear(act(self.coref_dep(x))) @ torch.cat([self.coref_root[None].to(h.dtype), h]).T).float()
        far = torch.arange(len(x))[:, None] - torch.arange(len(x))[None]
        bucket = far.clamp_min(1).float().log2().floor().long().clamp_max(7)
        bias = self.coref_bias[kind[:, None], kind[None], match, bucket]
        return torch.cat([s[:, :1], (s[:, 1:] + bias).masked_fill(far <= 0, -1e4)], 1)

    def attr_transitions(self):
        return self.attr_transition.masked_fill(~self.attr_allowed, -1e4)

    def arcs(self, x):
        act = lambda y: F.leaky_relu(y, 0.1)
        d, h = self.head_drop(act(self.arc_dep(x))), self.head_drop(act(self.arc_head(x)))
        root = self.arc_root.expand(h.shape[0], 1, -1).to(h.dtype)
        arcs = self.arc_bilinear(d) @ torch.cat([root, h], 1).transpose(1, 2)
        rd, rh = act(self.rel_dep(x)), act(self.rel_head(x))
        rh = torch.cat([self.rel_root.expand(rh.shape[0], 1, -1).to(rh.dtype), rh], 1)
        return arcs, (self.head_drop(rd), self.head_drop(rh))

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
