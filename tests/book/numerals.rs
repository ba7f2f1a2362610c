//! Numbers in a text, in digits and in words, as values: `8,192`, `5%`, `10⁻⁹`, `nine tenths`, `a hundred thousand`.

/// A number as a text has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Numeral {
    /// As it stands there.
    pub shown: String,
    /// What it is; a percentage as a share.
    pub value: f64,
    /// Its digits alone, without a percent sign or a power.
    pub digits: f64,
    /// Half of the step of its last digit.
    pub half_step: f64,
}

/// Words that are numbers; smaller ones are mere words of the language.
const WORDS: [(&str, f64); 20] = [
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
];

/// Words that multiply a number in front of them.
const SCALES: [(&str, f64); 12] = [
    ("hundred", 100.0),
    ("hundreds", 100.0),
    ("thousand", 1e3),
    ("thousands", 1e3),
    ("million", 1e6),
    ("millions", 1e6),
    ("fifth", 0.2),
    ("tenth", 0.1),
    ("tenths", 0.1),
    ("twentieth", 0.05),
    ("fiftieth", 0.02),
    ("thousandth", 1e-3),
];

const SUPERSCRIPTS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/// Reads a text from left to right.
struct Reading {
    signs: Vec<char>,
    at: usize,
}

impl Reading {
    fn sign(&self, at: usize) -> Option<char> {
        self.signs.get(at).copied()
    }

    fn text(&self, from: usize) -> String {
        self.signs[from..self.at].iter().collect()
    }

    /// Goes on while signs are of a kind.
    fn skip(&mut self, is_kind: impl Fn(char) -> bool) {
        while self.sign(self.at).is_some_and(&is_kind) {
            self.at += 1;
        }
    }

    /// Whether the sign in front of a place says that digits there belong to a name: `p90`, `UTF-8`, `2023-04`.
    fn is_in_a_name(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.sign(at));
        let is_of_a_word = |sign: Option<char>| sign.is_some_and(|it| it.is_alphanumeric() || it == '_');
        before(1).is_some_and(|it| it.is_alphabetic() || it == '_')
            || (before(1) == Some('-') && is_of_a_word(before(2)))
    }

    /// A number in digits, at the place of its first one.
    fn digits(&mut self) -> Numeral {
        let from = self.at;
        let is_digit = |sign: Option<char>| sign.is_some_and(|it| it.is_ascii_digit());
        let mut plain = String::new();
        while let Some(sign) = self.sign(self.at) {
            let of_thousands = sign == ','
                && (1..=3).all(|ahead| is_digit(self.sign(self.at + ahead)))
                && !is_digit(self.sign(self.at + 4));
            let is_point = sign == '.' && is_digit(self.sign(self.at + 1)) && !plain.contains('.');
            if sign.is_ascii_digit() || is_point {
                plain.push(sign);
            } else if !of_thousands {
                break;
            }
            self.at += 1;
        }
        let negative = from > 0 && matches!(self.sign(from - 1), Some('−' | '-')) && {
            let before = from.checked_sub(2).and_then(|at| self.sign(at));
            !before.is_some_and(|it| it.is_alphanumeric() || it == ')')
        };
        let digits: f64 = plain.parse().unwrap();
        let places = plain.split_once('.').map_or(0, |(_, behind)| behind.len());
        let mut half_step = 0.5 * 0.1_f64.powi(places.try_into().unwrap());
        let mut value = if negative { -digits } else { digits };
        if self.sign(self.at) == Some('%') {
            self.at += 1;
            (value, half_step) = (value / 100.0, half_step / 100.0);
        }
        if let Some(power) = self.power() {
            (value, half_step) = (value.powi(power), 0.0);
        }
        Numeral { shown: self.text(from), value, digits, half_step }
    }

    /// A power in superscripts, if one stands here.
    fn power(&mut self) -> Option<i32> {
        let negative = self.sign(self.at) == Some('⁻');
        self.at += usize::from(negative);
        let place = |sign: char| SUPERSCRIPTS.chars().position(|it| it == sign);
        let mut power = None;
        while let Some(digit) = self.sign(self.at).and_then(place) {
            power = Some(10 * power.unwrap_or(0) + i32::try_from(digit).unwrap());
            self.at += 1;
        }
        power.map(|it| if negative { -it } else { it })
    }
}

/// All numbers of a text, in order.
pub fn numerals(text: &str) -> Vec<Numeral> {
    let mut reading = Reading { signs: text.chars().collect(), at: 0 };
    let mut found: Vec<(usize, Numeral)> = Vec::new();
    while let Some(sign) = reading.sign(reading.at) {
        let from = reading.at;
        if sign.is_ascii_digit() && reading.is_in_a_name(from) {
            reading.skip(|it| it.is_ascii_digit() || it == '.');
        } else if sign.is_ascii_digit() {
            let number = reading.digits();
            found.push((reading.at, number));
        } else if sign.is_alphabetic() {
            reading.skip(char::is_alphabetic);
            let shown = reading.text(from);
            let word = shown.to_lowercase();
            let of = |known: &[(&str, f64)]| known.iter().find(|(it, _)| *it == word).map(|(_, value)| *value);
            let behind = found.last().is_some_and(|(end, _)| end + 1 == from);
            match (of(&WORDS), of(&SCALES)) {
                (None, Some(scale)) if behind => {
                    let (end, before) = found.last_mut().unwrap();
                    (*end, before.value, before.digits) = (reading.at, before.value * scale, before.digits * scale);
                    before.half_step *= scale;
                    before.shown += &format!(" {shown}");
                }
                (Some(value), _) | (None, Some(value)) => {
                    found.push((reading.at, Numeral { shown, value, digits: value, half_step: 0.0 }));
                }
                (None, None) => {}
            }
        } else {
            reading.at += 1;
        }
    }
    found.into_iter().map(|(_, number)| number).collect()
}

/// Values of all numbers of a text, in order.
pub fn values(text: &str) -> impl Iterator<Item = f64> {
    numerals(text).into_iter().map(|it| it.value)
}

#[test]
fn numbers_are_read_in_digits_and_in_words() {
    let text = "`8,192` draws, 5% of −0.4, 10⁻⁹ or 2⁶; nine tenths of a hundred thousand, p90 of UTF-8 in 0.5, 1";
    let found: Vec<f64> = values(text).collect();
    let expected = [8192.0, 0.05, -0.4, 1e-9, 64.0, 0.9, 1e5, 0.5, 1.0];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (found, expected) in found.into_iter().zip(expected) {
        assert!((found - expected).abs() <= 1e-12 * expected.abs(), "{found} for {expected}");
    }
}
