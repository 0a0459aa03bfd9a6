//! Statements of SQL that make accounts: `pg_dumpall --roles-only`, `SHOW CREATE USER` of `MySQL` and
//! `MariaDB`, `sp_help_revlogin` of SQL Server, `DBMS_METADATA` of Oracle.

use strongpass_tables::Line;
use zeroize::Zeroizing;

use super::Format;
use super::account_names;
use super::builder::{About, ExportBuilder};
use super::columns;
use super::credential::AccountStatus;
use super::secret::Secret;
use super::skipped::Why;

/// Whether the lines before were statements.
#[derive(Default)]
pub(super) struct Statements {
    inside: bool,
}

impl Statements {
    /// Reads a line of it; `false` if it is something else.
    pub(super) fn read(&mut self, line: Line<'_>, builder: &mut ExportBuilder<'_>) -> bool {
        let text = line.bytes.trim_ascii();
        if is_comment(text) {
            self.inside = true;
            builder.comment();
            return true;
        }
        let words = words(text);
        let statement = Statement::parse(&words).filter(|one| self.inside || one.is_certain());
        let Some(statement) = statement else { return self.beside(&words, builder) };
        self.inside = true;
        let Some(secret) = statement.secret(builder) else {
            builder.beside();
            return true;
        };
        builder.is(Format::Sql);
        let about = statement.about(builder);
        match secret {
            Ok(secret) => builder.load(line.number, statement.account, secret, about),
            Err(why) => builder.skip(line.number, Some(statement.account), why),
        }
        true
    }

    /// Passes over other statements, and over what continues one, if no password can be in them.
    fn beside(&mut self, words: &[Word], builder: &mut ExportBuilder<'_>) -> bool {
        const VERBS: [&str; 13] = [
            "SET",
            "GRANT",
            "REVOKE",
            "COMMENT",
            "ALTER",
            "CREATE",
            "DROP",
            "USE",
            "GO",
            "EXEC",
            "DEFAULT",
            "TEMPORARY",
            "PROFILE",
        ];
        let Some(first) = words.first() else { return false };
        let is_verb = VERBS.iter().any(|verb| first.is(verb));
        // What psql obeys: `\connect`, `\restrict`.
        let is_command = first.text.starts_with(b"\\") && words.len() <= 2;
        let ends = words.last().is_some_and(|last| last.is(";"));
        let tells = |word: &Word| {
            word.is("PASSWORD") || word.is("IDENTIFIED") || columns::is_signed(&word.text)
        };
        let is_statement = is_verb && (ends || self.inside) || is_command && self.inside;
        if !is_statement || words.iter().any(tells) {
            return false;
        }
        self.inside = true;
        builder.beside();
        true
    }
}

/// `-- Roles`, or of several lines `/* …`, `** … */`; a hash is never in it, but may be in what
/// `MySQL` writes as `/*!80001 … */`.
fn is_comment(text: &[u8]) -> bool {
    let is_blank = |rest: &[u8]| matches!(rest, [] | [b' ', ..]);
    let marks: [&[u8]; 3] = [b"--", b"/*", b"**"];
    let mut behind = marks.iter().filter_map(|mark| text.strip_prefix(*mark));
    behind.any(|rest| is_blank(rest) && !rest.contains(&b'$'))
}

/// A word of a statement, a sign, or what stands in marks.
struct Word {
    text: Zeroizing<Vec<u8>>,
    /// The mark before it: `'`, `"`, a backtick or `[`.
    mark: Option<u8>,
}

impl Word {
    fn is(&self, word: &str) -> bool {
        self.mark.is_none() && self.text.eq_ignore_ascii_case(word.as_bytes())
    }

    /// A text in marks, or a number in hexadecimal.
    fn is_literal(&self) -> bool {
        match self.mark {
            Some(mark) => mark == b'\'',
            None => self.text.starts_with(b"0x"),
        }
    }
}

fn words(text: &[u8]) -> Vec<Word> {
    let mut words = Vec::new();
    let mut rest = text.trim_ascii_start();
    while let [first, after @ ..] = rest {
        let (word, behind) = match first {
            b'\'' | b'"' | b'`' => marked(*first, *first, after),
            b'[' => marked(b'[', b']', after),
            b'=' | b';' | b',' | b'(' | b')' | b'@' => (Word::bare(&[*first]), after),
            _ => {
                let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"'\"`=;,()@".contains(byte);
                let end = rest.iter().position(is_end).unwrap_or(rest.len());
                let (word, behind) = rest.split_at_checked(end).unwrap_or((rest, b""));
                (Word::bare(word), behind)
            }
        };
        words.push(word);
        rest = behind.trim_ascii_start();
    }
    words
}

