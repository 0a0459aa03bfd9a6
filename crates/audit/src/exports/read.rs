//! Reading an export: which format each line is in.

use strongpass_tables::{Line, Lines, decode};

use super::builder::{ExportBuilder, count};
use super::checksum::Checksum;
use super::export::Export;
use super::options::ReadOptions;
use super::skipped::{Foreign, Why};
use super::table::Table;
use super::{
    cisco, console, dcsync, duplicates, earlier, foreign, json, kerberos, ldif, pairs, pgbouncer,
    pwdump, secretsdump, shadow, smbpasswd, sql,
};

/// A longer line than this holds no hash; JSON may have all in one.
const LONGEST_LINE: usize = 1 << 20;

impl Export {
    /// Reads an export. It cannot fail: what cannot be read is skipped, with its line and reason.
    ///
    /// `bytes` are the whole file, of any encoding that Windows or Unix tools write; they are
    /// wiped. `system` and `file` are kept for the report.
    pub fn read(system: &str, file: &str, bytes: Vec<u8>, options: &ReadOptions) -> Self {
        let checksum = Checksum::new(&bytes);
        Self { checksum, ..read(system, file, bytes, options) }
    }
}

fn read(system: &str, file: &str, bytes: Vec<u8>, options: &ReadOptions) -> Export {
    let mut builder = ExportBuilder::new(system, file, options);
    if u32::try_from(bytes.len()).is_err() {
        return whole(builder, Foreign::TooLarge, 1);
    }
    let mut bytes = decode(bytes);
    console::uncolour(&mut bytes);
    let all = || count(Lines::new(&bytes).count());
    if let Some(foreign) = foreign::recognised(&bytes) {
        return whole(builder, foreign, all());
    }
    if let Some(passwd) = &options.passwd {
        shadow::read_logins(&decode(passwd.clone()), &mut builder);
    }
    if json::recognised(&bytes) {
        let lines = all();
        json::read(&bytes, lines, &mut builder);
        builder.settle(1, lines);
    } else {
        builder.reserve(&bytes);
        by_lines(&bytes, &mut builder);
    }
    drop(bytes);
    shadow::join(&mut builder);
    builder.mark_administrators();
    earlier::join(&mut builder);
    kerberos::join(&mut builder);
    duplicates::skip(&mut builder);
    builder.finish()
}

/// A file that is not an export at all.
fn whole(mut builder: ExportBuilder<'_>, foreign: Foreign, lines: u32) -> Export {
    builder.skip(1, None, Why::Foreign(foreign));
    builder.settle(1, lines);
    builder.finish()
}

fn by_lines(file: &[u8], builder: &mut ExportBuilder<'_>) {
    let mut reader = Reader {
        lines: Lines::new(file),
        table: None,
        has_nul: memchr::memchr(0, file).is_some(),
        after_comment: false,
        secrets: secretsdump::Section::default(),
        router: cisco::Place::default(),
        statements: sql::Statements::default(),
    };
    loop {
        let first = reader.lines.read() + 1;
        let mut after = reader.lines.clone();
        let Some(line) = after.next() else { break };
        reader.read(line, after, builder);
        builder.settle(first, reader.lines.read() + 1 - first);
    }
}

/// Where in a file the reader is, and what it must know of lines before.
struct Reader<'a> {
    lines: Lines<'a>,
    table: Option<Table>,
    has_nul: bool,
    /// The line before was a comment, which the next may continue if it begins with a space.
    after_comment: bool,
    /// Whose the secrets of Windows are that follow.
    secrets: secretsdump::Section,
    /// The part of a configuration of a switch.
    router: cisco::Place,
    /// Whether the lines are SQL.
    statements: sql::Statements,
}

impl<'a> Reader<'a> {
    /// Reads what begins with that line: it alone, or an entry of several.
    fn read(&mut self, line: Line<'a>, after: Lines<'a>, builder: &mut ExportBuilder<'_>) {
        let begin = std::mem::replace(&mut self.lines, after);
        let continues = std::mem::take(&mut self.after_comment) && line.bytes.starts_with(b" ");
        let line = console::unprefixed(line);
        let is_fast = self.table.is_none() && !self.has_nul;
        if is_fast && pwdump::read(line, builder) {
            return;
        }
        let text = line.bytes.trim_ascii();
        if text.is_empty() {
            return builder.blank();
        }
        if console::is_rule(text) {
            return builder.beside();
        }
        let is_row = |table: &mut Table| text.starts_with(b"#") && table.has_row(begin.clone());
        let is_row = self.table.as_mut().is_some_and(is_row);
        if text.starts_with(b"#") && !is_row || continues {
            self.after_comment = true;
            return builder.comment();
        }
        if self.has_nul && line.bytes.contains(&0) {
            return builder.skip(line.number, None, Why::Nul);
        }
        let mut misfit = None;
        if let Some(table) = &mut self.table {
            let mut rows = begin.clone();
            match table.read(&mut rows, builder) {
                Ok(()) => {
                    self.lines = rows;
                    return;
                }
                Err(cells) => misfit = Some(cells),
            }
        }
        if ldif::recognised(line.bytes) {
            self.lines = begin;
            return ldif::read(&mut self.lines, builder);
        }
        if line.bytes.len() > LONGEST_LINE {
            return builder.skip(line.number, None, Why::TooLong);
        }
        if self.alone(line, builder) {
            return;
        }
        let mut lines = begin;
        if let Some(table) = Table::headed(&mut lines) {
            self.lines = lines;
            if table.has_hash {
                builder.skip(line.number, None, Why::HashInHeading);
            }
            self.table = Some(table);
            return builder.beside();
        }
        // What is made nothing of at all is skipped when the line is settled.
        if let Some(cells) = misfit {
            builder.skip(line.number, None, cells);
        }
    }

    /// Reads a line that is a whole entry.
    fn alone(&mut self, line: Line<'a>, builder: &mut ExportBuilder<'_>) -> bool {
        pwdump::read(line, builder)
            || self.secrets.read(line, builder)
            || dcsync::read(line, builder)
            || pgbouncer::read(line, builder)
            || smbpasswd::read(line, builder)
            || shadow::read(line, builder)
            || self.statements.read(line, builder)
            || self.router.read(line, builder)
            || pairs::read(line, builder)
            || self.secrets.read_in_clear(line, builder)
    }
}
