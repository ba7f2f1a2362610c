//! From a scenario and its summary to the charts beyond the main three: deals, last year, decomposition, shares.

use crate::engine::Layer;
use crate::metric::{Measure, Metric, Subject};
use crate::scenario::Scenario;
use crate::summary::{Change, Summary, Term, observed_years};
use crate::table::Cell;
use crate::wording::{self, MoneyUnit, Outlook};

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
            Some(format!("{} deals of {year} ({range})", wording::short_name(name)))
        })
    };
    let sides = [scenario.gap().lead(), scenario.gap().follow()];
    Some(Deals {
        regions: [region(sides[0])?, region(sides[1])?],
        money: MoneyUnit::of(scenario.money()),
        base_year: scenario.base_year(),
        horizon: scenario.horizon(),
        assumed: sides.into_iter().flat_map(assumed).collect::<Vec<String>>().join(", "),
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

/// What moved the gap in the last observed year. Means of simulated parts are not drawn: a few very large outcomes carry
/// them, so that they rise while the median falls; `decomposition.csv` has them with their terms in logs.
pub(crate) fn decomposition(scenario: &Scenario, summary: &Summary, credits: &Credits) -> Option<Decomposition> {
    let finite = |change: &&Change| change.decomposition.terms.iter().all(|term| term.dollars.is_finite());
    let change = summary.decompositions.iter().rfind(|change| !change.simulated).filter(finite)?;
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
            change: moved(scenario, places[side], name, years, money),
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
    let [lead, follow] = places.map(|place| wording::Moved::observed(scenario, place, years));
    let (lead, follow) = (lead?, follow?);
    let stated = match wording::mover(&lead, &follow) {
        wording::Mover::Mostly { share, .. } => share.to_vec(),
        _ => Vec::new(),
    };
    Some(Decomposition {
        years,
        gaps: [first, first + split.total().dollars],
        sides,
        title: wording::decomposition_title(change.to, &lead, &follow, money),
        stated,
        caveat: caveat(scenario, change.from),
        money,
        credits: Credits { events: Vec::new(), ..credits.clone() }.of_observed(),
    })
}

fn money_name(scenario: &Scenario) -> &'static str {
    if scenario.money().prices().is_some() { "Prices, exchange" } else { "Exchange rate" }
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
            Metric::Deals => wording::count(figure.value),
            // One size is derived from the other's rounding, so both have the digits of the coarser one.
            _ => money.amount(figure.value / 1000.0),
        })
    });
    match words {
        [Some(before), Some(after)] => format!("{before} → {after}"),
        _ => String::new(),
    }
}

/// What the picture of an observed change must say besides.
fn caveat(scenario: &Scenario, from: i32) -> String {
    let names = [scenario.gap().lead(), scenario.gap().follow()].map(|place| scenario.regions()[place].name());
    let assumed = names.into_iter().filter_map(|name| {
        let figure = scenario.data().find(name, "deals", from).filter(|figure| figure.assumed)?;
        let [value, low, high] = [figure.value, figure.low, figure.high].map(wording::count);
        let name = wording::short_name(name);
        Some(format!("{value} {name} deals in {from} are an assumption ({low}–{high}): nobody stated them."))
    });
    let [lead, follow] = names.map(wording::short_name);
    let method = format!("The parts add up exactly (split by logarithmic means). The gap is {lead} minus {follow}.");
    assumed.chain([method]).collect::<Vec<String>>().join(" ")
}

/// Where the spread of the ratio comes from; `None` where there are fewer than three layers of chance, of which a sentence
/// says as much as a picture.
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
            Some(Share {
                name,
                words,
                alone: row.alone,
                with_others: Some(row.with_others),
                cell,
                is_luck,
                label: None,
            })
        })
        .collect();
    (bars.len() > 2).then(|| Shares {
        title: None,
        of: None,
        year: scenario.horizon(),
        regions: [name(scenario.gap().lead()), name(scenario.gap().follow())],
        bars,
        credits: Credits { events: Vec::new(), ..credits.clone() },
    })
}
