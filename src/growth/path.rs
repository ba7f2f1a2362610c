//! Levels written year by year, for a plan, a target or somebody else's projection.

use super::step::{State, Step};

/// Levels written for some years; between them, and from the base year to the first, growth is constant.
///
/// After the last written year the level stays. It has no shocks: uncertainty is in the written levels alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Path<P> {
    /// Years in rising order with their levels; when drawn, the natural logs of the levels.
    pub levels: Vec<(i32, P)>,
}

impl<P> Path<P> {
    pub(super) fn try_map<'a, Q, E>(&'a self, translate: &mut impl FnMut(&'a P) -> Result<Q, E>) -> Result<Path<Q>, E> {
        let levels = self.levels.iter().map(|(year, level)| Ok((*year, translate(level)?)));
        Ok(Path { levels: levels.collect::<Result<_, E>>()? })
    }
}

pub(super) fn advance(model: &Path<&[f64]>, state: &mut State, step: Step) {
    let Some((year, target)) = model.levels.iter().find(|(year, _)| *year >= step.year) else {
        return;
    };
    if *year == step.year {
        // The written level itself, not the level before plus a rounded difference.
        state.level.copy_from_slice(target);
        return;
    }
    let years_left = f64::from(year - step.year + 1);
    for (level, target) in state.level.iter_mut().zip(*target) {
        *level += (target - *level) / years_left;
    }
}
