//! Plans and drafts as objects: whose they are, their versions, who took which stance on them.

use std::collections::BTreeMap;

use chancery_model::{EntityKind, Id, Mention, MentionForm, Proposal, Span, Version};

use super::{Known, Told};

/// Nouns for what is proposed.
const NOUNS: [&str; 14] = [
    "plan",
    "proposal",
    "draft",
    "framework",
    "memorandum",
    "roadmap",
    "blueprint",
    "offer",
    "package",
    "text",
    "document",
    "outline",
    "communique",
    "paper",
];

/// Words that tell one version from another.
const VERSIONS: [&str; 16] = [
    "initial", "original", "first", "earlier", "previous", "old", "revised", "new", "latest", "updated",
    "amended", "second", "third", "final", "current", "modified",
];

/// The proposals that articles mention.
pub(super) fn link(told: &[Told<'_>], known: &Known) -> Vec<Proposal> {
    let mut out: BTreeMap<(String, String), Proposal> = BTreeMap::new();
    for t in told {
        for mention in &t.reading.mentions {
            let Some(seen) = seen(t, mention) else { continue };
            let author = author(t, known, mention);
            let Some(key) = author.clone().map(|author| (author, seen.noun.to_owned())) else { continue };
            let proposal = out.entry(key).or_insert_with_key(|(author, noun)| Proposal {
                id: Id::of('o', &[author.as_bytes(), noun.as_bytes()]),
                name: t.words(mention.span).to_owned(),
                author: Some(author.clone()),
                versions: Vec::new(),
                stances: Vec::new(),
            });
            note_version(proposal, t, mention.span, &seen);
            let stances = t.reading.stances.iter().filter(|s| s.terms.covers(mention.span)).map(|s| s.id);
            proposal.stances.extend(stances);
        }
    }
    let mut out: Vec<Proposal> =
        out.into_values().filter(|p| !p.stances.is_empty() || p.versions.len() > 1).collect();
    for proposal in &mut out {
        proposal.stances.sort();
        proposal.stances.dedup();
    }
    out
}

struct Seen {
    noun: &'static str,
    label: String,
    points: Option<u32>,
}

/// A mention that names a proposal by its noun.
fn seen(t: &Told<'_>, mention: &Mention) -> Option<Seen> {
    if mention.form == MentionForm::Pronoun {
        return None;
    }
    let low = t.words(mention.span).to_lowercase();
    let words: Vec<&str> =
        low.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let noun_at = words.iter().position(|w| NOUNS.contains(w))?;
    // "The plan of the ministry to hold talks": only what stands before the noun tells which plan it is.
    let before = &words[..noun_at];
    let noun = NOUNS.into_iter().find(|noun| *noun == words[noun_at])?;
    let points = before.iter().find_map(|w| w.strip_suffix("-point").and_then(|n| n.parse().ok()));
    let label = before
        .iter()
        .find(|w| VERSIONS.contains(w))
        .map(|w| (*w).to_owned())
        .or_else(|| points.map(|n| format!("{n}-point")))
        .unwrap_or_default();
    Some(Seen { noun, label, points })
}

/// Whose proposal: the side of somebody named inside its own words ("the Lasian plan", "the council's draft").
fn author(t: &Told<'_>, known: &Known, mention: &Mention) -> Option<String> {
    let inside = t
        .reading
        .mentions
        .iter()
        .filter(|m| m.span != mention.span && mention.span.covers(m.span) && m.head < mention.head);
    inside
        .filter_map(|m| {
            let chain = t.reading.chains.get(*m.chain.as_ref().ok()? as usize)?;
            let who = chancery_model::Who { span: m.span, chain: m.chain.clone() };
            (chain.kind != EntityKind::Thing).then(|| known.side(t, &who)).flatten()
        })
        .next()
}

fn note_version(proposal: &mut Proposal, t: &Told<'_>, span: Span, seen: &Seen) {
    if seen.label.is_empty() {
        return;
    }
    match proposal.versions.iter_mut().find(|v| v.label == seen.label) {
        Some(version) => version.points = version.points.or(seen.points),
        None => {
            let (label, when) = (seen.label.clone(), t.published());
            proposal.versions.push(Version { label, when, cite: t.cite(span), points: seen.points });
        }
    }
}
