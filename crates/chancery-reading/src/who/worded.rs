//! What the words of two descriptions say of their being the same: the noun, what describes it, its article, whose it is.
//!
//! Only the words count here; where the two stand is for [`super::signs`].

use chancery_model::{Deprel, MentionForm};

use super::found::{Article, Found};
use super::party::{Parties, Party, PartyId};
use super::view::View;

/// 0 the same word, 1 the same word in another number, 2 a title of the party, 3 the last word of its name, 4 another word,
/// 5 a pronoun on either side.
pub(super) fn head_word(m: &Found, a: &Found, party: &Party) -> u8 {
    if m.form == MentionForm::Pronoun {
        return 5;
    }
    if a.form == MentionForm::Nominal && m.word == a.word {
        return u8::from(m.number != a.number);
    }
    if party.titles.contains(&m.word) {
        return 2;
    }
    if party.ends.contains(&m.word) {
        return 3;
    }
    if a.form == MentionForm::Pronoun { 5 } else { 4 }
}

/// 0 none of its own, 1 all known of the other, 2 the other has none, 3 they differ, 4 not the same word.
pub(super) fn modifiers(m: &Found, a: &Found, head_word: u8) -> u8 {
    if head_word > 3 {
        return 4;
    }
    if m.described.is_empty() {
        return 0;
    }
    let known = m.described.iter().all(|word| a.described.contains(word));
    match (known, a.described.is_empty()) {
        (true, _) => 1,
        (false, true) => 2,
        (false, false) => 3,
    }
}

/// What describes two mentions of one noun: 0 not the same noun, 1 nothing on either side, 2 the same, 3 and 4 the mention says less
/// (nothing; something), 5 and 6 it says more (than nothing; than something), 7 they share some words, 8 none.
pub(super) fn described(m: &Found, a: &Found, head_word: u8) -> u8 {
    if head_word > 1 {
        return 0;
    }
    let less = m.described.iter().all(|word| a.described.contains(word));
    let more = a.described.iter().all(|word| m.described.contains(word));
    match (less, more) {
        (true, true) => 1 + u8::from(!m.described.is_empty()),
        (true, false) => 3 + u8::from(!m.described.is_empty()),
        (false, true) => 5 + u8::from(!a.described.is_empty()),
        (false, false) => 8 - u8::from(m.described.iter().any(|word| a.described.contains(word))),
    }
}

/// The articles of two mentions of one noun; 0 where the nouns differ.
pub(super) fn articles(m: &Found, a: &Found, head_word: u8) -> u8 {
    if head_word > 1 { 0 } else { 1 + article(m.article) * 5 + article(a.article) }
}

pub(super) fn article(article: Article) -> u8 {
    match article {
        Article::The => 0,
        Article::This => 1,
        Article::Whose => 2,
        Article::A => 3,
        Article::Bare => 4,
    }
}

/// Whose two mentions of one noun are: 0 not said of both, 1 the same party's, 2 another's, 3 one of them is not known.
pub(super) fn owners(view: &View<'_>, parties: &Parties, m: &Found, a: &Found, head_word: u8) -> u8 {
    if head_word > 1 || m.article != Article::Whose || a.article != Article::Whose {
        return 0;
    }
    match (owner(view, parties, m), owner(view, parties, a)) {
        (Some(one), Some(two)) if one == two => 1,
        (Some(_), Some(_)) => 2,
        _ => 3,
    }
}

/// The party that a mention belongs to: "its plan", "Kyiv's plan".
fn owner(view: &View<'_>, parties: &Parties, found: &Found) -> Option<PartyId> {
    let owner = view
        .text
        .dependents_by(found.head, Deprel::Nmod)
        .find(|&part| view.text.deprel(part) == Deprel::NmodPoss)?;
    parties.of[view.with_head(owner)? as usize]
}
