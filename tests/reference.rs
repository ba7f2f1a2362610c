//! An independent slow simulator: plain loops over paths and years that share nothing with the engine but the random
//! numbers, and agree with it path by path.
#![allow(clippy::disallowed_methods, reason = "tests may use the platform's mathematics")]

use crate::support::{Paths, paths, run, scenario};
use aigap::counting::Count;
use aigap::distribution::Distribution;
use aigap::event::Effect;
use aigap::growth::{Growth, Kind};
use aigap::metric::{Base, Measure, Metric, Milestone, Question, Standing, Subject};
use aigap::random::{Key, Numbers, Purpose};
use aigap::regime::Start;
use aigap::scenario::{Event, Quantity, Scenario, SeriesKind};
use aigap::shock::{Law, Tail};

/// Standard normal quantile by bisection on the complementary error function, then Newton.
fn normal(p: f64) -> f64 {
    let cdf = |x: f64| 0.5 * libm::erfc(-x / 2f64.sqrt());
    let lower = p < 0.5;
    // Work in the lower tail, where the distribution function keeps its digits.
    let target = if lower { p } else { 1.0 - p };
    let (mut low, mut high) = (-9.0, 0.0);
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        if cdf(middle) < target { low = middle } else { high = middle }
    }
    let mut x = 0.5 * (low + high);
    for _ in 0..3 {
        let density = (-0.5 * x * x).exp() / (2.0 * std::f64::consts::PI).sqrt();
        x -= (cdf(x) - target) / density;
    }
    if lower { x } else { -x }
}

fn quantile(law: &Distribution, p: f64) -> f64 {
    match law {
        Distribution::Fixed(value) => *value,
        Distribution::Normal { mean, sd } => mean + sd * normal(p),
        Distribution::LogNormal { mu, sigma } => (mu + sigma * normal(p)).exp(),
        Distribution::Uniform { low, high } => low + (high - low) * p,
        Distribution::Triangular { low, mode, high } => {
            let share = (mode - low) / (high - low);
            if p < share {
                low + (p * (high - low) * (mode - low)).sqrt()
            } else {
                high - ((1.0 - p) * (high - low) * (high - mode)).sqrt()
            }
        }
        Distribution::OneOf { values, weights } => {
            let mut sum = 0.0;
            for (value, weight) in values.iter().zip(weights) {
                sum += weight;
                if p <= sum {
                    return *value;
                }
            }
            *values.last().unwrap()
        }
        Distribution::Truncated { law, below, above } => quantile(law, below + (1.0 - above - below) * p),
        // A beta law by bisection on a trapezoid would share no code but be slow; its own rows check it.
        Distribution::Pert { .. } => law.quantile(p),
    }
}

fn cholesky(matrix: &[f64], n: usize) -> Vec<f64> {
    let rows = nalgebra::DMatrix::from_row_slice(n, n, matrix);
    let lower = rows.cholesky().expect("the test matrices are positive definite").l();
    (0..n * n).map(|place| lower[(place / n, place % n)]).collect()
}

struct Slow<'a> {
    scenario: &'a Scenario,
    numbers: Numbers,
    factor: Vec<f64>,
}

