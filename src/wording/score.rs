//! Stored runs held against what came, in words: where the outcome fell, how the run did beside plain guesses, and how
//! little one year can say.

use crate::metric::{Measure, Metric, Observed, Subject};
use crate::study::{Basis, Score, Scored, ScoredReading};
use crate::table::Cell;

use super::cited::Cited;
use super::columns::wrapped;
use super::money_unit::MoneyUnit;
use super::text::{NamedCells, Text};
use super::{short_name, short_title};

/// A run with one of its readings.
#[derive(Clone, Copy)]
struct Said<'a> {
    run: &'a Scored,
    reading: &'a ScoredReading,
}

impl Said<'_> {
    /// A cell of the row of the reading.
    fn summary(&self, column: &str) -> Cell {
        let row = [("scenario", self.run.run.scenario.name()), ("reading", self.reading.name.as_str())];
        Cell::new("score_readings.csv", &row, &[column])
    }

    /// A cell of the row of an outcome.
    fn cell(&self, row: &Score, columns: &[&str]) -> Cell {
        let outcome = &row.outcome;
        let (region, year) = (outcome.measure.region(&self.run.run.scenario), outcome.year.to_string());
        let keys = [
            ("scenario", self.run.run.scenario.name()),
            ("reading", self.reading.name.as_str()),
            ("metric", outcome.measure.metric.name()),
            ("region", region.as_str()),
            ("year", year.as_str()),
        ];
        Cell::new("score.csv", &keys, columns)
    }

    /// What came, with the digits that its interval carries.
    fn came(&self, row: &Score) -> Text {
        let outcome = row.outcome;
        let seen =
            Observed { value: outcome.value, low: outcome.low, high: outcome.high, derived: true, assumed: false };
        let seen = Cited::new(seen, self.cell(row, &["outcome", "outcome_low", "outcome_high"]));
        let money = MoneyUnit::default();
        match outcome.measure.metric {
            Metric::Deals => seen.count().into(),
            metric if metric.is_money() => seen.money(money).into(),
            _ => seen.ratio().into(),
        }
    }

    fn below(&self, row: &Score) -> Text {
        Cited::new(row.percentile[0], self.cell(row, &["percentile"])).percent().into()
    }

    fn find(&self, metric: Metric, subject: Subject, year: i32) -> Option<&Score> {
        self.reading.row(Measure { metric, subject }, year)
    }

    /// How the outcome came onto the basis of the run.
    fn basis(&self) -> Text {
        let base_year = self.run.run.scenario.base_year();
        let name = Text::own(self.reading.name.clone());
        let by_growth = self.reading.rows.iter().all(|row| row.outcome.basis == Basis::Growth);
        let mut text = match by_growth {
            true => {
                name + format!(
                    " tells how much each side grew since {base_year}; that growth is laid on the run’s own figures."
                )
            }
            false => {
                name + format!(
                    " does not restate what each side raised in {base_year}, so its levels are brought back by the size that \
                     first releases were revised by, with the doubt of that."
                )
            }
        };
        if let (false, Some(restated)) = (by_growth, self.reading.world_restated) {
            let up = if restated < 0.0 { "down" } else { "up" };
            text += format!(" The world’s total of {base_year} was restated {up} by ");
            text += Cited::new(restated.abs(), self.summary("world_restated")).percent();
            text += "; whether either side’s was is unknown.";
        }
        text
    }

    /// Where the outcome of a year fell: each side and the gap.
    fn fell(&self, year: i32) -> Option<Text> {
        let scenario = &self.run.run.scenario;
        let side = |region: usize| {
            let row = self.find(Metric::Funding, Subject::Region(region), year)?;
            let name = short_name(scenario.regions()[region].name());
            let start = Text::from(format!("{name} funding came to "));
            Some(start + self.came(row) + ", above " + self.below(row) + " of its paths")
        };
        let (lead, follow) = (side(scenario.gap().lead())?, side(scenario.gap().follow())?);
        let ratio = self.find(Metric::Ratio, Subject::Gap, year)?;
        let gap = self.find(Metric::Gap, Subject::Gap, year)?;
        Some(
            Text::from(format!("On the run’s basis, in {year} "))
                + lead
                + ", and "
                + follow
                + ". The gap was "
                + self.came(gap)
                + ", above "
                + self.below(gap)
                + " of them, and the ratio "
                + self.came(ratio)
                + ", above "
                + self.below(ratio)
                + ".",
        )
    }

    fn number(&self, value: f64, column: &str) -> Text {
        Cited::new(value, self.summary(column)).whole_number().into()
    }

    /// How many outcomes lay in which band.
    fn inside(&self) -> Text {
        let of = |share: f64, column: &str| self.number(self.reading.inside(share) as f64, column);
        Text::from("Of ")
            + self.number(self.reading.rows.len() as f64, "outcomes")
            + " outcomes (each metric that follows from the figures, in each of their years; score.csv lists them), "
            + of(0.5, "inside_50")
            + " lay in the middle half of the paths, "
            + of(0.8, "inside_80")
            + " in the middle 80% and "
            + of(0.95, "inside_95")
            + " in the middle 95%."
    }

    /// The run’s score beside those of plain guesses, and of its questions.
    fn beside_guesses(&self) -> Text {
        let [score, last, drift] = self.reading.means();
        let mean = |value: f64, column: &str| Cited::new(value, self.summary(column)).figures();
        let mut text = Text::default();
        if let (Some(score), Some(last)) = (score, last) {
            let rule = if self.run.run.made_again.is_some() { "" } else { " (of its stored quantiles alone)" };
            let first = Text::from(format!("Its mean score on a log scale{rule} was ")) + mean(score, "mean_score");
            text += first + "; guessing that nothing changes scores " + mean(last, "mean_error_last_value");
            if let Some(drift) = drift {
                let guess = ", that past growth goes on ";
                text += Text::from(guess) + mean(drift, "mean_error_drift");
            }
            text += " (less is better).";
        }
        if let Some(brier) = self.reading.mean_brier() {
            let answered = self.reading.questions.iter().filter(|it| it.certain).count();
            text += Text::from(" The mean Brier score of the ")
                + self.number(answered as f64, "questions")
                + " questions that this answers for certain was "
                + mean(brier, "mean_brier_score")
                + "; a coin scores 0.25.";
            if answered < self.reading.questions.len() {
                text += " Questions whose answer rounding and revision leave open are not among them (score_questions.csv).";
            }
        } else if !self.reading.questions.is_empty() {
            text += " Rounding and revision leave the answer to every question open (score_questions.csv), so none is scored.";
        }
        text
    }

    fn paragraph(&self) -> Text {
        let years: std::collections::BTreeSet<i32> = self.reading.rows.iter().map(|row| row.outcome.year).collect();
        let fell = years.iter().filter_map(|year| self.fell(*year));
        let sentences = std::iter::once(self.basis()).chain(fell).chain([self.inside(), self.beside_guesses()]);
        Text::joined(sentences.filter(|text| !text.text().is_empty()), " ")
    }
}

