//! `cargo xtask`: what is done around the program.

mod floors;
mod memory;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use floors::Aim;

const USAGE: &str = "\
cargo xtask test                     everything: format, lints, tests, spec, floors
cargo xtask spec [WORDS] [--bless]   the cases of spec/ whose file or heading holds WORDS; --bless writes what is read today
cargo xtask floors [TASK]            measures on the sets of ../shared and fails below a floor of eval/floors.toml
cargo xtask floors [TASK] --raise    raises the floors to what is measured
cargo xtask floors [TASK] --lower \"why\"
                                     lowers the floors to what is measured, and writes why beside them
cargo xtask bench                    how fast pages are read
cargo xtask memory [MEGABYTES]       reads an archive of so many megabytes (1024) and says how much memory that took";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.split_first() {
        Some((&"test", [])) => test(),
        Some((&"spec", rest)) => spec(rest),
        Some((&"floors", rest)) => run_floors(rest),
        Some((&"bench", [])) => cargo(&["bench", "--package", "chancery", "--bench", "pages"], &[]),
        Some((&"memory", rest)) => memory(rest),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            tell(&message);
            ExitCode::FAILURE
        }
    }
}

/// Says a line on standard error itself: the test runner, which gathers what macros print, hides no measurement.
fn tell(message: &str) {
    let _ = writeln!(std::io::stderr(), "{message}");
}

/// The root of the repository.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new(".")).to_owned()
}

/// Everything that has to hold before a change is done.
fn test() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])?;
    cargo(&["test", "--workspace", "--no-fail-fast"], &[])
}

/// The cases of `spec/`.
fn spec(args: &[&str]) -> Result<(), String> {
    let (flags, words): (Vec<&str>, Vec<&str>) = args.iter().partition(|arg| arg.starts_with("--"));
    let bless = match flags[..] {
        [] => "",
        ["--bless"] => "1",
        _ => return Err(USAGE.to_owned()),
    };
    let settings = [("CHANCERY_SPEC", words.join(" ")), ("CHANCERY_BLESS", bless.to_owned())];
    cargo(&["test", "--package", "chancery", "--test", "it", "spec::spec", "--", "--nocapture"], &settings)
}

fn run_floors(args: &[&str]) -> Result<(), String> {
    match args {
        [] => floors::floors(&Aim::Hold, ""),
        ["--raise"] => floors::floors(&Aim::Raise, ""),
        ["--lower", why] => floors::floors(&Aim::Lower(why), ""),
        [task] if !task.starts_with("--") => floors::floors(&Aim::Hold, task),
        [task, "--raise"] => floors::floors(&Aim::Raise, task),
        [task, "--lower", why] => floors::floors(&Aim::Lower(why), task),
        _ => Err(USAGE.to_owned()),
    }
}

/// What a large archive takes.
fn memory(args: &[&str]) -> Result<(), String> {
    let megabytes = match args {
        [] => 1024,
        [words] => words.parse().map_err(|_| USAGE.to_owned())?,
        _ => return Err(USAGE.to_owned()),
    };
    cargo(&["build", "--release", "--package", "chancery"], &[])?;
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/release/chancery");
    tell(&memory::run(program, megabytes)?);
    Ok(())
}

/// Runs cargo from the root of the repository.
fn cargo(args: &[&str], settings: &[(&str, String)]) -> Result<(), String> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root()).args(args).envs(settings.iter().map(|(name, value)| (name, value)));
    let status = command.status().map_err(|error| format!("cargo cannot be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", args.join(" "))) }
}
