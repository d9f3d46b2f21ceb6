//! `--list FILE`: pages named in JSON lines, with what is known of them.

use std::path::{Path, PathBuf};

use chancery_model::{Known, Moment, Note, NoteCode};
use serde::Deserialize;

/// One line of a manifest. Fields it does not know are passed over, so that a manifest may say more.
#[derive(Deserialize)]
struct Listed {
    path: String,
    url: Option<String>,
    published: Option<String>,
    captured: Option<String>,
    outlet: Option<String>,
}

/// What a line gave.
pub(crate) struct Entry {
    /// The path as given.
    pub(crate) path: String,
    /// What is known of the page.
    pub(crate) known: Known,
    /// What of the line could not be used.
    pub(crate) notes: Vec<Note>,
}

/// Reads one line; `None` for a blank one. `manifest` and `number` name the line in notes.
pub(crate) fn entry(manifest: &Path, number: usize, line: &str) -> Option<Result<Entry, Note>> {
    if line.trim().is_empty() {
        return None;
    }
    let at = format!("{}: line {number}", manifest.display());
    Some(match serde_json::from_str::<Listed>(line) {
        Err(error) => Err(bad(&at, &reason(&error))),
        Ok(listed) if listed.path.is_empty() => Err(bad(&at, "its \"path\" is empty")),
        Ok(listed) => Ok(known(listed, &at)),
    })
}

/// What is wrong with a line, without the parser's own line number (always 1 here).
fn reason(error: &serde_json::Error) -> String {
    let words = error.to_string();
    words.split(" at line ").next().unwrap_or(&words).to_owned()
}

fn bad(at: &str, why: &str) -> Note {
    Note::new(NoteCode::BadManifest, format!("{at} is skipped: {why}"))
        .hint("a line reads {\"path\": \"page.html\", \"url\": \"https://…\"}, all but \"path\" optional")
}

fn known(listed: Listed, at: &str) -> Entry {
    let mut notes = Vec::new();
    let mut when = |field: &str, words: Option<&str>| -> Option<Moment> {
        let words = words.filter(|words| !words.is_empty())?;
        let moment = Moment::parse(words);
        if moment.is_none() {
            let message = format!("{at}: \"{field}\" is not used: {words:?} is no date");
            notes.push(
                Note::new(NoteCode::BadManifest, message).hint("write 2025-12-02 or 2025-12-02T09:30:00Z"),
            );
        }
        moment
    };
    let published = when("published", listed.published.as_deref());
    let captured = when("captured", listed.captured.as_deref());
    let some = |words: Option<String>| words.filter(|words| !words.is_empty());
    let known = Known { url: some(listed.url), published, captured, outlet: some(listed.outlet) };
    Entry { path: listed.path, known, notes }
}

/// Where a path of the manifest points: beside the manifest, unless it is absolute. A path that leads nowhere from there and
/// somewhere from the working folder is one that a program wrote down as it was given to it.
pub(crate) fn beside(manifest: &Path, path: &str) -> PathBuf {
    let beside = manifest.parent().map_or_else(|| PathBuf::from(path), |folder| folder.join(path));
    let here = Path::new(path);
    if !beside.exists() && here.exists() { here.to_owned() } else { beside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_names_itself_and_what_is_wrong() {
        let line = |words| entry(Path::new("m.jsonl"), 7, words).expect("not blank");
        let note = line("{\"url\": 3}").err().expect("no path");
        assert!(note.message.starts_with("m.jsonl: line 7 is skipped: "), "{}", note.message);
        let Ok(entry) = line("{\"path\": \"a.html\", \"published\": \"yesterday\", \"lang\": \"en\"}") else {
            panic!("a path")
        };
        assert_eq!(entry.known.published, None);
        assert!(entry.notes[0].message.contains("\"yesterday\""));
        assert!(super::entry(Path::new("m.jsonl"), 8, "  ").is_none());
    }
}
