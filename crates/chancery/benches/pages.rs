//! How fast pages become articles: stored HTML in memory, one core.
//!
//! Pages come from the labelled set of ../shared where it lies beside the checkout, else from `examples/`. A plain loop and the
//! clock: the figure is milliseconds a page, and noise below a tenth of it does not matter.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Instant;

use chancery_model::{Known, Page};
use chancery_pages::{Limits, Opened, open, read_page};

/// Rounds over all pages; the fastest counts, as the one least disturbed.
const ROUNDS: usize = 5;

#[expect(clippy::print_stdout, reason = "a benchmark prints what it measured")]
fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let set = root.join("../shared/data/extract-zyte/html");
    let (folder, name) = if set.is_dir() {
        (set, "the labelled pages")
    } else {
        (root.join("examples/talks/pages"), "examples/talks")
    };
    let pages: Vec<Page> = files(&folder).iter().flat_map(|path| pages_of(path)).collect();
    let bytes: usize = pages.iter().map(|page| page.bytes.len()).sum();
    let (mut best, mut articles) = (f64::INFINITY, 0);
    for _ in 0..ROUNDS {
        let seconds = measure(&pages, &mut articles);
        best = best.min(seconds);
    }
    let count = pages.len();
    println!("{count} pages of {name}, {:.1} MB, {articles} articles", bytes as f64 / 1e6);
    println!(
        "{:.3} ms a page, {:.0} pages a second, {:.0} MB a second",
        best * 1e3 / count as f64,
        count as f64 / best,
        bytes as f64 / 1e6 / best
    );
}

#[expect(clippy::disallowed_methods, reason = "a benchmark measures time")]
fn measure(pages: &[Page], articles: &mut usize) -> f64 {
    let began = Instant::now();
    *articles = pages.iter().map(|page| read_page(page).articles.len()).sum();
    began.elapsed().as_secs_f64()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    found.sort();
    found
}

fn pages_of(path: &Path) -> Vec<Page> {
    let Ok(file) = File::open(path) else { return Vec::new() };
    let opened = open(file, &path.to_string_lossy(), &Known::default(), &Limits::DEFAULT);
    opened.filter_map(|opened| if let Opened::Page(page) = opened { Some(*page) } else { None }).collect()
}
