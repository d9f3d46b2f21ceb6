//! Stances that hang on what is denied or left unsaid, or on being against: "no compromise on the bank", "has no say in it", "is
//! against any easing", "did not say whether the offer would do".

use chancery_model::{Act, Deprel, Upos, Who, Why};

use super::{Found, Scene, holder, terms};
use crate::clause;

/// Nouns whose denial rejects: who says that there is none of it will not have what it is for.
const NOUNS: [&str; 19] = [
    "need",
    "business",
    "right",
    "role",
    "place",
    "say",
    "vote",
    "veto",
    "compromise",
    "concession",
    "reason",
    "intention",
    "interest",
    "room",
    "point",
    "question",
    "desire",
    "appetite",
    "sense",
];

/// Nouns for what gives somebody a say.
const STANDING: [&str; 5] = ["right", "legitimacy", "mandate", "authority", "standing"];

/// Every such noun.
pub(super) fn all(scene: &Scene<'_>) -> Vec<Found> {
    let each = |token| {
        none_of(scene, token)
            .into_iter()
            .chain(side(scene, token))
            .chain(unsaid(scene, token))
            .chain(unwilling(scene, token))
            .chain(accuses(scene, token))
    };
    scene.text.tokens().flat_map(each).collect()
}

/// "accused Lasia of blocking the deal": who says so will not have what the other does; on which issue, the words do not say.
fn accuses(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    const BLOCKING: [&str; 10] = [
        "sabotage",
        "block",
        "undermine",
        "derail",
        "thwart",
        "torpedo",
        "obstruct",
        "stall",
        "hinder",
        "prolong",
    ];
    let text = scene.text;
    if !matches!(text.lemma(token), "accuse" | "blame") || clause::is_denied(text, token) {
        return Vec::new();
    }
    let blocking = text.dependents(token).iter().any(|&d| BLOCKING.contains(&text.lemma(d)));
    if !blocking || clause::is_supposed(text, token) {
        return Vec::new();
    }
    found(scene, token, Act::Rejects, "stance/accuses", holder::of_clause(scene, token))
}

/// "does not intend to discuss", "is not planning to withdraw".
fn unwilling(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let meant = matches!(text.lemma(token), "intend" | "plan" | "mean" | "want" | "wish");
    let infinitive =
        text.dependent(token, Deprel::Xcomp).is_some() && text.dependent(token, Deprel::Obj).is_none();
    if !meant || !infinitive || !clause::is_denied(text, token) || clause::is_supposed(text, token) {
        return Vec::new();
    }
    found(scene, token, Act::Rejects, "stance/unwilling", holder::of_clause(scene, token))
}

/// "did not say whether the offer would do": who leaves it open has not decided, or will not tell.
fn unsaid(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let saying = matches!(text.lemma(token), "say" | "decide" | "disclose" | "confirm" | "make");
    if !saying || text.upos(token) != Upos::Verb || clause::is_supposed(text, token) {
        return Vec::new();
    }
    let refused = text.head(token).filter(|&head| {
        text.is_rel(token, Deprel::Xcomp) && matches!(text.lemma(head), "decline" | "refuse")
    });
    let open = text
        .dependents(token)
        .iter()
        .copied()
        .filter(|&c| matches!(text.deprel(c).general(), Deprel::Ccomp | Deprel::Xcomp | Deprel::Advcl))
        .any(|c| matches!(clause::marker(text, c), Some("whether" | "if")));
    if !open || refused.is_none() && !clause::is_denied(text, token) {
        return Vec::new();
    }
    found(scene, token, Act::Undecided, "stance/unsaid", holder::of_clause(scene, token))
}

/// "There will be no compromise", "monitors have no business here", "saw no need of them".
fn none_of(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    if text.upos(token) != Upos::Noun
        || !(NOUNS.contains(&text.lemma(token)) || STANDING.contains(&text.lemma(token)))
        || !is_none(scene, token)
    {
        return Vec::new();
    }
    let argument = matches!(text.deprel(token).general(), Deprel::Obj | Deprel::Nsubj | Deprel::Conj);
    let Some(carrier) = text.head(token).filter(|_| argument) else { return Vec::new() };
    let verb = if text.is_rel(token, Deprel::Conj) { text.head(carrier).unwrap_or(carrier) } else { carrier };
    if clause::is_supposed(text, verb) {
        return Vec::new();
    }
    let spoken = holder::speakers(scene, token);
    let own = matches!(text.lemma(verb), "see" | "have" | "make" | "offer") && spoken.is_empty();
    let holders = if own { holder::of_clause(scene, verb) } else { spoken };
    // What nobody has found yet nobody has refused.
    let sought = matches!(text.lemma(verb), "find" | "reach" | "achieve") || clause::is_passive(text, verb);
    let act = if sought { Act::Undecided } else { Act::Rejects };
    let meant = matches!(text.lemma(token), "intention" | "compromise" | "interest" | "desire");
    found(scene, verb, act, if meant { "stance/no-intention" } else { "stance/none-of" }, holders)
}

fn is_none(scene: &Scene<'_>, noun: u32) -> bool {
    let text = scene.text;
    let lacked = text.is_rel(noun, Deprel::Obj) && text.head(noun).is_some_and(|v| text.lemma(v) == "lack");
    if STANDING.contains(&text.lemma(noun)) && lacked {
        return true;
    }
    text.dependents(noun).iter().any(|&d| {
        text.lemma(d) == "no" && text.is_rel(d, Deprel::Det)
            || matches!(text.lemma(d), "neither" | "nor")
                && matches!(text.deprel(d).general(), Deprel::Det | Deprel::Cc)
    })
}

/// "Lasia is against any easing": the noun is the predicate, and its preposition says which way.
fn side(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let nominal = matches!(text.upos(token), Upos::Noun | Upos::Propn);
    if !nominal || text.dependent(token, Deprel::Cop).is_none() || clause::is_supposed(text, token) {
        return Vec::new();
    }
    let act = match (clause::case(text, token), clause::is_denied(text, token)) {
        (Some("against"), false) => Act::Rejects,
        (Some("for"), false) => Act::Supports,
        (Some("against"), true) => Act::Open,
        (Some("under"), false) if matches!(text.lemma(token), "discussion" | "consideration") => Act::Open,
        _ => return Vec::new(),
    };
    let holders = match act {
        Act::Open => holder::of_noun(scene, token),
        _ => holder::of_clause(scene, token),
    };
    found(scene, token, act, "stance/for-or-against", holders)
}

fn found(
    scene: &Scene<'_>,
    token: u32,
    act: Act,
    rule: &'static str,
    holders: Vec<(Who, String)>,
) -> Vec<Found> {
    let range = terms::of(scene, token);
    let mut about = terms::about(scene, token, range);
    if act != Act::Rejects {
        about.extend(terms::before(scene, range.start));
    }
    let why = Why { rule, confidence: 0.65 };
    let found = |(holder, party)| Found {
        token,
        act,
        holder,
        party,
        terms: range,
        about: about.clone(),
        weak: !matches!(rule, "stance/unwilling" | "stance/no-intention" | "stance/accuses"),
        issueless: rule == "stance/accuses",
        why,
    };
    holders.into_iter().map(found).collect()
}
