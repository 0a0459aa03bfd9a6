//! Spelling dictionaries in the format of hunspell: stems, and the forms that they have.
//!
//! A hunspell dictionary is two files, `cy_GB.dic` with stems and `cy_GB.aff` with the prefixes and
//! suffixes that their flags allow (hunspell(5)). One prefix and one suffix are put to a stem. A form
//! that holds its stem of five letters or more is left out: who looks for words finds it by the stem.

use std::collections::HashMap;
use std::fmt;

use crate::encoding::from_windows_1252;

/// The affixes of a hunspell dictionary, which say what forms its stems have.
///
/// ```
/// use strongpass_tables::SpellingDictionary;
///
/// let dictionary = SpellingDictionary::parse(b"SET UTF-8\nSFX A Y 1\nSFX A y ies y\n")?;
/// let words: Vec<Vec<String>> = dictionary.words(b"1\ncity/A\n").collect();
/// assert_eq!(words, [["city", "cities"]]);
/// # Ok::<(), strongpass_tables::AffixError>(())
/// ```
pub struct SpellingDictionary {
    charset: Charset,
    flags: Flags,
    /// Numbered sets of flags (`AF`).
    aliases: Vec<String>,
    by_flag: HashMap<String, Vec<Affix>>,
}

/// How a dictionary is encoded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Charset {
    Utf8,
    /// ISO-8859-1 and -15, Windows-1252: the letters are the same.
    Western,
    /// ISO-8859-2.
    Central,
}

impl Charset {
    fn from_name(name: &str) -> Option<Self> {
        Some(match name.to_ascii_uppercase().replace('_', "-").as_str() {
            "UTF-8" => Self::Utf8,
            "ISO8859-1" | "ISO-8859-1" | "ISO8859-15" | "ISO-8859-15" | "CP1252"
            | "MICROSOFT-CP1252" => Self::Western,
            "ISO8859-2" | "ISO-8859-2" => Self::Central,
            _ => return None,
        })
    }

    fn text(self, bytes: &[u8]) -> String {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).into_owned(),
            Self::Western => bytes.iter().copied().map(from_windows_1252).collect(),
            Self::Central => bytes.iter().copied().map(from_central).collect(),
        }
    }
}

/// A character of ISO-8859-2.
fn from_central(byte: u8) -> char {
    const FROM_0XA0: &str = "\u{a0}Ą˘Ł¤ĽŚ§¨ŠŞŤŹ\u{ad}ŽŻ°ą˛ł´ľśˇ¸šşťź˝žżŔÁÂĂÄĹĆÇČÉĘËĚÍÎĎĐŃŇÓÔŐÖ×ŘŮÚŰÜÝŢßŕáâăäĺćçčéęëěíîďđńňóôőö÷řůúűüýţ˙";
    let high = byte.checked_sub(0xa0).and_then(|at| FROM_0XA0.chars().nth(usize::from(at)));
    high.unwrap_or_else(|| char::from(byte))
}

/// How the flags behind a stem are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Flags {
    Single,
    Long,
    Numbers,
}

/// A prefix or suffix.
struct Affix {
    is_prefix: bool,
    /// Whether it goes with one of the other kind.
    crosses: bool,
    strip: String,
    add: String,
    condition: Vec<Condition>,
}

/// What one letter must be: any of these, or none of them.
struct Condition {
    letters: String,
    is_none: bool,
}

impl fmt::Debug for SpellingDictionary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SpellingDictionary({} flags)", self.by_flag.len())
    }
}

