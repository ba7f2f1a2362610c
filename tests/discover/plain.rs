//! PRIM as Friedman and Fisher (1999) publish it and the EMA Workbench has it, in its plainest form: every candidate box is counted
//! anew, row by row.

/// A box with the rows in it.
#[derive(Clone, Debug)]
pub struct Inside {
    /// By input, least and greatest value.
    pub limits: Vec<[f64; 2]>,
    /// Rows in it.
    pub rows: Vec<usize>,
    /// Cases among them.
    pub cases: usize,
}

fn holds(limits: &[[f64; 2]], columns: &[Vec<f64>], row: usize) -> bool {
    limits.iter().enumerate().all(|(input, [low, high])| *low <= columns[input][row] && columns[input][row] <= *high)
}

fn inside(limits: Vec<[f64; 2]>, columns: &[Vec<f64>], cases: &[bool]) -> Inside {
    let rows: Vec<usize> = (0..cases.len()).filter(|row| holds(&limits, columns, *row)).collect();
    let hits = rows.iter().filter(|row| cases[**row]).count();
    Inside { limits, rows, cases: hits }
}

fn mean(it: &Inside) -> f64 {
    it.cases as f64 / it.rows.len() as f64
}

fn limited(limits: &[[f64; 2]]) -> usize {
    limits.iter().filter(|it| it[0].is_finite() || it[1].is_finite()).count()
}

/// The quantile of the EMA Workbench: half way between two neighbours in order, moved inwards until they differ.
fn quantile(mut values: Vec<f64>, from_above: bool) -> f64 {
    values.sort_by(|a, b| a.partial_cmp(b).unwrap());
    if from_above {
        values.reverse();
    }
    let place = (values.len() - 1) / 20;
    let mut next = if (values.len() - 1).is_multiple_of(20) { place } else { place + 1 };
    while next + 1 < values.len() && values[next] == values[place] {
        next += 1;
    }
    (values[place] + values[next]) / 2.0
}

/// All boxes of peeling, without the first.
pub fn peel(columns: &[Vec<f64>], cases: &[bool]) -> Vec<Inside> {
    let mut now = inside(vec![[f64::NEG_INFINITY, f64::INFINITY]; columns.len()], columns, cases);
    let mut all = Vec::new();
    loop {
        let mut best: Option<(f64, usize, Inside)> = None;
        for (input, column) in columns.iter().enumerate() {
            for side in [1, 0] {
                let mut limits = now.limits.clone();
                limits[input][side] = quantile(now.rows.iter().map(|row| column[*row]).collect(), side == 1);
                let then = inside(limits, columns, cases);
                let lost = now.rows.len() - then.rows.len();
                if lost == 0 || 20 * then.rows.len() < cases.len() {
                    continue;
                }
                let gain = (mean(&then) - mean(&now)) / lost as f64;
                let free = columns.len() - limited(&then.limits);
                if best.as_ref().is_none_or(|(most, freest, _)| gain > *most || (gain == *most && free > *freest)) {
                    best = Some((gain, free, then));
                }
            }
        }
        match best {
            Some((gain, _, then)) if gain > 0.0 => {
                all.push(then.clone());
                now = then;
            }
            _ => return all,
        }
    }
}

/// All boxes of pasting.
pub fn paste(columns: &[Vec<f64>], cases: &[bool], last: &Inside) -> Vec<Inside> {
    let mut now = last.clone();
    let mut all = Vec::new();
    loop {
        let mut best: Option<(f64, Inside)> = None;
        for (input, column) in columns.iter().enumerate() {
            for side in [0, 1] {
                if now.limits[input][side].is_infinite() {
                    continue;
                }
                let mut open = now.limits.clone();
                open[input][side] = if side == 0 { f64::NEG_INFINITY } else { f64::INFINITY };
                // Distances from the box of the rows that this side alone keeps out.
                let beyond = (0..cases.len())
                    .filter(|row| holds(&open, columns, *row) && !holds(&now.limits, columns, *row))
                    .map(|row| column[row]);
                let mut values: Vec<f64> = beyond.collect();
                values.sort_by(|a, b| a.partial_cmp(b).unwrap());
                if side == 0 {
                    values.reverse();
                }
                let wanted = (now.rows.len() / 20).max(1);
                let Some(reached) = values.get(wanted.min(values.len()).wrapping_sub(1)) else { continue };
                let next = values.iter().find(|value| if side == 0 { *value < reached } else { *value > reached });
                let mut limits = now.limits.clone();
                limits[input][side] = next.map_or(open[input][side], |next| (next + reached) / 2.0);
                let then = inside(limits, columns, cases);
                let gain = (mean(&then) - mean(&now)) / (then.rows.len() - now.rows.len()) as f64;
                if gain > 0.0 && best.as_ref().is_none_or(|(most, _)| gain > *most) {
                    best = Some((gain, then));
                }
            }
        }
        let Some((_, then)) = best else { return all };
        all.push(then.clone());
        now = then;
    }
}
