//! Numbers in a sentence, in digits and in words: "1,200", "2.5 million", "two hundred and six", "dozens", "a third".
//!
//! It knows what a run of tokens is worth. What it counts, and whether it counts anything at all, it does not know.

use chancery_lexicon::numbers::NumberWords;
use chancery_lexicon::units::Units;
use chancery_model::{TokenRange, Xpos};

use crate::Text;

/// A number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Numeral<'a> {
    /// Its tokens, "a" of "a dozen" counted in; the sign and the currency are not.
    pub(super) tokens: TokenRange,
    /// What it is worth, at least.
    pub(super) low: f64,
    /// What it is worth, at most; the same where it is exact.
    pub(super) high: f64,
    /// The scale written behind it: a million in "5 million".
    pub(super) scale: f64,
    /// How it is given.
    pub(super) form: Form,
    /// Letters or marks that stick to the digits in one token, before and after: "RM" and "" of "RM79".
    pub(super) stuck: (&'a str, &'a str),
}

/// How a number is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// In digits, a scale behind them counted in.
    Digits,
    /// In words.
    Words,
    /// By the word "one" alone, which mostly counts nothing.
    One,
    /// By a scale alone: "dozens", "several hundred".
    Vague,
    /// As a part of one: "two thirds".
    Part,
}

/// Tokens that one number may have. Longer runs are lists or noise.
const MOST_TOKENS: u32 = 12;
/// Digits that one number may have.
const MOST_DIGITS: usize = 24;

impl Numeral<'_> {
    /// Whether it is exact.
    pub(super) fn is_exact(&self) -> bool {
        self.low == self.high
    }

    /// The token of the number that hangs on something outside of it.
    pub(super) fn top(&self, text: &Text<'_>) -> u32 {
        let range = self.tokens;
        let outside = |at: &u32| text.head(*at).is_none_or(|head| !range.holds(head));
        (range.start..range.end).rev().find(outside).unwrap_or(range.end - 1)
    }
}

/// The number that begins at `at`, before `end`.
pub(super) fn read<'a>(text: &Text<'a>, at: u32, end: u32) -> Option<Numeral<'a>> {
    let end = end.min(at + MOST_TOKENS);
    let reader = Reader { text, end, lists: NumberWords::built_in() };
    reader.part(at).or_else(|| reader.vague(at)).or_else(|| reader.exact(at))
}

/// What is known while one number is read.
struct Reader<'t, 'a> {
    text: &'t Text<'a>,
    end: u32,
    lists: &'static NumberWords,
}

