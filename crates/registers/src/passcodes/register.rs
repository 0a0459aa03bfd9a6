//! The register: opened, decrypted if need be, and taken apart; every row is accounted for.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use strongpass_age::{Identity, Key, Passphrase, Recipient};
use strongpass_history::Day;
use strongpass_policy::Password;
use strongpass_tables::{Cell, Row, RowError, Rows, content, is_blank, text, undoubled};
use zeroize::Zeroizing;

use super::columns::Layout;
use super::{dates, people};
use crate::{UsageError, input, secret_file, text as speech};

/// No register is larger.
const MOST: u64 = 32 << 20;
/// More devices than any federation of schools has.
const MOST_ROWS: usize = 200_000;
/// No file of keys is larger.
const MOST_KEYS: u64 = 1 << 20;

/// A register as it was read, and how to write one like it.
pub(super) struct File {
    pub(super) text: Zeroizing<Vec<u8>>,
    pub(super) lock: Lock,
}

/// How a register was protected.
pub(super) enum Lock {
    /// Not at all.
    Plain,
    /// For these recipients, whose keys were given.
    Recipients(Vec<Recipient>),
    Passphrase(Passphrase),
}

impl Lock {
    /// A register protected in the same way.
    pub(super) fn applied_to(&self, text: &[u8]) -> anyhow::Result<Zeroizing<Vec<u8>>> {
        Ok(Zeroizing::new(match self {
            Self::Plain => text.to_vec(),
            Self::Recipients(recipients) => strongpass_age::seal(text, recipients)?,
            Self::Passphrase(passphrase) => strongpass_age::seal_with(text, passphrase)?,
        }))
    }
}

/// A device in the register.
pub(super) struct Device {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) holder: String,
    /// Who knows the code, as it was written.
    pub(super) known_by: String,
    pub(super) set_on: SetOn,
    /// What else a thief may know.
    pub(super) numbers: Vec<String>,
    /// Where the code is in the file.
    pub(super) place: Range<usize>,
    /// `None` if there is none.
    pub(super) code: Option<Password>,
}

/// When a code was set.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum SetOn {
    Day(Day),
    Blank,
    Unreadable,
}

/// A row that was not checked, and why.
pub(super) struct Skipped {
    pub(super) line: usize,
    pub(super) why: &'static str,
}

/// Opens the register and decrypts it if it is encrypted.
pub(super) fn open(path: &Path, identities: &[PathBuf]) -> anyhow::Result<File> {
    let name = || path.display().to_string();
    let file = secret_file::whole(path, MOST)?;
    if !strongpass_age::is_age(&file) {
        warn_of_readers(path);
        return Ok(File { text: file, lock: Lock::Plain });
    }
    if strongpass_age::wants_passphrase(&file).with_context(name)? {
        let passphrase = ask(&format!("Passphrase of {} (it is not shown): ", name()))?;
        let keys = [Key::Passphrase(passphrase)];
        let text = strongpass_age::open(&file, &keys).with_context(name)?;
        let [key] = keys;
        let Key::Passphrase(passphrase) = key else { return Err(anyhow!("no passphrase")) };
        return Ok(File { text, lock: Lock::Passphrase(passphrase) });
    }
    if identities.is_empty() {
        let message = format!("{}: is encrypted; say which key opens it: --identity FILE", name());
        return Err(UsageError(message).into());
    }
    let mut keys = Vec::new();
    for identity in identities {
        keys.extend(keys_of(identity)?);
    }
    let recipients = keys.iter().map(Identity::recipient).collect();
    let keys: Vec<Key> = keys.into_iter().map(Key::Identity).collect();
    let text = strongpass_age::open(&file, &keys).with_context(name)?;
    Ok(File { text, lock: Lock::Recipients(recipients) })
}

fn ask(question: &str) -> anyhow::Result<Passphrase> {
    let typed = input::prompt(question)?;
    let typed = typed.expose().context("what was typed is no text, or too long")?;
    Ok(Passphrase::new(Zeroizing::new(typed.to_owned())))
}

