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

/// The tense of the clause around a token that hangs on `on`; `before` is the word in front of the expression.
pub(super) fn of(text: &Text<'_>, token: u32, on: Option<u32>, before: &str) -> Tense {
    if before == "since" {
        return Tense::Past;
    }
    let (mut at, mut from) = (on.unwrap_or(token), token);
    let mut nouns = false;
    for _ in 0..MAX_CLIMB {
        if ahead(text, at, from, token) {
            return Tense::Future;
        }
        if let Some(tense) = own(text, at) {
            return match tense {
                // "The move follows Friday's vote": what a noun tells in a clause of the present may lie on either side.
                Tense::Future if nouns => Tense::Open,
                // "gave them until Friday", but "lasted until Friday".
                Tense::Past if before == "until" && at < token && !LASTS.contains(&text.lemma(at)) => {
                    Tense::Future
                }
                tense => tense,
            };
        }
        nouns |= matches!(text.upos(at), Upos::Noun | Upos::Propn) && from == token;
        let Some(head) = text.head(at) else { break };
        (at, from) = (head, at);
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
        // "could not be reached on Friday"
        let could_not = has("could") && denied(text, at);
        return Some(if has("have") || could_not { Tense::Past } else { Tense::Future });
    }
    // "the plan announced on Friday"
    if text.xpos(at) == Xpos::Vbn && helpers().next().is_none() {
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

fn denied(text: &Text<'_>, at: u32) -> bool {
    text.dependents(at).iter().any(|&d| matches!(text.lemma(d), "not" | "n't" | "nor" | "neither" | "never"))
}

/// Words that speak of what is to come, seen from the part of them that the time stands in: "is due on", "hopes to".
fn ahead(text: &Text<'_>, at: u32, from: u32, token: u32) -> bool {
    let lemma = text.lemma(at);
    let told =
        from != token && matches!(text.deprel(from).general(), Deprel::Xcomp | Deprel::Ccomp | Deprel::Acl);
    // "It had been due to expire on Friday", "on Friday they planned to".
    let was = pluperfect(text, at) || from == token && past_on(text, at, token);
    let set = SET.contains(&lemma) && !text.is_rel(from, Deprel::Nsubj) && !was;
    set || told && MEANT.contains(&lemma)
        || lemma == "go" && text.xpos(at) == Xpos::Vbg && told
        || from == token && infinitive(text, at, token)
}

/// "On Friday they planned to", "it had been due on Friday": the day of the plan itself, or one that has been.
fn past_on(text: &Text<'_>, at: u32, token: u32) -> bool {
    // "announced the plan on Friday"
    let noun = matches!(text.lemma(at), "plan" | "schedule") && text.upos(at) == Upos::Noun;
    let finite = noun || text.xpos(at) == Xpos::Vbd && text.upos(at) == Upos::Verb;
    let aimed = text
        .dependents_by(token, Deprel::Case)
        .any(|c| matches!(text.lemma(c), "for" | "until" | "to" | "by"));
    pluperfect(text, at) || finite && !aimed
}

fn pluperfect(text: &Text<'_>, at: u32) -> bool {
    text.dependents_by(at, Deprel::Aux).any(|d| text.word(d).eq_ignore_ascii_case("had"))
}

/// "to leave on Friday": still to come, but for what is under way or failed.
fn infinitive(text: &Text<'_>, at: u32, token: u32) -> bool {
    let to = text.dependents_by(at, Deprel::Mark).any(|mark| text.xpos(mark) == Xpos::To && mark < token);
    let done = |head: u32| DONE.contains(&text.lemma(head)) || pluperfect(text, head);
    text.xpos(at) == Xpos::Vb && to && !text.head(at).is_some_and(done)
}

/// Verbs whose infinitive tells what was done, or was not.
const DONE: [&str; 14] = [
    "begin", "start", "continue", "fail", "manage", "seem", "appear", "refuse", "use", "come", "decline",
    "help", "cease", "go",
];
/// Verbs of what goes on up to a day.
const LASTS: [&str; 14] = [
    "last", "stay", "remain", "continue", "run", "live", "work", "serve", "go", "wait", "be", "keep", "rule",
    "fight",
];
/// Words that set a day ahead.
const SET: [&str; 17] = [
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
    "extend",
    "postpone",
    "delay",
    "adjourn",
    "reschedule",
    "defer",
];
/// Words whose complement is ahead.
const MEANT: [&str; 14] = [
    "offer",
    "volunteer",
    "intend",
    "hope",
    "prepare",
    "promise",
    "pledge",
    "vow",
    "threaten",
    "aim",
    "want",
    "propose",
    "ready",
    "agree",
];
