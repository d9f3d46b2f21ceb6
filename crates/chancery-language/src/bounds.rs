//! Where sentences may begin, by rule.
//!
//! The rules look at marks and capitals only. They serve twice: alone they split a text where no model is at hand, and with the
//! model they say where its word counts. Nothing here looks for the mark that closes a quotation, so one that never closes
//! cannot swallow text. This module knows no grammar and no blocks: the first token it is given begins a sentence.

use chancery_lexicon::tokens::{Abbreviation, TokenLists};

use crate::tokens::Piece;

/// How likely a sentence begins at a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Start {
    /// A mark that closes the sentence before it.
    Never,
    /// Inside a sentence as far as marks can tell.
    Unlikely,
    /// A mark before it allows it; the words do not settle it.
    Possible,
    /// By rule it does.
    Likely,
    /// The first token of a block.
    Sure,
}

impl Start {
    /// What the rule is worth beside the learned reader, in log-odds. Chosen on a coarse grid with the dev parts of EWT and GUM;
    /// either half of them alone chooses much the same.
    pub fn leaning(self) -> f32 {
        match self {
            Self::Never => -100.0,
            Self::Unlikely => -3.0,
            Self::Possible => 0.0,
            Self::Likely => 5.0,
            Self::Sure => 100.0,
        }
    }
}

/// How likely a sentence begins at each token of one block.
pub fn starts(text: &str, pieces: &[Piece]) -> Vec<Start> {
    let view = View { text, pieces, lists: TokenLists::built_in() };
    let mut starts: Vec<Start> = Vec::with_capacity(pieces.len());
    for at in 0..pieces.len() {
        starts.push(match starts.last() {
            None => Start::Sure,
            // The mark in front belongs to the sentence that it opens.
            Some(before) if *before >= Start::Likely && view.leads(at - 1) => Start::Never,
            Some(_) => view.start(at),
        });
    }
    starts
}

struct View<'a> {
    text: &'a str,
    pieces: &'a [Piece],
    lists: &'a TokenLists,
}

