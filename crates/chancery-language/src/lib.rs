//! From text to grammar: tokens, sentences, tags, a dependency tree a sentence, and names.
//!
//! ```text
//! blocks ──tokens──▶ tokens ──bounds──▶ candidates ──windows──▶ Reader (encoder, heads, trees) ──▶ Doc
//! ```
//!
//! `tokens` and `bounds` are rules in the conventions of the English treebanks of Universal Dependencies; the rest is learned
//! from those treebanks. This crate knows nothing of statements, events or who is who. Every function is pure: the same text
//! and the same model give the same `Doc`, on any number of threads.

pub mod bounds;
pub mod tokens;
