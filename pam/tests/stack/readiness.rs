//! What is not in order is said before anybody types.

use std::fs;

use strongpass_policy::{List, WordList};

use crate::host::{self, Place};

const NOT_SET_UP: &str = "Password checking is not set up correctly on this computer, so the \
                          password cannot be changed. Please tell IT.";
const STRONG: [&str; 2] = ["vT7$kq2z", "vT7$kq2z"];

/// Nothing was asked, and the reason was told.
#[track_caller]
fn is_not_ready(place: &Place, code: i32, line: &str, why: &str) {
    place.stack("line", &[("requisite", line)]);
    let change = place.change("line", &STRONG);
    let why = why.replace("DIR", place.path("").to_str().unwrap().trim_end_matches('/'));
    change.is(code, 0, &[NOT_SET_UP, &format!("For IT: {why}")]);
}

#[test]
fn an_unknown_argument() {
    let place = Place::new();
    let refuse = |line, why| is_not_ready(&place, host::SERVICE_ERR, line, why);
    refuse("retyr=3", "unknown argument `retyr`: did you mean `retry`?");
    refuse("retry=three", "`retry=` takes a number from 1 to 99");
    refuse(
        "enforce_for_root",
        "unknown argument `enforce_for_root`: use one of audit_only, debug, \
                                history_config, policy, record, retry, system, warn_root",
    );
    refuse("record retyr=3", "unknown argument `retyr`: did you mean `retry`?");
}

/// Libpwquality logs it, drops the rest of the file and goes on.
#[test]
fn a_misspelt_key() {
    let place = Place::new();
    place.write("policy.toml", "min_length = 14\nsymbls = true\n");
    let line = place.policy();
    let why = "DIR/policy.toml:2:1: unknown key `symbls`: did you mean `symbols`?";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);
    place.write("policy.toml", "min_length = 14\none_system = \"off\"\n");
    let change = place.change("line", &["vT7$kq2z", "vT7$kq2zWn&4xR", "vT7$kq2zWn&4xR"]);
    assert_eq!((change.code, change.errors.len()), (host::SUCCESS, 1), "{change:?}");
}

#[test]
fn a_missing_policy() {
    let place = Place::new();
    let line = format!("policy={}", place.path("none.toml").display());
    let why = "DIR/none.toml: there is no such file; correct `policy=`";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);
    let refuse = |line, why| is_not_ready(&place, host::TRY_AGAIN, line, why);
    refuse("policy=birchingtn", "`policy=`: no such preset: did you mean `birchington`?");
    refuse(
        "policy=etc/policy.toml",
        "`policy=` takes a path from `/`, or a preset of `strongpass policy list`",
    );
    fs::write(place.path("latin.toml"), b"title = \"caf\xe9\"\n").unwrap();
    let line = format!("policy={}", place.path("latin.toml").display());
    let why = "DIR/latin.toml: it is not UTF-8 text; save it as UTF-8";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);
}

#[test]
fn a_missing_or_damaged_word_list() {
    let place = Place::new();
    place.write("policy.toml", "one_system = \"off\"\nwords = [\"school.fst\"]\n");
    let line = place.policy();
    let why = "DIR/school.fst: there is no such word list; make it with `strongpass words build`";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);

    let mut compiler = WordList::compiler();
    compiler.add(List::Local, "zorblat").unwrap();
    let mut list = compiler.finish().unwrap();
    fs::write(place.path("school.fst"), &list).unwrap();
    let change = place.change("line", &["x7$Zorblat", "vT7$kq2z", "vT7$kq2z"]);
    assert_eq!((change.code, change.errors.len()), (host::SUCCESS, 1), "{change:?}");

    let damaged = WordList::open({
        *list.last_mut().unwrap() ^= 1;
        list.clone()
    });
    fs::write(place.path("school.fst"), &list).unwrap();
    let why = format!("DIR/school.fst: {}", damaged.unwrap_err());
    is_not_ready(&place, host::TRY_AGAIN, &line, &why);
    fs::write(place.path("school.fst"), "").unwrap();
    assert_eq!(place.change("line", &STRONG).code, host::TRY_AGAIN);
}

#[test]
fn a_list_of_stolen_passwords() {
    let place = Place::new();
    let policy = "one_system = \"off\"\n[breached]\nlist = \"stolen\"\npartial = true\n";
    place.write("policy.toml", policy);
    let line = place.policy();
    let why = "DIR/stolen: there is no such list of stolen passwords; correct the path, or make \
               an index of one with `strongpass words breached`";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);

    // SHA-1 of the strong one.
    place.write("stolen", "9608E1B4D6B4444B6F40872D646ED367520E8F07:17\n");
    let change = place.change("line", &["vT7$kq2z", "hG4&xr9m!Jb", "hG4&xr9m!Jb"]);
    let stolen = "BAD PASSWORD: It is in a list of passwords stolen from other sites. Choose \
                  something quite different. If you use this one anywhere, change it there, too.";
    change.is(host::SUCCESS, 3, &[stolen]);

    place.write("stolen", "9608E1B4D6B4444B6F40872D646ED367520E8F07\n");
    let why = "DIR/stolen: its first line is not HASH:COUNT; use the single file that \
               PwnedPasswordsDownloader writes, with SHA-1 or (-n) NT hashes";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);
}

#[test]
fn a_required_history_that_nobody_switched_on() {
    let place = Place::new();
    place.write("policy.toml", "one_system = \"required\"\n");
    place.write("history.toml", &format!("store = \"{}\"\n", place.path("h/h.db").display()));
    let (policy, config) = (place.policy(), place.path("history.toml"));
    let line = format!("{policy} history_config={}", config.display());
    let why = "a history is required, and nobody said which system this service belongs to: name \
               it in [pam] of the history's configuration, or with `system=`";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);
    let line = format!("{policy} history_config={}", place.path("none.toml").display());
    let why = "DIR/none.toml: there is no such file; correct `history_config=`";
    is_not_ready(&place, host::TRY_AGAIN, &line, why);
}
