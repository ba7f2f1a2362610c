//! Tests: any text is read as a number that can be counted with, or refused; none of them is a fault.

use rand::{RngExt, SeedableRng, rngs::ChaCha8Rng};

use super::{count, decimal, lacks_scale, may_be_thousands, money, percent, percentage_points, tidy, year, years};

/// What numbers are written with, and what strays into them.
const PIECES: [&str; 40] = [
    "0", "1", "9", "12", "999", "2026", "1,151", "1.5", "007", "1e", "e308", "E-5", ".", ",", "-", "+", "−", "–", "%",
    "pp", "$", "¥", "€", "USD", "CNY", "k", "m", "bn", "trn", "year", "years", " ", "\u{a0}", "\u{feff}", "nan", "inf",
    "٢", "½", "\"", "x",
];

/// How many inputs are tried: `AIGAP_FUZZ_INPUTS=50000000 cargo test --release --lib any_text` tries more, on from the same seed.
fn inputs() -> u64 {
    std::env::var("AIGAP_FUZZ_INPUTS").ok().and_then(|it| it.parse().ok()).unwrap_or(50_000)
}

#[test]
fn any_text_is_a_finite_number_or_none() {
    let mut random = ChaCha8Rng::seed_from_u64(2026);
    let mut text = String::new();
    for _ in 0..inputs() {
        text.clear();
        for _ in 0..random.random_range(0..7) {
            text.push_str(PIECES[random.random_range(0..PIECES.len())]);
        }
        for (name, read) in [
            ("percent", percent as fn(&str) -> _),
            ("percentage points", percentage_points),
            ("years", years),
            ("decimal", decimal),
            ("count", count),
        ] {
            let value = read(&text);
            assert!(value.as_ref().map_or(true, |it| it.is_finite()), "{name} of {text:?}: {value:?}");
        }
        let amount = money(&text);
        assert!(amount.as_ref().map_or(true, |(_, it)| it.is_finite()), "{text:?}: {amount:?}");
        assert!(year(&text).map_or(true, |it| text.trim() == it.to_string()), "{text:?}");
        // A share is a number with its sign behind it, and nothing else.
        if let Ok(share) = percent(&text) {
            let number = count(tidy(&text).trim_end_matches('%')).expect("the number of a percentage");
            assert!((share * 100.0 - number).abs() <= 1e-12 * number.abs(), "{text:?}");
        }
        let _ = (lacks_scale(&text), may_be_thousands(&text));
    }
}
