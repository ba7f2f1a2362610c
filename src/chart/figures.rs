//! From a scenario and its summary to the charts beyond the main three: deals, last year, decomposition, shares.

use crate::engine::Layer;
use crate::metric::{Measure, Metric, Subject};
use crate::scenario::Scenario;
use crate::summary::{Change, Summary, Term, observed_years};
use crate::table::Cell;
use crate::wording::{self, MoneyUnit, Outlook, Text};

use super::seen;
use super::{
    Credits, Deals, DealsRegion, Decomposition, DecompositionPart, DecompositionSide, FinalYear, Share, Shares,
};

/// Deals and their size, where both sides model them.
pub(crate) fn deals(scenario: &Scenario, summary: &Summary) -> Option<Deals> {
    let region = |place: usize| {
        let of = |metric| seen::fan(scenario, summary, Measure { metric, subject: Subject::Region(place) });
        let (deals, sizes) = (of(Metric::Deals), of(Metric::DealSize));
        let whole = !deals.1.is_empty() && deals.1.len() == sizes.1.len();
        let cell = |metric| seen::cell(scenario, Measure { metric, subject: Subject::Region(place) });
        let cells = [cell(Metric::Deals), cell(Metric::DealSize)];
        whole.then(|| DealsRegion { name: scenario.regions()[place].name().to_owned(), cells, deals, sizes })
    };
    let assumed = |place: usize| {
        let name = scenario.regions()[place].name();
        observed_years(scenario).filter_map(|year| {
            let figure = scenario.data().find(name, "deals", year).filter(|figure| figure.assumed)?;
            let range = format!("{}–{}", wording::count(figure.low), wording::count(figure.high));
            Some(format!("{} {year} deals are an assumption ({range}).", wording::short_name(name)))
        })
    };
    let sides = [scenario.gap().lead(), scenario.gap().follow()];
    Some(Deals {
        regions: [region(sides[0])?, region(sides[1])?],
        money: MoneyUnit::of(scenario.money()),
        base_year: scenario.base_year(),
        horizon: scenario.horizon(),
        assumed: sides.into_iter().flat_map(assumed).collect::<Vec<String>>().join(" "),
        credits: seen::credits(scenario, summary),
    })
}

/// The ratio of the last year.
pub(crate) fn final_year(summary: &Summary, outlook: &Outlook, credits: &Credits) -> Option<FinalYear> {
    let found = summary.distribution(Metric::Ratio)?;
    Some(FinalYear {
        futures: found.quantiles.to_vec(),
        columns: found.columns.iter().map(|it| [it.low, it.high, it.share]).collect(),
        tails: [found.below, found.above],
        threshold: found.threshold,
        outlook: outlook.clone(),
        credits: credits.clone(),
    })
}

/// What moved the gap: the last observed change, and the simulated one where its mean exists.
pub(crate) fn decompositions(scenario: &Scenario, summary: &Summary, credits: &Credits) -> Vec<Decomposition> {
    let finite = |change: &&Change| change.decomposition.terms.iter().all(|term| term.dollars.is_finite());
    let of = |simulated: bool| {
        let found = summary.decompositions.iter().rev().find(|change| change.simulated == simulated);
        found.filter(finite).and_then(|change| decomposition(scenario, summary, change, credits))
    };
    [of(false), of(true)].into_iter().flatten().collect()
}

fn decomposition(scenario: &Scenario, summary: &Summary, change: &Change, credits: &Credits) -> Option<Decomposition> {
    let years = [change.from, change.to];
    let money = MoneyUnit::of(scenario.money());
    let gap = Measure { metric: Metric::Gap, subject: Subject::Gap };
    let first = gap.observed(scenario, change.from)?.value;
    let split = &change.decomposition;
    let places = [scenario.gap().lead(), scenario.gap().follow()];
    let side = |side: usize| {
        let extras = [(split.money, money_name(scenario)), (split.added, "Added money")];
        let extras = extras.into_iter().filter_map(|(pair, name)| Some((name, pair?[side])));
        let own = [("Deals", split.terms[2 * side]), ("Deal size", split.terms[2 * side + 1])];
        let part = |(name, term): (&str, Term)| DecompositionPart {
            name: name.to_owned(),
            change: if change.simulated { String::new() } else { moved(scenario, places[side], name, years, money) },
            value: term.dollars,
        };
        let funding = |year: i32| {
            let measure = Measure { metric: Metric::Funding, subject: Subject::Region(places[side]) };
            measure.observed(scenario, year).map(|figure| figure.value)
        };
        DecompositionSide {
            name: scenario.regions()[places[side]].name().to_owned(),
            funding: years.map(funding),
            parts: own.into_iter().chain(extras).map(part).collect(),
        }
    };
    let sides = [side(0), side(1)];
    let (title, stated) = if change.simulated {
        (mean_title(change.to, first, &sides, money), Vec::new())
    } else {
        let [lead, follow] = places.map(|place| wording::Moved::observed(scenario, place, years));
        let (lead, follow) = (lead?, follow?);
        let stated = match wording::mover(&lead, &follow) {
            wording::Mover::Mostly { share, .. } => share.to_vec(),
            _ => Vec::new(),
        };
        (wording::decomposition_title(change.to, &lead, &follow, money), stated)
    };
    Some(Decomposition {
        years,
        gaps: [first, first + split.total().dollars],
        sides,
        simulated: change.simulated,
        title,
        stated,
        caveat: caveat(scenario, summary, change, money),
        money,
        credits: if change.simulated {
            Credits { events: Vec::new(), ..credits.clone() }
        } else {
            Credits { events: Vec::new(), ..credits.clone() }.of_observed()
        },
    })
}

