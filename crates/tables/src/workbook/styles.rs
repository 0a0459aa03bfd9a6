//! What a number stands for by the format that it is shown in.

use std::collections::HashMap;

use super::container::DAMAGED;
use super::error::WorkbookError;
use super::xml::{Element, Xml};

/// What a format makes of a number, as far as it changes what the number is.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(super) enum Format {
    /// Nothing.
    #[default]
    Number,
    /// The least number of digits: `0000` shows 42 as 0042.
    Digits(usize),
    /// A day, a time, or both.
    Date,
}

impl Format {
    /// One of those that have no code (ECMA-376 part 1, 18.8.30).
    fn built_in(id: u32) -> Self {
        match id {
            14..=22 | 27..=36 | 45..=47 | 50..=58 => Self::Date,
            _ => Self::Number,
        }
    }

    fn from_code(code: &str) -> Self {
        let (mut digits, mut others) = (0, false);
        let mut chars = code.chars();
        while let Some(c) = chars.next() {
            match c {
                // For numbers below zero there is another format behind it.
                ';' => break,
                '"' => {
                    chars.find(|&c| c == '"');
                }
                // A colour, a language, hours beyond a day.
                '[' => {
                    let inside = chars.clone().take_while(|&c| c != ']');
                    if inside.clone().count() > 0
                        && inside.clone().all(|c| matches!(c.to_ascii_lowercase(), 'h' | 'm' | 's'))
                    {
                        return Self::Date;
                    }
                    chars.find(|&c| c == ']');
                }
                // The next one is shown, or a gap of its width, or filled up with.
                '\\' | '_' | '*' => {
                    chars.next();
                }
                'd' | 'D' | 'm' | 'M' | 'y' | 'Y' | 'h' | 'H' | 's' | 'S' => return Self::Date,
                '0' => digits += 1,
                ' ' | '-' => {}
                _ => others = true,
            }
        }
        if digits > 1 && !others { Self::Digits(digits) } else { Self::Number }
    }
}

/// The format of each style of cells, by its number.
#[derive(Default)]
pub(super) struct Styles(Vec<Format>);

impl Styles {
    pub(super) fn read(part: &[u8]) -> Result<Self, WorkbookError> {
        let mut xml = Xml::new(part)?;
        xml.root()?;
        let (mut codes, mut styles) = (HashMap::new(), Vec::new());
        while let Some(element) = xml.child()? {
            match element.name() {
                "numFmts" => {
                    while let Some(format) = xml.child()? {
                        let code = format.attribute("formatCode")?.unwrap_or_default();
                        codes.insert(id(&format)?, Format::from_code(&code));
                        xml.inside(&format)?;
                    }
                }
                "cellXfs" => {
                    while let Some(style) = xml.child()? {
                        styles.push(id(&style)?);
                        xml.inside(&style)?;
                    }
                }
                _ => {
                    xml.inside(&element)?;
                }
            }
        }
        xml.finish()?;
        let format = |id| codes.get(&id).copied().unwrap_or_else(|| Format::built_in(id));
        Ok(Self(styles.into_iter().map(format).collect()))
    }

    pub(super) fn format(&self, style: usize) -> Format {
        self.0.get(style).copied().unwrap_or_default()
    }
}

/// The number of a format; without one it is the general one.
fn id(element: &Element<'_>) -> Result<u32, WorkbookError> {
    let id = element.attribute("numFmtId")?;
    Ok(id.map_or(Ok(0), |id| id.parse()).map_err(|_| DAMAGED)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes() {
        for (code, expected) in [
            ("General", Format::Number),
            ("0", Format::Number),
            ("0.00", Format::Number),
            ("#,##0", Format::Number),
            ("0.00E+00", Format::Number),
            ("0%", Format::Number),
            ("@", Format::Number),
            ("[Red]0", Format::Number),
            ("#,##0\" days\"", Format::Number),
            ("_-£* #,##0.00_-;-£* #,##0.00_-", Format::Number),
            ("\\d0", Format::Number),
            ("0000", Format::Digits(4)),
            ("000 000", Format::Digits(6)),
            ("00\\-00\\-00", Format::Digits(6)),
            ("0000;-0000;@", Format::Digits(4)),
            ("0000_)", Format::Digits(4)),
            ("yyyy-mm-dd", Format::Date),
            ("dd/mm/yyyy;@", Format::Date),
            ("[$-809]d mmmm yyyy", Format::Date),
            ("mmm", Format::Date),
            ("[h]:mm", Format::Date),
            ("[HH]", Format::Date),
            ("[]0000", Format::Digits(4)),
            ("\"", Format::Number),
            ("[", Format::Number),
        ] {
            assert_eq!(Format::from_code(code), expected, "{code}");
        }
        assert_eq!(Format::built_in(14), Format::Date);
        assert_eq!(Format::built_in(48), Format::Number);
    }
}
