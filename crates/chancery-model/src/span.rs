//! Ranges of bytes: of an article's text, and of a raw page. Two types, so that one is never taken for the other.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A range of UTF-8 bytes of an article's text, on `char` boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
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
