//! The edges of a story: what stands before its first paragraph and after its last one, and headings over nothing.

use chancery_lexicon::containers::Meanings;
use chancery_lexicon::fold;

use super::super::body::WITNESSED;
use super::super::tag::Tag;
use super::{Keeper, Verdict};
use crate::recognise::{byline, dateline};

/// Paragraphs at the end of a story that may be about its author.
const FOOT: usize = 3;

impl Keeper<'_, '_> {
    /// Before the first paragraph stand summaries, names and dates.
    pub(super) fn trim_head(&mut self) {
        let opening: Vec<usize> = self.strong().take(3).collect();
        for (n, at) in opening.iter().enumerate() {
            let next = opening.get(n + 1).copied();
            if !self.is_summary(*at, next) && !self.is_byline(*at) {
                break;
            }
            self.verdicts[*at] = Verdict::Out;
        }
        let Some(first) = self.strong().next() else { return };
        let home = self.home(first);
        for at in 0..first {
            let heads = self.verdicts[at] == Verdict::Heading && at + 1 == first && self.home(at) == home;
            let listed = self.verdicts[at] == Verdict::Weak && matches!(self.tag(at), Tag::Td | Tag::Th);
            let dated = self.verdicts[at] == Verdict::Weak && self.is_dateline(at);
            if !heads && !listed && !dated {
                self.verdicts[at] = Verdict::Out;
            }
        }
    }

    /// Whether the first paragraph is a summary set apart from the next one.
    fn is_summary(&self, at: usize, next: Option<usize>) -> bool {
        let Some(next) = next else { return false };
        let context = self.judged.contexts[at];
        if context.has(Meanings::STANDFIRST) {
            return true;
        }
        if self.home(at) == self.home(next) || self.judged.witnessed[at] >= WITNESSED {
            return false;
        }
        let text = fold::words(self.text(at));
        self.facts.descriptions.iter().any(|d| {
            let said = fold::words(d);
            let least = said.len().min(text.len());
            least >= 5 && said[..least] == text[..least] && text.len() <= said.len() + 3
        })
    }

    /// A line of its own that only names a place: "ALDMOOR, Brandia".
    fn is_dateline(&self, at: usize) -> bool {
        let shown = self.block(at).words <= 8 && self.block(at).link_words == 0;
        shown && dateline::of_line(self.text(at)).is_some()
    }

    fn is_byline(&self, at: usize) -> bool {
        self.block(at).words < 30 && byline::read(self.text(at)).is_some_and(|b| b.sure)
    }

    /// After the last paragraph stand links, names and offers.
    pub(super) fn trim_foot(&mut self) {
        let foot: Vec<usize> = self.strong().collect();
        for at in foot.iter().rev().take(FOOT).filter(|at| **at > foot[0]) {
            if is_contact(self.text(*at)) {
                self.verdicts[*at] = Verdict::Out;
            }
        }
        let Some(last) = self.strong().last() else { return };
        let home = self.home(last);
        let mut listing = true;
        for at in last + 1..self.verdicts.len() {
            let tag = self.tag(at);
            let list = matches!(tag, Tag::Li | Tag::Td | Tag::Th | Tag::Blockquote);
            let prose = self.home(at) == home && tag == Tag::P && self.block(at).ends;
            listing = listing && self.verdicts[at] == Verdict::Weak && (list || prose);
            if !listing {
                self.verdicts[at] = Verdict::Out;
            }
        }
    }

    /// A heading without text before the next one is a link, a label, or the headline of something else.
    pub(super) fn drop_bare_headings(&mut self) {
        let mut follows = false;
        let mut level = 0;
        for at in (0..self.verdicts.len()).rev() {
            match self.verdicts[at] {
                Verdict::Strong | Verdict::Weak => {
                    follows = true;
                    level = 0;
                }
                Verdict::Heading => {
                    let own = self.heading(at);
                    // A heading over a heading of lower rank heads that one's text.
                    let heads = follows || level > own;
                    if !heads {
                        self.verdicts[at] = Verdict::Out;
                    } else {
                        level = own;
                        follows = false;
                    }
                }
                Verdict::Out | Verdict::Label => {}
            }
        }
    }
}

/// Whether a paragraph tells how to reach its author.
fn is_contact(text: &str) -> bool {
    if !text.contains('@') {
        return false;
    }
    let lower = text.to_lowercase();
    let words = lower.split_whitespace().count();
    let mail =
        lower.split_whitespace().any(|w| w.contains('@') && w.trim_end_matches(['.', ',']).contains('.'));
    let calls = [
        "follow ",
        "email ",
        "e-mail ",
        "write to ",
        "contact ",
        "reach ",
        "have a tip",
        "get in touch",
        "tweet ",
    ];
    let called = calls.iter().any(|call| lower.starts_with(call) || lower.contains(&format!(" {call}")));
    words <= 50 && (called || (mail && words <= 12))
}
