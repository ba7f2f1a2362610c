//! A sweep as charts: a line along one input, a map over two, for each target.

use crate::chart::sweep::LEGIBLE;
use crate::chart::{Chart, Sweep, SweepAnswer, SweepLine, SweepScale};
use crate::study::Swept;
use crate::summary::Z_95;
use crate::table::questions::target_unit;
use crate::wording;

use super::axes::{alone, apart, axis, credits, named, scale};

/// Most cells on either side of a map in which numbers can be read.
const MOST: [usize; 2] = [12, 10];

/// The charts of each target by name.
pub(super) fn charts(found: &Swept) -> Vec<(String, Chart)> {
    let drawn = (0..found.targets.len()).filter_map(|place| {
        let text = &found.targets[place].text;
        if found.along.len() == 1 {
            return Some((named("sweep-line", "line", place, text), Chart::SweepLine(line(found, place)?)));
        }
        Some((named("sweep", "map", place, text), Chart::Sweep(map(found, place)?)))
    });
    apart(drawn.collect())
}

fn answer(found: &Swept, place: usize) -> SweepAnswer {
    let target = &found.targets[place];
    let unit = target_unit(&found.scenario, &target.asked);
    let values = found.cells[place].iter().flatten().flatten().map(|it| it.value).filter(|it| it.is_finite());
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| (low.min(it), high.max(it)));
    let (low, high) = if low <= high { (low, high) } else { (0.0, 0.0) };
    let level = found.level(target);
    let scale = scale(&unit);
    let mark = match (level, &scale) {
        (_, SweepScale::Chance) if target.is_share() => "50:50".to_owned(),
        (Some(level), SweepScale::Chance) => format!("{} {}", found.scenario.base_year(), wording::percent(level)),
        (Some(level), SweepScale::Ratio) => {
            format!("{} {}", found.scenario.base_year(), wording::observed_ratio(level, level, level))
        }
        (Some(level), SweepScale::Unit(unit)) => {
            format!("{} {}", found.scenario.base_year(), wording::input_value(level, unit))
        }
        (None, _) => String::new(),
    };
    // Beyond what cells write as numbers there is one colour.
    let (least, most) = LEGIBLE;
    let ends = if scale == SweepScale::Ratio { (low.clamp(least, most), high.clamp(least, most)) } else { (low, high) };
    // Without a level that matters the colours only rise.
    SweepAnswer { scale, level: level.unwrap_or(low), mark, ends }
}

fn question(found: &Swept, place: usize) -> String {
    wording::capital(&wording::target_words(&found.scenario, &found.targets[place].asked).text())
}

fn line(found: &Swept, place: usize) -> Option<SweepLine> {
    let along = &found.along[0];
    let share = found.targets[place].is_share();
    let cells = &found.cells[place][0];
    let kept: Vec<usize> = (0..cells.len()).filter(|it| cells[*it].is_some_and(|it| it.value.is_finite())).collect();
    if kept.len() < 2 {
        return None;
    }
    let banded = found.bands[place][0].iter().any(Option::is_some);
    let point = |column: &usize| {
        let it = cells[*column].unwrap_or(crate::summary::Estimate::certain(f64::NAN));
        let half = if it.error.is_finite() { Z_95 * it.error } else { 0.0 };
        let (low, high) = found.bands[place][0][*column].unwrap_or((it.value - half, it.value + half));
        let ends = [low, it.value, high];
        if share { ends.map(|it| it.clamp(0.0, 1.0)) } else { ends }
    };
    let values: Vec<f64> = kept.iter().map(|column| along.values[*column]).collect();
    let own = along.varied.own(&found.scenario);
    let inside = values.first().is_some_and(|low| *low <= own) && values.last().is_some_and(|high| own <= *high);
    Some(SweepLine {
        title: Some(wording::sweep_chart_title(found, place)),
        question: question(found, place),
        answer: answer(found, place),
        across: alone(axis(&found.scenario, &along.varied, &values)),
        band: if banded { "80% of paths" } else { "simulation error" }.to_owned(),
        points: kept.iter().map(point).collect(),
        baseline: inside.then(|| along.varied.in_unit(&found.scenario, own).0),
        tipping: found.tips(place, 0),
        tipping_between: found.tips_between(place, 0),
        met_above: None,
        made: format!("Every point is a run of its own on the same random numbers; {} runs.", kept.len()),
        not_drawn: match cells.len() - kept.len() {
            0 => String::new(),
            1 => "At one more value it is no finite number.".to_owned(),
            more => format!("At {more} more values it is no finite number."),
        },
        credits: credits(&found.scenario, found.settings.paths, found.settings.seed),
    })
}

/// A map; of a grid with more cells than can be read, every second or third value, those among them that the title is about.
fn map(found: &Swept, place: usize) -> Option<Sweep> {
    let [first, second] = &found.along[..] else { return None };
    let kept = |number: usize, most: usize, among: usize| {
        let step = number.div_ceil(most).max(1);
        (among % step..number).step_by(step).collect::<Vec<usize>>()
    };
    let columns = kept(first.values.len(), MOST[0], first.nearest(&found.scenario));
    let rows = kept(second.values.len(), MOST[1], found.told_row(place));
    let values = |of: &[f64], kept: &[usize]| kept.iter().map(|it| of[*it]).collect::<Vec<f64>>();
    let cells = rows
        .iter()
        .map(|row| columns.iter().map(|it| found.cells[place][*row][*it].map_or(f64::NAN, |it| it.value)).collect())
        .collect();
    let own = [first, second].map(|it| it.position(&found.scenario));
    let in_unit = |it: &crate::study::Along| it.varied.in_unit(&found.scenario, it.varied.own(&found.scenario)).0;
    let own_values = (in_unit(first), in_unit(second));
    let shown = |kept: &[usize], own: Option<usize>| kept.iter().position(|it| Some(*it) == own);
    let baseline = shown(&columns, own[0]).zip(shown(&rows, own[1]));
    Some(Sweep {
        title: Some(wording::sweep_chart_title(found, place)),
        question: question(found, place),
        answer: answer(found, place),
        across: axis(&found.scenario, &first.varied, &values(&first.values, &columns)),
        up: axis(&found.scenario, &second.varied, &values(&second.values, &rows)),
        cells,
        made: first.values.len() * second.values.len(),
        told: rows.iter().position(|row| *row == found.told_row(place)).unwrap_or(0),
        baseline,
        between_cells: (own[0].is_none() || own[1].is_none()).then_some(own_values),
        tipping: found.tips(place, found.told_row(place)),
        tipping_between: found.tips_between(place, found.told_row(place)),
        credits: credits(&found.scenario, found.settings.paths, found.settings.seed),
    })
}
