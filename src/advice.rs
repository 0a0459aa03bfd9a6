//! How to make a password that a policy accepts, and where to use it. No example is ever given:
//! people would use it.

use strongpass_policy::{Mode, Policy};

/// A paragraph each; `systems` are those that have passwords of their own.
pub(crate) fn of(policy: &Policy, systems: &[String]) -> Vec<String> {
    let mut paragraphs = vec![how(policy)];
    if policy.one_system != strongpass_policy::OneSystem::Off {
        paragraphs.push(one_system(systems));
    }
    paragraphs
}

fn how(policy: &Policy) -> String {
    if policy.passcode.is_some() {
        return "How to make one: digits that people choose are seldom random. Press G for a \
                suggestion, or open a thick book at several places and take the last digit of each \
                page number."
            .into();
    }
    let first = policy.min_length.max(10);
    let mut said = format!(
        "How to make one: make up a sentence of {first} words or more about something that only you \
         know, and type the first letter of each word. "
    );
    said.push_str(match (policy.numbers, policy.symbols) {
        (true, true) => "Put a number and a symbol somewhere in the middle. ",
        (true, false) => "Put a number somewhere in the middle. ",
        (false, true) => "Put a symbol somewhere in the middle. ",
        (false, false) => "A number or a symbol in the middle makes it stronger. ",
    });
    said.push_str("Use no saying, song or prayer: others know those, too.");
    if policy.dictionary != Mode::Strict {
        said.push_str(" Or join three words that have nothing to do with each other, or with you.");
    }
    said
}

/// What to do about "is only used on one system".
pub(crate) fn one_system(systems: &[String]) -> String {
    let each = match systems {
        [] => "Use it for one login only.".into(),
        [one] => format!("Use it for one login only: {one}, or another."),
        [most @ .., last] => format!(
            "Use it for one login only. At your school these have a password each: {} and {last}.",
            most.join(", ")
        ),
    };
    format!("{each} A password manager remembers a different one for every login.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_fits_the_policy() {
        let said = |preset: &str, systems: &[&str]| {
            let systems: Vec<String> = systems.iter().map(|&name| name.to_owned()).collect();
            of(&Policy::preset(preset).unwrap(), &systems).join("\n")
        };
        let strict = said("birchington", &["email", "the school network", "the VPN"]);
        assert!(strict.contains("a number and a symbol") && !strict.contains("three words"));
        assert!(strict.contains("each: email, the school network and the VPN. A password manager"));
        assert!(said("ncsc", &[]).contains("three words"));
        assert!(said("nist-800-63b-4", &[]).contains("15 words or more"));
        let code = said("passcode", &[]);
        assert!(code.contains("page number") && !code.contains("sentence"));
    }
}