impl Word {
    fn bare(text: &[u8]) -> Self {
        Self { text: Zeroizing::new(text.to_vec()), mark: None }
    }
}

/// What stands between marks, of which two stand for one, and what follows.
fn marked(mark: u8, end: u8, mut rest: &[u8]) -> (Word, &[u8]) {
    let mut text = Zeroizing::new(Vec::with_capacity(rest.len()));
    loop {
        let at = memchr::memchr(end, rest).unwrap_or(rest.len());
        let (inside, behind) = rest.split_at_checked(at).unwrap_or((rest, b""));
        text.extend_from_slice(inside);
        match behind {
            [_, again, after @ ..] if *again == end => {
                text.push(end);
                rest = after;
            }
            [_, after @ ..] => return (Word { text, mark: Some(mark) }, after),
            [] => return (Word { text, mark: Some(mark) }, b""),
        }
    }
}

/// A statement that says something of an account.
struct Statement<'w> {
    account: &'w [u8],
    rest: &'w [Word],
    is_new: bool,
}

impl<'w> Statement<'w> {
    /// `CREATE ROLE name …`, `ALTER USER 'name'@'host' …`, `GRANT … TO name IDENTIFIED …`.
    fn parse(words: &'w [Word]) -> Option<Self> {
        let first = words.first()?;
        let at = if first.is("GRANT") && words.iter().any(|word| word.is("IDENTIFIED")) {
            words.iter().position(|word| word.is("TO"))? + 1
        } else if first.is("CREATE") || first.is("ALTER") {
            let is_kind = |word: &&Word| ["ROLE", "USER", "LOGIN"].iter().any(|kind| word.is(kind));
            // CREATE OR REPLACE USER
            let at = if words.get(1).is_some_and(|word| word.is("OR")) { 3 } else { 1 };
            words.get(at).filter(is_kind)?;
            let at = at + 1;
            let condition = words.iter().skip(at).take(3);
            let skipped = condition
                .filter(|word| ["IF", "NOT", "EXISTS"].iter().any(|condition| word.is(condition)));
            at + skipped.count()
        } else {
            return None;
        };
        let account = words.get(at)?.text.as_slice();
        let rest = words.get(at + 1..)?;
        let is_new = first.is("CREATE");
        (!account.is_empty() && account != b";").then_some(Self { account, rest, is_new })
    }

    /// Whether it is a statement and no sentence that begins like one.
    fn is_certain(&self) -> bool {
        let ends = self.rest.last().is_some_and(|last| last.is(";"));
        ends || self.has("IDENTIFIED") || self.has("HASHED") || self.is_of_host()
    }

    /// Whether the account is one of `MySQL`: `'tom'@'%'`.
    fn is_of_host(&self) -> bool {
        self.rest.first().is_some_and(|word| word.is("@"))
    }

    fn has(&self, word: &str) -> bool {
        self.rest.iter().any(|one| one.is(word))
    }

