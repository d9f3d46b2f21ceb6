//! The hash of the tables that come with the program (Fowler, Noll and Vo's FNV-1a): quick on short words.
//!
//! It resists nobody who chooses the keys, so it is only for tables that no input can grow.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A table that is built once, from lists of our own.
pub(crate) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;

pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xCBF2_9CE4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3);
        }
    }
}
