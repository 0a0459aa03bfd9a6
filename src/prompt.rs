//! The hidden question at a terminal.
//!
//! While it waits the prompt owns the terminal: every signal that ends or stops a program wakes it,
//! and the program ends or stops by that signal only after the terminal is as it was before. The
//! `rpassword` crate starts its read again after a signal, so that nothing could restore the
//! terminal in time; it serves where there is no termios.

use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::{Errno, retry_on_intr};
use rustix::termios::{LocalModes, OptionalActions, Termios, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::low_level::{emulate_default_handler, pipe};
use signal_hook::{SigId, flag};
use zeroize::Zeroizing;

/// The most that a terminal gives at once (`MAX_CANON` of Linux is less).
const LONGEST: usize = 4096;

/// How long a terminal that is gone is waited for to say so by a signal.
const HANGING_UP: Timespec = Timespec { tv_sec: 10, tv_nsec: 0 };

/// What ends a program, stops it and continues it.
const SIGNALS: [i32; 6] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT];

/// Asks, and returns the line that was typed, without its end; `None` if none came.
pub(crate) fn hidden(question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    let terminal = File::options().read(true).write(true).open("/dev/tty")?;
    let signals = Signals::get()?;
    let _watch = signals.watch();
    let mut line = Line::default();
    loop {
        let hidden = Hidden::hide(&terminal)?;
        (&terminal).write_all(question.as_bytes())?;
        let signal = loop {
            if let Some(signal) = signals.wait(&terminal)? {
                break signal;
            }
            if line.read(&mut &terminal)? {
                if line.last() != Some(b'\n') {
                    (&terminal).write_all(b"\n").ok();
                }
                return Ok(line.typed());
            }
        };
        drop(hidden);
        line = Line::default();
        // What comes next begins a line of its own.
        (&terminal).write_all(b"\n").ok();
        match signal {
            SIGCONT => {}
            SIGTSTP => stop(signals)?,
            signal => emulate_default_handler(signal)?,
        }
    }
}

/// Stops until someone continues the program, if there can be someone: under a session's first
/// process no shell waits to do it, and the kernel would not stop it either.
fn stop(signals: &Signals) -> io::Result<()> {
    let own = rustix::process::getpid();
    if rustix::process::getsid(None).is_ok_and(|leader| leader != own) {
        emulate_default_handler(SIGTSTP)?;
    }
    // That it goes on is known.
    signals.caught.store(0, Ordering::SeqCst);
    Ok(())
}

/// What was typed so far; nothing of it moves.
struct Line {
    bytes: Zeroizing<Vec<u8>>,
    filled: usize,
}

impl Default for Line {
    fn default() -> Self {
        Self { bytes: Zeroizing::new(vec![0; LONGEST]), filled: 0 }
    }
}

impl Line {
    /// Reads what is there; says whether the line is at its end.
    fn read(&mut self, terminal: &mut impl Read) -> io::Result<bool> {
        let free = self.bytes.get_mut(self.filled..).unwrap_or_default();
        match terminal.read(free) {
            // A terminal that is gone.
            Ok(0) => return Ok(true),
            Ok(read) => self.filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.raw_os_error() == Some(Errno::IO.raw_os_error()) => {
                return Ok(true);
            }
            Err(error) => return Err(error),
        }
        Ok(self.filled == self.bytes.len() || self.last() == Some(b'\n'))
    }

    fn last(&self) -> Option<u8> {
        self.bytes.get(self.filled.checked_sub(1)?).copied()
    }

    fn typed(mut self) -> Option<Zeroizing<Vec<u8>>> {
        if self.filled == 0 {
            return None;
        }
        let end = if self.last() == Some(b'\n') { self.filled - 1 } else { self.filled };
        self.bytes.truncate(end);
        Some(self.bytes)
    }
}

/// A terminal that shows nothing of what is typed, until this is dropped.
struct Hidden<'t> {
    terminal: &'t File,
    before: Termios,
}

impl<'t> Hidden<'t> {
    fn hide(terminal: &'t File) -> io::Result<Self> {
        let before = retry_on_intr(|| tcgetattr(terminal))?;
        let mut hidden = before.clone();
        hidden.local_modes -= LocalModes::ECHO;
        // The end of the line is shown; whole lines come, with their corrections made; keys signal.
        hidden.local_modes |= LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG;
        let this = Self { terminal, before };
        retry_on_intr(|| tcsetattr(terminal, OptionalActions::Now, &hidden))?;
        Ok(this)
    }
}

