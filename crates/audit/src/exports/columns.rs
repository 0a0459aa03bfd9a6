//! What the columns of a table mean, by their headings, and what a row of them says.

use strongpass_hash::{Hash, HashError, Scheme};
use strongpass_tables::decode_text;
use strongpass_tables::headings::{Meaning, TableKind, meaning, plain_whole};

use super::Format;
use super::account_names;
use super::answers::{is_disabled, is_no, is_yes};
use super::builder::{About, ExportBuilder};
use super::credential::AccountStatus;
use super::secret::Secret;
use super::skipped::{Foreign, Why};
use super::windows::{self, Half};

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    /// What the account is called; of several the one with the least number.
    Account(u8),
    /// The NT hash.
    Nt,
    /// The LM hash.
    Lm,
    /// A hash that names its scheme, or of the scheme in the heading.
    Password(Option<Scheme>),
    /// Whether the account can be used.
    Enabled,
    /// Whether it cannot.
    Disabled,
    /// `userAccountControl`.
    Control,
    /// From when on it cannot.
    Expires,
    /// The salt of hashes that do not hold their own.
    Salt,
    /// How the hash was made (Gitea).
    Algorithm,
    /// A name of the person.
    Name,
    /// An address, which is the account's name where there is no other.
    Email,
    /// Whether the account may do more than others.
    Administrator,
    /// Groups or roles.
    Groups,
    /// How `MySQL` or `MariaDB` lets an account in.
    MysqlPlugin,
    /// Perhaps a password before the one in use.
    Earlier,
    /// Something that is used once and then void, hashed too: nobody chose it.
    Once,
    /// Nothing that is needed.
    Other,
}

/// The rank of a number that tells accounts apart.
const USER_ID: u8 = 9;

impl Column {
    /// What a heading says, in any case and with any signs in it.
    pub(super) fn from_heading(heading: &[u8]) -> Self {
        let plain = plain_whole(heading);
        let Some(meaning) = meaning(TableKind::Export, &plain) else {
            let is_earlier = ["history", "previous", "old"].iter().any(|word| plain.contains(word));
            let once = ["token", "activation", "otp", "recovery"];
            let is_once = once.iter().any(|word| plain.contains(word));
            let or_other = if is_earlier { Self::Earlier } else { Self::Other };
            return if is_once { Self::Once } else { or_other };
        };
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others are of other tables")]
        match meaning {
            Meaning::Account => Self::Account(0),
            Meaning::PrincipalName => Self::Account(1),
            Meaning::UserId => Self::Account(USER_ID),
            Meaning::Salt => Self::Salt,
            Meaning::HashAlgorithm => Self::Algorithm,
            Meaning::Expires => Self::Expires,
            Meaning::MysqlPlugin => Self::MysqlPlugin,
            Meaning::NtHash => Self::Nt,
            Meaning::LmHash => Self::Lm,
            Meaning::Hash => Self::Password(None),
            Meaning::Md5Hash => Self::Password(Some(Scheme::Md5)),
            Meaning::Sha1Hash => Self::Password(Some(Scheme::Sha1)),
            Meaning::Sha256Hash => Self::Password(Some(Scheme::Sha256)),
            Meaning::Sha512Hash => Self::Password(Some(Scheme::Sha512)),
            Meaning::Enabled => Self::Enabled,
            Meaning::Disabled => Self::Disabled,
            Meaning::AccountControl => Self::Control,
            Meaning::FirstName | Meaning::LastName | Meaning::FullName => Self::Name,
            Meaning::Email => Self::Email,
            Meaning::Privileged => Self::Administrator,
            Meaning::Groups => Self::Groups,
            _ => Self::Other,
        }
    }

    /// What all headings of a table say. Where nothing else is an account, its `name` is one (SQL
    /// Server, Oracle).
    pub(super) fn of_table(headings: &[&[u8]]) -> Vec<Self> {
        let mut columns = Self::all(headings);
        let has_hash = columns.iter().any(|column| column.is_hash());
        let is_account = |column: &Self| matches!(column, Self::Account(_) | Self::Email);
        if has_hash && !columns.iter().any(is_account) {
            let mut named = columns.iter_mut().zip(headings);
            if let Some((column, _)) = named.find(|(_, heading)| plain_whole(heading) == "name") {
                *column = Self::Account(0);
            }
        }
        columns
    }

