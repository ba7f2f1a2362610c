//! Labels that would overlap, moved apart by as little as possible: isotonic regression on their positions.

/// Centres of labels with these heights, in the given order, nearest to the wanted centres, without overlap and
/// within the limits as far as they fit.
pub(crate) fn apart(wanted: &[f64], heights: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]).then(a.cmp(b)));
    // Blocks of labels that touch: total of (wanted − offset), members, height.
    struct Block {
        sum: f64,
        members: Vec<usize>,
        height: f64,
    }
    let clamped = |label: usize| {
        let half = heights[label] / 2.0;
        wanted[label].max(top + half).min((bottom - half).max(top + half))
    };
    let start = |block: &Block| {
        let least = block.sum / block.members.len() as f64;
        least.min(bottom - block.height).max(top)
    };
    let mut blocks: Vec<Block> = Vec::new();
    for label in order {
        let own = clamped(label) - heights[label] / 2.0;
        blocks.push(Block { sum: own, members: vec![label], height: heights[label] });
        while blocks.len() > 1 {
            let (last, before) = (&blocks[blocks.len() - 1], &blocks[blocks.len() - 2]);
            if start(before) + before.height <= start(last) + 1e-9 {
                break;
            }
            let last = blocks.pop().expect("there are two");
            let before = blocks.last_mut().expect("there is one left");
            before.sum += last.sum - before.height * last.members.len() as f64;
            before.height += last.height;
            before.members.extend(last.members);
        }
    }
    let mut centres = vec![0.0; wanted.len()];
    for block in &blocks {
        let mut edge = start(block);
        for label in &block.members {
            centres[*label] = edge + heights[*label] / 2.0;
            edge += heights[*label];
        }
    }
    centres
}

/// The limits of labels in a plot of a printed page, which may have less height than they need: they begin above it rather than end
/// below it, among the years or in the footer.
pub(crate) fn reaching_up((above, below): (f64, f64), heights: &[f64]) -> (f64, f64) {
    (above.min(below - heights.iter().sum::<f64>()), below)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_keep_their_order_and_do_not_overlap() {
        let centres = apart(&[100.0, 104.0, 300.0], &[40.0, 40.0, 40.0], (0.0, 400.0));
        assert_eq!(centres, [82.0, 122.0, 300.0]);
        let centres = apart(&[150.0, 160.0, 170.0], &[40.0; 3], reaching_up((100.0, 200.0), &[40.0; 3]));
        assert_eq!(centres, [100.0, 140.0, 180.0]);
        assert_eq!(reaching_up((100.0, 300.0), &[40.0; 3]), (100.0, 300.0));
        let centres = apart(&[390.0, 395.0], &[40.0, 40.0], (0.0, 400.0));
        assert_eq!(centres, [340.0, 380.0]);
    }
}
