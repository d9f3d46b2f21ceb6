//! Ranges of bytes: of an article's text, and of a raw page. Two types, so that one is never taken for the other.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of UTF-8 bytes of an article's text, on `char` boundaries.
///
/// It is packed as where it begins and how long it is: most are short.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> Self {
        (span.start, span.end.wrapping_sub(span.start))
    }
}

impl From<(u32, u32)> for Span {
    fn from((start, length): (u32, u32)) -> Self {
        Self { start, end: start.wrapping_add(length) }
    }
}

/// A range of bytes of a raw page, as it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PageSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

macro_rules! range_methods {
    ($name:ident) => {
        impl $name {
            /// `start..end`; an inverted range is a defect of the caller.
            pub fn new(start: usize, end: usize) -> Self {
                debug_assert!(start <= end, "inverted range {start}..{end}");
                Self { start: start as u32, end: end as u32 }
            }

            /// Number of bytes.
            pub fn len(self) -> usize {
                (self.end - self.start) as usize
            }

            /// Whether it holds no byte.
            pub fn is_empty(self) -> bool {
                self.start == self.end
            }

            /// The same range for slicing.
            pub fn range(self) -> Range<usize> {
                self.start as usize..self.end as usize
            }

            /// Whether `other` lies wholly inside.
            pub fn covers(self, other: Self) -> bool {
                self.start <= other.start && other.end <= self.end
            }

            /// Whether the two share a byte.
            pub fn overlaps(self, other: Self) -> bool {
                self.start < other.end && other.start < self.end
            }
        }
    };
}

range_methods!(Span);
range_methods!(PageSpan);
