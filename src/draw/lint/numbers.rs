//! Numbers on a picture: none that a program wrote for programs, and none in a title that the data do not hold.

/// What a text has that no reader should see, if anything.
pub(crate) fn unprintable(words: &str) -> Option<&'static str> {
    let signs: Vec<char> = words.chars().collect();
    let at = |place: usize| signs.get(place).copied().unwrap_or(' ');
    for (place, sign) in signs.iter().enumerate() {
        let before = place.checked_sub(1).map_or(' ', at);
        let after = at(place + 1);
        let exponent = after.is_ascii_digit() || (['+', '-', '−'].contains(&after) && at(place + 2).is_ascii_digit());
        if ['e', 'E'].contains(sign) && before.is_ascii_digit() && exponent {
            return Some("a power of ten");
        }
        let zero = after == '0' && !at(place + 2).is_ascii_digit() && !['.', ','].contains(&at(place + 2));
        if ['-', '−'].contains(sign) && zero && !before.is_alphanumeric() {
            return Some("a negative zero");
        }
        // Zeros in front are no figures: "0.018×" has two of them, and an observed "0.874×" three.
        let below_one = before == '0' && (place < 2 || !at(place - 2).is_ascii_digit());
        let most = if below_one { 4 } else { 3 };
        let long = (1..=most).all(|next| at(place + next).is_ascii_digit()) && after != '0';
        if *sign == '.' && before.is_ascii_digit() && long {
            return Some("three decimals");
        }
    }
    let word = |wanted: &str| words.split(|sign: char| !sign.is_alphanumeric()).any(|word| word == wanted);
    ["NaN", "nan", "inf", "None"].into_iter().find(|wanted| word(wanted)).map(|_| "what is no number")
}

/// What a number in a title counts.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Unit {
    Billions(f64),
    Times,
    Share,
    Year,
    /// A bare count, which the words around it define.
    Count,
}

/// Levels of bands, in percent.
const LEVELS: [f64; 3] = [50.0, 80.0, 95.0];

/// Numbers of a title that no plotted number rounds to.
pub(crate) fn strangers(title: &str, plotted: &[f64], add_up: bool) -> Vec<String> {
    let known = |number: &Number| {
        let near = |value: f64| (value - number.value).abs() <= number.half_step * 1.000_001;
        plotted.iter().any(|value| match number.unit {
            Unit::Billions(factor) if add_up => (value.abs() * factor - number.value).abs() < 2.0 * number.half_step,
            Unit::Billions(factor) => near(value.abs() * factor),
            Unit::Times => near(*value) || (*value > 0.0 && near(1.0 / value)),
            // "80% of paths" is the level of a band.
            Unit::Share => LEVELS.contains(&number.value) || near(100.0 * value.abs()) || near(100.0 * (1.0 - value)),
            Unit::Year => *value == number.value,
            Unit::Count => true,
        })
    };
    numbers(title).into_iter().filter(|number| !known(number)).map(|number| number.words).collect()
}

#[derive(Clone, Debug, PartialEq)]
struct Number {
    words: String,
    value: f64,
    /// Half a step of its last digit that is no trailing zero.
    half_step: f64,
    unit: Unit,
}

/// Whether the words before a number make it a factor: `divides the 2030 ratio by 4.5`, `multiplies … by about 2.7`.
fn is_factor(before: &[char]) -> bool {
    let before: String = before.iter().collect();
    let verb = ["divide", "multipl"].iter().any(|verb| before.contains(verb));
    verb && (before.ends_with(" by ") || before.ends_with(" by about "))
}

