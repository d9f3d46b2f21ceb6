//! Base forms of English words, by their Penn tags.
//!
//! Irregular words come from a list; for the rest the longest ending that the lexicon knows says what to cut and what to add
//! (the endings are learned by `training/lemmas/learn.py`: 99.6 % of the verbs, nouns and comparatives of EWT dev).

use std::collections::HashMap;
use std::sync::LazyLock;

use chancery_model::{Upos, Xpos};

/// The base form of a word in lower case; proper nouns and what has no base form keep theirs.
pub(crate) fn lemma(word: &str, xpos: Xpos, upos: Upos) -> String {
    if upos == Upos::Propn {
        return word.to_owned();
    }
    let low = word.to_lowercase().replace('’', "'");
    let kind = match xpos {
        Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz | Xpos::Md => 'v',
        Xpos::Nn | Xpos::Nns => 'n',
        Xpos::Jjr | Xpos::Jjs | Xpos::Rbr | Xpos::Rbs => 'a',
        _ => return low,
    };
    if let Some(base) = LISTS.irregular.get(&(kind, low.as_str())) {
        return (*base).to_owned();
    }
    by_ending(&low, xpos.word()).unwrap_or(low)
}

struct Lists {
    irregular: HashMap<(char, &'static str), &'static str>,
    endings: HashMap<&'static str, HashMap<&'static str, (usize, &'static str)>>,
}

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists { irregular: irregular(), endings: endings() });

fn irregular() -> HashMap<(char, &'static str), &'static str> {
    let mut out = HashMap::new();
    for line in rows(chancery_lexicon::IRREGULAR_WORDS) {
        let mut words = line.split_whitespace();
        let kind = words.next().and_then(|kind| kind.chars().next());
        let (Some(kind), Some(base)) = (kind, words.next()) else { continue };
        for form in words {
            out.entry((kind, form)).or_insert(base);
        }
    }
    out
}

fn endings() -> HashMap<&'static str, HashMap<&'static str, (usize, &'static str)>> {
    let mut out: HashMap<&str, HashMap<&str, (usize, &str)>> = HashMap::new();
    for line in rows(chancery_lexicon::LEMMA_ENDINGS) {
        let mut columns = line.split('\t').map(|c| if c == "-" { "" } else { c });
        let (Some(tag), Some(end), Some(cut), Some(add)) =
            (columns.next(), columns.next(), columns.next().and_then(|c| c.parse().ok()), columns.next())
        else {
            continue;
        };
        out.entry(tag).or_default().insert(end, (cut, add));
    }
    out
}

fn rows(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().filter(|line| !line.starts_with('#'))
}

fn by_ending(word: &str, tag: &str) -> Option<String> {
    let endings = LISTS.endings.get(tag)?;
    let whole = format!("^{word}");
    let places = whole.char_indices().map(|(at, _)| at).chain([whole.len()]);
    let (cut, add) = places.filter_map(|at| endings.get(&whole[at..])).next()?;
    let stem = word.len().checked_sub(*cut).and_then(|keep| word.get(..keep))?;
    (!stem.is_empty() || !add.is_empty()).then(|| format!("{stem}{add}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_give_their_base() {
        for (word, xpos, base) in [
            ("announced", Xpos::Vbd, "announce"),
            ("Said", Xpos::Vbd, "say"),
            ("fled", Xpos::Vbd, "flee"),
            ("rejecting", Xpos::Vbg, "reject"),
            ("planning", Xpos::Vbg, "plan"),
            ("denies", Xpos::Vbz, "deny"),
            ("talks", Xpos::Nns, "talk"),
            ("countries", Xpos::Nns, "country"),
            ("people", Xpos::Nns, "person"),
            ("is", Xpos::Vbz, "be"),
            ("quickly", Xpos::Rb, "quickly"),
        ] {
            assert_eq!(lemma(word, xpos, Upos::X), base, "{word}");
        }
        assert_eq!(lemma("Meetings", Xpos::Nnps, Upos::Propn), "Meetings");
        assert_eq!(lemma("é", Xpos::Vbd, Upos::Verb), "é");
    }
}
