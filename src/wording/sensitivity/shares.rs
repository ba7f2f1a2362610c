//! Shares of the variance in words: whose are the largest, and whether simulation tells them apart.

use crate::engine::Layer;
use crate::measure::Target;
use crate::study::{Interval, Player, Sensitive, SensitivityMethod, Shares};
use crate::summary::Products;
use crate::table::sensitivity::player_name;

use super::super::cited::Cited;
use super::super::goal::capital;
use super::super::number::significant;
use super::super::text::Text;
use super::names::{cell, listed, player_words, variance_words};

/// Whose shares are the largest; what luck has of them stands before, unless it was told already.
pub(super) fn shares_finding(found: &Sensitive, target: &Target, it: &Shares, tells_luck: bool) -> Text {
    let texts = share_texts(found, target, it);
    let of = variance_words(found, target);
    let both = |place: usize| {
        let (alone, with_others) = &texts[place];
        match with_others.as_ref().filter(|it| it.text() != alone.text()) {
            Some(it) => alone.clone() + " alone and " + it.clone() + " with the others",
            None => alone.clone(),
        }
    };
    let luck = it.players.iter().position(is_luck);
    // The largest by itself: Sobol' shares come in the order of their totals.
    let mut others: Vec<usize> = (0..it.players.len()).filter(|place| !is_luck(&it.players[*place])).collect();
    others.sort_by(|a, b| it.players[*b].share.value.total_cmp(&it.players[*a].share.value));
    let Some(first) = others.first() else {
        return Text::from("Every assumption is certain: all of the variance of ") + of + " is luck.";
    };
    let mut text = match luck.filter(|_| tells_luck) {
        Some(luck) => Text::from("Of the variance of ") + of + ", " + both(luck) + " is luck; of the assumptions, ",
        None => Text::from("Of the assumptions behind the variance of ") + of + ", ",
    };
    // Those whose interval reaches that of the largest one.
    let ends = |place: usize| it.players[place].share.ends;
    let near =
        |place: &&usize| matches!((ends(*first), ends(**place)), (Some((low, _)), Some((_, high))) if high >= low);
    let alike = 1 + others[1..].iter().take_while(near).count();
    let words = |place: usize| Text::own(player_words(found, &it.players[place]));
    text += match &others[..alike] {
        [one] => {
            let has = if is_plural(&it.players[*one]) { " have the largest part, " } else { " has the largest part, " };
            words(*one) + has + both(*one)
        }
        several => {
            let each = several.iter().map(|place| words(*place) + " (" + both(*place) + ")").collect();
            listed(each) + " have the largest parts, too close to tell apart"
        }
    };
    text + ", given these ranges."
}

/// Whether it is what single years and deals bring.
fn is_luck(player: &Player) -> bool {
    (player.addresses.is_empty() && player.layer.is_none()) || player.layer == Some(Layer::Process)
}

/// Whether its name is one of several things.
fn is_plural(player: &Player) -> bool {
    player.layer.is_none()
        && if player.groups.is_empty() { player.addresses.len() > 1 } else { player.groups.len() > 1 }
}

/// Shares of each player, by itself and with the others, in whole per cents where simulation carries no tenths; parts that add up
/// to the whole are told in tenths, and do so as they are printed (largest remainder).
#[must_use]
pub fn share_texts(found: &Sensitive, target: &Target, it: &Shares) -> Vec<(Text, Option<Text>)> {
    let adds_up = found.method == SensitivityMethod::Shapley;
    let whole = is_untold(it) || (!adds_up && largest_half(it) >= 0.005);
    let unit = if whole { 10.0 } else { 1.0 };
    let shares: Vec<f64> = it.players.iter().map(|player| player.share.value).collect();
    let tenths = tenths(&shares, unit, adds_up);
    let columns = if adds_up {
        ["shapley", "shapley_low", "shapley_high"]
    } else {
        ["first_order", "first_order_low", "first_order_high"]
    };
    let both = it.players.iter().zip(tenths).map(|(player, tenths)| {
        let at = |columns: &[&str]| cell(target, &player_name(player), columns);
        let rounded = |share: f64| unit * (1e3 / unit * share).round();
        let alone = Cited::new(player.share.value, at(&columns)).share_in_tenths(player.share.ends, tenths, whole);
        let total = player.total.map(|total| {
            let cited = Cited::new(total.value, at(&["total", "total_low", "total_high"]));
            cited.share_in_tenths(total.ends, rounded(total.value), whole)
        });
        (alone.into(), total.map(Text::from))
    });
    both.collect()
}