impl<'a> View<'a> {
    fn word(&self, at: usize) -> &'a str {
        &self.text[self.pieces[at].span.range()]
    }

    fn first(&self, at: usize) -> char {
        self.word(at).chars().next().unwrap_or(' ')
    }

    /// Whether no blank stands before the token.
    fn glued(&self, at: usize) -> bool {
        at > 0 && !self.pieces[at - 1].space_after
    }

    fn start(&self, at: usize) -> Start {
        if self.blank_line_before(at) {
            return Start::Likely;
        }
        let Some(end) = self.end_before(at) else { return self.without_stop(at) };
        if self.closes(at) {
            return Start::Never;
        }
        let stop = self.word(end);
        match stop.chars().last() {
            Some('.') if stop.len() == 1 => self.after_stop(end, at),
            Some('!' | '?') if stop.chars().all(|c| matches!(c, '!' | '?' | '.')) => self.after_call(end, at),
            Some('.' | '…') if stop.chars().all(|c| matches!(c, '.' | '…')) => self.after_dots(end, at),
            Some('.') => self.after_shortened(end, at),
            _ => Start::Unlikely,
        }
    }

    /// A blank line inside a block: the page kept its paragraphs apart there.
    fn blank_line_before(&self, at: usize) -> bool {
        let between = &self.text[self.pieces[at - 1].span.end as usize..self.pieces[at].span.start as usize];
        between.bytes().filter(|b| *b == b'\n').count() > 1
    }

    /// The stop before the token, over the quotation marks and brackets that close after it.
    fn end_before(&self, at: usize) -> Option<usize> {
        let mut end = self.before_references(at - 1);
        while end > 0 && is_closing(self.word(end)) && (self.glued(end) || is_closing_only(self.word(end))) {
            end -= 1;
        }
        let last = self.word(end).chars().last()?;
        matches!(last, '.' | '!' | '?' | '…' | '。' | '！' | '？').then_some(end)
    }

    /// The token before "[12]" or "[3][4]": references stand behind the stop and belong to the sentence before them.
    fn before_references(&self, mut end: usize) -> usize {
        while end > 2
            && self.word(end) == "]"
            && self.word(end - 2) == "["
            && self.first(end - 1).is_ascii_digit()
        {
            end -= 3;
        }
        end
    }

    /// The token closes what stands before it, or goes on with its stops or references.
    fn closes(&self, at: usize) -> bool {
        let word = self.word(at);
        let digits = self.pieces.get(at + 2).is_some_and(|_| self.first(at + 1).is_ascii_digit());
        if word == "[" && digits && self.word(at + 2) == "]" {
            return true;
        }
        let stops = word.chars().all(|c| matches!(c, '.' | '!' | '?' | '…' | ',' | ';' | ':' | '%'));
        stops || is_closing_only(word) || self.glued(at) && is_closing(word) && !self.opens(at)
    }

    /// A straight quotation mark with a blank before it and none behind it opens.
    fn opens(&self, at: usize) -> bool {
        !self.glued(at) && !self.pieces[at].space_after
    }

    /// A quotation mark, a bracket, a dash or a bullet that stands before what it belongs to.
    fn leads(&self, at: usize) -> bool {
        let word = self.word(at);
        is_opening(word) && !matches!(word, "..." | "…") || is_bullet(word)
    }

    fn after_stop(&self, end: usize, at: usize) -> Start {
        if self.numbers_an_item(end) || self.goes_on(end, at) {
            return Start::Possible;
        }
        let glued_word = self.glued(at) && end + 1 == at && self.first(at).is_lowercase();
        if glued_word { Start::Possible } else { Start::Likely }
    }

    fn after_call(&self, end: usize, at: usize) -> Start {
        let quoted = end + 1 < at;
        if self.goes_on(end, at) || quoted && self.is_said_by(at) { Start::Possible } else { Start::Likely }
    }

    fn after_dots(&self, end: usize, at: usize) -> Start {
        let first = self.first_letter(at);
        let begins = first.is_some_and(char::is_uppercase) && !matches!(self.word(at), "I" | "I'm");
        let apart = !self.glued(at) || end + 1 < at;
        if begins && apart { Start::Likely } else { Start::Possible }
    }

    /// After "Inc.", "U.S.", an initial: only a word that mostly opens sentences tells.
    fn after_shortened(&self, end: usize, at: usize) -> Start {
        let word = self.word(end).trim_end_matches('.');
        let class = self.lists.abbreviation(word);
        let lettered = word.contains('.') || word.chars().count() > 1;
        match class {
            Some(Abbreviation::MayEnd) => {}
            None if lettered => {}
            _ => return Start::Unlikely,
        }
        let opener = self.lists.is_opener(self.word(self.over_marks(at)));
        if opener {
            Start::Likely
        } else if self.first_letter(at).is_some_and(|c| !c.is_lowercase()) {
            Start::Possible
        } else {
            Start::Unlikely
        }
    }

    /// Without a stop: after a colon, a closing bracket, a blank, where a line begins anew.
    fn without_stop(&self, at: usize) -> Start {
        let word = self.word(at);
        let item = is_bullet(word) && !self.glued(at);
        let line = self.text[self.pieces[at - 1].span.end as usize..self.pieces[at].span.start as usize]
            .contains('\n');
        if item || line && self.first(at).is_uppercase() && self.ends_like_a_line(at - 1) {
            return Start::Likely;
        }
        let face = self.lists.face(self.word(at - 1)).is_some_and(|len| len == self.word(at - 1).len());
        let upper = self.first_letter(at).is_some_and(char::is_uppercase);
        if face && upper {
            Start::Likely
        } else if !self.glued(at) && upper {
            Start::Possible
        } else {
            Start::Unlikely
        }
    }

    fn ends_like_a_line(&self, at: usize) -> bool {
        matches!(self.word(at), ":" | "。" | "！" | "？")
    }

    /// "1." or "b." at the beginning: the item follows.
    fn numbers_an_item(&self, end: usize) -> bool {
        let Some(number) = end.checked_sub(1) else { return false };
        let word = self.word(number);
        let short = word.len() <= 3 && word.bytes().all(|b| b.is_ascii_digit()) || word.len() == 1;
        let begins = number == 0
            || self.end_before(number).is_some_and(|e| self.word(e).len() == 1 && e + 1 == number);
        short && begins && self.glued(end)
    }

    /// A small letter after a quotation: "“Stop!” he said", "(see below.) and".
    fn goes_on(&self, end: usize, at: usize) -> bool {
        let quoted = end + 1 < at;
        let small = self.first_letter(at).is_some_and(char::is_lowercase);
        small && (quoted || self.word(end) != "." || self.glued(at))
    }

    /// "Smith asked": a name and a verb of saying after a quotation that asks or calls.
    fn is_said_by(&self, at: usize) -> bool {
        let name_end = (at..self.pieces.len().min(at + 5)).find(|i| !self.first(*i).is_uppercase());
        name_end.is_some_and(|i| i > at && is_saying(self.word(i)))
    }

    /// The first letter from here, over the marks that open.
    fn first_letter(&self, at: usize) -> Option<char> {
        Some(self.first(self.over_marks(at))).filter(|c| c.is_alphanumeric())
    }

    fn over_marks(&self, at: usize) -> usize {
        let last = self.pieces.len().min(at + 3);
        (at..last).find(|i| !is_opening(self.word(*i))).unwrap_or(at)
    }
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "•" | "●" | "▪" | "■" | "◦" | "‣" | "·" | "*" | "►" | "→")
}

