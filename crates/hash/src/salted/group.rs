//! Guesses put into groups that lanes compute together.

use crate::schemes::kernel::{Each, Kernel};
use crate::stored::error::HashError;

/// Computes guesses that need the same operations, as many as there are lanes.
pub(crate) trait Group {
    /// The number of guesses side by side; [`MOST`] at most.
    fn lanes(&self) -> usize;

    /// Which guesses go side by side: those that have the same number here. None goes one by one.
    fn class(&self, guess: &[u8]) -> Option<usize>;

    /// Hands back the digests of guesses of one class, [`Self::lanes`] at most.
    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>);
}

/// The most guesses side by side.
const MOST: usize = 32;

/// The longest guess in lanes where the length must be the same: there are too few that are longer.
pub(super) const LONGEST: usize = 64;

/// A group of so few is computed one after the other, which is faster.
const FEW: usize = 2;

/// Puts the guesses of a block into groups; those that fit none go to a kernel for one guess.
pub(super) fn grouped<'a>(
    group: impl Group + Send + 'a,
    scalar: Box<dyn Kernel + Send + 'a>,
) -> Box<dyn Kernel + Send + 'a> {
    Box::new(Grouped { group, scalar, classes: Vec::new() })
}

struct Grouped<'a, G> {
    group: G,
    scalar: Box<dyn Kernel + Send + 'a>,
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
                None => self.scalar.digests(&[guess], &mut |_, digest| each(place, digest))?,
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
                    self.scalar.digests(&[guess(place)], &mut |_, digest| each(*place, digest))?;
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