/// The keys in a file from `age-keygen`, which may itself be encrypted with a passphrase.
fn keys_of(path: &Path) -> anyhow::Result<Vec<Identity>> {
    let name = || path.display().to_string();
    let mut bytes = secret_file::whole(path, MOST_KEYS)?;
    if strongpass_age::is_age(&bytes) {
        let passphrase = ask(&format!("Passphrase of {} (it is not shown): ", name()))?;
        bytes = strongpass_age::open(&bytes, &[Key::Passphrase(passphrase)]).with_context(name)?;
    }
    let lines = str::from_utf8(&bytes).unwrap_or_default().lines();
    let lines = lines.map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Option<Vec<Identity>> = lines.map(Identity::of).collect();
    keys.filter(|keys| !keys.is_empty()).ok_or_else(|| {
        let message = format!("{}: has not only keys of `age-keygen` in it", name());
        UsageError(message).into()
    })
}

/// Says so if others on this computer can read the register, and how to encrypt it.
fn warn_of_readers(path: &Path) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map(|metadata| metadata.permissions().mode());
        if path == Path::new("-") || !mode.is_ok_and(|mode| mode & 0o077 != 0) {
            return;
        }
        let name = path.display();
        speech::remark(&format!(
            "Warning: {name} is not encrypted, and others on this computer can read it. This \
             encrypts it with a\npassphrase, which `strongpass` asks for when it reads it; then \
             delete the file that is open:\n  age -p -o {name}.age {name}"
        ));
    }
    #[cfg(not(unix))]
    let _ = path;
}

/// The devices in the register, and the rows that are not understood.
pub(super) fn read(file: &[u8], layout: &Layout) -> Result<(Vec<Device>, Vec<Skipped>), RowError> {
    let mut rows = Rows::new(file, layout.shape, layout.begin);
    let (mut devices, mut skipped) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next_row()? {
        if devices.len() + skipped.len() == MOST_ROWS {
            let why = "there are more than 200,000 rows; split the register";
            return Err(RowError { line: row.line, why });
        }
        match device(file, layout, &row) {
            Ok(device) => devices.push(device),
            Err(why) => skipped.push(Skipped { line: row.line, why }),
        }
    }
    Ok((devices, skipped))
}

const TOO_MANY: &str = "It has more cells than the heading, so what is where is not known. A value \
                        with the separator in it needs quotation marks around it.";
const TOO_FEW: &str = "It ends before the passcode.";
const NO_DEVICE: &str = "It names no device.";

