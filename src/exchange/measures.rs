//! Which of a file's figures are funding, deals and deal size: asked for wherever a heading does not settle it.

use crate::diagnostic::{Problem, did_you_mean};

use super::asked::Asked;
use super::hints::Hints;
use super::melt::Stated;
use super::money::{self, Unit};

/// What the model starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Metric {
    /// Number of deals in a year.
    Deals,
    /// Mean amount of a deal.
    DealSize,
    /// Amount of money in a year.
    Funding,
}

impl Metric {
    /// Its word in the project's own CSV.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Deals => "deals",
            Self::DealSize => "deal-size",
            Self::Funding => "funding",
        }
    }

    fn of_word(word: &str) -> Option<Self> {
        [Self::Deals, Self::DealSize, Self::Funding].into_iter().find(|it| it.word() == word)
    }
}

/// A figure of the file that is taken.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chosen {
    /// What the file calls it.
    pub measure: String,
    /// Metric that it is taken as.
    pub metric: Metric,
    /// Why, for users.
    pub why: &'static str,
}

/// The figures that are taken, or what has to be asked.
pub(super) fn chosen(stated: &[Stated], hints: &Hints, asked: &Asked) -> Result<Vec<Chosen>, Vec<Problem>> {
    let mut measures: Vec<(&str, &str)> = Vec::new();
    for it in stated {
        if !measures.iter().any(|(known, _)| *known == it.measure) {
            measures.push((&it.measure, &it.unit));
        }
    }
    if asked.measures.is_empty() { of_words(&measures, hints, asked) } else { of_flags(&measures, hints, asked) }
}

/// Headings that say nothing about what a value is.
const GENERIC: [&str; 7] = ["", "value", "values", "obs_value", "observation", "amount", "total"];

/// Figures of a whole economy, in money or in people, none of which is funding: words of their names, what they are, and
/// where a scenario takes them.
const OF_AN_ECONOMY: [(&[&str], &str, &str); 5] = [
    (
        &["gdp", "gross domestic product"],
        "gross domestic product",
        "state it in the scenario: [us.gdp] with figure, source and growth",
    ),
    (&["gni", "gnp", "gross national income", "gross national product"], "national income", "take a table of funding"),
    (
        &["population", "inhabitants"],
        "a number of people",
        "state it in the scenario: [us.population] with figure, source and growth",
    ),
    (
        &["foreign direct investment", "fdi", "fixed capital", "capital formation"],
        "investment of a whole economy",
        "take a table of money for AI firms",
    ),
    (
        &["exports", "imports", "tax revenue", "military expenditure"],
        "money of a whole economy",
        "take a table of money for AI firms",
    ),
];

/// What a figure is that no deal makes up, and the cure; `None` for all others, among them funding over GDP.
fn of_an_economy(measure: &str) -> Option<(&'static str, &'static str)> {
    let lower = measure.to_lowercase();
    let words: Vec<&str> = lower.split(|it: char| !it.is_alphanumeric()).filter(|it| !it.is_empty()).collect();
    let plain = format!(" {} ", words.join(" "));
    let has = |word: &str| plain.contains(&format!(" {word} "));
    let (at, (_, what, cure)) =
        OF_AN_ECONOMY.iter().enumerate().find(|(_, (names, ..))| names.iter().any(|name| has(name)))?;
    let of_firms = ["ai", "venture", "startups", "funding", "artificial intelligence"].into_iter().any(has);
    // Foreign direct investment in AI is one too; funding as a share of GDP is none.
    (at == 3 || !of_firms).then_some((what, cure))
}

