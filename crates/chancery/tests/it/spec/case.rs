//! The documents of `spec/`: parsed, and written back with new expected lines.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::Found;
use crate::program::repository;

/// A page and what is expected of it.
pub(crate) struct Case {
    /// The file it stands in, from the root of the repository.
    pub(crate) document: String,
    /// The heading above it.
    pub(crate) heading: String,
    /// The line of the page's fence, from 1.
    pub(crate) line: usize,
    /// The page's bytes.
    pub(crate) page: Vec<u8>,
    /// The page's file name.
    pub(crate) file: String,
    /// What a manifest says of it: `url=…` and so on.
    pub(crate) known: Map<String, Value>,
    /// Flags of the program: `--whole`.
    pub(crate) flags: Vec<String>,
    /// The media type that goes without saying.
    pub(crate) usual: &'static str,
    /// The lines of the expect block; `None` where there is none yet.
    pub(crate) expected: Option<String>,
    /// The lines of the file between the fences of the expect block, or where one belongs.
    block: (usize, usize),
}

/// One file of `spec/`.
pub(crate) struct Document {
    /// From the root of the repository.
    pub(crate) name: String,
    /// Its cases in order.
    pub(crate) cases: Vec<Case>,
    /// Places where the prose says that the answer is wrong today.
    pub(crate) fixmes: usize,
    path: PathBuf,
    lines: Vec<String>,
}

/// A fenced block: its info string, and its first and last line with those of the fences left out.
struct Fence {
    info: String,
    open: usize,
    close: usize,
}

impl Document {
    /// Reads a file; the error names the line that is wrong.
    pub(crate) fn read(path: &Path) -> Result<Self, String> {
        let words = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
        let name = path.strip_prefix(repository()).unwrap_or(path).display().to_string();
        let lines: Vec<String> = words.lines().map(str::to_owned).collect();
        let fixmes = lines.iter().filter(|line| line.starts_with("FIXME")).count();
        let mut document = Self { name, cases: Vec::new(), fixmes, path: path.to_owned(), lines };
        document.find_cases()?;
        Ok(document)
    }

    fn find_cases(&mut self) -> Result<(), String> {
        let (mut heading, mut at) = (String::new(), 0);
        while at < self.lines.len() {
            let line = &self.lines[at];
            if let Some(words) = line.strip_prefix('#') {
                heading = words.trim_start_matches('#').trim().to_owned();
            }
            let Some(fence) = self.fence(at)? else {
                at += 1;
                continue;
            };
            at = fence.close + 1;
            self.take(&fence, &heading)?;
        }
        Ok(())
    }

    /// The fenced block that begins at line `at`, if one does.
    fn fence(&self, at: usize) -> Result<Option<Fence>, String> {
        let line = &self.lines[at];
        let marks = line.len() - line.trim_start_matches('`').len();
        if marks < 3 {
            return Ok(None);
        }
        let closes = |line: &String| line.trim_end() == "`".repeat(marks);
        let Some(after) = self.lines[at + 1..].iter().position(closes) else {
            return Err(format!("{}:{}: this block is never closed", self.name, at + 1));
        };
        Ok(Some(Fence { info: line[marks..].trim().to_owned(), open: at, close: at + 1 + after }))
    }

    fn take(&mut self, fence: &Fence, heading: &str) -> Result<(), String> {
        let inside = &self.lines[fence.open + 1..fence.close];
        if fence.info == "expect" {
            let words = inside.iter().map(|line| format!("{line}\n")).collect::<String>();
            let at = format!("{}:{}", self.name, fence.open + 1);
            let case = self.cases.last_mut().ok_or(format!("{at}: there is no page above"))?;
            if case.expected.replace(words).is_some() {
                return Err(format!("{at}: the page above has its expected lines already"));
            }
            case.block = (fence.open + 1, fence.close);
            return Ok(());
        }
        let mut info = fence.info.split_whitespace();
        let Some(kind) = info.next().and_then(kind_of) else { return Ok(()) };
        let page = (kind.bytes)(inside).map_err(|e| format!("{}:{}: {e}", self.name, fence.open + 1))?;
        let mut case = Case {
            document: self.name.clone(),
            heading: heading.to_owned(),
            line: fence.open + 1,
            page,
            file: kind.file.to_owned(),
            known: Map::new(),
            flags: Vec::new(),
            usual: kind.usual,
            expected: None,
            block: (fence.close + 1, fence.close + 1),
        };
        info.for_each(|word| case.argument(word));
        self.cases.push(case);
        Ok(())
    }

