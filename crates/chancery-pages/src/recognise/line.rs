//! Lines that belong to no story, known by their words or by the way that pages glue them.

use chancery_lexicon::fold;
use chancery_lexicon::lines::LineRules;
use chancery_lexicon::names;
use chancery_model::{FurnitureReason, Span};

use super::shape::{Shape, is_closing, stops};

/// A name before what its bearer does stands within so many bytes.
const LONGEST_NAME: usize = 100;

/// What a line is, when it is no part of a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    /// Why it is no part of a story.
    pub(crate) reason: FurnitureReason,
    /// Whether it is the label of a list of links.
    pub(crate) opens_list: bool,
}

impl Known {
    fn plain(reason: FurnitureReason) -> Self {
        Self { reason, opens_list: false }
    }
}

/// Knows a line by its words alone: buttons, labels, notices, cards with a reading time, glued labels.
pub(crate) fn furniture(line: &str) -> Option<Known> {
    let line = line.trim();
    if let Some(known) = ruled(line) {
        return Some(known);
    }
    if is_card(line) {
        return Some(Known::plain(FurnitureReason::Trending));
    }
    if is_author_box(line) {
        return Some(Known::plain(FurnitureReason::AuthorBox));
    }
    glued(line)
}

/// "Nora Vale is the ports editor of the Harbour Post. Follow her on …": who wrote it, and where to reach them.
fn is_author_box(line: &str) -> bool {
    const REACH: [&str; 7] = [
        "ollow him on",
        "ollow her on",
        "ollow them on",
        "ollow me on",
        "can be reached at",
        "on Twitter @",
        "on X @",
    ];
    if line.len() >= 900 || !line.starts_with(char::is_uppercase) {
        return false;
    }
    let head = &line[..line.floor_char_boundary(LONGEST_NAME)];
    let Some(at) = head.find(" is a").or_else(|| head.find(" is the ")).or_else(|| head.find(" covers "))
    else {
        return false;
    };
    super::byline::is_person(&line[..at]) && REACH.iter().any(|words| line[at..].contains(words))
}

fn ruled(line: &str) -> Option<Known> {
    let rule = LineRules::shipped().find(line)?;
    let reason = FurnitureReason::parse(&rule.reason)?;
    Some(Known { reason, opens_list: rule.opens_list })
}

/// Several labels without a blank between them, each known or short: "Request ReprintSubmit CorrectionView Guidelines".
fn glued(line: &str) -> Option<Known> {
    if line.len() > 400 || stops(line) {
        return None;
    }
    let pieces = pieces(line);
    if pieces.len() < 2 {
        return None;
    }
    let known: Vec<Known> = pieces.iter().filter_map(|span| ruled(&line[span.range()])).collect();
    (known.len() * 2 > pieces.len()).then(|| Known { opens_list: false, ..known[0] })
}

