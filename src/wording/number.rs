//! Formats of numbers: money, shares, counts and ranges.

/// U+2212, the minus sign.
const MINUS: char = '−';

/// From here on a row of digits is no longer read; a power of ten is.
pub(super) const MOST_IN_DIGITS: f64 = 1e15;

/// Below it a number is nothing that anybody counts.
const LEAST_IN_DIGITS: f64 = 1e-9;

/// A value rounded to some significant figures, in plain digits with thousands separators: `1,200`, `0.35`.
///
/// From a thousand million million on it is `2.3×10^15`; below a millionth of a thousandth it is `<0.000000001`. What is
/// no number is a dash.
#[must_use]
pub fn significant(value: f64, figures: i32) -> String {
    if let Some(text) = without_digits(value, figures) {
        return text;
    }
    let magnitude = libm::floor(libm::log10(value.abs())) as i32;
    let decimals = (figures - 1 - magnitude).max(0);
    let step = libm::pow(10.0, f64::from(magnitude - figures + 1));
    let rounded = if decimals > 0 { value } else { (value / step).round() * step };
    let text = format!("{:.*}", usize::try_from(decimals.min(12)).unwrap_or(0), rounded.abs());
    // 9.96 rounds to 10.0 at two figures: one decimal too many.
    let digits = text.chars().filter(char::is_ascii_digit).skip_while(|digit| *digit == '0').count();
    let text = if decimals > 0 && digits > usize::try_from(figures).unwrap_or(2) {
        format!("{:.*}", usize::try_from(decimals - 1).unwrap_or(0), rounded.abs())
    } else {
        text
    };
    signed(value, &grouped(&text))
}

/// What no row of digits can say: nothing, everything, and what lies too close to them.
fn without_digits(value: f64, figures: i32) -> Option<String> {
    match value.abs() {
        size if size.is_nan() => Some("–".to_owned()),
        size if size.is_infinite() => Some(signed(value, "∞")),
        0.0 => Some("0".to_owned()),
        size if size >= MOST_IN_DIGITS => Some(signed(value, &power_of_ten(size, figures))),
        size if size < LEAST_IN_DIGITS => Some(if value > 0.0 { "<0.000000001" } else { "0" }.to_owned()),
        _ => None,
    }
}

/// A size as a power of ten: `2.3×10^18`.
fn power_of_ten(size: f64, figures: i32) -> String {
    let (mantissa, exponent) = mantissa(size, figures);
    format!("{mantissa}×10^{exponent}")
}

fn signed(value: f64, text: &str) -> String {
    let zero = text.chars().all(|c| !matches!(c, '1'..='9' | '∞'));
    if value < 0.0 && !zero { format!("{MINUS}{text}") } else { text.to_owned() }
}

