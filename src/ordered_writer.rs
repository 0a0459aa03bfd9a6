//! Writes results in input order, whichever thread finishes first.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::mem;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// How many texts are kept for those before them.
const MOST_EARLY: usize = 16;

/// An output to which several threads write, in the order of the input.
pub(crate) struct OrderedWriter<W> {
    state: Mutex<State<W>>,
    moved_on: Condvar,
}

struct State<W> {
    out: W,
    /// The number of the text that is written next.
    next: u64,
    early: BTreeMap<u64, Vec<u8>>,
    /// Why the rest is not written: it is handed in as before, and dropped.
    unsaid: Option<io::Error>,
    /// Whether a text will never come.
    stopped: bool,
}

impl<W: Write> OrderedWriter<W> {
    pub(crate) fn new(out: W) -> Self {
        let (early, unsaid) = (BTreeMap::new(), None);
        let state = State { out, next: 0, early, unsaid, stopped: false };
        Self { state: Mutex::new(state), moved_on: Condvar::new() }
    }

    /// Writes `text` and leaves it empty, or keeps it until all before `number` are written; waits if too
    /// many are kept already. Says whether to go on, which does not depend on a reader.
    pub(crate) fn hand_in(&self, number: u64, text: &mut Vec<u8>) -> bool {
        let must_wait = |state: &mut State<W>| {
            !state.stopped && number != state.next && state.early.len() >= MOST_EARLY
        };
        let waited = self.moved_on.wait_while(self.state(), must_wait);
        let mut state = waited.unwrap_or_else(PoisonError::into_inner);
        if state.stopped {
            return false;
        }
        if number == state.next {
            state.write(text);
            self.moved_on.notify_all();
        } else {
            state.early.insert(number, mem::take(text));
        }
        true
    }

    /// Whether all that was handed in was written.
    pub(crate) fn finish(self) -> io::Result<()> {
        let state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        state.unsaid.map_or(Ok(()), Err)
    }

    /// Ends the waiting if this thread panics before the result is dropped.
    pub(crate) fn stop_on_panic(&self) -> impl Drop {
        StopOnPanic(self)
    }

    fn state(&self) -> MutexGuard<'_, State<W>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<W: Write> State<W> {
    /// Writes the next text, and those that were waiting for it.
    fn write(&mut self, text: &mut Vec<u8>) {
        self.say(text);
        text.clear();
        self.next += 1;
        while let Some(early) = self.early.remove(&self.next) {
            self.say(&early);
            self.next += 1;
        }
    }

    fn say(&mut self, text: &[u8]) {
        if self.unsaid.is_none() {
            self.unsaid = self.out.write_all(text).and_then(|()| self.out.flush()).err();
        }
    }
}

struct StopOnPanic<'a, W: Write>(&'a OrderedWriter<W>);

impl<W: Write> Drop for StopOnPanic<'_, W> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.state().stopped = true;
            self.0.moved_on.notify_all();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::panic;
    use std::sync::atomic::{AtomicU64, Ordering};

    use super::*;

    const TEXTS: u64 = 500;

    fn text(number: u64) -> Vec<u8> {
        format!("{number}\n").into_bytes()
    }

    fn in_order() -> Vec<u8> {
        (0..TEXTS).flat_map(text).collect()
    }

    #[test]
    fn texts_are_written_in_their_order() {
        let writer = OrderedWriter::new(Vec::new());
        for number in [2, 1, 4, 0, 3] {
            assert!(writer.hand_in(number, &mut text(number)));
        }
        assert_eq!(writer.state().out, b"0\n1\n2\n3\n4\n");
    }

    #[test]
    fn threads() {
        let (writer, next) = (OrderedWriter::new(Vec::new()), AtomicU64::new(0));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= TEXTS {
                            break;
                        }
                        assert!(writer.hand_in(number, &mut text(number)));
                    }
                });
            }
        });
        assert_eq!(writer.state().out, in_order());
    }

    /// One thread comes last with the text that all the others are kept for.
    #[test]
    fn no_more_than_some_are_kept() {
        let writer = OrderedWriter::new(Vec::new());
        for number in 1..=16 {
            assert!(writer.hand_in(number, &mut text(number)));
        }
        thread::scope(|scope| {
            let late =
                scope.spawn(|| (17..TEXTS).all(|number| writer.hand_in(number, &mut text(number))));
            assert_eq!(writer.state().early.len(), MOST_EARLY);
            assert!(writer.hand_in(0, &mut text(0)));
            assert!(late.join().unwrap());
        });
        assert_eq!(writer.state().out, in_order());
    }

    #[test]
    fn a_panic_leaves_nobody_waiting() {
        let writer = OrderedWriter::new(Vec::new());
        thread::scope(|scope| {
            let waiting =
                scope.spawn(|| (1..TEXTS).all(|number| writer.hand_in(number, &mut text(number))));
            let failing = scope.spawn(|| {
                let _stop = writer.stop_on_panic();
                panic::resume_unwind(Box::new("the first text never comes"));
            });
            assert!(failing.join().is_err());
            assert!(!waiting.join().unwrap());
        });
    }

    #[test]
    fn without_a_reader_all_is_handed_in_and_the_error_is_kept() {
        struct Closed;
        impl Write for Closed {
            fn write(&mut self, _: &[u8]) -> io::Result<usize> {
                Err(io::ErrorKind::BrokenPipe.into())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let writer = OrderedWriter::new(Closed);
        for number in [1, 0, 2] {
            assert!(writer.hand_in(number, &mut text(number)));
        }
        assert_eq!(writer.state().next, 3);
        assert_eq!(writer.finish().unwrap_err().kind(), io::ErrorKind::BrokenPipe);
    }
}
