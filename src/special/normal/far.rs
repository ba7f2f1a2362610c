//! Normals of columns of which many lie far out: both forms for all values, and the right one kept.

use super::{MIDDLE, central, depth, is_far_out, near_tail, tail};
use crate::special::has_fused_instruction;

/// Largest `√w` of the nearer of the two tails.
const NEAR_LIMIT: f64 = 3.6;

/// Turns uniforms into standard normals in place: the bits of [`super::normals`], faster where more than a few in a
/// hundred lie beyond ±3.3.
#[multiversion::multiversion(targets("x86_64+avx512f+avx512dq+avx512vl+avx512bw+fma", "x86_64+avx2+fma"))]
pub fn normals_far_out(uniforms: &mut [f64]) {
    if has_fused_instruction!() {
        normals_fused::<true>(uniforms);
    } else {
        normals_fused::<false>(uniforms);
    }
}

#[inline(always)]
fn normals_fused<const INSTRUCTION: bool>(uniforms: &mut [f64]) {
    let (mut depths, mut kept) = ([0.0; 64], [0.0; 64]);
    for chunk in uniforms.chunks_mut(64) {
        let depths = &mut depths[..chunk.len()];
        kept[..chunk.len()].copy_from_slice(chunk);
        let mut far = 0_u64;
        for (p, to) in chunk.iter_mut().zip(&mut *depths) {
            let depth = depth::<INSTRUCTION>(*p * (1.0 - *p));
            *to = depth;
            let s = (depth + MIDDLE).sqrt();
            far |= u64::from(s > NEAR_LIMIT);
            let near = (2.0 * *p - 1.0) * near_tail(s);
            *p = if is_far_out(*p) { near } else { central::<INSTRUCTION>(*p, depth) };
        }
        if far > 0 {
            for ((normal, depth), p) in chunk.iter_mut().zip(&*depths).zip(&kept) {
                if is_far_out(*p) && (*depth + MIDDLE).sqrt() > NEAR_LIMIT {
                    *normal = tail(*p, *depth);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::special::normals;

    #[test]
    fn normals_of_what_lies_far_out_have_the_bits_of_all_others() {
        let tails = (0..4_000).map(|i| libm::exp(-0.0093 * f64::from(i)));
        let uniforms: Vec<f64> = tails.clone().chain(tails.map(|p| 1.0 - p)).filter(|p| *p > 0.0 && *p < 1.0).collect();
        let (mut far, mut plain) = (uniforms.clone(), uniforms.clone());
        normals_far_out(&mut far);
        normals(&mut plain);
        for ((p, far), plain) in uniforms.iter().zip(far).zip(plain) {
            assert_eq!(far.to_bits(), plain.to_bits(), "at {p}");
        }
        let mut emulated = uniforms.clone();
        normals_fused::<false>(&mut emulated);
        let mut far = uniforms;
        normals_far_out(&mut far);
        assert!(far.iter().zip(&emulated).all(|(far, emulated)| far.to_bits() == emulated.to_bits()));
    }
}
