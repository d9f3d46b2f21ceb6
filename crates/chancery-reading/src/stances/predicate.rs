//! Stances that hang on a predicate of the lexicon.

use chancery_lexicon::stances::{PredicateKind, StancePredicate, StancePredicates};
use chancery_model::{Act, Deprel, Upos, Why, Xpos};

use super::{Carried, Found, Scene, holder, terms};
use crate::clause;

/// Verbs for giving: who wants to do this offers it.
pub(super) const GIVING: [&str; 16] = [
    "give", "provide", "send", "supply", "deliver", "release", "lift", "suspend", "withdraw", "ease", "help",
    "share", "hand", "return", "pay", "host",
];

/// Verbs for going on with a fight.
const FIGHTING: [&str; 6] = ["fight", "continue", "attack", "strike", "press", "keep"];

/// The stances that the word at `token` carries, one for each of its holders.
pub(super) fn at(scene: &Scene<'_>, token: u32) -> Vec<Found> {
    let Some((kind, predicate)) = predicate(scene, token) else { return Vec::new() };
    let Some(act) = act_of(predicate) else { return Vec::new() };
    let text = scene.text;
    let may_be = predicate.governed && may_be_done(scene, token);
    if is_awaited(scene, token)
        || predicate.governed && !may_be
        || clause::is_supposed(text, token)
        || is_governed(scene, token)
    {
        return Vec::new();
    }
    let combined = combined(scene, token, act);
    let Some(act) = settled(scene, token, predicate, combined) else { return Vec::new() };
    // "Declined to comment" refuses words; what is promised not to be done is read at its own verb.
    let silent = text.dependents_by(token, Deprel::Xcomp).any(|x| SILENT.contains(&text.lemma(x)));
    let not_done =
        act == Act::Offers && text.dependents_by(token, Deprel::Ccomp).any(|c| clause::is_denied(text, c));
    let patient = text.lemma(token) == "wait" && clause::modals(text, token).next().is_none();
    // "The alliance guarantees order" tells what it is for.
    let told = matches!(text.lemma(token), "guarantee" | "assure")
        && matches!(text.xpos(token), Xpos::Vbz | Xpos::Vbp);
    if silent || not_done || patient || told {
        return Vec::new();
    }
    let holders = match (kind, predicate.judged) {
        (_, true) => holder::of_judgement(scene, token),
        (PredicateKind::Noun, _) => holder::of_noun(scene, token),
        (PredicateKind::Agent, _) => holder::of_agent(scene, token),
        _ if may_be => holder::speakers(scene, token),
        (PredicateKind::Adjective, _) => holder::of_subject(scene, token),
        _ if predicate.progressive && clause::is_passive(text, token) => holder::speakers(scene, token),
        _ => holder::of_clause(scene, token),
    };
    let light = (kind == PredicateKind::Noun).then(|| holder::light_verb(text, token)).flatten();
    let carrier = under(scene, token).or_else(|| clause::judging(text, token)).or(light).unwrap_or(token);
    let range = match (kind, predicate.judged) {
        (PredicateKind::Noun, false) => terms::of_noun(scene, token, carrier),
        (_, true) => terms::of_judgement(scene, amounting(scene, token).unwrap_or(carrier)),
        _ => terms::of(scene, carrier),
    };
    let mut about = terms::about(scene, token, range);
    // "Some of it can be discussed": which matter, the words before say.
    if may_be {
        about.extend(terms::before(scene, range.start));
    }
    let why = Why { rule: rule(act), confidence: if predicate.with.is_empty() { 0.7 } else { 0.8 } };
    let carried =
        Carried { token, act, terms: range, about, weak: predicate.weak, issueless: predicate.fear, why };
    carried.by(holders)
}

fn act_of(predicate: &StancePredicate) -> Option<Act> {
    Act::ALL.into_iter().find(|act| act.word() == predicate.act)
}

/// "Until Lasia withdraws": what is waited for has not been done.
fn is_awaited(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    let waits =
        text.dependents_by(token, Deprel::Mark).any(|m| matches!(text.lemma(m), "until" | "before" | "once"));
    // "Before it accepted" tells what was done.
    waits && !matches!(text.xpos(token), Xpos::Vbd | Xpos::Vbn)
}