/// A paragraph for each reading of a run.
#[must_use]
pub fn score_paragraphs(run: &Scored) -> Vec<Text> {
    run.readings.iter().map(|reading| Said { run, reading }.paragraph()).collect()
}

/// A row for each reading, in words: what each side, gap and ratio came to, how far up the paths that was, and how many
/// outcomes the 80% bands held.
#[must_use]
pub fn score_rows(run: &Scored) -> Vec<NamedCells> {
    let row = |reading| {
        let said = Said { run, reading };
        let year = said.reading.last_year();
        let gap = run.run.scenario.gap();
        let asked = [
            (Metric::Funding, Subject::Region(gap.lead())),
            (Metric::Funding, Subject::Region(gap.follow())),
            (Metric::Gap, Subject::Gap),
            (Metric::Ratio, Subject::Gap),
        ];
        let cells = asked.into_iter().filter_map(|(metric, subject)| {
            let row = said.find(metric, subject, year)?;
            Some(said.came(row) + ", above " + said.below(row))
        });
        let held = said.number(reading.inside(0.8) as f64, "inside_80")
            + " of "
            + said.number(reading.rows.len() as f64, "outcomes");
        (format!("{}, {year}", reading.name), cells.chain([held]).collect())
    };
    run.readings.iter().map(row).collect()
}

