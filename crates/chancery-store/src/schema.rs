//! The tables, and the steps from one format to the next.

use rusqlite::Connection;

/// `CHNC` in the header of the file: `file` and SQLite tools can tell a record from other databases.
pub const APPLICATION_ID: i32 = 0x4348_4E43;

/// The format this version writes: the number of steps below.
pub const FORMAT: i64 = STEPS.len() as i64;

/// Each step takes a file from the format of its index to the next. Steps are never changed once released.
const STEPS: [&str; 5] = [
    include_str!("schema/1.sql"),
    include_str!("schema/2.sql"),
    include_str!("schema/3.sql"),
    include_str!("schema/4.sql"),
    include_str!("schema/5.sql"),
];

/// Takes a file of format `from` to [`FORMAT`]. To be called inside a transaction.
pub(crate) fn migrate(connection: &Connection, from: i64) -> rusqlite::Result<()> {
    for step in &STEPS[from as usize..] {
        connection.execute_batch(step)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", FORMAT)
}