/// Shares in tenths of a per cent, rounded to so many of them; where they add up to one, so that they add up to 1,000.
fn tenths(shares: &[f64], unit: f64, adds_up: bool) -> Vec<f64> {
    let exact: Vec<f64> = shares.iter().map(|share| 1e3 / unit * share).collect();
    if !adds_up || !exact.iter().all(|it| it.is_finite()) {
        return exact.iter().map(|it| unit * it.round()).collect();
    }
    let mut rounded: Vec<f64> = exact.iter().map(|it| it.floor()).collect();
    let missing = exact.iter().sum::<f64>().round() - rounded.iter().sum::<f64>();
    let mut places: Vec<usize> = (0..exact.len()).collect();
    places.sort_by(|a, b| (exact[*b] - rounded[*b]).total_cmp(&(exact[*a] - rounded[*a])));
    places.into_iter().take(missing.max(0.0) as usize).for_each(|place| rounded[place] += 1.0);
    rounded.iter().map(|it| unit * it).collect()
}

/// What of the paths is left out of a variance, and how far shares are off by simulation.
pub(super) fn left_out(found: &Sensitive, target: &Target, it: &Shares) -> Vec<Text> {
    let mut sentences = Vec::new();
    if it.undefined > 0 {
        let words = " is no finite number are left out: the shares are those of the other paths.";
        sentences.push(Text::from("Paths on which ") + variance_words(found, target) + words);
    }
    let most = largest_half(it);
    if is_untold(it) {
        let fewest = Products::FEWEST_PATHS;
        let words =
            format!("So few paths do not tell how far simulation moves a share: take --paths {fewest} or more.");
        sentences.push(Text::own(words));
    }
    if most > 0.0 {
        let points = significant(100.0 * most, 1);
        sentences.push(Text::own(format!("Simulation moves a share by ±{points} points at most (95%).")));
    }
    sentences
}

/// Whether nothing is known of how far simulation moves a share.
fn is_untold(it: &Shares) -> bool {
    it.players.iter().all(|player| player.share.ends.is_none())
}

/// Half of the widest interval of a share.
fn largest_half(it: &Shares) -> f64 {
    let half = |it: Interval| it.ends.map_or(0.0, |(low, high)| 0.5 * (high - low));
    let all = it.players.iter().flat_map(|player| std::iter::once(player.share).chain(player.total));
    all.map(half).filter(|it| it.is_finite()).fold(0.0, f64::max)
}

/// Title of the shares of variance: whose part is the largest.
#[must_use]
pub fn shares_words(found: &Sensitive, target: &Target, it: &Shares) -> Option<Text> {
    let largest =
        (0..it.players.len()).max_by(|a, b| it.players[*a].share.value.total_cmp(&it.players[*b].share.value))?;
    let player = &it.players[largest];
    let name = Text::own(capital(&player_words(found, player)));
    let share = share_texts(found, target, it).swap_remove(largest).0;
    Some(if found.method == SensitivityMethod::Shapley {
        name + if is_plural(player) { " are" } else { " is" } + " the largest part of the variance (" + share + ")"
    } else {
        name + if is_plural(player) { " alone explain " } else { " alone explains " } + share + " of the variance"
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_that_add_up_do_so_as_they_are_printed() {
        for shares in
            [&[0.616, 0.196, 0.143, 0.029, 0.016][..], &[1.0 / 3.0; 3], &[0.7671, 0.0794, 0.0776, 0.0389, 0.037]]
        {
            for unit in [1.0, 10.0] {
                let printed = tenths(shares, unit, true);
                assert_eq!(printed.iter().sum::<f64>(), 1000.0, "{printed:?}");
                let near = |(tenth, share): (&f64, &f64)| (tenth - 1e3 * share).abs() < unit && tenth % unit == 0.0;
                assert!(printed.iter().zip(shares).all(near), "{printed:?}");
            }
        }
        assert_eq!(tenths(&[0.5004, 0.30049], 1.0, false), [500.0, 300.0]);
    }
}
