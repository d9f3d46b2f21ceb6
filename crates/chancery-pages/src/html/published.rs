//! When a story was published, and what that rests on.
//!
//! The most trusted kind of source that says anything decides: JSON-LD of a story, meta elements, properties in the text, stamps that the page
//! shows, the address. Where sources of one kind differ by more than a day and nothing settles it, the date stays open.

use chancery_model::{Basis, Cite, Date, Moment, Page, Published};

use super::body::Judged;
use super::facts::Facts;
use super::outline::Outline;
use super::tag::{Key, Tag};
use super::tree::Tree;
use crate::recognise::stamp::{self, StampKind, StampValue};

/// Sources of one kind that differ by no more days than this agree: time zones, a story held over midnight.
const AGREE_DAYS: i64 = 1;
/// A stamp stands no further from the story's first or last block than this many blocks.
const NEAR: usize = 14;

/// The date of the story between the blocks `first` and `last`.
pub(super) fn find(
    tree: &Tree<'_>,
    outline: &Outline,
    judged: &Judged<'_>,
    facts: &Facts,
    page: &Page,
    around: (usize, usize),
    main: bool,
) -> Published {
    let shown = Shown { tree, outline, judged, page, around };
    let metadata = [
        facts.stories.iter().filter_map(|s| moment(s.published.as_deref()?)).collect::<Vec<_>>(),
        facts.published.iter().filter_map(|words| moment(words)).collect(),
    ];
    let address =
        page.known.url.as_deref().or(facts.address.as_deref()).filter(|_| main).and_then(in_address);
    let all: Vec<Moment> = metadata.iter().flatten().copied().collect();
    if let Some(first) = metadata.iter().find_map(|kind| kind.first().copied()) {
        return match settle(first, &all, address, &shown) {
            Some(when) => Published { when: Ok(when), basis: Some(Basis::Metadata), cite: None },
            None => Published::unknown("the page's metadata gives dates that differ"),
        };
    }
    if let Some((when, cite)) = shown.time_elements().or_else(|| shown.stamps()) {
        return Published { when: Ok(when), basis: Some(Basis::Page), cite: Some(cite) };
    }
    match address {
        Some(date) => Published { when: Ok(date.into()), basis: Some(Basis::Url), cite: None },
        None if main => Published::unknown("the page gives no date"),
        None => Published::unknown("the page gives this story no date of its own"),
    }
}

/// The date that stands when metadata may differ: the first, unless the address or the page's own stamp speaks for another.
fn settle(first: Moment, all: &[Moment], address: Option<Date>, shown: &Shown<'_, '_>) -> Option<Moment> {
    if all.iter().all(|m| agree(m.date, first.date)) {
        return Some(first);
    }
    let witness = address.or_else(|| Some(shown.stamps()?.0.date))?;
    all.iter().find(|m| agree(m.date, witness)).copied()
}

fn agree(a: Date, b: Date) -> bool {
    (days(a) - days(b)).abs() <= AGREE_DAYS
}

/// A number of days, right for telling near dates apart.
fn days(date: Date) -> i64 {
    let (year, month) = (i64::from(date.year()), i64::from(date.month()));
    let (year, month) = if month <= 2 { (year - 1, month + 9) } else { (year, month - 3) };
    365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + i64::from(date.day())
}

/// A moment in any form that metadata has.
pub(super) fn moment(words: &str) -> Option<Moment> {
    let words = words.trim();
    Moment::parse(words).or_else(|| stamp::moment(words)).or_else(|| words.get(..10).and_then(Moment::parse))
}

/// The day in an address: `/2025/12/02/`, `/2025-12-02`, `/2025/dec/02/`.
fn in_address(address: &str) -> Option<Date> {
    let path = address.split(['?', '#']).next()?;
    let parts: Vec<&str> = path.split('/').collect();
    let by_parts = parts.windows(3).find_map(|w| {
        let year = w[0].parse().ok().filter(|y| w[0].len() == 4 && (1990..2100).contains(y))?;
        Date::new(year, month(w[1])?, w[2].get(..2).unwrap_or(w[2]).parse().ok()?)
    });
    by_parts.or_else(|| {
        let starts = path.char_indices().map(|(at, _)| at);
        starts.filter_map(|at| Date::parse(path.get(at..at + 10)?)).find(|d| (1990..2100).contains(&d.year()))
    })
}

fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let by_name = MONTHS.iter().position(|m| word.get(..3).is_some_and(|w| w.eq_ignore_ascii_case(m)));
    by_name.map(|m| m as u32 + 1).or_else(|| word.parse().ok().filter(|_| word.len() <= 2))
}

/// The dates that the page shows around a story.
struct Shown<'a, 'm> {
    tree: &'a Tree<'m>,
    outline: &'a Outline,
    judged: &'a Judged<'a>,
    page: &'a Page,
    around: (usize, usize),
}

impl Shown<'_, '_> {
    /// The blocks near the story that can be stamps, those above it first.
    fn near(&self) -> impl Iterator<Item = usize> + '_ {
        let (first, last) = self.around;
        let after = last + 1..(last + 1 + NEAR).min(self.outline.blocks.len());
        (first.saturating_sub(NEAR)..(first + 3).min(self.outline.blocks.len())).chain(after)
    }

    /// The `time` element near the story that says when it was published.
    fn time_elements(&self) -> Option<(Moment, Cite)> {
        let mut found: Option<(StampKind, Moment, Cite)> = None;
        for at in self.near() {
            if self.judged.is_elsewhere(at) {
                continue;
            }
            let Some((kind, when)) = self.time_of(at) else { continue };
            if found.as_ref().is_none_or(|(known, ..)| kind < *known) {
                let line = self.outline.line(self.tree, at, self.judged.under);
                found = Some((kind, when, line.cite(self.page)));
            }
        }
        found.map(|(_, when, cite)| (when, cite))
    }

    /// The machine-readable moment of a block, and whether it is one of publication or of change.
    fn time_of(&self, at: usize) -> Option<(StampKind, Moment)> {
        let block = &self.outline.blocks[at];
        let pieces = &self.outline.pieces[block.pieces.start as usize..block.pieces.end as usize];
        let mut elements = pieces.iter().flat_map(|p| self.tree.around(*p).take(3));
        let time = elements.find(|n| {
            let tag = self.tree.nodes[*n as usize].tag;
            tag == Tag::Time || self.tree.value(*n, Key::Itemprop) == Some("datePublished")
        })?;
        let words = self.tree.value(time, Key::Datetime).or_else(|| self.tree.value(time, Key::Content))?;
        let text = self.outline.text(self.tree, at);
        let changed = self.tree.value(time, Key::Itemprop) == Some("dateModified")
            || stamp::of_line(text).first().is_some_and(|s| s.kind == StampKind::Updated)
            || text.trim_start().get(..7).is_some_and(|w| w.eq_ignore_ascii_case("updated"));
        Some((if changed { StampKind::Updated } else { StampKind::Published }, moment(words)?))
    }

    /// The stamp near the story whose words settle a day.
    fn stamps(&self) -> Option<(Moment, Cite)> {
        let mut found: Option<(StampKind, Moment, Cite)> = None;
        for at in self.near() {
            let block = &self.outline.blocks[at];
            if block.words > 20 || self.judged.is_elsewhere(at) {
                continue;
            }
            let line = self.outline.line(self.tree, at, self.judged.under);
            let Some(stamp) = stamp::best(&stamp::of_line(&line.text)) else { continue };
            if let StampValue::At(when) = stamp.value
                && found.as_ref().is_none_or(|(known, ..)| stamp.kind < *known)
            {
                found = Some((stamp.kind, when, line.cite_part(self.page, stamp.span)));
            }
        }
        found.map(|(_, when, cite)| (when, cite))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_give_days() {
        let cases = [
            ("https://post.example/2025/12/02/talks-open", Some("2025-12-02")),
            ("https://post.example/world/2025/dec/02/talks", Some("2025-12-02")),
            ("https://post.example/talks-open-2025-12-02.html", Some("2025-12-02")),
            ("https://post.example/2025/13/02/talks", None),
            ("https://post.example/article/20251202", None),
            ("https://post.example/a?d=2025-12-02", None),
        ];
        for (address, day) in cases {
            assert_eq!(in_address(address).map(|d| d.to_string()).as_deref(), day, "{address}");
        }
    }

    #[test]
    fn moments_of_metadata_are_read() {
        for words in
            ["2024-04-30 16:38:37 +02:00", "2024-04-30T16:38:37.529Z", "2024-04-30", "April 30, 2024"]
        {
            assert_eq!(moment(words).map(|m| m.date.to_string()).as_deref(), Some("2024-04-30"), "{words}");
        }
        assert_eq!(moment("soon"), None);
    }
}
