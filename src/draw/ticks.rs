//! Scales and their ticks: linear in steps of 1, 2 and 5, logarithmic by decades, years by their meaning.

/// A vertical scale with its ticks.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scale {
    /// Whether it is logarithmic.
    pub log: bool,
    /// Lowest and highest value.
    pub domain: (f64, f64),
    /// Labelled values.
    pub labelled: Vec<f64>,
    /// Values with a faint line and no label.
    pub faint: Vec<f64>,
}

/// Least quotient of the ends of a log scale whose ticks are 1, 2 and 5.
const LEAST_SPAN_OF_STEPS: f64 = 3.0;

impl Scale {
    /// A linear scale over some values with at most about six ticks.
    pub(crate) fn linear(low: f64, high: f64) -> Self {
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        let raw = span / 5.0;
        let power = libm::pow(10.0, libm::floor(libm::log10(raw)));
        let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|it| it * power).find(|it| *it >= raw * 0.999);
        let step = step.unwrap_or(10.0 * power);
        // Below zero, where values may end a hair beside it, the scale ends at a quarter of a step.
        let bottom =
            if low < 0.0 { libm::floor(4.0 * low / step + 1e-9) / 4.0 } else { libm::floor(low / step + 1e-9) };
        let first = libm::ceil(bottom);
        let last = libm::ceil(high / step - 1e-9).max(first + 1.0);
        let count = (last - first) as usize;
        // A quotient of whole numbers is the nearest float to a round value; a product with 0.1 would be a hair beside it.
        let (steps, part) = (step * power.recip(), power.recip());
        let round = |value: f64| if power < 1.0 { value * steps.round() / part.round() } else { value * step };
        let labelled = (0..=count).map(|place| round(first + place as f64)).collect();
        Self { log: false, domain: (round(bottom), round(last)), labelled, faint: Vec::new() }
    }

    /// A logarithmic scale over some positive values, from a step of 1, 2 or 5 to another: whole decades would leave up to a
    /// tenth of the plot empty at either end. Three decades and more are labelled at 1 alone.
    pub(crate) fn log(low: f64, high: f64) -> Self {
        let (low, high) = (low.max(1e-12), high.max(low.max(1e-12) * 1.0001));
        if high < LEAST_SPAN_OF_STEPS * low {
            // Steps of 1, 2 and 5 would leave one or two labels, far from the values: even steps are read better.
            return Self { log: true, ..Self::linear(low, high) };
        }
        let all = |steps: &[f64]| {
            let first = libm::floor(libm::log10(low)) as i32 - 1;
            let last = libm::ceil(libm::log10(high)) as i32 + 1;
            (first..=last)
                .flat_map(|power| {
                    let unit = libm::pow(10.0, f64::from(power));
                    steps.iter().map(move |step| step * unit).collect::<Vec<_>>()
                })
                .collect::<Vec<f64>>()
        };
        let snaps = all(&[1.0, 2.0, 5.0]);
        let bottom = snaps.iter().copied().filter(|it| *it <= low * 1.000_001).fold(f64::MIN, f64::max);
        let top = snaps.iter().copied().filter(|it| *it >= high * 0.999_999).fold(f64::MAX, f64::min);
        let inside = |value: &f64| *value >= bottom * 0.999_999 && *value <= top * 1.000_001;
        let span = libm::log10(top / bottom);
        let mut labelled: Vec<f64> =
            all(if span < 2.01 { &[1.0, 2.0, 5.0] } else { &[1.0] }).into_iter().filter(inside).collect();
        // Very many decades: every second or third is enough.
        let every = labelled.len().div_ceil(7);
        labelled = labelled.into_iter().step_by(every.max(1)).collect();
        let faint = all(&[1.0, 2.0, 5.0]).into_iter().filter(inside);
        let faint = faint.filter(|value| !labelled.iter().any(|known| (known / value - 1.0).abs() < 1e-9));
        let faint = if span <= 4.0 { faint.collect() } else { Vec::new() };
        Self { log: true, domain: (bottom, top), labelled, faint }
    }

    /// Where a value stands between the bottom (0) and the top (1); outside values go beyond.
    pub(crate) fn place(&self, value: f64) -> f64 {
        let (low, high) = self.domain;
        if self.log {
            let value = value.max(low * 1e-6);
            libm::log(value / low) / libm::log(high / low)
        } else {
            (value - low) / (high - low)
        }
    }
}

/// Years to label: the last simulated, the base year, the first, and between them every one, second, fifth or tenth
/// counted back from the last, as many as have room.
pub(crate) fn years(first: i32, base: i32, last: i32, room: usize) -> Vec<i32> {
    let mut labelled = vec![base, last];
    for step in [1, 2, 5, 10, 20] {
        let between: Vec<i32> = (1..).map(|count| last - count * step).take_while(|year| *year > base).collect();
        // A year right behind the base year would crowd it.
        let between: Vec<i32> = between.into_iter().filter(|year| step == 1 || year - base > step / 2).collect();
        if between.len() + 2 <= room {
            labelled.extend(between);
            break;
        }
    }
    if labelled.len() < room && first < base {
        labelled.push(first);
    }
    labelled.sort_unstable();
    labelled.dedup();
    labelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_few_and_round() {
        assert_eq!(Scale::linear(0.0, 293.0).labelled, [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(Scale::linear(-12.0, 95.0).domain, (-12.5, 100.0));
        assert_eq!(Scale::linear(-0.35, 293.0).domain, (-25.0, 300.0));
        assert_eq!(Scale::linear(-0.35, 293.0).labelled, [0.0, 100.0, 200.0, 300.0]);
        assert_eq!(Scale::linear(-95.0, 95.0).domain, (-100.0, 100.0));
        let log = Scale::log(0.15, 640.0);
        assert_eq!(log.domain, (0.1, 1000.0));
        assert_eq!(log.labelled.len(), 5);
        // A band from $70m to $640bn once stood on a scale from $10m to $1trn.
        assert_eq!(Scale::log(0.07, 640.0).domain, (0.05, 1000.0));
        assert_eq!(Scale::log(0.07, 640.0).labelled, [0.1, 1.0, 10.0, 100.0, 1000.0]);
        let narrow = Scale::log(1.7, 150.0);
        assert_eq!(narrow.domain, (1.0, 200.0));
        // The figures of two equal sides, $40bn to $44bn, once stood between $20bn and $50bn.
        let equal = Scale::log(40.2, 43.9);
        assert_eq!((equal.log, equal.domain), (true, (40.0, 44.0)));
        assert_eq!(equal.labelled, [40.0, 41.0, 42.0, 43.0, 44.0]);
        assert_eq!(Scale::log(0.93, 1.07).labelled.len(), 5);
        assert_eq!(Scale::linear(0.0, 0.7).labelled, [0.0, 0.2, 0.4, 0.6, 0.8]);
        assert_eq!(Scale::linear(0.0, 0.007).labelled, [0.0, 0.002, 0.004, 0.006, 0.008]);
        assert_eq!(Scale::log(14.0, 43.0).domain, (10.0, 50.0));
        for (low, high) in [(1e-8, 1e9), (3.0, 3.0), (1e5, 1.00001e5)] {
            assert!(Scale::log(low, high).labelled.len() <= 8, "{low} to {high}");
        }
        assert_eq!(years(2022, 2023, 2033, 7), [2022, 2023, 2025, 2027, 2029, 2031, 2033]);
        assert_eq!(years(2022, 2023, 2024, 7), [2022, 2023, 2024]);
        assert_eq!(years(2022, 2023, 2030, 4), [2023, 2026, 2028, 2030]);
    }
}
