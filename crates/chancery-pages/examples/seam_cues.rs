//! Prints the cues of the seams of pages of plain text, for `training/seams/learn.py`.
//!
//! Reads paths from standard input. A line of output is a path's number, where the lower paragraph begins, whether it is marked,
//! and the values; the first line names them.
#![allow(clippy::print_stdout, reason = "this is the output")]

use std::io::BufRead;

use chancery_model::{Known, MediaKind, Page};

fn main() -> std::io::Result<()> {
    println!("{}", chancery_pages::seam_cue_names().join(" "));
    for (n, path) in std::io::stdin().lock().lines().enumerate() {
        let bytes = std::fs::read(path?)?;
        let page = Page::new(bytes, String::new(), MediaKind::Text, Known::default());
        for (at, marked, values) in chancery_pages::seam_cues(&page) {
            let values: Vec<String> = values.iter().map(|v| format!("{v:.4}")).collect();
            println!("{n} {at} {} {}", u8::from(marked), values.join(" "));
        }
    }
    Ok(())
}
