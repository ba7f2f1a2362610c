//! The four numbers that stand out on a report and on the what-if page.

use super::comparison::{by_size, folder_of};
use super::lookup::{Lookup, of_gap};
use super::money_unit::MoneyUnit;
use super::outlook::Outlook;
use super::paired::{Pair, share_moved};
use super::text::Text;
use crate::metric::Metric;
use crate::study::{Compared, Comparison};

/// A number that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Tile {
    /// The number, as it is written.
    pub value: Text,
    /// Name of the number on the tile, in words.
    pub label: Text,
    /// Its spread or its twin.
    pub detail: Text,
}

impl Tile {
    /// The tile citing the tables of a run that stand in a folder.
    #[must_use]
    pub fn within(self, folder: &str) -> Self {
        let Self { value, label, detail } = self;
        Self { value: value.within(folder), label: label.within(folder), detail: detail.within(folder) }
    }
}

/// The tiles of a comparison: what its what-if changes, or the four largest effects, the largest first.
#[must_use]
pub fn of_comparison(compared: &Comparison) -> Vec<Tile> {
    match &compared.what_ifs[..] {
        [it] => of_what_if(compared, it),
        several => {
            let places = by_size(compared).into_iter();
            places.filter_map(|place| effect(compared, &several[place], &several[place].name)).take(4).collect()
        }
    }
}

/// What one what-if does to the ratio on the same path.
fn effect(compared: &Comparison, it: &Compared, name: &str) -> Option<Tile> {
    let year = compared.horizon();
    let pair = Pair::of(&compared.baseline.scenario, it, Metric::Ratio, year)?;
    pair.row.ratio?;
    let moved = share_moved(&pair).map_or_else(|| Text::from("on every path"), |share| share + " of paths");
    let detail = Text::from(format!("{year} ratio on the same path; ")) + moved;
    Some(Tile { value: pair.median_effect(), label: Text::own(name), detail })
}

/// What a comparison of two says: the effect on the ratio, the medians it leads from and to, the change of the gap and of
/// the chance that the ratio is higher.
fn of_what_if(compared: &Comparison, it: &Compared) -> Vec<Tile> {
    let (base, year) = (&compared.baseline, compared.horizon());
    let sides = [base, &it.side];
    let folders = sides.map(|side| folder_of(&side.scenario));
    let runs = sides.map(|side| Lookup::new(&side.scenario, &side.summary));
    let both = |texts: [Option<Text>; 2]| {
        let [Some(before), Some(after)] = texts else { return None };
        Some(before.within(&folders[0]) + " → " + after.within(&folders[1]))
    };
    let mut tiles: Vec<Tile> = effect(compared, it, &it.name).into_iter().collect();
    let ratio = of_gap(Metric::Ratio);
    let medians = both(runs.map(|run| Some(run.median(ratio, year)?.ratio().into())));
    let ranges = both(runs.map(|run| Some(run.range(ratio, year)?.ratio_range().into())));
    tiles.extend(medians.zip(ranges).map(|(value, ranges)| Tile {
        value,
        label: format!("median ratio in {year}").into(),
        detail: Text::from("80% of paths: ") + ranges,
    }));
    let money = MoneyUnit::of(base.scenario.money());
    let gap = Pair::of(&base.scenario, it, Metric::Gap, year).and_then(|pair| pair.change_with_range(money));
    tiles.extend(gap.map(|[value, range]| Tile {
        value,
        label: format!("change of the {year} gap in {}, median", money.noun()).into(),
        detail: Text::from("80% of paths: ") + range,
    }));
    let outlooks = sides.map(|side| Outlook::new(&side.scenario, &side.summary));
    let base_year = base.scenario.base_year();
    let higher = both(outlooks.each_ref().map(|it| Some(it.as_ref()?.wider_as_ratio.share().into())));
    let wider = both(outlooks.each_ref().map(|it| {
        let outlook = it.as_ref()?;
        Some(outlook.wider_in_dollars.share_of(!outlook.is_follow_leading()).into())
    }));
    tiles.extend(higher.zip(wider).map(|(value, wider)| Tile {
        value,
        label: format!("of paths: ratio higher than in {base_year}").into(),
        detail: Text::from("lead wider: ") + wider,
    }));
    tiles
}

/// The median ratio of one run among several.
#[must_use]
pub fn of_run(run: Lookup, name: &str) -> Option<Tile> {
    let year = run.scenario.horizon();
    let ratio = of_gap(Metric::Ratio);
    let (median, ends) = run.median(ratio, year).zip(run.range(ratio, year))?;
    Some(Tile {
        value: median.ratio().into(),
        label: Text::own(name) + format!(": median ratio, {year}"),
        detail: Text::from("80% of paths: ") + ends.ratio_range(),
    })
}

/// The tiles of a run.
#[must_use]
pub fn tiles(run: Lookup) -> Vec<Tile> {
    let Some(outlook) = Outlook::new(run.scenario, run.summary) else { return Vec::new() };
    let Outlook { horizon: year, base_year: base, money, .. } = &outlook;
    let tile = |value: Text, label: Text, detail: Text| Tile { value, label, detail };
    let range = |text: Text| Text::from("80% of paths: ") + text;
    let mut tiles = Vec::new();
    let ratio = of_gap(Metric::Ratio);
    if let Some((median, ends)) = run.median(ratio, *year).zip(run.range(ratio, *year)) {
        let label = format!("median ratio, {year}");
        tiles.push(tile(median.ratio().into(), label.into(), range(ends.ratio_range().into())));
    }
    let level = Text::from("of paths: ratio above ") + outlook.about_ratio();
    let above = if outlook.is_follow_leading() {
        let ahead = Text::from(format!("{} ahead by more than ", outlook.leader()));
        ahead + outlook.gap.money_size(*money) + ": " + outlook.wider_in_dollars.share_of(false)
    } else {
        Text::from("gap above ") + outlook.gap.money(*money) + ": " + outlook.wider_in_dollars.share()
    };
    let level = level + format!(", its level of {base}");
    tiles.push(tile(outlook.wider_as_ratio.share().into(), level, above));
    let gap = of_gap(Metric::Gap);
    if let Some((median, ends)) = run.median(gap, *year).zip(run.range(gap, *year)) {
        let label = format!("median gap in {}, {year}", money.noun());
        tiles.push(tile(median.money(*money).into(), label.into(), range(ends.money_range(*money).into())));
    }
    tiles.push(ahead(&outlook));
    tiles
}

/// The chance that the region behind in the base year is ahead in the last one.
fn ahead(outlook: &Outlook) -> Tile {
    let year = outlook.horizon;
    let label = Text::from(format!("of paths: {} ahead in {year}", outlook.trailer()));
    let so_far = Text::from("ahead in some year until then: ") + outlook.trailer_ahead_so_far.share();
    Tile { value: outlook.trailer_ahead.share().into(), label, detail: so_far }
}
