//! `man` and `completions`: made from the same definitions as the help texts.

use std::fs;
use std::io::Write as _;

use anyhow::Context as _;
use clap::CommandFactory;

use crate::cli::{Cli, CompletionsArgs, ManArgs};
use crate::exit::Exit;
use crate::output;

pub(crate) fn pages(args: &ManArgs) -> anyhow::Result<Exit> {
    let command = Cli::command();
    match &args.dir {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command).render(&mut page)?;
            Ok(output::to_programs(Exit::Yes, |out| Ok(out.write_all(&page)?)))
        }
        Some(dir) => {
            let name = || dir.display().to_string();
            fs::create_dir_all(dir).with_context(name)?;
            clap_mangen::generate_to(command, dir).with_context(name)?;
            Ok(Exit::Yes)
        }
    }
}

pub(crate) fn completions(args: &CompletionsArgs) -> Exit {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "strongpass", &mut script);
    output::to_programs(Exit::Yes, |out| Ok(out.write_all(&script)?))
}