/// The id of the rule, for `why`.
pub(super) fn rule(act: Act) -> &'static str {
    match act {
        Act::Demands => "stance/demands",
        Act::Rejects => "stance/rejects",
        Act::Supports => "stance/supports",
        Act::Accepts => "stance/accepts",
        Act::Offers => "stance/offers",
        Act::Conditions => "stance/conditions",
        Act::Open => "stance/open",
        Act::Undecided => "stance/undecided",
    }
}

fn predicate(scene: &Scene<'_>, token: u32) -> Option<(PredicateKind, &'static StancePredicate)> {
    let text = scene.text;
    let kinds: &[PredicateKind] = match text.upos(token) {
        // "Is worried" is tagged now as an adjective, now as a passive.
        Upos::Verb
            if [Deprel::Cop, Deprel::AuxPass].iter().any(|&aux| text.dependent(token, aux).is_some()) =>
        {
            &[PredicateKind::Adjective, PredicateKind::Verb]
        }
        Upos::Verb => &[PredicateKind::Verb],
        Upos::Noun => &[PredicateKind::Noun, PredicateKind::Agent],
        Upos::Adj if text.deprel(token) != Deprel::Amod => &[PredicateKind::Adjective],
        _ => return None,
    };
    kinds.iter().find_map(|&kind| {
        let fits = |predicate: &&StancePredicate| {
            predicate.with.iter().all(|word| goes_with(scene, token, word))
                && (!predicate.passive || clause::is_passive(text, token))
                && (text.lemma(token) != "take" || takes_it(scene, token))
                && (!predicate.progressive || is_progressive(scene, token))
                && (kind != PredicateKind::Noun || !predicate.judged || is_said_of(scene, token))
                && (kind != PredicateKind::Verb || has_terms(scene, token))
        };
        // "Is worried" may be tagged as a verb; it stands in the list as it is written.
        let as_written = kind == PredicateKind::Adjective && text.upos(token) == Upos::Verb;
        let form = if as_written { text.word(token).to_lowercase() } else { text.lemma(token).to_owned() };
        let listed = StancePredicates::built_in().of_lemma(kind, &form);
        listed.iter().find(fits).map(|predicate| (kind, predicate))
    })
}

/// "We take it", "would take 220": taking is accepting where what is taken was told before.
fn takes_it(scene: &Scene<'_>, token: u32) -> bool {
    scene.text.dependents_by(token, Deprel::Obj).any(|object| terms::stands_for(scene, object))
}

/// "can be discussed".
fn may_be_done(scene: &Scene<'_>, token: u32) -> bool {
    let may = clause::modals(scene.text, token).any(|m| matches!(m, "can" | "could"));
    may && clause::is_passive(scene.text, token) && !clause::is_denied(scene.text, token)
}

/// "is reading", "was being read".
fn is_progressive(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    text.xpos(token) == Xpos::Vbg && text.dependent(token, Deprel::Aux).is_some()
        || text.dependents(token).iter().any(|&d| text.xpos(d) == Xpos::Vbg && text.upos(d) == Upos::Aux)
}

/// Whether a noun is what something is said to be ("is a basis for work", "called it a red line").
fn is_said_of(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    let judging = clause::judging(text, token);
    // "Called him a traitor" judges nobody's plan.
    let person =
        judging.is_some_and(|verb| text.dependents_by(verb, Deprel::Obj).any(|o| scene.is_person(o)));
    let amounts = text.head(token).is_some_and(|verb| {
        text.is_rel(token, Deprel::Obj)
            && matches!(text.lemma(verb), "represent" | "constitute" | "mean" | "set")
            || text.is_rel(token, Deprel::Obl) && text.lemma(verb) == "amount"
    });
    text.dependent(token, Deprel::Cop).is_some() || amounts || judging.is_some() && !person
}

/// The verb of "constitutes a violation": the clause that judges is its.
fn amounting(scene: &Scene<'_>, token: u32) -> Option<u32> {
    let text = scene.text;
    let object = matches!(text.deprel(token).general(), Deprel::Obj | Deprel::Obl);
    let cop = text.dependent(token, Deprel::Cop).is_some();
    text.head(token).filter(|_| object && !cop && clause::judging(text, token).is_none())
}

