//! Any bytes as a password, and as the names given with it, under every preset.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use strongpass_policy::{
    Answer, Context, Dictionary, Likeness, Outcome, Password, Policy, Use, Uses,
};

fn dictionary() -> &'static Dictionary {
    static DICTIONARY: OnceLock<Dictionary> = OnceLock::new();
    DICTIONARY.get_or_init(|| strongpass_wordlists::dictionary().unwrap())
}

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    // A NUL ends the names in front of the password.
    let mut pieces = bytes.rsplitn(2, |&byte| byte == 0);
    let bytes = pieces.next().unwrap_or_default();
    let names = String::from_utf8_lossy(pieces.next().unwrap_or_default());
    let uses = [
        Use { system: names.clone().into_owned(), day: "2026-11-22".into(), likeness: Likeness::Near },
        Use { system: "email".into(), day: String::new(), likeness: Likeness::Same },
    ];
    let context = || {
        let context = Context::default().account(&names).name(&names).system(&names);
        context.uses(match choice >> 6 {
            0 | 1 => Uses::NotAsked,
            2 => Uses::Known(&uses),
            _ => Uses::Unavailable,
        })
    };
    let preset = Policy::PRESETS[usize::from(choice & 7)];
    let policy = Policy::preset(preset).unwrap();
    let password = Password::new(bytes);

    let verdict = policy.check(&password, dictionary(), &context());
    for violation in verdict.violations() {
        assert!(!violation.message().is_empty() && !violation.remedy().is_empty());
        for found in violation.matches() {
            let text = password.expose().expect("only text has matches");
            let part = text.get(found.span.start..found.span.end);
            assert!(part.is_some_and(|part| !part.is_empty()), "{:?}", found.span);
        }
    }
    for (rule, answer) in verdict.clauses() {
        assert!(!policy.clause(rule, answer).is_empty());
        let violated = verdict.violations().iter().any(|violation| violation.rule == rule);
        assert_eq!(violated, answer == Answer::Broken, "{rule}");
    }
    assert_eq!(verdict.outcome() == Outcome::Reject, !verdict.violations().is_empty());
    if password.expose().is_none() {
        assert_eq!(verdict.outcome(), Outcome::Reject);
    }

    let again = policy.check(&Password::new(bytes), dictionary(), &context());
    assert_eq!(verdict.violations(), again.violations());
});