    /// Leaves out the cases that are not wanted. Blessing is then for those that stay.
    pub(crate) fn keep(&mut self, wanted: impl Fn(&str, &Case) -> bool) {
        let name = self.name.clone();
        self.cases.retain(|case| wanted(&name, case));
    }

    /// Writes the file with what was found in place of what was expected.
    pub(crate) fn bless(&self, found: &[Found]) {
        let mut lines = self.lines.clone();
        for (case, found) in self.cases.iter().zip(found).rev() {
            let mut block: Vec<String> = found.lines.lines().map(str::to_owned).collect();
            if case.expected.is_none() {
                block = [vec!["```expect".to_owned()], block, vec!["```".to_owned()]].concat();
            }
            lines.splice(case.block.0..case.block.1, block);
        }
        if lines != self.lines {
            fs::write(&self.path, lines.join("\n") + "\n").expect("the document is written");
        }
    }
}

impl Case {
    /// A word of the info string: a flag, what a manifest says, or the name of the file.
    fn argument(&mut self, word: &str) {
        if word.starts_with("--") {
            self.flags.push(word.to_owned());
        } else if let Some((key, value)) = word.split_once('=') {
            self.known.insert(key.to_owned(), value.replace('_', " ").into());
        } else {
            self.file = word.to_owned();
        }
    }
}

/// How a page is written down in a block.
struct Kind {
    file: &'static str,
    usual: &'static str,
    bytes: fn(&[String]) -> Result<Vec<u8>, String>,
}

fn kind_of(word: &str) -> Option<Kind> {
    Some(match word {
        "html" => Kind { file: "page.html", usual: "text/html", bytes: as_it_stands },
        "text" => Kind { file: "page.txt", usual: "text/plain", bytes: as_it_stands },
        "feed" => Kind { file: "feed", usual: "", bytes: as_it_stands },
        "hex" => Kind { file: "page", usual: "", bytes: hex },
        "base64" => Kind { file: "page", usual: "", bytes: base64 },
        _ => return None,
    })
}

fn as_it_stands(lines: &[String]) -> Result<Vec<u8>, String> {
    Ok(lines.iter().map(|line| format!("{line}\n")).collect::<String>().into_bytes())
}

/// Pairs of hexadecimal digits, and words between quotation marks for the bytes that are plain.
fn hex(lines: &[String]) -> Result<Vec<u8>, String> {
    let mut out = Vec::new();
    for line in lines {
        for (n, part) in line.split('"').enumerate() {
            if n % 2 == 1 {
                out.extend_from_slice(part.as_bytes());
                continue;
            }
            for pair in part.split_whitespace() {
                out.push(u8::from_str_radix(pair, 16).map_err(|_| format!("{pair:?} is no byte"))?);
            }
        }
    }
    Ok(out)
}

fn base64(lines: &[String]) -> Result<Vec<u8>, String> {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut out, mut bits, mut held) = (Vec::new(), 0u32, 0);
    for byte in lines.concat().bytes().filter(|b| !b.is_ascii_whitespace() && *b != b'=') {
        let value =
            LETTERS.iter().position(|l| *l == byte).ok_or(format!("{:?} is not base64", byte as char))?;
        bits = bits << 6 | value as u32;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    Ok(out)
}
