//! Tests of the crate from outside: bytes in, pages, articles and notes out.

mod archives;
mod bad_input;
mod build;
mod feeds;
mod fuzz_cases;
mod prove;