/// A link to another story with its reading time: "WorldFerries Return to Aldmoor4 min read".
pub(crate) fn is_card(line: &str) -> bool {
    const ENDS: [&str; 6] =
        ["min read", "mins read", "minute read", "minutes read", "min. read", "mins. read"];
    let line = line.trim_end();
    ENDS.iter().any(|end| {
        let cut = line.len().checked_sub(end.len()).filter(|at| line.is_char_boundary(*at));
        let head = cut.filter(|at| line[*at..].eq_ignore_ascii_case(end)).map(|at| &line[..at]);
        head.is_some_and(|head| {
            head.trim_end_matches([' ', '-', '·']).ends_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// Cuts a line where two labels were glued: after a small letter, a digit or a stop that a capital follows without a blank.
///
/// "iPhone", "McAllen" and "YouTube" are whole: a piece has at least three letters before the cut and two after it.
pub(crate) fn pieces(line: &str) -> Vec<Span> {
    let chars: Vec<(usize, char)> = line.char_indices().collect();
    let mut out = Vec::new();
    let mut start = 0;
    for i in 1..chars.len() {
        if is_seam(&chars, i) && chars[i].0 > start {
            out.push(Span::new(start, chars[i].0));
            start = chars[i].0;
        }
    }
    if start < line.len() {
        out.push(Span::new(start, line.len()));
    }
    out
}

fn is_seam(chars: &[(usize, char)], i: usize) -> bool {
    let (before, here) = (chars[i - 1].1, chars[i].1);
    let next = chars.get(i + 1).map(|c| c.1);
    if !here.is_uppercase() || !next.is_some_and(|c| c.is_lowercase() || c.is_uppercase() || c == ' ') {
        return false;
    }
    let run = chars[..i].iter().rev().take_while(|c| !c.1.is_whitespace()).count();
    let stop = matches!(before, '.' | '!' | '?') || is_closing(before);
    (before.is_lowercase() && run >= 4) || (stop && run >= 4 && next.is_some_and(char::is_lowercase))
}

/// Cuts off the section labels that were glued to a line's end: "… when you search.Recommended For You".
///
/// Only a label that opens a list is cut off; what stands before it must be more than a name.
pub(crate) fn glued_label(line: &str) -> Option<usize> {
    if line.len() > 2000 {
        return None;
    }
    let pieces = pieces(line);
    let cuts = pieces.iter().skip(1).map(|p| p.start as usize);
    cuts.filter(|at| LineRules::shipped().find(&line[*at..]).is_some_and(|rule| rule.opens_list))
        .find(|at| fold::words(&line[..*at]).len() >= 2)
}

/// Knows the words under a picture and the names beside it. The second value says whether the words settle it: a sentence that
/// ends in "(AFP)" can also be the last of a story.
pub(crate) fn picture(line: &str) -> Option<(FurnitureReason, bool)> {
    let line = line.trim();
    if is_picture_credit(line) {
        return Some((FurnitureReason::PictureCredit, true));
    }
    if opens_as_caption(line) || ends_in_picture_credit(line) {
        return Some((FurnitureReason::Caption, true));
    }
    let ends = super::credit::at_end(line).is_some() && line.ends_with(')');
    (ends && Shape::of(line).words > 4).then_some((FurnitureReason::Caption, false))
}

/// "Nora Vale/Tidewater via Getty Images", "AP Photo/Nora Vale".
fn is_picture_credit(line: &str) -> bool {
    if line.is_empty() || (stops(line) && !line.ends_with(')')) || Shape::words_up_to(line, 15) > 14 {
        return false;
    }
    let bare = line.trim_matches(|c: char| matches!(c, '(' | ')' | '[' | ']' | '©') || c.is_whitespace());
    credits_picture(bare)
}

/// Whether the words credit a picture: a maker and an agency, "via Getty Images", "Photo by …".
fn credits_picture(words: &str) -> bool {
    let lower = words.to_lowercase();
    let plain = [
        "getty images",
        "/getty",
        "via reuters",
        "via ap",
        "via afp",
        "ap photo",
        "afp photo",
        "shutterstock",
        "istock",
        "alamy",
        "/pool",
        "pool photo",
        "handout via",
        "/handout",
    ];
    let opens = [
        "photo by ",
        "photo: ",
        "photograph by ",
        "picture: ",
        "photo credit",
        "image: ",
        "photograph: ",
        "picture by ",
        "image credit",
        "photo courtesy",
        "photos by ",
    ];
    if plain.iter().any(|p| lower.contains(p)) || opens.iter().any(|p| lower.starts_with(p)) {
        return true;
    }
    let Some((maker, agency)) = words.rsplit_once('/') else { return false };
    let named = |w: &str| names::agency(w.trim()).is_some();
    let shape = Shape::of(maker);
    let short = shape.words <= 6 && shape.capitalised == shape.words && !maker.contains(['(', '[']);
    (named(agency) && short) || (named(maker) && super::byline::is_person(agency.trim()))
}

/// "In this pool photograph …", "FILE PHOTO: …", "FILE - …", "A picture taken on …".
fn opens_as_caption(line: &str) -> bool {
    const OPENS: [&str; 30] = [
        "in this photo",
        "in this pool photo",
        "in this file photo",
        "in this image",
        "in this handout",
        "in this undated",
        "in this picture",
        "in this screen",
        "in this photograph",
        "in this pool photograph",
        "in this combination",
        "in this video",
        "in this satellite",
        "in this still",
        "in this grab",
        "file photo",
        "file - ",
        "file – ",
        "file — ",
        "this photo ",
        "this photograph",
        "this handout",
        "this image ",
        "this file photo",
        "this picture ",
        "this combination of",
        "a picture taken",
        "a photo taken",
        "a photograph taken",
        "pictured: ",
    ];
    OPENS.iter().any(|open| line.get(..open.len()).is_some_and(|head| head.eq_ignore_ascii_case(open)))
}

/// A sentence that ends in a picture's credit: "(Photo by …)", "[Nora Vale/AFP]", "REUTERS/Nora Vale", "Photograph: Nora Vale/AFP".
fn ends_in_picture_credit(line: &str) -> bool {
    if let Some(open) = line.rfind(['(', '[']).filter(|_| line.ends_with([')', ']'])) {
        let inner = line[open + 1..].trim_end_matches([')', ']', '.']);
        return inner.len() < 140 && (credits_picture(inner) || inner.to_lowercase().starts_with("file"));
    }
    let Some(at) = line.rfind(['.', '|', '?', '!']).filter(|at| at + 1 < line.len()) else { return false };
    let tail = line[at + 1..].trim();
    tail.len() < 100
        && Shape::of(tail).words <= 10
        && credits_picture(tail)
        && Shape::of(&line[..at]).words >= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_of_the_rules_is_on_the_wire() {
        for line in
            ["Share", "Read more", "Trending", "Newsletter", "Accept all", "Comments", "Home", "Terms of Use"]
        {
            assert!(furniture(line).is_some(), "{line}");
        }
        for line in
            ["Advertisement", "Listen", "1 / 2", "Photo by Nora Vale", "About the author", "4 min read"]
        {
            assert!(furniture(line).is_some(), "{line}");
        }
    }

    #[test]
    fn cards_and_glued_labels_are_furniture() {
        let yes = [
            "WorldFerries Return to Aldmoor4 min read",
            "Request ReprintSubmit CorrectionView Guidelines",
            "ShareSaveComments",
            "Nora Vale is the ports editor of the Harbour Post. Follow her on social media at @noravale.",
            "Harbour ‘Strike Law’: What to Know3 min read",
        ];
        let no = [
            "Ferries return to Aldmoor",
            "The YouTube channel of the union was closed on Friday.",
            "McAllister and MacDonald sign",
        ];
        for line in yes {
            assert!(furniture(line).is_some(), "{line}");
        }
        for line in no {
            assert_eq!(furniture(line), None, "{line}");
        }
    }

    #[test]
    fn section_labels_are_cut_from_the_line_before_them() {
        let cut = |line: &str| glued_label(line).map(|at| line[at..].to_owned());
        assert_eq!(
            cut("More of our reporting when you search.Recommended For You").as_deref(),
            Some("Recommended For You")
        );
        assert_eq!(cut("Ferry Pay Explained5 min readRelated Podcasts").as_deref(), Some("Related Podcasts"));
        assert_eq!(cut("Ferry Pay Explained and the Latest News"), None);
        assert_eq!(cut("Trending"), None);
    }

    #[test]
    fn pictures_are_known_by_their_credits() {
        let table: &[(&str, FurnitureReason, bool)] = &[
            ("Nora Vale/Anadolu via Getty Images", FurnitureReason::PictureCredit, true),
            ("Nora Vale/Getty Images", FurnitureReason::PictureCredit, true),
            ("(AP Photo/Nora Vale)", FurnitureReason::PictureCredit, true),
            (
                "The port at dawn on June 4, 2031. (Photo by Nora Vale/NurPhoto via Getty Images)",
                FurnitureReason::Caption,
                true,
            ),
            ("The two ministers meet in the old hall on June 4. (AFP)", FurnitureReason::Caption, false),
            (
                "In this photo released by the ministry, dockers block the gate.",
                FurnitureReason::Caption,
                true,
            ),
            ("FILE - The port of Aldmoor, June 4, 2031.", FurnitureReason::Caption, true),
            ("Dockers block the gate on Monday. REUTERS/Nora Vale", FurnitureReason::Caption, true),
            ("Dockers block the gate in Aldmoor [Nora Vale/AFP]", FurnitureReason::Caption, true),
        ];
        for (line, reason, sure) in table {
            let found = picture(line).unwrap_or_else(|| panic!("{line:?} is no picture's line"));
            assert_eq!(found, (*reason, *sure), "{line}");
        }
        for no in [
            "The ministers met on Monday.",
            "He wrote (in ink) of war/peace",
            "",
            "In this town nobody sleeps.",
        ] {
            assert_eq!(picture(no), None, "{no}");
        }
    }
}
