//! Recipes are read back as they were written, and damaged ones are refused with their cause.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::measure::Metric;
use crate::scenario::Currency;
use crate::study::{
    Attribute, By, Change, Changes, Discover, Preset, Sampler, Seek, Sensitivity, SensitivityMethod, Sweep, Theme,
};

/// Names of files, with signs that shells, JSON and paths take for their own.
fn name() -> impl Strategy<Value = std::path::PathBuf> {
    "[a-z0-9 _'\"$中é=-]{1,12}\\.toml".prop_map(Into::into)
}

fn changes() -> impl Strategy<Value = Changes> {
    let source = prop::option::of("[a-zA-Z -]{1,12}");
    let currency = prop::option::of(prop::sample::select(vec![Currency::Usd, Currency::Cny]));
    let years = [prop::option::of(2024..2100), prop::option::of(2000..2024)];
    let lists = (prop::collection::vec(name(), 0..3), prop::collection::vec("\\PC{0,20}", 0..3));
    (lists, source, currency, years, any::<[bool; 2]>()).prop_map(
        |((with, set), source, currency, [horizon, real], [nearest_correlation, allow_outside])| Changes {
            with,
            set,
            horizon,
            source,
            currency,
            real,
            nearest_correlation,
            allow_outside,
        },
    )
}

fn look() -> impl Strategy<Value = Look> {
    let (preset, theme) = (prop::sample::select(Preset::ALL.to_vec()), prop::sample::select(Theme::ALL.to_vec()));
    let hairlines = 0..=Look::MOST_HAIRLINES;
    (preset, theme, hairlines, any::<[bool; 5]>()).prop_map(
        |(preset, theme, hairlines, [charts, high_contrast, median, svg_text, pdf])| Look {
            charts,
            preset,
            theme,
            high_contrast,
            median,
            hairlines,
            svg_text,
            pdf,
        },
    )
}

fn simulate() -> impl Strategy<Value = Question> {
    let precision = prop::option::of((1_u32..50_000_000).prop_map(|share| f64::from(share) / 1e8));
    let metrics = prop::sample::subsequence(Metric::ALL.to_vec(), 0..4);
    let kept = prop::option::of((1..=Simulate::MOST_KEPT / 2).prop_map(|pairs| 2 * pairs));
    (name(), precision, any::<bool>(), metrics, kept).prop_map(|(scenario, precision, exact, metrics, keep_paths)| {
        Question::Simulate(Simulate { scenario, precision, exact, metrics, keep_paths })
    })
}

fn compare() -> impl Strategy<Value = Question> {
    let attribution = prop::sample::select(vec![Attribute::WhereExact, Attribute::Always, Attribute::Never]);
    let scenarios = prop::collection::vec(name(), 2..5);
    // Every digit counts: shares such as 0.1 + 0.2 have seventeen of them.
    (scenarios, attribution, prop::option::of(prop::collection::vec(0.0..1.0, 2..5)))
        .prop_map(|(scenarios, attribution, weights)| Question::Compare(Compare { scenarios, attribution, weights }))
}

/// Any recipe that may be.
fn sensitivity() -> impl Strategy<Value = Question> {
    let of = prop::collection::vec("[a-zP(][ -~]{0,20}", 0..3);
    let also = prop::collection::vec("[a-z.]{1,9}=-?[0-9]{1,2}%:[0-9]{1,2}%", 0..3);
    let method = prop::sample::select(SensitivityMethod::ALL.to_vec());
    let by = prop::sample::select(By::ALL.to_vec());
    (name(), of, method, by, also).prop_map(|(scenario, of, method, by, also)| {
        Question::Sensitivity(Sensitivity { scenario, of, method, by, also })
    })
}

fn sweep() -> impl Strategy<Value = Question> {
    let over = prop::collection::vec("[a-z.]{1,9}=(-?[0-9]{1,2}%:[0-9]{1,2}%:9(:fixed)?|\\{1%, 2%\\})", 1..3);
    let of = prop::collection::vec("[a-zP(][ -~]{0,20}", 0..3);
    let precision = prop::option::of((1_u32..50_000_000).prop_map(|share| f64::from(share) / 1e8));
    let sweep = |(scenario, over, of, precision)| Question::Sweep(Sweep { scenario, over, of, precision });
    (name(), over, of, precision).prop_map(sweep)
}

fn discover() -> impl Strategy<Value = Question> {
    let (of_box, keep) = (prop::option::of(0_usize..200), prop::option::of(1..=Discover::MOST_KEPT));
    (name(), "[a-z][ -~é]{0,20}", of_box, keep).prop_map(|(scenario, condition, of_box, keep)| {
        Question::Discover(Discover { scenario, condition, of_box, keep })
    })
}