impl Drop for Hidden<'_> {
    fn drop(&mut self) {
        // If the terminal is gone there is nothing to restore.
        retry_on_intr(|| tcsetattr(self.terminal, OptionalActions::Now, &self.before)).ok();
    }
}

/// The signals of the program, caught for good: a handler cannot be taken away again, so outside of
/// a prompt it does what the system would.
struct Signals {
    /// The last that came, or 0.
    caught: Arc<AtomicUsize>,
    /// Whether no prompt is waiting.
    idle: Arc<AtomicBool>,
    /// What wakes a prompt; its other end is kept, or it would seem to say something always.
    wakes: UnixStream,
    _wakener: UnixStream,
}

impl Signals {
    fn get() -> io::Result<&'static Self> {
        static SIGNALS: OnceLock<Signals> = OnceLock::new();
        if let Some(signals) = SIGNALS.get() {
            return Ok(signals);
        }
        let signals = Self::catch()?;
        Ok(SIGNALS.get_or_init(|| signals))
    }

    fn catch() -> io::Result<Self> {
        let (wakes, wakener) = UnixStream::pair()?;
        wakes.set_nonblocking(true)?;
        let (caught, idle) = (Arc::default(), Arc::new(AtomicBool::new(true)));
        for signal in SIGNALS.into_iter().filter(|&signal| !is_ignored(signal)) {
            Self::catch_one(signal, &caught, &idle, wakener.try_clone()?)?;
        }
        Ok(Self { caught, idle, wakes, _wakener: wakener })
    }

    fn catch_one(
        signal: i32,
        caught: &Arc<AtomicUsize>,
        idle: &Arc<AtomicBool>,
        waker: UnixStream,
    ) -> io::Result<SigId> {
        flag::register_conditional_default(signal, Arc::clone(idle))?;
        let value = usize::try_from(signal).unwrap_or_default();
        flag::register_usize(signal, Arc::clone(caught), value)?;
        pipe::register(signal, waker)
    }

    /// From now on signals wake [`wait`](Self::wait), until the result is dropped.
    fn watch(&self) -> impl Drop {
        self.clear();
        self.caught.store(0, Ordering::SeqCst);
        self.idle.store(false, Ordering::SeqCst);
        Idle(self)
    }

    /// Waits until something can be read from the terminal, or for a signal.
    fn wait(&self, terminal: &File) -> io::Result<Option<i32>> {
        loop {
            let caught = self.caught.swap(0, Ordering::SeqCst);
            if let Some(signal) = i32::try_from(caught).ok().filter(|&signal| signal != 0) {
                return Ok(Some(signal));
            }
            let mut ready = [self.wakes.as_fd(), terminal.as_fd()]
                .map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
            match poll(&mut ready, None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let [wakes, terminal] = ready.map(|one| one.revents());
            if !wakes.is_empty() {
                self.clear();
            } else if terminal.contains(PollFlags::HUP) && !is_ignored(SIGHUP) {
                // The system wakes first and sends the signal then.
                let mut wakes = [PollFd::new(&self.wakes, PollFlags::IN)];
                if poll(&mut wakes, Some(&HANGING_UP)) == Ok(0) {
                    return Ok(None);
                }
            } else if !terminal.is_empty() {
                return Ok(None);
            }
        }
    }

    /// Empties what wakes: it says only that something came.
    fn clear(&self) {
        while (&self.wakes).read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
    }
}

struct Idle<'s>(&'s Signals);

impl Drop for Idle<'_> {
    fn drop(&mut self) {
        self.0.idle.store(true, Ordering::SeqCst);
        // What came after the last look at it is not lost.
        if let Ok(signal @ 1..) = i32::try_from(self.0.caught.swap(0, Ordering::SeqCst)) {
            emulate_default_handler(signal).ok();
        }
    }
}

/// Whether whoever started the program made it deaf to a signal (`nohup`): then it stays so.
/// Source: `proc_pid_status(5)`.
fn is_ignored(signal: i32) -> bool {
    let status = crate::secret_file::whole("/proc/self/status".as_ref(), 1 << 16);
    let mask = status.ok().and_then(|status| {
        let line = str::from_utf8(&status).ok()?.lines().find_map(|l| l.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(line.trim(), 16).ok()
    });
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
