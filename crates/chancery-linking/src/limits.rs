//! Notes on limits: what was left out because of one is said, once for each limit, with how much it was.

use chancery_model::{Note, NoteCode};

/// Pairs that were not compared, if there are any.
pub(crate) fn not_compared(pairs: usize, of: &str, with: &str) -> Option<Note> {
    let words = match pairs {
        1 => format!("1 pair of {of} was not compared"),
        more => format!("{more} pairs of {of} were not compared"),
    };
    (pairs > 0).then(|| Note::new(NoteCode::ManyAlike, format!("{words}: each is compared with {with}")))
}

/// Articles that are longer than what is looked at of them, if there are any.
pub(crate) fn cut_short(articles: usize, most: usize, told: &str) -> Option<Note> {
    let words = match articles {
        1 => "1 article has".to_owned(),
        more => format!("{more} articles have"),
    };
    let message = format!("{words} more than {most} words: {told} by the first of them");
    (articles > 0).then(|| Note::new(NoteCode::LongArticle, message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_left_out_is_no_note() {
        assert_eq!(not_compared(0, "reports", "few"), None);
        assert_eq!(cut_short(0, 10, "stories are told"), None);
        let note = not_compared(1, "reports", "few").expect("a note");
        assert_eq!(note.message, "1 pair of reports was not compared: each is compared with few");
    }
}
