//! What every design promises, held on whole runs bit by bit.

mod independence;
mod runs;

use crate::engine::{Design, Luck, Plan, Refused, Source};

use runs::{RICH, SETTINGS, base, designs, id, on_points, paths, plain, plain_with, scenario, under, under_with};

#[test]
fn a_design_of_all_a_is_the_run_itself() {
    let points = on_points(&base());
    for (scenario, settings) in [(base(), SETTINGS), (scenario(RICH), SETTINGS), (base(), points)] {
        let named =
            scenario.assumptions().iter().fold(Design::new(), |design, it| design.with(it.address(), Source::A));
        let run = plain_with(&scenario, &settings);
        assert_eq!(under_with(&scenario, &Design::new(), &settings), run);
        assert_eq!(under_with(&scenario, &named.with_luck(Luck::A), &settings), run);
    }
}

#[test]
fn a_fixed_value_is_the_scenario_in_which_it_is_certain() {
    let growth =
        "growth = { p10 = \"-5%\", p90 = \"12%\", why = \"a test\", source = \"none\" }\nvolatility = { uniform";
    assert!(RICH.contains(growth));
    let certain = scenario(&RICH.replacen(growth, "growth = \"4%\"\nvolatility = { uniform", 1));
    let rich = scenario(RICH);
    let place = id(&certain, "us.deals.growth");
    let value = certain.assumptions()[place].law().median();
    let (fixed, run) = (under(&rich, &Design::new().with("us.deals.growth", Source::Fixed(value))), plain(&rich));
    assert_eq!(fixed, plain(&certain));
    // Nothing else moves, not even what is correlated with it: the value is set, not observed.
    assert!(fixed.values(place).iter().all(|it| *it == value));
    for id in (0..rich.assumptions().len()).filter(|id| *id != place) {
        assert_eq!(fixed.assumptions[id], run.assumptions[id], "{}", rich.assumptions()[id].address());
    }
    let region = |name: &str| rich.regions().iter().position(|it| it.name() == name).expect("a region");
    assert_eq!(fixed.logs[region("china")], run.logs[region("china")]);
    assert_ne!(fixed.logs[region("us")], run.logs[region("us")]);
}

#[test]
fn a_moved_median_keeps_every_rank_and_the_spread() {
    let rich = scenario(RICH);
    let run = plain(&rich);
    for (address, median, is_level) in
        [("us.deals.growth", 0.1, false), ("us.deals.volatility", 0.3, false), ("us.deal-size.ceiling", 150.0, true)]
    {
        let place = id(&rich, address);
        let moved = under(&rich, &Design::new().with(address, Source::Median(median)));
        // Levels are held as logs, in which a factor is a shift.
        let law = &rich.assumptions()[place].law();
        let shift = if is_level { libm::log(median / law.median()) } else { median - law.median() };
        for (before, after) in run.values(place).iter().zip(moved.values(place)) {
            assert!((after - before - shift).abs() < 1e-12, "{address}: {before} {after}, shift {shift}");
        }
        for id in (0..rich.assumptions().len()).filter(|id| *id != place) {
            assert_eq!(moved.assumptions[id], run.assumptions[id]);
        }
    }
    let moved_to_itself = Design::new()
        .with("us.deals.growth", Source::Median(rich.assumptions()[id(&rich, "us.deals.growth")].law().median()));
    assert_eq!(under(&rich, &moved_to_itself), run);
}

#[test]
fn another_law_is_the_scenario_with_that_law() {
    let wide = RICH.replacen("p10 = \"-8%\", p90 = \"9%\"", "p10 = \"-18%\", p90 = \"29%\"", 1);
    let (rich, wide) = (scenario(RICH), scenario(&wide));
    let law = wide.assumptions()[id(&wide, "china.deals.growth")].law().clone();
    let changed = under(&rich, &Design::new().with("china.deals.growth", Source::Law(law)));
    assert_eq!(changed, plain(&wide));
    assert_ne!(changed, plain(&rich));
}

#[test]
fn rows_are_taken_one_after_the_other_and_nothing_else_moves() {
    let rich = scenario(RICH);
    let rows: Vec<f64> = (0..700).map(|row| f64::from(row) * 1e-4).collect();
    let (run, place) = (plain(&rich), id(&rich, "us.deals.growth"));
    let given = under(&rich, &Design::new().with("us.deals.growth", Source::Rows(rows.clone().into())));
    for (draw, value) in given.values(place).into_iter().enumerate() {
        assert_eq!(value, rows[draw % rows.len()]);
    }
    for id in (0..rich.assumptions().len()).filter(|id| *id != place) {
        assert_eq!(given.assumptions[id], run.assumptions[id]);
    }
    // The values of the run itself, given row by row, are the run; a level is given in its unit, and its log is rounded.
    let own = Design::new().with("us.deals.growth", Source::Rows(run.values(place).into()));
    assert_eq!(under(&rich, &own), run);
    // A certain value gives way to rows too.
    let certain = scenario(&RICH.replacen("volatility = \"20%\"", "volatility = \"22%\"", 1));
    let varied = under(&certain, &Design::new().with("china.deals.volatility", Source::Rows(vec![0.1, 0.3].into())));
    assert_eq!(varied.values(id(&certain, "china.deals.volatility"))[..4], [0.1, 0.3, 0.1, 0.3]);
}

