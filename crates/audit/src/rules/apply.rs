//! What each function does to a guess, one guess at a time.

use zeroize::Zeroizing;

use super::MOST_CHARACTERS;
use super::case::{lower, toggle, upper};
use super::operation::Operation;

/// Makes a guess of a word; false if it is rejected.
pub(super) fn rule(operations: &[Operation], word: &[char], guess: &mut Vec<char>) -> bool {
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
        if !step(operation, guess, remembered) {
            return false;
        }
    }
    true
}

fn step(operation: Operation, guess: &mut Vec<char>, memory: &[char]) -> bool {
    rejection(operation, guess, memory)
        .or_else(|| remember(operation, guess, memory))
        .unwrap_or_else(|| {
            if !(case(operation, guess) || exchange(operation, guess)) {
                resize(operation, guess);
            }
            true
        })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the others are met by the next function")]
fn rejection(operation: Operation, guess: &[char], memory: &[char]) -> Option<bool> {
    let length = guess.len();
    Some(match operation {
        Operation::RejectLonger(count) => length <= count.get(),
        Operation::RejectShorter(count) => length >= count.get(),
        Operation::RejectUnlessLength(count) => length == count.get(),
        Operation::RejectIfHas(c) => !guess.contains(&c),
        Operation::RejectUnlessHas(c) => guess.contains(&c),
        Operation::RejectUnlessFirst(c) => guess.first() == Some(&c),
        Operation::RejectUnlessLast(c) => guess.last() == Some(&c),
        Operation::RejectUnlessAt(at, c) => guess.get(at.get()) == Some(&c),
        Operation::RejectUnlessCount(count, c) => {
            let found = guess.iter().filter(|&&other| other == c).count();
            length > count.get() && found >= count.get()
        }
        Operation::RejectIfMemory => guess != memory,
        _ => return None,
    })
}

#[expect(clippy::wildcard_enum_match_arm, reason = "the others are met by the next function")]
fn remember(operation: Operation, guess: &mut Vec<char>, memory: &[char]) -> Option<bool> {
    let (piece, before) = match operation {
        Operation::AppendMemory => (Some(memory), guess.len()),
        Operation::PrependMemory => (Some(memory), 0),
        Operation::InsertMemory(at, count, before) => {
            let count = Some(count.get()).filter(|&count| count > 0);
            let from = memory.get(at.get()..).unwrap_or_default();
            (count.and_then(|count| from.get(..count)), before.get())
        }
        _ => return None,
    };
    let Some(piece) = piece.filter(|piece| !piece.is_empty()) else { return Some(false) };
    let fits = before <= guess.len() && guess.len() + piece.len() < MOST_CHARACTERS;
    if fits {
        guess.splice(before..before, piece.iter().copied());
    }
    Some(fits)
}

/// Changes the case; false if the operation is another.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others are met by the next function")]
fn case(operation: Operation, guess: &mut [char]) -> bool {
    let all = |guess: &mut [char], change: fn(char) -> char| {
        for c in guess {
            *c = change(*c);
        }
    };
    let first = |guess: &mut [char], to: fn(char) -> char| change(guess, 0, to);
    match operation {
        Operation::Lower => all(guess, lower),
        Operation::Upper => all(guess, upper),
        Operation::Toggle => all(guess, toggle),
        Operation::Capitalise => {
            all(guess, lower);
            first(guess, upper);
        }
        Operation::Uncapitalise => {
            all(guess, upper);
            first(guess, lower);
        }
        Operation::ToggleAt(at) => change(guess, at.get(), toggle),
        Operation::ToggleAfter(count, separator) => {
            let mut places = guess.iter().enumerate().filter(|&(_, &c)| c == separator);
            if let Some((place, _)) = places.nth(count.get()) {
                change(guess, place + 1, toggle);
            }
        }
        Operation::Title => title(guess, ' '),
        Operation::TitleAfter(separator) => title(guess, separator),
        _ => return false,
    }
    true
}

fn title(guess: &mut [char], separator: char) {
    let mut starts = true;
    for c in guess {
        let next = *c == separator;
        *c = if starts { upper(lower(*c)) } else { lower(*c) };
        starts = next;
    }
}

/// Changes characters or their order, not how many there are; false if the operation is another.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others are met by the next function")]
fn exchange(operation: Operation, guess: &mut [char]) -> bool {
    let last = guess.len().saturating_sub(1);
    match operation {
        Operation::Reverse => guess.reverse(),
        Operation::RotateLeft => guess.rotate_left(guess.len().min(1)),
        Operation::RotateRight => guess.rotate_right(guess.len().min(1)),
        Operation::SwapFirst => swap(guess, 0, 1),
        Operation::SwapLast => swap(guess, last.saturating_sub(1), last),
        Operation::Swap(at, other) => swap(guess, at.get(), other.get()),
        Operation::Overwrite(at, c) => change(guess, at.get(), |_| c),
        Operation::Replace(old, new) => {
            guess.iter_mut().filter(|c| **c == old).for_each(|c| *c = new);
        }
        Operation::CopyNext(at) => copy(guess, at.get() + 1, at.get()),
        Operation::CopyPrevious(at) => {
            if let Some(previous) = at.get().checked_sub(1) {
                copy(guess, previous, at.get());
            }
        }
        Operation::ShiftLeft(at) => change_code(guess, at.get(), |code| code << 1),
        Operation::ShiftRight(at) => change_code(guess, at.get(), |code| code >> 1),
        Operation::Increment(at) => change_code(guess, at.get(), |code| code.wrapping_add(1)),
        Operation::Decrement(at) => change_code(guess, at.get(), |code| code.wrapping_sub(1)),
        _ => return false,
    }
    true
}

fn change(guess: &mut [char], at: usize, change: impl Fn(char) -> char) {
    if let Some(c) = guess.get_mut(at) {
        *c = change(*c);
    }
}

/// Bytes are what hashcat counts in; a character that is more than one is left alone.
fn change_code(guess: &mut [char], at: usize, code: fn(u8) -> u8) {
    change(guess, at, |c| u8::try_from(c).map_or(c, |byte| code(byte).into()));
}

fn swap(guess: &mut [char], at: usize, other: usize) {
    if at.max(other) < guess.len() {
        guess.swap(at, other);
    }
}

fn copy(guess: &mut [char], from: usize, to: usize) {
    if let Some(&c) = guess.get(from) {
        change(guess, to, |_| c);
    }
}

/// Adds or removes characters, as long as not too many result.
#[expect(clippy::wildcard_enum_match_arm, reason = "the others are met before")]
fn resize(operation: Operation, guess: &mut Vec<char>) {
    let length = guess.len();
    match operation {
        Operation::Append(c) => insert(guess, length, 1, c),
        Operation::Prepend(c) => insert(guess, 0, 1, c),
        Operation::Insert(at, c) => insert(guess, at.get(), 1, c),
        Operation::RepeatFirst(times) => {
            if let Some(&first) = guess.first() {
                insert(guess, 0, times.get(), first);
            }
        }
        Operation::RepeatLast(times) => {
            if let Some(&last) = guess.last() {
                insert(guess, length, times.get(), last);
            }
        }
        Operation::Duplicate => repeat(guess, 0, 1),
        Operation::Repeat(times) => repeat(guess, 0, times.get()),
        Operation::RepeatEnd(count) => {
            if let Some(from) = length.checked_sub(count.get()) {
                repeat(guess, from, 1);
            }
        }
        Operation::RepeatStart(count)
            if count.get() <= length && length + count.get() < MOST_CHARACTERS =>
        {
            guess.extend_from_within(..count.get());
            guess.rotate_right(count.get());
        }
        Operation::Reflect if 2 * length < MOST_CHARACTERS => {
            repeat(guess, 0, 1);
            if let Some(second) = guess.get_mut(length..) {
                second.reverse();
            }
        }
        Operation::RepeatEach if 2 * length < MOST_CHARACTERS => {
            guess.resize(2 * length, ' ');
            for place in (0..2 * length).rev() {
                copy(guess, place / 2, place);
            }
        }
        Operation::DropFirst => omit(guess, 0, 1),
        Operation::DropLast => guess.truncate(length.saturating_sub(1)),
        Operation::DropAt(at) => omit(guess, at.get(), 1),
        Operation::Omit(at, count) => omit(guess, at.get(), count.get()),
        Operation::Keep(at, count) if at.get() < length && at.get() + count.get() <= length => {
            guess.truncate(at.get() + count.get());
            omit(guess, 0, at.get());
        }
        Operation::Truncate(at) => guess.truncate(at.get()),
        Operation::Purge(c) => guess.retain(|other| *other != c),
        _ => {}
    }
}

fn insert(guess: &mut Vec<char>, at: usize, times: usize, c: char) {
    if at <= guess.len() && guess.len() + times < MOST_CHARACTERS {
        guess.splice(at..at, std::iter::repeat_n(c, times));
    }
}

fn repeat(guess: &mut Vec<char>, from: usize, times: usize) {
    let end = guess.len();
    if from <= end && end + (end - from) * times < MOST_CHARACTERS {
        (0..times).for_each(|_| guess.extend_from_within(from..end));
    }
}

fn omit(guess: &mut Vec<char>, at: usize, count: usize) {
    if at < guess.len() && at + count <= guess.len() {
        guess.drain(at..at + count);
    }
}
