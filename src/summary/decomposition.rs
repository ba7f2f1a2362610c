//! What moved the gap: exact splits of a change into deals and deal size of either side.
//!
//! In logs the ratio changes by `Δ ln N_lead + Δ ln S_lead − Δ ln N_follow − Δ ln S_follow`. In dollars the gap
//! changes by `Σ ± L(F₁, F₀) Δ ln(·)` with the logarithmic mean `L` (LMDI), or by `ΔN S̄ + ΔS N̄` (Shapley, the
//! midpoint). Both add up to the change without a remainder (Ang, 2004).

/// Logarithmic mean of two positive numbers: `(a − b)/ln(a/b)`, and `a` where they are equal.
#[must_use]
pub fn log_mean(a: f64, b: f64) -> f64 {
    if a == b {
        return a;
    }
    if a <= 0.0 || b <= 0.0 {
        return 0.0;
    }
    // ln(a/b) through log1p keeps all digits for neighbours.
    (a - b) / libm::log1p((a - b) / b)
}

/// Contributions of deals and of deal size to the change of one region's funding, in the unit of its funding.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// From the number of deals.
    pub deals: f64,
    /// From the mean deal size.
    pub deal_size: f64,
}

/// LMDI split of `F₁ − F₀` with `F = N S`.
///
/// If the region comes from or goes to no deals at all, the limit is that deals explain the whole change.
#[must_use]
pub fn lmdi(deals: [f64; 2], funding: [f64; 2]) -> Split {
    let change = funding[1] - funding[0];
    if deals[0] <= 0.0 || deals[1] <= 0.0 || funding[0] <= 0.0 || funding[1] <= 0.0 {
        return Split { deals: change, deal_size: 0.0 };
    }
    let weight = log_mean(funding[1], funding[0]);
    let from_deals = weight * libm::log1p((deals[1] - deals[0]) / deals[0]);
    Split { deals: from_deals, deal_size: change - from_deals }
}

/// Shapley split of `F₁ − F₀` with `F = N S`: `ΔN S̄` and `ΔS N̄`.
#[must_use]
pub fn shapley(deals: [f64; 2], funding: [f64; 2]) -> Split {
    let change = funding[1] - funding[0];
    if deals[0] <= 0.0 || deals[1] <= 0.0 {
        return Split { deals: change, deal_size: 0.0 };
    }
    let size = [funding[0] / deals[0], funding[1] / deals[1]];
    let from_deals = (deals[1] - deals[0]) * 0.5 * (size[0] + size[1]);
    Split { deals: from_deals, deal_size: change - from_deals }
}

/// One term of a decomposition: a side (lead or follow) and a component (deals or deal size).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Term {
    /// Contribution to the change of the gap, $bn, by LMDI.
    pub dollars: f64,
    /// Contribution to the change of the gap, $bn, by Shapley's rule.
    pub dollars_shapley: f64,
    /// Contribution to the change of the log ratio.
    pub log_points: f64,
}

/// The four terms of a change between two years: lead deals, lead size, follow deals, follow size.
///
/// For simulated years every term is its mean over paths, which adds up; medians would not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decomposition {
    /// The terms in that order, signed: positive widens the gap.
    pub terms: [Term; 4],
    /// What the exchange rate and the deflator add, lead and follow; none in nominal dollars.
    pub money: Option<[Term; 2]>,
    /// What events add to funding without any deal, lead and follow; none where no event does.
    pub added: Option<[Term; 2]>,
}

impl Decomposition {
    /// Splits the change between two years, from deals and funding of the lead and the follow region.
    #[must_use]
    pub fn new(deals: [[f64; 2]; 2], funding: [[f64; 2]; 2]) -> Self {
        let mut terms = [Term::default(); 4];
        for (side, sign) in [1.0, -1.0].into_iter().enumerate() {
            let (lmdi, shapley) = (lmdi(deals[side], funding[side]), shapley(deals[side], funding[side]));
            let log_deals = libm::log(deals[side][1] / deals[side][0]);
            let log_funding = libm::log(funding[side][1] / funding[side][0]);
            let pairs =
                [(lmdi.deals, shapley.deals, log_deals), (lmdi.deal_size, shapley.deal_size, log_funding - log_deals)];
            for (component, (dollars, dollars_shapley, log_points)) in pairs.into_iter().enumerate() {
                terms[2 * side + component] = Term {
                    dollars: sign * dollars,
                    dollars_shapley: sign * dollars_shapley,
                    log_points: sign * log_points,
                };
            }
        }
        Self { terms, ..Self::default() }
    }

    /// Term by term, a number made of those of several decompositions of the same terms.
    pub(super) fn from_each(parts: &[Self], of: impl Fn(&[f64]) -> f64) -> Self {
        let term = |get: &dyn Fn(&Self) -> Term| {
            let number = |kind: fn(&Term) -> f64| of(&parts.iter().map(|part| kind(&get(part))).collect::<Vec<f64>>());
            Term {
                dollars: number(|term| term.dollars),
                dollars_shapley: number(|term| term.dollars_shapley),
                log_points: number(|term| term.log_points),
            }
        };
        let pair = |get: fn(&Self) -> Option<[Term; 2]>| {
            let has = parts.first().is_some_and(|part| get(part).is_some());
            has.then(|| [0, 1].map(|side| term(&|part| get(part).map_or_else(Term::default, |pair| pair[side]))))
        };
        Self {
            terms: std::array::from_fn(|place| term(&|part| part.terms[place])),
            money: pair(|part| part.money),
            added: pair(|part| part.added),
        }
    }

    /// Errors of terms, those in dollars so many times as wide for lead and follow.
    pub(super) fn with_wider_dollars(mut self, factors: [f64; 2]) -> Self {
        let widen = |term: &mut Term, factor: f64| {
            term.dollars *= factor;
            term.dollars_shapley *= factor;
        };
        self.terms.iter_mut().enumerate().for_each(|(place, term)| widen(term, factors[place / 2]));
        for pair in self.money.iter_mut().chain(&mut self.added) {
            pair.iter_mut().zip(factors).for_each(|(term, factor)| widen(term, factor));
        }
        self
    }

    /// The change that the terms add up to.
    #[must_use]
    pub fn total(&self) -> Term {
        let more = self.money.iter().chain(&self.added).flatten();
        self.terms.iter().chain(more).fold(Term::default(), |sum, term| Term {
            dollars: sum.dollars + term.dollars,
            dollars_shapley: sum.dollars_shapley + term.dollars_shapley,
            log_points: sum.log_points + term.log_points,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_terms_add_up_to_the_change_by_either_method(
            deals in prop::array::uniform4(1.0..1e5f64), funding in prop::array::uniform4(1e-3..1e3f64)
        ) {
            let [a, b, c, d] = deals;
            let [e, f, g, h] = funding;
            let split = Decomposition::new([[a, b], [c, d]], [[e, f], [g, h]]);
            let total = split.total();
            let gap = (f - h) - (e - g);
            // Opposite terms may be far larger than the change; rounding is a part of the largest of them.
            let largest = |term: &Term| term.dollars.abs().max(term.dollars_shapley.abs());
            let scale = split.terms.iter().map(largest).fold(e.max(f).max(g).max(h), f64::max);
            prop_assert!((total.dollars - gap).abs() <= 1e-12 * scale);
            prop_assert!((total.dollars_shapley - gap).abs() <= 1e-12 * scale);
            let change = libm::log(f / h) - libm::log(e / g);
            prop_assert!((total.log_points - change).abs() <= 1e-12 * change.abs().max(1.0));
        }
    }
}
