//! Charts with made-up numbers, for renderers whose commands come later: used by tests and by the proof sheet.
#![allow(dead_code, reason = "shared between a test file and an example, each of which uses a part")]

use aigap::chart::{
    BackTest, Band, BoxPoint, Boxes, Chart, Effects, Learned, LearnedRow, Multiples, MultiplesPanel, Rule, RuleBar,
    Seen, Share, Shares, Sweep, SweepAnswer, SweepAxis, SweepLine, SweepScale, Tornado, TornadoBar, Waterfall,
};
use aigap::draw::Credits;
use aigap::summary::Estimate;
use aigap::table::Cell;
use aigap::wording::Cited;

pub fn credits() -> Credits {
    Credits {
        source: "CB Insights State of AI 2023 recap, edition 2024-01".to_owned(),
        scenario: "Sample".to_owned(),
        name: "sample".to_owned(),
        config: String::new(),
        title: None,
        paths: 100_000,
        seed: 20_240_515,
        version: "aigap 0.1.0".to_owned(),
        counted: "AI funding",
        unit: "$bn".to_owned(),
        money: String::new(),
        drawn: false,
        events: Vec::new(),
    }
}

fn regions() -> [String; 2] {
    ["US".to_owned(), "China".to_owned()]
}

/// The tornado of the design, with `more` small inputs behind it.
pub fn tornado(more: usize) -> Tornado {
    let bar = |name: &str, base: &str, low: (&str, f64), high: (&str, f64)| TornadoBar {
        name: name.to_owned(),
        base: base.to_owned(),
        ends: [(low.0.to_owned(), low.1), (high.0.to_owned(), high.1)],
        meets: None,
    };
    let mut bars = vec![
        bar("US 2023 total", "$31bn", ("$27bn", 22.4), ("$36bn", 29.7)),
        bar("China trend growth", "5% a year", ("−5%", 69.0), ("15%", 9.4)),
        bar("Mean reversion to 4×", "0% a year", ("0%", 25.6), ("5%", 13.4)),
        bar("US trend growth", "10% a year", ("3%", 12.7), ("17%", 51.4)),
        bar("China 2023 total", "$2.0bn", ("$1.6bn", 32.0), ("$4.0bn", 12.8)),
        bar("US correction risk", "0% a year", ("0%", 25.6), ("12%", 16.0)),
    ];
    for place in 0..more {
        let size = 1.0 + 0.05 / (place + 1) as f64;
        let name = format!("Small input {} with a rather long name", place + 1);
        bars.push(bar(&name, "1.00", ("0.9", 25.6 / size), ("1.1", 25.6 * size)));
    }
    Tornado {
        title: None,
        measure: None,
        scale: SweepScale::Ratio,
        year: 2033,
        regions: regions(),
        baseline: 25.6,
        goal: None,
        bars,
        unmoved: vec!["shock correlation".to_owned()],
        ranges: "10th to 90th percentile of each".to_owned(),
        explained: (more > 0).then_some(0.63),
        credits: credits(),
    }
}

pub fn shares(count: usize) -> Shares {
    let names =
        ["Luck", "China deal-size growth", "US deal-size growth", "Deal growth", "Volatility", "Figures", "Events"];
    let share = |(place, name): (usize, &&str)| {
        let alone = 0.55 / libm::pow(2.2, place as f64);
        Share {
            name: (*name).to_owned(),
            words: "what single years and deals bring, in a line that may be long".to_owned(),
            alone: [alone, 0.004],
            with_others: Some([alone * 1.2 + 0.01, 0.006]),
            cell: Cell::default(),
            is_luck: *name == "Luck",
            label: None,
        }
    };
    let bars = names.iter().take(count).enumerate().map(share).collect();
    Shares { title: None, of: None, year: 2033, regions: regions(), bars, credits: credits() }
}

/// A smooth S from 0 to 1 without any library: close enough to a law of chance for a sample.
fn chance(z: f64) -> f64 {
    0.5 + 0.5 * z / (1.0 + z * z).sqrt()
}

fn growth(from: i32, step: i32, count: usize) -> SweepAxis {
    let values: Vec<f64> = (0..count).map(|place| f64::from(from + step * place as i32) / 100.0).collect();
    let words = values.iter().map(|value| format!("{:.0}%", 100.0 * value).replace('-', "−").replace("−0%", "0%"));
    SweepAxis {
        name: "China deal growth, a year".to_owned(),
        words: words.collect(),
        values,
        unit: "share a year".to_owned(),
    }
}

