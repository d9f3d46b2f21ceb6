//! Stances of a speaker that hang on a modal verb: what must be, and what the speaker's own side will not do.

use chancery_model::{Act, Deprel, Upos, Why, Xpos};

use super::{Carried, Found, Scene, holder, predicate, terms};
use crate::clause;

/// Nouns for what somebody is after: "our task is to end the war".
const AIMS: [&str; 12] = [
    "task",
    "goal",
    "aim",
    "objective",
    "priority",
    "motivation",
    "purpose",
    "wish",
    "intention",
    "ambition",
    "demand",
    "condition",
];

/// Verbs for what a side keeps up: "the strike will go on until the offer is raised".
const LASTING: [&str; 6] = ["go", "continue", "last", "remain", "stay", "stand"];

/// Verbs for bringing something to an end.
const ENDING: [&str; 5] = ["stop", "end", "cease", "halt", "finish"];

/// Every "must" and every "will not" inside a statement, and every aim.
pub(super) fn all(scene: &Scene<'_>) -> Vec<Found> {
    let tokens = || scene.text.tokens();
    let each = |token| at(scene, token).into_iter().chain(aim(scene, token)).chain(announced(scene, token));
    tokens().flat_map(each).collect()
}

/// "Tamarind will cut its tariff": what a page tells that a side will give, that side offers.
fn announced(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    const YIELDING: [&str; 12] = [
        "cut", "lower", "reduce", "lift", "ease", "suspend", "release", "withdraw", "open", "scrap", "drop",
        "pay",
    ];
    let text = scene.text;
    let will = clause::modals(text, token).any(|m| m == "will");
    let told = scene.statement_at(token).is_some() || clause::is_supposed(text, token);
    if !will || told || !YIELDING.contains(&text.lemma(token)) || clause::is_denied(text, token) {
        return Vec::new();
    }
    if text.dependent(token, Deprel::Obj).is_none() || clause::is_passive(text, token) {
        return Vec::new();
    }
    let act = if depends(scene, token) { Act::Conditions } else { Act::Offers };
    let range = terms::of(scene, token);
    let about = terms::about(scene, token, range);
    let why = Why { rule: "stance/will-give", confidence: 0.6 };
    Carried { token, act, terms: range, about, weak: true, issueless: false, why }
        .by(holder::of_clause(scene, token))
}

/// "Lasia's aim is to keep the strait": who has an aim demands what it is.
fn aim(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let key = is_key(scene, token);
    if !key && !AIMS.contains(&text.lemma(token)) || !text.is_rel(token, Deprel::Nsubj) {
        return Vec::new();
    }
    let Some(predicate) = text.head(token) else { return Vec::new() };
    let infinitive =
        text.dependents_by(predicate, Deprel::Mark).any(|m| matches!(text.lemma(m), "to" | "that"))
            || text.xpos(predicate) == Xpos::Vbg;
    if !infinitive && !key || clause::is_supposed(text, predicate) {
        return Vec::new();
    }
    let range = terms::of(scene, predicate);
    let why = Why { rule: "stance/aim", confidence: 0.65 };
    let holders = if key { holder::speakers(scene, token) } else { holder::of_noun(scene, token) };
    let (act, about) = (Act::Demands, Vec::new());
    Carried { token: predicate, act, terms: range, about, weak: false, issueless: false, why }.by(holders)
}

/// "The key to peace is", "the most important thing is": what a speaker calls so, he wants.
fn is_key(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    let important = || text.dependents_by(token, Deprel::Amod).any(|a| text.lemma(a) == "important");
    text.lemma(token) == "key" && text.upos(token) == Upos::Noun
        || text.lemma(token) == "thing" && important()
}

fn at(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let text = scene.text;
    let is_predicate =
        matches!(text.upos(token), Upos::Verb | Upos::Adj | Upos::Noun | Upos::Propn | Upos::Pron);
    if !is_predicate || scene.statement_at(token).is_none() || clause::is_supposed(text, token) {
        return Vec::new();
    }
    // "What needs to be done" asks.
    let above = std::iter::once(token).chain(text.head(token).filter(|_| has_to(scene, token)));
    let wh = |t: u32| {
        text.dependents(t)
            .iter()
            .any(|&s| matches!(text.lemma(s), "what" | "who" | "whoever" | "how" | "why"))
    };
    let asks = above.into_iter().any(wh);
    let Some((act, rule)) = act(scene, token).filter(|_| !asks) else { return Vec::new() };
    let carrier = text.head(token).filter(|_| has_to(scene, token)).unwrap_or(token);
    let range = terms::of(scene, carrier);
    if matches!(text.lemma(range.start), "what" | "which" | "how" | "who" | "whether") {
        return Vec::new();
    }
    let about = terms::about(scene, token, range);
    let mut speakers = holder::speakers(scene, token);
    speakers.retain(|(_, party)| matches!(act, Act::Demands | Act::Open) || is_own(scene, token, party));
    let weak = !(act == Act::Open || act == Act::Rejects && REFUSING.contains(&text.lemma(token)));
    let why = Why { rule, confidence: 0.65 };
    Carried { token, act, terms: range, about, weak, issueless: false, why }.by(speakers)
}

