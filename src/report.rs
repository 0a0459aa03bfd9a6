//! Writes reports where they were asked for: to the terminal, to a program, into files.

mod outputs;
mod recipients;

pub(crate) use outputs::{Extra, Outputs, ReportArgs};
