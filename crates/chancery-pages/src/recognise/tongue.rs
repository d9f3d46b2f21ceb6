//! The language of a text.
//!
//! Known by the letters and their neighbours (whatlang's trigrams). A text too short to tell is left undetermined.

use chancery_model::{Article, Language, Note, NoteCode, Page};
use whatlang::Lang;

use chancery_lexicon::fold::is_letter_or_digit;

/// Letters that a text needs before its language is told.
const MIN_LETTERS: usize = 60;
/// As much of a text as is looked at, in bytes.
const MAX_BYTES: usize = 6000;
/// Below this confidence the language of a short text stays open.
const MIN_CONFIDENCE: f64 = 0.5;

/// The language of `text`, or undetermined.
pub(crate) fn of(text: &str) -> Language {
    let text = &text[..text.floor_char_boundary(MAX_BYTES)];
    if text.chars().filter(|c| c.is_alphabetic()).take(MIN_LETTERS).count() < MIN_LETTERS {
        return Language::UNDETERMINED;
    }
    if is_english(text) {
        return Language::ENGLISH;
    }
    let Some(info) = whatlang::detect(text) else { return Language::UNDETERMINED };
    if info.confidence() < MIN_CONFIDENCE {
        return Language::UNDETERMINED;
    }
    code(info.lang()).and_then(Language::parse).unwrap_or(Language::UNDETERMINED)
}

/// Words that every English text uses, and that no other language of the Latin letters uses as often.
const ENGLISH: [&str; 24] = [
    "the", "and", "that", "with", "from", "have", "has", "been", "were", "which", "this", "their", "they",
    "who", "would", "but", "said", "not", "are", "his", "its", "by", "of", "to",
];
/// So many of them, no two the same.
const DIFFERENT: usize = 5;
/// One word of so many is one of them.
const SHARE: usize = 6;
/// As much of a text as these words are looked for in, in bytes.
const ENGLISH_BYTES: usize = 1500;

/// Whether the small words of English settle the language. Nearly all that is read is English, and its trigrams are then not
/// compared with those of all others.
fn is_english(text: &str) -> bool {
    let text = &text[..text.floor_char_boundary(ENGLISH_BYTES)];
    let (mut seen, mut small, mut all) = (0_u32, 0, 0);
    for word in text.split(|c: char| !is_letter_or_digit(c)).filter(|word| !word.is_empty()) {
        all += 1;
        if let Some(at) = ENGLISH.iter().position(|known| known.eq_ignore_ascii_case(word)) {
            seen |= 1 << at;
            small += 1;
        }
    }
    seen.count_ones() as usize >= DIFFERENT && small * SHARE >= all
}

/// A note on an article in a language that is recognised and not read.
pub(crate) fn note(page: &Page, article: &Article) -> Option<Note> {
    if [Language::ENGLISH, Language::UNDETERMINED].contains(&article.language) {
        return None;
    }
    let message = format!(
        "{}: a story in the language “{}” is kept and not read further",
        page.origin, article.language
    );
    let note = Note::new(NoteCode::OtherLanguage, message);
    let at = article.map.page_ranges(article.body).first().copied();
    Some(at.map_or(note.clone(), |at| note.at(at)))
}

/// ISO 639-1, or 639-3 where there is no shorter code.
fn code(lang: Lang) -> Option<&'static str> {
    const CODES: &[(Lang, &str)] = &[
        (Lang::Epo, "eo"),
        (Lang::Eng, "en"),
        (Lang::Rus, "ru"),
        (Lang::Cmn, "zh"),
        (Lang::Spa, "es"),
        (Lang::Por, "pt"),
        (Lang::Ita, "it"),
        (Lang::Ben, "bn"),
        (Lang::Fra, "fr"),
        (Lang::Deu, "de"),
        (Lang::Ukr, "uk"),
        (Lang::Kat, "ka"),
        (Lang::Ara, "ar"),
        (Lang::Hin, "hi"),
        (Lang::Jpn, "ja"),
        (Lang::Heb, "he"),
        (Lang::Yid, "yi"),
        (Lang::Pol, "pl"),
        (Lang::Amh, "am"),
        (Lang::Jav, "jv"),
        (Lang::Kor, "ko"),
        (Lang::Nob, "nb"),
        (Lang::Dan, "da"),
        (Lang::Swe, "sv"),
        (Lang::Fin, "fi"),
        (Lang::Tur, "tr"),
        (Lang::Nld, "nl"),
        (Lang::Hun, "hu"),
        (Lang::Ces, "cs"),
        (Lang::Ell, "el"),
        (Lang::Bul, "bg"),
        (Lang::Bel, "be"),
        (Lang::Mar, "mr"),
        (Lang::Kan, "kn"),
        (Lang::Ron, "ro"),
        (Lang::Slv, "sl"),
        (Lang::Hrv, "hr"),
        (Lang::Srp, "sr"),
        (Lang::Mkd, "mk"),
        (Lang::Lit, "lt"),
        (Lang::Lav, "lv"),
        (Lang::Est, "et"),
        (Lang::Tam, "ta"),
        (Lang::Vie, "vi"),
        (Lang::Urd, "ur"),
        (Lang::Tha, "th"),
        (Lang::Guj, "gu"),
        (Lang::Uzb, "uz"),
        (Lang::Pan, "pa"),
        (Lang::Aze, "az"),
        (Lang::Ind, "id"),
        (Lang::Tel, "te"),
        (Lang::Pes, "fa"),
        (Lang::Mal, "ml"),
        (Lang::Ori, "or"),
        (Lang::Mya, "my"),
        (Lang::Nep, "ne"),
        (Lang::Sin, "si"),
        (Lang::Khm, "km"),
        (Lang::Tuk, "tk"),
        (Lang::Aka, "ak"),
        (Lang::Zul, "zu"),
        (Lang::Sna, "sn"),
        (Lang::Afr, "af"),
        (Lang::Lat, "la"),
        (Lang::Slk, "sk"),
        (Lang::Cat, "ca"),
        (Lang::Tgl, "tl"),
        (Lang::Hye, "hy"),
    ];
    CODES.iter().find(|(l, _)| *l == lang).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn languages_are_told_apart() {
        let table = [
            (
                "The dockers went back to work on Monday after a week without pay, and the ferries sailed at dawn.",
                "en",
            ),
            (
                "Die Hafenarbeiter kehrten am Montag nach einer Woche ohne Lohn an die Arbeit zurück, sagte der Minister.",
                "de",
            ),
            (
                "Докери повернулися до роботи в понеділок після тижня без зарплати, повідомило міністерство.",
                "uk",
            ),
            (
                "Les dockers ont repris le travail lundi après une semaine sans salaire, a déclaré le ministre.",
                "fr",
            ),
            // Dutch shares small words with English, but not so many.
            (
                "De havenarbeiders gingen maandag weer aan het werk na een week of twee zonder loon, zei de minister van arbeid.",
                "nl",
            ),
            ("Too short.", "und"),
        ];
        for (text, code) in table {
            assert_eq!(of(text).code(), code, "{text}");
        }
    }
}
