//! `eval/floors.toml`: what the program scored on labelled sets, below which it may not fall.
//!
//! The sets and their scorers lie in `../shared`, beside the checkout; where they do not, nothing is measured and that is
//! said. It knows how to run a scorer, find a figure in what it prints, and change a floor in the file; it knows nothing of what a
//! figure means.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::{cargo, root, tell};

/// One measurement.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Task {
    /// The scorer and its arguments, from `../shared/score`; a scorer of our own is named `eval/…`.
    run: Vec<String>,
    /// Pages to read first, from `../shared/score`; the scorer gets the lines as its last argument.
    reads: Option<String>,
    /// What the figures hang on, from `../shared`.
    data: Vec<String>,
    /// SHA-256 of `data`, so that figures of other data are not compared.
    digest: String,
    /// Figures by name, and the least each may be.
    #[serde(default)]
    floor: BTreeMap<String, f64>,
    /// Figures by name, and the most each may be.
    #[serde(default)]
    ceiling: BTreeMap<String, f64>,
}

/// What is to be done with the figures.
pub(crate) enum Aim<'a> {
    /// Fail where one is below its floor.
    Hold,
    /// Raise the floors to what was measured.
    Raise,
    /// Lower the floors to what was measured, for a reason.
    Lower(&'a str),
}

/// Measures the tasks whose name holds `wanted`.
pub(crate) fn floors(aim: &Aim<'_>, wanted: &str) -> Result<(), String> {
    let shared = root().join("../shared");
    if !shared.join("score").is_dir() {
        tell("floors: nothing was measured: ../shared is not there");
        return Ok(());
    }
    let file = root().join("eval/floors.toml");
    let mut words = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let tasks: BTreeMap<String, Task> = toml::from_str(&words).map_err(|error| error.to_string())?;
    cargo(&["build", "--release", "--package", "chancery"], &[])?;
    let (mut below, mut measured) = (Vec::new(), 0);
    for (name, task) in tasks.iter().filter(|(name, _)| name.contains(wanted)) {
        if let Some(changed) = changed(&shared, task)? {
            tell(&format!(
                "floors: {name} was not measured: its data is not what the floor was set on (digest {changed})"
            ));
            continue;
        }
        let figures = measure(&shared, task).map_err(|error| format!("{name}: {error}"))?;
        measured += compare(name, task, &figures, aim, &mut words, &mut below)?;
    }
    fs::write(&file, words).map_err(|error| format!("{}: {error}", file.display()))?;
    tell(&format!("floors: {measured} figures measured, {} below their floor", below.len()));
    if below.is_empty() { Ok(()) } else { Err(below.join("\n")) }
}

/// The digest of the data where it is not the one of the task.
fn changed(shared: &Path, task: &Task) -> Result<Option<String>, String> {
    let mut hasher = Sha256::new();
    for name in &task.data {
        let mut files = Vec::new();
        gather(&shared.join(name), &mut files)?;
        for path in files {
            let inside = path.strip_prefix(shared).unwrap_or(&path);
            hasher.update(inside.as_os_str().as_encoded_bytes());
            hasher.update(fs::read(&path).map_err(|error| format!("{}: {error}", path.display()))?);
        }
    }
    let digest: String = hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((digest != task.digest).then_some(digest))
}

/// The files under `path`, sorted.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = fs::read_dir(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut inside: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    inside.sort();
    inside.iter().try_for_each(|path| gather(path, files))
}

/// What the scorer prints.
fn measure(shared: &Path, task: &Task) -> Result<Value, String> {
    let program = root().join("target/release/chancery");
    let score = shared.join("score");
    let mut args = task.run.clone();
    if let Some(own) = args.first_mut().filter(|own| own.starts_with("eval/")) {
        *own = root().join(&*own).display().to_string();
    }
    let mut lines = None;
    if let Some(page) = &task.reads {
        let mut command = Command::new(&program);
        let output = run(command.current_dir(&score).args(["read", "--jsonl", "--quiet", page]))?;
        let path = root().join(format!("target/floors-{}.jsonl", std::process::id()));
        fs::write(&path, output).map_err(|error| format!("{}: {error}", path.display()))?;
        args.push(page.clone());
        args.push(path.display().to_string());
        lines = Some(path);
    }
    let mut command = Command::new("python3");
    let output = run(command.current_dir(&score).env("CHANCERY", &program).args(&args).arg("--json"));
    if let Some(path) = lines {
        let _ = fs::remove_file(path);
    }
    serde_json::from_slice(&output?).map_err(|error| format!("the scorer's figures: {error}"))
}

