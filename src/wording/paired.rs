//! What a what-if does on the same luck, in sentences: the effect on the ratio, how many paths it moves, the gap.

use crate::metric::{Metric, sides};
use crate::scenario::{Scenario, short_name};
use crate::study::Compared;
use crate::summary::{Estimate, PairedRow, Probability};
use crate::table::Cell;

use super::cited::Cited;
use super::effect::{NO_CHANGE, effect, effect_verb};
use super::goal::input_name;
use super::lookup::of_gap;
use super::money_unit::MoneyUnit;
use super::text::Text;

/// The paired differences of a what-if in one metric of the gap and one year, with the words that name their row.
#[derive(Clone, Debug)]
pub struct Pair<'a> {
    /// What readers know the what-if by.
    pub name: &'a str,
    /// The differences.
    pub row: &'a PairedRow,
    what_if: &'a str,
    region: String,
    /// Whether every series has the same luck under both.
    same_luck: bool,
    /// The two sides of the gap where the second one is ahead: `US − China`, of which a reader has to know the sign.
    sides: Option<String>,
}

impl<'a> Pair<'a> {
    /// The differences in a metric and year; `None` where the two have nothing in common.
    #[must_use]
    pub fn of(base: &Scenario, it: &'a Compared, metric: Metric, year: i32) -> Option<Self> {
        let row = PairedRow::of_gap(&it.rows, metric, year)?;
        let region = of_gap(metric).region(base);
        let same_luck = it.luck.iter().all(|luck| luck.same);
        let of = |place: usize| short_name(base.regions()[place].name());
        let sides =
            sides(base).follow_leads.then(|| format!("{} − {}", of(base.gap().lead()), of(base.gap().follow())));
        Some(Self { name: &it.name, row, what_if: it.side.scenario.name(), region, same_luck, sides })
    }

    pub(super) fn cited<T>(&self, value: T, columns: &[&str]) -> Cited<T> {
        let (metric, year) = (self.row.measure.metric.name(), self.row.year.to_string());
        let row = [("what_if", self.what_if), ("metric", metric), ("region", &self.region), ("year", &year)];
        Cited::new(value, Cell::new("compare.csv", &row, columns))
    }

    fn median(&self) -> f64 {
        self.row.ratio.map_or(f64::NAN, |quantiles| quantiles[3])
    }

    fn share(&self, p: &Probability, name: &str) -> Text {
        self.cited(*p, &[name, &format!("{name}_error"), "paths"]).paired_share().into()
    }

    /// The median of the paired ratios: `÷1.6`.
    #[must_use]
    pub fn median_effect(&self) -> Text {
        self.cited(self.median(), &["ratio_p50"]).effect().into()
    }

    /// Median and 80% range of the paired ratios: `÷1.6 (80%: ÷2.6 to no change)`.
    #[must_use]
    pub fn effect_with_range(&self) -> Option<Text> {
        let quantiles = self.row.ratio?;
        let columns = ["ratio_p50", "ratio_p10", "ratio_p90"];
        Some(self.cited([quantiles[3], quantiles[1], quantiles[5]], &columns).effect_range().into())
    }
}

impl Pair<'_> {
    /// Median of the paired differences of an amount, and its 80% range; `None` where nothing changes.
    #[must_use]
    pub fn change_with_range(&self, money: MoneyUnit) -> Option<[Text; 2]> {
        let row = self.row;
        let quantiles = row.difference.quantiles.filter(|_| row.unchanged.hits < row.unchanged.paths)?;
        let end = |place: usize, column| self.cited(quantiles[place], &[column]).change(money);
        let range = Text::from(end(1, "difference_p10")) + " to " + end(5, "difference_p90");
        let median = Estimate { value: quantiles[3], error: row.difference.median_error.unwrap_or(f64::INFINITY) };
        let median = self.cited(median, &["difference_p50", "difference_p50_error"]);
        Some([median.change(money).into(), range])
    }
}

/// `“China state push” divides the 2033 ratio by 4.5 in the middle path`: the median of the paired ratios.
#[must_use]
pub fn effect_title(pair: &Pair) -> Text {
    let Pair { name, row, .. } = pair;
    let year = row.year;
    let effect = Estimate { value: pair.median(), error: row.ratio_error.unwrap_or(0.0) };
    let first = Text::from("“") + Text::own(*name) + "” ";
    match pair.cited(effect, &["ratio_p50", "log_ratio_p50_error"]).effect_verb() {
        Some([verb, size]) => first + verb + format!(" the {year} ratio ") + size + " in the middle path",
        None if row.unchanged.hits == row.unchanged.paths => first + format!("leaves the {year} ratio as it is"),
        None => first + format!("leaves the {year} ratio about where it was"),
    }
}