impl<'a> Reader<'_, 'a> {
    fn low(&self, at: u32) -> String {
        if at < self.end { self.text.word(at).to_lowercase() } else { String::new() }
    }

    fn is(&self, at: u32, words: &[&str]) -> bool {
        words.contains(&self.low(at).as_str())
    }

    fn is_hyphen(&self, at: u32) -> bool {
        self.is(at, &["-", "‑", "‐"])
    }

    fn numeral(&self, from: u32, to: u32, low: f64, high: f64, form: Form) -> Numeral<'a> {
        let tokens = TokenRange::new(from as usize, to as usize);
        Numeral { tokens, low, high, scale: 1.0, form, stuck: ("", "") }
    }

    /// "a third", "two-thirds", "half", "half a million", "3/4".
    fn part(&self, at: u32) -> Option<Numeral<'a>> {
        if let Some(value) = slashed(self.text.word(at)) {
            return Some(self.numeral(at, at + 1, value, value, Form::Part));
        }
        if self.is(at, &["half"]) {
            return self.half(at);
        }
        let times = match self.low(at).as_str() {
            "a" | "an" => 1.0,
            word => self.lists.cardinal(word).filter(|n| *n >= 1.0)?,
        };
        let hyphen = u32::from(self.is_hyphen(at + 1));
        let word = self.low(at + 1 + hyphen);
        let value = self.lists.part(&word).or_else(|| self.lists.part(word.strip_suffix('s')?))? * times;
        let next = at + 2 + hyphen;
        let stands = hyphen == 1 || self.is(next, &["of"]);
        (stands && value < 1.0 + f64::EPSILON).then(|| self.numeral(at, next, value, value, Form::Part))
    }

    fn half(&self, at: u32) -> Option<Numeral<'a>> {
        let after = at + 1 + u32::from(self.is(at + 1, &["of"]));
        let article = u32::from(self.is(after, &["a", "an"]));
        if let (1, Some(scale)) = (article, self.lists.scale(&self.low(after + 1))) {
            return Some(self.numeral(at, after + 2, scale / 2.0, scale / 2.0, Form::Words));
        }
        let ordinal = at > 0 && self.ends_ordinal(at - 1);
        let compound = self.is_hyphen(at + 1) || at > 0 && self.text.word(at - 1) == "-";
        let apart =
            ordinal || compound || self.is(at + 1, &["year", "time", "day", "way", "brother", "sister"]);
        (!apart).then(|| self.numeral(at, at + 1, 0.5, 0.5, Form::Part))
    }

    /// Whether this token makes "half" a period of something: "the second half", "this half".
    fn ends_ordinal(&self, at: u32) -> bool {
        matches!(self.text.xpos(at), Xpos::Jj | Xpos::Dt | Xpos::Jjr)
            && !matches!(self.text.word(at), "the" | "a" | "The")
    }

    /// "dozens", "tens of thousands", "several hundred", "a few million".
    fn vague(&self, at: u32) -> Option<Numeral<'a>> {
        let article = u32::from(self.is(at, &["a"]));
        if let Some((least, most)) = self.lists.vague(&self.low(at + article)) {
            let next = at + article + 1;
            let next = next + u32::from(self.is(next, &["of"]));
            let word = self.low(next);
            let scale = self.lists.scale(&word).or_else(|| self.lists.plural_scale(&word))?;
            let (to, more) = self.scales(next + 1);
            return Some(self.numeral(at, to, least * scale * more, most * scale * more, Form::Vague));
        }
        let first = self.lists.plural_scale(&self.low(at))?;
        let (to, more) = self.plural_scales(at + 1);
        let alone = to == at + 1;
        if alone && (self.is(at, &["tens"]) || self.is(at, &["scores"]) && !self.is(to, &["of"])) {
            return None;
        }
        Some(self.numeral(at, to, first * more, first * more * 10.0, Form::Vague))
    }

    /// " of thousands of millions" from `at`: where it ends and what it multiplies with.
    fn plural_scales(&self, mut at: u32) -> (u32, f64) {
        let mut more = 1.0;
        while self.is(at, &["of"]) {
            let Some(scale) = self.lists.plural_scale(&self.low(at + 1)) else { break };
            more *= scale;
            at += 2;
        }
        (at, more)
    }

    /// "thousand million" from `at`.
    fn scales(&self, mut at: u32) -> (u32, f64) {
        let mut more = 1.0;
        while let Some(scale) = self.lists.scale(&self.low(at)) {
            more *= scale;
            at += 1;
        }
        (at, more)
    }

    fn exact(&self, at: u32) -> Option<Numeral<'a>> {
        if let Some((stuck, value)) = digits(self.text.word(at)) {
            return self.scaled(at, stuck, value);
        }
        let from = at + u32::from(self.is(at, &["a"]) && self.lists.scale(&self.low(at + 1)).is_some());
        let (to, value) = self.spelled(from)?;
        let scale = if to > from + 1 { self.lists.scale(&self.low(to - 1)).unwrap_or(1.0) } else { 1.0 };
        let form = if to == at + 1 && self.is(at, &["one"]) { Form::One } else { Form::Words };
        let (to, value) = self.and_a_half(to, value, 1.0);
        let mut out = self.numeral(at, to, value, value, form);
        out.scale = scale;
        Some(out)
    }

    /// Digits with the scale behind them.
    fn scaled(&self, at: u32, mut stuck: (&'a str, &'a str), mut value: f64) -> Option<Numeral<'a>> {
        let mut to = at + 1;
        let mut scale = 1.0;
        if let Some(short) = self.lists.short_scale(stuck.1).filter(|_| !stuck.1.is_empty()) {
            (scale, stuck.1) = (short, "");
        } else if !stuck.1.is_empty() && !is_unit(stuck.1) {
            return None;
        } else if let Some(short) = self.short_scale(to) {
            (scale, to) = (short, to + 1);
        }
        let (end, more) = if stuck.1.is_empty() { self.scales(to) } else { (to, 1.0) };
        value = times(value, scale * more);
        let (to, value) = self.and_a_half(end, value, scale * more);
        let mut out = self.numeral(at, to, value, value, Form::Digits);
        out.stuck = stuck;
        out.scale = scale * more;
        Some(out)
    }

    /// "m" of "5m": a scale where the tagger takes it for a number, where money is meant or where it cannot be a unit.
    fn short_scale(&self, at: u32) -> Option<f64> {
        if at >= self.end {
            return None;
        }
        let word = self.text.word(at);
        let scale = self.lists.short_scale(word)?;
        let sticks = !self.text.token(at - 1).space_after;
        let money = at >= 2 && Units::built_in().currency(self.text.word(at - 2)).is_some();
        let clear = word.len() > 1 || money || sticks && self.text.xpos(at) == Xpos::Cd;
        (clear && (sticks || money || word.len() > 1)).then_some(scale)
    }

    /// "two hundred and six": where it ends and what it is worth.
    fn spelled(&self, from: u32) -> Option<(u32, f64)> {
        let mut at = from;
        let (mut total, mut group, mut last) = (0.0, 0.0, f64::INFINITY);
        while at < self.end {
            let word = self.low(at);
            if let Some(value) = self.lists.cardinal(&word) {
                let fits = at == from
                    || last >= 100.0
                    || (20.0..100.0).contains(&last) && value < 10.0 && value > 0.0;
                if !fits {
                    break;
                }
                group += value;
                last = value;
            } else if let Some(scale) = self.lists.scale(&word) {
                group = if group == 0.0 { scale } else { group * scale };
                if scale >= 1000.0 {
                    total += group;
                    group = 0.0;
                }
                last = scale;
            } else {
                break;
            }
            at += 1;
            at += self.link(at, last);
        }
        (at > from).then_some((at, total + group))
    }

    /// A hyphen or "and" that goes on with the number, as a count of tokens.
    fn link(&self, at: u32, last: f64) -> u32 {
        let next = self.lists.cardinal(&self.low(at + 1));
        let hyphen =
            self.is_hyphen(at) && (20.0..100.0).contains(&last) && next.is_some_and(|n| n < 10.0 && n > 0.0);
        let scale = self.is_hyphen(at) && self.lists.scale(&self.low(at + 1)).is_some();
        let and = self.is(at, &["and"]) && last >= 100.0 && next.is_some();
        u32::from(hyphen || and || scale)
    }

    /// "and a half" behind a number.
    fn and_a_half(&self, at: u32, value: f64, scale: f64) -> (u32, f64) {
        let stands = self.is(at, &["and"]) && self.is(at + 1, &["a"]) && self.is(at + 2, &["half"]);
        if stands { (at + 3, value + scale / 2.0) } else { (at, value) }
    }
}

