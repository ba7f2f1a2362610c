//! Numbers as users write them: percentages, money and years, parsed into values with a unit.

pub(crate) mod live;
pub(crate) mod period;

/// Why a piece of text is not the number that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NotANumber;

impl std::fmt::Display for NotANumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a number with its unit, such as 12%, 3pp, $1.5bn or 2 years")
    }
}

impl std::error::Error for NotANumber {}

/// A share from `"12%"`: 0.12. A real minus sign counts as a hyphen.
///
/// # Errors
/// If the text is not a finite number with a percent sign.
pub(crate) fn percent(text: &str) -> Result<f64, NotANumber> {
    let number = tidy(text);
    let number = number.strip_suffix('%').ok_or(NotANumber)?;
    Ok(plain(number)? / 100.0)
}

/// A change of a rate from `"+12pp"`, in shares: 0.12.
///
/// # Errors
/// If the text is not a finite number followed by `pp`.
pub(crate) fn percentage_points(text: &str) -> Result<f64, NotANumber> {
    let number = tidy(text);
    let number = number.strip_suffix("pp").ok_or(NotANumber)?;
    Ok(plain(number)? / 100.0)
}

/// Currency of an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Currency {
    /// US dollars, `$`.
    Dollar,
    /// Chinese yuan, `¥`.
    Yuan,
}

/// An amount from `"$31bn"`, in single units of its currency: k, m, bn and trn stand for thousands to trillions.
///
/// Where a shell would eat the sign, `6.7bn USD` says the same as `$6.7bn`.
///
/// # Errors
/// If the text is not a currency sign, a finite number and an optional scale.
pub(crate) fn money(text: &str) -> Result<(Currency, f64), NotANumber> {
    let text = tidy(text);
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest.to_owned()),
        None => (1.0, text.strip_prefix('+').unwrap_or(&text).to_owned()),
    };
    let (currency, text) = if let Some(rest) = text.strip_prefix('$') {
        (Currency::Dollar, rest)
    } else if let Some(rest) = text.strip_suffix("USD") {
        (Currency::Dollar, rest.trim_end())
    } else {
        (Currency::Yuan, text.strip_prefix('¥').ok_or(NotANumber)?)
    };
    let scales = [("trn", 1e12), ("tn", 1e12), ("bn", 1e9), ("b", 1e9), ("m", 1e6), ("k", 1e3), ("", 1.0)];
    let (suffix, scale) =
        scales.into_iter().find(|(suffix, _)| text.ends_with(suffix)).expect("the empty suffix always fits");
    let number = plain(text[..text.len() - suffix.len()].trim())?;
    if number < 0.0 {
        return Err(NotANumber);
    }
    Ok((currency, sign * number * scale))
}

/// Whether an amount says no scale and is so small that one was forgotten: `"$31"` for $31bn.
#[must_use]
pub(crate) fn lacks_scale(text: &str) -> bool {
    let ends_in_a_digit = tidy(text).ends_with(|letter: char| letter.is_ascii_digit());
    ends_in_a_digit && money(text).is_ok_and(|(_, amount)| amount != 0.0 && amount.abs() < 1e6)
}

/// Whether a number may have a thousands separator where it seems to have a decimal point: `"1.500"`, not `"0.125"`.
#[must_use]
pub(crate) fn may_be_thousands(text: &str) -> bool {
    let text = tidy(text);
    let Some((whole, decimals)) = text.trim_start_matches(['-', '+']).split_once('.') else { return false };
    let digits = |text: &str| text.bytes().all(|it| it.is_ascii_digit());
    decimals.len() == 3 && digits(decimals) && (1..=3).contains(&whole.len()) && !whole.starts_with('0')
}

/// A span from `"2.5 years"`.
///
/// # Errors
/// If the text is not a finite number followed by `year` or `years`.
pub(crate) fn years(text: &str) -> Result<f64, NotANumber> {
    let text = tidy(text);
    let number = text.strip_suffix("years").or_else(|| text.strip_suffix("year")).ok_or(NotANumber)?;
    plain(number)
}

/// A calendar year from `"2027"`: four digits and nothing else, so that neither 2026.5 nor 2,026 nor +2026 is one.
///
/// # Errors
/// If the text is not a year from 1900 to 2200.
pub(crate) fn year(text: &str) -> Result<i32, NotANumber> {
    let text = text.trim();
    if text.len() != 4 || !text.bytes().all(|digit| digit.is_ascii_digit()) {
        return Err(NotANumber);
    }
    text.parse().ok().filter(|year| (1900..=2200).contains(year)).ok_or(NotANumber)
}

