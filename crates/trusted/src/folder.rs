//! An open folder, and what can be asked of a name in it.
//!
//! On Linux a descriptor, so that what was looked at cannot be exchanged; elsewhere a path.

#[cfg(target_os = "linux")]
mod descriptor;
mod how;
#[cfg(not(target_os = "linux"))]
mod path;

#[cfg(target_os = "linux")]
pub(crate) use descriptor::{Folder, Thing};
#[cfg(not(target_os = "linux"))]
pub(crate) use path::{Folder, Thing};

pub(crate) use how::How;

/// The number of the user for whom this process acts; 0 where there is no such number.
pub(crate) fn effective_user() -> u32 {
    #[cfg(unix)]
    return rustix::process::geteuid().as_raw();
    #[cfg(not(unix))]
    0
}

/// The number of the group for which this process acts; 0 where there is no such number.
pub(crate) fn effective_group() -> u32 {
    #[cfg(unix)]
    return rustix::process::getegid().as_raw();
    #[cfg(not(unix))]
    0
}
