//! "I", "we" and "you": their meaning hangs on who speaks.
//!
//! Inside quotation marks "I" is the speaker; outside it is the writer. Who "we" and "you" are is seldom said; the same speaker
//! means the same ones by them.

use std::collections::HashMap;

use chancery_model::EntityKind;

use super::party::{Parties, PartyId};
use super::pronouns::Pronoun;
use super::view::View;

/// Gives the first and second persons their parties.
pub(crate) fn gather(view: &View<'_>, parties: &mut Parties) {
    let mut known: HashMap<(Option<u32>, Pronoun), PartyId> = HashMap::new();
    for at in 0..view.found.len() as u32 {
        let found = &view.found[at as usize];
        let Some(pronoun @ (Pronoun::I | Pronoun::We | Pronoun::You)) = found.pronoun else { continue };
        let quotation = view.quotations.around(found.head);
        let speaker = view.quotations.speaker(quotation).and_then(|head| mention_at(view, head));
        let speaking = speaker.and_then(|s| parties.of[s as usize]);
        if let (Pronoun::I, Some(id)) = (pronoun, speaking)
            && parties.all[id as usize].kind.is_none_or(|k| k == EntityKind::Person)
        {
            parties.join(at, found, id);
            continue;
        }
        // A quotation whose speaker is not known keeps its own "I".
        let key = speaking.or((quotation != 0).then_some(u32::MAX - quotation));
        match known.get(&(key, pronoun)) {
            Some(&id) => parties.join(at, found, id),
            None => {
                let id = parties.open(at, found);
                parties.all[id as usize].kind = Some(EntityKind::Person);
                known.insert((key, pronoun), id);
            }
        }
    }
}

/// The mention that a word heads or is a title or name of.
pub(crate) fn mention_at(view: &View<'_>, head: u32) -> Option<u32> {
    let up = std::iter::once(head).chain(view.text.above(head).take(1));
    up.filter_map(|h| view.with_head(h)).find(|&at| view.found[at as usize].tokens.holds(head))
}
