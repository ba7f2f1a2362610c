//! Scenarios of every kind that a question can be asked of: what is dated, strikes, is correlated, has fat tails, is measured.

use aigap::scenario::{Layers, Scenario, load};

use crate::support;

/// Scenarios of every kind, by name.
pub fn worlds() -> Vec<(&'static str, Scenario)> {
    let base = "horizon = 2028\n[us.funding]\nmodel = \"random-walk\"\ngrowth = { mean = \"5%\", sd = \"6%\" }\nvolatility = \"30%\"\n\
                [china.funding]\nmodel = \"random-walk\"\ngrowth = { mean = \"5%\", sd = \"8%\" }\nvolatility = \"40%\"\n";
    let event = "[[events]]\nname = \"fund\"\nregion = \"china\"\nseries = \"funding\"\nyear = { uniform = [2025, 2027] }\n\
                 chance = { uniform = [\"30%\", \"90%\"] }\neffect = { step = { p10 = \"+20%\", p90 = \"+100%\" }, over = 2 }\n";
    let with = |more: &str| support::scenario(&format!("title = \"a world\"\n{base}{more}"));
    let dated = base.replacen(
        "growth = { mean = \"5%\", sd = \"6%\" }",
        "growth = [{ mean = \"5%\", sd = \"6%\" }, { from = 2026, mean = \"9%\", sd = \"4%\" }]",
        1,
    );
    let shipped = |name: &str, layers: &[&str]| {
        let root = support::program::root();
        let with = layers.iter().map(|pack| root.join("scenarios/packs").join(pack)).collect();
        let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
        // The case of one's own figures extends a scenario of another folder.
        let layers = Layers { with, allow_outside: true, ..Layers::default() };
        load(&root.join(name), &layers, None, &read).unwrap_or_else(|_| panic!("{name} is valid")).scenario
    };
    vec![
        ("dated values", support::scenario(&format!("title = \"a world\"\n{dated}"))),
        ("events by chance", with(event)),
        (
            "correlated inputs",
            with("[[correlations]]\nbetween = [\"us.funding.growth\", \"china.funding.growth\"]\nrho = 0.6\n"),
        ),
        ("fat tails", with("[shocks]\nlaw = { student-t = 5 }\ntail = \"shared\"\n")),
        ("measurement", with("[measurement]\nrounding = true\nrevisions = true\n")),
        ("deals one by one", shipped("scenarios/deal-by-deal.toml", &[])),
        ("China ahead in the base year", shipped("tests/cases/china_ahead.toml", &[])),
        ("regimes", shipped("scenarios/boom-and-bust.toml", &[])),
        (
            "jumps",
            with(
                "[[jumps]]\nname = \"crash\"\nregion = \"us\"\nseries = \"funding\"\nchance-per-year = { uniform = [\"5%\", \"25%\"] }\n\
                 size = \"-40%\"\nspread = \"20%\"\nduration = \"permanent\"\n",
            ),
        ),
    ]
}
