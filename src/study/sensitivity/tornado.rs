//! The tornado: every input at five points of its law, the others at their medians, luck as it is.

use crate::engine::{Design, Settings, Source};
use crate::measure::{Metric, Statistic, Subject, Target};
use crate::metric::Measure;
use crate::scenario::Scenario;
use crate::summary::{Estimate, Objective, Variant};

use super::super::passes::Passes;
use super::super::seek::objective;
use super::super::varied::Varied;
use super::asked::in_logs;
use super::found::{Answered, POINTS, Swing, Tornado};

/// Designs that are simulated side by side: their blocks stay in the cache together.
const TOGETHER: usize = 8;

/// No number at all.
const MISSING: Estimate = Estimate { value: f64::NAN, error: f64::INFINITY };

/// The tornado of each target, from the same runs.
pub(super) fn tornado(
    scenario: &Scenario,
    targets: &[Target],
    (settings, passes): (&Settings, &Passes),
    told: &(dyn Fn(u64) + Sync),
) -> Vec<Answered> {
    let uncertain = |it: &Varied| !scenario.assumptions()[it.id].law().is_fixed();
    let inputs: Vec<Varied> = Varied::all(scenario).into_iter().filter(uncertain).collect();
    let plain = Variant::of(scenario);
    let medians = Design::new().at_medians();
    let mut designs = vec![medians.clone()];
    for input in &inputs {
        for p in POINTS.into_iter().filter(|p| *p != 0.5) {
            let value = scenario.assumptions()[input.id].law().quantile(p);
            designs.push(medians.clone().with(input.address.as_str(), Source::Fixed(value)));
        }
    }
    let objectives: Vec<Objective> = targets.iter().map(|target| objective(&target.asked)).collect();
    let mut outputs: Vec<Vec<Option<Estimate>>> = Vec::new();
    for some in designs.chunks(TOGETHER) {
        let variants: Vec<Variant> = some
            .iter()
            .map(|design| plain.under(design).expect("a quantile of its law is a value it can have"))
            .collect();
        outputs.extend(passes.evaluate_exactly(&objectives, &variants, settings));
        told(outputs.len() as u64);
    }
    let of = |(place, target): (usize, &Target)| {
        let at = |design: usize| outputs[design][place].unwrap_or(MISSING);
        let baseline = at(0);
        let swing = |(number, varied): (usize, &Varied)| {
            let first = 1 + 4 * number;
            let law = scenario.assumptions()[varied.id].law();
            Swing {
                varied: varied.clone(),
                inputs: POINTS.map(|p| law.quantile(p)),
                outputs: [at(first), at(first + 1), baseline, at(first + 2), at(first + 3)],
            }
        };
        let all: Vec<Swing> = inputs.iter().enumerate().map(swing).collect();
        let moves = |it: &Swing| it.outputs.iter().any(|output| output.value != baseline.value);
        let (mut swings, still): (Vec<Swing>, Vec<Swing>) = all.into_iter().partition(moves);
        let logs = in_logs(target) && baseline.value > 0.0;
        // Inputs come in the order of `params`, which a stable sort keeps among equals.
        swings.sort_by(|a, b| b.size(logs).total_cmp(&a.size(logs)));
        let (explained, luck) =
            explained(&plain, target, &swings, (settings, passes)).map_or((None, None), |it| (it.0, Some(it.1)));
        let still = still.into_iter().map(|it| it.varied).collect();
        Answered::Tornado(Tornado { baseline, swings, still, explained, luck })
    };
    targets.iter().enumerate().map(of).collect()
}

/// Share of the variance from assumptions that the swings add up to, each as that of a normal law, where inputs are not
/// correlated; and the share of the variance that is left with every input at its median. Both of the log of the ratio, or of
/// the gap; `None` for other targets.
fn explained(
    plain: &Variant,
    target: &Target,
    swings: &[Swing],
    (settings, passes): (&Settings, &Passes),
) -> Option<(Option<f64>, f64)> {
    use crate::measure::QuantityOfInterest::Statistic as Asked;
    let Asked { statistic: Statistic::Quantile(0.5), metric, subject: Subject::Gap, year } = target.asked else {
        return None;
    };
    let (metric, logs) = match metric {
        Metric::Ratio => (Metric::LogRatio, true),
        Metric::LogRatio | Metric::Gap => (metric, false),
        _ => return None,
    };
    let scenario = plain.scenario();
    let measure = Measure { metric, subject: Subject::Gap };
    let sd = [Objective::Statistic { statistic: Statistic::Sd, measure, year }];
    let still = plain.under(&Design::new().at_medians()).ok()?;
    let found = passes.evaluate(&sd, &[plain.clone(), still], settings);
    let [whole, luck] = [found[0][0]?.value, found[1][0]?.value];
    let share = (luck * luck / (whole * whole)).min(1.0);
    let from_assumptions = whole * whole - luck * luck;
    let each = |swing: &Swing| {
        let [low, .., high] = swing.outputs.map(|it| if logs { libm::log(it.value) } else { it.value });
        let sd = (high - low) / (2.0 * crate::distribution::Z90);
        sd * sd
    };
    let sum: f64 = swings.iter().map(each).sum();
    let known = scenario.copula().rows().is_empty() && from_assumptions > 0.02 * whole * whole;
    share.is_finite().then(|| ((known && sum.is_finite()).then(|| sum / from_assumptions), share))
}
