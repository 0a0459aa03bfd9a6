//! What a rule makes of all words of one length at once: where each character of the guess comes
//! from.

use std::collections::HashMap;

use hashbrown::DefaultHashBuilder;
use strongpass_hash::Change;
use zeroize::Zeroize;

use super::form::Form;
use super::word_class::WordClass;
use crate::rules::alphabet::{Alphabet, Case, Code, Unicode};

/// One character of a guess, for all words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Letter {
    /// The character at a place of the word, in a form, after the changes of that number.
    Word { place: u8, form: Form, changes: u16 },
    /// The same for all.
    Constant(char),
}

/// The characters of all words of one class. A rule is compiled by applying it to them; what it
/// does that depends on the word beyond its length is noted here.
#[derive(Debug)]
pub(super) struct Letters {
    class: WordClass,
    chains: Vec<Chain>,
    numbers: HashMap<(u16, Change), u16, DefaultHashBuilder>,
    /// The guess is what it is only for words without this character, in any case.
    pub(super) without: Option<char>,
    /// Lanes cannot make the guess: it depends on each word.
    pub(super) depends: bool,
}

/// Changes of one character, in order.
#[derive(Clone, Debug, Default)]
struct Chain {
    changes: Vec<Change>,
    /// The highest code that may result.
    highest: u16,
}

impl Letters {
    pub(super) fn new(class: WordClass) -> Self {
        let highest = if matches!(class, WordClass::Ascii(_)) { 0x7f } else { u16::MAX };
        let nothing = Chain { changes: Vec::new(), highest };
        let numbers = HashMap::default();
        Self { class, chains: vec![nothing], numbers, without: None, depends: false }
    }

    /// Makes ready for another rule.
    pub(super) fn begin(&mut self) {
        (self.without, self.depends) = (None, false);
    }

    /// The word itself.
    pub(super) fn word(&self) -> impl Iterator<Item = Letter> + use<> {
        (0..self.class.length()).map(|place| Letter::Word { place, form: Form::Plain, changes: 0 })
    }

    /// What is done to a character, in order.
    pub(super) fn changes(&self, number: u16) -> &[Change] {
        self.chains.get(usize::from(number)).map_or(&[], |chain| chain.changes.as_slice())
    }

    fn highest(&self, number: u16) -> u16 {
        self.chains.get(usize::from(number)).map_or(u16::MAX, |chain| chain.highest)
    }

    /// The number of the changes with one more.
    fn then(&mut self, number: u16, change: Change, highest: u16) -> u16 {
        if let Some(&known) = self.numbers.get(&(number, change)) {
            return known;
        }
        let Ok(next) = u16::try_from(self.chains.len()) else {
            self.depends = true;
            return 0;
        };
        let mut changes = self.changes(number).to_vec();
        changes.push(change);
        self.chains.push(Chain { changes, highest });
        self.numbers.insert((number, change), next);
        next
    }
}

impl Alphabet for Letters {
    type Character = Letter;

    fn constant(&mut self, character: char) -> Letter {
        Letter::Constant(character)
    }

    fn case(&mut self, of: Letter, case: Case) -> Letter {
        match of {
            Letter::Constant(c) => Letter::Constant(Unicode.case(c, case)),
            Letter::Word { place, form, changes: 0 } => {
                Letter::Word { place, form: form.after(case), changes: 0 }
            }
            Letter::Word { place, form, changes } => {
                let change = match case {
                    Case::Lower => Change::Lower,
                    Case::Upper => Change::Upper,
                    Case::Toggle => Change::Toggle,
                };
                let highest = match self.highest(changes) {
                    ascii @ ..0x80 => ascii,
                    // `ÿ` and `µ` have capitals beyond what lanes know the case of.
                    0x80..0x100 => u16::MAX,
                    0x100.. => {
                        self.depends = true;
                        return of;
                    }
                };
                Letter::Word { place, form, changes: self.then(changes, change, highest) }
            }
        }
    }

    fn code(&mut self, of: Letter, code: Code) -> Letter {
        match of {
            Letter::Constant(c) => Letter::Constant(Unicode.code(c, code)),
            Letter::Word { place, form, changes } => {
                let change = match code {
                    Code::ShiftLeft => Change::ShiftLeft,
                    Code::ShiftRight => Change::ShiftRight,
                    Code::Increment => Change::Increment,
                    Code::Decrement => Change::Decrement,
                };
                let highest = self.highest(changes).max(0xff);
                Letter::Word { place, form, changes: self.then(changes, change, highest) }
            }
        }
    }

    fn replace(&mut self, of: Letter, old: char, new: char) -> Letter {
        let Letter::Word { place, form, changes } = of else {
            return if of == Letter::Constant(old) { Letter::Constant(new) } else { of };
        };
        let Ok(old) = u16::try_from(u32::from(old)) else { return of };
        let highest = self.highest(changes);
        if old > highest {
            return of;
        }
        let Ok(new) = u16::try_from(u32::from(new)) else {
            self.depends = true;
            return of;
        };
        let changes = self.then(changes, Change::Replace(old, new), highest.max(new));
        Letter::Word { place, form, changes }
    }

    /// Of characters of words the answer is no, on the condition that words do not have it.
    fn is(&mut self, this: Letter, character: char) -> bool {
        match this {
            Letter::Constant(c) => c == character,
            Letter::Word { changes: 0, .. } => {
                if u32::from(character) <= u32::from(self.highest(0)) {
                    self.depends |= self.without.is_some_and(|other| other != character);
                    self.without = Some(character);
                }
                false
            }
            Letter::Word { .. } => {
                self.depends = true;
                false
            }
        }
    }

    fn are_equal(&mut self, one: &[Letter], other: &[Letter]) -> bool {
        let equal = one == other;
        self.depends |= !equal && one.len() == other.len();
        equal
    }
}

/// Letters say nothing of any word.
impl Zeroize for Letter {
    fn zeroize(&mut self) {}
}
