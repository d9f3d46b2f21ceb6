//! Running the program under test.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The program, ready for arguments.
pub(crate) fn chancery() -> Command {
    Command::new(env!("CARGO_BIN_EXE_chancery"))
}

/// What a command prints, which must succeed.
pub(crate) fn output(command: &mut Command) -> String {
    let output = command.output().expect("the program starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The root of the repository.
pub(crate) fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the repository is there")
}

/// Says what a test measured, on standard error itself: the test runner, which gathers what macros print, does not hide it.
pub(crate) fn say(words: &str) {
    let _ = writeln!(std::io::stderr(), "{words}");
}

/// A fresh folder that goes away with its test.
pub(crate) struct Folder(PathBuf);

impl Folder {
    /// `name` tells the folders of different tests apart.
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("chancery-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a temporary folder");
        Self(path)
    }

    /// Where it is.
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file in it.
    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        if let Some(above) = path.parent() {
            std::fs::create_dir_all(above).expect("a folder inside");
        }
        std::fs::write(&path, bytes).expect("a file is written");
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