impl SpellingDictionary {
    /// Reads a `.aff` file.
    ///
    /// # Errors
    /// If its encoding is not one that is read, or a condition is never closed.
    pub fn parse(bytes: &[u8]) -> Result<Self, AffixError> {
        let line_of = |wanted: &str| {
            let lines = bytes.split(|&byte| byte == b'\n');
            let mut lines = lines.map(|line| String::from_utf8_lossy(line).into_owned());
            lines.find_map(|line| {
                let mut words = line.trim_start_matches('\u{feff}').split_whitespace();
                (words.next() == Some(wanted)).then(|| words.next().unwrap_or_default().to_owned())
            })
        };
        let name = line_of("SET").unwrap_or_else(|| "ISO8859-1".into());
        let charset = Charset::from_name(&name).ok_or_else(|| {
            let message =
                "is an encoding that is not read; convert both files to UTF-8, and write SET UTF-8";
            AffixError { line: 1, message: format!("`SET {name}` {message}") }
        })?;
        let flags = match line_of("FLAG").as_deref() {
            Some("long") => Flags::Long,
            Some("num") => Flags::Numbers,
            _ => Flags::Single,
        };
        let mut affixes = Self { charset, flags, aliases: Vec::new(), by_flag: HashMap::new() };
        let mut crosses = false;
        for (number, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
            let line = charset.text(line);
            let words: Vec<&str> = line.split_whitespace().collect();
            match words.as_slice() {
                ["AF", flags, ..] => affixes.aliases.push((*flags).to_owned()),
                // The head of a group: whether they cross, and how many.
                ["PFX" | "SFX", _, cross @ ("Y" | "N"), count, ..]
                    if count.parse::<u32>().is_ok() =>
                {
                    crosses = *cross == "Y";
                }
                [kind @ ("PFX" | "SFX"), flag, strip, add, rest @ ..] => {
                    let condition = condition(rest.first().copied().unwrap_or("."));
                    let condition = condition.ok_or_else(|| AffixError {
                        line: number,
                        message: "a `[` is never closed".into(),
                    })?;
                    let text =
                        |text: &str| if text == "0" { String::new() } else { text.to_owned() };
                    let add = text(add.split('/').next().unwrap_or_default());
                    let is_prefix = *kind == "PFX";
                    let affix = Affix { is_prefix, crosses, strip: text(strip), add, condition };
                    affixes.by_flag.entry((*flag).to_owned()).or_default().push(affix);
                }
                _ => {}
            }
        }
        // The first `AF` says how many follow.
        if !affixes.aliases.is_empty() {
            affixes.aliases.remove(0);
        }
        Ok(affixes)
    }

    /// The stems of a `.dic` file, each followed by its forms; what holds no word is left out.
    pub fn words<'d>(&'d self, file: &'d [u8]) -> impl Iterator<Item = Vec<String>> + 'd {
        let lines = file.split(|&byte| byte == b'\n').skip(1);
        lines.filter_map(|line| {
            let line = self.charset.text(line);
            let line = line.split(['\t', ' ', '\r']).next().unwrap_or_default();
            let (stem, flags) = line.split_once('/').unwrap_or((line, ""));
            if stem.is_empty() || line.starts_with('#') {
                return None;
            }
            let mut words = self.forms(stem, flags);
            words.insert(0, stem.to_owned());
            Some(words)
        })
    }

    /// The forms of a stem that its flags allow and that do not hold it.
    fn forms(&self, stem: &str, flags: &str) -> Vec<String> {
        let alias = flags.parse::<usize>().ok().filter(|_| !self.aliases.is_empty());
        let alias = alias.and_then(|n| self.aliases.get(n.checked_sub(1)?));
        let flags = self.split(alias.map_or(flags, String::as_str));
        let affixes = || flags.iter().filter_map(|flag| self.by_flag.get(flag)).flatten();
        let mut forms = Vec::new();
        for affix in affixes() {
            let Some(form) = affix.put_to(stem) else { continue };
            if !affix.is_prefix && affix.crosses {
                let prefixes = affixes().filter(|other| other.is_prefix && other.crosses);
                forms.extend(prefixes.filter_map(|prefix| prefix.put_to(&form)));
            }
            forms.push(form);
        }
        let is_found = |form: &String| stem.chars().count() >= 5 && form.contains(stem);
        forms.retain(|form| !is_found(form));
        forms
    }

    fn split(&self, flags: &str) -> Vec<String> {
        match self.flags {
            Flags::Single => flags.chars().map(String::from).collect(),
            Flags::Numbers => flags.split(',').map(str::to_owned).collect(),
            Flags::Long => {
                let chars: Vec<char> = flags.chars().collect();
                chars.chunks(2).map(|pair| pair.iter().collect()).collect()
            }
        }
    }
}

