//! Which inputs a command names: files, folders, globs, standard input, and the lines of a manifest.
//!
//! It looks at names and kinds of files and opens none of them but the manifest. Inputs come one by one, so that a folder of a
//! million pages is no list in memory.

use std::collections::BTreeSet;
use std::fs::{self, File, FileType};
use std::io::{BufRead, BufReader, Read};
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use chancery_model::{Known, Note, NoteCode};

use super::manifest;
use crate::failure::Failure;

/// Folders inside folders that are followed; deeper ones are skipped with a note.
const DEPTH: usize = 64;
/// Bytes of one line of a manifest.
const MANIFEST_LINE: u64 = 1 << 20;

/// Where the bytes of an input come from.
pub(crate) enum Place {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

/// One input, or why there is none.
pub(crate) struct Input {
    /// Its name as given; empty for a line of a manifest that names none.
    pub(crate) name: String,
    /// What is known of it.
    pub(crate) known: Known,
    /// Its bytes, or why they are not read.
    pub(crate) place: Result<Place, Note>,
}

/// The inputs, in the order given; folders and globs sorted.
pub(crate) type Inputs = Box<dyn Iterator<Item = Input> + Send>;

/// The inputs that the paths name, then those of the manifest.
pub(crate) fn of(paths: &[PathBuf], list: Option<&Path>) -> Result<Inputs, Failure> {
    let listed = list.map(of_manifest).transpose()?;
    let named: Vec<PathBuf> = paths.to_vec();
    let named = named.into_iter().flat_map(|path| of_path(&path));
    Ok(Box::new(named.chain(listed.into_iter().flatten())))
}

fn of_path(path: &Path) -> Inputs {
    if path.as_os_str() == "-" {
        return one(Input { name: "-".to_owned(), known: Known::default(), place: Ok(Place::Standard) });
    }
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Box::new(Folder::new(path.to_owned())),
        Ok(meta) => one(file(path.to_owned(), meta.file_type(), Asked::ByName)),
        Err(error) => match matches_of(path) {
            Some(found) if !found.is_empty() => Box::new(found.into_iter().flat_map(|path| of_found(&path))),
            Some(_) => one(missing(path, "no file matches")),
            None => one(unreadable(path, &error)),
        },
    }
}

fn one(input: Input) -> Inputs {
    Box::new(std::iter::once(input))
}

/// What a glob found, which nobody asked for by its own name.
fn of_found(path: &Path) -> Inputs {
    match fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Box::new(Folder::new(path.to_owned())),
        Ok(meta) => one(file(path.to_owned(), meta.file_type(), Asked::InPassing)),
        Err(error) => one(unreadable(path, &error)),
    }
}

/// The paths that a glob stands for; `None` when it is none.
fn matches_of(path: &Path) -> Option<Vec<PathBuf>> {
    let words = path.to_str().filter(|words| words.contains(['*', '?', '[']))?;
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    let found = glob::glob_with(words, options).ok()?;
    let mut found: Vec<PathBuf> = found.filter_map(Result::ok).filter(|path| !is_store(path)).collect();
    found.sort();
    Some(found)
}

/// Whether somebody named this very file.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    ByName,
    InPassing,
}

fn file(path: PathBuf, kind: FileType, asked: Asked) -> Input {
    let what = match kind {
        _ if kind.is_file() => None,
        _ if kind.is_fifo() && asked == Asked::ByName && is_open_already(&path) => None,
        _ if kind.is_fifo() => Some("a pipe"),
        _ if kind.is_socket() => Some("a socket"),
        _ if kind.is_dir() => Some("a folder"),
        _ => Some("a device"),
    };
    let place = match what {
        None => Ok(Place::File(path.clone())),
        Some(what) => Err(not_a_file(&path, what)),
    };
    Input { name: name(&path), known: Known::default(), place }
}

/// A pipe that the shell has opened for us (`<(command)`). Any other pipe may wait for ever for somebody to write.
fn is_open_already(path: &Path) -> bool {
    path.starts_with("/dev/fd") || path.starts_with("/proc") || path == Path::new("/dev/stdin")
}

fn not_a_file(path: &Path, what: &str) -> Note {
    let name = name(path);
    let note = Note::new(NoteCode::NotAFile, format!("{name} is not read: it is {what}, not a file"));
    match what {
        "a pipe" => note.hint(format!("to read from it, write: chancery read - < {name}")),
        "a folder" => note.hint("a manifest names files; give the folder as an argument"),
        _ => note,
    }
}

fn unreadable(path: &Path, error: &std::io::Error) -> Input {
    let note = Note::new(NoteCode::Unreadable, format!("{} cannot be read: {}", name(path), why(error)));
    let note = match hint(error) {
        Some(hint) => note.hint(hint),
        None => note,
    };
    Input { name: name(path), known: Known::default(), place: Err(note) }
}

/// The system's words for an error, without its number.
pub(crate) fn why(error: &std::io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or(&words);
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

/// What to do about an error of opening or reading.
pub(crate) fn hint(error: &std::io::Error) -> Option<&'static str> {
    match error.kind() {
        std::io::ErrorKind::NotFound => Some("check the spelling, and the folder you are in"),
        std::io::ErrorKind::PermissionDenied => {
            Some("give yourself the right to read it (chmod u+r; for a folder u+rx)")
        }
        _ => None,
    }
}

fn missing(path: &Path, why: &str) -> Input {
    let note = Note::new(NoteCode::Unreadable, format!("{}: {why}", name(path)))
        .hint("check the spelling, and the folder you are in");
    Input { name: name(path), known: Known::default(), place: Err(note) }
}

/// The name of an input: its path as given, without a leading `./`.
fn name(path: &Path) -> String {
    let name = path.to_string_lossy();
    name.strip_prefix("./").unwrap_or(&name).to_owned()
}

