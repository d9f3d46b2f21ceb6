//! `chancery disputes`: lines that cannot all be true, both sides cited.

use std::process::ExitCode;

use chancery_store::Store;
use clap::Args;

use crate::brief::draw;
use crate::failure::{ALL_DONE, Failure};
use crate::linked;
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire;

/// Show accounts that disagree: figures, places, who did what or did not, terms
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery disputes talks.chancery
  chancery disputes talks.chancery --json | jq -r .note

FILE may be left out where the folder holds one record.")]
pub(crate) struct DisputesArgs {
    #[command(flatten)]
    of: record::Whole,
}

/// Carries out the verb.
pub(crate) fn run(args: &DisputesArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.of.file.as_ref())?)?;
    let disputes = linked::disputes(&store)?;
    let mut screen = Screen::new();
    for dispute in &disputes {
        match args.of.json {
            true => screen.json(&wire::record::dispute(dispute)),
            false => draw::dispute(dispute, &mut screen),
        }
    }
    if !args.of.json {
        let count = disputes.len();
        say(&format!("{count} dispute{}", if count == 1 { "" } else { "s" }));
        linked::mention(&linked::notes(&store)?);
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}
