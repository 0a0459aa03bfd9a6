//! Names of several words, as people join them.

/// What is made of the name on a line of a list, if it has several words: `QuexbarnFarm` and `QF` of
/// `Quexbarn Farm`. A `#` begins a comment, and what is behind a tab is not part of the name.
///
/// ```
/// use strongpass_audit::joined_names;
/// assert_eq!(joined_names("Quexbarn Farm\t7"), ["QuexbarnFarm", "QF"]);
/// assert!(joined_names("Quexbarn").is_empty());
/// ```
pub fn joined_names(line: &str) -> Vec<String> {
    let line = line.split_once('\t').map_or(line, |(line, _)| line);
    let words = line.split([' ', '-', ',', '&', '/', '.', '\u{feff}']);
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if words.len() < 2 || line.trim_start().starts_with('#') {
        return Vec::new();
    }
    let joined = words.iter().map(|word| capitalised(word)).collect();
    let initials = words.iter().filter_map(|word| word.chars().next());
    vec![joined, initials.flat_map(char::to_uppercase).collect()]
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars().filter(|c| c.is_alphanumeric());
    chars.next().map(char::to_uppercase).into_iter().flatten().chain(chars).collect()
}
