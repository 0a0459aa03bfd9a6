//! A conversation where there is no termios: lines are hidden, and there is no menu.

use std::io;

use zeroize::Zeroizing;

/// Asks, and returns the line that was typed, without its end; `None` if none came.
pub fn hidden(question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
    match rpassword::prompt_password(question) {
        Ok(typed) => Ok(Some(Zeroizing::new(typed.into_bytes()))),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => Ok(None),
        Err(error) => Err(error),
    }
}

/// A terminal.
#[derive(Debug)]
pub struct Conversation;

/// A key that was pressed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Key {
    /// A letter, as a small one, or another character.
    Char(char),
    /// The end.
    End,
}

#[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "as where there is termios")]
impl Conversation {
    /// Begins.
    pub fn begin() -> io::Result<Self> {
        Ok(Self)
    }

    /// Asks for a line, without its end; `None` if none came.
    pub fn line(&self, question: &str) -> io::Result<Option<Zeroizing<Vec<u8>>>> {
        hidden(question)
    }

    /// No key can be read.
    pub fn key(&self, _question: &str, _wanted: &[char]) -> io::Result<Key> {
        Ok(Key::End)
    }

    /// Nothing can be wiped, and so nothing is shown.
    pub fn show(&self, _text: impl FnOnce(usize, bool) -> Zeroizing<String>) -> io::Result<Key> {
        Ok(Key::End)
    }

    /// Does something that takes time.
    pub fn busy<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        Ok(work())
    }
}
