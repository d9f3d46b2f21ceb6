//! What has been read already: a paragraph of agency text in ten outlets is computed once.
//!
//! Keys are digests of everything a reading depends on besides the weights, so a remembered reading equals a fresh one and
//! nothing that comes out depends on what was read before. This module does not outlive a run; a store keeps `Doc`s.

use std::collections::{HashMap, VecDeque};

use sha2::{Digest, Sha256};

use crate::reader::{Passage, PassageReading};

/// Tokens that are remembered, at most (44 bytes each, and 270 for the one in three that can stand for somebody).
const MAX_TOKENS: usize = 300_000;

/// Stands for one passage.
pub(crate) type Key = [u8; 32];

/// The digest of what a passage's reading depends on.
pub(crate) fn key_of(passage: &Passage) -> Key {
    let mut digest = Sha256::new();
    let count = |n: usize| (n as u64).to_le_bytes();
    digest.update([u8::from(passage.sentences_known)]);
    digest.update(count(passage.breaks.len()));
    for at in passage.breaks {
        digest.update(at.to_le_bytes());
    }
    digest.update(count(passage.leanings.len()));
    for leaning in passage.leanings {
        digest.update(leaning.to_le_bytes());
    }
    for token in passage.tokens {
        digest.update(count(token.len()));
        digest.update(token);
    }
    digest.finalize().into()
}

/// Readings by key, the oldest forgotten first.
#[derive(Default)]
pub(crate) struct Memory {
    readings: HashMap<Key, PassageReading>,
    by_age: VecDeque<Key>,
    tokens: usize,
}

impl Memory {
    pub(crate) fn get(&self, key: &Key) -> Option<PassageReading> {
        self.readings.get(key).cloned()
    }

    pub(crate) fn keep(&mut self, key: Key, reading: &PassageReading) {
        let size = reading.tokens.len();
        if size > MAX_TOKENS || self.readings.insert(key, reading.clone()).is_some() {
            return;
        }
        self.by_age.push_back(key);
        self.tokens += size;
        while self.tokens > MAX_TOKENS {
            let Some(oldest) = self.by_age.pop_front() else { break };
            self.tokens -= self.readings.remove(&oldest).map_or(0, |reading| reading.tokens.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(tokens: usize) -> PassageReading {
        let choice = crate::reader::Choice { label: 0, confidence: 0.0 };
        let token = crate::reader::TokenReading {
            head: 0,
            attachment: 0.0,
            relation: choice,
            upos: choice,
            xpos: choice,
            name: choice,
            begins_sentence: true,
        };
        PassageReading { tokens: vec![token; tokens], ..PassageReading::default() }
    }

    #[test]
    fn the_oldest_go_when_there_is_no_room() {
        let mut memory = Memory::default();
        for i in 0..5 {
            memory.keep([i; 32], &reading(MAX_TOKENS / 3));
        }
        let kept: Vec<u8> = (0..5).filter(|&i| memory.get(&[i; 32]).is_some()).collect();
        assert_eq!(kept, [2, 3, 4]);
        memory.keep([9; 32], &reading(MAX_TOKENS + 1));
        assert!(memory.get(&[9; 32]).is_none());
        memory.keep([8; 32], &reading(MAX_TOKENS));
        assert!(memory.get(&[8; 32]).is_some() && memory.get(&[4; 32]).is_none());
    }

    #[test]
    fn whatever_changes_a_reading_changes_the_key() {
        let plain =
            Passage { tokens: &["ab", "c"], breaks: &[0], sentences_known: false, leanings: &[0.5, 0.0] };
        let others = [
            Passage { tokens: &["a", "bc"], ..plain },
            Passage { tokens: &["ab", "C"], ..plain },
            Passage { breaks: &[1], ..plain },
            Passage { breaks: &[], ..plain },
            Passage { sentences_known: true, ..plain },
            Passage { leanings: &[0.0, 0.5], ..plain },
            Passage { leanings: &[], ..plain },
        ];
        assert_eq!(key_of(&plain), key_of(&plain.clone()));
        for other in others {
            assert_ne!(key_of(&plain), key_of(&other), "{other:?}");
        }
    }
}
