//! Parts of a law that are named by themselves: its mean, its standard deviation, and the quantiles it may be given by.

use crate::distribution::Distribution;
use crate::special;

/// A number that a normal or lognormal law is given by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Part {
    /// Its mean; the standard deviation stays.
    Mean,
    /// Its standard deviation; the mean stays.
    Sd,
    /// A quantile below or above its median; the one as far on the other side stays.
    Quantile(f64),
}

impl Part {
    /// The part of a name as scenarios write it: `mean`, `sd`, `p5`, `p10`, `p90`, `p95`.
    #[must_use]
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "mean" => Self::Mean,
            "sd" => Self::Sd,
            "p5" => Self::Quantile(0.05),
            "p10" => Self::Quantile(0.1),
            "p90" => Self::Quantile(0.9),
            "p95" => Self::Quantile(0.95),
            _ => return None,
        })
    }

    /// The part of the other name that a scenario writes beside it: `sd` beside `mean`, `p90` beside `p10`.
    #[must_use]
    pub(crate) fn beside(self) -> Self {
        match self {
            Self::Mean => Self::Sd,
            Self::Sd => Self::Mean,
            Self::Quantile(p) => Self::Quantile(((1.0 - p) * 100.0).round() / 100.0),
        }
    }

    /// Its name as scenarios write it.
    #[must_use]
    pub(crate) fn name(self) -> String {
        match self {
            Self::Mean => "mean".to_owned(),
            Self::Sd => "sd".to_owned(),
            Self::Quantile(p) => format!("p{:.0}", 100.0 * p),
        }
    }

    /// Its value in a law, before any of it is cut off; `None` of a law that is not given by such numbers.
    #[must_use]
    pub(crate) fn of(self, law: &Distribution) -> Option<f64> {
        match (self, law) {
            (_, Distribution::Truncated { law, .. }) => self.of(law),
            (Self::Mean, Distribution::Normal { mean, .. }) => Some(*mean),
            (Self::Sd, Distribution::Normal { sd, .. }) => Some(*sd),
            (Self::Mean, Distribution::LogNormal { mu, sigma }) => Some(special::exp(mu + 0.5 * sigma * sigma)),
            (Self::Sd, Distribution::LogNormal { mu, sigma }) => {
                Some(special::exp(mu + 0.5 * sigma * sigma) * libm::expm1(sigma * sigma).sqrt())
            }
            (Self::Quantile(p), Distribution::Normal { .. } | Distribution::LogNormal { .. }) => Some(law.quantile(p)),
            _ => None,
        }
    }

    /// The law with this part at a value and the one beside it as it was, without bounds; `None` where there is no such law.
    #[must_use]
    pub(crate) fn at(self, law: &Distribution, value: f64) -> Option<Distribution> {
        if let Distribution::Truncated { law, .. } = law {
            return self.at(law, value);
        }
        let other = self.beside().of(law)?;
        let lognormal = matches!(law, Distribution::LogNormal { .. });
        if !value.is_finite() || (lognormal && value <= 0.0) {
            return None;
        }
        match self {
            Self::Mean | Self::Sd => {
                let (mean, sd) = if self == Self::Mean { (value, other) } else { (other, value) };
                let from_moments = || {
                    if lognormal {
                        Distribution::lognormal_from_moments(mean, sd)
                    } else {
                        Distribution::Normal { mean, sd }
                    }
                };
                (sd > 0.0).then(from_moments)
            }
            Self::Quantile(p) => {
                let z = special::normal_quantile(p.max(1.0 - p));
                let (low, high) = if p < 0.5 { (value, other) } else { (other, value) };
                let from_quantiles = || {
                    if lognormal {
                        Distribution::lognormal_from_quantiles(low, high, z)
                    } else {
                        Distribution::normal_from_quantiles(low, high, z)
                    }
                };
                (low < high).then(from_quantiles)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_what_it_was_set_to_and_the_one_beside_it_stays() {
        let laws = [Distribution::Normal { mean: 0.07, sd: 0.1 }, Distribution::lognormal_from_moments(0.2, 0.05)];
        for law in laws {
            for name in ["mean", "sd", "p5", "p10", "p90", "p95"] {
                let part = Part::named(name).expect("a part");
                assert_eq!(part.name(), name);
                let (own, other) = (part.of(&law).expect("a value"), part.beside().of(&law).expect("a value"));
                let set = part.at(&law, own).expect("its own value");
                for p in [0.01, 0.5, 0.8] {
                    assert!((set.quantile(p) - law.quantile(p)).abs() < 1e-12, "{name} at its own value");
                }
                let moved = own + 0.01 * if name.starts_with("p9") { 1.0 } else { -1.0 };
                let set = part.at(&law, moved).expect("a law");
                assert!((part.of(&set).expect("set") - moved).abs() < 1e-12, "{name}");
                assert!((part.beside().of(&set).expect("beside") - other).abs() < 1e-12, "{name}");
            }
            assert_eq!(Part::Sd.at(&law, 0.0), None);
            assert_eq!(Part::Quantile(0.1).at(&law, law.quantile(0.95)), None);
        }
        let flat = Distribution::Uniform { low: 0.0, high: 1.0 };
        assert_eq!((Part::Mean.of(&flat), Part::Sd.at(&flat, 0.2)), (None, None));
    }
}
