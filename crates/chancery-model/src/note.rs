//! Notes: what reading could not do, said once, for a reader.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::PageSpan;

/// Something a reader of the record should know: an input that was skipped, a limit that was hit, a value that was dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The kind of note, documented in `docs/notes.md`.
    pub code: NoteCode,
    /// What happened, naming the input.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The bytes of the page it is about.
    pub at: Option<PageSpan>,
}

impl Note {
    /// A note without a place and without a hint.
    pub fn new(code: NoteCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: None, at: None }
    }

    /// The same note with what to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same note, about these bytes.
    pub fn at(mut self, at: PageSpan) -> Self {
        self.at = Some(at);
        self
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident $word:literal $skips:literal,)*) => {
        /// The kinds of notes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum NoteCode { $($(#[$doc])* $name,)* }

        impl NoteCode {
            /// Every code, for the documentation's test.
            pub const ALL: &'static [NoteCode] = &[$(NoteCode::$name,)*];

            /// The word on the wire.
            pub fn word(self) -> &'static str {
                match self { $(NoteCode::$name => $word,)* }
            }

            /// Whether an input, or a part of one, was left unread: the exit status says so.
            pub fn skips(self) -> bool {
                match self { $(NoteCode::$name => $skips,)* }
            }
        }
    };
}

codes! {
    /// The input could not be opened or read.
    Unreadable "unreadable" true,
    /// The input is not a file of words: a device, a pipe nobody asked for, a directory in a list.
    NotAFile "not-a-file" true,
    /// The input holds no bytes, or no words.
    Empty "empty" true,
    /// The bytes are of a kind that is not read: a picture, a PDF.
    NotAPage "not-a-page" true,
    /// A compressed stream or an archive ends early.
    Truncated "truncated" true,
    /// A record of an archive or an item of a feed is damaged; the others were read.
    Damaged "damaged" true,
    /// A limit was hit, and what lay beyond was not read.
    TooLarge "too-large" true,
    /// The markup is nested deeper than is followed; the text was kept.
    TooDeep "too-deep" false,
    /// A paragraph longer than any prose; it was read as it stands.
    LongLine "long-line" false,
    /// The charset named is unknown, or none is named; one was found from the bytes.
    UnknownCharset "unknown-charset" false,
    /// Bytes that are no character of the page's charset.
    BadCharacters "bad-characters" false,
    /// The reader failed on the page: a defect of the program.
    Defect "defect" true,
    /// A line of a manifest could not be used.
    BadManifest "bad-manifest" true,
    /// No article was found on the page.
    NoArticle "no-article" false,
    /// The language is recognised and not read.
    OtherLanguage "other-language" false,
    /// A paragraph has more words than are read; those beyond were not.
    LongParagraph "long-paragraph" true,
    /// A sentence is too long to be read whole, and was read in parts.
    LongSentence "long-sentence" false,
    /// A word is too long to be one, and was taken in pieces.
    LongWord "long-word" false,
    /// More articles or lines have something in common than are compared with each other; those that have most of it were.
    ManyAlike "many-alike" false,
    /// An article has more words than copies or stories are told by; those beyond were not looked at.
    LongArticle "long-article" false,
}

impl fmt::Display for NoteCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
