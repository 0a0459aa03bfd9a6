//! Whose report it is: the school's name, and its logo.

use std::error::Error;
use std::fmt;

/// The school that a report is of.
#[derive(Clone, Debug)]
#[expect(clippy::exhaustive_structs, reason = "the caller fills it in")]
pub struct School {
    /// Its name.
    pub name: String,
    /// Its logo.
    pub logo: Option<Logo>,
}

/// A picture that a page may hold: PNG or JPEG, which hold no program. (An SVG may.)
#[derive(Clone)]
pub struct Logo {
    media_type: &'static str,
    bytes: Vec<u8>,
}

impl fmt::Debug for Logo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Logo").field("media_type", &self.media_type).finish_non_exhaustive()
    }
}

/// Why a file is no logo.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum LogoError {
    /// It is larger than [`Logo::MOST_BYTES`].
    TooLarge,
    /// It is neither PNG nor JPEG.
    NoPicture,
    /// It has more than [`Logo::MOST_PIXELS`] on a side, or none.
    Size,
}

impl fmt::Display for LogoError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge => write!(f, "a logo has {} KiB at most", Logo::MOST_BYTES / 1024),
            Self::NoPicture => f.write_str("a logo is a PNG or JPEG picture; save it as one"),
            Self::Size => write!(f, "a logo has {} pixels a side at most", Logo::MOST_PIXELS),
        }
    }
}

impl Error for LogoError {}

impl Logo {
    /// The most bytes of a logo: it is in every report.
    pub const MOST_BYTES: usize = 256 * 1024;
    /// The most pixels on a side: whoever opens the report has to unpack them.
    pub const MOST_PIXELS: u32 = 4_096;

    /// A picture of the file's bytes. Only its kind and its size are looked at: to draw it, or not
    /// to, is the affair of whoever shows the page.
    ///
    /// # Errors
    /// If it is too large, or neither PNG (W3C PNG, section 5.2) nor JPEG (ITU-T T.81, annex B).
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, LogoError> {
        if bytes.len() > Self::MOST_BYTES {
            return Err(LogoError::TooLarge);
        }
        let png = png_size(&bytes).map(|size| ("image/png", size));
        let picture = png.or_else(|| Some(("image/jpeg", jpeg_size(&bytes)?)));
        let (media_type, (width, height)) = picture.ok_or(LogoError::NoPicture)?;
        let fits = |side: u32| (1..=Self::MOST_PIXELS).contains(&side);
        if fits(width) && fits(height) {
            Ok(Self { media_type, bytes })
        } else {
            Err(LogoError::Size)
        }
    }

    /// `image/png` or `image/jpeg`.
    pub(crate) const fn media_type(&self) -> &'static str {
        self.media_type
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")?;
    let (width, rest) = header.split_first_chunk()?;
    Some((u32::from_be_bytes(*width), u32::from_be_bytes(*rest.first_chunk()?)))
}

fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let [0xff, marker, high, low] = *rest.first_chunk()? else { return None };
        let segment = rest.get(2..)?;
        // The start of a frame, of whatever kind; the three others are tables.
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            let [_, _, _, a, b, c, d] = *segment.first_chunk()?;
            let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
            return Some((side(c, d), side(a, b)));
        }
        rest = segment.get(usize::from(u16::from_be_bytes([high, low])).max(2)..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
        file.extend(width.to_be_bytes());
        file.extend(height.to_be_bytes());
        file
    }

    #[test]
    fn only_pictures_of_a_usual_size_are_logos() {
        let read = |bytes: Vec<u8>| Logo::from_bytes(bytes).map(|logo| logo.media_type);
        assert_eq!(read(png(64, 48)), Ok("image/png"));
        assert_eq!(read(png(64, 4_097)), Err(LogoError::Size));
        assert_eq!(read(png(0, 1)), Err(LogoError::Size));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04JF\xff\xc4\0\x02\xff\xc2\0\x0b\x08\0\x30\0\x40".to_vec();
        assert_eq!(read(jpeg.clone()), Ok("image/jpeg"));
        assert_eq!(read(jpeg[..jpeg.len() - 1].to_vec()), Err(LogoError::NoPicture));
        for other in ["", "<svg xmlns='http://www.w3.org/2000/svg'/>", "GIF89a", "\u{89}PNG"] {
            assert_eq!(read(other.into()), Err(LogoError::NoPicture), "{other}");
        }
        let mut large = png(1, 1);
        large.resize(Logo::MOST_BYTES + 1, 0);
        assert_eq!(read(large), Err(LogoError::TooLarge));
    }
}
