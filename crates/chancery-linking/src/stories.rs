//! Stories: which articles are about the same running matter.

pub mod bag;
