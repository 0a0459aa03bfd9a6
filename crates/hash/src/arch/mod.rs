//! The fenced room: the only place of this crate where code may be `unsafe`.

pub(crate) mod xcrypt;
