//! The LM hash: DES of the password in capitals, in two halves of 7 characters (MS-NLMP 3.3.1).

use crate::schemes::des::Key;
use crate::schemes::kernel::{Kernel, scalar};

/// What both halves encrypt.
const MAGIC: u64 = u64::from_be_bytes(*b"KGS!@#$%");

/// Windows takes the code page of the console. 850 is that of the United Kingdom and western
/// Europe; the letters and `£` of page 437 are the same.
const PAGE_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤\
     ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}";

/// Guesses with a letter that the code page lacks have no digest: Windows stores no LM hash then.
pub(crate) fn kernel() -> Box<dyn Kernel + Send> {
    scalar(|guess, each| {
        if let Some(digest) = digest(guess) {
            each(&digest);
        }
        Ok(())
    })
}

fn digest(guess: &[u8]) -> Option<[u8; 16]> {
    let guess = str::from_utf8(guess).ok()?;
    let mut bytes = [0; 14];
    for (byte, letter) in bytes.iter_mut().zip(guess.chars()) {
        *byte = oem_capital(letter)?;
    }
    let (first, second) = bytes.split_at(7);
    let [first, second] = [first, second].map(|half| spread(half).encrypt(MAGIC, 0, 1));
    let both = u128::from(first) << 64 | u128::from(second);
    Some(both.to_be_bytes())
}

/// Seven bytes as a key: 56 bits, with room for parity after each seven.
fn spread(half: &[u8]) -> Key {
    let bits = half.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte));
    Key::new((0..8).fold(0, |key, at| key << 8 | (bits >> (49 - 7 * at) & 0x7f) << 1))
}

fn oem_capital(letter: char) -> Option<u8> {
    if letter.is_ascii() {
        return u8::try_from(letter.to_ascii_uppercase()).ok();
    }
    let mut upper = letter.to_uppercase();
    let capital = upper.next().filter(|_| upper.next().is_none()).unwrap_or(letter);
    let place = PAGE_850.chars().position(|known| known == capital)?;
    u8::try_from(place + 128).ok()
}