/// The stance predicate that governs this one as an infinitive or a clause: "refused to accept", "wants them to sign". It carries the
/// stance of both.
///
/// What somebody is accused of ("of sabotaging the deal") is the accuser's word, and no stance of the accused.
fn is_governed(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    let mut at = token;
    if matches!(text.deprel(at).general(), Deprel::Advcl | Deprel::Xcomp)
        && clause::marker(text, at) == Some("of")
    {
        return true;
    }
    // Who failed to agree, or is yet to, has not.
    let failed = text.head(at).is_some_and(|head| matches!(text.lemma(head), "fail" | "struggle"));
    if text.is_rel(at, Deprel::Xcomp) && failed {
        return true;
    }
    while matches!(text.deprel(at).general(), Deprel::Xcomp | Deprel::Ccomp | Deprel::Conj) {
        let Some(head) = text.head(at) else { return false };
        if let Some(above) = clause::raised(text, at) {
            at = above;
            continue;
        }
        let conjoined = text.is_rel(at, Deprel::Conj);
        // A clause with "that" under a demand is what is demanded; under any other predicate it may be a stance of its own.
        if !conjoined && let Some((_, outer)) = predicate(scene, head) {
            let infinitive = text.is_rel(at, Deprel::Xcomp);
            return infinitive || matches!(act_of(outer), Some(Act::Demands | Act::Offers));
        }
        at = head;
    }
    false
}

/// The act of a predicate together with the infinitive it governs.
fn combined(scene: &Scene<'_>, token: u32, act: Act) -> Act {
    let text = scene.text;
    // Who proposes that another do something wants it done.
    let others = |c: u32| {
        text.dependent(c, Deprel::Nsubj)
            .is_some_and(|s| !matches!(text.lemma(s), "we" | "it" | "they" | "he" | "she"))
    };
    if act == Act::Offers
        && text.dependents_by(token, Deprel::Ccomp).any(others)
        && text.lemma(token) == "propose"
    {
        return Act::Demands;
    }
    // Who drops a demand, or an objection, has given way.
    let dropped = holder::light_verb(text, token).is_some_and(|v| {
        matches!(text.lemma(v), "drop" | "abandon" | "withdraw") && !clause::is_denied(text, v)
    });
    if dropped && matches!(act, Act::Demands | Act::Rejects) {
        return Act::Accepts;
    }
    let Some(inner) = text.dependent(token, Deprel::Xcomp) else { return act };
    // "Called on its allies to send more" asks others.
    let on = |d: u32| clause::case(text, d) == Some("on");
    let own = text.dependent(token, Deprel::Obj).is_none()
        && text.dependent(token, Deprel::Iobj).is_none()
        && text.dependent(inner, Deprel::Nsubj).is_none()
        && !(text.lemma(token) == "call" && text.dependents_by(token, Deprel::Obl).any(on));
    let inner_act = predicate(scene, inner).and_then(|(_, p)| act_of(p));
    match (act, inner_act) {
        (Act::Demands, _) if own && GIVING.contains(&text.lemma(inner)) => Act::Offers,
        // Who is ready to fight on wants what the fight is for.
        (Act::Offers, None) if FIGHTING.contains(&text.lemma(inner)) => Act::Demands,
        (Act::Demands, Some(inner)) if own => inner,
        (
            Act::Offers | Act::Accepts,
            Some(inner @ (Act::Accepts | Act::Open | Act::Rejects | Act::Supports)),
        ) => inner,
        (act, _) => act,
    }
}

/// The verb of "revised under pressure from Lasia": what was done under it is what is wanted.
fn under(scene: &Scene<'_>, token: u32) -> Option<u32> {
    let text = scene.text;
    let head = text.head(token).filter(|_| text.is_rel(token, Deprel::Obl))?;
    (clause::case(text, token) == Some("under")).then_some(head)
}

