//! What an administrator must know about a way of storing passwords, and what to do about it.
//!
//! Costs are judged by the OWASP Password Storage Cheat Sheet as of 2026, which says at the same
//! time what RFC 9106 leaves to the reader; crypt(3) with SHA-2 by DISA's guide for RHEL 9
//! (RHEL-09-611050, 2025); yescrypt by what distributions set (crypt(5)).

use crate::stored::cost::Cost;
use crate::stored::scheme::Scheme;
use crate::stored::setting::Setting;

/// How well a password is kept, from the best to the worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Grade {
    /// As recommended.
    Good,
    /// A good scheme, but each guess costs a thief less than is recommended.
    LowCost,
    /// A scheme of its time, which was before today's graphics cards.
    Outdated,
    /// A digest that is made to be fast.
    Fast,
    /// A fast digest, and the same for everybody with that password.
    Unsalted,
    /// Two weak halves without capitals.
    Lm,
    /// The password itself.
    ClearText,
}

impl Grade {
    /// The stable name in JSON and documents.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::LowCost => "low-cost",
            Self::Outdated => "outdated",
            Self::Fast => "fast",
            Self::Unsalted => "unsalted",
            Self::Lm => "lm-hash",
            Self::ClearText => "clear-text",
        }
    }
}

/// How a password is kept, in words for an administrator.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Storage {
    /// How well.
    pub grade: Grade,
    /// What that means, as a sentence.
    pub problem: String,
    /// What to do, as a sentence.
    pub fix: &'static str,
}

impl Storage {
    /// A password that is stored as it is.
    pub fn clear_text() -> Self {
        Self {
            grade: Grade::ClearText,
            problem: "The password itself is stored: whoever sees this file or a backup of it \
                      can log in."
                .to_owned(),
            fix: "Have the system store Argon2id, bcrypt or yescrypt hashes, then have these \
                  passwords changed; delete old backups.",
        }
    }
}

impl Setting {
    /// How well a password is kept that is stored under this setting.
    ///
    /// ```
    /// use strongpass_hash::{Grade, Hash};
    /// let hash = Hash::parse(b"$2y$08$dEqDnNjjinYTFcs2EeNR4eJ3/uEHnFg/rvZvCJgESWwiskCAPf1NW")?;
    /// let storage = hash.setting.storage();
    /// assert_eq!(storage.grade, Grade::LowCost);
    /// assert!(storage.problem.contains("cost 8"), "{}", storage.problem);
    /// # Ok::<(), strongpass_hash::HashError>(())
    /// ```
    pub fn storage(&self) -> Storage {
        let (scheme, cost) = (self.scheme(), self.cost());
        let (bar, fix) = bar(scheme);
        let name = scheme.name();
        let (grade, problem) = match bar {
            Bar::Is(grade) => (grade, problem(grade, name)),
            Bar::Least { met, .. } if met(cost) => (Grade::Good, problem(Grade::Good, name)),
            Bar::Least { least, source, .. } => {
                let problem = format!(
                    "This {name} has {cost}: each guess costs a thief too little; the recommended \
                     minimum is {least} ({source})."
                );
                (Grade::LowCost, problem)
            }
        };
        let fix = if grade == Grade::Good { "Nothing need be done." } else { fix };
        Storage { grade, problem, fix }
    }
}

fn problem(grade: Grade, name: &str) -> String {
    match grade {
        Grade::Good => format!("This {name} is stored as recommended."),
        Grade::LowCost => format!("Each guess at this {name} costs a thief too little."),
        Grade::Outdated => format!(
            "This {name} is outdated: it was made for the computers of its time, and guessing is \
             cheap with the graphics cards of today."
        ),
        Grade::Fast => {
            format!("This {name} is made to be fast: a thief tries billions of guesses a second.")
        }
        Grade::Unsalted => format!(
            "This {name} has no salt: equal passwords look equal, and each of a thief's billions \
             of guesses a second is tried on every account at once."
        ),
        Grade::Lm => format!(
            "This {name} is two halves of 7 characters without small letters: a thief finds any \
             of them within hours."
        ),
        Grade::ClearText => "The password itself is stored.".to_owned(),
    }
}

