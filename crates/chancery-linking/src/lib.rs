//! All articles together: which text came from which, and which articles tell of the same running matter.
//!
//! ```text
//! Carried* ──copies──▶ passages, lineages, accounts
//!          └─stories─▶ stories
//! ```
//!
//! Everything is a pure function of values: the same articles in any order give the same result. This crate knows no store, no wire
//! and no page's markup.

mod background;
mod carried;
pub mod copies;
mod limits;
pub mod record;
pub mod stories;

pub use carried::Carried;
