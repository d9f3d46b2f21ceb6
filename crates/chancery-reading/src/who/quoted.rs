//! Which words stand inside quotation marks, and who speaks there, as far as a pronoun needs to know.
//!
//! Statements are read later and more closely; here a quotation only says who "I" is, and who "he" is not.

use chancery_model::{Deprel, Xpos};

use crate::Text;

/// Verbs of speech, for the speaker of a quotation.
const SPEECH: [&str; 60] = [
    "say",
    "tell",
    "add",
    "write",
    "ask",
    "warn",
    "insist",
    "argue",
    "claim",
    "note",
    "reply",
    "explain",
    "announce",
    "declare",
    "state",
    "stress",
    "suggest",
    "urge",
    "admit",
    "acknowledge",
    "concede",
    "vow",
    "pledge",
    "promise",
    "continue",
    "conclude",
    "quip",
    "joke",
    "comment",
    "remark",
    "respond",
    "answer",
    "recall",
    "deny",
    "demand",
    "call",
    "post",
    "tweet",
    "confirm",
    "caution",
    "complain",
    "describe",
    "emphasise",
    "emphasize",
    "observe",
    "predict",
    "quote",
    "read",
    "reiterate",
    "reveal",
    "shout",
    "cry",
    "whisper",
    "exclaim",
    "mutter",
    "murmur",
    "agree",
    "testify",
    "boast",
    "lament",
];

/// Whether the word is a verb of speech.
pub(crate) fn is_speech(lemma: &str) -> bool {
    SPEECH.contains(&lemma)
}

/// The quotations of an article.
pub(crate) struct Quotations {
    /// The quotation of each token, from 1; 0 for none.
    of: Vec<u32>,
    /// The token that heads the speaker of each quotation.
    speakers: Vec<Option<u32>>,
}

/// Tokens that a quotation covers, at most: a mark that never closes must not swallow the article.
const LONGEST: u32 = 400;

impl Quotations {
    /// Finds them by their marks, paragraph by paragraph.
    pub(crate) fn find(text: &Text<'_>) -> Self {
        let mut all = Self { of: vec![0; text.len()], speakers: vec![None] };
        let mut open: Option<u32> = None;
        let mut block = u32::MAX;
        for sentence in &text.doc.sentences {
            if sentence.block != block {
                if let Some(start) = open.take() {
                    all.close(start, sentence.tokens.start);
                }
                block = sentence.block;
            }
            for at in sentence.tokens.start..sentence.tokens.end {
                let word = text.word(at);
                let (opens, closes) = marks(word, text.xpos(at), open.is_some());
                if closes || open.is_some_and(|start| at - start > LONGEST) {
                    if let Some(start) = open.take() {
                        all.close(start, at);
                    }
                } else if opens {
                    open = Some(at);
                }
            }
        }
        if let Some(start) = open {
            all.close(start, text.len() as u32);
        }
        all.name_speakers(text);
        all
    }

    fn close(&mut self, start: u32, end: u32) {
        let number = self.speakers.len() as u32;
        self.speakers.push(None);
        self.of[start as usize + 1..end.max(start + 1) as usize].fill(number);
    }

    /// The quotation around a token; 0 for none.
    pub(crate) fn around(&self, at: u32) -> u32 {
        self.of[at as usize]
    }

    /// The head of the speaker's words.
    pub(crate) fn speaker(&self, quotation: u32) -> Option<u32> {
        self.speakers[quotation as usize]
    }

    fn name_speakers(&mut self, text: &Text<'_>) {
        let mut starts: Vec<(u32, u32, u32)> = Vec::new();
        for at in text.tokens() {
            match self.around(at) {
                0 => {}
                q if starts.last().is_some_and(|s| s.0 == q) => {
                    starts.last_mut().expect("just seen").2 = at + 1
                }
                q => starts.push((q, at, at + 1)),
            }
        }
        let mut last: Option<(u32, u32)> = None;
        for (quotation, start, end) in starts {
            let block = text.sentence(start).block;
            let own = self.governing(text, start, end).or_else(|| self.beside(text, start, end));
            // A quotation without words of its own around it goes on where the one before ended.
            let speaker = own.or_else(|| last.filter(|(_, b)| *b <= block && block - b <= 1).map(|(s, _)| s));
            self.speakers[quotation as usize] = speaker;
            if let Some(speaker) = speaker {
                last = Some((speaker, block));
            }
        }
    }

    /// The subject of the verb of speech that the quotation hangs on, or that hangs on it.
    fn governing(&self, text: &Text<'_>, start: u32, end: u32) -> Option<u32> {
        for at in start..end {
            for other in text.head(at).into_iter().chain(text.dependents(at).iter().copied()) {
                let outside = self.around(other) != self.around(at);
                if outside
                    && is_speech(text.lemma(other))
                    && let Some(subject) = subject(text, other)
                {
                    return Some(subject);
                }
            }
        }
        None
    }

    /// The subject of a verb of speech outside quotation marks in the same sentence, or in the one before within the paragraph.
    fn beside(&self, text: &Text<'_>, start: u32, end: u32) -> Option<u32> {
        let first = text.sentence(start);
        let number = text.doc.sentences.partition_point(|s| s.tokens.end <= start);
        let last = text.doc.sentences.partition_point(|s| s.tokens.end < end);
        let near = (number..=last).chain(number.checked_sub(1));
        for sentence in near.filter_map(|n| text.doc.sentences.get(n)).filter(|s| s.block == first.block) {
            let mut verbs = (sentence.tokens.start..sentence.tokens.end)
                .filter(|&v| self.around(v) == 0 && is_speech(text.lemma(v)));
            if let Some(subject) = verbs.find_map(|v| subject(text, v)) {
                return Some(subject);
            }
        }
        None
    }
}

fn marks(word: &str, xpos: Xpos, inside: bool) -> (bool, bool) {
    match word {
        "“" | "„" | "«" => (true, false),
        "”" | "»" => (false, true),
        "\"" | "``" | "''" => (!inside, inside),
        "‘" => (xpos == Xpos::OpenQuote, false),
        "’" | "'" => (xpos == Xpos::OpenQuote && !inside, xpos == Xpos::CloseQuote && inside),
        _ => (false, false),
    }
}

/// The subject of a verb, its own or that of the verb it is joined to.
pub(crate) fn subject(text: &Text<'_>, verb: u32) -> Option<u32> {
    let own = text.dependent(verb, Deprel::Nsubj);
    own.or_else(|| {
        let head = text.head(verb)?;
        (text.is_rel(verb, Deprel::Conj) || text.is_rel(verb, Deprel::Xcomp))
            .then(|| text.dependent(head, Deprel::Nsubj))?
    })
}
