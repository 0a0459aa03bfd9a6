//! What a way of storing passwords is judged by, and what to do if it falls short.
//!
//! Costs are judged by the OWASP Password Storage Cheat Sheet as of 2026, which says at the same
//! time what RFC 9106 leaves to the reader; crypt(3) with SHA-2 by DISA's guide for RHEL 9
//! (RHEL-09-611050, 2025); yescrypt by what distributions set (crypt(5)).

use crate::stored::cost::Cost;

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

/// What a scheme is judged by.
#[derive(Clone, Copy)]
pub(crate) enum Bar {
    /// The scheme alone decides.
    Is(Grade),
    /// The cost decides.
    Least { met: fn(Cost) -> bool, least: &'static str, source: &'static str },
}

const OWASP: &str = "OWASP Password Storage Cheat Sheet, 2026";

pub(crate) const BCRYPT: Bar =
    Bar::Least { met: |cost| cost.log2() >= 10, least: "cost 10", source: OWASP };

pub(crate) const SHA_CRYPT: Bar = Bar::Least {
    met: |cost| cost.rounds() >= 100_000,
    least: "100,000 rounds",
    source: "DISA guide for RHEL 9, 2025",
};

pub(crate) const YESCRYPT: Bar = Bar::Least {
    met: |cost| cost.memory_kib() >= 16 * 1024,
    least: "16 MiB (N = 2^12, r = 32)",
    source: "the default of Debian, Fedora and Ubuntu, 2026",
};

/// Less memory is made up for by more passes.
pub(crate) const SCRYPT: Bar = Bar::Least {
    met: |cost| {
        let Cost::Scrypt { log_n, r: 8.., p, .. } = cost else { return false };
        let least = [(17, 1), (16, 2), (15, 3), (14, 5), (13, 10)];
        least.iter().any(|(least_log_n, least_p)| log_n >= *least_log_n && p >= *least_p)
    },
    least: "N = 2^17, r = 8, p = 1 or its equal",
    source: OWASP,
};

/// Less memory is made up for by more passes.
pub(crate) const ARGON2: Bar = Bar::Least {
    met: |cost| {
        let Cost::Argon2 { kib, passes, .. } = cost else { return false };
        let least = [(47_104, 1), (19_456, 2), (12_288, 3), (9_216, 4), (7_168, 5)];
        least.iter().any(|(least_kib, least_passes)| kib >= *least_kib && passes >= *least_passes)
    },
    least: "m = 19,456 KiB, t = 2, p = 1 or its equal",
    source: OWASP,
};

pub(crate) const PBKDF2_SHA1: Bar = pbkdf2(|cost| cost.rounds() >= 1_400_000, "1,400,000 rounds");

pub(crate) const PBKDF2_SHA256: Bar = pbkdf2(|cost| cost.rounds() >= 600_000, "600,000 rounds");

pub(crate) const PBKDF2_SHA512: Bar = pbkdf2(|cost| cost.rounds() >= 220_000, "220,000 rounds");

const fn pbkdf2(met: fn(Cost) -> bool, least: &'static str) -> Bar {
    Bar::Least { met, least, source: OWASP }
}

pub(crate) const WINDOWS: &str = "Windows keeps nothing better: guard domain controllers and their backups, \
    and give administrators long passwords.";

pub(crate) const LAN_MANAGER: &str = "Turn on the policy \u{201c}Do not store LAN Manager hash value on next \
    password change\u{201d}, then have these passwords changed.";

pub(crate) const CACHED: &str = "Windows keeps nothing better: lower the number of cached logons by policy, \
    and encrypt the disks of laptops.";

pub(crate) const POSTGRES: &str = "Set `password_encryption = 'scram-sha-256'` (PostgreSQL 10 or later), then \
    have these passwords changed.";

pub(crate) const MYSQL: &str = "Move these accounts to `caching_sha2_password` (MySQL 8) or `ed25519` \
    (MariaDB), then have their passwords changed.";

pub(crate) const MYSQL_ROUNDS: &str = "Raise `caching_sha2_password_digest_rounds` (4,095,000 at the most), \
    then have these passwords changed.";

pub(crate) const MSSQL: &str = "Use Windows or Entra logins instead of SQL logins; give those that must stay \
    long random passwords.";

pub(crate) const ORACLE: &str = "Set `SQLNET.ALLOWED_LOGON_VERSION_SERVER=12a`, then have these passwords \
    changed: Oracle then stores the 12c verifier only.";

pub(crate) const FIXED: &str = "Oracle stores nothing better: guard SYS.USER$ and its backups, and give these \
    accounts long passwords.";

pub(crate) const SCRAM: &str = "Raise the rounds in the server's settings (`scram_iterations` since \
    PostgreSQL 16), then have these passwords changed.";

pub(crate) const ENTRA: &str = "Microsoft sets the cost: guard the server of Entra Connect, and give \
    administrators long passwords.";

pub(crate) const FAST: &str = "Have the system store Argon2id, bcrypt or yescrypt hashes, then have these \
    passwords changed.";

pub(crate) const LOGIN_DEFS: &str = "Set `ENCRYPT_METHOD YESCRYPT` in /etc/login.defs and `yescrypt` on the \
    pam_unix line (or SHA512 with 100,000 rounds), then have these passwords changed.";

pub(crate) const HTPASSWD: &str = "Make each entry again with `htpasswd -B -C 12`.";

pub(crate) const RAISE: &str = "Raise the cost in the application's settings or update it; most then store \
    each password anew when its owner next logs in.";

pub(crate) const WORDPRESS: &str = "Update the application (WordPress to 6.8 or later, phpBB to 3.3 or later): \
    it stores each password anew when its owner next logs in.";

pub(crate) const DRUPAL: &str = "Update Drupal to 10.1 or later: it stores each password anew when its owner \
    next logs in.";
