//! A made-up export of a domain, and what it costs to load one.
//!
//! ```sh
//! cargo build --release -p strongpass-audit --example load
//! target/release/examples/load make 1000000 > domain.ntds
//! /usr/bin/time -v target/release/examples/load domain.ntds
//! ```

#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    clippy::print_stdout,
    reason = "an example opens files and prints"
)]

use std::io::{BufWriter, Write as _};
use std::{env, fs, io};

use strongpass_audit::{Export, ReadOptions};

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["make", accounts] => make(accounts.parse().map_err(io::Error::other)?),
        [file] => {
            let export = Export::read("network", file, fs::read(file)?, &ReadOptions::default());
            let lines = export.lines;
            assert_eq!(lines.all, lines.loaded, "made-up exports are without faults");
            assert_eq!(usize::try_from(lines.loaded).ok(), Some(export.credentials.len()));
            println!("{} accounts", export.credentials.len());
            Ok(())
        }
        _ => Err(io::Error::other("load FILE, or load make ACCOUNTS")),
    }
}

/// Lines as secretsdump writes them with `-user-status -pwd-last-set`.
fn make(accounts: u32) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let mut digest: u128 = 1;
    for account in 0..accounts {
        // A random-looking NT hash: the high bits of a multiplication, step by step.
        digest = digest.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(1);
        let rid = 1000 + account;
        writeln!(
            out,
            "school.local\\user{account:07}:{rid}:aad3b435b51404eeaad3b435b51404ee:{digest:032x}::: \
             (pwdLastSet=2026-09-01 08:12) (status=Enabled)"
        )?;
    }
    out.flush()
}
