//! A door that asks at a terminal, and someone who answers there.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

use crate::ask::{self, Answer, MOST_TIME, Under};

/// Types the password when it is asked for, no to every other question, and asks for nothing more.
pub(crate) fn converse(mut command: Command, password: &[u8], under: Under) -> Answer {
    let master = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC).unwrap();
    grantpt(&master).unwrap();
    unlockpt(&master).unwrap();
    let name = ptsname(&master, Vec::new()).unwrap();
    let not_ours = i32::try_from(OFlags::NOCTTY.bits()).unwrap();
    let slave = File::options()
        .read(true)
        .write(true)
        .custom_flags(not_ours)
        .open(std::ffi::OsStr::from_bytes(name.as_bytes()))
        .unwrap();
    let end = || slave.try_clone().unwrap();
    let mut child = command.stdin(end()).stdout(end()).stderr(end()).spawn().unwrap();
    // Who holds these ends keeps the terminal alive.
    drop((command, slave));

    let mut keyboard = File::from(master);
    let mut screen = keyboard.try_clone().unwrap();
    let shown = Arc::new(Mutex::new(String::new()));
    let seen = Arc::clone(&shown);
    let reading = thread::spawn(move || {
        let mut bytes = [0; 4096];
        // The end of the last process is an error here, or nothing.
        while let Ok(count @ 1..) = screen.read(&mut bytes) {
            seen.lock().unwrap().push_str(&String::from_utf8_lossy(&bytes[..count]));
        }
    });
    let begun = Instant::now();
    let (mut typed, mut declined, mut ended) = (false, false, false);
    while !reading.is_finished() && begun.elapsed() < MOST_TIME {
        let screen = shown.lock().unwrap().clone();
        if !typed && screen.contains("not shown") {
            typed = true;
            if let Under::Signal(name) = under {
                ask::send(&child, name);
            } else {
                keyboard.write_all(&[password, b"\n"].concat()).ok();
            }
        }
        if !declined && screen.contains("[y/N]") {
            declined = true;
            keyboard.write_all(b"n\n").ok();
        }
        if !ended
            && screen.split_whitespace().collect::<Vec<_>>().join(" ").contains("Enter to end:")
        {
            ended = true;
            keyboard.write_all(b"\n").ok();
        }
        thread::sleep(Duration::from_millis(2));
    }
    if !reading.is_finished() {
        child.kill().ok();
    }
    let (status, slow) = ask::end(&mut child);
    let hung = slow || begun.elapsed() >= MOST_TIME;
    reading.join().unwrap();
    let said = shown.lock().unwrap().clone();
    Answer { code: status.code(), signal: status.signal(), hung, said }
}
