//! A scenario held against a new edition, in words: revision or news, where the news fell, what it teaches, and what each of
//! them does to the answer.

use crate::metric::{Measure, Metric, Subject};
use crate::study::{SideNews, Updated};

use super::columns::wrapped;
use super::money_unit::MoneyUnit;
use super::number::{percent, percent_change, significant};
use super::{short_name, short_title};

/// Share of the old standard deviation below which a trend counts as hardly moved.
const HARDLY: f64 = 0.1;

/// Percentiles beyond which a figure is called wild before anything is learned from it.
const WILD: [f64; 2] = [0.01, 0.99];

/// Short names of the lead and the follow region.
fn names(updated: &Updated) -> [String; 2] {
    let gap = updated.scenario.gap();
    [gap.lead(), gap.follow()].map(|region| short_name(updated.scenario.regions()[region].name()))
}

fn amount(billions: f64) -> String {
    let digits = significant(billions, 3);
    let digits = if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { &digits };
    format!("${digits}bn")
}

/// What the new edition makes of the old level.
fn revision(updated: &Updated) -> String {
    let base_year = updated.scenario.base_year();
    let sides = || names(updated).into_iter().zip(updated.news.sides);
    let stated: Vec<String> = sides()
        .filter(|(_, side)| side.stated)
        .map(|(name, side)| {
            let change = percent_change(side.restated / side.old - 1.0);
            format!("{name} {base_year} is now {} instead of {} ({change})", amount(side.restated), amount(side.old))
        })
        .collect();
    let silent: Vec<(String, SideNews)> = sides().filter(|(_, side)| !side.stated).collect();
    let mut text = format!("Revision. {}: ", updated.reading);
    text += &stated.join("; ");
    if let Some((_, side)) = silent.first() {
        let who: Vec<&str> = silent.iter().map(|(name, _)| name.as_str()).collect();
        let between = if stated.is_empty() { "" } else { "; " };
        text += &format!(
            "{between}what {} raised in {base_year} is not restated, so the level is taken to move by as much as first releases did, {}, \
             with a doubt of ±{} on each side",
            who.join(" and "),
            percent_change(side.restated / side.old - 1.0),
            percent(libm::hypot(side.doubt[0], side.doubt[1]))
        );
    }
    text += ".";
    if let (false, Some(restated)) = (silent.is_empty(), updated.world_restated) {
        text += &format!(
            " The world’s total was restated by {}; whether either side’s was is unknown.",
            percent_change(restated)
        );
    }
    text
}

/// How much each side grew inside the new edition, and where that fell in the scenario’s paths.
fn news(updated: &Updated) -> Option<String> {
    let fell = updated.fell.as_ref()?;
    let year = updated.news.year;
    let gap = updated.scenario.gap();
    let below = |metric, subject| fell.row(Measure { metric, subject }, year).map(|row| row.percentile[0]);
    let sides = [gap.lead(), gap.follow()].map(|region| below(Metric::Funding, Subject::Region(region)));
    let of_gap = [Metric::Gap, Metric::Ratio].map(|metric| below(metric, Subject::Gap));
    let side = |place: usize| {
        let grew = percent_change(libm::expm1(updated.news.sides[place].change));
        // A growth is that of the edition only where it states both of its ends.
        let assumed = if updated.news.sides[place].stated {
            String::new()
        } else {
            format!(" (from a level of {} that is not restated but taken to be)", updated.scenario.base_year())
        };
        format!(
            "{} {grew}{assumed}, above {} of its paths",
            names(updated)[place],
            sides[place].map_or_else(|| "–".to_owned(), percent)
        )
    };
    let [dollars, times] = of_gap.map(|share| share.map_or_else(|| "–".to_owned(), percent));
    let mut text = format!(
        "News. Inside the edition, to {year}: {}; {}. The gap lies above {dollars} of the paths drawn before, the ratio above {times}.",
        side(0),
        side(1)
    );
    let wild = sides.iter().chain(&of_gap).flatten().any(|share| *share < WILD[0] || *share > WILD[1]);
    if wild {
        text += " That is wild for this scenario: look at the figure, and at the swings that the scenario assumes, before you \
                 believe what it teaches.";
    }
    Some(text)
}

/// What the news leaves of the trends.
fn lesson(updated: &Updated) -> String {
    let (before, after) = (updated.walk.trend, updated.learned);
    if updated.fell.is_none() {
        return "Lesson. A revision alone says nothing of growth: the trends stay what they were.".to_owned();
    }
    let side = |place: usize, name: &str| {
        let trend = |mean: f64, sd: f64| {
            format!(
                "{} a year (give or take {})",
                percent_change(libm::expm1(mean)).trim_start_matches('+'),
                percent(sd)
            )
        };
        let moved = (after.mean[place] - before.mean[place]).abs();
        if before.sd()[place] == 0.0 {
            return format!("{name}: the trend was certain, so nothing is learned");
        }
        let verdict = if moved < HARDLY * before.sd()[place] { "hardly moves, " } else { "" };
        format!(
            "{name}: the trend {verdict}from {} to {}",
            trend(before.mean[place], before.sd()[place]),
            trend(after.mean[place], after.sd()[place])
        )
    };
    let [lead, follow] = names(updated);
    format!("Lesson. {}; {}.", side(0, &lead), side(1, &follow))
}

/// What revision, news and learning do to the medians of the last year.
fn split(updated: &Updated) -> String {
    let money = MoneyUnit::default();
    let [before, _, _, after] = updated.medians;
    let factors = updated.factors().map(|factor| format!("×{}", significant(factor, 3)));
    let differences = updated.differences().map(|difference| money.change(difference));
    format!(
        "What it does. The median ratio of {} goes from {}× to {}×: revision {}, news {}, learning {}, which multiply to it. The median \
         gap goes from {} to {}: revision {}, news {}, learning {}, which add up to it. (Each side is simulated here by its \
         funding alone, so that medians differ from those of the scenario’s own run by the luck of simulation.)",
        updated.scenario.horizon(),
        significant(before[0], 3),
        significant(after[0], 3),
        factors[0],
        factors[1],
        factors[2],
        money.amount(before[1]),
        money.amount(after[1]),
        differences[0],
        differences[1],
        differences[2]
    )
}

/// Paragraphs on a scenario held against a new edition, in the order in which an analyst asks.
#[must_use]
pub fn update_paragraphs(updated: &Updated) -> Vec<String> {
    let first = [Some(revision(updated)), news(updated), Some(lesson(updated)), Some(split(updated))];
    first.into_iter().flatten().collect()
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn update_story(updated: &Updated, closing: &[String]) -> String {
    let mut story = wrapped(&format!("{}: a new edition", short_title(updated.scenario.title())));
    for paragraph in update_paragraphs(updated) {
        story += "\n";
        story += &wrapped(&paragraph);
    }
    story += "\n";
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}
