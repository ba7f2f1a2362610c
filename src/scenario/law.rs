//! Uncertain numbers: one of several shapes of distribution, with the reason and the source beside it.

use crate::diagnostic::Place;
use crate::distribution::{Distribution, Z90, Z95};
use crate::growth::Kind;

use super::check::Check;
use super::keys::{self, DRAWN, MEDIAN};
use super::model::{Assumption, AssumptionId, Drawn, Role};
use super::text;
use super::tree::{Node, Table, Value};
use super::value::{Measured, Number};

/// A law with its text.
pub(super) struct Law {
    pub law: Distribution,
    /// As it stands in a file: `p10 = "-7%", p90 = "11%"`.
    pub written: Table,
    /// As it is shown: `p10 −7%, p90 11%`.
    pub shown: String,
}

impl Check {
    /// Reads an assumption; `None` after reporting what is wrong with it.
    pub(crate) fn assumption(&mut self, address: &str, node: &Node, measured: &Measured) -> Option<AssumptionId> {
        self.assumption_with(address, node, measured, (None, None, Role::Assumption))
    }

    /// Reads an assumption that takes reason, source and role from what it is part of, where it has none of its own.
    pub(crate) fn assumption_with(
        &mut self,
        address: &str,
        node: &Node,
        measured: &Measured,
        (why, source, role): (Option<String>, Option<String>, Role),
    ) -> Option<AssumptionId> {
        let mut found = (why, source, role);
        let law = match &node.value {
            Value::Table(table) => {
                if let Some(normal) = table.get("normal") {
                    let cure =
                        "write mean and sd themselves, as in { mean = \"2%\", sd = \"7%\" }: which law that is follows";
                    self.error(&normal.place, format!("`{address}` names a normal law"), cure);
                    return None;
                }
                let known: Vec<&str> = keys::of_a_value().map(|key| key.word).chain([DRAWN]).collect();
                self.known_keys(table, &known, &format!("`{address}`"));
                self.refuse_from(address, table);
                found.0 = self.text(table, "why").or(found.0);
                found.1 = self.text(table, "source").or(found.1);
                found.2 = self.role(table).unwrap_or(found.2);
                if table.has(DRAWN) {
                    let (law, drawn) = self.drawn(address, &node.place, measured)?;
                    return Some(self.assume_of((address, measured), law, found, &node.place, Some(drawn)));
                }
                self.law(table, &node.place, measured)?
            }
            _ => certain(self.number(node, measured)?),
        };
        let mut law = self.within_range(law, address, &node.place, measured)?;
        if let Value::Table(table) = &node.value {
            law = self.moved(law, table, measured)?;
        }
        Some(self.assume_of((address, measured), law, found, &node.place, None))
    }

    fn assume_of(
        &mut self,
        (address, measured): (&str, &Measured),
        law: Law,
        (why, source, role): (Option<String>, Option<String>, Role),
        place: &Place,
        drawn: Option<Drawn>,
    ) -> AssumptionId {
        let (address, unit, set_by) = (address.to_owned(), unit(measured).to_owned(), self.origin(place));
        let value = match drawn {
            // The name of a file has hyphens of its own.
            Some(_) => law.shown.clone(),
            None => law.shown.replace('-', "−"),
        };
        let (kind, written) = (measured.kind, law.written);
        self.assume(Assumption { address, kind, unit, law: law.law, value, written, role, why, source, set_by, drawn })
    }

    /// `kind = "lever"` or `"decision"`, `"assumption"` or `"circumstance"`.
    pub(crate) fn role(&mut self, table: &Table) -> Option<Role> {
        let word = self.text(table, "kind")?;
        match word.as_str() {
            "lever" | "decision" => Some(Role::Lever),
            "assumption" | "circumstance" => Some(Role::Assumption),
            _ => {
                let place = table.get("kind")?.place.clone();
                let cure = "write \"decision\" for what somebody can decide, \"circumstance\" for what nobody can";
                self.error(&place, format!("`{word}` is not a kind"), cure);
                None
            }
        }
    }

