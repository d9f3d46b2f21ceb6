//! From text to grammar: tokens, sentences, tags, a dependency tree a sentence, and names.
//!
//! ```text
//! blocks ──tokens──▶ tokens ──bounds──▶ candidates ──windows──▶ Reader (encoder, heads, trees) ──▶ Doc
//! ```
//!
//! `tokens` and `bounds` are rules in the conventions of the English treebanks of Universal Dependencies; the rest is learned
//! from those treebanks, from marked names, attributions and mentions. This crate gives labels and scores; it knows nothing of
//! statements, events or who is who. Every function is pure: the same text
//! and the same model give the same `Doc`, on any number of threads.

mod attributions;
pub mod bounds;
pub mod document;
mod encoder;
mod heads;
mod memory;
mod model_file;
mod name_tags;
mod pairs;
pub mod reader;
#[cfg(test)]
mod test_model;
pub mod ties;
pub mod tokens;
mod tree;
mod windows;
mod word_piece;

pub use encoder::isa::Isa;

/// The weights that the program was built with.
fn embedded_weights() -> Result<&'static [u8], model_file::ModelError> {
    #[cfg(embedded_weights)]
    return Ok(include_bytes!("../../../models/reader.chm"));
    #[cfg(not(embedded_weights))]
    Err(model_file::ModelError::unsupported("the program was built without models/reader.chm"))
}
