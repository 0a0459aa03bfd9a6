//! What a misspelt name most likely stands for.

/// The name among `names` that a misspelt one most likely stands for, if any is near.
pub fn nearest<'a>(misspelt: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let typed: Vec<char> = misspelt.chars().collect();
    let near = names.into_iter().filter_map(|name| {
        let wanted: Vec<char> = name.chars().collect();
        let most = wanted.len().div_ceil(3);
        // Each character more or less is a mistake: what is much longer need not be looked at.
        let is_possible = typed.len().abs_diff(wanted.len()) <= most;
        let distance = is_possible.then(|| distance(&typed, &wanted))?;
        (distance <= most).then_some((distance, name))
    });
    near.min_by_key(|&(distance, _)| distance).map(|(_, name)| name)
}

/// How many mistakes make one of the other: a character left out, put in, exchanged, or two
/// neighbours swapped (Damerau 1964; the optimal string alignment distance).
fn distance(typed: &[char], wanted: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=wanted.len()).collect();
    let mut previous = None;
    for (row, &own) in typed.iter().enumerate() {
        let mut distances = vec![row + 1];
        let mut beside = None;
        for (column, &other) in wanted.iter().enumerate() {
            let at = |distances: &[usize], column: usize| distances.get(column).copied();
            let exchanged = at(&above, column).map(|n| n + usize::from(own != other));
            let left_out = at(&above, column + 1).map(|n| n + 1);
            let put_in = at(&distances, column).map(|n| n + 1);
            let is_swap = previous == Some(other) && beside == Some(own);
            let swapped = column.checked_sub(1).filter(|_| is_swap);
            let swapped = swapped.and_then(|column| at(&before, column)).map(|n| n + 1);
            let ways = [exchanged, left_out, put_in, swapped];
            distances.push(ways.into_iter().flatten().min().unwrap_or(usize::MAX));
            beside = Some(other);
        }
        before = std::mem::replace(&mut above, distances);
        previous = Some(own);
    }
    above.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_counted() {
        for (typed, wanted, mistakes) in [
            ("", "", 0),
            ("strict", "strict", 0),
            ("", "off", 3),
            ("strikt", "strict", 1),
            ("strct", "strict", 1),
            ("striict", "strict", 1),
            ("lenght", "length", 1),
            ("hlegnt", "length", 3),
            ("ab", "ba", 1),
            ("kitten", "sitting", 3),
        ] {
            let of = |text: &str| text.chars().collect::<Vec<_>>();
            assert_eq!(distance(&of(typed), &of(wanted)), mistakes, "{typed} {wanted}");
            assert_eq!(distance(&of(wanted), &of(typed)), mistakes, "{wanted} {typed}");
        }
    }

    #[test]
    fn the_nearest_is_found_if_it_is_near() {
        let names = ["strict", "whole", "off"];
        assert_eq!(nearest("strikt", names), Some("strict"));
        assert_eq!(nearest("of", names), Some("off"));
        assert_eq!(nearest("zzzz", names), None);
        assert_eq!(nearest(&"x".repeat(100_000), names), None);
        assert_eq!(nearest("strict", []), None);
    }
}
