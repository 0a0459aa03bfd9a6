//! Forms of a word: as it is, in small letters, in capitals, with each case changed.

use crate::rules::alphabet::{Alphabet as _, Case, Unicode};

/// A form of all characters of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    Plain,
    Lower,
    Upper,
    Toggled,
}

impl Form {
    pub(crate) const ALL: [Self; 4] = [Self::Plain, Self::Lower, Self::Upper, Self::Toggled];

    /// The form after another change of case: for [orderly](has_orderly_case) characters there
    /// are no more than these four.
    pub(super) const fn after(self, case: Case) -> Self {
        match (case, self) {
            (Case::Lower, _) | (Case::Toggle, Self::Upper) => Self::Lower,
            (Case::Upper, _) | (Case::Toggle, Self::Lower) => Self::Upper,
            (Case::Toggle, Self::Plain) => Self::Toggled,
            (Case::Toggle, Self::Toggled) => Self::Plain,
        }
    }

    /// The number of rows for all forms of words of a length.
    pub(crate) fn rows(length: u8) -> u16 {
        4 * u16::from(length)
    }

    /// The row of a place: form after form.
    pub(crate) fn row(self, length: u8, place: u8) -> u16 {
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
    pub(crate) fn of(self, c: char) -> char {
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
pub(crate) struct Forms([bool; 4]);

impl Forms {
    pub(crate) fn add(&mut self, form: Form) {
        if let Some(has) = self.0.get_mut(usize::from(form.number())) {
            *has = true;
        }
    }

    pub(crate) fn has(self, form: Form) -> bool {
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
            .all(|&case| Unicode.case(of, case) == form.after(case).of(c));
        stays && u16::try_from(u32::from(of)).is_ok()
    };
    c.is_ascii() || Form::ALL.into_iter().all(is_form_of)
}
