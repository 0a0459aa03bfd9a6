//! Lanes as AVX2 has them.

pub(super) mod abreast;
pub(super) mod longs;
pub(super) mod words;
