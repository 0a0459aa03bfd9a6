//! A policy: the whole rule as plain data, and the presets.

pub(crate) mod config;
mod languages;
mod sentence;

/// What a password must be. A value of this type is a legal policy.
///
/// ```
/// use strongpass_policy::{Context, Dictionary, Outcome, Password, Policy};
/// let policy = Policy::birchington();
/// let verdict = policy.check(&Password::new(b"kq7!"), &Dictionary::default(), &Context::default());
/// assert_eq!(verdict.outcome(), Outcome::Reject);
/// assert_eq!(verdict.violations()[0].rule.id(), "length");
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a clause of its own")]
pub struct Policy {
    /// A short name, without spaces.
    pub name: String,
    /// What it is, in one line.
    pub title: String,
    /// The fewest characters.
    pub min_length: usize,
    /// Whether a number is needed.
    pub numbers: bool,
    /// Whether a letter is needed.
    pub letters: bool,
    /// Whether a symbol is needed.
    pub symbols: bool,
    /// What "does not contain a dictionary word" means.
    pub dictionary: Mode,
    /// Whether a password that many people use is refused as such.
    pub common_passwords: Common,
    /// Passwords of this many characters or more may be common, if `Some`.
    pub common_passwords_below: Option<usize>,
    /// Whether the person's, school's and system's names are refused.
    pub personal: bool,
    /// Whether it must be used on one system only.
    pub one_system: OneSystem,
    /// Whether a password that was used before, on the same system, may come back.
    pub former_passwords: Former,
    /// Compiled word lists to use besides the built-in one: paths, opened by the door.
    pub words: Vec<String>,
    /// Languages whose words count; English always does. See [`word_files`](Self::word_files).
    pub languages: Vec<String>,
    /// A list of breached passwords to ask, opened by the door.
    pub breached: Option<Breached>,
    /// Words that are not refused, folded.
    pub(crate) allow: Vec<Vec<u8>>,
    /// For a policy about numeric passcodes; then of the above only `one_system` counts.
    pub passcode: Option<Passcode>,
    /// Whose policy it is: no rule, but told by reports.
    pub school: Option<School>,
}

/// How a password may contain words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Mode {
    /// Not at all: the school's sentence.
    Strict,
    /// It may not *be* a word when the digits and symbols at its ends are dropped.
    Whole,
    /// As it likes.
    Off,
}

/// How a password may be a common one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Common {
    /// It may not be one when the digits and symbols at its ends are dropped.
    Whole,
    /// It may not be exactly an entry of any list (NIST SP 800-63B-4 §3.1.1.2).
    Exact,
    /// It may.
    Off,
}

/// How much "is only used on one system" is insisted on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum OneSystem {
    /// A password is not accepted until the history was asked.
    Required,
    /// The clause counts when the history was asked; else the verdict says that it was not. A history
    /// that was asked and could not answer is never a yes.
    WhenAvailable,
    /// The policy has no such clause.
    Off,
}

/// Whether a person may go back to a password that the history knows of the same system.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum Former {
    /// No: a new password is a new one.
    Refused,
    /// Yes: only uses on other systems count.
    Allowed,
}

/// A list of passwords that were stolen from other sites, or an index of it: a password that is in
/// it is refused.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Breached {
    /// The file; a relative path starts where the policy's file is.
    pub list: String,
    /// Whether it is a part of the list on purpose; else it must be whole.
    pub partial: bool,
}

/// A policy for the code that unlocks a phone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Passcode {
    /// The fewest digits.
    pub min_digits: usize,
    /// Whether dates are refused; else they are warned of.
    pub block_dates: bool,
}

/// The school whose policy it is.
#[derive(Clone, PartialEq, Eq, Debug)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct School {
    /// Its name.
    pub name: String,
    /// A picture, PNG or JPEG; a relative path starts where the policy's file is.
    pub logo: Option<String>,
}

impl Policy {
    /// The names of all presets.
    pub const PRESETS: [&str; 8] = [
        "birchington",
        "birchington-plus",
        "aspire",
        "cyber-essentials",
        "ncsc",
        "nist-800-63b-4",
        "passcode",
        "passcode-legacy-4",
    ];

    /// The preset of that name.
    pub fn preset(name: &str) -> Option<Self> {
        let base = Self::birchington();
        let policy = match name {
            "birchington" => return Some(base),
            "birchington-plus" => Self {
                title: "The same, 12 characters, and not a password that many people use".into(),
                min_length: 12,
                common_passwords: Common::Whole,
                ..base
            },
            "aspire" => Self {
                title: "\"Strong\": 8 characters and not a password that many people use".into(),
                dictionary: Mode::Off,
                common_passwords: Common::Whole,
                personal: false,
                ..base.any_characters()
            },
            "cyber-essentials" => Self {
                title: "Cyber Essentials: 12 characters, or 8 and not a common password".into(),
                dictionary: Mode::Off,
                common_passwords: Common::Whole,
                common_passwords_below: Some(12),
                personal: false,
                ..base.any_characters()
            },
            "ncsc" => Self {
                title: "NCSC: three random words are welcome, one word or a common password not"
                    .into(),
                dictionary: Mode::Whole,
                common_passwords: Common::Whole,
                ..base.any_characters()
            },
            "nist-800-63b-4" => Self {
                title: "NIST SP 800-63B-4: 15 characters, not exactly a known password".into(),
                min_length: 15,
                dictionary: Mode::Off,
                common_passwords: Common::Exact,
                personal: false,
                ..base.any_characters()
            },
            "passcode" => Self {
                title: "A phone's passcode: 6 digits or more, no pattern".into(),
                passcode: Some(Passcode { min_digits: 6, block_dates: false }),
                ..base
            },
            "passcode-legacy-4" => Self {
                title: "An old phone's passcode: 4 digits, no pattern, date or year".into(),
                passcode: Some(Passcode { min_digits: 4, block_dates: true }),
                ..base
            },
            _ => return None,
        };
        Some(Self { name: name.to_owned(), ..policy })
    }

    /// *A strong password has numbers, letters and symbols, with 8 or more characters, does not
    /// contain a dictionary word and is only used on one system.*
    pub fn birchington() -> Self {
        Self {
            name: "birchington".into(),
            title: "Numbers, letters and symbols, 8 characters, no dictionary word, one system"
                .into(),
            min_length: 8,
            numbers: true,
            letters: true,
            symbols: true,
            dictionary: Mode::Strict,
            common_passwords: Common::Off,
            common_passwords_below: None,
            personal: true,
            one_system: OneSystem::WhenAvailable,
            former_passwords: Former::Refused,
            words: Vec::new(),
            languages: Vec::new(),
            breached: None,
            allow: Vec::new(),
            passcode: None,
            school: None,
        }
    }

    fn any_characters(self) -> Self {
        Self { numbers: false, letters: false, symbols: false, ..self }
    }
}
