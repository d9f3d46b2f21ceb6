//! Stored HTML in memory to articles, on one core: the time of one page, the mean over a set of pages.
//!
//! The pages are those of the labelled sets where a checkout has them beside it, and the made-up page of this folder else.

use std::hint::black_box;
use std::io::Read;
use std::path::Path;

use chancery_model::{Known, MediaKind, Page};
use chancery_pages::read_page;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Where a checkout has the labelled sets.
const SETS: &str = "../../../shared/data";

fn pages(c: &mut Criterion) {
    for set in ["extract-zyte", "extract-fundus"] {
        let pages = stored(&Path::new(env!("CARGO_MANIFEST_DIR")).join(SETS).join(set));
        if !pages.is_empty() {
            measure(c, set, &pages);
        }
    }
    measure(c, "made-up", &[page(include_bytes!("page.html").to_vec())]);
}

/// Reads the set page by page; an iteration is one page, so the time shown is the mean.
fn measure(c: &mut Criterion, name: &str, pages: &[Page]) {
    let bytes: usize = pages.iter().map(|p| p.bytes.len()).sum();
    let mut group = c.benchmark_group("html");
    group.throughput(Throughput::Bytes((bytes / pages.len()) as u64));
    let mut next = pages.iter().cycle();
    group.bench_function(name, |b| b.iter(|| black_box(read_page(next.next().expect("a cycle has no end")))));
    group.finish();
}

fn page(bytes: Vec<u8>) -> Page {
    Page::new(bytes, "bench".to_owned(), MediaKind::Html, Known::default())
}

/// All packed pages below a folder, in the order of their paths.
fn stored(folder: &Path) -> Vec<Page> {
    let mut paths = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
            match entry.path() {
                path if path.is_dir() => folders.push(path),
                path if path.to_string_lossy().ends_with(".html.gz") => paths.push(path),
                _ => {}
            }
        }
    }
    paths.sort();
    let unpack = |path: &std::path::PathBuf| {
        let mut bytes = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(path).ok()?).read_to_end(&mut bytes).ok()?;
        Some(page(bytes))
    };
    paths.iter().filter_map(unpack).collect()
}

criterion_group!(benches, pages);
criterion_main!(benches);
