//! The engine: a scenario and a seed in, blocks of simulated paths out.
//!
//! The only way to simulate, for every command. It touches no file, clock or terminal; the same scenario, seed
//! and number of paths give the same bytes on any number of threads, because every random number has an address,
//! counts are whole numbers and sums are formed block by block in index order.
//!
//! What is known before any path is a [`Plan`]; a [`Design`] takes some of its inputs from elsewhere; what is simulated is a
//! [`Block`]; an [`Observer`] looks at blocks, of one plan or of several side by side, and drops them.

mod base;
mod block;
mod chains;
mod column;
mod common;
mod companions;
mod correlate;
mod deals;
mod departures;
mod design;
mod draws;
mod factors;
mod layer;
mod logs;
mod luck;
mod observer;
mod plan;
mod region;
mod region_year;
mod run;
mod scratch;
mod settings;
mod shocks;
mod simulator;
mod stream;
mod struck;
mod worker;
mod yearly;

pub use block::Block;
pub use column::{Column, PATHS_PER_BLOCK};
pub use deals::DealColumns;
pub use design::{Chance, Design, Luck, Refused, Source};
pub use layer::Layer;
pub use logs::LN_1000;
pub use luck::SharedLuck;
pub use observer::Observer;
pub use plan::Plan;
pub use region::RegionColumns;
pub use run::{simulate, simulate_from};
pub use settings::Settings;
pub use struck::Struck;