    fn law(&mut self, table: &Table, place: &Place, measured: &Measured) -> Option<Law> {
        let has = |key: &str| table.get(key).is_some();
        let shapes: Vec<&str> = keys::words(&keys::LEADS).into_iter().filter(|shape| has(shape)).collect();
        if let [shape] = shapes.as_slice() {
            self.refuse_beside(table, shape);
        }
        match shapes.as_slice() {
            ["value"] => Some(certain(self.number(table.get("value")?, measured)?)),
            ["p10"] => self.quantiles(table, ["p10", "p90"], Z90, place, measured),
            ["p5"] => self.quantiles(table, ["p5", "p95"], Z95, place, measured),
            ["mean"] => self.moments(table, place, measured),
            ["uniform"] => self.uniform(table.get("uniform")?, measured),
            ["triangular"] => self.three_points(table, "triangular", measured),
            ["pert"] => self.three_points(table, "pert", measured),
            ["lognormal"] => self.lognormal(table.get("lognormal")?, measured),
            ["one-of"] => self.one_of(table, place, measured),
            [] if has(MEDIAN.word) => {
                let cure = "write it over a distribution of a file below, or state one beside it: p10 = …, p90 = …";
                self.error(place, "`median` moves a distribution, and here is none", cure);
                None
            }
            [] => {
                let cure = match keys::PARTS.iter().find(|(half, _)| has(half.word)) {
                    Some((half, other)) => format!("`{}` needs `{other}` beside it", half.word),
                    None => format!("write value = {}, or p10 = … and p90 = …", measured.example()),
                };
                self.error(place, "this states no value", cure);
                None
            }
            several => {
                let what = format!("this states a value in several ways: {}", several.join(", "));
                self.error(place, what, "keep one of them");
                None
            }
        }
    }

    /// Refuses what a shape has no use for: who writes `sd` beside `value` believes that it is uncertain.
    fn refuse_beside(&mut self, table: &Table, shape: &str) {
        let belongs = |key: &str| key == shape || keys::lead_of(key) == Some(shape);
        let says = |key: &str| keys::is_lead(key) || keys::lead_of(key).is_some();
        let idle = table.entries.iter().filter(|entry| says(&entry.key) && !belongs(&entry.key));
        for entry in idle {
            let what = format!("`{}` says nothing beside `{shape}`", entry.key);
            let cure = match entry.key.as_str() {
                "sd" => "take it out, or write mean = … and sd = …",
                _ => "take it out, or describe the whole distribution in one way",
            };
            self.error(&entry.key_place, what, cure);
        }
    }

    /// The law moved so that its median is what `median` says, with its spread kept; as it is without that word.
    fn moved(&mut self, law: Law, table: &Table, measured: &Measured) -> Option<Law> {
        let Some(node) = table.get(MEDIAN.word) else { return Some(law) };
        if law.law.is_fixed() {
            let cure = "write one number, or describe a distribution";
            self.error(&node.place, "`median` moves a distribution, and this value is certain", cure);
            return None;
        }
        let median = self.number(node, measured)?;
        let Some(moved) = law.law.with_median(median.value, measured.kind.scale(), measured.range) else {
            let what = format!("this distribution cannot be moved to a median of {}", median.shown);
            self.error(&node.place, what, "write a median nearer to its own, or another distribution");
            return None;
        };
        let mut written = law.written;
        written.put(MEDIAN.word, &node.place, Node::bare(median.written));
        Some(Law { law: moved, written, shown: format!("{}, moved to a median of {}", law.shown, median.shown) })
    }

    /// Refuses a first year where nothing is dated: in a list, what a later value says of its year is read before.
    fn refuse_from(&mut self, address: &str, table: &Table) {
        if let Some(entry) = table.entries.iter().find(|entry| entry.key == "from") {
            let what = format!("`from` belongs to a later value of a list, and this is the first of `{address}`");
            self.error(&entry.key_place, what, "write [value, { from = 2027, value = … }], where it can change at all");
        }
    }

    fn quantiles(&mut self, table: &Table, keys: [&str; 2], z: f64, place: &Place, measured: &Measured) -> Option<Law> {
        let Some(high_node) = table.get(keys[1]) else {
            self.error(place, format!("`{}` stands alone", keys[0]), format!("add `{}`", keys[1]));
            return None;
        };
        let (low, high) = self.pair(table.get(keys[0])?, high_node, measured)?;
        if measured.is_positive() && low.value <= 0.0 {
            let place = table.get(keys[0])?.place.clone();
            let cure = format!(
                "write uniform = [{0}, {1}] or triangular = [{0}, …, {1}], which reach zero, or a small number",
                text::value(&low.written),
                text::value(&high.written)
            );
            self.error(&place, format!("what is always positive is not {} in one of ten cases", low.shown), cure);
            return None;
        }
        let law = if measured.is_positive() {
            Distribution::lognormal_from_quantiles(low.value, high.value, z)
        } else {
            Distribution::normal_from_quantiles(low.value, high.value, z)
        };
        Some(Law {
            law,
            written: Table::of([(keys[0], low.written), (keys[1], high.written)]),
            shown: format!("{} to {} ({})", low.shown, high.shown, if keys[0] == "p10" { "80%" } else { "90%" }),
        })
    }

