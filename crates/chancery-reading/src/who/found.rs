//! Words that may refer: names, nouns with what belongs to them, pronouns.
//!
//! This module finds their stretches and what each says by itself (person or body, man or woman, one or several). Whom they
//! mean it does not ask.

use std::collections::HashSet;

use chancery_lexicon::countries::Country;
use chancery_lexicon::people::{self, Bodies, Noun, Sex};
use chancery_model::{Deprel, EntityKind, MentionForm, Name, TimeExpression, TokenRange, Upos, Xpos};

use super::pronouns::Pronoun;
use super::words::{WordId, Words};
use super::{pronouns, traits};
use crate::Text;

/// One or several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Number {
    /// "he", "the envoy".
    One,
    /// "they", "the envoys".
    Many,
    /// Not said: "you", bodies that take both.
    Either,
}

/// How a noun is introduced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Article {
    /// "the plan".
    The,
    /// "this plan".
    This,
    /// "its plan", "Kyiv's plan".
    Whose,
    /// "a plan", "some plans".
    A,
    /// Nothing.
    Bare,
}

/// Words that may refer to somebody or something.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) tokens: TokenRange,
    pub(crate) head: u32,
    pub(crate) form: MentionForm,
    /// What it is, where its own words say so.
    pub(crate) kind: Option<EntityKind>,
    pub(crate) noun: Noun,
    /// The kinds of body that its noun, or the last word of its name, means.
    pub(crate) bodies: Bodies,
    pub(crate) sex: Option<Sex>,
    pub(crate) number: Number,
    pub(crate) article: Article,
    /// The tokens of its name.
    pub(crate) name: Option<TokenRange>,
    pub(crate) country: Option<Country>,
    /// Whether it joins several: "Berlin and Paris".
    pub(crate) joint: bool,
    /// Index of its sentence.
    pub(crate) sentence: u32,
    /// Its grammatical role, as [`super::signs`] counts them.
    pub(crate) role: u8,
    /// Whether it is the subject of a sentence's main clause.
    pub(crate) main: bool,
    /// The pronoun that it is.
    pub(crate) pronoun: Option<Pronoun>,
    /// The base form of its head.
    pub(crate) word: WordId,
    /// Base forms of the words that describe it.
    pub(crate) described: Vec<WordId>,
    /// Base forms of titles before its name.
    pub(crate) titles: Vec<WordId>,
    /// The country that describes it: "the Ukrainian leader".
    pub(crate) of_country: Option<&'static str>,
}

/// Tokens that one mention covers, at most.
const MOST_TOKENS: usize = 120;

/// All of them, by the place of their heads, the shorter before the longer.
pub(crate) fn find(text: &Text<'_>, times: &[TimeExpression]) -> Vec<Found> {
    let mut words = Words::default();
    let again = Again::of(text);
    let mut out: Vec<Found> = Vec::new();
    for (number, sentence) in text.doc.sentences.iter().enumerate() {
        for at in sentence.tokens.start..sentence.tokens.end {
            let found = at_head(text, at, &again);
            if let Some(mut found) = found.filter(|found| !is_apart(text, times, found)) {
                found.sentence = number as u32;
                traits::around(text, &mut words, &mut found);
                let joint = joined(text, &found);
                if let Some(name) = found.name.filter(|name| name.holds(found.head)) {
                    // The tree may take each word of a name for a head of its own, ...
                    let own = |other: &Found| other.head >= sentence.tokens.start && !other.joint;
                    if out
                        .iter()
                        .any(|other| own(other) && name.holds(other.head) && other.name == Some(name))
                    {
                        continue;
                    }
                    // ... and the members for somebody else: "the Exporters' Association".
                    out.retain(|other| !own(other) || !name.holds(other.head));
                }
                out.push(found);
                out.extend(joint);
            }
        }
    }
    out
}

/// Words of a dateline, and the names of days and months: nobody.
fn is_apart(text: &Text<'_>, times: &[TimeExpression], found: &Found) -> bool {
    let span = text.token(found.head).span;
    let dateline = text.article.dateline.as_ref();
    let in_dateline = dateline.is_some_and(|d| d.span.start <= span.start && span.end <= d.span.end);
    let at = times.partition_point(|time| time.span.end <= span.start);
    let in_time = times.get(at).is_some_and(|time| time.span.start <= span.start);
    in_dateline || in_time && text.upos(found.head) == Upos::Propn && text.name(found.head).is_none()
}

