//! Lists and rules as data: each file says what it lists, and carries its own yes and no examples.
//!
//! This crate knows nothing of pages, sentences or the record.

pub mod containers;
pub mod fold;
pub mod lines;
pub mod names;
pub mod tokens;
