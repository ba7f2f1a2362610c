//! The method, as a section of a paper: what is simulated, in which order, and what the numbers may be used for.
//!
//! # 1. State
//!
//! Per region there are deals a year `N`, mean deal size `S` ($m) and funding `F = N S` ($bn), held as natural logs. A
//! scenario models two of the three, or funding alone ([`crate::scenario::Region`]). The last observed year is the
//! start; a step is a year. A growth rate `g` in a file is the yearly growth of the *median* path, `μ = ln(1 + g)`; a
//! volatility is the standard deviation of the yearly log change. Two years of data carry almost no trend, so growth is
//! an assumption with a spread, and one observed growth is never continued by itself.
//!
//! # 2. One year, in order
//!
//! 1. **Regimes.** If a scenario has them, each chain moves from the state of the year before
//!    ([`crate::regime::Chain`]).
//! 2. **Shocks.** Independent normals, correlated by the scenario's matrix or by the loadings of one market factor
//!    ([`crate::scenario::Shocks`]), in a fixed order: lead region, follow region, then all others. A series is mixed
//!    from its own number and those of the series above it, so no change further down moves it, and what a correlation
//!    names keeps its number where another model has no shocks ([`crate::scenario::Mixing`]). A correlation is an input
//!    with an address, and may be uncertain: each draw then has a matrix of its own. Then they are given the law of the
//!    scenario: normal, contaminated or Student's t, with wild years of each series' own or shared ([`crate::shock`]).
//!    With separate tails each correlated normal `z` becomes `F⁻¹(Φ(z))` of the law `F`, a Gaussian copula: wild years
//!    of two series coincide no more often than their ranks do. With shared tails `z` is multiplied by one factor a
//!    year, the same for all series: `κ` in wild years of a contaminated law, `√(ν/χ²_ν)` of Student's t, both scaled
//!    to unit variance.
//! 3. **Growth.** Each series moves by its model: [random walk](crate::growth::RandomWalk),
//!    [fade](crate::growth::Fade), [AR(1)](crate::growth::Ar1), [logistic](crate::growth::Logistic),
//!    [Gompertz](crate::growth::Gompertz), [path](crate::growth::Path) or [regime](crate::growth::Regime).
//! 4. **Departures.** Events and jumps multiply the level beside the model and are not fed back into it
//!    ([`crate::event`]). A jump of size `m` and spread `s` adds `N(m, s²)` to the log of the level in each year that it
//!    strikes: `m` and `s` are assumptions, one a draw, the size of each jump is luck, and the median multiplier is `e^m`.
//!    Then floors hold, then caps, on the level that is expected.
//! 5. **Counts.** Where deals are counted, their number is drawn about the expected one ([`crate::counting::Count`]);
//!    where they are simulated one by one, the year's total is the sum of its deals ([`crate::counting::sizes`]). No
//!    deal means no funding and no deal size.
//! 6. **Sampling noise**, if `[measurement]` asks for it: the luck of single deals in a total that is not made of them.
//!    It is on each year's total and not in the level behind it. A region whose deals are drawn one by one has this luck
//!    already: `sampling = true` leaves it out there, and a number of its own for such a region is refused.
//! 7. **Added money.** What events add comes on top of what deals make, and on top of caps.
//! 8. **Money shown.** Dollars of the year, at that year's exchange rate, then in the prices of a year
//!    ([`crate::scenario::Money`]). Models, data, conditions and the scenario's own amounts stay nominal dollars.
//!
//! # 3. What is not known about the figures
//!
//! By default the published figures are taken as given and a caveat says so. `[measurement]` puts four doubts into the
//! bands ([`crate::scenario::Measurement`]): rounding (uniform on the interval), revisions (first releases rise, the
//! latest year's deals most), definitions (the log ratio differs by 0.62 between sources) and sampling noise. Of sampling
//! noise with standard deviation `s` the part that is in the total of the base year is a doubt about the figure, drawn once for
//! the two paths of a draw; that of a later year is luck of each path. A change from the base year then has the variance
//! `2 s²` more, half of it in the layer of the figures and half in luck, and two later years differ by luck alone. Questions
//! such as "wider than in 2023" hold each path against its own 2023, so that what shifts both years cancels. `source`
//! takes the funding of one source, or draws one of several; `--source all` shows every source side by side. Levels of
//! two sources never meet in one series, and deal sizes that would divide one source by another are not shown.
//!
//! # 4. What an uncertain number means
//!
//! A law acts on the scale on which a number is held ([`crate::growth::Kind`]). Rates of growth and effects are held as logs,
//! `ln(1 + g)`: the ends of `uniform` and the three points of `triangular` and `pert` are turned into logs, and values are
//! spread between these; `mean` and quantiles are those of a normal of the log, and `sd = "10%"` is 0.10 of a log. Everything
//! else is held as written. `mean` with `sd` and pairs of quantiles make a normal for growth, effects, points and persistence; a
//! lognormal for volatilities, spreads, levels, spans of years and plain numbers; for chances and shares a normal that is cut to
//! 0–100%. `pert` is the beta law on its ends with mean `(low + 4 likely + high)/6`. `uniform` of years takes whole years, both
//! ends included.
//!
//! What lies outside of the accepted range is left out and the rest scaled up; a warning says so from a thousandth on, and a
//! law whose stated mean this moves by more than a twentieth is refused.
//!
//! | number | accepted |
//! |---|---|
//! | growth a year | −95% to +504% |
//! | volatility | 0% to 150% |
//! | effect, size of a jump | −99.9% to +109,563% |
//! | spread of a jump, of measurement | 0% to 300% |
//! | points of growth | −200pp to +200pp |
//! | chance, share | 0% to 100% |
//! | persistence | −0.99 to 0.99 |
//! | half-lives and other spans | 0.05 to 20 years |
//! | levels | 10⁻⁹ to 10¹² of their unit |
//!
//! # 5. Assumption and luck
//!
//! Two paths share each draw of the assumptions and differ in luck. The covariance of the two is the variance that the
//! assumptions explain ([`crate::summary::Moments::share_from_assumptions`]); the covariance of two answers of yes and
//! no is the variance of a probability over the assumptions
//! ([`crate::summary::Probability::spread_from_assumptions`]). Standard errors count draws, not paths.
//! [`crate::summary::Uncertainty`] divides the variance of the logs among layers: what is unknown about the figures,
//! growth, volatility, events, luck. The share of a layer alone and the share it has a part in differ by what layers do
//! together: a volatility in doubt explains no spread by itself and much with the shocks it scales. Always on the log:
//! on levels a few paths decide (29% against 21% in the rows I02 and I05).
//!
//! # 6. Comparison
//!
//! All scenarios of a comparison read the same addressed random numbers: path 17 of the what-if is path 17 of the
//! baseline in another world. Differences and quotients are formed path by path, block by block, and only then
//! summarised, so their quantiles are those of the difference and not differences of quantiles. What differs by less than
//! 10⁻⁹ of either side is the rounding of arithmetic and counts as no change. With `D = g(what-if) − g(baseline)` the
//! standard error of the mean is that of `D` over draws; beside it stands `√(SE² + SE²)`, what runs on different luck
//! would have had. For China's funding 30% higher on every path the quotient of the variances is
//! `(1 + 1.3²)/0.3² = 29.9`.
//!
//! The part of an input is its Shapley value: the mean, over all orders of taking the changed inputs over one by one, of
//! the change that its turn makes. Each set of inputs in between is a scenario of its own, simulated with all paths on
//! the same numbers; that is exact up to six inputs or groups (2⁶ scenarios). More than six inputs are grouped by region
//! or kind, events and jumps by themselves, levers apart; if more than six groups remain, 32 random orders (each beside its
//! reverse) stand for all, on request and with their standard error. Divided are the log of the median ratio, whose parts
//! are factors, the mean gap, and the share of paths with a wider ratio. The median of the paired quotients is another
//! number than the quotient of the medians, and both are shown. Beside the inputs stands the identity: the mean paired
//! change of the log ratio is the sum of those of deals, deal size, added money and the worth of money on both sides.
//!
//! A mixture of scenarios with weights `w` has the quantiles of the mixed distribution. The variance of the scenarios’
//! means of a log over the variance of the mixture is what the choice of scenario adds.
//!
//! # 7. What such futures share
//!
//! A rule is a box: limits on some assumptions, and on what luck of its own strikes a path (the first year of an event, with the
//! year after the horizon for never; years in which a jump struck; years in a regime). Boxes come from PRIM (Friedman and Fisher,
//! 1999; Bryant and Lempert, 2010): from everything, the side is peeled off that raises the share of cases most for each path lost,
//! with the 5% quantile and all that equals it, until 5% of the paths are left; then sides are pasted on again while that raises the
//! share. A box covers a part of the cases (coverage), has a part of cases (density) and of all paths (mass), and
//! `coverage · base rate = density · mass`. The answer has the fewest inputs of all boxes whose coverage less mass, their weighted
//! relative accuracy over the base rate (Lavrač, Flach and Zupan, 1999), is at least nine tenths of the best, boxes with inputs
//! left out among them.
//!
//! The two paths of a draw share its assumptions, so draws are what is divided and drawn again. Boxes are found on one half of
//! the draws; every share that is told is of the other half. A quasi-p value is the binomial chance of as many cases in a box if one
//! of its limits did nothing, over draws held out. Ten times, as many draws are drawn again with replacement (Efron, 1979), and a
//! rule comes out the same where the box of as many inputs and the nearest mass limits the same sides. Luck is one less the
//! correlation of the answers of the two paths of a draw.
//!
//! # 8. What figures teach
//!
//! A fit takes the yearly growth of one or two regions inside one edition. The row of year `i` is normal with mean `m` and, between
//! years, the covariance `Σ Cᵢⱼ`, `Cᵢⱼ = φ^|i−j|/(1−φ²) + q(2·1(i=j) − 1(|i−j|=1))`: growth that persists by `φ`, and noise of the
//! level, of variance `q` over that of the yearly shock, which does not stay. With `m | Σ ~ N(m₀, Σ/κ₀)` and an inverse Wishart law of
//! `Σ` everything is conjugate: the evidence of the figures, the posterior and the law of any later year (a multivariate t) are
//! exact ([`crate::study::Fit`]). They are averaged over `φ ∈ {−0.4, …, 0.8}`, weighed by N(0, 0.3²), `q ∈ {0, 0.1, 0.25, 0.5, 1}` and
//! `κ₀`, with `m₀ = 0.08`. Prior “trend”: `κ₀ ∈ {0.25, 1.5, 7}` and a marginal of one degree of freedom around 0.30 for the spread;
//! “shrunk”: `κ₀ ∈ {7, 28}`, four degrees around 0.36; “pooled”, the default, half of each. Two regions share `φ`, `q` and `κ₀`, and
//! their correlation is drawn towards 0.4. What is written are 8,192 draws, each point of the grid in proportion to its weight and
//! stratified within it (McKay, Beckman & Conover, 1979), with the state of the last year: the growth that persists, and the noise
//! in the last level. Simulating them comes to the law in closed form. The grid keeps a floor of doubt: no history makes growth
//! more certain than its own spread over the square root of its years and `κ₀` together.
//!
//! A back-test makes such forecasts from each past year with six figures or more behind it, from nothing but these, and holds
//! them against what came, in logs: by the continuous ranked probability score (Gneiting & Raftery, 2007; of a mixture by
//! integrating its distribution function), the log score and the share of outcomes inside of bands. Beside them stand no change
//! (normal, the root mean square of past changes), the mean change going on (normal; Student's t with the doubt of the mean), and
//! Theta (Assimakopoulos & Nikolopoulos, 2000). Few years and overlapping horizons rank nothing, and no test of significance is
//! made of them.
//!
//! # 9. What is refused
//!
//! - Means and standard deviations of levels under Student's t, for which they are infinite; standard deviations of
//!   totals under a Pareto tail of exponent 2 or less without a largest deal; means of ratios always
//!   ([`crate::metric::Measure::moments`]).
//! - Correlations that contradict each other, unless the nearest valid ones are asked for
//!   ([`crate::scenario::nearest_correlation`]); uncertain ones if they do so at any combination of their ends. Valid matrices
//!   are a convex set, so with the ends all that lies between them is valid ([`crate::scenario::Mixing::contradiction`]).
//! - Paths beyond 10^±299: a run that has any writes nothing.
//!
//! # 10. Numerics
//!
//! Every random number has a name: seed, path or draw, year, purpose and address ([`crate::random`]); a feature that is
//! off still owns its names, so switching one on moves no other number. Every sampler is a quantile function of one
//! uniform and rises with it: counts too, so that scenarios stay paired. Exponential, logarithm and the normal law are
//! the crate's own ([`crate::special`]), because a platform's differ in their last digit. Sums are formed block by block
//! in the order of paths; counts are whole numbers: the same bytes on any number of threads. Quantiles come from
//! histograms of 1,024 buckets an octave ([`crate::summary::Histogram`]); numbers of deals are the whole
//! numbers they are.
//!
//! A stated error is such that 1.96 of it are the half-width of a 95% interval of what simulation leaves open. The order
//! statistics that enclose a quantile with 95% confidence (Conover, 1999) are moved apart by `√(1 + c)`, where `c` is the
//! correlation of the answers of the two paths of a draw to "at most this much", counted on the first 4,096 paths (the design
//! effect of clusters of two, Kish 1965). The standard deviation `s` of `N` paths is off by `s √((κ − 1)(1 + ρ²)/(4N))` with
//! the kurtosis `κ` and the correlation `ρ` of the two of a draw. A sample of a law with a long end mostly lacks its largest
//! values, so `κ` is the larger of what was counted and that of the lognormal law through the median and two outer quantiles
//! ([`crate::summary::Kurtosis`]), and errors of terms in dollars are as many times wider as that law's spread of funding is.
//! Where `N/κ` is below 100, a few paths make up the variance, and mean and error are a matter of luck. On points every error
//! is the spread of sixteen independent replicates by Student's t. `cargo bench --bench coverage` counts how often these
//! intervals hold.
//!
//! # 11. Evidence
//!
//! `tests/golden.rs` holds closed forms and reference values for every law, exact or within five standard errors;
//! `tests/reference.rs` simulates every model and option a second time in plain loops and compares path by path;
//! `tests/process.rs` holds limits, identities and monotony, and sums of deals against a million sums drawn deal by
//! deal; `tests/uncertainty.rs` holds shares of variance against closed forms; `tests/compare.rs` holds paired
//! differences and their errors against closed forms, and parts against a case worked by hand.
