//! The signals that end, stop or continue a program, while the terminal hides what is typed.

use std::fs::File;
use std::io::{self, Read as _};
use std::os::fd::{AsFd, BorrowedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP};
use signal_hook::low_level::{emulate_default_handler, pipe};
use signal_hook::{SigId, flag};

/// How long a terminal that is gone is waited for to say so by a signal.
const HANGING_UP: Timespec = Timespec { tv_sec: 10, tv_nsec: 0 };

/// What ends a program, stops it and continues it.
const SIGNALS: [i32; 6] = [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT];

/// The signals of the program, caught for good: a handler cannot be taken away again, so outside of
/// a prompt it does what the system would.
pub(super) struct Signals {
    /// The last that came, or 0.
    caught: Arc<AtomicUsize>,
    /// Whether no prompt is waiting.
    idle: Arc<AtomicBool>,
    /// What wakes a prompt; its other end is kept, or it would seem to say something always.
    wakes: UnixStream,
    _wakener: UnixStream,
}

impl Signals {
    pub(super) fn get() -> io::Result<&'static Self> {
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
    pub(super) fn watch(&'static self) -> Watch {
        self.clear();
        self.caught.store(0, Ordering::SeqCst);
        self.idle.store(false, Ordering::SeqCst);
        Watch(self)
    }

    /// Does what the system would have done with a signal; the terminal is as it was before.
    pub(super) fn obey(&self, signal: i32) -> io::Result<()> {
        match signal {
            SIGCONT => Ok(()),
            SIGTSTP => self.stop(),
            signal => emulate_default_handler(signal),
        }
    }

    /// Stops until someone continues the program, if there can be someone: under a session's first
    /// process no shell waits to do it, and the kernel would not stop it either.
    fn stop(&self) -> io::Result<()> {
        let own = rustix::process::getpid();
        if rustix::process::getsid(None).is_ok_and(|leader| leader != own) {
            emulate_default_handler(SIGTSTP)?;
        }
        // That it goes on is known.
        self.caught.store(0, Ordering::SeqCst);
        Ok(())
    }

    fn take(&self) -> Option<i32> {
        i32::try_from(self.caught.swap(0, Ordering::SeqCst)).ok().filter(|&signal| signal != 0)
    }

    /// Waits until something can be read from the terminal, or for a signal.
    pub(super) fn wait(&self, terminal: &File) -> io::Result<Option<i32>> {
        loop {
            if let Some(signal) = self.take() {
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

    /// Waits for a signal, or until the other end of `work` is closed.
    pub(super) fn wait_during(&self, work: BorrowedFd<'_>) -> io::Result<Option<i32>> {
        loop {
            if let Some(signal) = self.take() {
                return Ok(Some(signal));
            }
            let mut ready =
                [self.wakes.as_fd(), work].map(|fd| PollFd::from_borrowed_fd(fd, PollFlags::IN));
            match poll(&mut ready, None) {
                Ok(_) | Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
            let [wakes, work] = ready.map(|one| one.revents());
            if !wakes.is_empty() {
                self.clear();
            } else if !work.is_empty() {
                return Ok(None);
            }
        }
    }

    /// Empties what wakes: it says only that something came.
    fn clear(&self) {
        while (&self.wakes).read(&mut [0; 64]).is_ok_and(|read| read > 0) {}
    }
}

/// While this lives, signals wait to be asked for.
pub(super) struct Watch(&'static Signals);

impl Drop for Watch {
    fn drop(&mut self) {
        self.0.idle.store(true, Ordering::SeqCst);
        // What came after the last look at it is not lost.
        if let Some(signal) = self.0.take() {
            emulate_default_handler(signal).ok();
        }
    }
}

/// Whether whoever started the program made it deaf to a signal (`nohup`): then it stays so.
/// Source: `proc_pid_status(5)`.
fn is_ignored(signal: i32) -> bool {
    #[expect(clippy::disallowed_methods, reason = "it holds no secret")]
    let status = std::fs::read("/proc/self/status");
    let mask = status.ok().and_then(|status| {
        let line = str::from_utf8(&status).ok()?.lines().find_map(|l| l.strip_prefix("SigIgn:"))?;
        u64::from_str_radix(line.trim(), 16).ok()
    });
    mask.is_some_and(|mask| mask >> (signal - 1) & 1 == 1)
}
