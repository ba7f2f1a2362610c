//! What moved the gap between two observed years: which side did more, in which direction, and how sure rounding leaves
//! one of it.

use crate::scenario::{Scenario, short_name};

use super::derived::{derived, part_of_gap};
use super::money_unit::MoneyUnit;
use super::text::Text;
use super::title::with_article;

/// A region whose funding changed between two years: its name, what it had, and the change with the interval that
/// rounding of the figures leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Moved {
    /// Word for the region: `us`.
    pub name: String,
    /// Funding in the first year.
    pub before: f64,
    /// Change: central value, lower and upper end.
    pub change: [f64; 3],
}

impl Moved {
    /// How funding of a region moved between two years, in the money shown; `None` where a figure is missing.
    #[must_use]
    pub fn observed(scenario: &Scenario, place: usize, years: [i32; 2]) -> Option<Self> {
        let name = scenario.regions()[place].name();
        let worth = years.map(|year| libm::exp(scenario.log_money(year)));
        Some(Self {
            name: name.to_owned(),
            before: scenario.data().find(name, "funding", years[0])?.value * worth[0],
            change: scenario.data().change_of_funding(name, years, worth)?,
        })
    }
}

/// What can be said of a change of the gap whatever rounding leaves open.
#[derive(Clone, Debug, PartialEq)]
pub enum Mover {
    /// Rounding hides in which direction the gap moved.
    NoDirection,
    /// It hides which side did more.
    Both,
    /// One side moved the gap that way, and the other did not, or rounding hides it.
    Alone {
        /// Position: 0 for the lead region.
        side: usize,
        /// Whether rounding hides what the other side did.
        other_hidden: bool,
    },
    /// Both moved it the same way; one more than the other: its share, with the interval that rounding leaves.
    Mostly {
        /// Position: 0 for the lead region.
        side: usize,
        /// Central value, lower and upper end.
        share: [f64; 3],
    },
}

/// Which side moved the gap, and by how much of the whole.
#[must_use]
pub fn mover(lead: &Moved, follow: &Moved) -> Mover {
    let (effects, total) = effects(lead, follow);
    if sign(total) == 0 {
        return Mover::NoDirection;
    }
    let side = usize::from(effects[1][0].abs() > effects[0][0].abs());
    let (larger, other) = (effects[side], effects[1 - side]);
    if sign(larger) != sign(total) {
        return Mover::Both;
    }
    if sign(other) != sign(total) {
        return Mover::Alone { side, other_hidden: sign(other) == 0 };
    }
    let size = |effect: [f64; 3]| {
        let [value, low, high] = effect.map(f64::abs);
        [value, low.min(high), low.max(high)]
    };
    let (own, rest) = (size(larger), size(other));
    let share = [own[0] / (own[0] + rest[0]), own[1] / (own[1] + rest[2]), own[2] / (own[2] + rest[1])];
    Mover::Mostly { side, share }
}

/// What each side adds to the gap, and the whole.
fn effects(lead: &Moved, follow: &Moved) -> ([[f64; 3]; 2], [f64; 3]) {
    // What the follow region gains narrows the gap.
    let effects = [lead.change, [-follow.change[0], -follow.change[2], -follow.change[1]]];
    (effects, [0, 1, 2].map(|place| effects[0][place] + effects[1][place]))
}

fn sign([_, low, high]: [f64; 3]) -> i32 {
    if low > 0.0 { 1 } else { -i32::from(high < 0.0) }
}

/// What happened to the lead of whoever was ahead: it widened, it narrowed, or it passed to the other side.
#[derive(Clone, Copy, PartialEq)]
enum Direction {
    Wider,
    Narrower,
    Turned,
}

fn direction(lead: &Moved, follow: &Moved) -> Direction {
    let total = effects(lead, follow).1;
    let before = lead.before - follow.before;
    let after = before + total[0];
    match before * after {
        product if product < 0.0 => Direction::Turned,
        _ if total[0] * (before + after) > 0.0 => Direction::Wider,
        _ => Direction::Narrower,
    }
}

