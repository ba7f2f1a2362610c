//! Paragraphs of a run behind its table: what the numbers rest on, then the scenario's own questions and checks.

use crate::measure::{Condition, Subject, When, year_held_against};
use crate::metric::Metric;
use crate::scenario::{Inquiry, Plausibility, Region, Scenario, Severity, short_name};
use crate::summary::{Estimate, Summary};

use super::basis::{figures, money, rests_on};
use super::beside::beside;
use super::cited::Cited;
use super::digits::ROUGH;
use super::goal::capital;
use super::lookup::{Lookup, assumed_growth, of_gap, other_ratios};
use super::number::observed_money;
use super::outlook::{Outlook, remaining};
use super::precision::precision;
use super::table::{WIDE, table};
use super::text::Text;
use super::title::{headline, with_article};

/// Paragraphs behind the table, in order.
#[must_use]
pub fn paragraphs(scenario: &Scenario, summary: &Summary) -> Vec<Text> {
    let run = Lookup::new(scenario, summary);
    let outlook = Outlook::new(scenario, summary);
    let mut sentences: Vec<Text> = starred(run).into_iter().chain(rounding(run)).collect();
    sentences.push(ROWS.into());
    sentences.extend(outlook.as_ref().map(|outlook| shares(scenario, outlook)));
    sentences.extend(rests_on(scenario));
    sentences.push(assumed(scenario));
    let mut paragraphs = vec![Text::joined(sentences, " ")];
    paragraphs.extend(beside(run));
    paragraphs.extend(endless(run));
    paragraphs.extend(asked(run));
    paragraphs.extend(broken_checks(run));
    // What was asked of the simulation itself stands in the command.
    let reached = summary.precision.as_ref();
    paragraphs.extend(reached.map(|it| Text::own(precision(it, summary.paths, scenario.horizon()))));
    paragraphs.extend(rough(run, outlook.as_ref(), &paragraphs));
    paragraphs
}

/// What a terminal has room for, in one paragraph: what rounding leaves, who may be ahead, what growth is assumed, the money
/// that amounts are in, the scenario's own questions, and what breaks its checks. The rest stands in `summary.md`.
pub(super) fn in_brief(scenario: &Scenario, summary: &Summary) -> Text {
    let run = Lookup::new(scenario, summary);
    let outlook = Outlook::new(scenario, summary);
    let mut sentences: Vec<Text> = starred(run).into_iter().chain(rounding_alone(run)).collect();
    sentences.extend(outlook.as_ref().map(who_is_ahead));
    sentences.extend(money(scenario));
    sentences.extend(figures(scenario));
    sentences.push(assumed(scenario));
    sentences.extend(beside(run));
    sentences.extend(endless(run));
    sentences.extend(asked(run));
    sentences.extend(broken_checks(run));
    let reached = summary.precision.as_ref();
    sentences.extend(reached.map(|it| Text::own(precision(it, summary.paths, scenario.horizon()))));
    sentences.extend(rough(run, outlook.as_ref(), &sentences));
    Text::joined(sentences, " ")
}

/// Why the rows of the table do not add up.
const ROWS: &str = "Each row has its own middle: the median gap is not the gap of the medians.";

/// What a reader must not forget, in one sentence or a few: what rounding leaves, the money, and that growth is assumed.
#[must_use]
pub fn caveats(scenario: &Scenario, summary: &Summary) -> Vec<Text> {
    let run = Lookup::new(scenario, summary);
    let rounding = rounding(run);
    let layers =
        Outlook::new(scenario, summary).and_then(|it| Some(fixed(scenario, it.share_from_assumptions.as_ref()?, &it)));
    let sentences: Vec<Text> = endless(run)
        .into_iter()
        .chain(rounding)
        .chain(money(scenario))
        .chain([assumed(scenario)])
        .chain(layers)
        .collect();
    vec![Text::joined(sentences, " ")]
}

/// How often the measures disagree and the region behind is ahead, and where the spread comes from.
fn shares(scenario: &Scenario, outlook: &Outlook) -> Text {
    // Where the region behind in name leads, its lead grows as the ratio falls: then both are said to move as dollars and ratio.
    let words = if outlook.is_follow_leading() {
        "Dollars and ratio disagree on the direction in "
    } else {
        "Lead and ratio move in opposite directions in "
    };
    let disagree = Text::from(words) + outlook.disagree.share();
    let layers =
        outlook.share_from_assumptions.as_ref().map(|share| Text::from(" ") + layers(scenario, share, outlook));
    disagree + " of paths. " + who_is_ahead(outlook) + layers.unwrap_or_default()
}

/// How often the region that is behind in the base year is ahead: in the last year, and in some year until then.
fn who_is_ahead(outlook: &Outlook) -> Text {
    let ahead = Text::from(format!("{} ahead in {}: ", outlook.trailer(), outlook.horizon));
    let so_far = outlook.trailer_ahead_so_far.with_count();
    ahead + outlook.trailer_ahead.with_count() + "; in some year until then: " + so_far + "."
}

