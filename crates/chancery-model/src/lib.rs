//! The nouns of Chancery.
//!
//! This crate knows what a page, an article, a cite and a note *are*. It knows no algorithm that finds them and no format that
//! carries them: those live in the crates above. What a record keeps of a reading
//! derives serde's traits, for the store's codec alone; the wire has types of its own.

mod article;
mod calendar;
mod doc;
mod id;
mod label;
mod language;
mod lineage;
mod lines;
mod mention;
mod note;
mod page;
mod period;
mod reading;
mod record;
mod ruling;
mod source;
mod span;
mod story;
mod when;

pub use article::{Article, Block, BlockKind, Dateline, Furniture, FurnitureReason, PageReading};
pub use doc::{Attribution, Deprel, Doc, Name, NameKind, Sentence, Tie, Token, TokenRange, Upos, Xpos};
pub use id::{Id, PageId};
pub use label::Label;
pub use language::Language;
pub use lineage::{Account, Copy, Lineage, LineageKind, Origin, Precedence, Relation, Revision};
pub use lines::LineKind;
pub use mention::{Chain, EntityKind, Mention, MentionForm, Role, Side, Who};
pub use note::{Note, NoteCode};
pub use page::{Known, MediaKind, Page};
pub use period::{Anchor, Grain, Period, TimeClass, TimeExpression, When};
pub use reading::{
    Act, Amount, Event, EventKind, Figure, Form, Reading, Saying, Stance, Statement, Status, Through, Why,
};
pub use record::{
    DatedRole, Dispute, DisputeKind, Entity, Happening, Move, Outcome, Position, Proposal, Record, Standing,
    Version,
};
pub use ruling::{Ruling, RulingKind};
pub use source::{Cite, Piece, PieceKind, SourceMap};
pub use span::{PageSpan, Span};
pub use story::Story;
pub use when::{Basis, Date, Moment, Published, Settled, TimeOfDay, Unresolved};
