//! Offices and descriptions of people and bodies: "Kremlin economic envoy Kirill Dmitriev", "Selen, who heads the agency".
//!
//! A role is words of the text; what the office is called elsewhere, and when it was held, is not known here.

use chancery_lexicon::countries::Sense;
use chancery_lexicon::people::Noun;
use chancery_model::{Deprel, EntityKind, MentionForm, Role, Span, TokenRange, Upos, Xpos};

use super::found::{self, Found};
use super::party::Party;
use super::sides::plain;
use super::traits;
use super::view::View;

/// Roles of one party, at most.
const MOST_ROLES: usize = 12;

/// A role and the token that its "of" hangs on.
pub(crate) struct Held {
    pub(crate) role: Role,
    /// The word that names the country or body of the office.
    pub(crate) of: Option<u32>,
}

/// The roles that the mentions of a party give, in text order; each title once.
pub(crate) fn read(view: &View<'_>, party: &Party) -> Vec<Held> {
    let mut out: Vec<Held> = Vec::new();
    if party.kind != Some(EntityKind::Person) || party.many == Some(true) {
        return out;
    }
    for &at in &party.members {
        let found = &view.found[at as usize];
        for noun in offices(view, found) {
            out.push(held(view, noun));
        }
        out.extend(heads_body(view, found));
    }
    out.sort_by_key(|h| h.role.title);
    let words = |span: Span| view.text.words(span).to_lowercase();
    let mut seen: Vec<(String, Option<String>)> = Vec::new();
    out.retain(|h| {
        let key = (words(h.role.title), h.role.of.map(words));
        let fresh = !seen.contains(&key);
        seen.push(key);
        fresh
    });
    out.truncate(MOST_ROLES);
    out
}

/// The nouns by which a mention gives an office: titles, the head of a description, appositions, what somebody "is".
fn offices(view: &View<'_>, found: &Found) -> Vec<u32> {
    let text = view.text;
    let head = found.head;
    let mut out: Vec<u32> = Vec::new();
    let one = |at: u32| !matches!(text.xpos(at), Xpos::Nns | Xpos::Nnps);
    let person = |at: u32| one(at) && is_office(traits::noun(text, at));
    if found.form != MentionForm::Pronoun {
        if found.name.is_none_or(|n| !n.holds(head)) && person(head) {
            out.push(head);
        }
        out.extend(text.dependents(head).iter().copied().filter(|&d| {
            let before = d < head && matches!(text.deprel(d), Deprel::NmodDesc | Deprel::Compound);
            let behind =
                d > head && text.deprel(d) == Deprel::Appos && !super::found::is_tight(text, head, d);
            (before || behind) && person(d) && text.name(d).is_none()
        }));
    }
    if let Some(is) = text.head(head).filter(|_| text.is_rel(head, Deprel::Nsubj)) {
        let now = text
            .dependent(is, Deprel::Cop)
            .is_some_and(|c| matches!(text.word(c), "is" | "’s" | "'s" | "was"));
        if now && person(is) && text.dependent(is, Deprel::Advmod).is_none_or(|not| text.lemma(not) != "not")
        {
            out.push(is);
        }
    }
    out
}

fn is_office(noun: Noun) -> bool {
    noun.is(Noun::CHIEF.or(Noun::OFFICE))
        || noun.is_person() && noun.sex().is_some() && !noun.is(Noun::MR.or(Noun::MS))
}

fn held(view: &View<'_>, noun: u32) -> Held {
    let text = view.text;
    let of = body_of(view, noun);
    let mut title = TokenRange::new(noun as usize, noun as usize + 1);
    let mut former = false;
    for &part in text.dependents(noun).iter().filter(|&&d| d < noun).rev() {
        let word = text.word(part).to_lowercase();
        let was = ["former", "ex", "then", "erstwhile", "onetime", "late"]
            .iter()
            .any(|w| word == *w || word.starts_with(&format!("{w}-")));
        former |= was;
        let describes = matches!(text.deprel(part).general(), Deprel::Amod | Deprel::Compound | Deprel::Nmod);
        if describes
            && !was
            && Some(part) != of
            && text.is_rel(part, Deprel::Nmod) <= (text.deprel(part) == Deprel::NmodDesc)
            && view.country_at(part).is_none()
            && part + 1 >= title.start
        {
            title.start = text.below(part).start.max(part.saturating_sub(3));
        }
    }
    while title.start >= 2 && text.xpos(title.start - 1) == Xpos::Hyph {
        title.start -= 2;
    }
    while title.start < noun && matches!(text.upos(title.start), Upos::Adp | Upos::Punct | Upos::Det) {
        title.start += 1;
    }
    title.end = title_end(view, noun, of, title.end);
    former |= text.word(noun).to_lowercase().starts_with("ex-");
    let named = of.filter(|&o| text.upos(o) != Upos::Pron);
    let of_span = named.map(|o| text.span(name_or_noun(view, o)));
    let body = named.map(|o| body_name(view, o));
    Held { role: Role { title: text.span(title), of: of_span, body, former }, of }
}