/// Why the ratio has no upper end, or falls to nothing: one side raises no money on more than a tenth of the paths.
fn endless(run: Lookup) -> Option<Text> {
    let year = run.scenario.horizon();
    let [_, low, high] = run.median_and_range(of_gap(Metric::Ratio), year)?.value;
    let gap = run.scenario.gap();
    let name = |region: usize| short_name(run.scenario.regions()[region].name());
    let (who, end) = match (low.value == 0.0, high.value.is_infinite()) {
        (_, true) => (name(gap.follow()), "infinite there, and its 80% range has no upper end (∞)"),
        (true, false) => (name(gap.lead()), "nothing there, and its 80% range has no lower end"),
        _ => return None,
    };
    Some(
        format!("{} raises nothing in {year} on more than one path in ten: the ratio is {end}.", with_article(&who))
            .into(),
    )
}

/// What the mark of rough numbers means, if any number of the story carries it.
fn rough(run: Lookup, outlook: Option<&Outlook>, paragraphs: &[Text]) -> Option<Text> {
    let cells = table(run.scenario, run.summary).rows.into_iter().flat_map(|(_, cells)| cells);
    let marked = outlook
        .map(headline)
        .into_iter()
        .chain(cells)
        .chain(paragraphs.iter().cloned())
        .any(|it| it.text().contains(ROUGH));
    marked.then(|| Text::own(format!("{ROUGH}: last digit uncertain.")))
}

/// Answers to the scenario's own questions, each in the last year it is asked in.
fn asked(run: Lookup) -> Vec<Text> {
    let answer = |(place, question): (usize, &Inquiry)| {
        let (year, share) = run.asked(place)?;
        let year = match question.that().when {
            When::EachYear => format!(" in {year}"),
            _ => String::new(),
        };
        let asked = Text::own(capital(question.name()))
            + " ("
            + Text::own(with_figure(run.scenario, question.that()))
            + year
            + "): ";
        let spread = share.spread().map(|it| Text::from(" (") + it + " for 80% of assumptions)");
        Some(asked + share.with_count() + spread.unwrap_or_default() + ".")
    };
    run.scenario.questions().iter().enumerate().filter_map(answer).collect()
}

/// A condition with the figure of an observed year in place of its name: `china.funding > $6.7bn` for
/// `china.funding > china.funding of 2022`.
fn with_figure(scenario: &Scenario, that: &Condition) -> String {
    let figure = || {
        let year = year_held_against(&that.text)?;
        let signs = ['<', '>', '=', '≤', '≥'];
        let at = that.text.rfind(signs)?;
        let sign = that.text[at..].chars().next()?.len_utf8();
        let named = that.text[at + sign..].trim();
        let Subject::Region(place) = that.subject else { return None };
        let region = scenario.regions()[place].name();
        if that.metric != Metric::Funding || named != format!("{region}.funding of {year}") {
            return None;
        }
        let it = scenario.data().find(region, "funding", year)?;
        Some(format!("{} {}", &that.text[..at + sign], observed_money(it.value, it.low, it.high)))
    };
    figure().unwrap_or_else(|| that.text.clone())
}

/// Checks that more paths break than are allowed to.
#[must_use]
pub fn broken_checks(run: Lookup) -> Vec<Text> {
    let broken = |(place, check): (usize, &Plausibility)| {
        let broken = run.broken(place);
        (broken.value.hits as f64 / broken.value.paths as f64 > check.allow()).then(|| {
            let word = if check.severity() == Severity::Fail { "Implausible: " } else { "Look at this: " };
            let which = Text::from(" of paths break \"") + Text::own(check.name()) + "\" (";
            Text::from(word) + broken.share() + which + Text::own(&check.that().text) + ")."
        })
    };
    run.scenario.checks().iter().enumerate().filter_map(broken).collect()
}

/// Whether a check that must not be broken is broken by more paths than are allowed to.
#[must_use]
pub fn is_implausible(scenario: &Scenario, summary: &Summary) -> bool {
    scenario.checks().iter().enumerate().any(|(place, check)| {
        let (broken, paths) = summary.broken(scenario, place);
        check.severity() == Severity::Fail && broken as f64 / paths as f64 > check.allow()
    })
}

/// Share of paths on which a check of the scenario that must hold is broken, as the first words of a finding; nothing where that
/// is rare.
pub(super) fn implausible(run: Lookup) -> Option<Text> {
    const RARE: f64 = 0.05;
    let failed = |(place, check): (usize, &Plausibility)| {
        let broken = run.broken(place);
        let share = broken.value.hits as f64 / broken.value.paths as f64;
        (check.severity() == Severity::Fail && share > check.allow().max(RARE)).then_some((share, broken))
    };
    let worst = run.scenario.checks().iter().enumerate().filter_map(failed).max_by(|a, b| a.0.total_cmp(&b.0))?.1;
    Some(Text::from("Implausible on ") + worst.share() + " of paths by a check of its own. ")
}

