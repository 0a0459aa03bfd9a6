//! The files: the installed module, owners and modes.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use crate::computer::{Computer, DEBIAN};

#[test]
fn the_module_is_there_and_of_this_version() {
    let computer = Computer::with(DEBIAN);
    computer.write("modules/pam_strongpass.so", "\x7fELF pam_strongpass version 0.0.9, \0");
    assert_eq!(computer.complaints(&[]), ["pam-module fails"]);
    assert!(computer.doctor(&[]).stdout.contains("It is 0.0.9, and this command"));
    computer.write("modules/pam_strongpass.so", "something else");
    assert_eq!(computer.complaints(&[]), ["pam-module fails"]);
    computer.remove("modules/pam_strongpass.so");
    assert_eq!(computer.complaints(&[]), ["pam-module fails", "pam-module fails"]);
    let path = computer.path("elsewhere.so");
    computer.write(
        "pam.d/common-password",
        &DEBIAN.replace(
            "pam_strongpass.so",
            &format!("{}/pam_strongpass.so", computer.folder.path().display()),
        ),
    );
    assert_eq!(computer.complaints(&[]), ["pam-module fails", "pam-module fails"], "{path:?}");
}

#[test]
fn others_may_not_write() {
    for name in
        ["pam.d/common-password", "pam.d/passwd", "modules/pam_strongpass.so", "pam.d", "modules"]
    {
        let computer = Computer::with(DEBIAN);
        for mode in [0o664, 0o646] {
            let mode = if computer.path(name).is_dir() { mode | 0o111 } else { mode };
            fs::set_permissions(computer.path(name), Permissions::from_mode(mode)).unwrap();
            let said = computer.complaints(&[]);
            assert!(
                !said.is_empty() && said.iter().all(|said| said == "owners fails"),
                "{name}: {said:?}"
            );
        }
        let said = computer.doctor(&[]).stdout;
        assert!(said.replace("\n        ", " ").contains("run `chmod go-w"), "{said}");
    }
    let computer = Computer::with(DEBIAN);
    computer.remember();
    // No door uses it, and so the stack has no history either.
    fs::set_permissions(computer.path("history.toml"), Permissions::from_mode(0o666)).unwrap();
    assert_eq!(computer.complaints(&[]), ["history fails", "pam-record fails"]);
    fs::set_permissions(computer.path("history.toml"), Permissions::from_mode(0o644)).unwrap();
    fs::set_permissions(computer.path("keys/history.keys"), Permissions::from_mode(0o640)).unwrap();
    assert_eq!(computer.complaints(&[]), ["history fails"]);
}
