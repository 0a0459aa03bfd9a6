//! What is asked, what is answered, and what is told.

use crate::host::{self, Place};

const STRONG: &str = "vT7$kq2z";
const WORD: &str = "BAD PASSWORD: It contains a dictionary word. Change that part so that it spells \
                    nothing. Adding more around it does not help.";
const SHORT: &str =
    "BAD PASSWORD: It is too short: it needs at least 8 characters. Make it longer.";
const NO_NUMBER: &str = "BAD PASSWORD: It has no number. Put in a number (0 to 9).";
const NO_LETTER: &str = "BAD PASSWORD: It has no letter. Put in a letter.";
const NO_SYMBOL: &str =
    "BAD PASSWORD: It has no symbol. Put in a symbol, such as ! £ % + or a space.";
const NAME: &str = "BAD PASSWORD: It contains a name that belongs to you, your school or the \
                    system. Leave out your own names and those of your school and its systems.";
const DIFFER: &str = "Sorry, passwords do not match.";
const SAME_AGAIN: &str = "That is the password that was refused just now.";

#[test]
fn a_strong_one_is_asked_for_twice() {
    let change = Place::new().check("", &[STRONG, STRONG]);
    change.is(host::SUCCESS, 2, &[]);
    assert_eq!(change.prompts, ["New password: ", "Retype new password: "]);
    assert!(change.remarks.is_empty());
}

#[test]
fn weak_then_strong() {
    let change = Place::new().check("", &["Xk9#horse!", STRONG, STRONG]);
    change.is(host::SUCCESS, 3, &[WORD]);
}

#[test]
fn every_reason_is_told_at_once() {
    let change = Place::new().check("retry=1", &["horse"]);
    change.is(host::AUTHTOK_ERR, 1, &[SHORT, NO_NUMBER, NO_SYMBOL, WORD]);
    let change = Place::new().check("retry=1", &[""]);
    change.is(host::AUTHTOK_ERR, 1, &[SHORT, NO_NUMBER, NO_LETTER, NO_SYMBOL]);
}

#[test]
fn three_weak_ones_are_enough() {
    let weak = ["Xk9#horse!", "Xk9#tiger!", "Xk9#lemon!", STRONG];
    let change = Place::new().check("", &weak);
    change.is(host::MAXTRIES, 3, &[WORD, WORD, WORD]);
    assert_eq!(change.unasked, 1);
    Place::new().check("retry=1", &weak).is(host::AUTHTOK_ERR, 1, &[WORD]);
    Place::new().check("retry=2", &weak).is(host::MAXTRIES, 2, &[WORD, WORD]);
}

/// As `chpasswd` and `newusers` do, which answer every question alike.
#[test]
fn an_identical_answer_is_not_asked_three_times() {
    let place = Place::new();
    place.stack("chpasswd", &[("requisite", &format!("{} retry=9", place.policy()))]);
    place.change("chpasswd", &["Xk9#horse!"; 9]).is(host::MAXTRIES, 2, &[WORD]);
    // Whoever was asked again at a terminal is told.
    place.stack("passwd", &[("requisite", &format!("{} retry=9", place.policy()))]);
    let change = place.change_at_terminal("passwd", &["Xk9#horse!"; 9]);
    change.is(host::MAXTRIES, 2, &[WORD, SAME_AGAIN]);
    // Not the one before, but what was refused: a strong one is judged anew.
    let answers = ["Xk9#horse!", STRONG, "mistyped", STRONG, STRONG];
    Place::new().check("", &answers).is(host::SUCCESS, 5, &[WORD, DIFFER]);
}

#[test]
fn a_mistype_is_a_try() {
    let change = Place::new().check("", &[STRONG, "vT7$kq2y", STRONG, STRONG]);
    change.is(host::SUCCESS, 4, &[DIFFER]);
    let change = Place::new().check("retry=2", &[STRONG, "a", STRONG, "b", STRONG, STRONG]);
    change.is(host::MAXTRIES, 4, &[DIFFER, DIFFER]);
}

#[test]
fn no_answer_is_no_password() {
    for (answers, prompts) in [(&[][..], 1), (&[STRONG], 2)] {
        let change = Place::new().check("", answers);
        // Libpam says that it has been aborted.
        assert_eq!((change.code, change.prompts.len()), (host::AUTHTOK_ERR, prompts), "{change:?}");
    }
}

#[test]
fn names_count() {
    let place = Place::new();
    place.check("retry=1", &[]);
    let answers = ["vT7$zorblat", "vT7$zorblat"];
    place.change_of("q.zorblat", "check", 0, &answers).is(host::AUTHTOK_ERR, 1, &[NAME]);
    // The same for someone else.
    place.change_of("k.harper", "check", 0, &answers).is(host::SUCCESS, 2, &[]);
}

#[test]
fn what_cannot_be_text_is_refused() {
    let place = Place::new();
    let message = "BAD PASSWORD: It has a character that cannot be seen, or is not text. Use only \
                   characters that you can see on your keyboard.";
    place.check("retry=1", &["vT7$kq2z\u{7}"]).is(host::AUTHTOK_ERR, 1, &[message]);
    let long = "vT7$kq2z".repeat(65);
    let message = "BAD PASSWORD: It is longer than 512 bytes. Make it shorter.";
    let change = place.check("retry=1", &[&long]);
    // Libpam of some versions refuses so long an answer itself.
    assert_eq!(change.code, host::AUTHTOK_ERR);
    assert!(change.errors.is_empty() || change.errors == [message], "{change:?}");
}

