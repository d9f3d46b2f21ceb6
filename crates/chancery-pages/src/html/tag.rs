//! The elements that matter to a reader of news, and how they behave.

macro_rules! tags {
    ($($name:ident $word:literal $traits:expr,)*) => {
        /// The name of an element. All names without a meaning here are `Other`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub(super) enum Tag { $($name,)* Other, Words }

        const TRAITS: &[u8] = &[$($traits,)* 0, 0];

        #[allow(non_upper_case_globals)]
        fn known(name: u128) -> Tag {
            // Names as numbers: the compiler makes a search of the list.
            $(const $name: u128 = packed($word.as_bytes());)*
            match name { $($name => Tag::$name,)* _ => Tag::Other }
        }
    };
}

/// Has no content and no end tag.
const VOID: u8 = 1;
/// Begins and ends a block of text.
const BLOCK: u8 = 2;
/// Content is raw text up to the end tag.
const RAW: u8 = 4;
/// Its words are not shown.
const UNSEEN: u8 = 8;
/// Ends an open paragraph where it begins.
const ENDS_P: u8 = 16;
/// An end tag inside does not reach beyond.
const SCOPE: u8 = 32;
/// A block that ends an open paragraph.
const B: u8 = BLOCK | ENDS_P;

tags! {
    A "a" 0, Address "address" B, Article "article" B, Aside "aside" B, Audio "audio" BLOCK | UNSEEN, Base "base" VOID,
    Blockquote "blockquote" B, Body "body" BLOCK, Br "br" VOID, Button "button" BLOCK, Canvas "canvas" UNSEEN,
    Caption "caption" BLOCK | SCOPE, Center "center" B, Cite "cite" 0, Col "col" VOID, Dd "dd" B, Details "details" B,
    Dialog "dialog" B, Div "div" B, Dl "dl" B, Dt "dt" B, Em "em" 0, Embed "embed" VOID, Fieldset "fieldset" B,
    Figcaption "figcaption" B, Figure "figure" B, Footer "footer" B, Form "form" B, H1 "h1" B, H2 "h2" B, H3 "h3" B,
    H4 "h4" B, H5 "h5" B, H6 "h6" B, Head "head" BLOCK | UNSEEN, Header "header" B, Hgroup "hgroup" B, Hr "hr" B | VOID,
    Html "html" BLOCK | SCOPE, I "i" 0, Iframe "iframe" RAW | UNSEEN, Img "img" VOID, Input "input" VOID,
    Label "label" 0, Legend "legend" BLOCK, Li "li" B, Link "link" VOID, Main "main" B, Math "math" UNSEEN,
    Menu "menu" B, Meta "meta" VOID, Nav "nav" B, Noembed "noembed" RAW | UNSEEN, Noframes "noframes" RAW | UNSEEN,
    Noscript "noscript" UNSEEN, Object "object" SCOPE, Ol "ol" B, Option "option" BLOCK, P "p" B, Param "param" VOID,
    Picture "picture" 0, Pre "pre" B, Q "q" 0, S "s" 0, Script "script" RAW | UNSEEN, Section "section" B,
    Select "select" UNSEEN, Small "small" 0, Source "source" VOID, Span "span" 0, Strong "strong" 0, Bold "b" 0,
    Style "style" RAW | UNSEEN, Summary "summary" B, Sup "sup" 0, Svg "svg" UNSEEN, Table "table" B | SCOPE,
    Tbody "tbody" BLOCK, Td "td" BLOCK | SCOPE, Template "template" SCOPE, Textarea "textarea" RAW | UNSEEN,
    Tfoot "tfoot" BLOCK, Th "th" BLOCK | SCOPE, Thead "thead" BLOCK, Time "time" 0, Title "title" RAW | UNSEEN,
    Tr "tr" BLOCK, Track "track" VOID, Ul "ul" B, Video "video" BLOCK | UNSEEN, Wbr "wbr" VOID, Xmp "xmp" RAW,
}

/// No name that means something is longer.
const LONGEST_NAME: usize = 16;

/// A name of at most 16 bytes as a number, case folded.
const fn packed(name: &[u8]) -> u128 {
    let mut number = 0;
    let mut at = 0;
    while at < name.len() {
        number = number << 8 | name[at].to_ascii_lowercase() as u128;
        at += 1;
    }
    number
}

impl Tag {
    /// The tag of a name in any case.
    pub(super) fn of(name: &[u8]) -> Self {
        if name.len() > LONGEST_NAME { Self::Other } else { known(packed(name)) }
    }

    fn has(self, mark: u8) -> bool {
        TRAITS[self as usize] & mark != 0
    }

    pub(super) fn is_void(self) -> bool {
        self.has(VOID)
    }

    pub(super) fn is_block(self) -> bool {
        self.has(BLOCK)
    }

    pub(super) fn is_raw(self) -> bool {
        self.has(RAW)
    }

    pub(super) fn is_unseen(self) -> bool {
        self.has(UNSEEN)
    }

    pub(super) fn ends_p(self) -> bool {
        self.has(ENDS_P)
    }

    pub(super) fn is_scope(self) -> bool {
        self.has(SCOPE)
    }

    /// 1 to 6 for a heading, 0 else.
    pub(super) fn heading(self) -> u8 {
        match self {
            Self::H1 => 1,
            Self::H2 => 2,
            Self::H3 => 3,
            Self::H4 => 4,
            Self::H5 => 5,
            Self::H6 => 6,
            _ => 0,
        }
    }
}

macro_rules! keys {
    ($($name:ident $word:literal,)*) => {
        /// The attributes that are kept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Key { $($name,)* }

        #[allow(non_upper_case_globals)]
        fn known_key(name: u128) -> Option<Key> {
            $(const $name: u128 = packed($word.as_bytes());)*
            match name { $($name => Some(Key::$name),)* _ => None }
        }
    };
}

keys! {
    Class "class", Id "id", Itemprop "itemprop", Itemtype "itemtype", Itemscope "itemscope", Href "href", Rel "rel",
    Role "role", Property "property", Name "name", Content "content", Datetime "datetime", Style "style",
    Hidden "hidden", AriaHidden "aria-hidden", Type "type", Lang "lang", Testid "data-testid",
    Component "data-component", ShadowRoot "shadowrootmode", Title "title",
}

impl Key {
    /// The key of a name in any case, if it is one that is kept.
    pub(super) fn of(name: &[u8]) -> Option<Self> {
        if name.len() > LONGEST_NAME { None } else { known_key(packed(name)) }
    }
}
