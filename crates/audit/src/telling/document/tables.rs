//! The report as tables for spreadsheets: all findings, and letters to those who must act.

use strongpass_breached::Seen;
use strongpass_report::Csv;

use super::Telling;
use crate::telling::words;

impl Telling<'_> {
    /// Every finding as a row.
    pub fn csv(&self) -> Csv {
        let mut csv = Csv::new(&[
            "account",
            "system",
            "finding",
            "severity",
            "rules",
            "group",
            "systems",
            "breach_count",
            "scheme",
            "disabled",
            "privileged",
            "what",
            "remedy",
        ]);
        for finding in &self.report.findings {
            let rules: Vec<&str> = finding.rules.iter().map(|rule| rule.id()).collect();
            let yes = |yes: bool| if yes { "yes" } else { "" };
            csv.row(&[
                &self.names.account(&finding.account, &finding.system),
                &finding.system,
                finding.kind.id(),
                finding.severity.id(),
                &rules.join(" "),
                &finding.group.map(|group| group.to_string()).unwrap_or_default(),
                &finding.systems.join(" "),
                &finding.seen.map(breach_count).unwrap_or_default(),
                finding.scheme.map_or("", strongpass_hash::Scheme::id),
                yes(finding.disabled),
                yes(finding.privileged),
                &words::matter(finding),
                words::remedy(finding.kind),
            ]);
        }
        csv
    }

    /// A row for each account of a person: what a letter to them says.
    pub fn letters(&self) -> Csv {
        let mut csv = Csv::new(&["account", "system", "by_when", "what_is_wrong", "what_to_do"]);
        for (account, first) in self.concerned() {
            let said: Vec<String> = account.own().filter_map(words::letter).collect();
            if said.is_empty() || first.kind_of_account.is_some() || first.disabled {
                continue;
            }
            csv.row(&[
                &self.names.account(&first.account, &first.system),
                &first.system,
                words::soon(first.severity),
                &said.join(" "),
                "Choose a new password for this system that you use nowhere else, and test it with \
                 `strongpass check`.",
            ]);
        }
        csv
    }
}

/// `7`; of a band `10 to 99` (a spreadsheet would take `10-99` for a date); `10000000 or more`.
fn breach_count(seen: Seen) -> String {
    let least = seen.least;
    match seen.most {
        Some(_) if seen.is_exact() => least.to_string(),
        Some(most) => format!("{least} to {most}"),
        None => format!("{least} or more"),
    }
}