fn at_head(text: &Text<'_>, at: u32, again: &Again<'_>) -> Option<Found> {
    let form = form(text, at, again).or_else(|| part_again(text, at, again))?;
    let name = text.name(at).map(|n| n.tokens).filter(|_| form == MentionForm::Name);
    let tokens = if form == MentionForm::Pronoun {
        TokenRange::new(at as usize, at as usize + 1)
    } else {
        stretch(text, at)
    };
    if tokens.len() > MOST_TOKENS {
        return None;
    }
    let mut found = Found {
        tokens,
        head: at,
        form,
        kind: None,
        noun: Noun::NONE,
        bodies: Bodies::NONE,
        sex: None,
        number: Number::Either,
        article: article(text, at),
        name,
        country: None,
        joint: false,
        sentence: 0,
        role: 0,
        main: false,
        pronoun: None,
        word: 0,
        described: Vec::new(),
        titles: Vec::new(),
        of_country: None,
    };
    traits::read(text, &mut found);
    Some(found)
}

/// How the word at `at` refers; `None` for words that head nothing that does.
fn form(text: &Text<'_>, at: u32, again: &Again<'_>) -> Option<MentionForm> {
    let (upos, rel) = (text.upos(at), text.deprel(at));
    if matches!(rel, Deprel::Fixed | Deprel::Goeswith | Deprel::Expl | Deprel::Discourse | Deprel::Reparandum)
    {
        return None;
    }
    if matches!(upos, Upos::Pron) || matches!(text.xpos(at), Xpos::Prp | Xpos::PrpPoss) {
        return pronouns::refers(text, at).then_some(MentionForm::Pronoun);
    }
    // "The air force": what the reader takes for a name without a capital letter is a description.
    let plain = |name: &Name| !text.words(text.span(name.tokens)).contains(char::is_uppercase);
    if let Some(name) = text.name(at).filter(|name| upos != Upos::Noun || !plain(name)) {
        let heads = text.head(at).is_none_or(|head| !name.tokens.holds(head));
        // "Ukrainian" before its noun only describes it; "Ukrainians" are somebody.
        let describes = upos == Upos::Adj && text.head(at).is_some();
        return (heads && !describes).then_some(MentionForm::Name);
    }
    match upos {
        Upos::Propn if !is_part(rel) => Some(MentionForm::Name),
        Upos::Noun if !is_part(rel) && again.is_name(text, at) => Some(MentionForm::Name),
        Upos::Noun if !is_part(rel) && !counts_time_only(text, at) => Some(MentionForm::Nominal),
        Upos::Num | Upos::Det | Upos::Adj if stands_for_noun(text, at) => Some(MentionForm::Nominal),
        _ => None,
    }
}

/// What the words of the article tell of a word by standing elsewhere too.
#[derive(Default)]
struct Again<'a> {
    /// Nouns that stand more than once.
    nouns: HashSet<&'a str>,
    /// Words that are names at some place.
    names: HashSet<&'a str>,
}

impl<'a> Again<'a> {
    fn of(text: &'a Text<'_>) -> Self {
        let mut once = HashSet::new();
        let nouns = text.tokens().filter(|&at| matches!(text.upos(at), Upos::Noun | Upos::Propn));
        let nouns = nouns.filter_map(|at| Some(text.lemma(at)).filter(|word| !once.insert(*word)));
        let names = text.tokens().filter(|&at| text.upos(at) == Upos::Propn && text.xpos(at) == Xpos::Nnp);
        Self { nouns: nouns.collect(), names: names.map(|at| text.word(at)).collect() }
    }

    /// "The Littoral" after "the Southern Littoral", which the tagger takes for a common noun in a capital letter.
    fn is_name(&self, text: &Text<'_>, at: u32) -> bool {
        let word = text.word(at);
        let capital = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
        capital
            && text.xpos(at) == Xpos::Nn
            && at > text.sentence(at).tokens.start
            && self.names.contains(word)
            && people::noun(&word.to_lowercase()) == Noun::NONE
    }
}

/// "Iodine" of "iodine deficiency", where the text speaks of iodine elsewhere too.
fn part_again(text: &Text<'_>, at: u32, again: &Again<'_>) -> Option<MentionForm> {
    let part = text.deprel(at) == Deprel::Compound && matches!(text.upos(at), Upos::Noun | Upos::Propn);
    let free = part && text.name(at).is_none() && again.nouns.contains(text.lemma(at));
    free.then_some(MentionForm::Nominal)
}

