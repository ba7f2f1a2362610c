//! Tests: conditions as analysts write them, mistakes with their cures, and questions that every path answers alike.

use super::*;

fn parse(text: &str) -> Result<Condition, Mistake> {
    let regions = ["us".to_owned(), "china".to_owned()];
    let observed = |region: &str, metric: &str, year: i32| match (region, metric, year) {
        ("us", "funding", 2023) => Some(31.0),
        ("china", "funding", 2023) => Some(2.0),
        _ => None,
    };
    let names = Names {
        regions: &regions,
        whole: &[true, true],
        single: &[false, false],
        accompanied: &|_, _| false,
        gap: [0, 1],
        base_year: 2023,
        horizon: 2030,
        observed: &observed,
    };
    Condition::parse(text, &names)
}

#[test]
fn conditions_are_read_as_analysts_write_them() {
    let read = |text: &str| parse(text).map(|it| (it.metric, it.subject, it.when, it.comparison, it.threshold));
    let (region, gap) = (Subject::Region(1), Subject::Gap);
    let cases = [
        ("china.funding in 2030 > $6.7bn", (Metric::Funding, region, When::In(2030), Comparison::Above, 6.7)),
        ("ratio in 2030 < half of 2023", (Metric::Ratio, gap, When::In(2030), Comparison::Below, 7.75)),
        ("gap in some year > $100bn", (Metric::Gap, gap, When::SomeYear, Comparison::Above, 100.0)),
        ("china.deals >= 1", (Metric::Deals, region, When::EachYear, Comparison::AtLeast, 1.0)),
        ("ratio ≤ 3×", (Metric::Ratio, gap, When::EachYear, Comparison::AtMost, 3.0)),
        ("share in every year > 50%", (Metric::Share, gap, When::EveryYear, Comparison::Above, 0.5)),
    ];
    for (text, expected) in &cases {
        assert_eq!(read(text).as_ref(), Ok(expected), "{text}");
    }
    assert!(parse("one-year multiple of us.funding < 5").is_ok_and(|it| it.one_year_multiple && it.threshold == 5.0));
    assert!(parse("gap > 1.5 times 2023").is_ok_and(|it| it.threshold == 43.5));
}

/// Every metric beside every comparison, at and beyond the ends of what it can be: refused where no path can differ.
#[test]
fn a_question_that_every_path_answers_alike_is_refused() {
    let subject = |metric: Metric| {
        if metric.is_of_the_gap() { metric.name().to_owned() } else { format!("us.{}", metric.name()) }
    };
    let written = |unit: &str, value: f64| match unit {
        "share" => format!("{}%", 100.0 * value),
        "$m" | "$bn" => {
            format!("{}${}{}", if value < 0.0 { "-" } else { "" }, value.abs(), unit.trim_start_matches('$'))
        }
        _ => format!("{value}"),
    };
    let metrics = Metric::ALL
        .into_iter()
        .filter(|it| !it.needs_single_deals() && *it != Metric::WorldShare && it.companion().is_none());
    let signs =
        [("<", Comparison::Below), ("<=", Comparison::AtMost), (">", Comparison::Above), (">=", Comparison::AtLeast)];
    for metric in metrics {
        for (sign, comparison) in signs {
            for value in [-3.0, -0.5, 0.0, 0.5, 1.0, 1.5] {
                let (low, high) = metric.values().range();
                // Of what the metric can be, near its ends and far from them.
                let possible = [-1e9, -3.0, -0.7, 0.0, 1e-9, 0.3, 0.5, 0.7, 1.0, 1.2, 2.0, 1e9, f64::INFINITY];
                let mut answers =
                    possible.into_iter().filter(|it| (low..=high).contains(it)).map(|it| comparison.holds(it, value));
                let first = answers.next();
                let open = answers.any(|answer| Some(answer) != first);
                let text = format!("{} {sign} {}", subject(metric), written(metric.unit(), value));
                assert_eq!(parse(&text).is_ok(), open, "{text}: {:?}", parse(&text));
                let multiple = parse(&format!("one-year multiple of {} {sign} 3", subject(metric)));
                assert_eq!(multiple.is_ok(), !metric.may_be_negative(), "{}", metric.name());
            }
        }
    }
}

#[test]
fn mistakes_say_where_and_what_to_do() {
    let cure = |text: &str| parse(text).expect_err(text).cure;
    assert!(cure("ration in 2030 < 2").contains("ratio"));
    assert!(cure("funding > $5bn").contains("china.funding"));
    assert!(cure("chna.funding > $5bn").contains("china.funding"));
    assert!(cure("us.ratio > 5").contains("ratio alone"));
    assert!(cure("ratio in 2050 > 5").contains("2024 to 2030"));
    assert!(cure("ratio").contains("write it like"));
    assert!(cure("gap > 5").contains("6.7bn USD"));
    assert!(cure("gap > half of 1999").contains("half of 2023"));
    assert!(cure("us.deals > 1.500").contains("1500"));
    assert!(cure("us.funding > $31").contains("$31bn"));
    for text in ["ratio < 3xx×", "us.deals > 500x", "us.funding > 0 times 2023", "ratio > 5 in 2030"] {
        assert!(parse(text).is_err(), "{text}");
    }
    for text in ["", "<", "< 5", "gap <", "gap in < 5", "é > ×", "gap gap > $5bn", "in 2030 > 5"] {
        assert!(parse(text).is_err(), "{text}");
    }
}