/// What a command prints on standard output.
fn run(command: &mut Command) -> Result<Vec<u8>, String> {
    let output =
        command.stderr(Stdio::inherit()).output().map_err(|error| format!("{command:?}: {error}"))?;
    // 1 says that something was skipped, which the figures show.
    if matches!(output.status.code(), Some(0 | 1)) {
        Ok(output.stdout)
    } else {
        Err(format!("{command:?} ended with {}", output.status))
    }
}

/// Compares figures with floors and ceilings, and changes floors as asked. How many figures there were.
fn compare(
    name: &str,
    task: &Task,
    figures: &Value,
    aim: &Aim<'_>,
    words: &mut String,
    below: &mut Vec<String>,
) -> Result<usize, String> {
    for (figure, floor) in &task.floor {
        let value = lookup(figures, figure).ok_or_else(|| format!("{name}: the scorer gives no {figure}"))?;
        tell(&format!("floors: {name} {figure} {value:.4} (floor {floor})"));
        let rounded = (value * 1000.0 + 1e-9).floor() / 1000.0;
        match aim {
            Aim::Raise if rounded > *floor => set(words, name, figure, rounded, None)?,
            Aim::Lower(why) if value < *floor => set(words, name, figure, rounded, Some((why, *floor)))?,
            _ if value < *floor => {
                below.push(format!("{name}: {figure} is {value:.4}, its floor is {floor}"))
            }
            _ => {}
        }
    }
    for (figure, ceiling) in &task.ceiling {
        let value = lookup(figures, figure).ok_or_else(|| format!("{name}: the scorer gives no {figure}"))?;
        tell(&format!("floors: {name} {figure} {value} (at most {ceiling})"));
        if value > *ceiling {
            below.push(format!("{name}: {figure} is {value}, at most it may be {ceiling}"));
        }
    }
    Ok(task.floor.len() + task.ceiling.len())
}

/// The figure at `seams.f1`; a name without dots is a key of its own. `a.attributes.date` of two numbers is their quotient.
fn lookup(figures: &Value, name: &str) -> Option<f64> {
    let value = name.split('.').try_fold(figures, |value, key| value.get(key))?;
    match value {
        Value::Array(pair) => Some(pair.first()?.as_f64()? / pair.get(1)?.as_f64()?.max(1.0)),
        other => other.as_f64(),
    }
}

/// Changes one floor in the file's words, which stay as they are otherwise.
fn set(
    words: &mut String,
    task: &str,
    figure: &str,
    value: f64,
    why: Option<(&str, f64)>,
) -> Result<(), String> {
    let section = format!("[{task}.floor]");
    let mut lines: Vec<String> = words.lines().map(str::to_owned).collect();
    let start =
        lines.iter().position(|line| line.trim() == section).ok_or(format!("{section} is not there"))?;
    let is_figure =
        |line: &String| line.split('=').next().is_some_and(|key| key.trim().trim_matches('"') == figure);
    let at = lines[start..].iter().position(is_figure).ok_or(format!("{section} has no {figure}"))? + start;
    let key = lines[at].split('=').next().unwrap_or_default().trim().to_owned();
    lines[at] = match why {
        Some((why, was)) => format!("{key} = {value}  # lowered from {was}: {why}"),
        None => format!("{key} = {value}"),
    };
    *words = lines.join("\n") + "\n";
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floors_hold() {
        floors(&Aim::Hold, "").unwrap_or_else(|error| panic!("{error}"));
    }

    #[test]
    fn a_floor_is_changed_in_its_place() {
        let mut words = "# kept\n[a.floor]\nf1 = 0.5\n[b.floor]\nf1 = 0.5\n\"x.f1\" = 0.1\n".to_owned();
        set(&mut words, "b", "f1", 0.75, None).unwrap();
        set(&mut words, "b", "x.f1", 0.05, Some(("a harder set", 0.1))).unwrap();
        let expected = "# kept\n[a.floor]\nf1 = 0.5\n[b.floor]\nf1 = 0.75\n\"x.f1\" = 0.05  # lowered from 0.1: a harder set\n";
        assert_eq!(words, expected);
        assert!(set(&mut words, "c", "f1", 1.0, None).is_err());
    }

    #[test]
    fn figures_are_found_by_path() {
        let figures = serde_json::json!({"f1": 0.5, "seams": {"f1": 0.25}, "attributes": {"date": [3, 4]}});
        assert_eq!(lookup(&figures, "f1"), Some(0.5));
        assert_eq!(lookup(&figures, "seams.f1"), Some(0.25));
        assert_eq!(lookup(&figures, "attributes.date"), Some(0.75));
        assert_eq!(lookup(&figures, "seams.recall"), None);
    }
}
