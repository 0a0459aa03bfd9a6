//! A terminal to run the command in: the test sits at its keyboard.

use std::fs::File;
use std::io::{Read, Write};
use std::process::{Child, Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::pty::{OpenptFlags, grantpt, ioctl_tiocgptpeer, openpt, unlockpt};
use rustix::termios::{LocalModes, tcgetattr};

/// How long anything is waited for; only a test that fails waits so long.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) struct Terminal {
    /// What the window and the keyboard are connected to; `None` when the window is closed.
    window: Option<File>,
    /// What programs are connected to.
    line: File,
    screen: String,
}

impl Terminal {
    pub(crate) fn open() -> Self {
        let flags = OpenptFlags::RDWR | OpenptFlags::NOCTTY | OpenptFlags::CLOEXEC;
        let window = openpt(flags).unwrap();
        grantpt(&window).unwrap();
        unlockpt(&window).unwrap();
        let line = ioctl_tiocgptpeer(&window, flags).unwrap().into();
        Self { window: Some(window.into()), line, screen: String::new() }
    }

    /// Starts a program in a session of its own, with this as its terminal.
    pub(crate) fn start(&self, program: &str, args: &[&str]) -> Child {
        let line = || self.line.try_clone().unwrap();
        let mut command = Command::new("setsid");
        // Who started the test may ignore signals, and that is inherited.
        command.args(["--ctty", "env", "--default-signal", program]).args(args);
        command.env_clear().env("PATH", "/usr/bin:/bin");
        command.stdin(line()).stdout(line()).stderr(line()).spawn().unwrap()
    }

    pub(crate) fn line(&self) -> &File {
        &self.line
    }

    pub(crate) fn type_text(&mut self, text: &[u8]) {
        self.window.as_mut().unwrap().write_all(text).unwrap();
    }

    pub(crate) fn close_window(&mut self) {
        self.window = None;
    }

    /// Waits until the screen shows a text that many times.
    #[track_caller]
    pub(crate) fn wait_for(&mut self, text: &str, times: usize) {
        let begin = Instant::now();
        while self.screen.matches(text).count() < times {
            assert!(begin.elapsed() < PATIENCE, "waited in vain for {text:?}:\n{}", self.screen);
            self.look();
        }
    }

    pub(crate) fn screen(&mut self) -> &str {
        self.look();
        &self.screen
    }

    fn look(&mut self) {
        let window = self.window.as_mut().unwrap();
        let soon = Timespec { tv_sec: 0, tv_nsec: 20_000_000 };
        let mut ready = [PollFd::new(window, PollFlags::IN)];
        if poll(&mut ready, Some(&soon)).unwrap_or(0) > 0 {
            let mut text = [0; 4096];
            let read = window.read(&mut text).unwrap_or(0);
            self.screen.push_str(&String::from_utf8_lossy(&text[..read]));
        }
    }

    /// Whether it shows what is typed.
    pub(crate) fn echoes(&self) -> bool {
        let modes = tcgetattr(self.line()).unwrap().local_modes;
        modes.contains(LocalModes::ECHO | LocalModes::ICANON | LocalModes::ISIG)
    }

    #[track_caller]
    pub(crate) fn wait_until_hidden(&self) {
        wait_until("the echo is off", || !self.echoes());
    }
}

/// Waits for the end of a program.
#[track_caller]
pub(crate) fn ended(child: &mut Child) -> ExitStatus {
    let mut status = None;
    wait_until("the program ends", || {
        status = child.try_wait().unwrap();
        status.is_some()
    });
    status.unwrap()
}

#[track_caller]
pub(crate) fn wait_until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "waited in vain until {what}");
        thread::sleep(Duration::from_millis(5));
    }
}
