//! `cargo xtask`: what is done around the program.

use std::process::{Command, ExitCode};

const USAGE: &str = "\
cargo xtask test                     everything: format, lints, tests, spec, floors
cargo xtask spec [WORDS] [--bless]   the cases of spec/ whose file or heading holds WORDS; --bless writes what is read today";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.split_first() {
        Some((&"test", [])) => test(),
        Some((&"spec", rest)) => spec(rest),
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

#[expect(clippy::print_stderr, reason = "this is the program's output layer")]
fn tell(message: &str) {
    eprintln!("{message}");
}

/// Everything that has to hold before a change is done.
fn test() -> Result<(), String> {
    cargo(&["fmt", "--all", "--check"], &[])?;
    cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"], &[])?;
    cargo(&["test", "--workspace"], &[])
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

/// Runs cargo from the root of the repository.
fn cargo(args: &[&str], settings: &[(&str, String)]) -> Result<(), String> {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(root).args(args).envs(settings.iter().map(|(name, value)| (name, value)));
    let status = command.status().map_err(|error| format!("cargo cannot be run: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("cargo {} failed", args.join(" "))) }
}
