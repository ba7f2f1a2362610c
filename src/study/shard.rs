//! Shards: one of several equal shares of a study's work, written `2/5`, that any machine can do by itself.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::engine::Settings;
use crate::summary::Partial;

/// One of several equal shares of a study's work.
///
/// # Examples
/// ```
/// use aigap::study::Shard;
///
/// let second = Shard::read("2/5")?;
/// assert_eq!(second.to_string(), "2/5");
/// assert!(Shard::read("6/5").is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shard {
    /// Which one, from 1.
    number: u64,
    /// How many there are.
    of: u64,
}

impl Shard {
    /// Most shards of a study.
    pub const MOST: u64 = 10_000;

    /// Reads a shard as it is written, such as `2/5`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn read(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<u64>().ok();
        let both = text.split_once('/').and_then(|(shard, all)| Some((number(shard)?, number(all)?)));
        let Some((number, of)) = both else {
            return Err("write which of how many, such as 2/5".to_owned());
        };
        let shard = Self { number, of };
        if shard.is_sound() {
            return Ok(shard);
        }
        Err(match of {
            0 => "there is no shard of none; write which of how many, such as 2/5".to_owned(),
            _ if of > Self::MOST => format!("a study has at most {} shards", Self::MOST),
            _ => format!("shards of {of} are numbered from 1/{of} to {of}/{of}"),
        })
    }

    /// Whether it is one of its shards.
    #[must_use]
    pub fn is_sound(self) -> bool {
        (1..=self.of).contains(&self.number) && self.of <= Self::MOST
    }

    /// Which one, from 1.
    #[must_use]
    pub fn number(self) -> u64 {
        self.number
    }

    /// How many there are.
    #[must_use]
    pub fn of(self) -> u64 {
        self.of
    }

    /// Its range of the paths of a run, which begins and ends where blocks do.
    pub(super) fn range_of(self, settings: &Settings) -> Range<u64> {
        Partial::range_of(settings, self.number - 1, self.of)
    }

    /// Its range among so many equal parts.
    pub(super) fn range(self, parts: u64) -> Range<usize> {
        let start = |number: u64| (parts * number / self.of) as usize;
        start(self.number - 1)..start(self.number)
    }

    /// Whether a turn, from 0, is its own: they take turns in their order.
    pub(super) fn has_turn(self, turn: u64) -> bool {
        turn % self.of == self.number - 1
    }
}

impl std::fmt::Display for Shard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}/{}", self.number, self.of)
    }
}