/// The sentence of one what-if: effect, and the share of paths that it moves that way.
///
/// A share that follows from the construction is not printed: where every changed path goes the same way, the share of
/// paths without any change is what the reader does not know.
#[must_use]
pub fn effect_sentence(pair: &Pair) -> Text {
    let Pair { name, row, .. } = pair;
    if row.ratio.is_none() {
        let cannot = format!("” cannot be held against the baseline in {}: no path has a ratio in both.", row.year);
        return Text::from("“") + Text::own(*name) + cannot;
    }
    let share = share_moved(pair).map(|share| Text::from("; ") + share + " of paths").unwrap_or_default();
    let median = pair.median();
    let small = effect_verb(median, 0.0).is_none() && row.unchanged.hits < row.unchanged.paths;
    let beside = if small && effect(median) != NO_CHANGE {
        Text::from(" (median effect ") + pair.cited(median, &["ratio_p50"]).effect() + ")"
    } else {
        Text::default()
    };
    // Luck is called the same only where it was found to be.
    let luck = if pair.same_luck { "With the same luck in both, " } else { "" };
    Text::from(luck) + effect_title(pair) + beside + share + "."
}

/// Whose luck differs between the two, where any does: its part of the effect is other dice and not the what-if.
#[must_use]
pub(super) fn other_luck(it: &Compared) -> Option<Text> {
    let named = |series: &str| input_name(&it.side.scenario, series);
    let other: Vec<String> = it.luck.iter().filter(|luck| !luck.same).map(|luck| named(&luck.series)).collect();
    let which = match (other.len(), it.luck.len()) {
        (0, _) => return None,
        (number, all) if number == all => "No series has".to_owned(),
        _ => format!("Of {} the luck is not", other.join(", ")),
    };
    let same = if other.len() == it.luck.len() { " the same luck" } else { " the same" };
    Some(Text::own(which) + same + " in both, so that a part of the effect on single paths is chance.")
}

/// `smaller in 84%`: the share of paths that the median effect speaks for; none where it follows from the construction.
#[must_use]
pub fn share_moved(pair: &Pair) -> Option<Text> {
    let row = pair.row;
    let [larger, smaller, same] = [&row.greater, &row.smaller, &row.unchanged].map(|share| share.hits);
    if larger == 0 || smaller == 0 {
        let says = same > 0 && larger + smaller > 0;
        return says.then(|| Text::from("no change in ") + pair.share(&row.unchanged, "unchanged"));
    }
    let median = row.ratio.map_or(1.0, |quantiles| quantiles[3]);
    let word = Text::from(pair.cited(median, &["ratio_p50"]).larger_or_smaller()) + " in ";
    let share = if median < 1.0 { pair.share(&row.smaller, "smaller") } else { pair.share(&row.greater, "greater") };
    Some(word + share)
}

/// What a what-if does to the gap: `The gap in dollars changes by −$1.4bn (median; 80% of paths −$12bn to $0).`
#[must_use]
pub fn gap_sentence(pair: &Pair, money: MoneyUnit) -> Option<Text> {
    let row = pair.row;
    let quantiles = row.difference.quantiles?;
    let gap = Text::from(match &pair.sides {
        Some(sides) => format!("The gap in {} ({sides}) ", money.noun()),
        None => format!("The gap in {} ", money.noun()),
    });
    if row.unchanged.hits == row.unchanged.paths {
        return Some(gap + "does not change.");
    }
    let end = |place: usize, column| pair.cited(quantiles[place], &[column]).change(money);
    let range = Text::from("80% of paths ") + end(1, "difference_p10") + " to " + end(5, "difference_p90") + ").";
    let (value, error) = (quantiles[3], row.difference.median_error.unwrap_or(f64::INFINITY));
    if error >= value.abs() {
        return Some(gap + "is about the same in the middle path (" + range);
    }
    let median = pair.cited(Estimate { value, error }, &["difference_p50", "difference_p50_error"]);
    Some(gap + "changes by " + median.change(money) + " in the middle path (" + range)
}
