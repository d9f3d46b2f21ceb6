//! Words that disputes are read by: what was done, how a claim is denied, how talks went.

use serde::{Deserialize, Serialize};

/// What a claim is about, so far as its verbs and nouns tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) enum Action {
    /// Somebody died.
    Death,
    /// Somebody was hurt.
    Injury,
    /// Something was sent or fired.
    Launch,
    /// Something was shot down.
    Downing,
    /// Somebody was freed.
    Release,
    /// They sat together.
    Meeting,
    /// Something was hit.
    Strike,
    /// People came out.
    Turnout,
    /// A rate rose or was agreed.
    Rise,
}

/// Beginnings of words for each action. A space ends a word.
const ACTIONS: [(Action, &[&str]); 9] = [
    (Action::Death, &["kill", "died ", "dead ", "deaths ", "death ", "dying ", "die "]),
    (Action::Injury, &["wound", "injur", "hurt "]),
    (Action::Launch, &["launch", "sent ", "fired ", "sending "]),
    (Action::Downing, &["downed ", "downing ", "intercept"]),
    (Action::Release, &["releas", "freed ", "exchang", "prisoner", "handed ", "crossed "]),
    (Action::Meeting, &["last", "talked ", "meeting ", "met ", "spent ", "sat "]),
    (Action::Strike, &["hit ", "struck ", "shell", "strike ", "strikes ", "attack", "bomb", "fell "]),
    (Action::Turnout, &["turnout ", "turned ", "marched ", "gathered ", "protest"]),
    (Action::Rise, &["rise ", "increase ", "raise ", "worth "]),
];

/// Words of a text in small letters, without marks.
pub(super) fn words(text: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain(std::iter::once((text.len(), ' '))) {
        let inside = c.is_alphanumeric() || c == '-';
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                out.push((from, text[from..at].to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    out
}

/// The action that a word tells of.
pub(super) fn action(word: &str) -> Option<Action> {
    let closed = format!("{word} ");
    ACTIONS.iter().find(|(_, begins)| begins.iter().any(|b| closed.starts_with(b))).map(|(action, _)| *action)
}

/// Nouns for people whom one counts without saying more.
pub(super) const PEOPLE: [&str; 5] = ["people", "person", "dead", "persons", "civilian"];

/// Words for what kills.
pub(super) const WEAPONS: [&str; 20] = [
    "guns",
    "gun",
    "fire",
    "artillery",
    "battery",
    "shell",
    "shells",
    "drone",
    "drones",
    "missile",
    "missiles",
    "rocket",
    "rockets",
    "forces",
    "troops",
    "strike",
    "strikes",
    "bomb",
    "bombs",
    "gunners",
];

/// Words that call a claim false.
pub(super) const FALSE: [&str; 8] =
    ["untrue", "false", "lie", "lies", "fabrication", "invention", "fiction", "nonsense"];

/// Words for talks that came to something, and for talks that did not.
pub(super) const WELL: [&str; 4] =
    ["some progress", "real progress", "good progress", "significant progress"];
/// See [`WELL`].
pub(super) const BADLY: [&str; 9] = [
    "no compromise",
    "no progress",
    "no breakthrough",
    "no agreement",
    "deadlock",
    "not made progress",
    "no movement",
    "stalled",
    "collapsed",
];

/// Words that deny that a day is set.
pub(super) const NO_DATE: [&str; 5] =
    ["no date", "no day", "not set a date", "date has not been set", "not agreed a date"];
