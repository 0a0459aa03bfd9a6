//! What an LM hash says about a password without being guessed.

/// What is known from an LM hash beside the NT hash ([MS-SAMR] 3.1.1.8.11).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Lm {
    /// None is stored.
    #[default]
    Absent,
    /// Its second half is that of nothing: the password has 7 characters at most.
    Short,
    /// Both halves are there.
    Whole,
}

impl Lm {
    /// What the two halves of a hash say; the hash of nothing stands where none is kept.
    pub(super) fn from_hash(digest: [u8; 16]) -> Self {
        match digest.as_chunks() {
            ([OF_NOTHING, OF_NOTHING], []) => Self::Absent,
            ([_, OF_NOTHING], []) => Self::Short,
            _ => Self::Whole,
        }
    }
}

/// DES of a constant under a key of nothing: one half of an LM hash.
const OF_NOTHING: [u8; 8] = [0xaa, 0xd3, 0xb4, 0x35, 0xb5, 0x14, 0x04, 0xee];
