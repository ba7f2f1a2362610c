//! Results made up by random numbers, as plausible as a study's own and far more extreme.

use std::sync::LazyLock;

use aigap::engine::Settings;
use aigap::random::{Key, Numbers, Purpose};
use aigap::scenario::Scenario;
use aigap::study::{
    Answered, Attained, Counted, Discover, Discovered, Interval, Judged, Method, Need, Needed, Player, RESAMPLES,
    Sensitive, SensitivityMethod, Shares, Sought, Sweep, Swept, Swing, Tornado, Varied,
};
use aigap::summary::{Estimate, Sampled};
use aigap::wording;

use crate::support;

/// A baseline with an event by chance and a decision, a jump, and the same with China ahead.
static WORLDS: LazyLock<Vec<Scenario>> = LazyLock::new(|| {
    let more = "[[events]]\nname = \"state fund\"\nregion = \"china\"\nseries = \"deals\"\nyear = { uniform = [2025, 2028] }\n\
                chance = { uniform = [\"20%\", \"80%\"], kind = \"decision\" }\neffect = { step = { p10 = \"+20%\", p90 = \"+90%\" } }\n\
                [[jumps]]\nname = \"crash\"\nregion = \"us\"\nseries = \"deals\"\nchance-per-year = { uniform = [\"5%\", \"25%\"] }\n\
                size = \"-40%\"\nspread = \"20%\"\nduration = \"permanent\"\n";
    let base = include_str!("../../scenarios/base.toml");
    let ahead = support::program::root().join("tests/cases/china_ahead.toml");
    let read = |path: &std::path::Path| std::fs::read(path).map_err(|error| error.to_string());
    let layers = aigap::scenario::Layers { allow_outside: true, ..Default::default() };
    let ahead = aigap::scenario::load(&ahead, &layers, None, &read).expect("a valid scenario").scenario;
    vec![support::shipped_base(), support::scenario(&format!("{base}\n{more}")), ahead]
});

/// Sweeps of one input and of two in every world, for their inputs and values.
static GRIDS: LazyLock<Vec<Swept>> = LazyLock::new(|| {
    let inputs = ["us.deals.growth=-10%:30%:5", "china.deals.growth={-5%, 0%, 12%}", "us.deals.volatility=5%:60%:4"];
    let overs = [vec![0], vec![1], vec![2], vec![0, 1], vec![1, 2], vec![2, 0]];
    let grid = |scenario: &Scenario, over: &[usize]| {
        let over = over.iter().map(|input| inputs[*input].to_owned()).collect();
        let sweep = Sweep { scenario: "x.toml".into(), over, of: vec![TARGETS[2].to_owned()], precision: None };
        Swept::of(scenario, sweep.asked(scenario).expect("a sweep"), &Settings::new(2, 1), &|_| {})
    };
    WORLDS.iter().flat_map(|scenario| overs.iter().map(move |over| grid(scenario, over))).collect()
});

const TARGETS: [&str; 8] = [
    "P(ratio in 2030 < half of 2023)",
    "P(china.funding in some year > 6.7bn USD)",
    "median of ratio in 2030",
    "median of gap in 2030",
    "p90 of us.funding in 2029",
    "mean of log-ratio in 2030",
    "median of share in 2030",
    "p10 of china.deals in 2028",
];

/// A target of a world, whose base year need not be 2023.
fn target_of(scenario: &Scenario, target: &str) -> String {
    target.replace("2023", &scenario.base_year().to_string())
}

/// The input of a need as readers know it.
pub fn name(sought: &Sought, need: &Need) -> String {
    wording::input_name(&sought.scenario, &need.varied.address)
}

/// Whether the five answers of an input both rise and fall, by more than half of the largest simulation error each.
pub fn turns(swing: &Swing) -> bool {
    let errors = swing.outputs.iter().map(|it| it.error).filter(|it| it.is_finite());
    let least = 0.5 * errors.fold(0.0, f64::max);
    let steps = || swing.outputs.windows(2).map(|pair| pair[1].value - pair[0].value);
    steps().any(|step| step > least) && steps().any(|step| step < -least)
}

/// Random numbers of one made-up result.
pub struct Maker {
    numbers: Numbers,
    number: u64,
    used: std::cell::Cell<u32>,
}

impl Maker {
    pub fn new(number: u64) -> Self {
        Self { numbers: Numbers::new(24), number, used: std::cell::Cell::new(0) }
    }

