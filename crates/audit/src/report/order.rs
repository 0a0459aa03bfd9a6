//! What guesses are made of and in which order, as a short digest: of lists, never of passwords.

use std::hash::{Hash as _, Hasher};

use sha2::{Digest as _, Sha256};

use crate::guess::{Stage, WordList};

/// A digest of the guesses and their order: two audits with the same tried the same guesses one after
/// the other, as far as each went. None if passwords in use are among the guesses: no digest of them
/// leaves the program.
pub(super) fn order_of(stages: &[Stage]) -> Option<String> {
    if stages.iter().any(|stage| stage.words.are_passwords()) {
        return None;
    }
    let mut order = OrderHasher(Sha256::new());
    // What is made of words and rules may be another thing in another version.
    env!("CARGO_PKG_VERSION").hash(&mut order);
    for stage in stages {
        stage.personal.hash(&mut order);
        for level in 0..stage.words.levels() {
            level.hash(&mut order);
            stage.words.level(level).into_iter().flat_map(WordList::iter).for_each(|word| {
                word.hash(&mut order);
            });
        }
        for level in 0..stage.shapes.levels() {
            level.hash(&mut order);
            stage.shapes.rules(level).hash(&mut order);
        }
    }
    Some(format!("{:016x}", order.finish()))
}

struct OrderHasher(Sha256);

impl Hasher for OrderHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    fn finish(&self) -> u64 {
        let digest = self.0.clone().finalize();
        digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_rule_and_their_order_tell_orders_apart() {
        let orders = [
            order_of(&[Stage::listed(&["one", "two"], &[":", "c"])]),
            order_of(&[Stage::listed(&["two", "one"], &[":", "c"])]),
            order_of(&[Stage::listed(&["one", "two"], &["c", ":"])]),
            order_of(&[Stage::listed(&["one", "tw"], &[":", "c"])]),
            order_of(&[Stage::listed(&["one"], &[":", "c"]), Stage::listed(&["two"], &[":", "c"])]),
            order_of(&[]),
        ];
        for (at, order) in orders.iter().enumerate() {
            assert!(order.is_some());
            assert!(!orders[..at].contains(order), "{at}");
        }
        assert_eq!(orders[0], order_of(&[Stage::listed(&["one", "two"], &[":", "c"])]));
    }

    #[test]
    fn no_digest_of_passwords_is_made() {
        let mut secret = Stage::listed(&["Margate7!"], &[":"]);
        secret.words = secret.words.of_passwords();
        assert_eq!(order_of(&[Stage::listed(&["one"], &[":"]), secret]), None);
    }
}
