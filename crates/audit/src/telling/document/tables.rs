//! The report as a table for spreadsheets: all findings.

use strongpass_breached::Seen;
use strongpass_report::Csv;

use super::Telling;
use crate::accounts::PersonDetails;
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
            "name",
            "role",
        ]);
        for finding in &self.report.findings {
            let rules: Vec<&str> = finding.rules.iter().map(|rule| rule.id()).collect();
            let details = self.persons.get(&finding.person).filter(|_| self.tells_persons());
            let details = details.map(|person| &person.details);
            let role = details.and_then(|details| details.role.as_deref()).unwrap_or_default();
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
                &details.and_then(PersonDetails::name).unwrap_or_default(),
                role,
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
