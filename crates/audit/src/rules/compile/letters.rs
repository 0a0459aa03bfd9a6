//! What a rule makes of all words of one length at once: where each character of the guess comes
//! from.

use std::collections::HashMap;

use hashbrown::DefaultHashBuilder;
use strongpass_hash::Change;
use zeroize::Zeroize;

use super::list::Kind;
use crate::rules::{Alphabet, Case, Code, Unicode};

/// One character of a guess, for all words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Letter {
    /// The character at a place of the word, in a form, after the changes of that number.
    Word { place: u8, form: Form, changes: u16 },
    /// The same for all.
    Constant(char),
}

/// A form of all characters of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    Plain,
    Lower,
    Upper,
    Toggled,
}

impl Form {
    pub(super) const ALL: [Self; 4] = [Self::Plain, Self::Lower, Self::Upper, Self::Toggled];

    /// The form after another change of case: for [orderly](has_orderly_case) characters there
    /// are no more than these four.
    const fn then(self, case: Case) -> Self {
        match (case, self) {
            (Case::Lower, _) | (Case::Toggle, Self::Upper) => Self::Lower,
            (Case::Upper, _) | (Case::Toggle, Self::Lower) => Self::Upper,
            (Case::Toggle, Self::Plain) => Self::Toggled,
            (Case::Toggle, Self::Toggled) => Self::Plain,
        }
    }

    /// The number of rows for all forms of words of a length.
    pub(super) fn rows(length: u8) -> u16 {
        4 * u16::from(length)
    }

    /// The row of a place: form after form.
    pub(super) fn row(self, length: u8, place: u8) -> u16 {
        u16::from(self.number()) * u16::from(length) + u16::from(place)
    }

    const fn number(self) -> u8 {
        match self {
            Self::Plain => 0,
            Self::Lower => 1,
            Self::Upper => 2,
            Self::Toggled => 3,
        }
    }

    /// A character in that form.
    pub(super) fn of(self, c: char) -> char {
        match self {
            Self::Plain => c,
            Self::Lower => Unicode.case(c, Case::Lower),
            Self::Upper => Unicode.case(c, Case::Upper),
            Self::Toggled => Unicode.case(c, Case::Toggle),
        }
    }
}

/// Some forms; the plain one always is among them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Forms([bool; 4]);

impl Forms {
    pub(super) fn add(&mut self, form: Form) {
        if let Some(has) = self.0.get_mut(usize::from(form.number())) {
            *has = true;
        }
    }

    pub(super) fn has(self, form: Form) -> bool {
        self.0.get(usize::from(form.number())) == Some(&true)
    }
}

/// Whether changes of case lead to the four forms only, all of one UTF-16 unit. (`ſ` does not: its
/// capital is `S`, and the small form of that is `s`.)
pub(super) fn has_orderly_case(c: char) -> bool {
    let is_form_of = |form: Form| {
        let of = form.of(c);
        let stays = [Case::Lower, Case::Upper, Case::Toggle]
            .iter()
            .all(|&case| Unicode.case(of, case) == form.then(case).of(c));
        stays && u16::try_from(u32::from(of)).is_ok()
    };
    c.is_ascii() || Form::ALL.into_iter().all(is_form_of)
}

/// The characters of all words of one kind. A rule is compiled by applying it to them; what it
/// does that depends on the word beyond its length is noted here.
#[derive(Debug)]
pub(super) struct Letters {
    kind: Kind,
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
    pub(super) fn new(kind: Kind) -> Self {
        let highest = if matches!(kind, Kind::Ascii(_)) { 0x7f } else { u16::MAX };
        let nothing = Chain { changes: Vec::new(), highest };
        let numbers = HashMap::default();
        Self { kind, chains: vec![nothing], numbers, without: None, depends: false }
    }

    /// Makes ready for another rule.
    pub(super) fn begin(&mut self) {
        (self.without, self.depends) = (None, false);
    }

    /// The word itself.
    pub(super) fn word(&self) -> impl Iterator<Item = Letter> + use<> {
        (0..self.kind.length()).map(|place| Letter::Word { place, form: Form::Plain, changes: 0 })
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
                Letter::Word { place, form: form.then(case), changes: 0 }
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
