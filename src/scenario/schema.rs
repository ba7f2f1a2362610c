//! The JSON Schema of scenario files, for completion and checking in an editor; a draft-07 subset that taplo knows.

use serde_json::{Map, Value, json};

use crate::growth::{Growth, Parameter};

/// The schema as text, the same as the file `data/scenario.schema.json`.
#[must_use]
pub fn schema() -> String {
    let region = json!({
        "type": "object",
        "description": "A region: two of its three series, or funding alone.",
        "additionalProperties": false,
        "properties": {
            "deals": { "$ref": "#/definitions/series", "description": "Deals a year." },
            "deal-size": { "$ref": "#/definitions/series", "description": "Mean deal size, $m." },
            "funding": { "$ref": "#/definitions/series", "description": "Money raised a year, $bn." },
            "counting": { "$ref": "#/definitions/counting", "description": "How deals are counted." },
        },
    });
    let whole = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "aigap scenario",
        "type": "object",
        "properties": top(),
        "additionalProperties": { "$ref": "#/definitions/region" },
        "definitions": {
            "region": region,
            "series": series(),
            "value": value(),
            "law": law(),
            "by-state": json!({
                "type": "object",
                "description": "A value in each state of the regimes.",
                "additionalProperties": { "anyOf": [
                    { "type": "string" }, { "type": "number" }, { "$ref": "#/definitions/law" },
                ] },
            }),
            "correlation": correlation(),
            "event": event(),
            "jump": jump(),
            "counting": counting(),
            "chance-row": json!({ "type": "object", "additionalProperties": { "$ref": "#/definitions/value" } }),
            "check": inquiry(true),
            "question": inquiry(false),
        },
    });
    format!("{whole:#}\n")
}

fn text(description: &str) -> Value {
    json!({ "type": "string", "description": description })
}

fn top() -> Value {
    json!({
        "title": text("One line for readers."),
        "summary": text("A sentence or two for readers."),
        "horizon": { "type": "integer", "description": "Last simulated year." },
        "data": text("cb-insights-2024-01, or the name of a CSV of your own."),
        "source": {
            "description": "Whose funding figures it starts from: one source, or several to draw from.",
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }],
        },
        "gap": { "type": "array", "items": { "type": "string" }, "description": "Lead region, follow region." },
        "extends": text("Another scenario; this one states only what differs."),
        "run": {
            "type": "object",
            "additionalProperties": false,
            "properties": {
                "paths": { "type": "integer", "minimum": 2, "description": "Number of simulated futures, even." },
                "seed": { "type": "integer", "minimum": 0, "description": "Seed of all random numbers." },
                "sampler": {
                    "enum": ["addressed", "sobol"],
                    "description": "Where random numbers come from: addresses, or Sobol' points for less simulation error.",
                },
            },
        },
        "shocks": shocks(),
        "regimes": regimes(),
        "measurement": measurement(),
        "money": money(),
        "jumps": { "type": "array", "items": { "$ref": "#/definitions/jump" } },
        "correlations": { "type": "array", "items": { "$ref": "#/definitions/correlation" } },
        "events": { "type": "array", "items": { "$ref": "#/definitions/event" } },
        "checks": { "type": "array", "items": { "$ref": "#/definitions/check" } },
        "questions": { "type": "array", "items": { "$ref": "#/definitions/question" } },
    })
}