impl Slow<'_> {
    /// Values of all assumptions of a draw.
    fn draw(&self, draw: u64) -> Vec<f64> {
        let assumptions = &self.scenario.assumptions;
        let uniform = |id: usize| {
            let key = Key::new(Purpose::Assumption, &assumptions[id].address);
            self.numbers.uniform(draw, 0, key, 0)
        };
        let (members, copula) = &self.scenario.assumption_correlations;
        let factor = if members.is_empty() { Vec::new() } else { cholesky(&copula.matrix, members.len()) };
        let values = (0..assumptions.len()).map(|id| {
            let p = match members.iter().position(|member| *member == id) {
                None => uniform(id),
                Some(row) => {
                    let z: f64 = (0..=row).map(|j| factor[row * members.len() + j] * normal(uniform(members[j]))).sum();
                    0.5 * libm::erfc(-z / 2f64.sqrt())
                }
            };
            let value = quantile(&assumptions[id].law, p);
            if assumptions[id].kind == Kind::Level { value.ln() } else { value }
        });
        values.collect()
    }

    /// By how much deals and funding of a region in the base year differ from the figures.
    fn base_shift(&self, region: usize, values: &[f64]) -> [f64; 2] {
        let measurement = &self.scenario.measurement;
        let mut shift = [0.0; 2];
        for (of, kind, id) in &measurement.rounding {
            if *of == region {
                let name = &self.scenario.regions[region].name;
                let figure = self.scenario.data.find(name, kind.name(), self.scenario.base_year).unwrap();
                shift[usize::from(*kind == SeriesKind::Funding)] += values[*id] - figure.value.ln();
            }
        }
        if let Some(revisions) = &measurement.revisions {
            let own: f64 = revisions.regions.iter().filter(|(of, _)| *of == region).map(|(_, id)| values[*id]).sum();
            shift[0] += values[revisions.deals] + own;
            shift[1] += values[revisions.funding] + own;
        }
        if let Some(id) = measurement.definitions {
            shift[1] += values[id] * [0.5, -0.5, 0.0][region.min(2)];
        }
        shift
    }

    /// Luck of single deals in a total.
    fn noise(&self, region: usize, path: u64, year: i32, values: &[f64]) -> f64 {
        let found = self.scenario.measurement.sampling.iter().find(|(of, _)| *of == region);
        found.map_or(0.0, |(_, id)| {
            let key = Key::new(Purpose::Sampling, &self.scenario.regions[region].name);
            values[*id] * normal(self.numbers.uniform(path, year, key, 0))
        })
    }

    /// A shock of the scenario's law with the rank of a normal, and the factor that all shocks of a year share.
    fn lawful(&self, z: f64) -> f64 {
        let number = |id: usize| self.scenario.assumptions[id].law.median();
        if self.scenario.shocks.tail == Tail::Shared {
            return z;
        }
        match self.scenario.shocks.law {
            Law::Gaussian => z,
            Law::Contaminated { share, times } => {
                let (p, k) = (number(share), number(times));
                let scale = 1.0 / (1.0 - p + p * k * k).sqrt();
                let phi = |x: f64| 0.5 * libm::erfc(-x / 2f64.sqrt());
                let below = |x: f64| (1.0 - p) * phi(x / scale) + p * phi(x / scale / k);
                // The lower tail keeps its digits; the law is symmetric.
                z.signum() * bisect(|x| below(-x) - phi(-z.abs()), 0.0, 60.0)
            }
            Law::StudentT { freedom } => {
                assert_eq!(number(freedom), 5.0, "the closed form of this test is that of five degrees of freedom");
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
        if self.scenario.shocks.tail == Tail::Separate {
            return 1.0;
        }
        let u = self.numbers.uniform(path, year, Key::new(Purpose::Mixing, ""), 0);
        let number = |id: usize| self.scenario.assumptions[id].law.median();
        match self.scenario.shocks.law {
            Law::Gaussian => 1.0,
            Law::Contaminated { share, times } => {
                let (p, k) = (number(share), number(times));
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
        let Some(regimes) = &self.scenario.regimes else { return Vec::new() };
        let name = if regimes.shared { "" } else { &self.scenario.regions[region].name };
        let key = Key::new(Purpose::Regime, name);
        let n = regimes.chain.states.len();
        let row = |from: usize| -> Vec<f64> {
            let mut row: Vec<f64> =
                regimes.chain.moves[from].iter().map(|id| id.map_or(0.0, |id| values[id])).collect();
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
        let first = self.numbers.uniform(path, self.scenario.base_year, key, 0);
        let mut state = match regimes.chain.start {
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
    fn path(&self, path: u64) -> Vec<Vec<Year>> {
        let values = self.draw(path / 2);
        let all: Vec<(usize, &aigap::scenario::Series)> = self
            .scenario
            .regions
            .iter()
            .enumerate()
            .flat_map(|(region, it)| it.series().map(move |series| (region, series)))
            .collect();
        let shocked: Vec<_> = self.scenario.shocked_series().map(|series| series.address.clone()).collect();
        let start = |(region, series): &(usize, &aigap::scenario::Series)| {
            let [deals, funding] = self.base_shift(*region, &values);
            let luck = self.noise(*region, path, self.scenario.base_year, &values);
            series.start.ln()
                + match series.kind {
                    SeriesKind::Deals => deals,
                    SeriesKind::DealSize => funding - deals - luck,
                    SeriesKind::Funding => funding - luck,
                }
        };
        let starts: Vec<f64> = all.iter().map(start).collect();
        let mut level = starts.clone();
        let mut memory = vec![f64::NAN; all.len()];
        let states: Vec<Vec<usize>> =
            (0..self.scenario.regions.len()).map(|region| self.states(region, path, &values)).collect();
        let mut jumped = vec![0.0; self.scenario.jumps.len()];
        let mut out = vec![Vec::new(); self.scenario.regions.len()];
        for (index, year) in self.scenario.years().enumerate() {
            let z: Vec<f64> = shocked
                .iter()
                .map(|address| normal(self.numbers.uniform(path, year, Key::new(Purpose::Shock, address), 0)))
                .collect();
            let factor = self.factor(path, year);
            for (jump, stayed) in self.scenario.jumps.iter().zip(&mut jumped) {
                let of = |purpose| self.numbers.uniform(path, year, Key::new(purpose, &jump.address), 0);
                let it = &jump.jump;
                let size = values[it.size] + values[it.spread] * normal(of(Purpose::JumpSize));
                let change = if of(Purpose::JumpFlag) < values[it.chance] { size } else { 0.0 };
                *stayed = if it.permanent { *stayed + change } else { change };
            }
            let mut shown = vec![0.0; all.len()];
            for (place, (region, series)) in all.iter().enumerate() {
                let n = shocked.len();
                let shock = shocked.iter().position(|address| *address == series.address).map_or(0.0, |row| {
                    factor * self.lawful((0..=row).map(|j| self.factor[row * n + j] * z[j]).sum::<f64>())
                });
                let of = |quantity: &Quantity| values[quantity.in_year(year)];
                match &series.growth {
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
                        let mut from = (self.scenario.base_year, starts[place]);
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
                shown[place] = level[place] + self.multiplied(path, place, year, &values);
                for (jump, change) in self.scenario.jumps.iter().zip(&jumped) {
                    if jump.targets.iter().any(|(region, kind)| self.acts_on(*region, *kind, place)) {
                        shown[place] += change;
                    }
                }
            }
            let mut place = 0;
            for (region, it) in self.scenario.regions.iter().enumerate() {
                let mut of = [None; 3];
                for series in it.series() {
                    of[series.kind as usize] = Some(shown[place]);
                    place += 1;
                }
                out[region].push(self.complete(region, of, path, year, &values));
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
                for event in self.scenario.events.iter().filter(|event| event.targets.contains(&(region, kind))) {
                    let last = event.effect.until().map_or(f64::INFINITY, |id| values[*id]);
                    let lasts = begun(event) <= f64::from(year) && f64::from(year) <= last;
                    match &event.effect {
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
        let name = &self.scenario.regions[region].name;
        let mut top = None;
        if let Some(counting) = &self.scenario.regions[region].counting {
            let u = self.numbers.uniform(path, year, Key::new(Purpose::Count, name), 0);
            let law = counting.count.map(|id| values[*id]);
            let count = count_slowly(law, u, n.exp());
            n = count.ln();
            if count == 0.0 {
                (s, f) = (f64::NAN, f64::NEG_INFINITY);
            } else if modelled_total {
                s = f - n + thousand;
            } else {
                f = n + s - thousand;
            }
            if let Some(sizes) = &counting.sizes {
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
        for event in self.scenario.events.iter().filter(|event| event.targets.contains(&(region, SeriesKind::Funding)))
        {
            if let Effect::Add { amount, until } = &event.effect {
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

    /// The year in which an event begins on a path; infinite if it never does.
    fn begins(&self, event: &Event, path: u64, values: &[f64]) -> f64 {
        let u = self.numbers.uniform(path, 0, Key::new(Purpose::EventFlag, &event.address), 0);
        if event.chance.is_some_and(|chance| u >= values[chance]) {
            return f64::INFINITY;
        }
        let mut year = values[event.year].floor();
        if let Some(chance) = event.yearly_chance {
            // Year by year: the risk strikes in the first year whose share of the uniform it falls into.
            let mut survived = 1.0;
            while u >= 1.0 - survived * (1.0 - values[chance]) && year < 3000.0 {
                survived *= 1.0 - values[chance];
                year += 1.0;
            }
        }
        year
    }

    fn multiplied(&self, path: u64, place: usize, year: i32, values: &[f64]) -> f64 {
        let mut sum = 0.0;
        for event in &self.scenario.events {
            if !event.targets.iter().any(|(region, kind)| self.acts_on(*region, *kind, place)) {
                continue;
            }
            let elapsed = f64::from(year) - self.begins(event, path, values);
            if elapsed < 0.0 {
                continue;
            }
            sum += match &event.effect {
                Effect::Step { size, over } => values[*size] * ((elapsed + 1.0) / f64::from(*over)).min(1.0),
                Effect::Growth { points, until } => {
                    let end = until.map_or(f64::INFINITY, |id| values[id]);
                    let first = f64::from(year) - elapsed;
                    // Year by year, both ends included.
                    let active = (0..=elapsed as i32).filter(|passed| first + f64::from(*passed) <= end).count();
                    values[*points] * active as f64
                }
                Effect::Pulse { size, half_life } => values[*size] * 0.5f64.powf(elapsed / values[*half_life]),
                _ => 0.0,
            };
        }
        sum
    }

    /// An event on what is not modelled acts through the other: funding and deal size stand for each other.
    fn acts_on(&self, region: usize, kind: SeriesKind, place: usize) -> bool {
        let target = &self.scenario.regions[region];
        let has = |kind| target.series().any(|series| series.kind == kind);
        let through = match kind {
            _ if has(kind) => kind,
            SeriesKind::Funding => SeriesKind::DealSize,
            _ => SeriesKind::Funding,
        };
        let series = self.scenario.series().nth(place).unwrap();
        series.address == format!("{}.{}", target.name, through.name())
    }
}

/// What a region published in a year.
#[derive(Clone, Debug)]
struct Year {
    n: f64,
    s: f64,
    f: f64,
    /// The largest deals, where they are simulated.
    top: Option<Vec<f64>>,
}

/// Where a falling function crosses zero.
fn bisect(falling: impl Fn(f64) -> f64, low: f64, high: f64) -> f64 {
    let (mut low, mut high) = (low, high);
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if falling(middle) > 0.0 { low = middle } else { high = middle }
    }
    0.5 * (low + high)
}

/// Adds up masses from none, in logs of gamma functions.
fn count_slowly(law: Count<f64>, u: f64, mean: f64) -> f64 {
    let mass = |n: f64| match law {
        Count::Expected => unreachable!("nothing to count"),
        Count::Poisson => (n * mean.ln() - mean - libm::lgamma(n + 1.0)).exp(),
        Count::NegativeBinomial { dispersion: k } => {
            let q = k / (k + mean);
            (libm::lgamma(n + k) - libm::lgamma(k) - libm::lgamma(n + 1.0) + k * q.ln() + n * (1.0 - q).ln()).exp()
        }
    };
    let (mut n, mut sum) = (0.0, mass(0.0));
    while sum < u && n < 1e6 {
        n += 1.0;
        sum += mass(n);
    }
    n
}

fn close(fast: f64, slow: f64, what: &str) {
    close_to(fast, slow, 1e-12, what);
}

fn close_to(fast: f64, slow: f64, tolerance: f64, what: &str) {
    let same = fast == slow || (fast.is_nan() && slow.is_nan());
    assert!(same || (fast - slow).abs() <= tolerance * slow.abs().max(1.0), "{what}: {fast} and {slow}");
}

/// Compares every modelled series, and what follows from the identity, on a few hundred paths.
fn agrees(text: &str) -> (Scenario, Paths) {
    agrees_to(text, 1e-12)
}

fn agrees_to(text: &str, tolerance: f64) -> (Scenario, Paths) {
    let scenario = scenario(text);
    // Neither a whole number of blocks nor a power of two.
    let n = 2_300;
    let fast = paths(&scenario, n, 99);
    let slow = Slow {
        scenario: &scenario,
        numbers: Numbers::new(99),
        factor: cholesky(&scenario.shock_correlations.matrix, scenario.shock_correlations.size),
    };
    for path in (0..n).step_by(7) {
        for (region, years) in slow.path(path).iter().enumerate() {
            for (year, it) in years.iter().enumerate() {
                let row = path as usize;
                let what = format!("{} in year {year} of path {path}", scenario.regions[region].name);
                if let Some(top) = &it.top {
                    // Sums of many deals have their own test; the largest ones are drawn one by one.
                    close_to(fast.deals[region][year][row], it.n, tolerance, &what);
                    close_to(fast.largest[region][year][row], top.first().copied().unwrap_or(0.0), 1e-9, &what);
                    let share = top.iter().sum::<f64>() / (1000.0 * fast.funding[region][year][row].exp());
                    close_to(fast.top_ten_share[region][year][row], share, 1e-9, &what);
                    continue;
                }
                close_to(fast.funding[region][year][row], it.f, tolerance, &what);
                if !it.n.is_nan() {
                    close_to(fast.deals[region][year][row], it.n, tolerance, &what);
                    close_to(fast.deal_size[region][year][row], it.s, tolerance, &what);
                }
            }
        }
    }
    (scenario, fast)
}

/// Two sides of funding alone, as random walks.
fn two_sides(rest: &str) -> String {
    let side =
        |name: &str| format!("[{name}.funding]\nmodel = \"random-walk\"\ngrowth = \"5%\"\nvolatility = \"40%\"\n");
    format!("horizon = 2030\n{}{}{rest}", side("us"), side("china"))
}

#[test]
fn every_law_of_shocks_agrees_path_by_path() {
    let correlated = "[[correlations]]\nbetween = [\"us.funding\", \"china.funding\"]\nrho = 0.6\n";
    for law in ["{ contaminated = \"10%\", times = 3 }", "{ student-t = 5 }"] {
        for tail in ["separate", "shared"] {
            let shocks = format!("[shocks]\nlaw = {law}\ntail = \"{tail}\"\n");
            agrees_to(&two_sides(&format!("{correlated}{shocks}")), 2e-9);
        }
    }
}

#[test]
fn a_market_factor_is_the_matrix_of_its_loadings() {
    let factor = "[shocks.factor]\nus.funding = 0.8\n\"china.funding\" = 0.75\n";
    let matrix = "[[correlations]]\nbetween = [\"us.funding\", \"china.funding\"]\nrho = 0.6\n";
    let (_, by_factor) = agrees(&two_sides(factor));
    let (_, by_matrix) = agrees(&two_sides(matrix));
    for (a, b) in by_factor.funding.iter().flatten().flatten().zip(by_matrix.funding.iter().flatten().flatten()) {
        close(*a, *b, "the same correlation");
    }
}

/// Regimes, jumps, every effect of an event, a yearly risk.
const DEPARTURES: &str = r#"
horizon = 2034
[regimes]
states = ["boom", "normal", "bust"]
START
[regimes.transitions]
boom = { normal = { uniform = ["10%", "40%"] }, bust = "10%" }
normal = { boom = "15%", bust = "15%" }
bust = { normal = "45%" }
[us.deals]
model = "regime"
growth = { boom = "20%", normal = { p10 = "-5%", p90 = "8%" }, bust = "-30%" }
volatility = { boom = "15%", normal = "20%", bust = { p10 = "20%", p90 = "40%" } }
[us.deal-size]
model = "random-walk"
growth = "3%"
volatility = "20%"
[china.deals]
model = "ar1"
initial-growth = "-30%"
long-run-growth = "4%"
persistence = 0.4
volatility = "25%"
[china.funding]
model = "regime"
growth = { boom = "30%", normal = "5%", bust = "-40%" }
volatility = { boom = "25%", normal = "30%", bust = "45%" }
[[jumps]]
name = "ban"
region = ["us", "china"]
series = "funding"
chance-per-year = { uniform = ["5%", "20%"] }
size = { p10 = "-60%", p90 = "-20%" }
spread = "20%"
[[jumps]]
name = "mega-round"
region = "china"
series = "deals"
chance-per-year = "30%"
size = "+40%"
duration = "transient"
[[events]]
name = "Growth"
region = "china"
series = "deals"
year = { uniform = [2025, 2027] }
effect = { growth = { p10 = "+2pp", p90 = "+9pp" }, until = 2029 }
chance-per-year = { uniform = ["10%", "60%"] }
[[events]]
name = "Pulse"
region = "us"
series = ["deals", "deal-size"]
year = 2026
effect = { pulse = "+80%", half-life = { uniform = [0.5, 3] } }
chance = "60%"
[[events]]
name = "Fund"
region = ["us", "china"]
series = "funding"
year = { uniform = [2025, 2030] }
effect = { add = { p10 = "$1bn", p90 = "$6bn" }, until = 2031 }
[[events]]
name = "Second fund"
region = "china"
series = "funding"
year = 2028
effect = { add = "$2bn" }
chance = "50%"
[[events]]
name = "Cap on deals"
region = "us"
series = "deals"
year = 2027
effect = { cap = 1300, until = 2032 }
[[events]]
name = "Floor under sizes"
region = "us"
series = "deal-size"
year = 2025
effect = { floor = { uniform = ["$20m", "$25m"] } }
[[events]]
name = "Cap on funding"
region = "china"
series = "funding"
year = 2026
effect = { cap = "$4bn" }
chance = "40%"
[[events]]
name = "Floor under funding"
region = "us"
series = "funding"
year = 2029
effect = { floor = "$25bn" }
"#;

#[test]
fn regimes_jumps_and_every_effect_agree_path_by_path() {
    for start in ["start = \"bust\"", "start = \"stationary\"\nshared = false"] {
        agrees(&DEPARTURES.replace("START", start));
    }
}

#[test]
fn counted_deals_agree_path_by_path() {
    for count in ["\"poisson\"", "{ negative-binomial = { uniform = [8, 60] } }"] {
        let counting = format!("[us.counting]\ndeals = {count}\n[china.counting]\ndeals = {count}\n");
        agrees(&format!("{}{counting}", DEPARTURES.replace("START", "")));
        let (_, kept) = agrees(&format!("{}{counting}", include_str!("../scenarios/base.toml")));
        let whole = kept.deals.iter().flatten().flatten().all(|log| (log.exp() - log.exp().round()).abs() < 1e-6);
        assert!(whole, "a count is not whole");
    }
}

#[test]
fn the_largest_deals_agree_path_by_path() {
    let sizes = "[us.counting]\nsizes = { sigma = { uniform = [1.7, 2.2] } }\n[china.counting]\ndeals = { negative-binomial = 20 }\n\
                 sizes = { sigma = 1.5 }\n";
    agrees_to(&format!("{}{sizes}", include_str!("../scenarios/base.toml")), 1e-9);
    // A market of a handful of deals, and sometimes of none.
    let few = include_str!("../scenarios/base.toml").replace(
        "[china.deals]\nmodel      = \"random-walk\"\ngrowth     = {",
        "[china.deals]\nmodel = \"random-walk\"\ngrowth = \"-70%\"\nunused = {",
    );
    let few: String = few.lines().filter(|line| !line.starts_with("unused")).map(|line| format!("{line}\n")).collect();
    let few = few.replace(
        "between = [\"us.deals.growth\", \"china.deals.growth\"]",
        "between = [\"us.deals.growth\", \"us.deal-size.growth\"]",
    );
    agrees_to(&format!("{few}{sizes}"), 1e-9);
}

#[test]
fn unknown_figures_agree_path_by_path() {
    let measurement = "[measurement]\nrounding = true\nrevisions = true\ndefinitions = true\nsampling = true\n";
    agrees(&format!("{}{measurement}", include_str!("../scenarios/base.toml")));
    agrees(&two_sides(measurement));
}

#[test]
fn the_shipped_baseline_agrees_path_by_path() {
    agrees(include_str!("../scenarios/base.toml"));
}

/// Every model, every distribution, dated values, every layout of a region, events of every kind.
const EVERYTHING: &str = r#"
horizon = 2034
[us.deals]
model = "logistic"
growth = ["35%", { from = 2027, p10 = "5%", p90 = "20%" }]
ceiling = { p5 = 1600, p95 = 4000 }
volatility = { uniform = ["10%", "30%"] }
[us.deal-size]
model = "fade"
initial-growth = { triangular = ["-10%", "5%", "40%"] }
long-run-growth = { pert = ["0%", "4%", "10%"] }
half-life = { mean = 2, sd = 0.5 }
volatility = { lognormal = { p10 = "20%", p90 = "50%" } }
[china.deals]
model = "ar1"
initial-growth = "-38%"
long-run-growth = { mean = "3%", sd = "5%" }
persistence = { uniform = [-0.3, 0.6] }
volatility = "30%"
[china.funding]
model = "gompertz"
ceiling = ["$6bn", { from = 2030, value = { } }]
half-life = 3
volatility = { one-of = ["20%", "60%"], weights = ["75%", "25%"] }
[rest.deal-size]
model = "random-walk"
growth = { mean = "2%", sd = "30%" }
volatility = "40%"
[rest.funding]
model = "path"
levels = { 2025 = "$12bn", 2030 = { p10 = "$15bn", p90 = "$40bn" } }
[[correlations]]
between = ["us.deals", "china.deals"]
rho = 0.5
[[correlations]]
between = ["us.deal-size", "rest.deal-size"]
rho = -0.6
[[correlations]]
between = ["china.funding", "us.deals"]
rho = 0.2
[[correlations]]
between = ["us.deals.volatility", "china.deals.long-run-growth"]
rho = 0.7
[[correlations]]
between = ["us.deals.ceiling", "china.deals.long-run-growth"]
rho = -0.4
[[events]]
name = "Winter"
region = ["us", "china"]
series = ["deals", "funding"]
year = { uniform = [2025, 2028] }
effect = { step = { p10 = "-50%", p90 = "-10%" }, over = 3 }
chance = { uniform = ["20%", "60%"] }
[[events]]
name = "Push"
region = "china"
series = "deal-size"
year = 2026
effect = { step = "+60%" }
"#;

fn everything() -> String {
    EVERYTHING.replace("{ from = 2030, value = { } }", "{ from = 2030, value = \"$9bn\" }")
}

#[test]
fn every_model_law_layout_and_event_agrees_path_by_path() {
    agrees(&everything());
}

#[test]
fn funding_alone_agrees_path_by_path() {
    let side = |name: &str| {
        format!(
            "[{name}.funding]\nmodel = \"random-walk\"\ngrowth = {{ p5 = \"-20%\", p95 = \"30%\" }}\nvolatility = \"40%\"\n"
        )
    };
    agrees(&format!("horizon = 2026\n{}{}", side("us"), side("china")));
}

#[test]
fn summaries_are_what_plain_counting_over_all_paths_gives() {
    let (scenario, _) = agrees(&everything());
    let n = 3_000;
    let kept = paths(&scenario, n, 5);
    let summary = run(&scenario, n, 5);
    let base = Base::new(&scenario);
    let last = scenario.years().len() - 1;
    let level = |region: usize, year: usize, path: usize| kept.funding[region][year][path].exp();
    let gap: Vec<f64> = (0..n as usize).map(|path| level(0, last, path) - level(1, last, path)).collect();
    let mean = gap.iter().sum::<f64>() / n as f64;
    let sd = (gap.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / (n - 1) as f64).sqrt();
    let spread = summary.gap(Metric::Gap, scenario.horizon).unwrap();
    close(spread.mean.unwrap() / mean, 1.0, "mean");
    close(spread.sd.unwrap() / sd, 1.0, "sd");
    let mut sorted = gap.clone();
    sorted.sort_by(f64::total_cmp);
    let rank = 0.9 * (n - 1) as f64;
    let (below, share) = (rank.floor() as usize, rank - rank.floor());
    let exact = sorted[below] + share * (sorted[below + 1] - sorted[below]);
    assert!((spread.quantile(0.9).unwrap() - exact).abs() <= exact.abs() / 1024.0);
    let world = Measure { metric: Metric::Funding, subject: Subject::World };
    let world = summary.fan_row(world, scenario.horizon).unwrap().simulated.as_ref().unwrap();
    let sum: f64 = (0..n as usize).map(|path| (0..3).map(|region| level(region, last, path)).sum::<f64>()).sum();
    close(world.mean.unwrap() / (sum / n as f64), 1.0, "world");
    let log_means = |region: usize, columns: &Vec<Vec<Vec<f64>>>| columns[region][last].iter().sum::<f64>() / n as f64;
    let terms = summary.decompositions.last().unwrap().decomposition.terms;
    let start = base.log_deals_and_size.unwrap();
    close(terms[0].log_points, log_means(0, &kept.deals) - start[0][0], "deals of the lead");
    close(terms[3].log_points, -(log_means(1, &kept.deal_size) - start[1][1]), "deal size of the follow region");
    close(summary.decompositions.last().unwrap().decomposition.total().dollars / (mean - base.gap), 1.0, "dollars");
    for question in Question::ALL {
        for (index, year) in scenario.years().enumerate() {
            let holds = |path: &usize| {
                let lowest = (0..=index).map(|y| level(0, y, *path) - level(1, y, *path)).fold(f64::INFINITY, f64::min);
                let (us, china) = (level(0, index, *path), level(1, index, *path));
                question.holds(Standing { gap: us - china, ratio: us / china, lowest_gap: lowest }, &base)
            };
            let hits = (0..n as usize).filter(holds).count() as u64;
            assert_eq!(summary.probability(question, year).unwrap().hits, hits, "{question:?} in {year}");
        }
    }
    for milestone in Milestone::ALL {
        for (index, year) in scenario.years().enumerate() {
            let ratio = |y: i64, path: usize| match usize::try_from(y) {
                Ok(y) => level(0, y, path) / level(1, y, path),
                Err(_) => base.ratio,
            };
            let reached = |path: &usize| {
                (0..=index as i64).any(|y| milestone.is_met(ratio(y, *path), ratio(y - 1, *path), &base))
            };
            let hits = (0..n as usize).filter(reached).count() as u64;
            assert_eq!(summary.reached_by(milestone, year).unwrap().hits, hits, "{milestone:?} by {year}");
        }
    }
}

#[test]
fn questions_and_checks_are_counted_on_every_path() {
    let asked = "
[[questions]]
name = \"a\"
that = \"gap in some year > $40bn\"
[[questions]]
name = \"b\"
that = \"ratio in 2030 < half of 2023\"
[[questions]]
name = \"c\"
that = \"one-year multiple of china.funding > 1.4\"
[[checks]]
name = \"d\"
that = \"china.deals >= 150\"
";
    let base = format!("{}{asked}", include_str!("../scenarios/base.toml"));
    let scenario = scenario(&base);
    let n = 2_100;
    let (kept, summary) = (paths(&scenario, n, 4), run(&scenario, n, 4));
    let level = |region: usize, year: usize, path: usize| kept.funding[region][year][path].exp();
    let place = |name: &str| scenario.questions.iter().position(|it| it.name == name).unwrap();
    let hits =
        |name: &str, year: i32| summary.question(place(name)).find(|row| row.year == year).unwrap().probability.hits;
    let count = |holds: &dyn Fn(usize) -> bool| (0..n as usize).filter(|path| holds(*path)).count() as u64;
    for (index, year) in scenario.years().enumerate() {
        assert_eq!(hits("a", year), count(&|path| (0..=index).any(|y| level(0, y, path) - level(1, y, path) > 40.0)));
        let before = |path: usize| if index == 0 { 2.0 } else { level(1, index - 1, path) };
        assert_eq!(hits("c", year), count(&|path| level(1, index, path) / before(path) > 1.4));
    }
    assert_eq!(summary.question(place("b")).count(), 1);
    assert_eq!(hits("b", 2030), count(&|path| level(0, 6, path) / level(1, 6, path) < 7.75));
    let check = scenario.checks.iter().position(|it| it.name == "d").unwrap();
    let breaks = |path: usize| (0..7).any(|year| kept.deals[1][year][path].exp() < 150.0);
    assert_eq!(summary.broken(&scenario, check), (count(&breaks), n));
}
