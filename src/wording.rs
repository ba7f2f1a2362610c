//! Numbers into words: the one room that formats figures and forms sentences, for charts, terminal and summary alike.
//!
//! A number is rounded once, here. What is simulated has two significant figures and no digit below its simulation
//! error; what is observed has the digits of its source, and never more than its rounding interval carries.

mod basis;
mod chance;
mod command;
mod compare;
pub mod comparison;
mod digits;
mod figure;
mod note;
mod number;
mod purse;
pub mod story;
mod title;

pub use crate::scenario::{long_name, readable, short_name, short_title};
pub use basis::{figures_as_given, lacks_mean, layer, rests_on, spread_of_share};
pub use chance::Chance;
pub use command::command;
pub use compare::{
    Split, attribution_title, effect_sentence, effect_title, effect_with_range, gap_sentence, input_words,
    inputs_in_brief, log_points, multiples_title, percentage_points, share_moved,
};
pub use digits::{
    ROUGH, figures, money_range_short_within, money_range_within, money_within, percent_within, precision, probability,
    ratio_range_within, ratio_within, stated_precision, stated_within,
};
pub use figure::{
    Moved, back_test_title, deals, deals_title, decomposition_title, fixed, futures_title, histogram_title,
    mean_decomposition_title, shares_title, sweep_title, tornado_title,
};
pub use number::{
    count, count_or_decimal, effect, observed_ratio, percent, percent_change, percent_of_paths, ratio, ratio_axis,
    ratio_range, share_of_paths, significant, stated,
};
pub use purse::Purse;
pub use title::{
    Outlook, funding_title, gap_subtitle, gap_title, headline, median_ratio, median_ratio_within, paths,
    probability_title, sources_title,
};

pub use compare::{effect_verb, whole_points};
pub use note::{LastChange, ever, moved, outgrow, rest_of_ratio, to_match};
