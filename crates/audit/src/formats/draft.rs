//! An export in the making: what parsers add to, and the account of its lines.

use std::collections::{HashMap, HashSet};

use strongpass_hash::{Hash, HashError, Scheme};
use strongpass_policy::Password;
use zeroize::Zeroizing;

use super::windows;
use crate::export::{
    Credential, Export, Format, Kind, Lines, Lm, ReadOptions, Secret, Status, Sum, Text,
};
use crate::skipped::{Skipped, Why};
use crate::text::encoding;

/// An export in the making.
pub(super) struct Draft<'o> {
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
}

/// What is known about an account beside its hash.
#[derive(Clone, Copy, Default)]
pub(super) struct About {
    pub(super) names: (u32, u32),
    pub(super) previous: u8,
    pub(super) kind: Kind,
    pub(super) status: Status,
    pub(super) privileged: bool,
    pub(super) lm: Lm,
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

/// As many names as an account may have, and as many bytes as a name: more is no name.
const MOST_NAMES: usize = 32;
const LONGEST_NAME: usize = 256;

impl<'o> Draft<'o> {
    pub(super) fn new(system: &str, file: &str, options: &'o ReadOptions) -> Self {
        let export = Export {
            system: system.into(),
            file: file.to_owned(),
            formats: Vec::new(),
            lines: Lines::default(),
            credentials: Vec::new(),
            skipped: Vec::new(),
            text: String::new(),
            names: Vec::new(),
            sum: Sum::default(),
        };
        Self {
            export,
            options,
            settled: (0, 0),
            otherwise: None,
            logins: HashMap::new(),
            administrators: HashSet::new(),
        }
    }

    /// Makes room for a file: a domain's export of so many lines has so many accounts.
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
        let About { names, previous, kind, status, privileged, lm } = about;
        let credential =
            Credential { account, line, names, secret, previous, kind, status, privileged, lm };
        self.export.credentials.push(credential);
    }

    /// Adds a stored hash, or the reason why it cannot be tested.
    pub(super) fn store(&mut self, line: u32, account: &[u8], stored: &[u8], about: About) {
        match self.secret(stored) {
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

    /// Accounts for so many lines from that one on. What made nothing is skipped: no line is lost.
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

    /// The export, with what several lines said in the order of the file.
    pub(super) fn finish(self) -> Export {
        let mut export = self.export;
        export.credentials.sort_by_key(|credential| credential.line);
        export.skipped.sort_by_key(|skipped| skipped.line);
        export
    }

    /// What a hash says that names its scheme, or that one was said for.
    pub(super) fn secret(&self, stored: &[u8]) -> Result<Secret, Why> {
        if let Some(secret) = self.assumed(stored) {
            return secret;
        }
        match Hash::parse(stored) {
            Ok(hash) => {
                hash.setting.check(&self.options.limits)?;
                Ok(kept(hash))
            }
            Err(HashError::Empty) => Ok(Secret::Blank),
            Err(HashError::NoPassword) => Err(Why::NoPassword),
            Err(HashError::ClearText { at }) => Ok(clear(stored.get(at..).unwrap_or_default())),
            Err(error) => Err(error.into()),
        }
    }

    /// A hash in hexadecimal, if it was said of which scheme they are.
    pub(super) fn assumed(&self, stored: &[u8]) -> Option<Result<Secret, Why>> {
        let is_hex = !stored.is_empty() && stored.iter().all(u8::is_ascii_hexdigit);
        self.options.assume.filter(|_| is_hex).map(|scheme| digest(scheme, stored))
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
            let decoded = encoding::text(name);
            let is_new = !kept.iter().any(|kept| self.export.text(*kept) == decoded);
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
        let text = encoding::text(bytes);
        let start = u32::try_from(self.export.text.len()).ok()?;
        let len = u32::try_from(text.len()).ok()?;
        start.checked_add(len)?;
        self.export.text.push_str(&text);
        Some(Text { start, len })
    }
}

/// The digest of a scheme without salt, in hexadecimal.
pub(super) fn digest(scheme: Scheme, digits: &[u8]) -> Result<Secret, Why> {
    Ok(kept(Hash::unsalted(scheme, digits)?))
}

fn kept(hash: Hash) -> Secret {
    if hash.setting.scheme() == Scheme::Nt
        && let Ok(digest) = <[u8; 16]>::try_from(hash.digest.bytes())
    {
        return windows::nt(digest);
    }
    Secret::Hash(Box::new(hash))
}

/// A password in clear text.
pub(super) fn clear(bytes: &[u8]) -> Secret {
    if str::from_utf8(bytes).is_ok() {
        return Secret::Clear(Box::new(Password::new(bytes)));
    }
    let text = Zeroizing::new(encoding::text(bytes).into_owned());
    Secret::Clear(Box::new(Password::new(text.as_bytes())))
}

/// A count of what a file of less than 4 GiB can hold.
pub(super) fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