/// What a scheme is judged by.
#[derive(Clone, Copy)]
enum Bar {
    /// The scheme alone decides.
    Is(Grade),
    /// The cost decides.
    Least { met: fn(Cost) -> bool, least: &'static str, source: &'static str },
}

/// What a scheme is judged by, and what to do if it falls short.
fn bar(scheme: Scheme) -> (Bar, &'static str) {
    match scheme {
        Scheme::Nt => (Bar::Is(Grade::Unsalted), WINDOWS),
        Scheme::Lm => (Bar::Is(Grade::Lm), LAN_MANAGER),
        Scheme::Dcc2 => (Bar::Is(Grade::Outdated), CACHED),
        Scheme::Md5 | Scheme::Sha1 | Scheme::Sha256 | Scheme::Sha384 | Scheme::Sha512 => {
            (Bar::Is(Grade::Unsalted), FAST)
        }
        Scheme::Smd5
        | Scheme::Ssha
        | Scheme::Ssha256
        | Scheme::Ssha384
        | Scheme::Ssha512
        | Scheme::WebMd5
        | Scheme::WebSha1
        | Scheme::HmacSha256
        | Scheme::HmacSha512 => (Bar::Is(Grade::Fast), FAST),
        Scheme::ColumnMd5 | Scheme::ColumnSha1 | Scheme::ColumnSha256 | Scheme::ColumnSha512 => {
            (Bar::Is(Grade::Fast), FAST)
        }
        Scheme::PostgresMd5 => (Bar::Is(Grade::Fast), POSTGRES),
        Scheme::MysqlSha1 => (Bar::Is(Grade::Unsalted), MYSQL),
        Scheme::MysqlSha2 => (SHA_CRYPT, MYSQL_ROUNDS),
        Scheme::MssqlSha1 | Scheme::MssqlSha512 => (Bar::Is(Grade::Fast), MSSQL),
        Scheme::OracleSha1 => (Bar::Is(Grade::Fast), ORACLE),
        Scheme::OraclePbkdf2 => (pbkdf2(|cost| cost.rounds() >= 220_000, "220,000 rounds"), FIXED),
        Scheme::ScramSha1 => (pbkdf2(|cost| cost.rounds() >= 1_400_000, "1,400,000 rounds"), SCRAM),
        Scheme::ScramSha256 => (pbkdf2(|cost| cost.rounds() >= 600_000, "600,000 rounds"), SCRAM),
        Scheme::KerberosAes128 | Scheme::KerberosAes256 => (Bar::Is(Grade::Outdated), WINDOWS),
        Scheme::EntraSync => (pbkdf2(|cost| cost.rounds() >= 600_000, "600,000 rounds"), ENTRA),
        Scheme::Descrypt
        | Scheme::Bigcrypt
        | Scheme::Bsdicrypt
        | Scheme::Md5crypt
        | Scheme::Sunmd5
        | Scheme::Sha1crypt => (Bar::Is(Grade::Outdated), LOGIN_DEFS),
        Scheme::Apr1 => (Bar::Is(Grade::Outdated), HTPASSWD),
        Scheme::Sha256crypt | Scheme::Sha512crypt => (SHA_CRYPT, LOGIN_DEFS),
        Scheme::Yescrypt | Scheme::GostYescrypt => (YESCRYPT, LOGIN_DEFS),
        Scheme::Bcrypt | Scheme::BcryptSha256 | Scheme::WordPress => (BCRYPT, RAISE),
        Scheme::Bcrypt2x => (Bar::Is(Grade::Outdated), RAISE),
        Scheme::Scrypt => (SCRYPT, RAISE),
        Scheme::Pbkdf2Sha1 => {
            (pbkdf2(|cost| cost.rounds() >= 1_400_000, "1,400,000 rounds"), RAISE)
        }
        Scheme::Pbkdf2Sha256 => (pbkdf2(|cost| cost.rounds() >= 600_000, "600,000 rounds"), RAISE),
        Scheme::Pbkdf2Sha512 => (pbkdf2(|cost| cost.rounds() >= 220_000, "220,000 rounds"), RAISE),
        Scheme::Argon2d | Scheme::Argon2i | Scheme::Argon2id => (ARGON2, RAISE),
        Scheme::Phpass => (Bar::Is(Grade::Outdated), WORDPRESS),
        Scheme::Drupal7 => (Bar::Is(Grade::Outdated), DRUPAL),
    }
}