/// Stores of our own, which lie beside the pages often enough.
fn is_store(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    [".chancery", ".chancery-wal", ".chancery-shm"].iter().any(|end| name.ends_with(end))
}

/// The files of a folder and of the folders in it, sorted by name, hidden ones left out.
struct Folder {
    /// What is still to be visited, the next one last.
    rest: Vec<(PathBuf, usize)>,
    /// Folders that were entered, by device and number, so that a loop of links ends.
    entered: BTreeSet<(u64, u64)>,
}

impl Folder {
    fn new(path: PathBuf) -> Self {
        Self { rest: vec![(path, 0)], entered: BTreeSet::new() }
    }

    /// Puts what lies in the folder before everything else.
    fn enter(&mut self, path: &Path, depth: usize) -> Result<(), std::io::Error> {
        let mut inside = fs::read_dir(path)?
            .map(|entry| Ok(entry?.path()))
            .collect::<Result<Vec<PathBuf>, std::io::Error>>()?;
        inside.retain(|path| !is_hidden(path) && !is_store(path));
        inside.sort();
        self.rest.extend(inside.into_iter().rev().map(|path| (path, depth + 1)));
        Ok(())
    }

    fn visit(&mut self, path: PathBuf, depth: usize) -> Option<Input> {
        let meta = match fs::metadata(&path) {
            Ok(meta) => meta,
            Err(error) => return Some(unreadable(&path, &error)),
        };
        if !meta.is_dir() {
            return Some(file(path, meta.file_type(), Asked::InPassing));
        }
        if !self.entered.insert((meta.dev(), meta.ino())) {
            return None;
        }
        if depth >= DEPTH {
            let message = format!("{} is not read: folders are followed {DEPTH} deep", name(&path));
            let note = Note::new(NoteCode::TooLarge, message).hint("give this folder as an argument");
            return Some(Input { name: name(&path), known: Known::default(), place: Err(note) });
        }
        self.enter(&path, depth).err().map(|error| unreadable(&path, &error))
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().first() == Some(&b'.'))
}

impl Iterator for Folder {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            let (path, depth) = self.rest.pop()?;
            if let Some(input) = self.visit(path, depth) {
                return Some(input);
            }
        }
    }
}

/// The inputs that a manifest names, read line by line.
fn of_manifest(list: &Path) -> Result<impl Iterator<Item = Input> + Send + use<>, Failure> {
    let cannot = |error: &std::io::Error| {
        let failure = Failure::new(format!("the list {} cannot be read: {}", list.display(), why(error)));
        failure.hint(hint(error).unwrap_or("it holds a line of JSON for each page"))
    };
    let lines: Box<dyn BufRead + Send> = if list.as_os_str() == "-" {
        Box::new(BufReader::new(std::io::stdin()))
    } else {
        let file = File::open(list).map_err(|error| cannot(&error))?;
        if file.metadata().map_err(|error| cannot(&error))?.is_dir() {
            return Err(cannot(&std::io::Error::from(std::io::ErrorKind::IsADirectory)));
        }
        Box::new(BufReader::new(file))
    };
    Ok(Listing { manifest: list.to_owned(), lines, number: 0, ready: Vec::new() })
}

struct Listing {
    manifest: PathBuf,
    lines: Box<dyn BufRead + Send>,
    number: usize,
    /// Inputs made and not yet given, the next one last.
    ready: Vec<Input>,
}

impl Listing {
    fn about(name: String, note: Note) -> Input {
        Input { name, known: Known::default(), place: Err(note) }
    }

    /// The next line, its end left out; `None` at the end of the manifest.
    fn line(&mut self) -> Option<Result<String, Note>> {
        let mut bytes = Vec::new();
        let read = (&mut self.lines).take(MANIFEST_LINE).read_until(b'\n', &mut bytes);
        self.number += 1;
        let at = format!("{}: line {}", self.manifest.display(), self.number);
        match read {
            Ok(0) => None,
            Ok(_) if bytes.len() as u64 == MANIFEST_LINE && bytes.last() != Some(&b'\n') => {
                let _ = self.lines.skip_until(b'\n');
                Some(Err(Note::new(
                    NoteCode::BadManifest,
                    format!("{at} is skipped: it is longer than {MANIFEST_LINE} bytes"),
                )))
            }
            Ok(_) => Some(Ok(String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned())),
            Err(error) => {
                self.lines = Box::new(std::io::empty());
                Some(Err(Note::new(
                    NoteCode::BadManifest,
                    format!("{at} and what follows cannot be read: {}", why(&error)),
                )))
            }
        }
    }

    fn take(&mut self, line: &str) {
        match manifest::entry(&self.manifest, self.number, line) {
            None => {}
            Some(Err(note)) => self.ready.push(Self::about(String::new(), note)),
            Some(Ok(entry)) => {
                let input = self.input(entry.path.clone(), entry.known);
                let notes = entry.notes.into_iter().map(|note| Self::about(entry.path.clone(), note));
                self.ready.extend(std::iter::once(input).chain(notes.collect::<Vec<_>>()));
            }
        }
    }

    fn input(&self, path: String, known: Known) -> Input {
        let file_path = manifest::beside(&self.manifest, &path);
        let found = match fs::metadata(&file_path) {
            Ok(meta) => file(file_path, meta.file_type(), Asked::InPassing),
            Err(error) => unreadable(&file_path, &error),
        };
        Input { name: path, known, place: found.place }
    }
}

impl Iterator for Listing {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        while self.ready.is_empty() {
            match self.line()? {
                Ok(line) => self.take(&line),
                Err(note) => return Some(Self::about(String::new(), note)),
            }
        }
        self.ready.pop()
    }
}
