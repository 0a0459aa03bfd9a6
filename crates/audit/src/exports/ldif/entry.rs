//! An entry of a directory: whose it is, and the passwords that it keeps.

use strongpass_tables::cut;
use zeroize::Zeroizing;

use crate::exports::account_names;
use crate::exports::answers::is_disabled;
use crate::exports::builder::{About, ExportBuilder};
use crate::exports::credential::{AccountKind, AccountStatus};
use crate::exports::secret::Secret;
use crate::exports::skipped::{Unread, Why};
use crate::exports::windows::{self, Half};

/// What was read of an entry so far.
pub(super) struct Entry {
    line: u32,
    values: Vec<Value>,
    faults: Vec<(u32, Why)>,
    /// One of them is of a password.
    lacks_password: bool,
}

struct Value {
    line: u32,
    attribute: Attribute,
    bytes: Zeroizing<Vec<u8>>,
}

/// The attributes that matter (RFC 4519, RFC 2307, samba.schema, ppolicy, Active Directory).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Attribute {
    Dn,
    Change,
    /// What the account is called; of several the one with the least number.
    Account(u8),
    /// A name of the person; `cn` may be the account's, too.
    Name,
    Class,
    Password,
    /// Earlier values of it, by OpenLDAP's ppolicy.
    PasswordHistory,
    SambaNt,
    SambaLm,
    SambaFlags,
    /// The NT hash as 16 bytes, by `ldbsearch` of Samba's domain.
    UnicodePassword,
    NtHistory,
    KerberosKey,
    /// Something that is made of the password and cannot be tested.
    Unread(Unread),
    /// The password itself.
    Clear,
    /// … in UTF-16.
    ClearWide,
    /// Earlier values of `userPassword`, by 389 Directory Server: a time, then the value.
    TimedHistory,
    Control,
    Locked,
    Expires,
    Group,
    Member,
    Title,
    AdminCount,
    UidNumber,
}

impl Attribute {
    fn from_name(name: &[u8]) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_slice() {
            b"dn" => Self::Dn,
            b"changetype" => Self::Change,
            b"uid" | b"samaccountname" => Self::Account(0),
            b"userprincipalname" => Self::Account(1),
            b"cn" | b"givenname" | b"sn" | b"displayname" | b"mail" | b"gecos" => Self::Name,
            b"objectclass" => Self::Class,
            b"olcrootdn" | b"nsslapd-rootdn" => Self::Account(2),
            b"userpassword"
            | b"olcrootpw"
            | b"nsslapd-rootpw"
            | b"virtualssha"
            | b"virtualcryptsha256"
            | b"virtualcryptsha512" => Self::Password,
            b"virtualcleartextutf8" => Self::Clear,
            b"virtualcleartextutf16" => Self::ClearWide,
            b"virtualsambagpg" => Self::Unread(Unread::SambaGpg),
            b"supplementalcredentials" => Self::Unread(Unread::SupplementalCredentials),
            b"dbcspwd" => Self::Unread(Unread::Dbcs),
            b"authpassword" => Self::Unread(Unread::AuthPassword),
            name if name.starts_with(b"virtualwdigest") => Self::Unread(Unread::Wdigest),
            b"passwordhistory" => Self::TimedHistory,
            b"pwdhistory" => Self::PasswordHistory,
            b"sambantpassword" => Self::SambaNt,
            b"sambalmpassword" => Self::SambaLm,
            b"sambaacctflags" => Self::SambaFlags,
            b"unicodepwd" | b"ipanthash" => Self::UnicodePassword,
            b"ntpwdhistory" => Self::NtHistory,
            b"krbprincipalkey" => Self::KerberosKey,
            b"useraccountcontrol" => Self::Control,
            b"pwdaccountlockedtime"
            | b"nsaccountlock"
            | b"pwdaccountdisabled"
            | b"ds-pwp-account-disabled"
            | b"logindisabled"
            | b"inetuserstatus" => Self::Locked,
            b"shadowexpire"
            | b"accountexpires"
            | b"krbprincipalexpiration"
            | b"pwdendtime"
            | b"ds-pwp-account-expiration-time" => Self::Expires,
            b"memberof" => Self::Group,
            b"memberuid" | b"member" | b"uniquemember" => Self::Member,
            b"title" => Self::Title,
            b"admincount" => Self::AdminCount,
            b"uidnumber" => Self::UidNumber,
            _ => return None,
        })
    }
}

