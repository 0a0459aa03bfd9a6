//! Builds an export: what parsers add credentials and skipped lines to.

use std::collections::{HashMap, HashSet};

use strongpass_hash::{Hash, HashError, Scheme};
use strongpass_tables::decode_text;
use zeroize::Zeroizing;

use super::Format;
use super::checksum::Checksum;
use super::credential::{AccountKind, AccountStatus, Credential};
use super::expiry;
use super::export::{Export, LineCounts};
use super::kerberos_key::KerberosKey;
use super::lm::Lm;
use super::options::ReadOptions;
use super::secret::Secret;
use super::skipped::{Skipped, Why};
use super::text::Text;

/// Builds an export.
pub(super) struct ExportBuilder<'o> {
    pub(super) export: Export,
    options: &'o ReadOptions,
    /// How many credentials and skipped lines the lines before this one made.
    settled: (usize, usize),
    /// What a line was that made neither.
    otherwise: Option<Otherwise>,
    /// What `passwd(5)` says about accounts of `shadow(5)`.
    pub(super) logins: HashMap<Vec<u8>, Login>,
    /// Members of groups of administrators, in small letters.
    pub(super) administrators: HashSet<String>,
    /// Kerberos keys, which are skipped if nothing else is wanting.
    pub(super) keys: Vec<KerberosKey>,
}

/// What is known about an account beside its hash.
#[derive(Clone, Copy, Default)]
pub(super) struct About {
    pub(super) names: (u32, u32),
    pub(super) previous: u8,
    pub(super) kind: AccountKind,
    pub(super) status: AccountStatus,
    pub(super) privileged: bool,
    pub(super) lm: Lm,
    pub(super) rid: u32,
}

/// A line of `passwd(5)`.
pub(super) struct Login {
    pub(super) uid: u32,
    pub(super) name: Text,
}

#[derive(Clone, Copy)]
enum Otherwise {
    Blank,
    Comment,
    Beside,
}

/// As many names as an account may have, and as many bytes as a name: more is not a name.
const MOST_NAMES: usize = 32;
const LONGEST_NAME: usize = 256;

impl<'o> ExportBuilder<'o> {
    pub(super) fn new(system: &str, file: &str, options: &'o ReadOptions) -> Self {
        let export = Export {
            system: system.into(),
            file: file.to_owned(),
            formats: Vec::new(),
            lines: LineCounts::default(),
            credentials: Vec::new(),
            skipped: Vec::new(),
            text: String::new(),
            names: Vec::new(),
            lm: Zeroizing::default(),
            checksum: Checksum::default(),
        };
        Self {
            export,
            options,
            settled: (0, 0),
            otherwise: None,
            logins: HashMap::new(),
            administrators: HashSet::new(),
            keys: Vec::new(),
        }
    }

    /// Makes room for a file: a domain's export has as many accounts as lines.
    pub(super) fn reserve(&mut self, file: &[u8]) {
        let lines = memchr::memchr_iter(b'\n', file).count();
        // The shortest line with a hash is longer than this.
        self.export.credentials.reserve(lines.min(file.len() / 16));
        self.export.text.reserve(file.len() / 8);
    }

    /// Notes that the line is of that format.
    pub(super) fn is(&mut self, format: Format) {
        if self.export.formats.last() != Some(&format) && !self.export.formats.contains(&format) {
            self.export.formats.push(format);
        }
    }

    /// Adds a password that can be tested.
    pub(super) fn load(&mut self, line: u32, account: &[u8], secret: Secret, about: About) {
        let Some(account) = self.text(account) else {
            return self.skip(line, None, Why::TooLarge);
        };
        let About { names, previous, kind, status, privileged, lm, rid } = about;
        let credential = Credential {
            account,
            line,
            names,
            secret,
            previous,
            kind,
            status,
            privileged,
            lm,
            rid,
        };
        self.export.credentials.push(credential);
    }

