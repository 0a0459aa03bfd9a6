//! The sweep, on the instructions at hand.

use super::instructions::{InstructionSet, Set};
use super::portable;
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512};
use crate::lanes::batch::Batch;
use crate::lanes::candidate::Candidate;
use crate::lanes::filter::Filter;
use crate::lanes::recipe::{Recipes, Scratch};

impl InstructionSet {
    /// Makes every guess of the recipes for every word of the batches, hashes it, and adds to
    /// `found` those that their filter lets through.
    pub fn sweep(
        self,
        recipes: &Recipes,
        scratch: &mut Scratch,
        batches: &[&Batch],
        filters: [&Filter; 2],
        found: &mut Vec<Candidate>,
    ) {
        match self.0 {
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call needs instructions that `self` proves")]
            // SAFETY: only `available` makes this value, when the processor has AVX-512 F and BW.
            Set::Avx512 => unsafe {
                avx512::interleaved::sweep(recipes, scratch, batches, filters, found);
            },
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call needs instructions that `self` proves")]
            // SAFETY: only `available` makes this value, when the processor has AVX2.
            Set::Avx2 => unsafe {
                avx2::interleaved::sweep(recipes, scratch, batches, filters, found);
            },
            Set::Portable => portable::sweep(recipes, scratch, batches, filters, found),
        }
    }
}
