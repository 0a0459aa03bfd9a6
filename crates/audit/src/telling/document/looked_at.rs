//! What was looked at, how far, and what was not.

use strongpass_report::{Block, Readers, Section, counted, grouped};

use super::Telling;
use super::glance::LABELS;
use crate::report::{Coverage, Ended};

impl Telling<'_> {
    pub(super) fn looked_at(&self) -> Section {
        let mut looked: Vec<String> = vec![self.exports()];
        let (reached, not_reached): (Vec<&Coverage>, Vec<&Coverage>) =
            self.report.coverage.iter().partition(|class| class.was_reached());
        looked.extend(reached.into_iter().map(sentence));
        looked.extend(self.report.coverage.iter().filter_map(longer));
        let mut not = Vec::new();
        not.extend(self.not_checked());
        not.extend(not_reached.into_iter().map(sentence));
        if let Some(listed) = &self.report.listed {
            if listed.unlisted > 0 {
                not.push(format!(
                    "The list of people does not say whose {} are: each is counted beside the \
                     people, once.",
                    counted(listed.unlisted, "account name", "account names")
                ));
            }
            if listed.absent > 0 {
                not.push(format!(
                    "{} of the list of people no account in these exports.",
                    counted(listed.absent, "person has", "people have")
                ));
            }
        } else {
            not.push(
                "Whose accounts these are was not told (--people): accounts are counted, not people."
                    .into(),
            );
        }
        let untested = self.report.untested();
        if untested > 0 {
            not.push(format!(
                "{} that may hold a password could not be tested: they are listed at the end.",
                counted(untested, "line", "lines")
            ));
        }
        if self.report.crowds > 0 {
            not.push(format!(
                "{} more than 256 stored passwords, like no person: of these not each was compared \
                 with each for near copies and own names.",
                counted(self.report.crowds, "account name has", "account names have")
            ));
        }
        not.push("“Nothing found” does not mean “strong”.".into());
        Section {
            title: "What was looked at, and what was not".into(),
            readers: Readers::All,
            blocks: vec![Block::Text(looked.join(" ")), Block::Text(not.join(" "))],
        }
    }

    /// `Looked at: 180 accounts: network (90), email (90).`
    fn exports(&self) -> String {
        let all: usize = self.report.exports.iter().map(|export| export.accounts).sum();
        let each = self.report.exports.iter();
        let each = each.map(|export| format!("{} ({})", export.system, grouped(export.accounts)));
        let each: Vec<String> = each.collect();
        format!("Looked at: {}: {}.", counted(all, "account", "accounts"), each.join(", "))
    }

    /// What this audit could not have found.
    fn not_checked(&self) -> Option<String> {
        let missing = LABELS.iter().filter_map(|(kind, label, _)| {
            let why = self.report.why_not_looked_for(*kind)?;
            Some(format!("{label} ({why})"))
        });
        let missing: Vec<String> = missing.collect();
        (!missing.is_empty()).then(|| format!("Not checked: {}.", missing.join("; ")))
    }
}

fn sentence(class: &Coverage) -> String {
    let accounts = counted(class.accounts, "password", "passwords");
    if let Some(why) = &class.failed {
        return format!("{accounts} stored as {} could not be tested: {why}.", class.scheme.name());
    }
    if !class.was_reached() {
        return format!(
            "No guess was tried on the {accounts} stored as {} ({}): the search ended before.",
            class.scheme.name(),
            class.cost,
        );
    }
    let guesses = match usize::try_from(class.guesses).unwrap_or(usize::MAX) {
        0 => String::new(),
        n => format!("the {} likeliest guesses, ", grouped(n)),
    };
    let each = match class.accounts {
        1 => "The password".to_owned(),
        _ => format!("Each of the {accounts}"),
    };
    format!(
        "{each} stored as {} ({}) was tried with {guesses}its owner's names and what \
         was found elsewhere.",
        class.scheme.name(),
        class.cost,
    )
}

/// What a longer search would add, if there is more to try.
fn longer(class: &Coverage) -> Option<String> {
    let adds = match class.expected_more? {
        0 => "hardly any more".to_owned(),
        more => format!("some {} more", grouped(more)),
    };
    let how = if class.ended == Ended::Limit { "as many guesses" } else { "as long" };
    Some(format!(
        "{}: {} stored as {} ({}), {} each; ten times {how} would be expected to find {adds} (an \
         estimate).",
        class.systems.join(", "),
        counted(class.accounts, "password", "passwords"),
        class.scheme.name(),
        class.cost,
        counted(usize::try_from(class.guesses).unwrap_or(usize::MAX), "guess", "guesses"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_more_would_add_is_said_of_time_or_of_guesses() {
        let mut class = Coverage {
            scheme: strongpass_hash::Scheme::Sha512crypt,
            cost: strongpass_hash::Cost::Rounds(5_000),
            systems: vec!["email".into(), "server".into()],
            accounts: 40,
            found: 7,
            guesses: 1_200,
            ended: Ended::Stopped,
            expected_more: Some(3),
            failed: None,
        };
        let start = "email, server: 40 passwords stored as SHA-512 crypt (5,000 rounds), 1,200 guesses each;";
        let said = format!(
            "{start} ten times as long would be expected to find some 3 more (an estimate)."
        );
        assert_eq!(longer(&class), Some(said));
        (class.ended, class.expected_more) = (Ended::Limit, Some(0));
        let said = format!(
            "{start} ten times as many guesses would be expected to find hardly any more (an \
             estimate)."
        );
        assert_eq!(longer(&class), Some(said));
        class.expected_more = None;
        assert_eq!(longer(&class), None);
    }
}