/// A series may state only what differs, so no key is required here; the program knows which ones are.
fn series() -> Value {
    let names = Growth::<()>::NAMES;
    let mut properties = Map::new();
    properties.insert("model".to_owned(), json!({ "enum": names, "description": "How the level moves." }));
    for model in names {
        for parameter in Growth::<()>::parameters(model).unwrap_or_default() {
            properties.entry(parameter.name).or_insert_with(|| described(parameter));
        }
    }
    let levels = json!({
        "type": "object",
        "description": "Levels by year, for the model path.",
        "additionalProperties": { "$ref": "#/definitions/value" },
    });
    properties.insert("levels".to_owned(), levels);
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

fn shocks() -> Value {
    let number = json!({ "$ref": "#/definitions/value" });
    json!({
        "type": "object",
        "additionalProperties": false,
        "description": "The law of the yearly shocks.",
        "properties": {
            "law": { "anyOf": [
                { "enum": ["gaussian"] },
                {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": { "contaminated": number, "times": number, "student-t": number },
                },
            ] },
            "tail": { "enum": ["separate", "shared"], "description": "Whether wild years are the same for all series." },
            "factor": { "type": "object", "description": "Loadings of one market factor by series." },
        },
    })
}

fn regimes() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "description": "States of the market for series with model = \"regime\".",
        "properties": {
            "states": { "type": "array", "items": { "type": "string" } },
            "start": text("State of the last observed year, or \"stationary\"."),
            "shared": { "type": "boolean", "description": "One state for all regions." },
            "transitions": {
                "type": "object",
                "description": "Yearly chances of leaving each state for another.",
                "additionalProperties": { "$ref": "#/definitions/chance-row" },
            },
        },
    })
}

fn measurement() -> Value {
    let switch = |description: &str| {
        json!({ "description": description, "anyOf": [
            { "type": "boolean" }, { "type": "string" }, { "type": "object" },
        ] })
    };
    json!({
        "type": "object",
        "additionalProperties": false,
        "description": "What is unknown about the figures themselves.",
        "properties": {
            "rounding": { "type": "boolean", "description": "Figures anywhere within their rounding." },
            "revisions": switch("First releases are revised."),
            "definitions": switch("Sources count different things."),
            "sampling": switch("The luck of single deals in a total."),
        },
    })
}

fn money() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "description": "What amounts are shown in.",
        "properties": {
            "currency": { "enum": ["USD", "CNY"] },
            "exchange-rate": { "description": "Yuan per dollar, one value or values by year.", "anyOf": [
                { "type": "number" }, { "type": "object" },
            ] },
            "prices": { "description": "\"nominal\", or the year whose prices are shown.", "anyOf": [
                { "type": "integer" }, { "enum": ["nominal"] },
            ] },
            "inflation": { "$ref": "#/definitions/value", "description": "Yearly rise of prices in that currency." },
        },
    })
}

fn counting() -> Value {
    let number = json!({ "$ref": "#/definitions/value" });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "deals": { "description": "Law of the number of deals.", "anyOf": [
                { "enum": ["expected", "poisson"] },
                { "type": "object", "additionalProperties": false, "properties": { "negative-binomial": number } },
            ] },
            "sizes": { "description": "Simulates deals one by one.", "anyOf": [
                { "type": "boolean" },
                {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                        "sigma": number, "mean": text("Mean deal, $m."), "median": text("Median deal, $m."),
                        "tail-share": number, "cap": number,
                    },
                },
            ] },
        },
    })
}

fn jump() -> Value {
    let names = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    let number = |description: &str| json!({ "$ref": "#/definitions/value", "description": description });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "name": text("Its name, and its address."),
            "region": names,
            "series": names,
            "chance-per-year": number("Chance that it strikes in a year."),
            "size": number("Relative change of the level, median."),
            "spread": number("sd of the log of its size."),
            "duration": { "enum": ["permanent", "transient"] },
            "kind": { "enum": ["decision", "circumstance", "lever", "assumption"] },
            "why": text("Why these numbers."),
            "source": text("The figure they rest on, or judgement."),
            "remove": { "type": "boolean", "description": "Drops the entry of the file it extends." },
        },
    })
}

fn described(parameter: &Parameter) -> Value {
    json!({ "$ref": "#/definitions/value", "description": parameter.meaning })
}

/// A number, a distribution, or a list of a first value and later ones.
fn value() -> Value {
    json!({
        "anyOf": [
            { "type": "string" },
            { "type": "number" },
            { "$ref": "#/definitions/law" },
            { "type": "array", "items": { "anyOf": [
                { "type": "string" }, { "type": "number" }, { "$ref": "#/definitions/law" },
            ] } },
            { "$ref": "#/definitions/by-state" },
        ],
    })
}