    /// What all headings say.
    pub(super) fn all(headings: &[&[u8]]) -> Vec<Self> {
        // Drupal calls the account `name` and its hash `pass`; elsewhere `name` is a person's.
        let is_drupal = headings.iter().any(|heading| heading.eq_ignore_ascii_case(b"pass"));
        let column = |heading: &[u8]| {
            let is_account = is_drupal && heading.eq_ignore_ascii_case(b"name");
            if is_account { Self::Account(0) } else { Self::from_heading(heading) }
        };
        headings.iter().copied().map(column).collect()
    }
}

/// Whether columns can hold accounts and hashes.
pub(super) fn has_hashes(columns: &[Column]) -> bool {
    let is_name = |column: &Column| matches!(column, Column::Account(_) | Column::Email);
    columns.iter().any(is_name) && columns.iter().any(|column| column.is_hash())
}

/// Whether a line of such headings is certainly one: hashes may be missing if names abound.
pub(super) fn is_table(columns: &[Column]) -> bool {
    let known =
        |column: &&Column| !matches!(column, Column::Other | Column::Earlier | Column::Once);
    let known = columns.iter().filter(known).count();
    let named = columns.iter().any(|column| matches!(column, Column::Account(_)));
    has_hashes(columns) || named && known > 2
}

impl Column {
    const fn is_hash(self) -> bool {
        matches!(self, Self::Nt | Self::Lm | Self::Password(_))
    }

    /// Whether a cell of this column is a hash.
    pub(super) fn is_hash_in(self, cell: &[u8]) -> bool {
        let is_nt = |cell| matches!(Half::parse(cell), Half::Hash(..));
        self.is_hash() && (is_nt(cell) || Hash::parse(cell).is_ok())
    }
}

/// Reads a row: its cells with what their columns hold.
pub(super) fn read(
    line: u32,
    row: &[(Column, &[u8])],
    format: Format,
    builder: &mut ExportBuilder<'_>,
) {
    builder.is(format);
    let row: Vec<(Column, &[u8])> = row.iter().map(|(of, cell)| (*of, value(cell))).collect();
    let Some(account) = account(&row) else { return builder.skip(line, None, Why::NoAccount) };
    let about = about(account, &row, builder);
    let cell = |wanted: Column| row.iter().find(|(column, _)| *column == wanted);
    let mut any = false;
    if cell(Column::Nt).or_else(|| cell(Column::Lm)).is_some() {
        let half = |column| cell(column).map_or(Half::None, |(_, value)| Half::parse(value));
        let (lm, nt) = (half(Column::Lm), half(Column::Nt));
        let about = About { lm: lm.lm(), ..about };
        match windows::stored(lm, nt) {
            Ok(secret) => builder.load(line, account, secret, about),
            Err(why) => builder.skip(line, Some(account), why),
        }
        any = true;
    }
    let beside = Beside {
        salt: cell(Column::Salt).map(|(_, salt)| *salt),
        algorithm: cell(Column::Algorithm).map(|(_, name)| *name),
    };
    // What MariaDB writes where a plugin without a password comes first.
    let is_mysql = cell(Column::MysqlPlugin).is_some();
    if is_mysql && row.iter().any(|(of, cell)| of.is_hash() && *cell == b"invalid") {
        return builder.skip(line, Some(account), Why::NoPassword);
    }
    let hashes = row.iter().filter_map(|(column, value)| {
        if let Column::Password(scheme) = *column {
            return Some((*column, scheme, *value));
        }
        is_signed_in(*column, value).then_some((*column, None, *value))
    });
    // Beside a hash an empty column says nothing.
    let (full, empty): (Vec<_>, Vec<_>) = hashes.partition(|(_, _, value)| !value.is_empty());
    for (column, scheme, value) in full {
        any = true;
        let about = About { previous: u8::from(column == Column::Earlier), ..about };
        match password(account, value, scheme, beside, builder) {
            Ok(secret) => builder.load(line, account, secret, about),
            Err(why) => builder.skip(line, Some(account), why),
        }
    }
    // What MariaDB has of its own views' definer, whom nobody can log in as.
    let is_definer = account == b"mariadb.sys";
    if !any
        && !is_definer
        && cell(Column::MysqlPlugin).is_some_and(|(_, plugin)| asks_for_password(plugin))
    {
        return builder.load(line, account, Secret::Blank, about);
    }
    if !any {
        let none = if empty.is_empty() { Why::Foreign(Foreign::NoHashes) } else { Why::NoPassword };
        builder.skip(line, Some(account), none);
    }
}

