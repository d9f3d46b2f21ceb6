//! Whether the clause that a time stands in tells of what was or of what is to come.

use chancery_model::{Deprel, Upos, Xpos};

use crate::Text;

/// In which direction to look for a weekday or a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Back.
    Past,
    /// Ahead.
    Future,
    /// The words do not say.
    Open,
}

/// The tense of the clause around a token that hangs on `on`.
pub(super) fn of(text: &Text<'_>, token: u32, on: Option<u32>) -> Tense {
    let (mut at, mut from) = (on.unwrap_or(token), Some(token));
    let mut nouns = false;
    for _ in 0..MAX_CLIMB {
        if ahead(text, at, from) {
            return Tense::Future;
        }
        if let Some(tense) = own(text, at) {
            // "The move follows Friday's vote": what a noun tells in a clause of the present may lie on either side.
            return if nouns && tense == Tense::Future { Tense::Open } else { tense };
        }
        nouns |= matches!(text.upos(at), Upos::Noun | Upos::Propn) && from == Some(token);
        let Some(head) = text.head(at) else { break };
        (at, from) = (head, Some(at));
    }
    Tense::Open
}

const MAX_CLIMB: usize = 12;

/// The tense that a verb, or a noun with a copula, has of its own; `None` for infinitives, participles and nouns.
fn own(text: &Text<'_>, at: u32) -> Option<Tense> {
    let helpers = || {
        let dependents = text.dependents(at).iter().copied();
        dependents.filter(|&d| matches!(text.deprel(d).general(), Deprel::Aux | Deprel::Cop))
    };
    let has = |lemma: &str| helpers().any(|d| text.lemma(d) == lemma);
    if helpers().any(|d| text.xpos(d) == Xpos::Md) {
        return Some(if has("have") { Tense::Past } else { Tense::Future });
    }
    // "the plan announced on Friday"
    if text.xpos(at) == Xpos::Vbn && text.deprel(at) == Deprel::Acl {
        return Some(Tense::Past);
    }
    let finite = helpers().chain([at]).find_map(|d| match text.xpos(d) {
        Xpos::Vbd => Some(Tense::Past),
        Xpos::Vbz | Xpos::Vbp => Some(Tense::Open),
        _ => None,
    })?;
    if finite == Tense::Past || has("have") {
        return Some(Tense::Past);
    }
    // "The talks begin on Friday", "are meeting on Friday"; "is" with a noun or a participle may be a state.
    let goes_on = text.upos(at) == Upos::Verb && text.xpos(at) != Xpos::Vbn;
    Some(if goes_on { Tense::Future } else { Tense::Open })
}

/// Words that speak of what is to come, seen from the part of them that the time stands in: "is due on", "hopes to".
fn ahead(text: &Text<'_>, at: u32, from: Option<u32>) -> bool {
    let lemma = text.lemma(at);
    let told = || {
        from.is_some_and(|f| matches!(text.deprel(f).general(), Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl))
    };
    from.is_some() && (SET.contains(&lemma) || infinitive(text, at))
        || told() && MEANT.contains(&lemma)
        || lemma == "go" && text.xpos(at) == Xpos::Vbg && told()
}

/// "to leave on Friday": still to come, but for what is under way or failed.
fn infinitive(text: &Text<'_>, at: u32) -> bool {
    let to = text.dependents_by(at, Deprel::Mark).any(|mark| text.xpos(mark) == Xpos::To);
    let head = text.head(at).map_or("", |head| text.lemma(head));
    text.xpos(at) == Xpos::Vb && to && !DONE.contains(&head)
}

/// Verbs whose infinitive tells what was done, or was not.
const DONE: [&str; 14] = [
    "begin", "start", "continue", "fail", "manage", "seem", "appear", "refuse", "use", "come", "decline",
    "help", "cease", "go",
];
/// Words that set a day ahead.
const SET: [&str; 11] = [
    "plan",
    "schedule",
    "expect",
    "set",
    "due",
    "slate",
    "upcoming",
    "deadline",
    "forthcoming",
    "payable",
    "effective",
];
/// Words whose complement is ahead.
const MEANT: [&str; 12] = [
    "intend", "hope", "prepare", "promise", "pledge", "vow", "threaten", "aim", "want", "propose", "ready",
    "agree",
];
