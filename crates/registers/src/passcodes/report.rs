//! Tells what was found in a register, to people and to programs. Every code is shown as the same dots:
//! neither it nor its length is to be read from a report.

use serde::Serialize;
use std::fmt;
use strongpass_policy::Policy;
use strongpass_report::{
    Bar, Bars, Block, Csv, Document, Figure, Header, JSON_VERSION, Level, Moment, Readers,
    Responsibility, Row, Section, Table, Units, counted, grouped,
};
use strongpass_tables::headings::Meaning;

use super::checklist;
use super::finding::{PasscodeFinding, PasscodeFindingKind, action};
use super::judge::Judged;
use super::people::Leavers;
use super::register::{Device, Register, SkippedRow};

/// Stands for every code that there is.
const MASK: &str = "••••••";
const NONE: &str = "(none)";

/// A phone, in a square of 24.
const PHONE: &str = "M8 1h8q2 0 2 2v18q0 2-2 2H8q-2 0-2-2V3q0-2 2-2zM11 20h2";

/// All that there is to tell of a register, for people and for programs.
pub struct RegisterReport<'a> {
    /// Who answers for the report.
    pub responsibility: &'a Responsibility,
    /// What the register is called.
    pub name: &'a str,
    /// The policy for passcodes.
    pub policy: &'a Policy,
    /// When the report is made.
    pub made: Moment,
    /// The register.
    pub register: &'a Register,
    /// What was found out about each of its devices, in their order.
    pub judged: &'a [Judged],
    /// Who has left; `None` if that was not looked for.
    pub leavers: Option<&'a Leavers>,
    /// Whether it was asked how old codes are.
    pub ages_asked: bool,
    /// Whether the school's numbers and names were given.
    pub context_given: bool,
    /// How many codes are new in the new register, if there is one.
    pub replaced: Option<usize>,
}

impl fmt::Debug for RegisterReport<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RegisterReport").finish_non_exhaustive()
    }
}

