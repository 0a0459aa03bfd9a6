//! What each function does to a guess.

use zeroize::{Zeroize, Zeroizing};

use super::alphabet::{Alphabet, Case, Code};
use super::operation::Operation;

/// No function makes a guess as long as this or longer; it is left out instead, as in hashcat.
const MOST_CHARACTERS: usize = 256;

/// Makes a guess of a word; false if it is rejected.
pub(crate) fn apply<A>(
    operations: &[Operation],
    alphabet: &mut A,
    word: &[A::Character],
    guess: &mut Vec<A::Character>,
) -> bool
where
    A: Alphabet<Character: Zeroize>,
{
    guess.clear();
    // So that growing leaves no copies behind that nobody wipes.
    guess.reserve(word.len().max(MOST_CHARACTERS));
    guess.extend_from_slice(word);
    let mut memory = None;
    for &operation in operations {
        if operation == Operation::Memorise {
            memory = Some(Zeroizing::new(guess.clone()));
            continue;
        }
        let remembered = memory.as_ref().map_or(word, |memory| memory.as_slice());
        if !(Step { alphabet, guess }).take(operation, remembered) {
            return false;
        }
    }
    true
}

/// One function at work on a guess.
struct Step<'a, A: Alphabet> {
    alphabet: &'a mut A,
    guess: &'a mut Vec<A::Character>,
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the others are met by the next method")]
impl<A: Alphabet> Step<'_, A> {
    fn take(mut self, operation: Operation, memory: &[A::Character]) -> bool {
        if let Some(kept) = self.reject(operation, memory) {
            return kept;
        }
        if let Some(kept) = self.remember(operation, memory) {
            return kept;
        }
        if !(self.change(operation) || self.move_about(operation)) {
            self.resize(operation);
        }
        true
    }

    fn reject(&mut self, operation: Operation, memory: &[A::Character]) -> Option<bool> {
        let length = self.guess.len();
        Some(match operation {
            Operation::RejectLonger(count) => length <= count.get(),
            Operation::RejectShorter(count) => length >= count.get(),
            Operation::RejectUnlessLength(count) => length == count.get(),
            Operation::RejectIfHas(c) => self.count(c) == 0,
            Operation::RejectUnlessHas(c) => self.count(c) > 0,
            Operation::RejectUnlessFirst(c) => self.has_at(0, c),
            Operation::RejectUnlessLast(c) => length > 0 && self.has_at(length - 1, c),
            Operation::RejectUnlessAt(at, c) => self.has_at(at.get(), c),
            Operation::RejectUnlessCount(count, c) => {
                length > count.get() && self.count(c) >= count.get()
            }
            Operation::RejectIfMemory => !self.alphabet.are_equal(self.guess, memory),
            _ => return None,
        })
    }

    fn remember(&mut self, operation: Operation, memory: &[A::Character]) -> Option<bool> {
        let length = self.guess.len();
        let (piece, before) = match operation {
            Operation::AppendMemory => (Some(memory), length),
            Operation::PrependMemory => (Some(memory), 0),
            Operation::InsertMemory(at, count, before) => {
                let count = Some(count.get()).filter(|&count| count > 0);
                let from = memory.get(at.get()..).unwrap_or_default();
                (count.and_then(|count| from.get(..count)), before.get())
            }
            _ => return None,
        };
        let Some(piece) = piece.filter(|piece| !piece.is_empty()) else { return Some(false) };
        let fits = before <= length && length + piece.len() < MOST_CHARACTERS;
        if fits {
            self.guess.splice(before..before, piece.iter().copied());
        }
        Some(fits)
    }

    /// Changes characters where they are; false if the operation is another.
    fn change(&mut self, operation: Operation) -> bool {
        let all = 0..self.guess.len();
        match operation {
            Operation::Lower => self.case(all, Case::Lower),
            Operation::Upper => self.case(all, Case::Upper),
            Operation::Toggle => self.case(all, Case::Toggle),
            Operation::Capitalise => {
                self.case(all, Case::Lower);
                self.case(0..1, Case::Upper);
            }
            Operation::Uncapitalise => {
                self.case(all, Case::Upper);
                self.case(0..1, Case::Lower);
            }
            Operation::ToggleAt(at) => self.case(at.get()..at.get() + 1, Case::Toggle),
            Operation::ToggleAfter(count, separator) => {
                let mut places = all.filter(|&at| self.has_at(at, separator));
                if let Some(at) = places.nth(count.get()) {
                    self.case(at + 1..at + 2, Case::Toggle);
                }
            }
            Operation::Title => self.title(' '),
            Operation::TitleAfter(separator) => self.title(separator),
            Operation::Overwrite(at, new) => {
                let new = self.alphabet.constant(new);
                self.set(at.get(), Some(new));
            }
            Operation::Replace(old, new) => {
                for c in self.guess.iter_mut() {
                    *c = self.alphabet.replace(*c, old, new);
                }
            }
            Operation::ShiftLeft(at) => self.code(at.get(), Code::ShiftLeft),
            Operation::ShiftRight(at) => self.code(at.get(), Code::ShiftRight),
            Operation::Increment(at) => self.code(at.get(), Code::Increment),
            Operation::Decrement(at) => self.code(at.get(), Code::Decrement),
            _ => return false,
        }
        true
    }

    /// Changes where characters are, not how many; false if the operation is another.
    fn move_about(&mut self, operation: Operation) -> bool {
        let length = self.guess.len();
        match operation {
            Operation::Reverse => self.guess.reverse(),
            Operation::RotateLeft => self.guess.rotate_left(length.min(1)),
            Operation::RotateRight => self.guess.rotate_right(length.min(1)),
            Operation::SwapFirst => self.swap(0, 1),
            Operation::SwapLast if length > 1 => self.swap(length - 2, length - 1),
            Operation::Swap(at, other) => self.swap(at.get(), other.get()),
            Operation::CopyNext(at) => self.set(at.get(), self.guess.get(at.get() + 1).copied()),
            Operation::CopyPrevious(at) if at.get() > 0 => {
                self.set(at.get(), self.guess.get(at.get() - 1).copied());
            }
            Operation::SwapLast | Operation::CopyPrevious(_) => {}
            _ => return false,
        }
        true
    }

    /// Adds or removes characters, as long as not too many result.
    fn resize(&mut self, operation: Operation) {
        let length = self.guess.len();
        match operation {
            Operation::Append(c) => self.insert(length, 1, c),
            Operation::Prepend(c) => self.insert(0, 1, c),
            Operation::Insert(at, c) => self.insert(at.get(), 1, c),
            Operation::RepeatFirst(times) => self.repeat_at(0, times.get()),
            Operation::RepeatLast(times) => self.repeat_at(length.saturating_sub(1), times.get()),
            Operation::Duplicate => self.repeat(0, 1),
            Operation::Repeat(times) => self.repeat(0, times.get()),
            Operation::RepeatEnd(count) if count.get() <= length => {
                self.repeat(length - count.get(), 1);
            }
            Operation::RepeatStart(count) if count.get() <= length => {
                self.repeat_start(count.get());
            }
            Operation::Reflect => {
                self.repeat(0, 1);
                self.guess.get_mut(length..).unwrap_or_default().reverse();
            }
            Operation::RepeatEach => self.repeat_each(),
            Operation::DropFirst => self.omit(0, 1),
            Operation::DropLast => self.guess.truncate(length.saturating_sub(1)),
            Operation::DropAt(at) => self.omit(at.get(), 1),
            Operation::Omit(at, count) => self.omit(at.get(), count.get()),
            Operation::Keep(at, count) => self.keep(at.get(), count.get()),
            Operation::Truncate(at) => self.guess.truncate(at.get()),
            Operation::Purge(c) => self.guess.retain(|&other| !self.alphabet.is(other, c)),
            _ => {}
        }
    }

    fn has_at(&mut self, at: usize, c: char) -> bool {
        self.guess.get(at).is_some_and(|&this| self.alphabet.is(this, c))
    }

    fn count(&mut self, c: char) -> usize {
        self.guess.iter().filter(|&&this| self.alphabet.is(this, c)).count()
    }

    fn set(&mut self, at: usize, to: Option<A::Character>) {
        if let (Some(c), Some(to)) = (self.guess.get_mut(at), to) {
            *c = to;
        }
    }

    fn case(&mut self, places: std::ops::Range<usize>, case: Case) {
        for c in self.guess.iter_mut().take(places.end).skip(places.start) {
            *c = self.alphabet.case(*c, case);
        }
    }

    fn code(&mut self, at: usize, code: Code) {
        if let Some(c) = self.guess.get_mut(at) {
            *c = self.alphabet.code(*c, code);
        }
    }

    fn title(&mut self, separator: char) {
        let mut starts = true;
        for c in self.guess.iter_mut() {
            let next = self.alphabet.is(*c, separator);
            *c = self.alphabet.case(*c, Case::Lower);
            if starts {
                *c = self.alphabet.case(*c, Case::Upper);
            }
            starts = next;
        }
    }

    fn swap(&mut self, at: usize, other: usize) {
        if at.max(other) < self.guess.len() {
            self.guess.swap(at, other);
        }
    }

    fn insert(&mut self, at: usize, times: usize, c: char) {
        let c = self.alphabet.constant(c);
        self.put(at, times, c);
    }

    fn repeat_at(&mut self, at: usize, times: usize) {
        if let Some(&c) = self.guess.get(at) {
            self.put(at, times, c);
        }
    }

    fn put(&mut self, at: usize, times: usize, c: A::Character) {
        if at <= self.guess.len() && self.guess.len() + times < MOST_CHARACTERS {
            self.guess.splice(at..at, std::iter::repeat_n(c, times));
        }
    }

    fn repeat(&mut self, from: usize, times: usize) {
        let end = self.guess.len();
        if end + (end - from) * times < MOST_CHARACTERS {
            (0..times).for_each(|_| self.guess.extend_from_within(from..end));
        }
    }

    fn repeat_start(&mut self, count: usize) {
        if self.guess.len() + count < MOST_CHARACTERS {
            self.guess.extend_from_within(..count);
            self.guess.rotate_right(count);
        }
    }

    fn repeat_each(&mut self) {
        let length = self.guess.len();
        self.repeat(0, 1);
        if self.guess.len() > length {
            for place in (0..2 * length).rev() {
                self.set(place, self.guess.get(place / 2).copied());
            }
        }
    }

    fn omit(&mut self, at: usize, count: usize) {
        if at < self.guess.len() && at + count <= self.guess.len() {
            self.guess.drain(at..at + count);
        }
    }

    fn keep(&mut self, at: usize, count: usize) {
        if at < self.guess.len() && at + count <= self.guess.len() {
            self.guess.truncate(at + count);
            self.guess.drain(..at);
        }
    }
}