    /// Keeps the LM hash beside an NT hash.
    pub(super) fn keep_lm(&mut self, digest: [u8; 16]) {
        if Lm::from_hash(digest) != Lm::Absent {
            self.export.lm.push(digest);
        }
    }

    /// Adds a stored hash, or the reason why it cannot be tested.
    pub(super) fn store(&mut self, line: u32, account: &[u8], stored: &[u8], about: About) {
        match self.secret(account, stored) {
            Ok(secret) => self.load(line, account, secret, about),
            Err(why) => self.skip(line, Some(account), why),
        }
    }

    /// Says why a line is not tested.
    pub(super) fn skip(&mut self, line: u32, account: Option<&[u8]>, why: Why) {
        let account = account.filter(|name| name.len() <= LONGEST_NAME);
        let account = account.and_then(|account| self.text(account));
        self.export.skipped.push(Skipped { line, account, why });
    }

    /// Says that the line is empty.
    pub(super) const fn blank(&mut self) {
        self.otherwise = Some(Otherwise::Blank);
    }

    /// Says that the line is a comment.
    pub(super) const fn comment(&mut self) {
        self.otherwise = Some(Otherwise::Comment);
    }

    /// Says that the line was read and holds no password.
    pub(super) const fn beside(&mut self) {
        self.otherwise = Some(Otherwise::Beside);
    }

    /// Whether anything was made of the lines since they were last settled.
    pub(super) const fn made_something(&self) -> bool {
        self.export.credentials.len() > self.settled.0 || self.export.skipped.len() > self.settled.1
    }

    /// How much was made so far.
    pub(super) const fn made(&self) -> usize {
        self.export.credentials.len() + self.export.skipped.len()
    }

    /// Accounts for `count` lines from that one on. What made nothing is skipped: no line is lost.
    pub(super) fn settle(&mut self, first: u32, lines: u32) {
        let otherwise = self.otherwise.take();
        if !self.made_something() && otherwise.is_none() {
            self.skip(first, None, Why::Unrecognised);
        }
        let export = &mut self.export;
        let (credentials, skipped) = self.settled;
        let credentials = export.credentials.get(credentials..).unwrap_or_default();
        let skipped = export.skipped.get(skipped..).unwrap_or_default();
        let tally = &mut export.lines;
        tally.all += lines;
        if let ([_], [], 1) = (credentials, skipped, lines) {
            tally.loaded += 1;
        } else {
            let loaded: HashSet<u32> =
                credentials.iter().map(|credential| credential.line).collect();
            let mut others: HashSet<u32> = skipped.iter().map(|skipped| skipped.line).collect();
            others.retain(|line| !loaded.contains(line));
            let (loaded, skipped) = (count(loaded.len()), count(others.len()));
            tally.loaded += loaded;
            tally.skipped += skipped;
            let rest = lines.saturating_sub(loaded).saturating_sub(skipped);
            *match otherwise {
                Some(Otherwise::Blank) => &mut tally.blank,
                Some(Otherwise::Comment) => &mut tally.comments,
                Some(Otherwise::Beside) | None => &mut tally.beside,
            } += rest;
        }
        self.settled = (export.credentials.len(), export.skipped.len());
    }

    /// Skips credentials after all, by their places in rising order.
    pub(super) fn take_back(&mut self, places: &[(usize, Why)]) {
        let export = &mut self.export;
        let mut places = places.iter().peekable();
        let mut at = 0..;
        let mut lost = HashSet::new();
        let skipped = &mut export.skipped;
        export.credentials.retain(|credential| {
            let at = at.next();
            let Some((_, why)) = places.next_if(|(place, _)| Some(*place) == at) else {
                return true;
            };
            let (line, account) = (credential.line, Some(credential.account));
            skipped.push(Skipped { line, account, why: why.clone() });
            lost.insert(line);
            false
        });
        for credential in &export.credentials {
            lost.remove(&credential.line);
        }
        export.lines.loaded -= count(lost.len());
        export.lines.skipped += count(lost.len());
    }

