//! A policy as a sentence.

use super::{Common, Mode, OneSystem, Policy};

impl Policy {
    /// The whole policy as one sentence, for people.
    ///
    /// ```
    /// let policy = strongpass_policy::Policy::preset("aspire").expect("a preset");
    /// assert!(policy.sentence().starts_with("A strong password has "));
    /// ```
    pub fn sentence(&self) -> String {
        let mut clauses = Vec::new();
        if let Some(passcode) = self.passcode {
            clauses.push(format!("has {} or more digits", passcode.min_digits));
            clauses.push("is not a pattern or a code that many people use".into());
            if passcode.block_dates {
                clauses.push("is not a date or a year".into());
            }
            if self.personal {
                clauses.push("is not a number or name of yours".into());
            }
        } else {
            clauses.push(classes(self));
            match self.dictionary {
                Mode::Strict => clauses.push("does not contain a dictionary word".into()),
                Mode::Whole => clauses.push("is not just a word with something added".into()),
                Mode::Off => {}
            }
            if self.common_passwords != Common::Off {
                let below = self.common_passwords_below;
                let below = below.map(|n| format!(", unless it has {n} or more characters"));
                let clause = "is not a password that many people use";
                clauses.push(format!("{clause}{}", below.unwrap_or_default()));
            }
            if self.breached.is_some() {
                clauses.push("is not in a list of stolen passwords".into());
            }
            if self.personal {
                clauses.push("does not contain a name of yours".into());
            }
        }
        if self.one_system != OneSystem::Off {
            clauses.push("is only used on one system".into());
        }
        let what = if self.passcode.is_some() { "passcode" } else { "password" };
        format!("A strong {what} {}.", joined(&clauses))
    }
}

fn classes(policy: &Policy) -> String {
    let wanted =
        [(policy.numbers, "numbers"), (policy.letters, "letters"), (policy.symbols, "symbols")];
    let wanted: Vec<String> =
        wanted.iter().filter(|(wanted, _)| *wanted).map(|(_, name)| (*name).to_owned()).collect();
    let length = format!("{} or more characters", policy.min_length);
    match wanted.as_slice() {
        [] => format!("has {length}"),
        [one] => format!("has {one}, with {length}"),
        [most @ .., last] => format!("has {} and {last}, with {length}", most.join(", ")),
    }
}

fn joined(clauses: &[String]) -> String {
    match clauses {
        [most @ .., last] if !most.is_empty() => format!("{}, and {last}", most.join(", ")),
        _ => clauses.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_a_clause() {
        let policy = "extends = \"ncsc\"\none_system = \"off\"\n[breached]\nlist = \"x.idx\"";
        assert_eq!(
            Policy::from_toml(policy).unwrap().sentence(),
            "A strong password has 8 or more characters, is not just a word with something added, \
             is not a password that many people use, is not in a list of stolen passwords, and \
             does not contain a name of yours.",
        );
    }

    #[track_caller]
    fn check(preset: &str, expected: &str) {
        assert_eq!(Policy::preset(preset).unwrap().sentence(), expected);
    }

    #[test]
    fn policies_as_sentences() {
        check(
            "birchington",
            "A strong password has numbers, letters and symbols, with 8 or more characters, does \
             not contain a dictionary word, does not contain a name of yours, and is only used on \
             one system.",
        );
        check(
            "nist-800-63b-4",
            "A strong password has 15 or more characters, is not a password that many people use, \
             and is only used on one system.",
        );
        check(
            "passcode",
            "A strong passcode has 6 or more digits, is not a pattern or a code that many people \
             use, is not a number or name of yours, and is only used on one system.",
        );
    }
}