/// What so few outcomes can say, and which run came nearest where there are several.
#[must_use]
pub fn score_basis(scored: &[Scored]) -> Vec<Text> {
    let mut sentences = vec![Text::from(
        "Gap, ratio and both sides of one year move together, so a year is one test and not several: it can embarrass a run, \
         but not prove one.",
    )];
    let first_score = |run: &Scored| run.readings.first().and_then(|reading| reading.means()[0]);
    let rated: Vec<(f64, &Scored)> = scored.iter().filter_map(|run| Some((first_score(run)?, run))).collect();
    let nearest = rated.iter().copied().min_by(|a, b| a.0.total_cmp(&b.0));
    if let (Some((score, run)), true) = (nearest, rated.len() > 1) {
        let said = Said { run, reading: &run.readings[0] };
        let outcomes = said.number(said.reading.rows.len() as f64, "outcomes");
        let name = Text::own(run.run.scenario.name());
        sentences.push(
            Text::from(format!("Of {} runs, ", super::count(rated.len() as f64)))
                + name
                + " had the lowest mean score, "
                + Cited::new(score, said.summary("mean_score")).figures()
                + ", on "
                + outcomes
                + " outcomes: too few to rank them.",
        );
    }
    sentences
}

/// Title of a run that was scored.
#[must_use]
pub fn score_title(run: &Scored) -> String {
    format!("{}: held against what came", short_title(run.run.scenario.title()))
}

/// Title of the chart: where the ratio fell.
#[must_use]
pub fn outturn_title(run: &Scored) -> Text {
    let said = run.readings.iter().filter_map(|reading| {
        let said = Said { run, reading };
        let year =
            reading.rows.iter().filter(|row| row.outcome.measure.metric == Metric::Ratio).map(|row| row.outcome.year);
        let year = year.max()?;
        let row = said.find(Metric::Ratio, Subject::Gap, year)?;
        Some((year, said.came(row), said.below(row)))
    });
    let said: Vec<(i32, Text, Text)> = said.collect();
    let years = said.iter().map(|(year, _, _)| *year);
    let (Some(first), Some(year)) = (years.clone().min(), years.max()) else {
        return "What came, on the bands drawn before".into();
    };
    // A title has room for two readings of one year.
    if said.len() > 2 || first != year {
        let when = if first == year { year.to_string() } else { format!("{first} to {year}") };
        return format!("What {when} brought, on the bands drawn before").into();
    }
    let [lead, follow] = [run.run.scenario.gap().lead(), run.run.scenario.gap().follow()]
        .map(|region| short_name(run.run.scenario.regions()[region].name()));
    let ratios = Text::joined(said.iter().map(|(_, came, _)| came.clone()), " or ");
    let below = Text::joined(said.iter().map(|(_, _, below)| below.clone()), " or ");
    Text::from(format!("{year} came with a {lead}/{follow} ratio of "))
        + ratios
        + ", above "
        + below
        + " of the paths drawn before"
}

/// The story on the terminal, with what was written where and what to do next.
#[must_use]
pub fn score_story(scored: &[Scored], closing: &[String]) -> String {
    let mut story = String::new();
    for run in scored {
        story += &wrapped(&score_title(run));
        story.push('\n');
        for paragraph in score_paragraphs(run) {
            story += &wrapped(&paragraph.text());
            story.push('\n');
        }
    }
    score_basis(scored).iter().for_each(|words| story += &wrapped(&words.text()));
    for line in closing {
        story += line;
        story.push('\n');
    }
    story
}