pub fn sweep(columns: usize, rows: usize, ratio: bool) -> Sweep {
    let across = growth(-5, 5, columns);
    let up = SweepAxis { name: "US deal growth, a year".to_owned(), ..growth(-5, 5, rows) };
    let cell = |us: f64, china: f64| {
        let lead = 8.0 * (us - china);
        if ratio { 15.5 * libm::pow(10.0, lead) } else { chance(lead) }
    };
    let cells = up.values.iter().map(|us| across.values.iter().map(|china| cell(*us, *china)).collect()).collect();
    Sweep {
        title: None,
        question: "Chance that the 2033 US/China ratio is above its 2023 level of about 16×".to_owned(),
        answer: if ratio { SweepAnswer::ratio(15.5) } else { SweepAnswer::chance() },
        made: columns * rows,
        told: rows.min(4) - 1,
        baseline: Some((columns.min(3) - 1, rows.min(4) - 1)),
        between_cells: None,
        tipping: None,
        tipping_between: None,
        across,
        up,
        cells,
        credits: credits(),
    }
}

pub fn sweep_line(ratio: bool) -> SweepLine {
    let across = growth(-5, 5, 8);
    let point = |china: &f64| {
        let lead = 8.0 * (0.10 - china);
        if ratio {
            [1.5 * libm::pow(10.0, lead), 15.5 * libm::pow(10.0, lead), 150.0 * libm::pow(10.0, lead)]
        } else {
            [chance(lead) - 0.01, chance(lead), chance(lead) + 0.01]
        }
    };
    let points = across.values.iter().map(point).collect();
    let question = if ratio { "Median 2033 US/China ratio" } else { "Chance of a wider US/China ratio in 2033" };
    SweepLine {
        title: None,
        question: question.to_owned(),
        band: if ratio { "80% of paths".to_owned() } else { String::new() },
        answer: if ratio { SweepAnswer::ratio(15.5) } else { SweepAnswer::chance() },
        across,
        points,
        baseline: Some(0.05),
        tipping: None,
        tipping_between: None,
        met_above: None,
        made: "Every point is a run of its own on the same random numbers; 8 runs.".to_owned(),
        not_drawn: String::new(),
        credits: credits(),
    }
}

pub fn back_test(forecasts: u64) -> BackTest {
    let part = |share: f64| (share * forecasts as f64).round() as u64;
    BackTest {
        forecasts,
        made: "made with data up to each year 2010–2022".to_owned(),
        bands: vec![(0.5, part(0.38)), (0.8, part(0.7)), (0.95, part(0.83))],
        tenths: [8, 6, 8, 5, 5, 3, 7, 3, 5, 10].map(|count| count * forecasts / 60),
        overlapping: true,
        credits: credits(),
    }
}

/// Prior against posterior, with ranges that shrank, stayed and grew.
pub fn learned() -> Learned {
    let row = |name: &str, prior: [f64; 3], posterior: [f64; 3]| LearnedRow {
        name: name.to_owned(),
        prior,
        posterior,
        ends: [prior[0].min(posterior[0]), prior[2].max(posterior[2])].map(|it| format!("{:.0}%", 100.0 * it)),
        words: format!("{:.0}% ({:.0}% to {:.0}%)", 100.0 * posterior[1], 100.0 * posterior[0], 100.0 * posterior[2]),
        shrunk: 1.0 - (posterior[2] - posterior[0]) / (prior[2] - prior[0]),
    };
    Learned {
        title: "The figures teach most about US volatility".into(),
        rows: vec![
            row("US growth", [-0.3, 0.08, 0.68], [0.03, 0.24, 0.46]),
            row("US volatility", [0.16, 0.42, 2.3], [0.23, 0.31, 0.44]),
            row("US noise", [0.0, 0.2, 1.2], [0.0, 0.12, 0.24]),
            row("China growth", [-0.3, 0.08, 0.68], [0.05, 0.31, 0.72]),
            row("Persistence of growth", [-0.4, 0.0, 0.4], [-0.4, 0.0, 0.4]),
            row("Correlation of shocks", [-0.2, 0.4, 0.8], [-0.3, 0.4, 0.9]),
        ],
        credits: credits().of_observed(),
    }
}