#[test]
fn an_address_without_effect_changes_exactly_nothing() {
    let rich = scenario(RICH);
    let run = plain(&rich);
    for source in [Source::B, Source::Fixed(2026.0), Source::Median(2025.7), Source::Rows(vec![2025.0].into())] {
        let changed = under(&rich, &Design::new().with("events.never.year", source));
        assert_eq!(changed.logs, run.logs);
    }
    assert_ne!(under(&rich, &Design::new().with("events.fund.year", Source::Fixed(2025.0))).logs, run.logs);
    assert_ne!(under(&rich, &Design::new().with("events.fund.chance", Source::Fixed(0.9))).logs, run.logs);
}

#[test]
fn designs_side_by_side_are_designs_one_by_one() {
    let (rich, base) = (scenario(RICH), base());
    let points = on_points(&base);
    let growth = base.assumptions().iter().find(|it| !it.law().is_fixed()).expect("uncertain").address().to_owned();
    let of_base = vec![Design::new(), Design::all_b(), Design::new().with(growth, Source::B)];
    for (scenario, settings, designs) in [(&rich, &SETTINGS, designs()), (&base, &points, of_base)] {
        let plan = Plan::new(scenario);
        let plans: Vec<Plan> = designs.iter().map(|design| plan.under(design).expect("a design that fits")).collect();
        let together = paths(scenario, &plans.iter().collect::<Vec<_>>(), settings);
        for (plan, seen) in plans.iter().zip(&together) {
            assert_eq!(paths(scenario, &[plan], settings)[0], *seen);
        }
        // No two of them are the same but by design.
        for (place, paths) in together.iter().enumerate() {
            assert!(together[..place].iter().all(|other| other != paths), "design {place}");
        }
    }
}

/// Bits are the same on any number of threads, and without threads: the sum below was seen in a build with them.
#[test]
fn designs_do_not_depend_on_threads() {
    let rich = scenario(RICH);
    let plan = Plan::new(&rich);
    let plans: Vec<Plan> = designs().iter().map(|design| plan.under(design).expect("a design that fits")).collect();
    let run = || paths(&rich, &plans.iter().collect::<Vec<_>>(), &SETTINGS);
    let whole = run();
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        assert_eq!(pool.install(run), whole);
    }
    let bits = whole.iter().flat_map(|paths| paths.assumptions.iter().chain(&paths.logs).flatten());
    let sum = bits.fold(0_u64, |sum, bits| sum.rotate_left(5).wrapping_add(*bits));
    assert_eq!(sum, 0x1441_222a_9796_3e68, "{sum:#x}");
}

#[test]
fn what_does_not_fit_is_refused_with_its_reason() {
    let rich = scenario(&RICH.replacen("horizon = 2027", "horizon = 2027\n[shocks]\nlaw = { student-t = 5 }\n", 1));
    let refused = |address: &str, source: Source| {
        Plan::new(&rich).under(&Design::new().with(address, source)).map(|_| ()).expect_err("refused")
    };
    let address = || "us.deals.growth".to_owned();
    assert_eq!(refused("us.deals.grwth", Source::A), Refused::Unknown { address: "us.deals.grwth".to_owned() });
    assert_eq!(refused(&address(), Source::Rows(Vec::new().into())), Refused::NoRows { address: address() });
    for value in [f64::NAN, 2.0, f64::INFINITY] {
        for source in [Source::Fixed(value), Source::Median(value), Source::Rows(vec![0.1, value].into())] {
            assert!(matches!(refused(&address(), source), Refused::OutOfRange { .. }), "{value}");
        }
    }
    let law =
        rich.assumptions().iter().find(|it| it.address().starts_with("shocks.")).expect("a law").address().to_owned();
    assert_eq!(refused(&law, Source::Fixed(4.0)), Refused::Structural { address: law.clone() });
    // Left as it is, it does not stand in the way.
    assert!(Plan::new(&rich).under(&Design::all_b().at_medians().with(law, Source::B)).is_ok());
}

#[test]
fn a_moved_median_is_the_scenario_that_is_set_to_it() {
    let rich = scenario(RICH);
    // Whole percentages, which a scenario can hold to the last digit; a level is its own text.
    for (address, median) in [
        ("us.deals.growth", libm::log1p(0.09)),
        ("us.deals.growth", libm::log1p(-0.3)),
        ("us.deals.volatility", 0.3),
        ("us.deal-size.ceiling", 150.0),
        ("china.deals.growth", 0.0),
    ] {
        let set = rich.set(&format!("{address}.median"), median).expect("possible");
        let moved = under(&rich, &Design::new().with(address, Source::Median(median)));
        assert_eq!(plain(&set), moved, "{address} at {median}");
        assert_ne!(plain(&rich), moved, "{address} at {median}");
    }
}
