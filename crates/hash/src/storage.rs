//! What an administrator must know about a way of storing passwords, and what to do about it.

use crate::stored::bar::{Bar, Grade};
use crate::stored::setting::Setting;

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
        let (bar, fix) = scheme.bar();
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stored::cost::Cost;
    use crate::stored::hash::Hash;
    use crate::stored::scheme::Scheme;

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

    /// The stored hash is not part of what is said about it.
    #[test]
    fn nothing_of_the_hash_is_told() {
        let text = "$1$/6k.2IU/$oMAbHl9KEaJXeZklNR.We0";
        let hash = Hash::parse(text.as_bytes()).unwrap();
        let told = format!("{:?} {hash:?}", hash.setting.storage());
        assert!(!told.contains("6k.2IU") && !told.contains("oMAb"), "{told}");
        assert!(Storage::clear_text().grade > Grade::Lm);
    }
}