/// How the spread of the ratio divides into assumptions and luck.
fn layers(scenario: &Scenario, share: &Cited<Estimate>, outlook: &Outlook) -> Text {
    let fixed = fixed(scenario, share, outlook);
    if !is_told(scenario, share) {
        return fixed;
    }
    // How far the two shares of the headline would move if the assumptions did.
    match (outlook.wider_as_ratio.spread(), outlook.wider_in_dollars.spread()) {
        (Some(ratio), Some(money)) => {
            let moves = " Over 80% of what is assumed, the chance of a higher ratio is ";
            fixed + moves + ratio + " and that of a wider lead " + money + "."
        }
        _ => fixed,
    }
}

/// What of the spread would remain if all that is assumed were known: luck.
pub(super) fn what_remains(scenario: &Scenario, share: &Cited<Estimate>, outlook: &Outlook, luck: &str) -> Text {
    let departs = !scenario.events().is_empty() || !scenario.jumps().is_empty();
    let known = if departs { "growth and events" } else { "the assumptions" };
    Text::from(format!("If {known} were known, "))
        + remaining(share, outlook.share_of_luck.as_ref())
        + format!(" of the spread of the ratio would remain, as {luck}.")
}

/// Whether the share of the assumptions can be told from nothing.
fn is_told(scenario: &Scenario, share: &Cited<Estimate>) -> bool {
    scenario.draws_differ() && share.value.value >= 2.0 * share.value.error
}

/// How much of the spread would be left if the assumptions were known.
fn fixed(scenario: &Scenario, share: &Cited<Estimate>, outlook: &Outlook) -> Text {
    if is_told(scenario, share) {
        return what_remains(scenario, share, outlook, "luck");
    }
    if !scenario.draws_differ() {
        "All of the spread is luck: no assumption is uncertain.".into()
    } else {
        "What the assumptions add to the ratio’s spread is too little to tell from simulation error.".into()
    }
}

/// What the star of the table says, which is what that of a chart says.
pub const STAR: &str = "* Worked out from other figures.";

/// What the star means, if the table has one.
fn starred(run: Lookup) -> Option<Text> {
    table(run.scenario, run.summary).is_marked().then(|| STAR.into())
}

/// What rounding alone leaves of the ratio, and what others count.
fn rounding(run: Lookup) -> Option<Text> {
    let sentence = rounding_alone(run)?;
    let others = other_ratios(run.scenario);
    if others.is_empty() {
        return Some(sentence);
    }
    let ratios = others.iter().map(|(source, ratio)| Text::own(format!("{source} ")) + ratio.ratio());
    Some(sentence + " Others count otherwise: " + Text::joined(ratios, ", ") + " (not comparable).")
}

/// What rounding alone leaves of the ratio; `None` where that is little.
fn rounding_alone(run: Lookup) -> Option<Text> {
    let figure = run.observed(of_gap(Metric::Ratio), run.scenario.base_year())?;
    if (figure.value.high - figure.value.low) <= WIDE * figure.value.value {
        return None;
    }
    let sentence = Text::from("Rounding alone leaves ") + figure.range_of_ratio();
    Some(sentence + format!(" for {}.", run.scenario.base_year()))
}

/// What growth is assumed, because the data cannot tell.
fn assumed(scenario: &Scenario) -> Text {
    let [lead, follow] = [scenario.gap().lead(), scenario.gap().follow()].map(|region| &scenario.regions()[region]);
    let name = |region: &Region| short_name(region.name());
    let departs = !scenario.events().is_empty() || !scenario.jumps().is_empty();
    let start = Text::from("Assumed, not estimated: ") + if departs { "before any event, " } else { "" };
    // Models are in current dollars, whatever money the amounts are shown in.
    let money = if scenario.money().is_plain() { "" } else { ", in current dollars" };
    match (growth(scenario, lead), growth(scenario, follow)) {
        (Some(a), Some(b)) if a.text() == b.text() => start.clone() + "both grow " + a + money + ".",
        (Some(a), Some(b)) => {
            let first = start.clone() + format!("{} grows ", name(lead)) + a;
            first + format!(", {} ", name(follow)) + b + money + "."
        }
        _ => match scenario.draws() {
            [] => "The growth of both is assumed, not estimated: assumptions.csv says how and why.".into(),
            [draws, ..] => {
                Text::from("How both grow is drawn from ")
                    + Text::own(draws.file())
                    + ": assumptions.csv says where its draws come from."
            }
        },
    }
}

/// A region's assumed growth in words.
fn growth(scenario: &Scenario, region: &Region) -> Option<Text> {
    let growth = assumed_growth(scenario, region)?;
    let [_, low, high] = growth.value;
    if low == high {
        return Some(Text::from(growth.yearly()) + " a year");
    }
    let [low, high] = growth.yearly_ends();
    Some(Text::from(growth.yearly()) + " a year (80%: " + low + " to " + high + ")")
}
