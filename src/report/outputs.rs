//! The outputs that were asked for: checked before the work begins, written when it is done.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Csv, Document, html, terminal};
use crate::cli::ReportArgs;
use crate::{UsageError, is_broken_pipe, private, text};

/// Where a report goes.
#[derive(Debug)]
pub(crate) struct Outputs {
    /// What standard output gets; the report in words if it is none of these.
    printed: Option<Format>,
    files: Vec<(Format, PathBuf)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Format {
    Json,
    Csv,
    Html,
}

impl Outputs {
    /// Finds out what is wanted, and complains of what cannot be before any work is done.
    pub(crate) fn of(args: &ReportArgs) -> anyhow::Result<Self> {
        let wanted =
            [(Format::Json, &args.json), (Format::Csv, &args.csv), (Format::Html, &args.html)];
        let wanted = wanted.into_iter().filter_map(|(format, path)| Some((format, path.clone()?)));
        let (printed, files): (Vec<_>, Vec<_>) = wanted.partition(|(_, path)| is_stdout(path));
        for (number, (_, path)) in files.iter().enumerate() {
            private::must_be_new(path)?;
            if files.iter().take(number).any(|(_, other)| other == path) {
                let message = format!("{}: two reports cannot be one file", path.display());
                return Err(UsageError(message).into());
            }
        }
        let printed = match printed.as_slice() {
            [] => None,
            [(format, _)] => Some(*format),
            _ => {
                let message =
                    "only one report can go to standard output; write the others to files";
                return Err(UsageError(message.into()).into());
            }
        };
        Ok(Self { printed, files })
    }

    /// Writes all that was asked for, and `more` files besides; all files or none. What was found
    /// holds even if nobody reads it, so a reader that went away is no error.
    pub(crate) fn write(
        &self,
        document: &Document,
        json: &impl Serialize,
        csv: impl Fn() -> Csv,
        more: &[(&Path, &[u8])],
    ) -> anyhow::Result<()> {
        let render = |format| -> anyhow::Result<Vec<u8>> {
            Ok(match format {
                Format::Json => {
                    let mut bytes = serde_json::to_vec(json)?;
                    bytes.push(b'\n');
                    bytes
                }
                Format::Csv => csv().into_bytes(),
                Format::Html => html::page(document).into_bytes(),
            })
        };
        let rendered = self.files.iter().map(|(format, path)| Ok((path, render(*format)?)));
        let rendered: Vec<(&PathBuf, Vec<u8>)> = rendered.collect::<anyhow::Result<_>>()?;
        let mut files: Vec<(&Path, &[u8])> = more.to_vec();
        files.extend(rendered.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())));
        private::write_all(&files)?;
        let printed = self.printed.map(render).transpose()?;
        if let Err(error) = tell(document, printed.as_deref())
            && !is_broken_pipe(&error)
        {
            return Err(error);
        }
        for (path, _) in files {
            text::remark(&format!("{}: written; only you can read it", path.display()));
        }
        Ok(())
    }
}

fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

fn tell(document: &Document, printed: Option<&[u8]>) -> anyhow::Result<()> {
    if let Some(bytes) = printed {
        let mut out = io::stdout().lock();
        out.write_all(bytes)?;
        return Ok(out.flush()?);
    }
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    terminal::write(&mut out, document, false)?;
    Ok(out.flush()?)
}
