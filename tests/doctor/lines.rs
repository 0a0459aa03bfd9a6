//! What lines say, and where they are.

use crate::computer::{Computer, DEBIAN, changed, expect};

#[test]
fn a_service_without_a_system_is_told() {
    let computer = Computer::with(DEBIAN);
    computer.remember();
    computer.write("pam.d/sudo", "@include common-password\n");
    let ran = computer.doctor(&[]);
    assert_eq!(ran.status, Some(0), "{}", ran.stdout);
    assert!(
        ran.stdout.contains("  ?     passwords that are set through sudo are not remembered\n"),
        "{}",
        ran.stdout
    );
    computer.write("pam.d/common-password", &DEBIAN.replace("record", "record system=network"));
    assert_eq!(computer.complaints(&[]), [""; 0]);
}

#[test]
fn arguments_are_those_that_the_module_understands() {
    let retry = |arguments: &str| changed("retry=3", arguments);
    let wrong = &["pam-arguments fails"];
    expect(&retry("retyr=3"), wrong);
    expect(&retry("retry=0"), wrong);
    expect(&changed("so record", "so record=perhaps"), wrong);
    expect(&retry("policy=birchingtom"), wrong);
    // As a path it would mean another file in each folder.
    expect(&retry("policy=Cargo.toml"), wrong);
    expect(&retry("policy=/nowhere/policy.toml"), wrong);
    expect(&retry("policy=ncsc use_authtok"), &[]);
    expect(&retry("audit_only"), &["pam-arguments note"]);
    expect(&retry("warn_root"), &["pam-arguments note"]);
    expect(&retry("system=network"), &["pam-record fails"]);
    let computer = Computer::with(&retry("retyr=3"));
    let said = computer.doctor(&[]).stdout;
    assert!(said.contains("common-password:1: unknown argument `retyr`: did"), "{said}");
}

#[test]
fn what_libpam_cannot_use_is_told() {
    let lines = &["pam-lines fails"];
    for broken in [
        "password\n",
        "password required\n",
        "password include nowhere\n",
        "password substack nowhere\n",
        "@include nowhere\n",
        "password include common-password\n",
        "password optional pam_permit.so\r\n",
    ] {
        expect(&format!("{DEBIAN}{broken}"), lines);
    }
    // A stack that ends in the middle of a line is refused as a whole.
    expect(&format!("{DEBIAN}password optional \\\n"), lines);
    // What is not for passwords, comments, and long lines are none of that.
    let long = DEBIAN.replace(
        "password requisite pam_strongpass.so",
        "PASSWORD \\\n\n# why\n  requisite \\\n pam_strongpass.so",
    );
    expect(&format!("# comment\n\nauth nonsense\nsession required \\\n pam_x.so # y\n{long}"), &[]);
}

#[test]
fn one_file_for_all_services() {
    let computer = Computer::new();
    let conf = DEBIAN.replace("password ", "passwd password ");
    computer.write(
        "pam.conf",
        &(conf.clone() + "other password required pam_deny.so\nPASSWD auth required pam_unix.so\n"),
    );
    let path = computer.path("pam.conf");
    let args = ["--pam-config", path.to_str().unwrap()];
    assert_eq!(computer.complaints(&args), [""; 0]);
    computer.write("pam.conf", &(conf + "login password required pam_unix.so\n"));
    assert_eq!(computer.complaints(&args), ["pam-asked fails"]);
    assert!(computer.doctor(&args).stdout.contains("PAM (login): every new password is judged"));
}

#[test]
fn services_without_lines_have_those_of_other() {
    let computer = Computer::with(DEBIAN);
    computer.write("pam.d/sshd", "auth required pam_unix.so\n");
    computer.write("pam.d/other", "password required pam_unix.so\n");
    let said = computer.doctor(&[]).stdout;
    assert!(said.contains("  FAILS PAM (other): every new password is judged\n"), "{said}");
    assert!(said.contains("  ok    PAM (passwd): every new password is judged\n"), "{said}");
    assert_eq!(computer.complaints(&["--service", "passwd"]), [""; 0]);
    // Whether it sets passwords at all, only who names it knows.
    assert_eq!(computer.complaints(&["--service", "sshd"]), ["pam-asked fails"]);
}

#[test]
fn wrong_usage_is_told() {
    let computer = Computer::with(DEBIAN);
    for (args, why) in [
        (["--service", "pawsswd"], "PAM has no service of that name"),
        (["--pam-config", "/nowhere/pam.d"], "--pam-config: /nowhere/pam.d"),
    ] {
        let ran = computer.doctor(&args);
        assert_eq!((ran.status, ran.stdout.as_str()), (Some(2), ""));
        assert!(ran.stderr.contains(why), "{}", ran.stderr);
    }
}

#[test]
fn hostile_stacks_end() {
    // Files that include one another, as often as libpam lets them.
    let computer =
        Computer::with("password include common-password\npassword include common-password\n");
    assert_eq!(computer.doctor(&[]).status, Some(1));
    // Each line may store, jump or fail.
    let many =
        "password [success=1 user_unknown=2 new_authtok_reqd=3 default=ignore] pam_unix.so\n"
            .repeat(390);
    let computer = Computer::with(&format!("password requisite pam_strongpass.so\n{many}"));
    let status = computer.doctor(&[]).status;
    assert!(matches!(status, Some(1 | 3)), "{status:?}");
    let computer = Computer::with("password requisite \u{1b}[31m\u{202e}pam_unix.so\n");
    assert!(!computer.doctor(&[]).stdout.contains(['\u{1b}', '\u{202e}']));
}
