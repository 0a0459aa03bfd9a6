//! The ZIP archive that a workbook is: its parts by name, unpacked, bounded and verified.

use std::collections::HashMap;
use std::iter;

use miniz_oxide::inflate::decompress_slice_iter_to_slice;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};
use zeroize::Zeroizing;

use super::error::WorkbookError;
use crate::encoding::decode;

/// No part of a workbook that a person keeps is larger, and no table in one.
pub(super) const MOST_OF_PART: usize = 64 << 20;
/// All parts that are read, and all that cells hold.
pub(super) const MOST_OF_ALL: usize = 256 << 20;
/// No workbook has more parts.
const MOST_PARTS: u64 = 10_000;
/// DEFLATE makes at most this many bytes of one (258 bytes of two bits).
const MOST_OF_BYTE: usize = 1_032;

pub(super) const DAMAGED: &str = "the workbook is damaged, or not all of it was copied";
pub(super) const TOO_LARGE: &str = "the workbook is too large when it is unpacked";
const NO_MEMORY: &str = "there is not enough memory to unpack the workbook";
const TWICE: &str = "the workbook has two parts of the same name, so it is not clear what is in it";
const ENCRYPTED: &str = "the workbook is protected with a password";
const PACKED_OTHERWISE: &str = "the workbook is packed in a way that no spreadsheet uses";

/// The parts of a workbook.
pub(super) struct Container<'f> {
    archive: ZipSliceArchive<&'f [u8]>,
    entries: HashMap<String, Entry>,
    /// So much may still be unpacked.
    left: usize,
}

struct Entry {
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    crc: u32,
    encrypted: bool,
}

impl<'f> Container<'f> {
    /// The parts of an archive.
    pub(super) fn open(file: &'f [u8]) -> Result<Self, WorkbookError> {
        let archive = ZipArchive::from_slice(file).map_err(|_| DAMAGED)?;
        if archive.entries_hint() > MOST_PARTS {
            return Err(TOO_LARGE.into());
        }
        let (mut entries, mut count) = (HashMap::new(), 0);
        for entry in archive.entries() {
            let entry = entry.map_err(|_| DAMAGED)?;
            count += 1;
            if entry.is_dir() {
                continue;
            }
            let name = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/");
            let part = Entry {
                place: entry.wayfinder(),
                method: entry.compression_method(),
                crc: entry.crc32(),
                encrypted: entry.flags().is_encrypted(),
            };
            if entries.insert(key(&name), part).is_some() {
                return Err(TWICE.into());
            }
        }
        if count != archive.entries_hint() {
            return Err(DAMAGED.into());
        }
        Ok(Self { archive, entries, left: MOST_OF_ALL })
    }

    /// Whether there is a part of that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(&key(name))
    }

    /// A part as UTF-8, as far as it is text.
    pub(super) fn part(&mut self, name: &str) -> Result<Zeroizing<Vec<u8>>, WorkbookError> {
        let entry = self.entries.get(&key(name)).ok_or(DAMAGED)?;
        if entry.encrypted {
            return Err(ENCRYPTED.into());
        }
        let size = usize::try_from(entry.place.uncompressed_size_hint()).map_err(|_| TOO_LARGE)?;
        if size > MOST_OF_PART.min(self.left) {
            return Err(TOO_LARGE.into());
        }
        let packed = self.archive.get_entry(entry.place).map_err(|_| DAMAGED)?.data();
        if size / MOST_OF_BYTE > packed.len() {
            return Err(DAMAGED.into());
        }
        let mut bytes = zeros(size)?;
        let unpacked = match entry.method {
            CompressionMethod::STORE if packed.len() == size => {
                bytes.copy_from_slice(packed);
                true
            }
            CompressionMethod::STORE => false,
            CompressionMethod::DEFLATE => {
                decompress_slice_iter_to_slice(&mut bytes, iter::once(packed), false, true)
                    == Ok(size)
            }
            _ => return Err(PACKED_OTHERWISE.into()),
        };
        if !unpacked || rawzip::crc32(&bytes) != entry.crc {
            return Err(DAMAGED.into());
        }
        self.left -= size;
        Ok(decode(std::mem::take(&mut *bytes)))
    }
}

/// Names of parts differ in more than case and the slash at the beginning.
fn key(name: &str) -> String {
    name.trim_start_matches('/').to_ascii_lowercase()
}

fn zeros(size: usize) -> Result<Zeroizing<Vec<u8>>, WorkbookError> {
    let mut bytes = empty(size)?;
    bytes.resize(size, 0);
    Ok(bytes)
}

/// Memory of that many bytes, or an error: being short of memory is not a reason to crash.
pub(super) fn empty(capacity: usize) -> Result<Zeroizing<Vec<u8>>, WorkbookError> {
    let mut bytes = Zeroizing::new(Vec::new());
    bytes.try_reserve_exact(capacity).map_err(|_| NO_MEMORY)?;
    Ok(bytes)
}
