//! What computes a scheme: guesses in, digests out.

use crate::stored::error::HashError;

/// Receives the place of a guess in its block, and a digest.
pub(crate) type Each<'e> = dyn FnMut(usize, &[u8]) + 'e;

/// Computes one scheme under one setting, for a block of guesses at a time.
pub(crate) trait Kernel {
    /// The number of guesses that it computes together; blocks are best a multiple of it.
    fn lanes(&self) -> usize {
        1
    }

    /// Hands back the digest of each guess that the scheme can take, in any order.
    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) -> Result<(), HashError>;
}

/// A kernel that computes one guess after the other; it may hand back several digests of it.
pub(crate) fn scalar<'a, F>(digest: F) -> Box<dyn Kernel + Send + 'a>
where
    F: FnMut(&[u8], &mut dyn FnMut(&[u8])) -> Result<(), HashError> + Send + 'a,
{
    Box::new(Scalar(digest))
}

/// Like [`scalar`], for schemes that give one digest of every guess.
pub(crate) fn simple<'a, D: AsRef<[u8]>>(
    mut digest: impl FnMut(&[u8]) -> D + Send + 'a,
) -> Box<dyn Kernel + Send + 'a> {
    scalar(move |guess, each| {
        each(digest(guess).as_ref());
        Ok(())
    })
}

struct Scalar<F>(F);

impl<F> Kernel for Scalar<F>
where
    F: FnMut(&[u8], &mut dyn FnMut(&[u8])) -> Result<(), HashError>,
{
    fn digests(&mut self, guesses: &[&[u8]], each: &mut Each<'_>) -> Result<(), HashError> {
        for (at, guess) in guesses.iter().enumerate() {
            (self.0)(guess, &mut |digest| each(at, digest))?;
        }
        Ok(())
    }
}
