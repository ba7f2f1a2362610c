//! Amounts of data sets in the digits of their sources, each with its unit.

/// A value with its unit, in the digits of the source or three significant ones.
pub(super) fn amount(value: f64, unit: &str) -> String {
    // Thousands of millions are billions, and a hundredth of a billion is ten millions.
    let (value, unit) = match unit {
        "$m" | "USD m" if value.abs() >= 1000.0 => (value / 1000.0, "$bn"),
        "$bn" | "USD bn" if value != 0.0 && value.abs() < 0.1 => (value * 1000.0, "$m"),
        _ => (value, unit),
    };
    let number = bare(value, unit);
    match unit {
        "$bn" | "USD bn" => format!("${number}bn"),
        "$m" | "USD m" => format!("${number}m"),
        "USD trn" => format!("${number}trn"),
        "CNY bn" => format!("¥{number}bn"),
        "CNY m" => format!("¥{number}m"),
        "count" | "deals" => number,
        "share" | "share per year" => number,
        "ratio minus one" => format!("+{number}"),
        _ => format!("{number} {unit}"),
    }
}

pub(super) fn bare(value: f64, unit: &str) -> String {
    match unit {
        "count" | "deals" => grouped(value),
        "share per year" | "share" => percent(value),
        "ratio minus one" => format!("{:.0}%", value * 100.0),
        _ => digits(value),
    }
}

fn percent(share: f64) -> String {
    // Hundredths of a percent are the finest that any source states.
    let rounded = (share * 1e4).round() / 1e2;
    format!("{rounded}%").replace('-', "−")
}

/// Up to two decimals, as few as are needed.
pub(super) fn digits(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    if rounded.abs() < 1.0 { format!("{}", (value * 1e4).round() / 1e4) } else { format!("{rounded}") }
}

pub(super) fn grouped(value: f64) -> String {
    let whole = format!("{:.0}", value);
    let mut text = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