/// Numbers of a title with their units; of a range the first end takes the unit of the second where it has none.
fn numbers(title: &str) -> Vec<Number> {
    let signs: Vec<char> = title.chars().collect();
    let digit = |place: usize| signs.get(place).is_some_and(char::is_ascii_digit);
    let mut found: Vec<(Number, bool)> = Vec::new();
    let mut place = 0;
    while place < signs.len() {
        if !digit(place) {
            place += 1;
            continue;
        }
        let start = place;
        while digit(place) || (matches!(signs.get(place), Some('.' | ',')) && digit(place + 1)) {
            place += 1;
        }
        let words: String = signs[start..place].iter().collect();
        let plain = words.replace(',', "");
        let Ok(value) = plain.parse::<f64>() else { continue };
        let rest: String = signs[place..].iter().collect();
        let before = start.checked_sub(1).map_or(' ', |before| signs[before]);
        let unit = if rest.starts_with("bn") {
            Some(Unit::Billions(1.0))
        } else if rest.starts_with("trn") {
            Some(Unit::Billions(0.001))
        } else if rest.starts_with('m') && !rest.starts_with("me") {
            Some(Unit::Billions(1000.0))
        } else if rest.starts_with('×') || is_factor(&signs[..start]) && !rest.starts_with('%') {
            Some(Unit::Times)
        } else if rest.starts_with('%') {
            Some(Unit::Share)
        } else {
            None
        };
        let year = unit.is_none() && plain.len() == 4 && (1900.0..2200.0).contains(&value) && before != '$';
        let open = unit.is_none() && !year && rest.starts_with('–');
        let unit = unit.unwrap_or(if year { Unit::Year } else { Unit::Count });
        // A bound ("<0.01%") is none of the plotted numbers.
        if !['<', '>'].contains(&before) {
            found.push((Number { half_step: half_step(&plain), words, value, unit }, open));
        }
    }
    for place in (1..found.len()).rev() {
        if found[place - 1].1 {
            found[place - 1].0.unit = found[place].0.unit;
        }
    }
    found.into_iter().map(|(number, _)| number).collect()
}

/// The share that a title gives a direction, in percent: the first one behind its word, where no other clause begins.
pub(crate) fn share_behind(title: &str, word: &str) -> Option<f64> {
    let at = title
        .match_indices(word)
        .map(|(at, _)| at + word.len())
        .find(|end| !title[..*end].ends_with(&format!("no {word}")))?;
    let clause = title[at..].split([',', ';']).next()?;
    let number = numbers(clause).into_iter().find(|number| number.unit == Unit::Share)?;
    (!clause.trim_start().starts_with("or ")).then_some(number.value)
}

/// Half a step of the last digit that counts: trailing zeros of a whole number are rounding.
fn half_step(plain: &str) -> f64 {
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let zeros = if decimals > 0 { 0 } else { plain.len() - plain.trim_end_matches('0').len() };
    0.5 * libm::pow(10.0, zeros as f64 - decimals as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_for_programs_are_found() {
        for (words, bad) in [
            ("1e10", true),
            ("2.3e-5", true),
            ("NaN", true),
            ("−0", true),
            ("−0.4", false),
            ("0.1234", true),
            ("0.12", false),
            ("0.018×", false),
            ("0.874×", false),
            ("0.8741×", true),
            ("10.874×", true),
            ("aigap 0.1.0", false),
            ("information", false),
            ("edition 2024-01", false),
            ("−0%", true),
        ] {
            assert_eq!(unprintable(words).is_some(), bad, "{words}");
        }
    }

    #[test]
    fn a_number_in_a_title_must_be_among_the_plotted_ones() {
        let plotted = &[2030.0, 0.594, 28.4, 0.3512, 15.5, 2023.0];
        assert!(strangers("US may be $350m–$28bn in 2030 (59%), about 16× or 41%", plotted, false).is_empty());
        assert_eq!(strangers("US may be $29bn by 2031 (61%)", plotted, false), ["29", "2031", "61"]);
        assert!(strangers("between 12–21× and $350m–28bn", &[12.2, 21.0, 0.35, 28.0], false).is_empty());
        assert!(strangers("US adds $29bn", plotted, true).is_empty());
        assert_eq!(strangers("US adds $31bn", plotted, true), ["31"]);
        assert!(strangers("tips at −0.8%", &[-0.0081], false).is_empty());
    }
}