fn law() -> Value {
    let plain = json!({ "type": ["string", "number"] });
    let list = |description: &str| json!({ "type": "array", "items": plain, "description": description });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "value": plain,
            "p10": plain, "p90": plain, "p5": plain, "p95": plain, "mean": plain, "sd": plain,
            "uniform": list("Lowest and highest."),
            "triangular": list("Lowest, most likely, highest."),
            "pert": list("Lowest, most likely, highest."),
            "lognormal": { "type": "object", "description": "p10 and p90, p5 and p95, or mean and sd." },
            "one-of": list("Values to choose from."),
            "weights": list("Their weights, which add up to 100%."),
            "from": { "type": "integer", "description": "Year from which a later value holds." },
            "why": text("Why this value."),
            "source": text("The figure it rests on, or judgement."),
            "kind": { "enum": ["decision", "circumstance", "lever", "assumption"] },
        },
    })
}

fn correlation() -> Value {
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "between": { "type": "array", "items": { "type": "string" }, "description": "Two series, or two assumptions." },
            "rho": { "type": "number", "minimum": -1, "maximum": 1 },
            "why": text("Why this correlation."),
            "source": text("The figure it rests on, or judgement."),
            "remove": { "type": "boolean", "description": "Drops the entry of the file it extends." },
        },
    })
}

fn event() -> Value {
    let names = json!({ "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }] });
    json!({
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "name": text("Its name, and its address."),
            "region": names,
            "series": names,
            "year": { "$ref": "#/definitions/value", "description": "When it begins." },
            "effect": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "step": { "$ref": "#/definitions/value", "description": "Relative change of the level." },
                    "over": { "type": "integer", "minimum": 1, "description": "Years until it is whole." },
                    "growth": { "$ref": "#/definitions/value", "description": "Change of yearly log growth, in pp." },
                    "until": { "$ref": "#/definitions/value", "description": "Last year of it." },
                    "pulse": { "$ref": "#/definitions/value", "description": "Relative change that fades." },
                    "half-life": { "$ref": "#/definitions/value", "description": "Years until half of its log is left." },
                    "add": { "$ref": "#/definitions/value", "description": "Dollars a year on top of the funding." },
                    "cap": { "$ref": "#/definitions/value", "description": "Highest level." },
                    "floor": { "$ref": "#/definitions/value", "description": "Lowest level." },
                },
            },
            "chance": { "$ref": "#/definitions/value", "description": "Chance that it happens at all." },
            "chance-per-year": {
                "$ref": "#/definitions/value",
                "description": "Chance in each year from `year` on that it begins then.",
            },
            "kind": { "enum": ["decision", "circumstance", "lever", "assumption"] },
            "why": text("Why these numbers."),
            "source": text("The figure they rest on, or judgement."),
            "remove": { "type": "boolean", "description": "Drops the entry of the file it extends." },
        },
    })
}

fn inquiry(check: bool) -> Value {
    let mut properties = Map::new();
    properties.insert("name".to_owned(), text("Its name."));
    properties.insert("that".to_owned(), text("A condition such as: ratio in 2030 < half of 2023"));
    properties.insert("why".to_owned(), text("Why it is asked."));
    properties.insert("remove".to_owned(), json!({ "type": "boolean" }));
    if check {
        properties.insert("severity".to_owned(), json!({ "enum": ["warn", "fail"] }));
        properties.insert("allow".to_owned(), text("Share of paths that may break it."));
        properties.insert("source".to_owned(), text("The figure it rests on, or judgement."));
    }
    json!({ "type": "object", "additionalProperties": false, "properties": properties })
}

#[cfg(test)]
mod tests {
    use super::top;
    use crate::scenario::top::TOP;

    #[test]
    fn the_schema_has_every_word_that_the_program_takes_at_the_top_of_a_file() {
        let mut taken = TOP.to_vec();
        taken.sort_unstable();
        let top = top();
        let known: Vec<&str> = top.as_object().expect("a table").keys().map(String::as_str).collect();
        assert_eq!(known, taken);
    }
}
