//! A panel with fans: observed years with their rounding, simulated years as bands, labels directly at the marks.

mod labels;
mod marks;
mod panel;
mod room;
mod values;

use crate::draw::canvas::Canvas;
use crate::draw::style::Style;

pub(crate) use panel::{Came, FanSeries, Panel};
pub(crate) use values::names_derived;

/// Draws a panel: marks from the back to the front, then labels where they find room.
pub(crate) fn draw(panel: &Panel, canvas: &mut Canvas, style: Style) {
    let laid = panel.laid(style);
    marks::grid(&laid, canvas);
    let inside = [laid.left, laid.top - 2.0, laid.right + 2.0, laid.bottom + 1.0];
    canvas.axis(&panel.scale, panel.scale.labelled.len(), false);
    canvas.enter_plot(inside);
    canvas.within(panel.id, inside, |canvas| {
        marks::marks(&laid, canvas);
        marks::hairs(&laid, canvas);
    });
    canvas.leave_plot();
    marks::levels(&laid, canvas);
    marks::divider(&laid, canvas);
    labels::events(&laid, canvas);
    panel.series.iter().for_each(|series| marks::observed(&laid, canvas, series));
    marks::came(&laid, canvas);
    panel.series.iter().for_each(|series| values::observed(&laid, canvas, series));
    labels::beyond(&laid, canvas);
    labels::band_names(&laid, canvas);
    labels::end_labels(&laid, canvas);
    let axis = style.theme.palette().axis;
    canvas.line((laid.left, laid.bottom), (laid.right, laid.bottom), axis, 1.5 * style.preset.canvas().2, "");
}
