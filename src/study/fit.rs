//! What a history of figures teaches of growth: a prior, the figures seen, and what follows for years not yet seen.
//!
//! Growth persists by `φ` and is drawn to its mean `m`; a year's level has noise that does not stay, of variance `q` over that
//! of the yearly shock. Given `φ`, `q` and how strongly the mean is believed in, everything is conjugate (normal, inverse
//! Wishart), so that posterior, evidence and prediction are exact; they are averaged over a grid of those three. No optimiser
//! and no chain of samples is needed, and with ten figures none could be trusted.

mod cell;
mod found;
#[cfg(test)]
mod kalman;
mod mixture;
mod posterior;
mod prior;
mod rows;
mod written;

pub use found::{Ahead, Fit, FitParameter, HORIZON};
pub use mixture::{Mixture, Part};
pub(in crate::study) use posterior::Posterior;
pub use prior::MEAN_GROWTH;
pub use rows::{FitRow, ROWS};
