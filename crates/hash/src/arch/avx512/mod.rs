//! Lanes as AVX-512 has them (F and BW).

pub(super) mod interleaved;
pub(super) mod u32_lanes;
pub(super) mod u64_lanes;
