//! The colours of a map: which answers they reach from and to, and how strong the tint of each is on its side of the line.

use super::{SweepAnswer, SweepScale};

/// Weakest tint of an answer that is not on the line itself: either side is told from the other at a glance.
const WEAKEST: f64 = 0.18;
/// Weakest tint of answers that all lie on one side, and far from the line.
const WEAKEST_OF_ONE_SIDE: f64 = 0.3;
/// How far the line may lie outside of the answers, as a share of their width, for the colours still to begin at it.
const NEAR: f64 = 0.5;

impl SweepAnswer {
    /// Place of an answer on the scale of the colours: the log of a ratio, anything else as it is.
    fn place(&self, value: f64) -> f64 {
        match self.scale {
            SweepScale::Ratio => libm::log10(value.max(1e-9)),
            _ => value,
        }
    }

    fn value(&self, place: f64) -> f64 {
        match self.scale {
            SweepScale::Ratio => libm::pow(10.0, place),
            _ => place,
        }
    }

    /// Whether the colours begin at the line, because answers lie on both sides of it or near to it.
    fn is_within(&self) -> bool {
        let (low, high, level) = (self.place(self.ends.0), self.place(self.ends.1), self.place(self.level));
        let near = NEAR * (high - low);
        low - near <= level && level <= high + near
    }

    /// First and last answer of the ramp: those of the map, and the line where it is near.
    pub(super) fn reach(&self) -> (f64, f64) {
        let (low, high) = self.ends;
        let (low, high) = if self.is_within() { (low.min(self.level), high.max(self.level)) } else { (low, high) };
        if high > low { (low, high) } else { (self.value(self.place(low) - 0.05), self.value(self.place(low) + 0.05)) }
    }

    /// Where an answer stands on the ramp, from 0 at its lowest to 1.
    pub(super) fn share(&self, value: f64) -> f64 {
        let (low, high) = self.reach();
        let (low, high) = (self.place(low), self.place(high));
        (self.place(value) - low) / (high - low)
    }

    /// The answer that stands at a share of the ramp.
    pub(super) fn at(&self, share: f64) -> f64 {
        let (low, high) = self.reach();
        let (low, high) = (self.place(low), self.place(high));
        self.value(low + share * (high - low))
    }

    /// Side of the line and strength of the colour there: from −1, as far below it as answers go, over 0, on it, to 1.
    pub(super) fn tint(&self, value: f64) -> f64 {
        let off = self.place(value) - self.place(self.level);
        if off == 0.0 || off.is_nan() {
            return 0.0;
        }
        let (low, high) = self.reach();
        let far = [low, high].map(|end| (self.place(end) - self.place(self.level)).abs());
        let (near, far) = (far[0].min(far[1]), far[0].max(far[1]));
        let (weakest, from) = if self.is_within() { (WEAKEST, 0.0) } else { (WEAKEST_OF_ONE_SIDE, near) };
        let share = ((off.abs() - from) / (far - from).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
        off.signum() * (weakest + (1.0 - weakest) * share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(ends: (f64, f64), level: f64) -> SweepAnswer {
        SweepAnswer { scale: SweepScale::Ratio, level, mark: String::new(), ends }
    }

    #[test]
    fn sides_are_told_apart_next_to_the_line_and_the_farthest_answer_has_the_full_colour() {
        let near = ratio((14.0, 20.0), 15.5);
        assert!(near.tint(15.4) < -WEAKEST && near.tint(15.6) > WEAKEST, "{}", near.tint(15.4));
        assert_eq!((near.tint(20.0), near.tint(15.5), near.tint(f64::INFINITY)), (1.0, 0.0, 1.0));
        // In logs: double is as far as half.
        let wide = ratio((4.0, 16.0), 8.0);
        assert!((wide.tint(4.0) + wide.tint(16.0)).abs() < 1e-12);
        assert!((wide.share(8.0) - 0.5).abs() < 1e-12 && (wide.at(0.5) - 8.0).abs() < 1e-9);
    }

    #[test]
    fn a_line_far_from_all_answers_takes_none_of_their_colours() {
        let chance = SweepAnswer { ends: (0.05, 0.08), ..SweepAnswer::chance() };
        assert_eq!(chance.reach(), (0.05, 0.08));
        let [low, high] = [0.05, 0.08].map(|it| chance.tint(it));
        assert!(low == -1.0 && (high + WEAKEST_OF_ONE_SIDE).abs() < 1e-12, "{low} {high}");
        let crossing = SweepAnswer { ends: (0.45, 0.48), ..SweepAnswer::chance() };
        assert_eq!(crossing.reach(), (0.45, 0.48));
        let beside = SweepAnswer { ends: (0.3, 0.45), ..SweepAnswer::chance() };
        assert_eq!(beside.reach(), (0.3, 0.5));
    }
}