#[test]
fn silence_is_kept() {
    let place = Place::new();
    place.check("", &[]);
    let change = place.change_of("k.harper", "check", host::SILENT, &["horse", "a", "b"]);
    change.is(host::MAXTRIES, 3, &[]);
    let change = place.change_of("k.harper", "check", host::SILENT, &["Xk9#horse!"; 3]);
    change.is(host::MAXTRIES, 2, &[]);
    place.stack("broken", &[("requisite", "retyr=3")]);
    place.change_of("k.harper", "broken", host::SILENT, &[STRONG]).is(host::SERVICE_ERR, 0, &[]);
}

#[test]
fn with_use_authtok_nobody_is_asked() {
    let place = Place::new();
    let second = format!("{} use_authtok", place.policy());
    place.stack("alone", &[("requisite", &second)]);
    place.change("alone", &[STRONG]).is(host::AUTHTOK_ERR, 0, &[]);

    let lenient = place.path("lenient.toml");
    place.write("lenient.toml", "extends = \"aspire\"\none_system = \"off\"\n");
    let first = format!("policy={}", lenient.display());
    place.stack("second", &[("requisite", &first), ("requisite", &second)]);
    place.change("second", &[STRONG, STRONG]).is(host::SUCCESS, 2, &[]);
    // Strong enough for the first, not for the second, which cannot ask again.
    let change = place.change("second", &["xxhorsexx", "xxhorsexx", STRONG, STRONG]);
    change.is(host::AUTHTOK_ERR, 2, &[NO_NUMBER, NO_SYMBOL, WORD]);
    // Nor does it without the argument, when there is a password to judge.
    place.stack("second", &[("requisite", &first), ("requisite", &place.policy())]);
    let change = place.change("second", &["xxhorsexx", "xxhorsexx", STRONG, STRONG]);
    change.is(host::AUTHTOK_ERR, 2, &[NO_NUMBER, NO_SYMBOL, WORD]);
}

/// A refused password is taken away: modules behind that do not ask have nothing to store.
#[test]
fn what_was_refused_does_not_reach_later_modules() {
    let place = Place::new();
    let line = |more: &str| format!("{} {more}", place.policy());
    // `optional` lets the stack go on; the second would accept what the first has refused.
    place.stack(
        "leaky",
        &[("optional", &line("retry=1")), ("required", &line("use_authtok audit_only"))],
    );
    place.change("leaky", &["Xk9#horse!"]).is(host::AUTHTOK_ERR, 1, &[WORD]);
}

/// Here as whoever runs the test; both cases are in the tests of `module.rs`.
#[test]
fn root_may_be_warned_only() {
    let weak = ["Xk9#horse!"; 2];
    let place = Place::new();
    place.check("retry=1", &weak).is(host::AUTHTOK_ERR, 1, &[WORD]);
    let change = place.check("retry=1 warn_root", &weak);
    if host::is_root() {
        change.is(host::SUCCESS, 2, &[]);
        assert_eq!(change.remarks, [WORD.replace("BAD PASSWORD", "Weak, but accepted")]);
    } else {
        change.is(host::AUTHTOK_ERR, 1, &[WORD]);
    }
    // An expired one is chosen by its owner, whoever the program runs as.
    let change = place.change_of("k.harper", "check", host::CHANGE_EXPIRED, &weak);
    change.is(host::AUTHTOK_ERR, 1, &[WORD]);
    let strong = [STRONG, STRONG];
    let change = place.change_of("k.harper", "check", host::CHANGE_EXPIRED, &strong);
    change.is(host::SUCCESS, 2, &[]);
}

#[test]
fn an_audit_refuses_nothing() {
    let change = Place::new().check("audit_only", &["horse", "horse"]);
    change.is(host::SUCCESS, 2, &[]);
    let remarks = [SHORT, NO_NUMBER, NO_SYMBOL, WORD];
    assert_eq!(change.remarks, remarks.map(|m| m.replace("BAD PASSWORD", "Weak, but accepted")));
}

#[test]
fn standard_arguments_are_understood() {
    let place = Place::new();
    let change = place.check("authtok_type=School try_first_pass debug", &[STRONG, STRONG]);
    change.is(host::SUCCESS, 2, &[]);
    assert_eq!(change.prompts, ["New School password: ", "Retype new School password: "]);
    place.check("use_first_pass", &[STRONG]).is(host::AUTHTOK_ERR, 0, &[]);
}

#[test]
fn odd_user_names_are_refused() {
    let place = Place::new();
    place.check("", &[]);
    for user in ["-froot", "+nis"] {
        let change = place.change_of(user, "check", 0, &[STRONG, STRONG]);
        change.is(host::USER_UNKNOWN, 0, &[]);
    }
}

/// A build for tests panics when told to, with the password in its words; an installed one refuses
/// to know the argument.
#[test]
fn a_panic_is_contained() {
    let change = Place::new().check("debug_panic", &[STRONG, STRONG]);
    if cfg!(debug_assertions) {
        change.is(host::SYSTEM_ERR, 2, &[]);
    } else {
        assert_eq!(change.code, host::SERVICE_ERR, "{change:?}");
    }
}

/// The test above again, in a process whose standard error can be read.
#[test]
#[expect(clippy::disallowed_methods, reason = "this is the host, not the guest")]
fn a_panic_prints_nothing() {
    let test = std::env::current_exe().unwrap();
    let arguments = ["--exact", "check::a_panic_is_contained", "--nocapture"];
    let output = std::process::Command::new(test).args(arguments).output().unwrap();
    let (out, err) = (&output.stdout, &output.stderr);
    let printed = format!("{}{}", String::from_utf8_lossy(out), String::from_utf8_lossy(err));
    assert!(output.status.success() && printed.contains("1 passed"), "{printed}");
    assert!(!printed.contains(STRONG) && !printed.contains("panicked"), "{printed}");
}

#[test]
fn there_is_one_hook() {
    assert_eq!(Place::new().set_credentials(), host::MODULE_UNKNOWN);
}