/// Title of an observed decomposition.
///
/// It names a fraction only if it lies within the interval that rounding leaves, and a direction only if no rounding could
/// undo it.
#[must_use]
pub fn decomposition_title(year: i32, lead: &Moved, follow: &Moved, money: MoneyUnit) -> Text {
    let [noun, verb] = match direction(lead, follow) {
        Direction::Wider => ["widening", "widened"],
        Direction::Narrower => ["narrowing", "narrowed"],
        Direction::Turned => ["change of lead", "turned"],
    };
    let who = |side: usize| {
        let moved = [lead, follow][side];
        whose(&short_name(&moved.name), motion(moved))
    };
    match mover(lead, follow) {
        Mover::NoDirection => format!("What moved the gap in {year} is open: rounding hides its direction").into(),
        Mover::Both => format!("Both sides moved the {year} gap; rounding hides which did more").into(),
        Mover::Alone { side, other_hidden } => {
            let rest = against([lead, follow][1 - side], other_hidden);
            let what = match direction(lead, follow) {
                Direction::Turned if motion([lead, follow][side]) == "rise" => format!("put it ahead in {year}"),
                Direction::Turned => format!("cost it the lead in {year}"),
                _ => format!("{verb} the {year} gap"),
            };
            format!("{} {what}; {rest}", who(side)).into()
        }
        Mover::Mostly { side, share } => {
            let name = &[lead, follow][side].name;
            let range = derived([share[1], share[2]], &part_of_gap(name), &["low", "high"]).percent_range();
            let explains = Text::from(format!("{} explains ", who(side)));
            let explains = match fraction(share) {
                Some(words) => explains + format!("{words} (") + range + ")",
                None => explains + range,
            };
            explains + format!(" of the {year} {noun} in {}", money.noun())
        }
    }
}

/// `slump` for a loss of more than half, `fall`, `rise`, or `change` where rounding hides the direction.
fn motion(moved: &Moved) -> &'static str {
    match moved.change {
        [_, _, high] if high < 0.0 && moved.change[0] <= -0.5 * moved.before => "slump",
        [_, _, high] if high < 0.0 => "fall",
        [_, low, _] if low > 0.0 => "rise",
        _ => "change",
    }
}

/// What the other side did, where one side alone moved the gap: the gap went on against it.
fn against(other: &Moved, is_hidden: bool) -> String {
    let name = with_article(&short_name(&other.name));
    match motion(other) {
        _ if is_hidden => format!("rounding hides what {name} did"),
        "rise" => format!("{name} rose less"),
        "change" => format!("{name} stood still"),
        _ => format!("{name} fell less"),
    }
}

/// A fraction in words, if the nearest one lies within the interval.
fn fraction([value, low, high]: [f64; 3]) -> Option<&'static str> {
    let known = [
        (0.25, "about a quarter"),
        (1.0 / 3.0, "about a third"),
        (0.5, "about half"),
        (2.0 / 3.0, "about two thirds"),
        (0.75, "about three quarters"),
    ];
    let nearest = known.into_iter().min_by(|a, b| (a.0 - value).abs().total_cmp(&(b.0 - value).abs()))?;
    (low..=high).contains(&nearest.0).then_some(nearest.1)
}

/// `China’s slump`, `The US rise`.
fn whose(name: &str, what: &str) -> String {
    if name.chars().all(char::is_uppercase) {
        format!("The {name} {what}")
    } else if name.ends_with('s') {
        format!("{name}’ {what}")
    } else {
        format!("{name}’s {what}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_of_a_decomposition_holds_whatever_rounding_leaves() {
        let moved = |name: &str, before, change| Moved { name: name.to_owned(), before, change };
        let title = |lead: &Moved, follow: &Moved| decomposition_title(2023, lead, follow, MoneyUnit::default()).text();
        let us = moved("us", 27.2, [3.807, 3.628, 3.989]);
        let china = moved("china", 6.67, [-4.667, -5.975, -3.418]);
        assert_eq!(title(&us, &china), "China’s slump explains about half (46–62%) of the 2023 widening in dollars");
        let Mover::Mostly { side: 1, share } = mover(&us, &china) else { panic!("China did more") };
        assert!((share[0] - 0.5507).abs() < 1e-3);
        // A change that rounding could turn round names no direction.
        let open = moved("us", 27.0, [0.1, -5.0, 5.0]);
        assert!(title(&open, &moved("china", 6.0, [0.1, -1.0, 1.0])).contains("open"));
        let both = title(&us, &moved("china", 2.0, [1.0, 0.5, 1.5]));
        assert_eq!(both, "The US rise widened the 2023 gap; China rose less");
        // Where China is ahead, the same moves narrow its lead, and further ones end it.
        let ahead = moved("china", 60.0, [-4.667, -5.975, -3.418]);
        assert!(title(&us, &ahead).contains("of the 2023 narrowing"));
        let barely = moved("china", 28.0, [-4.667, -5.975, -3.418]);
        assert!(title(&us, &barely).contains("of the 2023 change of lead"));
        let passing = moved("china", 13.5, [32.0, 31.0, 33.0]);
        let led = moved("us", 27.6, [12.2, 12.0, 12.4]);
        assert_eq!(title(&led, &passing), "China’s rise put it ahead in 2023; the US rose less");
    }
}
