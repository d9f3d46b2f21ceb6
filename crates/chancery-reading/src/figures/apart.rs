//! Numbers that count nothing: dates, clock times, names and labels ("Article 5", "the Group of Seven"), scores, addresses, "one".
//!
//! All of it is told from the tree, the names, the times, and the shape of what stands around; no list of names is needed.

use chancery_lexicon::numbers::NumberWords;
use chancery_model::{Deprel, NameKind, Reading, TimeClass, Upos, Xpos};

use super::numeral::{Form, digits};
use super::quantity::{Measure, Quantity, before, has_case, is_noun, is_word};
use crate::Text;

/// From so many digits on, a number without commas and without a noun is a code.
const CODE_DIGITS: usize = 10;

/// Whether the number counts nothing.
pub(super) fn is_apart(text: &Text<'_>, reading: &Reading, quantity: &Quantity<'_>) -> bool {
    let looks = Looks { text, reading, quantity };
    looks.is_in_name()
        || looks.is_joined()
        || looks.is_label()
        || looks.is_named()
        || looks.is_title()
        || looks.is_numbered()
        || looks.is_date()
        || looks.is_clock()
        || looks.is_ago()
        || looks.is_address()
        || looks.is_slashed()
        || looks.is_idle_one()
        || looks.is_idle_part()
        || looks.is_code()
}

/// Whether two numbers with a hyphen between them are a score or a vote: "2-1", "a 5-4 ruling".
pub(super) fn is_score(first: &Quantity<'_>, second: &Quantity<'_>) -> bool {
    let small = |q: &Quantity<'_>| q.numeral.high < 1000.0 && q.numeral.high.fract() == 0.0;
    let falls = first.numeral.low >= second.numeral.low;
    let plain = !matches!(second.measure, Measure::Unit { .. });
    small(first) && small(second) && plain && (falls || second.measure == Measure::Bare)
}

struct Looks<'t, 'a> {
    text: &'t Text<'a>,
    reading: &'t Reading,
    quantity: &'t Quantity<'a>,
}

impl Looks<'_, '_> {
    fn first(&self) -> u32 {
        self.quantity.numeral.tokens.start
    }

    fn last(&self) -> u32 {
        self.quantity.numeral.tokens.end - 1
    }

    /// The token before the number, where no currency or sign stands there.
    fn before(&self) -> Option<u32> {
        before(self.text, self.first()).filter(|_| self.quantity.start == self.first())
    }

    fn has_unit(&self) -> bool {
        matches!(self.quantity.measure, Measure::Unit { .. })
    }

    /// "Boeing 737", "the Group of Seven", "G7": part of a name, unless the name is what is counted and goes on behind the number.
    fn is_in_name(&self) -> bool {
        let Some(name) = self.text.name(self.first()) else { return false };
        let opens = name.tokens.start == self.first();
        let counts = opens
            && matches!(self.quantity.measure, Measure::Noun(head) if self.text.xpos(head) == Xpos::Nns);
        let alone = name.tokens.start >= self.first() && name.tokens.end <= self.last() + 1;
        !(counts || opens && self.has_unit() || alone && self.quantity.measure != Measure::Bare)
    }

    /// "F-16", "Covid-19", "the last-32 game": a hyphen joins it to a word before it.
    fn is_joined(&self) -> bool {
        let Some(hyphen) = self.before().filter(|&at| is_word(self.text, at, &["-", "‑", "–", "/"]))
        else {
            return false;
        };
        if self.text.token(hyphen).space_after {
            return false;
        }
        let Some(word) = before(self.text, hyphen).filter(|&at| !self.text.token(at).space_after) else {
            return false;
        };
        let number = self.text.upos(word) == Upos::Num || digits(self.text.word(word)).is_some();
        !number
            && !is_word(
                self.text,
                word,
                &["to", "or", "and", "mid", "a", "percent", "%", "m", "bn", "million", "billion"],
            )
            && self.text.word(word).chars().all(char::is_alphanumeric)
    }

