//! Lanes as AVX-512 has them (F and BW).

pub(super) mod abreast;
pub(super) mod longs;
pub(super) mod words;
