//! Words cut to a stem, as the table of paragraph words counts them.

/// A word in lower case without its commonest endings; nothing for numbers and marks.
pub fn stem(word: &str) -> Option<String> {
    if !word.chars().next()?.is_alphabetic() {
        return None;
    }
    let mut word: String =
        word.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect();
    if word.ends_with("'s") {
        word.truncate(word.len() - 2);
    }
    let letters = word.chars().count();
    if letters > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
        return Some(word);
    }
    if letters > 3
        && word.ends_with('s')
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
    {
        word.pop();
    }
    let end =
        ["ing", "ed"].into_iter().find(|end| word.ends_with(end) && word.chars().count() > end.len() + 4);
    word.truncate(word.len() - end.map_or(0, str::len));
    Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_to_stems() {
        let table = [
            ("Ferries", "ferry"),
            ("talks", "talk"),
            ("Norland’s", "norland"),
            ("protesting", "protest"),
            ("crisis", "crisis"),
            ("press", "press"),
        ];
        for (word, cut) in table {
            assert_eq!(stem(word).as_deref(), Some(cut));
        }
        assert_eq!(stem("2031"), None);
        assert_eq!(stem(""), None);
    }
}
