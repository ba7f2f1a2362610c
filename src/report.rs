//! Reports: one run, a comparison or several runs as a page to send and a note to paste.
//!
//! Texts come from the wording room, and each number in them with its cell; the page carries the tables, so that
//! [`check`] can hold every number, rounding and word of direction against them again.

mod answer_md;
pub mod check;
pub mod comparison_md;
pub mod data;
pub mod derived;
#[cfg(feature = "docx")]
pub mod docx;
mod entry;
pub mod figures;
mod first_page;
pub mod history_md;
mod html;
mod inputs;
mod labels;
mod leads;
mod mark;
mod markdown;
mod numbers;
mod page;
mod questions;
pub mod score_md;
mod sections;
pub mod seek_md;
pub mod sensitivity_md;
pub mod summary_md;
mod what_if;

use crate::data::BuiltIn;
use crate::measure::Companion;
use crate::scenario::Scenario;
use crate::summary::Summary;
use crate::table::{Cell, sha256};
use crate::wording::{Piece, Text};

use crate::chart::Chart;
use crate::study::{Comparison, Findings};
use data::Data;
use figures::Figure;

pub use crate::wording::tiles::Tile;
pub use first_page::FirstPage;
pub use html::{Extent, MOST_BYTES, html};
pub use markdown::{MARK, markdown};
pub use page::report;
pub use questions::is_of_a_question;
pub use what_if::{ENGINE, WhatIfPage, is_what_if_page, keep_keys_of_packs, recipe_of_page, what_if_page};

/// A scenario with what its paths say and its own tables.
#[derive(Clone, Debug)]
pub struct Part {
    /// The scenario that was simulated.
    pub scenario: Scenario,
    /// What its paths say.
    pub summary: Summary,
    /// Tables of the run.
    pub tables: Vec<crate::table::Table>,
    /// Its charts by name; none in a comparison, which has its own.
    pub charts: Vec<(String, Chart)>,
}

/// What a report is made from.
#[derive(Clone, Debug)]
pub struct Material {
    /// Its scenarios, the baseline first.
    pub parts: Vec<Part>,
    /// What they are held against each other by, its tables and its charts.
    pub comparison: Option<(Comparison, Vec<crate::table::Table>)>,
    /// Questions that were asked of the first scenario backwards.
    pub questions: Vec<Findings>,
    /// Where each run comes from.
    pub origins: Vec<Origin>,
    /// The command that makes the first scenario of a comparison by itself.
    pub by_itself: Option<String>,
}

/// How a run is made again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Command that made it.
    pub command: String,
    /// The version that made it.
    pub version: String,
    /// Names of the texts it was made from, with their sha256.
    pub inputs: Vec<(String, String)>,
    /// The sha256 of its manifest.
    pub manifest: String,
}

/// A table in prose: every cell a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// What the table shows.
    pub caption: String,
    /// Head of the first column.
    pub corner: String,
    /// Heads of the others.
    pub head: Vec<String>,
    /// Label and cells.
    pub rows: Vec<(String, Vec<Text>)>,
}

/// An input as a reader judges it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Address of the input.
    pub address: String,
    /// Unit of its values.
    pub unit: String,
    /// Its value in the first scenario; none if it has no such input.
    pub first: Option<String>,
    /// Its value in each other scenario; none where it is the same.
    pub others: Vec<Option<String>>,
    /// Its source and reason, and those of scenarios that change it, each with the name of its scenario where they
    /// differ.
    pub reasons: Vec<(Option<String>, String)>,
    /// Who set it, each place once.
    pub set_by: Vec<String>,
}

impl Input {
    /// Its address in parts, between which a narrow cell may break it.
    #[must_use]
    pub fn parts(&self) -> Vec<&str> {
        self.address.split_inclusive(['.', '-']).collect()
    }

    /// Whether another scenario changes it.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.others.iter().any(Option::is_some)
    }
}

/// A report in parts, before it is a page or a note.
#[derive(Clone, Debug)]
pub struct Report {
    /// The finding, as the title.
    pub title: Text,
    /// The finding in full.
    pub lead: Vec<Text>,
    /// Scenario, span and paths.
    pub run_line: String,
    /// Four numbers to begin with.
    pub tiles: Vec<Tile>,
    /// What else stands on the first page.
    pub first: FirstPage,
    /// Findings beside those of the first page, each with the figure that shows it.
    pub findings: Vec<(Text, Option<usize>)>,
    /// The three-number table, or each scenario with its effect.
    pub tables: Vec<Table>,
    /// Figures in order.
    pub figures: Vec<Figure>,
    /// What differs from the baseline.
    pub inputs_changed: Vec<Text>,
    /// What moved the gap in the last observed year.
    pub changed: Vec<Text>,
    /// What drives the answer.
    pub drives: Vec<Text>,
    /// What the futures share that were asked about.
    pub shared: Vec<Text>,
    /// Where the spread comes from.
    pub layers: Option<Table>,
    /// What would have to be true.
    pub true_if: Vec<Text>,
    /// What would have to be true, one thing at a time.
    pub true_tables: Vec<Table>,
    /// What the numbers rest on.
    pub rests: Vec<Text>,
    /// What the bands leave out.
    pub limits: Vec<Text>,
    /// Titles of the scenarios.
    pub names: Vec<String>,
    /// Every input of the scenarios.
    pub inputs: Vec<Input>,
    /// Sources with their editions.
    pub sources: Vec<String>,
    /// How to make it again.
    pub origins: Vec<Origin>,
    /// Which scenarios have no figure of their own, if some have none.
    pub without_own: Option<String>,
    /// Whether its scenarios were compared.
    pub compared: bool,
    /// The command that makes the first scenario of a comparison by itself.
    pub by_itself: Option<String>,
    /// What is not counted as funding.
    pub not_counted: &'static str,
    /// The page beside it on which the first scenario can be changed.
    pub what_if: Option<String>,
    /// The tables it cites.
    pub data: Data,
}

