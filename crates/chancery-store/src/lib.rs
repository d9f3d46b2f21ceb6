//! A record in one SQLite file.
//!
//! ```text
//! ground    pages as they came, when and where they were seen,
//!           rulings, codebooks of users                                  append-only, kept for ever
//! derived   what was read on them: articles, furniture, what they say    dropped and built again when the reader changes
//!           what they say together                                       dropped when anything is added, and linked again
//! ```
//!
//! This crate knows SQL, how a page is packed and how a record survives a kill. It knows nothing of how anything was found, no
//! HTML, no JSON and no clock: the time of a sighting is an argument.
//!
//! The file is in WAL mode with `synchronous = FULL`: readers are never blocked, a batch is on the disk when its commit
//! returns, and a process that is killed leaves every finished batch. (A rollback journal is as safe, but its writer shuts readers
//! out while it commits, and a long reader shuts the writer out.)

mod codebooks;
mod codec;
mod derived;
mod error;
mod ground;
mod line_ids;
mod linked;
mod listing;
mod open;
mod rulings;
mod says;
mod schema;
mod stored;

pub use codebooks::{KeptCodebook, KeptCodebooks};
pub use error::{StoreError, StoreErrorKind};
pub use ground::{Kept, Packed, Sighting};
pub use listing::{ArticleLine, Hit, PageLine};
pub use open::{Batch, Settings, Store};
pub use rulings::KeptRuling;
pub use says::{Line, PackedReading, Said};
pub use schema::{APPLICATION_ID, FORMAT};
pub use stored::StoredPage;
