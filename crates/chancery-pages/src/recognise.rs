//! What a line of a page is, by its words and its shape: byline, dateline, credit, date stamp, caption, furniture.
//!
//! Both readers of pages (markup and plain text) ask here, so that each rule stands in one place. Everything here looks at one
//! line or one paragraph alone; what its neighbours make of it is for the readers. [`seams`] alone looks at a whole run of
//! blocks: where one story ends and the next begins.

pub(crate) mod byline;
pub(crate) mod credit;
pub(crate) mod dateline;
pub(crate) mod line;
pub(crate) mod outlet;
pub(crate) mod seams;
pub(crate) mod shape;
pub(crate) mod stamp;
pub(crate) mod tongue;
