//! The functions of the rule language, one line each: letter, name, arguments.

use std::fmt;

use super::error::RuleFault;

/// A place or a count: `0` to `9`, then `A` (10) to `Z` (35).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place(u8);

impl Place {
    pub(super) fn read(digit: char) -> Option<Self> {
        let value = digit.to_digit(36).filter(|_| !digit.is_ascii_lowercase())?;
        u8::try_from(value).ok().map(Self)
    }

    pub(crate) fn get(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digit = char::from_digit(self.0.into(), 36).unwrap_or('0');
        write!(formatter, "{}", digit.to_ascii_uppercase())
    }
}

/// Where the arguments of a function come from.
pub(super) trait Arguments {
    /// The next character of the rule, as an argument.
    fn character(&mut self) -> Result<char, RuleFault>;

    /// The next character of the rule, as a place.
    fn place(&mut self) -> Result<Place, RuleFault>;
}

/// Makes the enum, its reader and its writer of one table.
macro_rules! operations {
    (@read $arguments:ident char) => { $arguments.character()? };
    (@read $arguments:ident Place) => { $arguments.place()? };
    ($($(#[$doc:meta])+ $letter:literal $name:ident $(($($argument:ident: $kind:ident),+))?;)+) => {
        /// One function with its arguments. Places count from 0; a place beyond the end of the
        /// guess changes nothing, unless it says otherwise.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Operation {
            $($(#[$doc])+ $name $(($($kind),+))?,)+
        }

        impl Operation {
            /// Reads the arguments that follow a letter.
            pub(super) fn read(
                letter: char,
                arguments: &mut impl Arguments,
            ) -> Result<Self, RuleFault> {
                Ok(match letter {
                    $($letter => {
                        Self::$name $(($(operations!(@read arguments $kind)),+))?
                    })+
                    _ => return Err(RuleFault::UnknownFunction(letter)),
                })
            }
        }

        impl fmt::Display for Operation {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                match *self {
                    $(Self::$name $(($($argument),+))? => {
                        write!(formatter, "{}", $letter)?;
                        $($(write!(formatter, "{}", $argument)?;)+)?
                    })+
                }
                Ok(())
            }
        }
    };
}

operations! {
    /// Nothing.
    ':' Nothing;

    // Case.
    /// All small.
    'l' Lower;
    /// All capitals.
    'u' Upper;
    /// The first a capital, the others small.
    'c' Capitalise;
    /// The first small, the others capitals.
    'C' Uncapitalise;
    /// Capitals small and small ones capital.
    't' Toggle;
    /// The other case at that place.
    'T' ToggleAt(at: Place);
    /// The other case after the separator that has `count` of its like before it.
    '3' ToggleAfter(count: Place, separator: char);
    /// Small, with a capital first and after each space.
    'E' Title;
    /// Small, with a capital first and after each separator.
    'e' TitleAfter(separator: char);

    // Order.
    /// Backwards.
    'r' Reverse;
    /// The first to the end.
    '{' RotateLeft;
    /// The last to the start.
    '}' RotateRight;
    /// The first two change places.
    'k' SwapFirst;
    /// The last two change places.
    'K' SwapLast;
    /// Two change places.
    '*' Swap(at: Place, other: Place);

    // More.
    /// At the end.
    '$' Append(character: char);
    /// At the start.
    '^' Prepend(character: char);
    /// Before what is at that place, or at the end.
    'i' Insert(at: Place, character: char);
    /// Twice.
    'd' Duplicate;
    /// And that many times again.
    'p' Repeat(times: Place);
    /// And then backwards.
    'f' Reflect;
    /// The first that many times more.
    'z' RepeatFirst(times: Place);
    /// The last that many times more.
    'Z' RepeatLast(times: Place);
    /// Each twice.
    'q' RepeatEach;
    /// The first N characters again, at the start; nothing if there are fewer.
    'y' RepeatStart(count: Place);
    /// The last N characters again, at the end; nothing if there are fewer.
    'Y' RepeatEnd(count: Place);

    // Less.
    /// Without the first.
    '[' DropFirst;
    /// Without the last.
    ']' DropLast;
    /// Without the one at that place.
    'D' DropAt(at: Place);
    /// Only N characters from a place on; nothing if there are fewer.
    'x' Keep(at: Place, count: Place);
    /// Without N characters from a place on; nothing if there are fewer.
    'O' Omit(at: Place, count: Place);
    /// Only what is before that place.
    '\'' Truncate(at: Place);
    /// Without that character.
    '@' Purge(character: char);

    // Others instead.
    /// Another at that place.
    'o' Overwrite(at: Place, character: char);
    /// One for another, everywhere.
    's' Replace(old: char, new: char);
    /// The one after it instead of it.
    '.' CopyNext(at: Place);
    /// The one before it instead of it.
    ',' CopyPrevious(at: Place);
    /// Its code doubled, in eight bits; characters of more bits stay.
    'L' ShiftLeft(at: Place);
    /// Its code halved; characters of more than eight bits stay.
    'R' ShiftRight(at: Place);
    /// Its code and one, in eight bits; characters of more bits stay.
    '+' Increment(at: Place);
    /// Its code less one, in eight bits; characters of more bits stay.
    '-' Decrement(at: Place);

    // Memory, which holds the word until something is put there.
    /// Remembers the guess as it is now.
    'M' Memorise;
    /// Adds what is remembered at the end; rejects a guess that grows too long.
    '4' AppendMemory;
    /// Adds what is remembered at the start; rejects a guess that grows too long.
    '6' PrependMemory;
    /// Inserts `count` characters of what is remembered, from `at` on, before place `before`;
    /// rejects a guess if one of them is not there.
    'X' InsertMemory(at: Place, count: Place, before: Place);

    // Rejection.
    /// Rejects a guess of more than that many characters.
    '<' RejectLonger(count: Place);
    /// Rejects a guess of fewer than that many characters.
    '>' RejectShorter(count: Place);
    /// Rejects a guess of another length.
    '_' RejectUnlessLength(count: Place);
    /// Rejects a guess with that character.
    '!' RejectIfHas(character: char);
    /// Rejects a guess without that character.
    '/' RejectUnlessHas(character: char);
    /// Rejects a guess that starts otherwise.
    '(' RejectUnlessFirst(character: char);
    /// Rejects a guess that ends otherwise.
    ')' RejectUnlessLast(character: char);
    /// Rejects a guess with another character at that place.
    '=' RejectUnlessAt(at: Place, character: char);
    /// Rejects a guess that has the character fewer times, or that is no longer than `count`.
    '%' RejectUnlessCount(count: Place, character: char);
    /// Rejects a guess that is what is remembered.
    'Q' RejectIfMemory;
}