impl RegisterReport<'_> {
    /// The report for people.
    pub fn document(&self) -> Document {
        let mut sections = vec![self.summary(), self.coverage()];
        if !self.register.skipped.is_empty() {
            sections.push(self.left_out());
        }
        if self.acting() > 0 {
            sections.push(self.who_must_act());
        }
        sections.push(checklist::section());
        Document {
            school: None,
            title: "Register of passcodes".into(),
            answer: self.answer(),
            header: self.header(),
            sections,
        }
    }

    fn header(&self) -> Header {
        let rows = self.register.devices.len() + self.register.skipped.len();
        let scope = vec![self.name.to_owned(), counted(rows, "row", "rows")];
        let policy = format!("policy \"{}\"", self.policy.name);
        let purpose = "To find the devices that need a new passcode";
        Header::new(self.responsibility, self.made, purpose, vec![policy], scope)
    }

    fn answer(&self) -> String {
        let all = counted(self.register.devices.len(), "device", "devices");
        let mut answer = vec![match self.acting() {
            0 => format!("Nothing found in the codes of {all}."),
            1 => format!("Of {all} one needs attention."),
            acting => format!("Of {all} {} need attention.", grouped(acting)),
        }];
        if !self.register.skipped.is_empty() {
            let rows = counted(self.register.skipped.len(), "row", "rows");
            answer.push(format!("{rows} could not be checked."));
        }
        if let Some(replaced) = self.replaced {
            let codes = counted(replaced, "fresh code is", "fresh codes are");
            answer.push(format!("{codes} in the new register."));
        }
        answer.join(" ")
    }

    fn summary(&self) -> Section {
        let count = |level| self.levels().filter(|&other| other == Some(level)).count();
        let (act, look) = (count(Level::Act), count(Level::Look));
        let good = self.register.devices.len() - act - look;
        let figures = vec![
            figure(act, "to act on now", Level::Act),
            figure(look, "to look into", Level::Look),
            figure(good, "with nothing found", Level::Good),
        ];
        let group = |count, label: &str, level| Bar { label: label.into(), count, level };
        let units = Units {
            title: "Every device in the register".into(),
            what: "devices".into(),
            sign: PHONE,
            groups: vec![
                group(act, "to act on now", Level::Act),
                group(look, "to look into", Level::Look),
                group(good, "with nothing found", Level::Good),
            ],
        };
        let mut blocks = vec![Block::Figures(figures), Block::Units(units)];
        let kinds: Vec<Bar> = self.kinds().map(|(kind, count)| bar(kind, count)).collect();
        if !kinds.is_empty() {
            blocks.push(Block::Bars(Bars {
                title: "What was found, and on how many devices".into(),
                rows: kinds,
                of: self.register.devices.len(),
                as_ranges: false,
            }));
        }
        blocks.extend(self.ages().map(Block::Bars));
        Section { title: "In short".into(), readers: Readers::All, blocks }
    }

    /// How old the codes are, if that is written down of any.
    fn ages(&self) -> Option<Bars> {
        let ages = || self.judged.iter().map(|judged| judged.age);
        ages().flatten().next()?;
        let count =
            |from: u32, to: u32| ages().flatten().filter(|age| (from..to).contains(age)).count();
        let row = |label: &str, count, level| Bar { label: label.into(), count, level };
        let unknown = ages().filter(Option::is_none).count();
        let rows = vec![
            row("under a year", count(0, 365), Level::Good),
            row("one to two years", count(365, 730), Level::Good),
            row("two to five years", count(730, 1826), Level::Look),
            row("older", count(1826, u32::MAX), Level::Look),
            row("not known", unknown, Level::Look),
        ];
        let title = "How long ago the codes were set".into();
        Some(Bars { title, rows, of: self.register.devices.len(), as_ranges: false })
    }

    /// What was checked, and what could not be.
    fn coverage(&self) -> Section {
        let others = counted(self.register.devices.len().saturating_sub(1), "other", "others");
        let mut texts = vec![format!(
            "Each code was held against the rules (`strongpass passcode explain` lists them) and \
             against the {others}. \"Nothing found\" means that it breaks none of them, not that \
             nobody knows it."
        )];
        let lacks = |meaning| self.register.columns.first(meaning).is_none();
        let gaps = [
            (lacks(Meaning::Holder), "who holds a device (there is no column Holder)"),
            (lacks(Meaning::KnownBy), "who else knows a code (no column Known by)"),
            (self.leavers.is_none(), "whether someone has left (no --leavers)"),
            (!self.ages_asked, "whether a code is too old (no --max-age)"),
            (!self.context_given, "numbers and names of the school (no --context)"),
        ];
        let gaps: Vec<&str> =
            gaps.into_iter().filter(|(gap, _)| *gap).map(|(_, text)| text).collect();
        if !gaps.is_empty() {
            texts.push(format!("Not checked: {}.", gaps.join("; ")));
        }
        let dates = self.judged.iter().filter(|judged| judged.may_be_date).count();
        if dates > 0 {
            let codes = counted(dates, "code could be a date", "codes could be dates");
            texts.push(format!(
                "{codes}, as one in twelve is by chance. That alone is not a fault; whether it is \
                 a birthday, only the holder knows."
            ));
        }
        if let Some(leavers) = self.leavers.filter(|leavers| !leavers.is_empty()) {
            let mut seen: Vec<usize> =
                self.judged.iter().flat_map(|judged| judged.leavers.iter().copied()).collect();
            seen.sort_unstable();
            seen.dedup();
            let names = counted(leavers.len(), "name", "names");
            texts.push(format!(
                "{names} on the list of leavers; {} in the register, by full name, surname or \
                 initial.",
                grouped(seen.len())
            ));
        }
        if self.kinds().any(|(kind, _)| kind == PasscodeFindingKind::TooShort) {
            let text = "A code may be too short because a spreadsheet has dropped its leading 0.";
            texts.push(text.into());
        }
        let blocks = texts.into_iter().map(Block::Text).collect();
        Section { title: "What was checked".into(), readers: Readers::All, blocks }
    }

    fn left_out(&self) -> Section {
        let row = |skipped: &SkippedRow| Row {
            level: Some(Level::Look),
            cells: vec![grouped(skipped.line), skipped.why.to_owned()],
        };
        let table = Table {
            title: "Mend them and run the audit again".into(),
            columns: vec!["line", "why"],
            rows: self.register.skipped.iter().map(row).collect(),
        };
        let blocks = vec![Block::Table(table)];
        Section { title: "Rows that could not be checked".into(), readers: Readers::All, blocks }
    }

    fn who_must_act(&self) -> Section {
        let mut acting: Vec<(Level, &Device, &[PasscodeFinding])> = self
            .register
            .devices
            .iter()
            .zip(self.judged)
            .filter_map(|(device, judged)| Some((level(judged)?, device, &*judged.findings)))
            .collect();
        acting.sort_by_key(|(level, ..)| *level);
        let row = |(level, device, findings): (Level, &Device, &[PasscodeFinding])| {
            let messages: Vec<&str> =
                findings.iter().map(|finding| finding.message.as_str()).collect();
            let cells = vec![
                device.name.clone(),
                device.holder.clone(),
                messages.join(" "),
                action(findings, self.min_digits()),
                masked(device).to_owned(),
            ];
            Row { level: Some(level), cells }
        };
        let table = Table {
            title: "Most pressing first".into(),
            columns: vec!["device", "holder", "finding", "what to do", "passcode"],
            rows: acting.into_iter().map(row).collect(),
        };
        let blocks = vec![Block::Table(table)];
        Section { title: "Who must act".into(), readers: Readers::Few, blocks }
    }

    /// A row for each finding.
    pub fn csv(&self) -> Csv {
        let mut table = Csv::new(&[
            "line",
            "device",
            "holder",
            "kind",
            "finding",
            "action",
            "passcode",
            "delete_after",
        ]);
        let header = self.header();
        for (device, judged) in self.register.devices.iter().zip(self.judged) {
            let action = action(&judged.findings, self.min_digits());
            for finding in &judged.findings {
                table.row(&[
                    &device.line.to_string(),
                    &device.name,
                    &device.holder,
                    finding.kind.id(),
                    &finding.message,
                    &action,
                    masked(device),
                    header.delete_after(),
                ]);
            }
        }
        for skipped in &self.register.skipped {
            let line = skipped.line.to_string();
            let action = "Mend the row.";
            let delete_after = header.delete_after();
            table.row(&[&line, "", "", "not-checked", skipped.why, action, "", delete_after]);
        }
        table
    }

    /// The report for programs.
    pub fn json(&self) -> impl Serialize {
        let findings = |(device, judged): (&Device, &Judged)| -> Vec<FindingJson> {
            let action = action(&judged.findings, self.min_digits());
            let finding = |finding: &PasscodeFinding| FindingJson {
                line: device.line,
                device: device.name.clone(),
                holder: device.holder.clone(),
                kind: finding.kind.id(),
                rules: finding.rules.clone(),
                message: finding.message.clone(),
                action: action.clone(),
                passcode: masked(device),
            };
            judged.findings.iter().map(finding).collect()
        };
        let skipped = self
            .register
            .skipped
            .iter()
            .map(|skipped| SkippedJson { line: skipped.line, why: skipped.why });
        ReportJson {
            version: JSON_VERSION,
            report: self.header(),
            file: self.name.to_owned(),
            policy: self.policy.name.clone(),
            rows: self.register.devices.len() + self.register.skipped.len(),
            devices: self.register.devices.len(),
            skipped: skipped.collect(),
            findings: self.register.devices.iter().zip(self.judged).flat_map(findings).collect(),
            summary: Summary {
                acting: self.acting(),
                kinds: self.kinds().map(|(kind, count)| (kind.id(), count)).collect(),
                may_be_dates: self.judged.iter().filter(|judged| judged.may_be_date).count(),
            },
            replaced: self.replaced,
        }
    }

    /// On how many devices something was found.
    fn acting(&self) -> usize {
        self.levels().flatten().count()
    }

    fn levels(&self) -> impl Iterator<Item = Option<Level>> {
        self.judged.iter().map(level)
    }

    /// On how many devices each kind was found, those that were.
    fn kinds(&self) -> impl Iterator<Item = (PasscodeFindingKind, usize)> {
        let has = |judged: &&Judged, kind| judged.findings.iter().any(|f| f.kind == kind);
        let count = move |kind| self.judged.iter().filter(|judged| has(judged, kind)).count();
        PasscodeFindingKind::ALL
            .into_iter()
            .map(move |kind| (kind, count(kind)))
            .filter(|(_, count)| *count > 0)
    }

    fn min_digits(&self) -> usize {
        self.policy.passcode.map_or(0, |passcode| passcode.min_digits)
    }
}

