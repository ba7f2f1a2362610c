//! A sweep: targets at every value of one input, or of two, on the same random numbers.

mod crossing;
mod precision;

use crate::engine::{Design, Settings};
use crate::measure::{Mistake, Statistic, Target};
use crate::scenario::Scenario;
use crate::summary::{Estimate, FIRST_PATHS, Objective, Variant, out_of_reach};

use super::exists::why_it_does_not_exist;
use super::named::{asked_twice, named_twice};
use super::passes::Passes;
use super::recipe::Sweep;
use super::refused::Refused;
use super::seek::objective;
use super::varied::Varied;
pub use precision::SweepPrecision;

/// Most cells of a sweep.
const MOST_CELLS: usize = 10_000;

/// Designs that are simulated side by side: their blocks stay in the cache together.
const TOGETHER: usize = 8;

/// An input with the values that a sweep goes along.
#[derive(Clone, Debug, PartialEq)]
pub struct Along {
    /// Input that is varied.
    pub varied: Varied,
    /// Its values in the internal unit, rising.
    pub values: Vec<f64>,
}

/// Low and high end of a range.
pub type Ends = (f64, f64);

/// Targets over a grid.
#[derive(Clone, Debug)]
pub struct Swept {
    /// Scenario that was asked.
    pub scenario: Scenario,
    /// One input or two.
    pub along: Vec<Along>,
    /// Targets of every cell.
    pub targets: Vec<Target>,
    /// By target, then by value of the second input (one row without), then of the first.
    pub cells: Vec<Vec<Vec<Option<Estimate>>>>,
    /// The middle 80% of paths of each cell, where the target is a median; otherwise none.
    pub bands: Vec<Vec<Vec<Option<Ends>>>>,
    /// What was reached of a stated precision.
    pub precision: Option<SweepPrecision>,
    /// Paths and seed.
    pub settings: Settings,
}

/// A recipe for a sweep, read with the names of its scenario.
#[derive(Clone, Debug)]
pub struct AskedSweep {
    along: Vec<Along>,
    targets: Vec<Target>,
    /// Half-width of the intervals of simulation that paths are doubled for.
    precision: Option<f64>,
}

impl Sweep {
    /// Reads its inputs with their values, and its targets.
    ///
    /// # Errors
    /// The first mistake, with the flag it stands behind.
    pub fn asked(&self, scenario: &Scenario) -> Result<AskedSweep, Refused> {
        let mut along: Vec<Along> = Vec::new();
        for text in &self.over {
            let wrong = |mistake| Refused::Asked { flag: "--over", text: text.clone(), mistake };
            let one = Along::read(scenario, text).map_err(wrong)?;
            if let Some(mistake) = named_twice(along.iter().map(|it| &it.varied), &one.varied, text) {
                return Err(wrong(mistake));
            }
            along.push(one);
            let cells: usize = along.iter().map(|it| it.values.len()).product();
            if cells > MOST_CELLS {
                let (what, cure) = (
                    format!("this makes {cells} cells"),
                    format!("take fewer values: at most {MOST_CELLS} cells together"),
                );
                return Err(wrong(Mistake { span: 0..text.len(), what, cure }));
            }
        }
        let mut targets = Vec::new();
        for text in &self.of {
            let wrong = |mistake| Refused::Asked { flag: "--of", text: text.clone(), mistake };
            let target = scenario.target(text).map_err(wrong)?;
            if let Some(what) = why_it_does_not_exist(scenario, &target.asked) {
                let cure = "ask for the median or a quantile".to_owned();
                return Err(wrong(Mistake { span: 0..text.len(), what, cure }));
            }
            if let Some(mistake) = asked_twice(&targets, &target, text) {
                return Err(wrong(mistake));
            }
            targets.push(target);
        }
        if targets.is_empty() {
            let horizon = scenario.horizon();
            let usual = ["median of ratio", "median of gap"];
            targets = usual.iter().filter_map(|text| scenario.target(&format!("{text} in {horizon}")).ok()).collect();
        }
        Ok(AskedSweep { along, targets, precision: self.precision })
    }
}

