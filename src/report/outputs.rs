//! The flags that all reports share, and the outputs that they ask for: checked before the work
//! begins, written when it is done.

use std::borrow::Cow;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueHint};
use serde::Serialize;
use strongpass_age::Recipient;
use strongpass_report::{Csv, Document, Responsibility, page, write_json};
use strongpass_terminal::Told;
use strongpass_terminal::text;

use super::recipients;
use crate::exit::UsageError;
use crate::{output, private};

#[derive(Args, Debug)]
#[command(next_help_heading = "Report")]
pub(crate) struct ReportArgs {
    /// Answer in JSON, or write the report in JSON into a file
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    #[arg(num_args = 0..=1, require_equals = true, default_missing_value = "-")]
    pub(crate) json: Option<PathBuf>,
    /// Write the findings as a table for spreadsheets (`-`: standard output)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) csv: Option<PathBuf>,
    /// Write the report as one page, to read, print or hand in (`-`: standard output)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(crate) html: Option<PathBuf>,
    /// Encrypt every file that is written, for this recipient (age1…) or all in a file (may be
    /// repeated); the answer then names nobody
    #[arg(long, value_name = "RECIPIENT|FILE", value_hint = ValueHint::FilePath)]
    pub(crate) encrypt_to: Vec<String>,
    /// What the report is for, if not what its head says by itself
    #[arg(long, value_name = "TEXT")]
    pub(crate) purpose: Option<String>,
    /// Who allowed it to be made
    #[arg(long, value_name = "NAME")]
    pub(crate) authorised_by: Option<String>,
    /// Who makes it; by default the name under which you are logged in
    #[arg(long, value_name = "NAME")]
    pub(crate) operator: Option<String>,
    /// For how many days it may be kept; its head says until when
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=3650))]
    pub(crate) keep_days: u32,
    /// Say everything here, however long it is; else a report has 40 lines at most
    #[arg(long)]
    pub(crate) all: bool,
}

impl ReportArgs {
    /// Who answers for the report, and until when it may be kept.
    pub(crate) fn responsibility(&self) -> Responsibility {
        Responsibility {
            purpose: self.purpose.clone(),
            operator: self.operator.clone().or_else(user),
            authorised_by: self.authorised_by.clone(),
            keep_days: self.keep_days,
        }
    }
}

/// The name under which someone is logged in. It is only printed; nothing is decided by it.
fn user() -> Option<String> {
    let names = ["SUDO_USER", "USER", "LOGNAME", "USERNAME"];
    names.into_iter().filter_map(std::env::var_os).find_map(|name| {
        let name = name.into_string().ok()?;
        (!name.is_empty()).then_some(name)
    })
}

/// Where a report goes.
#[derive(Debug)]
pub(crate) struct Outputs {
    /// What standard output gets; the report in words if it is none of these.
    printed: Option<Format>,
    files: Vec<(Format, PathBuf)>,
    /// For whom files are encrypted, if they are.
    recipients: Vec<Recipient>,
    /// Whether the report in words is told whole.
    all: bool,
}

/// A file that a command writes besides its reports.
pub(crate) struct Extra<'a> {
    pub(crate) path: &'a Path,
    pub(crate) bytes: &'a [u8],
    /// Whether it is encrypted already; else it is as the reports are.
    pub(crate) sealed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Json,
    Csv,
    Html,
}

impl Outputs {
    /// Finds out what is wanted, and complains of what cannot be before any work is done; `more` says
    /// whether the command writes other files besides.
    pub(crate) fn from_args(args: &ReportArgs, more: bool) -> anyhow::Result<Self> {
        let wanted =
            [(Format::Json, &args.json), (Format::Csv, &args.csv), (Format::Html, &args.html)];
        let wanted = wanted.into_iter().filter_map(|(format, path)| Some((format, path.clone()?)));
        let (printed, files): (Vec<_>, Vec<_>) = wanted.partition(|(_, path)| is_stdout(path));
        let recipients = recipients::read(&args.encrypt_to)?;
        if let [_, _, ..] = printed.as_slice() {
            return usage("only one report can go to standard output; write the others to files");
        }
        if !recipients.is_empty() && !printed.is_empty() {
            return usage("what is encrypted goes into a file: give the report a name");
        }
        if !recipients.is_empty() && files.is_empty() && !more {
            return usage(
                "there is nothing to encrypt; ask for a file, such as --html report.html",
            );
        }
        let printed = printed.first().map(|(format, _)| *format);
        let outputs = Self { printed, files, recipients, all: args.all };
        let paths = outputs.files.iter().map(|(_, path)| outputs.named(path, false));
        let paths: Vec<PathBuf> = paths.collect();
        for (number, path) in paths.iter().enumerate() {
            private::must_be_new(path)?;
            if paths.iter().take(number).any(|other| other == path) {
                return usage(&format!("{}: two files cannot be one", path.display()));
            }
        }
        Ok(outputs)
    }

