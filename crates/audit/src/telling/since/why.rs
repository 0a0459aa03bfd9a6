//! Why nothing can be said of a finding that only one of two audits has.

use serde::{Serialize, Serializer};

/// Which of the two audits has a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(clippy::exhaustive_enums, reason = "complete by definition")]
pub enum When {
    /// The earlier one.
    Then,
    /// This one.
    Now,
}

/// Why the audit that does not have a finding says nothing about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Why {
    /// The system is not in it.
    System,
    /// It did not look for findings of that kind.
    Kind,
    /// The account is not in its export.
    Account,
    /// The account has no password there that can be tested.
    NoPassword,
    /// The password could not be tested.
    Untested,
    /// It did not look as far.
    Extent,
    /// It guessed with other words or rules, or with what is found in a potfile.
    Guesses,
    /// The password was found only because another account had it, or nearly.
    Elsewhere,
    /// It guesses the account's password too: the same or another one, of which neither report tells.
    StillGuessed,
    /// The password was not guessed, so nobody knows whether it is the same.
    NotKnown,
    /// The other account, which has or had the same password, cannot be compared.
    OtherAccount,
    /// It knew the person by other names.
    Names,
    /// The password is stored in another way.
    Stored,
    /// It asked another list of breached passwords.
    List,
    /// It judges the same otherwise.
    Judged,
    /// It does not say how far it looked.
    Unsaid,
}

impl Why {
    /// The stable name in JSON.
    pub const fn id(self, when: When) -> &'static str {
        match (self, when) {
            (Self::System, When::Then) => "not-in-this-audit",
            (Self::System, When::Now) => "not-in-that-audit",
            (Self::Kind, _) => "not-looked-for",
            (Self::Account, When::Then) => "account-gone",
            (Self::Account, When::Now) => "account-new",
            (Self::NoPassword, _) => "no-password",
            (Self::Untested, _) => "not-tested",
            (Self::Extent, When::Then) => "not-looked-at-as-far",
            (Self::Extent, When::Now) => "looked-further",
            (Self::Guesses, _) => "other-guesses",
            (Self::Elsewhere, _) => "found-elsewhere",
            (Self::StillGuessed, _) => "guessed-in-both",
            (Self::NotKnown, _) => "not-known",
            (Self::OtherAccount, _) => "other-account",
            (Self::Names, _) => "other-names",
            (Self::Stored, _) => "stored-otherwise",
            (Self::List, _) => "other-list",
            (Self::Judged, _) => "judged-otherwise",
            (Self::Unsaid, _) => "not-said",
        }
    }

    /// The same in words, for a table.
    pub const fn in_words(self, when: When) -> &'static str {
        match (self, when) {
            (Self::System, When::Then) => "its system is not in this audit",
            (Self::System, When::Now) => "its system was not in the earlier audit",
            (Self::Kind, When::Then) => "not looked for this time",
            (Self::Kind, When::Now) => "not looked for then",
            (Self::Account, When::Then) => "the account is gone",
            (Self::Account, When::Now) => "the account is new",
            (Self::NoPassword, When::Then) => "the account has no password to test now",
            (Self::NoPassword, When::Now) => "the account had no password to test then",
            (Self::Untested, When::Then) => "could not be tested this time",
            (Self::Untested, When::Now) => "could not be tested then",
            (Self::Extent, When::Then) => "not looked at as far this time",
            (Self::Extent, When::Now) => "looked at further this time",
            (Self::Guesses, When::Then) => "guessed with other words or rules this time",
            (Self::Guesses, When::Now) => "guessed with other words or rules then",
            (Self::Elsewhere, _) => "found only by way of another account's password",
            (Self::StillGuessed, _) => "guessed in both audits, so it may be the same password",
            (Self::NotKnown, _) => "the password is not known, so it may be the same",
            (Self::OtherAccount, _) => "the other account cannot be compared",
            (Self::Names, _) => "other names of the person were known then",
            (Self::Stored, When::Then) => "the export has it in another form this time",
            (Self::Stored, When::Now) => "the export had it in another form then",
            (Self::List, _) => "another list of stolen passwords was asked then",
            (Self::Judged, _) => "it is the same, but judged otherwise",
            (Self::Unsaid, _) => "the earlier report does not say how far it looked",
        }
    }
}

/// A reason and the audit that has the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(clippy::exhaustive_structs, reason = "complete by definition")]
pub struct Reason {
    /// Which audit has the finding.
    pub when: When,
    /// Why the other one says nothing about it.
    pub why: Why,
}

impl Reason {
    /// As words for a table.
    pub const fn in_words(self) -> &'static str {
        self.why.in_words(self.when)
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.why.id(self.when))
    }
}
