//! The learned reader for the verbs that need it.

use std::path::Path;

use chancery_language::document::DocReader;
use chancery_language::reader::Reader;

use crate::failure::Failure;

/// Bytes of a file of weights; ours has 25 million.
const MAX_MODEL_BYTES: u64 = 1 << 30;

/// The reader with the weights of `model`, or with those inside the program.
pub(crate) fn reader(model: Option<&Path>) -> Result<DocReader, Failure> {
    let reader = match model {
        Some(path) => Reader::load(&bytes(path)?).map_err(|error| {
            Failure::new(format!("{}: {error}", path.display()))
                .hint("leave --model out to use the weights inside the program")
        }),
        None => Reader::embedded().map_err(|error| {
            Failure::new(error.to_string())
                .hint("build it with models/reader.chm in place, or give --model FILE")
        }),
    };
    reader.map(DocReader::new)
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error: std::io::Error| {
        let why = crate::read::why(&error);
        Failure::new(format!("the weights {} cannot be read: {why}", path.display()))
            .hint("--model names a file made by training/ (see models/README.md)")
    };
    let size = std::fs::metadata(path).map_err(failed)?.len();
    if size > MAX_MODEL_BYTES {
        return Err(Failure::new(format!("{} is no file of weights: it has {size} bytes", path.display())));
    }
    std::fs::read(path).map_err(failed)
}