impl Report {
    /// Every sentence of the report.
    pub fn sentences(&self) -> impl Iterator<Item = &Text> {
        let tiles = self.tiles.iter().flat_map(|tile| [&tile.value, &tile.label, &tile.detail]);
        let all = self.tables.iter().chain(&self.true_tables).chain(&self.layers);
        let tables = all.flat_map(|table| table.rows.iter().flat_map(|row| &row.1));
        let answers = [&self.drives, &self.shared, &self.true_if];
        let lists =
            [&self.lead, &self.inputs_changed, &self.changed, &self.rests, &self.limits].into_iter().chain(answers);
        std::iter::once(&self.title)
            .chain(self.first.sentences())
            .chain(tiles)
            .chain(self.findings.iter().map(|(finding, _)| finding))
            .chain(tables)
            .chain(lists.flatten())
    }

    /// Numbers that no cell explains, each with its sentence: there are none, because sentences are made with their cells.
    #[must_use]
    pub fn untraced(&self) -> Vec<(String, String)> {
        let of = |text: &Text| {
            let whole = text.text();
            check::untraced(text).into_iter().map(move |number| (number, whole.clone()))
        };
        self.sentences().flat_map(of).collect()
    }

    /// Numbers and words of direction that are not what their cell says, each with its sentence and why.
    #[must_use]
    pub fn disagreements(&self) -> Vec<String> {
        let all = self.sentences().flat_map(|text| text.pieces().iter().map(move |piece| (text, piece)));
        let wrong = all.filter_map(|(whole, piece)| {
            let Piece::Cited { text, citation } = piece else { return None };
            data::disagreement(text, citation, &self.data).map(|why| format!("“{whole}”: {why}"))
        });
        wrong.collect()
    }

    /// Every cell that a sentence cites.
    #[must_use]
    pub fn cells(&self) -> Vec<&Cell> {
        let pieces = self.sentences().flat_map(Text::pieces);
        let cited = pieces.filter_map(|piece| match piece {
            Piece::Cited { citation, .. } => Some(&citation.cell),
            _ => None,
        });
        cited.collect()
    }

    /// Figures of a section.
    pub fn of_section<'a>(&'a self, section: &'a str) -> impl Iterator<Item = &'a Figure> {
        self.figures.iter().filter(move |figure| figure.section == section)
    }

    /// Which scenarios the report is about, as a short hash of their titles: reports of the same ones may replace each other.
    #[must_use]
    pub fn runs(&self) -> String {
        sha256(self.names.join("\n").as_bytes())[..16].to_owned()
    }

    /// The figure of a name.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.name == name)
    }
}

/// The method in one paragraph.
pub const METHOD: &str = "Deals and mean deal size of each side are simulated year by year from the last observed figures, \
    and funding is their product. By default each is a random walk in logs: an assumed growth, itself uncertain, plus \
    yearly shocks that are correlated between the series. Events and jumps multiply the level beside the trend. So few \
    years of figures say little about growth, so growth is an assumption with a spread and not an estimate. Two paths \
    share each draw of the assumptions and differ in luck, which tells the two kinds of uncertainty apart. Gap and ratio \
    are computed on every path, and their medians and bands are taken over paths; a band holds that share of the paths in \
    any one year, not over all years. Scenarios that are compared meet the same random numbers, so that their difference is \
    the assumption and not the dice.";

/// What is not counted as funding, and whether a scenario counts it beside.
#[must_use]
pub fn not_counted<'a>(scenarios: impl IntoIterator<Item = &'a Scenario>) -> &'static str {
    let beside = |scenario: &&Scenario| {
        scenario.regions().iter().any(|region| region.companion(Companion::SpendingOutside).is_some())
    };
    let scenarios: Vec<&Scenario> = scenarios.into_iter().collect();
    if !scenarios.iter().all(|scenario| BuiltIn::named(&scenario.data().name).is_some()) {
        "What the figures count is what their source counts; aigap knows nothing else of them."
    } else if scenarios.iter().any(beside) {
        "Funding is venture and private rounds alone; state funds and companies’ own spending stand beside it only where the \
         words say so."
    } else {
        "Not counted: state funds and companies’ own spending; the figures are venture and private rounds."
    }
}

/// What every number is.
pub const STATUS: &str = "Projection under stated assumptions, not a forecast.";
