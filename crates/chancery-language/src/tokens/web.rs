//! Addresses of the web and of mail, handles, hashtags, names of files.

use chancery_lexicon::tokens::TokenLists;

use super::chunk::{At, lower};

/// The length of the address that starts here, if one does.
pub(super) fn take(at: &At<'_>, lists: &TokenLists) -> Option<usize> {
    if at.before().is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let rest = at.rest();
    url(rest).or_else(|| tagged(rest)).or_else(|| mail(rest)).or_else(|| dotted(rest, lists))
}

/// "https://…", "www.…", "mailto:…": up to the end, closing marks of the sentence left out.
fn url(rest: &str) -> Option<usize> {
    let scheme = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let has_scheme = scheme >= 2 && rest[scheme..].starts_with("://");
    let is_www = rest.get(..4).is_some_and(|w| w.eq_ignore_ascii_case("www."));
    let is_mailto = rest.starts_with("mailto:") && rest.contains('@');
    if !(has_scheme || is_www || is_mailto) || rest.len() < 8 {
        return None;
    }
    let end = rest.find(['<', '>', '"', '“', '”', '«', '»', '|']).unwrap_or(rest.len());
    Some(without_closing_marks(&rest[..end]))
}

/// Length without the marks that close a sentence or a bracket; a bracket that was opened inside stays.
fn without_closing_marks(words: &str) -> usize {
    let mut kept = words;
    loop {
        let cut = kept.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '’', ']', '}', '*']);
        let cut = match cut.strip_suffix(')') {
            Some(inner) if !inner.contains('(') => inner,
            _ => cut,
        };
        if cut.len() == kept.len() {
            return kept.len();
        }
        kept = cut;
    }
}

/// "@name", "#word": a letter has to follow.
fn tagged(rest: &str) -> Option<usize> {
    let words = rest.strip_prefix(['@', '#', '＃'])?;
    if !words.starts_with(|c: char| c.is_alphabetic() || c == '_') {
        return None;
    }
    let len = words.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(words.len());
    Some(rest.len() - words.len() + len)
}

/// "name@example.org", "Name@OFFICE"; news groups hide a part of the name: "nam...@example.org".
fn mail(rest: &str) -> Option<usize> {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%');
    let name = rest.find(|c| !is_part(c))?;
    let domain = rest[name..].strip_prefix('@')?;
    if name == 0 || !rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    let end =
        domain.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(domain.len());
    let kept = domain[..end].trim_end_matches(['.', '-', '_']).len();
    (kept > 0).then_some(name + 1 + kept)
}

/// "example.org/page", "draft-2.doc": labels joined by dots, of which the last is a known domain or ending of a file.
fn dotted(rest: &str, lists: &TokenLists) -> Option<usize> {
    let is_label = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let run = rest.find(|c| !(is_label(c) || c == '.')).unwrap_or(rest.len());
    let words = rest[..run].trim_end_matches(['.', '-']);
    let (labels, last) = words.rsplit_once('.')?;
    let plain = labels.split('.').all(|l| !l.is_empty())
        && (labels.len() > 2 && !labels.contains('.')
            || labels.bytes().any(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
    let group = labels.contains('.')
        && !words.bytes().any(|b| b.is_ascii_uppercase())
        && labels.split('.').all(|l| l.len() > 1);
    let known = last.len() > 1 && lists.is_domain(&lower(last)) && is_one_case(last);
    if !plain
        || !(known || group && last.bytes().all(|b| b.is_ascii_alphabetic()))
        || labels.len() < 2 && known
    {
        return None;
    }
    if labels.bytes().all(|b| b.is_ascii_digit() || b == b'.') && lists.is_unit(last) {
        return None;
    }
    let path = &rest[words.len()..];
    let path = if path.starts_with('/') { without_closing_marks(path) } else { 0 };
    Some(words.len() + path)
}

/// "end.It" is two sentences without a blank, "example.it" may be an address.
fn is_one_case(label: &str) -> bool {
    label.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        || label.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}
