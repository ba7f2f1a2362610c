//! Numbers as users write them: percentages, money and years, parsed into values with a unit.

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

/// A span from `"2.5 years"`.
///
/// # Errors
/// If the text is not a finite number followed by `year` or `years`.
pub(crate) fn years(text: &str) -> Result<f64, NotANumber> {
    let text = tidy(text);
    let number = text.strip_suffix("years").or_else(|| text.strip_suffix("year")).ok_or(NotANumber)?;
    plain(number)
}

/// A count from `"1,151"` or `"1151"`.
///
/// # Errors
/// If the text is not a finite number.
pub(crate) fn count(text: &str) -> Result<f64, NotANumber> {
    plain(&tidy(text))
}

/// The text with hyphens for minus signs and without spaces at the ends.
#[must_use]
pub(crate) fn tidy(text: &str) -> String {
    text.trim().replace('\u{2212}', "-")
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
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_analysts_write_them() {
        assert_eq!(percent("12%"), Ok(0.12));
        assert_eq!(percent(" −7 %"), Ok(-0.07));
        assert_eq!(money("$31bn"), Ok((Currency::Dollar, 31e9)));
        assert_eq!(money("$8.6m"), Ok((Currency::Dollar, 8.6e6)));
        assert_eq!(money("-$2.4bn"), Ok((Currency::Dollar, -2.4e9)));
        assert_eq!(money("¥14.25bn"), Ok((Currency::Yuan, 14.25e9)));
        assert_eq!(years("2.5 years"), Ok(2.5));
        assert_eq!(count("1,151"), Ok(1151.0));
        assert_eq!(percentage_points("+12pp"), Ok(0.12));
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
