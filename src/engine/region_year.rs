//! What departs from the growth models of a region beside multiplying: limits, whole deals, luck of single deals, money.

use crate::counting::logs_of_counts;
use crate::special;

use super::correlate::together;
use super::deals::{Law, OneByOne, funding_and_size};
use super::departures::Departures;
use super::draws::Draws;
use super::logs::{LN_1000, beyond};
use super::plan::{Plan, PlannedRegion, Together};
use super::region::RegionColumns;
use super::scratch::{RegionScratch, noise};
use super::stream::{Stream, When};

/// One region in one year, after its models have moved.
pub(super) struct RegionYear<'a> {
    pub plan: &'a Plan,
    /// Position of the region.
    pub place: usize,
    /// The year, from 0.
    pub index: usize,
    pub when: When,
    pub luck: &'a Stream,
    pub assumptions: &'a Draws,
    pub departures: &'a Departures,
    pub columns: &'a mut RegionColumns,
    pub scratch: &'a mut RegionScratch,
}

impl RegionYear<'_> {
    /// Applies all departures; whether any log has left the range of numbers.
    pub(crate) fn depart(&mut self, one_by_one: Option<&mut OneByOne>) -> bool {
        self.limit();
        self.count_deals(one_by_one);
        self.add_noise();
        self.add_transient();
        self.add_money();
        let (region, index) = (&*self.columns, self.index);
        beyond(region.funding(index))
            | region.deals(index).is_some_and(beyond)
            | region.deal_size(index).is_some_and(beyond)
    }

    fn rows(&self) -> usize {
        2 * self.when.draws
    }

    /// Floors and caps; the identity holds on, a limit on deals or deal size moving funding, one on funding the size.
    fn limit(&mut self) {
        let (plan, index, when, rows) = (self.plan, self.index, self.when, self.rows());
        let [on_deals, on_size, on_funding] = &plan.details[self.place].limits;
        let columns = &mut *self.columns;
        for (limits, of_size) in [(on_deals, false), (on_size, true)] {
            if !limits.is_empty() {
                let (n, s, f) = columns.all();
                let column = if of_size { s } else { n }.year_mut(index, rows);
                let before = column.to_vec();
                self.departures.limit(plan, self.assumptions, limits.iter(), when, column);
                for ((funding, now), before) in f.year_mut(index, rows).iter_mut().zip(column).zip(before) {
                    *funding += *now - before;
                }
            }
        }
        if !on_funding.is_empty() {
            let column = columns.funding.year_mut(index, rows);
            let before = column.to_vec();
            self.departures.limit(plan, self.assumptions, on_funding.iter(), when, column);
            if let Some(size) = &mut columns.deal_size {
                for ((size, now), before) in size.year_mut(index, rows).iter_mut().zip(column).zip(before) {
                    *size += *now - before;
                }
            }
        }
    }

    /// Whole numbers of deals, and their sum if they are drawn one by one.
    fn count_deals(&mut self, one_by_one: Option<&mut OneByOne>) {
        let (plan, index, when, rows) = (self.plan, self.index, self.when, self.rows());
        let Some(counting) = &plan.details[self.place].counting else { return };
        let draws = when.draws;
        let RegionScratch { counts, whole, means, .. } = &mut *self.scratch;
        let uniforms = counts.as_mut().expect("a counted region has its numbers").of_year(self.luck, when);
        let law = counting.count.map(|id| self.assumptions.column(*id, draws));
        let total_is_modelled = matches!(plan.regions[self.place], PlannedRegion::DealsAndFunding { .. });
        let columns = &mut *self.columns;
        let single = &mut columns.one_by_one;
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
        let Some(sizes) = &counting.sizes else {
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
            sigma: self.assumptions.column(sizes.law.sigma, draws),
            tail_share: sizes.tail_share,
            cap: sizes.law.cap.map(|id| self.assumptions.column(id, draws)),
            spacings: sizes.spacings,
            body: sizes.body,
        };
        let out = single.as_mut().expect("planned with its columns").year_mut(index);
        let drawing = one_by_one.expect("planned with its columns");
        drawing.draw(&law, (self.luck.uniforms, when), &whole[..rows], s, out, f);
        funding_and_size(n, s, f);
    }

    /// The luck of single deals in a total that is not made of them.
    fn add_noise(&mut self) {
        let (index, when, rows) = (self.index, self.when, self.rows());
        let Some((_, sd)) = self.plan.details[self.place].sampling else { return };
        let scratch = &mut *self.scratch;
        let sampling = scratch.sampling.as_mut().expect("planned with its numbers");
        let uniforms = sampling.of_year(self.luck, when);
        noise(uniforms, self.assumptions.column(sd, when.draws), &mut scratch.noise[..rows]);
        let columns = &mut *self.columns;
        let sizes = columns.deal_size.as_mut().map(|columns| columns.year_mut(index, rows));
        let funding = columns.funding.year_mut(index, rows);
        for column in std::iter::once(funding).chain(sizes) {
            column.iter_mut().zip(scratch.noise.iter()).for_each(|(log, noise)| *log += noise);
        }
    }

    /// Noise of funding that does not stay: it is on the year's total and not in the level behind it.
    fn add_transient(&mut self) {
        let (index, when, rows) = (self.index, self.when, self.rows());
        let Some(planned) = &self.plan.details[self.place].transient else { return };
        let RegionScratch { transient, other_noise, noise, .. } = &mut *self.scratch;
        let [own, other] = transient.as_mut().expect("planned with its numbers");
        let (noise, other_noise) = (&mut noise[..rows], &mut other_noise[..rows]);
        noise.copy_from_slice(own.of_year(self.luck, when));
        special::normals(noise);
        if let Some((_, correlation)) = planned.with {
            other_noise.copy_from_slice(other.of_year(self.luck, when));
            special::normals(other_noise);
            match correlation {
                Together::Certain(rho) => together(&vec![rho; when.draws], other_noise, noise),
                Together::Drawn(id) => together(self.assumptions.column(id, when.draws), other_noise, noise),
            }
        }
        let sd = self.assumptions.column(planned.sd, when.draws);
        let funding = self.columns.funding.year_mut(index, rows);
        for (funding, noise) in funding.chunks_mut(when.draws).zip(noise.chunks(when.draws)) {
            funding.iter_mut().zip(noise).zip(sd).for_each(|((log, noise), sd)| *log += sd * noise);
        }
    }

    /// Money that events add on top of what deals make.
    fn add_money(&mut self) {
        let (plan, index, when, rows) = (self.plan, self.index, self.when, self.rows());
        let details = &plan.details[self.place];
        if details.adds.is_empty() {
            return;
        }
        let sum = &mut self.scratch.added[..rows];
        sum.fill(0.0);
        for event in &details.adds {
            self.departures.add_money(self.assumptions, &plan.events[*event], *event, when, sum);
        }
        let columns = &mut *self.columns;
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
