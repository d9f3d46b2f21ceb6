//! A number with what belongs to it: sign, currency, unit, "per" what, and the noun it counts.
//!
//! The unit is looked for right behind the number, then by the tree: "30 consecutive days". What is apart (dates, names, labels)
//! is not known here.

use chancery_lexicon::units::{Unit, UnitKind, UnitWord, Units};
use chancery_model::{Deprel, Upos, Xpos};

use super::numeral::{Form, Numeral};
use crate::Text;

/// A number and its measure.
#[derive(Clone, Debug)]
pub(super) struct Quantity<'a> {
    /// The number.
    pub(super) numeral: Numeral<'a>,
    /// The first token: the currency or the sign before the number, or the number.
    pub(super) start: u32,
    /// One past the last token: behind the unit, or behind the noun that is counted.
    pub(super) end: u32,
    /// "minus" stands before it.
    pub(super) negative: bool,
    /// What it is measured in.
    pub(super) measure: Measure,
}

/// What a number is measured in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// A unit; with "per hour" and the like in its name.
    Unit {
        /// The name in the singular.
        name: String,
        /// What it measures.
        kind: UnitKind,
    },
    /// The noun it counts.
    Noun(u32),
    /// The noun behind "of": "dozens of villages", "17 of them".
    Of(u32),
    /// Nothing that stands there.
    Bare,
}

impl<'a> Quantity<'a> {
    /// Reads what belongs to a number.
    pub(super) fn new(text: &Text<'a>, numeral: Numeral<'a>) -> Self {
        let mut out = Self {
            numeral,
            start: numeral.tokens.start,
            end: numeral.tokens.end,
            negative: false,
            measure: Measure::Bare,
        };
        out.sign(text);
        let money = out.currency_before(text);
        let unit = money.map(|unit| (out.end, unit)).or_else(|| out.unit_behind(text));
        match unit {
            Some((end, unit)) => {
                out.end = end;
                let (name, kind) = (unit.name.clone(), unit.kind);
                out.measure = Measure::Unit { name, kind };
                out.rate(text);
                out.age(text);
            }
            None => out.noun(text),
        }
        out
    }

    /// The kind of the unit, if it has one.
    pub(super) fn kind(&self) -> Option<UnitKind> {
        match self.measure {
            Measure::Unit { kind, .. } => Some(kind),
            _ => None,
        }
    }

    fn sign(&mut self, text: &Text<'_>) {
        let Some(before) = before(text, self.start) else { return };
        let word = text.word(before);
        let sticks = !text.token(before).space_after;
        let free = before == text.sentence(before).tokens.start || text.token(before - 1).space_after;
        if word.eq_ignore_ascii_case("minus") || matches!(word, "-" | "−" | "–") && sticks && free {
            self.negative = true;
            self.start = before;
        }
    }

