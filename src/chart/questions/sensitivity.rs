//! What matters most, as charts: a tornado or shares of the variance for each target.

use crate::chart::{Chart, Share, Shares, Tornado, TornadoBar};
use crate::measure::Target;
use crate::study::{self, Answered, Sensitive, Swing};
use crate::table::questions::target_unit;
use crate::wording::{self, Text};

use super::axes::{apart, credits, named, scale};

/// The charts of each target by name.
pub(super) fn charts(found: &Sensitive) -> Vec<(String, Chart)> {
    let both = found.targets.iter().zip(&found.answers).enumerate();
    let drawn = both.filter_map(|(place, (target, answer))| {
        let (kind, chart) = match answer {
            Answered::Tornado(it) => ("tornado", Chart::Tornado(tornado(found, target, it)?)),
            Answered::Shares(it) => ("shares", Chart::Shares(shares(found, target, it)?)),
        };
        Some((named(kind, kind, place, &target.text), chart))
    });
    apart(drawn.collect())
}

fn regions(found: &Sensitive) -> [String; 2] {
    let gap = found.scenario.gap();
    [gap.lead(), gap.follow()].map(|place| wording::short_name(found.scenario.regions()[place].name()))
}

fn tornado(found: &Sensitive, target: &Target, it: &study::Tornado) -> Option<Tornado> {
    let bar = |swing: &Swing| {
        let input = &found.scenario.assumptions()[swing.varied.id];
        let words = |place: usize| {
            let (value, unit) = input.in_unit(swing.inputs[place]);
            wording::input_value(value, unit)
        };
        let end = |place: usize| (words(place), swing.outputs[place].value);
        let name = wording::capital(&wording::input_name(&found.scenario, &swing.varied.address));
        let (base, unit) = input.in_unit(swing.inputs[2]);
        TornadoBar { name, base: wording::assumed_value(base, unit), ends: [end(0), end(4)], meets: None }
    };
    let bars: Vec<TornadoBar> =
        it.swings.iter().filter(|it| it.outputs.iter().all(|it| it.value.is_finite())).map(bar).collect();
    let unit = target_unit(&found.scenario, &target.asked);
    let log = if unit == "times" { ", log scale" } else { "" };
    (!bars.is_empty() && it.baseline.value.is_finite()).then(|| Tornado {
        title: Some(wording::tornado_words(found, target, it)),
        measure: Some(format!(
            "{}{log}",
            wording::capital(&wording::target_words(&found.scenario, &target.asked).text())
        )),
        scale: scale(&unit),
        year: target.year(),
        regions: regions(found),
        baseline: it.baseline.value,
        goal: None,
        bars,
        unmoved: it.still.iter().map(|it| wording::input_name(&found.scenario, &it.address)).collect(),
        ranges: "10th to 90th percentile of each".to_owned(),
        explained: it.explained,
        credits: credits(&found.scenario, found.settings.paths, found.settings.seed),
    })
}

fn shares(found: &Sensitive, target: &Target, it: &study::Shares) -> Option<Shares> {
    let interval = |it: study::Interval| [it.value, it.error().unwrap_or(0.0)];
    // As the table and the title say it: alone, and in brackets what it does with the others where that reads differently.
    let label = |(alone, others): (Text, Option<Text>)| match others.map(|it| it.text()) {
        Some(others) if others != alone.text() => format!("{alone} ({others})"),
        _ => alone.text(),
    };
    let labels = wording::share_texts(found, target, it).into_iter().map(label);
    let bar = |(player, label): (&study::Player, String)| Share {
        name: wording::capital(&wording::player_words(found, player)),
        words: String::new(),
        alone: interval(player.share),
        with_others: player.total.map(interval),
        cell: wording::player_cell(target, player),
        // The title has what luck explains by itself, and so has its bar.
        is_luck: false,
        label: Some(label),
    };
    let bars: Vec<Share> = it.players.iter().zip(labels).map(bar).collect();
    Some(Shares {
        title: Some(wording::shares_words(found, target, it)?),
        of: Some(wording::variance_words(found, target).text()),
        year: target.year(),
        regions: regions(found),
        bars,
        credits: credits(&found.scenario, found.settings.paths, found.settings.seed),
    })
}
