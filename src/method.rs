//! The method as a section of a paper, shared with the book for users, and where each part of it is in the code.
//!
#![doc = include_str!("../docs/src/explanation/method.md")]
//!
//! ## Where it is in the code
//!
//! | section | rooms |
//! |---|---|
//! | 1. State | [`crate::scenario::Region`], [`crate::growth`] |
//! | 2. One year, in order | [`crate::engine`]: [`crate::regime::Chain`], [`crate::scenario::Shocks`], [`crate::scenario::Mixing`], [`crate::shock`], [`crate::growth::Growth`], [`crate::event`], [`crate::counting`], [`crate::scenario::Money`] |
//! | 3. What is not known about the figures | [`crate::scenario::Measurement`] |
//! | 4. What an uncertain number means | [`crate::growth::Kind`], [`crate::distribution`] |
//! | 5. Assumption and luck | [`crate::summary::Moments::share_from_assumptions`], [`crate::summary::Probability::spread_from_assumptions`], [`crate::summary::Uncertainty`] |
//! | 6. Comparison | [`crate::study::Comparison`] |
//! | 7. What such futures share | [`crate::study::Discovered`] |
//! | 8. What figures teach | [`crate::study::Fit`] |
//! | 9. What is refused | [`crate::metric::Measure::moments`], [`crate::scenario::nearest_correlation`], [`crate::scenario::Mixing::contradiction`] |
//! | 10. Numerics | [`crate::random`], [`crate::special`], [`crate::summary::Histogram`] |
