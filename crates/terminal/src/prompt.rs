//! A conversation at the terminal: nothing that is typed is shown.
//!
//! From the first question to the end the conversation owns the terminal, also while a password is
//! judged: what is typed then is not shown and not taken for an answer. Every signal that ends or
//! stops a program is obeyed only after the terminal is as it was before, and what was shown for a
//! moment is wiped. The `rpassword` crate starts its read again after a signal, so that nothing could
//! restore the terminal in time; it serves where there is no termios.

use std::fmt;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;

use rustix::io::{Errno, retry_on_intr};
use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcgetwinsize, tcsetattr,
};
use zeroize::Zeroizing;

mod signals;

use signals::{Signals, Watch};

/// The most that a terminal gives at once (`MAX_CANON` of Linux is less).
const LONGEST: usize = 4096;

/// Enough for the thread that waits for signals.
const STACK: usize = 64 << 10;

/// Asks, and returns the line that was typed, without its end; `None` if none came.
///
/// # Errors
/// If this process has no terminal, or it does not do as it is told.
pub fn hidden(question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    Conversation::begin()?.line(question)
}

/// A terminal that shows nothing of what is typed, until this is dropped.
pub struct Conversation {
    terminal: File,
    before: Termios,
    signals: &'static Signals,
    /// Whether people have waited: what they typed meanwhile is no answer to what is asked next, and
    /// not for the shell, which would keep it.
    has_worked: bool,
    /// Dropped last: what it lets through finds the terminal in order.
    _watch: Watch,
}

/// How the terminal takes what is typed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Whole lines, with their corrections made; the end of the line is shown.
    Line,
    /// Every key by itself.
    Key,
    /// Not at all; keys that send signals do.
    Busy,
}

/// A key that was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Key {
    /// A letter, as a small one, or another character.
    Char(char),
    /// Enter, the end of input, or a terminal that is gone.
    End,
}

impl fmt::Debug for Conversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Conversation")
    }
}

impl Conversation {
    /// Takes the terminal, until the result is dropped.
    ///
    /// # Errors
    /// If this process has none.
    pub fn begin() -> io::Result<Self> {
        let terminal = File::options().read(true).write(true).open("/dev/tty")?;
        let signals = Signals::get()?;
        let watch = signals.watch();
        let before = retry_on_intr(|| tcgetattr(&terminal))?;
        Ok(Self { terminal, before, signals, has_worked: false, _watch: watch })
    }

    /// Asks for a line, without its end; `None` if none came.
    ///
    /// # Errors
    /// If the terminal does not do as it is told.
    pub fn line(&self, question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        loop {
            self.ask(Mode::Line, question)?;
            let mut line = Line::default();
            let signal = loop {
                if let Some(signal) = self.signals.wait(&self.terminal)? {
                    break signal;
                }
                if line.read(&mut &self.terminal)? {
                    if line.last() != Some(b'\n') {
                        self.say("\n");
                    }
                    return Ok(line.typed());
                }
            };
            drop(line);
            self.obey(signal)?;
        }
    }

    /// Asks for one of some keys, or the end; others are not heard.
    ///
    /// # Errors
    /// If the terminal does not do as it is told.
    pub fn key(&self, question: &str, wanted: &[char]) -> io::Result<Key> {
        loop {
            self.ask(Mode::Key, question)?;
            let is_wanted = |key| match key {
                Key::Char(c) => wanted.contains(&c),
                Key::End => true,
            };
            match self.pressed(is_wanted)? {
                Ok(key) => {
                    self.say("\n");
                    return Ok(key);
                }
                Err(signal) => self.obey(signal)?,
            }
        }
    }

    /// Shows something until a key is pressed, and wipes it off the screen, where the terminal can.
    /// `text` is told how many columns there are and whether it will be wiped; it ends with a line
    /// end.
    ///
    /// # Errors
    /// If the terminal does not do as it is told.
    pub fn show(&self, text: impl FnOnce(usize, bool) -> Zeroizing<String>) -> io::Result<Key> {
        self.set(Mode::Key, OptionalActions::Flush)?;
        let can_wipe =
            std::env::var_os("TERM").is_some_and(|name| !name.is_empty() && name != "dumb");
        let shown = Shown::on(&self.terminal, &text(self.columns(), can_wipe), can_wipe);
        let pressed = self.pressed(|_| true);
        drop(shown);
        match pressed? {
            Ok(key) => Ok(key),
            Err(signal) => {
                self.obey(signal)?;
                Ok(Key::End)
            }
        }
    }

