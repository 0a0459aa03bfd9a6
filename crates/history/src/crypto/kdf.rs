//! The parameters of the slow hash, Argon2id (RFC 9106).

use std::fmt;

use argon2::Params;

/// How long what Argon2id makes is.
pub(crate) const DERIVED_BYTES: usize = 32;

/// The parameters of Argon2id. They are kept with each record, so that they can be raised later
/// without losing the history.
///
/// ```
/// use strongpass_history::Kdf;
/// let present = Kdf::default();
/// assert_eq!(present.to_string(), "19456 KiB, 2 passes, 1 lane");
/// assert!(present.is_weaker_than(&Kdf::new(65_536, 3, 1)?));
/// # Ok::<(), strongpass_history::KdfError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Kdf {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Default for Kdf {
    /// 19 MiB, 2 passes, 1 lane: the OWASP password storage recommendation for Argon2id.
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2, lanes: 1 }
    }
}

impl fmt::Display for Kdf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |count| if count == 1 { "" } else { "s" };
        let Self { memory_kib, passes, lanes } = self;
        let (es, s) = (if *passes == 1 { "" } else { "es" }, plural(*lanes));
        write!(f, "{memory_kib} KiB, {passes} pass{es}, {lanes} lane{s}")
    }
}

impl Kdf {
    /// The least memory × passes, in KiB, that a configuration may ask for. The tests of this crate
    /// go below it to be quick; a configuration cannot.
    pub const FLOOR: u64 = 2 * 19_456;

    /// The most memory × passes, in KiB, that a configuration or an import may ask for: some two
    /// seconds for each guess. More would only keep people waiting.
    pub const CEILING: u64 = 4_194_304;

    /// Parameters that a configuration or an import may ask for: from [`FLOOR`](Self::FLOOR), or
    /// `floor` where that is lower, to [`CEILING`](Self::CEILING).
    pub(crate) fn within(
        floor: u64,
        memory_kib: u32,
        passes: u32,
        lanes: u32,
    ) -> Result<Self, String> {
        let kdf = Self::new(memory_kib, passes, lanes).map_err(|error| error.to_string())?;
        let (floor, ceiling) = (floor.min(Self::FLOOR), Self::CEILING);
        if kdf.cost() < floor {
            return Err(format!("too weak: memory_kib × passes must be {floor} or more"));
        }
        if kdf.cost() > ceiling {
            return Err(format!("too costly: memory_kib × passes must be {ceiling} or less"));
        }
        Ok(kdf)
    }

    /// Any parameters that Argon2id can run with, up to 4 GiB and 255 passes; see
    /// [`FLOOR`](Self::FLOOR).
    ///
    /// # Errors
    /// If Argon2id cannot run with them.
    pub fn new(memory_kib: u32, passes: u32, lanes: u32) -> Result<Self, KdfError> {
        let kdf = Self { memory_kib, passes, lanes };
        if memory_kib > 4_194_304 || passes > 255 || lanes > 255 {
            return Err(KdfError { what: format!("{kdf} is more than it may cost") });
        }
        kdf.params()?;
        Ok(kdf)
    }

    /// The memory, in KiB.
    pub fn memory_kib(&self) -> u32 {
        self.memory_kib
    }

    /// The passes over that memory.
    pub fn passes(&self) -> u32 {
        self.passes
    }

    /// The lanes: how much of it may run at once.
    pub fn lanes(&self) -> u32 {
        self.lanes
    }

    /// Whether a guess costs less than with `other`.
    pub fn is_weaker_than(&self, other: &Self) -> bool {
        self.cost() < other.cost()
    }

    pub(crate) fn cost(&self) -> u64 {
        u64::from(self.memory_kib) * u64::from(self.passes)
    }

    pub(crate) fn params(&self) -> Result<Params, KdfError> {
        Params::new(self.memory_kib, self.passes, self.lanes, Some(DERIVED_BYTES))
            .map_err(|error| KdfError { what: format!("{self}: {error}") })
    }
}

/// Why Argon2id cannot run with some parameters. `Display` says what is wrong and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KdfError {
    /// What is wrong.
    pub(crate) what: String,
}

impl KdfError {
    pub(crate) const REMEDY: &str =
        "correct [kdf] in the configuration, or give this computer more memory";
}

impl fmt::Display for KdfError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the slow hash cannot run: {}; {}", self.what, Self::REMEDY)
    }
}

impl std::error::Error for KdfError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_have_bounds() {
        for (memory, passes, lanes) in
            [(7, 1, 1), (8, 0, 1), (8, 1, 2), (8, 1, 0), (u32::MAX, 1, 1)]
        {
            assert!(Kdf::new(memory, passes, lanes).is_err(), "{memory} {passes} {lanes}");
        }
        assert!(!Kdf::default().is_weaker_than(&Kdf::default()));
        assert_eq!(Kdf::default().cost(), Kdf::FLOOR);
    }
}
