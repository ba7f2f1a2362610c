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
use super::sobol::left_to_luck;

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
        let moves = |it: &Swing| it.outputs.iter().any(|output| output.differs_from(baseline));
        let (mut swings, still): (Vec<Swing>, Vec<Swing>) = all.into_iter().partition(moves);
        let logs = in_logs(target) && baseline.value > 0.0;
        // Inputs come in the order of `params`, which a stable sort keeps among equals.
        swings.sort_by(|a, b| b.size(logs).total_cmp(&a.size(logs)));
        let (luck, undefined) =
            left_to_luck(&plain, target, (settings, passes)).map_or((None, 0), |it| (Some(it.0), it.1));
        // Of values that are no numbers on some paths there is no variance.
        let luck = luck.filter(|it| it.value.is_finite() && undefined == 0);
        let explained = luck.and_then(|luck| explained(&plain, target, (&swings, luck.value), (settings, passes)));
        let still = still.into_iter().map(|it| it.varied).collect();
        Answered::Tornado(Tornado { baseline, swings, still, explained, luck, undefined })
    };
    targets.iter().enumerate().map(of).collect()
}

/// Share of the variance from assumptions that the swings add up to, each as that of a normal law, where inputs are not
/// correlated; of the log of the ratio, or of the gap, and `None` for other targets.
fn explained(
    plain: &Variant,
    target: &Target,
    (swings, luck): (&[Swing], f64),
    (settings, passes): (&Settings, &Passes),
) -> Option<f64> {
    use crate::measure::QuantityOfInterest::Statistic as Asked;
    let Asked { statistic: Statistic::Quantile(0.5), metric, subject: Subject::Gap, year } = target.asked else {
        return None;
    };
    let (metric, logs) = match metric {
        Metric::Ratio => (Metric::LogRatio, true),
        Metric::LogRatio | Metric::Gap => (metric, false),
        _ => return None,
    };
    // The rest of the variance is that of what assumptions alone would say.
    if !plain.scenario().copula().rows().is_empty() || luck > 0.98 {
        return None;
    }
    let measure = Measure { metric, subject: Subject::Gap };
    let sd = [Objective::Statistic { statistic: Statistic::Sd, measure, year }];
    let whole = passes.evaluate(&sd, std::slice::from_ref(plain), settings)[0][0]?.value;
    let each = |swing: &Swing| {
        let [low, .., high] = swing.outputs.map(|it| if logs { libm::log(it.value) } else { it.value });
        let sd = (high - low) / (2.0 * crate::distribution::Z90);
        sd * sd
    };
    let share = swings.iter().map(each).sum::<f64>() / ((1.0 - luck) * whole * whole);
    share.is_finite().then_some(share)
}
