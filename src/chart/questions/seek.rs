//! What a goal would take, as a chart: the target along the one input that was named, or the frontier of two.

use crate::chart::{Chart, SweepAnswer, SweepLine, SweepScale, Tornado, TornadoBar};
use crate::scenario::Scenario;
use crate::study::{Attained, Need, Sought};
use crate::summary::{Estimate, Z_95};
use crate::table::questions::target_unit;
use crate::wording;

use super::axes::{alone as alone_axis, axis, credits, scale};
use crate::chart::axis::exact;

/// The charts of a goal that was sought, by name: how far every input alone takes the target, the target along the one input that
/// was named, or the frontier of two.
pub(super) fn charts(sought: &Sought) -> Vec<(String, Chart)> {
    if sought.named.is_empty() {
        return alone(sought).map(|chart| ("tornado-goal".to_owned(), Chart::Tornado(chart))).into_iter().collect();
    }
    let found = match (sought.named.len(), sought.needs.as_slice()) {
        (1, [need]) => along(sought, need),
        (2, _) => frontier(sought),
        _ => None,
    };
    found.into_iter().map(|chart| ("seek".to_owned(), Chart::SweepLine(chart))).collect()
}

/// How far every input alone takes the target, between the ends that were tried, beside the goal.
fn alone(sought: &Sought) -> Option<Tornado> {
    let scenario = &sought.scenario;
    let unit = target_unit(scenario, &sought.goal.target.asked);
    let name = |need: &Need| wording::input_name(scenario, &need.varied.address);
    let bar = |need: &Need| {
        let words = |value: f64| {
            let (value, unit) = need.varied.in_unit(scenario, value);
            wording::input_value(value, unit)
        };
        let (own, of) = need.varied.in_unit(scenario, need.varied.own(scenario));
        let finite = || need.scan.iter().filter(|(_, target)| target.value.is_finite());
        let least = finite().min_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
        let most = finite().max_by(|a, b| a.1.value.total_cmp(&b.1.value))?;
        let end = |(value, target): &(f64, Estimate)| (words(*value), target.value);
        let meets = need.needed.as_ref().map(|it| words(it.value));
        let base = wording::assumed_value(own, of);
        Some(TornadoBar { name: wording::capital(&name(need)), base, ends: [end(least), end(most)], meets })
    };
    let (still, moving): (Vec<&Need>, Vec<&Need>) =
        sought.needs.iter().partition(|need| need.attained == Attained::NoEffect);
    let bars: Vec<TornadoBar> = moving.into_iter().filter_map(bar).collect();
    let gap = scenario.gap();
    let log = if unit == "times" { ", log scale" } else { "" };
    (!bars.is_empty() && sought.today.value.is_finite() && !sought.met).then(|| Tornado {
        title: Some(wording::alone_title(sought)),
        measure: Some(format!(
            "{}{log}",
            wording::capital(&wording::target_words(scenario, &sought.goal.target.asked).text())
        )),
        scale: scale(&unit),
        year: sought.goal.target.year(),
        regions: [gap.lead(), gap.follow()].map(|place| wording::short_name(scenario.regions()[place].name())),
        baseline: sought.today.value,
        goal: Some(sought.goal.bound),
        bars,
        unmoved: still.into_iter().map(name).collect(),
        ranges:
            "1st to 99th percentile of each, of certain ones all they can be; bars reach from the least to the most"
                .to_owned(),
        explained: None,
        credits: credits(scenario, sought.settings.paths, sought.settings.seed),
    })
}

fn along(sought: &Sought, need: &Need) -> Option<SweepLine> {
    let scenario = &sought.scenario;
    let scan = points(scenario, need);
    if scan.len() < 2 {
        return None;
    }
    let unit = target_unit(scenario, &sought.goal.target.asked);
    let values: Vec<f64> = scan.iter().map(|(value, _)| *value).collect();
    let point = |target: &Estimate| {
        let half = if target.error.is_finite() { Z_95 * target.error } else { 0.0 };
        let ends = [target.value - half, target.value, target.value + half];
        if unit == "share" { ends.map(|it| it.clamp(0.0, 1.0)) } else { ends }
    };
    let own = need.varied.own(scenario);
    // What lies outside the values that are drawn has no place among them.
    let inside = values.first().is_some_and(|low| *low <= own) && values.last().is_some_and(|high| own <= *high);
    let answer = SweepAnswer {
        scale: scale(&unit),
        level: sought.goal.bound,
        mark: format!("goal {}", exact(sought.goal.bound, &unit)),
        ends: (0.0, 1.0),
    };
    Some(SweepLine {
        title: Some(wording::seek_title(sought, need)),
        question: wording::capital(&wording::target_words(scenario, &sought.goal.target.asked).text()),
        answer,
        across: alone_axis(axis(scenario, &need.varied, &values)),
        band: "simulation error".to_owned(),
        points: scan.iter().map(|(_, target)| point(target)).collect(),
        met_above: None,
        made: format!("Every point is a run of its own on the same random numbers; {} runs.", scan.len()),
        baseline: inside.then(|| need.varied.in_unit(scenario, own).0),
        tipping_between: None,
        tipping: need.needed.as_ref().map(|it| need.varied.in_unit(scenario, it.value).0),
        not_drawn: String::new(),
        credits: credits(scenario, sought.settings.paths, sought.settings.seed),
    })
}

