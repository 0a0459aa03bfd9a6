//! What can be wrong around a door: streams, limits, clock, disk.

use super::{Fault, Files, Must, Needs, compares, judges, records, remembers};
use crate::ask::Under;
use crate::doors::{Door, Thing};
use crate::sandbox::Probe;

const READ_ONLY: &str =
    "mount --bind \"$F/store\" \"$F/store\"; mount -o remount,ro,bind \"$F/store\"";
/// A disk of a megabyte without a byte left.
const FULL: &str = "mount -t tmpfs -o size=1m,mode=700 tmpfs /mnt; cp -p \"$F\"/store/* /mnt; \
                    dd if=/dev/zero of=/mnt/rest bs=4k 2> /dev/null || true; \
                    mount --move /mnt \"$F/store\"";

fn reads(door: &Door) -> bool {
    door.looks_at(Thing::Input)
}

fn answers(door: &Door) -> bool {
    door.looks_at(Thing::Output)
}

pub(super) fn faults() -> Vec<Fault> {
    let mut all = streams();
    all.extend(limits());
    all.extend(clock());
    all.extend(disks());
    all
}

fn streams() -> Vec<Fault> {
    let weak = |name, concerns, under| Fault {
        probe: Probe::Weak,
        must: Must::Refuse,
        under,
        ..Fault::new(name, concerns, &[])
    };
    let judges_aloud = |door: &Door| judges(door) && answers(door);
    let spoken = |door: &Door| judges(door) && !door.is_a_prompt();
    let empty =
        |name, under| Fault { must: Must::NotAccept, under, ..Fault::new(name, reads, &[]) };
    let mut all = vec![
        empty("standard input: closed", Under::Shell("exec \"$@\" <&-")),
        empty("standard input: empty", Under::Shell("exec \"$@\" < /dev/null")),
        Fault {
            under: Under::Shell("exec \"$@\" < ."),
            ..Fault::new("standard input: a folder", reads, &["standard input"])
        },
        weak("standard output: closed", judges_aloud, Under::Shell("exec \"$@\" >&-")),
        weak("standard error: closed", spoken, Under::Shell("exec \"$@\" 2>&-")),
        weak("both outputs: closed", spoken, Under::Shell("exec \"$@\" >&- 2>&-")),
        weak(
            "standard output: full, a weak one",
            judges_aloud,
            Under::Shell("exec \"$@\" > /dev/full"),
        ),
        weak("standard error: full", spoken, Under::Shell("exec \"$@\" 2> /dev/full")),
        weak("standard output: reader gone", judges_aloud, Under::ReaderGone),
        Fault {
            under: Under::Shell("exec \"$@\" > /dev/full"),
            ..Fault::new(
                "standard output: full, a strong one",
                // Of rows with nothing to change there is nothing to say.
                |door| answers(door) && !door.name.starts_with("starters"),
                &["standard output"],
            )
        },
    ];
    for (name, signal) in [
        ("signal: TERM", "TERM"),
        ("signal: HUP", "HUP"),
        ("signal: INT", "INT"),
        ("signal: QUIT", "QUIT"),
    ] {
        all.push(Fault {
            must: Must::NotAccept,
            under: Under::Signal(signal),
            ..Fault::new(name, |door| reads(door) || door.is_a_prompt(), &[])
        });
    }
    all
}

fn limits() -> Vec<Fault> {
    let few = |name, under| Fault {
        probe: Probe::Used,
        must: Must::NotAccept,
        under,
        ..Fault::new(name, compares, &[])
    };
    vec![
        Fault {
            probe: Probe::Used,
            files: Files::These(&["store/history.db"]),
            harm: |sandbox, _| sandbox.with_a_heavy_history(),
            under: Under::Limit("--as=209715200"),
            ..Fault::new("memory: too little for the slow hash", remembers, &["memory"])
        },
        few("descriptors: 5", Under::Limit("--nofile=5")),
        few("descriptors: 6", Under::Limit("--nofile=6")),
        few("descriptors: 7", Under::Limit("--nofile=7")),
        few("descriptors: 8", Under::Limit("--nofile=8")),
        Fault {
            under: Under::Shim("SHIM_RANDOM", ""),
            ..Fault::new(
                "random numbers: none, to make some",
                |door| ["starters --fill", "generate"].contains(&door.name),
                &["random"],
            )
        },
        Fault {
            probe: Probe::Weak,
            must: Must::NotAccept,
            under: Under::Shim("SHIM_RANDOM", ""),
            ..Fault::new("random numbers: none, to judge", judges, &[])
        },
    ]
}

fn clock() -> Vec<Fault> {
    vec![
        Fault {
            under: Under::Shim("SHIM_SECONDS", "-40000000"),
            ..Fault::new("clock: a year behind", records, &["clock"])
        },
        Fault {
            under: Under::Shim("SHIM_SECONDS", "-9000000000"),
            ..Fault::new(
                "clock: before 1970",
                |door| records(door) || door.looks_at(Thing::Passcode),
                &["clock"],
            )
        },
        Fault {
            probe: Probe::Used,
            must: Must::Refuse,
            under: Under::Shim("SHIM_SECONDS", "400000000"),
            ..Fault::new("clock: twelve years ahead", compares, &[])
        },
    ]
}

fn disks() -> Vec<Fault> {
    let mut all = Vec::new();
    for (to_record, to_compare, script) in [
        ("disk: read-only, to record", "disk: read-only, to compare", READ_ONLY),
        ("disk: full, to record", "disk: full, to compare", FULL),
    ] {
        let needs = Needs::Mounts;
        let under = Under::Mounts(script);
        let says = &["history.db", "/store"];
        all.push(Fault { needs, under, ..Fault::new(to_record, records, says) });
        let (probe, must) = (Probe::Used, Must::NotAccept);
        all.push(Fault { needs, probe, under, must, ..Fault::new(to_compare, compares, says) });
    }
    all
}
