//! The tests of the program as its users meet it.
#![allow(clippy::print_stdout, reason = "a test says what it measured")]

mod docs;
mod examples;
mod program;
mod record;
mod spec;