/// The target around the scenario's own value and the needed one: of the first look as far as one value beyond both, and the
/// certificate, without which a straight line between two values far apart would cross the goal elsewhere.
fn points(scenario: &Scenario, need: &Need) -> Vec<(f64, Estimate)> {
    let mut all: Vec<(f64, Estimate)> =
        need.scan.iter().copied().filter(|(_, target)| target.value.is_finite()).collect();
    if let Some(needed) = &need.needed {
        let own = need.varied.own(scenario);
        let (low, high) = (own.min(needed.value), own.max(needed.value));
        let first = all.iter().rposition(|(value, _)| *value < low).unwrap_or(0);
        let last = all.iter().position(|(value, _)| *value > high).unwrap_or(all.len().saturating_sub(1));
        all = all[first..=last.max(first)].to_vec();
        all.extend(needed.certificate.iter().copied().filter(|(_, target)| target.value.is_finite()));
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.dedup_by(|a, b| a.0 == b.0);
    }
    all
}

fn frontier(sought: &Sought) -> Option<SweepLine> {
    let scenario = &sought.scenario;
    let [first, second] = sought.named.as_slice() else { return None };
    let found: Vec<_> =
        sought.frontier.iter().filter_map(|(value, need)| Some((*value, need.needed.as_ref()?))).collect();
    if found.len() < 2 {
        return None;
    }
    let number = |value: f64| second.in_unit(scenario, value).0;
    let own = second.own(scenario);
    let unit = second.in_unit(scenario, 0.0).1;
    let answer = SweepAnswer {
        scale: SweepScale::Unit(unit.to_owned()),
        level: number(own),
        mark: format!("the scenario {}", wording::assumed_value(number(own), unit)),
        ends: (0.0, 1.0),
    };
    let per = if unit == "share a year" { " a year" } else { "" };
    let name = wording::input_name(scenario, &second.address);
    let values: Vec<f64> = found.iter().map(|(value, _)| *value).collect();
    let own_first = first.own(scenario);
    let inside =
        values.first().is_some_and(|low| *low <= own_first) && values.last().is_some_and(|high| own_first <= *high);
    let target = wording::target_words(scenario, &sought.goal.target.asked).text();
    let bound = exact(sought.goal.bound, &target_unit(scenario, &sought.goal.target.asked));
    let above = found.iter().all(|(_, it)| it.above);
    Some(SweepLine {
        title: Some(wording::frontier_title(sought)),
        question: format!("{}{per} at which {target} is just {bound}", wording::capital(&name)),
        answer,
        across: alone_axis(axis(scenario, first, &values)),
        band: "simulation error".to_owned(),
        points: found
            .iter()
            .map(|(_, it)| {
                // Where the error reaches out of the range, nobody knows how far.
                let (low, high) = it.interval.unwrap_or((f64::NAN, f64::NAN));
                [number(low), number(it.value), number(high)]
            })
            .collect(),
        baseline: inside.then(|| first.in_unit(scenario, own_first).0),
        tipping: None,
        tipping_between: None,
        met_above: (above || found.iter().all(|(_, it)| !it.above)).then_some(above),
        made: format!("Each of {} points was sought by itself, on the same random numbers.", found.len()),
        not_drawn: beside_the_frontier(sought, &name),
        credits: credits(scenario, sought.settings.paths, sought.settings.seed),
    })
}

/// What is said of values of the first input without a point, and of points without a band.
fn beside_the_frontier(sought: &Sought, name: &str) -> String {
    let count = |is: &dyn Fn(&Need) -> bool| sought.frontier.iter().filter(|(_, need)| is(need)).count();
    let without = |attained: Attained| count(&|need| need.needed.is_none() && need.attained == attained);
    let values = |number: usize| format!("At {number} more {}", if number == 1 { "value" } else { "values" });
    let (never, always) = (without(Attained::Nowhere), without(Attained::Everywhere));
    let open = count(&|need| need.needed.as_ref().is_some_and(|it| it.interval.is_none()));
    let mut said = Vec::new();
    if never > 0 {
        said.push(format!("{} no {name} that was tried meets the goal.", values(never)));
    }
    if always > 0 {
        said.push(format!("{} every {name} that was tried meets it.", values(always)));
    }
    if open > 0 {
        said.push("No band where the error reaches beyond what was tried.".to_owned());
    }
    said.join(" ")
}
