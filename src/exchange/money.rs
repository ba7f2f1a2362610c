//! Units as tables say them, in headings, in columns and in flags: `USD bn`, `(Millions of U.S. dollars)`, `current US$`.

/// What the numbers of a table are.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unit {
    /// Amounts of a currency.
    Money {
        /// Code of the currency, such as USD; PPP for dollars of equal purchasing power, which nobody can pay with.
        currency: String,
        /// How many units of it a one stands for.
        scale: f64,
        /// Year of the prices, where they are not those of each year.
        prices: Option<String>,
    },
    /// Deals, counted.
    Count,
    /// Shares and percentages, which no figure of ours is.
    Share,
}

/// Words for currencies; signs stand in [`SIGNS`].
const CURRENCIES: [(&str, &[&str]); 8] = [
    ("USD", &["usd", "us$", "dollar", "dollars", "usdollar", "usdollars"]),
    ("EUR", &["eur", "euro", "euros"]),
    ("CNY", &["cny", "rmb", "yuan", "renminbi"]),
    ("GBP", &["gbp", "pound", "pounds", "sterling"]),
    ("JPY", &["jpy", "yen"]),
    ("INR", &["inr", "rupee", "rupees"]),
    ("KRW", &["krw", "won"]),
    ("CAD", &["cad"]),
];

/// What one unit of a currency is worth in dollars, about, for currencies that are far from a dollar.
const WORTH: [(&str, f64); 17] = [
    ("CNY", 0.14),
    ("RMB", 0.14),
    ("JPY", 0.007),
    ("INR", 0.012),
    ("KRW", 0.00075),
    ("HKD", 0.128),
    ("TWD", 0.032),
    ("SEK", 0.1),
    ("NOK", 0.1),
    ("DKK", 0.15),
    ("CZK", 0.044),
    ("PLN", 0.25),
    ("ILS", 0.28),
    ("BRL", 0.2),
    ("MXN", 0.055),
    ("THB", 0.029),
    ("AED", 0.272),
];

/// Why a rate is doubtful, and which is meant: it is the currency for a dollar and not dollars for the currency.
#[must_use]
pub fn doubt_of_rate(code: &str, rate: f64) -> Option<String> {
    let (_, worth) = WORTH.iter().find(|(known, _)| *known == code)?;
    let turned = 1.0 / rate;
    let is_turned = rate > 1.0 && (turned / worth).max(worth / turned) < 3.0;
    let meant = format!("{turned:.2e}").parse().unwrap_or(turned);
    is_turned
        .then(|| format!("that is {rate} dollars for one {code}, which is about {worth}; did you mean {code}={meant}?"))
}

/// Signs of currencies; of `$` and `¥` which country's is not said, and the most frequent is meant.
pub(super) const SIGNS: [(char, &str); 5] = [('$', "USD"), ('€', "EUR"), ('£', "GBP"), ('¥', "CNY"), ('₹', "INR")];

/// Words for currencies behind amounts of Chinese lists, the longer ones first: 1200万美元.
pub(super) const WORDS_OF_MONEY: [(&str, &str); 8] = [
    ("人民币", "CNY"),
    ("美元", "USD"),
    ("美金", "USD"),
    ("欧元", "EUR"),
    ("英镑", "GBP"),
    ("日元", "JPY"),
    ("港元", "HKD"),
    ("元", "CNY"),
];

/// Words for powers of ten.
const SCALES: [(f64, &[&str]); 4] = [
    (1e12, &["trillion", "trillions", "trn", "tn"]),
    (1e9, &["billion", "billions", "bn", "b", "milliard", "milliards"]),
    (1e6, &["million", "millions", "mn", "m", "mm", "mil", "mio"]),
    (1e3, &["thousand", "thousands", "k"]),
];

/// The unit that words name; `None` if they name none.
pub(super) fn unit(words: &str) -> Option<Unit> {
    let tokens = tokens(words);
    let has = |known: &[&str]| tokens.iter().any(|token| known.contains(&token.as_str()));
    let scale = SCALES.iter().find(|(_, known)| has(known)).map(|(scale, _)| *scale);
    if has(&["ppp", "ppps"]) {
        return Some(Unit::Money { currency: "PPP".to_owned(), scale: scale.unwrap_or(1.0), prices: None });
    }
    let sign = SIGNS.iter().find(|(sign, _)| words.contains(*sign)).map(|(_, code)| *code);
    let named = CURRENCIES.iter().find(|(_, known)| has(known)).map(|(code, _)| *code);
    let named = named.or(WORDS_OF_MONEY.iter().find(|(word, _)| words.trim().ends_with(word)).map(|(_, code)| *code));
    if let Some(code) = named.or(sign) {
        return Some(Unit::Money { currency: code.to_owned(), scale: scale.unwrap_or(1.0), prices: prices(&tokens) });
    }
    if has(&["%", "percent", "percentage", "share", "pct"]) {
        return Some(Unit::Share);
    }
    has(&["deals", "deal", "count", "number", "rounds", "transactions"]).then_some(Unit::Count)
}