/// The baseline and what-ifs with names and words as long as those that are shipped.
pub fn panels(count: usize) -> Vec<MultiplesPanel> {
    let names = [
        "Baseline",
        "China state push",
        "A US correction after a boom",
        "Export controls tighten",
        "Open models",
        "Convergence",
        "Capital decoupling",
        "An AI winter",
        "Boom and bust",
        "Deal by deal",
    ];
    let panel = |(place, name): (usize, &&str)| {
        let drift = [0.06, -0.12, 0.0, 0.2, 0.1, -0.2, 0.15, -0.05, 0.02, 0.03][place];
        let band = |year: i32| {
            let years = f64::from(year - 2023);
            let spread = 0.4 * years.sqrt();
            let quantiles =
                [-1.96, -1.28, -0.67, 0.0, 0.67, 1.28, 1.96].map(|z| 15.5 * libm::exp(drift * years + spread * z));
            Band { year, quantiles, errors: [0.01; 7] }
        };
        MultiplesPanel {
            name: (*name).to_owned(),
            words: "Controls on chips shrink Chinese rounds first and their number later, year after year.".to_owned(),
            cell: Cell::default(),
            bands: (2024..=2033).map(band).collect(),
            events: if place % 2 == 1 { vec![[2026, 2026], [2027, 2030]] } else { Vec::new() },
        }
    };
    names.iter().take(count).enumerate().map(panel).collect()
}

fn seen() -> Vec<Seen> {
    let of = |year: i32, value: f64| Seen { year, value, low: 0.8 * value, high: 1.3 * value, derived: true };
    vec![of(2022, 4.1), of(2023, 15.5)]
}

pub fn multiples(count: usize) -> Multiples {
    let panels = panels(count);
    Multiples { panels, seen: seen(), base_year: 2023, horizon: 2033, regions: regions(), credits: credits() }
}

pub fn effects(count: usize) -> Effects {
    let panels = panels(count);
    let effect = |place: usize| {
        let middle = [-1.5, -0.6, 1.1, 0.4, -2.0, 0.9, -0.1, -0.4, -0.3][place];
        let q = [-2.0, -1.3, -0.7, 0.0, 0.7, 1.3, 2.0].map(|z| libm::exp(middle + 0.5 * z));
        (q, "median ÷4.5, smaller in 97% of paths".into())
    };
    Effects {
        effects: (0..panels.len() - 1).map(effect).collect(),
        panels,
        title: "“China state push” divides the 2033 ratio by 4.5 in the middle path".into(),
        luck: "Each path is run under both scenarios with the same luck, so luck cancels.".to_owned(),
        seen: seen(),
        base_year: 2023,
        horizon: 2033,
        regions: regions(),
        credits: credits(),
    }
}

pub fn waterfall(parts: usize) -> Waterfall {
    let factors = [0.4, 1.6, 0.8, 1.1, 0.95, 1.02, 0.99, 1.01];
    let names = ["state AI fund", "china deal size growth", "us deals growth", "open models spread", "volatility"];
    let part = |place: usize| {
        let factor = Cited::new(factors[place % factors.len()], Cell::default());
        (names[place % names.len()].to_owned(), factor)
    };
    let parts: Vec<(String, Cited<f64>)> = (0..parts).map(part).collect();
    let last = 25.6 * parts.iter().map(|part| part.1.value).product::<f64>();
    let end = |value: f64, error: f64| Cited::new(Estimate { value, error }, Cell::default());
    Waterfall {
        what_if: "China state push".to_owned(),
        ends: [end(25.6, 0.1), end(last, 0.01 * last)],
        parts,
        year: 2033,
        regions: regions(),
        credits: credits(),
    }
}

const SHARED: &str = "the US/China ratio in 2033 is below half of 2023";