/// Whether an attribute matters.
pub(super) fn is_known(name: &[u8]) -> bool {
    Attribute::from_name(name).is_some()
}

/// Whether an attribute is a password.
pub(super) fn is_password(name: &[u8]) -> bool {
    use Attribute::{Clear, ClearWide, Password, SambaLm, SambaNt, UnicodePassword};
    matches!(
        Attribute::from_name(name),
        Some(Password | SambaNt | SambaLm | UnicodePassword | Clear | ClearWide)
    )
}

impl Entry {
    pub(super) const fn new(line: u32) -> Self {
        Self { line, values: Vec::new(), faults: Vec::new(), lacks_password: false }
    }

    pub(super) fn has_dn(&self) -> bool {
        self.values.iter().any(|value| value.attribute == Attribute::Dn)
    }

    pub(super) fn add(&mut self, line: u32, name: &[u8], bytes: Zeroizing<Vec<u8>>) {
        if let Some(attribute) = Attribute::from_name(name) {
            self.values.push(Value { line, attribute, bytes });
        }
    }

    /// Adds a hash of an attribute that is not known otherwise.
    pub(super) fn add_signed(&mut self, line: u32, name: &[u8], bytes: Zeroizing<Vec<u8>>) {
        let name = name.to_ascii_lowercase();
        let has = |word: &[u8]| memchr::memmem::find(&name, word).is_some();
        let is_earlier = has(b"history") || has(b"previous") || has(b"old");
        let attribute = if is_earlier { Attribute::TimedHistory } else { Attribute::Password };
        self.values.push(Value { line, attribute, bytes });
    }

    pub(super) fn fault(&mut self, line: u32, why: Why, of_password: bool) {
        self.faults.push((line, why));
        self.lacks_password |= of_password;
    }

    /// Adds what the entry keeps to the export.
    pub(super) fn finish(mut self, builder: &mut ExportBuilder<'_>) {
        let faults = std::mem::take(&mut self.faults);
        let Some(account) = self.account() else {
            for (line, why) in faults {
                builder.skip(line, None, why);
            }
            if self.passwords().next().is_some() {
                builder.skip(self.line, None, Why::NoAccount);
            }
            return builder.beside();
        };
        for (line, why) in faults {
            builder.skip(line, Some(account), why);
        }
        let is_addition = |change: &[u8]| change.eq_ignore_ascii_case(b"add");
        if self.first(Attribute::Change).is_some_and(|change| !is_addition(change)) {
            return builder.skip(self.line, Some(account), Why::Change);
        }
        self.note_administrators(builder);
        let about = self.about(account, builder);
        for value in self.passwords() {
            self.password(value, account, about, builder);
        }
        self.history(account, about, builder);
        if self.passwords().next().is_none() {
            self.skip_unread(account, builder);
        } else {
            // They are of the same password.
            for key in self.all(Attribute::KerberosKey) {
                builder.skip(key.line, Some(account), Why::KerberosKey);
            }
        }
        let has_any = self.passwords().next().is_some() || self.unread().next().is_some();
        if !has_any && !self.lacks_password {
            if self.is_account() {
                builder.skip(self.line, Some(account), Why::NotExported);
            } else {
                builder.beside();
            }
        }
    }

    fn all(&self, attribute: Attribute) -> impl Iterator<Item = &Value> {
        self.values.iter().filter(move |value| value.attribute == attribute)
    }

    fn first(&self, attribute: Attribute) -> Option<&[u8]> {
        self.all(attribute).next().map(|value| value.bytes.as_slice())
    }

    /// What is made of the password and cannot be tested.
    fn unread(&self) -> impl Iterator<Item = (u32, Unread)> {
        self.values.iter().filter_map(|value| {
            if let Attribute::Unread(unread) = value.attribute {
                return Some((value.line, unread));
            }
            let is_key = value.attribute == Attribute::KerberosKey;
            is_key.then_some((value.line, Unread::KrbPrincipalKey))
        })
    }

    fn skip_unread(&self, account: &[u8], builder: &mut ExportBuilder<'_>) {
        for (line, unread) in self.unread() {
            builder.skip(line, Some(account), Why::Unread(unread));
        }
    }