/// Whether `word` stands as a particle of `token`, or marks one of its complements.
fn goes_with(scene: &Scene<'_>, token: u32, word: &str) -> bool {
    let text = scene.text;
    let links = |d: u32| text.deprel(d).general();
    text.dependents(token).iter().any(|&d| {
        let particle =
            matches!(links(d), Deprel::Compound | Deprel::Advmod | Deprel::Obl | Deprel::Case | Deprel::Mark)
                && text.lemma(d) == word;
        let complement = matches!(
            links(d),
            Deprel::Obl | Deprel::Nmod | Deprel::Advcl | Deprel::Acl | Deprel::Xcomp | Deprel::Ccomp
        );
        let marked = |d: u32| {
            text.dependents(d)
                .iter()
                .any(|&m| matches!(links(m), Deprel::Case | Deprel::Mark) && text.lemma(m) == word)
        };
        particle || complement && marked(d)
    })
}

/// Whether something is demanded, rejected, offered: an object, a clause, an oblique, or the subject of a passive.
fn has_terms(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    let complement = text.dependents(token).iter().any(|&d| {
        matches!(
            text.deprel(d).general(),
            Deprel::Obj | Deprel::Ccomp | Deprel::Xcomp | Deprel::Obl | Deprel::Advcl | Deprel::Parataxis
        ) || text.deprel(d) == Deprel::NsubjPass
    });
    let idle = |o: u32| IDLE.contains(&text.lemma(o));
    let courtesy = text.dependents_by(token, Deprel::Obj).any(idle);
    !courtesy && (complement || clause::described(text, token).is_some())
}

/// Verbs for speaking: who declines these takes no stance.
const SILENT: [&str; 8] = ["comment", "say", "answer", "elaborate", "name", "speak", "respond", "identify"];

/// "Cannot accept any deal that does not free them": what is refused is a deal without it.
fn is_restricted(scene: &Scene<'_>, token: u32) -> bool {
    let text = scene.text;
    let without = |object: u32| {
        text.dependents_by(object, Deprel::Det).any(|d| matches!(text.lemma(d), "any" | "a" | "an"))
            && text
                .dependents(object)
                .iter()
                .any(|&c| text.deprel(c) == Deprel::AclRelcl && clause::is_denied(text, c))
    };
    text.dependents_by(token, Deprel::Obj).any(without)
}

/// What is offered in courtesy, and is no offer.
const IDLE: [&str; 9] = [
    "advice",
    "condolence",
    "condolences",
    "congratulation",
    "prayer",
    "apology",
    "opinion",
    "glimpse",
    "detail",
];

/// The act after denial, condition and modality have had their say; `None` where nothing is settled.
fn settled(scene: &Scene<'_>, token: u32, predicate: &StancePredicate, act: Act) -> Option<Act> {
    let text = scene.text;
    let denied = clause::is_denied(text, token);
    let may = clause::modals(text, token).any(|m| matches!(m, "could" | "may" | "might" | "should" | "must"));
    let purpose = text.xpos(token) == Xpos::Vb && text.is_rel(token, Deprel::Advcl);
    // "There are points we could agree on": whoever says so of himself says that he would.
    let first_person = clause::subject(text, token).is_some_and(|s| matches!(text.lemma(s), "we" | "i"));
    // "Rooke said the company could offer 38": of his own side, a speaker says so too.
    let own = || {
        let speakers = holder::speakers(scene, token);
        clause::modals(text, token).all(|m| m == "could")
            && holder::of_clause(scene, token).iter().any(|(_, own)| speakers.iter().any(|(_, s)| s == own))
    };
    let yes = matches!(act, Act::Accepts | Act::Supports | Act::Offers);
    let may = may && !(first_person && matches!(act, Act::Accepts | Act::Supports) || yes && own());
    // "Blocked the bridge to demand that": those who do so want it.
    let purpose = purpose && act != Act::Demands;
    if purpose || may && act != Act::Open && !predicate.possible {
        return None;
    }
    let inner = text.dependent(token, Deprel::Xcomp);
    let conditional = std::iter::once(token).chain(inner).any(|at| clause::condition(text, at).is_some());
    let yes = yes || act == Act::Open;
    Some(match (act, denied) {
        (Act::Rejects, true) => Act::Open,
        (Act::Demands | Act::Undecided, true) => return None,
        (_, true) if yes && is_restricted(scene, token) => Act::Conditions,
        (_, true) if yes => Act::Rejects,
        (_, false) if yes && conditional => Act::Conditions,
        (act, _) => act,
    })
}
