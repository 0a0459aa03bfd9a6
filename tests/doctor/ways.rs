//! Every way through a stack: what is judged, what is stored, what is remembered.

use crate::computer::{Computer, DEBIAN, changed, expect, expect_with_history};

#[test]
fn stacks_of_distributions() {
    let not_asked: &[&str] = &["pam-asked fails"];
    for (name, expected, with_history) in [
        ("debian", not_asked, not_asked),
        ("debian-pwquality", not_asked, not_asked),
        ("debian-strongpass", &[], &[]),
        (
            "debian-pwquality-behind",
            &["pam-holds fails", "pam-checkers note"],
            &["pam-holds fails", "pam-checkers note"],
        ),
        // Debian's profile of SSSD ends the stack with `sufficient`.
        ("debian-domain", &[], &["pam-record fails"]),
        (
            "fedora",
            &["pam-asked fails", "pam-asked fails"],
            &["pam-asked fails", "pam-asked fails"],
        ),
        ("fedora-strongpass", &[], &[]),
        ("fedora-local-strongpass", &[], &[]),
        ("arch", not_asked, not_asked),
        ("arch-strongpass", &[], &[]),
    ] {
        let computer = Computer::like(name);
        assert_eq!(computer.complaints(&[]), expected, "{name}");
        computer.remember();
        assert_eq!(computer.complaints(&[]), with_history, "{name}, with a history");
    }
}

#[test]
fn a_computer_that_does_not_use_the_module_is_in_order() {
    let computer = Computer::like("debian");
    computer.remove("modules/pam_strongpass.so");
    assert_eq!(computer.complaints(&[]), ["pam note"]);
    // Unless someone expects it of a service.
    assert_eq!(computer.complaints(&["--service", "passwd"]), ["pam-asked fails"]);
}

#[test]
fn ours_stands_before_what_stores_and_cannot_be_left_out() {
    let asked = &["pam-asked fails"];
    // Behind it.
    expect(
        "password [success=2 default=ignore] pam_unix.so use_authtok\n\
         password requisite pam_strongpass.so\npassword requisite pam_deny.so\n\
         password required pam_permit.so\n",
        asked,
    );
    expect(
        "password sufficient pam_sss.so use_authtok\n\
            password requisite pam_strongpass.so\n\
            password required pam_unix.so use_authtok\n",
        asked,
    );
    // A jump over it, and one that is none.
    let jump = |jump: &str| {
        format!("password [success={jump} default=ignore] pam_succeed_if.so uid < 99\n{DEBIAN}")
    };
    expect(&jump("1"), asked);
    expect(&jump("ok"), &[]);
    expect(&jump("done"), &[]);
    expect(&jump("die"), &[]);
    // It leaves out what stores as well.
    expect(&jump("2"), &[]);
    expect(&format!("password sufficient pam_localuser.so\n{DEBIAN}"), &[]);
    let said = Computer::with(&jump("1")).doctor(&[]).stdout;
    assert!(said.contains("common-password:1 (pam_succeed_if) can leave out"), "{said}");
    // Over more lines than there are.
    expect(&jump("5"), &[]);
    expect(&jump("6"), &["pam-lines fails"]);
    // A module that is not there does not succeed.
    expect(&format!("-password [success=1 default=ignore] pam_gone.so\n{DEBIAN}"), &[]);
    expect(&format!("-password [success=ok default=1] pam_gone.so\n{DEBIAN}"), asked);
    // Two lines of ours, one on each way.
    expect(
        "password [success=2 default=ignore] pam_localuser.so\n\
         password requisite pam_strongpass.so policy=ncsc\n\
         password [success=2 default=die] pam_sss.so use_authtok\n\
         password requisite pam_strongpass.so\n\
         password required pam_unix.so use_authtok\n\
         password required pam_permit.so\n",
        &[],
    );
}

