//! Paths one by one and year by year, in plain loops.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use super::laws::{bisect, cholesky, count_slowly, normal, quantile};
use aigap::event::Effect;
use aigap::growth::{Growth, Kind};
use aigap::random::{Key, Numbers, Purpose};
use aigap::regime::Start;
use aigap::scenario::{Event, Mixing, Of, Quantity, Scenario, SeriesKind};
use aigap::shock::{Law, Tail};

/// What a region published in a year.
#[derive(Clone, Debug)]
pub struct Year {
    pub n: f64,
    pub s: f64,
    pub f: f64,
    /// The largest deals, where they are simulated.
    pub top: Option<Vec<f64>>,
}

pub struct Slow<'a> {
    pub scenario: &'a Scenario,
    pub numbers: Numbers,
}

impl Slow<'_> {
    /// Values of all assumptions of a draw.
    pub fn draw(&self, draw: u64) -> Vec<f64> {
        let assumptions = self.scenario.assumptions();
        let uniform = |address: &str| self.numbers.uniform(draw, 0, Key::new(Purpose::Assumption, address), 0);
        // Correlations are correlated with nothing themselves.
        let rho = |id: usize| quantile(assumptions[id].law(), uniform(assumptions[id].address()));
        let copula = self.scenario.copula();
        let members = copula.rows();
        let factor = self.matrix_factor(copula, &rho);
        let values = (0..assumptions.len()).map(|id| {
            let p = match members.iter().position(|member| member == assumptions[id].address()) {
                None => uniform(assumptions[id].address()),
                Some(row) => {
                    let z: f64 =
                        (0..=row).map(|j| factor[row * members.len() + j] * normal(uniform(&members[j]))).sum();
                    0.5 * libm::erfc(-z / 2f64.sqrt())
                }
            };
            let value = quantile(assumptions[id].law(), p);
            if assumptions[id].kind() == Kind::Level { value.ln() } else { value }
        });
        values.collect()
    }

    /// Factor of the matrix of a mixing at some values of its correlations; of ranks those of the normals behind them.
    fn matrix_factor(&self, mixing: &Mixing, rho: &dyn Fn(usize) -> f64) -> Vec<f64> {
        let size = mixing.rows().len();
        // Without its entries, a matrix is that of the loadings.
        let mut matrix = mixing.matrix_at(&|_| 0.0);
        for entry in mixing.entries() {
            let value = match mixing.of() {
                Of::Normals => rho(entry.rho),
                Of::Ranks => 2.0 * (std::f64::consts::PI * rho(entry.rho) / 6.0).sin(),
            };
            matrix[entry.row * size + entry.column] = value;
            matrix[entry.column * size + entry.row] = value;
        }
        if size == 0 { Vec::new() } else { cholesky(&matrix, size) }
    }

    /// By how much deals and funding of a region in the base year differ from the figures.
    fn base_shift(&self, region: usize, values: &[f64]) -> [f64; 2] {
        let measurement = self.scenario.measurement();
        let mut shift = [0.0; 2];
        for (of, kind, id) in measurement.rounding() {
            if *of == region {
                let name = &self.scenario.regions()[region].name();
                let figure = self.scenario.data().find(name, kind.name(), self.scenario.base_year()).unwrap();
                shift[usize::from(*kind == SeriesKind::Funding)] += values[*id] - figure.value.ln();
            }
        }
        if let Some(revisions) = measurement.revisions() {
            let own: f64 = revisions.regions().iter().filter(|(of, _)| *of == region).map(|(_, id)| values[*id]).sum();
            shift[0] += values[revisions.deals()] + own;
            shift[1] += values[revisions.funding()] + own;
        }
        if let Some(id) = measurement.definitions() {
            shift[1] += values[id] * [0.5, -0.5, 0.0][region.min(2)];
        }
        shift
    }

    /// Luck of single deals in a total.
    fn noise(&self, region: usize, path: u64, year: i32, values: &[f64]) -> f64 {
        let found = self.scenario.measurement().sampling().iter().find(|(of, _)| *of == region);
        found.map_or(0.0, |(_, id)| {
            let key = Key::new(Purpose::Sampling, self.scenario.regions()[region].name());
            values[*id] * normal(self.numbers.uniform(path, year, key, 0))
        })
    }

    /// A shock of the scenario's law with the rank of a normal, and the factor that all shocks of a year share.
    fn lawful(&self, z: f64) -> f64 {
        let number = |id: usize| self.scenario.assumptions()[id].law().median();
        if self.scenario.shocks().tail() == Tail::Shared {
            return z;
        }
        match self.scenario.shocks().law() {
            Law::Gaussian => z,
            Law::Contaminated { share, times } => {
                let (p, k) = (number(*share), number(*times));
                let scale = 1.0 / (1.0 - p + p * k * k).sqrt();
                let phi = |x: f64| 0.5 * libm::erfc(-x / 2f64.sqrt());
                let below = |x: f64| (1.0 - p) * phi(x / scale) + p * phi(x / scale / k);
                // The lower tail keeps its digits; the law is symmetric.
                z.signum() * bisect(|x| below(-x) - phi(-z.abs()), 0.0, 60.0)
            }
            Law::StudentT { freedom } => {
                assert_eq!(number(*freedom), 5.0, "the closed form of this test is that of five degrees of freedom");
                let phi = |x: f64| 0.5 * libm::erfc(-x / 2f64.sqrt());
                // P(T > t) for ν = 5, written so that the tail keeps its digits.
                let above = |t: f64| {
                    let angle = (5f64.sqrt() / t).atan();
                    let (sin, cos) = (angle.cos(), angle.sin());
                    (angle - sin * cos * (1.0 + 2.0 / 3.0 * cos * cos)) / std::f64::consts::PI
                };
                let t = bisect(|t| above(t) - phi(-z.abs()), 1e-12, 1e6);
                z.signum() * t * 0.6f64.sqrt()
            }
        }
    }

    fn factor(&self, path: u64, year: i32) -> f64 {
        if self.scenario.shocks().tail() == Tail::Separate {
            return 1.0;
        }
        let u = self.numbers.uniform(path, year, Key::new(Purpose::Mixing, ""), 0);
        let number = |id: usize| self.scenario.assumptions()[id].law().median();
        match self.scenario.shocks().law() {
            Law::Gaussian => 1.0,
            Law::Contaminated { share, times } => {
                let (p, k) = (number(*share), number(*times));
                (if u > 1.0 - p { k } else { 1.0 }) / (1.0 - p + p * k * k).sqrt()
            }
            Law::StudentT { .. } => {
                // P(χ² > x) for ν = 5.
                let above = |x: f64| {
                    libm::erfc((0.5 * x).sqrt())
                        + (2.0 * x / std::f64::consts::PI).sqrt() * (-0.5 * x).exp() * (1.0 + x / 3.0)
                };
                (3.0 / bisect(|x| above(x) - u, 1e-9, 200.0)).sqrt()
            }
        }
    }

    /// The state of a region's chain from the base year on.
    fn states(&self, region: usize, path: u64, values: &[f64]) -> Vec<usize> {
        let Some(regimes) = self.scenario.regimes() else {
            return Vec::new();
        };
        let name = if regimes.shared() { "" } else { self.scenario.regions()[region].name() };
        let key = Key::new(Purpose::Regime, name);
        let n = regimes.chain().states.len();
        let row = |from: usize| -> Vec<f64> {
            let mut row: Vec<f64> =
                regimes.chain().moves[from].iter().map(|id| id.map_or(0.0, |id| values[id])).collect();
            row[from] = 1.0 - row.iter().sum::<f64>();
            row
        };
        let draw = |row: &[f64], u: f64| {
            let mut sum = 0.0;
            row.iter().position(|chance| {
                sum += chance;
                *chance > 0.0 && u <= sum
            })
        };
        let first = self.numbers.uniform(path, self.scenario.base_year(), key, 0);
        let mut state = match regimes.chain().start {
            Start::In(state) => state,
            Start::Stationary => {
                // The long-run shares by walking for a very long time.
                let mut shares = vec![1.0 / n as f64; n];
                for _ in 0..2_000 {
                    let rows: Vec<Vec<f64>> = (0..n).map(row).collect();
                    shares = (0..n).map(|to| (0..n).map(|from| shares[from] * rows[from][to]).sum()).collect();
                }
                draw(&shares, first).unwrap()
            }
        };
        let mut states = Vec::new();
        for year in self.scenario.years() {
            state = draw(&row(state), self.numbers.uniform(path, year, key, 0)).unwrap();
            states.push(state);
        }
        states
    }

    /// Logs of deals, deal size and funding of every region in every year of a path, and what single deals were.
    pub fn path(&self, path: u64) -> Vec<Vec<Year>> {
        self.path_of(path, &self.draw(path / 2))
    }

    /// A path with its own luck and other values of the assumptions than its own draw.
    pub fn path_of(&self, path: u64, values: &[f64]) -> Vec<Vec<Year>> {
        let all: Vec<(usize, &aigap::scenario::Series)> = self
            .scenario
            .regions()
            .iter()
            .enumerate()
            .flat_map(|(region, it)| it.series().map(move |series| (region, series)))
            .collect();
        let rows = self.scenario.shock_mixing().rows();
        let mixed_by = self.matrix_factor(self.scenario.shock_mixing(), &|id| values[id]);
        let start = |(region, series): &(usize, &aigap::scenario::Series)| {
            let [deals, funding] = self.base_shift(*region, values);
            // That of the base year belongs to the figure: one number a draw, without a year.
            let luck = self.noise(*region, path / 2, 0, values);
            series.start().ln()
                + match series.kind() {
                    SeriesKind::Deals => deals,
                    SeriesKind::DealSize => funding - deals - luck,
                    SeriesKind::Funding => funding - luck,
                }
        };
        let starts: Vec<f64> = all.iter().map(start).collect();
        let mut level = starts.clone();
        let mut memory = vec![f64::NAN; all.len()];
        let states: Vec<Vec<usize>> =
            (0..self.scenario.regions().len()).map(|region| self.states(region, path, values)).collect();
        let mut jumped = vec![0.0; self.scenario.jumps().len()];
        let mut out = vec![Vec::new(); self.scenario.regions().len()];
        for (index, year) in self.scenario.years().enumerate() {
            let z: Vec<f64> = rows
                .iter()
                .map(|address| normal(self.numbers.uniform(path, year, Key::new(Purpose::Shock, address), 0)))
                .collect();
            let factor = self.factor(path, year);
            for (jump, stayed) in self.scenario.jumps().iter().zip(&mut jumped) {
                let of = |purpose| self.numbers.uniform(path, year, Key::new(purpose, jump.address()), 0);
                let it = jump.jump();
                let size = values[it.size] + values[it.spread] * normal(of(Purpose::JumpSize));
                let change = if of(Purpose::JumpFlag) < values[it.chance] { size } else { 0.0 };
                *stayed = if it.permanent { *stayed + change } else { change };
            }
            let mut shown = vec![0.0; all.len()];
            for (place, (region, series)) in all.iter().enumerate() {
                let own = rows.iter().position(|row| row == series.address() && series.growth().has_shocks());
                let shock = own.map_or(0.0, |row| {
                    let mixed = (0..=row).map(|j| mixed_by[row * rows.len() + j] * z[j]).sum::<f64>();
                    factor * self.lawful(mixed)
                });
                let of = |quantity: &Quantity| values[quantity.in_year(year)];
                match series.growth() {
                    Growth::RandomWalk(it) => level[place] += of(&it.growth) + of(&it.volatility) * shock,
                    Growth::Fade(it) => {
                        let before = if memory[place].is_nan() { of(&it.initial_growth) } else { memory[place] };
                        let kept = 0.5f64.powf(1.0 / of(&it.half_life));
                        memory[place] = of(&it.long_run_growth) * (1.0 - kept) + before * kept;
                        level[place] += memory[place] + of(&it.volatility) * shock;
                    }
                    Growth::Ar1(it) => {
                        let before = if memory[place].is_nan() { of(&it.initial_growth) } else { memory[place] };
                        let long = of(&it.long_run_growth);
                        memory[place] = long + of(&it.persistence) * (before - long) + of(&it.volatility) * shock;
                        level[place] += memory[place];
                    }
                    Growth::Logistic(it) => {
                        let ceiling = of(&it.ceiling).exp();
                        let l = level[place].exp();
                        let odds = if memory[place].is_nan() { (l / (ceiling - l)).ln() } else { memory[place] };
                        memory[place] = odds + of(&it.growth) + of(&it.volatility) * shock;
                        level[place] = (ceiling / (1.0 + (-memory[place]).exp())).ln();
                    }
                    Growth::Gompertz(it) => {
                        let (top, kept) = (of(&it.ceiling), 0.5f64.powf(1.0 / of(&it.half_life)));
                        level[place] = top * (1.0 - kept) + level[place] * kept + of(&it.volatility) * shock;
                    }
                    Growth::Path(it) => {
                        // Log-linear between the written years, from the base year on, then constant.
                        let mut from = (self.scenario.base_year(), starts[place]);
                        for (to, quantity) in &it.levels {
                            let target = of(quantity);
                            if year <= *to {
                                let share = f64::from(year - from.0) / f64::from(to - from.0);
                                level[place] = from.1 + (target - from.1) * share;
                                break;
                            }
                            (from, level[place]) = ((*to, target), target);
                        }
                    }
                    Growth::Regime(it) => {
                        let [growth, volatility] = &it.states[states[*region][index]];
                        level[place] += of(growth) + of(volatility) * shock;
                    }
                }
                shown[place] = level[place] + self.multiplied(path, place, year, values);
                for (jump, change) in self.scenario.jumps().iter().zip(&jumped) {
                    if jump.targets().iter().any(|(region, kind)| self.acts_on(*region, *kind, place)) {
                        shown[place] += change;
                    }
                }
            }
            let mut place = 0;
            for (region, it) in self.scenario.regions().iter().enumerate() {
                let mut of = [None; 3];
                for series in it.series() {
                    of[series.kind() as usize] = Some(shown[place]);
                    place += 1;
                }
                out[region].push(self.complete(region, of, path, year, values));
            }
        }
        out
    }

    /// From the modelled series of a region to what is published.
    fn complete(&self, region: usize, of: [Option<f64>; 3], path: u64, year: i32, values: &[f64]) -> Year {
        let thousand = 1000f64.ln();
        let modelled_total = of[0].is_some() && of[2].is_some();
        let (mut n, mut s, mut f) = match of {
            [Some(n), Some(s), None] => (n, s, n + s - thousand),
            [Some(n), None, Some(f)] => (n, f - n + thousand, f),
            [None, Some(s), Some(f)] => (f - s + thousand, s, f),
            [_, _, f] => (f64::NAN, f64::NAN, f.unwrap()),
        };
        let begun = |event: &Event| self.begins(event, path, values);
        let limits = |kind: SeriesKind, value: f64| {
            let mut value = value;
            for cap in [false, true] {
                for event in self.scenario.events().iter().filter(|event| event.targets().contains(&(region, kind))) {
                    let last = event.effect().until().map_or(f64::INFINITY, |id| values[*id]);
                    let lasts = begun(event) <= f64::from(year) && f64::from(year) <= last;
                    match event.effect() {
                        Effect::Cap { level, .. } if lasts && cap => value = value.min(values[*level]),
                        Effect::Floor { level, .. } if lasts && !cap => value = value.max(values[*level]),
                        _ => {}
                    }
                }
            }
            value
        };
        let held = limits(SeriesKind::Deals, n);
        (n, f) = (held, if n.is_nan() { f } else { f + held - n });
        let held = limits(SeriesKind::DealSize, s);
        (s, f) = (held, if s.is_nan() { f } else { f + held - s });
        let held = limits(SeriesKind::Funding, f);
        (f, s) = (held, s + held - f);
        let name = &self.scenario.regions()[region].name();
        let mut top = None;
        if let Some(counting) = &self.scenario.regions()[region].counting() {
            let u = self.numbers.uniform(path, year, Key::new(Purpose::Count, name), 0);
            let law = counting.count().map(|id| values[*id]);
            let count = count_slowly(law, u, n.exp());
            n = count.ln();
            if count == 0.0 {
                (s, f) = (f64::NAN, f64::NEG_INFINITY);
            } else if modelled_total {
                s = f - n + thousand;
            } else {
                f = n + s - thousand;
            }
            if let Some(sizes) = &counting.sizes() {
                // The largest deals, from the top down, as order statistics of independent lognormal deals.
                assert!(sizes.tail_share.is_none() && sizes.cap.is_none());
                let sigma = values[sizes.sigma];
                let key = Key::new(Purpose::DealSpacing, name);
                let mut survival: f64 = 0.0;
                let mut sizes = Vec::new();
                for k in 0..10.min(count as u32) {
                    let u = self.numbers.run(path, year, key, k);
                    survival = 1.0 - (1.0 - survival) * u.powf(1.0 / (count - f64::from(k)));
                    sizes.push((s - 0.5 * sigma * sigma - sigma * normal(survival)).exp());
                }
                top = Some(sizes);
            }
        }
        let noise = self.noise(region, path, year, values);
        (f, s) = (f + noise, s + noise);
        let mut added = 0.0;
        for event in
            self.scenario.events().iter().filter(|event| event.targets().contains(&(region, SeriesKind::Funding)))
        {
            if let Effect::Add { amount, until } = event.effect() {
                let last = until.map_or(f64::INFINITY, |id| values[id]);
                if begun(event) <= f64::from(year) && f64::from(year) <= last {
                    added += values[*amount].exp();
                }
            }
        }
        if added > 0.0 {
            f = (f.exp() + added).ln();
        }
        Year { n, s, f, top }
    }
}
