//! The tests of the program as its users meet it.

mod codebooks;
mod docs;
mod examples;
mod export;
mod figures;
mod frames;
mod kept;
mod linking;
mod memory;
mod program;
mod read;
mod record;
mod said;
mod spec;
mod talks;
mod together;