#[test]
fn substacks_count_as_one_line_and_end_alone() {
    let computer = |passwd: &str, part: &str| {
        let computer = Computer::new();
        computer.write("pam.d/passwd", passwd);
        computer.write("pam.d/part", part);
        computer.complaints(&[])
    };
    let ours = "password requisite pam_strongpass.so\n";
    let unix = "password required pam_unix.so use_authtok\n";
    assert_eq!(computer(&format!("password substack part\n{unix}"), ours), [""; 0]);
    // A jump leaves out a substack as a whole, an include line by line.
    let two = format!("password optional pam_permit.so\n{ours}");
    let jump = "password [success=1 default=ignore] pam_localuser.so\n";
    assert_eq!(
        computer(&format!("{jump}password substack part\n{unix}"), &two),
        ["pam-asked fails"]
    );
    assert_eq!(computer(&format!("{jump}password include part\n{unix}"), &two), [""; 0]);
    // `done` ends the substack, not the stack.
    let done = format!("password sufficient pam_localuser.so\n{ours}");
    assert_eq!(computer(&format!("password substack part\n{unix}"), &done), ["pam-asked fails"]);
    assert_eq!(computer(&format!("password include part\n{unix}"), &done), [""; 0]);
    // A jump does not leave its substack: it is a mistake that fails, and what follows still runs.
    let far = format!("password [default=2] pam_localuser.so\n{ours}");
    assert_eq!(
        computer(&format!("password substack part\n{unix}"), &far),
        ["pam-lines fails", "pam-asked fails"]
    );
}

#[test]
fn what_is_stored_is_what_was_judged() {
    let holds = &["pam-holds fails"];
    expect(&changed("obscure use_authtok", "obscure"), holds);
    let behind =
        |line: &str| changed("password [success", &format!("password {line}\npassword [success"));
    // With one try it only refuses.
    expect(&behind("requisite pam_pwquality.so"), &["pam-checkers note"]);
    expect(
        &behind("requisite pam_pwquality.so retry=3"),
        &["pam-holds fails", "pam-checkers note"],
    );
    expect(&behind("requisite pam_pwquality.so retry=3 use_authtok"), &["pam-checkers note"]);
    expect(&behind("requisite pam_passwdqc.so"), &["pam-holds fails", "pam-checkers note"]);
    expect(&behind("requisite pam_passwdqc.so use_first_pass"), &["pam-checkers note"]);
    // Before ours it may ask as it likes: ours judges what it is given.
    let before = "password requisite pam_pwquality.so retry=3\n".to_owned() + DEBIAN;
    expect(&before, &["pam-checkers note"]);
    expect(&(before + "password optional pam_pwquality.so\n"), &["pam-checkers fails"]);
    expect(&changed("pam_unix.so obscure use_authtok", "pam_winbind.so try_authtok"), &[]);
    expect(&changed("pam_unix.so obscure use_authtok", "pam_winbind.so"), holds);
    expect(&changed("pam_unix.so obscure use_authtok", "pam_sss.so"), holds);
}

#[test]
fn a_refusal_is_final() {
    let control = |control: &str| {
        changed("requisite pam_strongpass.so retry", &format!("{control} pam_strongpass.so retry"))
    };
    expect(&control("required"), &[]);
    expect(&control("[success=ok default=die]"), &[]);
    expect(&control("[success=ok authtok_err=ignore default=die]"), &["pam-control fails"]);
    expect(&control("optional"), &["pam-control fails"]);
    // It ends the stack with a yes, and goes on after a no.
    expect(&control("sufficient"), &["pam-control fails"]);
    expect(&control("[success=done default=die]"), &["pam-control fails"]);
}

#[test]
fn the_record_follows_what_stores() {
    let record = &["pam-record fails"];
    expect_with_history(DEBIAN, &[]);
    expect_with_history(&changed("password optional pam_strongpass.so record\n", ""), record);
    // Without a history nothing is to be remembered.
    expect(&changed("password optional pam_strongpass.so record\n", ""), &[]);
    let early = "password optional pam_strongpass.so record\npassword [success";
    let early = DEBIAN
        .replace("password optional pam_strongpass.so record\n", "")
        .replace("password [success", early);
    expect_with_history(&early, record);
    // Where storing fails, and the stack goes on.
    let goes_on = "password requisite pam_strongpass.so\npassword required pam_unix.so use_authtok\n\
                   password optional pam_strongpass.so record\n";
    expect_with_history(goes_on, record);
    expect_with_history(&goes_on.replace("required", "requisite"), &[]);
    // Where the stack ends before.
    expect_with_history(&goes_on.replace("required", "sufficient"), record);
    expect(&DEBIAN.replace("so record", "so record=required"), record);
    expect_with_history(&DEBIAN.replace("so record", "so record=required"), &[]);
}
