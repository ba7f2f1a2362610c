//! Tests: every number that a computer can hold is worded, in a text of bearable length that says its sign and its size.

use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use super::digits::{median_ratio_within, money_range_short_within, money_range_within, money_within, percent_within};
use super::digits::{ratio_range_within, ratio_within};
use super::number::{
    count, count_or_decimal, money, money_axis, observed_money, outgrow, percent, percent_change, points_error,
    significant, whole_points,
};
use super::times::{observed_ratio, ratio, ratio_axis, ratio_range};
use crate::summary::Estimate;

/// Name of a wording of one number, and the wording.
type OfOne = (&'static str, fn(f64) -> String);
/// Name of a wording of two numbers, and the wording.
type OfTwo = (&'static str, fn(f64, f64) -> String);

/// Wordings of one number.
const OF_ONE: [OfOne; 12] = [
    ("significant", |x| significant(x, 2)),
    ("count", count),
    ("count_or_decimal", count_or_decimal),
    ("money", money),
    ("money_axis", money_axis),
    ("ratio", ratio),
    ("ratio_axis", ratio_axis),
    ("percent", percent),
    ("percent_change", percent_change),
    ("whole_points", whole_points),
    // An error has no sign.
    ("points_error", |x| points_error(x.abs())),
    ("observed_money", |x| observed_money(x, x, x)),
];

/// Wordings of two numbers, or of a number and its error.
const OF_TWO: [OfTwo; 10] = [
    ("money_within", |x, y| money_within(Estimate { value: x, error: y })),
    ("ratio_within", |x, y| ratio_within(Estimate { value: x, error: y })),
    ("percent_within", |x, y| percent_within(Estimate { value: x, error: y })),
    ("money_range", |x, y| money_range_within(Estimate::certain(x), Estimate::certain(y))),
    ("money_range_short", |x, y| money_range_short_within(Estimate::certain(x), Estimate { value: y, error: x })),
    ("ratio_range", ratio_range),
    ("ratio_range_within", |x, y| ratio_range_within(Estimate { value: x, error: y }, Estimate { value: y, error: x })),
    ("median_ratio_within", |x, y| {
        median_ratio_within(Estimate::certain(x), Estimate::certain(y), Estimate::certain(x))
    }),
    ("observed_ratio", |x, y| observed_ratio(x, y, y)),
    ("outgrow", |x, y| outgrow(x, y, 7.0)),
];

/// Any pattern of bits, and the numbers that programs stumble over.
fn any_number(random: &mut ChaCha8Rng) -> f64 {
    const SPECIAL: [f64; 12] =
        [0.0, 999.5, 999.6, 0.9995, 1e3, 999.5e6, 999.5e15, 1e12, f64::MAX, f64::MIN_POSITIVE, 5e-324, f64::INFINITY];
    let sign = if random.random::<bool>() { 1.0 } else { -1.0 };
    match random.random_range(0..4) {
        0 => f64::from_bits(random.random()),
        1 => sign * SPECIAL[random.random_range(0..SPECIAL.len())],
        2 => sign * libm::pow(10.0, random.random_range(-12.0..20.0)),
        // Just beside a power of ten, where rounding reaches the next unit.
        _ => sign * libm::pow(10.0, f64::from(random.random_range(-12..20))) * random.random_range(0.999..1.001),
    }
}

fn holds(name: &str, text: &str, of: &dyn std::fmt::Debug) {
    assert!(!text.is_empty() && text.chars().count() <= 70, "{name} of {of:?} is {text}");
    assert!(!text.contains("NaN") && !text.contains("inf") && !text.contains("-0"), "{name} of {of:?} is {text}");
    assert!(!text.contains("e+") && !text.contains("--") && !text.contains("−−"), "{name} of {of:?} is {text}");
}

/// How many pairs of numbers are tried: `AIGAP_FUZZ_INPUTS=1000000 cargo test --release --lib any_number` tries more.
fn inputs() -> u64 {
    std::env::var("AIGAP_FUZZ_INPUTS").ok().and_then(|it| it.parse().ok()).unwrap_or(20_000)
}

#[test]
fn any_number_has_words() {
    let mut random = ChaCha8Rng::seed_from_u64(20_240_515);
    for _ in 0..inputs() {
        let (x, y) = (any_number(&mut random), any_number(&mut random));
        for (name, worded) in OF_ONE {
            holds(name, &worded(x), &x);
        }
        for (name, worded) in OF_TWO {
            holds(name, &worded(x, y), &(x, y));
        }
    }
}

/// Dollars that a text says.
fn dollars(text: &str) -> f64 {
    let negative = text.starts_with('−');
    let text = text.trim_start_matches('−').trim_start_matches('$').replace(',', "");
    let units = [
        (" trillion trn", 1e24),
        (" billion trn", 1e21),
        (" million trn", 1e18),
        ("trn", 1e12),
        ("bn", 1e9),
        ("m", 1e6),
        ("k", 1e3),
    ];
    let (number, unit) =
        units.iter().find_map(|(word, unit)| Some((text.strip_suffix(word)?, *unit))).unwrap_or((&text, 1.0));
    let number: f64 = number.replace("×10^", "e").parse().expect(number);
    if negative { -number * unit } else { number * unit }
}

#[test]
fn an_amount_is_read_back_at_the_size_it_had() {
    let mut random = ChaCha8Rng::seed_from_u64(7);
    for _ in 0..50_000 {
        let exponent = random.random_range(-8.9..280.0);
        let sign = if random.random::<bool>() { 1.0 } else { -1.0 };
        let billions: f64 = sign * libm::pow(10.0, exponent);
        let text = money(billions);
        assert!((dollars(&text) / billions / 1e9 - 1.0).abs() < 0.051, "{billions} is {text}");
    }
    // The case that ended in a stack overflow: a thousand trillions have no next unit.
    assert_eq!(money(1e6), "$1,000trn");
    assert_eq!(money(-999_600.0), "−$1,000trn");
    assert_eq!(money(2.34e9), "$2.3 million trn");
    assert_eq!(money(4.0e40), "$4.0×10^49");
}
