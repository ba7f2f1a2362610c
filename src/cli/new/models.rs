//! How a series is written with each model of growth, for `aigap new --model`: China's deals, ready to be edited.

/// Models that a new scenario may begin with: name, and the lines below `[china.deals]`.
pub(super) const MODELS: [(&str, &str); 6] = [
    (
        "random-walk",
        r#"model      = "random-walk"
growth     = { p10 = "-5%", p90 = "15%", why = "say why", source = "judgement" }   # a year, on the median path
volatility = { value = "25%", why = "say why", source = "judgement" }              # a typical year: -22% to +28%
"#,
    ),
    (
        "fade",
        r#"model           = "fade"
initial-growth  = { p10 = "5%", p90 = "30%", why = "say why", source = "judgement" }   # a year, in the base year
long-run-growth = { p10 = "-3%", p90 = "6%", why = "say why", source = "judgement" }   # a year, in the end
half-life       = { uniform = [2, 5], why = "say why", source = "judgement" }          # years until half of the difference is gone
volatility      = { value = "25%", why = "say why", source = "judgement" }
"#,
    ),
    (
        "ar1",
        r#"model           = "ar1"
initial-growth  = { value = "-10%", why = "say why", source = "judgement" }            # a year, in the base year
long-run-growth = { p10 = "-3%", p90 = "6%", why = "say why", source = "judgement" }   # a year, to which it returns
persistence     = { value = 0.4, why = "say why", source = "judgement" }               # share of a deviation left a year later
volatility      = { value = "25%", why = "say why", source = "judgement" }
"#,
    ),
    (
        "logistic",
        r#"model      = "logistic"
growth     = { p10 = "5%", p90 = "40%", why = "say why", source = "judgement" }   # a year, while far below the ceiling
ceiling    = { p10 = 600, p90 = 1500, why = "say why", source = "judgement" }     # deals a year that are never exceeded
volatility = { value = "25%", why = "say why", source = "judgement" }             # of the log-odds of level over ceiling
"#,
    ),
    (
        "gompertz",
        r#"model      = "gompertz"
ceiling    = { p10 = 300, p90 = 450, why = "say why", source = "judgement" }     # deals a year that it is drawn to
half-life  = { uniform = [2, 5], why = "say why", source = "judgement" }         # years until half of the distance is closed
volatility = { value = "25%", why = "say why", source = "judgement" }
"#,
    ),
    (
        "path",
        r#"model  = "path"
# Levels year by year; growth between them is constant, and the last one stays. A path has no luck: write a range where a
# level is uncertain, or the series is certain.
levels = { 2025 = 260, 2030 = { p10 = 200, p90 = 500, why = "say why", source = "judgement" } }
"#,
    ),
];
