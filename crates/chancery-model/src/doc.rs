//! What an article's text says in grammar: tokens, sentences, tags, a tree a sentence, names; and what the reader's other
//! heads say of it: whose words stand where, and which nouns and pronouns stand for the same.
//!
//! A `Doc` holds no words. Every token is a span of its article's text, so what is built on it can always be cited.

use serde::{Deserialize, Serialize};

use crate::Span;

/// The grammar of one text.
///
/// Tokens are in text order and never overlap. Every token belongs to exactly one sentence, so the sentences' ranges join up
/// to `0..tokens.len()`. What was not read (a token past a limit) has its place and the label `Unread`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Doc {
    /// Words, clitics, numbers, marks.
    pub tokens: Vec<Token>,
    /// In text order, without gaps.
    pub sentences: Vec<Sentence>,
    /// Names of people, organisations, places; in text order, never overlapping.
    pub names: Vec<Name>,
    /// Who said what, by paragraph; in the order of their first words. Each token belongs to one at most.
    pub attributions: Vec<Attribution>,
    /// For each noun, name and pronoun, in text order, which earlier ones may stand for the same.
    pub ties: Vec<Tie>,
}

/// Words of the text that somebody says, thinks or wants, with the words that say so. All its ranges lie in one block.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The words that report ("said", "according to"); none for content that stands without any.
    pub cue: Option<TokenRange>,
    /// Who says it, in text order; as a rule one.
    pub sources: Vec<TokenRange>,
    /// What is said, in pieces, in text order; empty where only the cue was found.
    pub contents: Vec<TokenRange>,
    /// How sure the reader is, 0 to 1.
    pub confidence: f32,
}

impl Attribution {
    /// All its ranges, in text order.
    pub fn ranges(&self) -> Vec<TokenRange> {
        let mut all: Vec<_> = self.cue.iter().chain(&self.sources).chain(&self.contents).copied().collect();
        all.sort_unstable();
        all
    }
}

/// What the reader says of one noun, name or pronoun: how much each earlier one of the article is its antecedent. The shares
/// of all earlier ones and `new` sum to one; only the largest are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tie {
    /// The token.
    pub token: u32,
    /// The share of nothing before it: the token names something new, or nothing at all.
    pub new: f32,
    /// The likeliest earlier tokens with their shares, largest first.
    pub earlier: Vec<(u32, f32)>,
}

/// A word, a clitic, a number or a mark. Sixteen bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes of the article's text.
    pub span: Span,
    /// Index of the token it depends on. The root of a sentence, and a token that was not read, name themselves.
    pub head: u32,
    /// Part of speech.
    pub upos: Upos,
    /// Penn tag.
    pub xpos: Xpos,
    /// Its relation to its head.
    pub deprel: Deprel,
    /// Whether white space, or the end of the text, follows it.
    pub space_after: bool,
}

impl Token {
    /// A token that stands at `span`, with the index `at`, and has not been read.
    pub fn unread(span: Span, at: u32, space_after: bool) -> Self {
        Self { span, head: at, upos: Upos::Unread, xpos: Xpos::Unread, deprel: Deprel::Unread, space_after }
    }
}

/// A range of tokens of a `Doc`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TokenRange {
    /// First token.
    pub start: u32,
    /// One past the last token.
    pub end: u32,
}

impl TokenRange {
    /// `start..end`; an inverted range is a defect of the caller.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "inverted range {start}..{end}");
        Self { start: start as u32, end: end as u32 }
    }

    /// Number of tokens.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no token.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The same range for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the token with this index lies inside.
    pub fn holds(self, token: u32) -> bool {
        self.start <= token && token < self.end
    }
}

/// A sentence, or a line that is none (a headline, an item of a list).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its tokens; never empty.
    pub tokens: TokenRange,
    /// Index of its block among the article's blocks.
    pub block: u32,
}

/// A name, without titles before it ("President").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its tokens, within one sentence; never empty.
    pub tokens: TokenRange,
    /// What it names.
    pub kind: NameKind,
}

impl Doc {
    /// The tokens of `range`.
    pub fn within(&self, range: TokenRange) -> &[Token] {
        &self.tokens[range.range()]
    }

