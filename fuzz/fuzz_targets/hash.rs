//! Any bytes as a stored hash, and a guess after a newline: an error or a setting that can be asked
//! everything, and hashed with if that is cheap.
#![no_main]

use std::time::Duration;

use libfuzzer_sys::fuzz_target;
use strongpass_hash::{Hash, HashError, Limits};

fuzz_target!(|data: &[u8]| {
    let end = data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len());
    let (text, guess) = data.split_at(end);
    let hash = match Hash::parse(text) {
        Ok(hash) => hash,
        Err(error) => {
            let message = error.to_string();
            assert!(!message.contains(char::is_control), "reaches the terminal");
            if let HashError::ClearText { at } = error {
                assert!(at <= text.len());
            }
            return;
        }
    };
    assert_eq!(Hash::parse(text).as_ref(), Ok(&hash));
    let storage = hash.setting.storage();
    assert!(storage.problem.ends_with('.') && storage.fix.ends_with('.'));

    let cheap = Limits { memory_kib: 1024, time: Duration::from_millis(2) };
    let Ok(mut hasher) = hash.setting.hasher(&cheap) else { return };
    let mut digests = Vec::new();
    let guesses = [guess, b"Blue-Badger7", guess];
    let hashed = hasher.digests(&guesses, &mut |at, digest| digests.push((at, digest.to_vec())));
    if hashed.is_ok() {
        let of = |place| digests.iter().filter(move |(at, _)| *at == place).map(|(_, digest)| digest);
        assert!(of(0).eq(of(2)), "the same guess, the same digest");
        assert!(digests.iter().all(|(_, digest)| digest.len() >= 8));
    }
});