    /// "Article 5", "Resolution 2803", "phase two", "the S&P 500": it stands behind the noun that it names.
    fn is_label(&self) -> bool {
        if self.quantity.start != self.first() || self.has_unit() || self.quantity.numeral.form == Form::Vague
        {
            return false;
        }
        let Some(before) = self.before().filter(|&at| is_noun(self.text, at)) else { return false };
        let top = self.quantity.numeral.top(self.text);
        let singular = |at: u32| matches!(self.text.xpos(at), Xpos::Nn | Xpos::Nnp);
        if matches!(self.quantity.measure, Measure::Noun(head) if singular(head)) && singular(before) {
            return true;
        }
        if matches!(self.quantity.measure, Measure::Noun(head) if self.hangs_with(before, head)) {
            return true;
        }
        let own = matches!(self.quantity.measure, Measure::Noun(_));
        let named = self.text.head(top) == Some(before) && !self.text.is_rel(top, Deprel::Conj);
        let behind = self.text.head(before) == Some(top);
        let ties = [
            Deprel::Flat,
            Deprel::Compound,
            Deprel::Nummod,
            Deprel::Nmod,
            Deprel::Appos,
            Deprel::Dep,
            Deprel::Amod,
        ];
        let tied = named && ties.iter().any(|rel| self.text.is_rel(top, *rel));
        let heads = behind
            && (self.text.is_rel(before, Deprel::Compound)
                || self.text.is_rel(before, Deprel::Flat)
                || self.text.is_rel(before, Deprel::Nmod));
        (tied || heads && !own) && !self.is_age_of(before)
    }

    /// "the Group of Seven": a capital letter that no sentence begins with.
    fn is_title(&self) -> bool {
        let capital = self.text.word(self.first()).starts_with(char::is_uppercase);
        let of = self.before().is_some_and(|at| is_word(self.text, at, &["of"]));
        capital && of && self.quantity.measure == Measure::Bare && self.quantity.numeral.form == Form::Words
    }

    /// "the Big 12", "S&P 500": it ends a name, as the tree sees it; or it stands by itself, tied to nothing.
    fn is_named(&self) -> bool {
        let top = self.quantity.numeral.top(self.text);
        let lone = self.quantity.measure == Measure::Bare && self.quantity.start == self.first();
        let named = self.before().is_some_and(|at| is_noun(self.text, at) && !self.is_age_of(at));
        let flat = self.text.is_rel(top, Deprel::Flat) && (lone || named);
        let capital = |&d: &u32| {
            let name =
                matches!(self.text.xpos(d), Xpos::Nnp | Xpos::Nnps) || self.text.is_rel(d, Deprel::Compound);
            d + 1 == self.first() && name && !self.is_age_of(d)
        };
        let loose = matches!(self.text.deprel(top), Deprel::Dep | Deprel::List | Deprel::Discourse);
        flat || lone && (loose || self.text.dependents(top).iter().any(capital))
    }

    /// "Model 3 sedans", "Fortune 500 companies": both the noun before and the number hang on the noun behind.
    fn hangs_with(&self, before: u32, head: u32) -> bool {
        self.text.head(before) == Some(head) && self.text.upos(before) == Upos::Propn
    }

    /// "Oleh Maltsev 44": a person's age stands behind the name.
    fn is_age_of(&self, noun: u32) -> bool {
        self.text.name_kind(noun) == Some(NameKind::Person)
            && self.quantity.numeral.form == Form::Digits
            && (1.0..120.0).contains(&self.quantity.numeral.low)
    }

