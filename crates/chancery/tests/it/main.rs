//! The tests of the program as its users meet it.

mod program;
mod spec;
