//! The program itself: its words, its verdicts, its random bytes.

use strongpass_policy::{Context, Outcome, Password, Policy, WordList};

use crate::finding::Finding;

pub(crate) fn built_in_words() -> Finding {
    let what = "the built-in word list is whole";
    let list = WordList::built_in(strongpass_wordlists::BUILT_IN);
    match list.and_then(|list| list.verify().map(|()| list.len())) {
        Ok(entries) => Finding::good("words", format!("{what}: {entries} entries")),
        Err(error) => Finding::bad("words", what, format!("{error}."), "Install strongpass again."),
    }
}

/// Two passwords whose verdicts are known.
pub(crate) fn verdicts() -> Finding {
    let what = "known passwords get their known verdicts";
    let policy = Policy::birchington();
    let outcome = |password: &str| {
        let dictionary = strongpass_wordlists::dictionary().ok()?;
        let password = Password::new(password.as_bytes());
        Some(policy.check(&password, &dictionary, &Context::default()).outcome())
    };
    let right = outcome("Xk9#h0rse!") == Some(Outcome::Reject)
        && outcome("vT7$kq2z") == Some(Outcome::Accept);
    if right {
        Finding::good("verdicts", what)
    } else {
        Finding::bad("verdicts", what, "They do not.", "Install strongpass again.")
    }
}

pub(crate) fn random() -> Finding {
    let what = "the operating system gives random bytes";
    let remedy = "Do not generate passwords on this computer.";
    let mut bytes = [0; 32];
    match getrandom::fill(&mut bytes) {
        Ok(()) if bytes != [0; 32] => Finding::good("random", what),
        Ok(()) => Finding::bad("random", what, "It gives zeros.", remedy),
        Err(error) => Finding::bad("random", what, format!("{error}."), remedy),
    }
}