    fn moments(&mut self, table: &Table, place: &Place, measured: &Measured) -> Option<Law> {
        let Some(sd_node) = table.get("sd") else {
            self.error(place, "`mean` stands alone", "add `sd`, or write `value` if it is certain");
            return None;
        };
        let mean = self.number(table.get("mean")?, measured);
        let (sd, mean) = (self.deviation(sd_node, measured)?, mean?);
        let law = if measured.is_positive() {
            if mean.value <= 0.0 {
                self.error(place, "the mean must be positive", "or write one certain value of 0");
                return None;
            }
            Distribution::lognormal_from_moments(mean.value, sd.value)
        } else {
            Distribution::Normal { mean: mean.value, sd: sd.value }
        };
        Some(Law {
            law,
            written: Table::of([("mean", mean.written), ("sd", sd.written)]),
            shown: format!("mean {}, sd {}", mean.shown, sd.shown),
        })
    }

    /// `lognormal = { mean, sd }` or `{ p10, p90 }` or `{ p5, p95 }`: what positive numbers have anyway, said aloud.
    fn lognormal(&mut self, node: &Node, measured: &Measured) -> Option<Law> {
        if !measured.is_positive() {
            let cure = "write mean and sd, or p10 and p90: a rate is normal in its logarithm already";
            self.error(&node.place, "only what is always positive can be lognormal", cure);
            return None;
        }
        let cure = "write lognormal = { p10 = …, p90 = … } or { mean = …, sd = … }";
        let table = self.table(node, "`lognormal`", cure)?;
        let inner = ["p10", "p5", "mean"].into_iter().find(|key| table.get(key).is_some());
        let Some(inner) = inner else {
            self.error(&node.place, "this states no lognormal law", cure);
            return None;
        };
        self.known_keys(table, &keys::words(&keys::LOGNORMAL), "`lognormal`");
        self.refuse_beside(table, inner);
        let law = match inner {
            "p10" => self.quantiles(table, ["p10", "p90"], Z90, &node.place, measured)?,
            "p5" => self.quantiles(table, ["p5", "p95"], Z95, &node.place, measured)?,
            _ => self.moments(table, &node.place, measured)?,
        };
        Some(Law { written: Table::of([("lognormal", Value::Table(law.written))]), ..law })
    }

    fn uniform(&mut self, node: &Node, measured: &Measured) -> Option<Law> {
        let cure = "write uniform = [lowest, highest]";
        let [low, high] = self.list(node, "`uniform`", cure)? else {
            self.error(&node.place, "`uniform` takes two ends", cure);
            return None;
        };
        let (low, high) = self.pair(low, high, measured)?;
        let law = if measured.kind == Kind::Year {
            // Whole years, both ends included.
            let count = (high.value - low.value).round() + 1.0;
            let years: Vec<f64> = (0..count as u32).map(|step| low.value + f64::from(step)).collect();
            Distribution::OneOf { weights: vec![1.0 / count; years.len()], values: years }
        } else {
            Distribution::Uniform { low: low.value, high: high.value }
        };
        Some(Law {
            law,
            written: Table::of([("uniform", Value::list([low.written, high.written]))]),
            // Years are equally likely unless weights are written.
            shown: match measured.kind {
                Kind::Year => format!("{} to {}", low.shown, high.shown),
                _ => format!("{} to {}, all equally likely", low.shown, high.shown),
            },
        })
    }