/// Thousands separators in the whole part.
pub(super) fn grouped(text: &str) -> String {
    let (whole, rest) = text.find('.').map_or((text, ""), |point| text.split_at(point));
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// A whole number with thousands separators: `1,151`.
#[must_use]
pub fn count(value: f64) -> String {
    if value.abs() >= MOST_IN_DIGITS || value.is_nan() {
        return significant(value, 2);
    }
    signed(value, &grouped(&format!("{:.0}", value.abs())))
}

/// About how many of something that nobody counts one by one: `20 trillion`, `300 million`, `40,000`.
#[must_use]
pub fn about_count(value: f64) -> String {
    let sizes = [(1e15, ""), (1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    match sizes.iter().find(|(size, _)| value >= 0.95 * size) {
        Some((_, "")) => "more than a thousand trillion".to_owned(),
        Some((size, name)) => significant(value / size, 1) + name,
        None => significant(value, 1),
    }
}

/// A number with so many decimals, with thousands separators and a true minus sign.
#[must_use]
pub fn fixed(value: f64, decimals: i32) -> String {
    let places = usize::try_from(decimals).unwrap_or(0);
    let text = format!("{:.places$}", value.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(a, b)| (a, format!(".{b}")));
    let whole = count(whole.parse().unwrap_or(0.0));
    let zero = text.chars().all(|c| !c.is_ascii_digit() || c == '0');
    format!("{}{whole}{rest}", if value < 0.0 && !zero { "−" } else { "" })
}

/// `100,000 paths`.
#[must_use]
pub fn paths(number: u64) -> String {
    format!("{} paths", count(number as f64))
}

/// A number on an axis in its shortest digits, with thousands separators.
#[must_use]
pub fn count_or_decimal(value: f64) -> String {
    if !(LEAST_IN_DIGITS..MOST_IN_DIGITS).contains(&value.abs()) {
        return significant(value, 2);
    }
    signed(value, &grouped(&format!("{}", value.abs())))
}

/// The scale of an amount in $bn: factor and suffix; the next one from 0.9995 of it on. Beyond trillions of trillions there
/// is no word left, and amounts are powers of ten of dollars.
pub(super) fn scale(billions: f64) -> (f64, &'static str) {
    match billions.abs() {
        size if size >= 999.5e15 => (1e9, ""),
        size if size >= 999.5e12 => (1e-15, " trillion trn"),
        size if size >= 999.5e9 => (1e-12, " billion trn"),
        size if size >= 999.5e6 => (1e-9, " million trn"),
        size if size >= 999.5 => (1e-3, "trn"),
        size if size >= 0.9995 => (1.0, "bn"),
        size if size >= 0.000_999_5 => (1e3, "m"),
        0.0 => (1.0, "bn"),
        _ => (1e6, "k"),
    }
}

/// A simulated amount, from $bn, at two significant figures: `$84bn`, `$430m`, `−$2.4bn`.
#[must_use]
pub(crate) fn money(billions: f64) -> String {
    money_at(billions, 2)
}

/// A simulated amount, from $bn, at some number of significant figures.
pub(super) fn money_at(billions: f64, figures: i32) -> String {
    if let Some(text) = unusual_money(billions, figures) {
        return text;
    }
    let (factor, suffix) = scale(billions);
    let text = significant((billions * factor).abs(), figures);
    // 999.6 million rounds to 1,000 million: the amount is one of the next unit. The last unit has no next one.
    let next = billions.signum() / factor * 1000.0;
    if text == "1,000" && scale(next) != (factor, suffix) {
        return money_at(next, figures);
    }
    signed(billions, &format!("${text}{suffix}"))
}

/// Below a dollar an amount has no unit left.
const ONE_DOLLAR: f64 = 1e-9;

/// An amount that no unit can show: what is no number, what is infinite, what is nearly nothing, and powers of ten.
fn unusual_money(billions: f64, figures: i32) -> Option<String> {
    match billions.abs() {
        0.0 => Some("$0".to_owned()),
        size if size.is_nan() => Some("–".to_owned()),
        size if size.is_infinite() => Some("without bound".to_owned()),
        size if size > 0.0 && size < 0.9995 * ONE_DOLLAR => Some(if billions > 0.0 { "<$1" } else { "$0" }.to_owned()),
        // In two steps: the largest amounts have no number of dollars.
        size if scale(size).1.is_empty() => {
            let (mantissa, exponent) = mantissa(size, figures);
            Some(signed(billions, &format!("${mantissa}×10^{}", exponent + 9)))
        }
        _ => None,
    }
}

/// A positive number as the digits in front of a power of ten, and that power.
fn mantissa(size: f64, figures: i32) -> (String, i32) {
    let text = format!("{size:.*e}", usize::try_from(figures - 1).unwrap_or(0));
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.to_owned(), exponent.parse().unwrap_or(0))
}

/// An amount on an axis, where steps are round: `$100bn`, `$1trn`, `$0`.
#[must_use]
pub(crate) fn money_axis(billions: f64) -> String {
    if billions == 0.0 {
        return "$0".to_owned();
    }
    if let Some(text) = unusual_money(billions, 2) {
        return text;
    }
    let (factor, suffix) = scale(billions);
    let value = (billions * factor).abs();
    let text = format!("{}", (value * 1e6).round() / 1e6);
    signed(billions, &format!("${text}{suffix}"))
}

/// An observed amount at the digits its rounding interval carries: `$31bn`, `$27.2bn`, `$6.7bn`.
#[must_use]
pub(crate) fn observed_money(value: f64, low: f64, high: f64) -> String {
    if let Some(text) = unusual_money(value, 2) {
        return text;
    }
    let (factor, suffix) = scale(value);
    let text = significant((value * factor).abs(), carried(value, low, high));
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    signed(value, &format!("${text}{suffix}"))
}

/// Significant figures that an interval carries: three if it is within a twentieth of the value, else two.
pub(super) fn carried(value: f64, low: f64, high: f64) -> i32 {
    if (high - low).abs() < 0.05 * value.abs() { 3 } else { 2 }
}

/// Two ends of a range: en dash between positive ones, "to" beside a minus sign.
pub(super) fn join(low: &str, high: &str) -> String {
    if low.starts_with(MINUS) || high.starts_with(MINUS) || high.contains(' ') {
        format!("{low} to {high}")
    } else {
        format!("{low}–{high}")
    }
}

/// A share in percent: whole above 10%, one decimal below, two below a tenth of a per cent; what is not all is never
/// rounded to 100% and what is something never to 0%, and what is nearer to them is told as a bound.
#[must_use]
pub fn percent(share: f64) -> String {
    match share {
        share if share.is_nan() => "–".to_owned(),
        share if share <= 0.0 => "0%".to_owned(),
        share if share >= 1.0 => "100%".to_owned(),
        share if share < 0.0001 => "<0.01%".to_owned(),
        share if share < 0.000_95 => format!("{:.2}%", share * 100.0),
        share if share < 0.0995 => {
            let text = format!("{:.1}%", share * 100.0);
            text.replace(".0%", "%")
        }
        share if share >= 0.995 => ">99%".to_owned(),
        share => format!("{:.0}%", share * 100.0),
    }
}

/// A range of shares: `46–62%`.
#[must_use]
pub(super) fn percent_range(low: f64, high: f64) -> String {
    let (low, high) = (percent(low), percent(high));
    if low == high { low } else { format!("{}–{high}", low.trim_end_matches('%')) }
}

/// A yearly change with its sign: `+7%`, `−8%`.
#[must_use]
pub fn percent_change(share: f64) -> String {
    if share.is_nan() {
        return "–".to_owned();
    }
    let text = significant(share.abs() * 100.0, 2);
    let text = text.strip_suffix(".0").unwrap_or(&text);
    let sign = if share < 0.0 { MINUS } else { '+' };
    if share.abs() < 5e-4 { "0%".to_owned() } else { format!("{sign}{text}%") }
}

/// An assumed rate a year at up to three figures, which is what was assumed: `7.25%`, `5%`, `−12.5%`.
#[must_use]
pub(super) fn yearly_rate(share: f64) -> String {
    if share.abs() < 5e-5 {
        return "0%".to_owned();
    }
    let text = significant(share.abs() * 100.0, 3);
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if share < 0.0 { format!("{MINUS}{text}%") } else { format!("{text}%") }
}

/// A value of an input by its unit in the tables: `24%`, `−3.1%`, `+60%`, `$14m`, `2027`.
#[must_use]
pub fn input_value(value: f64, unit: &str) -> String {
    let whole = |text: String| text.strip_suffix(".0").map_or(text.clone(), str::to_owned);
    let percentage =
        |value: f64| if value.abs() < 5e-5 { "0%".to_owned() } else { whole(significant(100.0 * value, 2)) + "%" };
    match unit {
        "share of the level" if value > 0.0 => format!("+{}", percentage(value)),
        "share a year" | "share of the level" | "share" => percentage(value),
        "points a year" if value > 0.0 => format!("+{}pp", whole(significant(100.0 * value, 2))),
        "points a year" => format!("{}pp", whole(significant(100.0 * value, 2))),
        "$m" => money(value / 1000.0),
        "$bn" => money(value),
        "year" => format!("{value:.0}"),
        "deals" if value >= 100.0 => significant(value, 3),
        _ => whole(significant(value, 2)),
    }
}

/// What a scenario has for an input, with up to three figures of a rate or a share, as its file says it: `7.25%`.
#[must_use]
pub fn assumed_value(value: f64, unit: &str) -> String {
    match unit {
        "share a year" | "share" => yearly_rate(value),
        _ => input_value(value, unit),
    }
}

/// Points that are rounded already: `−12`, `+4`, `0`.
#[must_use]
pub fn whole_points(value: f64) -> String {
    match value {
        value if value < 0.0 => format!("−{}", count(-value)),
        value if value > 0.0 => format!("+{}", count(value)),
        _ => "0".to_owned(),
    }
}

/// An error in hundredths: `0.4`.
#[must_use]
pub(crate) fn points_error(error: f64) -> String {
    let points = 100.0 * error;
    if points.abs() < 1e6 { format!("{points:.1}") } else { significant(points, 2) }
}

/// How much faster than the region ahead the other one must grow in each year to match it: `43–55%`.
#[must_use]
pub fn outgrow(low: f64, high: f64, years: f64) -> String {
    // Where the follow region is ahead, it is the lead that has to catch up.
    let (low, high) = if high < 1.0 { (1.0 / high, 1.0 / low) } else { (low, high) };
    let rate = |ratio: f64| significant(100.0 * (libm::pow(ratio, 1.0 / years) - 1.0), 2);
    let (low, high) = (rate(low), rate(high));
    if low == high { format!("{low}%") } else { format!("{low}–{high}%") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_change_their_unit_where_rounding_would_reach_the_next() {
        let cases = [
            (84.3, "$84bn"),
            (3.27, "$3.3bn"),
            (0.43, "$430m"),
            (999.6, "$1.0trn"),
            (0.9996, "$1.0bn"),
            (0.9985, "$1.0bn"),
            (-2.4, "−$2.4bn"),
            (9.96, "$10bn"),
            (0.0, "$0"),
            (1234.0, "$1.2trn"),
            (156.0, "$160bn"),
        ];
        for (value, text) in cases {
            assert_eq!(money(value), text, "{value}");
        }
    }

    #[test]
    fn shares_are_never_rounded_to_certainty() {
        assert_eq!(percent(0.634), "63%");
        assert_eq!(percent(0.0152), "1.5%");
        assert_eq!(percent(0.9994), ">99%");
        // One path of 200 that answers otherwise.
        assert_eq!(percent(0.995), ">99%");
        assert_eq!(percent(0.00001), "<0.01%");
    }

    #[test]
    fn an_observation_shows_no_digit_that_its_rounding_does_not_carry() {
        assert_eq!(observed_money(27.193, 26.64, 27.75), "$27.2bn");
        assert_eq!(observed_money(31.0, 30.5, 31.5), "$31bn");
        assert_eq!(observed_money(6.667, 4.92, 8.47), "$6.7bn");
    }

    #[test]
    fn decimals_are_as_many_as_asked_and_no_zero_is_negative() {
        assert_eq!(fixed(-1234.56, 1), "−1,234.6");
        assert_eq!(fixed(-0.04, 1), "0.0");
    }

    #[test]
    fn the_rate_that_closes_a_gap_compounds_to_it() {
        // 12.2 and 21 to the seventh root: 1.4295 and 1.5449.
        assert_eq!(outgrow(12.2, 21.0, 7.0), "43–54%");
        assert_eq!(outgrow(8.0, 8.0, 3.0), "100%");
        // The other way round: the lead has to catch up with the follow region.
        assert_eq!(outgrow(1.0 / 21.0, 1.0 / 12.2, 7.0), "43–54%");
    }
}