    /// Complains if a file that is written besides exists already.
    pub(crate) fn must_be_new(&self, path: &Path, sealed: bool) -> anyhow::Result<()> {
        private::must_be_new(&self.named(path, sealed))
    }

    /// Writes all that was asked for, and `more` files besides: of these all or none, of the reports
    /// each that can be written. An error is for [`output::settle`]: what was found holds even if nobody
    /// reads it.
    pub(crate) fn write(
        &self,
        document: impl Fn() -> Document,
        json: &impl Serialize,
        csv: impl Fn() -> Csv,
        more: &[Extra<'_>],
    ) -> anyhow::Result<()> {
        let render = |format| -> anyhow::Result<Vec<u8>> {
            Ok(match format {
                Format::Json => {
                    let mut bytes = Vec::new();
                    write_json(&mut bytes, json)?;
                    bytes.push(b'\n');
                    bytes
                }
                Format::Csv => csv().into_bytes(),
                Format::Html => page(&document()).into_bytes(),
            })
        };
        let written = self.write_files(&render, more);
        let told = self.tell(&document, json, render);
        written.and(told)
    }

    fn write_files(
        &self,
        render: &impl Fn(Format) -> anyhow::Result<Vec<u8>>,
        more: &[Extra<'_>],
    ) -> anyhow::Result<()> {
        let mut files = Vec::new();
        for &Extra { path, bytes, sealed } in more {
            let bytes = if sealed { bytes.into() } else { self.sealed(bytes.into())? };
            files.push((self.named(path, sealed), bytes));
        }
        let mut written = keep(&files);
        if written.is_ok() {
            for (format, path) in &self.files {
                let bytes = self.sealed(render(*format)?.into())?;
                // One that cannot be written is no reason to lose the others.
                let kept = keep(&[(self.named(path, false), bytes)]);
                written = written.and(kept);
            }
        }
        written
    }

    fn is_sealed(&self) -> bool {
        !self.recipients.is_empty()
    }

    /// The name of a file as it is written: what is encrypted says so.
    fn named(&self, path: &Path, sealed: bool) -> PathBuf {
        let mut name = path.as_os_str().to_owned();
        if (sealed || self.is_sealed()) && path.extension().is_none_or(|end| end != "age") {
            name.push(".age");
        }
        name.into()
    }

    /// Its content as it is written.
    fn sealed<'b>(&self, bytes: Cow<'b, [u8]>) -> anyhow::Result<Cow<'b, [u8]>> {
        Ok(if self.is_sealed() {
            strongpass_age::seal(&bytes, &self.recipients)?.into()
        } else {
            bytes
        })
    }

    /// Writes to standard output; JSON as it is made, because it may be large.
    fn tell(
        &self,
        document: impl Fn() -> Document,
        json: &impl Serialize,
        render: impl Fn(Format) -> anyhow::Result<Vec<u8>>,
    ) -> anyhow::Result<()> {
        match self.printed {
            None => output::try_to_people(|out| {
                let pages = self.files.iter().filter(|(format, _)| *format == Format::Html);
                let page = pages.map(|(_, path)| self.named(path, false).display().to_string());
                let page = page.reduce(|_, last| last);
                let told = Told {
                    sealed: self.is_sealed(),
                    all: self.all,
                    page: page.as_deref(),
                    width: text::width(),
                };
                Ok(strongpass_terminal::write(out, &document(), told)?)
            }),
            Some(Format::Json) => output::try_to_programs(|out| {
                write_json(out, json)?;
                Ok(writeln!(out)?)
            }),
            Some(format) => output::try_to_programs(|out| Ok(out.write_all(&render(format)?)?)),
        }
    }
}

/// Writes files, all or none, and says so.
fn keep(files: &[(PathBuf, Cow<'_, [u8]>)]) -> anyhow::Result<()> {
    let parts: Vec<(&Path, &[u8])> =
        files.iter().map(|(path, bytes)| (path.as_path(), &**bytes)).collect();
    private::write_all(&parts)?;
    for (path, bytes) in parts {
        let sealed = strongpass_age::is_age(bytes);
        let who = if sealed { "encrypted" } else { "only you can read it" };
        text::remark(&format!("{}: written; {who}", path.display()));
    }
    Ok(())
}

fn usage<T>(message: &str) -> anyhow::Result<T> {
    Err(UsageError(message.to_owned()).into())
}

fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}
