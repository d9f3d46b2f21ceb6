//! Copies and lineage: passages that stand on two pages, which article was made from which, and how many accounts there are.

pub mod words;
