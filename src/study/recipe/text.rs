//! What of a recipe is written as text in JSON: names of metrics and currencies, and shares digit by digit.
//!
//! Readers of JSON may round the last digit of a number, and a run is made again to the last bit. So shares are written
//! as text; a number is taken too, for recipes that are written by hand.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

/// A share as text, or as a number.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Number(f64),
}

impl Written {
    fn read<E: Error>(self) -> Result<f64, E> {
        match self {
            Self::Number(number) => Ok(number),
            Self::Text(text) => text.parse().map_err(|_| E::custom(format!("\"{text}\" is no number"))),
        }
    }
}

/// A share that may be missing.
pub(crate) mod share {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(share: &Option<f64>, out: S) -> Result<S::Ok, S::Error> {
        share.map(|share| share.to_string()).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<f64>, D::Error> {
        Option::<Written>::deserialize(input)?.map(Written::read).transpose()
    }
}

/// Shares that may be missing.
pub(crate) mod shares {
    use super::*;

    pub(crate) fn serialize<S: Serializer>(shares: &Option<Vec<f64>>, out: S) -> Result<S::Ok, S::Error> {
        let texts = shares.as_ref().map(|shares| shares.iter().map(f64::to_string).collect::<Vec<_>>());
        texts.serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Vec<f64>>, D::Error> {
        let written = Option::<Vec<Written>>::deserialize(input)?;
        written.map(|shares| shares.into_iter().map(Written::read).collect()).transpose()
    }
}

/// Metrics by name.
pub(crate) mod metrics {
    use super::*;
    use crate::measure::Metric;

    pub(crate) fn serialize<S: Serializer>(metrics: &[Metric], out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(metrics.iter().map(|metric| metric.name()))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Vec<Metric>, D::Error> {
        let names = Vec::<String>::deserialize(input)?;
        let metric = |name: &String| {
            let found = Metric::ALL.into_iter().find(|metric| metric.name() == name);
            found.ok_or_else(|| D::Error::custom(format!("there is no metric \"{name}\"")))
        };
        names.iter().map(metric).collect()
    }
}

/// A currency by its code.
pub(crate) mod currency {
    use super::*;
    use crate::scenario::Currency;

    pub(crate) fn serialize<S: Serializer>(currency: &Option<Currency>, out: S) -> Result<S::Ok, S::Error> {
        currency.map(Currency::code).serialize(out)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(input: D) -> Result<Option<Currency>, D::Error> {
        let Some(code) = Option::<String>::deserialize(input)? else { return Ok(None) };
        let found = [Currency::Usd, Currency::Cny].into_iter().find(|currency| currency.code() == code);
        found.map(Some).ok_or_else(|| D::Error::custom(format!("amounts cannot be shown in \"{code}\"")))
    }
}
