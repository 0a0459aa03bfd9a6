//! Prints made-up passwords, one a line: `made_up KIND COUNT [SEED]`; `made_up` lists the kinds.
//!
//! For benches and tests of the whole command; nobody's password is in it.

use std::io::{self, BufWriter, Write};

#[path = "../tests/corpus/mod.rs"]
mod corpus;

fn main() -> io::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let mut out = BufWriter::new(io::stdout().lock());
    let kind = args.first().and_then(|kind| corpus::maker(kind));
    let count = args.get(1).and_then(|count| count.parse::<usize>().ok());
    let (Some(maker), Some(count)) = (kind, count) else {
        for (kind, _) in corpus::KINDS {
            writeln!(out, "{kind}")?;
        }
        return out.flush();
    };
    let seed = args.get(2).and_then(|seed| seed.parse().ok()).unwrap_or(1);
    let mut seeded = corpus::Seeded::new(seed);
    for _ in 0..count {
        writeln!(out, "{}", maker(&mut seeded))?;
    }
    out.flush()
}