fn is_part(rel: Deprel) -> bool {
    matches!(rel, Deprel::Compound | Deprel::Flat | Deprel::NmodDesc)
}

fn counts_time_only(text: &Text<'_>, at: u32) -> bool {
    text.xpos(at) == Xpos::Unread
}

/// "The two", "both", "the latter": a word that stands where a noun would.
fn stands_for_noun(text: &Text<'_>, at: u32) -> bool {
    let place = matches!(
        text.deprel(at),
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj | Deprel::Obl | Deprel::OblAgent | Deprel::Nmod
    );
    let word = text.word(at);
    let the = text.dependent(at, Deprel::Det).is_some();
    // "The 47-year-old".
    let aged = the && word == "old" && at > 1 && text.xpos(at - 1) == Xpos::Hyph;
    let known =
        ["both", "two", "three", "latter", "former", "others"].iter().any(|w| word.eq_ignore_ascii_case(w));
    aged || place && known && (the || word.eq_ignore_ascii_case("both"))
}

/// From the first to the last word of the phrase that the noun at `head` heads: with clauses that describe it, without appositions
/// behind a comma and what is joined by "and".
fn stretch(text: &Text<'_>, head: u32) -> TokenRange {
    let mut range = TokenRange::new(head as usize, head as usize + 1);
    if let Some(name) = text.name(head) {
        range = name.tokens;
    }
    for &part in text.dependents(head) {
        if belongs(text, head, part) {
            let below = text.below(part);
            range.start = range.start.min(below.start);
            range.end = range.end.max(below.end);
        }
    }
    trim(text, head, range)
}

fn belongs(text: &Text<'_>, head: u32, part: u32) -> bool {
    let predicate = text.dependent(head, Deprel::Cop).is_some();
    if part < head && text.lemma(part) == "accord" {
        // "According to two officials".
        return false;
    }
    match text.deprel(part).general() {
        Deprel::Det | Deprel::Compound | Deprel::Flat | Deprel::Fixed | Deprel::Goeswith => true,
        // "A city, with old houses": what comes behind a comma tells more, and is no part of the words that name it.
        Deprel::Nmod | Deprel::Nummod => part < head || !is_behind_comma(text, part),
        Deprel::Amod => true,
        Deprel::Acl => part > head,
        Deprel::Advmod => part < head && !predicate,
        Deprel::Case => part > head && text.xpos(part) == Xpos::Pos,
        Deprel::Appos => is_tight(text, head, part),
        Deprel::Punct => is_inner_mark(text, head, part),
        _ => false,
    }
}

/// What a name behind a comma stands beside: "talks with the operator, Orsk Steel,". The tree may hang it on the noun above.
pub(crate) fn apposed_to(text: &Text<'_>, at: u32) -> Option<u32> {
    let head = text.head(at).filter(|_| text.is_rel(at, Deprel::Appos))?;
    let start = text.below(at).start.min(at);
    let near = start.checked_sub(2).filter(|&near| text.word(near + 1) == "," && text.is_below(near, head));
    let somebody = |noun: u32| {
        let noun = super::traits::noun(text, noun);
        noun.is(Noun::BODY) || noun.is_person()
    };
    let nearer = near
        .filter(|&near| near != head && text.upos(near) == Upos::Noun && somebody(near) && !somebody(head));
    nearer.or(Some(head))
}

fn is_behind_comma(text: &Text<'_>, part: u32) -> bool {
    text.below(part).start.checked_sub(1).is_some_and(|before| text.word(before) == ",")
}

/// Whether nothing but words stands between a noun and the name behind it: "envoy Mia Brandt".
pub(crate) fn is_tight(text: &Text<'_>, head: u32, part: u32) -> bool {
    part > head
        && text.dependent(part, Deprel::Cc).is_none()
        && (head..part).all(|at| text.upos(at) != Upos::Punct || text.xpos(at) == Xpos::Hyph)
}

/// Hyphens and quotation marks inside; edges are trimmed afterwards.
fn is_inner_mark(text: &Text<'_>, head: u32, part: u32) -> bool {
    text.xpos(part) == Xpos::Hyph && part < head
}