    /// "No. 2", "number two", "#3".
    fn is_numbered(&self) -> bool {
        let labels = [
            "no.", "no", "nos.", "nos", "nr.", "nr", "number", "numbers", "#", "№", "p.", "pp.", "vol.",
            "ch.", "art.", "§",
        ];
        let labelled = self.before().is_some_and(|at| is_word(self.text, at, &labels));
        let exact = self.quantity.numeral.form == Form::Digits || self.quantity.numeral.form == Form::Words;
        let list = self.text.xpos(self.first()) == Xpos::Ls && self.quantity.measure == Measure::Bare;
        labelled && exact && !self.has_unit() || list
    }

    /// A day, a month, a year; what the times of the text hold, and what they miss.
    fn is_date(&self) -> bool {
        if self.has_unit() || self.quantity.numeral.form == Form::Vague {
            return false;
        }
        self.is_in_time() || self.is_beside_month() || self.is_year()
    }

    fn is_in_time(&self) -> bool {
        let span = self.text.token(self.first()).span;
        self.reading.times.iter().any(|time| {
            let dates = matches!(time.class, TimeClass::Date | TimeClass::Time);
            dates && time.span.start <= span.start && span.end <= time.span.end
        })
    }

    fn is_beside_month(&self) -> bool {
        let lists = NumberWords::built_in();
        let month = |at: u32| {
            at < self.text.len() as u32
                && lists.is_month(&self.text.word(at).to_lowercase())
                && self.text.upos(at) == Upos::Propn
        };
        let of = u32::from(is_word(self.text, self.last() + 1, &["of"]));
        let after = month(self.last() + 1 + of) && self.quantity.numeral.high <= 31.0;
        let before = self.before().is_some_and(month);
        let comma =
            self.before().filter(|&at| is_word(self.text, at, &[","])).and_then(|at| before2(self.text, at));
        let year = self.quantity.numeral.low >= 1000.0 && comma.is_some_and(month);
        after || before && self.quantity.numeral.high < 10_000.0 || year
    }

    /// A number of four digits, written without a comma, that stands where years stand.
    fn is_year(&self) -> bool {
        let word = self.text.word(self.first());
        if word.len() != 4 || self.first() != self.last() || !word.bytes().all(|b| b.is_ascii_digit()) {
            return false;
        }
        let recent = (1900.0..2100.0).contains(&self.quantity.numeral.low);
        let old = (1000.0..1900.0).contains(&self.quantity.numeral.low);
        match self.quantity.measure {
            Measure::Noun(head) if self.is_plural(head) => recent && !self.is_round_or_bounded(),
            Measure::Noun(_) => recent || old,
            _ => recent || old && self.has_preposition_of_time(),
        }
    }

    fn is_plural(&self, noun: u32) -> bool {
        matches!(self.text.xpos(noun), Xpos::Nns | Xpos::Nnps)
    }

    /// "more than 1950 homes", "2000 soldiers": written without a comma, but no year.
    fn is_round_or_bounded(&self) -> bool {
        let word = |n: usize| {
            let at = self.first().checked_sub(n as u32 + 1)?;
            Some(self.text.word(at).to_lowercase())
        };
        let bounded = NumberWords::built_in().bound_before(word).is_some();
        bounded || self.quantity.numeral.low == 2000.0 && !self.has_preposition_of_time()
    }

    fn has_preposition_of_time(&self) -> bool {
        let words = [
            "in", "since", "by", "until", "till", "from", "before", "after", "during", "between", "to",
            "and", "ad", "a.d.", "circa",
        ];
        self.before().is_some_and(|at| is_word(self.text, at, &words))
    }

    /// "11 a.m.", "5 o'clock", "0900 GMT".
    fn is_clock(&self) -> bool {
        let next = self.last() + 1;
        let words = [
            "a.m.",
            "p.m.",
            "am",
            "pm",
            "a.m",
            "p.m",
            "o'clock",
            "o’clock",
            "gmt",
            "utc",
            "bst",
            "cet",
            "est",
            "noon",
            "midnight",
        ];
        !self.has_unit() && is_word(self.text, next, &words)
    }