    /// The bytes from the first to the last token of `range`; `None` for an empty range.
    pub fn span(&self, range: TokenRange) -> Option<Span> {
        let tokens = self.within(range);
        Some(Span { start: tokens.first()?.span.start, end: tokens.last()?.span.end })
    }

    /// The index of the token that `token` depends on; `None` for the root of a sentence and for tokens that were not read.
    pub fn head(&self, token: u32) -> Option<u32> {
        let head = self.tokens[token as usize].head;
        (head != token).then_some(head)
    }

    /// The sentence that holds the token with this index.
    pub fn sentence_of(&self, token: u32) -> Option<&Sentence> {
        let at = self.sentences.partition_point(|s| s.tokens.end <= token);
        self.sentences.get(at).filter(|s| s.tokens.holds(token))
    }

    /// The root of a sentence; `None` where the sentence was not read.
    pub fn root(&self, sentence: &Sentence) -> Option<u32> {
        let tokens = sentence.tokens;
        (tokens.start..tokens.end).find(|&t| {
            let token = &self.tokens[t as usize];
            token.head == t && token.deprel == Deprel::Root
        })
    }
}

macro_rules! labels {
    ($(#[$doc:meta])* $name:ident: $($variant:ident $word:literal,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name {
            /// Not read.
            #[default]
            Unread,
            $(#[doc = concat!("Written \"", $word, "\".")] $variant,)*
        }

        impl $name {
            /// Every label, `Unread` left out.
            pub const ALL: &'static [$name] = &[$($name::$variant,)*];

            /// The label as the treebanks write it; `_` where it was not read.
            pub fn word(self) -> &'static str {
                match self { $name::Unread => "_", $($name::$variant => $word,)* }
            }

            /// Reads what the treebanks write.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|label| label.word() == word)
            }
        }
    };
}

labels! {
    /// Parts of speech of Universal Dependencies, version 2.
    Upos:
    Adj "ADJ", Adp "ADP", Adv "ADV", Aux "AUX", Cconj "CCONJ", Det "DET", Intj "INTJ", Noun "NOUN", Num "NUM",
    Part "PART", Pron "PRON", Propn "PROPN", Punct "PUNCT", Sconj "SCONJ", Sym "SYM", Verb "VERB", X "X",
}

labels! {
    /// Tags of the Penn treebank, as the English Web Treebank has them.
    Xpos:
    Dollar "$", OpenQuote "``", CloseQuote "''", Comma ",", OpenBracket "-LRB-", CloseBracket "-RRB-", Stop ".",
    Colon ":", Add "ADD", Afx "AFX", Cc "CC", Cd "CD", Dt "DT", Ex "EX", Fw "FW", Gw "GW", Hyph "HYPH", In "IN",
    Jj "JJ", Jjr "JJR", Jjs "JJS", Ls "LS", Md "MD", Nfp "NFP", Nn "NN", Nnp "NNP", Nnps "NNPS", Nns "NNS",
    Pdt "PDT", Pos "POS", Prp "PRP", PrpPoss "PRP$", Rb "RB", Rbr "RBR", Rbs "RBS", Rp "RP", Sym "SYM", To "TO",
    Uh "UH", Vb "VB", Vbd "VBD", Vbg "VBG", Vbn "VBN", Vbp "VBP", Vbz "VBZ", Wdt "WDT", Wp "WP", WpPoss "WP$",
    Wrb "WRB", Xx "XX",
}

labels! {
    /// Relations of Universal Dependencies, version 2, with the subtypes of the English treebanks.
    Deprel:
    Acl "acl", AclRelcl "acl:relcl", Advcl "advcl", AdvclRelcl "advcl:relcl", Advmod "advmod", Amod "amod",
    Appos "appos", Aux "aux", AuxPass "aux:pass", Case "case", Cc "cc", CcPreconj "cc:preconj", Ccomp "ccomp",
    Compound "compound", CompoundPrt "compound:prt", Conj "conj", Cop "cop", Csubj "csubj",
    CsubjOuter "csubj:outer", CsubjPass "csubj:pass", Dep "dep", Det "det", DetPredet "det:predet",
    Discourse "discourse", Dislocated "dislocated", Expl "expl", Fixed "fixed", Flat "flat",
    Goeswith "goeswith", Iobj "iobj", List "list", Mark "mark", Nmod "nmod", NmodDesc "nmod:desc",
    NmodPoss "nmod:poss", NmodUnmarked "nmod:unmarked", Nsubj "nsubj", NsubjOuter "nsubj:outer",
    NsubjPass "nsubj:pass", Nummod "nummod", Obj "obj", Obl "obl", OblAgent "obl:agent",
    OblUnmarked "obl:unmarked", Orphan "orphan", Parataxis "parataxis", Punct "punct",
    Reparandum "reparandum", Root "root", Vocative "vocative", Xcomp "xcomp",
}

