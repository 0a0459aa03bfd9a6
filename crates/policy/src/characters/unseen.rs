//! Characters that show nothing.

use unicode_properties::{GeneralCategory, UnicodeGeneralCategory};

/// Whether a character shows nothing by itself: a control, or one that only changes how those
/// around it are shown.
///
/// Such a character makes no password longer, and text from outside is never shown with it: two
/// names that look alike may differ in nothing else, and a terminal, a page or a spreadsheet may
/// obey it. It is one of
///
/// - controls (Cc), format characters (Cf), the line and the paragraph separator;
/// - `Default_Ignorable_Code_Point`: joiners, variation selectors, blank letters, tags …
///   (`DerivedCoreProperties.txt` of Unicode 17);
/// - characters that are blank by their names, such as the Braille cell without dots, and
///   code points that are not characters.
///
/// ```
/// use strongpass_policy::is_unseen;
/// assert!(['\u{7}', '\u{9b}', '\u{ad}', '\u{200d}', '\u{202e}', '\u{2800}'].map(is_unseen) == [true; 6]);
/// assert!(!" a£é漢😀\u{301}".contains(is_unseen));
/// ```
pub fn is_unseen(c: char) -> bool {
    match u32::from(c) {
        0x20..=0x7e | 0xa0..=0xac => false,
        0..=0x9f => true,
        _ => is_unseen_in(c.general_category(), c),
    }
}

/// The same of a character above U+00A0 whose category is known.
pub(crate) fn is_unseen_in(category: GeneralCategory, c: char) -> bool {
    matches!(
        category,
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
    ) || is_ignorable(c)
        || is_blank(c)
        || is_no_character(c)
}

/// Whether people type a character without knowing: what is between the parts of an emoji or picks
/// its look, and the non-joiner of Persian. A password may have it, and is no longer for it.
pub(crate) const fn is_typed_unknowingly(c: char) -> bool {
    matches!(
        c,
        '\u{180b}'..='\u{180d}'
            | '\u{180f}'
            | '\u{200c}'
            | '\u{200d}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{e0020}'..='\u{e007f}'
            | '\u{e0100}'..='\u{e01ef}'
    )
}

/// `Default_Ignorable_Code_Point`.
const fn is_ignorable(c: char) -> bool {
    matches!(
        c,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'..='\u{1160}'
            | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

/// `BRAILLE PATTERN BLANK`, `EGYPTIAN HIEROGLYPH FULL BLANK` and `HALF BLANK`,
/// `KHITAN SMALL SCRIPT FILLER`, `MUSICAL SYMBOL NULL NOTEHEAD`.
const fn is_blank(c: char) -> bool {
    matches!(c, '\u{2800}' | '\u{13441}'..='\u{13442}' | '\u{16fe4}' | '\u{1d159}')
}

/// U+FDD0 to U+FDEF, and the last two of each plane (Unicode 17, section 23.7).
fn is_no_character(c: char) -> bool {
    matches!(c, '\u{fdd0}'..='\u{fdef}') || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether a character outside ASCII cannot be seen, or is not the same everywhere.
pub(crate) fn is_invisible(c: char) -> bool {
    is_invisible_in(c.general_category(), c)
}

/// The same, of a character whose category is known.
pub(crate) fn is_invisible_in(category: GeneralCategory, c: char) -> bool {
    // U+FFFD stands for bytes that were no text.
    c == '\u{fffd}' || category == GeneralCategory::PrivateUse || is_unseen_in(category, c)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn all() -> impl Iterator<Item = char> {
        '\0'..=char::MAX
    }

    /// The regular expressions that proptest uses come with tables of their own.
    #[test]
    fn the_table_is_that_of_unicode() {
        let class = |pattern: &str| {
            let hir = regex_syntax::parse(pattern).unwrap();
            let regex_syntax::hir::HirKind::Class(regex_syntax::hir::Class::Unicode(class)) =
                hir.into_kind()
            else {
                unreachable!("{pattern}")
            };
            class
        };
        let ignorable = class(r"\p{Default_Ignorable_Code_Point}");
        let is_in = |class: &regex_syntax::hir::ClassUnicode, c: char| {
            class.iter().any(|range| (range.start()..=range.end()).contains(&c))
        };
        let unseen = class(r"[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]");
        for c in all() {
            assert_eq!(is_ignorable(c), is_in(&ignorable, c), "{c:?}");
            assert!(is_unseen(c) || !is_in(&unseen, c), "{c:?}");
            let more = is_blank(c) || is_no_character(c);
            assert_eq!(is_unseen(c), is_in(&unseen, c) || more, "{c:?}");
            assert!(is_unseen(c) || !is_typed_unknowingly(c), "{c:?}");
        }
    }

    #[test]
    fn what_is_seen() {
        assert!(
            !all()
                .filter(|c| c.is_alphanumeric())
                .any(|c| is_unseen(c) && !is_ignorable(c) && !is_blank(c))
        );
        assert!(!(' '..='~').any(is_unseen));
    }

    proptest! {
        /// Anywhere in it, as many as one likes.
        #[test]
        fn they_are_worth_nothing(
            typed in "[ -~é漢😀]{0,12}",
            unseen in r"[\p{Cf}\p{Default_Ignorable_Code_Point}\u{2800}\p{Cc}]{0,12}",
            at in 0_usize..=12,
        ) {
            use crate::characters::fold::fold;
            use crate::characters::shape::Shape;
            let at = typed.char_indices().nth(at).map_or(typed.len(), |(at, _)| at);
            let (before, after) = typed.split_at(at);
            let padded = format!("{before}{unseen}{after}");
            let (plain, padded) = (fold(&typed), fold(&padded));
            let shape = Shape::from_folded(&padded);
            prop_assert_eq!(Shape { unreadable: false, ..shape }, Shape::from_folded(&plain));
        }
    }
}
