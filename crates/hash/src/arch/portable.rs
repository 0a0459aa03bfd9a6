//! Lanes as plain arrays, for every processor: four of 32 bits, eight times for a batch. Those of SHA
//! were measured too: one guess after the other is faster with the instructions that `RustCrypto`
//! finds.

#![cfg_attr(not(test), expect(clippy::wildcard_imports, reason = "bodies use all operations"))]
#![expect(clippy::indexing_slicing, reason = "arrays of four, indexed by 0 to 3")]

use crate::lanes::batch::{Batch, Row};
use crate::lanes::candidate::Candidate;
use crate::lanes::filter::Filter;
use crate::lanes::md4::md4;
use crate::lanes::recipe::{Recipes, Scratch};
use crate::lanes::sweep::{self, SweepLanes};

type Lanes = [u32; 4];
type Word = u32;
const PARTS: usize = 8;

fn splat(x: u32) -> Lanes {
    [x, x, x, x]
}

fn add(x: Lanes, y: Lanes) -> Lanes {
    std::array::from_fn(|i| x[i].wrapping_add(y[i]))
}

fn subtract(x: Lanes, y: Lanes) -> Lanes {
    std::array::from_fn(|i| x[i].wrapping_sub(y[i]))
}

fn or(x: Lanes, y: Lanes) -> Lanes {
    std::array::from_fn(|i| x[i] | y[i])
}

fn choose(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    std::array::from_fn(|i| z[i] ^ (x[i] & (y[i] ^ z[i])))
}

fn majority(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    std::array::from_fn(|i| (x[i] & y[i]) | (z[i] & (x[i] | y[i])))
}

fn parity(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    std::array::from_fn(|i| x[i] ^ y[i] ^ z[i])
}

/// The fourth function of MD5: `y`, inverted where `x` is set or `z` is not.
fn unless(x: Lanes, y: Lanes, z: Lanes) -> Lanes {
    std::array::from_fn(|i| y[i] ^ (x[i] | !z[i]))
}

fn rotate<const LEFT: i32, const RIGHT: i32>(x: Lanes) -> Lanes {
    x.map(|x| x.rotate_left(LEFT.cast_unsigned()))
}

/// Zero if the shift is by all bits.
fn shifted_left(x: Lanes, by: u32) -> Lanes {
    x.map(|x| x.checked_shl(by).unwrap_or(0))
}

/// Zero if the shift is by all bits.
fn shifted_right(x: Lanes, by: u32) -> Lanes {
    x.map(|x| x.checked_shr(by).unwrap_or(0))
}

fn interleave(even: &Row, odd: &Row) -> [Lanes; PARTS] {
    let (even, odd) = (even.0.as_chunks::<4>().0, odd.0.as_chunks::<4>().0);
    std::array::from_fn(|part| {
        std::array::from_fn(|i| u32::from(even[part][i]) | u32::from(odd[part][i]) << 16)
    })
}

/// Which word of a batch a lane is for.
const fn word_of(part: u32, lane: u32) -> u32 {
    4 * part + lane
}

/// A bit for each lane that the filter lets through.
fn ask(filter: &Filter, checks: Lanes) -> u32 {
    let bits = checks.map(|check| u32::from(filter.may_have(check)));
    bits[0] | bits[1] << 1 | bits[2] << 2 | bits[3] << 3
}

md4!();

/// Instructions that every processor has.
#[derive(Clone, Copy)]
struct Portable;

/// Makes every guess of the recipes, and finds those that a filter lets through.
pub(crate) fn sweep(
    recipes: &Recipes,
    scratch: &mut Scratch,
    batches: &[&Batch],
    filters: [&Filter; 2],
    found: &mut Vec<Candidate>,
) {
    sweep::sweep(Portable, recipes, scratch, batches, filters, found);
}

impl SweepLanes<PARTS> for Portable {
    type Lanes = Lanes;
    type Numbers = Lanes;

    fn splat(self, number: u32) -> Lanes {
        splat(number)
    }

    fn or(self, x: Lanes, y: Lanes) -> Lanes {
        or(x, y)
    }

    fn interleave(self, even: &Row, odd: &Row) -> [Lanes; PARTS] {
        interleave(even, odd)
    }

    fn check(self, message: &[Lanes; 32], units: u16) -> Lanes {
        check(message, units)
    }

    fn ask(self, filter: &Filter, checks: Lanes) -> u32 {
        ask(filter, checks)
    }

    fn word_of(self, part: u32, lane: u32) -> u32 {
        word_of(part, lane)
    }

    fn numbers(self, lanes: Lanes) -> Lanes {
        lanes
    }
}

/// MD5, whose messages are in lines of their own.
pub(crate) mod md5 {
    use super::*;
    use crate::lanes::chain::{Chain, Message, chain};
    use crate::lanes::line::Line;
    use crate::lanes::md5::{IV, md5};

    const PER_PART: usize = 4;

    fn load(line: &Line<u32>, part: usize) -> Lanes {
        line.0.as_chunks::<4>().0.get(part).copied().unwrap_or_default()
    }

    fn store(line: &mut Line<u32>, lanes: Lanes, part: usize) {
        if let Some(place) = line.0.as_chunks_mut::<4>().0.get_mut(part) {
            *place = lanes;
        }
    }

    md5!();
    chain!(4, IV, shifted_left, shifted_right);
}
