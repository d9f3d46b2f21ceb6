//! What fuzzing once found stays repaired, and its seeds are read.

use std::fs;
use std::path::{Path, PathBuf};

use chancery_model::MediaKind;

use crate::prove;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz").join(folder);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "nothing in {}", folder.display());
    files
}

#[test]
fn seeds_and_cases_hold_whatever_they_are_taken_for() {
    for file in files("seeds").into_iter().chain(files("cases")) {
        let bytes = fs::read(&file).unwrap();
        prove::opened(&bytes);
        for media in [MediaKind::Html, MediaKind::Text, MediaKind::XmlFeed, MediaKind::JsonFeed] {
            prove::bytes(&bytes, media, None);
        }
    }
}