/// The unit of a flag: there a code of three capitals that no list holds is a currency too, `SEK m`.
pub(super) fn unit_of_flag(words: &str) -> Option<Unit> {
    unit(words).or_else(|| {
        let code = words.split_whitespace().find(|it| it.len() == 3 && it.chars().all(|c| c.is_ascii_uppercase()))?;
        let tokens = tokens(words);
        let scale = SCALES.iter().find(|(_, known)| tokens.iter().any(|it| known.contains(&it.as_str())));
        Some(Unit::Money { currency: code.to_owned(), scale: scale.map_or(1.0, |(scale, _)| *scale), prices: None })
    })
}

/// The year of constant prices: `constant 2021 US$`, `US$2010`.
fn prices(tokens: &[String]) -> Option<String> {
    let year = |it: &&String| it.len() == 4 && it.chars().all(|digit| digit.is_ascii_digit());
    let behind = tokens.iter().position(|it| it == "usd").and_then(|at| tokens.get(at + 1));
    if let Some(year) = behind.filter(year) {
        return Some(year.clone());
    }
    let constant = tokens.iter().position(|it| ["constant", "real", "inflation"].contains(&it.as_str()))?;
    Some(tokens[constant..].iter().find(year).cloned().unwrap_or_else(|| "one year".to_owned()))
}

/// Words of a heading in small letters; `USDm`, `$bn` and `US$m` come apart.
fn tokens(words: &str) -> Vec<String> {
    let lower = words.to_lowercase().replace("u.s.", "us").replace("us$", " usd ").replace("us dollar", "usdollar");
    let spaced: String = lower.chars().map(|it| if it.is_alphanumeric() || it == '%' { it } else { ' ' }).collect();
    let mut found = Vec::new();
    for word in spaced.split_whitespace() {
        let parted = CURRENCIES.iter().flat_map(|(_, names)| names.iter()).find_map(|code| {
            let rest = word.strip_prefix(code)?;
            let is_scale = SCALES.iter().any(|(_, known)| known.contains(&rest));
            (code.len() == 3 && is_scale).then(|| [(*code).to_owned(), rest.to_owned()])
        });
        match parted {
            Some(both) => found.extend(both),
            None => found.push(word.to_owned()),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(scale: f64) -> Option<Unit> {
        Some(Unit::Money { currency: "USD".to_owned(), scale, prices: None })
    }

    #[test]
    fn units_are_read_from_the_words_of_headings() {
        for (words, expected) in [
            ("USD bn", usd(1e9)),
            ("USDm", usd(1e6)),
            ("$bn", usd(1e9)),
            ("US$ million", usd(1e6)),
            ("(Millions of U.S. dollars)", usd(1e6)),
            ("Total investment (in billions of U.S. dollars)", usd(1e9)),
            ("Money raised (in USD)", usd(1.0)),
            ("GDP (current US$)", usd(1.0)),
            ("Number of deals", Some(Unit::Count)),
            ("Share of GDP, %", Some(Unit::Share)),
            ("Value", None),
            ("Momentum", None),
        ] {
            assert_eq!(unit(words), expected, "{words}");
        }
        let behind = unit("billion US$2010/yr");
        assert!(
            matches!(behind, Some(Unit::Money { prices: Some(year), scale, .. }) if year == "2010" && scale == 1e9)
        );
        let constant = unit("constant 2021 US$");
        assert!(matches!(constant, Some(Unit::Money { prices: Some(year), .. }) if year == "2021"));
        assert!(matches!(unit("PPP dollars, millions"), Some(Unit::Money { currency, .. }) if currency == "PPP"));
        assert!(
            matches!(unit_of_flag("SEK m"), Some(Unit::Money { currency, scale, .. }) if currency == "SEK" && scale == 1e6)
        );
    }
}