const OWASP: &str = "OWASP Password Storage Cheat Sheet, 2026";

const BCRYPT: Bar = Bar::Least { met: |cost| cost.log2() >= 10, least: "cost 10", source: OWASP };

const SHA_CRYPT: Bar = Bar::Least {
    met: |cost| cost.rounds() >= 100_000,
    least: "100,000 rounds",
    source: "DISA guide for RHEL 9, 2025",
};

const YESCRYPT: Bar = Bar::Least {
    met: |cost| cost.memory_kib() >= 16 * 1024,
    least: "16 MiB (N = 2^12, r = 32)",
    source: "the default of Debian, Fedora and Ubuntu, 2026",
};

/// Less memory is made up for by more passes.
const SCRYPT: Bar = Bar::Least {
    met: |cost| {
        let Cost::Scrypt { log_n, r: 8.., p, .. } = cost else { return false };
        let least = [(17, 1), (16, 2), (15, 3), (14, 5), (13, 10)];
        least.iter().any(|(least_log_n, least_p)| log_n >= *least_log_n && p >= *least_p)
    },
    least: "N = 2^17, r = 8, p = 1 or its equal",
    source: OWASP,
};

/// Less memory is made up for by more passes.
const ARGON2: Bar = Bar::Least {
    met: |cost| {
        let Cost::Argon2 { kib, passes, .. } = cost else { return false };
        let least = [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)];
        least.iter().any(|(least_kib, least_passes)| kib >= *least_kib && passes >= *least_passes)
    },
    least: "m = 19,456 KiB, t = 2, p = 1 or its equal",
    source: OWASP,
};

const fn pbkdf2(met: fn(Cost) -> bool, least: &'static str) -> Bar {
    Bar::Least { met, least, source: OWASP }
}

const WINDOWS: &str = "Windows keeps nothing better: guard domain controllers and their backups, \
    and give administrators long passwords.";

const LAN_MANAGER: &str = "Turn on the policy \u{201c}Do not store LAN Manager hash value on next \
    password change\u{201d}, then have these passwords changed.";

const CACHED: &str = "Windows keeps nothing better: lower the number of cached logons by policy, \
    and encrypt the disks of laptops.";

const POSTGRES: &str = "Set `password_encryption = 'scram-sha-256'` (PostgreSQL 10 or later), then \
    have these passwords changed.";

const MYSQL: &str = "Move these accounts to `caching_sha2_password` (MySQL 8) or `ed25519` \
    (MariaDB), then have their passwords changed.";

const MYSQL_ROUNDS: &str = "Raise `caching_sha2_password_digest_rounds` (4,095,000 at the most), \
    then have these passwords changed.";

const MSSQL: &str = "Use Windows or Entra logins instead of SQL logins; give those that must stay \
    long random passwords.";

const ORACLE: &str = "Set `SQLNET.ALLOWED_LOGON_VERSION_SERVER=12a`, then have these passwords \
    changed: Oracle then stores the 12c verifier only.";

const FIXED: &str = "Oracle stores nothing better: guard SYS.USER$ and its backups, and give these \
    accounts long passwords.";

const SCRAM: &str = "Raise the rounds in the server's settings (`scram_iterations` since \
    PostgreSQL 16), then have these passwords changed.";

const ENTRA: &str = "Microsoft sets the cost: guard the server of Entra Connect, and give \
    administrators long passwords.";

const FAST: &str = "Have the system store Argon2id, bcrypt or yescrypt hashes, then have these \
    passwords changed.";

