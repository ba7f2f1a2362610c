//! What the documentation tells of each growth model: its formula, what it is for and not for, and who described it.

/// A growth model in the words of the documentation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelNote {
    /// Its name in a scenario file.
    pub name: &'static str,
    /// A year's step, with `ℓ` the log of the level and `ε` a shock of variance one.
    pub formula: &'static str,
    /// What follows from it after `h` years.
    pub follows: &'static str,
    /// Uses that it is made for.
    pub good_for: &'static str,
    /// When another model is the better one.
    pub not_for: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Parameters of the US in the picture of the book.
    pub pictured: &'static str,
}

/// Every model, in the order of [`Growth::NAMES`](super::Growth::NAMES).
pub const MODEL_NOTES: [ModelNote; 7] = [
    ModelNote {
        name: "random-walk",
        formula: "ℓ′ = ℓ + μ + σ ε",
        follows: "ln L ~ N(ℓ₀ + h μ, h σ²); the quantile at p is L₀ exp(h μ + σ √h z_p)",
        good_for: "any series of which nothing better is known; the baseline",
        not_for: "a series with a natural ceiling within the horizon",
        source: "Bachelier (1900) and Working (1934) of prices; in logs, geometric Brownian motion",
        pictured: "growth = \"5%\", volatility = \"25%\"",
    },
    ModelNote {
        name: "fade",
        formula: "m′ = g∞ + φ (m − g∞), ℓ′ = ℓ + m′ + σ ε, φ = 2^(−1/H)",
        follows: "the mean of ℓ_h − ℓ₀ is h g∞ + (g₀ − g∞) φ (1 − φ^h)/(1 − φ), its variance h σ²",
        good_for: "letting an observed boom or slump run out",
        not_for: "carrying a boom on for good: that is a growth of its own, with a reason",
        source: "the damped trend of Gardner and McKenzie (1985, 2011)",
        pictured: "initial-growth = \"40%\", long-run-growth = \"3%\", half-life = 2, volatility = \"25%\"",
    },
    ModelNote {
        name: "ar1",
        formula: "g′ = g∞ + φ (g − g∞) + σ ε, ℓ′ = ℓ + g′",
        follows: "the mean of fade; the variance σ²/(1 − φ)² Σ (1 − φ^j)² over j ≤ h",
        good_for: "a what-if in which good years follow good years",
        not_for: "a default: world AI funding shows no such momentum in quarterly figures",
        source: "Yule (1927)",
        pictured: "initial-growth = \"10%\", long-run-growth = \"5%\", persistence = 0.6, volatility = \"20%\"",
    },
    ModelNote {
        name: "logistic",
        formula: "x = ln(L/(K − L)), x′ = x + r + σ ε",
        follows: "without shocks L = K/(1 + (K/L₀ − 1) e^(−r t)); the quantile at p is K expit(x₀ + r h + σ √h z_p)",
        good_for: "a market that fills up to a ceiling K, which no path crosses",
        not_for: "a series above its ceiling, which declines: gompertz is made for that; or an unknown ceiling",
        source: "Verhulst (1838)",
        pictured: "growth = \"35%\", ceiling = \"$90bn\", volatility = \"25%\"",
    },
    ModelNote {
        name: "gompertz",
        formula: "ℓ′ = ln K + (ℓ − ln K) ρ + σ ε, ρ = 2^(−1/H)",
        follows: "normal in logs with mean ln K + (ℓ₀ − ln K) ρ^h and variance σ² (1 − ρ^(2h))/(1 − ρ²): the band stops widening",
        good_for: "a return to a level, from below or from above",
        not_for: "a series whose long-run level is unknown: that is the random walk",
        source: "Gompertz (1825); in logs a mean-reverting walk (Uhlenbeck and Ornstein, 1930)",
        pictured: "ceiling = \"$90bn\", half-life = 2, volatility = \"25%\"",
    },
    ModelNote {
        name: "path",
        formula: "the levels that are written; constant growth between the years named",
        follows: "no luck: what is uncertain is in the written levels",
        good_for: "somebody else's projection, or a plan",
        not_for: "a statement of how sure anybody is, unless the levels are distributions",
        source: "–",
        pictured: "levels = { 2030 = { p10 = \"$10bn\", p90 = \"$90bn\" } }",
    },
    ModelNote {
        name: "regime",
        formula: "ℓ′ = ℓ + μ_R + σ_R ε, R a Markov chain of states",
        follows: "E[L_h^θ] = L₀^θ π₀ᵀ (P D_θ)^h 1 with D_θ = diag exp(θ μ + θ² σ²/2)",
        good_for: "cycles that last for years, such as boom and bust",
        not_for: "putting a trend into two years of data",
        source: "Hamilton (1989)",
        pictured: "growth = { boom = \"30%\", bust = \"-20%\" }, volatility = { boom = \"15%\", bust = \"20%\" }",
    },
];

#[cfg(test)]
mod tests {
    use super::super::Growth;
    use super::MODEL_NOTES;

    #[test]
    fn every_model_has_its_note() {
        assert_eq!(MODEL_NOTES.map(|it| it.name), Growth::<()>::NAMES);
    }
}