fn device(file: &[u8], layout: &Layout, row: &Row<'_>) -> Result<Device, &'static str> {
    let columns = &layout.columns;
    let of = |number: usize| row.cells.get(number).map(|cell| text(file, cell)).unwrap_or_default();
    let maybe = |number: Option<usize>| number.map(of).unwrap_or_default();
    if row.cells.len() > columns.count {
        return Err(TOO_MANY);
    }
    let cell = row.cells.get(columns.passcode).ok_or(TOO_FEW)?;
    let (name, holder) = (of(columns.device), maybe(columns.holder));
    if name.is_empty() {
        return Err(NO_DEVICE);
    }
    let set_on = maybe(columns.set_on);
    let place = bare(file, cell);
    Ok(Device {
        line: row.line,
        name,
        holder,
        known_by: maybe(columns.known_by),
        set_on: match dates::day(&set_on) {
            Some(day) => SetOn::Day(day),
            None if set_on.is_empty() => SetOn::Blank,
            None => SetOn::Unreadable,
        },
        numbers: columns.numbers.iter().map(|&number| of(number)).collect(),
        code: code(file.get(place.clone()).unwrap_or_default(), cell.doubled),
        place,
    })
}

/// The code itself, without what keeps a spreadsheet from dropping its leading 0: `="012345"`,
/// `'012345`.
fn bare(file: &[u8], cell: &Cell) -> Range<usize> {
    let whole = content(file, cell);
    let (before, inner) = match whole {
        [b'=', b'"', b'"', inner @ .., b'"', b'"'] if cell.doubled => (3, inner),
        [b'=', b'"', inner @ .., b'"'] => (2, inner),
        [b'\'', inner @ ..] => (1, inner),
        _ => (0, whole),
    };
    let spaces = inner.len() - inner.trim_ascii_start().len();
    let start = cell.place.start + before + spaces;
    start..start + inner.trim_ascii().len()
}

fn code(bytes: &[u8], doubled: bool) -> Option<Password> {
    if is_blank(bytes) {
        return None;
    }
    Some(if doubled { Password::new(&undoubled(bytes)) } else { Password::new(bytes) })
}

impl Device {
    /// Those who know the code: the holder and whoever is named.
    pub(super) fn knowers(&self) -> Vec<people::Person> {
        let mut knowers = people::listed(&self.known_by);
        if let Some(holder) = people::Person::of(&self.holder)
            && !knowers.iter().any(|other| other.may_be(&holder))
        {
            knowers.push(holder);
        }
        knowers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> (Vec<Device>, Vec<Skipped>) {
        let layout = Layout::of(text.as_bytes()).unwrap();
        read(text.as_bytes(), &layout).unwrap()
    }

    #[track_caller]
    fn check(cell: &str, expected: Option<&str>) {
        let text = format!("Device,Passcode,Holder\nPhone 1,{cell},Kate Harper\n");
        let (devices, skipped) = all(&text);
        let [device] = devices.as_slice() else { unreachable!("{cell}") };
        assert!(skipped.is_empty());
        let code = device.code.as_ref().map(|code| code.expose().unwrap());
        assert_eq!(code, expected, "{cell}");
        // A new code takes its place, and nothing else changes.
        let mut replaced = text;
        replaced.replace_range(device.place.clone(), "205716");
        let (devices, _) = all(&replaced);
        assert_eq!(devices[0].code.as_ref().unwrap().expose(), Some("205716"), "{replaced}");
        assert_eq!(devices[0].holder, "Kate Harper");
    }

    #[test]
    fn codes_in_cells() {
        check("839174", Some("839174"));
        check("\"839174\"", Some("839174"));
        check(" 83 91 74 ", Some("83 91 74"));
        check("=\"039174\"", Some("039174"));
        check("\"=\"\"039174\"\"\"", Some("039174"));
        check("'039174", Some("039174"));
        check("\"a\"\"b\"", Some("a\"b"));
        check("", None);
        check("\" \"", None);
    }

    #[test]
    fn every_row_is_accounted_for() {
        let (devices, skipped) =
            all("Device,Holder,Passcode,Set on\nPhone 1,Kate,839174,2026-01-02\n\nPhone 2\n\
             Phone 3,Harper, Kate,1,2\n,Kate,839174\nPhone 4,,,soon\n");
        let lines: Vec<usize> = devices.iter().map(|device| device.line).collect();
        assert_eq!(lines, [2, 7]);
        assert_eq!(devices[1].set_on, SetOn::Unreadable);
        let skipped: Vec<_> = skipped.iter().map(|row| (row.line, row.why)).collect();
        assert_eq!(skipped, [(4, TOO_FEW), (5, TOO_MANY), (6, NO_DEVICE)]);
    }

    proptest::proptest! {
        /// Whatever follows a heading is devices and skipped rows, whose codes are where they say.
        #[test]
        fn anything_may_be_in_a_register(rows in "([a1 '=\"\\xe9,\r\n;]{0,60})") {
            let text = format!("Device,Passcode,Holder\n{rows}");
            let layout = Layout::of(text.as_bytes()).unwrap();
            if let Ok((devices, _)) = read(text.as_bytes(), &layout) {
                let mut end = 0;
                for device in devices {
                    proptest::prop_assert!(device.place.start >= end, "{}", text);
                    end = device.place.end;
                    let bytes = text.as_bytes().get(device.place).unwrap();
                    proptest::prop_assert!(device.code.is_some() != is_blank(bytes), "{}", text);
                }
            }
        }
    }

    #[test]
    fn keys_are_keys_or_an_error() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let key = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX";
        fs::write(&file, format!("# created\n{key}\n")).unwrap();
        assert_eq!(keys_of(file.path()).unwrap().len(), 1);
        for text in ["", "# only this\n", "AGE-PLUGIN-X-1ABC\n", &format!("{key}\nx\n")] {
            fs::write(&file, text).unwrap();
            let why = keys_of(file.path()).unwrap_err().to_string();
            assert!(why.ends_with("has not only keys of `age-keygen` in it"), "{why}");
        }
    }
}
