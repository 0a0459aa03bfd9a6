//! The hooks, called as Samba and `pam_exec` call them.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::io::Write;
use std::process::{Command, Output, Stdio};

mod history;

const STRONG: &str = "Zw!nq82#Kf";

type Environment<'a> = &'a [(&'a str, &'a str)];

const KATE: Environment<'_> = &[
    ("SAMBA_CPS_ACCOUNT_NAME", "k.harper"),
    ("SAMBA_CPS_USER_PRINCIPAL_NAME", "k.harper@thanet.example"),
    ("SAMBA_CPS_FULL_NAME", "Kate Harper"),
];
const PAM: Environment<'_> =
    &[("PAM_TYPE", "password"), ("PAM_USER", "kqharper"), ("PAM_SERVICE", "passwd")];

fn run(args: &[&str], environment: Environment<'_>, input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"));
    command.arg("hook").args(args).env_clear().envs(environment.iter().copied());
    if !args.contains(&"--policy") {
        command.args(["--policy", "birchington"]);
    }
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut command = command.spawn().unwrap();
    // A command that fails early does not read its input.
    command.stdin.take().unwrap().write_all(input).ok();
    command.wait_with_output().unwrap()
}

/// The exit code and what is said on standard error; standard output is silent.
fn answer(args: &[&str], environment: Environment<'_>, input: &[u8]) -> (i32, String) {
    let done = run(args, environment, input);
    assert_eq!(done.stdout, b"");
    (done.status.code().unwrap(), String::from_utf8(done.stderr).unwrap())
}

#[track_caller]
fn samba(password: &str, code: i32, rules: &[&str]) {
    judged("samba", KATE, password, code, rules);
}

#[track_caller]
fn judged(hook: &str, environment: Environment<'_>, password: &str, code: i32, rules: &[&str]) {
    let (found, said) = answer(&[hook], environment, password.as_bytes());
    let found_rules: Vec<&str> =
        said.lines().map(|line| line.split(": ").nth(3).unwrap()).collect();
    assert_eq!((found, found_rules.as_slice()), (code, rules), "{password}: {said}");
    assert!(!said.contains(password));
}

#[test]
fn samba_gets_the_verdict_of_the_policy() {
    samba(STRONG, 0, &[]);
    samba("vT7£kq2ö", 0, &[]);
    samba("Xk9#horse!", 1, &["dictionary-word"]);
    samba("horse", 1, &["length", "numbers", "symbols", "dictionary-word"]);
    // What is known of the person, from each of the three variables.
    samba("9!Katezq#", 1, &["dictionary-word", "personal"]);
    samba("k.harper#92q", 1, &["dictionary-word", "personal"]);
    samba("7#Thanetqq", 1, &["dictionary-word", "personal"]);
}

#[test]
fn the_reason_is_a_line_each_and_cannot_be_forged() {
    let (code, said) = answer(&["samba"], KATE, b"horse");
    assert_eq!(code, 1);
    let first = "strongpass: k.harper: refused: length: It is too short: it needs at least 8 \
                 characters. Make it longer.";
    assert_eq!(said.lines().next(), Some(first));
    let hostile = [("SAMBA_CPS_ACCOUNT_NAME", "eve\nstrongpass: k.harper: accepted\u{1b}[2J")];
    let (_, said) = answer(&["samba"], &hostile, b"Xk9#horse!");
    assert_eq!(said.lines().count(), 1);
    assert!(!said.contains('\u{1b}'));
}

