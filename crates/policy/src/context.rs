//! For whom a password is, on which system, and what is known about its use.

use crate::passcode::numbers::Numbers;
use crate::password::Password;
use crate::similar::likeness::Likeness;

pub(crate) mod day;
pub(crate) mod names;
mod personal;

use personal::Personal;

/// What is known about a password besides itself. The door collects it; the rule only reads it.
///
/// ```
/// use strongpass_policy::{Context, Use, Uses};
/// let context = Context::default().account("SCHOOL\\k.harper").name("Kate Harper").system("email");
/// # let _ = context;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Context<'a> {
    pub(crate) personal: Personal,
    pub(crate) numbers: Numbers,
    pub(crate) uses: Uses<'a>,
    pub(crate) old: Option<&'a Password>,
    pub(crate) exposure: Exposure,
}

impl<'a> Context<'a> {
    /// Adds an account name in any of its forms: `kharper`, `SCHOOL\kharper`, `k.harper@school.uk`.
    #[must_use]
    pub fn account(mut self, account: &str) -> Self {
        self.personal.add_account(account);
        self.numbers.add(account);
        self
    }

    /// Adds a name of the person, first, last or all together; of three letters or more. Its other
    /// [forms](crate::name_forms) count, too.
    #[must_use]
    pub fn name(mut self, name: &str) -> Self {
        self.personal.add_name(name);
        self.numbers.add(name);
        self
    }

    /// Adds the name of the system that the password is for.
    #[must_use]
    pub fn system(mut self, system: &str) -> Self {
        self.personal.add(system, 4);
        self.numbers.add(system);
        self
    }

    /// Adds something with a number in it that a thief may know: a telephone number, a postcode, an
    /// asset tag, a room, the year in which the school was founded. It counts for passcodes.
    #[must_use]
    pub fn number(mut self, number: &str) -> Self {
        self.numbers.add(number);
        self
    }

    /// Says which year it is, so that a passcode is not that. It counts for passcodes.
    #[must_use]
    pub fn year(mut self, year: u32) -> Self {
        self.numbers.add_year(year);
        self
    }

    /// Says what the history knows of this password.
    #[must_use]
    pub fn uses(mut self, uses: Uses<'a>) -> Self {
        self.uses = uses;
        self
    }

    /// Says what a list of breached passwords knows of this password.
    #[must_use]
    pub fn exposure(mut self, exposure: Exposure) -> Self {
        self.exposure = exposure;
        self
    }

    /// Adds the password that is to be replaced, which the person has just typed: a new one may not
    /// be nearly the same. Where the policy does not ask for other uses, it does not ask for this.
    #[must_use]
    pub fn old_password(mut self, old: &'a Password) -> Self {
        self.old = Some(old);
        self
    }
}

/// Whether a password is in the list of breached passwords that the policy names. "Could not look" is
/// never "not in it".
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Exposure {
    /// No list was asked. If the policy names one, such a password is not accepted.
    #[default]
    NotAsked,
    /// The list has it.
    Found,
    /// The list does not have it.
    NotFound,
    /// The list was asked and could not answer. Such a password is not accepted.
    Unavailable,
}

/// Where a password, or nearly the same one, is in use already. "Could not look" is never "never
/// used".
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Uses<'a> {
    /// The history was not asked.
    #[default]
    NotAsked,
    /// All the uses that the history knows, of this password and of near copies; which may be none.
    Known(&'a [Use]),
    /// The same, but near copies were not looked for.
    Exact(&'a [Use]),
    /// The history was asked and could not answer. Such a password is not accepted, unless the policy
    /// does not ask for other uses at all.
    Unavailable,
}

/// A use of this password, or of one much like it.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "a plain fact that doors construct")]
pub struct Use {
    /// The title of the system.
    pub system: String,
    /// The day it was recorded, `YYYY-MM-DD`.
    pub day: String,
    /// Whether it is the same password or a near one.
    pub likeness: Likeness,
}
