//! Any text as a policy file.
#![no_main]

use libfuzzer_sys::fuzz_target;
use strongpass_policy::Policy;

fuzz_target!(|text: &str| {
    match Policy::from_toml(text) {
        Ok(policy) => {
            let written = policy.to_toml();
            assert_eq!(Policy::from_toml(&written).as_ref(), Ok(&policy), "{written}");
        }
        Err(error) => {
            assert!(error.line >= 1 && error.line <= text.split('\n').count());
            assert!(error.column >= 1 && !error.message.is_empty());
            let control = |c: char| c.is_control() && c != '\n';
            assert!(!error.excerpt.contains(control), "reaches the terminal");
        }
    }
});