fn seek() -> impl Strategy<Value = Question> {
    let change = ("[a-z][a-z.-]{0,12}", any::<bool>());
    let changes = prop::collection::vec(change, 0..=2);
    (name(), "[A-Za-z($][ -~é]{0,20}", changes, prop::option::of("-?[0-9]{1,2}%:[0-9]{1,2}%")).prop_map(
        |(scenario, so_that, changes, between)| {
            let change =
                changes.into_iter().map(|(address, fixed)| Change { address, between: between.clone(), fixed });
            Question::Seek(Seek { scenario, so_that, change: change.collect() })
        },
    )
}

pub(crate) fn recipe() -> impl Strategy<Value = Recipe> {
    let sampler = prop::option::of(prop::sample::select(vec![Sampler::Addressed, Sampler::Sobol]));
    let paths = prop::option::of((1_u64..2_000_000_000).prop_map(|pairs| 2 * pairs));
    let question = prop_oneof![simulate(), compare(), seek(), sensitivity(), sweep(), discover()];
    (question, changes(), paths, prop::option::of(any::<u64>()), sampler, look()).prop_map(
        |(question, changes, paths, seed, sampler, look)| Recipe { question, changes, paths, seed, sampler, look },
    )
}

proptest! {
    #[test]
    fn a_recipe_is_read_back_to_the_last_bit(recipe in recipe()) {
        prop_assert_eq!(Recipe::from_json(&recipe.to_json()), Ok(recipe));
    }
}

#[test]
fn what_a_recipe_leaves_out_takes_its_default() {
    let written = r#"{ "format": "aigap recipe 1", "question": { "simulate": { "scenario": "base.toml" } } }"#;
    assert_eq!(Recipe::from_json(written), Ok(Recipe::simulate("base.toml")));
    let weighed = json!({
        "format": "aigap recipe 1",
        "question": { "compare": { "scenarios": ["a.toml", "b.toml"], "weights": [0.75, "0.25"] } }
    });
    let Question::Compare(it) = Recipe::from_value(weighed).unwrap().question else { panic!("another question") };
    assert_eq!(it.weights, Some(vec![0.75, 0.25]), "numbers written by hand are taken too");
}

#[test]
fn a_recipe_names_files_and_no_folders_where_it_is_kept() {
    let mut recipe = Recipe::compare(["/home/somebody/base.toml", "../x/push.toml"]);
    recipe.changes.with.push("packs/calm.toml".into());
    let kept = recipe.portable();
    assert_eq!(kept.scenarios(), ["base.toml", "push.toml"].map(std::path::PathBuf::from));
    assert_eq!(kept.changes.with, [std::path::PathBuf::from("calm.toml")]);
}

#[test]
fn a_damaged_recipe_is_refused_with_its_cause() {
    let simulated = |more: &str| {
        format!(r#"{{ "format": "aigap recipe 1", "question": {{ "simulate": {{ "scenario": "a.toml" {more} }} }} }}"#)
    };
    for (text, cause) in [
        ("{".to_owned(), "is no JSON"),
        ("[]".to_owned(), "is no JSON object"),
        ("{}".to_owned(), "does not say that its format"),
        (simulated("").replace("recipe 1", "recipe 7"), "has the format \"aigap recipe 7\""),
        (simulated("").replace("\"simulate\"", "\"guess\""), "guess"),
        (simulated(r#", "surprise": 1"#), "unknown field `surprise`"),
        (simulated(r#", "metrics": ["luck"]"#), "there is no metric \"luck\""),
        (simulated(r#", "precision": "NaN""#), "a precision of NaN"),
        (simulated(r#", "precision": "0.9""#), "a precision of 0.9"),
        (simulated(r#", "keep_paths": 3"#), "keeps 3 paths"),
        (simulated(r#", "keep_paths": 9000000000000"#), "keeps 9000000000000 paths"),
        (
            simulated("").replace("\"question\"", "\"paths\": 18446744073709551614, \"question\""),
            "18446744073709551614",
        ),
        (simulated("").replace("\"question\"", "\"paths\": 7, \"question\""), "asks for 7 paths"),
        (simulated("").replace("\"question\"", "\"seed\": -1, \"question\""), "-1"),
        (simulated("").replace("\"question\"", "\"look\": { \"hairlines\": 900 }, \"question\""), "draws 900"),
        (simulated("").replace("\"question\"", "\"changes\": { \"currency\": \"EUR\" }, \"question\""), "EUR"),
    ] {
        let refused = Recipe::from_json(&text).expect_err(&text).to_string();
        assert!(refused.contains(cause), "{text}: {refused}");
    }
    let mut lone = Recipe::compare(["a.toml"]);
    assert!(Recipe::from_json(&lone.to_json()).unwrap_err().to_string().contains("fewer than two"));
    lone = Recipe::compare(["a.toml", "b.toml"]);
    if let Question::Compare(it) = &mut lone.question {
        it.weights = Some(vec![f64::NAN, 1.0]);
    }
    assert!(Recipe::from_json(&lone.to_json()).unwrap_err().to_string().contains("no share"));
}
