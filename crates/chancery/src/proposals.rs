//! `chancery proposals`: plans and drafts, their versions, and who took which stance on them.

use std::process::ExitCode;

use chancery_model::Position;
use chancery_store::{Said, Store};
use clap::Args;

use crate::brief::draw;
use crate::failure::{ALL_DONE, Failure};
use crate::layout::{cut, pad};
use crate::linked;
use crate::record;
use crate::terminal::{Screen, say};
use crate::wire;

/// Show plans and drafts: whose they are, their versions, who took which stance on them
#[derive(Args)]
#[command(after_help = "\
Examples:
  chancery proposals talks.chancery
  chancery proposals talks.chancery --json

FILE may be left out where the folder holds one record.")]
pub(crate) struct ProposalsArgs {
    #[command(flatten)]
    of: record::Whole,
}

/// Carries out the verb.
pub(crate) fn run(args: &ProposalsArgs) -> Result<ExitCode, Failure> {
    let store = Store::open(&record::choose_alone(args.of.file.as_ref())?)?;
    let proposals = linked::proposals(&store)?;
    let (positions, said): (Vec<Position>, Vec<Said>) = match args.of.json || proposals.is_empty() {
        true => Default::default(),
        false => (linked::positions(&store)?, linked::readings(&store)?),
    };
    let mut screen = Screen::new();
    for proposal in &proposals {
        if args.of.json {
            screen.json(&wire::record::proposal(proposal));
            continue;
        }
        draw::proposal(proposal, &mut screen);
        for (stance, article) in stances(&said, proposal) {
            let party = positions.iter().find(|p| p.stances.iter().any(|s| s.stance == stance.id));
            let party = party.map_or(stance.party.as_str(), |p| p.party.as_str());
            let words = format!("      {} {} ", pad(&cut(party, 18), 18), pad(stance.act.word(), 10));
            screen.put(&words);
            draw::ending(
                &mut screen,
                words.chars().count(),
                &article.text[stance.terms.range()],
                &stance.id.to_string(),
            );
        }
    }
    if !args.of.json {
        let count = proposals.len();
        say(&format!("{count} proposal{}", if count == 1 { "" } else { "s" }));
    }
    screen.finish()?;
    Ok(ExitCode::from(ALL_DONE))
}

fn stances<'a>(
    said: &'a [Said],
    proposal: &'a chancery_model::Proposal,
) -> impl Iterator<Item = (&'a chancery_model::Stance, &'a chancery_model::Article)> {
    let all = said.iter().flat_map(|s| s.reading.stances.iter().map(move |stance| (stance, &s.article)));
    all.filter(|(stance, _)| proposal.stances.contains(&stance.id))
}
