//! Stances that hang on what is denied or left unsaid, or on being against: "no compromise on the bank", "has no say in it", "is
//! against any easing", "did not say whether the offer would do".

use chancery_model::{Act, Deprel, Upos, Who, Why, Xpos};

use super::{Carried, Found, Scene, holder, terms};
use crate::clause;
use crate::who::who_of;

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
            .chain(harms(scene, token))
            .chain(attitude(scene, token))
            .chain(without_position(scene, token))
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

/// "This escalation undermines every effort": who says so of an act will not have it.
fn harms(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    const HARMING: [&str; 8] = [
        "undermine",
        "jeopardize",
        "jeopardise",
        "endanger",
        "destabilize",
        "destabilise",
        "imperil",
        "violate",
    ];
    let text = scene.text;
    let present = matches!(text.xpos(token), Xpos::Vbz | Xpos::Vbp);
    if !present || !HARMING.contains(&text.lemma(token)) || clause::is_denied(text, token) {
        return Vec::new();
    }
    // What somebody is said to do is an accusation; what an act does is a judgement of it.
    let act = clause::subject(text, token)
        .is_some_and(|s| text.upos(s) == Upos::Noun && holder_at(scene, s).is_none());
    if !act || clause::is_supposed(text, token) {
        return Vec::new();
    }
    found(scene, token, Act::Rejects, "stance/harms", holder::speakers(scene, token))
}

fn holder_at(scene: &Scene<'_>, at: u32) -> Option<String> {
    holder::party(scene, &who_of(scene.text, scene.reading, at))
}

/// "has not taken a position": who has none has not decided.
fn without_position(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let takes = matches!(text.lemma(token), "take" | "make" | "reach") && clause::is_denied(text, token);
    let of = |o: u32| matches!(text.lemma(o), "position" | "stance" | "decision" | "side");
    if !takes || !text.dependents_by(token, Deprel::Obj).any(of) || clause::is_supposed(text, token) {
        return Vec::new();
    }
    found(scene, token, Act::Undecided, "stance/no-position", holder::of_clause(scene, token))
}

/// "our critical stance on the proposals", "a favourable view of the draft".
fn attitude(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    const AGAINST: [&str; 6] = ["critical", "negative", "hostile", "sceptical", "skeptical", "dim"];
    const FOR: [&str; 4] = ["positive", "favourable", "favorable", "supportive"];
    let text = scene.text;
    if !matches!(text.lemma(token), "stance" | "position" | "attitude" | "view") {
        return Vec::new();
    }
    let said = |list: &[&str]| text.dependents_by(token, Deprel::Amod).any(|a| list.contains(&text.lemma(a)));
    let on = text
        .dependents(token)
        .iter()
        .any(|&d| matches!(clause::case(text, d), Some("on" | "of" | "to" | "towards" | "toward")));
    let act = match (said(&AGAINST), said(&FOR)) {
        (true, false) => Act::Rejects,
        (false, true) => Act::Supports,
        _ => return Vec::new(),
    };
    let verb = text.head(token).filter(|_| text.is_rel(token, Deprel::Obj)).unwrap_or(token);
    if !on || clause::is_supposed(text, verb) {
        return Vec::new();
    }
    let owners = holder::of_noun(scene, token);
    let holders = if owners.is_empty() { holder::of_clause(scene, verb) } else { owners };
    found(scene, verb, act, "stance/attitude", holders)
}

/// "does not intend to discuss", "is not planning to withdraw", "denied that any cuts were planned".
fn unwilling(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let plans =
        |c: u32| matches!(text.lemma(c), "intend" | "plan" | "prepare" | "want" | "consider" | "seek");
    if text.lemma(token) == "deny" && text.dependents_by(token, Deprel::Ccomp).any(plans) {
        let holders = holder::of_clause(scene, token);
        return found(scene, token, Act::Rejects, "stance/denies-plan", holders);
    }
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
        .any(|c| text.dependents_by(c, Deprel::Mark).any(|m| matches!(text.lemma(m), "whether" | "if")));
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
    let weak =
        !matches!(rule, "stance/unwilling" | "stance/no-intention" | "stance/accuses" | "stance/harms");
    let issueless = matches!(rule, "stance/accuses" | "stance/harms");
    let why = Why { rule, confidence: 0.65 };
    Carried { token, act, terms: range, about, weak, issueless, why }.by(holders)
}
