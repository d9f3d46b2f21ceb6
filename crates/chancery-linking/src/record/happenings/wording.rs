//! What the words around an event tell of it beside who, where and when: whether it is one of many, which day of the week they name, and
//! the sentence itself.

use chancery_model::{Event, Span};

use super::super::Told;

/// Words that a sentence has at least, to be known again on another page.
const LONG: usize = 10;

/// Words behind an act that make it one of many.
const OFTEN: [&str; 7] = ["times", "repeatedly", "often", "regularly", "frequently", "occasions", "twice"];
/// Words behind the act that are looked at.
const BEHIND: usize = 8;

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// What tells a sentence, and where in it the act is told, from others; the same on whatever page it stands.
pub(super) fn sentence(t: &Told<'_>, event: &Event) -> Option<u64> {
    let words = words(t.words(event.sentence));
    let before = Span { start: event.sentence.start, end: event.trigger.start.max(event.sentence.start) };
    let at = self::words(t.words(before)).len();
    (words.len() >= LONG).then(|| {
        let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
        bytes.chain((at as u32).to_le_bytes()).fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
    })
}

/// Whether the words behind an act, up to the next mark, say that it took place many times.
pub(super) fn is_repeated(t: &Told<'_>, event: &Event) -> bool {
    let end = event.sentence.end.max(event.trigger.end);
    let rest = t.words(Span { start: event.trigger.end, end });
    let clause = rest.split([',', ';', '.', ':', '“', '”', '"']).next().unwrap_or_default();
    words(clause).iter().take(BEHIND).any(|word| OFTEN.contains(&word.as_str()))
}

/// The one day of the week that the words for the time name.
pub(super) fn weekday(t: &Told<'_>, event: &Event) -> Option<u8> {
    let when = event.when.as_ref()?;
    let named = words(t.words(when.span?));
    let mut days = (0..).zip(WEEKDAYS).filter(|(_, day)| named.iter().any(|word| word == day));
    days.next().map(|(at, _)| at).filter(|_| days.next().is_none())
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