/// What a heading, a unit or the title of the table says that the figure is.
fn metric(measure: &str, unit: &str, hints: &Hints) -> Option<Metric> {
    let lower = format!("{measure} {}", if measure.is_empty() { &hints.title } else { "" }).to_lowercase();
    let says = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let kind =
        [unit, measure].into_iter().chain(hints.unit.as_ref().map(|(words, _)| words.as_str())).find_map(money::unit);
    let counted = says(&["number of", "deal count", "count of"]) || lower.trim() == "deals";
    match kind {
        Some(Unit::Share) => None,
        _ if of_an_economy(measure).is_some() => None,
        _ if says(&["deal size", "deal-size", "average deal", "mean deal", "size of deal"]) => Some(Metric::DealSize),
        // Money of which no word says more; GDP is money too, and no funding.
        Some(Unit::Money { .. }) if GENERIC.contains(&lower.trim()) => Some(Metric::Funding),
        _ if says(&["deals", "deal count", "rounds", "transactions"]) && !says(&["value of deals", "sum of deals"]) => {
            Some(Metric::Deals)
        }
        _ if says(&[
            "investment",
            "funding",
            "financing",
            "venture capital",
            "capital raised",
            "money raised",
            "value of deals",
            "sum of deals",
            "invested",
            "raised",
        ]) && !counted =>
        {
            Some(Metric::Funding)
        }
        _ => None,
    }
}

/// Without a word of the user: one figure that says what it is, or one of money beside one of deals and nothing else.
fn of_words(measures: &[(&str, &str)], hints: &Hints, asked: &Asked) -> Result<Vec<Chosen>, Vec<Problem>> {
    let found: Vec<Option<Metric>> = measures.iter().map(|(measure, unit)| metric(measure, unit, hints)).collect();
    let mut known: Vec<Metric> = found.iter().flatten().copied().collect();
    known.sort_unstable();
    let is_clear = known.windows(2).all(|pair| pair[0] != pair[1]) && !known.is_empty();
    if is_clear && known.len() == measures.len() {
        let all = measures.iter().zip(&found).filter_map(|((measure, _), metric)| {
            Some(Chosen { measure: (*measure).to_owned(), metric: (*metric)?, why: "as its words say" })
        });
        return Ok(all.collect());
    }
    if let [(one, _)] = measures
        && let Some((is, cure)) = of_an_economy(one)
    {
        return Err(vec![Problem::error(None, format!("`{one}` is {is}, and no funding"), cure)]);
    }
    // An amount of money that nothing else is said of is funding.
    if let ([(measure, _)], Some(Unit::Money { .. })) = (measures, asked.unit.as_deref().and_then(money::unit_of_flag))
    {
        return Ok(vec![Chosen {
            measure: (*measure).to_owned(),
            metric: Metric::Funding,
            why: "since --unit is money",
        }]);
    }
    if let ([(measure, _)], Some(Unit::Count)) = (measures, asked.unit.as_deref().and_then(money::unit_of_flag)) {
        return Ok(vec![Chosen { measure: (*measure).to_owned(), metric: Metric::Deals, why: "since --unit counts" }]);
    }
    let first = measures.first().map_or("NAME", |(measure, _)| measure);
    let what = match measures {
        [("", _)] => "the file does not say what its values are".to_owned(),
        [(one, _)] => format!("nothing says what `{one}` is: funding, deals or deal-size"),
        many => format!("the file holds {} figures: {}", many.len(), listed(many)),
    };
    let named = if first.is_empty() { "values" } else { first };
    let cure = match measures.len() {
        1 => format!("write --measure funding=\"{named}\", or deals=… or deal-size=…"),
        _ => format!("say which to take, and as what: --measure funding=\"{named}\""),
    };
    Err(vec![Problem::error(None, what, cure)])
}

/// Names of figures, at most eight.
fn listed(measures: &[(&str, &str)]) -> String {
    let names: Vec<String> = measures.iter().take(8).map(|(measure, _)| format!("“{measure}”")).collect();
    let more = if measures.len() > 8 { format!(" and {} more", measures.len() - 8) } else { String::new() };
    names.join(", ") + &more
}

