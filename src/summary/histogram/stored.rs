//! Histograms as text: only the buckets that hold anything, and how far each is from the one before.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::super::varint::{Broken, Reader, Writer};
use super::buckets::{Buckets, MOST_NAME};
use super::counts::Histogram;

impl Histogram {
    fn text(&self) -> String {
        let mut writer = Writer::default();
        [self.zeros, self.infinite, self.minus_infinite, self.undefined].into_iter().for_each(|it| writer.put(it));
        [self.least, self.greatest].into_iter().for_each(|end| writer.put(end.to_bits()));
        for buckets in [&self.positive, &self.negative] {
            let filled: Vec<(usize, u64)> = buckets.filled().collect();
            writer.put(filled.len() as u64);
            let mut before = 0;
            for (name, count) in filled {
                writer.put((name - before) as u64);
                writer.put(count);
                before = name;
            }
        }
        writer.text()
    }

    fn from_text(text: &str) -> Result<Self, Broken> {
        let mut reader = Reader::new(text)?;
        let [zeros, infinite, minus_infinite, undefined] = numbers(&mut reader)?;
        let [least, greatest] = numbers(&mut reader)?.map(f64::from_bits);
        if least.is_nan() || greatest.is_nan() {
            return Err("an end of a histogram is no number");
        }
        let (positive, negative) = (buckets(&mut reader)?, buckets(&mut reader)?);
        reader.end()?;
        Ok(Self { positive, negative, zeros, infinite, minus_infinite, undefined, least, greatest })
    }
}

fn numbers<const N: usize>(reader: &mut Reader) -> Result<[u64; N], Broken> {
    let mut numbers = [0; N];
    for number in &mut numbers {
        *number = reader.number()?;
    }
    Ok(numbers)
}

fn buckets(reader: &mut Reader) -> Result<Buckets, Broken> {
    let (mut filled, mut name) = (Vec::new(), 0);
    for place in 0..reader.length()? {
        let [step, count] = numbers(reader)?;
        if (step == 0 && place > 0) || step > MOST_NAME as u64 || count == 0 || count >> 40 > 0 {
            return Err("a histogram has a bucket that cannot be");
        }
        name += usize::try_from(step).expect("as small as a name");
        filled.push((name, count));
    }
    if name > MOST_NAME { Err("a histogram has a bucket that cannot be") } else { Ok(Buckets::of_filled(&filled)) }
}

impl Serialize for Histogram {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

impl<'de> Deserialize<'de> for Histogram {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::from_text(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_bucket_that_cannot_be_is_refused() {
        let of = |numbers: &[u64]| {
            let mut writer = Writer::default();
            numbers.iter().for_each(|number| writer.put(*number));
            Histogram::from_text(&writer.text())
        };
        let ends = [1.0f64.to_bits(), 2.0f64.to_bits()];
        let with = |buckets: &[u64]| of(&[&[0, 0, 0, 0][..], &ends, buckets].concat());
        assert!(with(&[1, 1_047_552, 3, 0]).is_ok());
        for wrong in [
            &[1, 1_047_552, 0, 0][..],
            &[1, 1_047_552, 1 << 40, 0],
            &[1, 1 << 22, 1, 0],
            &[2, 5, 1, 0, 1, 0],
            &[0, 0, 0],
        ] {
            assert!(with(wrong).is_err(), "{wrong:?}");
        }
        assert!(of(&[0, 0, 0, 0, f64::NAN.to_bits(), ends[1], 0, 0]).is_err());
    }

    proptest! {
        #[test]
        fn what_is_stored_comes_back(
            values in prop::collection::vec((any::<f64>(), 1..600usize), 0..30),
            usual in prop::collection::vec(-10.0..10.0f64, 0..300),
        ) {
            let mut histogram = Histogram::default();
            values.iter().for_each(|(value, times)| (0..*times).for_each(|_| histogram.add(*value)));
            histogram.extend(&usual);
            histogram.add_zeros(usual.len() as u64 % 3);
            prop_assert!(Histogram::from_text(&histogram.text()).expect("stored") == histogram);
        }
    }
}