    /// What the account is called; if it has no name of its own, by the first part of its DN.
    fn account(&self) -> Option<&[u8]> {
        let own = [Attribute::Account(0), Attribute::Account(1)];
        let own = own.into_iter().find_map(|attribute| self.first(attribute));
        // The administrator of the directory itself, who has no entry.
        let own = own.or_else(|| self.first(Attribute::Account(2)).map(account_names::rdn));
        let dn = || self.first(Attribute::Dn).map(account_names::rdn);
        own.or_else(dn).filter(|account| !account.is_empty())
    }

    fn is_account(&self) -> bool {
        let known: [&[u8]; 6] =
            [b"person", b"inetorgperson", b"user", b"posixaccount", b"shadowaccount", b"account"];
        let named = self.first(Attribute::Account(0)).is_some();
        let mut classes = self.all(Attribute::Class).map(|class| class.bytes.to_ascii_lowercase());
        named || classes.any(|class| known.contains(&class.as_slice()))
    }

    /// Members of groups of administrators are privileged, wherever in the file they are.
    fn note_administrators(&self, builder: &mut ExportBuilder<'_>) {
        if !self.first(Attribute::Dn).is_some_and(account_names::is_of_administrators) {
            return;
        }
        for member in self.all(Attribute::Member) {
            let member = account_names::rdn(&member.bytes);
            builder.administrators.insert(String::from_utf8_lossy(member).to_lowercase());
        }
    }

    fn about(&self, account: &[u8], builder: &mut ExportBuilder<'_>) -> About {
        let mut about = About { kind: account_names::kind(account), ..About::default() };
        let is = |class: &[u8]| {
            self.all(Attribute::Class).any(|value| value.bytes.eq_ignore_ascii_case(class))
        };
        let flags = self.first(Attribute::SambaFlags).unwrap_or_default();
        if is(b"computer") || [b'W', b'S', b'I'].iter().any(|flag| flags.contains(flag)) {
            about.kind = AccountKind::Machine;
        } else if !is(b"person") && (is(b"simpleSecurityObject") || is(b"applicationProcess")) {
            about.kind = AccountKind::Service;
        }
        let locked = self.all(Attribute::Locked).any(|locked| {
            let not: [&[u8]; 3] = [b"", b"false", b"active"];
            !not.iter().any(|not| locked.bytes.eq_ignore_ascii_case(not))
        });
        let expired = self.all(Attribute::Expires).any(|day| builder.is_past(&day.bytes));
        if locked
            || expired
            || self.first(Attribute::Control).is_some_and(is_disabled)
            || flags.contains(&b'D')
        {
            about.status = AccountStatus::Disabled;
        }
        let any = |attribute, is: fn(&[u8]) -> bool| self.all(attribute).any(|v| is(&v.bytes));
        about.privileged = any(Attribute::Group, account_names::is_of_administrators)
            || any(Attribute::Title, account_names::is_title_of_administrators)
            || any(Attribute::AdminCount, |count| count != b"0" && !count.is_empty())
            || any(Attribute::Account(2), |_| true)
            || any(Attribute::UidNumber, |number| number == b"0")
            || is(b"simpleSecurityObject") && account_names::is_of_administrators(account);
        let names = self.all(Attribute::Name).map(|name| name.bytes.as_slice());
        let names: Vec<&[u8]> = names.filter(|name| *name != account).collect();
        about.names = builder.names(&names);
        about
    }

    /// The values that are passwords in use; an LM hash only where there is no NT hash beside it.
    fn passwords(&self) -> impl Iterator<Item = &Value> {
        use Attribute::{Clear, ClearWide, Password, SambaLm, SambaNt, UnicodePassword};
        let has_nt = self.first(SambaNt).is_some();
        let only = [Password, SambaNt, UnicodePassword, Clear, ClearWide];
        self.values.iter().filter(move |value| {
            only.contains(&value.attribute) || value.attribute == SambaLm && !has_nt
        })
    }

    fn password(
        &self,
        value: &Value,
        account: &[u8],
        about: About,
        builder: &mut ExportBuilder<'_>,
    ) {
        let mut about = about;
        let bytes = value.bytes.as_slice();
        #[expect(clippy::wildcard_enum_match_arm, reason = "the others are not passwords")]
        let stored = match value.attribute {
            Attribute::SambaNt | Attribute::SambaLm => {
                let half = |attribute| self.first(attribute).map_or(Half::None, Half::parse);
                let (lm, nt) = (half(Attribute::SambaLm), half(Attribute::SambaNt));
                about.lm = lm.lm();
                windows::stored(lm, nt)
            }
            Attribute::UnicodePassword => {
                <[u8; 16]>::try_from(bytes).map(Secret::from_nt).map_err(|_| Why::NotNt)
            }
            Attribute::Clear => Ok(Secret::from_clear(bytes)),
            Attribute::ClearWide => Secret::from_wide(bytes).ok_or(Why::ClearBytes),
            _ => {
                let (stored, locked) = unlocked(bytes);
                if locked {
                    about.status = AccountStatus::Disabled;
                }
                self::stored(account, &stored, builder)
            }
        };
        match stored {
            Ok(secret) => builder.load(value.line, account, secret, about),
            Err(why) => builder.skip(value.line, Some(account), why),
        }
    }