/// Whether a cell of a row can be a hash, by its column or its sign.
pub(super) fn any_hash(row: &[(Column, &[u8])]) -> bool {
    row.iter().any(|(column, cell)| column.is_hash() || is_signed_in(*column, cell))
}

/// Whether `MySQL` asks the accounts of a plugin for the password that it keeps itself: without one,
/// whoever comes gets in.
pub(super) fn asks_for_password(plugin: &[u8]) -> bool {
    let own: [&[u8]; 4] = [
        b"mysql_native_password",
        b"caching_sha2_password",
        b"sha256_password",
        b"mysql_old_password",
    ];
    own.contains(&plugin)
}

/// The cells of a row that say whose it is and how it stands.
pub(super) fn without_hashes<'r>(row: &[(Column, &'r [u8])]) -> Vec<(Column, &'r [u8])> {
    let is_kept = |column: Column| {
        let not = matches!(
            column,
            Column::Other | Column::Earlier | Column::Once | Column::Salt | Column::Algorithm
        );
        !not && !column.is_hash()
    };
    row.iter().copied().filter(|(column, _)| is_kept(*column)).collect()
}

/// What is a hash by its sign is one, whatever its column is called.
fn is_signed_in(column: Column, cell: &[u8]) -> bool {
    matches!(column, Column::Other | Column::Earlier) && is_signed(cell)
}

/// Whether a text is a hash of a scheme that it names with a sign.
pub(super) fn is_signed(value: &[u8]) -> bool {
    let signs: [&[u8]; 7] =
        [b"$", b"{", b"v1;PPH1_MD4,", b"SCRAM-SHA-", b"pbkdf2", b"scrypt", b"argon2"];
    signs.iter().any(|sign| value.starts_with(sign)) && Hash::parse(value).is_ok()
}

/// A cell without what databases write where nothing is: `NULL`, `\N`, `0x`.
fn value(cell: &[u8]) -> &[u8] {
    let none: [&[u8]; 6] = [b"NULL", b"\\N", b"(NULL)", b"<NULL>", b"[NULL]", b"0x"];
    if none.iter().any(|none| cell.eq_ignore_ascii_case(none)) { b"" } else { cell }
}

/// What columns beside a hash say about it.
#[derive(Clone, Copy)]
struct Beside<'r> {
    salt: Option<&'r [u8]>,
    algorithm: Option<&'r [u8]>,
}

fn password(
    account: &[u8],
    value: &[u8],
    scheme: Option<Scheme>,
    beside: Beside<'_>,
    builder: &ExportBuilder<'_>,
) -> Result<Secret, Why> {
    // What Moodle has for those who log in elsewhere.
    if value == b"not cached" {
        return Err(HashError::Elsewhere.into());
    }
    let is_hex = value.iter().all(u8::is_ascii_hexdigit);
    let stored = match (beside.salt, scheme) {
        (Some(salt), _) if is_hex && beside.algorithm.is_some() => {
            let algorithm = decode_text(beside.algorithm.unwrap_or_default());
            Hash::from_gitea(&algorithm, salt, value)
                .map_err(Why::from)
                .and_then(|hash| builder.checked(hash))
        }
        // Grafana.
        (Some(salt), _) if is_hex && value.len() == 100 => {
            builder.checked(Hash::from_grafana(salt, value)?)
        }
        (Some(_), scheme) if is_hex && value.len() == 32 && !builder.is_md5(scheme) => {
            Err(Why::SaltApart)
        }
        (Some(salt), _) if is_hex => builder.checked(Hash::from_salt_column(value, salt)?),
        (None, Some(scheme)) if is_hex => Secret::from_digits(scheme, value),
        _ => builder.secret(account, value),
    };
    match stored {
        Err(Why::Hash(error)) if *error == HashError::Unknown => Err(Why::NoHash),
        stored => stored,
    }
}

