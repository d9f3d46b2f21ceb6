//! Words and marks with their exact places.

use chancery_model::Span;

/// A token of a text and whether white space follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Bytes of the text, on `char` boundaries.
    pub span: Span,
    /// Whether white space, or the end of the text, follows.
    pub space_after: bool,
}
