//! Which instructions this processor has.

use std::fmt;

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
pub struct InstructionSet(pub(super) Set);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Set {
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
}

impl fmt::Display for InstructionSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