    /// The next number between 0 and 1.
    fn u(&self) -> f64 {
        let used = self.used.replace(self.used.get() + 1);
        self.numbers.uniform(self.number, 0, Key::new(Purpose::Assumption, "made up"), used)
    }

    fn below(&self, count: usize) -> usize {
        ((self.u() * count as f64) as usize).min(count - 1)
    }

    fn chance(&self, share: f64) -> bool {
        self.u() < share
    }

    fn between(&self, (low, high): (f64, f64)) -> f64 {
        low + (high - low) * self.u()
    }

    fn world(&self) -> Scenario {
        WORLDS[self.below(WORLDS.len())].clone()
    }

    fn settings(&self) -> Settings {
        Settings::new(2 * (1 + self.below(100_000)) as u64, self.below(1_000) as u64)
    }

    /// A value that a target can have: of every size, now and then at its end.
    fn target_value(&self, target: &str) -> f64 {
        let size = (8.0 * (self.u() - 0.5)).exp();
        let value = match target {
            it if it.starts_with("P(") || it.contains("share") => {
                [0.0, 1.0, 0.5, self.u(), self.u() * 1e-4, 1.0 - self.u() * 1e-4, self.u(), self.u()][self.below(8)]
            }
            it if it.contains("ratio") && !it.contains("log") => {
                [0.0, f64::INFINITY, 1.0, size, size * size, size][self.below(6)]
            }
            it if it.contains("gap") => {
                [0.0, -size, size, -1e3 * size, 1e3 * size, 20.0 * (self.u() - 0.5)][self.below(6)]
            }
            it if it.contains("log-ratio") => [0.0, size.ln(), -size.ln(), self.u()][self.below(4)],
            _ => [0.0, size, 1e3 * size, size][self.below(4)],
        };
        value + 0.0
    }

    fn estimate(&self, target: &str) -> Estimate {
        let value = self.target_value(target);
        let error = if value.is_finite() { 0.05 * self.u() * value.abs() } else { f64::INFINITY };
        Estimate { value, error }
    }

    pub fn sought(&self) -> Sought {
        let scenario = self.world();
        let target = TARGETS[self.below(TARGETS.len())];
        let sign = ["<=", ">=", "<", ">"][self.below(4)];
        let bound = match target {
            it if it.starts_with("P(") || it.contains("share") => format!("{}%", 1 + self.below(98)),
            it if it.contains("funding") || it.contains("gap") => format!("{}bn USD", 1 + self.below(200)),
            it if it.contains("log") => format!("{}", 1 + self.below(3)),
            _ => format!("{}", 1 + self.below(30)),
        };
        let goal = scenario
            .goal(&format!("{} {sign} {bound}", target_of(&scenario, target)))
            .unwrap_or_else(|why| panic!("{target}: {why:?}"));
        let today = self.estimate(target);
        let met = goal.is_met(today.value);
        let mut inputs = Varied::all(&scenario);
        let one = self.chance(0.3).then(|| inputs.swap_remove(self.below(inputs.len())));
        let named: Vec<Varied> = one.into_iter().collect();
        let asked = if named.is_empty() { inputs } else { named.clone() };
        let mut found = Sought {
            scenario,
            goal,
            today,
            met,
            named,
            needs: Vec::new(),
            frontier: Vec::new(),
            settings: self.settings(),
        };
        found.needs = asked.into_iter().map(|varied| self.need(&found, varied, target)).collect();
        // Those that can do it by the chance that the scenario gives them, then the others.
        let rank = |need: &Need| match need.attained {
            Attained::Yes | Attained::Already => need.chance.map_or(1.0, |chance| -chance),
            Attained::Everywhere => 2.0,
            Attained::Nowhere => 3.0,
            Attained::NoEffect => 4.0,
        };
        found.needs.sort_by(|a, b| rank(a).total_cmp(&rank(b)));
        found
    }

