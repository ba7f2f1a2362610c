//! Drawing: a sheet, measured text, scales, themes and rules of layout; SVG, PNG and PDF. It knows no scenario.

pub(crate) mod backend;
pub(crate) mod canvas;
pub(crate) mod coordinate;
mod credits;
pub(crate) mod dodge;
pub(crate) mod drawing;
mod face;
mod footer;
pub(crate) mod frame;
pub(crate) mod horizontal;
#[cfg(feature = "png")]
pub(crate) mod indexed;
#[cfg(feature = "png")]
pub(crate) mod lint;
pub(crate) mod marker;
#[cfg(feature = "pdf")]
pub(crate) mod pdf;
pub(crate) mod place;
#[cfg(feature = "png")]
pub(crate) mod png;
pub(crate) mod said;
pub(crate) mod sheet;
pub(crate) mod style;
pub(crate) mod text;
pub(crate) mod theme;
pub(crate) mod ticks;
pub(crate) mod vision;

pub use credits::{Credits, EventMark};
pub use drawing::{Drawing, TextMode, faces};
pub use sheet::TextBox;
pub use style::{Preset, Style, Theme};
pub use vision::Vision;
