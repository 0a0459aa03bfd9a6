//! What is in the memory of another process.

use std::collections::HashMap;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;

/// This many bytes in a row of a password are found.
const PIECE: usize = 6;

/// Every piece of a password in UTF-8 and UTF-16, by its first two bytes.
pub(crate) struct Scanner {
    pieces: HashMap<[u8; 2], Vec<Vec<u8>>>,
    longest: usize,
}

impl Scanner {
    pub(crate) fn for_pieces_of(secret: &str) -> Self {
        let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let narrow = secret.as_bytes().windows(PIECE).map(<[u8]>::to_vec);
        let wide = wide.windows(2 * PIECE).step_by(2).map(<[u8]>::to_vec);
        Self::new(narrow.chain(wide).collect())
    }

    /// For these bytes and nothing less.
    pub(crate) fn for_all_of(bytes: &[u8]) -> Self {
        Self::new(vec![bytes.to_vec()])
    }

    fn new(all: Vec<Vec<u8>>) -> Self {
        let mut pieces: HashMap<[u8; 2], Vec<Vec<u8>>> = HashMap::new();
        let longest = all.iter().map(Vec::len).max().unwrap();
        for piece in all {
            pieces.entry([piece[0], piece[1]]).or_default().push(piece);
        }
        Self { pieces, longest }
    }

    /// Where it is in all memory that the process can read: the names of the mappings, and what.
    pub(crate) fn find_in(&self, pid: u32) -> Vec<String> {
        let mut begins = vec![false; 1 << 16];
        for [first, second] in self.pieces.keys() {
            begins[usize::from(*first) << 8 | usize::from(*second)] = true;
        }
        let memory = File::open(format!("/proc/{pid}/mem")).unwrap();
        let (mut found, mut read) = (Vec::new(), 0);
        for mapping in fs::read_to_string(format!("/proc/{pid}/maps")).unwrap().lines() {
            let mut fields = mapping.split_whitespace();
            let (range, modes) = (fields.next().unwrap(), fields.next().unwrap());
            let name = fields.nth(3).unwrap_or("nameless");
            if !modes.starts_with('r') || name.starts_with("[v") {
                continue;
            }
            let (start, end) = range.split_once('-').unwrap();
            let address = |digits| u64::from_str_radix(digits, 16).unwrap();
            let (start, end) = (address(start), address(end));
            let mut at = start;
            let mut bytes = vec![0; 1 << 20];
            while at < end {
                let most = bytes.len().min(usize::try_from(end - at).unwrap());
                // Behind the end of a mapped file there is nothing.
                let Ok(n @ 1..) = memory.read_at(&mut bytes[..most], at) else { break };
                read += n;
                for (place, pair) in bytes[..n].windows(2).enumerate() {
                    if !begins[usize::from(pair[0]) << 8 | usize::from(pair[1])] {
                        continue;
                    }
                    let rest = &bytes[place..n];
                    let pieces = &self.pieces[&[pair[0], pair[1]]];
                    if let Some(piece) = pieces.iter().find(|piece| rest.starts_with(piece)) {
                        let place = at + u64::try_from(place).unwrap();
                        found.push(format!(
                            "{name} {place:x}: {:?}",
                            piece.escape_ascii().to_string()
                        ));
                    }
                }
                // What lies across the end of this part is found in the next.
                let step = if n > self.longest && at + u64::try_from(n).unwrap() < end {
                    n - self.longest
                } else {
                    n
                };
                at += u64::try_from(step).unwrap();
            }
        }
        assert!(read > 1 << 20, "hardly anything could be read of process {pid}");
        found
    }
}

/// Whether every thread of a process sleeps: nothing changes in its memory until someone wakes it.
pub(crate) fn sleeps(pid: u32) -> bool {
    let Ok(threads) = fs::read_dir(format!("/proc/{pid}/task")) else { return false };
    threads.filter_map(Result::ok).all(|thread| {
        let stat = fs::read_to_string(thread.path().join("stat")).unwrap_or_default();
        stat.rsplit_once(") ").is_some_and(|(_, fields)| fields.starts_with('S'))
    })
}
