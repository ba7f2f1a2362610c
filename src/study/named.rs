//! What a question names: each target and each input once, and no input that `--set` gives a value besides.

use crate::measure::{Mistake, Target};
use crate::scenario::Scenario;

use super::recipe::{Question, Recipe};
use super::refused::Refused;
use super::varied::Varied;

/// The mistake of a target that was asked before.
pub(super) fn asked_twice(before: &[Target], target: &Target, written: &str) -> Option<Mistake> {
    before.iter().any(|it| it.text == target.text).then(|| Mistake {
        span: 0..written.len(),
        what: format!("`{}` is asked twice", target.text),
        cure: "leave one of the two out".to_owned(),
    })
}

/// The mistake of an input that was named before, by itself or by another part of its law.
pub(super) fn named_twice<'a>(
    mut before: impl Iterator<Item = &'a Varied>,
    varied: &Varied,
    written: &str,
) -> Option<Mistake> {
    let known = before.find(|it| it.id == varied.id)?;
    let what = if known.address == varied.address {
        format!("`{}` is named twice", varied.address)
    } else {
        format!("`{}` and `{}` are about one input", known.address, varied.address)
    };
    Some(Mistake { span: 0..written.len(), what, cure: "name two different inputs".to_owned() })
}

/// Refuses a value of `--set` for an input that the question varies: it would be laid aside wherever the input is moved.
///
/// A law in place of a value is none of these, since what is moved keeps its spread.
pub(super) fn set_besides(recipe: &Recipe, scenario: &Scenario) -> Result<(), Refused> {
    let varied = varied_by(&recipe.question);
    for text in &recipe.changes.set {
        let Some((address, value)) = text.split_once('=') else { continue };
        if value.trim_start().starts_with(['{', '[']) || value.contains(" from ") {
            continue;
        }
        let address = address.trim();
        let is_same = |(_, it): &&(&str, String)| *it == address || *it == own_address(scenario, address);
        let Some((flag, _)) = varied.iter().find(is_same) else { continue };
        let what = format!("`{address}` has its values from {flag}, which lay this one aside");
        let cure = match *flag {
            "--also" => "leave one of the two out".to_owned(),
            flag => format!("leave --set out; \":fixed\" at the end of {flag} holds the input certain at each value"),
        };
        let mistake = Mistake { span: 0..text.len(), what, cure };
        return Err(Refused::Asked { flag: "--set", text: text.clone(), mistake });
    }
    Ok(())
}

/// Flags and addresses of the inputs that a question varies by name.
fn varied_by(question: &Question) -> Vec<(&'static str, String)> {
    let plain = |flag, text: &str| {
        let address = text.split_once('=').map_or(text, |(address, _)| address).trim();
        (flag, address.strip_suffix(".median").unwrap_or(address).to_owned())
    };
    match question {
        Question::Sensitivity(it) => it.also.iter().map(|text| plain("--also", text)).collect(),
        Question::Sweep(it) => it.over.iter().map(|text| plain("--over", text)).collect(),
        Question::Seek(it) => it.change.iter().map(|change| plain("--change", &change.address)).collect(),
        _ => Vec::new(),
    }
}

/// The address without the word for its median, unless an input is called so.
fn own_address<'a>(scenario: &Scenario, address: &'a str) -> &'a str {
    let is_input = scenario.assumptions().iter().any(|it| it.address() == address);
    address.strip_suffix(".median").filter(|_| !is_input).unwrap_or(address)
}
