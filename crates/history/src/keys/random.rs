//! Random bytes for keys and salts, from the operating system.

use crate::error::HistoryError;

/// Fills `bytes`; waits until the system has gathered enough after it was switched on.
///
/// Source: getrandom(2). On Linux by way of the crate that opens files, so that a module in another
/// program's process needs one library less.
#[cfg(target_os = "linux")]
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), HistoryError> {
    use rustix::rand::{GetRandomFlags, getrandom};

    let mut filled = 0;
    while let Some(rest) = bytes.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match getrandom(rest, GetRandomFlags::empty()) {
            Ok(0) => return Err(HistoryError::Random),
            Ok(more) => filled += more,
            Err(rustix::io::Errno::INTR) => {}
            Err(_) => return Err(HistoryError::Random),
        }
    }
    Ok(())
}

/// Fills `bytes`.
#[cfg(not(target_os = "linux"))]
pub(crate) fn fill(bytes: &mut [u8]) -> Result<(), HistoryError> {
    getrandom::fill(bytes).map_err(|_| HistoryError::Random)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_filled() {
        // Longer than one call of the system need answer at once.
        let mut ever = vec![0; 1_000];
        let mut bytes = vec![0; 1_000];
        // A byte is zero by chance in all of them once in 256^8.
        for _ in 0..8 {
            fill(&mut bytes).unwrap();
            ever.iter_mut().zip(&bytes).for_each(|(ever, byte)| *ever |= byte);
        }
        assert!(ever.iter().all(|byte| *byte != 0));
        fill(&mut []).unwrap();
    }
}
