//! Numbers into words: the one room that formats figures and forms sentences, for charts, terminal, summary and report.
//!
//! A sentence is a [`Text`] in pieces, and each number in it names its [`Citation`]: the [`Cited`] value that wrote it
//! knows its cell, so that text and cell cannot disagree. A number is rounded once, here. What is simulated has two
//! significant figures and no digit below its simulation error; what is observed has the digits of its source, and never
//! more than its rounding interval carries.

// It draws its numbers with `rand`.
#[cfg(all(test, feature = "rand"))]
mod any_number;
mod backtest;
mod basis;
mod beside;
mod causes;
mod chance;
mod change;
mod cited;
mod columns;
mod command;
pub mod comparison;
mod comparison_story;
pub mod derived;
mod differing;
mod digits;
mod discover;
mod effect;
mod event_words;
mod explained;
mod figure;
mod fit;
mod form;
pub mod glossary;
mod goal;
mod input_values;
mod lookup;
mod money_unit;
mod moved;
mod near;
mod next;
pub mod note;
mod number;
mod outliers;
mod outlook;
mod paired;
mod paragraphs;
mod points;
mod precision;
mod scenarios_title;
mod score;
mod seek;
mod sensitivity;
mod share;
mod story;
mod sweep;
mod table;
mod terms;
mod text;
pub mod tiles;
mod times;
mod title;
mod update;
mod what_if;

pub use crate::scenario::{long_name, readable, short_name, short_title};
pub use backtest::{back_test_basis, back_test_finding, back_test_story, back_test_table};
pub use basis::{figures_as_given, funding_name, lacks_mean, layer, money_note, rests_on};
pub use causes::{MainPart, PARTS, cause, causes, main_parts};
pub use chance::Chance;
pub use change::{RoundedChange, rounded_change};
pub use cited::{Cited, Hits};
pub use command::{command, in_quotes, quoted};
pub use comparison_story::comparison_story;
pub use digits::{
    ROUGH, count_range_within, count_within, figures, median_ratio_within, money_range_short_within,
    money_range_within, money_within, percent_within, ratio_range_within, ratio_within, together,
};
pub use discover::{
    box_title, discover_basis, discover_finding, discover_story, discover_table, discovered_condition, last_year,
    rule_input, takes, trajectory_title,
};
pub use effect::{effect, effect_verb, effect_with_range};
pub use event_words::When;
pub use explained::{all_terms, explained, explained_names, glossary_entries};
pub use figure::{
    back_test_title, deals_title, futures_title, histogram_title, shares_title, sweep_title, tornado_title,
};
pub use fit::{fit_basis, fit_finding, fit_story, fit_table, fit_title};
pub use form::{Form, PROBABILITY, Values};
pub use goal::{capital, input_name, metric_name, target_words};
pub use input_values::input_value_at;
pub use lookup::{ChangeTerm, LastChange, Lookup, assumed_growth, of_gap, other_ratios};
pub use money_unit::MoneyUnit;
pub use moved::{Moved, Mover, decomposition_title, mover};
pub use next::{for_a_shell, half_as_wide, open_goal, round_range, tipping_goal};
pub use number::paths;
pub use number::{
    about_count, assumed_value, count, count_or_decimal, fixed, input_value, outgrow, percent, percent_change,
    significant, whole_points,
};
pub use outliers::outliers;
pub use outlook::Outlook;
pub use paired::{Pair, effect_sentence, effect_title, gap_sentence, share_moved};
pub use paragraphs::{STAR, broken_checks, caveats, is_implausible, paragraphs};
pub use points::{Split, log_points, percentage_points};
pub use precision::{precision, stated_precision};
pub use scenarios_title::{NamedMedian, attribution_title, multiples_title};
pub use score::{outturn_title, score_basis, score_paragraphs, score_rows, score_story, score_title};
pub use seek::{
    alone_title, frontier_head, frontier_rows, frontier_title, one_thing_at_a_time, seek_basis, seek_finding,
    seek_story, seek_title,
};
pub use sensitivity::{
    player_cell, player_words, sensitivity_basis, sensitivity_finding, sensitivity_finding_beside, sensitivity_story,
    sensitivity_tables, share_texts, shares_words, target_head, tornado_words, variance_of_run, variance_words,
};
pub use share::{percent_of_paths, probability, share_of_paths, spread_of_share, stated, stated_within};
pub use story::{by_source, finding, story};
pub use sweep::{SweepTable, sweep_basis, sweep_chart_title, sweep_finding, sweep_story, sweep_tables};
pub use table::{Table, table, years_of_gap};
pub use terms::{TERMS, Term};
pub use text::{Citation, NamedCells, Piece, Text};
pub use times::{observed_ratio, ratio, ratio_axis, ratio_range};
pub use title::{funding_title, gap_subtitle, gap_title, headline, probability_title, sources_title};
pub use update::{update_paragraphs, update_story};
pub use what_if::what_if_title;
