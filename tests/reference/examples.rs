//! Scenarios that together use every model, law, layout and event.

/// Regimes, jumps, every effect of an event, a yearly risk.
pub const DEPARTURES: &str = r#"
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

/// Every model, every distribution, dated values, every layout of a region, events of every kind.
pub const EVERYTHING: &str = r#"
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

pub fn everything() -> String {
    EVERYTHING.replace("{ from = 2030, value = { } }", "{ from = 2030, value = \"$9bn\" }")
}

/// Two sides of funding alone, as random walks.
pub fn two_sides(rest: &str) -> String {
    let side =
        |name: &str| format!("[{name}.funding]\nmodel = \"random-walk\"\ngrowth = \"5%\"\nvolatility = \"40%\"\n");
    format!("horizon = 2030\n{}{}{rest}", side("us"), side("china"))
}
