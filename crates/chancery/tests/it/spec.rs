//! `spec/**/*.md`: prose, a page, and what the program is expected to read on it. `spec/README.md` describes the format.
//!
//! Every case runs through the program itself, and every cite it prints is proved against the bytes of its page.
//! `CHANCERY_BLESS=1` rewrites the expected lines; `CHANCERY_SPEC=words` runs only the cases whose file or heading holds them.

mod case;
mod diff;
mod figure;
mod prove;
mod render;
pub(crate) mod stance;
mod statement;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::program::{Folder, chancery, repository, say};
use case::{Case, Document};

#[test]
fn spec() {
    let wanted = setting("CHANCERY_SPEC").unwrap_or_default();
    let bless = setting("CHANCERY_BLESS").is_some();
    let (mut ran, mut fixmes, mut failures) = (0, 0, Vec::new());
    for path in documents(&repository().join("spec")) {
        let mut document = Document::read(&path).unwrap_or_else(|error| panic!("{error}"));
        document.keep(|file, case| file.contains(&wanted) || case.heading.contains(&wanted));
        fixmes += document.fixmes;
        ran += document.cases.len();
        let found = run(&document);
        failures.extend(
            document.cases.iter().zip(&found).filter_map(|(case, found)| differs(case, found, bless)),
        );
        if bless {
            document.bless(&found);
        }
    }
    say(&format!("spec: {ran} cases, {fixmes} of them with a known wrong answer (FIXME)"));
    assert!(ran > 0, "no case of spec/ holds {wanted:?}");
    assert!(failures.is_empty(), "{}\n{} of {ran} cases differ", failures.join("\n"), failures.len());
}

#[expect(clippy::disallowed_methods, reason = "the harness is steered from the command line")]
pub(crate) fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty() && value != "0")
}

/// The documents under `folder`, sorted; the README is prose alone.
fn documents(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut entries: Vec<PathBuf> =
        fs::read_dir(folder).expect("spec/ is there").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.ends_with("linking") {
            // Cases of several pages: see `linking.rs`.
            continue;
        }
        if path.is_dir() {
            found.extend(documents(&path));
        } else if path.extension().is_some_and(|e| e == "md")
            && path.file_name().is_some_and(|n| n != "README.md")
        {
            found.push(path);
        }
    }
    found
}

/// What one case gave.
pub(crate) struct Found {
    /// The lines, rendered.
    pub(crate) lines: String,
    /// Cites that the page does not bear out.
    pub(crate) broken: Vec<String>,
}

/// Runs all cases of a document: one run of the program for all cases with the same flags.
fn run(document: &Document) -> Vec<Found> {
    let folder = Folder::new(&format!("spec-{}", document.name.replace('/', "-")));
    let mut by_flags: BTreeMap<Vec<String>, Vec<usize>> = BTreeMap::new();
    for (n, case) in document.cases.iter().enumerate() {
        folder.write(&path_of(n, case), &case.page);
        by_flags.entry(case.flags.clone()).or_default().push(n);
    }
    let mut lines: Vec<Vec<Value>> = document.cases.iter().map(|_| Vec::new()).collect();
    for (flags, cases) in by_flags {
        for line in read(&folder, document, &flags, &cases) {
            let source = line["source"].as_str().expect("every line of a listed page carries its source");
            let n: usize = source.split('/').next().and_then(|n| n.parse().ok()).expect("our own path");
            lines[n].push(line);
        }
    }
    let found = |(case, lines): (&Case, Vec<Value>)| Found {
        lines: render::lines(&lines, case),
        broken: prove::broken(&lines, &case.page),
    };
    document.cases.iter().zip(lines).map(found).collect()
}

/// Each page lies in a folder of its own, so that cases may share a name.
fn path_of(n: usize, case: &Case) -> String {
    format!("{n}/{}", case.file)
}

fn read(folder: &Folder, document: &Document, flags: &[String], cases: &[usize]) -> Vec<Value> {
    let listed = |n: &usize| {
        let mut line = document.cases[*n].known.clone();
        line.insert("path".to_owned(), path_of(*n, &document.cases[*n]).into());
        format!("{}\n", Value::Object(line))
    };
    folder.write("list.jsonl", cases.iter().map(listed).collect::<String>());
    let mut command = chancery();
    command
        .current_dir(folder.path())
        .args(["read", "--jsonl", "--quiet", "--list", "list.jsonl"])
        .args(flags);
    if document.name.contains("read/")
        && !flags.iter().any(|flag| flag.starts_with("--only") || flag == "--layers")
    {
        // Cases of pages show pages; what the words say has folders of its own.
        command.arg("--only=page,article,furniture,note");
    }
    let output = command.output().expect("the program starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 1)), "{}: {}\n{told}", document.name, output.status);
    let words = String::from_utf8(output.stdout).expect("lines of JSON are UTF-8");
    words.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// The case and how it differs, or nothing. A broken cite cannot be blessed.
fn differs(case: &Case, found: &Found, bless: bool) -> Option<String> {
    let expected = case.expected.as_deref().unwrap_or_default();
    let mut out = found.broken.iter().map(|words| format!("  ! {words}\n")).collect::<String>();
    if expected != found.lines && !bless {
        out.push_str(&diff::diff(expected, &found.lines));
    }
    (!out.is_empty()).then(|| format!("\n{}:{}: {}\n{out}", case.document, case.line, case.heading))
}
