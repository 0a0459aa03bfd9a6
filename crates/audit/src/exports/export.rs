//! An export as read: every line is a credential, is skipped with its reason, or holds no password.

use std::sync::Arc;

use zeroize::Zeroizing;

use super::Format;
use super::checksum::Checksum;
use super::credential::Credential;
use super::skipped::Skipped;
use super::text::Text;

/// All that one export holds: what can be tested, what cannot, and how its lines were used.
///
/// The file itself is wiped once it is read. What stays are names, and hashes as bytes: a million
/// accounts of a domain fit in 80 MB.
///
/// ```
/// use strongpass_audit::{Export, ReadOptions, Secret};
///
/// let file = b"kharper:1104:aad3b435b51404eeaad3b435b51404ee:567667e52888a59d0abcf0c066db867b:::\n\
///              Room 12:\n";
/// let export = Export::read("network", "dc1.txt", file.to_vec(), &ReadOptions::default());
///
/// let credential = &export.credentials[0];
/// assert_eq!(export.text(credential.account), "kharper");
/// assert!(matches!(credential.secret, Secret::Nt(_)));
/// assert_eq!((export.skipped[0].line, export.lines.all), (2, 2));
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Export {
    /// Where its accounts are: `network`, `email` …
    pub system: Arc<str>,
    /// The file it came from, for messages.
    pub file: String,
    /// The formats that were met, in the order of their first line.
    pub formats: Vec<Format>,
    /// How the lines of the file were used.
    pub lines: LineCounts,
    /// What can be tested, in the order of the file.
    pub credentials: Vec<Credential>,
    /// What cannot, and why, in the order of the file.
    pub skipped: Vec<Skipped>,
    /// Every name that a credential or a skipped line refers to.
    pub(crate) text: String,
    /// The names of people and addresses beside accounts.
    pub(crate) names: Vec<Text>,
    /// LM hashes of passwords that an NT hash is tested of: a potfile may have their halves.
    pub(crate) lm: Zeroizing<Vec<[u8; 16]>>,
    /// What a checkpoint of it is sealed with.
    pub(crate) checksum: Checksum,
}

/// How the lines of a file were used: `all` is the sum of the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct LineCounts {
    /// All lines of the file, as an editor counts them.
    pub all: u32,
    /// Lines with something that can be tested.
    pub loaded: u32,
    /// Lines that were skipped with a reason.
    pub skipped: u32,
    /// Empty lines.
    pub blank: u32,
    /// Comments, and what programs say beside their results.
    pub comments: u32,
    /// Headings, names and other parts of an entry that hold no password.
    pub beside: u32,
}

impl Export {
    /// A piece of the export's text. It comes from outside: escape it where it is shown.
    pub fn text(&self, text: Text) -> &str {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let (start, len) = (place(text.start), place(text.len));
        self.text.get(start..start.saturating_add(len)).unwrap_or_default()
    }

    /// The names and addresses that the export gives beside an account.
    pub fn names(&self, credential: &Credential) -> impl Iterator<Item = &str> {
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        let (first, end) = credential.names;
        let names = self.names.get(place(first)..place(end)).unwrap_or_default();
        names.iter().map(|name| self.text(*name))
    }
}
