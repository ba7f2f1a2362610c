//! What departs from the growth models of a region beside multiplying: limits, whole deals, luck of single deals, money.

use crate::counting::logs_of_counts;
use crate::engine::deals::{Law, funding_and_size};
use crate::engine::luck::Layer;
use crate::engine::plan::{Plan, PlannedRegion};
use crate::engine::region::LN_1000;
use crate::engine::yearly::When;
use crate::special;

use super::{Block, Extras, beyond, noise};

impl Block {
    /// What departs from the models of a region beside multiplying: limits, whole deals, luck of single deals, money.
    pub(super) fn depart(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        if plan.details[place].leaves_models_alone() {
            return;
        }
        self.limit(plan, place, index, when);
        self.count_deals(plan, place, index, when);
        self.add_noise(plan, place, index, when);
        self.add_money(plan, place, index, when);
        let region = &self.regions[place];
        self.suspect |= beyond(region.funding(index))
            | region.deals(index).is_some_and(beyond)
            | region.deal_size(index).is_some_and(beyond);
    }

    /// Floors and caps; the identity holds on, a limit on deals or deal size moving funding, one on funding the size.
    fn limit(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let rows = self.rows();
        let [on_deals, on_size, on_funding] = &plan.details[place].limits;
        let columns = &mut self.regions[place];
        for (limits, of_size) in [(on_deals, false), (on_size, true)] {
            if !limits.is_empty() {
                let (n, s, f) = columns.all();
                let column = if of_size { s } else { n }.year_mut(index, rows);
                let before = column.to_vec();
                self.departures.limit(plan, &self.assumptions, limits.iter(), when, column);
                for ((funding, now), before) in f.year_mut(index, rows).iter_mut().zip(column).zip(before) {
                    *funding += *now - before;
                }
            }
        }
        if !on_funding.is_empty() {
            let column = columns.funding.year_mut(index, rows);
            let before = column.to_vec();
            self.departures.limit(plan, &self.assumptions, on_funding.iter(), when, column);
            if let Some(size) = &mut columns.deal_size {
                for ((size, now), before) in size.year_mut(index, rows).iter_mut().zip(column).zip(before) {
                    *size += *now - before;
                }
            }
        }
    }

    /// Whole numbers of deals, and their sum if they are drawn one by one.
    fn count_deals(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let Some(counting) = &plan.details[place].counting else { return };
        let (rows, draws) = (self.rows(), self.draws);
        let numbers = self.luck.of(Layer::Process);
        let Extras { counts, whole, means, .. } = &mut self.extras[place];
        let uniforms = counts.as_mut().expect("a counted region has its numbers").of_year(numbers, when);
        let law = counting.count.map(|id| self.assumptions.column(*id, draws));
        let total_is_modelled = matches!(plan.regions[place], PlannedRegion::DealsAndFunding { .. });
        let columns = &mut self.regions[place];
        let one_by_one = &mut columns.one_by_one;
        let (n, s, f) = (columns.deals.as_mut(), columns.deal_size.as_mut(), &mut columns.funding);
        let (Some(n), Some(s)) = (n, s) else { unreachable!("only regions with deals count them") };
        let (n, s, f) = (n.year_mut(index, rows), s.year_mut(index, rows), f.year_mut(index, rows));
        whole[..rows].copy_from_slice(uniforms);
        special::normals(&mut whole[..rows]);
        for half in [0..draws, draws..rows] {
            let (uniforms, n) = (&uniforms[half.clone()], &n[half.clone()]);
            law.quantiles(uniforms, n, &mut means[half.clone()], &mut whole[half]);
        }
        logs_of_counts(&whole[..rows], n);
        let Some((sizes, tail_share, [spacings, body])) = &counting.sizes else {
            for ((n, s), f) in n.iter().zip(s).zip(f) {
                if *n == f64::NEG_INFINITY {
                    (*s, *f) = (f64::NAN, f64::NEG_INFINITY);
                } else if total_is_modelled {
                    *s = *f - n + LN_1000;
                } else {
                    *f = n + *s - LN_1000;
                }
            }
            return;
        };
        let law = Law {
            sigma: self.assumptions.column(sizes.sigma, draws),
            tail_share: *tail_share,
            cap: sizes.cap.map(|id| self.assumptions.column(id, draws)),
            spacings: *spacings,
            body: *body,
        };
        let out = &mut one_by_one.as_mut().expect("planned with its columns").years[index];
        let drawing = self.one_by_one.as_mut().expect("planned with its columns");
        drawing.draw(&law, (numbers, when), &whole[..rows], s, out, f);
        funding_and_size(n, s, f);
    }

    /// The luck of single deals in a total that is not made of them.
    fn add_noise(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let Some((_, sd)) = plan.details[place].sampling else { return };
        let rows = self.rows();
        let extras = &mut self.extras[place];
        let sampling = extras.sampling.as_mut().expect("planned with its numbers");
        let uniforms = sampling.of_year(self.luck.of(Layer::Process), when);
        noise(uniforms, self.assumptions.column(sd, self.draws), &mut extras.noise[..rows]);
        let columns = &mut self.regions[place];
        let sizes = columns.deal_size.as_mut().map(|columns| columns.year_mut(index, rows));
        let funding = columns.funding.year_mut(index, rows);
        for column in std::iter::once(funding).chain(sizes) {
            column.iter_mut().zip(extras.noise.iter()).for_each(|(log, noise)| *log += noise);
        }
    }

    /// Money that events add on top of what deals make.
    fn add_money(&mut self, plan: &Plan, place: usize, index: usize, when: When) {
        let details = &plan.details[place];
        if details.adds.is_empty() {
            return;
        }
        let rows = self.rows();
        let sum = &mut self.extras[place].added[..rows];
        sum.fill(0.0);
        for event in &details.adds {
            self.departures.add_money(&self.assumptions, &plan.events[*event], *event, when, sum);
        }
        let columns = &mut self.regions[place];
        let added = columns.added.as_mut().expect("planned with its column").year_mut(index, rows);
        for ((funding, added), sum) in columns.funding.year_mut(index, rows).iter_mut().zip(added).zip(sum) {
            *added = 0.0;
            if *sum > 0.0 {
                let made = *funding;
                *funding = log_of(special::exp(made) + *sum);
                *added = *funding - made;
            }
        }
    }
}

/// `ln x`, with −∞ for nothing.
fn log_of(value: f64) -> f64 {
    if value > 0.0 { special::ln(value) } else { f64::NEG_INFINITY }
}