    fn three_points(&mut self, table: &Table, shape: &str, measured: &Measured) -> Option<Law> {
        let node = table.get(shape)?;
        let cure = format!("write {shape} = [lowest, most likely, highest]");
        let [low, mode, high] = self.list(node, &format!("`{shape}`"), &cure)? else {
            self.error(&node.place, format!("`{shape}` takes three values"), cure);
            return None;
        };
        let [low, mode, high] = [low, mode, high].map(|node| self.number(node, measured));
        let (low, mode, high) = (low?, mode?, high?);
        let ordered = low.value <= mode.value && mode.value <= high.value && low.value < high.value;
        if !ordered {
            self.error(&node.place, format!("the values of `{shape}` are not in rising order"), cure);
            return None;
        }
        let (l, m, h) = (low.value, mode.value, high.value);
        let law = if shape == "pert" {
            Distribution::Pert { low: l, mode: m, high: h }
        } else {
            Distribution::Triangular { low: l, mode: m, high: h }
        };
        Some(Law {
            law,
            written: Table::of([(shape, Value::list([low.written, mode.written, high.written]))]),
            shown: format!("{} to {}, most likely {} ({shape})", low.shown, high.shown, mode.shown),
        })
    }

    fn one_of(&mut self, table: &Table, place: &Place, measured: &Measured) -> Option<Law> {
        let node = table.get("one-of")?;
        let cure = format!("write one-of = [{}, …], weights = [\"60%\", …]", measured.example());
        let list = self.list(node, "`one-of`", &cure)?;
        if list.is_empty() {
            self.error(&node.place, "`one-of` has nothing to choose from", cure);
            return None;
        }
        let numbers: Vec<Option<Number>> = list.iter().map(|item| self.number(item, measured)).collect();
        let numbers = numbers.into_iter().collect::<Option<Vec<Number>>>()?;
        for (place, number) in numbers.iter().enumerate() {
            if numbers[..place].iter().any(|known| known.value == number.value) {
                let what = format!("{} stands twice in `one-of`", number.shown);
                self.warning(&list[place].place, what, "keep one of the two, with their weights together");
            }
        }
        let written = |numbers: &[Number]| Value::list(numbers.iter().map(|n| n.written.clone()));
        let shown = |numbers: &[Number]| numbers.iter().map(|n| n.shown.clone()).collect::<Vec<_>>().join(" or ");
        let mut law = Law {
            law: Distribution::Fixed(0.0),
            written: Table::of([("one-of", written(&numbers))]),
            shown: format!("one of {}", shown(&numbers)),
        };
        let mut weights = vec![1.0 / numbers.len() as f64; numbers.len()];
        if let Some(node) = table.get("weights") {
            let share = Measured::new(Kind::Chance, measured.series);
            let items = self.list(node, "`weights`", "write weights = [\"60%\", \"40%\"]")?;
            let given: Vec<Option<Number>> = items.iter().map(|item| self.number(item, &share)).collect();
            let given = given.into_iter().collect::<Option<Vec<Number>>>()?;
            let sum: f64 = given.iter().map(|weight| weight.value).sum();
            if given.len() != numbers.len() || (sum - 1.0).abs() > 1e-9 {
                let what = format!("{} weights that add up to {}%", given.len(), (sum * 1e4).round() / 1e2);
                self.error(&node.place, what, format!("write {} weights that add up to 100%", numbers.len()));
                return None;
            }
            weights = given.iter().map(|weight| weight.value / sum).collect();
            law.written.put("weights", place, Node::bare(written(&given)));
            law.shown += &format!(" with weights {}", shown(&given).replace(" or ", ", "));
        }
        law.law = Distribution::OneOf { values: numbers.iter().map(|number| number.value).collect(), weights };
        Some(law)
    }

    /// Two ends in rising order.
    fn pair(&mut self, low: &Node, high: &Node, measured: &Measured) -> Option<(Number, Number)> {
        let (first, second) = (self.number(low, measured), self.number(high, measured));
        let (first, second) = (first?, second?);
        if first.value < second.value {
            return Some((first, second));
        }
        let span =
            Place { file: low.place.file, span: low.place.span.start..high.place.span.end.max(low.place.span.end) };
        let (what, cure) = if first.value == second.value {
            (format!("both ends are {}", first.shown), "write one number if it is certain")
        } else {
            (
                format!("low ({}) must be below high ({})", first.shown, second.shown),
                "swap them, or write one number if it is certain",
            )
        };
        self.error(&span, what, cure);
        None
    }
}

fn certain(number: Number) -> Law {
    let written = Table::of([("value", number.written)]);
    Law { law: Distribution::Fixed(number.value), written, shown: number.shown }
}

fn unit(measured: &Measured) -> &'static str {
    match measured.kind {
        Kind::Level => measured.series.unit(),
        kind => kind.unit(),
    }
}
