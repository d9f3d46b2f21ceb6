//! What the words around a number say of it: "more than", "about", "up to", "or so".

use chancery_lexicon::numbers::{Bound, NumberWords};
use chancery_lexicon::units::UnitKind;
use chancery_model::{Amount, Deprel, Upos, Xpos};

use super::quantity::{Quantity, before, is_word};
use crate::Text;

/// What is said of one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bounds {
    about: bool,
    least: bool,
    most: bool,
}

/// Bounds that may stand before one number: "up to about".
const MOST_BOUNDS: usize = 3;

impl Bounds {
    /// Reads the words around a quantity, and takes them into it.
    pub(super) fn around(text: &Text<'_>, quantity: &mut Quantity<'_>) -> Self {
        let mut out = Self::default();
        out.before(text, quantity);
        out.behind(text, quantity);
        tail(text, quantity);
        close(text, quantity);
        out
    }

    /// The amount with these bounds.
    pub(super) fn amount(self, quantity: &Quantity<'_>) -> Amount {
        let sign = if quantity.negative { -1.0 } else { 1.0 };
        let numeral = &quantity.numeral;
        let approximate = self.about;
        if !numeral.is_exact() {
            let (low, high) = (numeral.low * sign, numeral.high * sign);
            return Amount { value: None, low: Some(low.min(high)), high: Some(low.max(high)), approximate };
        }
        let value = Some(numeral.low * sign);
        let low = value.filter(|_| self.least);
        let high = value.filter(|_| self.most);
        Amount { value, low, high, approximate }
    }

    fn says(&mut self, bound: Bound) {
        match bound {
            Bound::About => self.about = true,
            Bound::Least => self.least = true,
            Bound::Most => self.most = true,
        }
    }

    fn before(&mut self, text: &Text<'_>, quantity: &mut Quantity<'_>) {
        let lists = NumberWords::built_in();
        for _ in 0..MOST_BOUNDS {
            let start = quantity.start;
            let sentence = text.sentence(start).tokens;
            let word = |n: usize| {
                let at = start.checked_sub(n as u32 + 1).filter(|at| sentence.holds(*at))?;
                Some(text.word(at).to_lowercase())
            };
            let Some((len, bound)) = lists.bound_before(word) else { break };
            if len == 1 && !self::bounds(text, quantity, start - 1) {
                break;
            }
            self.says(bound);
            quantity.start = start - len as u32;
            while let Some(degree) = before(text, quantity.start).filter(|&at| is_degree(text, at)) {
                quantity.start = degree;
            }
        }
    }

    fn behind(&mut self, text: &Text<'_>, quantity: &mut Quantity<'_>) {
        if quantity.numeral.stuck.1 == "+" {
            self.least = true;
        }
        let lists = NumberWords::built_in();
        let number = quantity.numeral.tokens.end;
        for end in [quantity.end, number] {
            let sentence = text.sentence(quantity.start).tokens;
            let word = |n: usize| {
                let at = end + n as u32;
                sentence.holds(at).then(|| text.word(at).to_lowercase())
            };
            if let Some((len, bound)) = lists.bound_after(word) {
                self.says(bound);
                quantity.end = quantity.end.max(end + len as u32);
                break;
            }
        }
    }
}

/// "95-foot-tall", "four-year-long": the words that a hyphen joins to the unit.
fn tail(text: &Text<'_>, quantity: &mut Quantity<'_>) {
    let joined = super::quantity::behind_hyphen(text, quantity.end);
    let fits = joined > quantity.end && joined < text.len() as u32 && quantity.kind().is_some();
    if fits && matches!(text.upos(joined), Upos::Adj | Upos::Adv) {
        quantity.end = joined + 1;
    }
}

/// A quotation mark that opens inside closes inside.
fn close(text: &Text<'_>, quantity: &mut Quantity<'_>) {
    let marks = |wanted: Xpos| (quantity.start..quantity.end).filter(|&at| text.xpos(at) == wanted).count();
    let open = marks(Xpos::OpenQuote) > marks(Xpos::CloseQuote);
    let next = quantity.end;
    if open && text.sentence(quantity.start).tokens.holds(next) && text.xpos(next) == Xpos::CloseQuote {
        quantity.end = next + 1;
    }
}

/// Whether a single word before a number bounds it: "over" of "over 300 people", not of "over 30 years".
fn bounds(text: &Text<'_>, quantity: &Quantity<'_>, at: u32) -> bool {
    let spatial = is_word(text, at, &["over", "under", "above", "below", "beyond", "around", "near"]);
    if !spatial {
        return !is_word(text, at, &["some"]) || text.xpos(at) == Xpos::Dt || text.xpos(at) == Xpos::Rb;
    }
    let adverb = text.is_rel(at, Deprel::Advmod) || text.xpos(at) == Xpos::Rb;
    let stretch = matches!(quantity.kind(), Some(UnitKind::Time | UnitKind::Length));
    adverb || !stretch
}

fn is_degree(text: &Text<'_>, at: u32) -> bool {
    NumberWords::built_in().is_degree(&text.word(at).to_lowercase())
}