/// A product that is whole where the words give a whole number: 65.4 billion.
fn times(value: f64, scale: f64) -> f64 {
    let product = value * scale;
    let whole = product.round();
    if scale > 1.0 && (product - whole).abs() <= whole.abs() * 1e-12 { whole } else { product }
}

/// Whether letters that stick to digits in one token are a unit.
fn is_unit(letters: &str) -> bool {
    let word = |at: usize| {
        (at == 0).then_some(chancery_lexicon::units::UnitWord {
            shown: letters,
            base: letters,
            glued: true,
            nominal: true,
        })
    };
    // "1960s", "the 5s": a plural, not seconds.
    letters == "+" || letters != "s" && Units::built_in().at(word).is_some()
}

/// "1/3", "3/4": parts that people write so.
fn slashed(word: &str) -> Option<f64> {
    Some(match word {
        "1/2" | "½" => 0.5,
        "1/3" | "⅓" => 1.0 / 3.0,
        "2/3" | "⅔" => 2.0 / 3.0,
        "1/4" | "¼" => 0.25,
        "3/4" | "¾" => 0.75,
        "1/5" | "⅕" => 0.2,
        _ => return None,
    })
}

/// The value of digits, and what sticks to them: "1,200", ".5", "$5", "30Mbps".
pub(super) fn digits(word: &str) -> Option<((&str, &str), f64)> {
    let from = word.find(|c: char| c.is_ascii_digit())?;
    let from = if word[..from].ends_with('.') { from - 1 } else { from };
    let (before, rest) = word.split_at(from);
    let len = rest.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(rest.len());
    let (number, after) = rest.split_at(len);
    let currency = |mark: &str| Units::built_in().currency(mark).is_some();
    let known = before.is_empty() || currency(before) || before.len() > 1 && currency(&format!("{before}$"));
    let padded = number.len() > 1 && number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
    if !known || padded || number.len() > MOST_DIGITS {
        return None;
    }
    let (after, half) = after.strip_prefix('½').map_or((after, 0.0), |rest| (rest, 0.5));
    Some(((before, after), grouped(number)? + half))
}

/// "1,200.5", "1,00,000"; groups between commas have three digits, or two in the Indian way.
fn grouped(number: &str) -> Option<f64> {
    let (whole, fraction) = match number.split_once('.') {
        Some((_, more)) if more.contains('.') => return None,
        Some((whole, fraction)) => (whole, fraction),
        None => (number, ""),
    };
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let sound = rest.iter().enumerate().all(|(at, g)| g.len() == 3 || g.len() == 2 && at + 1 < rest.len());
    if !sound || fraction.contains(',') || !rest.is_empty() && (first.is_empty() || first.len() > 3) {
        return None;
    }
    let plain = format!("{}{}.{}0", first, rest.concat(), fraction);
    format!("0{plain}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_give_whole_numbers() {
        assert_eq!(times(65.4, 1e9), 65_400_000_000.0);
        assert_eq!(times(1.5, 1.0), 1.5);
    }

    #[test]
    fn digits_have_their_value() {
        for (word, value) in
            [("653", 653.0), ("1,200", 1200.0), ("1,00,000", 100_000.0), (".5", 0.5), ("2,415.25", 2415.25)]
        {
            assert_eq!(digits(word), Some((("", ""), value)), "{word}");
        }
        assert_eq!(digits("RM79"), Some((("RM", ""), 79.0)));
        assert_eq!(digits("30Mbps"), Some((("", "Mbps"), 30.0)));
        assert_eq!(digits("2½"), Some((("", ""), 2.5)));
        assert_eq!(digits("US113"), Some((("US", ""), 113.0)));
        for word in ["F16", "12,34", "1.2.3", "9:30", "007", "word", ""] {
            assert!(digits(word).is_none_or(|((_, after), _)| !after.is_empty()), "{word}");
        }
        assert_eq!(digits(&"9".repeat(MOST_DIGITS)).map(|d| d.1), Some(1e24));
        assert_eq!(digits(&"9".repeat(MOST_DIGITS + 1)), None);
    }
}
