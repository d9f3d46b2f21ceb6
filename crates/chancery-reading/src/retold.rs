//! Events that are told again: a story names the parties and the day of what it is about once, and goes on speaking of it.
//!
//! "The meeting", "top negotiators", "Witkoff will discuss the plan": a mention that leaves out with whom, or when, takes it from
//! another mention of the same article that tells the same. Only what all fitting mentions agree on is taken over; which
//! events are the same across articles is for linking.

mod alike;
mod days;
mod opposite;
mod parties;

use chancery_model::Reading;

use crate::Text;

/// Gives events what other mentions of them say.
pub(crate) fn settle(text: &Text<'_>, reading: &mut Reading) {
    parties::settle(text, reading);
    days::settle(text, reading);
}

/// Gives acts of words the day of the statement that they are.
pub(crate) fn settle_said(reading: &mut Reading) {
    days::of_statements(reading);
}
