//! Numbers in the text of the book, held against the settings of the program that they are.

use aigap::counting::sizes::{ALWAYS, THRESHOLDS};
use aigap::distribution::Distribution;
use aigap::engine::Settings;
use aigap::random::quasi::REPLICATES;
use aigap::scenario::Layers;
use aigap::special;
use aigap::study::{LEAST_YEARS, MEAN_GROWTH, RESAMPLES, ROWS};
use aigap::summary::{FINE_LEVELS, FUTURES, LEVELS, MOST_EXACT, Z_95};

use crate::support::program::{read, root};
use crate::support::runs;

use super::numbers::{self, Inline};
use super::numerals::{numerals, values};
use super::{pages, reference, source};

/// Words of a page with their numbers, and what these are in the program, in the same order.
pub type Passage = (&'static str, fn() -> Vec<f64>);

/// Numbers behind the equals sign of a constant of a file, as they stand there.
fn constant(file: &str, name: &str) -> Vec<f64> {
    let text = read(root().join(file));
    let found = text.split_once(&format!("const {name}: "));
    let (_, rest) = found.unwrap_or_else(|| panic!("{file} has no constant {name}"));
    let value = rest.split_once(" = ").unwrap().1.split_once(';').unwrap().0;
    value.split([' ', ',', '[', ']', '&', '{', '}']).filter_map(|it| it.replace('_', "").parse().ok()).collect()
}

/// The one number of a constant.
pub fn one(file: &str, name: &str) -> f64 {
    constant(file, name)[0]
}

const PRIOR: &str = "src/study/fit/prior.rs";
const SHAPLEY: &str = "src/study/sensitivity/shapley.rs";
const PEEL: &str = "src/study/discover/peel.rs";

/// The exit code that the reference tells so.
fn code(told: &str) -> f64 {
    let page = read(source().join("reference/exit-codes.md"));
    let row = page.lines().find(|line| line.contains(told)).unwrap_or_else(|| panic!("no exit code says {told}"));
    values(row).next().unwrap()
}

/// What a growth with `sd = "10%"` has as the standard deviation of its log.
fn sd_of_ten_percent() -> f64 {
    let text = "horizon = 2030\n[us.funding]\nmodel = \"random-walk\"\nvolatility = \"20%\"\n\
                growth = { mean = \"0%\", sd = \"10%\" }\n\
                [china.funding]\nmodel = \"random-walk\"\nvolatility = \"20%\"\ngrowth = \"0%\"\n";
    let Ok(loaded) = runs::try_read(&[("test.toml", text)], &Layers::default()) else { panic!("refused: {text}") };
    let growth = loaded.scenario.assumptions().iter().find(|it| it.address() == "us.funding.growth").unwrap();
    let Distribution::Normal { sd, .. } = growth.law() else { panic!("{:?}", growth.law()) };
    *sd
}

/// Share of the normal law within the half-width of an interval of what simulation leaves open.
fn confidence() -> f64 {
    2.0 * special::normal_cdf(Z_95) - 1.0
}

/// Numbers that the text of the book tells in words of its own.
const PASSAGES: &[Passage] = &[
    ("a hundred thousand", || vec![Settings::DEFAULT_PATHS as f64]),
    ("one hundred thousand futures", || vec![Settings::DEFAULT_PATHS as f64]),
    ("eight of ten", || vec![10.0 * (LEVELS[6] - LEVELS[2]), 10.0]),
    ("Eight of ten lie inside", || vec![10.0 * (LEVELS[6] - LEVELS[2]), 10.0]),
    ("one of ten below it, one above", || vec![1.0 / LEVELS[2]]),
    ("23 levels from 0.01 to 0.99", || vec![FINE_LEVELS.len() as f64, FINE_LEVELS[0], FINE_LEVELS[22]]),
    ("nineteen of twenty", || vec![20.0 * confidence(), 20.0]),
    // What intervals with that confidence miss of a hundred numbers; the difference of two runs is √2 times as wide.
    ("√2 times the stated", || vec![2.0]),
    ("a hundred numbers, and about five differ", || vec![100.0, 100.0 * (1.0 - confidence())]),
    ("of a hundred numbers about five move", || vec![100.0, 100.0 * (1.0 - confidence())]),
    ("within five standard errors", || vec![one("tests/golden.rs", "STANDARD_ERRORS")]),
    ("a million sums drawn deal by deal", || vec![one("tests/process.rs", "TOTALS")]),
    // Exit codes.
    ("ends with exit code 5", || vec![code("an answer that is no")]),
    ("ends with exit code 3", || vec![code("an input is wrong")]),
    ("Exit code 6 means that a file differs", || vec![code("what was verified")]),
    // What is refused or warned of.
    ("`sd = \"10%\"` is 0.10 of a log", || vec![0.1, sd_of_ten_percent()]),
    ("from a thousandth on", || vec![one("src/scenario/possible.rs", "SILENT_LOSS")]),
    ("moves by more than a twentieth is refused", || vec![one("src/scenario/possible.rs", "MOST_MOVED")]),
    ("a row for each sample, at least a hundred of them", || vec![one("src/scenario/draws.rs", "LEAST_ROWS")]),
    ("Paths beyond 10^±299", || vec![10.0, (one("src/engine/logs.rs", "MOST_LOG") / std::f64::consts::LN_10).floor()]),
    // Comparisons.
    ("differs by less than 10⁻⁹ of either side", || vec![one("src/summary/comparison/pairing.rs", "ROUNDING")]),
    // Shares of the variance.
    ("where that is large, above 0.3", || vec![one("src/study/sensitivity/sobol.rs", "LARGE")]),
    ("every set up to six inputs with luck, above 16 random orders", || {
        vec![one(SHAPLEY, "MOST_EXACT"), one(SHAPLEY, "PAIRS")]
    }),
    ("`mean((f_A − f_i)²)/(2V)`", || vec![2.0]),
    ("higher by `30%` on every path the quotient of the variances is `(1 + 1.3²)/0.3² = 29.9`", || {
        let rise: f64 = 0.3;
        let after = (1.0 + rise).powi(2);
        vec![rise, 1.0, after, rise.powi(2), (1.0 + after) / rise.powi(2)]
    }),
    ("exact up to six inputs or groups (2⁶ scenarios). More than six inputs", || {
        let most = MOST_EXACT as f64;
        vec![most, most.exp2(), most]
    }),
    ("if more than six groups remain, 32 random orders", || {
        vec![MOST_EXACT as f64, one("src/summary/attribution/orders.rs", "ORDERS")]
    }),
    // Rules.
    ("with the `5%` quantile and all that equals it, until `5%` of the paths are left", || {
        vec![1.0 / one(PEEL, "ONE_IN"), 1.0 / one(PEEL, "LEAST_ONE_IN")]
    }),
    ("is at least nine tenths of the best", || vec![one("src/study/discover/trajectory.rs", "KEPT")]),
    ("Ten times, as many draws", || vec![f64::from(RESAMPLES)]),
    // Fits.
    ("`φ ∈ {−0.4, −0.2, 0, 0.2, 0.4, 0.6, 0.8}`", || constant(PRIOR, "PERSISTENCE")),
    ("by the density of `N(0, 0.3²)` at `φ`", || vec![0.0, one(PRIOR, "SPREAD_OF_PERSISTENCE").powi(2)]),
    ("`q ∈ {0, 0.1, 0.25, 0.5, 1}`", || constant(PRIOR, "TRANSIENT")),
    ("`m₀ = 0.08`", || vec![MEAN_GROWTH]),
    ("“trend”: `κ₀ ∈ {0.25, 1.5, 7}`, `ν₀ = 1`, `s₀ = 0.30`", || constant(PRIOR, "TREND")),
    ("“shrunk”: `κ₀ ∈ {7, 28}`, `ν₀ = 4`, `s₀ = 0.36`", || constant(PRIOR, "SHRUNK")),
    ("drawn towards `ρ₀ = 0.4`", || vec![one(PRIOR, "CORRELATION")]),
    ("What is written are 8,192 draws", || vec![ROWS as f64]),
    ("with six figures or more behind it", || vec![one("src/study/backtest.rs", "FIRST")]),
    ("Six or more, all in one edition", || vec![LEAST_YEARS as f64]),
    // Numerics.
    ("1,024 buckets an octave", || vec![one("src/summary/histogram/buckets.rs", "MANTISSA_BITS").exp2()]),
    ("1.96 of it are the half-width of a `95%` interval", || vec![Z_95, confidence()]),
    ("with `95%` confidence", || vec![confidence()]),
    ("the first 4,096 paths", || vec![one("src/summary/within_draw.rs", "MOST_PATHS")]),
    ("Where `N/κ` is below 100", || vec![one("src/summary.rs", "FEWEST_PATHS_OF_A_MEAN")]),
    ("sixteen independent replicates", || vec![REPLICATES as f64]),
    // Pictures.
    ("Fifty dots, one for each fiftieth of the paths", || vec![FUTURES as f64, 1.0 / FUTURES as f64]),
    ("Fifty dots, each one fiftieth of the paths", || vec![FUTURES as f64, 1.0 / FUTURES as f64]),
    ("without deals above $100m", || vec![special::exp(THRESHOLDS[0])]),
    ("the share of the ten largest", || vec![ALWAYS]),
    // Mathematics, in which no number is a setting.
    ("`2 sin(πρ/6)`", || vec![2.0, 6.0]),
    ("`2 · sin(30° · ρ)`", || vec![2.0, 30.0]),
    ("AR(1)", || vec![1.0]),
    ("`ν > 2`", || vec![2.0]),
    ("`(low + 4 likely + high)/6`", || vec![4.0, 6.0]),
    ("`2 s²` more", || vec![2.0]),
    ("`ln(1 + g)`", || vec![1.0]),
    ("`μ = ln(1 + g)`", || vec![1.0]),
    ("`√(1 + c)`", || vec![1.0]),
    ("`ν₀ + d − 1` degrees", || vec![1.0]),
    ("`IG(ν₀/2, ν₀ s₀²/2)`", || vec![2.0, 2.0]),
    ("of exponent 2 or less", || vec![2.0]),
    ("`Cᵢⱼ = φ^|i−j|/(1−φ²) + q(2·1(i=j) − 1(|i−j|=1))`", || vec![1.0, 2.0, 1.0, 1.0, 1.0]),
    ("`s √((κ − 1)(1 + ρ²)/(4N))`", || vec![1.0, 1.0, 4.0]),
];

/// Words with numbers that claim nothing of the program: examples, names of things, ways to speak.
const IN_PASSING: &[&str] = &[
    "path 17 of the what-if is path 17 of the baseline",
    "future number seventeen of the what-if has the same good and bad years as future number seventeen of the baseline",
    "`Σ/(κ₀ + 1'C⁻¹1)`",
    "(`1` the vector of ones)",
    "`∫ (F(x) − 1[x ≥ y])² dx`",
    "`(p − 1)²`",
    "*Journal of Financial Economics* 87",
    "In ten minutes you know",
    "is ten times the one below",
    "that is step 3",
    "means one percent or a hundred",
    "Millions of paths take seconds and no more memory than thousands",
    "A4 or Letter",
];

/// A page without what [`PASSAGES`] and [`IN_PASSING`] hold or let pass, in single spaces.
fn without_passages(text: &str) -> String {
    let mut text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut all: Vec<&str> = PASSAGES.iter().map(|(words, _)| *words).chain(IN_PASSING.iter().copied()).collect();
    all.sort_by_key(|words| std::cmp::Reverse(words.len()));
    for words in all {
        text = text.replace(words, " ");
    }
    text
}

/// Pages with text of their own, each as text with its single spaces.
fn written_pages() -> Vec<(String, String)> {
    let made = reference::PAGES.map(|(name, _)| source().join("reference").join(name));
    let pages = pages(&source()).into_iter().filter(|path| !made.contains(path));
    pages.map(|path| (path.strip_prefix(source()).unwrap().display().to_string(), read(&path))).collect()
}

/// Holds numbers in words of a text against what they are.
pub fn tells_of((words, is): &Passage, text: &str) {
    assert!(text.contains(words), "no page says {words}");
    let (told, are) = (numerals(words), is());
    assert_eq!(told.len(), are.len(), "{words}: {told:?} for {are:?}");
    for (told, is) in told.iter().zip(are) {
        let near = told.half_step.max(1e-9 * is.abs()) * (1.0 + 1e-9);
        assert!((told.value - is).abs() <= near, "{words}: {} for {is}", told.shown);
    }
}

#[test]
fn numbers_that_the_text_tells_are_those_of_the_program() {
    let all: String = written_pages().into_iter().map(|(_, text)| text + "\n").collect();
    let all = all.split_whitespace().collect::<Vec<_>>().join(" ");
    PASSAGES.iter().for_each(|passage| tells_of(passage, &all));
    for words in IN_PASSING {
        assert!(all.contains(words), "no page says {words}");
    }
}

#[test]
fn every_number_in_the_text_is_shown_on_its_page_or_held() {
    for (name, page) in written_pages() {
        // In the explanation code in a line is a formula, elsewhere it is what a reader types.
        let inline = if name.starts_with("explanation/") { Inline::Formula } else { Inline::Typed };
        let (text, shown) = numbers::text_and_shown(&page, inline);
        // The method has settings by the dozen: what some table on the page shows is no proof of one.
        let shown = if name == "explanation/method.md" { String::new() } else { shown };
        let known: Vec<f64> = numerals(&shown).into_iter().map(|it| it.digits).collect();
        let is_year = |it: f64| (1800.0..=2100.0).contains(&it) && it.fract() == 0.0;
        let found = numerals(&without_passages(&text)).into_iter();
        let loose = found.filter(|it| !is_year(it.digits) && !known.contains(&it.digits));
        let loose: Vec<String> = loose.map(|it| it.shown).collect();
        assert!(loose.is_empty(), "{name}: nothing holds {loose:?}");
    }
}