/// What an account is called, by the cells of its row.
pub(super) fn account<'r>(row: &[(Column, &'r [u8])]) -> Option<&'r [u8]> {
    let rank = |column: Column, value: &[u8]| {
        let is_number = value.iter().all(u8::is_ascii_digit);
        let email = (column == Column::Email).then_some(u8::MAX - 1);
        let Column::Account(rank) = column else { return email };
        // An address says more than a number.
        Some(if rank == USER_ID && is_number { u8::MAX } else { rank })
    };
    let named = row.iter().filter(|(_, value)| !value.is_empty());
    let ranked = named.filter_map(|(column, value)| Some((rank(*column, value)?, *value)));
    ranked.min_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}

/// How an account stands and what it is called beside, by the cells of its row.
pub(super) fn about(
    account: &[u8],
    row: &[(Column, &[u8])],
    builder: &mut ExportBuilder<'_>,
) -> About {
    let mut about = About { kind: account_names::kind(account), ..About::default() };
    for (column, value) in row {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others are read elsewhere")]
        match column {
            Column::Enabled if is_no(value) => about.status = AccountStatus::Disabled,
            Column::Disabled if is_yes(value) => about.status = AccountStatus::Disabled,
            Column::Control if is_disabled(value) => about.status = AccountStatus::Disabled,
            Column::Expires if builder.is_past(value) => about.status = AccountStatus::Disabled,
            Column::Administrator => about.privileged |= is_yes(value),
            Column::Groups => {
                let groups = value.split(|byte| matches!(byte, b';' | b'|'));
                about.privileged |= groups.into_iter().any(account_names::is_of_administrators);
            }
            _ => {}
        }
    }
    let is_name = |column: Column| matches!(column, Column::Name | Column::Email);
    let names = row.iter().filter(|(column, value)| is_name(*column) && *value != account);
    let names: Vec<&[u8]> = names.map(|(_, value)| *value).collect();
    about.names = builder.names(&names);
    about
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(headings: &[&str]) -> Vec<Column> {
        let headings: Vec<&[u8]> = headings.iter().map(|heading| heading.as_bytes()).collect();
        Column::all(&headings)
    }

    #[test]
    fn headings_are_matched_kindly() {
        assert_eq!(Column::from_heading(b"SamAccountName"), Column::Account(0));
        assert_eq!(Column::from_heading(b"sAMAccountName "), Column::Account(0));
        assert_eq!(Column::from_heading(b"User Logon Name"), Column::Account(0));
        assert_eq!(Column::from_heading(b"NT-Hash"), Column::Nt);
        assert_eq!(Column::from_heading(b"PwdLastSet"), Column::Other);
        assert_eq!(Column::from_heading(b""), Column::Other);
    }

    #[test]
    fn a_table_needs_names() {
        assert!(!is_table(&all(&["Name", "Hash"])));
        assert!(is_table(&all(&["User", "Hash"])));
        assert!(!is_table(&all(&["SamAccountName", "DisplayName"])));
        assert!(is_table(&all(&["SamAccountName", "DisplayName", "Enabled"])));
        assert_eq!(all(&["name", "pass"])[0], Column::Account(0));
        assert_eq!(all(&["name", "email", "password"])[0], Column::Name);
    }

    #[test]
    fn a_name_beside_a_hash_is_the_accounts() {
        let table = |headings: [&'static [u8]; 3]| Column::of_table(&headings);
        assert!(is_table(&table([b"name", b"password_hash", b"is_disabled"])));
        assert_eq!(table([b"NAME", b"SPARE4", b"LOCKED"])[0], Column::Account(0));
        assert_eq!(table([b"name", b"login", b"hash"])[0], Column::Name);
        assert!(!is_table(&table([b"name", b"form", b"house"])));
    }

    #[test]
    fn what_is_used_once_is_no_password() {
        assert_eq!(all(&["activation", "reset_password_token"]), [Column::Once; 2]);
        assert!(is_signed_in(Column::Other, b"$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0"));
        assert!(!is_signed_in(Column::Once, b"$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0"));
    }

    #[test]
    fn the_best_name_is_the_accounts() {
        let row = [
            (Column::Email, b"kharper@school.example".as_slice()),
            (Column::Account(1), b"kharper@school.local"),
            (Column::Account(0), b"kharper"),
        ];
        assert_eq!(account(&row), Some(b"kharper".as_slice()));
        assert_eq!(account(&row[..2]), Some(b"kharper@school.local".as_slice()));
        assert_eq!(account(&row[..1]), Some(b"kharper@school.example".as_slice()));
        assert_eq!(account(&[(Column::Account(0), b"")]), None);
    }
}