impl Deprel {
    /// The relation without its subtype: `nsubj` of `nsubj:pass`.
    pub fn general(self) -> Self {
        match self {
            Self::AclRelcl => Self::Acl,
            Self::AdvclRelcl => Self::Advcl,
            Self::AuxPass => Self::Aux,
            Self::CcPreconj => Self::Cc,
            Self::CompoundPrt => Self::Compound,
            Self::CsubjOuter | Self::CsubjPass => Self::Csubj,
            Self::DetPredet => Self::Det,
            Self::NmodDesc | Self::NmodPoss | Self::NmodUnmarked => Self::Nmod,
            Self::NsubjOuter | Self::NsubjPass => Self::Nsubj,
            Self::OblAgent | Self::OblUnmarked => Self::Obl,
            own => own,
        }
    }
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NameKind {
    /// A person.
    Person,
    /// A government body, company, party, army, outlet.
    Organization,
    /// A country, city, region, river.
    Place,
    /// A building, airport, bridge, base.
    Facility,
    /// A people or the followers of something: "Russians", "French", "Shiites".
    Group,
    /// Any other name: a war, a treaty, a work, a product.
    Other,
}

impl NameKind {
    /// Every kind.
    pub const ALL: [NameKind; 6] =
        [Self::Person, Self::Organization, Self::Place, Self::Facility, Self::Group, Self::Other];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::Organization => "ORG",
            Self::Place => "PLACE",
            Self::Facility => "FACILITY",
            Self::Group => "GROUP",
            Self::Other => "MISC",
        }
    }

    /// Reads the word on the wire.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_read_back_and_tokens_are_small() {
        assert!(Upos::ALL.iter().all(|l| Upos::parse(l.word()) == Some(*l)));
        assert!(Xpos::ALL.iter().all(|l| Xpos::parse(l.word()) == Some(*l)));
        assert!(Deprel::ALL.iter().all(|l| Deprel::parse(l.word()) == Some(*l)));
        assert!(NameKind::ALL.iter().all(|k| NameKind::parse(k.word()) == Some(*k)));
        assert_eq!(Deprel::parse("_"), None);
        assert_eq!(Deprel::NsubjPass.general(), Deprel::Nsubj);
        for rel in Deprel::ALL {
            let general = rel.word().split(':').next().unwrap_or_default();
            assert_eq!(rel.general().word(), general, "{rel:?}");
        }
        assert_eq!(size_of::<Token>(), 16);
    }

    #[test]
    fn heads_roots_and_sentences_are_found() {
        let mut tokens: Vec<Token> =
            (0..3).map(|t| Token::unread(Span::new(2 * t, 2 * t + 1), t as u32, true)).collect();
        tokens[0].head = 1;
        tokens[1].deprel = Deprel::Root;
        let sentence = |start, end| Sentence { tokens: TokenRange::new(start, end), block: 0 };
        let doc = Doc { tokens, sentences: vec![sentence(0, 2), sentence(2, 3)], ..Doc::default() };
        assert_eq!((doc.head(0), doc.head(1)), (Some(1), None));
        assert_eq!(doc.root(&doc.sentences[0]), Some(1));
        assert_eq!(doc.root(&doc.sentences[1]), None);
        assert_eq!(doc.sentence_of(2), Some(&doc.sentences[1]));
        assert_eq!(doc.sentence_of(3), None);
        assert_eq!(doc.span(TokenRange::new(0, 2)), Some(Span::new(0, 3)));
        assert_eq!(doc.span(TokenRange::new(1, 1)), None);
    }
}