#[test]
fn what_did_not_arrive_is_refused() {
    let (code, said) = answer(&["samba"], KATE, b"");
    assert_eq!(code, 3);
    assert_eq!(said, "strongpass: no password came on standard input: refused\n");
    for empty in [&b""[..], b"\0"] {
        let (code, said) = answer(&["pam-exec"], PAM, empty);
        assert_eq!(code, 3);
        assert!(said.contains("from Linux-PAM 1.6.0 on"), "{said}");
    }
    let (code, said) = answer(&["samba"], &[], STRONG.as_bytes());
    assert_eq!(code, 2);
    assert!(said.contains("SAMBA_CPS_ACCOUNT_NAME is not set"), "{said}");
    // Nobody listens to the reason: it is still a no.
    let command = "exec 2>&-; printf horse | \"$0\" hook samba --policy birchington";
    let mut deaf = Command::new("/bin/sh");
    deaf.args(["-c", command, env!("CARGO_BIN_EXE_strongpass")]);
    assert_eq!(deaf.envs(KATE.iter().copied()).status().unwrap().code(), Some(1));
    // It is as Samba stores it: a line end is a part of it.
    assert_eq!(answer(&["samba"], KATE, b"Zw!nq82#Kf\n").0, 1);
    assert_eq!(answer(&["samba"], KATE, b"\xff\xfeZw!nq82#Kf").0, 1);
    assert_eq!(answer(&["samba"], KATE, &[b'x'; 10_000]).0, 1);
}

#[test]
fn what_cannot_be_checked_is_refused() {
    let wrong = |args: &[&str]| answer(&[&["samba"], args].concat(), KATE, STRONG.as_bytes());
    assert_eq!(wrong(&["--policy", "brichington"]).0, 2);
    assert_eq!(wrong(&["--words", "/none.fst"]).0, 3);
    assert_eq!(wrong(&["--history", "--system", "x", "--history-config", "/none"]).0, 3);
    assert_eq!(wrong(&["--record"]).0, 2);
    assert_eq!(wrong(&["Xk9#horse!"]).0, 2);
}

#[test]
fn machines_pass_whatever_the_policy() {
    let random = "qWzRkVnXpT".repeat(12);
    let named = |account: &str, secret: &str, args: &[&str]| {
        let environment = [("SAMBA_CPS_ACCOUNT_NAME", account)];
        answer(&[&["samba"], args].concat(), &environment, secret.as_bytes())
    };
    for account in ["PC17$", "dns-dc1", "krbtgt"] {
        // Not even a policy file that is broken keeps computers off the network.
        assert_eq!(named(account, &random, &["--policy", "/none"]), (0, String::new()));
        assert_eq!(named(account, "Password1!", &[]).0, 1);
    }
    assert_eq!(named("k.harper", &random, &[]).0, 1);
}

#[test]
fn there_is_an_answer_before_samba_gives_up() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_strongpass"))
        .args(["hook", "samba"])
        .envs(KATE.iter().copied())
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Standard input stays open, and nothing comes.
    let stdin = command.stdin.take();
    // That this ends is the test; that 8 s are less than Samba's 10 s is tested beside the figures.
    let done = command.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(3));
    assert!(String::from_utf8(done.stderr).unwrap().contains("no answer within 8s: refused"));
    drop(stdin);
}

#[test]
fn pam_exec_gets_the_same_verdict() {
    judged("pam-exec", PAM, STRONG, 0, &[]);
    judged("pam-exec", PAM, "Xk9#horse!", 1, &["dictionary-word"]);
    judged("pam-exec", PAM, "9!kqharper", 1, &["dictionary-word", "personal"]);
    // With the end of a C string, and only one.
    assert_eq!(answer(&["pam-exec"], PAM, b"Zw!nq82#Kf\0").0, 0);
    assert_eq!(answer(&["pam-exec"], PAM, b"Zw!nq82#Kf\0\0").0, 1);
    // A computer's password does not come this way.
    let machine = [("PAM_TYPE", "password"), ("PAM_USER", "PC17$")];
    assert_eq!(answer(&["pam-exec"], &machine, &[b'x'; 120]).0, 1);
}

#[test]
fn pam_exec_answers_for_password_lines_alone() {
    for environment in [
        &[("PAM_TYPE", "auth"), ("PAM_USER", "kqharper")][..],
        &[("PAM_TYPE", ""), ("PAM_USER", "kqharper")],
        &[("PAM_USER", "kqharper")],
        &[("PAM_TYPE", "password")],
        &[],
    ] {
        assert_eq!(answer(&["pam-exec"], environment, STRONG.as_bytes()).0, 2);
    }
}