    /// "two weeks ago": a point in time, not a stretch that is measured.
    fn is_ago(&self) -> bool {
        let end = self.quantity.end;
        matches!(self.quantity.measure, Measure::Unit { kind: chancery_lexicon::units::UnitKind::Time, .. })
            && (is_word(self.text, end, &["ago", "earlier"])
                || is_word(self.text, end, &["from"]) && is_word(self.text, end + 1, &["now"]))
    }

    /// "14 Station Road": the noun is a name in the singular.
    fn is_address(&self) -> bool {
        let Measure::Noun(head) = self.quantity.measure else { return false };
        self.text.xpos(head) == Xpos::Nnp
            && self.quantity.numeral.high > 1.0
            && self.quantity.numeral.form == Form::Digits
            && (self.text.name_kind(head) == Some(NameKind::Facility)
                || self.text.name(head).is_some_and(|name| name.tokens.start == self.last() + 1))
    }

    /// "1/2" alone: the first of two pages as often as a half.
    fn is_slashed(&self) -> bool {
        let word = self.text.word(self.first());
        self.quantity.numeral.form == Form::Part
            && word.contains('/')
            && self.quantity.measure == Measure::Bare
    }

    /// "one" counts only before a unit, or before a noun of which there could be more: "killed one soldier".
    fn is_idle_one(&self) -> bool {
        if self.quantity.numeral.form != Form::One {
            return false;
        }
        match self.quantity.measure {
            Measure::Unit { ref name, .. } => {
                matches!(name.as_str(), "day" | "night" | "time" | "point" | "season" | "second")
            }
            Measure::Noun(head) => !self.counts_one(head),
            Measure::Of(_) | Measure::Bare => true,
        }
    }

    fn counts_one(&self, head: u32) -> bool {
        let text = self.text;
        if self.before().is_some_and(|at| is_word(text, at, &["than"])) {
            return false;
        }
        let more = is_word(text, self.last() + 1, &["more", "another", "-", "such", "single"]);
        let lone = self.text.head(self.first()) == Some(head) && text.is_rel(self.first(), Deprel::Nummod);
        let told = text.is_rel(head, Deprel::Obj)
            || text.deprel(head) == Deprel::NsubjPass
            || text.is_rel(head, Deprel::Conj)
            || text.is_rel(head, Deprel::Obl) && !text.is_rel(head, Deprel::OblUnmarked)
            || text.is_rel(head, Deprel::Nmod)
            || text.is_rel(head, Deprel::Root)
            || text.is_rel(head, Deprel::Nsubj)
                && text.head(head).is_some_and(|verb| text.dependent(verb, Deprel::Expl).is_some());
        let owner = text.deprel(head) == Deprel::NmodPoss;
        let idle = NumberWords::built_in().is_idle_with_one(text.lemma(head));
        lone && told
            && !more
            && !owner
            && !idle
            && text.upos(head) == Upos::Noun
            && !has_case(text, head, "as")
    }

    /// A long run of digits that counts nothing: the number of a message, an account, a telephone.
    fn is_code(&self) -> bool {
        let word = self.text.word(self.first());
        self.quantity.measure == Measure::Bare
            && word.len() >= CODE_DIGITS
            && word.bytes().all(|b| b.is_ascii_digit())
    }

    /// "a quarter" of a year, "half" as an adverb: parts that no "of" and no noun follows.
    fn is_idle_part(&self) -> bool {
        let numeral = &self.quantity.numeral;
        numeral.form == Form::Part
            && self.quantity.measure == Measure::Bare
            && !self
                .text
                .dependents(numeral.top(self.text))
                .iter()
                .any(|&d| d >= self.quantity.end && has_case(self.text, d, "of"))
            && !matches!(
                self.text.deprel(numeral.top(self.text)).general(),
                Deprel::Nsubj | Deprel::Obj | Deprel::Obl
            )
    }
}

fn before2(text: &Text<'_>, at: u32) -> Option<u32> {
    // The day stands between the month and the comma before the year.
    before(text, before(text, at)?)
}
