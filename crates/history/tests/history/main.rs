//! The history as a door meets it: on a disk, beside other processes, after a crash.

#[cfg(test)]
mod crash;
#[cfg(test)]
mod crowd;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod flow;
#[cfg(test)]
mod lasting;
#[cfg(test)]
mod moving;
#[cfg(test)]
mod place;
#[cfg(test)]
mod scale;
