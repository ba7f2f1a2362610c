//! Sentences that only a note has: what moved the gap in the last observed year, what would have to be true, and where
//! the spread comes from.

use crate::engine::Layer;
use crate::metric::{Metric, Milestone};
use crate::scenario::short_name;

use super::lookup::{ChangeTerm, LastChange, Lookup, of_gap};
use super::money_unit::MoneyUnit;
use super::outlook::Outlook;
use super::text::Text;

/// What moved the gap in the last observed year; empty where nothing is observed before it.
#[must_use]
pub fn moved(run: Lookup) -> Vec<Text> {
    let money = MoneyUnit::of(run.scenario.money());
    let Some(LastChange { years: [from, to], terms }) = run.last_change() else { return Vec::new() };
    let gap = |year| Some(run.observed(of_gap(Metric::Gap), year)?.money(money));
    let ratio = |year| Some(run.observed(of_gap(Metric::Ratio), year)?.ratio());
    let (Some(gaps), Some(ratios)) = (gap(from).zip(gap(to)), ratio(from).zip(ratio(to))) else { return Vec::new() };
    let name = |region: usize| short_name(run.scenario.regions()[region].name());
    let levels = Text::from(format!("From {from} to {to} the gap went from ")) + gaps.0 + " to " + gaps.1;
    let levels = levels + ", the ratio from " + ratios.0 + " to " + ratios.1 + ".";
    let terms = terms.iter().map(|ChangeTerm { region, component, amount }| {
        Text::from(format!("{} {} ", name(*region), component.replace('-', " "))) + amount.change(money)
    });
    let moved = format!("What moved the {} (the terms add up before rounding): ", money.noun());
    let mut sentences = vec![levels, Text::from(moved) + Text::joined(terms, ", ") + "."];
    if let Some(share) = run.share_of_follow() {
        let follow = name(run.scenario.gap().follow());
        sentences.push(Text::from("Of the ratio’s change, in logs, ") + share.percent() + format!(" is {follow}’s."));
    }
    sentences
}

/// What it takes to match the lead by the horizon, and how often the ratio halves or doubles on the way.
#[must_use]
pub fn true_if(run: Lookup) -> Vec<Text> {
    let Some(outlook) = Outlook::new(run.scenario, run.summary) else { return Vec::new() };
    let Outlook { lead, follow, base_year, horizon, .. } = &outlook;
    let mut sentences = Vec::new();
    if let Some(rate) = run.to_close().filter(|it| it.value[0] > 1.0) {
        let match_lead = format!("To match {lead} funding in {horizon}, that of {follow} would have to outgrow it by ");
        let ahead = format!(" in every year after {base_year}; {follow} is ahead in some year in ");
        let share = outlook.follow_ahead_so_far.share();
        sentences.push(Text::from(match_lead) + rate.outgrow() + ahead + share + " of paths.");
    }
    if let [Some(halved), Some(doubled)] = [Milestone::RatioHalved, Milestone::RatioDoubled].map(|it| run.reached(it))
        && [&halved, &doubled].iter().all(|share| share.value > 0.0 && share.value < 1.0)
    {
        let some = format!("At some point by {horizon} the ratio is at half of its {base_year} level or below in ");
        sentences
            .push(Text::from(some) + halved.percent() + " of paths, at twice or above in " + doubled.percent() + ".");
    }
    sentences
}

/// What the shares of the spread mean for what one can know; nothing where the assumptions' share says nothing.
#[must_use]
pub fn rest_of_ratio(run: Lookup) -> Option<Text> {
    // As everywhere, a run without an observed gap says nothing of its ratio.
    Outlook::new(run.scenario, run.summary)?;
    let share = run.share_from_assumptions().filter(|it| it.value.value > 2.0 * it.value.error)?;
    let settled = Text::from("Even with every assumption settled, ") + share.rest();
    Some(settled + " of the ratio’s spread (in logs) would remain: it is luck.")
}

/// Where the spread of the ratio at the horizon comes from: each layer of chance with its share alone and with the
/// others; empty where only one layer is left to chance.
#[must_use]
pub fn layers_of_spread(run: Lookup) -> Vec<(Layer, [Text; 2])> {
    let found = run.layers();
    if found.len() < 2 {
        return Vec::new();
    }
    found.into_iter().map(|(layer, shares)| (layer, shares.map(|share| share.clear_percent().into()))).collect()
}
