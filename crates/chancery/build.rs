//! Names the reader and the linker: digests of everything that decides what is read on a page, and what all pages say together. A record
//! whose derived part was made by another reader is read again, by another linker linked again.

use std::fs;
use std::path::{Path, PathBuf};

/// What linking follows from beside the readings.
const LINKER: [&str; 2] = ["../chancery-linking/src", "src"];

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
    READER.iter().for_each(|folder| digest(&mut hash, folder));
    println!("cargo::rustc-env=CHANCERY_READER={}-{hash:016x}", env!("CARGO_PKG_VERSION"));
    LINKER.iter().for_each(|folder| digest(&mut hash, folder));
    println!("cargo::rustc-env=CHANCERY_LINKER={}-{hash:016x}", env!("CARGO_PKG_VERSION"));
}

/// Takes all files of a folder, or a file.
fn digest(hash: &mut u64, folder: &str) {
    println!("cargo::rerun-if-changed={folder}");
    let path = Path::new(folder);
    let inside = if path.is_dir() { files(path) } else { vec![PathBuf::from(folder)] };
    inside.iter().for_each(|path| take(hash, &fs::read(path).unwrap_or_default()));
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