    /// Passwords before those in use, the last one first.
    fn history(&self, account: &[u8], about: About, builder: &mut ExportBuilder<'_>) {
        let mut earlier: Vec<(&[u8], &[u8], u32)> = Vec::new();
        for value in self.all(Attribute::PasswordHistory) {
            // time#syntax#length#value; OpenDJ writes no length.
            let time = cut(&value.bytes, b'#');
            let rest = time.and_then(|(time, rest)| Some((time, cut(rest, b'#')?.1)));
            let is_value = |text: &[u8]| matches!(text, [b'{' | b'$', ..]);
            match rest.and_then(|(time, rest)| match cut(rest, b'#') {
                _ if is_value(rest) => Some((time, rest)),
                length => Some((time, length?.1)),
            }) {
                Some((time, stored)) => earlier.push((time, stored, value.line)),
                None => builder.skip(value.line, Some(account), Why::NotLdif),
            }
        }
        for value in self.all(Attribute::TimedHistory) {
            let at = memchr::memchr2(b'{', b'$', &value.bytes).unwrap_or(0);
            let (time, stored) = value.bytes.split_at_checked(at).unwrap_or_default();
            earlier.push((time, stored, value.line));
        }
        earlier.sort_unstable_by(|a, b| b.cmp(a));
        for (at, (_, stored, line)) in earlier.into_iter().enumerate() {
            let about = About { previous: ago(at + 1), ..about };
            match self::stored(account, stored, builder) {
                Ok(secret) => builder.load(line, account, secret, about),
                Err(why) => builder.skip(line, Some(account), why),
            }
        }
        for value in self.all(Attribute::NtHistory) {
            let (hashes, rest) = value.bytes.as_chunks::<16>();
            let current = self.first(Attribute::UnicodePassword);
            for (at, digest) in hashes.iter().enumerate() {
                // The first is the password in use, which has an attribute of its own.
                if at == 0 && current == Some(digest) {
                    continue;
                }
                let at = if current.is_some() { at.max(1) } else { at };
                let about = About { previous: ago(at), ..about };
                if let secret @ Secret::Nt(_) = Secret::from_nt(*digest) {
                    builder.load(value.line, account, secret, about);
                }
            }
            if !rest.is_empty() {
                builder.skip(value.line, Some(account), Why::NotNt);
            }
        }
    }
}

/// How many passwords ago; nobody keeps more than 255.
fn ago(passwords: usize) -> u8 {
    u8::try_from(passwords).unwrap_or(u8::MAX)
}

/// A value without the mark that locks it (`!{SSHA}…`, `{CRYPT}!$6$…`), and whether it had one.
fn unlocked(value: &[u8]) -> (Zeroizing<Vec<u8>>, bool) {
    let value = value.trim_ascii();
    let in_crypt = value.get(..7).is_some_and(|tag| tag.eq_ignore_ascii_case(b"{crypt}"));
    let (tag, hash) = value.split_at_checked(if in_crypt { 7 } else { 0 }).unwrap_or_default();
    match hash.strip_prefix(b"!") {
        Some(rest) if rest.starts_with(b"$") || !in_crypt && rest.starts_with(b"{") => {
            (Zeroizing::new([tag, rest].concat()), true)
        }
        _ => (Zeroizing::new(value.to_vec()), false),
    }
}

/// A value of `userPassword` (RFC 2307): without a scheme in braces it is the password itself.
fn stored(account: &[u8], value: &[u8], builder: &ExportBuilder<'_>) -> Result<Secret, Why> {
    match value {
        [] => Err(Why::NoPassword),
        [b'{' | b'$', ..] => builder.secret(account, value),
        _ => builder.assumed(value).unwrap_or_else(|| Ok(Secret::from_clear(value))),
    }
}