    /// The export, with what several lines said in the order of the file.
    pub(super) fn finish(self) -> Export {
        let mut export = self.export;
        export.credentials.sort_by_key(|credential| credential.line);
        export.skipped.sort_by_key(|skipped| skipped.line);
        export
    }

    /// What a hash says that names its scheme, or that one was said for; of an account, whose name
    /// is the salt of some.
    pub(super) fn secret(&self, account: &[u8], stored: &[u8]) -> Result<Secret, Why> {
        if let Some(secret) = self.assumed(stored) {
            return secret;
        }
        let hash = match Hash::parse(stored) {
            Err(HashError::NeedsAccount { scheme }) if !account.is_empty() => {
                Hash::parse_for_account(stored, &decode_text(account))
                    .map_err(|_| HashError::NeedsAccount { scheme })
            }
            hash => hash,
        };
        match hash {
            Ok(hash) => self.checked(hash),
            Err(HashError::Empty) => Ok(Secret::Blank),
            Err(HashError::NoPassword) => Err(Why::NoPassword),
            Err(HashError::ClearText { at }) => {
                Ok(Secret::from_clear(stored.get(at..).unwrap_or_default()))
            }
            Err(error) => Err(error.into()),
        }
    }

    /// A hash, if a guess at it costs no more than is allowed.
    pub(super) fn checked(&self, hash: Hash) -> Result<Secret, Why> {
        hash.setting.check(&self.options.limits)?;
        Secret::from_hash(hash)
    }

    /// A hash in hexadecimal, if it was said of which scheme they are.
    pub(super) fn assumed(&self, stored: &[u8]) -> Option<Result<Secret, Why>> {
        let is_hex = !stored.is_empty() && stored.iter().all(u8::is_ascii_hexdigit);
        self.options.assume.filter(|_| is_hex).map(|scheme| Secret::from_digits(scheme, stored))
    }

    /// Whether digests of 32 digits are MD5: by a heading, or because someone said so.
    pub(super) fn is_md5(&self, heading: Option<Scheme>) -> bool {
        heading.or(self.options.assume) == Some(Scheme::Md5)
    }

    /// Whether a day is over, as exports write days.
    pub(super) fn is_past(&self, day: &[u8]) -> bool {
        let day = expiry::day(day);
        day.zip(self.options.today).is_some_and(|(day, today)| day <= today)
    }

    /// Marks the members of groups of administrators.
    pub(super) fn mark_administrators(&mut self) {
        if self.administrators.is_empty() {
            return;
        }
        let export = &mut self.export;
        for credential in &mut export.credentials {
            let Text { start, len } = credential.account;
            let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
            let account = export.text.get(place(start)..place(start + len)).unwrap_or_default();
            credential.privileged |= self.administrators.contains(&account.to_lowercase());
        }
    }

    /// Keeps names beside an account: each once, as far as they are names.
    pub(super) fn names(&mut self, names: &[&[u8]]) -> (u32, u32) {
        let first = self.export.names.len();
        for name in names {
            let name = name.trim_ascii();
            let kept = self.export.names.get(first..).unwrap_or_default();
            let is_name = !name.is_empty() && name.len() <= LONGEST_NAME && kept.len() < MOST_NAMES;
            let decoded = decode_text(name);
            let is_new = !kept.iter().any(|kept| self.export.text(*kept) == &*decoded);
            if is_name
                && is_new
                && let Some(text) = self.text(name)
            {
                self.export.names.push(text);
            }
        }
        (count(first), count(self.export.names.len()))
    }

    /// Keeps a piece of text; `None` if the names of the export outgrow 4 GiB.
    pub(super) fn text(&mut self, bytes: &[u8]) -> Option<Text> {
        let text = decode_text(bytes);
        let start = u32::try_from(self.export.text.len()).ok()?;
        let len = u32::try_from(text.len()).ok()?;
        start.checked_add(len)?;
        self.export.text.push_str(&text);
        Some(Text { start, len })
    }
}

/// A count of what a file of less than 4 GiB can hold.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
