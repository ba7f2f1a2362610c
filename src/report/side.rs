//! One scenario of a report: which cells its sentences may cite.

use crate::metric::{Measure, Metric, Milestone, Question, Subject};
use crate::scenario::Scenario;
use crate::summary::{Summary, observed_years};
use crate::wording::story;
use crate::wording::{self, Outlook, Purse};

use super::cite::{Citation, Form, PROBABILITY};
use super::data::Data;
use super::derived;
use super::sentence::{Pool, Sentence};
use super::{Table, Tile};
use crate::table::Cell;

/// A scenario with what its paths say, and the folder of its tables in the report.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// Prefix of its tables: empty, or `base/`.
    pub prefix: &'a str,
    /// The scenario.
    pub scenario: &'a Scenario,
    /// What its paths say.
    pub summary: &'a Summary,
}

/// Observed years that hold the gap.
pub fn years_of_gap(scenario: &Scenario) -> Vec<i32> {
    let gap = Measure { metric: Metric::Gap, subject: Subject::Gap };
    observed_years(scenario).filter(|year| gap.observed(scenario, *year).is_some()).collect()
}

/// The label of a tile that speaks of one scenario among several.
fn of_whom(label: &str, whose: &str) -> String {
    match label.strip_prefix("of paths") {
        Some(rest) => format!("of paths{whose}{rest}"),
        None => format!("{label}{whose}"),
    }
}