/// The name of the country that an adjective stands for ("Russia" for "Russian"), else the words for the body.
fn body_name(view: &View<'_>, of: u32) -> String {
    let country = view.country_at(of).filter(|(_, sense)| matches!(sense, Sense::People | Sense::Name));
    if let Some((country, _)) = country {
        return country.to_owned();
    }
    let words = view.text.words(view.text.span(name_or_noun(view, of)));
    let the = view.text.name(of).is_none() && words.to_lowercase().starts_with("the ");
    if the { format!("the {}", plain(words)) } else { plain(words) }
}

/// With "-in-law" of "son-in-law", and "of State" where the office is another's: "US Secretary of State".
fn title_end(view: &View<'_>, noun: u32, of: Option<u32>, mut end: u32) -> u32 {
    let text = view.text;
    let glued = |at: u32| {
        at < text.len() as u32
            && !text.token(at - 1).space_after
            && !matches!(text.word(at), "'s" | "’s" | "," | ".")
    };
    while glued(end)
        && text.xpos(end) != Xpos::Pos
        && end < noun + 6
        && (text.is_below(end, noun) || text.xpos(end - 1) == Xpos::Hyph)
    {
        end += 1;
    }
    if end > noun + 1 && text.xpos(end - 1) == Xpos::Hyph {
        end -= 1;
    }
    let behind = text.dependents_by(noun, Deprel::Nmod).find(|&d| {
        d > noun && Some(d) != of && text.dependent(d, Deprel::Case).is_some_and(|c| text.word(c) == "of")
    });
    behind
        .filter(|_| of.is_some())
        .map(|d| text.below(d).end)
        .filter(|e| *e <= noun + 5)
        .map_or(end, |e| end.max(e))
}

/// The country or body whose office it is: "Kremlin", "Germany's", "of the agency", "Ukrainian".
fn body_of(view: &View<'_>, noun: u32) -> Option<u32> {
    let text = view.text;
    let parts = || text.dependents(noun).iter().copied();
    let owner = parts().find(|&d| text.deprel(d) == Deprel::NmodPoss);
    let behind = parts().find(|&d| {
        d > noun
            && text.deprel(d) == Deprel::Nmod
            && text
                .dependent(d, Deprel::Case)
                .is_some_and(|c| matches!(text.word(c), "of" | "for" | "at" | "to" | "with"))
    });
    let before = parts().find(|&d| {
        let describes = matches!(text.deprel(d).general(), Deprel::Amod | Deprel::Compound | Deprel::Nmod);
        describes
            && d < noun
            && (view.country_at(d).is_some()
                || text.name_kind(d).is_some_and(|k| k != chancery_model::NameKind::Person))
    });
    // "U.S. President Mia Brandt": the tree may hang the country on the name.
    let shared = text.head(noun).filter(|_| text.deprel(noun) == Deprel::NmodDesc).and_then(|name| {
        text.dependents(name).iter().copied().find(|&d| d < noun && view.country_at(d).is_some())
    });
    owner.or(before).or(shared).or(behind)
}

fn name_or_noun(view: &View<'_>, at: u32) -> TokenRange {
    view.text.name(at).map_or_else(|| super::noun_phrase(view.text, at), |n| n.tokens)
}

/// "Selen, who heads the agency".
fn heads_body(view: &View<'_>, found: &Found) -> Option<Held> {
    let text = view.text;
    if found.form != MentionForm::Name {
        return None;
    }
    let verb = text.dependents_by(found.head, Deprel::Acl).find(|&v| {
        matches!(text.lemma(v), "head" | "lead" | "chair" | "run" | "command" | "direct")
            && text.deprel(v) == Deprel::AclRelcl
    })?;
    let body = text.dependent(verb, Deprel::Obj)?;
    let former = text.xpos(verb) == Xpos::Vbd;
    let of = found::Found::clone(found).tokens.holds(verb).then_some(body).or(Some(body));
    let title = TokenRange::new(verb as usize, verb as usize + 1);
    Some(Held {
        role: Role {
            title: text.span(title),
            of: Some(text.span(name_or_noun(view, body))),
            body: Some(body_name(view, body)),
            former,
        },
        of,
    })
}