/// The figures that the user names: `funding=Private investment`, or the name alone where its words say what it is.
fn of_flags(measures: &[(&str, &str)], hints: &Hints, asked: &Asked) -> Result<Vec<Chosen>, Vec<Problem>> {
    let mut found: Vec<Chosen> = Vec::new();
    let mut problems = Vec::new();
    for flag in &asked.measures {
        let (word, name) = match flag.split_once('=') {
            Some((word, name)) if Metric::of_word(word.trim()).is_some() => (Metric::of_word(word.trim()), name.trim()),
            _ => (None, flag.trim()),
        };
        let Some((measure, unit)) = find(measures, name) else {
            if let Some(problem) = of_no_metric(flag, measures) {
                problems.push(problem);
                continue;
            }
            let hint = did_you_mean(name, measures.iter().map(|(it, _)| *it));
            let hint = hint.map_or_else(String::new, |it| format!("did you mean “{it}”? "));
            let what = format!("the file has no figure `{name}`");
            problems.push(Problem::error(None, what, format!("{hint}it has {}", listed(measures))));
            continue;
        };
        if let Some((is, cure)) = of_an_economy(measure) {
            problems.push(Problem::error(None, format!("`{measure}` is {is}, and no funding"), cure));
            continue;
        }
        let of_unit = asked.unit.as_deref().and_then(money::unit_of_flag).map(|unit| match unit {
            Unit::Count => Metric::Deals,
            _ => Metric::Funding,
        });
        match word.or_else(|| metric(measure, unit, hints)).or(of_unit) {
            Some(metric) if found.iter().any(|known| known.metric == metric) => {
                let what = format!("--measure names two figures for {}", metric.word());
                problems.push(Problem::error(None, what, "keep one of the two"));
            }
            Some(metric) => found.push(Chosen { measure: measure.to_owned(), metric, why: "as --measure says" }),
            None => {
                let what = format!("nothing says what `{measure}` is: funding, deals or deal-size");
                problems.push(Problem::error(None, what, format!("write --measure funding=\"{measure}\"")));
            }
        }
    }
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

/// What is wrong with `gdp=GDP (current US$)`, whose word before the sign is no metric; `None` where there is no such word.
fn of_no_metric(flag: &str, measures: &[(&str, &str)]) -> Option<Problem> {
    let (word, name) = flag.split_once('=').map(|(word, name)| (word.trim(), name.trim()))?;
    if word.is_empty()
        || Metric::of_word(word).is_some()
        || !word.chars().all(|it| it.is_ascii_alphabetic() || it == '-')
    {
        return None;
    }
    let what = format!("a scenario starts from funding, deals or deal-size, and not from `{word}`");
    let known = [Metric::Funding, Metric::Deals, Metric::DealSize].map(Metric::word);
    let cure = match (of_an_economy(word), did_you_mean(word, known.iter().copied())) {
        (Some((_, cure)), _) => cure.to_owned(),
        (None, Some(near)) => format!("did you mean {near}={name}?"),
        (None, None) => format!("write funding=…, deals=… or deal-size=…, with {}", listed(measures)),
    };
    Some(Problem::error(None, what, cure))
}

/// The figure of a name, or the only one that the name is a part of. A table of one unnamed figure goes by any name.
fn find<'a>(measures: &[(&'a str, &'a str)], name: &str) -> Option<(&'a str, &'a str)> {
    let lower = name.to_lowercase();
    let exact = measures.iter().find(|(known, _)| known.to_lowercase() == lower);
    let parts: Vec<_> = measures.iter().filter(|(known, _)| known.to_lowercase().contains(&lower)).collect();
    match (exact, parts.as_slice(), measures) {
        (Some(exact), ..) => Some(*exact),
        (None, [one], _) => Some(**one),
        (None, [], [only]) if only.0.is_empty() => Some(*only),
        _ => None,
    }
}

