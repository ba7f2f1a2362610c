//! The four numbers that stand out on a report.

use crate::metric::Metric;
use crate::wording::{Lookup, Outlook, Text, of_gap};

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

/// The tiles of a run; `whose` says of which scenario among several.
#[must_use]
pub(crate) fn tiles(run: Lookup, whose: &str) -> Vec<Tile> {
    let Some(outlook) = Outlook::new(run.scenario, run.summary) else { return Vec::new() };
    let Outlook { horizon: year, base_year: base, money, .. } = &outlook;
    let tile = |value: Text, label: Text, detail: Text| Tile { value, label, detail };
    let range = |text: Text| Text::from("80% of paths: ") + text;
    let mut tiles = Vec::new();
    let ratio = of_gap(Metric::Ratio);
    if let Some((median, ends)) = run.median(ratio, *year).zip(run.range(ratio, *year)) {
        let label = format!("median ratio, {year}{whose}");
        tiles.push(tile(median.ratio().into(), label.into(), range(ends.ratio_range().into())));
    }
    let level = Text::from(format!("of paths{whose}: ratio above about ")) + outlook.ratio.ratio();
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
        let label = format!("median gap in {}, {year}{whose}", money.noun());
        tiles.push(tile(median.money(*money).into(), label.into(), range(ends.money_range(*money).into())));
    }
    tiles.push(ahead(&outlook, whose));
    tiles
}

/// The chance that the region behind in the base year is ahead in the last one.
fn ahead(outlook: &Outlook, whose: &str) -> Tile {
    let year = outlook.horizon;
    let label = |region: &str| Text::from(format!("of paths{whose}: {region} ahead in {year}"));
    if outlook.is_follow_leading() {
        let still = Text::from(format!("{} still ahead: ", outlook.leader())) + outlook.follow_ahead.share();
        return Tile {
            value: outlook.follow_ahead.share_of(false).into(),
            label: label(outlook.trailer()),
            detail: still,
        };
    }
    let so_far = Text::from("ahead in some year until then: ") + outlook.follow_ahead_so_far.share();
    Tile { value: outlook.follow_ahead.share().into(), label: label(outlook.trailer()), detail: so_far }
}
