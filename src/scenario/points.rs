//! What scenarios need of quasi-random points, and which of them have no fixed need.

use std::collections::BTreeSet;

use crate::growth::Kind;
use crate::random::quasi::Needs;
use crate::random::sobol::MOST_DIMENSIONS;
use crate::random::{Key, Purpose};
use crate::shock::Tail;

use super::{Region, Scenario};

/// Lays the dimensions out over the sorted addresses of all scenarios of a command.
///
/// # Errors
/// Why no layout is possible, and what to do, in a sentence.
pub fn needs(scenarios: &[&Scenario]) -> Result<Needs, String> {
    let cure = "Take the usual sampler, which takes every scenario";
    let mut sorted: [BTreeSet<(u8, String)>; 4] = Default::default();
    for scenario in scenarios {
        if let Some(region) =
            scenario.regions.iter().find(|region| region.counting.is_some_and(|it| it.sizes.is_some()))
        {
            return Err(format!(
                "{} simulates the deals of {} one by one: how many random numbers a path takes is then random itself, and \
                 points need a fixed number of dimensions. {cure}, or set {}.counting.sizes aside",
                scenario.name, region.name, region.name
            ));
        }
        collect(scenario, &mut sorted);
    }
    let [draws, once, walks, yearly] =
        sorted.map(|set| set.iter().map(|(which, address)| key(*which, address)).collect());
    let needs = Needs {
        draws,
        once,
        directions: directions(scenarios[0], &walks),
        walks,
        yearly,
        base_year: scenarios[0].base_year,
        years: scenarios.iter().map(|scenario| scenario.years().len()).max().unwrap_or(0),
    };
    if !needs.fits() {
        return Err(format!(
            "Sobol' points would need {} dimensions, and there are direction numbers for {MOST_DIMENSIONS}. {cure}, or end at an \
             earlier horizon",
            needs.dimensions()
        ));
    }
    Ok(needs)
}

/// What a number is for, in the order in which dimensions are laid out.
const PURPOSES: [Purpose; 10] = [
    Purpose::Assumption,
    Purpose::EventFlag,
    Purpose::Shock,
    Purpose::Regime,
    Purpose::Mixing,
    Purpose::JumpFlag,
    Purpose::JumpSize,
    Purpose::Count,
    Purpose::Sampling,
    Purpose::Transient,
];

fn key(which: u8, address: &str) -> Key {
    Key::new(PURPOSES[usize::from(which)], address)
}

/// The addresses of one scenario: by draw, once a path, as a walk, every year.
fn collect(scenario: &Scenario, sorted: &mut [BTreeSet<(u8, String)>; 4]) {
    let mut need = |list: usize, purpose: Purpose, address: &str| {
        let which = PURPOSES.iter().position(|known| *known == purpose).expect("every purpose that is needed is named");
        sorted[list].insert((u8::try_from(which).expect("few purposes"), address.to_owned()));
    };
    let uncertain = scenario.assumptions.iter().filter(|assumption| !assumption.law.is_fixed());
    for number in uncertain.map(super::Assumption::number).chain(scenario.copula.rows().iter().map(String::as_str)) {
        need(0, Purpose::Assumption, number);
    }
    for event in scenario.events.iter().filter(|event| event.chance.is_some() || event.yearly_chance.is_some()) {
        need(1, Purpose::EventFlag, &event.address);
    }
    for row in scenario.shock_mixing.rows() {
        need(2, Purpose::Shock, row);
    }
    match &scenario.regimes {
        Some(regimes) if regimes.shared => need(3, Purpose::Regime, ""),
        Some(_) => scenario.regions.iter().for_each(|region| need(3, Purpose::Regime, &region.name)),
        None => {}
    }
    if scenario.shocks.tail == Tail::Shared && !matches!(scenario.shocks.law, crate::shock::Law::Gaussian) {
        need(3, Purpose::Mixing, "");
    }
    for (region, _) in &scenario.measurement.transient {
        need(3, Purpose::Transient, &scenario.regions[*region].name);
    }
    for risk in &scenario.jumps {
        need(3, Purpose::JumpFlag, &risk.address);
        need(3, Purpose::JumpSize, &risk.address);
    }
    for region in scenario.regions.iter().filter(|region| region.counting.is_some_and(|it| it.count.is_whole())) {
        need(3, Purpose::Count, &region.name);
    }
    for (region, _) in &scenario.measurement.sampling {
        need(3, Purpose::Sampling, &scenario.regions[*region].name);
    }
}

/// What the normals of the walks should be rotated for: the log of the ratio of funding and what the lead's funding has
/// besides, then the same for deals. One scenario speaks for all of a command, so that they share their coordinates.
fn directions(scenario: &Scenario, walks: &[Key]) -> Vec<Vec<f64>> {
    let mut directions = Vec::new();
    for funding in [true, false] {
        let [lead, follow] = [scenario.gap.lead, scenario.gap.follow]
            .map(|region| loads(scenario, &scenario.regions[region], funding, walks));
        let difference = lead.iter().zip(&follow).map(|(lead, follow)| lead - follow).collect();
        directions.extend([difference, lead]);
    }
    directions
}

/// Weights of the walks' independent normals in a yearly change of the log of a region's funding or deals.
fn loads(scenario: &Scenario, region: &Region, funding: bool, walks: &[Key]) -> Vec<f64> {
    let parts: Vec<&str> = match (&region.funding, &region.deals) {
        (Some(funding_series), _) if funding => vec![&funding_series.address],
        (_, Some(deals)) if !funding => vec![&deals.address],
        // Deals that follow from funding and deal size are not asked for enough to be worth a coordinate.
        _ if !funding => Vec::new(),
        _ => region.series().map(|series| series.address.as_str()).collect(),
    };
    let (rows, correlations) = (scenario.shock_mixing.rows(), scenario.shock_mixing.correlations());
    let mut loads = vec![0.0; walks.len()];
    for series in scenario.shocked_series().filter(|it| parts.contains(&it.address.as_str())) {
        let volatility = volatility(scenario, series);
        let row = scenario.shock_mixing.row(&series.address).expect("every shocked series has a row");
        for (column, independent) in rows.iter().take(row + 1).enumerate() {
            let key = Key::new(Purpose::Shock, independent);
            let walk = walks.iter().position(|known| *known == key).expect("every row has a walk");
            loads[walk] += volatility * correlations.factor[row * correlations.size + column];
        }
    }
    loads
}

/// Typical volatility of a series: the middle of what is assumed, the mean over the states of a chain.
fn volatility(scenario: &Scenario, series: &super::Series) -> f64 {
    let mut medians = Vec::new();
    let _ = series.growth.map(|quantity| {
        let assumption = &scenario.assumptions[quantity.first];
        if assumption.kind == Kind::Volatility {
            medians.push(assumption.law.median());
        }
    });
    medians.iter().sum::<f64>() / medians.len().max(1) as f64
}