const LOGIN_DEFS: &str = "Set `ENCRYPT_METHOD YESCRYPT` in /etc/login.defs and `yescrypt` on the \
    pam_unix line (or SHA512 with 100,000 rounds), then have these passwords changed.";

const HTPASSWD: &str = "Make each entry again with `htpasswd -B -C 12`.";

const RAISE: &str = "Raise the cost in the application's settings or update it; most then store \
    each password anew when its owner next logs in.";

const WORDPRESS: &str = "Update the application (WordPress to 6.8 or later, phpBB to 3.3 or later): \
    it stores each password anew when its owner next logs in.";

const DRUPAL: &str = "Update Drupal to 10.1 or later: it stores each password anew when its owner \
    next logs in.";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::hash::Hash;

    #[track_caller]
    fn check(scheme: Scheme, cost: Cost, grade: Grade, part: &str) {
        let storage = Setting::new(scheme, cost, b"salt", 16).storage();
        assert_eq!(storage.grade, grade, "{scheme} with {cost}");
        assert!(storage.problem.contains(part), "{}", storage.problem);
        assert!(storage.problem.ends_with('.') && storage.fix.ends_with('.'));
    }

    #[test]
    fn costs_are_judged_at_their_edge() {
        use Grade::{Good, LowCost};
        let argon2 = |kib, passes| Cost::Argon2 { kib, passes, lanes: 1 };
        let scrypt = |log_n, r, p| Cost::Scrypt { log_n, r, p, t: 0 };
        for (scheme, low, good) in [
            (Scheme::Bcrypt, Cost::Log2(9), Cost::Log2(10)),
            (Scheme::WordPress, Cost::Log2(9), Cost::Log2(10)),
            (Scheme::Pbkdf2Sha1, Cost::Rounds(1_399_999), Cost::Rounds(1_400_000)),
            (Scheme::Pbkdf2Sha256, Cost::Rounds(599_999), Cost::Rounds(600_000)),
            (Scheme::Pbkdf2Sha512, Cost::Rounds(219_999), Cost::Rounds(220_000)),
            (Scheme::Sha512crypt, Cost::Rounds(5_000), Cost::Rounds(100_000)),
            (Scheme::Argon2id, argon2(19_455, 2), argon2(19_456, 2)),
            (Scheme::Argon2id, argon2(47_103, 1), argon2(47_104, 1)),
            (Scheme::Argon2i, argon2(4_096, 4), argon2(7_168, 5)),
            (Scheme::Scrypt, scrypt(17, 7, 1), scrypt(17, 8, 1)),
            (Scheme::Scrypt, scrypt(14, 8, 4), scrypt(14, 8, 5)),
            (Scheme::Yescrypt, scrypt(11, 32, 1), scrypt(12, 32, 1)),
        ] {
            check(scheme, low, LowCost, &low.to_string());
            check(scheme, good, Good, "as recommended");
        }
    }

    #[test]
    fn the_scheme_alone_decides_where_no_cost_helps() {
        for (scheme, grade, part) in [
            (Scheme::Nt, Grade::Unsalted, "no salt"),
            (Scheme::Lm, Grade::Lm, "7 characters"),
            (Scheme::Ssha, Grade::Fast, "billions"),
            (Scheme::Descrypt, Grade::Outdated, "outdated"),
            (Scheme::Phpass, Grade::Outdated, "outdated"),
        ] {
            check(scheme, Cost::Fixed, grade, part);
        }
        assert!(Scheme::ALL.iter().filter(|scheme| scheme.is_unsalted()).all(|scheme| {
            let setting = Setting::unsalted(*scheme);
            setting.is_some_and(|setting| setting.storage().grade >= Grade::Unsalted)
        }));
    }

    /// The stored hash is no part of what is said about it.
    #[test]
    fn nothing_of_the_hash_is_told() {
        let text = "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0";
        let hash = Hash::parse(text.as_bytes()).unwrap();
        let told = format!("{:?} {hash:?}", hash.setting.storage());
        assert!(!told.contains("6k.2IU") && !told.contains("oMAb"), "{told}");
        assert!(Storage::clear_text().grade > Grade::Lm);
    }
}
