//! Flags of paths and seed, the same for every command that simulates.

use std::hash::{BuildHasher, Hasher};
use std::ops::RangeInclusive;

use crate::engine::Settings;
use crate::study::Recipe;
use crate::wording;

use super::print::Terminal;

/// A seed as it is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Seed {
    Given(u64),
    Random,
}

impl Seed {
    /// The number; a random one has 53 bits, so that every reader of the manifest reads the same number.
    pub(crate) fn number(self) -> u64 {
        match self {
            Self::Given(seed) => seed,
            Self::Random => std::hash::RandomState::new().build_hasher().finish() >> 11,
        }
    }

    /// Tells the number that was chosen, where one was.
    pub(crate) fn tell(self, recipe: &Recipe, terminal: &Terminal) {
        if let (Self::Random, Some(seed)) = (self, recipe.seed) {
            terminal.remark(&format!("seed {seed}"));
        }
    }
}

/// A whole number in JSON: a text beyond 2^53, where most readers of JSON would change its last digits.
pub(super) fn json_whole(number: u64) -> serde_json::Value {
    if number <= 1 << 53 { number.into() } else { number.to_string().into() }
}

pub(super) fn paths(text: &str) -> Result<u64, String> {
    let number: u64 =
        text.replace([',', '_'], "").parse().map_err(|_| "write an even whole number, such as 20000".to_owned())?;
    if number % 2 == 1 || number < 2 {
        return Err("write an even number, at least 2: two paths share each draw of the assumptions".to_owned());
    }
    if number > Settings::MOST_PATHS {
        return Err(format!("at most {}", wording::count(Settings::MOST_PATHS as f64)));
    }
    Ok(number)
}

/// A whole number within bounds, as a flag takes it; thousands may be parted.
pub(super) fn whole<N: TryFrom<u64>>(bounds: RangeInclusive<u64>) -> impl Fn(&str) -> Result<N, String> + Clone {
    move |text: &str| {
        let number = text.replace([',', '_'], "").parse().ok().filter(|it| bounds.contains(it));
        number.and_then(|it| N::try_from(it).ok()).ok_or_else(|| {
            let shown = |bound: &u64| wording::count(*bound as f64);
            format!("write a whole number from {} to {}", shown(bounds.start()), shown(bounds.end()))
        })
    }
}

/// A precision as a percentage.
pub(super) fn precision(text: &str) -> Result<f64, String> {
    let percent: Option<f64> = text.strip_suffix('%').and_then(|number| number.trim().parse().ok());
    match percent {
        // To a millionth of a percent, which is what the command shows.
        Some(percent) if (1e-6..=50.0).contains(&percent) => Ok((percent * 1e6).round() / 1e8),
        Some(_) => Err("write a percentage above 0% and at most 50%".to_owned()),
        None => Err("write a percentage, such as 1%".to_owned()),
    }
}

pub(super) fn seed(text: &str) -> Result<Seed, String> {
    if text == "random" {
        return Ok(Seed::Random);
    }
    text.parse().map(Seed::Given).map_err(|_| format!("write a whole number from 0 to {}, or random", u64::MAX))
}
