//! A drawing backend for plotters that writes SVG at a twentieth of a unit, instead of at whole pixels.

use std::convert::Infallible;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};

use super::canvas::{Canvas, path_of};

/// Backend units to a canvas unit.
pub(crate) const FINE: f64 = 20.0;

/// Writes what plotters draws onto a canvas.
pub(crate) struct SvgBackend<'a>(pub &'a mut Canvas);

type Result = std::result::Result<(), DrawingErrorKind<Infallible>>;

fn units((x, y): BackendCoord) -> (f64, f64) {
    (f64::from(x) / FINE, f64::from(y) / FINE)
}

fn path(points: impl IntoIterator<Item = BackendCoord>) -> String {
    path_of(&points.into_iter().map(units).collect::<Vec<_>>())
}

fn colour(colour: BackendColor) -> String {
    let (red, green, blue) = colour.rgb;
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn opacity(name: &str, colour: BackendColor) -> String {
    if colour.alpha >= 1.0 { String::new() } else { format!(" {name}=\"{:.3}\"", colour.alpha) }
}

fn stroke<S: BackendStyle>(style: &S) -> String {
    format!(
        "stroke=\"{}\" stroke-width=\"{:.2}\"{} stroke-linejoin=\"round\" fill=\"none\"",
        colour(style.color()),
        f64::from(style.stroke_width()) / FINE,
        opacity("stroke-opacity", style.color())
    )
}

impl SvgBackend<'_> {
    /// Notes a mark for those who check the chart.
    fn note<S: BackendStyle>(&mut self, points: &[BackendCoord], style: &S, line: Option<f64>) {
        let points: Vec<(f64, f64)> = points.iter().copied().map(units).collect();
        self.0.mark_points(&points, style.color().rgb, line);
    }
}

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        ((self.0.width * FINE) as u32, (self.0.height * FINE) as u32)
    }

    fn ensure_prepared(&mut self) -> Result {
        Ok(())
    }

    fn present(&mut self) -> Result {
        Ok(())
    }

    fn draw_pixel(&mut self, (x, y): BackendCoord, colour: BackendColor) -> Result {
        self.fill_polygon([(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)], &colour)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Result {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Result {
        let corners = [a, (b.0, a.1), b, (a.0, b.1)];
        if fill {
            return self.fill_polygon(corners, style);
        }
        self.0.raw(&format!("<path d=\"{}Z\" {}/>", path(corners), stroke(style)));
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Result {
        let points: Vec<BackendCoord> = points.into_iter().collect();
        self.note(&points, style, Some(f64::from(style.stroke_width()) / FINE));
        self.0.raw(&format!("<path d=\"{}\" {}/>", path(points), stroke(style)));
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Result {
        let look = if fill {
            format!("fill=\"{}\"{}", colour(style.color()), opacity("fill-opacity", style.color()))
        } else {
            stroke(style)
        };
        let (x, y) = units(centre);
        self.0.raw(&format!("<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{:.2}\" {look}/>", f64::from(radius) / FINE));
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, points: I, style: &S) -> Result {
        let look = format!("fill=\"{}\"{}", colour(style.color()), opacity("fill-opacity", style.color()));
        let points: Vec<BackendCoord> = points.into_iter().collect();
        self.note(&points, style, None);
        self.0.raw(&format!("<path d=\"{}Z\" {look}/>", path(points)));
        Ok(())
    }
}
