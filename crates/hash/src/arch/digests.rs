//! The digests that lanes compute, on the instructions at hand.

use ::md5::Md5;
use ::sha1::Sha1;
use ::sha2::{Digest, Sha256, Sha512};

use super::instructions::{InstructionSet, Set};
use crate::lanes::chain::{Chain, Macs};
use crate::lanes::line::{Line, Order, Word};
use crate::lanes::{md5, sha1, sha2};

/// A digest that lanes compute.
pub(crate) trait InLanes: 'static {
    /// The instructions with which lanes are worth it.
    type On: Copy + Send;
    /// What its messages are made of; sixteen are a block.
    type Word: Word;
    /// Computes one message after the other.
    type Scalar: Digest + Clone;
    /// The state before the first block.
    const START: &'static [Self::Word];
    /// How bytes become words.
    const ORDER: Order;

    /// These instructions, if lanes are worth it with them.
    fn on(set: InstructionSet) -> Option<Self::On>;

    /// Digests messages of whole blocks, one for each lane, from given states on.
    fn absorb(
        on: Self::On,
        states: &mut [Line<Self::Word>],
        message: &[Line<Self::Word>],
        lanes: usize,
    );

    /// Follows a chain to its end.
    fn follow(on: Self::On, chain: &mut Chain<Self::Word>, lanes: usize);
}

/// A digest whose HMACs of HMACs lanes compute.
pub(crate) trait MacInLanes: InLanes {
    /// Takes as many HMACs as are asked for.
    fn repeat(on: Self::On, macs: &mut Macs<Self::Word>, lanes: usize);
}

/// Instructions with vectors: the proof that this processor has them.
#[derive(Clone, Copy)]
pub(crate) struct Vectors(Kind);

#[derive(Clone, Copy)]
enum Kind {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Vectors {
    const fn find(set: InstructionSet) -> Option<Self> {
        match set.0 {
            #[cfg(target_arch = "x86_64")]
            Set::Avx512 => Some(Self(Kind::Avx512)),
            #[cfg(target_arch = "x86_64")]
            Set::Avx2 => Some(Self(Kind::Avx2)),
            Set::Portable => None,
        }
    }
}

/// Chooses the stamped function.
macro_rules! on {
    ($on:ident $set:ident $($portable:ident)?,
        $module:ident::$digest:ident::$function:ident $arguments:tt) => {
        match $on.0 {
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call needs instructions that `on` proves")]
            // SAFETY: only `available` makes this value, when the processor has AVX-512 F and BW.
            $set::Avx512 => unsafe { super::avx512::$module::$digest::$function $arguments },
            #[cfg(target_arch = "x86_64")]
            #[expect(unsafe_code, reason = "the call needs instructions that `on` proves")]
            // SAFETY: only `available` makes this value, when the processor has AVX2.
            $set::Avx2 => unsafe { super::avx2::$module::$digest::$function $arguments },
            $($set::Portable => super::$portable::$digest::$function $arguments,)?
        }
    };
}

macro_rules! in_lanes {
    ($name:ident, $module:ident::$digest:ident, $word:ident, $start:expr, $order:ident,
        $on:ident, $of:expr, $set:ident $($portable:ident)?) => {
        #[cfg_attr(
            not(target_arch = "x86_64"),
            expect(unused_variables, reason = "there are no vectors")
        )]
        impl InLanes for $name {
            type On = $on;
            type Word = $word;
            type Scalar = Self;
            const START: &'static [$word] = &$start;
            const ORDER: Order = Order::$order;

            fn on(set: InstructionSet) -> Option<$on> {
                $of(set)
            }

            fn absorb(
                on: $on,
                states: &mut [Line<$word>],
                message: &[Line<$word>],
                lanes: usize,
            ) {
                on!(on $set $($portable)?, $module::$digest::absorb(states, message, lanes));
            }

            fn follow(on: $on, chain: &mut Chain<$word>, lanes: usize) {
                on!(on $set $($portable)?, $module::$digest::follow(chain, lanes));
            }
        }
    };
}

macro_rules! sha_in_lanes {
    ($name:ident, $module:ident::$digest:ident, $word:ident, $start:expr) => {
        in_lanes!($name, $module::$digest, $word, $start, BigEndian, Vectors, Vectors::find, Kind);

        #[cfg_attr(
            not(target_arch = "x86_64"),
            expect(unused_variables, reason = "there are no vectors")
        )]
        impl MacInLanes for $name {
            fn repeat(on: Vectors, macs: &mut Macs<$word>, lanes: usize) {
                on!(on Kind, $module::$digest::repeat(macs, lanes));
            }
        }
    };
}

in_lanes!(
    Md5, interleaved::md5, u32, md5::IV, LittleEndian, InstructionSet, Some, Set portable
);
sha_in_lanes!(Sha1, u32_lanes::sha1, u32, sha1::IV);
sha_in_lanes!(Sha256, u32_lanes::sha256, u32, sha2::IV_256);
sha_in_lanes!(Sha512, u64_lanes::sha512, u64, sha2::IV);