    fn need(&self, found: &Sought, varied: Varied, target: &str) -> Need {
        let scenario = &found.scenario;
        let (own, range) = (varied.own(scenario), varied.range);
        let room = [own > range.0, own < range.1];
        let attained = match (self.below(3), found.met) {
            (0, _) => Attained::NoEffect,
            (1, true) => Attained::Everywhere,
            (1, false) => Attained::Nowhere,
            (_, true) => Attained::Already,
            (_, false) => Attained::Yes,
        };
        let tipped = [Attained::Yes, Attained::Already].contains(&attained) && room != [false, false];
        let attained = if tipped || ![Attained::Yes, Attained::Already].contains(&attained) {
            attained
        } else {
            Attained::NoEffect
        };
        let needed = tipped.then(|| {
            let up = if room == [true, true] { self.chance(0.5) } else { room[1] };
            let years = varied.in_unit(scenario, 0.0).1 == "year";
            let value = self.between(if up { (own, range.1) } else { (range.0, own) });
            let value = if years && up {
                value.ceil()
            } else if years {
                value.floor()
            } else {
                value
            };
            // What is not met becomes so beyond the value, what is met ceases to.
            let above = up == (attained == Attained::Yes);
            let wide = 0.1 * self.u() * (range.1 - range.0);
            let ends = ((value - wide).max(range.0), (value + wide).min(range.1));
            let interval = (!years && self.chance(0.7)).then_some(ends);
            let sides = [ends.0, value, ends.1].map(|at| (at, self.estimate(target)));
            Needed { value, interval, above, certificate: sides, method: Method::Paths }
        });
        let assumption = &scenario.assumptions()[varied.id];
        let uncertain = !assumption.law().is_fixed() && !varied.is_lever(scenario);
        let chance = needed.as_ref().filter(|_| uncertain).map(|it| {
            let below = assumption.law().cdf(it.value);
            if it.above { 1.0 - below } else { below }
        });
        let best = (self.between(range), self.estimate(target));
        Need { varied, attained, needed, chance, best, scan: Vec::new(), monotone: self.chance(0.8) }
    }

    pub fn sensitive(&self, method: SensitivityMethod) -> Sensitive {
        let scenario = self.world();
        let text = TARGETS[self.below(TARGETS.len())];
        let text = if method == SensitivityMethod::Tornado || text.starts_with("P(") {
            text
        } else {
            "median of ratio in 2030"
        };
        let targets = vec![scenario.target(&target_of(&scenario, text)).expect("a target")];
        let fixed = scenario.assumptions().iter().filter(|it| it.law().is_fixed());
        let held: Vec<String> = fixed.map(|it| it.address().to_owned()).take(self.below(9)).collect();
        let inputs = Varied::all(&scenario).into_iter().filter(|it| !scenario.assumptions()[it.id].law().is_fixed());
        let inputs: Vec<Varied> = inputs.collect();
        let answer = match method {
            SensitivityMethod::Tornado => Answered::Tornado(self.tornado(&scenario, inputs, text)),
            _ => Answered::Shares(self.shares(inputs, method)),
        };
        Sensitive {
            scenario,
            method,
            targets,
            answers: vec![answer],
            held,
            ranged: Vec::new(),
            settings: self.settings(),
        }
    }

    fn tornado(&self, scenario: &Scenario, inputs: Vec<Varied>, text: &str) -> Tornado {
        let baseline = self.estimate(text);
        let (mut swings, mut still) = (Vec::new(), Vec::new());
        for varied in inputs {
            if self.chance(0.3) {
                still.push(varied);
                continue;
            }
            let law = scenario.assumptions()[varied.id].law();
            let inputs = aigap::study::POINTS.map(|p| law.quantile(p));
            let mut outputs = [0; 5].map(|_| self.estimate(text));
            if self.chance(0.6) {
                outputs.sort_by(|a, b| a.value.total_cmp(&b.value));
            }
            if self.chance(0.5) {
                outputs.reverse();
            }
            swings.push(Swing { varied, inputs, outputs });
        }
        let not_negative = !text.contains("gap") && !text.contains("log") && !text.starts_with("P(");
        let size = |it: &Swing| it.size(not_negative && baseline.value > 0.0);
        swings.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let luck = self.chance(0.5).then(|| {
            let value = self.u();
            Interval { value, ends: self.chance(0.5).then_some((0.9 * value, value + 0.1 * (1.0 - value))) }
        });
        Tornado { baseline, swings, still, explained: self.chance(0.5).then(|| 1.2 * self.u()), luck, undefined: 0 }
    }

