//! The choices of the resolver laid open, so that its weights can be learned from texts in which whom each mention means is known.

use chancery_model::{Article, Doc, Span};

use super::party::Parties;
use super::signs::{NEW_TEMPLATES, TEMPLATES};
use super::view::View;
use super::weights::JUDGED;
use super::{found, named, referring};
use crate::Text;

/// The words of a mention, and the word that heads them.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// All of them.
    pub span: Span,
    /// Their head; `None` for a list.
    pub head: Option<Span>,
}

/// One decision of the resolver.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The words that refer.
    pub mention: Words,
    /// The kind of mention, as the file of weights names it.
    pub kind: &'static str,
    /// What they may mean, each with its signs: a value for each of [`templates`].
    pub choices: Vec<(Words, Vec<u8>)>,
    /// The signs of nobody named before: a value for each of [`new_templates`].
    pub new: Vec<u8>,
}

/// Names of the templates of signs.
pub fn templates() -> Vec<&'static str> {
    TEMPLATES.iter().map(|(name, _)| *name).collect()
}

/// Names of the templates of signs for nobody.
pub fn new_templates() -> Vec<&'static str> {
    NEW_TEMPLATES.iter().map(|(name, _)| *name).collect()
}

/// Walks through all decisions of an article; `decide` answers each with the index of the right choice.
pub fn walk(article: &Article, doc: &Doc, decide: &mut dyn FnMut(&Decision) -> Option<usize>) {
    let text = Text::new(article, doc);
    let mut found = found::find(&text, &[]);
    let mut parties = Parties::new(found.len());
    named::gather(&text, &mut found, &mut parties);
    let view = View::new(&text, &found);
    let words = |at: u32| {
        let found = &view.found[at as usize];
        let head = (!found.joint).then(|| text.token(found.head).span);
        Words { span: text.span(found.tokens), head }
    };
    referring::gather_with(&view, &mut parties, &mut |_, at, choices| {
        decide(&Decision {
            mention: words(at),
            kind: JUDGED[choices.judged],
            choices: choices.of.iter().map(|c| (words(c.mention), c.signs.to_vec())).collect(),
            new: choices.new.to_vec(),
        })
    });
}
