//! `aigap explain`: what a word means, whether it is a term, a metric, a milestone, a model of growth or a gloss, and where it leads.

use crate::diagnostic::did_you_mean;
use crate::growth::Growth;
use crate::metric::{Metric, Milestone, Question, Sides};

use super::glossary::{GLOSSES, Gloss};
use super::terms::{TERMS, Term};

/// What a term means and which commands it leads to.
///
/// # Errors
/// A sentence that says what could be asked for, where nothing is known by this name.
pub fn explained(asked: &str) -> Result<String, String> {
    let plain = |text: &str| text.trim().to_lowercase().replace(['_', '’', '\''], "-").replace(' ', "-");
    let wanted = plain(asked);
    let is = |name: &&'static str| plain(name) == wanted || plain(name) + "s" == wanted;
    if let Some(term) = TERMS.iter().find(|term| term.names.iter().any(is)) {
        let model = of_model(&wanted).map(|model| format!("\n{model}"));
        return Ok(of_term(term) + &model.unwrap_or_default());
    }
    if let Some(metric) = Metric::ALL.into_iter().find(|metric| is(&metric.name())) {
        let needs = if metric.needs_single_deals() { ", with deals one by one" } else { "" };
        let whose = if metric.is_of_the_gap() { "Ask for it" } else { "Ask for it of a region" };
        let name = metric.name();
        let target = if metric.is_of_the_gap() { name.to_owned() } else { format!("china.{name}") };
        let gloss = super::glossary::find(asked).map_or_else(String::new, told);
        return Ok(format!(
            "{name} ({}), a metric of every path and year{needs}: {}.\n{gloss}{whose}: \"{target} in 2030\". aigap metrics lists all.\n",
            metric.unit(),
            metric.formula()
        ));
    }
    let named = |it: &(Milestone, bool)| is(&it.0.name(it.1));
    let milestones = [false, true].into_iter().flat_map(|ahead| Milestone::ALL.map(|it| (it, ahead)));
    if let Some((milestone, follow_leads)) = milestones.into_iter().find(named) {
        let definition = milestone.definition(sides(follow_leads), 2023);
        return Ok(format!("{}, a milestone: {definition}.\n", milestone.name(follow_leads)));
    }
    let events = [false, true].into_iter().flat_map(|follow_leads| Question::ALL.map(|it| (it, sides(follow_leads))));
    let mut events = events.map(|(event, sides)| (event.name(words(sides)), event.definition(sides, 2023)));
    if let Some((name, holds)) = events.find(|(name, _)| *name == wanted) {
        let counted = super::columns::wrapped(&format!("{name}, a built-in event, counted in every year: {holds}."));
        return Ok(counted + "aigap metrics lists all.\n");
    }
    let wanted = if wanted == "ar(1)" { "ar1".to_owned() } else { wanted };
    if let Some(text) = of_model(&wanted) {
        return Ok(text);
    }
    if let Some(gloss) = super::glossary::find(asked) {
        return Ok(told(gloss));
    }
    let meant =
        did_you_mean(&wanted.replace('-', " "), explained_names()).map(|meant| format!("did you mean \"{meant}\"?"));
    let usual = || "aigap explain lists the terms, aigap metrics the metrics".to_owned();
    Err(format!("nothing is known by the name \"{}\"; {}", asked.trim(), meant.unwrap_or_else(usual)))
}

/// Names of terms and metrics, among which a slip is looked for.
pub fn explained_names() -> impl Iterator<Item = &'static str> {
    TERMS.iter().flat_map(|term| term.names.iter().copied()).chain(Metric::ALL.map(Metric::name))
}

/// The two sides as examples name them.
fn sides(follow_leads: bool) -> Sides<'static> {
    Sides { lead: "US", follow: "China", follow_leads }
}

