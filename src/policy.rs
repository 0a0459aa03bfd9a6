//! `policy`: show, explain and verify policies.

use std::io::Write;

use strongpass_gate::BreachLookUp;
use strongpass_policy::{Mode, Policy};
use strongpass_terminal::text;

use crate::cli::PolicyCommand;
use crate::exit::Exit;
use crate::{output, setup};

pub(crate) fn run(command: &PolicyCommand) -> anyhow::Result<Exit> {
    Ok(match command {
        PolicyCommand::List => output::to_people(Exit::Yes, |out| {
            for policy in Policy::PRESETS.into_iter().filter_map(Policy::preset) {
                writeln!(out, "{:18} {}", policy.name, policy.title)?;
            }
            Ok(())
        }),
        PolicyCommand::Show(name) => {
            let toml = setup::policy(name.policy.as_deref())?.policy.to_toml();
            output::to_programs(Exit::Yes, |out| Ok(write!(out, "{toml}")?))
        }
        PolicyCommand::Check { file } => {
            let in_force = setup::policy_file(file)?;
            setup::dictionary(&in_force, &[])?;
            setup::school(&in_force)?;
            BreachLookUp::find(&in_force).map_err(setup::failed)?;
            let good =
                format!("{}: good; its name is \"{}\"", file.display(), in_force.policy.name);
            output::to_people(Exit::Yes, |out| Ok(writeln!(out, "{}", text::printable(&good))?))
        }
        PolicyCommand::Explain(name) => {
            let policy = setup::policy(name.policy.as_deref())?.policy;
            output::to_people(Exit::Yes, |out| explain(out, &policy))
        }
    })
}

fn explain(out: &mut impl Write, policy: &Policy) -> anyhow::Result<()> {
    let mut paragraphs = vec![policy.sentence()];
    if policy.passcode.is_none() {
        paragraphs.extend(match policy.dictionary {
            Mode::Strict => vec![
                "No part of it may be a word, a name, a place, a date or a run of keys: not \
                 backwards, not with numbers for letters (p@ssw0rd), not with other characters in \
                 between (p.a.s.s)."
                    .into(),
                "Three random words are easier to remember and hard to guess, but this policy \
                 does not accept words. `strongpass generate` makes passwords that it accepts."
                    .into(),
            ],
            Mode::Whole => {
                vec!["Words are welcome, but one word with something added is not enough.".into()]
            }
            Mode::Off => Vec::new(),
        });
    }
    for (i, paragraph) in paragraphs.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        text::paragraph(out, paragraph)?;
    }
    Ok(())
}
