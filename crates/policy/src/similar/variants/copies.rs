//! Near copies as they are collected.

use zeroize::Zeroizing;

/// How many are made at most: each may cost a slow hash.
pub(super) const LIMIT: usize = 100;

/// The list as it grows; every buffer in it is wiped on drop and never moved.
pub(crate) struct Variants {
    pub(super) base: Zeroizing<Vec<char>>,
    pub(super) found: Vec<Zeroizing<String>>,
}

impl Variants {
    pub(super) fn new(password: &str) -> Self {
        let mut base = Zeroizing::new(Vec::with_capacity(password.len()));
        base.extend(password.chars());
        let list = Vec::with_capacity(LIMIT);
        Self { base, found: list }
    }

    /// The characters of the password.
    pub(super) fn base(&self) -> &[char] {
        &self.base
    }

    /// Adds a near copy, unless it is there, empty, or the password itself.
    pub(super) fn add(&mut self, copy: impl IntoIterator<Item = char>) {
        self.add_any(&mut copy.into_iter());
    }

    /// One body for all iterators: each of their own would be 1 kB more in a PAM module.
    fn add_any(&mut self, copy: &mut dyn Iterator<Item = char>) {
        if self.found.len() == LIMIT {
            return;
        }
        // Room for any edit; a string that grows would leave a copy behind.
        let room = 8 * self.base.len() + 64;
        let mut text = Zeroizing::new(String::with_capacity(room));
        for c in copy {
            if text.len() + c.len_utf8() > room {
                return;
            }
            text.push(c);
        }
        let is_base = text.chars().eq(self.base.iter().copied());
        if !text.is_empty() && !is_base && !self.found.contains(&text) {
            self.found.push(text);
        }
    }

    /// Adds the password with the characters of `range` replaced.
    pub(super) fn replace(
        &mut self,
        range: std::ops::Range<usize>,
        by: impl IntoIterator<Item = char>,
    ) {
        let base = self.base.clone();
        let (Some(before), Some(after)) = (base.get(..range.start), base.get(range.end..)) else {
            return;
        };
        self.add(before.iter().copied().chain(by).chain(after.iter().copied()));
    }
}