/// Unit in the CSV for amounts of a currency, and the factor to it.
pub(super) fn amount(
    metric: Metric,
    currency: &str,
    scale: f64,
    asked: &Asked,
) -> Result<(&'static str, f64), Problem> {
    let Some(rate) = asked.rate(currency) else {
        if currency == "PPP" {
            let what = "amounts are in dollars of equal purchasing power (PPP), which no deal is paid in";
            return Err(Problem::error(None, what, "take the same table in market dollars"));
        }
        let what = format!("amounts are in {currency}, and the model counts dollars");
        return Err(Problem::error(
            None,
            what,
            format!("write --rate {currency}=… with the dollars that one {currency} is worth"),
        ));
    };
    Ok(match metric {
        Metric::DealSize => ("USD m", rate * scale / 1e6),
        _ => ("USD bn", rate * scale / 1e9),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_figure_is_follows_from_its_words_or_is_asked() {
        let hints = Hints::default();
        for (measure, unit, expected) in [
            ("Private investment in AI", "", Some(Metric::Funding)),
            ("Number of deals", "", Some(Metric::Deals)),
            ("Deals", "", Some(Metric::Deals)),
            ("Sum of deals (USD m)", "", Some(Metric::Funding)),
            ("Average deal size ($m)", "", Some(Metric::DealSize)),
            ("AI Funding", "billion US$", Some(Metric::Funding)),
            ("GDP (current US$)", "", None),
            ("value", "USD bn", Some(Metric::Funding)),
            ("Number of investments", "", None),
            ("Publications", "", None),
            ("Share of venture capital", "%", None),
            ("Foreign direct investment, net inflows (BoP, current US$)", "", None),
        ] {
            assert_eq!(metric(measure, unit, &hints), expected, "{measure}");
        }
    }

    #[test]
    fn figures_of_a_whole_economy_are_never_funding() {
        let hints = Hints::default();
        for (name, unit) in [
            ("GDP (current US$)", "USD"),
            ("Gross domestic product, current prices", "USD bn"),
            ("GNI, Atlas method (current US$)", "USD"),
            ("Population, total", ""),
            ("Foreign direct investment, net inflows (BoP, current US$)", "USD"),
            ("Exports of goods and services (current US$)", "USD"),
        ] {
            let measures = [(name, unit)];
            let ask = |flags: &[&str]| Asked {
                measures: flags.iter().map(|it| (*it).to_owned()).collect(),
                unit: Some("USD".to_owned()),
                ..Asked::default()
            };
            let messages = [
                of_words(&measures, &hints, &ask(&[])),
                of_flags(&measures, &hints, &ask(&[&format!("funding={name}")])),
                of_flags(&measures, &hints, &ask(&[name])),
            ];
            for message in messages {
                let problems = message.expect_err(name);
                assert!(problems[0].what.contains("no funding"), "{}", problems[0].what);
            }
        }
        // Funding beside them is.
        for name in ["AI funding per GDP", "Venture capital investment (% of GDP)", "GDPR fines"] {
            assert_eq!(of_an_economy(name), None, "{name}");
        }
    }

    #[test]
    fn a_word_that_is_no_metric_is_named_as_that() {
        let (hints, measures) = (Hints::default(), [("Private investment", "USD bn"), ("Patents", "")]);
        for (flag, says) in [
            ("gdp=Private", "[us.gdp]"),
            ("population=", "[us.population]"),
            ("fundings=Private", "did you mean funding=Private?"),
            ("patents=Patents", "write funding=…, deals=… or deal-size=…"),
        ] {
            let asked = Asked { measures: vec![flag.to_owned()], ..Asked::default() };
            let problem = of_flags(&measures, &hints, &asked).expect_err(flag).remove(0);
            assert!(problem.what.contains("funding, deals or deal-size"), "{}", problem.what);
            assert!(problem.cure.contains(says), "{flag}: {}", problem.cure);
        }
    }
}