    /// Does something that takes time; signals are obeyed meanwhile.
    ///
    /// # Errors
    /// If the terminal does not do as it is told.
    pub fn busy<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        self.set(Mode::Busy, OptionalActions::Now)?;
        self.has_worked = true;
        let (begun, ended) = UnixStream::pair()?;
        let this = &*self;
        Ok(std::thread::scope(|scope| {
            // Closed even if the work panics, or the thread would wait for ever.
            let begun = begun;
            let watch = move || {
                while let Ok(Some(signal)) = this.signals.wait_during(ended.as_fd()) {
                    let obeyed = this.obey(signal);
                    if obeyed.and_then(|()| this.set(Mode::Busy, OptionalActions::Now)).is_err() {
                        break;
                    }
                }
            };
            // Without it a signal waits until the work is done.
            std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, watch).ok();
            let done = work();
            drop(begun);
            done
        }))
    }

    /// How wide the window is.
    fn columns(&self) -> usize {
        let size = tcgetwinsize(&self.terminal);
        size.map(|size| usize::from(size.ws_col)).ok().filter(|&columns| columns > 0).unwrap_or(80)
    }

    fn ask(&self, mode: Mode, question: &str) -> io::Result<()> {
        self.set(mode, self.actions())?;
        (&self.terminal).write_all(question.as_bytes())
    }

    fn actions(&self) -> OptionalActions {
        if self.has_worked { OptionalActions::Flush } else { OptionalActions::Now }
    }

    /// Waits for a key that is wanted, or gives the signal that came.
    fn pressed(&self, is_wanted: impl Fn(Key) -> bool) -> io::Result<Result<Key, i32>> {
        loop {
            if let Some(signal) = self.signals.wait(&self.terminal)? {
                return Ok(Err(signal));
            }
            let mut typed = Zeroizing::new([0; 64]);
            let read = match (&self.terminal).read(typed.as_mut_slice()) {
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) if is_gone(&error) => 0,
                Err(error) => return Err(error),
            };
            if let Some(key) = key_in(typed.get(..read).unwrap_or_default(), &is_wanted) {
                return Ok(Ok(key));
            }
        }
    }

    fn obey(&self, signal: i32) -> io::Result<()> {
        self.restore(OptionalActions::Now);
        // What comes next begins a line of its own.
        self.say("\n");
        self.signals.obey(signal)
    }

    fn set(&self, mode: Mode, actions: OptionalActions) -> io::Result<()> {
        let mut modes = self.before.clone();
        modes.local_modes -= LocalModes::ECHO | LocalModes::ECHONL;
        modes.local_modes |= LocalModes::ICANON | LocalModes::ISIG;
        match mode {
            Mode::Line => modes.local_modes |= LocalModes::ECHONL,
            Mode::Key => {
                modes.local_modes -= LocalModes::ICANON;
                modes.special_codes[SpecialCodeIndex::VMIN] = 1;
                modes.special_codes[SpecialCodeIndex::VTIME] = 0;
            }
            Mode::Busy => {}
        }
        Ok(retry_on_intr(|| tcsetattr(&self.terminal, actions, &modes))?)
    }

    fn restore(&self, actions: OptionalActions) {
        // If the terminal is gone there is nothing to restore.
        retry_on_intr(|| tcsetattr(&self.terminal, actions, &self.before)).ok();
    }

    fn say(&self, text: &str) {
        (&self.terminal).write_all(text.as_bytes()).ok();
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        self.restore(self.actions());
    }
}

/// What is on the screen for a moment.
struct Shown<'t> {
    terminal: &'t File,
    /// What takes it away; nothing where a terminal obeys nothing.
    wipe: String,
}

impl<'t> Shown<'t> {
    /// On the second screen, which is not kept; where there is none, its lines are erased.
    fn on(mut terminal: &'t File, text: &str, can_wipe: bool) -> Self {
        let (begin, wipe) = if can_wipe {
            let lines = text.matches('\n').count();
            ("\u{1b}[?1049h", format!("\r\u{1b}[{lines}A\u{1b}[J\u{1b}[?1049l"))
        } else {
            ("", String::new())
        };
        let this = Self { terminal, wipe };
        terminal.write_all(begin.as_bytes()).ok();
        terminal.write_all(text.as_bytes()).ok();
        this
    }
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        self.terminal.write_all(self.wipe.as_bytes()).ok();
    }
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
            Err(error) if is_gone(&error) => return Ok(true),
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

/// The first key that is wanted of what came at once. What a special key sends, an escape and more, is
/// one key that has no letter; nothing is what a terminal gives that is gone.
fn key_in(typed: &[u8], is_wanted: impl Fn(Key) -> bool) -> Option<Key> {
    let key = |byte| match byte {
        b'\n' | b'\r' | 0x04 => Key::End,
        byte => Key::Char(char::from(u8::to_ascii_lowercase(&byte))),
    };
    if typed.is_empty() {
        return Some(Key::End);
    }
    let plain = typed.iter().position(|&byte| byte == ESCAPE).map_or(typed.len(), |at| at + 1);
    typed.iter().take(plain).map(|&byte| key(byte)).find(|&key| is_wanted(key))
}

const ESCAPE: u8 = 0x1b;

fn is_gone(error: &io::Error) -> bool {
    error.raw_os_error() == Some(Errno::IO.raw_os_error())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys() {
        let menu = |key| matches!(key, Key::Char('s' | 't') | Key::End);
        for (typed, key) in [
            ("s", Some(Key::Char('s'))),
            ("T", Some(Key::Char('t'))),
            ("\n", Some(Key::End)),
            ("\r", Some(Key::End)),
            ("\u{4}", Some(Key::End)),
            ("", Some(Key::End)),
            ("x", None),
            ("£", None),
            ("xs", Some(Key::Char('s'))),
            ("\u{1b}[1;2s", None),
            ("\u{1b}Ot", None),
        ] {
            assert_eq!(key_in(typed.as_bytes(), menu), key, "{typed:?}");
        }
        assert_eq!(key_in(b"\x1b[A", |_| true), Some(Key::Char('\u{1b}')));
    }
}
