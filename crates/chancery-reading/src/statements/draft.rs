//! A statement on its way: which tokens are its cue, its source and its content, before anybody is resolved.

use chancery_model::{Label, TokenRange};

/// Who is named as the source, by tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Source {
    /// The noun or pronoun that heads the words.
    pub(super) head: u32,
    /// All its words.
    pub(super) words: TokenRange,
}

impl Source {
    /// The words on the head's side of the cue, where the tree hangs more on it.
    pub(super) fn beside(mut self, cue: TokenRange) -> Self {
        if self.words.start < cue.end && cue.start < self.words.end {
            if self.head < cue.start {
                self.words.end = cue.start;
            } else {
                self.words.start = cue.end.min(self.head);
            }
        }
        self
    }
}

/// A statement before its speaker is resolved.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Draft {
    /// The words of the cue; `None` where a quotation stands without one.
    pub(super) cue: Option<TokenRange>,
    /// The token that heads the cue.
    pub(super) cue_head: Option<u32>,
    /// Whose words they are; `None` where the sentence does not name it.
    pub(super) source: Option<Source>,
    /// The pieces of what was said, in text order.
    pub(super) content: Vec<TokenRange>,
    /// The cue came without content, which the tree has to give.
    pub(super) filled: bool,
    /// How far the last piece may go on, by what hangs on the cue; 0 where nothing more does.
    pub(super) wide: u32,
    /// What found it.
    pub(super) rule: Label,
    /// 0 to 1.
    pub(super) confidence: f32,
}

impl Draft {
    /// Whether a token is part of the content.
    pub(super) fn says(&self, token: u32) -> bool {
        self.content.iter().any(|piece| piece.holds(token))
    }

    /// From the first to the last token of the content.
    pub(super) fn extent(&self) -> TokenRange {
        let start = self.content.iter().map(|piece| piece.start).min().unwrap_or(0);
        let end = self.content.iter().map(|piece| piece.end).max().unwrap_or(start);
        TokenRange { start, end }
    }

    /// Tokens of the content.
    pub(super) fn size(&self) -> usize {
        self.content.iter().map(|piece| piece.len()).sum()
    }

    /// Tokens that both contents have.
    pub(super) fn shared(&self, other: &Draft) -> usize {
        let common =
            |a: &TokenRange, b: &TokenRange| a.end.min(b.end).saturating_sub(a.start.max(b.start)) as usize;
        self.content.iter().flat_map(|a| other.content.iter().map(move |b| common(a, b))).sum()
    }
}
