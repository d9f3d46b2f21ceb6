//! Copies and lineage: passages that stand on two pages, which article was made from which, and how many accounts there are.
//!
//! ```text
//! Carried* ──digest──▶ words, fingerprints ──index──▶ pairs ──runs, passages──▶ passages of a pair ──judge──▶ lineages, accounts
//! ```
//!
//! What counts is the reporter's own words: two outlets that quote one speech, name the same people or use the phrases of the
//! trade do not copy each other. This module knows no grammar; it compares words.

mod accounts;
mod digest;
mod index;
mod judge;
mod lineage;
mod passages;
mod precedence;
mod revisions;
mod runs;
mod words;

use chancery_model::{Account, Copy, Lineage, Note, Revision};

use crate::{Carried, limits};
pub use accounts::{Member, accounts, prints};
pub use digest::Digest;

/// Which text came from which.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Copies {
    /// Passages that stand on two pages.
    pub passages: Vec<Copy>,
    /// What articles have from others.
    pub lineages: Vec<Lineage>,
    /// All articles, grouped to independent accounts.
    pub accounts: Vec<Account>,
    /// What changed from one version of a page to the next.
    pub revisions: Vec<Revision>,
    /// What was left out because of a limit.
    pub notes: Vec<Note>,
}

/// The copies among articles. `digests` are those of `carried`, in the same order; no article is given twice.
pub fn copies(carried: &[Carried<'_>], digests: &[&Digest]) -> Copies {
    // Whatever order the articles came in, they are looked at in this one.
    let mut order: Vec<usize> = (0..carried.len()).collect();
    order.sort_by_key(|at| {
        (carried[*at].published().is_none(), carried[*at].published(), carried[*at].article.id)
    });
    let carried: Vec<Carried<'_>> = order.iter().map(|at| carried[*at].clone()).collect();
    let digests: Vec<&Digest> = order.iter().map(|at| digests[*at]).collect();
    let (pairs, notes) = pairs(&carried, &digests);
    let mut copies = lineage::lineage(&carried, &digests, &pairs);
    copies.revisions = revisions::revisions(&carried, &digests, &pairs);
    copies.notes = notes;
    copies
}

fn pairs(carried: &[Carried<'_>], digests: &[&Digest]) -> (Vec<judge::Pair>, Vec<Note>) {
    let index = index::Index::new(digests);
    let found = index.candidates();
    let candidates = found.pairs.into_iter().map(|(a, b)| (a as usize, b as usize));
    let apart = candidates.filter(|(a, b)| carried[*a].article.page != carried[*b].article.page);
    let (mut pairs, mut cut) = (Vec::new(), 0);
    for (a, b) in apart {
        let (pair, is_whole) = judge::judge(&index, digests, (a, b));
        pairs.extend(pair);
        cut += usize::from(!is_whole);
    }
    let long = digests.iter().filter(|digest| digest.is_cut).count();
    let with = format!("the {} that have most words in common with it", index::MAX_PARTNERS);
    let runs = format!("the other by the {} longest runs of words that they share", runs::MAX_RUNS);
    let notes = [
        limits::not_compared(found.left_out, "articles", &with),
        limits::not_compared(cut, "articles with very many words in common", &runs).map(|mut note| {
            note.message = note.message.replace("not compared", "not compared in full");
            note
        }),
        limits::cut_short(long, digest::MAX_WORDS, "copies are looked for"),
    ];
    (pairs, notes.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use chancery_model::{
        Article, Id, Language, NoteCode, PageId, PageSpan, PieceKind, Published, SourceMap, Span,
    };

    use super::*;

    /// A page that is one article.
    pub(super) fn article(text: &str) -> Article {
        let page = PageId::of(text.as_bytes());
        let mut map = SourceMap::default();
        map.push(text.len(), PageSpan::new(0, text.len()), PieceKind::Verbatim);
        Article {
            id: Id::of('a', &[&page.0]),
            page,
            map,
            body: Span::new(0, text.len()),
            blocks: Vec::new(),
            title: None,
            dateline: None,
            published: Published::unknown("no date"),
            byline: Vec::new(),
            agency: None,
            outlet: None,
            url: None,
            language: Language::parse("en").expect("a code"),
            text: text.to_owned(),
        }
    }

    fn notes(articles: &[Article]) -> Vec<Note> {
        let carried: Vec<Carried<'_>> = articles.iter().map(Carried::alone).collect();
        let digests: Vec<Digest> = carried.iter().map(Digest::of).collect();
        copies(&carried, &digests.iter().collect::<Vec<_>>()).notes
    }

    #[test]
    fn articles_beyond_those_compared_are_noted() {
        let text = "Pilots of the harbour at Orsk refused to guide tankers past the broken lighthouse, their union announced on";
        let many: Vec<Article> =
            (0..=index::MAX_PARTNERS + 1).map(|at| article(&format!("{text} pier {at}."))).collect();
        assert_eq!(notes(&many[..=index::MAX_PARTNERS]), []);
        let noted = notes(&many);
        assert_eq!(noted.len(), 1, "{noted:?}");
        assert!(noted[0].message.starts_with("1 pair of articles was not compared"), "{noted:?}");
    }

    #[test]
    fn words_beyond_those_looked_at_are_noted() {
        let long = |words: usize| article(&"harbour ".repeat(words));
        assert_eq!(notes(&[long(digest::MAX_WORDS)]), []);
        let noted = notes(&[long(digest::MAX_WORDS + 1)]);
        assert_eq!(
            noted.iter().map(|note| note.code).collect::<BTreeSet<_>>(),
            [NoteCode::LongArticle].into()
        );
    }
}