impl Side<'_> {
    pub fn file(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }

    pub fn measure(metric: Metric) -> Measure {
        Measure { metric, subject: Subject::Gap }
    }

    /// A citation of a row of the fan.
    pub fn fan(&self, form: Form, measure: Measure, year: i32, columns: &[&str]) -> Citation {
        let (region, year) = (measure.region(self.scenario), year.to_string());
        let row = [("metric", measure.metric.name()), ("region", region.as_str()), ("year", year.as_str())];
        Citation::new(form, Cell::new(&self.file("fan.csv"), &row, columns))
    }

    /// A citation of a question's probability in the last year.
    pub fn probability(&self, form: Form, question: Question) -> Citation {
        let name = question.name(&self.scenario.regions[self.scenario.gap.follow].name);
        let columns: &[&str] = if form == Form::Percent { &["probability"] } else { &PROBABILITY };
        self.asked(form, &name, self.scenario.horizon, columns)
    }

    fn asked(&self, form: Form, question: &str, year: i32, columns: &[&str]) -> Citation {
        let row = [("question", question), ("year", &year.to_string())];
        Citation::new(form, Cell::new(&self.file("probabilities.csv"), &row, columns))
    }

    pub fn derived(&self, form: Form, number: &str, columns: &[&str]) -> Citation {
        Citation::new(form, Cell::new(&self.file(derived::NAME), &[("number", number)], columns))
    }

    fn name(&self, region: usize) -> String {
        wording::short_name(&self.scenario.regions[region].name)
    }

    /// Its title as the user wrote it.
    pub fn short(&self) -> String {
        wording::short_title(&self.scenario.title)
    }

    /// Title of the report and its first sentence.
    pub fn headline(&self, data: &Data) -> (Sentence, Sentence) {
        let Some(outlook) = Outlook::new(self.scenario, self.summary) else {
            let mut pool = Pool::default();
            pool.own([self.scenario.title.clone()]);
            return (pool.sentence(&self.scenario.title, data), Sentence::default());
        };
        let mut pool = Pool::default();
        for question in [Question::WiderAsRatio, Question::WiderInDollars] {
            for form in [Form::SidedShare, Form::Chance, Form::Wider, Form::Widen, Form::Open] {
                pool.cite([self.probability(form, question)]);
            }
        }
        let title = pool.sentence(&wording::gap_title(&outlook), data);
        (title, pool.sentence(&wording::headline(&outlook), data))
    }

    /// The four tiles.
    pub fn tiles(&self, data: &Data, whose: &str) -> Vec<Tile> {
        let Some(outlook) = Outlook::new(self.scenario, self.summary) else { return Vec::new() };
        let (year, base) = (outlook.horizon, outlook.base_year);
        let mut pool = Pool::default();
        let [gap, ratio] = [Metric::Gap, Metric::Ratio].map(Self::measure);
        pool.cite([
            self.fan(Form::Ratio, ratio, year, &["p50"]),
            self.fan(Form::RatioRange, ratio, year, &["p10", "p90"]),
            self.fan(Form::Money, gap, year, &["p50"]),
            self.fan(Form::MoneyRange, gap, year, &["p10", "p90"]),
            self.observed(ratio, base),
            self.observed(gap, base),
        ]);
        let quantiles = |metric| {
            let spread = self.summary.gap(metric, year)?;
            Some([spread.estimate(0.1)?, spread.estimate(0.5)?, spread.estimate(0.9)?])
        };
        let tile = |value: String, label: String, detail: String, questions: [Option<Question>; 2]| {
            let share = |question: Option<Question>| {
                let mut pool = pool.clone();
                pool.cite(question.map(|question| self.probability(Form::Share, question)));
                pool
            };
            Tile {
                value: share(questions[0]).sentence(&value, data),
                label: share(None).sentence(&of_whom(&label, whose), data),
                detail: share(questions[1]).sentence(&detail, data),
            }
        };
        let purse = outlook.purse;
        let stated = |p: &crate::summary::Probability| wording::stated_within(p, true);
        let level = wording::observed_ratio(outlook.ratio.value, outlook.ratio.low, outlook.ratio.high);
        let money = purse.observed_money(outlook.gap.value, outlook.gap.low, outlook.gap.high);
        let mut tiles = Vec::new();
        if let Some([low, median, high]) = quantiles(Metric::Ratio) {
            let detail = format!("80% of paths: {}", wording::ratio_range_within(low, high));
            tiles.push(tile(wording::ratio_within(median), format!("median ratio, {year}"), detail, [None, None]));
        }
        tiles.push(tile(
            stated(&outlook.wider_as_ratio),
            format!("of paths: ratio above about {level}, its level of {base}"),
            format!("gap above {money}: {}", stated(&outlook.wider_in_dollars)),
            [Some(Question::WiderAsRatio), Some(Question::WiderInDollars)],
        ));
        if let Some([low, median, high]) = quantiles(Metric::Gap) {
            let detail = format!("80% of paths: {}", purse.money_range_within(low, high));
            tiles.push(tile(
                purse.money_within(median),
                format!("median gap in {}, {year}", purse.noun()),
                detail,
                [None, None],
            ));
        }
        tiles.push(tile(
            stated(&outlook.follow_ahead),
            format!("of paths: {} ahead in {year}", outlook.follow),
            format!("ahead in some year by then: {}", stated(&outlook.follow_ahead_so_far)),
            [Some(Question::FollowAhead), Some(Question::FollowAheadSoFar)],
        ));
        tiles
    }

    fn observed(&self, measure: Measure, year: i32) -> Citation {
        let form = if measure.metric == Metric::Ratio { Form::ObservedRatio } else { Form::ObservedMoney };
        self.fan(form, measure, year, &["observed", "observed_low", "observed_high"])
    }

    /// Both shares with the levels they are held against: a finding.
    pub fn shares(&self, data: &Data) -> Option<Sentence> {
        let outlook = Outlook::new(self.scenario, self.summary)?;
        let base = self.scenario.base_year;
        let mut pool = Pool::default();
        pool.cite([
            self.probability(Form::Share, Question::WiderAsRatio),
            self.observed(Self::measure(Metric::Ratio), base),
            self.probability(Form::Share, Question::WiderInDollars),
            self.observed(Self::measure(Metric::Gap), base),
        ]);
        let words: String = wording::gap_subtitle(&outlook).into_iter().map(|(words, _)| words).collect();
        Some(pool.sentence(&format!("{words}."), data))
    }

    /// The three-number table.
    pub fn table(&self, data: &Data) -> Table {
        let gap = self.scenario.gap;
        let region = |region| Measure { metric: Metric::Funding, subject: Subject::Region(region) };
        let measures = [region(gap.lead), region(gap.follow), Self::measure(Metric::Gap), Self::measure(Metric::Ratio)];
        let table = story::table(self.scenario, self.summary);
        let wide = table.rows.iter().flat_map(|(_, cells)| cells).any(|cell| cell.ends_with('*'));
        let rows = table.rows.iter().zip(measures).map(|((label, cells), measure)| {
            let cell = |(head, cell): (&String, &String)| {
                let Some(year) = head.get(..4).and_then(|year| year.parse().ok()) else { return Sentence::plain(cell) };
                let form = if measure.metric == Metric::Ratio { Form::MedianRatio } else { Form::MedianMoney };
                let mut pool = Pool::default();
                pool.cite([self.observed(measure, year), self.fan(form, measure, year, &["p50", "p10", "p90"])]);
                pool.sentence(cell, data)
            };
            (label.clone(), table.head.iter().zip(cells).map(cell).collect())
        });
        Table {
            caption: format!(
                "Funding, gap and ratio: observed, then median with the range of 80% of paths ({}).{}",
                self.short(),
                if wide { " An asterisk marks figures that their rounding leaves wide." } else { "" }
            ),
            corner: String::new(),
            rows: rows.collect(),
            head: table.head.clone(),
        }
    }

    /// What the numbers rest on, in paragraphs.
    pub fn paragraphs(&self, data: &Data) -> Vec<Sentence> {
        let base = self.scenario.base_year;
        let ratio = Self::measure(Metric::Ratio);
        let mut pool = Pool::default();
        pool.cite([self.fan(Form::RatioRange, ratio, base, &["observed_low", "observed_high"])]);
        let lead_and_follow = [self.scenario.gap.lead, self.scenario.gap.follow];
        let [lead, follow] = lead_and_follow.map(|region| self.scenario.regions[region].name.as_str());
        for (source, _) in self.scenario.data.other_ratios(lead, follow) {
            pool.cite([self.derived(Form::Ratio, &format!("ratio of {source}"), &["value"])]);
        }
        pool.cite([
            self.derived(Form::PathShare, "dollars and ratio disagree", &["value", "paths"]),
            self.probability(Form::Share, Question::FollowAhead),
            self.probability(Form::Share, Question::FollowAheadSoFar),
            self.derived(Form::PercentWithin, "spread from assumptions", &["value", "error"]),
            self.derived(Form::RestPercent, "spread from assumptions", &["value", "error"]),
            self.probability(Form::Spread, Question::WiderAsRatio),
            self.probability(Form::Spread, Question::WiderInDollars),
        ]);
        for region in [lead, follow] {
            let growth = format!("assumed growth, {region}");
            pool.cite([
                self.derived(Form::PlainLogPercent, &growth, &["value"]),
                self.derived(Form::LogPercent, &growth, &["low"]),
                self.derived(Form::LogPercent, &growth, &["high"]),
            ]);
        }
        for (place, question) in self.scenario.questions.iter().enumerate() {
            pool.own([question.name.clone(), question.that.text.clone()]);
            if let Some(row) = self.summary.question(place).last() {
                pool.cite([
                    self.asked(Form::Share, &question.name, row.year, &PROBABILITY),
                    self.asked(Form::Spread, &question.name, row.year, &PROBABILITY),
                ]);
            }
        }
        for check in &self.scenario.checks {
            pool.own([check.name.clone(), check.that.text.clone()]);
            let cell = Cell::new(&self.file("checks.csv"), &[("check", &check.name)], &["broken", "paths"]);
            pool.cite([Citation::new(Form::PathShare, cell)]);
        }
        pool.own(self.scenario.assumptions.iter().map(|assumption| assumption.value.clone()));
        pool.own(self.scenario.source.clone()).own([self.scenario.data.name.clone()]);
        let paragraphs = story::paragraphs(self.scenario, self.summary);
        // What was asked of the simulation itself stands in the command.
        pool.own(paragraphs.iter().filter(|words| words.starts_with("Precision of ")).cloned());
        pool.own([wording::paths(self.summary.paths)]);
        let sentence = |words: &String| {
            // A spread that two questions share is that of the question the paragraph is about.
            let mut own = Pool::default();
            for question in self.scenario.questions.iter().enumerate() {
                let (place, question) = question;
                if let Some(row) = self.summary.question(place).last().filter(|_| words.starts_with(&question.name)) {
                    own.cite([self.asked(Form::Spread, &question.name, row.year, &PROBABILITY)]);
                }
            }
            own.cite(pool.citations.iter().cloned()).own(pool.own.iter().cloned());
            own.sentence(words.trim_start_matches("* "), data)
        };
        paragraphs.iter().map(sentence).collect()
    }

    /// What the bands leave out, with the sizes that are known.
    pub fn limits(&self, data: &Data) -> Vec<Sentence> {
        let mut pool = Pool::default();
        let anchor = |form, name| self.derived(form, name, &["value"]);
        pool.cite([
            anchor(Form::LogPercent, "first revision of world funding"),
            anchor(Form::LogPercent, "first revision of deals of the latest year"),
            anchor(Form::Figures, "spread of the log ratio over sources"),
            anchor(Form::Percent, "luck of single deals, us"),
            anchor(Form::Percent, "luck of single deals, china"),
        ]);
        let sentences = wording::figures_as_given(self.scenario).into_iter();
        let sentences = sentences.chain(wording::lacks_mean(self.scenario).map(str::to_owned));
        sentences.map(|words| pool.sentence(&words, data)).collect()
    }

    /// What moved the gap in the last observed year.
    pub fn changed(&self, data: &Data) -> Vec<Sentence> {
        let Some(change) = self.summary.decompositions.iter().rfind(|change| !change.simulated) else {
            return Vec::new();
        };
        let years = [change.from, change.to];
        let [gap, ratio] = [Metric::Gap, Metric::Ratio].map(Self::measure);
        let purse = Purse::of(&self.scenario.money);
        let seen = |measure: Measure, year: i32| {
            let it = measure.observed(self.scenario, year)?;
            Some(match measure.metric {
                Metric::Ratio => wording::observed_ratio(it.value, it.low, it.high),
                _ => purse.observed_money(it.value, it.low, it.high),
            })
        };
        let both = |measure| Some([seen(measure, years[0])?, seen(measure, years[1])?]);
        let (Some(gaps), Some(ratios)) = (both(gap), both(ratio)) else { return Vec::new() };
        let sides = [self.scenario.gap.lead, self.scenario.gap.follow];
        let mut pool = Pool::default();
        for measure in [gap, ratio] {
            pool.cite(years.map(|year| self.observed(measure, year)));
        }
        let column = self.scenario.money.column();
        let [from, to] = years.map(|year| year.to_string());
        let mut terms = Vec::new();
        for (place, term) in change.decomposition.terms.iter().enumerate() {
            let region = sides[place / 2];
            let component = ["deals", "deal-size"][place % 2];
            terms.push((format!("{} {}", self.name(region), ["deals", "deal size"][place % 2]), term.dollars));
            let row = [
                ("from", from.as_str()),
                ("to", &to),
                ("side", &self.scenario.regions[region].name),
                ("component", component),
            ];
            let cell = Cell::new(&self.file("decomposition.csv"), &row, &[column.as_str()]);
            pool.cite([Citation::new(Form::Change, cell)]);
        }
        let word = &self.scenario.regions[sides[1]].name;
        pool.cite([self.derived(Form::Percent, &format!("part of {word} in the change of the log ratio"), &["value"])]);
        let moved = wording::LastChange {
            years,
            gap: gaps,
            ratio: ratios,
            terms,
            purse,
            follow: (self.name(sides[1]), derived::share_of_follow(self.summary)),
        };
        wording::moved(&moved).iter().map(|words| pool.sentence(words, data)).collect()
    }

    /// What would have to be true for the gap to close, and how often a path gets there.
    pub fn true_if(&self, data: &Data) -> Vec<Sentence> {
        let Some(outlook) = Outlook::new(self.scenario, self.summary) else { return Vec::new() };
        let (base, horizon) = (outlook.base_year, outlook.horizon);
        let mut pool = Pool::default();
        pool.cite([
            self.derived(Form::Outgrow, "ratio to close", &["low", "high", "years"]),
            self.probability(Form::Share, Question::FollowAheadSoFar),
        ]);
        let mut sentences = Vec::new();
        if outlook.ratio.low > 1.0 {
            let rate = wording::outgrow(outlook.ratio.low, outlook.ratio.high, f64::from(horizon - base));
            let share = wording::stated_within(&outlook.follow_ahead_so_far, true);
            let words = wording::to_match(&outlook.lead, &outlook.follow, [base, horizon], &rate, &share);
            sentences.push(pool.sentence(&words, data));
        }
        let reached = |milestone| self.summary.reached_by(milestone, horizon).map(|it| it.value);
        let named = [Milestone::RatioHalved, Milestone::RatioDoubled];
        if let [Some(halved), Some(doubled)] = named.map(reached)
            && [halved, doubled].iter().all(|share| *share > 0.0 && *share < 1.0)
        {
            let mut pool = Pool::default();
            pool.cite(named.map(|milestone| {
                let row = [("milestone", milestone.name()), ("year", &horizon.to_string())];
                Citation::new(Form::Percent, Cell::new(&self.file("milestones.csv"), &row, &["reached_by"]))
            }));
            let words = wording::ever(base, horizon, &wording::percent(halved), &wording::percent(doubled));
            sentences.push(pool.sentence(&words, data));
        }
        sentences
    }

    /// First and last simulated year in words.
    pub fn span(&self) -> String {
        let observed = years_of_gap(self.scenario).first().copied().unwrap_or(self.scenario.base_year);
        format!(
            "figures {observed}–{}, simulated {}–{}",
            self.scenario.base_year,
            self.scenario.base_year + 1,
            self.scenario.horizon
        )
    }
}