    /// "$", "US$", "US $", "EUR" before the number, or stuck to its digits.
    fn currency_before(&mut self, text: &Text<'_>) -> Option<&'static Unit> {
        let units = Units::built_in();
        let stuck = self.numeral.stuck.0;
        let before = before(text, self.start);
        if !stuck.is_empty() {
            // "$US5": the mark stands before the country.
            let marked = before.filter(|&at| text.word(at) == "$" && !text.token(at).space_after);
            self.start = marked.unwrap_or(self.start);
            return units.currency(stuck).or_else(|| units.currency(&format!("{stuck}$")));
        }
        let before = before?;
        let unit = units.currency(text.word(before))?;
        self.start = before;
        let nation = self::before(text, before).filter(|_| unit.name == "dollar");
        let Some(nation) = nation else { return Some(unit) };
        let word = text.word(nation).replace('.', "");
        let national = units.currency(&format!("{word}$"));
        if national.is_some() && (word.len() == 2 || !text.token(nation).space_after) {
            self.start = nation;
        }
        national.filter(|_| self.start == nation).or(Some(unit))
    }

    /// The unit behind the number, across a hyphen, or the noun that the tree gives it.
    fn unit_behind(&self, text: &Text<'_>) -> Option<(u32, &'static Unit)> {
        let stuck = self.numeral.stuck.1;
        if !stuck.is_empty() && stuck != "+" {
            let word = |at: usize| {
                (at == 0).then_some(UnitWord { shown: stuck, base: stuck, glued: true, nominal: true })
            };
            return Units::built_in().at(word).map(|(_, unit)| (self.end, unit));
        }
        let at = behind_hyphen(text, self.end);
        let article = u32::from(self.numeral.form == Form::Part && is_word(text, at, &["a", "an"]));
        let of = u32::from(self.numeral.form == Form::Vague && is_word(text, at, &["of"]));
        let direct = unit_at(text, at + article + of).map(|(len, unit)| (at + article + of + len, unit));
        direct.or_else(|| self.unit_of_head(text))
    }

    /// "30 consecutive days": the noun that the number modifies, where it is a unit.
    fn unit_of_head(&self, text: &Text<'_>) -> Option<(u32, &'static Unit)> {
        let head = self.head(text)?;
        let between = self.end..head;
        let plain = |at: u32| matches!(text.upos(at), Upos::Adj | Upos::Adv) && text.word(at) != "-";
        if !between.into_iter().all(plain) {
            return None;
        }
        let (len, unit) = unit_at(text, head)?;
        Some((head + len, unit))
    }

    /// The noun behind the number that it modifies.
    fn head(&self, text: &Text<'_>) -> Option<u32> {
        let top = self.numeral.top(text);
        let head = text.head(top)?;
        let modifies = text.is_rel(top, Deprel::Nummod)
            || text.is_rel(top, Deprel::Compound)
            || text.is_rel(top, Deprel::Amod)
            || text.is_rel(top, Deprel::Det)
            || text.is_rel(top, Deprel::NmodUnmarked);
        (modifies && head >= self.end && is_noun(text, head)).then_some(head)
    }

    /// The noun that is counted: the one it modifies, or the one behind "of".
    fn noun(&mut self, text: &Text<'_>) {
        if let Some(head) = self.head(text) {
            let head = self.plural_of(text, head).unwrap_or(head);
            self.measure = Measure::Noun(head);
            self.end = head + 1;
            return;
        }
        let below = self.numeral.tokens.start..self.numeral.tokens.end;
        let of = below
            .flat_map(|at| text.dependents_by(at, Deprel::Nmod))
            .find(|&d| d >= self.end && has_case(text, d, "of"));
        if let Some(of) = of {
            self.measure = Measure::Of(of);
            if self.numeral.form == Form::Vague {
                self.end = of + 1;
            }
        } else if let Some(noun) = self.plural_behind(text) {
            self.measure = Measure::Noun(noun);
            self.end = noun + 1;
        } else if let Some(head) = self.shared(text) {
            self.measure = match unit_at(text, head) {
                Some((_, unit)) => Measure::Unit { name: unit.name.clone(), kind: unit.kind },
                None => Measure::Of(head),
            };
        }
    }

    /// "2,000 voter-registration events": the plural that a noun in the singular stands before. In "12-page letters" the pages count.
    fn plural_of(&self, text: &Text<'_>, noun: u32) -> Option<u32> {
        let joined = behind_hyphen(text, self.end) > self.end;
        let singular = text.xpos(noun) == Xpos::Nn && self.numeral.high > 1.0 && !joined;
        let plural =
            text.head(noun).filter(|&head| singular && head > noun && text.is_rel(noun, Deprel::Compound))?;
        (text.xpos(plural) == Xpos::Nns && plural - noun < 4).then_some(plural)
    }

    /// The plural noun right behind the number, where the tree did not tie them: "as many as 14 first-team players".
    fn plural_behind(&self, text: &Text<'_>) -> Option<u32> {
        let sentence = text.sentence(self.start).tokens;
        let year = (1000.0..2100.0).contains(&self.numeral.low) && self.end == self.start + 1;
        for at in self.end..sentence.end.min(self.end + 5) {
            match text.xpos(at) {
                _ if year => return None,
                Xpos::Nns => return Some(at),
                Xpos::Jj | Xpos::Nn | Xpos::Hyph | Xpos::Vbn | Xpos::Jjr | Xpos::Jjs | Xpos::Nnp => {}
                _ => return None,
            }
        }
        None
    }

    /// The noun that the number is joined to: "435 homes by open sale and 187 by tender".
    fn shared(&self, text: &Text<'_>) -> Option<u32> {
        let top = self.numeral.top(text);
        let head = text.head(top).filter(|&head| head < self.start && text.is_rel(top, Deprel::Conj))?;
        let counted =
            text.dependent(head, Deprel::Nummod).is_some() || text.dependent(head, Deprel::Det).is_some();
        ((is_noun(text, head) || text.upos(head) == Upos::Sym) && counted).then_some(head)
    }

    /// "per barrel", "a month" behind a unit.
    fn rate(&mut self, text: &Text<'_>) {
        let Measure::Unit { name, kind } = &mut self.measure else { return };
        if *kind == UnitKind::Age || self.end >= text.sentence(self.start).tokens.end {
            return;
        }
        let link = text.word(self.end).to_lowercase();
        let at = self.end + 1;
        if link == "per" {
            let unit = unit_at(text, at).map(|(len, unit)| (at + len, unit.name.clone()));
            let noun = || Some((at + 1, text.lemma(within(text, self.start, at)?).to_lowercase()));
            if let Some((end, per)) = unit.or_else(noun) {
                name.push_str(&format!(" per {per}"));
                self.end = end;
            }
        } else if matches!(link.as_str(), "a" | "an" | "each" | "every" | "/") {
            let Some((len, unit)) = unit_at(text, at) else { return };
            if is_word(text, at + len, &["earlier", "ago", "later", "before", "after", "-"]) {
                return;
            }
            if matches!(unit.kind, UnitKind::Time | UnitKind::Volume | UnitKind::Mass)
                && adjoins(text, at + len - 1)
            {
                name.push_str(&format!(" per {}", unit.name));
                self.end = at + len;
            }
        }
    }

    /// "15 years old", "15 years of age".
    fn age(&mut self, text: &Text<'_>) {
        let Measure::Unit { name, kind: kind @ UnitKind::Time } = &mut self.measure else { return };
        let hyphen = behind_hyphen(text, self.end);
        let old = is_word(text, hyphen, &["old", "olds"]).then_some(hyphen + 1);
        let of_age = (is_word(text, self.end, &["of"]) && is_word(text, self.end + 1, &["age"]))
            .then_some(self.end + 2);
        if let Some(end) = old.or(of_age) {
            *kind = UnitKind::Age;
            name.push_str(" of age");
            self.end = end;
        }
    }
}

/// Whether the noun at `at` hangs as an adjunct of measure: "$15 a month".
fn adjoins(text: &Text<'_>, at: u32) -> bool {
    at < text.len() as u32 && text.upos(at) == Upos::Noun
}

/// A token of the sentence of `of`, if `at` is one.
fn within(text: &Text<'_>, of: u32, at: u32) -> Option<u32> {
    text.sentence(of).tokens.holds(at).then_some(at)
}

/// The token before `at` in its sentence.
pub(super) fn before(text: &Text<'_>, at: u32) -> Option<u32> {
    (at > text.sentence(at).tokens.start).then(|| at - 1)
}

/// Whether one of `words` stands at `at`.
pub(super) fn is_word(text: &Text<'_>, at: u32, words: &[&str]) -> bool {
    at < text.len() as u32 && words.iter().any(|word| text.word(at).eq_ignore_ascii_case(word))
}

/// Behind the hyphen at `at` that joins two words; `at` where none does.
pub(super) fn behind_hyphen(text: &Text<'_>, at: u32) -> u32 {
    let joins = is_word(text, at, &["-", "‑", "‐"])
        && at > 0
        && !text.token(at - 1).space_after
        && !text.token(at).space_after;
    at + u32::from(joins)
}

/// The unit that begins at `at`, and its tokens.
fn unit_at(text: &Text<'_>, at: u32) -> Option<(u32, &'static Unit)> {
    if at >= text.len() as u32 {
        return None;
    }
    let sentence = text.sentence(at).tokens;
    let word = |n: usize| {
        let at = at + n as u32;
        (sentence.holds(at)).then(|| UnitWord {
            shown: text.word(at),
            base: text.lemma(at),
            glued: at > 0 && !text.token(at - 1).space_after,
            nominal: is_noun(text, at)
                || matches!(text.upos(at), Upos::Sym | Upos::X | Upos::Num | Upos::Adj | Upos::Punct),
        })
    };
    let (len, unit) = Units::built_in().at(word)?;
    Some((len as u32, unit))
}

/// Whether a noun stands at `at`.
pub(super) fn is_noun(text: &Text<'_>, at: u32) -> bool {
    matches!(text.upos(at), Upos::Noun | Upos::Propn)
        || matches!(text.xpos(at), Xpos::Nn | Xpos::Nns | Xpos::Nnp | Xpos::Nnps)
}

/// Whether the preposition of `at` is `word`.
pub(super) fn has_case(text: &Text<'_>, at: u32, word: &str) -> bool {
    text.dependents_by(at, Deprel::Case).any(|case| text.word(case).eq_ignore_ascii_case(word))
}