/// Verbs that tell what a side will not do, whatever the matter is called.
const REFUSING: [&str; 21] = [
    "touch",
    "tolerate",
    "accept",
    "allow",
    "permit",
    "trade",
    "surrender",
    "yield",
    "bow",
    "retreat",
    "cede",
    "compromise",
    "negotiate",
    "budge",
    "submit",
    "capitulate",
    "recognize",
    "recognise",
    "withdraw",
    "sign",
    "agree",
];

/// Verbs for talking things over: who says that "we need to" is open to it.
const TALKING: [&str; 6] = ["discuss", "talk", "negotiate", "sit", "meet", "listen"];

fn act(scene: &Scene<'_>, token: u32) -> Option<(Act, &'static str)> {
    let text = scene.text;
    let modals: Vec<&str> = clause::modals(text, token).collect();
    let denied = clause::is_denied(text, token);
    let has = |list: &[&str]| modals.iter().any(|m| list.contains(m));
    let verb = text.upos(token) == Upos::Verb;
    let will = has(&["will", "would", "'ll", "wo"]);
    match () {
        // "Should have gone" is regret.
        () if text.dependents_by(token, Deprel::Aux).any(|a| text.lemma(a) == "have") => None,
        () if verb
            && !denied
            && has_to(scene, token)
            && TALKING.contains(&text.lemma(token))
            && is_first_person(scene, token) =>
        {
            Some((Act::Open, "stance/need-to-talk"))
        }
        // "Nobody should call it a deal" demands nothing of anybody.
        () if clause::subject(text, token).is_some_and(|s| matches!(text.lemma(s), "nobody" | "none"))
            && !will =>
        {
            None
        }
        () if has(&["must", "should", "ought", "shall"]) || has_to(scene, token) => {
            Some((Act::Demands, "stance/must"))
        }
        // "Would sign if the port is freed", "will not move unless": the speaker's own side says on what it depends.
        () if verb && (will || has(&["could", "can"])) && depends(scene, token) => {
            Some((Act::Conditions, "stance/would-if"))
        }
        () if denied
            && verb
            && text.lemma(token) != "hesitate"
            && (will || has(&["can", "ca"]) && clause::is_passive(text, token)) =>
        {
            Some((Act::Rejects, "stance/will-not"))
        }
        () if verb && !denied && will && predicate::GIVING.contains(&text.lemma(token)) => {
            let conditional = clause::condition(text, token).is_some();
            Some((if conditional { Act::Conditions } else { Act::Offers }, "stance/will-give"))
        }
        () if verb && !denied && will && LASTING.contains(&text.lemma(token)) => {
            clause::condition(text, token).map(|_| (Act::Conditions, "stance/goes-on-until"))
        }
        () if verb && !denied && will && ENDING.contains(&text.lemma(token)) => {
            clause::condition(text, token).map(|_| (Act::Conditions, "stance/will-end"))
        }
        () => None,
    }
}

/// Whether a clause, or the infinitive that it governs, depends on a condition: "would not hesitate to send them if".
fn depends(scene: &Scene<'_>, token: u32) -> bool {
    let inner = scene.text.dependents_by(token, Deprel::Xcomp);
    std::iter::once(token).chain(inner).any(|at| clause::condition(scene.text, at).is_some())
}

/// "has to", "needs to": the infinitive carries the demand.
fn has_to(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    text.deprel(token) == Deprel::Xcomp
        && text.head(token).is_some_and(|head| matches!(text.lemma(head), "have" | "need"))
        && text.dependents_by(token, Deprel::Mark).any(|m| text.lemma(m) == "to")
}

fn is_first_person(scene: &Scene<'_>, token: u32) -> bool {
    clause::subject(scene.text, token).is_some_and(|s| matches!(scene.text.lemma(s), "we" | "i"))
}

/// Whether a clause speaks of what the speaker's own side does. "Not a foot of land will be given away" names nobody: it is what the
/// speaker will not do.
fn is_own(scene: &Scene<'_>, token: u32, party: &str) -> bool {
    let text = scene.text;
    if clause::is_passive(text, token) {
        let agent = clause::agent(text, token);
        return agent.is_none() || holder::of_clause(scene, token).iter().any(|(_, own)| own == party);
    }
    // A fight that will stop if something is done is the speaker's to stop.
    let ends = ENDING.contains(&text.lemma(token)) || LASTING.contains(&text.lemma(token));
    if !clause::is_denied(text, token) && ends {
        return true;
    }
    let nobody = clause::subject(text, token).is_some_and(|s| matches!(text.lemma(s), "nobody" | "none"));
    nobody || holder::of_clause(scene, token).iter().any(|(_, own)| own == party)
}
