//! What a column may hold, and in which kinds of tables.

/// The kinds of tables that people hand in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum TableKind {
    /// An export of accounts with their hashes.
    Export,
    /// Who has which accounts, with names and roles.
    People,
    /// New accounts with their first passwords.
    NewAccounts,
    /// Devices and their passcodes.
    Register,
    /// Who has left, and when.
    Leavers,
}

/// What a column holds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[non_exhaustive]
pub enum Meaning {
    /// What an account is called.
    Account,
    /// An account with its domain, of Active Directory.
    PrincipalName,
    /// `UPN`: the Unique Pupil Number in an export of a school's records, the principal name in one
    /// of Active Directory.
    Upn,
    /// An address of electronic mail.
    Email,
    /// The first or middle name of a person.
    FirstName,
    /// The last name of a person.
    LastName,
    /// The whole name of a person, or one that is not said to be first or last.
    FullName,
    /// What tells people apart: a number, initials.
    PersonId,
    /// The system that an account is on.
    System,
    /// What someone does at school.
    Role,
    /// Whether someone may do more than others.
    Privileged,
    /// Groups that an account is in.
    Groups,
    /// Words about a person: pet, subject, town.
    Words,
    /// A street or a town: a line of an address, and a word about a person.
    Place,
    /// A line of an address, or several.
    Address,
    /// A date or year of birth.
    Born,
    /// Whether an account can be used.
    Enabled,
    /// Whether an account cannot be used.
    Disabled,
    /// `userAccountControl` of Active Directory.
    AccountControl,
    /// A password in clear text.
    Password,
    /// A hash that says what it is, or a password whose hash is there instead.
    Hash,
    /// An NT hash.
    NtHash,
    /// An LM hash.
    LmHash,
    /// What an account is called where nothing else names it: a number, mostly.
    UserId,
    /// The salt of a hash that does not hold its own.
    Salt,
    /// How a hash was made, where another column says it (Gitea).
    HashAlgorithm,
    /// How `MySQL` or `MariaDB` lets an account in.
    MysqlPlugin,
    /// From when on an account cannot be used.
    Expires,
    /// A hash of plain MD5.
    Md5Hash,
    /// A hash of plain SHA-1.
    Sha1Hash,
    /// A hash of plain SHA-256.
    Sha256Hash,
    /// A hash of plain SHA-512.
    Sha512Hash,
    /// How a password was hashed, where its hash is given.
    HashFunction,
    /// A telephone, a tablet, a laptop.
    Device,
    /// The code that unlocks a device.
    Passcode,
    /// Who has a device.
    Holder,
    /// When a passcode was set.
    SetOn,
    /// Who else knows a passcode.
    KnownBy,
    /// Numbers that a thief may know: asset tags, telephone numbers, rooms.
    Number,
    /// When someone left.
    Left,
}
