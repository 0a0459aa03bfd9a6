//! Every way to ask strongpass for a yes.

use std::ffi::OsString;

use crate::sandbox::{self, Sandbox};

/// What a door looks at before it answers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Thing {
    Policy,
    /// The policy of passcodes.
    Passcode,
    History,
    /// A password on standard input.
    Input,
    /// A file of its own.
    File(&'static str),
    /// Its verdict, which goes to standard output.
    Output,
    /// What it records.
    Record,
}

pub(crate) struct Door {
    pub(crate) name: &'static str,
    pub(crate) looks_at: &'static [Thing],
    pub(crate) call: fn(&Sandbox) -> Call,
}

impl Door {
    pub(crate) fn looks_at(&self, thing: Thing) -> bool {
        self.looks_at.contains(&thing)
    }

    pub(crate) fn file(&self) -> Option<&'static str> {
        let file = |thing: &Thing| if let File(name) = thing { Some(*name) } else { None };
        self.looks_at.iter().find_map(file)
    }

    /// Whether others rely on it for whole machines: root runs it, not who asks.
    pub(crate) fn is_privileged(&self) -> bool {
        ["samba", "pam"].iter().any(|name| self.name.starts_with(name))
            || self.name == "history record"
    }

    pub(crate) fn is_a_prompt(&self) -> bool {
        self.name == "prompt"
    }
}

/// How a door is asked.
pub(crate) struct Call {
    pub(crate) program: OsString,
    pub(crate) args: Vec<OsString>,
    pub(crate) env: Vec<(&'static str, &'static str)>,
    pub(crate) input: Vec<u8>,
    pub(crate) at_terminal: bool,
}

use Thing::{File, History, Input, Output, Passcode, Policy, Record};

pub(crate) const DOORS: &[Door] = &[
    Door {
        name: "check",
        looks_at: &[Policy, History, Input, Output],
        call: |s| command(s, "check --stdin", ASKED),
    },
    Door {
        name: "check --json",
        looks_at: &[Policy, History, Input, Output],
        call: |s| command(s, "check --stdin --json", ASKED),
    },
    Door {
        name: "check --record",
        looks_at: &[Policy, History, Record, Input, Output],
        call: |s| command(s, "check --stdin --record", ASKED),
    },
    Door {
        name: "check --batch",
        looks_at: &[Policy, File("batch.txt"), Output],
        call: |s| command(s, "check", "--batch batch.txt"),
    },
    Door {
        name: "prompt",
        looks_at: &[Policy, History],
        call: |s| Call { at_terminal: true, ..command(s, "check", ASKED) },
    },
    Door {
        name: "samba",
        looks_at: &[Policy, History, Input],
        call: |s| command(s, "hook samba", "--history --system network"),
    },
    Door {
        name: "samba --record",
        looks_at: &[Policy, History, Record, Input],
        call: |s| command(s, "hook samba", "--history --system network --record"),
    },
    Door {
        name: "pam-exec",
        looks_at: &[Policy, History, Input],
        call: |s| command(s, "hook pam-exec", "--history"),
    },
    Door { name: "pam", looks_at: &[Policy, History], call: |s| host(s, "school") },
    Door {
        name: "pam record",
        looks_at: &[Policy, History, Record],
        call: |s| host(s, "recorded"),
    },
    Door {
        name: "history record",
        looks_at: &[History, Record],
        call: |s| command(s, "history record", "--account k.harper --system network"),
    },
    Door {
        name: "starters",
        looks_at: &[Policy, File("new.csv"), Output],
        call: |s| command(s, "starters", "new.csv"),
    },
    Door {
        name: "starters --fill",
        looks_at: &[Policy, File("blank.csv"), Output],
        call: |s| command(s, "starters", "blank.csv --fill -o filled.csv"),
    },
    Door {
        name: "generate",
        looks_at: &[Policy, Output],
        call: |s| command(s, "generate", "--number 3"),
    },
    Door {
        name: "passcode check",
        looks_at: &[Passcode, Output, Input],
        call: |s| command(s, "passcode check --stdin", ""),
    },
    Door {
        name: "passcode audit",
        looks_at: &[Passcode, File("register.csv"), Output],
        call: |s| command(s, "passcode audit", "register.csv"),
    },
    Door {
        name: "audit",
        looks_at: &[Policy, File("export.shadow"), Output],
        call: |s| command(s, "audit", "network=export.shadow --wordlist few.txt --no-defaults"),
    },
];

const ASKED: &str = "--history --account k.harper --system network";

fn command(sandbox: &Sandbox, verb: &str, rest: &str) -> Call {
    let mut args: Vec<OsString> = verb.split_whitespace().map(OsString::from).collect();
    let mut name = |flag: &str, file: &str| {
        if sandbox.named {
            args.extend([flag.into(), sandbox.path("etc/strongpass").join(file).into()]);
        }
    };
    let is_of_passcodes = verb.starts_with("passcode");
    if is_of_passcodes {
        name("--policy", "passcode.toml");
    } else if !verb.starts_with("history") {
        name("--policy", "policy.toml");
    }
    if rest.contains("--history") || verb.starts_with("history") {
        name("--history-config", "history.toml");
    }
    args.extend(rest.split_whitespace().map(OsString::from));
    let probe = sandbox.probe;
    let input = if is_of_passcodes { probe.passcode() } else { probe.password() };
    Call {
        program: env!("CARGO_BIN_EXE_strongpass").into(),
        args,
        env: vec![
            ("SAMBA_CPS_ACCOUNT_NAME", "k.harper"),
            ("PAM_TYPE", "password"),
            ("PAM_USER", "k.harper"),
            ("PAM_SERVICE", "school"),
        ],
        input: input.into(),
        at_terminal: false,
    }
}

fn host(sandbox: &Sandbox, service: &str) -> Call {
    Call {
        program: sandbox::host().into(),
        args: vec![sandbox.path("pam.d").into(), service.into()],
        env: Vec::new(),
        input: format!("k.harper\t{}\n", sandbox.probe.password()).into(),
        at_terminal: false,
    }
}