fn level(judged: &Judged) -> Option<Level> {
    judged.findings.iter().map(|finding| finding.kind.level()).min()
}

fn figure(count: usize, label: &str, level: Level) -> Figure {
    Figure { count, label: label.into(), level, range_of: None }
}

fn bar(kind: PasscodeFindingKind, count: usize) -> Bar {
    Bar { label: kind.label().into(), count, level: kind.level() }
}

fn masked(device: &Device) -> &'static str {
    if device.code.is_some() { MASK } else { NONE }
}

#[derive(Serialize)]
struct ReportJson {
    version: u8,
    report: Header,
    file: String,
    policy: String,
    rows: usize,
    devices: usize,
    skipped: Vec<SkippedJson>,
    findings: Vec<FindingJson>,
    summary: Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    replaced: Option<usize>,
}

#[derive(Serialize)]
struct SkippedJson {
    line: usize,
    why: &'static str,
}

#[derive(Serialize)]
struct FindingJson {
    line: usize,
    device: String,
    holder: String,
    kind: &'static str,
    rules: Vec<&'static str>,
    message: String,
    action: String,
    passcode: &'static str,
}

#[derive(Serialize)]
struct Summary {
    acting: usize,
    kinds: std::collections::BTreeMap<&'static str, usize>,
    may_be_dates: usize,
}