impl Affix {
    fn put_to(&self, stem: &str) -> Option<String> {
        let letters: Vec<char> = stem.chars().collect();
        let from =
            if self.is_prefix { 0 } else { letters.len().checked_sub(self.condition.len())? };
        let part = letters.get(from..from + self.condition.len())?;
        let is_met = part.iter().zip(&self.condition).all(|(&c, condition)| condition.is_met(c));
        if !is_met {
            return None;
        }
        if self.is_prefix {
            Some(format!("{}{}", self.add, stem.strip_prefix(self.strip.as_str())?))
        } else {
            Some(format!("{}{}", stem.strip_suffix(self.strip.as_str())?, self.add))
        }
    }
}

impl Condition {
    fn is_met(&self, c: char) -> bool {
        self.letters.is_empty() || self.letters.contains(c) != self.is_none
    }
}

/// `[^aeiou]y` as one condition a letter; `.` is any letter, alone no condition.
fn condition(text: &str) -> Option<Vec<Condition>> {
    let mut conditions = Vec::new();
    if text == "." {
        return Some(conditions);
    }
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (letters, is_none, end) = match c {
            '[' => {
                let end = rest.find(']')?;
                let inside = rest.get(1..end)?;
                let letters = inside.strip_prefix('^');
                (letters.unwrap_or(inside).to_owned(), letters.is_some(), end + 1)
            }
            '.' => (String::new(), false, 1),
            c => (c.to_string(), false, c.len_utf8()),
        };
        conditions.push(Condition { letters, is_none });
        rest = rest.get(end..)?;
    }
    Some(conditions)
}

/// What is wrong with a `.aff` file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AffixError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there, and what to do.
    pub message: String,
}

impl fmt::Display for AffixError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message)
    }
}

impl std::error::Error for AffixError {}

#[cfg(test)]
mod tests {
    use super::*;

    const AFFIXES: &str = "SET UTF-8\nSFX A Y 2\nSFX A y ies [^aeiou]y\nSFX A 0 s [aeiou]y\n\
                           PFX B Y 1\nPFX B 0 un .\nSFX C N 1\nSFX C a o a # feminine\n";

    #[track_caller]
    fn check(affixes: &str, stem: &str, flags: &str, expected: &[&str]) {
        let affixes = SpellingDictionary::parse(affixes.as_bytes()).unwrap();
        assert_eq!(affixes.forms(stem, flags), expected, "{stem}/{flags}");
    }

    #[test]
    fn affixes_are_put_to_stems() {
        check(AFFIXES, "city", "A", &["cities"]);
        check(AFFIXES, "boy", "A", &["boys"]);
        check(AFFIXES, "tidy", "AB", &["untidies", "tidies", "untidy"]);
        check(AFFIXES, "wiosna", "C", &["wiosno"]);
        // These hold their stem.
        check(AFFIXES, "holiday", "AB", &[]);
        check(AFFIXES, "city", "", &[]);
        let numbers = format!("FLAG num\n{}", AFFIXES.replace("SFX A", "SFX 101"));
        check(&numbers, "city", "7,101", &["cities"]);
        let long = format!("FLAG long\n{}", AFFIXES.replace("SFX A", "SFX Aa"));
        check(&long, "city", "ZzAa", &["cities"]);
        let aliases = format!("AF 2\nAF C\nAF A\n{AFFIXES}");
        check(&aliases, "city", "2", &["cities"]);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        let error = SpellingDictionary::parse(b"SET KOI8-R\n").unwrap_err();
        assert!(error.message.contains("convert both files to UTF-8"), "{error}");
        assert_eq!(SpellingDictionary::parse(b"\nSFX A y ies [^ay\n").unwrap_err().line, 2);
    }

    #[test]
    fn central_europe_is_read() {
        assert_eq!(Charset::Central.text(b"jesie\xf1 \xb3\xf3d\xbc"), "jesień łódź");
    }
}
