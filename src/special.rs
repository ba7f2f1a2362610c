//! Special functions with the same bits on every machine: exponential, logarithm, the normal law.
//!
//! IEEE additions, multiplications, divisions and square roots in a fixed order and never the platform's library: a loop
//! over a column gives the same bits at every vector width. Where two operations are fused they are so everywhere, by an
//! instruction or by exact arithmetic (`special/fused.rs`).

mod arithmetic;
mod beta;
mod columns;
mod elementary;
mod fused;
mod gamma;
mod normal;
mod student;
mod transform;

pub(crate) use arithmetic::{add, add_multiple, multiply, scale};
pub use beta::{beta_cdf, beta_quantile, beta_tail};
pub use columns::{complements, logs_of_uniforms, mills_ratios};
pub use elementary::{exp, exps, level, ln};
pub(crate) use elementary::{exp_fused, exp_minus_1};
pub(crate) use fused::{fused, has_fused_instruction};
pub use gamma::{gamma_cdf, gamma_tail, log_poisson_mass};
pub use normal::{normal_cdf, normal_quantile, normal_share, normals};
pub use student::{log_student_density, student_cdf, student_quantile};
pub use transform::Transform;
