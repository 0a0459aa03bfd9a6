//! The fenced room: the only place of this crate where code may be `unsafe`. Here are the
//! instruction sets (see README.md beside this file) and the platform's libxcrypt.

mod digests;
mod portable;
pub(crate) mod xcrypt;

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;

use std::fmt;
use std::ops::Range;

pub(crate) use digests::{InLanes, MacInLanes, Vectors};

use crate::lanes::{Batch, Candidate, Filter, Recipes, Row, Workplace};

/// Instructions that work on many numbers at once. A value is the proof that this processor has
/// them: there is no other way to one than to ask it.
///
/// ```
/// use strongpass_hash::InstructionSet;
/// assert!(InstructionSet::available().any(|set| set == InstructionSet::best()));
/// assert_eq!(InstructionSet::named("portable"), Some(InstructionSet::portable()));
/// assert_eq!(InstructionSet::named("abacus"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct InstructionSet(Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Set {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl InstructionSet {
    /// What this processor has, the fastest first.
    pub fn available() -> impl Iterator<Item = Self> {
        #[cfg(target_arch = "x86_64")]
        let special = {
            let avx512 =
                is_x86_feature_detected!("avx512f") && is_x86_feature_detected!("avx512bw");
            let avx2 = is_x86_feature_detected!("avx2");
            [avx512.then_some(Set::Avx512), avx2.then_some(Set::Avx2)]
        };
        #[cfg(not(target_arch = "x86_64"))]
        let special: [Option<Set>; 0] = [];
        special.into_iter().flatten().chain([Set::Portable]).map(Self)
    }

    /// The fastest that this processor has.
    pub fn best() -> Self {
        Self::available().next().unwrap_or(Self::portable())
    }

    /// What every processor has.
    pub const fn portable() -> Self {
        Self(Set::Portable)
    }

    /// The one of that name, if this processor has it.
    pub fn named(name: &str) -> Option<Self> {
        Self::available().find(|set| set.name() == name)
    }

    /// Its name: `avx512`, `avx2` or `portable`.
    pub const fn name(self) -> &'static str {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => "avx512",
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => "avx2",
            Set::Portable => "portable",
        }
    }

    /// Makes every guess of the recipes for every word of the batches, hashes it, and adds to
    /// `found` those that their filter lets through.
    pub fn sweep(
        self,
        recipes: &Recipes,
        workplace: &mut Workplace,
        batches: &[&Batch],
        filters: [&Filter; 2],
        found: &mut Vec<Candidate>,
    ) {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call needs instructions that `self` proves")]
            // SAFETY: only `available` makes this value, when the processor has AVX-512 F and BW.
            Set::Avx512 => unsafe {
                avx512::abreast::sweep(recipes, workplace, batches, filters, found);
            },
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call needs instructions that `self` proves")]
            // SAFETY: only `available` makes this value, when the processor has AVX2.
            Set::Avx2 => unsafe {
                avx2::abreast::sweep(recipes, workplace, batches, filters, found);
            },
            Set::Portable => portable::sweep(recipes, workplace, batches, filters, found),
        }
    }
}

impl fmt::Display for InstructionSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// A range of a flat list; recipes make no others than there are.
fn piece<'a, T>(list: &'a [T], range: &Range<u32>) -> &'a [T] {
    list.get(index(range.start)..index(range.end)).unwrap_or_default()
}

/// A row of a batch, or of the workplace.
fn row<'a>(rows: &'a [Row], workplace: &'a [Row], number: u16) -> &'a Row {
    let number = usize::from(number);
    rows.get(number)
        .or_else(|| workplace.get(number.wrapping_sub(rows.len())))
        .unwrap_or(&Row::ZERO)
}

#[expect(clippy::as_conversions, reason = "`usize` has 32 bits at least where this is built for")]
const fn index(of: u32) -> usize {
    of as usize
}
