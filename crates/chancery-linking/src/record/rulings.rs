//! What people ruled, put into readings before they are linked.

use chancery_model::{Chain, EntityKind, Reading, Ruling, RulingKind, Span, Through, Unresolved, Who};

use super::names::fold_name;

/// Puts the rulings on an article's lines into what it says.
pub fn apply(rulings: &[Ruling], reading: &mut Reading) {
    for ruling in rulings {
        match ruling.kind {
            RulingKind::Speaker => speaker(ruling, reading),
            RulingKind::NotEvent => not_event(ruling, reading),
            RulingKind::Issue => {
                for stance in reading.stances.iter_mut().filter(|s| s.id.to_string() == ruling.about) {
                    stance.issue.clone_from(&ruling.instead);
                }
            }
            // On names and disputes, which linking makes.
            RulingKind::Same | RulingKind::Apart | RulingKind::NotDispute => {}
        }
    }
}

/// The statement is somebody else's word, and so are the figures and stances it carried for the speaker.
fn speaker(ruling: &Ruling, reading: &mut Reading) {
    let Some(at) = reading.statements.iter().position(|s| s.id.to_string() == ruling.about) else { return };
    let Some(before) = reading.statements[at].speakers.first().cloned() else { return };
    let chain = match &ruling.instead {
        Some(name) => Ok(chain_named(reading, name, before.span)),
        None => Err(Unresolved::because("a person ruled that the words do not settle who it is")),
    };
    let now = Who { span: before.span, chain };
    let inside = Some(at as u32);
    reading.statements[at].speakers = vec![now.clone()];
    for figure in reading.figures.iter_mut().filter(|f| f.inside == inside && f.claimed_by.is_some()) {
        figure.claimed_by = Some(now.clone());
    }
    let party = now.chain.as_ref().ok().and_then(|at| {
        let chain = &reading.chains[*at as usize];
        chain.side.as_ref().map(|side| side.name.clone()).or_else(|| chain.name.clone())
    });
    let own = |s: &chancery_model::Stance| {
        s.through == Some(Through::Statement(at as u32)) && s.holder.chain == before.chain
    };
    match party {
        Some(party) => {
            for stance in reading.stances.iter_mut().filter(|s| own(s)) {
                stance.holder = now.clone();
                stance.party.clone_from(&party);
            }
        }
        None => reading.stances.retain(|s| !own(s)),
    }
}

/// The chain with this name; where the article has none, a new one that stands at the speaker's words.
fn chain_named(reading: &mut Reading, name: &str, shown: Span) -> u32 {
    let folded = fold_name(name);
    let known =
        reading.chains.iter().position(|c| c.name.as_deref().is_some_and(|own| fold_name(own) == folded));
    known.unwrap_or_else(|| {
        reading.chains.push(Chain {
            kind: EntityKind::Person,
            plural: false,
            name: Some(name.to_owned()),
            shown,
            roles: Vec::new(),
            side: None,
            mentions: Vec::new(),
        });
        reading.chains.len() - 1
    }) as u32
}

fn not_event(ruling: &Ruling, reading: &mut Reading) {
    let Some(at) = reading.events.iter().position(|e| e.id.to_string() == ruling.about) else { return };
    let at = at as u32;
    reading.events.remove(at as usize);
    reading.stances.retain(|s| s.through != Some(Through::Event(at)));
    for stance in &mut reading.stances {
        if let Some(Through::Event(other)) = &mut stance.through
            && *other > at
        {
            *other -= 1;
        }
    }
}