fn money_name(scenario: &Scenario) -> &'static str {
    if scenario.money().prices().is_some() { "Prices, exchange" } else { "Exchange rate" }
}

/// Title of a simulated change: its largest part, as it is printed on the bar.
fn mean_title(year: i32, first: f64, sides: &[DecompositionSide; 2], money: MoneyUnit) -> Text {
    let parts = || sides.iter().flat_map(|side| side.parts.iter().map(move |part| (side, part)));
    let values: Vec<f64> = parts().map(|(_, part)| part.value).collect();
    let shown = wording::rounded_change(first, &values, true);
    let largest = parts().zip(&shown.parts).max_by(|a, b| a.0.1.value.abs().total_cmp(&b.0.1.value.abs()));
    let named = largest.as_ref().map(|((side, part), value)| {
        (side.name.as_str(), part.name.to_lowercase(), money.part(**value, shown.decimals))
    });
    let named = named.as_ref().map(|(side, part, value)| (*side, part.as_str(), Text::own(value)));
    wording::mean_decomposition_title(year, named)
}

/// `374 → 232`, `$18m → $8.6m`.
fn moved(scenario: &Scenario, place: usize, part: &str, years: [i32; 2], money: MoneyUnit) -> String {
    let metric = match part {
        "Deals" => Metric::Deals,
        "Deal size" => Metric::DealSize,
        _ => return String::new(),
    };
    let words = years.map(|year| {
        let figure = Measure { metric, subject: Subject::Region(place) }.observed(scenario, year)?;
        Some(match metric {
            Metric::Deals => wording::count(figure.value) + if figure.assumed { "*" } else { "" },
            // One size is derived from the other's rounding, so both have the digits of the coarser one.
            _ => money.amount(figure.value / 1000.0),
        })
    });
    match words {
        [Some(before), Some(after)] => format!("{before} → {after}"),
        _ => String::new(),
    }
}

fn caveat(scenario: &Scenario, summary: &Summary, change: &Change, money: MoneyUnit) -> String {
    let names = [scenario.gap().lead(), scenario.gap().follow()].map(|place| scenario.regions()[place].name());
    if change.simulated {
        let median = summary.gap(Metric::Gap, change.to).and_then(crate::summary::Spread::median);
        let median = median.map_or(String::new(), |gap| format!(" The median gap is {}.", money.amount(gap)));
        return format!("Means add up, medians would not; a few very large outcomes carry the means.{median}");
    }
    let assumed = names.into_iter().filter_map(|name| {
        let figure = scenario.data().find(name, "deals", change.from).filter(|figure| figure.assumed)?;
        let range = format!("{}–{}", wording::count(figure.low), wording::count(figure.high));
        Some(format!("* An assumption ({range}); nobody stated {} {} deals.", wording::short_name(name), change.from))
    });
    let [lead, follow] = names.map(wording::short_name);
    let method = format!("Log-mean split, nothing left over. The gap is {lead} minus {follow}.");
    assumed.chain([method]).collect::<Vec<String>>().join(" ")
}

/// Where the spread of the ratio comes from; `None` where only one layer is left to chance.
pub(crate) fn shares(scenario: &Scenario, summary: &Summary, credits: &Credits) -> Option<Shares> {
    let name = |region: usize| wording::short_name(scenario.regions()[region].name());
    let bars: Vec<Share> = Layer::ALL
        .into_iter()
        .filter_map(|layer| {
            let row = summary.uncertainty.of_ratio(layer, scenario.horizon())?;
            let (name, words) = wording::layer(layer);
            let (name, words) = (name.to_owned(), words.to_owned());
            let (ratio, year) = (Measure { metric: Metric::Ratio, subject: Subject::Gap }, row.year.to_string());
            let region = ratio.region(scenario);
            let keys = [("metric", "ratio"), ("region", region.as_str()), ("year", &year), ("layer", layer.name())];
            let (cell, is_luck) = (Cell::new("uncertainty.csv", &keys, &[]), layer == Layer::Process);
            Some(Share { name, words, alone: row.alone, with_others: Some(row.with_others), cell, is_luck })
        })
        .collect();
    (bars.len() > 1).then(|| Shares {
        title: None,
        of: None,
        year: scenario.horizon(),
        regions: [name(scenario.gap().lead()), name(scenario.gap().follow())],
        bars,
        credits: Credits { events: Vec::new(), ..credits.clone() },
    })
}