/// A number as tables hold it, from `"0.14"`, `"−0.38"` or `"1.2e3"`: a decimal point, no separators, no unit.
///
/// # Errors
/// If the text is not a finite number of digits.
pub(crate) fn decimal(text: &str) -> Result<f64, NotANumber> {
    let text = tidy(text);
    // Letters of an exponent only, so that "nan" and "infinity" are not numbers here.
    let written = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E');
    if !text.chars().all(written) {
        return Err(NotANumber);
    }
    text.parse::<f64>().ok().filter(|value| value.is_finite()).ok_or(NotANumber)
}

/// A count from `"1,151"` or `"1151"`.
///
/// # Errors
/// If the text is not a finite number.
pub(crate) fn count(text: &str) -> Result<f64, NotANumber> {
    plain(&tidy(text))
}

/// The text with hyphens for minus signs and en dashes, and without spaces at the ends.
#[must_use]
pub(crate) fn tidy(text: &str) -> String {
    text.trim().replace(['\u{2212}', '\u{2013}'], "-")
}

fn plain(number: &str) -> Result<f64, NotANumber> {
    let number = number.trim();
    let written = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+');
    // Only digits, so that "nan", "inf" and "1e5" are not numbers here.
    if number.is_empty() || !number.chars().all(written) || !grouped_in_threes(number) {
        return Err(NotANumber);
    }
    let value: f64 = number.replace(',', "").parse().map_err(|_| NotANumber)?;
    if value.is_finite() { Ok(value) } else { Err(NotANumber) }
}

/// Commas may stand between groups of three digits only: "1,151" is a count, "0,5" a mistake.
fn grouped_in_threes(number: &str) -> bool {
    let whole = number.split('.').next().unwrap_or_default();
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default().trim_start_matches(['-', '+']);
    let rest: Vec<&str> = groups.collect();
    (rest.is_empty() || (1..=3).contains(&first.len()))
        && rest.iter().all(|group| group.len() == 3)
        && !number.split('.').skip(1).any(|decimals| decimals.contains(','))
}

#[cfg(test)]
mod any_text;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_analysts_write_them() {
        assert_eq!(percent("12%"), Ok(0.12));
        assert_eq!(percent(" −7 %"), Ok(-0.07));
        assert_eq!(money("$31bn"), Ok((Currency::Dollar, 31e9)));
        assert_eq!(money("$8.6m"), Ok((Currency::Dollar, 8.6e6)));
        assert_eq!(money("6.7bn USD"), Ok((Currency::Dollar, 6.7e9)));
        assert_eq!(money("-$2.4bn"), Ok((Currency::Dollar, -2.4e9)));
        assert_eq!(money("¥14.25bn"), Ok((Currency::Yuan, 14.25e9)));
        assert_eq!(years("2.5 years"), Ok(2.5));
        assert_eq!(count("1,151"), Ok(1151.0));
        assert_eq!(percentage_points("+12pp"), Ok(0.12));
    }

    #[test]
    fn a_year_is_four_digits() {
        assert_eq!(year(" 2027 "), Ok(2027));
        for text in ["2026.5", "2,026", "+2026", "-2026", "2026.0", "02026", "27", "2e3", "1066", "9999", "", "٢٠٢٦"]
        {
            assert_eq!(year(text), Err(NotANumber), "{text}");
        }
    }

    #[test]
    fn what_may_mean_two_things_is_known() {
        assert!(["$31", "$10", "-$2.5", "¥14", "$999,999"].into_iter().all(lacks_scale));
        assert!(!["$31bn", "$0", "$31,000,000", "$500k", "31", "$1000000"].into_iter().any(lacks_scale));
        assert!(["1.500", "12.000", "-1.500", "999.999"].into_iter().all(may_be_thousands));
        assert!(
            !["1.5", "0.125", "1500", "1,500", "1.50", "1500.125", "1.5000", "1.4bn"].into_iter().any(may_be_thousands)
        );
    }

    #[test]
    fn tables_hold_plain_numbers() {
        assert_eq!(decimal("−0.38"), Ok(-0.38));
        assert_eq!(decimal("1.2e3"), Ok(1200.0));
        for text in ["nan", "inf", "-infinity", "1e999", "1,151", "14%", "$5", "", "0x10", "--1"] {
            assert_eq!(decimal(text), Err(NotANumber), "{text}");
        }
    }

    #[test]
    fn what_nobody_can_read_safely_is_refused() {
        for text in ["0.12", "%", "nan%", "inf%", "1e3%", "0,5%", "1,15%", "12", "--5%"] {
            assert_eq!(percent(text), Err(NotANumber), "{text}");
        }
        for text in ["31bn", "$", "$-", "$1,00bn", "€5bn", "$5zn"] {
            assert_eq!(money(text), Err(NotANumber), "{text}");
        }
    }
}