impl Along {
    /// Reads `us.deals.growth=-10%:30%:9`, `us.deals.growth={5%, 10%}`, either with `:fixed` behind it.
    fn read(scenario: &Scenario, text: &str) -> Result<Self, Mistake> {
        let mistake =
            |span: std::ops::Range<usize>, what: String, cure: &str| Mistake { span, what, cure: cure.to_owned() };
        const EXAMPLE: &str = "write us.deals.growth=-10%:30%:9, or us.deals.growth={0%, 5%, 10%}";
        let Some((address, values)) = text.split_once('=') else {
            return Err(mistake(0..text.len(), "this names no values".to_owned(), EXAMPLE));
        };
        let start = address.len() + 1;
        let (values, fixed) = values.strip_suffix(":fixed").map_or((values, false), |values| (values, true));
        let varied = Varied::of(scenario, address.trim(), fixed)?;
        let end = start + values.len();
        let found: Vec<f64> = if let Some(list) = values.trim().strip_prefix('{') {
            let Some(list) = list.strip_suffix('}') else {
                return Err(mistake(start..end, "the list is not closed".to_owned(), EXAMPLE));
            };
            let mut at = start + values.find('{').unwrap_or(0) + 1;
            let mut all = Vec::new();
            for part in list.split(',') {
                let here = at;
                at += part.len() + 1;
                all.push(varied.read(scenario, part).map_err(|it| Mistake { span: here..here + part.len(), ..it })?);
            }
            all
        } else {
            let parts: Vec<&str> = values.split(':').collect();
            if let [_, _, _, word] = parts[..] {
                let what = format!("`:{word}` says nothing here");
                return Err(mistake(
                    end - word.len() - 1..end,
                    what,
                    "write :fixed to hold the input certain at each value",
                ));
            }
            let [from, to, number] = parts[..] else {
                return Err(mistake(start..end, "a range has two ends and a number of values".to_owned(), EXAMPLE));
            };
            let shifted = |by: usize| move |it: Mistake| Mistake { span: it.span.start + by..it.span.end + by, ..it };
            let first = varied.read(scenario, from).map_err(shifted(start))?;
            let last = varied.read(scenario, to).map_err(shifted(start + from.len() + 1))?;
            let count = number.trim().parse::<usize>().ok().filter(|count| (2..=1000).contains(count));
            let Some(count) = count else {
                let span = end - number.len()..end;
                return Err(mistake(span, format!("`{}` is no number of values", number.trim()), "write 2 to 1000"));
            };
            if first >= last {
                let what = if first == last { "both ends are equal" } else { "the lower end comes first" };
                return Err(mistake(start..end, what.to_owned(), EXAMPLE));
            }
            let (low, high) = (varied.in_unit(scenario, first).0, varied.in_unit(scenario, last).0);
            let step = |place: usize| {
                let value = low + (high - low) * place as f64 / (count - 1) as f64;
                // As a user would write it: steps of percentages are decimal numbers.
                varied.from_unit(scenario, (value * 1e12).round() / 1e12)
            };
            let years = varied.in_unit(scenario, first).1 == "year";
            let mut all: Vec<f64> =
                (0..count).map(|place| if years { step(place).round() } else { step(place) }).collect();
            (all[0], all[count - 1]) = (first, last);
            all
        };
        let mut values = found;
        values.sort_by(f64::total_cmp);
        values.dedup();
        if values.len() < 2 {
            return Err(mistake(start..end, "nothing can be swept over one value".to_owned(), EXAMPLE));
        }
        if let Some(value) = values.iter().find(|value| !varied.may_be(**value)) {
            let shown = varied.as_written(scenario, *value);
            let what = format!("`{}` cannot be {}", varied.address, shown.trim_matches('"'));
            return Err(mistake(start..end, what, &varied.bounds_in_words(scenario)));
        }
        Ok(Self { varied, values })
    }
}

impl Swept {
    /// Asks for every cell.
    #[must_use]
    pub fn of(scenario: &Scenario, asked: AskedSweep, settings: &Settings, told: &(dyn Fn(u64) + Sync)) -> Self {
        Self::counted(scenario, asked, (settings, &Passes::Here), told)
    }

    /// Asks for every cell, with passes that are counted here or elsewhere.
    ///
    /// With a stated precision all cells take twice as many paths, from 4,096 on, until it holds in each, or all paths are taken.
    pub(super) fn counted(
        scenario: &Scenario,
        asked: AskedSweep,
        (settings, passes): (&Settings, &Passes),
        told: &(dyn Fn(u64) + Sync),
    ) -> Self {
        let Some(precision) = asked.precision else { return Self::once(scenario, asked, (settings, passes), told) };
        let mut paths = settings.paths.min(FIRST_PATHS);
        let mut done = 0;
        loop {
            let counted = &|cells| told(done + cells);
            let mut found = Self::once(scenario, asked.clone(), (&settings.with_paths(paths), passes), counted);
            let of = |(target, rows): (_, &Vec<Vec<Option<Estimate>>>)| {
                (target, rows.iter().flatten().flatten().copied().collect())
            };
            let reached = SweepPrecision::of(precision, found.targets.iter().zip(&found.cells).map(of), paths);
            let in_vain = out_of_reach(precision, reached.reached(), [paths, settings.paths]).is_some();
            if reached.is_met() || paths == settings.paths || in_vain {
                found.precision = Some(reached);
                return found;
            }
            done += Self::steps(&asked);
            paths = settings.paths.min(2 * paths);
        }
    }

