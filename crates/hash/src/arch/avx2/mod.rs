//! Lanes as AVX2 has them.

pub(super) mod interleaved;
pub(super) mod u32_lanes;
pub(super) mod u64_lanes;