/// Without marks and joining words at the edges, without adverbs and prepositions before it ("back in Vell"), and with marks that open and
/// close inside it.
fn trim(text: &Text<'_>, head: u32, range: TokenRange) -> TokenRange {
    let mut range = balanced(text, head, range);
    let mark = |at: u32| at != head && matches!(text.upos(at), Upos::Punct | Upos::Cconj);
    let leads = |at: u32| {
        let adverb = text.upos(at) == Upos::Adv && text.head(at) == Some(head);
        mark(at) || at < head && text.name(at).is_none() && (adverb || text.upos(at) == Upos::Adp)
    };
    while leads(range.start) {
        range.start += 1;
    }
    while mark(range.end - 1) && !closing(text, range, range.end - 1) {
        range.end -= 1;
    }
    range
}

/// The marks that come in pairs.
const PAIRS: [(&str, &str); 5] = [("(", ")"), ("[", "]"), ("“", "”"), ("‘", "’"), ("``", "''")];

/// Whether the mark at `at` closes one that stands in the range.
fn closing(text: &Text<'_>, range: TokenRange, at: u32) -> bool {
    let pair = PAIRS.iter().find(|(_, close)| text.word(at) == *close);
    pair.is_some_and(|(open, _)| (range.start..at).any(|other| text.word(other) == *open))
}

/// A mark that opens behind the head and does not close in the range ends it, unless the mark that closes it comes next; a mark that
/// closes what stands before the range ends it too.
fn balanced(text: &Text<'_>, head: u32, mut range: TokenRange) -> TokenRange {
    let next = range.end;
    for at in head + 1..range.end {
        let word = text.word(at);
        let open = PAIRS.iter().find(|(open, _)| word == *open).filter(|(_, close)| {
            let last = (next + 1).min(text.len() as u32);
            (at + 1..last).all(|other| text.word(other) != *close)
        });
        let close = PAIRS[..2].iter().any(|(_, close)| word == *close) && !closing(text, range, at);
        if open.is_some() || close {
            range.end = at;
            return range;
        }
    }
    let unclosed = |(open, close): &(&str, &str)| {
        let last = (range.start..next).rev().find(|&at| text.word(at) == *open || text.word(at) == *close);
        last.is_some_and(|at| text.word(at) == *open)
    };
    let closes = next < text.len() as u32
        && PAIRS.iter().any(|pair| text.word(next) == pair.1 && unclosed(pair))
        && text.sentence(head).tokens.holds(next);
    range.end += u32::from(closes);
    range
}

fn article(text: &Text<'_>, head: u32) -> Article {
    if text.dependents_by(head, Deprel::Nmod).any(|d| text.deprel(d) == Deprel::NmodPoss) {
        return Article::Whose;
    }
    let Some(det) = text.dependent(head, Deprel::Det) else { return Article::Bare };
    match text.word(det).to_lowercase().as_str() {
        "the" => Article::The,
        "this" | "that" | "these" | "those" => Article::This,
        _ => Article::A,
    }
}

/// "Berlin and Paris" beside "Berlin".
fn joined(text: &Text<'_>, first: &Found) -> Option<Found> {
    if first.form == MentionForm::Pronoun && first.number == Number::Either {
        return None;
    }
    let last = text.dependents_by(first.head, Deprel::Conj).last()?;
    let noun = |at| matches!(text.upos(at), Upos::Noun | Upos::Propn | Upos::Pron);
    let and = text.dependent(last, Deprel::Cc).is_some_and(|cc| matches!(text.word(cc), "and" | "And" | "&"));
    if !noun(last) || !noun(first.head) || !and {
        return None;
    }
    let mut other = at_head(text, last, &Again::default())?;
    let tokens =
        TokenRange::new(first.tokens.start as usize, (other.tokens.end.max(first.tokens.end)) as usize);
    if tokens.len() > MOST_TOKENS {
        return None;
    }
    other.kind = if other.kind == first.kind { first.kind } else { None };
    Some(Found {
        tokens,
        form: MentionForm::Nominal,
        noun: Noun::NONE,
        bodies: Bodies::NONE,
        sex: None,
        number: Number::Many,
        name: None,
        country: None,
        joint: true,
        kind: other.kind,
        titles: Vec::new(),
        described: Vec::new(),
        of_country: None,
        pronoun: None,
        ..first.clone()
    })
}
