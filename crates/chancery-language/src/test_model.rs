//! A small file of weights drawn from a fixed seed: nonsense in every decision, but of the right form.

use sha2::{Digest, Sha256};

/// Draws numbers for the weights (a linear congruential generator; Knuth's MMIX constants).
struct Draw(u64);

impl Draw {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 33
    }

    fn float(&mut self) -> f32 {
        self.next() as f32 / (1_u64 << 31) as f32 - 0.5
    }
}

struct Builder {
    draw: Draw,
    tensors: Vec<serde_json::Value>,
    data: Vec<u8>,
}

impl Builder {
    fn add(&mut self, name: &str, dtype: &str, shape: &[usize], bytes: &[u8]) {
        self.data.resize(self.data.len().next_multiple_of(64), 0);
        let offset = self.data.len();
        self.tensors.push(serde_json::json!({
            "name": name, "dtype": dtype, "shape": shape, "offset": offset, "bytes": bytes.len()
        }));
        self.data.extend_from_slice(bytes);
    }

    fn floats(&mut self, name: &str, shape: &[usize], middle: f32, spread: f32) {
        let count = shape.iter().product();
        let bytes: Vec<u8> =
            (0..count).flat_map(|_| (middle + spread * self.draw.float()).to_le_bytes()).collect();
        self.add(name, "f32", shape, &bytes);
    }

    fn whole(&mut self, name: &str, shape: &[usize]) {
        let count = shape.iter().product();
        let bytes: Vec<u8> =
            (0..count).map(|_| ((self.draw.next() % 255) as i64 - 127) as i8 as u8).collect();
        self.add(name, "i8", shape, &bytes);
    }

    fn linear(&mut self, name: &str, outputs: usize, inputs: usize) {
        self.whole(name, &[outputs, inputs]);
        self.floats(&format!("{name}.scale"), &[outputs], 0.003, 0.002);
        self.floats(&format!("{name}.bias"), &[outputs], 0.0, 0.4);
    }

    fn norm(&mut self, name: &str, width: usize) {
        self.floats(&format!("{name}.weight"), &[width], 1.0, 0.4);
        self.floats(&format!("{name}.bias"), &[width], 0.0, 0.2);
    }
}

fn vocab() -> Vec<String> {
    let mut vocab: Vec<String> =
        ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "the", "cat", "plan", "##d", "##ing", "é"]
            .into_iter()
            .map(String::from)
            .collect();
    vocab.extend(('!'..='~').filter(|c| !c.is_ascii_uppercase()).map(String::from));
    vocab.extend(('a'..='c').chain('e'..='z').map(|c| format!("##{c}")));
    vocab
}

/// The file's bytes.
pub(crate) fn bytes() -> Vec<u8> {
    with_heads(true)
}

/// The same without the heads of who said what and who is who, as older files are.
pub(crate) fn bytes_of_grammar_alone() -> Vec<u8> {
    with_heads(false)
}

fn with_heads(all: bool) -> Vec<u8> {
    let (hidden, ffn, dim, vocab) = (64, 128, 16, vocab());
    let mut b = Builder { draw: Draw(7), tensors: Vec::new(), data: Vec::new() };
    b.whole("embed.word", &[vocab.len(), hidden]);
    b.floats("embed.word.scale", &[vocab.len()], 0.01, 0.005);
    b.floats("embed.position", &[64, hidden], 0.0, 0.5);
    b.floats("embed.shape", &[8, hidden], 0.0, 0.5);
    b.norm("embed.norm", hidden);
    for layer in 0..2 {
        b.linear(&format!("layer.{layer}.qkv"), 3 * hidden, hidden);
        b.linear(&format!("layer.{layer}.attn_out"), hidden, hidden);
        b.norm(&format!("layer.{layer}.attn_norm"), hidden);
        b.linear(&format!("layer.{layer}.ffn_in"), ffn, hidden);
        b.linear(&format!("layer.{layer}.ffn_out"), hidden, ffn);
        b.norm(&format!("layer.{layer}.ffn_norm"), hidden);
    }
    let mut heads = serde_json::json!({
        "sent": {"kind": "tag", "labels": ["inside", "begin"]},
        "upos": {"kind": "tag", "labels": ["NOUN", "PUNCT", "VERB"]},
        "xpos": {"kind": "tag", "labels": (0..20).map(|i| format!("X{i}")).collect::<Vec<_>>()},
        "names": {"kind": "tag", "labels": ["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"]},
        "arc": {"kind": "arc", "dim": dim},
        "rel": {"kind": "rel", "dim": dim, "labels": ["nsubj", "obj", "parataxis", "punct", "root"]},
    });
    for (name, outputs) in [("sent", 2), ("upos", 3), ("xpos", 20), ("names", 5)] {
        b.linear(&format!("head.{name}"), outputs, hidden);
    }
    for name in ["arc_dep", "arc_head", "rel_dep", "rel_head"] {
        b.linear(&format!("head.{name}"), dim, hidden);
    }
    b.linear("head.arc_bilinear", dim, dim);
    b.linear("head.rel_out", 5, 3 * dim);
    b.floats("head.arc_root", &[dim], 0.0, 1.0);
    b.floats("head.rel_root", &[dim], 0.0, 1.0);
    if all {
        more_heads(&mut b, &mut heads, hidden, dim);
    }
    let header = serde_json::json!({
        "format": 1, "name": "drawn by lot", "heads": heads, "vocab": vocab, "tensors": b.tensors,
        "config": {
            "layers": 2, "hidden": hidden, "heads": 2, "ffn": ffn, "vocab": vocab.len(), "max_positions": 64,
            "window": 24, "max_pieces": 6, "layer_norm_eps": 1e-12, "activation": "gelu_poly", "leaky_relu": 0.1,
            "gelu": {"clip": 4.0, "coefficients": [0.4, -0.06, 0.009, -8e-4, 5e-5, -1.6e-6, 2.3e-8]},
            "shapes": crate::word_piece::Shape::NAMES,
        },
    });
    file(&header.to_string(), &b.data)
}

fn more_heads(b: &mut Builder, heads: &mut serde_json::Value, hidden: usize, dim: usize) {
    let labels = ["O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT"];
    heads["attr"] = serde_json::json!({"kind": "tag", "labels": labels});
    heads["link"] = serde_json::json!({"kind": "arc", "dim": dim});
    heads["coref"] = serde_json::json!({"kind": "coref", "dim": dim});
    b.linear("head.attr", labels.len(), hidden);
    b.floats("head.attr.transition", &[labels.len() + 1, labels.len()], 0.0, 1.0);
    for name in ["link", "coref"] {
        b.linear(&format!("head.{name}_dep"), dim, hidden);
        b.linear(&format!("head.{name}_head"), dim, hidden);
        b.linear(&format!("head.{name}_bilinear"), dim, dim);
        b.floats(&format!("head.{name}_root"), &[dim], 0.0, 1.0);
    }
    b.floats("head.coref_bias", &[3, 3, 3, 8], 0.0, 2.0);
}

/// A file of a header and data, with its digest.
pub(crate) fn file(header: &str, data: &[u8]) -> Vec<u8> {
    let mut file = b"CHRDR001".to_vec();
    file.extend((header.len() as u32).to_le_bytes());
    file.extend(header.as_bytes());
    file.resize(file.len().next_multiple_of(64), 0);
    file.extend(data);
    sealed(file)
}

/// The bytes with their digest after them.
pub(crate) fn sealed(mut bytes: Vec<u8>) -> Vec<u8> {
    let digest = Sha256::digest(&bytes);
    bytes.extend(digest);
    bytes
}
