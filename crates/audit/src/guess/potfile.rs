//! What hashcat or john found already, as guesses: each is verified like any other.

use std::fmt;

use strongpass_policy::Password;
use strongpass_tables::{Lines, cut, decode_text};
use zeroize::Zeroizing;

/// The passwords of a potfile of hashcat (`hash[:salt]:plain`) or john (`hash:plain`).
///
/// Which of the two it is cannot be told, and does not matter: where a line can be read in two ways,
/// both are guesses, and a guess counts only if it gives a hash. Blank ones are left out: every
/// account is asked for one anyway. Returns the lines that hold no password, too.
///
/// ```
/// use strongpass_audit::pot_entries;
/// let pot = b"$NT$567667e52888a59d0abcf0c066db867b:Blue-Badger7\n\
///             567667e52888a59d0abcf0c066db867b:$HEX[426c75653a426164676572]\n\
///             $LM$e52cac67419a9a22:PASSWOR\n";
/// let (guesses, faults) = pot_entries(pot);
/// let texts: Vec<_> = guesses.iter().filter_map(|guess| guess.expose()).collect();
/// assert_eq!(texts, ["Blue-Badger7", "Blue:Badger", "PASSWOR", "passwor"]);
/// assert!(faults.is_empty());
/// ```
///
/// Source: hashcat's `src/potfile.c` and `src/convert.c`, john's `src/loader.c`.
pub fn pot_entries(file: &[u8]) -> (Vec<Password>, Vec<PotFault>) {
    let (mut guesses, mut faults) = (Vec::new(), Vec::new());
    let text = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
    for line in Lines::new(text).filter(|line| !line.bytes.is_empty()) {
        if let Err(why) = entry(line.bytes, &mut guesses) {
            faults.push(PotFault { line: line.number, why });
        }
    }
    (guesses, faults)
}

/// A line of a potfile that is not a guess; its text says why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PotFault {
    /// The line, from 1.
    pub line: u32,
    why: &'static str,
}

impl fmt::Display for PotFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.why)
    }
}

const NO_COLON: &str = "a `:` between hash and password is missing";
const SECURE_MODE: &str = "john kept no password here (SecureMode), only its length";
const TOO_LONG: &str = "longer than any password";

fn entry(line: &[u8], guesses: &mut Vec<Password>) -> Result<(), &'static str> {
    let (hash, after_first) = cut(line, b':').ok_or(NO_COLON)?;
    let last = memchr::memrchr(b':', line).ok_or(NO_COLON)?;
    let after_last = line.get(last + 1..).unwrap_or_default();
    // A hash with a tag holds its salt: what follows is the password, colons and all. One in
    // hexadecimal may be followed by a salt.
    let is_tagged = matches!(hash, [b'$' | b'{', ..]);
    let readings =
        [Some(after_first), Some(after_last).filter(|_| !is_tagged && after_last != after_first)];
    for plain in readings.into_iter().flatten() {
        if is_secured(plain) {
            return Err(SECURE_MODE);
        }
        let plain = decoded(plain);
        add(&plain, guesses)?;
        // Half of an LM hash has no small letters, whatever the password has.
        if hash.starts_with(b"$LM$") {
            let small = Zeroizing::new(plain.to_ascii_lowercase());
            if *small != *plain {
                add(&small, guesses)?;
            }
        }
    }
    Ok(())
}

fn add(plain: &[u8], guesses: &mut Vec<Password>) -> Result<(), &'static str> {
    if plain.is_empty() {
        return Ok(());
    }
    let text = Password::new(decode_text(plain).as_bytes());
    text.expose().ok_or(TOO_LONG)?;
    guesses.push(text);
    Ok(())
}

/// The bytes of `$HEX[…]`, or the text as it is.
pub(super) fn decoded(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let digits = plain.strip_prefix(b"$HEX[").and_then(|rest| rest.strip_suffix(b"]"));
    let (pairs, odd) = digits.unwrap_or_default().as_chunks::<2>();
    let byte = |pair: &[u8; 2]| u8::from_str_radix(str::from_utf8(pair).ok()?, 16).ok();
    let mut bytes = Zeroizing::new(Vec::with_capacity(plain.len()));
    bytes.extend(pairs.iter().map_while(byte));
    if digits.is_none() || !odd.is_empty() || bytes.len() < pairs.len() {
        bytes.clear();
        bytes.extend_from_slice(plain);
    }
    bytes
}

/// What john writes with `SecureMode` in place of a password: `L8-?l`.
fn is_secured(plain: &[u8]) -> bool {
    let Some((length, classes)) = plain.strip_prefix(b"L").and_then(|rest| cut(rest, b'-')) else {
        return false;
    };
    let (classes, odd) = classes.as_chunks::<2>();
    !length.is_empty()
        && length.iter().all(u8::is_ascii_digit)
        && odd.is_empty()
        && classes.iter().all(|class| matches!(class, [b'?', b'l' | b'u' | b'd' | b's' | b'a']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &[u8], expected: &[&str]) {
        let (guesses, faults) = pot_entries(line);
        let texts: Vec<&str> = guesses.iter().filter_map(Password::expose).collect();
        assert_eq!((texts.as_slice(), faults), (expected, vec![]), "{}", line.escape_ascii());
    }

    const NT: &str = "567667e52888a59d0abcf0c066db867b";

    #[test]
    fn hashcat() {
        check(format!("{NT}:Blue-Badger7\n").as_bytes(), &["Blue-Badger7"]);
        check(
            format!("{NT}:salt:Blue-Badger7\r\n").as_bytes(),
            &["salt:Blue-Badger7", "Blue-Badger7"],
        );
        check(format!("{NT}:$HEX[c3a9]").as_bytes(), &["é"]);
        check(format!("{NT}:$HEX[e9]").as_bytes(), &["é"]);
        check(format!("{NT}:$HEX[24484558]").as_bytes(), &["$HEX"]);
        for raw in ["$HEX[c3", "$HEX[zz]", "$HEX[c3a]", "$HEX"] {
            check(format!("{NT}:{raw}").as_bytes(), &[raw]);
        }
        check(format!("{NT}:").as_bytes(), &[]);
        check(b"user:1104:x:y", &["1104:x:y", "y"]);
    }

    #[test]
    fn john() {
        check(format!("$NT${NT}:a:b:c").as_bytes(), &["a:b:c"]);
        check(b"$6$salt$hash:Kestrel!92", &["Kestrel!92"]);
        check(b"{SSHA}CeLs:Kestrel!92", &["Kestrel!92"]);
        check(b"$LM$e52cac67419a9a22:123", &["123"]);
    }

    #[test]
    fn lines_without_a_password_are_named() {
        let file = format!("a:b\n\nnothing\n$NT${NT}:L8-?l?d\n{NT}:{}\nc:d", "x".repeat(600));
        let (guesses, faults) = pot_entries(file.as_bytes());
        assert_eq!(guesses.len(), 2);
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let expected =
            [format!("3: {NO_COLON}"), format!("4: {SECURE_MODE}"), format!("5: {TOO_LONG}")];
        assert_eq!(faults, expected);
    }

    #[test]
    fn faults_repeat_nothing() {
        let (_, faults) = pot_entries(b"Kestrel!92");
        assert!(!faults[0].to_string().contains("Kestrel"));
    }
}
