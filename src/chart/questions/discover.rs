//! What futures have in common, as charts: the rule on the scale of each input, and all boxes on the way.

use crate::chart::{BoxPoint, Boxes, Chart, Rule, RuleBar};
use crate::study::{Discovered, DiscoveredBox, Restriction};
use crate::wording;

use super::axes::credits;

/// The charts by name.
pub(super) fn charts(found: &Discovered) -> Vec<(String, Chart)> {
    let rule = (!found.shown_box().rule.is_empty()).then(|| ("box".to_owned(), Chart::Rule(rule(found))));
    rule.into_iter().chain([("trajectory".to_owned(), Chart::Boxes(boxes(found)))]).collect()
}

fn rule(found: &Discovered) -> Rule {
    let it = found.shown_box();
    let bar = |it: &Restriction| {
        let input = &found.inputs[it.input];
        let last = wording::last_year(found, input).filter(|last| input.spread[2] > *last);
        let [low, median, high] = input.spread;
        let [low, high] = last.map_or([low, high], |last| [low.min(last), last]);
        let words = |value: f64| wording::input_value(value, &input.unit);
        let name = wording::capital(&wording::rule_input(found, input));
        let takes = wording::takes(found, it);
        let spread = [low, median, high];
        RuleBar { name, spread, ends: [words(low), words(high)], limits: it.limits, takes, never: last.is_some() }
    };
    let free = (0..found.inputs.len()).filter(|place| it.rule.iter().all(|it| it.input != *place));
    let worth = &it.held_out;
    Rule {
        title: wording::box_title(found),
        condition: wording::discovered_condition(found).text(),
        bars: it.rule.iter().map(bar).collect(),
        free: free.map(|place| wording::rule_input(found, &found.inputs[place])).collect(),
        worth: [worth.coverage(), worth.density(), worth.mass(), found.looked_at.density()],
        credits: credits(&found.scenario, found.settings.paths, found.settings.seed),
    }
}

fn boxes(found: &Discovered) -> Boxes {
    let point = |it: &DiscoveredBox| BoxPoint {
        step: it.step.name().to_owned(),
        inputs: it.rule.len(),
        coverage: it.held_out.coverage(),
        density: it.held_out.density(),
    };
    Boxes {
        title: wording::trajectory_title(found),
        condition: wording::discovered_condition(found).text(),
        boxes: found.boxes.iter().map(point).collect(),
        shown: found.shown,
        base_rate: found.looked_at.density(),
        credits: credits(&found.scenario, found.settings.paths, found.settings.seed),
    }
}