/// A rule on so many inputs, with limits on either side or on both, near the ends and in the middle.
pub fn rule(inputs: usize) -> Rule {
    let bar = |place: usize| {
        let limits = [[Some(0.12), None], [None, Some(-0.05)], [Some(0.06), Some(0.08)], [Some(-0.4), None]][place % 4];
        let takes = ["above 12%", "below −5%", "6% to 8%", "above −40%"][place % 4];
        let names = [
            "China deal size growth",
            "US deals growth",
            "state AI fund",
            "Open models, effect on China deal size in a line",
        ];
        RuleBar {
            name: format!("{}{}", names[place % 4], if place < 4 { String::new() } else { format!(" {place}") }),
            spread: [-0.16, 0.0725, 0.35],
            ends: ["−16%".to_owned(), "35%".to_owned()],
            limits,
            takes: takes.to_owned(),
            never: false,
        }
    };
    Rule {
        title: "A rule holds in 71% of such futures to 2033, and in 31% of all".into(),
        condition: SHARED.to_owned(),
        bars: (0..inputs).map(bar).collect(),
        free: ["US deal size growth", "China deals growth", "US correction, size", "rounding of China’s funding"]
            .map(str::to_owned)
            .to_vec(),
        worth: [0.71, 0.41, 0.31, 0.18],
        credits: credits(),
    }
}

/// A trajectory from everything to a twentieth, with its answer at a place.
pub fn boxes(count: usize, shown: usize, base_rate: f64) -> Boxes {
    let point = |place: usize| {
        let mass = libm::pow(0.95, place as f64);
        let density = base_rate + (1.0 - base_rate) * (1.0 - mass) * 0.8;
        let step = if place == 0 {
            "everything"
        } else if place + 3 > count {
            "drop"
        } else {
            "peel"
        };
        BoxPoint { step: step.to_owned(), inputs: place.min(4), coverage: mass * density / base_rate, density }
    };
    let boxes: Vec<BoxPoint> = (0..count).map(point).collect();
    let title = boxes.get(shown).map_or_else(String::new, |it| {
        format!(
            "A rule for {:.0}% of such futures to 2033 lifts their chance to {:.0}%",
            100.0 * it.coverage,
            100.0 * it.density
        )
    });
    Boxes { title: title.into(), condition: SHARED.to_owned(), boxes, shown, base_rate, credits: credits() }
}

/// One of each, as the design draws them.
pub fn all() -> Vec<Chart> {
    vec![
        Chart::Tornado(tornado(0)),
        Chart::Shares(shares(5)),
        Chart::Sweep(sweep(8, 7, false)),
        Chart::SweepLine(sweep_line(false)),
        Chart::Rule(rule(3)),
        Chart::Boxes(boxes(58, 20, 0.36)),
        Chart::BackTest(back_test(60)),
        Chart::Learned(learned()),
        Chart::Multiples(multiples(4)),
        Chart::Effects(effects(4)),
        Chart::Waterfall(waterfall(4)),
    ]
}

/// The same with numbers that are as awkward as they may come.
pub fn awkward() -> Vec<Chart> {
    vec![
        Chart::Tornado(tornado(9)),
        Chart::Tornado(Tornado { goal: Some(12.0), ..tornado(0) }),
        Chart::Tornado(Tornado { goal: Some(25.0), ..tornado(0) }),
        Chart::Tornado(Tornado { goal: Some(900.0), bars: tornado(0).bars.split_off(4), ..tornado(0) }),
        Chart::Tornado(Tornado { bars: Vec::new(), unmoved: Vec::new(), ..tornado(0) }),
        Chart::Tornado(Tornado { bars: tornado(0).bars.split_off(5), ..tornado(0) }),
        Chart::Shares(shares(7)),
        Chart::Shares(shares(2)),
        Chart::Sweep(sweep(12, 10, false)),
        Chart::Sweep(sweep(12, 10, true)),
        Chart::Sweep(sweep(2, 2, true)),
        Chart::SweepLine(sweep_line(true)),
        Chart::Rule(rule(1)),
        Chart::Rule(rule(30)),
        Chart::Rule(Rule { title: "No rule".into(), free: Vec::new(), ..rule(0) }),
        Chart::Boxes(boxes(1, 0, 0.002)),
        Chart::Boxes(boxes(70, 69, 0.01)),
        Chart::Boxes(boxes(10, 1, 0.97)),
        Chart::BackTest(back_test(12)),
        Chart::BackTest(back_test(6_000)),
        Chart::Multiples(multiples(2)),
        Chart::Multiples(multiples(6)),
        Chart::Multiples(multiples(10)),
        Chart::Effects(effects(2)),
        Chart::Effects(effects(7)),
        Chart::Waterfall(waterfall(2)),
        Chart::Waterfall(waterfall(8)),
    ]
}
