//! Names the reader: a digest of everything that decides what is read on a page. A record whose derived part was made by
//! another reader is read again.

use std::fs;
use std::path::{Path, PathBuf};

/// What the reading of a page follows from.
const READER: [&str; 6] = [
    "../chancery-model/src",
    "../chancery-lexicon",
    "../chancery-pages/src",
    "../chancery-language/src",
    "../chancery-reading/src",
    "../../models/reader.chm",
];

fn main() {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for folder in READER {
        println!("cargo::rerun-if-changed={folder}");
        let (path, folder) = (Path::new(folder), folder);
        let inside = if path.is_dir() { files(path) } else { vec![PathBuf::from(folder)] };
        inside.iter().for_each(|path| take(&mut hash, &fs::read(path).unwrap_or_default()));
    }
    println!("cargo::rustc-env=CHANCERY_READER={}-{hash:016x}", env!("CARGO_PKG_VERSION"));
}

/// FNV-1a. The digest tells readers apart; it protects nothing.
fn take(hash: &mut u64, bytes: &[u8]) {
    for byte in bytes {
        *hash = (*hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    }
}

/// The files of a folder and of the folders in it, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut inside: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    inside.sort();
    inside.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}
