//! What an open file is for.

/// How a file is opened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum How {
    Read,
    /// For a lock.
    Write,
}
