//! What others may see of this process's memory, and what is left in it.
//!
//! What the program itself holds of a secret is wiped where it is held. Here is what no single place
//! can see to: copies that libraries make on the heap and the compiler on the stack, core dumps,
//! debuggers.

use std::alloc::System;
use std::hint::black_box;
use std::mem::MaybeUninit;

use zeroizing_alloc::ZeroAlloc;

/// Memory is wiped when it is given back, whoever used it; a vector that grows leaves nothing.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// More of the stack than judging a password and estimating its strength use: `ulimit -s 64` is
/// enough for the whole program.
const STACK: usize = 64 << 10;
/// What is overwritten at a time: small enough for stores rather than a call of `memset`.
type Slot = MaybeUninit<[u8; 256]>;

/// Keeps the memory of this process from core dumps, debuggers and programs of the same user.
///
/// Where the system refuses, the program does what it is for all the same.
///
/// Sources: getrlimit(2), `PR_SET_DUMPABLE` of prctl(2).
pub(crate) fn seal() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) }).ok();
    }
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        set_dumpable_behavior(DumpableBehavior::NotDumpable).ok();
    }
}

/// Does something with a secret, and overwrites what it left on the stack.
pub(crate) fn wiping_stack<T>(work: impl FnOnce() -> T) -> T {
    let done = below(work);
    wipe();
    done
}

/// A frame of its own, so that all that `work` uses lies where [`wipe`] writes.
#[inline(never)]
fn below<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
#[expect(clippy::large_stack_arrays, reason = "to be as large as what it overwrites")]
fn wipe() {
    let mut stack = [const { Slot::uninit() }; STACK / size_of::<Slot>()];
    for slot in &mut stack {
        // Nobody can tell that these zeros are not looked at, so they are written.
        black_box(slot.write([0; _]));
    }
}
