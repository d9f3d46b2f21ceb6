//! An article: one story of a page, and the furniture around it.

use crate::{Cite, Id, Language, Note, Page, PageId, PageSpan, Published, SourceMap, Span};

/// One story on a page.
///
/// `text` holds all its words in three stretches: the head (headline, standfirst, byline), the `body`, and the tail (credits
/// at the foot). Blocks are set apart by a blank line that stands nowhere on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Stable: follows from the page and the place of the body on it.
    pub id: Id,
    /// The page it stands on.
    pub page: PageId,
    /// Head, body and tail.
    pub text: String,
    /// Where every byte of `text` stands on the page.
    pub map: SourceMap,
    /// The stretch of `text` that is the story itself.
    pub body: Span,
    /// The blocks of `text` in order.
    pub blocks: Vec<Block>,
    /// The headline, which may lie outside `text` (metadata alone gives it).
    pub title: Option<Cite>,
    /// Places named at the head of the first paragraph.
    pub dateline: Option<Dateline>,
    /// When it was published and how that is known.
    pub published: Published,
    /// Its authors, as the page names them.
    pub byline: Vec<String>,
    /// The news agency it credits: "AFP".
    pub agency: Option<String>,
    /// The outlet that carries it.
    pub outlet: Option<String>,
    /// The language of the body.
    pub language: Language,
    /// The address of the story itself, where the page gives one beside its own: the link of a feed's item.
    pub url: Option<String>,
}

impl Article {
    /// The id of the article whose body begins with these bytes of the page.
    pub fn id_of(page: PageId, body_start: PageSpan) -> Id {
        Id::of('a', &[&page.0, &body_start.start.to_le_bytes()])
    }

    /// The words at `span` with their place on the page.
    pub fn cite(&self, span: Span) -> Cite {
        Cite {
            page: self.page,
            ranges: self.map.page_ranges(span),
            words: self.text[span.range()].to_owned(),
            span: Some(span),
        }
    }

    /// The words of the story itself.
    pub fn body_text(&self) -> &str {
        &self.text[self.body.range()]
    }
}

/// A block of an article's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its words.
    pub span: Span,
}

/// What a block of an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The title of the story.
    Headline,
    /// Summary lines between headline and story.
    Standfirst,
    /// A line that only names place and date.
    Dateline,
    /// A line that names the authors.
    Byline,
    /// A line that names an agency or contributors.
    Credit,
    /// Running text.
    Paragraph,
    /// A cross-head.
    Heading,
    /// An item of a list.
    Bullet,
    /// A block quotation.
    Quote,
    /// The cells of a row or table.
    Table,
}

impl BlockKind {
    /// Every kind, in the order of the documentation.
    pub const ALL: [BlockKind; 10] = [
        Self::Headline,
        Self::Standfirst,
        Self::Dateline,
        Self::Byline,
        Self::Credit,
        Self::Paragraph,
        Self::Heading,
        Self::Bullet,
        Self::Quote,
        Self::Table,
    ];

    /// The word on the wire.
    pub fn word(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Standfirst => "standfirst",
            Self::Dateline => "dateline",
            Self::Byline => "byline",
            Self::Credit => "credit",
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Bullet => "bullet",
            Self::Quote => "quote",
            Self::Table => "table",
        }
    }

    /// Reads the word on the wire.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// The places (and the day, if any) at the head of a story: "MOSCOW:", "(LONDON and KYIV, Ukraine) –".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The places as written, without brackets: "LONDON", "KYIV, Ukraine".
    pub places: Vec<String>,
    /// The words of the dateline in the article's text, punctuation of its own included.
    pub span: Span,
}

/// Words of a page that belong to no article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// The words and their place on the page.
    pub cite: Cite,
    /// Why they are no part of a story.
    pub reason: FurnitureReason,
}

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident $word:literal,)*) => {
        /// Why words of a page are furniture.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FurnitureReason { $($(#[$doc])* $name,)* }

        impl FurnitureReason {
            /// Every reason, for the documentation's test.
            pub const ALL: &'static [FurnitureReason] = &[$(FurnitureReason::$name,)*];

            /// The words on the wire.
            pub fn word(self) -> &'static str {
                match self { $(FurnitureReason::$name => $word,)* }
            }

            /// Reads the words on the wire.
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|reason| reason.word() == word)
            }
        }
    };
}

reasons! {
    /// Buttons and links to pass the page on.
    Share "share",
    /// Lists of other stories: trending, most read, recommended, related.
    Trending "trending",
    /// "Read more", links to one other story inside the text.
    ReadMore "read more",
    /// The words under a picture or video.
    Caption "caption",
    /// Who made a picture.
    PictureCredit "picture credit",
    /// "1 / 2", "Photo 3 of 7".
    PictureCounter "picture counter",
    /// The headline again.
    RepeatedHeadline "repeated headline",
    /// When the page was published or changed.
    UpdateStamp "update stamp",
    /// Invitations to subscribe.
    Newsletter "newsletter",
    /// Cookie and consent notices.
    Consent "consent",
    /// What readers wrote.
    Comments "comments",
    /// Menus, sections, breadcrumbs, tags, "skip to content".
    Navigation "navigation",
    /// Rights, licences, corrections and guidelines links.
    Legal "legal",
    /// Advertising.
    Advertisement "advertisement",
    /// Players, "Listen to this article", transcripts of controls.
    Media "media",
    /// Biographies of authors.
    AuthorBox "author box",
    /// Anything else outside the stories.
    Other "other",
}

impl Furniture {
    /// Stable: follows from the place of its first words on the page.
    pub fn id(&self) -> Id {
        let first = self.cite.ranges.first().map_or([0; 4], |r| r.start.to_le_bytes());
        Id::of('f', &[&self.cite.page.0, &first])
    }
}

/// What one page gave.
#[derive(Clone, Debug, Default)]
pub struct PageReading {
    /// The stories, in page order.
    pub articles: Vec<Article>,
    /// What belongs to none, in page order.
    pub furniture: Vec<Furniture>,
    /// What could not be done.
    pub notes: Vec<Note>,
}

impl PageReading {
    /// A reading with nothing but a note.
    pub fn only(note: Note) -> Self {
        Self { notes: vec![note], ..Self::default() }
    }

    /// Sorts what was found into page order.
    pub fn in_page_order(mut self) -> Self {
        self.furniture.sort_by_key(|f| f.cite.ranges.first().copied());
        self
    }
}

/// Kept so that a reading can be checked against its page.
impl Article {
    /// Whether the article was cut from `page`.
    pub fn is_of(&self, page: &Page) -> bool {
        self.page == page.id
    }
}
