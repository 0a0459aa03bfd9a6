//! What one guess costs: the scheme's own parameters, the memory and the time they stand for.

use std::fmt;
use std::time::Duration;

/// What one guess costs, as the scheme's own parameters say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Cost {
    /// The scheme has no such parameter.
    Fixed,
    /// That many rounds or iterations.
    Rounds(u32),
    /// The binary logarithm of the rounds.
    Log2(u8),
    /// scrypt (RFC 7914) and yescrypt.
    Scrypt {
        /// The binary logarithm of `N`.
        log_n: u8,
        /// Block size.
        r: u32,
        /// Parallelism.
        p: u32,
        /// Additional time (yescrypt only).
        t: u32,
    },
    /// Argon2 (RFC 9106).
    Argon2 {
        /// Memory in KiB.
        kib: u32,
        /// Passes over it.
        passes: u32,
        /// Lanes (parallelism).
        lanes: u32,
    },
}

impl Cost {
    /// The memory that one guess takes, in KiB, as far as it depends on the cost.
    pub fn memory_kib(self) -> u64 {
        match self {
            Self::Fixed | Self::Rounds(_) | Self::Log2(_) => 0,
            // 128 · r · (N + p + 2) bytes.
            Self::Scrypt { log_n, r, p, .. } => {
                let blocks = power_of_two(log_n).saturating_add(p.into()).saturating_add(2);
                blocks.saturating_mul(r.into()).div_ceil(8)
            }
            Self::Argon2 { kib, .. } => kib.into(),
        }
    }

    /// An estimate of one guess on one core, without waiting for memory that others use; the scheme
    /// has the price of a unit in nanoseconds.
    pub(crate) fn price(self, unit_price: u64) -> Duration {
        let units = match self {
            Self::Fixed => 1,
            Self::Rounds(rounds) => rounds.into(),
            Self::Log2(log2) => power_of_two(log2),
            Self::Scrypt { log_n, r, p, t } => {
                let blocks = power_of_two(log_n).saturating_mul(r.into()).saturating_mul(p.into());
                blocks.saturating_mul(u64::from(t).saturating_add(1))
            }
            Self::Argon2 { kib, passes, .. } => u64::from(kib).saturating_mul(passes.into()),
        };
        Duration::from_nanos(units.saturating_mul(unit_price))
    }

    /// The rounds, where they are counted.
    pub(crate) const fn rounds(self) -> u32 {
        if let Self::Rounds(rounds) = self { rounds } else { 1 }
    }

    /// The binary logarithm of the rounds, where that is the parameter.
    pub(crate) const fn log2(self) -> u8 {
        if let Self::Log2(log2) = self { log2 } else { 0 }
    }
}

fn power_of_two(log2: u8) -> u64 {
    1_u64.checked_shl(log2.into()).unwrap_or(u64::MAX)
}

impl fmt::Display for Cost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Fixed => formatter.write_str("no cost parameter"),
            Self::Rounds(1) => formatter.write_str("1 round"),
            Self::Rounds(rounds) => write!(formatter, "{} rounds", Grouped(rounds.into())),
            Self::Log2(log2) => write!(formatter, "cost {log2}"),
            Self::Scrypt { log_n, r, p, t } => {
                write!(formatter, "N = 2^{log_n}, r = {r}, p = {p}")?;
                if t > 0 { write!(formatter, ", t = {t}") } else { Ok(()) }
            }
            Self::Argon2 { kib, passes, lanes } => {
                write!(formatter, "m = {} KiB, t = {passes}, p = {lanes}", Grouped(kib.into()))
            }
        }
    }
}

/// A number with a comma between thousands.
pub(crate) struct Grouped(pub(crate) u64);

impl fmt::Display for Grouped {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.0.to_string();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
                formatter.write_str(",")?;
            }
            write!(formatter, "{digit}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::scheme::Scheme;

    #[test]
    fn costs_are_written_as_administrators_know_them() {
        let scrypt = Cost::Scrypt { log_n: 14, r: 8, p: 5, t: 0 };
        for (cost, text) in [
            (Cost::Rounds(1), "1 round"),
            (Cost::Rounds(999), "999 rounds"),
            (Cost::Rounds(1_000_000), "1,000,000 rounds"),
            (Cost::Log2(10), "cost 10"),
            (scrypt, "N = 2^14, r = 8, p = 5"),
            (Cost::Scrypt { log_n: 12, r: 32, p: 1, t: 2 }, "N = 2^12, r = 32, p = 1, t = 2"),
            (Cost::Argon2 { kib: 19_456, passes: 2, lanes: 1 }, "m = 19,456 KiB, t = 2, p = 1"),
        ] {
            assert_eq!(cost.to_string(), text);
        }
    }

    #[test]
    fn memory_of_the_recommended_settings() {
        let yescrypt = Cost::Scrypt { log_n: 12, r: 32, p: 1, t: 0 };
        assert_eq!(yescrypt.memory_kib(), 16 * 1024 + 12);
        assert_eq!(Cost::Argon2 { kib: 65_536, passes: 3, lanes: 4 }.memory_kib(), 65_536);
        assert_eq!(Cost::Rounds(5_000).memory_kib(), 0);
    }

    #[test]
    fn absurd_costs_do_not_overflow() {
        let most = Cost::Scrypt { log_n: u8::MAX, r: u32::MAX, p: u32::MAX, t: u32::MAX };
        let whole = Cost::Argon2 { kib: u32::MAX, passes: u32::MAX, lanes: u32::MAX };
        for cost in [most, whole, Cost::Log2(u8::MAX), Cost::Rounds(u32::MAX)] {
            for scheme in Scheme::ALL {
                assert!(
                    cost.price(scheme.unit_price()) >= Duration::from_millis(500),
                    "{cost} {scheme}"
                );
            }
        }
        assert!(most.memory_kib() > 1 << 50);
    }
}