    /// The text behind one of these words, with or without `=` between.
    fn behind(&self, wanted: &[&str]) -> Option<&'w Word> {
        let mut before: Option<&Word> = None;
        for word in self.rest.iter().filter(|word| !word.is("=")) {
            let is_wanted = before.is_some_and(|before| wanted.iter().any(|one| before.is(one)));
            if is_wanted && (word.is_literal() || word.mark.is_some()) {
                return Some(word);
            }
            before = Some(word);
        }
        None
    }

    /// The password of the account, if the statement has one.
    fn secret(&self, builder: &ExportBuilder<'_>) -> Option<Result<Secret, Why>> {
        if let Some(stored) = self.behind(&["AS", "VALUES", "USING"]) {
            return Some(builder.secret(self.account, &stored.text));
        }
        let Some(stored) = self.behind(&["PASSWORD", "BY"]) else {
            let plugin = self.behind(&["WITH"]);
            let asks = plugin.is_none_or(|plugin| columns::asks_for_password(&plugin.text));
            let is_blank = self.is_new && self.is_of_host() && asks && !self.has("VIA");
            return is_blank.then_some(Ok(Secret::Blank));
        };
        let text = stored.text.as_slice();
        // By its form it is a hash, or else the password itself.
        let is_hash = stored.mark.is_none()
            || text.starts_with(b"*") && self.has("IDENTIFIED")
            || text.starts_with(b"md5") && text.len() == 35
            || columns::is_signed(text);
        Some(match text {
            [] => Err(Why::NoPassword),
            text if is_hash => builder.secret(self.account, text),
            text => Ok(Secret::from_clear(text)),
        })
    }

    fn about(&self, builder: &ExportBuilder<'_>) -> About {
        let is_over = self.behind(&["UNTIL"]).is_some_and(|day| builder.is_past(&day.text));
        let is_off = self.has("NOLOGIN") || self.has("LOCK") || self.has("DISABLE") || is_over;
        let status = if is_off { AccountStatus::Disabled } else { AccountStatus::Enabled };
        About {
            kind: account_names::kind(self.account),
            status,
            privileged: self.has("SUPERUSER"),
            ..About::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Export, ReadOptions, Secret};

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let file = format!("{line}\n").into_bytes();
        let export = Export::read("database", "a", file, &ReadOptions::default());
        let loaded = export.credentials.iter().map(|one| {
            let scheme = match &one.secret {
                Secret::Hash(hash) => hash.setting.scheme().id().to_owned(),
                Secret::Clear(clear) => format!("clear {}", clear.expose().unwrap_or_default()),
                Secret::Blank => "blank".to_owned(),
                Secret::Nt(_) => "nt".to_owned(),
            };
            format!("{} {scheme} {:?}", export.text(one.account), one.status)
        });
        let skipped = export.skipped.iter().map(|one| one.why.id().to_owned());
        let seen: Vec<String> = loaded.chain(skipped).collect();
        assert_eq!(seen.join(", "), expected, "{line}");
    }

    const NATIVE: &str = "*94BDCEBE19083CE2A1F959FD02F964C7AF4CFC29";
    const MD5: &str = "md5a3743221209085034fbbc9b9ff0daeae";

    #[test]
    fn postgresql() {
        check(&format!("ALTER ROLE tom WITH LOGIN PASSWORD '{MD5}';"), "tom postgres-md5 Enabled");
        check(
            &format!("CREATE ROLE \"to\"\"m x\" NOLOGIN PASSWORD '{MD5}' VALID UNTIL 'infinity';"),
            "to\"m x postgres-md5 Disabled",
        );
        check("ALTER ROLE tom PASSWORD 'It''s me';", "tom clear It's me Enabled");
        check("CREATE ROLE tom;", "");
        check("--\n-- Roles\n--\nSET client_encoding = 'UTF8';\n\\restrict a1B2c3", "");
        check("ALTER ROLE tom WITH PASSWORD NULL;", "");
    }

    #[test]
    fn mysql_and_mariadb() {
        let plugin = "CREATE USER `tom`@`%` IDENTIFIED WITH 'mysql_native_password'";
        check(
            &format!("{plugin} AS '{NATIVE}' REQUIRE NONE ACCOUNT LOCK"),
            "tom mysql-sha1 Disabled",
        );
        check(&format!("{plugin} REQUIRE NONE ACCOUNT UNLOCK"), "tom blank Enabled");
        check("CREATE USER 'tom'@'%' IDENTIFIED WITH 'auth_socket'", "");
        check("CREATE USER `tom`@`%` IDENTIFIED VIA unix_socket", "");
        check("CREATE USER `tom`@`%`", "tom blank Enabled");
        check(
            &format!("GRANT USAGE ON *.* TO 'tom'@'%' IDENTIFIED BY PASSWORD '{NATIVE}'"),
            "tom mysql-sha1 Enabled",
        );
        check(
            &format!("CREATE USER `tom`@`%` IDENTIFIED VIA mysql_native_password USING '{NATIVE}'"),
            "tom mysql-sha1 Enabled",
        );
    }

    #[test]
    fn sql_server_and_oracle() {
        let digits = "0100".to_owned() + &"5A".repeat(24);
        let login = format!(
            "CREATE LOGIN [tom] WITH PASSWORD = 0x{digits} HASHED, SID = 0x5A5A, CHECK_POLICY = OFF"
        );
        check(&login, "tom mssql-sha1 Enabled");
        check(&format!("{login}; ALTER LOGIN [tom] DISABLE"), "tom mssql-sha1 Disabled");
        let verifier = "5A".repeat(30);
        check(
            &format!(
                "   CREATE USER \"TOM\" IDENTIFIED BY VALUES 'S:{verifier}'\n      DEFAULT TABLESPACE \"USERS\"\n"
            ),
            "TOM oracle-sha1 Enabled",
        );
        check("CREATE USER \"TOM\" IDENTIFIED BY VALUES '5A5A5A5A5A5A5A5A'", "unknown-hash");
    }

    #[test]
    fn what_is_no_statement() {
        check("Create a user and say the password to nobody", "unrecognised");
        check("SET PASSWORD FOR tom = 'Kestrel!92';", "unrecognised");
    }
}