/// Sides named as the columns of a scenario name them.
fn words(sides: Sides<'static>) -> Sides<'static> {
    Sides { lead: "us", follow: "china", ..sides }
}

/// A gloss as the terminal tells it.
fn told(gloss: &Gloss) -> String {
    super::columns::wrapped(&format!("{}: {}", gloss.word, gloss.gloss))
}

/// Everything that is explained, by the alphabet: a word and its meaning; what has a term of its own is told by that.
#[must_use]
pub fn glossary_entries() -> Vec<(&'static str, String)> {
    let mut entries: Vec<(&'static str, String)> = Vec::new();
    for term in TERMS {
        let others = &term.names[1..];
        let also = if others.is_empty() { String::new() } else { format!("Also: {}. ", others.join(", ")) };
        let next = term.commands.first().map_or_else(String::new, |it| format!("Next: `{it}`"));
        entries.push((term.names[0], format!("{}\n\n{also}{next}", term.meaning)));
    }
    let is_a_term = |gloss: &&Gloss| TERMS.iter().any(|it| it.names.contains(&gloss.word.to_lowercase().as_str()));
    entries.extend(GLOSSES.iter().filter(|it| !is_a_term(it)).map(|it| (it.word, super::capital(it.gloss))));
    entries.sort_by_key(|(word, _)| word.to_lowercase());
    entries
}

/// What a model of growth does, and its parameters; `None` if there is no such model.
fn of_model(name: &str) -> Option<String> {
    let parameters = Growth::<()>::parameters(name)?;
    let does = Growth::<()>::meaning(name).unwrap_or_default();
    let lines = parameters.iter().map(|it| format!("  {:<18}{}\n", it.name, it.meaning));
    let lines: String = match name {
        "path" => "  levels            the level of some years: { 2025 = \"$12bn\", 2030 = { p10 = \"$15bn\", p90 = \"$40bn\" } }; \
                   the series\n                    is certain but for what its levels leave open\n"
            .to_owned(),
        "regime" => "  growth            yearly growth by state of [regimes]: { boom = \"20%\", bust = \"-10%\" }\n  volatility        \
                     how much a typical year departs from it, by state\n"
            .to_owned(),
        _ => lines.collect(),
    };
    let shown = if name == "regime" { "" } else { "aigap new NAME --model " };
    let next = if shown.is_empty() { String::new() } else { format!("Next: {shown}{name}\n") };
    Some(format!(
        "{name}, a model of growth: a series that {does}\nWritten as model = \"{name}\" below a series.\n{lines}{next}"
    ))
}

/// Every term by its usual name, with the first sentence of its meaning.
#[must_use]
pub fn all_terms() -> String {
    let mut text = "Terms; also every metric, milestone and model of growth\n".to_owned();
    for term in TERMS {
        // A sentence ends before a space: the point of an address such as us.funding does not.
        let ends = [". ", "; "].iter().filter_map(|end| term.meaning.find(end)).min();
        let first = term.meaning[..ends.unwrap_or(term.meaning.len())].trim_end_matches('.');
        text += &super::columns::wrapped_below(&format!("  {:<22}", term.names[0]), first);
    }
    text
}

fn of_term(term: &Term) -> String {
    let others = match &term.names[1..] {
        [] => String::new(),
        some => format!(" (also: {})", some.join(", ")),
    };
    let mut text =
        super::columns::wrapped(&format!("{}{others}: {}", super::goal::capital(term.names[0]), term.meaning));
    for (place, command) in term.commands.iter().enumerate() {
        text += &format!("{}{command}\n", if place == 0 { "Next: " } else { "  or: " });
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_leads_to_its_command_by_any_of_its_names() {
        for (asked, command) in [
            ("goal seek", "aigap seek "),
            ("Goal Seek", "aigap seek "),
            ("data table", "aigap sweep "),
            ("tornado", "aigap sensitivity "),
            ("Sobol’ indices", "--method sobol"),
            ("levers", "aigap params "),
            ("log-ratio", "aigap metrics"),
            ("logistic", "model = \"logistic\""),
            ("parity", "a milestone"),
        ] {
            let said = explained(asked).unwrap_or_else(|why| panic!("{asked}: {why}"));
            assert!(said.contains(command), "{asked}: {said}");
        }
        // The list cuts a meaning behind its first sentence, and not in the middle of an address.
        assert!(all_terms().contains("us.funding"), "{}", all_terms());
        assert!(explained("tornadoo").expect_err("a slip").contains("did you mean \"tornado"));
        assert!(explained("xyzzy").expect_err("no term").contains("aigap explain lists"));
    }

    #[test]
    fn no_name_means_two_things() {
        let mut names: Vec<&str> = TERMS.iter().flat_map(|term| term.names.iter().copied()).collect();
        names.extend(Metric::ALL.map(Metric::name));
        // The term says that it is a model too.
        names.extend(Growth::<()>::NAMES.into_iter().filter(|name| *name != "path"));
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