    /// Asks for every cell with all paths.
    fn once(
        scenario: &Scenario,
        asked: AskedSweep,
        (settings, passes): (&Settings, &Passes),
        told: &(dyn Fn(u64) + Sync),
    ) -> Self {
        let AskedSweep { along, targets, .. } = asked;
        let plain = Variant::of(scenario);
        let designs = designs(&along);
        let mut objectives: Vec<Objective> = targets.iter().map(|target| objective(&target.asked)).collect();
        // Bands are drawn along one input.
        let banded: Vec<Option<usize>> = (0..targets.len())
            .map(|place| {
                let ends = ends(&objectives[place]).filter(|_| along.len() == 1)?;
                objectives.extend(ends);
                Some(objectives.len() - 2)
            })
            .collect();
        let mut found: Vec<Vec<Option<Estimate>>> = Vec::new();
        for some in designs.chunks(TOGETHER) {
            let variants: Vec<Option<Variant>> = some.iter().map(|design| plain.under(design).ok()).collect();
            let whole: Vec<Variant> = variants.iter().flatten().cloned().collect();
            let mut estimates = passes.evaluate(&objectives, &whole, settings).into_iter();
            let none = || vec![None; objectives.len()];
            found.extend(variants.iter().map(|it| it.as_ref().and_then(|_| estimates.next()).unwrap_or_else(none)));
            told(found.len() as u64);
        }
        let columns = along[0].values.len();
        let grid = |of: &dyn Fn(&Vec<Option<Estimate>>) -> Option<Estimate>| -> Vec<Vec<Option<Estimate>>> {
            found.chunks(columns).map(|row| row.iter().map(of).collect()).collect()
        };
        let cells = (0..targets.len()).map(|place| grid(&|it| it[place])).collect();
        let band = |it: &Vec<Option<Estimate>>, first: usize| Some((it[first]?.value, it[first + 1]?.value));
        let bands = banded
            .iter()
            .map(|first| {
                let of = |it: &Vec<Option<Estimate>>| first.and_then(|first| band(it, first));
                found.chunks(columns).map(|row| row.iter().map(of).collect()).collect()
            })
            .collect();
        let (scenario, settings) = (scenario.clone(), settings.clone());
        Self { scenario, along, targets, cells, bands, precision: None, settings }
    }

    /// Number of runs of a sweep.
    #[must_use]
    pub fn steps(asked: &AskedSweep) -> u64 {
        asked.along.iter().map(|it| it.values.len() as u64).product()
    }

    /// The row of cells in which the second input is nearest to the value of the scenario; the only one along one input.
    #[must_use]
    pub fn nearest_row(&self) -> usize {
        self.along.get(1).map_or(0, |second| second.nearest(&self.scenario))
    }

    /// The row of cells that a title tells of: the one nearest to the scenario, or the nearest to it of those in which the target
    /// crosses its level, if some do.
    #[must_use]
    pub fn told_row(&self, target: usize) -> usize {
        let own = self.nearest_row();
        let crosses = |row: &usize| self.tips(target, *row).is_some() || self.leaps(target, *row).is_some();
        let rows = 0..self.cells.get(target).map_or(0, Vec::len);
        rows.filter(crosses).min_by_key(|row| row.abs_diff(own)).unwrap_or(own)
    }

    /// The row of cells in which the second input has the value of the scenario; the only one along one input.
    #[must_use]
    pub fn own_row(&self) -> Option<usize> {
        let Some(second) = self.along.get(1) else { return Some(0) };
        second.position(&self.scenario)
    }
}

impl Swept {
    /// A target in the cell nearest to the values that the scenario itself has.
    #[must_use]
    pub fn near_own(&self, target: usize) -> Option<f64> {
        let column = self.along.first()?.nearest(&self.scenario);
        let cell = *self.cells.get(target)?.get(self.nearest_row())?.get(column)?;
        cell.map(|it| it.value).filter(|value| value.is_finite())
    }
}

/// The ends of the middle 80% of paths beside a median.
fn ends(objective: &Objective) -> Option<[Objective; 2]> {
    let Objective::Statistic { statistic: Statistic::Quantile(0.5), measure, year } = objective else { return None };
    Some([0.1, 0.9].map(|p| Objective::Statistic { statistic: Statistic::Quantile(p), measure: *measure, year: *year }))
}

/// The design of every cell, row by row of the second input.
fn designs(along: &[Along]) -> Vec<Design> {
    let rows = along.get(1).map_or(vec![None], |it| it.values.iter().copied().map(Some).collect());
    let cell = |second: Option<f64>, first: f64| {
        let design = along[0].varied.at(&Design::new(), first);
        match (second, along.get(1)) {
            (Some(value), Some(it)) => it.varied.at(&design, value),
            _ => design,
        }
    };
    rows.into_iter().flat_map(|second| along[0].values.iter().map(move |first| cell(second, *first))).collect()
}

impl Along {
    /// Place of the value that is nearest to the scenario's own.
    pub(crate) fn nearest(&self, scenario: &Scenario) -> usize {
        let own = self.varied.own(scenario);
        let distance = |place: &usize| (self.values[*place] - own).abs();
        (0..self.values.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
    }

    /// Place of the scenario's own value among the values, if it is one of them.
    #[must_use]
    pub fn position(&self, scenario: &Scenario) -> Option<usize> {
        let own = self.varied.own(scenario);
        self.values.iter().position(|value| (value - own).abs() <= 1e-9 * own.abs().max(1.0))
    }
}