fn is_saying(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "asked"
            | "asks"
            | "added"
            | "adds"
            | "wrote"
            | "told"
            | "replied"
            | "shouted"
            | "cried"
    )
}

fn is_closing_only(word: &str) -> bool {
    matches!(word, ")" | "]" | "}" | "”" | "»" | "’’")
}

fn is_closing(word: &str) -> bool {
    is_closing_only(word) || matches!(word, "\"" | "'" | "''" | "’")
}

fn is_opening(word: &str) -> bool {
    matches!(
        word,
        "(" | "["
            | "{"
            | "“"
            | "«"
            | "‘"
            | "\""
            | "'"
            | "``"
            | "''"
            | "„"
            | "-"
            | "—"
            | "–"
            | "--"
            | "*"
            | "…"
            | "..."
    )
}

#[cfg(test)]
mod tests {
    use chancery_model::Span;

    use super::*;
    use crate::tokens::tokenize;

    /// `‖` stands where a sentence begins by rule.
    fn check(marked: &str) {
        let text = marked.replace('‖', "");
        let pieces = tokenize(&text, Span::new(0, text.len()));
        let starts = starts(&text, &pieces);
        let mut found = String::new();
        let mut at = 0;
        for (piece, start) in pieces.iter().zip(&starts) {
            let place = piece.span.start as usize;
            found.push_str(&text[at..place]);
            if *start == Start::Likely {
                found.push('‖');
            }
            at = place;
        }
        found.push_str(&text[at..]);
        assert_eq!(found, marked);
    }

    #[test]
    fn stops_end_sentences() {
        check("The talks failed. ‖Both sides left! ‖Who knows why? nobody.");
        check("It closed at 5.5 per cent. ‖12 firms fell.");
        check("One... and two. ‖Then... ‖Nothing.");
        check("The truce held.[12] ‖Both armies withdrew.");
    }

    #[test]
    fn shortened_words_do_not_end_them() {
        check("Gen. George W. Orr met Sen. Hale on Dec. 2 at 9 a.m. in Vell.");
        check("He left the U.S. ‖The U.S. Senate stayed. ‖Halden Inc. lost.");
        check("Resolution No. 14 was passed by J. R. Vale, Ph.D. ‖It failed.");
        check("1. Talks begin. ‖2. Talks end.");
    }

    #[test]
    fn quotation_marks_and_brackets_stay_with_what_they_close_or_open() {
        check("“We go.” ‖“They stay.” ‖Nobody spoke.");
        check("\"We go.\" ‖\"They stay.\" ‖Nobody spoke.");
        check("“Stop!” he said. ‖(It was late.) ‖They left.");
        check("“Will they come?” asked Hale. ‖“Will they?” Mr. Hale asked.");
        check("He said: \"No. ‖The talks failed. ‖Both sides left.");
    }

    #[test]
    fn lines_and_items_begin_anew() {
        check("Demands • A truce • Guarantees".replace("• A", "‖• A").replace("• G", "‖• G").as_str());
        check("Talks end\n\n‖Both sides left");
        check("― Hale spoke. ‖― Orr left.");
    }
}
