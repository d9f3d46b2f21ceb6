//! Figure lines of an article: every number that counts or measures something in the world, and who claims it.
//!
//! Numbers are read from tokens, their measure from the lexicon and the tree. Dates, clock times, names, labels and scores are kept
//! apart. Ordinals are no figures here: they say which one, not how many.

mod apart;
mod bounds;
mod claim;
mod counted;
mod numeral;
mod quantity;
mod ranges;

use chancery_lexicon::units::UnitKind;
use chancery_model::{Deprel, Figure, NameKind, Reading, Sentence, TokenRange, Upos, Why, Xpos};

use crate::{Text, times};
use bounds::Bounds;
use numeral::Form;
use quantity::{Measure, Quantity};

/// Every figure of the text, in text order.
pub(crate) fn read(text: &Text<'_>, reading: &Reading) -> Vec<Figure> {
    let sentences = text.doc.sentences.iter();
    sentences.flat_map(|sentence| of_sentence(text, reading, sentence)).collect()
}

fn of_sentence(text: &Text<'_>, reading: &Reading, sentence: &Sentence) -> Vec<Figure> {
    let counts = |quantity: &Quantity<'_>| !apart::is_apart(text, reading, quantity);
    let numbers = quantities(text, sentence.tokens).into_iter().filter(counts).collect();
    let joined = ranges::join(text, numbers).into_iter();
    joined.map(|quantity| figure(text, reading, quantity)).collect()
}

/// The numbers of a sentence, each with its measure.
fn quantities<'a>(text: &Text<'a>, tokens: TokenRange) -> Vec<Quantity<'a>> {
    let (mut out, mut at) = (Vec::new(), tokens.start);
    while at < tokens.end {
        let Some(numeral) = numeral::read(text, at, tokens.end) else {
            at += 1;
            continue;
        };
        at = numeral.tokens.end;
        out.push(Quantity::new(text, numeral));
    }
    out
}

fn figure(text: &Text<'_>, reading: &Reading, mut quantity: Quantity<'_>) -> Figure {
    let anchor = counted::anchor(text, &quantity);
    let (unit, rule) = unit(text, &quantity);
    let bounds = Bounds::around(text, &mut quantity);
    let counted = counted::counted(text, &quantity);
    let span = text.span(TokenRange::new(quantity.start as usize, quantity.end as usize));
    let inside = claim::inside(text, reading, span, anchor);
    Figure {
        id: text.id('f', &[span]),
        span,
        amount: bounds.amount(&quantity),
        unit,
        counted,
        by: claim::by(text, reading, anchor).filter(|_| rule != "figure/age" && rule != "figure/duration"),
        claimed_by: claim::claimed_by(text, reading, inside, anchor),
        when: times::of_clause(text, reading, anchor).or_else(|| claim::when(text, reading, anchor)),
        inside,
        why: Why { rule, confidence: confidence(rule) },
    }
}

/// The name of the unit, and the rule that read the figure.
fn unit(text: &Text<'_>, quantity: &Quantity<'_>) -> (Option<String>, &'static str) {
    match &quantity.measure {
        Measure::Unit { name, kind } => (Some(name.clone()), rule(*kind)),
        Measure::Noun(head) | Measure::Of(head) => {
            let noun = text.upos(*head) != Upos::Pron;
            match quantity.numeral.form {
                Form::Part => (None, "figure/share"),
                _ => (noun.then(|| base(text, *head)), "figure/count"),
            }
        }
        Measure::Bare if is_age(text, quantity) => (Some("year of age".to_owned()), rule(UnitKind::Age)),
        Measure::Bare if quantity.numeral.form == Form::Part => (None, "figure/share"),
        Measure::Bare => (None, "figure/bare"),
    }
}

/// The base form of a noun, of names in the plural as well: "Democrats".
fn base(text: &Text<'_>, noun: u32) -> String {
    let lemma = text.lemma(noun);
    let name = text.upos(noun) == Upos::Propn && matches!(text.xpos(noun), Xpos::Nnps | Xpos::Nns);
    let plural = name && !lemma.ends_with("ss");
    lemma.strip_suffix('s').filter(|stem| plural && stem.len() > 2).unwrap_or(lemma).to_owned()
}

fn rule(kind: UnitKind) -> &'static str {
    match kind {
        UnitKind::Money => "figure/money",
        UnitKind::Share => "figure/share",
        UnitKind::Time => "figure/duration",
        UnitKind::Age => "figure/age",
        UnitKind::Count => "figure/count",
        _ => "figure/measure",
    }
}

/// How often a figure of the rule is right, as far as was looked.
fn confidence(rule: &str) -> f32 {
    match rule {
        "figure/money" | "figure/measure" => 0.97,
        "figure/share" | "figure/age" => 0.95,
        "figure/count" | "figure/duration" => 0.9,
        _ => 0.7,
    }
}

/// "Oleh Maltsev, 44, said": a number behind the name of a person.
fn is_age(text: &Text<'_>, quantity: &Quantity<'_>) -> bool {
    let numeral = &quantity.numeral;
    let before = quantity::before(text, numeral.tokens.start);
    let comma = before.filter(|&at| text.word(at) == ",").and_then(|at| quantity::before(text, at));
    let person = comma.or(before).is_some_and(|at| text.name_kind(at) == Some(NameKind::Person));
    let of =
        before.filter(|&at| quantity::is_word(text, at, &["of"])).and_then(|at| quantity::before(text, at));
    let aged = of.or(before).is_some_and(|at| quantity::is_word(text, at, &["aged", "age", "ages"]));
    let top = numeral.top(text);
    let person = person || text.dependent(top, Deprel::Nsubj).is_some_and(|subject| is_person(text, subject));
    numeral.form == Form::Digits && numeral.high < 120.0 && numeral.low.fract() == 0.0 && (person || aged)
}

fn is_person(text: &Text<'_>, at: u32) -> bool {
    text.name_kind(at) == Some(NameKind::Person) || quantity::is_word(text, at, &["who", "he", "she", "I"])
}