    fn shares(&self, inputs: Vec<Varied>, method: SensitivityMethod) -> Shares {
        let interval = || {
            let value = [0.0, 1.0, self.u(), 1.2 * self.u() - 0.1, 1e-3 * self.u()][self.below(5)];
            let half = 0.2 * self.u() * self.u();
            Interval { value, ends: self.chance(0.8).then_some((value - half, value + half)) }
        };
        let player = |addresses: Vec<String>| {
            let total = (method == SensitivityMethod::Sobol).then(interval);
            Player { addresses, groups: Vec::new(), layer: None, share: interval(), total }
        };
        let mut players: Vec<Player> = inputs.into_iter().map(|it| player(vec![it.address])).collect();
        players.push(player(Vec::new()));
        // As the study has them: by the total where there is one.
        let size = |player: &Player| player.total.unwrap_or(player.share).value;
        players.sort_by(|a, b| size(b).total_cmp(&size(a)));
        Shares { variance: self.u(), players, undefined: 0 }
    }

    pub fn swept(&self) -> Swept {
        let grid = &GRIDS[self.below(GRIDS.len())];
        let first = self.below(TARGETS.len());
        let of: Vec<&str> = (0..=self.below(2)).map(|place| TARGETS[(first + 3 * place) % TARGETS.len()]).collect();
        let cells = of.iter().map(|text| {
            // Far from the level, or around it: sides change often.
            let level = self.chance(0.5).then(|| self.target_value(text)).filter(|it| it.is_finite());
            let value = || level.map_or_else(|| self.target_value(text), |level| level * (0.9 + 0.2 * self.u()));
            let cell = |_: &Option<Estimate>| (!self.chance(0.05)).then(|| Estimate { value: value(), error: 0.01 });
            grid.cells[0].iter().map(|row| row.iter().map(cell).collect()).collect()
        });
        let cells: Vec<Vec<Vec<Option<Estimate>>>> = cells.collect();
        let targets =
            of.iter().map(|text| grid.scenario.target(&target_of(&grid.scenario, text)).expect("a target")).collect();
        Swept { targets, bands: Vec::new(), cells, ..grid.clone() }
    }

    /// An answer with the inputs of a simulated one, and boxes made up.
    pub fn rule_like(&self, simulated: &Discovered) -> Discovered {
        let mut found = simulated.clone();
        found.luck = self.u();
        found.shown = self.below(found.boxes.len());
        let inputs = &found.inputs;
        let horizon = f64::from(found.scenario.horizon());
        let shown = found.shown;
        let total = Counted { rows: 2 * (200 + self.below(20_000)) as u64, cases: 0 };
        let total = Counted { cases: 1 + self.below(total.rows as usize - 1) as u64, ..total };
        let inside = Counted { rows: 1 + self.below(total.rows as usize) as u64, cases: 0 };
        let inside = Counted { cases: self.below(1 + inside.rows.min(total.cases) as usize) as u64, ..inside };
        found.boxes[0].held_out = Judged { inside: total, total };
        let it = &mut found.boxes[shown];
        it.held_out = Judged { inside: if shown == 0 { total } else { inside }, total };
        it.reproduced = self.below(RESAMPLES as usize + 1) as u32;
        it.rule.retain(|_| self.chance(0.7));
        for limits in &mut it.rule {
            let input = &inputs[limits.input];
            let count = |most: usize| self.below(most) as f64;
            let ends = match input.sampled {
                Sampled::Assumption(_) => [0, 1].map(|_| self.between((input.spread[0], input.spread[2]))),
                Sampled::Event(_) => [0, 1].map(|_| horizon + 1.0 - count(6)),
                Sampled::Jump(_) | Sampled::Regime { .. } => [0, 1].map(|_| count(7)),
            };
            let ends = [ends[0].min(ends[1]), ends[0].max(ends[1])];
            let both = [[true, true], [true, false], [false, true]][self.below(3)];
            limits.limits = [0, 1].map(|side| both[side].then_some(ends[side]));
            limits.quasi_p = [0, 1].map(|side| both[side].then(|| self.u() * self.u()));
            limits.reproduced = self.below(RESAMPLES as usize + 1) as u32;
        }
        found
    }
}

/// Simulated answers whose inputs are of every kind: assumptions, an event, a jump.
pub fn discovered() -> Vec<Discovered> {
    let find = |(scenario, condition): (&Scenario, &str)| {
        let asked = Discover { scenario: "x.toml".into(), condition: condition.to_owned(), of_box: None, keep: None };
        Discovered::find(scenario, &asked, &Settings::new(4_000, 11), &|_| {}).expect("a rule")
    };
    [
        (&WORLDS[0], "ratio in 2030 < half of 2023"),
        (&WORLDS[1], "ratio in 2030 < half of 2023"),
        (&WORLDS[1], "us.deals in 2030 < 900"),
    ]
    .map(find)
    .into()
}
