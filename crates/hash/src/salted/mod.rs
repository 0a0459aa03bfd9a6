//! Guesses under one salt, side by side: the kernels that use lanes.

mod crypt;
mod mac;
mod message;
mod phpass;
mod plain;

use md5::Md5;
use sha1::Sha1;
use sha2::{Sha256, Sha512};

use crate::arch::{InLanes, InstructionSet};
use crate::schemes::kernel::{Each, Kernel};
use crate::stored::error::HashError;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// A kernel that uses lanes, where that is faster; what fits none of them is computed alone.
#[expect(clippy::wildcard_enum_match_arm, reason = "lanes are written for some schemes")]
pub(crate) fn kernel<'a>(
    setting: &'a Setting,
    set: InstructionSet,
    alone: Box<dyn Kernel + Send + 'a>,
) -> Box<dyn Kernel + Send + 'a> {
    macro_rules! group {
        ($digest:ident, $group:expr) => {
            match $digest::on(set) {
                Some(on) => grouped($group(setting, on), alone),
                None => alone,
            }
        };
    }
    match setting.scheme() {
        Scheme::Md5crypt | Scheme::Apr1 => group!(Md5, crypt::md5),
        Scheme::Sha256crypt => group!(Sha256, crypt::sha::<Sha256>),
        Scheme::Sha512crypt => group!(Sha512, crypt::sha::<Sha512>),
        Scheme::Md5 | Scheme::Smd5 => group!(Md5, plain::before_salt::<Md5>),
        Scheme::Sha1 | Scheme::Ssha => group!(Sha1, plain::before_salt::<Sha1>),
        Scheme::Sha256 | Scheme::Ssha256 => group!(Sha256, plain::before_salt::<Sha256>),
        Scheme::Sha512 | Scheme::Ssha512 => group!(Sha512, plain::before_salt::<Sha512>),
        Scheme::WebMd5 => group!(Md5, plain::after_salt_or_keyed::<Md5>),
        Scheme::WebSha1 => group!(Sha1, plain::after_salt_or_keyed::<Sha1>),
        Scheme::HmacSha256 => group!(Sha256, plain::keyed_by_salt::<Sha256>),
        Scheme::HmacSha512 => group!(Sha512, plain::keyed_by_salt::<Sha512>),
        Scheme::Sha1crypt => group!(Sha1, mac::sha1_crypt),
        Scheme::Dcc2 => group!(Sha1, mac::dcc2),
        Scheme::Pbkdf2Sha1 => group!(Sha1, mac::pbkdf2::<Sha1>),
        Scheme::Pbkdf2Sha256 => group!(Sha256, mac::pbkdf2::<Sha256>),
        Scheme::Pbkdf2Sha512 => group!(Sha512, mac::pbkdf2::<Sha512>),
        Scheme::Phpass => group!(Md5, phpass::phpass::<Md5>),
        Scheme::Drupal7 => group!(Sha512, phpass::phpass::<Sha512>),
        _ => alone,
    }
}

/// Computes guesses that need the same operations, as many as there are lanes.
pub(crate) trait Group {
    /// The number of guesses side by side; [`MOST`] at most.
    fn lanes(&self) -> usize;

    /// Which guesses go side by side: those that have the same number here. None goes alone.
    fn class(&self, guess: &[u8]) -> Option<usize>;

    /// Hands back the digests of guesses of one class, [`Self::lanes`] at most.
    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>);
}

/// The most guesses side by side.
const MOST: usize = 32;

/// The longest guess in lanes where the length must be the same: there are too few that are longer.
const LONGEST: usize = 64;

/// A group of so few is computed one after the other, which is faster.
const FEW: usize = 2;

/// Puts the guesses of a block into groups; those that fit none go to a kernel for one guess.
fn grouped<'a>(
    group: impl Group + Send + 'a,
    alone: Box<dyn Kernel + Send + 'a>,
) -> Box<dyn Kernel + Send + 'a> {
    Box::new(Grouped { group, alone, classes: Vec::new() })
}

struct Grouped<'a, G> {
    group: G,
    alone: Box<dyn Kernel + Send + 'a>,
    /// The places of the guesses of each class.
    classes: Vec<Vec<usize>>,
}

impl<G: Group> Kernel for Grouped<'_, G> {
    fn lanes(&self) -> usize {
        self.group.lanes()
    }

    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) -> Result<(), HashError> {
        self.classes.iter_mut().for_each(Vec::clear);
        for (place, guess) in guesses.iter().enumerate() {
            match self.group.class(guess) {
                None => self.alone.digests(&[guess], &mut |_, digest| each(place, digest))?,
                Some(class) => {
                    if self.classes.len() <= class {
                        self.classes.resize_with(class + 1, Vec::new);
                    }
                    self.classes.get_mut(class).into_iter().for_each(|class| class.push(place));
                }
            }
        }
        let guess = |place: &usize| guesses.get(*place).copied().unwrap_or_default();
        let lanes = self.group.lanes();
        for places in self.classes.iter().flat_map(|class| class.chunks(lanes)) {
            if places.len() <= FEW {
                for place in places {
                    self.alone.digests(&[guess(place)], &mut |_, digest| each(*place, digest))?;
                }
                continue;
            }
            let mut group = [b"".as_slice(); MOST];
            group.iter_mut().zip(places).for_each(|(to, place)| *to = guess(place));
            let group = group.get(..places.len()).unwrap_or_default();
            self.group.digests(group, &mut |lane, digest| {
                if let Some(place) = places.get(lane) {
                    each(*place, digest);
                }
            });
        }
        Ok(())
    }
}
